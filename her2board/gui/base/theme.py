"""The program's own colours as roles, light and dark."""

from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from her2board.gui.base.heading import Heading


class Theme(NamedTuple):
    """One palette: a colour for each role."""

    name: str
    window: str
    base: str
    raised: str
    text: str
    muted: str
    """Words beside others, in the place of a value that is not recorded, and of what cannot be used."""
    off: str
    """Pictures of actions that cannot be used."""
    line: str
    accent: str
    accent_text: str
    supports: str
    cautions: str
    open: str
    against: str
    problem: str
    band: str
    band_text: str


LIGHT = Theme(
    name="light",
    window="#f4f5f6",
    base="#ffffff",
    raised="#e9ebed",
    text="#1b1f24",
    muted="#5a6370",
    off="#767e88",
    line="#767e88",
    accent="#1d5a96",
    accent_text="#ffffff",
    supports="#1f6b3a",
    cautions="#7a5200",
    open="#5a6370",
    against="#9a3412",
    problem="#a4161a",
    band="#7a1218",
    band_text="#ffffff",
)
DARK = Theme(
    name="dark",
    window="#1f2328",
    base="#171a1e",
    raised="#2c3238",
    text="#e8eaed",
    muted="#a8b0ba",
    off="#7d8691",
    line="#7d8691",
    accent="#8ab8ea",
    accent_text="#10151b",
    supports="#7fd19b",
    cautions="#e5c46b",
    open="#a8b0ba",
    against="#f3a683",
    problem="#ff9a94",
    band="#f3b5b0",
    band_text="#2a0b0d",
)
CONTRAST = Theme(
    name="contrast",
    window="#000000",
    base="#000000",
    raised="#2e2e2e",
    text="#ffffff",
    muted="#bdbdbd",
    off="#8c8c8c",
    line="#ffffff",
    accent="#ffe135",
    accent_text="#000000",
    supports="#7dff9e",
    cautions="#ffe135",
    open="#ffffff",
    against="#ffb08a",
    problem="#ffd0d0",
    band="#ffe135",
    band_text="#000000",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST)}
SIZES = (80, 90, 100, 115, 130, 150, 175, 200)
"""Sizes of text on offer, in percent of the system's."""
_EDGED = (
    "QLineEdit",
    "QPlainTextEdit",
    "QRadioButton",
    "QCheckBox",
    "QPushButton",
    "QAbstractItemView",
    "QTextBrowser",
)
_SHAPED = "shaped_for"
"""Property of a widget: the theme its style sheet was made for."""
_MIDDLE = 128
"""Lightness between dark and light, of 255."""
_EDGE = 140
"""Fusion draws the edge of a control as its window colour made darker by this percentage, too faint by itself.

These controls paint no window colour, so theirs is chosen such that the edge has the colour 'line'.
"""
TEXT_PAIRS = (
    *((role, ground) for role in ("text", "muted", "problem") for ground in ("window", "base", "raised")),
    *((role, ground) for role in ("supports", "cautions", "open", "against") for ground in ("window", "base")),
    *(("accent", ground) for ground in ("window", "base")),
    ("accent_text", "accent"),
    ("band_text", "band"),
)
"""Text role on its ground: at least 4.5:1."""
SIGN_PAIRS = (
    *((role, ground) for role in ("line", "accent") for ground in ("window", "base", "raised")),
    *((role, ground) for role in ("supports", "cautions", "open", "against") for ground in ("window", "base")),
    ("accent_text", "accent"),
)
"""Signs, edges and focus ring on their ground: at least 3:1."""


def contrast(first: str, second: str) -> float:
    """Return the WCAG 2 contrast ratio of two colours."""
    lighter, darker = sorted((_luminance(QColor(first)), _luminance(QColor(second))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def apply(application: QApplication, theme: Theme) -> None:
    """Give the application the colours of ``theme``; its style, Fusion, was named when it was made."""
    application.setProperty("theme", theme.name)
    palette = _palette(theme)
    application.setPalette(palette)
    application.setPalette(palette, "QHeaderView")  # type: ignore[arg-type]  # reason: the stub says bytes, Qt takes text
    edged = _palette(theme)  # a copy of the palette would have Qt look through its colours by name, a long list
    edged.setColor(QPalette.ColorRole.Window, QColor(theme.line).lighter(_EDGE))
    for name in _EDGED:
        application.setPalette(edged, name)  # type: ignore[arg-type]  # reason: the stub says bytes, Qt takes text
    edged.setColor(QPalette.ColorRole.Button, QColor(theme.base))  # as flat as the fields around it
    application.setPalette(edged, "QComboBox")  # type: ignore[arg-type]  # reason: the stub says bytes, Qt takes text
    for widget in application.allWidgets():
        if widget.property(_SHAPED) not in (None, theme.name):
            shape(widget)


def shape(widget: QWidget) -> None:
    """Give buttons, tabs and frames inside a widget their shape; it follows the theme from then on.

    Not asked of the whole application: each field of the form would cost time and memory, and looks the same without.
    """
    from her2board.gui.base.skin import style_sheet

    widget.setProperty(_SHAPED, current().name)
    widget.setStyleSheet(style_sheet(roles(current()), widget))


def resize_text(application: QApplication, percent: int) -> None:
    """Give the application text of ``percent`` of the size the system asks for."""
    system = application.property("system_text_size")
    font = application.font()
    if not isinstance(system, float):
        system = font.pointSizeF()
        application.setProperty("system_text_size", system)
    font.setPointSizeF(system * percent / 100)
    application.setFont(font)
    for widget in application.allWidgets():
        if isinstance(widget, Heading):
            widget.take_size()


def text_size() -> int:
    """Return the size of text in percent of the system's."""
    application = QApplication.instance()
    system = application.property("system_text_size") if application else None
    if not isinstance(application, QApplication) or not isinstance(system, float):
        return 100
    return round(100 * application.font().pointSizeF() / system)


def next_size(percent: int, step: int) -> int:
    """Return the next size on offer, larger (1), smaller (-1) or the system's (0)."""
    if step == 0:
        return 100
    beyond = [size for size in SIZES if (size - percent) * step > 0]
    return (min if step > 0 else max)(beyond, default=percent)


def current() -> Theme:
    """Return the theme of the application."""
    application = QApplication.instance()
    name = application.property("theme") if application else None
    return THEMES.get(str(name), LIGHT)


def of_system(application: QApplication) -> Theme:
    """Return the theme nearest to what the system asks for."""
    if application.property("theme") is None:  # no theme is applied yet: the palette is the system's
        return DARK if application.palette().window().color().lightness() < _MIDDLE else LIGHT
    from PySide6.QtCore import Qt  # makes hundreds of enumerations, so not before the first paint

    return DARK if application.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def roles(theme: Theme) -> dict[str, str]:
    """Return the colours by role."""
    return {role: colour for role, colour in theme._asdict().items() if role != "name"}


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(theme.raised), QColor(theme.window))
    colours = {
        role.WindowText: theme.text,
        role.Text: theme.text,
        role.ButtonText: theme.text,
        role.Base: theme.base,
        role.AlternateBase: theme.window,
        role.ToolTipBase: theme.base,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Link: theme.accent,
        role.Accent: theme.accent,
    }
    for colour_role, colour in colours.items():
        palette.setColor(colour_role, QColor(colour))
    for colour_role in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, colour_role, QColor(theme.muted))
    return palette
