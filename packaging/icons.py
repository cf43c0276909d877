"""Draws the icons: that of the program as build/icons/SIZE.png and her2board.ico, those of actions beside their SVG.

The window shows pictures and not the drawings, which would keep Qt's SVG reader in memory: her2board.png is one of the
first kind; actions/NAME-1.png to NAME-3.png, for one to three pixels a point, are made with 'actions' as argument.
"""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtGui import QGuiApplication, QImage, QPainter  # reason: the platform is set before
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
LARGEST_ICO = 256
ACTIONS = ROOT / "resources" / "icons" / "actions"
ACTION_SIZE = 20
DENSITIES = (1, 2, 3)


def drawn(drawing: QSvgRenderer, size: int) -> QImage:
    """Return a drawing as a square picture."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    drawing.render(painter)
    painter.end()
    return image


def main() -> None:
    """Draw them."""
    application = QGuiApplication([])
    if sys.argv[1:] == ["actions"]:
        draw_actions()
    else:
        draw_program()
    del application


def draw_actions() -> None:
    """Draw the icons of actions beside their drawings; they are kept, so that every build has the same."""
    for path in sorted(ACTIONS.glob("*.svg")):
        drawing = QSvgRenderer(str(path))
        for density in DENSITIES:
            drawn(drawing, ACTION_SIZE * density).save(str(ACTIONS / f"{path.stem}-{density}.png"))


def draw_program() -> None:
    """Draw the icon of the program for the desktops."""
    target = ROOT / "build" / "icons"
    target.mkdir(parents=True, exist_ok=True)
    drawing = QSvgRenderer(str(ROOT / "resources" / "icons" / "her2board.svg"))
    for size in SIZES:
        image = drawn(drawing, size)
        image.save(str(target / f"{size}.png"))
        if size == LARGEST_ICO:
            image.save(str(target / "her2board.ico"))


if __name__ == "__main__":
    main()
