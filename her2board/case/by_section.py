"""What is worked out from a case is kept for the next one, while the sections it read are the same."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from her2board.case.model import Case

T = TypeVar("T")
_SECTIONS = frozenset(Case.model_fields)


class BySection:
    """Works things out from a case, and takes from the case before what read only sections that did not change."""

    def __init__(self, case: Case, earlier: "BySection | None" = None) -> None:
        self.case = case
        self._kept: dict[Hashable, tuple[Any, frozenset[str]]] = {}
        """With the sections that were read for it."""
        if earlier is not None:
            changed = {name for name in _SECTIONS if _differ(getattr(case, name), getattr(earlier.case, name))}
            kept = earlier._kept.copy()  # at once: another thread may still be working on that case
            self._kept = {key: found for key, found in kept.items() if found[1].isdisjoint(changed)}

    def once(self, key: Hashable, make: Callable[[Case], T]) -> T:
        """Return what ``make`` returned for ``key`` before. It may depend on ``key`` and the case, read at once."""
        if key not in self._kept:
            watched = _Watched(self.case)
            value = make(cast(Case, watched))
            self._kept[key] = value, frozenset(watched.read)
        found: T = self._kept[key][0]
        return found


def _differ(one: Any, other: Any) -> bool:
    return one is not other and bool(one != other)


class _Watched:
    """A case that notes which of its sections are read."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self.read: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.read.update((name,) if name in _SECTIONS else _SECTIONS)
        value = self.__dict__[name] = getattr(self._case, name)  # so that Python itself finds it the next time
        return value
