"""The program from an empty home, as a fresh machine would start it. The window itself is opened by tests/gui.

HER2BOARD_UNDER_TEST names an installed program to try instead of this source.
"""

import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from support.pages import ROOT

from her2board import __version__


def start(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    installed = os.environ.get("HER2BOARD_UNDER_TEST")
    program = [installed] if installed else [sys.executable, "-m", "her2board"]
    source = {} if installed else {"PYTHONPATH": str(ROOT)}
    keep = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [*program, *words],
        cwd=home,
        env={**keep, **source, "HOME": str(home / "home")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    home = tmp_path_factory.mktemp("machine")
    (home / "home").mkdir()
    return home, start(home, "demo")


def test_demo_writes_the_page_of_a_published_case_and_says_where(
    demo: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    home, done = demo
    assert (done.returncode, done.stderr) == (0, "")
    page = home / "build" / "demo" / "briefing.pdf"
    assert str(page) in done.stdout
    assert "no display" in done.stdout
    document = pypdfium2.PdfDocument(page)
    assert len(document) == 1
    assert "Before whole-brain radiation" in document[0].get_textpage().get_text_range()


def test_the_page_is_read_back_by_a_process_that_the_program_starts(
    demo: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    home, _ = demo
    page = str(home / "build" / "demo" / "briefing.pdf")
    done = start(home, "verify", page)
    assert (done.returncode, done.stderr) == (0, "")
    assert "page and assessment say the same" in done.stdout


def test_demo_leaves_nothing_in_the_home_of_the_user(demo: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    assert list((demo[0] / "home").rglob("*")) == []


def test_demo_where_nothing_can_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "build").write_text("a file where a folder is needed", encoding="utf-8")
    done = start(tmp_path, "demo")
    assert done.returncode == 1
    assert "build/demo" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["her2board", "her2board-cli"])
def test_the_environment_has_the_program_as_a_command(command: str, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name(command)
    done = subprocess.run([program, "--version"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"her2board {__version__}, ")
