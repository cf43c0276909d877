"""Words and marks with which nothing may be concluded from a text."""

import pytest

from her2board.case.doubt import is_doubtful


@pytest.mark.parametrize(
    "text",
    [
        *("declined", "not given", "No.", "planned for May", "T-DXd (?)", "✗ Enhertu", "abgelehnt", "refusé", "não"),
        *(
            "W\N{COMBINING LONG STROKE OVERLAY}BRT",
            "\N{COMBINING ENCLOSING CIRCLE BACKSLASH}",
            "trastuzumab → T-DXd",
            "なし",
        ),
    ],
)
def test_a_negation_a_question_or_a_strike_is_a_doubt(text: str) -> None:
    assert is_doubtful(text)


@pytest.mark.parametrize("text", ["", "Enhertu", "Novartis product", "nodal", "WBRT 30/10", "5 × 4 Gy", "café"])
def test_other_words_are_none(text: str) -> None:
    assert not is_doubtful(text)
