"""Names for everything the keyboard can reach, and keys for everything that can be done."""

import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QComboBox, QLabel, QLineEdit, QScrollBar, QWidget
from support.screen import every_widget

from her2board.case.sections import SECTIONS
from her2board.gui.window.actions import ACTIONS, MENUS

"""What changes how the program looks, and no case."""


def named(widget: QWidget, labelled: set[QWidget]) -> bool:
    interface = QAccessible.queryAccessibleInterface(widget)
    return bool(interface and interface.text(QAccessible.Text.Name)) or widget in labelled


def reachable(root: QWidget) -> list[QWidget]:
    inside = (QScrollBar,)
    return [
        widget
        for widget in every_widget(root)
        if widget.window() is root
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget, inside)
        and not isinstance(widget.parent(), QAbstractScrollArea | QComboBox)
        and not (isinstance(widget, QLineEdit) and isinstance(widget.parent(), QComboBox))
    ]


def test_everything_the_keyboard_reaches_has_a_name(screen) -> None:
    for section in SECTIONS:
        screen.bench.form.show_section(section.id)
    labelled = {label.buddy() for label in screen.window.findChildren(QLabel) if label.buddy()}
    nameless = [widget for widget in reachable(screen.window) if not named(widget, labelled)]
    assert not nameless


def test_every_choice_has_a_label_as_buddy_or_a_name(screen) -> None:
    """On Linux the name of a combo is not passed on, so a label must lead to it."""
    for section in SECTIONS:
        screen.bench.form.show_section(section.id)
    labelled = {label.buddy() for label in screen.window.findChildren(QLabel) if label.buddy()}
    assert all(combo in labelled for combo in screen.bench.form.findChildren(QComboBox))


def test_every_action_has_keys_or_a_tip_and_no_keys_are_used_twice() -> None:
    keys = [spec.keys for spec in ACTIONS if spec.keys]
    assert len(keys) == len(set(keys))
    assert all(spec.tip for spec in ACTIONS)


def test_mnemonics_are_unique_in_every_menu() -> None:
    for menu in MENUS:
        marks = [
            spec.text[spec.text.index("&") + 1].casefold() for spec in ACTIONS if spec.menu == menu and "&" in spec.text
        ]
        assert len(marks) == len(set(marks)), menu


def test_every_action_is_carried_out_by_something(screen) -> None:
    from her2board.gui.window.case_actions import CASE_ACTIONS

    assert {spec.id for spec in ACTIONS} == {*CASE_ACTIONS, *screen.window.own_actions()}


def test_there_are_no_check_boxes_and_no_spin_boxes(screen) -> None:
    from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox

    for section in SECTIONS:
        screen.bench.form.show_section(section.id)
    assert not screen.window.findChildren(QCheckBox)
    assert not screen.window.findChildren(QAbstractSpinBox)


def test_the_window_module_needs_neither_pydantic_nor_the_evidence() -> None:
    program = (
        "import sys, her2board.gui.window.main_window;"
        "print([name for name in ('pydantic', 'yaml', 'reportlab', 'PySide6.QtPdf') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
