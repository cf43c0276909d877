"""The letter of a decision: what was asked of the board, who was there, what was decided, who does it and by when."""

from collections.abc import Iterator

from msgspec import Struct

from her2board import builds
from her2board.briefing.formats import MIDDLE_DOT, typed
from her2board.briefing.meeting.gathered import OnList
from her2board.briefing.model import Line, Words
from her2board.briefing.packet import privacy_words
from her2board.briefing.slips import attended_words, decision_lines, is_decided, missing
from her2board.case.model import Case
from her2board.casebook.model import BoardMeeting
from her2board.wording import day_words, spoken_language, tr


class Letter(Struct, frozen=True):
    """What one letter says; a part without words is a line to sign on."""

    title: str
    language: str
    lead: tuple[str, ...]
    """Whose case it is, and the meeting, a line each."""
    parts: tuple[Line, ...]
    foot: str


def letter(one: OnList, case: Case, meeting: BoardMeeting, identified: bool, unreviewed: bool) -> Letter | None:
    """Return the letter on one case; None where nothing was decided and no deferral is recorded.

    ``one`` and ``case`` are given as they leave: without name and record number unless ``identified``.
    """
    if not is_decided(one.listing.outcome):
        return None
    held = (tr("Tumour board {date}").format(date=day_words(meeting.day)), meeting.board, meeting.place)
    who = tuple(part for part in (case.identity.name, case.identity.record_number) if part) if identified else ()
    return Letter(
        title=tr("Decision of the tumour board: case {code}").format(code=one.code),
        language=spoken_language(),
        lead=tuple(part for part in (MIDDLE_DOT.join(who), MIDDLE_DOT.join(filter(None, held))) if part),
        parts=tuple(_parts(one, case, meeting)),
        foot=f"{privacy_words(identified, unreviewed)} {_basis()}",
    )


def _parts(one: OnList, case: Case, meeting: BoardMeeting) -> Iterator[Line]:
    yield Line(tr("Question for the board"), _said(case.meeting.question))
    yield Line(tr("Who attended"), attended_words(meeting.attendance))
    yield from decision_lines(one.listing.outcome)


def _said(text: str | None) -> Words:
    return typed("", text) if text else missing()


def _basis() -> str:
    return tr("Written from what the meeting recorded. {use}").format(use=builds.intended_use())
