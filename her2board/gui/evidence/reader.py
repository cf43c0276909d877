"""Shows parts of a trial card as text that can be read, selected and copied."""

from collections.abc import Iterable
from html import escape

from PySide6.QtWidgets import QTextBrowser, QWidget

from her2board.briefing.trial_card import Part
from her2board.gui.base import theme


def make_reader(name: str, parent: QWidget) -> QTextBrowser:
    """Return an empty text to read, by its accessible name."""
    reader = QTextBrowser(parent)
    reader.setAccessibleName(name)
    reader.setTabChangesFocus(True)
    reader.setOpenLinks(False)
    return reader


def card_html(parts: Iterable[Part]) -> str:
    """Return the parts of a card as HTML: labels in a column of their own."""
    muted, text = theme.current().muted, []
    for part in parts:
        if part.title:
            text.append(f'<h3 style="margin-top:12px;margin-bottom:2px">{escape(part.title)}</h3>')
        text.append('<table cellspacing="0" cellpadding="2" width="100%">')
        above = ""
        for line in part.lines:
            source = f' <span style="color:{muted}">[{escape(line.source)}]</span>' if line.source else ""
            name = "" if line.label == above else escape(line.label)  # said once for all lines below it
            above = line.label
            label = f'<td width="24%" style="color:{muted}">{name}</td>' if line.label else ""
            words = "<td>" if line.label else '<td colspan="2">'
            text.append(f"<tr>{label}{words}{escape(line.words)}{source}</td></tr>")
        text.append("</table>")
    return "".join(text)


def parts_html(parts: Iterable[Part]) -> str:
    """Return the parts as HTML in the colours of the theme."""
    muted = theme.current().muted
    text = []
    for part in parts:
        if part.title:
            text.append(f"<h3>{escape(part.title)}</h3>")
        for line in part.lines:
            label = f"<b>{escape(line.label)}:</b> " if line.label else ""
            source = f' <span style="color:{muted}">[{escape(line.source)}]</span>' if line.source else ""
            text.append(f'<p style="margin:2px 0">{label}{escape(line.words)}{source}</p>')
    return "".join(text)
