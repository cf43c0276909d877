"""Requests as plain text for mails: a message for each department or person, with a subject line."""

from collections.abc import Iterator

from her2board.briefing.formats import sentence
from her2board.briefing.layouts import Work
from her2board.briefing.packet import Agenda, Grouping, PacketOptions
from her2board.briefing.request_sheets import Addressee, Asked, addressees, asked_of, asked_words
from her2board.briefing.requests import DEPARTMENTS, Request
from her2board.office.package import plain
from her2board.wording import tr

_BETWEEN = "\n" + 72 * "-" + "\n\n"
"""Between the messages."""


def make(work: Work) -> bytes:
    """Return the messages, one after the other, in UTF-8."""
    grouped, found = work.options.grouped, []
    for addressee in addressees(work.agenda, grouped):
        found.append("\n".join(_message(addressee, work.agenda, grouped)) + "\n")
        work.drawn()
    for _ in range(len(found), len(DEPARTMENTS)):
        work.drawn()
    return _BETWEEN.join(found).encode()


def steps(_options: PacketOptions, _cases: int) -> int:
    """Return one step for each department; persons may be more or fewer."""
    return len(DEPARTMENTS)


def _message(addressee: Addressee, agenda: Agenda, grouped: Grouping) -> Iterator[str]:
    name = plain(addressee.name)
    yield tr("Subject: {title}: requests to {department}").format(title=agenda.title, department=name)
    yield ""
    yield tr("To: {department}").format(department=sentence(name))
    yield ""
    yield tr("Before the meeting we ask for the following; [!] is needed before the case counts as ready.")
    for case in asked_of(addressee, agenda, grouped=grouped):
        yield ""
        yield from _case(case)
    yield ""
    yield plain(f"{agenda.privacy} {agenda.foot}")


def _case(case: Asked) -> Iterator[str]:
    urgent = tr("URGENT, as recorded") if case.item.urgent else ""
    parts = (f"{case.number}. {case.item.code}", case.item.identity, urgent)
    yield plain(", ".join(part for part in parts if part))
    yield from (plain(f"- {_question(request)}") for request in case.requests)
    if case.more:
        yield f"- {case.more_words}"


def _question(request: Request) -> str:
    mark = "[!] " if request.required else ""
    asked = ", ".join(part for part in (*asked_words(request), request.why) if part)
    return f"{mark}{request.question}{request.missing}" + (f" ({asked})" if asked else "")
