"""Modules that wait until something of them is used; each question is put to a fresh Python."""

import subprocess
import sys

import pytest

WAITING = ("email", "zipfile", "socket", "PIL.ExifTags")


def told(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("module", ["her2board.case.model", "her2board.cli", "her2board.pdf.page"])
def test_neither_a_case_nor_a_page_brings_in_mail_sockets_or_pictures(module: str) -> None:
    assert told(f"import sys, {module}; print([name for name in {WAITING} if name in sys.modules])") == "[]"


@pytest.mark.parametrize(
    "use",
    [
        "import importlib.metadata; print(importlib.metadata.version('pydantic'))",
        "from importlib.metadata import version; print(version('pydantic'))",
        "from importlib.metadata import entry_points; assert entry_points(group='console_scripts')"
        "; from importlib import metadata; print(metadata.version('pydantic'))",
    ],
)
def test_whoever_uses_what_waits_finds_it_whole(use: str) -> None:
    assert told(f"import her2board.case.model; {use}") == told("import pydantic; print(pydantic.VERSION)")


def test_whoever_needs_pictures_has_them() -> None:
    drawn = "from PIL import Image; print(Image.new('L', (3, 2)).size)"
    assert told(f"import her2board.pdf.page; {drawn}; import PIL.Image; print(PIL.Image.__name__)") == (
        "(3, 2)\nPIL.Image"
    )


def test_what_was_imported_before_is_left_alone() -> None:
    code = "import importlib.metadata as before; import her2board; import importlib.metadata as after"
    assert told(f"{code}; print(before is after, hasattr(after, '__path__'))") == "True True"
