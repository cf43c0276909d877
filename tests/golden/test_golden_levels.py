"""The A4 pages beside their text: as tags and as a picture.

Accepted like the text, with HER2BOARD_ACCEPT_GOLDEN=1; look at the new picture before it is committed.
"""

import pytest
from PIL import Image, ImageChops, ImageFilter
from support.golden_files import ACCEPT, accepted_picture, compare_text
from support.pages import EXAMPLES, Made, golden, grey
from support.tags import tags_of

_FAINT = 60
"""Greys of 256 by which a blurred pixel may differ: renderers smooth edges each in their way."""
_STRAY = 25
"""Pixels that may differ by more; a changed word differs in far more."""


def _as_tags(made: Made) -> str:
    """Return the tree of tags; the hash of the page changes with every word of it and is left out."""
    tree = "\n".join(tags_of(made.data).lines()) + "\n"
    return tree.replace(made.sheet.content, "<content>")


@pytest.mark.parametrize("stem", EXAMPLES)
def test_a_screen_reader_gets_the_tags_that_were_accepted(stem: str) -> None:
    compare_text(f"{stem}.tags", _as_tags(golden(stem)))


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
    found = _picture(golden(stem))
    accepted = accepted_picture(stem, found)
    assert accepted.size == found.size, f"another height: look, then accept with {ACCEPT}=1"
    assert _differing(accepted, found) <= _STRAY, f"another picture: look, then accept with {ACCEPT}=1"


def test_a_changed_word_changes_the_picture() -> None:
    found = _picture(golden("b07-invented-complete"))
    changed = found.copy()
    changed.paste(255, (110, 110, 200, 122))
    assert _differing(found, changed) > _STRAY
