"""What is dropped on the window: a case, a PDF that may carry one, or records of other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only named
    from PySide6.QtCore import QMimeData

_CASES = (".her2case", ".pdf")
_RECORDS = (".json", ".ndjson", ".csv", ".tsv", ".xlsx", ".xlsm")


def dropped(data: QMimeData) -> tuple[Path, ...]:
    """Return the files that are being dropped: one case, or one or more records; none that cannot be opened."""
    urls = data.urls()
    paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    opened = len(urls) == 1 and bool(paths) and paths[0].suffix.lower() in _CASES
    return paths if opened or (len(paths) == len(urls) and are_records(paths)) else ()


def are_records(paths: Sequence[Path]) -> bool:
    """Return whether all of some files are records by their names."""
    return bool(paths) and all(path.suffix.lower() in _RECORDS for path in paths)
