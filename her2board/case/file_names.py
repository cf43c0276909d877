"""Names of files: those beside another, and those suggested for a case; each one that file systems take."""

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

_LONGEST_NAME = 255
"""Bytes, where the file system does not say."""
_LONGEST_PATH = 250
"""Characters of a whole path, with room for '.bak': Windows opens none of more than 259 without being asked to."""
_SHORTEST = 8
"""Characters left of a name however deep its folder is."""
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])", re.IGNORECASE)
"""Names that Windows gives to devices, whatever extension follows."""


def suggested_name(code: str, otherwise: str, suffix: str, folder: Path) -> Path:
    """Return a name in ``folder`` for what is called ``code``: one that every file system takes."""
    stem = "".join(sign if sign.isalnum() or sign in "-_ " else "_" for sign in code).strip() or otherwise
    stem = no_device(stem)
    room = max(_LONGEST_PATH - len(str(folder)) - 1 - len(suffix), _SHORTEST)
    return folder / f"{cut_to(stem[:room], _LONGEST_NAME - len(suffix)).rstrip()}{suffix}"


def no_device(stem: str) -> str:
    """Return the stem of a name, with a sign behind it where Windows would open a device by it."""
    first = stem.partition(".")[0].rstrip()
    return f"{stem}_" if _DEVICES.fullmatch(stem) else f"_{stem}" if _DEVICES.fullmatch(first) else stem


def name_beside(path: Path, before: str, after: str) -> Path:
    """Return ``path`` with its name between ``before`` and ``after``, shortened to what the file system takes.

    A shortened name carries a digest of the whole, so that two long names never share one.
    """
    longest = _longest_name(path.parent)
    name = f"{before}{path.name}{after}"
    if len(os.fsencode(name)) > longest:
        mark = f"~{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:8]}"
        name = f"{before}{cut_to(path.name, longest - len(before + mark + after))}{mark}{after}"
    return path.with_name(name)


def _longest_name(folder: Path) -> int:
    with suppress(AttributeError, OSError, ValueError):  # Windows has no pathconf, some file systems no answer
        return min(os.pathconf(folder, "PC_NAME_MAX"), _LONGEST_NAME)
    return _LONGEST_NAME


def cut_to(name: str, most: int) -> str:
    """Return the start of ``name`` in at most ``most`` bytes, no character cut in two."""
    while len(os.fsencode(name)) > most:
        name = name[:-1]
    return name
