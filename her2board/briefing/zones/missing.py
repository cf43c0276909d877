"""What is still missing: what to ask, of whom, by when, and what it decides; and which required fields are open."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from her2board.assessment.model import Ask
from her2board.briefing.formats import listed_runs, lower, question_words, typed, worded
from her2board.briefing.model import Part, Run, Words
from her2board.briefing.zones.base import Form, Note, Sources, Zone, alone
from her2board.case.model import Case
from her2board.case.terms import spoken
from her2board.wording import tr, trn

MOST_ROWS = 6
_NAMED_ABOVE = "meeting."
"""Fields that the head of the page names; of those that are open they are named last."""
_LEFT_OUT = "count:things to ask left out"


class MissingZone(Struct, frozen=True):
    """Things to ask, those first that decide most, and the required fields that are open."""

    title: str
    rows: tuple[Words, ...]
    asked: tuple[int, ...]
    """How many things each row asks."""
    fields: tuple[str, ...]
    """Labels of the required fields that are open."""
    paths: tuple[str, ...]
    """The same by their paths."""
    most_rows: int = MOST_ROWS
    most_fields: int = 12

    @property
    def left_out(self) -> int:
        """Things to ask that are left to the annex."""
        return sum(self.asked[self.most_rows :])

    @property
    def shown(self) -> tuple[Words, ...]:
        """The rows there is room for, and how many more there are."""
        rows = self.rows[: self.most_rows]
        if not self.left_out:
            return rows
        more = Run(tr("+{n} in the annex").format(n=self.left_out), "italic", origin=(_LEFT_OUT,))
        return (*rows, (more,))

    @property
    def required(self) -> Words:
        """The required fields that are open, by name."""
        n = len(self.fields)
        if not n:
            return (Run(tr("No required field is open.")),)
        label = trn("{n} required field open: ", "{n} required fields open: ", n).format(n=n)
        origin = ("count:required fields open",)
        return (
            Run(label, "bold", origin=origin),
            *listed_runs(
                (Run(lower(name), origin=(f"gap:{path}",)) for name, path in zip(self.fields, self.paths, strict=True)),
                self.most_fields,
            ),
            Run("."),
        )


def _compose(sources: Sources) -> MissingZone:
    assessment = sources.assessment
    together = [*_together(assessment.ask_next, sources.case)]
    outstanding = sorted(assessment.readiness.outstanding, key=lambda gap: gap.path.startswith(_NAMED_ABOVE))
    return MissingZone(
        title=tr("Still missing"),
        rows=tuple(_row(asks, sources.case) for asks in together[:MOST_ROWS]),
        asked=tuple(map(len, together)),
        fields=tuple(gap.label for gap in outstanding),
        paths=tuple(gap.path for gap in outstanding),
    )


def _together(asks: Iterable[Ask], case: Case) -> Iterator[list[Ask]]:
    """Yield questions in their order, those of one person whose answers decide the same together."""
    found: dict[tuple[str, str, str], list[Ask]] = {}
    for ask in asks:
        found.setdefault((ask.owner or ask.asks, _when(ask, case), _decides(ask)), []).append(ask)
    yield from found.values()


def _row(asks: list[Ask], case: Case) -> Words:
    first = asks[0]
    who = typed(f"absences.{first.field}", first.owner) if first.owner else first.asks
    when = _when(first, case)
    origin = (*(f"case:absences.{ask.field}" for ask in asks), "count:what the answer decides")
    details = worded(
        tr(": {who}, {when}; {settles}") if when else tr(": {who}; {settles}"),
        origin=origin,
        who=who,
        when=when,
        settles=_decides(first),
    )
    names: list[Run] = []
    for ask in asks:
        name, place = question_words(ask), tuple(f"gap:{path}" for path in ask.fields)
        names += (
            [Run(", ", "bold"), Run(lower(name), "bold", origin=place)] if names else [Run(name, "bold", origin=place)]
        )
    return (*names, *details)


def _when(ask: Ask, case: Case) -> str:
    """Return by when an answer is due, or that nobody was asked; of what is recorded in part, nothing."""
    if ask.due:
        return tr("due {due}").format(due=ask.due)
    absence = next((case.absences[path] for path in ask.fields if path in case.absences), None)
    if absence is not None:
        return tr("asked") if absence.reason == "pending" else spoken(absence.reason)
    return "" if ask.detail else tr("not asked")


def _decides(ask: Ask) -> str:
    """Return what the answer decides in a few words: whatever waits for it, else the first that does."""
    if ask.consequence:
        return tr("decides {what}").format(what=ask.consequence)
    names = [*ask.named, *map(lower, ask.other_before)]
    if ask.before and not names:
        return tr("to be known before WBRT")
    if len(names) > 1:
        return tr("decides {name} and {n} more").format(name=names[0], n=len(names) - 1)
    return tr("decides {what}").format(what=names[0] if names else tr("nothing yet"))


def _outline(zone: MissingZone) -> Iterator[Part]:
    yield Part(zone.title, alone(*zone.shown, zone.required))


def _rows(at: int, most: int) -> Form[MissingZone]:
    return Form(at, lambda zone: replace(zone, most_rows=min(most, len(zone.rows))), _MORE)


def _fields(at: int, most: int) -> Form[MissingZone]:
    return Form(at, lambda zone: replace(zone, most_fields=min(most, len(zone.fields))))


_MORE: Note[MissingZone] = Note(
    "things_to_ask", lambda n: tr("things to ask: +{n}").format(n=n), lambda zone: zone.left_out
)
ZONE = Zone(
    MissingZone,
    _compose,
    shorter=(
        *(_rows(at, most) for at, most in ((25, 5), (60, 4), (160, 3), (318, 2), (341, 1), (435, 0))),
        *(_fields(at, most) for at, most in ((20, 6), (155, 3), (345, 0))),
    ),
    outline=_outline,
)
