"""The A4 pages beside their text: as tags, as a picture, and byte by byte within one version.

Accepted like the text, with HER2BOARD_ACCEPT_GOLDEN=1; look at the new picture before it is committed.
"""

import hashlib
import json
import os
import platform
import zlib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter
from support.pages import EXAMPLES, ROOT, Made, example, grey, release
from support.tags import tags_of

from her2board import __version__

ACCEPT = "HER2BOARD_ACCEPT_GOLDEN"
FOLDER = Path(__file__).parent / "pages"
BYTES = FOLDER / "bytes.json"
_FAINT = 60
"""Greys of 256 by which a blurred pixel may differ: renderers smooth edges each in their way."""
_STRAY = 25
"""Pixels that may differ by more; a changed word differs in far more."""


def _as_tags(made: Made) -> str:
    """Return the tree of tags; hashes change with every record of the evidence and are left out."""
    told = "\n".join(tags_of(made.data).lines()) + "\n"
    return told.replace(release().content_hash[:8], "<hash>").replace(made.sheet.content, "<content>")


@pytest.mark.parametrize("stem", EXAMPLES)
def test_a_reader_program_is_told_what_was_accepted(stem: str, golden: Callable[[str, str], None]) -> None:
    golden(f"{stem}.tags", _as_tags(example(stem)))


def _picture(made: Made) -> Image.Image:
    """Return the page above its footer as a picture, a pixel to the point."""
    drawn = grey(made.data, 1.0)
    signed = max(mark.y for mark in made.sheet.texts if mark.text == "By")
    return drawn.crop((0, 0, drawn.width, int(signed) + 4))


def _differing(one: Image.Image, two: Image.Image) -> int:
    """Return how many pixels differ by more than the smoothing of edges."""
    blurred = [picture.convert("L").filter(ImageFilter.BoxBlur(1)) for picture in (one, two)]
    return sum(ImageChops.difference(*blurred).histogram()[_FAINT:])


@pytest.mark.parametrize("stem", EXAMPLES)
def test_the_page_looks_as_was_accepted(stem: str) -> None:
    found, path = _picture(example(stem)), FOLDER / f"{stem}.png"
    if os.environ.get(ACCEPT) == "1":
        found.quantize(16).save(path, optimize=True)
    with Image.open(path) as accepted:
        assert accepted.size == found.size, f"another height: look, then accept with {ACCEPT}=1"
        assert _differing(accepted, found) <= _STRAY, f"another picture: look, then accept with {ACCEPT}=1"


def test_a_changed_word_changes_the_picture() -> None:
    found = _picture(example("b07-invented-complete"))
    changed = found.copy()
    changed.paste(255, (110, 110, 200, 122))
    assert _differing(found, changed) > _STRAY


def _makers() -> dict[str, str]:
    """Return everything that bytes may depend on besides the case; program and evidence by their hash."""
    source = hashlib.sha256()
    for path in sorted((ROOT / "her2board").rglob("*.py")):
        source.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return {
        "program": f"{__version__} {source.hexdigest()}",
        "evidence": release().content_hash,
        "python": ".".join(platform.python_version_tuple()[:2]),
        "reportlab": version("reportlab"),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


def test_the_bytes_are_those_accepted_within_one_version() -> None:
    found = {stem: hashlib.sha256(example(stem).data).hexdigest() for stem in EXAMPLES}
    if os.environ.get(ACCEPT) == "1":
        BYTES.write_text(json.dumps({"made_with": _makers(), "pages": found}, indent=1) + "\n", encoding="utf-8")
    accepted = json.loads(BYTES.read_text(encoding="utf-8"))
    if accepted["made_with"] != _makers():
        pytest.skip("accepted with another state of program, evidence or library: bytes are compared within one only")
    assert found == accepted["pages"], f"if this change is meant, run the tests once with {ACCEPT}=1"
