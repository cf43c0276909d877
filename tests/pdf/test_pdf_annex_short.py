"""The short annex: four pages at most, nothing recorded left out of page and annex together, what is left out counted.

A few generated cases in every run; HER2BOARD_PAGES=10000 tries that many ('make soak').
"""

import os
import re
from collections.abc import Callable, Sequence

import pytest
from support.annexes import STEM, words_of
from support.generated import full_case, overfull_case, sweep
from support.pages import AS_OF, PAPERS, URGENT, Made, example, frozen, golden, make, overlapping

from her2board.assessment.paper import Paper
from her2board.briefing.account import not_shown, placed
from her2board.briefing.annex_pieces import Step
from her2board.briefing.annex_short import short_annex
from her2board.briefing.model import Run, runs
from her2board.case.model import Case
from her2board.case.recorded import recorded
from her2board.pdf.annex_short import MOST_PAGES, short_annex_sheets
from her2board.pdf.blocks import Sheet

_CASES = sweep(mixtures=int(os.environ.get("HER2BOARD_PAGES", "8")))
_LEAST = 8.0


def written(*sheets: Sheet) -> list[Run]:
    return [run for sheet in sheets for _, _, words in sheet.written for run in words]


def annex(made: Made) -> list[Sheet]:
    left = not_shown(made.case, written(made.sheet), made.library)
    return short_annex_sheets(made.case, made.assessment, made.library, made.geometry.paper, left)


def faults(made: Made, sheets: Sequence[Sheet]) -> list[str]:
    """Return everything wrong with a short annex."""
    left = not_shown(made.case, written(made.sheet), made.library)
    where = placed(made.case, left, written(*sheets), "short", made.library)
    found = [f"nowhere: {value.path}" for value in where.left]
    marks = [mark for sheet in sheets for mark in sheet.texts]
    room = made.geometry
    found += [f"outside: {mark.text}" for mark in marks if mark.x + mark.width > room.right + 0.4]
    found += [f"below: {mark.text}" for mark in marks if mark.y > room.floor or mark.x < room.left - 0.4]
    found += [f"small: {mark.text}" for mark in marks if mark.size < _LEAST]
    found += [words for sheet in sheets for words in overlapping(sheet.texts)]
    if len(sheets) > MOST_PAGES and not only_recorded(made, sheets):
        found.append(f"{len(sheets)} pages")
    return found


def only_recorded(made: Made, sheets: Sequence[Sheet]) -> bool:
    """Return whether nothing is left that could be left out: what was recorded alone takes the room."""
    whole = short_annex(made.case, made.assessment, made.library, tuple(recorded(made.case)))
    kept = {run.text for block in whole.without(len(whole.order)) for run in runs(block.words)}
    titles = [heading.title for sheet in sheets for heading in sheet.headings]
    return "Choices before whole-brain radiation" not in titles and len(kept) > 100


@pytest.mark.parametrize("name", _CASES)
def test_a_generated_case_has_four_pages_at_most_and_every_value_on_them_or_on_its_page(name: str) -> None:
    paper = PAPERS[len(name) % 2]
    made = make(_CASES[name](), paper, AS_OF, read=frozen)
    assert faults(made, annex(made)) == []


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("stem", [STEM, URGENT])
def test_an_example_has_four_pages_at_most_on_the_shipped_release(stem: str, paper: Paper) -> None:
    made = example(stem, paper)
    sheets = annex(made)
    assert len(sheets) <= MOST_PAGES
    assert faults(made, sheets) == []


@pytest.mark.parametrize("maker", [full_case, overfull_case])
def test_a_long_text_is_never_cut_whatever_else_has_to_go(maker: Callable[[], Case]) -> None:
    made = make(maker(), "letter", AS_OF, read=frozen)
    text = re.sub(r"\s+", "", words_of((made.sheet, *annex(made))))
    assert made.case.board.dissent
    assert re.sub(r"\s+", "", made.case.board.dissent) in text


def test_what_is_left_out_goes_in_the_declared_order_and_is_counted_in_the_last_line() -> None:
    made = golden(STEM)
    whole = short_annex(made.case, made.assessment, made.library, ())
    assert "Nothing was left out here" in whole.without(0)[-1].words[0].text
    steps = [goes for goes, _ in sorted((step, step.name) for step in Step) if goes is not Step.STAYS]
    assert steps[0] is Step.STATEMENTS_OF_OTHER_CHOICES
    before, lines = len(whole.order), []
    for count in range(0, before, 25):
        blocks = whole.without(count)
        lines.append(sum(len(run.text) for block in blocks[:-1] for run in runs(block.words)))
    assert lines == sorted(lines, reverse=True), "with more left out it is never longer"
    last = whole.without(before)[-1].words[0].text
    assert re.match(r"Left out here for room, and in the full annex: .*statements \(\d+\)", last)


def test_it_begins_with_contradictions_and_what_is_outstanding_and_ends_with_references_and_the_count() -> None:
    titles = [heading.title for sheet in annex(example(STEM)) for heading in sheet.headings]
    assert titles == [
        "Short annex to case B-07",
        "Outstanding",
        "Recorded, and not in full on the page",
        "Drugs, frailty, cognition, social",
        "Facts, with dates and freshness",
        "Choices before whole-brain radiation",
        "Options",
        "The nearest cohort of each option",
        "References cited here",
    ]


def test_every_reference_it_cites_is_in_its_list_and_no_other() -> None:
    sheets = annex(example(STEM))
    cited = {link.target for sheet in sheets for link in sheet.links if link.target.startswith("#")}
    places = {f"#{place}" for sheet in sheets for place in sheet.places}
    assert len(cited) > 20
    assert cited == places


def test_the_nearest_cohort_names_what_differs_with_its_reason() -> None:
    made = example(STEM)
    text = words_of(annex(made))
    nearest = {made.assessment.cohort(option.cohorts[0]).id for option in made.assessment.options if option.cohorts}
    for id_ in nearest:
        result = made.assessment.cohort(id_)
        for finding in result.findings:
            if finding.truth is finding.truth.NOT_MET:
                assert re.sub(r"\s+", " ", finding.criterion) in text
                assert re.sub(r"\s+", " ", finding.reason) in text


def test_what_is_not_recorded_of_drugs_and_allergies_is_said() -> None:
    text = words_of(annex(example(STEM)))
    assert "not recorded: allergies, current drugs" in text
    assert "Work or driving needs: teacher" in text
