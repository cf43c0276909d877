"""Makes a pack of a release, and adds the signature of a second reader to one."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, TypeVar

from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

from her2board.evidence import files
from her2board.packs import keys
from her2board.packs.archive import read_pack, write_evidence, write_pack
from her2board.packs.errors import PackError
from her2board.packs.record import PackRecord
from her2board.wording import tr

RECORD = "her2board"
"""Name under which the signed part of a pack keeps its record."""
RoleT = TypeVar("RoleT", Targets, Snapshot, Timestamp)


def target_name(number: int) -> str:
    """Return the name of the evidence inside a pack."""
    return f"evidence-{number}.zip"


def make_pack(evidence: Path, record: PackRecord, folder: Path, passphrase: bytes = b"") -> bytes:
    """Return a pack of the release in ``evidence``, signed with the keys that ``folder`` holds.

    Raises PackError where the keys of snapshot or timestamp are missing, and OSError.
    """
    texts = {**files.texts(evidence), files.REVIEWED: (evidence / files.REVIEWED).read_text(encoding="utf-8")}
    body = write_evidence(texts)
    expires = datetime.combine(record.valid_until, time(23, 59, 59), UTC)
    name = target_name(record.number)
    target = TargetFile.from_data(name, body, ["sha256"])
    target.unrecognized_fields["custom"] = {RECORD: record.model_dump(mode="json")}
    number = record.number
    targets = Targets(version=number, expires=expires, targets={name: target})
    snapshot = Snapshot(version=number, expires=expires, meta={"targets.json": MetaFile(number)})
    timestamp = Timestamp(version=number, expires=expires, snapshot_meta=MetaFile(number))
    members = {
        **{f"metadata/{file}": data for file, data in keys.roots(folder).items()},
        f"metadata/{number}.targets.json": _signed(targets, folder, keys.READERS, passphrase),
        f"metadata/{number}.snapshot.json": _signed(snapshot, folder, ("snapshot",), passphrase),
        "metadata/timestamp.json": _signed(timestamp, folder, ("timestamp",), passphrase),
        f"targets/{target.hashes['sha256']}.{name}": body,
    }
    return write_pack(members)


def add_signature(pack: bytes, folder: Path, passphrase: bytes = b"") -> bytes:
    """Return ``pack`` signed by the readers whose keys ``folder`` holds, besides those who signed before.

    With the key of the detached signature alone it is as it was. Raises PackError where the folder holds neither.
    """
    names = keys.held(folder, keys.READERS)
    if not names and keys.held(folder, (keys.DETACHED,)):
        read_pack(pack)
        return pack
    if not names:
        wanted = ", ".join(f"{name}.pem" for name in keys.READERS)
        raise PackError(tr("{folder}: holds no key of a reader ({wanted})").format(folder=folder, wanted=wanted))
    members = read_pack(pack)
    place = next(name for name in members if name.endswith(".targets.json"))
    signed = Metadata[Targets].from_bytes(members[place])
    for name in names:
        signed.sign(keys.signer_of(folder, name, passphrase), append=True)
    return write_pack({**members, place: signed.to_bytes()})


def signed_by(pack: bytes) -> Mapping[str, bool]:
    """Return for each reader whether the pack carries a signature with a key of theirs that its root names."""
    members = read_pack(pack)
    numbers = {int(name.split("/")[1].split(".")[0]): name for name in members if name.endswith(".root.json")}
    root = Metadata[Root].from_bytes(members[numbers[max(numbers)]])
    place = next(name for name in members if name.endswith(".targets.json"))
    found = Metadata[Targets].from_bytes(members[place]).signatures
    ids = root.signed.roles["targets"].keyids
    return {name: keyid in found for name, keyid in zip(keys.READERS, ids, strict=False)}


def _signed(role: RoleT, folder: Path, names: tuple[str, ...], passphrase: bytes) -> bytes:
    made: Metadata[Any] = Metadata(role)
    for name in keys.held(folder, names):
        made.sign(keys.signer_of(folder, name, passphrase), append=True)
    if not made.signatures and names != keys.READERS:
        raise PackError(tr("{folder}: holds no key '{name}'").format(folder=folder, name=names[0]))
    return made.to_bytes()
