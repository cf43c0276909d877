"""The maps of columns that a person confirmed, one file for each project, the same that 'import --map' reads."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from her2board.case.file_names import suggested_name
from her2board.case.writing import write_atomically
from her2board.exchange.model import UnreadableError
from her2board.exchange.tables.mapping import TableMap, read_map, write_map

SUFFIX = ".yaml"
_MOST = 10_000
"""Names tried before one is replaced."""


def kept_maps(folder: Path | None) -> tuple[TableMap, ...]:
    """Return the maps in a folder; a file that is none of them is passed over, as the table is then asked about."""
    return tuple(found for _, found in _kept(folder))


def keep_map(folder: Path, found: TableMap, name: str) -> Path:
    """Keep a map under a name like that of its table, in place of the one for the same columns. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    same = (path for path, one in _kept(folder) if (one.looked_at, one.labels) == (found.looked_at, found.labels))
    stem = Path(name).stem
    numbered = (f"{stem}-{n}" if n > 1 else stem for n in range(1, _MOST))
    free = (path for each in numbered if not (path := suggested_name(each, "columns", SUFFIX, folder)).exists())
    path = next(same, None) or next(free)
    write_map_file(path, found)
    return path


def write_map_file(path: Path, found: TableMap) -> None:
    """Write a map for its owner alone. Raises OSError."""
    write_atomically(path, write_map(found).encode("utf-8"), private=True)


def _kept(folder: Path | None) -> Iterator[tuple[Path, TableMap]]:
    for path in sorted(folder.glob(f"*{SUFFIX}")) if folder is not None else ():
        with suppress(OSError, UnicodeDecodeError, UnreadableError):
            yield path, read_map(path.read_text(encoding="utf-8"), path.name)
