"""The menu of the right mouse button, made from the actions of the window that fit where it was asked for."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

PLACES = "places"
"""Property of an action: where it is offered, as words separated by spaces."""
_UNDO_AND_REDO = 3
"""Lines at the top of the menu that Qt makes for a text: these two and what divides them from the rest."""


def offered(widget: QWidget, place: str) -> list[QAction]:
    """Return the actions of the window of a widget that fit a place: 'row', 'list' or 'result'."""
    actions = widget.window().actions()
    return [action for action in actions if action.isEnabled() and place in str(action.property(PLACES)).split()]


def pop_up(
    widget: QWidget,
    place: QPoint,
    *groups: Sequence[QAction],
    own: Sequence[tuple[str, Callable[[], object]]] = (),
) -> None:
    """Show ``own`` words with what they do, and actions of the window below them, as a menu."""
    menu = QMenu(widget)
    for words, act in own:
        menu.addAction(words.replace("&", "&&")).triggered.connect(lambda _, act=act: act())
    for group in groups:
        if group and not menu.isEmpty():
            menu.addSeparator()
        menu.addActions(group)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)


def pop_up_in_text(widget: QWidget, place: QPoint, menu: QMenu | None) -> None:
    """Show the menu of a text with what fits its field below; to undo and redo is of the document, not of the text."""
    if menu is None:
        return
    for action in menu.actions()[:_UNDO_AND_REDO]:
        menu.removeAction(action)
    if actions := offered(widget, "row"):
        menu.addSeparator()
        menu.addActions(actions)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
