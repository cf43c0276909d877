"""What is known of one fact: always the set of values it may still have."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any, NamedTuple, Self, TypeVar, TypeVarTuple

from msgspec import Struct


class Among(Struct, frozen=True):
    """A category (or yes/no) that is one of ``possible``."""

    possible: frozenset[str | bool]

    @classmethod
    def exactly(cls, value: str | bool) -> Self:
        """Return the category that is known."""
        return cls(frozenset({value}))


class Span(Struct, frozen=True):
    """A number from ``low`` to ``high``, both included unless said otherwise; None is open."""

    low: float | None
    high: float | None
    low_open: bool = False
    """The number is above ``low``, not ``low`` itself."""
    high_open: bool = False
    """The number is below ``high``, not ``high`` itself."""

    @classmethod
    def exactly(cls, value: float) -> Self:
        """Return the number that is known."""
        return cls(value, value)


class Subset(Struct, frozen=True):
    """A set that holds all of ``has``, perhaps some of ``maybe``, and nothing else."""

    has: frozenset[str]
    maybe: frozenset[str] = frozenset()


class Day(Struct, frozen=True):
    """A day from ``low`` to ``high``, both included; None is open."""

    low: date | None
    high: date | None


class Never(Struct, frozen=True):
    """Recorded that the event did not happen."""


class Nothing(Struct, frozen=True):
    """Recorded that there is nothing of which the fact could be said: no size where no lesion is left."""


T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Value = Among | Span | Subset | Day | Never | Nothing


class Waits(NamedTuple):
    """Another fact that leaves a value open, and what the value is by the answers to it that settle it."""

    fact: str
    answers: tuple[tuple[Value, Value], ...]


class Reading(NamedTuple):
    """One fact as a case records it: its value, or None when nobody has said."""

    name: str
    label: str
    value: Value | None
    shown: str
    """What the case says, in words; empty when not recorded."""
    why: str = ""
    """Why it is not recorded, or what the value rests on."""
    marks: tuple[str, ...] = ()
    """Contradicted or stale: carried into every finding that uses the fact."""
    said: Value | None = None
    """What is recorded, where a contradiction unsettles it and ``value`` is None for that; a remark reads it."""
    waits: Waits | None = None
    """The fact to ask for where it is not this one that is missing."""

    @property
    def is_recorded(self) -> bool:
        """Whether the case says anything of it, contradicted or not."""
        return self.value is not None or self.said is not None

    def unsettled(self) -> Self:
        """Return it without a value to compare, as a contradiction leaves it."""
        return self if self.value is None else self._replace(value=None, said=self.value)

    def as_said(self) -> Self:
        """Return it with the value that is recorded, contradicted or not."""
        return self if self.said is None else self._replace(value=self.said, said=None)


class _Bits(dict[str, int]):
    """A bit for each name of a fact, so that a set of names is one number, which is quick to join and to compare."""

    def __missing__(self, name: str) -> int:
        return self.setdefault(name, 1 << next(_NUMBERS))  # one bit, whichever thread asks first


_NUMBERS = count()
_BITS = _Bits()


@dataclass(frozen=True, slots=True)
class Facts:
    """All readings of one case on one day."""

    as_of: date
    readings: Mapping[str, Reading] = field(default_factory=dict)
    """For looking at all of them; what is worked out once asks ``read``, which is recorded."""
    waiting: tuple[str, ...] = ()
    """Names of those that wait for another fact."""
    memo: dict[Hashable, tuple[Any, int]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was already worked out on these facts, with the bits of those read for it."""
    _reading: list[int] = field(default_factory=list, repr=False, compare=False)
    """For each thing being worked out, the innermost last: the bits of the facts read so far, for it and for what was
    known already. Facts on which an answer is tried share it."""

    def once(self, key: Hashable, make: Callable[[*Ts], T], *args: *Ts) -> T:
        """Return what ``make`` returned for ``key`` before. It may depend on ``key``, the release and facts it reads.

        The facts it reads are recorded, for ``building_on``.
        """
        kept = self.memo.get(key)
        reading = self._reading
        if kept is None:
            reading.append(0)
            try:
                value = make(*args)
            finally:
                read = reading.pop()
            kept = self.memo[key] = value, read
        if reading:
            reading[-1] |= kept[1]
        found: T = kept[0]
        return found

    def noting(self, make: Callable[[*Ts], T], *args: *Ts) -> tuple[T, frozenset[str]]:
        """Return what ``make`` returns, and the names of the facts it reads."""
        alone = object()
        value = self.once(alone, make, *args)
        _, read = self.memo.pop(alone)
        return value, frozenset(name for name, bit in _BITS.items() if read & bit)

    def building_on(self, earlier: Self) -> Self:
        """Take over what ``earlier`` worked out from facts that read the same here; return these facts."""
        if earlier.as_of == self.as_of:
            before = earlier.readings
            changed = 0
            for name, reading in self.readings.items():
                known = before.get(name)
                if known is not reading and known != reading:
                    changed |= _BITS[name]
            kept = earlier.memo.copy()  # at once: another thread may still be working on these facts
            self.memo.update(kept)
            for key in [key for key, (_, read) in kept.items() if read & changed] if changed else ():
                del self.memo[key]
        return self

    def read(self, name: str) -> Reading:
        """Return the reading of ``name``; KeyError if no such fact exists."""
        if self._reading:
            self._reading[-1] |= _BITS[name]
        return self.readings[name]

    def recorded(self, name: str) -> bool:
        """Return whether anything is known of ``name``."""
        return self.read(name).value is not None

    def as_said(self, names: Iterable[str]) -> Self:
        """Return the same facts with what is recorded of ``names``, contradicted or not."""
        said = {name: self.readings[name].as_said() for name in names if self.readings[name].said is not None}
        return self._but(said) if said else self

    def replacing(self, name: str, value: Value, shown: str) -> Self:
        """Return the same facts with one value recorded, and what waited for it, for asking what it would settle."""
        changed = Reading(name, self.read(name).label, value, shown)
        return self._but({name: changed, **self._settled_by(name, value)})

    def _but(self, other: dict[str, Reading]) -> Self:
        """Return the same facts but for ``other``, with a memo of their own."""
        return type(self)(self.as_of, {**self.readings, **other}, self.waiting, self._reading)

    def _settled_by(self, name: str, value: Value) -> dict[str, Reading]:
        """Return the readings that waited for ``name`` and that this answer settles; contradicted ones stay open."""
        found = {}
        for other in self.waiting:
            waits = self.readings[other].waits
            if waits is None or waits.fact != name:
                continue
            reading, settled = self.read(other), dict(waits.answers).get(value)
            if settled is not None and reading.value is not None:
                found[other] = reading._replace(value=settled, why="", waits=None)
        return found
