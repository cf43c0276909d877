"""Labelled rows about brain and patient: what is recorded, and 'not recorded' where a required fact is not."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from her2board.briefing.formats import listed_runs, lower, not_recorded, says, typed, worded
from her2board.briefing.model import Line, Part, Run, Style, Words
from her2board.briefing.zones.alert import alarming
from her2board.briefing.zones.base import Form, Note, Sources
from her2board.briefing.zones.facts import fact_words
from her2board.briefing.zones.texts import FEWEST, LEAST, clip_rows, text_forms
from her2board.case.dates import PartialDate
from her2board.case.fields import field_by_path, value_at
from her2board.case.from_lists import FILLED, Filled, from_lists
from her2board.case.model import Millimetres
from her2board.case.terms import spoken
from her2board.wording import tr

_TYPED = ("text", "texts")
"""Kinds of fields whose value is what a person typed."""


class Dot(Struct, frozen=True):
    """One lesion of the drawing; None where its size is not recorded."""

    diameter_mm: float | None
    """The most it may measure where it is a range; the least where that is open."""
    site: str = ""
    words: str = ""
    """Its size as recorded."""


class LesionPicture(Struct, frozen=True):
    """Lesions as dots scaled by diameter, those of one site together; a row of them, not a brain."""

    dots: tuple[Dot, ...]
    scale: Run | None
    """The largest diameter in words, where the row does not say it; nothing where no size is recorded."""
    more: Words
    """What the dots do not say: more lesions than drawn, or no number recorded."""


class Row(Struct, frozen=True):
    """A label with what is known of it, and a drawing of the same where it reads faster."""

    label: str
    words: Words
    picture: LesionPicture | None = None
    further: bool = False
    """Not on every page: left out where nothing is recorded, and left to the annex where the page is full."""
    late: bool = False
    """Not on every page either, and left to the annex after what only takes more words."""
    brief: Words = ()
    """Fewer words for the fullest pages; nothing where there are none."""


class RowsZone(Struct, frozen=True):
    """Labelled rows under a title."""

    title: str
    rows: tuple[Row, ...]


RowsT = TypeVar("RowsT", bound=RowsZone)


def rows_outline(zone: RowsZone) -> Iterator[Part]:
    """Yield the rows as lines."""
    yield Part(zone.title, tuple(Line(row.label, row.words) for row in zone.rows if row.words))


def rows_forms() -> tuple[Form[Any], ...]:
    """Return the shorter forms of labelled rows."""
    few: Note[RowsZone] = Note("snapshots", _after, lambda _: 50)
    fewest: Note[RowsZone] = Note("snapshots", _after, lambda _: 2 * FEWEST)
    least: Note[RowsZone] = Note("snapshots", _after, lambda _: FEWEST)
    return (
        *text_forms(_clipped),
        Form(350, lambda zone: _clipped(zone, 50, LEAST), few),
        Form(410, lambda zone: _clipped(zone, 2 * FEWEST, FEWEST), fewest),
        Form(420, lambda zone: _clipped(zone, 0, FEWEST), least),
    )


def _after(characters: int) -> str:
    return tr("brain and patient: texts after {n} characters").format(n=characters)


def _clipped(zone: RowsT, most: int, least: int = LEAST) -> RowsT:
    return replace(zone, rows=clip_rows(zone.rows, most, least))


def without_further(zone: RowsT) -> RowsT:
    """Leave to the annex the rows that a full page has no room for."""
    kept = tuple(row for row in zone.rows if not row.further)
    return zone if len(kept) == len(zone.rows) else replace(zone, rows=kept)


def without_late(zone: RowsT) -> RowsT:
    """Leave to the annex the rows that decide on a local therapy or a drug, and have no room on the fullest pages."""
    kept = tuple(row for row in zone.rows if not row.late)
    return zone if len(kept) == len(zone.rows) else replace(zone, rows=kept)


def in_brief(zone: RowsT) -> RowsT:
    """Say in fewer words what has them."""
    kept = tuple(replace(row, words=row.brief, brief=()) if row.brief else row for row in zone.rows)
    return zone if kept == zone.rows else replace(zone, rows=kept)


class RowWriter:
    """Writes the fields of one case as words."""

    def __init__(self, sources: Sources) -> None:
        self.case = sources.case
        self.facts = sources.assessment.facts
        self._alarming = alarming(sources.library, self.facts)
        self._contradicted = {
            field.partition("[")[0] for one in sources.assessment.contradictions for field in one.fields
        }
        self._stale = {gap.path for gap in sources.assessment.readiness.stale}
        self._open: dict[str, str] = {}
        """Labels of what nobody recorded, each with where to record it."""

    @cached_property
    def filled(self) -> dict[str, Filled]:
        """What lists say in place of fields that nobody recorded."""
        return from_lists(self.case)

    def say(self, *parts: Words) -> Words:
        """Join parts with commas."""
        found: list[Run] = []
        for part in parts:
            if part and found:
                found[-1] = replace(found[-1], text=found[-1].text.removesuffix("."))
                found.append(Run(", "))
            found += part
        return tuple(found)

    def field(self, path: str, form: str = "{}", style: Style = "plain", required: bool = True) -> Words:
        """Return one field in words, put into ``form``; a gap is named with its label."""
        value = value_at(self.case, path)
        if value is None:
            return (self._from_list(path, form, style) or self.gap(path)) if required else ()
        if field_by_path()[path].kind not in _TYPED:
            dated = (Run(form.format(_words(value)), style, origin=(f"case:{path}",)),)
            return (*dated, *self.old(path))
        text = ", ".join(value) or tr("none") if isinstance(value, tuple) else value
        return worded(form.replace("{}", "{text}"), style, text=typed(path, text, style))

    def old(self, path: str) -> Words:
        """Return a mark for a day that lies further back than its value is good for."""
        if path not in self._stale:
            return ()
        words = "\N{NO-BREAK SPACE}" + tr("(old)")
        return (Run(words, "bold", origin=(f"case:{path}", "count:days since then")),)

    def first(self, path: str, style: Style = "plain") -> Words:
        """Return the field a row is named after; a gap needs no second name."""
        recorded = self.field(path, style=style, required=False) or self._from_list(path, "{}", style)
        return recorded or self.absent(path)

    def _from_list(self, path: str, form: str, style: Style) -> Words:
        """Return what a list says in place of a field; nothing where it does not say."""
        filled = self.filled.get(path) if path in FILLED else None
        if filled is None:
            return ()
        if field_by_path()[path].kind in _TYPED:
            return typed("brain.lesions", filled.words, style)
        return (Run(form.format(filled.words), style, origin=("case:brain.lesions",)),)

    def marked(self, words: Words, *paths: str) -> Words:
        """Return words with a mark where one of the fields they say was taken from its list."""
        if not any(path in self.filled for path in paths):
            return words
        return (*words, Run(tr(" (from the list)"), "muted"))

    def gap(self, path: str) -> Words:
        """Return 'label not recorded' with reason, owner and date; nothing where only the line below says it."""
        found = self.absent(path)
        label = lower(field_by_path()[path].info.label)
        return (Run(f"{label} ", "italic", origin=(f"case:absences.{path}",)), *found) if found else ()

    def absent(self, path: str) -> Words:
        """Return why a field is not recorded, whom it was asked of; without a reason it is named in one line."""
        if path in self.case.absences:
            return not_recorded(self.case, path)
        self._open.setdefault(lower(field_by_path()[path].info.label), f"gap:{path}")
        return ()

    def not_recorded(self) -> Iterator[Row]:
        """Yield one line that names every field of the rows that nobody recorded."""
        if self._open:
            named = (Run(label, "italic", origin=(place,)) for label, place in self._open.items())
            yield Row(tr("Not recorded"), listed_runs(named, len(self._open)))

    def style(self, *facts: str) -> Style:
        """Return bold for what the top of the page names, plain for the rest."""
        return "plain" if self._alarming.isdisjoint(facts) else "bold"

    def checked(self, row: Row) -> Row:
        """Return a row with a mark where a field it says contradicts another."""
        places = (origin.partition(":") for run in row.words for origin in run.origin)
        paths = {name.partition("[")[0] for kind, _, name in places if kind in ("case", "says")}
        if paths.isdisjoint(self._contradicted):
            return row
        return replace(row, words=(*row.words, Run(tr(" (contradictory)"), "bold")))

    def flag(self, path: str, yes: str, no: str, required: bool = True) -> Words:
        """Return a yes/no field in words."""
        value = value_at(self.case, path)
        if value is None and required and path in FILLED and path in self.filled:
            return (Run(yes if self.filled[path].value else no, origin=("case:brain.lesions",)),)
        if value is None:
            return self.gap(path) if required else ()
        return (Run(yes if value else no, origin=says(path)),)

    def fact(self, name: str, style: Style = "plain") -> Words:
        """Return a derived fact in words, with why it is open or what it rests on."""
        found = fact_words(self.case, self.facts, name, style)
        if len(found.words) == 1 and found.words[0].gap:
            self._open.setdefault(lower(self.facts.read(name).label), f"fact:{name}")
            return ()
        return (*found.words, *found.why)


def _words(value: object) -> str:
    """Return a value that is chosen or counted, not typed."""
    if isinstance(value, PartialDate | Millimetres):
        return value.shown()
    if isinstance(value, tuple):
        return ", ".join(spoken(str(entry)) for entry in value) or tr("none")
    if isinstance(value, float):
        return f"{value:g}"
    return spoken(str(value))
