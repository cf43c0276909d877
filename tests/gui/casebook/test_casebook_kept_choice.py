"""A passphrase kept with the secrets of the desktop, as somebody at the screen asks for it and takes it back."""

from pathlib import Path

from support.book_screen import PASSPHRASE
from support.secrets_of_desktop import Desktop, installed

BOOK = Path("neuro.her2book")


def opening(window):
    window.act("casebook")
    page = window.casebook.opening
    page.choose(BOOK)
    return page


def unlocked(window, qtbot) -> None:
    qtbot.waitUntil(lambda: window.casebook.unlocked and not window.worker.busy)


def test_a_passphrase_is_kept_only_where_somebody_asks_and_forgotten_again(window, qtbot, monkeypatch) -> None:
    desktop = Desktop()
    installed(monkeypatch, desktop)
    page = opening(window)
    assert page.kept.keep_box.isVisible()
    assert not page.kept.unlock_button.isVisible()
    page.passphrase.setText(PASSPHRASE)
    page.unlock()
    unlocked(window, qtbot)
    assert not desktop.secrets
    assert not desktop.asked, "the desktop is left alone"

    window.act("book_lock")
    page.passphrase.setText(PASSPHRASE)
    page.kept.keep_box.setChecked(True)
    page.unlock()
    unlocked(window, qtbot)
    assert list(desktop.secrets.values()) == [PASSPHRASE]

    window.act("book_lock")
    assert not page.kept.keep_box.isVisible()
    page.kept.unlock_button.click()
    unlocked(window, qtbot)

    window.act("book_lock")
    page.kept.forget_button.click()
    qtbot.waitUntil(lambda: "no longer kept" in page.problem.text())
    assert not desktop.secrets
    assert page.kept.keep_box.isVisible()


def test_a_kept_passphrase_that_opens_nothing_any_more_is_forgotten_and_asked_for(window, qtbot, monkeypatch) -> None:
    desktop = Desktop()
    installed(monkeypatch, desktop)
    page = opening(window)
    page.kept.keep(BOOK, "the one before")
    qtbot.waitUntil(lambda: not window.worker.busy)
    page.kept.show_for(BOOK)
    page.kept.unlock_button.click()
    qtbot.waitUntil(lambda: "does not open it any more" in page.problem.text())
    assert not desktop.secrets
    assert page.passphrase.isEnabled()


def test_a_desktop_without_secrets_says_so(window, qtbot, monkeypatch) -> None:
    installed(monkeypatch, Desktop(), "keyring.backends.null")
    monkeypatch.setattr(Desktop, "priority", -1)
    page = opening(window)
    page.kept.keep_box.setChecked(True)
    assert page.problem.text() == "this desktop has no place for secrets"
    assert not page.kept.keep_box.isChecked()
