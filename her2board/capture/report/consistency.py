"""Holds what a report offers against itself: what its own lesions exceed, or its own day precedes, is not offered."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from her2board.capture.report.model import Document, Event

_COUNT, _LARGEST, _LESIONS = "brain.lesion_count", "brain.largest_mm", "brain.lesions[]"


_OF_ONE_DAY = ("clinic_letter", "emergency_note", "board_note")
_DAYS = ("start", "stop", "day")


def consistent(events: Iterable[Event], document: Document) -> list[Event]:
    """Return the events, those that the text itself speaks against marked as open or planned."""
    found = list(events)
    lesions = [event.value for event in found if event.field == _LESIONS and event.because is None]
    distinct = {(lesion.get("site"), lesion.get("diameter_mm")) for lesion in lesions}
    sizes = [lesion["diameter_mm"] for lesion in lesions if "diameter_mm" in lesion]
    written = _written_on(document)
    return [_open(_planned(event, written), len(distinct), max(sizes, default=0)) for event in found]


def _written_on(document: Document) -> str:
    """Return the latest day in the title of a text of one day; empty where there is none."""
    if document.kind not in _OF_ONE_DAY:
        return ""
    titles = [one for one in document.sentences if one.role == "title"][:3]
    found = [day for one in titles for day in document.dates_in(one.start, one.end)]
    return max((iso for day in found for iso in day.isos), default="")


def _planned(event: Event, written: str) -> Event:
    """Return an entry as planned where its own days are after the day its text was written on."""
    values: list[Any] = [reading.value for reading in event.readings] or [event.value]
    days = [str(value[key]) for value in values if isinstance(value, dict) for key in _DAYS if value.get(key)]
    later = written and event.because is None and any(day > written[: len(day)] for day in days)
    return replace(event, because="planned") if later else event


def _open(event: Event, lesions: int, largest: float) -> Event:
    """Return an event as open where it says fewer lesions than are measured, or a largest that one exceeds."""
    if event.because is not None or event.value is None:
        return event
    too_few = event.field == _COUNT and event.value.get("high") is not None and event.value["high"] < lesions
    too_small = event.field == _LARGEST and event.value < largest
    return replace(event, because="open") if too_few or too_small else event
