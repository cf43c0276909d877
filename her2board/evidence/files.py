"""Which files make up a release, and the hash over what they say."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

RELEASE = "release.yaml"
SINGLES = (RELEASE, "regimens/drugs.yaml", "pause/before-wbrt.yaml", "conflicts.yaml")
FOLDERS = ("references", "trials", "guidelines", "options", "cautions", "local_therapy", "background")
"""Each file inside is one record, or the records of one publication."""


def names(folder: Path) -> Iterator[str]:
    """Yield the files of the release in ``folder``, in reading order; a single file may be missing."""
    yield from SINGLES
    for name in FOLDERS:
        yield from (f"{name}/{file}" for file in sorted(_listed(folder / name)) if file.endswith(".yaml"))


def content_hash(texts: Mapping[str, str]) -> str:
    """Return SHA-256 over all files by name but ``release.yaml``, which holds the reviewed hash."""
    digest = hashlib.sha256()
    for name, text in sorted(texts.items()):
        if name != RELEASE:
            digest.update(f"{name}\0{len(text)}\0".encode())
            digest.update(text.encode())
    return digest.hexdigest()


def _listed(folder: Path) -> list[str]:
    return os.listdir(folder) if folder.is_dir() else []  # noqa: PTH208  # reason: pathlib takes thrice as long
