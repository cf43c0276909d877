"""The golden files: what was accepted, and how a change is accepted.

Run the tests once with HER2BOARD_ACCEPT_GOLDEN=1 and what is found takes the place of what was accepted before. Then
read the difference in git, and look at the pictures.
"""

import os
from pathlib import Path

from PIL import Image

ACCEPT = "HER2BOARD_ACCEPT_GOLDEN"
FOLDER = Path(__file__).resolve().parents[1] / "golden" / "pages"
_HOW = f"if this change is meant, run the tests once with {ACCEPT}=1 and read the difference"


def accepting() -> bool:
    """Return whether what is found takes the place of what was accepted before."""
    return os.environ.get(ACCEPT) == "1"


def compare_text(name: str, found: str) -> None:
    """Compare a text with its golden file; write the file instead when changes are being accepted."""
    path = FOLDER / f"{name}.txt"
    if accepting():
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert path.exists(), f"no golden text yet: run the tests once with {ACCEPT}=1 and read {path}"
    assert found == path.read_text(encoding="utf-8"), _HOW


def accepted_picture(name: str, found: Image.Image) -> Image.Image:
    """Return the golden picture; write the file first when changes are being accepted."""
    path = FOLDER / f"{name}.png"
    if accepting():
        found.quantize(16).save(path, optimize=True)
    with Image.open(path) as accepted:
        return accepted.copy()
