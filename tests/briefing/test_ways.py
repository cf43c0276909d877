"""Every word of a page that comes from somewhere leads there; some generated pages in every run, 100 in a long one."""

import os
import re

import pytest
from support.generated import AS_OF, sweep
from support.pages import EXAMPLES, FOLDER
from support.releases import release

from her2board.briefing.cards.lookup import Cards
from her2board.briefing.cards.ways import Ways
from her2board.briefing.page_map import PageMap
from her2board.case.fields import field_by_path, field_path
from her2board.case.model import Case
from her2board.case.storage import load
from her2board.cli.pages import PageRequest, make_mapped_page

_GENERATED = sweep(mixtures=max(int(os.environ.get("HER2BOARD_PAGES", "0")) // 100, 2))
_CARDS = Cards(release())
_WAYS = Ways(release())


def page_of(case: Case) -> PageMap:
    return make_mapped_page(PageRequest(case=case, library=release(), day=AS_OF)).map


def example(name: str) -> PageMap:
    return page_of(load(FOLDER / f"{name}.her2case"))


def lost(page: PageMap) -> list[str]:
    """Return the words that lead nowhere though they come from somewhere, or to what is not there."""
    found = []
    for run in page.runs or ("no page",):
        ways = _WAYS.of(run, page)
        if run.leads and not ways:
            found.append(f"{run.text}: {run.addresses}")
        for way in ways:
            there = _CARDS.of(way.place) if way.kind == "card" else field_by_path().get(field_path(way.place))
            if there is None or not way.words:
                found.append(f"{run.text}: {way}")
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_word_leads_to_a_field_of_the_form_or_to_a_card_that_exists(name: str) -> None:
    assert lost(example(name)) == []


@pytest.mark.parametrize("name", _GENERATED)
def test_so_does_every_word_of_a_generated_page(name: str) -> None:
    assert lost(page_of(_GENERATED[name]())) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_behind_every_figure_of_a_trial_are_the_words_the_place_and_the_year_it_was_read(name: str) -> None:
    page = example(name)
    figures = [run for run in page.runs if run.addresses[0].kind == "value" and re.search(r"\d", run.text)]
    assert figures
    for run in figures:
        card = _CARDS.of(_WAYS.of(run, page)[0].place)
        assert card is not None
        words = card.plain()
        read = [line for part in card.parts for line in part.lines if line.label == "Read in" or line.source]
        assert read, words
        assert re.search(r"\b(19|20)\d\d\b|year not read", words), words


def test_a_label_leads_where_the_value_beside_it_does() -> None:
    page = example("b07-invented-complete")
    label = next(run for run in page.runs if run.text == "Lesions")
    assert _WAYS.of(label, page)[0].place == "brain.lesion_count"


def test_words_that_say_a_fact_is_not_recorded_lead_to_asking_for_it() -> None:
    page = example("cr31-herniation")
    gap = next(run for run in page.runs if run.gap)
    asked, field, *_ = _WAYS.of(gap, page)
    assert (asked.kind, field.kind) == ("ask", "field")
    assert asked.place == field.place
