"""Shortens a briefing form by form, in the one order that all zones together declare, until a page can hold it.

Whatever goes is counted where it was, and noted. A form can be given back where shorter ones left room for it.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from msgspec import Struct

from her2board.briefing.model import Briefing, Shortening
from her2board.briefing.zones.base import Form
from her2board.briefing.zones.order import ORDER


class _Step(Struct, frozen=True):
    """The forms at one place of the order, by the kind of their zone."""

    at: int
    forms: dict[type[Any], list[Form[Any]]]


class _Shortened:
    """What the forms of a step make of a zone, each worked out once: the same zone gives the very same shorter one."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[Any, Any]] = {}
        """By form and zone: the zone, kept so that no other can take its place in memory, and the shorter one."""

    def by(self, form: Form[Any], zone: Any) -> Any:
        """Return a zone in a shorter form; itself where there is nothing to leave out."""
        key = id(form), id(zone)
        if key not in self._known:
            shorter = form.shorten(zone)
            self._known[key] = zone, zone if shorter == zone else shorter
        return self._known[key][1]


class Fitted(Struct, frozen=True):
    """A briefing as shortened, and the steps that were taken, in their order."""

    whole: Briefing
    briefing: Briefing
    shortened: _Shortened
    steps: tuple[int, ...] = ()

    @property
    def at(self) -> int:
        """Place of the last step in the order that all zones declare; 0 where none was taken."""
        return _STEPS[self.steps[-1]].at if self.steps else 0

    def without(self, step: int) -> "Fitted":
        """Return the briefing with one of its steps given back."""
        steps = tuple(one for one in self.steps if one != step)
        briefing = self.whole
        for one in steps:
            briefing = _shorter(briefing, _STEPS[one], self.shortened) or briefing
        return Fitted(self.whole, briefing, self.shortened, steps)


def fittings(briefing: Briefing) -> Iterator[Fitted]:
    """Yield the briefing, then ever shorter ones with the steps taken."""
    found = Fitted(briefing, briefing, _Shortened())
    yield found
    for number, step in enumerate(_STEPS):
        shorter = _shorter(found.briefing, step, found.shortened)
        if shorter is not None:
            found = Fitted(briefing, shorter, found.shortened, (*found.steps, number))
            yield found


def shortenings(briefing: Briefing) -> Iterator[Briefing]:
    """Yield the briefing, then ever shorter ones; each says what it left out."""
    return (found.briefing for found in fittings(briefing))


def _steps() -> Iterator[_Step]:
    declared = sorted(((form.at, zone.kind, form) for zone in ORDER for form in zone.shorter), key=itemgetter(0))
    for at, together in groupby(declared, key=itemgetter(0)):
        forms: dict[type[Any], list[Form[Any]]] = {}
        for _, kind, form in together:
            forms.setdefault(kind, []).append(form)
        yield _Step(at, forms)


_STEPS = tuple(_steps())


def _shorter(briefing: Briefing, step: _Step, shortened: _Shortened) -> Briefing | None:
    """Return the briefing with every form of a step taken; None where none of them leaves anything out."""
    zones, notes, changed = [], dict[str, Shortening](), False
    for zone in briefing.zones:
        for form in step.forms.get(type(zone), ()):
            shorter = shortened.by(form, zone)
            if shorter is zone:
                continue
            zone, changed = shorter, True  # reason: a zone may have two forms at one place
            if (note := form.note) is not None:
                count = note.count(zone)
                notes[note.kind] = Shortening(note.kind, count, note.words(count))
        zones.append(zone)
    if not changed:
        return None
    kept = tuple(entry for entry in briefing.shortened if entry.kind not in notes)
    return Briefing(briefing.title, briefing.language, tuple(zones), (*kept, *notes.values()))
