"""What a page says of itself: a draft or final, and that comparison is switched off."""

import dataclasses
from typing import Any

import pytest
from msgspec.structs import replace
from support.pages import AS_OF, FOLDER, example, release

from her2board.assessment.assess import assess
from her2board.assessment.clinic import Clinic, applied
from her2board.assessment.model import Assessment
from her2board.briefing.compose import compose
from her2board.briefing.model import Briefing
from her2board.briefing.outline import outline
from her2board.briefing.zones.header import HeaderZone
from her2board.briefing.zones.pause import PauseZone
from her2board.case.model import Case
from her2board.case.storage import load
from her2board.pdf.page import lay_out
from her2board.pdf.styles import Geometry

_STEM = "cr18-untreated-asymptomatic"


def case_called(status: str) -> Case:
    return load(FOLDER / f"{_STEM}.her2case").model_copy(update={"status": status})


def prepared(case: Case, **changes: Any) -> str:
    assessment = assess(case, release(), AS_OF)
    if changes:
        assessment = dataclasses.replace(assessment, readiness=replace(assessment.readiness, **changes))
    return "".join(run.text for run in compose(case, assessment, release()).get(HeaderZone).prepared)


@pytest.mark.parametrize(("status", "says"), [("draft", "DRAFT"), ("final", "DRAFT, although called final")])
def test_a_page_with_required_items_open_says_draft_whatever_it_was_called(status: str, says: str) -> None:
    assert prepared(case_called(status)) == f"as of 26 Nov 2026 \N{MIDDLE DOT} {says}"


def test_a_complete_page_is_final_once_somebody_says_so() -> None:
    assert "DRAFT" in prepared(case_called("draft"), outstanding=())
    words = prepared(case_called("final"), outstanding=())
    assert "final" in words
    assert "DRAFT" not in words


def switched_off() -> tuple[Briefing, Assessment]:
    library = applied(Clinic(matching=False), release(), "clinic")
    case = case_called("draft")
    assessment = assess(case, library, AS_OF)
    return compose(case, assessment, library), assessment


def test_with_comparison_off_the_page_says_so_where_options_would_stand() -> None:
    briefing, assessment = switched_off()
    assert not assessment.options
    library = applied(Clinic(matching=False), release(), "clinic")
    sheet, _ = lay_out(briefing, library, Geometry("a4"))
    marks = [mark for mark in sheet.texts if "comparison is switched off" in mark.text]
    (heading,) = [mark for mark in sheet.texts if mark.text.startswith("Systemic options")]
    assert len(marks) == 1
    assert abs(marks[0].y - heading.y) < 3
    assert heading.text == "Systemic options"
    parts = {part.title: part.lines for part in outline(briefing)}
    assert "comparison is switched off" in "".join(run.text for run in parts["Systemic options"][0].words)


def test_with_comparison_off_no_alternative_is_said_to_be_undecided_for_want_of_a_fact() -> None:
    briefing, _ = switched_off()
    rows = briefing.get(PauseZone).rows
    assert rows
    assert not any(row.here for row in rows)
    assert any(row.here for row in example(_STEM).briefing.get(PauseZone).rows)
