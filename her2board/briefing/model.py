"""The briefing as values: zones of worded runs, ready to be laid out by any room."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from operator import is_
from typing import Any, Literal, TypeVar

from her2board.evidence.values import Endpoint

T = TypeVar("T")
Style = Literal["plain", "bold", "muted", "italic"]
Sign = Literal["done", "open", "late", "none", "optional"]


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one style, with the references they rest on."""

    text: str
    style: Style = "plain"
    refs: tuple[str, ...] = ()
    secondary: bool = False
    """Carries the mark of a figure read in a secondary report only."""
    left_out: int = 0
    """Characters of a text that were cut after this beginning of it."""
    origin: tuple[str, ...] = ()
    """Where its numbers come from: 'case:path', 'fact:name', 'evidence:reference, locator', 'count:what', …"""
    link: str = ""
    """A web address, or '#' and a place in this document."""
    free: bool = False
    """Typed by a person, so it may be long: what a full page shortens, and counts."""

    def __hash__(self) -> int:
        """Tell most runs apart by the text alone, which knows its hash; lines broken before are looked up by runs."""
        return hash(self.text)


Words = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """One lesion of the drawing; None where its size is not recorded."""

    diameter_mm: float | None
    site: str = ""


@dataclass(frozen=True, slots=True)
class LesionPicture:
    """Lesions as dots scaled by diameter, those of one site together; a row of them, not a brain."""

    dots: tuple[Dot, ...]
    scale: Run | None
    """The largest diameter in words, where the row does not say it; nothing where no size is recorded."""
    more: Words
    """What the dots do not say: more lesions than drawn, or no number recorded."""


@dataclass(frozen=True, slots=True)
class Row:
    """A label with what is known of it, and a drawing of the same where it reads faster."""

    label: str
    words: Words
    picture: LesionPicture | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """Case code, meeting and people."""

    code: str
    subject: str
    meeting: Words
    prepared: Words
    state: Words
    """What is open, and draft or final: as in ``prepared``, for where that does not stand."""
    kind: str = ""
    """'Published case' or 'invented case' where it is one."""
    identity: str = ""
    """Name and record number; empty unless they were switched on for this export."""


@dataclass(frozen=True, slots=True)
class Band:
    """The urgency band: what was recorded, and what comes first."""

    title: str
    words: Words


@dataclass(frozen=True, slots=True)
class Bar:
    """One systemic line: its place among the lines, and its dates as ranges, None where not recorded."""

    number: int
    label: str
    length: int
    """Characters of the label before anything was cut."""
    when: str
    """Its dates in words; empty where none is recorded."""
    start_low: date | None
    start_high: date | None
    stop_low: date | None
    stop_high: date | None
    ongoing: bool = False
    origin: tuple[str, ...] = ("case:systemic.lines",)

    @property
    def dated(self) -> bool:
        """Tell whether any date is recorded."""
        return any((self.start_low, self.start_high, self.stop_low, self.stop_high))


@dataclass(frozen=True, slots=True)
class Mark:
    """One event on the time axis, as a range of days; None where the range is open on that side."""

    label: str
    when: str
    low: date | None
    high: date | None
    origin: tuple[str, ...] = ()
    treatment: bool = False
    """A local therapy, drawn apart from imaging and other events."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Systemic lines, local therapies and imaging on one axis; what has no date stands in words."""

    bars: tuple[Bar, ...]
    """Systemic lines in their order, with and without dates."""
    brain: tuple[Mark, ...]
    """Local therapies, imaging and CNS events."""
    board: date
    local_words: Words
    drawn: bool = True
    """False: the order stands in words, for want of dates or of room."""
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class DisciplineRow:
    """One discipline: a sign, its name, and what it said or when it will."""

    sign: Sign
    name: str
    words: Words


@dataclass(frozen=True, slots=True)
class PauseRow:
    """An alternative or a situation, what sources say of it, and what this case says to it."""

    name: str
    words: Words
    here: Words
    here_brief: Words = ()
    """The same for a full page: empty while it cannot be told, which the zone then says once."""


@dataclass(frozen=True, slots=True)
class PauseZone:
    """Before whole-brain radiotherapy."""

    title: str
    status: Words
    disciplines: tuple[DisciplineRow, ...]
    must_know: Words
    alternatives: tuple[PauseRow, ...]
    reasonable: tuple[PauseRow, ...]
    context: Words
    if_waiting: Words
    """What a wait would need; empty while urgency is recorded."""
    if_chosen: Words
    terse: bool = False
    """Rows that cannot be told yet say nothing of this case; the zone says so once."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A published outcome that may be drawn, and in how many patients."""

    endpoint: Endpoint
    n: Run


@dataclass(frozen=True, slots=True)
class BriefOption:
    """An option in one phrase."""

    name: str
    standing: str
    reason: str
    origin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option: standing, nearest cohort, its CNS outcome, and what this case adds."""

    name: str
    standing: str
    brief: BriefOption
    """The same in one phrase, for where a row does not fit."""
    cohort: Words
    cohort_brief: Words
    """The same for a full page: what cannot be told is counted, not named."""
    outcome: Words
    figure: Figure | None
    here: Words


@dataclass(frozen=True, slots=True)
class OptionZone:
    """Options in a fixed order; those used or spoken against in one line each."""

    title: str
    rows: tuple[OptionRow, ...]
    aside: tuple[BriefOption, ...]
    note: Words


@dataclass(frozen=True, slots=True)
class AskZone:
    """What to ask, whom, by when, and what it would settle."""

    rows: tuple[Words, ...]
    required: Words
    least: int = 6
    """Rows the page must find room for; it shows more where it can and counts the rest."""


@dataclass(frozen=True, slots=True)
class Footer:
    """References, release, version, hash and intended use."""

    references: Words
    release: str
    program: str
    intended_use: str
    content: str = ""
    """The hash of this page and its case, or what keeps room for it; empty where none is printed."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """One page for one case."""

    title: str
    language: str
    header: Header
    band: Band | None
    question: Words
    new: Words
    brain: tuple[Row, ...]
    patient: tuple[Row, ...]
    tumour: Words
    timeline: Timeline
    contradictions: Words
    contradictions_left_out: int
    pause: PauseZone
    options: OptionZone
    ask: AskZone
    decision: Words
    footer: Footer
    shortened: tuple[str, ...] = field(default=())
    """What was left out to fit the page, in words."""
    shortened_told: bool = True
    """False where the footer has no room to repeat it."""


_FIELDS: dict[type[Any], tuple[str, ...]] = {}
_PLAIN = frozenset((str, int, float, bool, date, type(None)))
"""What holds no run."""
_UNSEEN = frozenset(("style", "refs", "origin", "link", "sign"))
"""Fields that are never read on the page."""


def _names(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields of a part that are read, looked up once; none for a text or a number."""
    if kind not in _FIELDS:
        seen = [entry.name for entry in fields(kind) if entry.name not in _UNSEEN] if is_dataclass(kind) else []
        _FIELDS[kind] = tuple(seen)
    return _FIELDS[kind]


def runs(part: Any) -> list[Run]:
    """Return every run inside ``part`` in reading order."""
    return _gathered((part,), Run, [])


def all_text(part: Any) -> list[str]:
    """Return every text inside ``part`` that somebody may read."""
    return _gathered((part,), str, [])


def _gathered(parts: Iterable[Any], kind: type[T], found: list[T]) -> list[T]:
    for part in parts:
        its = type(part)
        if its is kind:
            found.append(part)
        elif its is tuple:
            _gathered(part, kind, found)
        elif its not in _PLAIN:
            _gathered([getattr(part, name) for name in _names(its)], kind, found)
    return found


def map_runs(part: Any, change: Callable[[Run], Run]) -> Any:
    """Return ``part`` with ``change`` applied to every run inside; what holds no changed run stays itself."""
    its = type(part)
    if its is Run:
        return change(part)
    if its is tuple:
        entries = tuple([entry if type(entry) in _PLAIN else map_runs(entry, change) for entry in part])
        return part if all(map(is_, entries, part)) else entries
    changed = {}
    for name in _names(its):
        old = getattr(part, name)
        if type(old) not in _PLAIN and (new := map_runs(old, change)) is not old:
            changed[name] = new
    return replace(part, **changed) if changed else part
