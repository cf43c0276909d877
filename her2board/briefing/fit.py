"""Shortens a briefing form by form, in the one order that all zones together declare, until a page can hold it.

Whatever goes is counted where it was, and noted.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from her2board.briefing.model import Briefing, Shortening
from her2board.briefing.zones.base import Form
from her2board.briefing.zones.order import ORDER

_Step = dict[type[Any], list[Form[Any]]]
"""The forms at one place of the order, by the kind of their zone."""


def shortenings(briefing: Briefing) -> Iterator[Briefing]:
    """Yield the briefing, then ever shorter ones; each says what it left out."""
    yield briefing
    for step in _STEPS:
        shorter = _shorter(briefing, step)
        if shorter is not None:
            briefing = shorter
            yield briefing


def _steps() -> Iterator[_Step]:
    declared = sorted(((form.at, zone.kind, form) for zone in ORDER for form in zone.shorter), key=itemgetter(0))
    for _, together in groupby(declared, key=itemgetter(0)):
        step: _Step = {}
        for _, kind, form in together:
            step.setdefault(kind, []).append(form)
        yield step


_STEPS = tuple(_steps())


def _shorter(briefing: Briefing, step: _Step) -> Briefing | None:
    """Return the briefing with every form of a step taken; None where none of them leaves anything out."""
    zones, notes, changed = [], dict[str, Shortening](), False
    for zone in briefing.zones:
        for form in step.get(type(zone), ()):
            shorter = form.shorten(zone)
            if shorter == zone:
                continue
            zone, changed = shorter, True  # reason: a zone may have two forms at one place
            if (note := form.note) is not None:
                count = note.count(zone)
                notes[note.kind] = Shortening(note.kind, count, note.words(count))
        zones.append(zone)
    if not changed:
        return None
    kept = tuple(entry for entry in briefing.shortened if entry.kind not in notes)
    return replace(briefing, zones=tuple(zones), shortened=(*kept, *notes.values()))
