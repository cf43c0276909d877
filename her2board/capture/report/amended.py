"""Holds the number and the size that an addendum of a report of imaging corrects."""

import re

from msgspec.structs import replace

from her2board.capture.report.model import Document, Event
from her2board.capture.report.patterns import named

_COUNT, _LARGEST = "brain.lesion_count", "brain.largest_mm"
_SIZE = re.compile(r"(?<![\d.,])(?P<number>\d{1,3}(?:[.,]\d)?) ?(?P<unit>[cm])m(?!\w)")


def without_amended(found: list[Event], document: Document) -> list[Event]:
    """Return events, what is said before an addendum as open where the addendum counts anew or names a larger size."""
    if document.kind != "brain_mri":
        return found
    plain, begins = document.plain, named("amended_begins")
    at = next((one.start for one in document.sentences if begins.match(plain, one.start, one.end)), None)
    if at is None:
        return found
    counted = named("amended_counts").search(plain, at) is not None
    largest = max((_millimetres(match) for match in _SIZE.finditer(plain, at)), default=0.0)
    return [
        replace(event, because="open")
        if event.because is None
        and event.sentence.start < at
        and ((event.field == _COUNT and counted) or (event.field == _LARGEST and event.value and event.value < largest))
        else event
        for event in found
    ]


def _millimetres(match: re.Match[str]) -> float:
    return float(match["number"].replace(",", ".")) * (10 if match["unit"] == "c" else 1)
