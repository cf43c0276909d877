"""The briefing as values: zones of worded runs, ready for any layout."""

from collections.abc import Callable, Iterable
from datetime import date
from operator import attrgetter, is_
from typing import Any, Literal, Self, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from her2board.briefing.addresses import FORM, Address, address
from her2board.evidence.values import Endpoint

T = TypeVar("T")
Style = Literal["plain", "bold", "muted", "italic"]


class Span(Struct, frozen=True):
    """A part of a run with an address of its own: the number of a reference."""

    start: int
    end: int
    address: Address


class Run(Struct, frozen=True):
    """Some words in one style, with the references they rest on."""

    text: str
    style: Style = "plain"
    refs: tuple[str, ...] = ()
    secondary: bool = False
    """Carries the mark of a figure read in a secondary report only."""
    left_out: int = 0
    """Characters of a text that were cut after this beginning of it."""
    origin: tuple[str, ...] = ()
    """Where it comes from: 'case:path', 'fact:name', 'evidence:reference, locator', 'count:what', …

    Kinds and places are those of ``addresses``; 'says:path' where a value of the case is said in other words.
    """
    link: str = ""
    """A web address, or '#' and a place in this document."""
    free: bool = False
    """Typed by a person, so it may be long: what a full page shortens, and counts."""
    gap: bool = False
    """'Not recorded' and no more: nobody has said, and nobody gave a reason."""
    spans: tuple[Span, ...] = ()
    """Parts with an address of their own, in their order."""

    @property
    def addresses(self) -> tuple[Address, ...]:
        """Where it comes from, beside its spans; fixed words of the form where nothing is named."""
        own = {span.address for span in self.spans}
        return tuple(dict.fromkeys(one for one in map(address, self.origin) if one not in own)) or (FORM,)

    def __hash__(self) -> int:
        """Distinguish most runs by the text alone, whose hash is kept; lines broken before are looked up by runs."""
        return hash(self.text)


Words = tuple[Run, ...]


class Figure(Struct, frozen=True):
    """A published outcome that may be drawn, and in how many patients."""

    endpoint: Endpoint
    n: Run


class Line(Struct, frozen=True):
    """A line of a part; the label is empty where there are only words."""

    label: str
    words: Words


class Part(Struct, frozen=True):
    """Lines under one title."""

    title: str
    lines: tuple[Line, ...]


class Shortening(Struct, frozen=True):
    """What was left out to fit the page."""

    kind: str
    """A later one of the same kind takes the place of an earlier one."""
    count: int
    """How many, or the limit in characters; 0 where nothing is counted."""
    words: str


class Briefing(Struct, frozen=True):
    """One page for one case: its zones in the order of the page. What a zone holds is declared in ``zones``."""

    title: str
    language: str
    zones: tuple[Any, ...]
    shortened: tuple[Shortening, ...] = ()

    def find(self, kind: type[T]) -> T | None:
        """Return the zone of one kind, or None where this case has none."""
        return next((zone for zone in self.zones if type(zone) is kind), None)

    def get(self, kind: type[T]) -> T:
        """Return the zone of one kind, which every case has."""
        found = self.find(kind)
        assert found is not None, kind.__name__
        return found

    def replacing(self, *zones: Any) -> Self:
        """Return the briefing with other zones in place of those of the same kind."""
        others = {type(zone): zone for zone in zones}
        return replace(self, zones=tuple(others.get(type(zone), zone) for zone in self.zones))


_PLAIN = frozenset((str, int, float, bool, date, type(None)))
"""What holds no run."""
_UNSEEN = frozenset(("style", "refs", "origin", "spans", "link", "sign", "kind"))
"""Fields that are never read on the page."""


_NAMES: dict[type[Any], tuple[str, ...]] = {}
_VALUES: dict[type[Any], Callable[[Any], tuple[Any, ...]]] = {}


def _names(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields of a part that are read, looked up once; none for a text or a number."""
    if kind not in _NAMES:
        fields: tuple[str, ...] = getattr(kind, "__struct_fields__", ())
        _NAMES[kind] = tuple(name for name in fields if name not in _UNSEEN)
    return _NAMES[kind]


def _values_of(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what takes the values of those fields from a part in one call: a page is gone through often."""
    names = _names(kind)
    if len(names) > 1:
        return attrgetter(*names)
    return lambda part: tuple([getattr(part, name) for name in names])


def runs(part: Any) -> list[Run]:
    """Return every run inside ``part`` in reading order."""
    return _gathered((part,), Run, [])


def all_text(part: Any) -> list[str]:
    """Return every text inside ``part`` that somebody may read."""
    return _gathered((part,), str, [])


def _gathered(parts: Iterable[Any], kind: type[T], found: list[T]) -> list[T]:
    for part in parts:
        its = type(part)
        if its is kind:
            found.append(part)
        elif its is tuple:
            _gathered(part, kind, found)
        elif its not in _PLAIN:
            if its not in _VALUES:
                _VALUES[its] = _values_of(its)
            _gathered(_VALUES[its](part), kind, found)
    return found


def map_runs(part: Any, change: Callable[[Run], Run]) -> Any:
    """Return ``part`` with ``change`` applied to every run inside; what holds no changed run stays itself."""
    its = type(part)
    if its is Run:
        return change(part)
    if its is tuple:
        entries = tuple([entry if type(entry) in _PLAIN else map_runs(entry, change) for entry in part])
        return part if all(map(is_, entries, part)) else entries
    changed = {}
    for name in _names(its):
        old = getattr(part, name)
        if type(old) not in _PLAIN and (new := map_runs(old, change)) is not old:
            changed[name] = new
    return replace(part, **changed) if changed else part
