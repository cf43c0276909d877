"""What somebody typed is shown in rich text as it was typed, and the window's icon is the drawing."""

from html import escape

from PySide6.QtGui import QImage, QPainter, QTextDocument
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from her2board import paths


def test_marks_of_rich_text_are_shown_as_typed(qtbot: QtBot) -> None:
    typed = 'a <b>bold</b> & "quoted" 5 < 6 &lt; \N{APOSTROPHE}s'
    document = QTextDocument()
    document.setHtml(f'<p title="{escape(typed)}">{escape(typed)}</p>')
    assert document.toPlainText() == typed


def test_the_icon_of_the_window_is_the_drawing(qtbot: QtBot) -> None:
    icons = paths.resources_dir() / "icons"
    shown = QImage(str(icons / "her2board.png")).convertToFormat(QImage.Format.Format_ARGB32)
    drawn = QImage(shown.size(), QImage.Format.Format_ARGB32)
    drawn.fill(0)
    painter = QPainter(drawn)
    QSvgRenderer(str(icons / "her2board.svg")).render(painter)
    painter.end()
    apart = [abs(one - other) for one, other in zip(bytes(shown.constBits()), bytes(drawn.constBits()), strict=True)]
    assert shown.width() == 128
    assert sum(apart) / len(apart) < 1  # another Qt may round an edge otherwise
