"""Encrypts what a server keeps, so that it sees how many records there are, how large and when, and nothing else."""

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from her2board.casebook.errors import DamagedError
from her2board.casebook.keys import derived
from her2board.wording import tr

_NONCE = 12


class Sealer:
    """Encrypts texts, each bound to its place, and hides the names of records."""

    def __init__(self, key: bytes) -> None:
        self._cipher = ChaCha20Poly1305(derived(key, "server"))
        self._names = derived(key, "names on a server")

    def name(self, kind: str, key: str) -> bytes:
        """Return the name under which a server keeps a record: always the same, and it says nothing."""
        return hmac.digest(self._names, f"{kind} {key}".encode(), "sha256")[:16]

    def sealed(self, text: str, *place: str | int | bytes) -> bytes:
        """Return a text encrypted for its place: table, kind, name, version."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, text.encode(), _bound(place))

    def opened(self, data: bytes, *place: str | int | bytes) -> str:
        """Return what was encrypted for this place; DamagedError where it was altered or put elsewhere."""
        try:
            return self._cipher.decrypt(data[:_NONCE], data[_NONCE:], _bound(place)).decode()
        except (InvalidTag, ValueError):
            words = tr("the server returned something else than was stored ({place}); restore the last backup")
            shown = ", ".join(part.hex() if isinstance(part, bytes) else str(part) for part in place)
            raise DamagedError(words.format(place=shown)) from None


def _bound(place: tuple[str | int | bytes, ...]) -> bytes:
    return b"\x1f".join(part if isinstance(part, bytes) else str(part).encode() for part in place)
