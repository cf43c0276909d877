"""Every number on the pages of the example cases comes from the case, from a cited record, or from a count.

The pages are those of the shipped release; planted numbers are looked for on the pages of the frozen one, whose words
are known.
"""

import re
from functools import cache

import pytest
from msgspec.structs import replace
from support.pages import EXAMPLES, example, golden, text_of
from support.tracing import Trace

from her2board.briefing.formats import lower
from her2board.briefing.model import Run
from her2board.briefing.zones.options import OptionZone
from her2board.briefing.zones.pause import PauseZone
from her2board.briefing.zones.question import QuestionZone
from her2board.pdf.render import render_page

every_page = pytest.mark.parametrize("stem", EXAMPLES)


@cache
def trace(stem: str) -> Trace:
    return Trace(example(stem))


@cache
def frozen_trace(stem: str) -> Trace:
    return Trace(golden(stem))


def text(stem: str) -> str:
    return text_of(example(stem).data)


@every_page
def test_every_number_of_the_page_comes_from_the_case_or_from_a_cited_record(stem: str) -> None:
    assert not [str(stray) for stray in trace(stem).strays()]


@every_page
def test_the_page_holds_enough_numbers_for_the_search_to_mean_something(stem: str) -> None:
    assert len(trace(stem).numerals()) > 60


@every_page
def test_a_number_changed_by_one_is_noticed_almost_everywhere(stem: str) -> None:
    """Not everywhere: the day after a date, or the next year of an author, can be another true entry."""
    found, words = trace(stem), trace(stem).page.words
    places = found.numerals()
    noticed = 0
    for place in places:
        changed = re.sub(r"\d+", lambda n: str(int(n[0]) + 1).zfill(len(n[0])), words[place], count=1)
        noticed += not found.traced((*words[:place], changed, *words[place + 1 :]), place, on_axis=False)
    assert noticed >= 0.95 * len(places)


@pytest.mark.parametrize(
    ("stem", "true", "planted"),
    [
        ("cr18-untreated-asymptomatic", "CNS response 82.6 %", "CNS response 83.6 %"),
        ("cr18-untreated-asymptomatic", "19/23", "19/24"),
        ("cr18-untreated-asymptomatic", "largest 16 mm", "largest 16 cm"),
        ("cr18-untreated-asymptomatic", "(n 39)", "(n 93)"),
        ("cr18-untreated-asymptomatic", "7 met; open", "8 met; open"),
        ("cr18-untreated-asymptomatic", "0/4 disciplines heard", "1/4 disciplines heard"),
        ("cr18-untreated-asymptomatic", "Kocher 2011", "Kocher 2012"),
        ("cr31-herniation", "Age, performance 53", "Age, performance 35"),
        ("cr22-ihc2-fish-positive", "IHC 2+", "IHC 3+"),
        ("b07-invented-complete", "ext. 4410", "ext. 4411"),
    ],
)
def test_a_planted_number_is_noticed(stem: str, true: str, planted: str) -> None:
    before = text_of(golden(stem).data)
    assert true in before
    found = frozen_trace(stem)
    assert len(found.strays(before.replace(true, planted, 1))) > len(found.strays())


def test_a_number_planted_in_the_briefing_is_noticed_on_the_printed_page() -> None:
    made = golden("cr18-untreated-asymptomatic")
    question = made.briefing.get(QuestionZone)
    planted = made.briefing.replacing(replace(question, asked=(*question.asked, Run(" Response 57 % expected."))))
    found = frozen_trace("cr18-untreated-asymptomatic").strays(text_of(render_page(planted, made.library)))
    assert "57" in {stray.numeral for stray in found}


def test_a_reference_number_without_a_reference_is_noticed() -> None:
    cited = text_of(golden("cr18-untreated-asymptomatic").data)
    planted = cited.replace("[14]", "[41]", 1)
    assert planted != cited
    found = frozen_trace("cr18-untreated-asymptomatic").strays(planted)
    assert "41 in 'no such reference'" in map(str, found)


@every_page
def test_references_are_numbered_from_one_and_all_of_them_are_cited(stem: str) -> None:
    page = trace(stem).page
    assert list(page.references) == list(range(1, len(page.references) + 1))
    assert page.cited == set(page.references)


@every_page
def test_a_reference_number_leads_to_the_publication_its_words_rest_on(stem: str) -> None:
    made, page, printed = example(stem), trace(stem).page, text(stem).casefold()
    checked = 0
    for item in made.assessment.pause.items:
        if item.source is None or item.source.read_in == "program":
            continue
        short = made.library.references[item.source.ref].short
        words = "|".join(re.escape(lower(said).casefold()) for said in (item.brief, item.words) if said)
        found = re.findall(rf"(?:{words})(\N{{DAGGER}}?)\[([\d,]+)\]", printed)
        if found:
            checked += 1
            marks = [(mark != "", page.references[int(n)]) for mark, numbers in found for n in numbers.split(",")]
            assert (item.source.secondary, short) in marks, item.label
    full = bool(made.shown.get(PauseZone).if_chosen)
    assert checked >= (7 if full else 2)  # the fullest pages leave most of it to the annex


@every_page
def test_a_percentage_never_comes_without_its_number_of_patients(stem: str) -> None:
    made, printed = example(stem), text(stem)
    for row in made.shown.get(OptionZone).rows:
        outcome = "".join(run.text for run in row.outcome)
        if "%" in outcome.split("CI")[0].replace("95\N{NO-BREAK SPACE}%", ""):
            drawn = row.figure and row.figure.n.text in printed and re.search(r"n \d+", row.figure.n.text)
            counted = re.search(r"\d+/\d+|of \d+", outcome) or drawn
            beside = re.search(r"\(n\s(\d+|not read)", "".join(run.text for run in row.cohort))
            assert counted or beside, f"{row.name}: {outcome}"
            assert row.name in printed
