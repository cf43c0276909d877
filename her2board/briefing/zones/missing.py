"""What is still missing: what to ask, whom, by when, and what it would settle."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from her2board.assessment.model import Ask
from her2board.briefing.formats import joined, question_words, typed, what_it_decides, worded
from her2board.briefing.model import Part, Run, Shortening, Words
from her2board.briefing.zones.base import Form, Sources, Zone, alone
from her2board.wording import tr, trn


@dataclass(frozen=True, slots=True)
class MissingZone:
    """Things to ask, those first that settle most, and how many required fields are open."""

    title: str
    rows: tuple[Words, ...]
    required: Words
    least: int = 6
    """Rows the page must find room for; it shows more where it can and counts the rest."""


def asks_left_out(n: int) -> Shortening:
    """Return what is noted of the things to ask that a page had no room for."""
    return Shortening("things_to_ask", n, tr("things to ask: +{n}").format(n=n))


def _compose(sources: Sources) -> MissingZone:
    assessment, title = sources.assessment, tr("Still missing: ask next")
    rows = tuple(_ask(ask) for ask in assessment.ask_next)
    outstanding = assessment.readiness.outstanding
    if not outstanding:
        return MissingZone(title, rows, (Run(tr("Every required field is recorded or has a reason.")),))
    sections = Counter(gap.path.partition(".")[0] for gap in outstanding)
    names = ", ".join(f"{section} {count}" for section, count in sections.items())
    n = len(outstanding)
    label = trn("{n} required field open: ", "{n} required fields open: ", n).format(n=n)
    origin = ("count:required fields open",)
    return MissingZone(title, rows, (Run(label, "bold", origin=origin), Run(names + ".", origin=origin)))


def _ask(ask: Ask) -> Words:
    who = typed(f"absences.{ask.field}", ask.owner) if ask.owner else ask.asks
    when = tr(", due {due}").format(due=ask.due) if ask.due else tr(", not asked")
    origin = (f"case:absences.{ask.field}", "count:what the answer decides")
    details = worded(tr(" ({who}{when}): {settles}"), origin=origin, who=who, when=when, settles=what_it_decides(ask))
    return (Run(question_words(ask), "bold"), *details)


def _outline(zone: MissingZone) -> Iterator[Part]:
    first, rest = zone.rows[: zone.least], zone.rows[zone.least :]
    yield Part(zone.title, alone(*first, joined(rest), zone.required))


def _least(at: int, least: int) -> Form[MissingZone]:
    return Form(at, lambda zone: replace(zone, least=least))


ZONE = Zone(
    MissingZone,
    _compose,
    shorter=tuple(_least(at, least) for at, least in ((90, 5), (170, 4), (200, 3), (270, 2), (290, 1), (370, 0))),
    outline=_outline,
)
