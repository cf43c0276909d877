"""The shape of buttons, tabs, headings of columns and frames: flat, quiet, one accent. Colours come from the theme.

Fields keep the shape of the style: there are hundreds, and a style sheet costs each of them time.
"""

from collections.abc import Mapping

_BUTTONS = """
QPushButton {{ background: {base}; border: 1px solid {line}; border-radius: 5px; padding: 4px 12px; }}
QPushButton:hover {{ background: {raised}; }}
QPushButton:pressed, QPushButton:checked {{ background: {raised}; border-color: {text}; }}
QPushButton:disabled {{ background: {window}; border-color: {raised}; }}
QPushButton:flat {{ background: transparent; border-color: transparent; padding: 3px 16px 3px 6px; }}
QPushButton:flat:hover {{ background: {raised}; }}
QPushButton:default {{ border-color: {accent}; }}
QPushButton[leading="true"] {{ background: {accent}; color: {accent_text}; border-color: {accent}; }}
QPushButton[leading="true"]:hover {{ border-color: {text}; }}
QPushButton[leading="true"]:focus {{ border: 2px solid {text}; padding: 3px 11px; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 3px 11px; }}
QPushButton:flat:focus {{ border: 1px solid {accent}; padding: 3px 16px 3px 6px; }}
QPushButton[leading="true"]:focus {{ border-color: {text}; }}
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
_OTHERS = """
QTabBar::tab {{ padding: 6px 8px; border: 1px solid transparent; border-bottom: 2px solid transparent;
    background: transparent; color: {muted}; }}
QTabBar::tab:hover {{ background: {raised}; color: {text}; }}
QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; }}
QTabBar::tab:selected:focus {{ border-color: {accent}; }}
QTreeView, QListView, QTableView, QTextBrowser {{ border: 1px solid {raised}; }}
QTreeView:focus, QListView:focus, QTableView:focus, QTextBrowser:focus {{ border: 1px solid {accent}; }}
QGroupBox {{ border: none; border-top: 1px solid {line}; margin-top: 1.7em; padding-top: 4px; }}
QGroupBox::title {{ subcontrol-origin: margin; subcontrol-position: top left; padding: 2px 0; }}
QToolBar {{ border: none; border-bottom: 1px solid {raised}; padding: 0 4px; spacing: 0; }}
QToolBar QToolButton {{ border: 1px solid transparent; border-radius: 5px; padding: 4px; margin: 1px; }}
QToolBar QToolButton:hover {{ background: {raised}; }}
QToolBar QToolButton:focus {{ border-color: {accent}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QStatusBar::item {{ border: none; }}
QSplitter::handle {{ background: transparent; }}
"""


def style_sheet(roles: Mapping[str, str], alone: str = "") -> str:
    """Return the style sheet in the colours of a theme, by role; ``alone`` is for 'buttons' or 'headings' only."""
    wanted = {"buttons": _BUTTONS, "headings": _HEADINGS}.get(alone, _BUTTONS + _HEADINGS + _OTHERS)
    return wanted.format(**roles)
