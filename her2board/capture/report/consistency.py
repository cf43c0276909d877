"""Holds what a report offers against itself: a number or a largest size that its own lesions exceed is not offered."""

from collections.abc import Iterable
from dataclasses import replace

from her2board.capture.report.model import Event

_COUNT, _LARGEST, _LESIONS = "brain.lesion_count", "brain.largest_mm", "brain.lesions[]"


def consistent(events: Iterable[Event]) -> list[Event]:
    """Return the events, those that the measured lesions of the same text speak against marked as open."""
    found = list(events)
    lesions = [event.value for event in found if event.field == _LESIONS and event.because is None]
    distinct = {(lesion.get("site"), lesion.get("diameter_mm")) for lesion in lesions}
    sizes = [lesion["diameter_mm"] for lesion in lesions if "diameter_mm" in lesion]
    return [_open(event, len(distinct), max(sizes, default=0)) for event in found]


def _open(event: Event, lesions: int, largest: float) -> Event:
    """Return an event as open where it says fewer lesions than are measured, or a largest that one exceeds."""
    if event.because is not None or event.value is None:
        return event
    too_few = event.field == _COUNT and event.value.get("high") is not None and event.value["high"] < lesions
    too_small = event.field == _LARGEST and event.value < largest
    return replace(event, because="open") if too_few or too_small else event
