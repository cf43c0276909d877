"""A number stays with its unit, and the head of the page takes no line it can do without."""

import pytest

from her2board.briefing.model import Run
from her2board.pdf.lines import lines


@pytest.mark.parametrize("unit", ["%", "mm", "cm", "mg", "mL", "Gy"])
def test_no_line_ends_between_a_number_and_its_unit(unit: str) -> None:
    words = (Run(f"LVEF below the limit of 50 {unit}"),)
    for width in range(40, 160, 3):
        printed = ["".join(piece.text for piece in line) for line in lines(words, float(width))]
        assert not any(line.startswith(unit) for line in printed)
        assert " ".join(printed) == words[0].text


def test_a_line_may_end_before_a_word_that_begins_like_a_unit() -> None:
    printed = {
        "".join(piece.text for piece in lines((Run("grade 2 mgmt of it"),), float(width))[0]) for width in range(20, 90)
    }
    assert "grade 2" in printed
