"""A page with recorded urgency: the band on top, and not a word that delays."""

import re

import pytest
from support.pages import PAPERS, URGENT, example, release, text_of

from her2board.assessment.paper import Paper
from her2board.briefing.zones.alert import AlertZone

_DELAYING = (
    r"\bblock(s|ed|ing)?\b",
    r"\bdo not\b",
    r"\bmust\b",
    r"\bstop(s|ped)? (until|before)\b",
    r"if it waits",
    r"\bnot allowed\b",
    r"\bhold (off|until)\b",
    r"\bdefer(red|s)?\b",
    r"\bdelay(s|ed)?\b",
    r"still to be known",
)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_band_is_above_the_question_and_says_what_was_recorded(paper: Paper) -> None:
    page = example(URGENT, paper)
    ys = {heading.title: heading.y for heading in page.sheet.headings}
    assert ys["URGENT, as recorded"] < ys["Question for the board"] < ys["Brain"]
    text = text_of(page.data)
    band = text[text.index("URGENT, as recorded") : text.index("Question.")]
    assert "Mass effect or herniation" in band
    assert "Follow the local urgent pathway; local therapy first" in band
    assert "Nothing on this page is a reason to wait" in band


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("words", _DELAYING)
def test_nothing_on_an_urgent_page_holds_anything_up(paper: Paper, words: str) -> None:
    text = text_of(example(URGENT, paper).data)
    for choice in release().pause.alternatives:  # to name one is not to ask for it
        text = text.replace(choice.name, "")
    assert not re.search(words, text, re.IGNORECASE)


def test_the_search_for_delaying_words_finds_them_on_a_page_without_urgency() -> None:
    text = text_of(example("cr18-untreated-asymptomatic").data)
    assert re.search("if it waits", text, re.IGNORECASE)


def test_every_systemic_row_of_an_urgent_page_reads_as_context() -> None:
    page = example(URGENT)
    drugs = [option for option in page.assessment.options if option.kind in ("systemic", "intrathecal", "trial")]
    assert len(drugs) >= 8
    assert all(option.standing_words.startswith("context only, local pathway first") for option in drugs)


def test_what_is_missing_is_to_be_completed_afterwards() -> None:
    text = text_of(example(URGENT).data)
    assert "urgent: complete afterwards" in text


@pytest.mark.parametrize("stem", ["cr03-almost-empty", "b07-invented-complete"])
def test_no_band_is_drawn_where_nothing_is_urgent_or_named_first(stem: str) -> None:
    page = example(stem)
    assert "URGENT" not in text_of(page.data)
    assert page.briefing.find(AlertZone) is None
