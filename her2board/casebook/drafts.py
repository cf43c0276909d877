"""Work on a case that is not saved yet, encrypted with the casebook's key, so that a crash takes nothing typed."""

import json
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from her2board.case.checks import CaseError
from her2board.case.model import Case
from her2board.case.storage import dump, parse
from her2board.case.writing import write_atomically
from her2board.casebook.keys import derived
from her2board.casebook.stored import StoredCasebook

_SUFFIX = ".draft"
_NONCE = 12
_ABOUT = b"her2board draft 1"
_LARGEST = 8_000_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A case as it was typed, and the version it was changed from."""

    case_id: str
    version: int
    case: Case


class Drafts:
    """The drafts of one casebook in a folder of this user; those of other casebooks cannot be read, and stay."""

    def __init__(self, folder: Path, book: StoredCasebook) -> None:
        self._folder = folder
        self._cipher = AESGCM(derived(book.secret(), "drafts"))

    def keep(self, draft: Draft) -> None:
        """Keep a draft in the place of the one before of the same case; OSError where it cannot be written."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = json.dumps({"case_id": draft.case_id, "version": draft.version, "case": dump(draft.case)})
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, text.encode(), _ABOUT)
        write_atomically(self._path(draft.case_id), sealed, private=True)

    def clear(self, case_id: str) -> None:
        """Keep nothing of a case any more."""
        with suppress(OSError):
            self._path(case_id).unlink(missing_ok=True)

    def found(self) -> Iterator[Draft]:
        """Yield what was left behind."""
        for path in sorted(self._folder.glob(f"*{_SUFFIX}")) if self._folder.is_dir() else ():
            with suppress(OSError, InvalidTag, CaseError, ValueError, KeyError):
                data = path.read_bytes()[:_LARGEST]
                said = json.loads(self._cipher.decrypt(data[:_NONCE], data[_NONCE:], _ABOUT))
                yield Draft(str(said["case_id"]), int(said["version"]), parse(said["case"]))

    def _path(self, case_id: str) -> Path:
        return self._folder / f"{case_id}{_SUFFIX}"
