"""Icons of actions and questions, in the colours of the theme: each is a drawing of one colour, laid out by density."""

from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from her2board import paths
from her2board.gui.base import theme

_DENSITIES = (1, 2, 3)
SIZE = 20
"""Points of an icon's edge."""


def icon(name: str, role: str = "text") -> QIcon:
    """Return an icon in the colour of a role of the theme; muted where its action cannot be used."""
    colours = theme.current()
    found = QIcon()
    for density in _DENSITIES:
        found.addPixmap(_coloured(name, getattr(colours, role), density))
        found.addPixmap(_coloured(name, colours.off, density), QIcon.Mode.Disabled)
    return found


def picture(name: str, role: str) -> QPixmap:
    """Return an icon for a question, twice as large as that of an action."""
    made = _coloured(name, getattr(theme.current(), role), 2)
    made.setDevicePixelRatio(1)
    return made


def _coloured(name: str, colour: str, density: int) -> QPixmap:
    made = QPixmap(str(paths.resources_dir() / "icons" / "actions" / f"{name}-{density}.png"))
    ink = QPixmap(made.size())
    ink.fill(QColor(colour))  # by the painter, it would make all of Qt's gradients known to Python
    painter = QPainter(made)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.drawPixmap(0, 0, ink)
    painter.end()
    made.setDevicePixelRatio(density)
    return made
