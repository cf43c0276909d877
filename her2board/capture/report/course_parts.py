"""Adds to the courses of a summary what its other sentences say: hippocampal avoidance, memantine, a volume."""

from typing import Any

from msgspec.structs import replace

from her2board.capture.report.course_items import volume_in
from her2board.capture.report.matching import events
from her2board.capture.report.model import Document, Event
from her2board.capture.report.rules import rules_for


def parts_of(document: Document) -> list[Event]:
    """Return the events of rules that are parts of a course."""
    found = events(rules_for(document.kind, "course"), document)
    return [event for event in found if event.because is None]


def with_parts(document: Document, found: tuple[Event, ...]) -> tuple[Event, ...]:
    """Return courses, the only one of a kind with what the text says apart from it."""
    said = {key: value for part in parts_of(document) for key, value in part.value.items()}
    volumes = {volume for one in document.sentences if (volume := volume_in(document, one.start, one.end))}
    added: dict[str, dict[str, Any]] = {"whole_brain": said}
    added["radiosurgery"] = {"volume_ml": next(iter(volumes))} if len(volumes) == 1 else {}
    return tuple(_with(event, found, added) for event in found)


def _with(event: Event, found: tuple[Event, ...], added: dict[str, dict[str, Any]]) -> Event:
    """Return a course with what is said of the only one of its kind; one with readings of its day as it is."""
    kind = event.value["kind"] if event.value else ""
    same = [one for one in found if (one.value or one.readings[0].value)["kind"] == kind]
    if len(same) != 1 or event.because is not None or "dose_gy" not in event.value:
        return event
    return replace(event, value={**added.get(kind, {}), **event.value})
