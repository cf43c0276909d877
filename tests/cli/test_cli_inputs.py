"""What is read is a file: a pipe, a device or a folder is refused at once, with the reason, wherever one is named."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

EXAMPLE = "cr18-untreated-asymptomatic"


def pipe(folder: Path) -> Path:
    """A pipe that nobody writes to."""
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def endless(_folder: Path) -> Path:
    """A device that gives bytes for ever, reached through a link."""
    return Path("/dev/zero")


def folder(folder: Path) -> Path:
    """A folder."""
    (folder / "folder").mkdir()
    return folder / "folder"


KINDS = {
    pipe: "it is a pipe, and only a file is read",
    endless: "it is a device, and only a file is read",
    folder: "folder",
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize(
    "command",
    [
        ("assess", "{place}"),
        ("brief", "{place}", "-o", "{out}"),
        ("open", "{place}", "-o", "{out}"),
        ("verify", "{place}"),
        ("packet", "{case}", "--order-file", "{place}", "-o", "{out}.pdf"),
        ("assess", "{case}", "--settings", "{place}"),
    ],
    ids=" ".join,
)
def test_what_is_no_file_is_refused_with_the_reason(
    kind: Callable[[Path], Path], command: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    place, out = kind(tmp_path), tmp_path / "out"
    case = Path(__file__).parents[2] / "resources" / "examples" / f"{EXAMPLE}.her2case"
    done = run(*(word.format(place=place, out=out, case=case) for word in command))
    assert done.status in (1, 2)
    assert str(place) in done.err
    assert KINDS[kind] in done.err
    assert "Traceback" not in done.err
    assert not out.exists()
