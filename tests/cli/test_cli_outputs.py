"""What a command writes never takes the place of what it reads, of anything but a file, or of a protected one."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from her2board.case.storage import load

Run = Callable[..., Any]
POSIX = pytest.mark.skipif(os.name != "posix", reason="links, pipes and modes as here are those of POSIX systems")
COMMANDS: dict[str, Callable[[Path, Path], tuple[object, ...]]] = {
    "brief": lambda case, out: ("brief", case, "-o", out),
    "packet": lambda case, out: ("packet", case, "--layout", "handout", "-o", out),
}


@pytest.fixture(params=COMMANDS)
def command(request: pytest.FixtureRequest) -> Callable[[Path, Path], tuple[object, ...]]:
    return COMMANDS[request.param]


def test_the_case_that_is_read_is_not_written_over(run: Run, written, command) -> None:
    case = written()
    case = case.rename(case.with_suffix(".pdf"))
    before = case.read_bytes()
    done = run(*command(case, case))
    assert done.status == 1
    assert f"{case}: cannot be written: it is the file that is being read; choose another name" in done.err
    assert case.read_bytes() == before


@POSIX
def test_the_case_is_not_written_over_by_a_link_either(run: Run, written, command, tmp_path: Path) -> None:
    case, link = written(), tmp_path / "page.pdf"
    before = case.read_bytes()
    link.symlink_to(case)
    done = run(*command(case, link))
    assert "it is the file that is being read" in done.err
    assert case.read_bytes() == before


def test_a_read_only_page_is_kept(run: Run, written, command, tmp_path: Path) -> None:
    out = tmp_path / "page.pdf"
    out.write_bytes(b"kept")
    out.chmod(0o444)
    done = run(*command(written(), out))
    assert done.status == 1
    assert "it is read-only; allow writing to it, or choose another name" in done.err
    assert out.read_bytes() == b"kept"
    out.chmod(0o644)


@POSIX
def test_a_pipe_is_no_place_for_a_page(run: Run, written, command, tmp_path: Path) -> None:
    out = tmp_path / "page.pdf"
    os.mkfifo(out)
    done = run(*command(written(), out))
    assert f"{out}: cannot be written: it is a pipe, and only a file is written; choose another name" in done.err
    assert stat.S_ISFIFO(out.stat().st_mode)


@POSIX
def test_a_page_with_another_name_on_the_disk_is_kept(run: Run, written, command, tmp_path: Path) -> None:
    out = tmp_path / "page.pdf"
    out.write_bytes(b"kept")
    (tmp_path / "same.pdf").hardlink_to(out)
    done = run(*command(written(), out))
    assert "has 1 other name on this disk" in done.err
    assert out.read_bytes() == b"kept"


@POSIX
def test_a_page_goes_through_a_link_and_keeps_its_mode(run: Run, written, command, tmp_path: Path) -> None:
    target, link = tmp_path / "target.pdf", tmp_path / "page.pdf"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    assert run(*command(written(), link)).status == 0
    assert link.is_symlink()
    assert target.read_bytes().startswith(b"%PDF")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_missing_folder_is_named(run: Run, written, command, tmp_path: Path) -> None:
    done = run(*command(written(), tmp_path / "none" / "page.pdf"))
    assert f"there is no folder {tmp_path / 'none'}; make it or choose another" in done.err


@POSIX
def test_a_case_brought_back_from_a_page_is_its_owners_alone_and_keeps_what_was_there(
    run: Run, written, tmp_path: Path
) -> None:
    page, back = tmp_path / "page.pdf", tmp_path / "back.her2case"
    run("brief", written(), "-o", page)
    assert run("open", page, "-o", page).status == 1
    assert page.read_bytes().startswith(b"%PDF")
    assert run("open", page, "-o", back).status == 0
    assert stat.S_IMODE(back.stat().st_mode) == 0o600
    before = back.read_bytes()
    assert run("open", page, "-o", back).status == 0
    assert load(back) == load(back.with_name("back.her2case.bak"))
    assert back.with_name("back.her2case.bak").read_bytes() == before
