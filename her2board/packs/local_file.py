"""A clinic's local file as it travels: its text below the signature of the clinic's own key, one file of plain text.

The signature covers every byte below it, so that a file that was changed on its way is refused. Who the key belongs to
is settled by people: its fingerprint is compared with the clinic it came from, by another way than the file.
"""

import base64
import binascii
import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from msgspec import Struct

from her2board.packs.errors import PackError
from her2board.wording import tr

SUFFIX = ".her2local"
LARGEST = 1_000_000
"""Bytes of a local file; a full one has a hundredth of it."""
_HEAD = b"# her2board local file, signed: do not edit below\n"
_SURELY = b"# her2board local file"
_KEY = b"# key: "
_SIGNATURE = b"# signature: "
_FOR = b"her2board local file 1\n"
"""Signed before the text, so that a signature made for something else is none of a local file."""
_KEY_FILE = "local-key.pem"


class Carried(Struct, frozen=True):
    """The text of a local file, and the public key that signed it, 32 bytes; none where it is not signed."""

    text: str
    key: bytes | None


def opened(data: bytes) -> Carried:
    """Return what a local file says, its signature checked; PackError where it was changed or cannot be read."""
    if len(data) > LARGEST:
        raise PackError(tr("the file is larger than {most} MB: it is no local file").format(most=LARGEST // 1_000_000))
    key, body = _checked(data) if _looks_signed(data) else (None, data)
    try:
        return Carried(body.decode(), key)
    except UnicodeDecodeError as error:
        raise PackError(tr("the file is no text: it is damaged, or no local file")) from error


def signed(text: str, key: Ed25519PrivateKey) -> bytes:
    """Return a local file with the signature of ``key`` above its text."""
    body = text.encode()
    return b"".join(
        (
            _HEAD,
            _KEY + base64.b64encode(_raw(key.public_key())) + b"\n",
            _SIGNATURE + base64.b64encode(key.sign(_FOR + body)) + b"\n",
            body,
        )
    )


def fingerprint(key: bytes) -> str:
    """Return a public key as people compare it: '3f2a 91bc 07de 5566 a01b', 80 bits of its SHA-256."""
    digits = hashlib.sha256(key).hexdigest()[:20]
    return " ".join(digits[at : at + 4] for at in range(0, 20, 4))


def make_key(folder: Path, passphrase: bytes = b"") -> Ed25519PrivateKey:
    """Return the clinic's key in ``folder``, made there if it has none yet. Raises PackError and OSError."""
    path = folder / _KEY_FILE
    if path.exists():
        return read_key(folder, passphrase)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    lock = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    path.touch(0o600)
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))
    return key


def read_key(folder: Path, passphrase: bytes = b"") -> Ed25519PrivateKey:
    """Return the clinic's key in ``folder``; PackError where there is none or it does not open."""
    path = folder / _KEY_FILE
    try:
        key = load_pem_private_key(path.read_bytes(), passphrase or None)
    except FileNotFoundError as error:
        words = tr("{folder}: holds no key of a clinic; make one with 'her2board overlay keys'")
        raise PackError(words.format(folder=folder)) from error
    except (ValueError, TypeError) as error:
        raise PackError(tr("{path}: does not open with this passphrase, or is no key").format(path=path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise PackError(tr("{path}: is no Ed25519 key").format(path=path))
    return key


def public_key(key: Ed25519PrivateKey) -> bytes:
    """Return the public half of a key, 32 bytes."""
    return _raw(key.public_key())


def _looks_signed(data: bytes) -> bool:
    """Return whether a file carries a signature, damaged or not: a damaged one never passes as unsigned."""
    first = data.split(b"\n", 3)[:3]
    return any(line.startswith((_SURELY, _KEY.strip(), _SIGNATURE.strip())) for line in first)


def _checked(data: bytes) -> tuple[bytes, bytes]:
    """Return the key and the text it signed. Raises PackError."""
    words = tr("the local file was changed after it was signed, or is damaged: copy it again from where it came")
    try:
        head, key_line, signature_line, body = data.split(b"\n", 3)
        key = _decoded(key_line, _KEY)
        signature = _decoded(signature_line, _SIGNATURE)
        if head + b"\n" != _HEAD:
            raise PackError(words)
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _FOR + body)
    except (ValueError, InvalidSignature) as error:
        raise PackError(words) from error
    return key, body


def _decoded(line: bytes, label: bytes) -> bytes:
    """Return the bytes that a line gives after its label; ValueError unless it is written as ``signed`` writes it."""
    found = base64.b64decode(line.removeprefix(label), validate=True)
    if label + base64.b64encode(found) != line:
        raise binascii.Error("written otherwise")
    return found


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
