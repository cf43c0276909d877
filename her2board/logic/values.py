"""What is known of one fact: always the set of values it may still have."""

from collections import ChainMap, defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple, Self, TypeVar


@dataclass(frozen=True, slots=True)
class Among:
    """A category (or yes/no) that is one of ``possible``."""

    possible: frozenset[str | bool]

    @classmethod
    def exactly(cls, value: str | bool) -> Self:
        """Return the category that is known."""
        return cls(frozenset({value}))


@dataclass(frozen=True, slots=True)
class Span:
    """A number from ``low`` to ``high``, both included; None is open."""

    low: float | None
    high: float | None

    @classmethod
    def exactly(cls, value: float) -> Self:
        """Return the number that is known."""
        return cls(value, value)


@dataclass(frozen=True, slots=True)
class Subset:
    """A set that holds all of ``has``, perhaps some of ``maybe``, and nothing else."""

    has: frozenset[str]
    maybe: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Day:
    """A day from ``low`` to ``high``, both included; None is open."""

    low: date | None
    high: date | None


@dataclass(frozen=True, slots=True)
class Never:
    """Recorded that the event did not happen."""


T = TypeVar("T")
Value = Among | Span | Subset | Day | Never


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


@dataclass(frozen=True, slots=True)
class Facts:
    """All readings of one case on one day."""

    as_of: date
    readings: Mapping[str, Reading] = field(default_factory=dict)
    memo: defaultdict[frozenset[str], dict[Hashable, Any]] = field(
        default_factory=lambda: defaultdict(dict), init=False, repr=False, compare=False
    )
    """What was already worked out on these facts, by the facts it hangs on."""

    def once(self, key: Hashable, names: frozenset[str], make: Callable[[], T]) -> T:
        """Return what ``make`` returned for ``key`` before; it may hang on the facts in ``names`` only."""
        known = self.memo[names]
        if key not in known:
            known[key] = make()
        found: T = known[key]
        return found

    def building_on(self, earlier: Self) -> Self:
        """Take over what ``earlier`` worked out on facts that read the same here; return these facts."""
        if earlier.as_of == self.as_of:
            before = earlier.readings
            changed = {name for name, reading in self.readings.items() if before.get(name) != reading}
            kept = list(earlier.memo.items())  # at once: another thread may still be working on these facts
            self.memo.update((names, known) for names, known in kept if names.isdisjoint(changed))
        return self

    def read(self, name: str) -> Reading:
        """Return the reading of ``name``; KeyError if no such fact exists."""
        return self.readings[name]

    def recorded(self, name: str) -> bool:
        """Tell whether anything is known of ``name``."""
        return self.readings[name].value is not None

    def replacing(self, name: str, value: Value, shown: str) -> Self:
        """Return the same facts with one value recorded, for asking what it would settle."""
        changed = self.readings[name]._replace(value=value, shown=shown, why="", marks=())
        return replace(self, readings=ChainMap({name: changed}, self.readings))  # type: ignore[arg-type]  # reason: only read
