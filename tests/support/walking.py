"""Going through a window by Tab alone, as somebody without a mouse does."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QLabel, QScrollBar, QWidget

_MOST = 200
_ROLELESS = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window}


def reached(root: QWidget) -> list[QWidget]:
    """Return what Tab reaches in a window or a part of it, in the order in which it does."""
    found, widget = [], root.nextInFocusChain()
    while widget is not root:
        if root.isAncestorOf(widget) and widget.window() is root.window() and reachable(widget):
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def reachable(widget: QWidget) -> bool:
    inner = isinstance(widget.parent(), QComboBox) or isinstance(widget, QScrollBar)
    viewport = isinstance(widget.parent(), QAbstractScrollArea) and widget is widget.parent().viewport()
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    return bool(takes and widget.isVisible() and widget.isEnabled() and not inner and not viewport)


def labelled(root: QWidget) -> set[QWidget]:
    return {label.buddy() for label in root.window().findChildren(QLabel) if label.buddy()}


def unnamed(root: QWidget) -> list[str]:
    buddies = labelled(root)
    found = []
    for widget in reached(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name)
        if not (name or widget in buddies or widget.parent() in buddies):
            found.append(f"no name: {widget}")
        if interface.role() in _ROLELESS:
            found.append(f"no role: {widget}")
    return found


def tabbed(window: QWidget) -> list[QWidget]:
    """Press Tab until the keyboard is where it began; return where it was, in this order."""
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    QApplication.processEvents()  # the keyboard comes to its window with an event of its own
    begun = QApplication.focusWidget()
    assert begun is not None
    assert begun.window() is window, f"the keyboard begins outside: {begun}"
    seen = [begun]
    while len(seen) < _MOST:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert here is not None
        assert here.window() is window, f"Tab leads out of the window after {seen[-1]}"
        if here is begun:
            return seen
        assert here not in seen, f"Tab does not get out of {here}, after {seen[-1]}"
        seen.append(here)
    raise AssertionError(f"Tab does not come back to {begun}")
