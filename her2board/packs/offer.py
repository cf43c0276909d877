"""A checked pack beside the release in use: what it changes, before anything is changed."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from her2board.assessment.clinic import as_built
from her2board.evidence import files
from her2board.evidence.changes import Changed, changes
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.loader import load_release
from her2board.packs.difference import changed_files

if TYPE_CHECKING:  # python-tuf takes a quarter of a second; a window that only shows an offer goes without
    from her2board.packs.trust import Genuine


class Offer(Struct, frozen=True):
    """A pack that may be installed, and what it would change."""

    pack: "Genuine"
    old: EvidenceLibrary
    """The release in use."""
    new: EvidenceLibrary
    rows: tuple[Changed, ...]
    changed: Mapping[str, str]
    """Files of the release that differ, each with its old and new text together."""

    def reason(self, record: str) -> str:
        """Return why a record was changed, in the words of whoever made the pack; empty where nobody said."""
        return next((one.why for one in self.pack.record.changes if one.record == record), "")


def offer_of(pack: "Genuine", folder: Path, old: EvidenceLibrary) -> Offer:
    """Return what ``pack`` would change of the release in ``folder``. Raises BrokenReleaseError and OSError."""
    with tempfile.TemporaryDirectory() as scratch:
        new = Path(scratch)
        for name, text in pack.texts.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_text(text, encoding="utf-8", newline="")
        of_release = {name: text for name, text in pack.texts.items() if name != files.REVIEWED}
        changed = changed_files(files.texts(folder), of_release)
        return Offer(
            pack, old, as_built(load_release(new)).with_limits(old.limits), tuple(changes(folder, new)), changed
        )
