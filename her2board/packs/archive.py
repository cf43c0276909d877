"""Packs as files: a ZIP written in exactly one way, and read only if it was.

What is read is bounded before it is unpacked, and a file in which one byte differs is not the one that writing its
contents again gives: neither a damaged stick nor a clever archive gets past this.
"""

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping

from her2board.evidence import files
from her2board.packs.errors import PackError
from her2board.wording import tr

SUFFIX = ".her2pack"
LARGEST = 32 << 20
"""Bytes of a pack, and of everything in it unpacked."""
_MOST = 2000
"""Files in one archive."""
_SUM = "SHA256"
_WRITTEN = (1980, 1, 1, 0, 0, 0)
_METADATA = re.compile(r"metadata/(\d{1,6}\.)?(root|targets|snapshot|timestamp)\.json")
_TARGET = re.compile(r"targets/[0-9a-f]{64}\.evidence-\d{1,6}\.zip")
_RECORD = re.compile(rf"({'|'.join(files.FOLDERS)})/[a-z0-9][a-z0-9.-]*\.yaml")


def write_pack(members: Mapping[str, bytes]) -> bytes:
    """Return the pack of these members; the same members give the same bytes."""
    return _zipped({**members, _SUM: _sum(members)}, zipfile.ZIP_STORED)  # every zlib compresses otherwise


def read_pack(data: bytes) -> dict[str, bytes]:
    """Return the members of a pack; PackError unless every byte is as ``write_pack`` writes it."""
    members = _unzipped(data, lambda name: bool(_METADATA.fullmatch(name) or _TARGET.fullmatch(name)) or name == _SUM)
    stated = members.pop(_SUM, b"")
    if stated != _sum(members) or write_pack(members) != data:
        raise PackError(tr("the pack is damaged or incomplete: copy it again from where it came"))
    return members


def write_evidence(texts: Mapping[str, str]) -> bytes:
    """Return the files of a release as one archive; names are those of ``evidence.files``."""
    return _zipped({name: text.encode() for name, text in texts.items()}, zipfile.ZIP_DEFLATED)


def read_evidence(data: bytes) -> dict[str, str]:
    """Return the files of a release by name; PackError where a name is none of a release."""
    members = _unzipped(data, lambda name: name in files.SINGLES or name == files.REVIEWED or _is_record(name))
    try:
        return {name: body.decode() for name, body in members.items()}
    except UnicodeDecodeError as error:
        raise PackError(tr("the evidence in the pack is not text; it was not made by this program")) from error


def _is_record(name: str) -> bool:
    return bool(_RECORD.fullmatch(name))


def _zipped(members: Mapping[str, bytes], method: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, _WRITTEN)
            entry.compress_type = method
            entry.create_system = 3  # the same bytes on every system
            archive.writestr(entry, members[name])
    return made.getvalue()


def _unzipped(data: bytes, known: Callable[[str], bool]) -> dict[str, bytes]:
    if len(data) > LARGEST:
        raise PackError(tr("the pack is larger than {most} MB: it is no evidence pack").format(most=LARGEST >> 20))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _members(archive, known)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise PackError(tr("this is no evidence pack, or its end is missing: copy it again")) from error
    except (ValueError, OverflowError, zlib.error) as error:
        raise PackError(tr("the pack is damaged: copy it again")) from error


def _members(archive: zipfile.ZipFile, known: Callable[[str], bool]) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > _MOST or sum(entry.file_size for entry in entries) > LARGEST:
        raise PackError(tr("the pack would unpack to more than {most} MB: refused").format(most=LARGEST >> 20))
    found: dict[str, bytes] = {}
    left = LARGEST
    for entry in entries:
        if not known(entry.filename) or entry.filename in found:
            raise PackError(
                tr("'{name}' is no part of a pack: it is damaged, or none").format(name=entry.filename[:80])
            )
        with archive.open(entry) as stream:
            found[entry.filename] = body = stream.read(left + 1)
        left -= len(body)
        if left < 0:  # the stated sizes were lies
            raise PackError(tr("the pack would unpack to more than {most} MB: refused").format(most=LARGEST >> 20))
    return found


def _sum(members: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(members[name]).hexdigest()}  {name}\n" for name in sorted(members))
    return "".join(lines).encode()
