"""Names suggested for files are those that every file system takes."""

import os
from pathlib import Path

import pytest

from her2board.case.file_names import suggested_name

HOME = Path("/home/a")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("B-07", "B-07.her2case"),
        ("B 07/a", "B 07_a.her2case"),
        ("", "case.her2case"),
        ("   ", "case.her2case"),
        ("...", "___.her2case"),
        ("B-07. ", "B-07_.her2case"),
        ("CON", "CON_.her2case"),
        ("nul", "nul_.her2case"),
        ("COM1", "COM1_.her2case"),
        ("lpt\N{SUPERSCRIPT TWO}", "lpt\N{SUPERSCRIPT TWO}_.her2case"),
        ("CONIN$", "CONIN_.her2case"),
        ("COM10", "COM10.her2case"),
        ("CONE", "CONE.her2case"),
        ('a<b>:"|?*\\', "a_b_______.her2case"),
        ("a\nb\0c\N{RIGHT-TO-LEFT OVERRIDE}d", "a_b_c_d.her2case"),
        ("M\u00fcller \u738b", "M\u00fcller \u738b.her2case"),
    ],
)
def test_what_no_file_may_be_called_is_changed(code: str, name: str) -> None:
    assert suggested_name(code, "case", ".her2case", HOME) == HOME / name


@pytest.mark.parametrize("letter", ["n", "\u738b", "n "])
def test_a_long_name_leaves_room_in_the_path_and_in_the_name(letter: str) -> None:
    for folder in (HOME, Path("/" + "f" * 180), Path("/" + "f" * 400)):
        found = suggested_name(letter * 300, "case", ".her2case", folder)
        assert found.suffix == ".her2case"
        assert len(os.fsencode(found.name)) <= 255
        assert len(str(found)) <= 250 or len(found.stem) <= 8
        assert not found.stem.endswith(" ")
