"""Where settings and state are kept: where they were in every earlier version, so that nobody loses any."""

import sys
from pathlib import Path

import pytest

from her2board import paths

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have other folders")


def test_settings_and_state_are_in_the_usual_places_of_a_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert paths.clinic_file() == tmp_path / ".config" / "her2board" / "clinic.json"
    assert paths.state_dir() == tmp_path / ".local" / "state" / "her2board"


def test_settings_and_state_are_where_the_desktop_keeps_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert paths.clinic_file() == tmp_path / "config" / "her2board" / "clinic.json"
    assert paths.state_dir() == tmp_path / "state" / "her2board"
    assert list(tmp_path.iterdir()) == []
