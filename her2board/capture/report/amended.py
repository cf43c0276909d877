"""Holds the number and the sizes that an addendum of a report of imaging corrects."""

import re

from msgspec.structs import replace

from her2board.capture.report.model import Document, Event
from her2board.capture.report.patterns import named

_COUNT, _LARGEST = "brain.lesion_count", "brain.largest_mm"
_LESIONS = "brain.lesions[]"
_SIZE = re.compile(r"(?<![\d.,])(?P<number>\d{1,3}(?:[.,]\d)?) ?(?P<unit>[cm])m(?!\w)")
_NOT = re.compile(
    r"(?<!\w)(?:not|instead of|rather than|nicht|statt|anstatt|et non|au lieu de|non|invece di|anziche|no|en lugar de)"
    r" (?:the )?\(?(?P<number>\d{1,3}(?:[.,]\d)?)(?: ?(?:x|by) ?\d{1,3}(?:[.,]\d)?){0,2} ?(?P<unit>[cm])m(?!\w)"
)
"""A size that an addendum takes back: 'measures 15 x 10 mm (not 13 x 10 mm)'."""


def without_amended(found: list[Event], document: Document) -> list[Event]:
    """Return events, what is said before an addendum as open where the addendum counts anew or names other sizes."""
    if document.kind != "brain_mri":
        return found
    plain, begins = document.plain, named("amended_begins")
    at = next((one.start for one in document.sentences if begins.match(plain, one.start, one.end)), None)
    if at is None:
        return found
    counted = named("amended_counts").search(plain, at) is not None
    wrong = [_millimetres(match) for match in _NOT.finditer(plain, at)]
    largest = max((_millimetres(match) for match in _SIZE.finditer(plain, at)), default=0.0)
    return [
        replace(event, because="open")
        if event.because is None
        and event.sentence.start < at
        and (
            (event.field == _COUNT and counted)
            or (event.field == _LARGEST and event.value and (event.value < largest or event.value in wrong))
            or (event.field == _LESIONS and event.value and event.value.get("diameter_mm") in wrong)
        )
        else event
        for event in found
    ]


def _millimetres(match: re.Match[str]) -> float:
    return float(match["number"].replace(",", ".")) * (10 if match["unit"] == "c" else 1)
