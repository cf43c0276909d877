"""Cases that do not fit, and texts that want to be something else: one page, and every cut counted."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from support.pages import PAPERS, Made, make, overlapping, text_of
from support.zones import points_to_check

from her2board.assessment.paper import Paper
from her2board.briefing.zones.missing import MissingZone
from her2board.case.model import Case

QUESTION = " ".join(f"sentence{n:04d}" for n in range(400))[:4000]
PERSON = "Dr Wilhelmina Featherstonehaugh-Cholmondeley"
NAME = "Professor Wilhelmina Featherstonehaugh-Cholmondeley of the Interdisciplinary Neuro-Oncology Service "
PEOPLE = ("consultant", "call_back", "preparer", "place")
DISCIPLINES = (
    "medical_oncology",
    "radiation_oncology",
    "neurosurgery",
    "neuroradiology",
    "palliative_care",
    "neuro_oncology",
)


def crowd(body: dict[str, Any]) -> None:
    """Fill the case with 60 lines, 40 lesions, a question of 4,000 characters and long names."""
    names = dict.fromkeys(PEOPLE, PERSON)
    body["meeting"] = {"date": "2026-11-26", "question": QUESTION, "new_since": QUESTION[::-1], **names}
    body["brain"]["lesion_count"] = {"low": 40, "high": 40}
    body["brain"]["lesions"] = {
        "completeness": "complete",
        "items": [
            {"site": f"gyrus {n}", "diameter_mm": 4.0 + n / 4, "state": "untreated", "note": "n" * 300}
            for n in range(40)
        ],
    }
    body["brain"]["largest_mm"] = 13.75
    body["brain"]["sites"] = [f"region {n}" for n in range(40)]
    body["systemic"]["lines"] = {
        "completeness": "complete",
        "items": [
            {
                "drugs": [f"invented drug {n}", "capecitabine"],
                "setting": "metastatic",
                "start": f"{2006 + n // 3}-{1 + 4 * (n % 3):02d}",
                "stop": f"{2006 + n // 3}-{4 + 4 * (n % 3):02d}",
                "reason_stopped": "progression",
            }
            for n in range(60)
        ],
    }
    body["patient"].update(goals=QUESTION, declines=["d" * 300] * 5, comorbidity=["c" * 300] * 10)
    body["board"]["disciplines"] = [
        {"discipline": name, "status": "heard", "day": "2026-11-20", "by": "Dr A", "view": "seen " * 60}
        for name in DISCIPLINES
    ]


@pytest.fixture(params=["a4", "letter"], scope="module")
def crowded(request: pytest.FixtureRequest, changed: Callable[..., Case]) -> Made:
    paper: Paper = request.param
    return make(changed("cr18-untreated-asymptomatic", crowd), paper)


def number_after(pattern: str, text: str) -> list[int]:
    return [int(found) for found in re.findall(pattern, text)]


def test_a_crowded_case_still_gives_one_page(crowded: Made) -> None:
    assert crowded.data.count(b"/Type /Page\n") + crowded.data.count(b"/Type /Page ") == 1


@pytest.mark.parametrize("paper", PAPERS)
def test_names_as_long_as_a_case_allows_still_give_one_page(paper: Paper, changed: Callable[..., Case]) -> None:
    def change(body: dict[str, Any]) -> None:
        crowd(body)
        body["meeting"].update(dict.fromkeys(PEOPLE, (NAME * 4)[:300]))
        for said in body["board"]["disciplines"]:
            said["by"] = (NAME * 4)[:300]

    page = make(changed("cr18-untreated-asymptomatic", change), paper)
    assert "characters)" in text_of(page.data).partition("Question.")[0]


def test_on_a_crowded_page_nothing_overlaps_or_leaves_the_margins(crowded: Made) -> None:
    assert not overlapping(crowded.sheet.texts)
    room = crowded.geometry
    assert min(mark.size for mark in crowded.sheet.texts) >= 8.0
    assert max(mark.x + mark.width for mark in crowded.sheet.texts) <= room.right + 0.4
    assert max(mark.y for mark in crowded.sheet.texts) <= room.floor


def test_a_crowded_page_says_that_it_was_shortened_and_how(crowded: Made) -> None:
    assert "Shortened: " in text_of(crowded.data)


def test_a_cut_question_says_how_many_characters_are_left(crowded: Made) -> None:
    text = text_of(crowded.data)
    shown = re.search(r"Question\. (.*?)\N{HORIZONTAL ELLIPSIS} \(\+(\d+) characters\)", text)
    assert shown is not None
    assert QUESTION.startswith(shown[1])
    assert len(shown[1]) + int(shown[2]) == len(QUESTION)


def test_treatments_left_out_are_counted(crowded: Made) -> None:
    text = text_of(crowded.data)
    zone = text[text.index("Tumour and treatment") : text.index("To check in this case.")]
    shown = len(set(re.findall(r"invented drug \d+", zone)))
    (left,) = number_after(r"\+(\d+) earlier treatments? in the annex", text)
    assert shown + left == 60
    assert "invented drug 59" in zone


def test_a_recorded_date_is_never_called_not_recorded(crowded: Made) -> None:
    text = text_of(crowded.data)
    zone = text[text.index("Tumour and treatment") : text.index("To check in this case.")]
    assert "dates not recorded" not in zone


def test_a_line_keeps_its_number_when_earlier_ones_are_left_out(crowded: Made) -> None:
    assert "60 invented drug 59" in text_of(crowded.data)


def test_things_to_ask_that_do_not_fit_are_counted(crowded: Made) -> None:
    text = text_of(crowded.data)
    asks = text[text.index("Still missing") :]
    zone = crowded.shown.get(MissingZone)
    assert zone.left_out in number_after(r"\+(\d+) in the annex", asks)
    assert sum(zone.asked[: zone.most_rows]) + zone.left_out == len(crowded.assessment.ask_next)


def test_points_to_check_that_do_not_fit_are_counted(crowded: Made) -> None:
    text = text_of(crowded.data)
    part = text[text.index("To check in this case.") : text.index("Before whole-brain radiation")]
    (left,) = number_after(r"\+(\d+) more in the annex", part)
    assert left + len(points_to_check(crowded.shown)) == len(points_to_check(crowded.briefing))


def test_every_option_stays_on_a_crowded_page_with_its_standing(crowded: Made) -> None:
    text = text_of(crowded.data)
    zone = text[text.index("Before whole-brain") : text.index("Still missing")].lower()
    for option in crowded.assessment.options:
        if option.kind.zone == "options":
            brief = option.option.brief or option.option.name
            assert option.option.name.lower() in zone or brief.lower() in zone


def test_every_alternative_and_discipline_stays_on_a_crowded_page(crowded: Made) -> None:
    text = text_of(crowded.data)
    families = {choice.name: choice.family for choice in crowded.library.pause.alternatives}
    for item in crowded.assessment.pause.of("alternative"):
        short = crowded.library.options_by_id[item.option].brief or item.label
        assert any(name in text for name in (item.label, short, families[item.label] or short))
    for item in crowded.assessment.pause.of("discipline"):
        assert item.label in text


def test_the_longest_case_code_keeps_the_header_inside_the_margins(changed: Callable[..., Case]) -> None:
    def change(body: dict[str, Any]) -> None:
        body["code"] = "W" * 40

    page = make(changed("cr03-almost-empty", change))
    assert max(mark.x + mark.width for mark in page.sheet.texts) <= page.geometry.right + 0.4


def test_markup_in_a_text_is_printed_as_it_was_typed(changed: Callable[..., Case]) -> None:
    typed = "<b>bold</b> &amp; <br/> 3 < 4 & 5 > 4 </para>"

    def change(body: dict[str, Any]) -> None:
        body["meeting"]["question"] = typed
        body["patient"]["goals"] = "goal: " + typed

    text = text_of(make(changed("cr03-almost-empty", change)).data)
    assert f"Question. {typed}" in text
    assert f"goal: {typed}" in text


def test_brackets_and_backslashes_of_the_page_language_are_printed_as_typed(changed: Callable[..., Case]) -> None:
    typed = r"(left) \050 %comment << /Type >> endstream [1] \\"

    def change(body: dict[str, Any]) -> None:
        body["meeting"]["question"] = typed

    assert typed in text_of(make(changed("cr03-almost-empty", change)).data)


def test_line_breaks_and_tabs_in_a_text_become_spaces(changed: Callable[..., Case]) -> None:
    def change(body: dict[str, Any]) -> None:
        body["meeting"]["question"] = "first\r\n\r\nsecond\tthird"

    assert re.search(r"Question\. first +second third", text_of(make(changed("cr03-almost-empty", change)).data))


def test_a_word_wider_than_the_page_is_broken_and_loses_nothing(changed: Callable[..., Case]) -> None:
    word = "".join(chr(ord("a") + n % 26) for n in range(250))

    def change(body: dict[str, Any]) -> None:
        body["meeting"]["question"] = word

    page = make(changed("cr03-almost-empty", change))
    assert word in re.sub(r"\s", "", text_of(page.data))
    assert not overlapping(page.sheet.texts)


def test_greek_polish_and_signs_of_the_font_are_drawn(changed: Callable[..., Case]) -> None:
    typed = "≥ 3 mm, β, Łódź, µg, ½, →, 5 × 5, ≤ 2, “quoted”"

    def change(body: dict[str, Any]) -> None:
        body["meeting"]["question"] = typed

    assert f"Question. {typed}" in text_of(make(changed("cr03-almost-empty", change)).data)
