"""What a root says: whose keys make packs genuine. It is checked before anybody is asked to trust it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from msgspec import Struct
from tuf.api import exceptions
from tuf.api.metadata import Metadata
from tuf.api.metadata import Root as Keys

from her2board.packs.errors import PackError
from her2board.packs.fingerprint import fingerprint
from her2board.wording import day_words, tr

LARGEST = 512_000
"""Bytes of a root; one has about four thousand."""
_APART = {"root": 2, "targets": 2}
"""So many signatures are needed at least, so that nobody can make a pack or a root alone."""


class RootFile(Struct, frozen=True):
    """A root that signed itself with as many keys as it asks for."""

    data: bytes
    number: int
    """One more than the root before it; 1 for the first."""
    until: date
    """Its keys sign nothing that is taken without a reason after this day."""

    @property
    def fingerprint(self) -> str:
        """Return its fingerprint in groups."""
        return fingerprint(self.data)


def read_root(data: bytes) -> RootFile:
    """Return the root in a file; PackError where it is none, or one that a single person could sign for."""
    if len(data) > LARGEST or b"PRIVATE KEY" in data:
        raise PackError(tr("this is no root: it is too large, or a secret key, which never goes into a program"))
    try:
        root = Metadata[Keys].from_bytes(data)
        if root.signed.type != Keys.type:
            raise ValueError(root.signed.type)
        root.signed.verify_delegate(Keys.type, root.signed_bytes, root.signatures)
    except (exceptions.RepositoryError, ValueError, KeyError, TypeError, RecursionError) as error:
        words = tr("this is no root of evidence packs, or it is damaged: copy it again from where it came")
        raise PackError(words) from error
    for role, least in _APART.items():
        if root.signed.roles[role].threshold < least or _shares_keys(root.signed, role):
            words = tr("this root lets one person alone sign for it or for evidence: it is not trusted")
            raise PackError(words)
    return RootFile(data, root.signed.version, root.signed.expires.astimezone(UTC).date())


def refuse_expired(root: RootFile, now: datetime) -> None:
    """Raise PackError for a root past its date: its makers have a newer one."""
    if root.until < now.astimezone(UTC).date():
        raise PackError(tr("this root is past its date ({day}): ask for a newer one").format(day=day_words(root.until)))


def follows(newer: bytes, older: bytes) -> bool:
    """Return whether a root was signed by those of an older one, as an exchange of keys is."""
    old, new = Metadata[Keys].from_bytes(older).signed, Metadata[Keys].from_bytes(newer)
    try:
        old.verify_delegate(Keys.type, new.signed_bytes, new.signatures)
    except exceptions.RepositoryError:
        return False
    return new.signed.version > old.version


def newest(root: bytes, others: Mapping[int, bytes]) -> bytes:
    """Return the newest root that is reached from ``root`` step by step; ``others`` are roots by number."""
    while (following := others.get(read_root(root).number + 1)) is not None and follows(following, root):
        root = following
    return root


def _shares_keys(root: Keys, role: str) -> bool:
    """Return whether one key is named twice in a role under two names, and so could sign twice."""
    publics = [str(root.keys[id_].keyval.get("public")) for id_ in root.roles[role].keyids]
    return len(set(publics)) < len(publics)
