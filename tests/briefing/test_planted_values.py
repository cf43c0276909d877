"""Nothing that is recorded vanishes: it is on the page, in the annex, or named where the page is exported.

The values are planted by the published schema and looked for in the text of the printed PDF.
"""

from collections.abc import Callable
from functools import cache

import pytest
from support.pages import AS_OF, pages_of, release
from support.planted import Plant, planted_absences, planted_values, with_other
from support.releases import frozen

from her2board.assessment.assess import assess
from her2board.assessment.model import Assessment
from her2board.briefing.account import Placed, account, named, not_shown
from her2board.briefing.annex_case import case_blocks, open_blocks
from her2board.briefing.annex_choice import AnnexChoice
from her2board.briefing.model import Run, Shortening, runs
from her2board.case.model import Case
from her2board.case.recorded import Recorded, recorded
from her2board.cli.pages import PageRequest, make_page

Planted = tuple[Case, tuple[Plant, ...]]
PLANTED = {"values": planted_values, "absences": planted_absences}
both = pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)


@cache
def printed(planted: Callable[[], Planted], annex: AnnexChoice) -> tuple[str, Placed]:
    """Return the text of the PDF without spaces, and where the account says that the values are.

    The full annex is that of the small release: the case is in it as in the short one, the rest is evidence.
    """
    found: list[Placed] = []
    library = frozen() if annex == "full" else release()
    request = PageRequest(case=planted()[0], library=library, day=AS_OF, annex=annex, identified=True)
    data = make_page(request, lambda _sheet, _shown, where: found.append(where))
    return "".join("".join(pages_of(data)).split()), found[0]


def missing(plants: tuple[Plant, ...], text: str) -> set[str]:
    return {plant.path for plant in plants if plant.words and "".join(plant.words.split()) not in text}


def distinct(plants: tuple[Plant, ...]) -> set[str]:
    return {plant.path for plant in plants if plant.words}


@pytest.mark.parametrize("annex", ["short", "full"])
@both
def test_every_value_is_on_the_page_or_in_the_annex(planted: Callable[[], Planted], annex: AnnexChoice) -> None:
    text, where = printed(planted, annex)
    plants = planted()[1]
    assert len(distinct(plants)) > 100
    assert missing(plants, text) == set()
    assert where.left == ()


@both
def test_the_account_counts_what_is_on_the_page_and_what_in_the_annex(planted: Callable[[], Planted]) -> None:
    _, alone = printed(planted, "none")
    _, where = printed(planted, "short")
    every = len(tuple(recorded(planted()[0])))
    assert (where.on_page, where.in_annex) == (every - len(alone.left), len(alone.left))
    words = account(where, (), "short")
    assert words == f"{where.on_page} recorded values on the page, {where.in_annex} in the annex"


@both
def test_the_account_names_exactly_what_is_not_on_the_page(planted: Callable[[], Planted]) -> None:
    text, where = printed(planted, "none")
    left = where.left
    plants = planted()[1]
    lost = missing(plants, text)
    assert lost
    said = {value.path for value in left} & distinct(plants)
    assert lost <= said
    open_ = "".join(ask.detail for ask in assess(planted()[0], release(), AS_OF).ask_next)
    only_asked = [plant.words for plant in plants if plant.words and plant.path in said - lost]
    assert [words for words in only_asked if words not in open_] == []


@cache
def of_values() -> Assessment:
    return assess(planted_values()[0], release(), AS_OF)


def case_in_annex(case: Case) -> str:
    blocks = (*open_blocks(of_values(), case), *case_blocks(of_values(), release(), case))
    return "\n".join(run.text for run in runs(blocks))


@both
def test_no_two_answers_read_the_same_in_the_annex(planted: Callable[[], Planted]) -> None:
    case, plants = planted()
    answers = [plant for plant in plants if plant.words is None]
    assert len(answers) > 50
    before = case_in_annex(case)
    assert [plant.path for plant in answers if case_in_annex(with_other(case, plant)) == before] == []


def test_name_and_record_number_are_neither_printed_nor_named_where_they_were_not_asked_for() -> None:
    case, plants = planted_values()
    left: list[Recorded] = []
    request = PageRequest(case=case, library=frozen(), day=AS_OF, annex="full")
    data = make_page(request, lambda _sheet, _shown, where: left.extend(where.left))
    text = "".join("".join(pages_of(data)).split())
    identifying = {plant.path for plant in plants if plant.path.startswith("identity.")}
    assert identifying
    assert identifying <= missing(plants, text)
    assert not [value for value in left if value.path in identifying]


def of(path: str, *words: Run) -> list[str]:
    return [value.path for value in not_shown(planted_values()[0], words, release()) if value.path == path]


def test_words_of_another_field_and_a_number_inside_another_say_nothing_of_a_field() -> None:
    case, path = planted_values()[0], "organs.lvef_percent"
    value = f"{case.organs.lvef_percent}"
    assert of(path, Run(f"LVEF {value} %", origin=(f"case:{path}",))) == []
    assert of(path, Run(f"LVEF {value} %", origin=("case:organs.lvef_date",))) == [path]
    assert of(path, Run(f"LVEF 1{value} %", origin=(f"case:{path}",))) == [path]
    assert of(path, Run(f"LVEF {value}1 %", origin=(f"case:{path}",))) == [path]


def test_a_text_whose_end_was_cut_is_named() -> None:
    case, path = planted_values()[0], "meeting.question"
    assert case.meeting.question
    assert of(path, Run(case.meeting.question, origin=(f"case:{path}",))) == []
    assert of(path, Run(case.meeting.question[:-1], left_out=1, origin=(f"case:{path}",))) == [path]


def test_the_account_is_one_line_with_the_columns_of_an_entry_together() -> None:
    left = not_shown(planted_values()[0], (), release())
    lesion = [value for value in left if value.path.startswith("brain.lesions[0].") or value.path == "patient.sex"]
    assert list(named(lesion)) == ["Lesions one by one, entry 1 (site)", "Sex"]
    shortened = (Shortening("texts", 90, "texts after 90 characters"),)
    words = "Lesions one by one, entry 1 (site); Sex"
    lost = Placed(0, 0, tuple(lesion))
    assert account(lost, shortened, "none") == f"not on the page: {words}; shortened to fit in 1 place"
    assert account(lost, (), "full").endswith(f"; not on the page or in the annex: {words}")
    assert account(Placed(5, 0, ()), (), "none") == ""
