"""A disk that fills up while saving: the old file survives, and no half-written one is left."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.pages import FOLDER

Run = Callable[..., Any]
_SAVE = """
import resource, signal, sys
from pathlib import Path
from her2board.case.storage import load, save
from her2board.case.edit import with_value
path, limit = Path(sys.argv[1]), int(sys.argv[2])
case = load(path)
case = with_value(case, "patient.goals", "g" * 3900)
case = with_value(case, "meeting.new_since", "n" * 3900)
if limit:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    save(case, path)
except OSError as error:
    print("reported:", error.errno)
"""


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 kB; skipped where nobody may make one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("a small file system needs root and the right to mount; the test beside this one limits file size")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def old_case(folder: Path) -> tuple[Path, bytes]:
    path = folder / "case.her2case"
    before = (FOLDER / "cr03-almost-empty.her2case").read_bytes()
    path.write_bytes(before)
    return path, before


def test_a_save_that_hits_a_size_limit_leaves_the_old_file_and_no_half_of_the_new(process: Run, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path, before = old_case(folder)
    done = process(path, 4096, code=_SAVE)
    assert "reported:" in done.out, done.err
    assert path.read_bytes() == before
    assert {entry.name for entry in folder.iterdir()} <= {"case.her2case", "case.her2case.bak"}


def test_a_save_on_a_full_disk_leaves_the_old_file_and_no_half_of_the_new(process: Run, full_disk: Path) -> None:
    path, before = old_case(full_disk)
    (full_disk / "ballast").write_bytes(b"b" * 4096)
    done = process(path, 0, code=_SAVE)
    assert "reported: 28" in done.out, done.err
    assert path.read_bytes() == before
    assert {entry.name for entry in full_disk.iterdir()} <= {"case.her2case", "case.her2case.bak", "ballast"}


def test_the_same_save_succeeds_where_there_is_room(process: Run, tmp_path: Path) -> None:
    path, before = old_case(tmp_path)
    done = process(path, 0, code=_SAVE)
    assert (done.out, done.err) == ("", "")
    assert b"ggggg" in path.read_bytes()
    assert path.with_name("case.her2case.bak").read_bytes() == before


def test_a_page_that_does_not_fit_on_the_disk_is_reported_and_the_old_page_survives(
    process: Run, tmp_path: Path
) -> None:
    out = tmp_path / "page.pdf"
    out.write_bytes(b"old")
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))\n"
        "from her2board.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    done = process("brief", FOLDER / "cr03-almost-empty.her2case", "-o", out, code=code, PYTHONDONTWRITEBYTECODE="1")
    assert done.status == 1
    assert str(out) in done.err
    assert "cannot be written" in done.err
    assert out.read_bytes() == b"old"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".page")]
