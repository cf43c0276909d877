"""What a coordinator does on the list of a meeting."""

from PySide6.QtCore import Qt

PASSPHRASE = "correct horse battery"
KEY = Qt.Key


def press(home, qtbot, key, held=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(home.table, key, held)


def codes(home) -> list[str]:
    return [row.summary.code for row in home.table.cases.rows]
