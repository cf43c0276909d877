"""Reads the cytology of the cerebrospinal fluid: its day, and what malignant cells in it say of the leptomeninges."""

import re
from collections.abc import Iterator

from her2board.capture.report.context import is_said
from her2board.capture.report.model import Document, Event, Sentence
from her2board.capture.report.patterns import named
from her2board.wording import tr

_CYTOLOGY, _DAY, _LEPTOMENINGES = "brain.csf_cytology", "brain.csf_date", "brain.leptomeninges"
_POSITIVE, _HEADED, _NOT_OF_IT = named("csf_positive"), named("csf_headed"), named("csf_not_of_it")
_EQUIVOCAL, _TAKEN, _COLLECTED = named("csf_equivocal"), named("csf_taken"), named("csf_collected")
_NOT_ITS_DAY = named("csf_not_its_day")
_READ = ("title", "body", "findings", "impression")


def csf_events(document: Document, plain: list[Event]) -> Iterator[Event]:
    """Yield that leptomeningeal disease is confirmed, and by what, where cells in the CSF are stated."""
    stated = [event for event in plain if event.field == _CYTOLOGY and event.because is None]
    places = [(event.sentence.start, event) for event in stated if event.value == "positive"]
    if not stated and document.kind == "pathology":
        places = list(_of_a_report(document))
        stated = [event for _, event in places[:1]] or _equivocal(document)[:1]
        yield from stated
    if day := _day(document, stated):
        yield day
    for start, event in places[:1]:
        place = (start, event.sentence.end, event.sentence)
        derived = tr("malignant cells in the cerebrospinal fluid")
        yield Event("csf-confirms", _LEPTOMENINGES, "confirmed", *place, "worked_out", derived)
        yield Event("csf-confirms", f"{_LEPTOMENINGES}_basis", "CSF cytology", *place, "worked_out", derived)


def _heads(document: Document, read: list[Sentence]) -> list[int]:
    """Return where a report names CSF as its specimen."""
    return [one.start for one in read if _HEADED.search(document.plain, one.start, one.end)]


def _of_a_report(document: Document) -> Iterator[tuple[int, Event]]:
    """Yield where a report whose specimen is CSF states malignant cells, though not in one sentence with its name."""
    read = [one for one in document.sentences if one.role in _READ]
    heads = _heads(document, read)
    for sentence in read if heads else ():
        if sentence.start < heads[0] or _NOT_OF_IT.search(document.plain, sentence.start, sentence.end):
            continue
        for match in _POSITIVE.finditer(document.plain, sentence.start, sentence.end):
            if not _is_open(document, match, sentence):
                yield heads[0], Event("csf-cytology", _CYTOLOGY, "positive", *match.span(), sentence)


def _equivocal(document: Document) -> list[Event]:
    """Return where a report whose specimen is CSF calls its cells equivocal."""
    read = [one for one in document.sentences if one.role in _READ]
    heads = _heads(document, read)
    return [
        Event("csf-cytology", _CYTOLOGY, "equivocal", *match.span(), one)
        for one in (read if heads else ())
        if one.start >= heads[0] and not _NOT_OF_IT.search(document.plain, one.start, one.end)
        for match in _EQUIVOCAL.finditer(document.plain, one.start, one.end)
    ]


def _day(document: Document, stated: list[Event]) -> Event | None:
    """Return the day on which the CSF was taken whose cytology is stated: said beside it, or the one of its report."""
    if len({event.value for event in stated}) != 1:
        return None
    read = [one for one in document.sentences if one.role in _READ]
    own = document.kind == "pathology" and bool(_heads(document, read))
    patterns = (_TAKEN, _COLLECTED) if own else (_TAKEN,)
    places = read if own else [event.sentence for event in stated]
    found = {
        day.iso: Event("csf-date", _DAY, day.iso, match.start(), day.end, one)
        for one in places
        for pattern in patterns
        for match in pattern.finditer(document.marked, one.start, one.end)
        if not _NOT_ITS_DAY.search(document.plain, one.start, match.end())
        for day in document.dates_in(*match.span("day"))
    }
    return next(iter(found.values())) if len(found) == 1 and "" not in found else None


def _is_open(document: Document, match: re.Match[str], sentence: Sentence) -> bool:
    place = (document.marked, *match.span(), sentence.start, sentence.end)
    return any(is_said(context, *place) for context in ("negated", "uncertain", "planned", "conditional", "earlier"))
