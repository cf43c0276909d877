"""What packaging recorded: a hash of every file the program brings, and of a page it made from them.

It shows damage and mixed versions. Against somebody who replaces files and manifest alike, only the signed checksums
of the download help.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from her2board import paths
from her2board.evidence import files
from her2board.evidence.problems import BrokenReleaseError, Problem
from her2board.wording import tr

FOLDERS = ("evidence", "resources")
ROOT = "resources/packs/root.json"
NEEDED = ("evidence/", "resources/fonts/", "resources/build.json", ROOT)
"""Without every one of these files as shipped nothing is assessed."""


class PageRecord(BaseModel):
    """The page of an example as it was made when the program was built, and what it was made with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    example: str
    as_of: str
    sha256: str
    made_with: dict[str, str]


class Manifest(BaseModel):
    """Version of the program, SHA-256 of every file by name, and the page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    evidence: str
    """Content hash of the release."""
    files: dict[str, str]
    page: PageRecord


def read() -> Manifest | None:
    """Return what was recorded; None in a source checkout. Raises BrokenReleaseError when it is gone or unreadable."""
    path = paths.manifest_file()
    if not path.exists() and paths.is_checkout():
        return None
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        why = tr("is missing or damaged; install the program again")
        raise BrokenReleaseError((Problem(path.name, 0, why),)) from error


def hashes(base: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below ``base`` that belongs to evidence or resources, by name."""
    found = (path for folder in FOLDERS for path in (base / folder).rglob("*") if path.is_file())
    return {path.relative_to(base).as_posix(): digest(path.read_bytes()) for path in sorted(found)}


def digest(data: bytes) -> str:
    """Return the SHA-256 of ``data`` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def altered(manifest: Manifest, base: Path, beginnings: tuple[str, ...]) -> Iterator[Problem]:
    """Yield every file whose name begins so and that is missing, unlike the one shipped, or no part of the release."""
    again = tr("install the program again")
    for name, recorded in manifest.files.items():
        if not name.startswith(beginnings):
            continue
        try:
            with open(f"{base}/{name}", "rb", buffering=0) as file:  # noqa: PTH123  # reason: a third of the time
                same = digest(file.read()) == recorded
        except OSError as error:
            yield Problem(name, 0, tr("cannot be read ({why}); {again}").format(why=error.strerror, again=again))
        else:
            if not same:
                yield Problem(name, 0, tr("is not the file that was shipped; {again}").format(again=again))
    for further in (*(f"evidence/{name}" for name in files.names(base / "evidence")), ROOT):
        foreign = further.startswith(beginnings) and further not in manifest.files
        if foreign and (further != ROOT or (base / ROOT).exists()):
            yield Problem(further, 0, tr("does not belong to this release; remove it"))


def refuse_foreign_root() -> None:
    """Raise BrokenReleaseError where the root of evidence packs is not the one the program was built with."""
    manifest = read()
    if manifest is not None and (found := tuple(altered(manifest, paths.base(), (ROOT,)))):
        raise BrokenReleaseError(found)


def refuse_if_altered() -> None:
    """Raise BrokenReleaseError when a file that an assessment or its page rests on is not as shipped."""
    manifest = read()
    if manifest is not None and (found := tuple(altered(manifest, paths.base(), NEEDED))):
        raise BrokenReleaseError(found)
