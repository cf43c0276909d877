"""What a command writes never takes the place of what it reads, of anything but a file, or of a protected one."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.pages import example

from her2board.case.model import Case
from her2board.case.storage import load, save
from her2board.gui.document.case_lock import CaseLock

Run = Callable[..., Any]
POSIX = pytest.mark.skipif(os.name != "posix", reason="links, pipes and modes as here are those of POSIX systems")
OLD = b"the page of last week"
WRITTEN = "written"
INPUT = "it is the file that is being read; choose another name"
THERE = "there is a file of that name; --force replaces it and keeps it as .bak"
FULL = "No space left on device; make room or choose another disk"


def another_file(out: Path, _: Path) -> None:
    out.write_bytes(OLD)


def another_case(out: Path, _: Path) -> None:
    save(Case(code="another"), out)


def read_only(out: Path, _: Path) -> None:
    out.write_bytes(OLD)
    out.chmod(0o444)


def hard_link(out: Path, _: Path) -> None:
    out.write_bytes(OLD)
    (out.parent / "same").hardlink_to(out)


def link_to_a_file(out: Path, _: Path) -> None:
    (out.parent / "target").write_bytes(OLD)
    out.symlink_to("target")


OUTPUTS: list[tuple[str, Callable[[Path, Path], object], str, str, str]] = [
    # where                   made by                            brief       open     open --force
    ("a new name", lambda out, read: None, WRITTEN, WRITTEN, WRITTEN),
    ("the input, by a link", lambda out, read: out.symlink_to(read), INPUT, INPUT, INPUT),
    ("the input, by a hard link", lambda out, read: out.hardlink_to(read), INPUT, INPUT, INPUT),
    ("another file", another_file, WRITTEN, THERE, WRITTEN),
    ("another case", another_case, "it is a case file; choose another name", THERE, WRITTEN),
    ("a read-only file", read_only, *["it is read-only; allow writing to it, or choose another name"] * 3),
    ("a file with another name", hard_link, *["the file has 1 other name on this disk (a hard link)"] * 3),
    ("a link to a file", link_to_a_file, WRITTEN, THERE, WRITTEN),
    ("a link to nothing yet", lambda out, read: out.symlink_to("target"), WRITTEN, WRITTEN, WRITTEN),
    ("a link to itself", lambda out, read: out.symlink_to(out.name), *["leads back to itself; remove it"] * 3),
    ("a folder", lambda out, read: out.mkdir(), *["it is a folder, and only a file is written"] * 3),
    ("a pipe", lambda out, read: os.mkfifo(out), *["it is a pipe, and only a file is written"] * 3),
    ("a device", lambda out, read: out.symlink_to(os.devnull), *["it is a device, and only a file is written"] * 3),
    ("a folder that is not there", lambda out, read: out.parent.rmdir(), *["there is no folder"] * 3),
    ("a full disk", lambda out, read: None, FULL, FULL, FULL),
]


def seen(folder: Path) -> dict[str, object]:
    """Return what is in a folder: links by where they lead, files by what they hold, the rest by its kind."""

    def found(path: Path) -> object:
        if path.is_symlink():
            return path.readlink()
        return path.read_bytes() if path.is_file() else stat.S_IFMT(path.stat().st_mode)

    return {path.name: found(path) for path in folder.iterdir()} if folder.exists() else {}


@pytest.fixture
def page(written: Run, tmp_path: Path) -> Path:
    """A page that carries its case, beside that."""
    written()
    path = tmp_path / "page.pdf"
    path.write_bytes(example("cr18-untreated-asymptomatic").data)
    return path


@POSIX
@pytest.mark.parametrize("place", OUTPUTS, ids=[row[0] for row in OUTPUTS])
def test_every_place_a_command_may_be_given_is_written_or_left_as_it_was(
    run: Run, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: tuple[Any, ...]
) -> None:
    name, make, *expected = place
    calls = (("brief", tmp_path / "case.her2case"), ("open", page), ("open", page, "--force"))
    if name == "a full disk":
        monkeypatch.setattr(os, "fsync", full)
    for number, (words, outcome) in enumerate(zip(calls, expected, strict=True)):
        out = tmp_path / str(number) / "out"
        out.parent.mkdir()
        make(out, words[1])
        before, read = seen(out.parent), words[1].read_bytes()
        done = run(*words, "-o", out)
        after = seen(out.parent)
        assert words[1].read_bytes() == read, (words, "what is read")
        if outcome != WRITTEN:
            assert (done.status, after) == (1, before), words
            assert done.err.startswith(f"her2board: {out}: ")
            assert outcome in done.err, words
            continue
        assert done.status == 0, done.err
        target = out.resolve()
        backup = f"{target.name}.bak"
        assert target.read_bytes().startswith(b"%PDF" if words[0] == "brief" else b"{")
        assert out.is_symlink() == ("link" in name)
        assert after.get(backup) == (before.get(target.name) if words[0] == "open" else None)
        assert set(after) == {*before, "out", target.name} | ({backup} if backup in after else set())


def full(_: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("layout", ["pages", "handout"])
def test_a_packet_is_written_over_none_of_its_cases_and_over_no_other(
    run: Run, written: Run, tmp_path: Path, layout: str
) -> None:
    case, other = written(), tmp_path / "other.pdf"
    case = case.rename(case.with_suffix(".pdf"))
    save(Case(code="another"), other)
    before = seen(tmp_path)
    for out, words in ((case, INPUT), (other, "it is a case file; choose another name")):
        done = run("packet", case, "--layout", layout, "-o", out)
        assert f"{out}: cannot be written: {words}" in done.err
    assert seen(tmp_path) == before


@POSIX
def test_a_page_keeps_the_mode_of_the_page_before(run: Run, written: Run, tmp_path: Path) -> None:
    out = tmp_path / "page.pdf"
    out.write_bytes(OLD)
    out.chmod(0o640)
    assert run("brief", written(), "-o", out).status == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


@POSIX
def test_a_case_brought_back_from_a_page_is_its_owners_alone(run: Run, page: Path, tmp_path: Path) -> None:
    back = tmp_path / "back.her2case"
    assert run("open", page, "-o", back).status == 0
    assert stat.S_IMODE(back.stat().st_mode) == 0o600
    assert load(back).code == "CR18"


def test_a_case_that_a_window_has_open_is_not_replaced_even_with_force(run: Run, page: Path, tmp_path: Path) -> None:
    back = tmp_path / "back.her2case"
    save(Case(code="B-1"), back)
    window = CaseLock()
    assert window.take(back) is None
    done = run("open", page, "-o", back, "--force")
    assert done.status == 1
    assert f"{back} is open in another window of yours (since" in done.err
    assert load(back).code == "B-1"
    window.release()
    assert run("open", page, "-o", back, "--force").status == 0
    assert (load(back).code, load(tmp_path / "back.her2case.bak").code) == ("CR18", "B-1")
    assert not list(tmp_path.glob(".*"))
