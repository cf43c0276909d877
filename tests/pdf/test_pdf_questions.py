"""Twenty questions a board asks: each answered at a fixed place, read from the printed page zone by zone."""

import re
from collections.abc import Callable

import pypdfium2
import pytest
from support.pages import PAPERS, Made, example, make
from support.zones import labelled_rows
from test_pdf_page import every_page

from her2board.assessment.paper import Paper
from her2board.case.model import Case

_BROKEN = "\ufffe"
_ABSENT = r"not recorded"
_ASKED = "b07-invented-complete"


def zone(made: Made, title: str) -> str:
    """Return the text printed in a zone: from its heading to the next one below, between its own edges."""
    headings = made.sheet.headings
    here = next(heading for heading in headings if heading.title.startswith(title))
    beside = [heading.x for heading in headings if heading.y == here.y and heading.x > here.x]
    below = [heading.y for heading in headings if heading.y > here.y]
    room = made.geometry
    left, right = max(here.x, room.left) - 1, (min(beside) - 1 if beside else room.right + 2)
    bottom = min(below) - 0.5 if below else room.height
    document = pypdfium2.PdfDocument(made.data)
    try:
        page = document[0]
        text = page.get_textpage().get_text_bounded(left, room.height - bottom, right, room.height - here.y + 1)
    finally:
        document.close()
    return re.sub(r"\s+", " ", text.replace(_BROKEN, "-")).strip()


def row(made: Made, title: str, label: str) -> str:
    """Return what follows a label of a zone, up to the next label."""
    shown = made.shown
    labels = [entry.label for entry in labelled_rows(shown)]
    text = zone(made, title)
    assert label in text, f"no row '{label}' in the zone '{title}'"
    after = text.partition(label)[2]
    ends = [after.find(f" {other} ") for other in labels if f" {other} " in after]
    return after[: min(ends)] if ends else after


QUESTIONS: dict[str, tuple[str, str, str]] = {
    "1 what is the receptor status": ("Tumour and treatment", "HER2", r"positive|negative|low|not recorded"),
    "2 how many metastases": ("Brain", "Lesions", r"^ ?(\d+|diffuse)|number of metastases"),
    "3 how large is the largest": ("Brain", "Lesions", r"largest \d|largest diameter"),
    "4 stable, untreated or progressing": ("Brain", "CNS status", r"stable|untreated|progressing"),
    "5 what was the last local therapy": ("Brain", "Local therapy", r"none so far|surgery|radio|brain"),
    "6 how many lines": (
        "Tumour and treatment",
        "",
        rf"\d( or more)? lines? of metastatic therapy|therapy: {_ABSENT}",
    ),
    "7 is the disease outside controlled": (
        "Patient",
        "Extracranial",
        r"controlled|progressing|absent|stable|nodes",
    ),
    "8 heart and lung": ("Patient", "Organs", r"LVEF|ILD"),
    "9 what does the patient want": ("Patient", "Patient's view", r"\w"),
    "10 who is missing": (
        "Before whole-brain",
        "disciplines heard",
        r"Medical oncology.* Neurosurgery\b.* Neuroradiology\b",
    ),
    "13 what guidelines say of a choice": ("Before whole-brain", "Guidelines, trials", r"\[\d+\]"),
    "14 what speaks for or against it here": ("Before whole-brain", "This case", r"Applies|Needs|Does not apply"),
    "15 what trials of whole-brain radiation showed": ("Before whole-brain", "WBRT trials:", r"no survival gain"),
    "16 when it is reasonable": ("Before whole-brain", "WBRT reasonable:", r"\w"),
    "17 the nearest cohort and its outcome": ("Systemic options", "Nearest cohort", r"\[\d+\]"),
    "18 what holds an option up": ("Systemic options", "Option", r"needs recording: |for discussion|context only"),
    "19 when it is discussed": ("Case ", "", r"Tumour board \d|Meeting date\b.* not recorded"),
    "20 what the case is about": ("Case ", "", r"HER2 (positive|low|negative|not recorded)"),
    "11 what is missing, of whom": ("Still missing", "Still missing", r"decides|required field"),
    "12 what is asked of the board": ("Question for the board", "Question.", r"\w"),
}


_FIELDS = {
    "Lesions": "number of metastases, largest diameter",
    "CNS status": "CNS disease status",
    "Local therapy": "earlier brain treatment",
    "Extracranial": "disease outside the brain",
    "Organs": "LVEF, ILD or pneumonitis ever",
    "Patient's view": "patient's view and goals",
}
"""Fields that one line names where nothing of their row is recorded."""


@every_page
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_standard_question_is_answered_at_its_place(stem: str, paper: Paper, question: str) -> None:
    made = example(stem, paper)
    title, label, answer = QUESTIONS[question]
    labels = [entry.label for entry in labelled_rows(made.shown)]
    if title in ("Brain", "Patient") and label not in labels:
        assert re.search(_FIELDS[label], row(made, title, "Not recorded")), f"{question}: not named as not recorded"
        return
    found = (
        row(made, title, label) if title in ("Brain", "Patient") else re.split(label, zone(made, title), maxsplit=1)[1]
    )
    if title in ("Brain", "Patient") and "Not recorded" in zone(made, title):
        found += row(made, title, "Not recorded")
    assert re.search(answer, found), f"{question}: '{found}'"


@pytest.mark.parametrize("paper", PAPERS)
def test_the_answers_of_a_complete_case_are_those_of_the_case(paper: Paper) -> None:
    made = example(_ASKED, paper)
    assert "HER2 positive (liver biopsy, IHC 3+, Mar 2024)" in zone(made, "Tumour and treatment")
    assert row(made, "Brain", "Lesions").strip().startswith("6, largest 14 mm, measurable")
    assert row(made, "Brain", "CNS status").strip() == "untreated"
    assert row(made, "Brain", "Local therapy").strip() == "none so far"
    assert "1 line of metastatic therapy" in zone(made, "Tumour and treatment")
    assert row(made, "Patient", "Extracranial").strip().startswith("controlled, liver, bone")
    assert row(made, "Patient", "Organs").strip().startswith("LVEF 61 %, Sep 2026, liver, renal, counts in range")
    assert "ILD or pneumonitis ever" in row(made, "Patient", "Not recorded")
    assert "Wants to keep teaching; fears memory loss" in row(made, "Patient", "Patient's view")
    pause = zone(made, "Before whole-brain")
    assert "2/4 disciplines heard" in pause
    assert "Neurosurgery not yet asked" in pause
    assert "WBRT proposed, 2/4 disciplines heard" in pause
    assert "Whole-brain radiotherapy is proposed for six untreated" in zone(made, "Question for the board")


def test_an_answer_in_another_zone_does_not_count() -> None:
    made = example(_ASKED)
    assert "disciplines heard" not in zone(made, "Brain")
    assert "LVEF" not in zone(made, "Brain")
    assert "largest 14 mm" not in zone(made, "Patient")


def test_the_last_local_therapy_keeps_kind_and_date_however_long_its_site(changed: Callable[..., Case]) -> None:
    def change(body: dict[str, object]) -> None:
        therapy = {"kind": "radiosurgery", "day": "2026-03-14", "dose_gy": 27.0, "fractions": 3, "site": "s" * 300}
        body["brain"]["local_therapies"] = {"completeness": "complete", "items": [therapy]}  # type: ignore[index]  # reason: JSON of a case

    made = make(changed("cr03-almost-empty", change))
    found = row(made, "Brain", "Local therapy")
    assert "radiosurgery" in found
    assert "27 Gy in 3, 14 Mar 2026" in found
