"""Text that people typed is shown as they typed it: never as markup, which could name files and addresses to load."""

from typing import Any

from PySide6.QtWidgets import QLabel

_PLAIN = 0
"""Qt.TextFormat.PlainText, by its number: naming it makes every enumeration of Qt before the first paint."""


class Label(QLabel):
    """A label whose text is plain, whatever is in it."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.setProperty("textFormat", _PLAIN)


def plain_tip(text: str) -> str:
    """Return a tool tip that shows ``text`` as it is; Qt would read what begins like markup as such."""
    if "<" not in text:
        return text
    from html import escape  # with a table of two thousand names, which no text before the first paint needs

    return f"<p style='white-space: pre-wrap'>{escape(text)}</p>"
