"""What a casebook needs of a database, and nothing more: records, their past versions, the audit, settings.

Texts are given and returned as they are; an engine encrypts them. Every write is one transaction.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    import apsw


class StaleError(Exception):
    """A record is no longer of the version expected; nothing was written."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(key)
        self.kind, self.key = kind, key


class Version(NamedTuple):
    """One stored version of a record."""

    key: str
    number: int
    head: str
    """Who, when, what changed."""
    payload: str


class Brief(NamedTuple):
    """What is read of a record without opening it."""

    key: str
    version: int
    head: str
    brief: str


class Change(Struct, frozen=True):
    """One record to be written or removed."""

    kind: str
    key: str
    expected: int
    """Version it must be of now; 0 where it is new."""
    head: str = ""
    payload: str | None = None
    """None removes the record with all its versions."""
    brief: str = ""
    terms: str = ""
    """Search terms separated by spaces, as ``search.index_terms`` makes them."""
    past: tuple[tuple[str, str], ...] = ()
    """Head and payload of versions that come before this one and are not here yet, the oldest first."""


class Sealed(NamedTuple):
    """One entry of the audit: its number, its text, and the keyed hash that chains it to the entry before."""

    number: int
    text: str
    seal: bytes


Sealing = Callable[[int, bytes], Sequence[Sealed]]
"""Given number and seal of the last entry, return the entries to append: one per change at least, in their order."""


class Storage(Protocol):
    """A database of records, opened."""

    def latest(self, kind: str, key: str) -> Version | None:
        """Return the latest version of a record."""

    def at(self, kind: str, key: str, number: int) -> Version | None:
        """Return one version of a record."""

    def heads(self, kind: str, key: str) -> Sequence[tuple[int, str]]:
        """Return number and head of every version, the latest first."""

    def briefs(self, kind: str, keys: Sequence[str] | None = None) -> Iterator[Brief]:
        """Yield the briefs of all records of a kind, or of some."""

    def keys(self, kind: str) -> Sequence[str]:
        """Return the keys of all records of a kind."""

    def find(self, terms: Sequence[str], limit: int, before: int | None = None) -> Sequence[tuple[int, str]]:
        """Return place and key of the cases that have every term, the latest first, from below a place on."""

    def changed_after(self, number: int) -> Sequence[tuple[int, str]]:
        """Return number and text of the audit's entries after one, the oldest first."""

    def write(self, changes: Sequence[Change], seal: Sealing, settings: Sequence[tuple[str, str]] = ()) -> None:
        """Write changes, audit entries and settings in one transaction; StaleError where a record moved on."""

    def sealed(self) -> Iterator[Sealed]:
        """Yield the audit as stored, the oldest first."""

    def last(self) -> tuple[int, bytes]:
        """Return number and seal of the last audit entry as the head names it; (0, b'') of a new one."""

    def setting(self, name: str) -> str | None:
        """Return a setting."""

    def problems(self) -> Sequence[str]:
        """Read everything and return what is damaged, in words."""

    def copy(self, target: "apsw.Connection") -> None:
        """Write everything, as of one moment, into an empty SQLCipher file."""

    def close(self) -> None:
        """Close the database and forget its key."""
