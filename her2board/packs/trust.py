"""Decides whether a pack is genuine, newer and whole: the rules are those of The Update Framework, read from a file.

Nothing is fetched: the client of python-tuf is given the members of a pack instead of a network. What it trusts begins
with the root built into the program, or the newest one it followed since.
"""

import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from pydantic import ValidationError
from tuf.api import exceptions
from tuf.ngclient import FetcherInterface, Updater

from her2board.evidence import files
from her2board.packs.archive import read_evidence, read_pack
from her2board.packs.errors import PackError
from her2board.packs.make import RECORD, signed_by, target_name
from her2board.packs.record import PackRecord
from her2board.wording import tr

_FROM = "pack:/"
_ROOTS = "root_history"
"""Where the client keeps every root it followed, so that a key that was exchanged is never trusted again."""
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""Before which nothing signed here can have run out."""


class Genuine(Struct, frozen=True):
    """A pack that was checked: its record, its files, and what is trusted from now on."""

    record: PackRecord
    texts: Mapping[str, str]
    """Files of the release by name."""
    trusted: Mapping[str, bytes]
    """Signed parts to remember, by file name: an older pack is recognised by them."""
    expired: bool = False
    """Whether it was past its date and a reason was given."""
    signed_by: tuple[str, ...] = ()
    """Readers whose signatures it carries."""
    root: bytes = b""
    """The newest root that was followed to check it."""


def check_pack(
    data: bytes, root: bytes, remembered: Mapping[str, bytes], now: datetime, *, although_expired: bool = False
) -> Genuine:
    """Return the pack in ``data``; PackError says in plain words why it is refused.

    ``remembered`` is what the pack before left to be trusted; ``although_expired`` takes one past its date.
    """
    members = read_pack(data)
    _refuse_incomplete(members)
    with tempfile.TemporaryDirectory() as scratch:
        try:
            found = _checked(members, root, remembered, now.astimezone(UTC), Path(scratch))
            return replace(found, signed_by=_readers(data))
        except exceptions.ExpiredMetadataError as error:
            if not although_expired:
                words = tr("the pack is past its date; ask for a newer one, or install it with a reason")
                raise PackError(words) from error
        except _REFUSED as error:
            raise PackError(_reason(error)) from error
    with tempfile.TemporaryDirectory() as scratch:
        try:
            found = _checked(members, root, remembered, _ANY_DAY, Path(scratch))
        except _REFUSED as error:
            raise PackError(_reason(error)) from error
    return replace(found, expired=True, signed_by=_readers(data))


def _readers(data: bytes) -> tuple[str, ...]:
    return tuple(name for name, there in signed_by(data).items() if there)


_REFUSED = (exceptions.RepositoryError, exceptions.DownloadError, ValueError, KeyError)


def _reason(error: Exception) -> str:
    """Return why python-tuf refused, for a reader who never heard of it."""
    match error:
        case exceptions.BadVersionNumberError():
            return tr("the pack is older than one that was installed before, or was put together from several packs")
        case exceptions.UnsignedMetadataError():
            return tr(
                "the pack is not signed by those this program trusts: the people who make the evidence, both readers "
                "of it"
            )
        case exceptions.LengthOrHashMismatchError() | exceptions.DownloadLengthMismatchError():
            return tr("a part of the pack is not the one that was signed: it was exchanged or damaged")
        case exceptions.DownloadError():
            return tr("a part of the pack is missing: copy it again from where it came")
    return tr("the signed parts of the pack cannot be read: it is damaged or was not made for this program")


class _Offline(FetcherInterface):
    """Hands out the members of a pack where a network would be asked."""

    def __init__(self, members: Mapping[str, bytes]) -> None:
        self._members = members

    def _fetch(self, url: str) -> Iterator[bytes]:
        name = url.removeprefix(_FROM)
        if name not in self._members:
            raise exceptions.DownloadHTTPError(name, 404)
        return iter((self._members[name],))


class _At(Updater):
    """The client, with the clock it is given: it would ask the machine's."""

    def on_day(self, now: datetime) -> None:
        """Hold every date of expiry against ``now``."""
        self._trusted_set.reference_time = now

    def root_number(self) -> int:
        """Return the number of the newest root that was followed."""
        return self._trusted_set.root.version


def _checked(
    members: Mapping[str, bytes], root: bytes, remembered: Mapping[str, bytes], now: datetime, scratch: Path
) -> Genuine:
    (scratch / _ROOTS).mkdir()
    for name, body in remembered.items():
        (scratch / name).write_bytes(body)
    client = _At(str(scratch), f"{_FROM}metadata/", str(scratch), f"{_FROM}targets/", _Offline(members), bootstrap=root)
    client.on_day(now)
    client.refresh()
    number = _number(members)
    target = client.get_targetinfo(target_name(number))
    if target is None:
        raise PackError(tr("the pack is put together from several packs: its number is not the one that was signed"))
    body = Path(client.download_target(target)).read_bytes()
    try:
        record = PackRecord.model_validate(target.unrecognized_fields["custom"][RECORD])
    except (KeyError, TypeError, ValidationError) as error:
        words = tr("the pack says nothing of its release that this program understands; update the program first")
        raise PackError(words) from error
    texts = read_evidence(body)
    if record.number != number or files.content_hash(_release_only(texts)) != record.content_hash:
        raise PackError(tr("the evidence in the pack is not the one its record names: it was not made properly"))
    kept = [*scratch.glob("*.json"), *scratch.glob(f"{_ROOTS}/*.json")]
    trusted = {path.relative_to(scratch).as_posix(): path.read_bytes() for path in kept if not path.is_symlink()}
    return Genuine(record, texts, trusted, root=trusted[f"{_ROOTS}/{client.root_number()}.root.json"])


def _release_only(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if name != files.REVIEWED}


def _number(members: Mapping[str, bytes]) -> int:
    """Return the number of the release a pack carries; PackError unless it carries exactly one."""
    names = [name for name in members if name.startswith("targets/")]
    if len(names) != 1:
        raise PackError(tr("the pack holds {count} releases instead of one: refused").format(count=len(names)))
    return int(names[0].rpartition("-")[2].partition(".")[0])


def _refuse_incomplete(members: Mapping[str, bytes]) -> None:
    """Raise PackError unless every signed part is there, whatever the client still remembers of it."""
    number = _number(members)
    parts = {"metadata/timestamp.json", "metadata/1.root.json"}
    parts |= {f"metadata/{number}.{role}.json" for role in ("targets", "snapshot")}
    further = [name for name in members if name not in parts and not name.endswith((".root.json", ".zip"))]
    if further:
        raise PackError(tr("the pack is put together from several packs (it holds {name})").format(name=further[0]))
    if lacking := sorted(parts - set(members)):
        raise PackError(tr("{name} is missing: copy the pack again from where it came").format(name=lacking[0]))
