"""The list of keys, made from the table of actions."""

from collections.abc import Iterator
from html import escape

from her2board.gui.base.mnemonics import without_mnemonic
from her2board.gui.window.actions import ACTIONS, MENUS
from her2board.wording import Marked, tr

_IN_PLACE: tuple[tuple[str, Marked], ...] = (
    ("Y, N", "In a yes-or-no row: yes, no"),
    ("Shift+Y, Shift+N", "The same, and on to the next field; so too with the first letter of a choice"),
    ("Return", "In the line below a list: add what is written there as an entry"),
    ("Delete", "In a choice, a yes-or-no row or a cell: not recorded"),
    ("Return", "In a table: edit the cell. In a result: go to the field, or open the line"),
    ("Tab", "To the next control; in a table, out of it"),
    ("Page Down", "On the page: further down"),
    ("Alt+Up, Alt+Down, Alt+Home, Alt+End", "In the list of a meeting: move the case, also to the top or the end"),
    ("1 to 6, L, N, R", "In the list of a meeting: status; list only; not ready because; why it is listed"),
    ("Y, C, H, Delete", "In the list of a meeting: decision carried out; what became of it; history; off the list"),
    ("Ctrl+Return, Ctrl+PgDown, Ctrl+PgUp, Esc", "Meeting mode: begin; next case; the one before; to the list"),
    ("A, R, E, N, U, 1 to 9", "In a review: accept, leave, edit, next, undo; choose a reading"),
    ("Ctrl+F, Esc", "In the evidence: find; close"),
)


def shortcut_rows() -> Iterator[tuple[str, str, str, str]]:
    """Yield menu, action, keys and what it does, in the order of the menus."""
    for menu, title in MENUS.items():
        for spec in ACTIONS:
            if spec.menu == menu:
                yield without_mnemonic(tr(title)), without_mnemonic(tr(spec.text)).rstrip("…"), spec.keys, tr(spec.tip)
    for keys, words in _IN_PLACE:
        yield tr("In fields and lists"), "", keys, tr(words)


def shortcuts_html() -> str:
    """Return the list as a table under headings."""
    text, before = ["<table cellpadding='3'>"], ""
    for group, name, keys, tip in shortcut_rows():
        if group != before:
            text.append(f"<tr><td colspan='3'><h3>{escape(group)}</h3></td></tr>")
            before = group
        shown = keys or tr("menu only")
        text.append(f"<tr><td><b>{escape(shown)}</b></td><td>{escape(name)}</td><td>{escape(tip)}</td></tr>")
    return "".join((*text, "</table>"))
