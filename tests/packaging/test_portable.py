"""Where the portable form keeps its settings: beside itself, and only when asked."""

import sys
from pathlib import Path

import pytest

from her2board import paths


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a bundle that is running."""
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "_internal"), raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "her2board"))
    return tmp_path


def test_settings_stay_in_the_home_of_the_user_unless_asked(stick: Path) -> None:
    assert paths.portable_settings(asked=False) is None


def test_settings_are_kept_beside_the_program_when_asked(stick: Path) -> None:
    assert paths.portable_settings(asked=True) == stick / "her2board-settings"


def test_marker_file_asks_as_well(stick: Path) -> None:
    (stick / "her2board.portable").touch()
    assert paths.portable_settings(asked=False) == stick / "her2board-settings"


def test_source_and_wheel_have_no_portable_form() -> None:
    assert paths.portable_settings(asked=True) is None
