"""Reads what malignant cells in the cerebrospinal fluid say of the leptomeninges."""

import re
from collections.abc import Iterator

from her2board.capture.report.context import is_said
from her2board.capture.report.model import Document, Event, Sentence
from her2board.capture.report.patterns import named
from her2board.wording import tr

_CYTOLOGY, _LEPTOMENINGES = "brain.csf_cytology", "brain.leptomeninges"
_POSITIVE, _HEADED, _NOT_OF_IT = named("csf_positive"), named("csf_headed"), named("csf_not_of_it")
_READ = ("title", "body", "findings", "impression")


def csf_events(document: Document, plain: list[Event]) -> Iterator[Event]:
    """Yield that leptomeningeal disease is confirmed, and by what, where cells in the CSF are stated."""
    stated = [event for event in plain if event.field == _CYTOLOGY and event.because is None]
    places = [(event.sentence.start, event) for event in stated if event.value == "positive"]
    if not stated and document.kind == "pathology":
        places = list(_of_a_report(document))
        yield from (event for _, event in places[:1])
    for start, event in places[:1]:
        place = (start, event.sentence.end, event.sentence)
        derived = tr("malignant cells in the cerebrospinal fluid")
        yield Event("csf-confirms", _LEPTOMENINGES, "confirmed", *place, "worked_out", derived)
        yield Event("csf-confirms", f"{_LEPTOMENINGES}_basis", "CSF cytology", *place, "worked_out", derived)


def _of_a_report(document: Document) -> Iterator[tuple[int, Event]]:
    """Yield where a report whose specimen is CSF states malignant cells, though not in one sentence with its name."""
    read = [one for one in document.sentences if one.role in _READ]
    heads = [one.start for one in read if _HEADED.search(document.plain, one.start, one.end)]
    for sentence in read if heads else ():
        if sentence.start < heads[0] or _NOT_OF_IT.search(document.plain, sentence.start, sentence.end):
            continue
        for match in _POSITIVE.finditer(document.plain, sentence.start, sentence.end):
            if not _is_open(document, match, sentence):
                yield heads[0], Event("csf-cytology", _CYTOLOGY, "positive", *match.span(), sentence)


def _is_open(document: Document, match: re.Match[str], sentence: Sentence) -> bool:
    place = (document.marked, *match.span(), sentence.start, sentence.end)
    return any(is_said(context, *place) for context in ("negated", "uncertain", "planned", "conditional", "earlier"))
