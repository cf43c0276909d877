"""A passphrase kept with the desktop's secrets: only in a real place, forgotten on request, never the only way in."""

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from support.secrets_of_desktop import Desktop, installed

from her2board.casebook import kept_passphrase
from her2board.casebook.errors import CasebookError

BOOK = Path("/books/neuro.her2book")


def test_a_passphrase_is_kept_given_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    desktop = Desktop()
    installed(monkeypatch, desktop)
    assert kept_passphrase.may_be_kept()
    kept_passphrase.keep(BOOK, "a horse and a battery")
    kept_passphrase.keep("department", "another")
    assert kept_passphrase.kept(BOOK) == "a horse and a battery"
    kept_passphrase.forget(BOOK)
    kept_passphrase.forget(BOOK)
    with pytest.raises(CasebookError, match="keeps no passphrase"):
        kept_passphrase.kept(BOOK)
    assert list(desktop.secrets.values()) == ["another"], "that of another casebook stays"


def test_a_place_that_protects_nothing_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    places = [
        (Desktop(), "keyrings.alt.file"),
        (type("Chain", (), {"backends": ()})(), "keyring.backends.chainer"),
        (type("Nothing", (Desktop,), {"priority": 0})(), "keyring.backends.fail"),
    ]
    for place, of in places:
        with monkeypatch.context() as patch:
            installed(patch, place, of)
            with pytest.raises(CasebookError, match="no place for secrets"):
                kept_passphrase.keep(BOOK, "a horse and a battery")


def test_a_desktop_that_refuses_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    class Locked(Desktop):
        def get_password(self, service: str, name: str) -> str | None:
            raise RuntimeError("dismissed")

        set_password = get_password  # type: ignore[assignment]  # reason: both only refuse

    installed(monkeypatch, Locked())
    for work in (kept_passphrase.kept, kept_passphrase.forget):
        with pytest.raises(CasebookError, match="the desktop did not"):
            work(BOOK)


def test_the_library_is_imported_only_where_somebody_asks() -> None:
    assert "keyring" not in sys.modules
    assert kept_passphrase.may_be_kept() is (find_spec("keyring") is not None)
    assert "keyring" not in sys.modules
