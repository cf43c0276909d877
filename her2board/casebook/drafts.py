"""Work on a case, or at a meeting, that is not saved yet: encrypted with the casebook's key, so that a crash takes
nothing typed.
"""

import json
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct

from her2board.case.checks import CaseError
from her2board.case.model import Case
from her2board.case.storage import dump_compact, parse
from her2board.case.writing import write_atomically
from her2board.casebook.keys import derived
from her2board.casebook.model import Listing
from her2board.casebook.stored import StoredCasebook

_SUFFIX, _SAID = ".draft", ".said"
_NONCE = 12
_ABOUT = b"her2board draft 1"
_LARGEST = 8_000_000


class Draft(Struct, frozen=True):
    """A case as it was typed, and the version it was changed from."""

    case_id: str
    version: int
    case: Case


class Said(Struct, frozen=True):
    """What was said of a case at a meeting, and the version of the meeting it was said after."""

    meeting_id: str
    version: int
    listing: Listing


class Drafts:
    """The drafts of one casebook in a folder of this user; those of other casebooks cannot be read, and stay."""

    def __init__(self, folder: Path, book: StoredCasebook) -> None:
        self._folder = folder
        self._cipher = AESGCM(derived(book.secret(), "drafts"))

    def keep(self, draft: Draft) -> None:
        """Keep a draft in the place of the one before of the same case; OSError where it cannot be written."""
        said = {"case_id": draft.case_id, "version": draft.version, "case": dump_compact(draft.case)}
        self._write(self._path(draft.case_id), said)

    def clear(self, case_id: str) -> None:
        """Keep nothing of a case any more."""
        with suppress(OSError):
            self._path(case_id).unlink(missing_ok=True)

    def found(self) -> Iterator[Draft]:
        """Yield what was left behind."""
        for said in self._read(_SUFFIX):
            with suppress(CaseError, ValueError, KeyError):
                yield Draft(str(said["case_id"]), int(said["version"]), parse(said["case"]))

    def keep_said(self, said: Said) -> None:
        """Keep what was said of a case in the place of what was kept before; OSError where it cannot be written."""
        listing = said.listing.model_dump(mode="json")
        body = {"meeting_id": said.meeting_id, "version": said.version, "listing": listing}
        self._write(self._path(said.listing.case_id, _SAID), body)

    def clear_said(self, case_id: str) -> None:
        """Keep nothing any more of what was said of a case."""
        with suppress(OSError):
            self._path(case_id, _SAID).unlink(missing_ok=True)

    def said(self) -> Iterator[Said]:
        """Yield what was said and not stored."""
        for said in self._read(_SAID):
            with suppress(ValueError, KeyError):
                listing = Listing.model_validate(said["listing"])
                yield Said(str(said["meeting_id"]), int(said["version"]), listing)

    def _write(self, path: Path, said: dict[str, Any]) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, json.dumps(said).encode(), _ABOUT)
        write_atomically(path, sealed, private=True)

    def _read(self, suffix: str) -> Iterator[dict[str, Any]]:
        for path in sorted(self._folder.glob(f"*{suffix}")) if self._folder.is_dir() else ():
            with suppress(OSError, InvalidTag, ValueError):
                data = path.read_bytes()[:_LARGEST]
                yield json.loads(self._cipher.decrypt(data[:_NONCE], data[_NONCE:], _ABOUT))

    def _path(self, case_id: str, suffix: str = _SUFFIX) -> Path:
        return self._folder / f"{case_id}{suffix}"
