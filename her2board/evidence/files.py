"""Which files make up a release, the hash over what they say, and which of them are not those that were reviewed."""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from her2board.case.reading import SMALL_FILE, read_text

RELEASE = "release.yaml"
REVIEWED = "reviewed.txt"
"""The hash of every file as it was reviewed, as sha256sum writes them."""
_OWN_HASH = re.compile(r"^content_hash:.*\n?", re.MULTILINE)
"""The reviewed hash cannot be part of itself."""
SINGLES = (RELEASE, "regimens/drugs.yaml", "pause/before-wbrt.yaml", "conflicts.yaml")
FOLDERS = ("references", "trials", "guidelines", "options", "cautions", "local_therapy", "background")
"""Each file inside is one record, or the records of one publication."""


def names(folder: Path) -> Iterator[str]:
    """Yield the files of the release in ``folder``, in reading order; a single file may be missing."""
    yield from SINGLES
    for name in FOLDERS:
        yield from (f"{name}/{file}" for file in sorted(_listed(folder / name)) if file.endswith(".yaml"))


def texts(folder: Path) -> dict[str, str]:
    """Return what every file of the release in ``folder`` says, by name; OSError when one cannot be read."""
    return {name: read_text(folder / name, SMALL_FILE) for name in names(folder) if (folder / name).exists()}


def listing(texts: Mapping[str, str]) -> str:
    """Return the SHA-256 of every file by name, one a line; of ``release.yaml`` without the hash it holds."""
    return "".join(
        f"{_digest(_OWN_HASH.sub('', text) if name == RELEASE else text)}  {name}\n"
        for name, text in sorted(texts.items())
    )


def content_hash(texts: Mapping[str, str]) -> str:
    """Return SHA-256 over the listing of all files."""
    return _digest(listing(texts))


def not_as_reviewed(texts: Mapping[str, str], reviewed: str) -> list[str]:
    """Return the files that are not those of a listing: changed, missing or new."""
    now, then = listing(texts).splitlines(), reviewed.splitlines()
    return sorted({line.partition("  ")[2] for line in {*now} ^ {*then}})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _listed(folder: Path) -> list[str]:
    return os.listdir(folder) if folder.is_dir() else []  # noqa: PTH208  # reason: pathlib takes thrice as long
