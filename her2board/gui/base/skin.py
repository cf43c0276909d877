"""The shape of buttons, tabs, headings of columns, scroll bars and frames: flat, quiet, one accent.

Colours come from the theme. Fields keep the shape of the style: there are hundreds, and a style sheet costs each of
them time.
"""

from collections.abc import Mapping

from PySide6.QtWidgets import QHeaderView, QPushButton, QScrollBar, QWidget

_BUTTONS = """
QPushButton {{ background: {base}; border: 1px solid {line}; border-radius: 5px; padding: 4px 12px; }}
QPushButton:hover {{ background: {raised}; }}
QPushButton:pressed, QPushButton:checked {{ background: {raised}; border-color: {text}; }}
QPushButton:flat {{ background: transparent; border-color: transparent; padding: 3px 16px 3px 6px; }}
QPushButton:flat:hover {{ background: {raised}; }}
QPushButton:default, QPushButton[leading="true"] {{ background: {accent}; color: {accent_text};
    border-color: {accent}; }}
QPushButton:default:hover, QPushButton[leading="true"]:hover {{ border-color: {text}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 3px 11px; }}
QPushButton:flat:focus {{ border: 1px solid {accent}; padding: 3px 16px 3px 6px; }}
QPushButton:default:focus, QPushButton[leading="true"]:focus {{ border-color: {text}; }}
QPushButton:disabled, QPushButton:default:disabled, QPushButton[leading="true"]:disabled {{ background: {window};
    color: {muted}; border-color: {faint}; }}
QPushButton:flat:disabled {{ background: transparent; border-color: transparent; }}
QPushButton[small="true"] {{ padding: 4px 0; }}
QPushButton[small="true"]:focus {{ padding: 3px 0; }}
QPushButton[tile="true"] {{ text-align: left; padding-left: 14px; }}
QPushButton[tile="true"]:focus {{ padding-left: 13px; }}
QPushButton::menu-indicator {{ subcontrol-position: right center; right: 4px; }}
"""
_HEADINGS = """
QHeaderView::section {{ background: {window}; color: {muted}; border: none; border-bottom: 1px solid {line};
    padding: 3px 4px; }}
"""
_BARS = """
QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {line}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {text}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
_OTHERS = """
QTabBar::tab {{ padding: 6px 8px; border: 1px solid transparent; border-bottom: 2px solid transparent;
    background: transparent; color: {muted}; }}
QTabBar::tab:hover {{ background: {raised}; color: {text}; }}
QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; }}
QTabBar::tab:selected:focus {{ border-color: {accent}; }}
QTabWidget::pane {{ border: none; }}
QTabBar {{ qproperty-drawBase: 0; }}
QTreeView, QListView, QTableView, QTextBrowser {{ border: 1px solid {raised}; }}
QTreeView:focus, QListView:focus, QTableView:focus, QTextBrowser:focus {{ border: 1px solid {accent}; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QPlainTextEdit {{ border: 1px solid {line}; border-radius: 3px; background: {base}; }}
QPlainTextEdit:focus {{ border-color: {accent}; }}
QGroupBox {{ border: none; border-top: 1px solid {faint}; margin-top: 1.9em; padding-top: 6px; font-weight: bold; }}
QGroupBox::title {{ subcontrol-origin: margin; subcontrol-position: top left; padding: 2px 0; }}
QToolBar {{ border: none; border-bottom: 1px solid {raised}; padding: 0 4px; spacing: 0; }}
QToolBar QToolButton {{ border: 1px solid transparent; border-radius: 5px; padding: 4px; margin: 1px; }}
QToolBar QToolButton:hover {{ background: {raised}; }}
QToolBar QToolButton:focus {{ border-color: {accent}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QStatusBar::item {{ border: none; }}
QSplitter::handle {{ background: transparent; }}
"""


_ALONE = ((QPushButton, _BUTTONS), (QHeaderView, _HEADINGS), (QScrollBar, _BARS))
"""What is shaped by itself inside the form, and its part of the style sheet."""


def style_sheet(roles: Mapping[str, str], widget: QWidget) -> str:
    """Return the style sheet of a widget in the colours of a theme, by role: for all inside it, or its own part."""
    wanted = next((part for kind, part in _ALONE if isinstance(widget, kind)), _BUTTONS + _HEADINGS + _BARS + _OTHERS)
    return wanted.format(**roles, faint=_between(roles["line"], roles["window"]))


def _between(first: str, second: str) -> str:
    """Return the colour halfway between two, for edges of what cannot be used and lines that only divide."""
    pairs = ((int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{(one + other) // 2:02x}" for one, other in pairs)
