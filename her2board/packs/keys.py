"""The keys that sign packs: three of the root, of which two suffice, one for each reader of a release, and three more.

Each key is a PEM file, locked with a passphrase where one is given. Keys are kept in folders apart from every program
and every pack, on sticks of their holders; each of these folders keeps the roots that were signed, too.
"""

from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner

from her2board.packs.errors import PackError
from her2board.wording import tr

ROOT_KEYS = ("root-1", "root-2", "root-3")
READERS = ("clinical", "technical")
"""Who signs the evidence itself: a clinician and an engineer, both."""
DETACHED = "detached"
"""Signs the file as a whole, for those who check it without this program."""
RELEASING = ("snapshot", "timestamp", DETACHED)
"""Whoever puts a pack together holds these; without the two readers they sign nothing that is taken."""
NAMES = (*ROOT_KEYS, *READERS, *RELEASING)
_LOCKED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"


def roots(folder: Path, *, need: bool = True) -> dict[str, bytes]:
    """Return every root that is kept in ``folder`` by file name, the oldest first; PackError where none is."""
    found = {int(path.name.partition(".")[0]): path for path in folder.glob("[0-9]*.root.json")}
    if need and not found:
        raise PackError(tr("{folder}: is no folder of signing keys (no root in it)").format(folder=folder))
    return {found[number].name: found[number].read_bytes() for number in sorted(found)}


def newest_root(folder: Path) -> bytes:
    """Return the root signed last."""
    return list(roots(folder).values())[-1]


def signer_of(folder: Path, name: str, passphrase: bytes = b"") -> CryptoSigner:
    """Return what signs with one key; PackError where it is not there or does not open."""
    return CryptoSigner(_read(folder, name, passphrase))


def held(folder: Path, names: Iterable[str] = NAMES) -> list[str]:
    """Return those of the keys that are in the folder: a reader keeps only his own."""
    return [name for name in names if _file(folder, name).exists()]


def locked(folder: Path) -> bool:
    """Return whether a key in the folder opens with a passphrase only. Raises OSError."""
    return any(_file(folder, name).read_bytes().startswith(_LOCKED) for name in held(folder))


def new_key(folder: Path, name: str, passphrase: bytes = b"", *, before: int = 0) -> None:
    """Write a new key, for its owner's eyes only; the one before is kept as that of roots up to number ``before``."""
    how: KeySerializationEncryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = _file(folder, name)
    if path.exists():
        path.rename(_file(folder, f"{name}-until-{before}"))
    path.touch(0o600)
    path.write_bytes(pem)


def detached_signature(folder: Path, data: bytes, passphrase: bytes = b"") -> bytes:
    """Return the plain Ed25519 signature of a whole file, 64 bytes, as 'openssl pkeyutl -verify -rawin' checks it."""
    return _read(folder, DETACHED, passphrase).sign(data)


def detached_public(folder: Path, passphrase: bytes = b"") -> bytes:
    """Return the public half of that key as PEM."""
    key = _read(folder, DETACHED, passphrase).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _read(folder: Path, name: str, passphrase: bytes) -> Ed25519PrivateKey:
    path = _file(folder, name)
    try:
        key = load_pem_private_key(path.read_bytes(), passphrase or None)
    except OSError as error:
        raise PackError(f"{path}: {error.strerror}") from error
    except (ValueError, TypeError) as error:
        raise PackError(tr("{path}: does not open with this passphrase, or is no key").format(path=path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise PackError(tr("{path}: is no Ed25519 key").format(path=path))
    return key


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.pem"
