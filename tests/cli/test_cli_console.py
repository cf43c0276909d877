"""The console: few letters, closed early, full; every command prints what it can and ends with a status of its own."""

import errno
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support.command_line import commands
from support.pages import ROOT
from support.releases import release

from her2board.cli import console, main
from her2board.cli import release as cli_release

Run = Callable[..., Any]
FEW_LETTERS = ("ascii", "cp437", "cp1252")
LETTERS = "\u2265 3 \u00fc\u4e2d\U0001f600"


def every_command(case: Path, page: Path) -> Iterator[tuple[str, ...]]:
    """Yield one call of each command that prints something, and the help of all."""
    yield ("--help",)
    yield ("--version",)
    yield from ((*words, "--help") for words in commands())
    yield ("assess", str(case))
    yield ("assess", str(case), "--json")
    yield ("brief", str(case), "-o", str(page), "--json")
    yield ("packet", str(case), "-o", str(page))
    yield ("open", str(page), "-o", str(page.with_suffix(".her2case")))
    yield ("verify", str(page))
    yield from (("schema", what) for what in ("case", "evidence", "assessment"))
    for action in ("check", "list", "facts", "drugs", "figures", "table"):
        yield ("evidence", action)
    yield ("evidence", "figures", "--csv")
    yield ("evidence", "figures", "--json")
    yield ("evidence", "show", "destiny-breast12")
    yield ("no-such-file",)


@pytest.fixture
def calls(written: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    monkeypatch.setattr(cli_release, "load_library", release)
    monkeypatch.setattr("her2board.cli.cohorts.load_release", lambda _: release())
    case = written({"code": "\u2265 \u00fc"})
    return list(every_command(case, tmp_path / "page.pdf"))


class Console:
    """Standard output and error of one run, in one encoding."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
        self._kept = io.BytesIO(), io.BytesIO()
        self._encoding = encoding
        for name, kept in zip(("stdout", "stderr"), self._kept, strict=True):
            monkeypatch.setattr(sys, name, io.TextIOWrapper(kept, encoding=encoding))

    def texts(self) -> tuple[str, str]:
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = (kept.getvalue().decode(self._encoding) for kept in self._kept)
        return out, err


def test_a_console_of_few_letters_gets_every_word_of_every_command(
    calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in calls:
        with monkeypatch.context() as patch:
            console = Console(patch, "ascii")
            status = main(words)
            out, err = console.texts()
        assert status in (0, 1, 2), words
        assert out or err or words[0] == "open", words
        assert "Traceback" not in err, words
        assert json.loads(out) if "--json" in words else True, words


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("ascii", ">= 3 \\xfc\\u4e2d\\U0001f600"),
        ("cp437", "\u2265 3 \u00fc\\u4e2d\\U0001f600"),
        ("cp1252", ">= 3 \u00fc\\u4e2d\\U0001f600"),
        ("utf-8", LETTERS),
    ],
)
def test_a_letter_that_a_console_lacks_is_written_plainly_or_by_its_number(
    written: Run, encoding: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_release, "load_library", release)
    case = str(written({"code": LETTERS}))
    with monkeypatch.context() as patch:
        console = Console(patch, encoding)
        assert main(("assess", case)) == 0
        assert f"Case {words}, as of" in console.texts()[0]
    with monkeypatch.context() as patch:
        console = Console(patch, encoding)
        main(("assess", case, "--json", "--reviewed"))
        assert json.loads(console.texts()[0])["case"] == LETTERS, "in JSON no letter becomes another"


@pytest.mark.skipif(os.name != "posix", reason="pipes as here are those of POSIX systems")
def test_a_reader_that_has_enough_ends_every_command_with_a_status_of_its_own(
    calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both streams lead to the pipe that is closed."""
    for words in (calls[0], *calls[-14:]):
        reading, writing = os.pipe()
        os.close(reading)
        with monkeypatch.context() as patch, os.fdopen(writing, "w") as out, os.fdopen(os.dup(writing), "w") as err:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            assert main(words) in (0, 1, 2), words


@pytest.mark.skipif(os.name != "posix", reason="a shell and its pipes as here are those of POSIX systems")
@pytest.mark.parametrize(
    ("shell", "status"),
    [
        ("{her2board} schema case | true", 1),
        ("{her2board} evidence figures 2>&1 | true", 1),
        ("PYTHONIOENCODING=ascii {her2board} evidence figures | tail -1", 0),
    ],
)
def test_a_shell_sees_a_status_and_no_complaint(shell: str, status: int, tmp_path: Path) -> None:
    line = shell.replace("{her2board}", f"'{sys.executable}' -m her2board")
    done = subprocess.run(
        ["bash", "-c", f"{line}; echo ended ${{PIPESTATUS[0]}}"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[-1] == f"ended {status}"
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_behind_the_output_is_reported(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "her2board", "schema", "case"],
            env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.stderr == "her2board: the output cannot be written: No space left on device\n"
    assert done.returncode == 1


def test_a_command_that_somebody_stops_says_so(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("her2board.cli.cohorts.load_release", stop)
    done = run("evidence", "list")
    assert (done.status, done.err) == (130, "her2board: stopped\n")


@pytest.mark.skipif(os.name != "posix", reason="Windows writes no images of the memory")
def test_a_crash_leaves_no_image_of_the_memory(tmp_path: Path) -> None:
    code = (
        "import resource, sys\n"
        "from her2board.cli import main\n"
        "_, most = resource.getrlimit(resource.RLIMIT_CORE)\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (most, most))\n"
        "main(['--version'])\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert done.stdout.split()[-1] == "0", done.stderr


def test_a_program_without_its_own_files_says_that_it_is_incomplete_and_nothing_of_its_output(capsys) -> None:
    def command() -> int:
        raise FileNotFoundError("the installation is incomplete: no 'evidence' folder. Install it again.")

    assert console.written_out(command) == 1
    assert capsys.readouterr().err == (
        "her2board: the installation is incomplete: no 'evidence' folder. Install it again.\n"
    )


def test_a_full_disk_is_still_called_what_it_is(capsys) -> None:
    def command() -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    assert console.written_out(command) == 1
    assert capsys.readouterr().err == "her2board: the output cannot be written: No space left on device\n"
