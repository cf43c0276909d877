"""Systemic lines, local therapies and events on one axis, and its shorter forms."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from her2board.briefing.formats import joined, says
from her2board.briefing.model import Line, Run, Words
from her2board.briefing.zones.base import Sources
from her2board.briefing.zones.local_therapy import local_therapy_words
from her2board.briefing.zones.texts import FEWEST, beginning, clip
from her2board.case.dates import PartialDate
from her2board.case.model import Case, SystemicLine
from her2board.case.row_dates import duration_words
from her2board.case.terms import Response, spoken
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import Marked, tr

_PATH = "systemic.lines"
_LINES = f"case:{_PATH}"
_LEAST = 150
"""Characters that the words of a line keep until little else is left."""


class Bar(Struct, frozen=True):
    """One systemic line: its place among the lines, and its dates as ranges, None where not recorded."""

    number: int
    words: Words
    when: str
    """Its dates in words; empty where none is recorded."""
    start_low: date | None
    start_high: date | None
    stop_low: date | None
    stop_high: date | None
    ongoing: bool = False
    named: bool = True
    """False where no drug of it is recorded."""
    dates: tuple[str, ...] = (_LINES,)
    """Where its dates come from."""
    months: str = ""
    """Its dates by the month, for where the axis is given up for want of room; the annex has the days."""

    @property
    def label(self) -> str:
        """Its words as one text."""
        return "".join(run.text for run in self.words)

    @property
    def origin(self) -> tuple[str, ...]:
        """Where its words and dates come from."""
        return tuple(dict.fromkeys((*self.dates, *(place for run in self.words for place in run.origin))))

    @property
    def dated(self) -> bool:
        """Return whether any date is recorded."""
        return any((self.start_low, self.start_high, self.stop_low, self.stop_high))


class Mark(Struct, frozen=True):
    """One event on the time axis, as a range of days; None where the range is open on that side."""

    label: str
    when: str
    low: date | None
    high: date | None
    origin: tuple[str, ...] = ()
    treatment: bool = False
    """A local therapy, drawn apart from imaging and other events."""


class Timeline(Struct, frozen=True):
    """Systemic lines, local therapies and imaging on one axis; what has no date is in words."""

    bars: tuple[Bar, ...]
    """Systemic lines in their order, with and without dates."""
    brain: tuple[Mark, ...]
    """Local therapies, imaging and CNS events."""
    board: date
    local_words: Words
    drawn: bool = True
    """False: the order is in words, for want of dates or of room."""
    left_out: int = 0
    none_given: Words = ()
    """That a complete list has no systemic treatment; empty where some is listed, or nobody said."""


def timeline(sources: Sources) -> Timeline:
    """Return systemic lines, local therapies and events on one axis."""
    case, as_of = sources.case, sources.assessment.as_of
    therapies = case.brain.local_therapies.items
    local = (
        _mark(spoken(therapy.kind), therapy.day, as_of, ("case:brain.local_therapies",), treatment=True)
        for therapy in therapies
        if therapy.day
    )
    return Timeline(
        bars=tuple(_bar(number, line, sources.library) for number, line in enumerate(case.systemic.lines.items, 1)),
        brain=tuple(mark for mark in (*local, *_events(case, as_of)) if mark is not None),
        board=as_of,
        local_words=joined((local_therapy_words(therapy) for therapy in therapies if not therapy.day), "; "),
        none_given=_none_given(case),
    )


def _none_given(case: Case) -> Words:
    listed = case.systemic.lines
    if listed.items or not (listed.completeness == "complete" or listed.metastatic_complete):
        return ()
    if listed.completeness == "complete":
        return (Run(tr("none given"), origin=(*says(f"{_PATH}.completeness"), _LINES)),)
    return (Run(tr("none given for metastatic disease"), origin=(*says(f"{_PATH}.metastatic_complete"), _LINES)),)


def in_order(bars: Iterable[Bar]) -> Iterator[tuple[str, Bar]]:
    """Yield each line with its number in words; neighbours of which the same is said, and no drug, together."""

    def alike(placed: tuple[int, Bar]) -> object:
        place, bar = placed
        return bar.number if bar.named else (bar.words, bar.when, bar.number - place)

    for _, together in groupby(enumerate(bars), key=alike):
        first, *others = (bar for _, bar in together)
        if others:
            yield tr("Lines {first}\N{EN DASH}{last}").format(first=first.number, last=others[-1].number), first
        else:
            yield tr("Line {n}").format(n=first.number), first


def treatments(line: Timeline) -> tuple[Line, ...]:
    """Return systemic lines and local therapies in their order, with their dates in words."""
    when_unknown = tr("date not recorded")
    systemic = [
        Line(label, (*bar.words, Run(f", {bar.when or when_unknown}", origin=bar.dates)))
        for label, bar in in_order(line.bars)
    ]
    local = [
        (Run(mark.label, origin=mark.origin), Run(f", {mark.when}", origin=mark.origin))
        for mark in line.brain
        if mark.treatment
    ]
    further = [line.local_words] if line.local_words else []
    if line.none_given:
        systemic.append(Line(tr("Systemic"), line.none_given))
    return (*systemic, *(Line(tr("Local therapy"), words) for words in (*local, *further)))


_BEST: dict[Response, Marked] = {
    "complete": "complete response",
    "partial": "partial response",
    "stable": "stable disease",
    "progression": "progression as best response",
    "not_evaluable": "response not evaluable",
}
"""The best response to a treatment, as it is spoken of."""


def _bar(number: int, line: SystemicLine, library: EvidenceLibrary) -> Bar:
    place = f"{_PATH}[{number - 1}]"
    start = line.start.span if line.start else None
    stop = line.stop.span if line.stop else None
    return Bar(
        number=number,
        words=(*_drugs(place, line, library), _course_run(place, line)),
        when=_when(line),
        start_low=start.low if start else None,
        start_high=start.high if start else None,
        stop_low=stop.low if stop else None,
        stop_high=stop.high if stop else None,
        ongoing=bool(line.ongoing),
        named=bool(line.drugs),
        dates=(*says(f"{place}.start", f"{place}.stop", f"{place}.ongoing"), _LINES),
        months=_months(line),
    )


def _course_run(place: str, line: SystemicLine) -> Run:
    said = (f"case:{place}.{name}" for name in ("setting", "best_response", "reason_stopped"))
    return Run(f" ({_course(line)})", origin=(*said, *says(f"{place}.ongoing"), _LINES))


def _when(line: SystemicLine) -> str:
    if line.stop and not line.start:
        return tr("stopped {date}").format(date=line.stop.shown())
    return tr(" to ").join(day.shown() for day in (line.start, line.stop) if day)


def _months(line: SystemicLine) -> str:
    by_month = [replace(day, day=None) if day and not day.bound else day for day in (line.start, line.stop)]
    if all(by_month):
        return tr(" to ").join(dict.fromkeys(day.shown() for day in by_month if day))
    return _when(line)


def _drugs(place: str, line: SystemicLine, library: EvidenceLibrary) -> Words:
    """Return the drugs of a line by their short names; an unknown name as it was typed."""
    if not line.drugs:
        return (Run(tr("drugs not recorded"), origin=(f"gap:{place}.drugs", _LINES)),)
    drugs = (_drug(f"{place}.drugs[{n}]", name, library) for n, name in enumerate(line.drugs))
    return joined(drugs, " + ")


def _drug(place: str, name: str, library: EvidenceLibrary) -> Words:
    reading = library.vocabulary.read(name)
    if not reading.ids or reading.route:
        return (Run(name, origin=(f"case:{place}", _LINES), free=True),)
    return (Run(library.vocabulary.shown(name), origin=(*says(place), _LINES)),)


def _course(line: SystemicLine) -> str:
    """Return setting, response and why a line stopped."""
    parts = [spoken(line.setting) if line.setting else tr("setting not recorded")]
    if line.best_response:
        parts.append(tr(_BEST[line.best_response]))
    if line.ongoing:
        parts.append(tr("ongoing"))
    elif line.reason_stopped:
        parts.append(tr("stopped: {reason}").format(reason=spoken(line.reason_stopped)))
    if given := duration_words(line):
        parts.append(given)
    if line.start and not line.stop and not line.ongoing:
        parts.append(tr("stop date not recorded"))
    return ", ".join(parts)


def _mark(label: str, day: PartialDate, as_of: date, origin: tuple[str, ...], treatment: bool = False) -> Mark | None:
    """Return an event with the days it may have been; nothing for what surely lies ahead."""
    low, high = day.span.low, day.span.high
    if low is not None and low > as_of:
        return None
    return Mark(label, day.shown(), low, min(high, as_of) if high else None, origin, treatment)


def _events(case: Case, as_of: date) -> Iterator[Mark | None]:
    """Yield what happened to the disease and the brain; events of one day share a mark."""
    together: dict[PartialDate, list[str]] = {}
    for label, day in _dated_events(case):
        if day is not None:
            together.setdefault(day, []).append(label)
    dates = ("tumour.metastatic_date", "tumour.brain_date", "brain.imaging_date")
    origin = (*(f"case:{path}" for path in (*dates, "board.decision_date")), _LINES)
    for day, labels in together.items():
        yield _mark(", ".join(dict.fromkeys(labels)), day, as_of, origin)


def _dated_events(case: Case) -> Iterable[tuple[str, PartialDate | None]]:
    progressions = [
        (tr("progression in the brain"), line.stop)
        for line in case.systemic.lines.items
        if line.progressed_in in ("brain", "brain_and_body")
    ]
    return (
        (tr("metastatic"), case.tumour.metastatic_date),
        (tr("brain metastases"), case.tumour.brain_date),
        *progressions,
        (case.brain.modality or tr("imaging"), case.brain.imaging_date),
        (tr("decision"), case.board.decision_date),
    )


# Shorter forms


def latest(line: Timeline, most: int) -> Timeline:
    """Keep the latest lines and local therapies, and all events; the others are counted."""
    bars, brain = line.bars[-most:], _latest_marks(line.brain, most)
    left = len(line.bars) - len(bars) + len(line.brain) - len(brain)
    return replace(line, bars=bars, brain=brain, left_out=line.left_out + left) if left > 0 else line


def _latest_marks(marks: tuple[Mark, ...], most: int) -> tuple[Mark, ...]:
    treatments = [mark for mark in marks if mark.treatment]
    by_day = sorted(treatments, key=lambda mark: (mark.low or mark.high or date.min, mark.label))
    kept = by_day[-most:]
    return tuple(mark for mark in marks if not mark.treatment or mark in kept)


def in_words(line: Timeline) -> Timeline:
    """Give up the drawing: the last lines in their order, everything else counted."""
    treatments = [mark for mark in line.brain if mark.treatment]
    left = max(len(line.bars) - 3, 0) + max(len(treatments) - 2, 0)
    local = ((Run(f"{mark.label} {mark.when}", origin=mark.origin),) for mark in treatments[-2:])
    words = joined((*local, line.local_words), "; ")
    bars = tuple(replace(bar, when=bar.months) for bar in line.bars[-3:])
    return replace(line, bars=bars, brain=(), local_words=words, drawn=False, left_out=line.left_out + left)


def last_line(line: Timeline) -> Timeline:
    """Keep the last systemic line in words; the others are counted."""
    left = max(len(line.bars) - 1, 0)
    bars = tuple(replace(bar, words=beginning(bar.words, 2 * FEWEST)) for bar in line.bars[-1:])
    return replace(line, bars=bars, left_out=line.left_out + left)


def clipped(line: Timeline, most: int) -> Timeline:
    """Cut the names of lines that are longer than any drug's, and what a person typed of local therapies."""
    bars = tuple(replace(bar, words=beginning(bar.words, max(most // 2, _LEAST))) for bar in line.bars)
    return replace(line, bars=bars, local_words=clip(line.local_words, most))


def fewest(line: Timeline) -> Timeline:
    """Keep a few characters of what a person typed of local therapies."""
    return replace(line, local_words=clip(line.local_words, 2 * FEWEST, FEWEST))
