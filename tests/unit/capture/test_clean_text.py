"""What cannot be seen is taken out of a text; what means something stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2board.capture.clean_text import clean, clean_line


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("an op\N{SOFT HYPHEN}tion", "an option"),
        ("T\N{ZERO WIDTH SPACE}-DXd", "T-DXd"),
        ("\N{ZERO WIDTH NO-BREAK SPACE}Enhertu", "Enhertu"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}mg 4\N{POP DIRECTIONAL FORMATTING}", "mg 4"),
        ("\N{LEFT-TO-RIGHT ISOLATE}3+\N{POP DIRECTIONAL ISOLATE}", "3+"),
        ("left frontal\x0b(motor strip)", "left frontal\n(motor strip)"),
        ("page\x0cnext", "page\nnext"),
        ("a\x85b\N{LINE SEPARATOR}c\N{PARAGRAPH SEPARATOR}d", "a\nb\nc\nd"),
        ("12\N{NO-BREAK SPACE}mm", "12 mm"),
        ("5\N{NARROW NO-BREAK SPACE}000", "5 000"),
        ("\uf0b7 Enhertu\n\uf0b7\tKadcyla", "\N{BULLET} Enhertu\n\N{BULLET}\tKadcyla"),
        ("\uf0a7 liver", "\N{BULLET} liver"),
        ("\uf0fc consented", "\N{CHECK MARK} consented"),
        ("\uf0fb declined", "\N{BALLOT X} declined"),
        ("LVEF \uf0b3 50 %", "LVEF \N{GREATER-THAN OR EQUAL TO} 50 %"),
        ("12 \uf0b4 8 mm", "12 × 8 mm"),
        ("100 \uf06dg", "100 \N{GREEK SMALL LETTER MU}g"),
        ("bell\x07 and null\x00", "bell and null"),
        ("plain text, nothing to do", "plain text, nothing to do"),
    ],
)
def test_invisible_characters_are_taken_out_or_replaced_by_what_they_mean(text: str, cleaned: str) -> None:
    assert clean(text).text == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "می\N{ZERO WIDTH NON-JOINER}خواهم",
        "क्\N{ZERO WIDTH JOINER}ष",
        "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}",
        "\N{HEAVY BLACK HEART}\N{VARIATION SELECTOR-16}",
        "Müller, Łódź, Ελένη, Юлия, 山田",
        "e\N{COMBINING ACUTE ACCENT}",
        "a\tb\nc",
    ],
)
def test_what_means_something_stays(text: str) -> None:
    assert clean(text).text == text
    assert clean(text).changes == ()


def test_a_joiner_between_latin_letters_means_nothing() -> None:
    assert clean("Enh\N{ZERO WIDTH JOINER}ertu").text == "Enhertu"


def test_a_sign_nobody_can_name_stays_and_is_reported() -> None:
    found = clean("a \uf0d8 b")
    assert found.text == "a \uf0d8 b"
    assert found.changes[0].words == "character of a symbol font (U+F0D8) is not known and stays"


def test_every_change_is_reported_in_words() -> None:
    found = clean("op\N{SOFT HYPHEN}tion\N{SOFT HYPHEN}s\x0bnext\N{NO-BREAK SPACE}\uf0fc")
    assert [change.words for change in found.changes] == [
        "soft hyphen (U+00AD) taken out, 2 times",
        "control character (U+000B) became a line break",
        "no-break space (U+00A0) became a space",
        "character of a symbol font (U+F0FC) became ✓",
    ]


def test_a_place_of_one_line_has_no_breaks() -> None:
    assert clean_line(" left frontal\x0b(motor\N{SOFT HYPHEN} strip)\r\n ") == "left frontal (motor strip)"


@given(st.text(max_size=40))
def test_nothing_visible_is_lost_and_cleaning_again_changes_nothing(text: str) -> None:
    found = clean(text)
    kept = [letter for letter in text if unicodedata.category(letter)[0] in "LNPS"]
    visible = [letter for letter in kept if letter in found.text or unicodedata.name(letter, "").endswith("FILLER")]
    assert len(visible) == len(kept) or "\u2800" in text
    assert clean(found.text).text == found.text
