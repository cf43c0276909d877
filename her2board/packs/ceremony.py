"""Keys are made, exchanged and renewed: each at the place of its holder, and a root signed by those of the root."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Metadata, Role, Root

from her2board.packs import keys
from her2board.packs.errors import PackError
from her2board.wording import tr

ROLES = {"root": keys.ROOT_KEYS, "targets": keys.READERS, "snapshot": ("snapshot",), "timestamp": ("timestamp",)}
NEEDED = {"root": 2, "targets": 2, "snapshot": 1, "timestamp": 1}
ROOT_YEARS = 3
_APART = (keys.ROOT_KEYS, keys.READERS)
"""Of each of these no two are kept at one place: whoever finds a stick can sign nothing alone."""


class Held(Struct, frozen=True):
    """A folder of keys, on the stick of whoever holds it, with the passphrase of the keys in it."""

    folder: Path
    passphrase: bytes = b""


def refuse_places(places: Mapping[str, Path], program: Path) -> None:
    """Raise PackError unless keys go where they are safe: apart, into new folders, in no repository and no program.

    ``places`` is where each key goes by its name, ``program`` the folder of this program.
    """
    for name, folder in places.items():
        _refuse_place(name, folder.resolve(), program.resolve())
    for apart in _APART:
        folders = [places[name].resolve() for name in apart if name in places]
        if len(set(folders)) < len(folders):
            words = tr("{names}: each goes to a place of its own, or who finds one of them can sign alone")
            raise PackError(words.format(names=", ".join(apart)))


def make_keys(places: Mapping[str, Held], now: datetime) -> bytes:
    """Write a new key of each name at its place, and the first root to all of them; return that root.

    Raises PackError where a place already holds keys.
    """
    for place in _distinct(places.values()):
        if any(place.folder.glob("*.pem")) or any(place.folder.glob("*.root.json")):
            words = tr("{folder}: holds keys already; keys are never written over others")
            raise PackError(words.format(folder=place.folder))
    for name in keys.NAMES:
        keys.new_key(places[name].folder, name, places[name].passphrase)
        with suppress(OSError):  # the file system of most sticks has no owners
            places[name].folder.chmod(0o700)
    signers = {name: _signer(places[name], name) for name in keys.NAMES if name != keys.DETACHED}
    root = Root(version=1, expires=_expires(now), roles={role: Role([], NEEDED[role]) for role in ROLES})
    for role, names in ROLES.items():
        for name in names:
            root.add_key(signers[name].public_key, role)
    return _written(Metadata(root), (signers[name] for name in keys.ROOT_KEYS), places.values())


def exchange_key(name: str, to: Held, signers: Iterable[Held], now: datetime) -> bytes:
    """Write a new key of ``name`` to its place; return the next root, signed with the keys of the root at ``signers``.

    The root is written to all these places. Raises PackError where there is no key of this name, or where those of the
    root that signed the root before do not suffice.
    """
    if name not in keys.NAMES:
        raise PackError(tr("there is no key '{name}': {names}").format(name=name, names=", ".join(keys.NAMES)))
    at = list(signers)
    before = _newest(at)
    if name == keys.DETACHED:  # no root names it
        keys.new_key(to.folder, name, to.passphrase, before=before.version)
        return keys.newest_root(at[0].folder)
    held = _root_signers(at, before)
    keys.new_key(to.folder, name, to.passphrase, before=before.version)
    role, place = next((role, names.index(name)) for role, names in ROLES.items() if name in names)
    added = _signer(to, name)
    root = _next(before, now)
    old = root.roles[role].keyids[place]
    root.roles[role].keyids[place] = added.public_key.keyid
    root.keys = {id_: key for id_, key in root.keys.items() if id_ != old} | {added.public_key.keyid: added.public_key}
    return _written(Metadata(root), [*held, added] if role == "root" else held, (*at, to))


def renew_root(signers: Iterable[Held], now: datetime) -> bytes:
    """Return the next root with the same keys and a later date, signed and written as by ``exchange_key``."""
    at = list(signers)
    before = _newest(at)
    return _written(Metadata(_next(before, now)), _root_signers(at, before), at)


def _refuse_place(name: str, folder: Path, program: Path) -> None:
    if folder.is_relative_to(program):
        words = tr("{name}: {folder} is in the folder of this program; keys never go there")
        raise PackError(words.format(name=name, folder=folder))
    for above in (folder, *folder.parents):
        if any((above / mark).exists() for mark in (".git", ".hg", ".svn")):
            words = tr("{name}: {folder} is in a repository ({above}); a key that was in one is no key any more")
            raise PackError(words.format(name=name, folder=folder, above=above))


def _newest(at: Iterable[Held]) -> Root:
    found = [Metadata[Root].from_bytes(keys.newest_root(place.folder)).signed for place in at]
    if not found:
        raise PackError(tr("name the places of two keys of the root"))
    return max(found, key=lambda root: root.version)


def _root_signers(at: Iterable[Held], before: Root) -> list[CryptoSigner]:
    """Return what signs with the keys of the root at these places. Raises PackError where they do not suffice."""
    known = set(before.roles["root"].keyids)
    found = {
        signer.public_key.keyid: signer
        for place in at
        for signer in (_signer(place, name) for name in keys.held(place.folder, keys.ROOT_KEYS))
    }
    if len(known & set(found)) < NEEDED["root"]:
        words = tr("a root is signed with two keys of the root before; {n} of them were found at these places")
        raise PackError(words.format(n=len(known & set(found))))
    return [signer for keyid, signer in found.items() if keyid in known]


def _next(before: Root, now: datetime) -> Root:
    made = Root.from_dict(before.to_dict())
    made.version, made.expires = before.version + 1, _expires(now)
    return made


def _written(made: Metadata[Root], signers: Iterable[CryptoSigner], places: Iterable[Held]) -> bytes:
    for signer in signers:
        made.sign(signer, append=True)
    data, at = made.to_bytes(), list(_distinct(places))
    number = made.signed.version
    known = {name: body for place in at if number > 1 for name, body in keys.roots(place.folder, need=False).items()}
    for name, body in {**known, f"{number}.root.json": data}.items():  # a pack carries every root there was
        for place in at:
            (place.folder / name).write_bytes(body)
    return data


def _distinct(places: Iterable[Held]) -> Iterator[Held]:
    yield from {place.folder.resolve(): place for place in places}.values()


def _signer(place: Held, name: str) -> CryptoSigner:
    return keys.signer_of(place.folder, name, place.passphrase)


def _expires(now: datetime) -> datetime:
    return (now.astimezone(UTC) + timedelta(days=365 * ROOT_YEARS)).replace(microsecond=0)
