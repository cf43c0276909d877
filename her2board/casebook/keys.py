"""The keys of a casebook: a random data key, wrapped under a passphrase, and written out for the safe.

The header is text of one line with a checksum, so that a damaged one is not taken for a wrong passphrase; what
unwraps the key also covers every other word of it.
"""

import hashlib
import hmac
import json
import secrets
import unicodedata
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Struct
from msgspec.structs import asdict

from her2board.casebook.errors import DamagedError, WrongPassphraseError
from her2board.wording import tr

FORMAT = "her2board-casebook-key"
VERSION = 1
KEY_BYTES = 32
_GROUP = 4
"""Digits between two spaces of a recovery key."""
_CHECK = 4
"""Digits at its end that show a slip of the pen."""


class Cost(Struct, frozen=True):
    """What one guess of a passphrase costs (Argon2id)."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def bearable(self) -> bool:
        """Return whether a machine of ours can do it: a header from elsewhere must not take all memory."""
        return 8 * self.lanes <= self.memory_kib <= 1 << 20 and 1 <= self.passes <= 20 and 1 <= self.lanes <= 16


class Header(Struct, frozen=True):
    """What is kept beside the encrypted file: how the data key is wrapped."""

    casebook: str
    """Id of the casebook, hexadecimal."""
    cost: Cost
    salt: bytes
    nonce: bytes
    wrapped: bytes

    def to_bytes(self) -> bytes:
        """Return the one way this header is written."""
        words = {**self._covered(), "wrapped": self.wrapped.hex()}
        return _line({**words, "check": _checksum(words)})

    def _covered(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "version": VERSION,
            "casebook": self.casebook,
            "kdf": {"name": "argon2id", **asdict(self.cost)},
            "salt": self.salt.hex(),
            "cipher": "chacha20-poly1305",
            "nonce": self.nonce.hex(),
        }

    def associated(self) -> bytes:
        """Return what the wrapping of the key covers besides the key."""
        return _line(self._covered())


def parse_header(data: bytes) -> Header:
    """Return the header in ``data``; DamagedError where one bit is not as it was written."""
    try:
        said = json.loads(data)
        kdf = said["kdf"]
        header = Header(
            said["casebook"],
            Cost(kdf["memory_kib"], kdf["passes"], kdf["lanes"]),
            *(bytes.fromhex(said[name]) for name in ("salt", "nonce", "wrapped")),
        )
        same = header.to_bytes() == data
        version = said["version"]
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError):
        same, version = False, VERSION
    if isinstance(version, int) and version > VERSION:
        raise DamagedError(tr("the key file is of a newer version of this program; update the program"))
    if not same or not header.cost.bearable() or len(header.nonce) != 12 or len(header.salt) < 16:
        raise DamagedError(
            tr("the key file is damaged; open the casebook with its recovery key, or restore the last backup")
        )
    return header


def new_key() -> bytes:
    """Return a new data key."""
    return secrets.token_bytes(KEY_BYTES)


def wrap(key: bytes, casebook: str, passphrase: str, cost: Cost) -> Header:
    """Return a header that gives ``key`` for ``passphrase``."""
    header = Header(casebook, cost, secrets.token_bytes(16), secrets.token_bytes(12), b"")
    cipher = ChaCha20Poly1305(_stretched(passphrase, header))
    wrapped = cipher.encrypt(header.nonce, key, header.associated())
    return Header(header.casebook, header.cost, header.salt, header.nonce, wrapped)


def unwrap(header: Header, passphrase: str) -> bytes:
    """Return the data key; WrongPassphraseError says nothing but that."""
    cipher = ChaCha20Poly1305(_stretched(passphrase, header))
    try:
        return cipher.decrypt(header.nonce, header.wrapped, header.associated())
    except InvalidTag:
        raise WrongPassphraseError(tr("the passphrase is not that of this casebook")) from None


def derived(key: bytes, purpose: str) -> bytes:
    """Return the key for one purpose: the audit's hashes, what a server keeps."""
    return HKDF(SHA256(), KEY_BYTES, None, f"her2board casebook {purpose}".encode()).derive(key)


def recovery_key(key: bytes) -> str:
    """Return the data key as it is printed: its hexadecimal digits in groups, and a group to check them."""
    digits = (key.hex() + _check_digits(key)).upper()
    return " ".join(digits[place : place + _GROUP] for place in range(0, len(digits), _GROUP))


def from_recovery_key(typed: str) -> bytes:
    """Return the data key of a printed recovery key; WrongPassphraseError where a digit is not as it was printed."""
    digits = "".join(unicodedata.normalize("NFKC", typed).split()).replace("-", "").casefold()
    digits = digits.translate(str.maketrans("oil", "011"))
    try:
        data = bytes.fromhex(digits)
    except ValueError:
        data = b""
    key, check = data[:KEY_BYTES], digits[2 * KEY_BYTES :]
    if len(data) != KEY_BYTES + _CHECK // 2 or not hmac.compare_digest(check, _check_digits(key)):
        words = tr("this is no recovery key: compare it with the printed one, digit by digit (0 to 9, A to F)")
        raise WrongPassphraseError(words)
    return key


def _check_digits(key: bytes) -> str:
    return hashlib.sha256(b"her2board recovery key" + key).hexdigest()[:_CHECK]


def _stretched(passphrase: str, header: Header) -> bytes:
    cost = header.cost
    said = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return Argon2id(
        salt=header.salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive(said)


def _line(words: dict[str, Any]) -> bytes:
    return json.dumps(words, separators=(",", ":"), ensure_ascii=True).encode() + b"\n"


def _checksum(words: dict[str, Any]) -> str:
    return hashlib.sha256(_line(words)).hexdigest()[:16]
