"""What opening a casebook needs of the place that keeps it: a file with its key file, or a server."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from her2board.casebook.keys import Header
from her2board.casebook.storage import Storage
from her2board.casebook.stored import Site

CASEBOOK_ID = "casebook id"
"""Setting inside what is encrypted."""
Attempt = tuple[datetime, str, str]
"""When an unlock failed, who tried, and the token it was noted under."""


class Home(Protocol):
    """One place of one casebook, while it is opened."""

    @property
    def name(self) -> str:
        """What a person calls it."""

    def refuse_taken(self) -> None:
        """Raise CasebookError where a casebook must not be made."""

    def header(self) -> Header:
        """Return the wrapped key."""

    def put_header(self, header: Header) -> None:
        """Put a header in the place of the one before."""

    def make(self, key: bytes, casebook: str, header: Header) -> Storage:
        """Make an empty casebook and return it opened."""

    def open(self, key: bytes) -> Storage:
        """Return what is there, opened; WrongPassphraseError where the key is not its own."""

    def note_attempt(self, at: datetime, by: str) -> None:
        """Note one failed unlock, where that can be written."""

    def attempts(self) -> Sequence[Attempt]:
        """Return the failed unlocks that were noted."""

    def forget_attempts(self, found: Sequence[Attempt]) -> None:
        """Remove the notes once they are in the audit; one that came meanwhile stays."""

    def site(self) -> Site:
        """Return where it is, for the opened casebook."""

    def close(self) -> None:
        """Close what was opened."""


class Elsewhere(Protocol):
    """Where a casebook is that is no file."""

    def home(self) -> Home:
        """Return its home, to be opened once."""
