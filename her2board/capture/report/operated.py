"""Finds lesions of a letter or note that an operation has removed since the scan that measured them."""

from msgspec.structs import replace

from her2board.capture.report.courses import course_events
from her2board.capture.report.lesion_repeats import same_place
from her2board.capture.report.lesions import Lesion
from her2board.capture.report.model import Document, Event, FoundDate
from her2board.capture.report.patterns import named
from her2board.capture.report.sites import Site

_REMOVED = named("course_words_surgery")
_IT_REMOVED = named("operated_it")
_WHOLE = len("2025-01-01")


def without_operated(
    document: Document, lesions: tuple[Lesion, ...], scanned: FoundDate | None = None
) -> tuple[Lesion, ...]:
    """Return lesions, those as earlier where the text reports an operation on them, not before the day of the scan."""
    if not lesions or not _REMOVED.search(document.plain):
        return lesions
    done = [event for event in course_events(document) if event.because is None and _value(event)["kind"] == "surgery"]
    sites = [_value(event).get("site", "") for event in done if not _is_before(event, scanned)]
    operated = [Site(0, 0, site.lower(), site.lower()) for site in sites if site]
    return tuple(
        replace(one, because="earlier")
        if one.because is None and any(same_place(one.site, site) for site in operated)
        else one
        for one in lesions
    )


def is_followed_by_operation(document: Document, scanned: FoundDate | None) -> bool:
    """Tell whether the text reports an operation of the day of a scan or later: what the scan counted is not of now."""
    if scanned is None or len(scanned.iso) < _WHOLE or not _REMOVED.search(document.plain):
        return False
    done = [event for event in course_events(document) if event.because is None and _value(event)["kind"] == "surgery"]
    days = [_value(event).get("day", "") for event in done]
    return any(day >= scanned.iso[: len(day)] for day in days if day)


def is_removed_behind(document: Document, start: int) -> bool:
    """Tell whether the text goes on to say that 'this' or 'the largest' was removed: of which lesion is open."""
    return _IT_REMOVED.search(document.plain, start) is not None


def _value(event: Event) -> dict[str, str]:
    value: dict[str, str] = event.value or event.readings[0].value
    return value


def _is_before(event: Event, scanned: FoundDate | None) -> bool:
    """Tell whether an operation was done before the day of a scan: what that scan shows is what is left or new."""
    day, scan = _value(event).get("day", ""), scanned.iso if scanned else ""
    return bool(day and scan) and day < scan[: len(day)]
