"""The clinic's local file beside the evidence, read only where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from her2board.evidence.library import EvidenceLibrary


def beside_local(library: EvidenceLibrary, folder: Path | None) -> EvidenceLibrary:
    """Return the release beside the local file in ``folder``, if there is one.

    Raises PackError where it is not as it was installed, and OSError.
    """
    if folder is None or not (folder / "installed.json").exists():
        return library
    from her2board.packs.local_installed import overlay_in_use  # keys take 30 ms, and most clinics have no such file

    overlay = overlay_in_use(folder, library)
    return library.with_overlay(overlay) if overlay else library
