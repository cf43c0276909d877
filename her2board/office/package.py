"""What slides and document share: text that XML can carry, properties without a person, the same bytes every time."""

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from her2board import builds
from her2board.office.backend import drop_thumbnail
from her2board.wording import tr

DAY_ZERO = datetime(2000, 1, 1, tzinfo=UTC)
_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The first time a zip can hold."""
_UNIX = 3
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class _Saved(Protocol):
    """A document of one of the two libraries."""

    core_properties: Any
    part: Any

    def save(self, stream: BytesIO) -> None:
        """Write it."""


def plain(text: str) -> str:
    """Return text on one line; a character that XML cannot carry is named, never dropped."""
    return _CONTROL.sub(lambda found: f"[U+{ord(found[0]):04X}]", re.sub(r"[\t\r\n]+", " ", text))


def packed(document: _Saved, title: str, language: str) -> bytes:
    """Return the bytes of a document: nothing left of the template's author, thumbnail and times."""
    properties = document.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = "her2board"
    properties.comments = f"her2board {builds.version()}"
    properties.subject = tr("Prepared for clinicians at a multidisciplinary meeting")
    properties.keywords = properties.category = ""
    properties.language = language
    properties.revision = 1
    properties.created = properties.modified = DAY_ZERO.replace(tzinfo=None)
    drop_thumbnail(document)
    stream = BytesIO()
    document.save(stream)
    return _timeless(stream)


def _timeless(stream: BytesIO) -> bytes:
    """Return the zip with every time set to the same day."""
    target = BytesIO()
    with ZipFile(stream) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for member in old.infolist():
            info = ZipInfo(member.filename, _OLDEST)
            info.compress_type = ZIP_DEFLATED
            info.create_system = _UNIX
            new.writestr(info, old.read(member))
    return target.getvalue()
