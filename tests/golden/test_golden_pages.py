"""The A4 pages as text: zone by zone, line by line, in reading order. Dates are fixed by the day of the discussion.

They are made on the small frozen release beside this file, so that new or reworded evidence changes none of them.
A line of the page is a line of the file; columns side by side are separated by ' | '. To accept a change: run
HER2BOARD_ACCEPT_GOLDEN=1 .venv/bin/python -m pytest tests/golden, then read the difference in git.
"""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from support.golden_files import ACCEPT, compare_text
from support.pages import EXAMPLES, Made, golden

from her2board.pdf.blocks import TextMark
from her2board.pdf.styles import BODY

_GAP = 3.0
"""Points between two texts on one line from which on they are two columns."""


def as_text(made: Made) -> str:
    """Return title, language and outline, then the lines of the page in the order they are laid out.

    The content hash of the page changes with every word of it and is left out; the footer is one line.
    """
    head = [f"title: {made.briefing.title}", f"language: {made.briefing.language}", "outline:"]
    outline = [f"  {heading.title}" for heading in made.sheet.headings]
    lines = list(_lines(made))
    foot = max(index for index, line in enumerate(lines) if line.startswith("Owner")) + 1
    footer = " ".join(lines[foot:]).replace(made.sheet.content, "<content>")
    return "\n".join([*head, *outline, "", *lines[:foot], "", footer]) + "\n"


def _lines(made: Made) -> Iterator[str]:
    titles = {heading.title for heading in made.sheet.headings}
    line: list[TextMark] = []
    for mark in made.sheet.texts:
        if line and (abs(mark.y - line[-1].y) > 0.1 or mark.x < line[-1].x):
            yield from _line(line, titles)
            line = []
        line.append(mark)
    yield from _line(line, titles)


def _line(line: list[TextMark], titles: set[str]) -> Iterator[str]:
    """Yield a line; titles of zones stand out."""
    words = line[0].text
    for last, mark in pairwise(line):
        far = mark.x - (last.x + last.width) > _GAP
        words += (" | " if far else "") + mark.text
    if line[0].text in titles and line[0].size > BODY + 1:
        yield ""
        words = f"# {words}"
    yield words.rstrip()


@pytest.mark.parametrize("stem", EXAMPLES)
def test_the_page_says_what_was_accepted(stem: str) -> None:
    compare_text(stem, as_text(golden(stem)))


def test_a_changed_word_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ACCEPT, raising=False)
    changed = as_text(golden("cr18-untreated-asymptomatic")).replace("largest 16 mm", "largest 61 mm")
    with pytest.raises(AssertionError, match=ACCEPT):
        compare_text("cr18-untreated-asymptomatic", changed)
