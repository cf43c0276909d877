"""What changed between two releases, by record and field."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

from her2board.evidence import files
from her2board.evidence import yaml as strict_yaml


class Changed(NamedTuple):
    """A record of the release that was added or removed, or one field of it with both values."""

    record: str
    """File of the record."""
    kind: Literal["added", "removed", "changed"]
    field: str = ""
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        return f"{self.record}: {f'{self.field}: {self.before} -> {self.after}' if self.field else self.kind}"


def changes(old: Path, new: Path) -> Iterator[Changed]:
    """Yield every record added or removed, and every changed field of the others with both values."""
    before, after = _documents(old), _documents(new)
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            yield Changed(name, "removed")
        elif name not in before:
            yield Changed(name, "added")
        else:
            yield from (Changed(name, "changed", *found) for found in _fields(before[name], after[name], ""))


def _documents(folder: Path) -> dict[str, Any]:
    found = {}
    for name in files.names(folder):
        if (folder / name).exists():
            found[name], _ = strict_yaml.read((folder / name).read_text(encoding="utf-8"), name)
    return found


def _fields(old: Any, new: Any, place: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            inner = f"{place}.{key}" if place else str(key)
            if key not in new:
                yield inner, _words(old[key]), "removed"
            elif key not in old:
                yield inner, "added", _words(new[key])
            else:
                yield from _fields(old[key], new[key], inner)
    elif isinstance(old, tuple) and isinstance(new, tuple):
        yield from _entries(old, new, place)
    elif old != new:
        yield place, _words(old), _words(new)


def _entries(old: tuple[Any, ...], new: tuple[Any, ...], place: str) -> Iterator[tuple[str, str, str]]:
    """Compare lists by the id of their entries, or by position where they have none."""
    yield from _fields(_named(old), _named(new), place)


def _named(entries: tuple[Any, ...]) -> dict[str, Any]:
    """Return entries by name; those that share one are numbered, so that none hides another."""
    found: dict[str, Any] = {}
    for index, entry in enumerate(entries):
        name, same = _name(entry, index), 1
        while (numbered := name if same == 1 else f"{name}~{same}") in found:
            same += 1
        found[numbered] = entry
    return found


def _name(entry: Any, index: int) -> str:
    if isinstance(entry, dict):
        parts = [str(entry[key]) for key in ("id", "kind", "arm", "event", "at_months", "text") if key in entry]
        return "/".join(parts[:3]) or str(index)
    return str(index)


def _words(value: Any) -> str:
    words = str(value)
    return words if len(words) <= 80 else f"{words[:77]}..."
