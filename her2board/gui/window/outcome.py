"""Says what became of a page, and offers what can be done next."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from her2board.gui.base.bars import MessageBar
from her2board.gui.base.words import of_case
from her2board.wording import tr


def say_written(messages: MessageBar, words: str, path: Path) -> None:
    """Say that a file was written, and offer to open it and its folder with the programs of the desktop."""
    offers = ((tr("Open"), lambda: _show(path)), (tr("Show in folder"), lambda: _show(path.parent)))
    messages.show_message(words, problem=False, offers=offers)


def say_going_on(messages: MessageBar, words: str, stop: Callable[[], object]) -> None:
    """Say what takes long, and offer to stop it."""
    messages.show_message(words, problem=False, offers=((tr("Sto&p"), stop),))


def say_refused(messages: MessageBar, jump: Callable[[str], object], words: str, place: str) -> None:
    """Say why there is no page, and offer to go to the field."""
    go = ((tr("Go to the field"), lambda: jump(of_case(place))),) if place else ()
    messages.show_message(words, problem=True, offers=go)


def _show(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
