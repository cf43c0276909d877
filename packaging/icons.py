"""Draws resources/icons/her2board.svg in the sizes that desktops ask for, as build/icons/SIZE.png and her2board.ico.

The window shows resources/icons/her2board.png, one of them: a drawing would keep Qt's SVG reader in memory.
"""

import os
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtGui import QGuiApplication, QImage, QPainter  # reason: the platform is set before
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
LARGEST_ICO = 256


def main() -> None:
    """Draw them."""
    application = QGuiApplication([])
    target = ROOT / "build" / "icons"
    target.mkdir(parents=True, exist_ok=True)
    drawing = QSvgRenderer(str(ROOT / "resources" / "icons" / "her2board.svg"))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        image.save(str(target / f"{size}.png"))
        if size == LARGEST_ICO:
            image.save(str(target / "her2board.ico"))
    del application


if __name__ == "__main__":
    main()
