"""A release with the lists that say what was read: the small frozen one, everything in it released as it is."""

import shutil
from pathlib import Path

from her2board.evidence import files
from her2board.evidence.curation.log import FOLDER
from her2board.evidence.curation.readings import RELEASED, released_text
from her2board.evidence.curation.units import Value, values_of
from her2board.evidence.curation.watch import RELEASES
from her2board.evidence.loader import documents_of
from support.packs import FROZEN


def curated_copy(folder: Path) -> Path:
    """Return a copy of the frozen release below a folder, in which nothing waits for readers."""
    made = folder / "evidence"
    shutil.copytree(FROZEN, made)
    (made / FOLDER).mkdir()
    (made / FOLDER / RELEASED).write_text(released_text(values(made), "2026.11", {}), encoding="utf-8")
    (made / FOLDER / RELEASES).write_text(
        "- {version: '2026.11', number: 4, as_of: '2026-11-20', valid_until: '2027-02-18'}\n", encoding="utf-8"
    )
    return made


def values(folder: Path) -> dict[str, Value]:
    """Return the values of a release by address."""
    return values_of(documents_of(files.texts(folder)))
