"""A sentence is not searched with a pattern that cannot fit in it, and with every one that can."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2board.capture.report.needed import letters_of, needed
from her2board.capture.report.rules import rules

_TIMES = ("", "", "", "?", "*", "+", "{0,2}", "{1,2}", "{2}", "*?", "{1,30}", "?+")
_OPENS = ("(?:", "(", "(?>", "(?=", "(?!", "(?<!\\w)(?:", "(?i:")
_LETTERS = st.text("abc", min_size=1, max_size=4) | st.sampled_from(
    ["\\d", "\\.", "[ab]", "[^a)|(]", ".", "\\w", " ", "-"]
)
_PATTERNS = st.recursive(
    st.tuples(_LETTERS, st.sampled_from(_TIMES)).map("".join),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.tuples(
            st.sampled_from(_OPENS),
            st.lists(inner | st.just(""), min_size=1, max_size=3).map("|".join),
            st.sampled_from([f"){times}" for times in _TIMES]),
        ).map("".join)
    ),
    max_leaves=12,
)


@given(_PATTERNS, st.text("abcC.- 1", max_size=12))
def test_a_text_in_which_a_pattern_fits_holds_what_it_needs(pattern: str, text: str) -> None:
    fits = re.search(pattern, text, re.DOTALL)
    asked = needed(pattern)
    assert not fits or not asked or asked & letters_of(fits[0])


@pytest.mark.parametrize(
    ("pattern", "asked"),
    [
        ("tumou?r", {"tumo"}),
        ("(?:ecog|ps) (?P<value>[0-4])", {"ecog", "ps"}),
        ("(?:left |right )?frontal", {"fron"}),
        ("(?:left|right){1,2} (?=lobe)", {"left", "righ"}),
        ("[ab]{3,300}", set()),
        ("mri|", set()),
        ("(?i)mri", set()),
        ("(?i:mri) head", {"head"}),
        (r"\(ecog\)|a\.b", {"(eco", "a.b"}),
        ("(?P<a>ct)x+(?P=a)", {"ct"}),
    ],
)
def test_the_letters_that_a_pattern_needs(pattern: str, asked: set[str]) -> None:
    assert needed(pattern) == asked


def test_few_rules_are_searched_in_a_sentence_of_something_else() -> None:
    held = letters_of("We had a nice walk by the sea, and then a cup of tea.")
    searched = [rule.id for rule in rules() if not needed(rule.pattern) or needed(rule.pattern) & held]
    assert len(searched) < len(rules()) / 4, searched
