"""The keys that sign packs: three of the root, of which two suffice, one for each reader of a release, and three more.

A folder of keys is kept apart from every program and every pack. Each key is a PEM file, locked with a passphrase where
one is given; the folder also keeps the root that was signed last, so that a key can be exchanged for a new one.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
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
from tuf.api.metadata import Metadata, Role, Root

from her2board.packs.errors import PackError
from her2board.wording import tr

ROOT_KEYS = ("root-1", "root-2", "root-3")
READERS = ("clinical", "technical")
"""Who signs the evidence itself: a clinician and an engineer, both."""
DETACHED = "detached"
"""Signs the file as a whole, for those who check it without this program."""
ROLES = {"root": ROOT_KEYS, "targets": READERS, "snapshot": ("snapshot",), "timestamp": ("timestamp",)}
NEEDED = {"root": 2, "targets": 2, "snapshot": 1, "timestamp": 1}
ROOT_YEARS = 3
_NAMES = (*ROOT_KEYS, *READERS, "snapshot", "timestamp", DETACHED)


def make_keys(folder: Path, now: datetime, passphrase: bytes = b"") -> bytes:
    """Write a new set of keys into an empty or new folder; return the root to be built into the program.

    Raises PackError where the folder already holds something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise PackError(tr("{folder}: not empty; keys are never written over others").format(folder=folder))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name in _NAMES:
        _new_key(folder, name, passphrase)
    return _sign_root(folder, _root(folder, 1, now, passphrase), ROOT_KEYS, passphrase)


def replace_key(folder: Path, name: str, now: datetime, passphrase: bytes = b"") -> bytes:
    """Exchange one key for a new one; return the next root, signed by the keys before and after.

    Raises PackError where there is no key of this name.
    """
    if name not in _NAMES or not _file(folder, name).exists():
        raise PackError(tr("{folder}: holds no key '{name}'").format(folder=folder, name=name))
    before = Metadata[Root].from_bytes(newest_root(folder))
    signers = list(_signers(folder, ROOT_KEYS, passphrase))
    _file(folder, name).rename(_file(folder, f"{name}-until-{before.signed.version}"))
    _new_key(folder, name, passphrase)
    made = _root(folder, before.signed.version + 1, now, passphrase)
    for signer in signers:
        made.sign(signer, append=True)
    return _sign_root(folder, made, ROOT_KEYS, passphrase)


def roots(folder: Path) -> dict[str, bytes]:
    """Return every root that was signed with the keys of ``folder``, by file name, the oldest first."""
    found = {int(path.name.partition(".")[0]): path for path in folder.glob("*.root.json")}
    if not found:
        raise PackError(tr("{folder}: is no folder of signing keys (no root in it)").format(folder=folder))
    return {found[number].name: found[number].read_bytes() for number in sorted(found)}


def newest_root(folder: Path) -> bytes:
    """Return the root signed last."""
    return list(roots(folder).values())[-1]


def signer_of(folder: Path, name: str, passphrase: bytes = b"") -> CryptoSigner:
    """Return what signs with one key; PackError where it is not there or does not open."""
    return CryptoSigner(_read(folder, name, passphrase))


def held(folder: Path, names: Iterable[str]) -> list[str]:
    """Return those of the keys that are in the folder: a reader keeps only his own."""
    return [name for name in names if _file(folder, name).exists()]


def detached_signature(folder: Path, data: bytes, passphrase: bytes = b"") -> bytes:
    """Return the plain Ed25519 signature of a whole file, 64 bytes, as 'openssl pkeyutl -verify -rawin' checks it."""
    return _read(folder, DETACHED, passphrase).sign(data)


def detached_public(folder: Path, passphrase: bytes = b"") -> bytes:
    """Return the public half of that key as PEM."""
    key = _read(folder, DETACHED, passphrase).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _root(folder: Path, version: int, now: datetime, passphrase: bytes) -> Metadata[Root]:
    expires = (now.astimezone(UTC) + timedelta(days=365 * ROOT_YEARS)).replace(microsecond=0)
    roles = {role: Role([], NEEDED[role]) for role in ROLES}
    root = Root(version=version, expires=expires, roles=roles, consistent_snapshot=True)
    for role, names in ROLES.items():
        for signer in _signers(folder, names, passphrase):
            root.add_key(signer.public_key, role)
    return Metadata(root)


def _sign_root(folder: Path, made: Metadata[Root], names: Iterable[str], passphrase: bytes) -> bytes:
    for signer in _signers(folder, names, passphrase):
        made.sign(signer, append=True)
    data = made.to_bytes()
    (folder / f"{made.signed.version}.root.json").write_bytes(data)
    return data


def _signers(folder: Path, names: Iterable[str], passphrase: bytes) -> Iterator[CryptoSigner]:
    for name in names:
        yield signer_of(folder, name, passphrase)


def _new_key(folder: Path, name: str, passphrase: bytes) -> None:
    locked: KeySerializationEncryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)
    path = _file(folder, name)
    path.touch(0o600)
    path.write_bytes(pem)


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
