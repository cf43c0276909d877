"""Which values wait for readers: those that are not as they were in the last release, until two people read them."""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from her2board.evidence.curation.log import Change, Reading
from her2board.evidence.curation.units import Value, record_of

Kind = Literal["added", "changed", "removed", "withdrawn"]
READERS = 2
"""People who must have read a value; one of them did not write it."""
RELEASED = "released.txt"
"""The values of the last release, a line each: digest, the release that brought it as it is, address."""


class Released(Struct, frozen=True):
    """A value as it was in the last release."""

    digest: str
    version: str


class Waiting(Struct, frozen=True):
    """A value that is not as it was in the last release, and has not been read by two people as it is now."""

    address: str
    kind: Kind
    digest: str
    value: Value | None
    """None: it was removed."""
    writers: tuple[str, ...]
    """Who changed it, as recorded; nobody is named where that was not recorded."""
    agreed: tuple[Reading, ...]
    disagreed: tuple[Reading, ...]

    @property
    def only_writers(self) -> bool:
        """Return whether enough people read it, none of whom is independent of its writing."""
        return len(self.agreed) >= READERS and not self.disagreed


def released(text: str) -> dict[str, Released]:
    """Return the values of the last release by address."""
    lines = (line.split("  ", 2) for line in text.splitlines())
    return {address: Released(digest, version) for digest, version, address in lines}


def released_text(values: Mapping[str, Value], version: str, before: Mapping[str, Released]) -> str:
    """Return the lines for a release; a value that did not change keeps the release that brought it."""
    known = {one.digest: one.version for one in before.values()}
    lines = (f"{value.digest}  {known.get(value.digest, version)}  {value.address}\n" for value in values.values())
    return "".join(sorted(lines, key=lambda line: line.split("  ", 2)[2]))


def queue(
    values: Mapping[str, Value],
    last: Mapping[str, Released],
    readings: Iterable[Reading],
    changes: Iterable[Change],
) -> tuple[Waiting, ...]:
    """Return the values that wait for readers, by address. ``changes`` are those since the last release."""
    by_digest: dict[str, list[Reading]] = {}
    for reading in readings:
        by_digest.setdefault(reading.digest, []).append(reading)
    changes = tuple(changes)
    waiting = (
        _waiting(address, kind, digest, values.get(address), by_digest.get(digest, ()), changes)
        for address, kind, digest in differing(values, last)
    )
    return tuple(entry for entry in waiting if not _settled(entry))


def differing(values: Mapping[str, Value], last: Mapping[str, Released]) -> list[tuple[str, Kind, str]]:
    """Return address, kind and digest of everything that is not as it was released."""
    as_released = {one.digest for one in last.values()}
    found: list[tuple[str, Kind, str]] = []
    for address, value in values.items():
        if value.digest not in as_released:
            gone = isinstance(value.content, dict) and value.content.get("withdrawn")
            kind: Kind = "withdrawn" if gone else "changed" if address in last else "added"
            found.append((address, kind, value.digest))
    here = {value.digest for value in values.values()}
    removed = ((address, one) for address, one in last.items() if address not in values and one.digest not in here)
    found += [(address, "removed", _digest_of_removal(one.digest)) for address, one in removed]
    return sorted(found)


def _digest_of_removal(digest: str) -> str:
    return digest[::-1]


def _waiting(
    address: str,
    kind: Kind,
    digest: str,
    value: Value | None,
    readings: Iterable[Reading],
    changes: Iterable[Change],
) -> Waiting:
    latest = {_person(reading.by): reading for reading in readings}
    writers = {_person(change.by): change.by for change in changes if concerns(change, address)}
    return Waiting(
        address,
        kind,
        digest,
        value,
        tuple(writers.values()),
        tuple(reading for reading in latest.values() if reading.agrees),
        tuple(reading for reading in latest.values() if not reading.agrees),
    )


def concerns(change: Change, address: str) -> bool:
    """Return whether a change was made to a value, or to its record as a whole."""
    if change.value == address:
        return True
    return change.field is None and change.value == record_of(address)


def same_person(one: str, other: str) -> bool:
    """Return whether two names are those of one person, however they are written."""
    return _person(one) == _person(other)


def _person(name: str) -> str:
    return " ".join(name.casefold().split())


def _settled(entry: Waiting) -> bool:
    """Return whether two people agree, one of whom did not write it, and nobody disagrees."""
    writers = {_person(name) for name in entry.writers}
    independent = [reading for reading in entry.agreed if _person(reading.by) not in writers]
    return len(entry.agreed) >= READERS and bool(independent) and not entry.disagreed
