"""What a board asks of a complete case: each question answered in the zone where a reader looks for it."""

import pytest
from support.complete import COMPLETE, complete
from support.pages import Made
from test_pdf_questions import zone

from her2board.assessment.paper import Paper
from her2board.briefing.zones.options import OptionZone
from her2board.evidence.terms import PauseGroup
from her2board.pdf.styles import LEADING

_BRAIN, _PATIENT, _TUMOUR = "Brain", "Patient", "Tumour and treatment"
_PAUSE, _OPTIONS, _MISSING = "Before whole-brain", "Systemic options", "Still missing"
_OF_ALL = {
    "who was heard": (_PAUSE, "disciplines heard"),
    "what trials of whole-brain radiation showed": (_PAUSE, "no survival gain"),
    "what its trials do not say": (_PAUSE, "not run in HER2-positive disease on CNS-active drugs"),
    "what a wait needs": (_PAUSE, "MRI at 8–12 weeks"),
    "heart and lung": (_PATIENT, "LVEF 60 %, 10 Nov 2026, no earlier ILD"),
    "performance": (_PATIENT, "ECOG 1"),
    "what is still open": (_MISSING, "No required field is open."),
    "what the patient refuses": (_PATIENT, "declines none"),
}
_BY_CASE: dict[str, dict[str, tuple[str, str]]] = {
    "thp-then-brain": {
        "status": (_BRAIN, "CNS status untreated"),
        "earlier radiation": (_BRAIN, "Local therapy none so far"),
        "HER2": (_TUMOUR, "HER2 positive (liver biopsy, IHC 3+, 10 Feb 2025)"),
        "what was given last": (_TUMOUR, "trastuzumab + pertuzumab (maintenance"),
        "outside the brain": (_PATIENT, "controlled, liver, bone"),
        "nearest evidence": (_OPTIONS, "DESTINY-Breast12, active untreated"),
    },
    "t-dxd-then-progression": {
        "status": (_BRAIN, "CNS status progressing and untreated"),
        "earlier radiation": (_BRAIN, "radiosurgery, right frontal, 20 Gy in 1, 25 Mar 2025"),
        "what was irradiated may be again": (_PAUSE, "Repeat radiosurgery"),
        "which warning that carries": (_PAUSE, "ADC given before"),
        "why no resection": (_PAUSE, "Surgery (no mass effect)"),
        "HER2": (_TUMOUR, "HER2 positive (liver biopsy, IHC 3+"),
        "what was given last": (_TUMOUR, "T-DXd (metastatic"),
        "outside the brain": (_PATIENT, "progressing, liver, bone"),
        "what is used up": (_OPTIONS, "Already used: T-DXd"),
        "nearest evidence": (_OPTIONS, "HER2CLIMB, active (n 118 v 56, subgroup)"),
    },
    "tucatinib-then-progression": {
        "status": (_BRAIN, "CNS status progressing and stable"),
        "earlier radiation": (_BRAIN, "radiosurgery, four lesions, 20 Gy in 1, 3 Jun 2025"),
        "HER2": (_TUMOUR, "IHC 2+, ISH positive"),
        "outside the brain": (_PATIENT, "progressing, liver, bone"),
        "nearest evidence": (_OPTIONS, "TUXEDO-1, intention to treat (n 15)"),
        "what is used up": (_OPTIONS, "Already used: Tucatinib/trastuzumab/capecitabine"),
    },
    "leptomeningeal-with-brain": {
        "what is urgent": ("Named first", "Symptoms recorded: local therapy first"),
        "what a wait needs": (_PAUSE, "If it waits: local therapy first"),
        "status": (_BRAIN, "Leptomeninges confirmed"),
        "which pathway": (_PAUSE, "LMD: focal radiotherapy"),
        "nearest evidence": (_OPTIONS, "TBCRC 049, leptomeningeal"),
    },
    "leptomeningeal-without-brain": {
        "what is urgent": ("Named first", "Symptoms recorded: local therapy first"),
        "what a wait needs": (_PAUSE, "If it waits: local therapy first"),
        "status": (_BRAIN, "CNS status no brain metastases"),
        "which pathway": (_PAUSE, "Leptomeningeal disease, no brain metastases"),
        "nearest evidence": (_OPTIONS, "DEBBRAH, cohort 5 (n 7)"),
    },
    "her2-low-in-the-brain": {
        "HER2 in the brain": (_TUMOUR, "HER2 low (brain metastasis, IHC 1+, 12 Nov 2026)"),
        "earlier local therapy": (_BRAIN, "surgery, right frontal, 12 Nov 2026"),
        "why so few drugs": (_OPTIONS, "(HER2 low)"),
    },
    "pregnant": {
        "what is named first": ("Named first", "Pregnant."),
        "earlier radiation": (_BRAIN, "Local therapy none so far"),
        "who is asked about the child": (_PAUSE, "Obstetrics"),
        "what warns of a drug": (_OPTIONS, "Caution: pregnancy"),
    },
}


@pytest.mark.parametrize("name", _BY_CASE)
def test_a_board_finds_its_answers_in_the_zones_of_a_complete_case(name: str) -> None:
    made = complete(name)
    questions = {**_OF_ALL, **_BY_CASE[name]}
    zones = {title: zone(made, title) for title, _ in questions.values()}
    assert {ask: zones[title] for ask, (title, answer) in questions.items() if answer not in zones[title]} == {}
    _every_row_has_evidence(made)
    _every_choice_has_an_answer(made, zones[_PAUSE])


def _every_row_has_evidence(made: Made) -> None:
    rows = made.shown.get(OptionZone).rows
    assert len(rows) >= min(4, len(made.briefing.get(OptionZone).rows))
    bare = [row for row in rows if not any(run.refs for run in row.cohort)]
    assert {"".join(run.text for run in row.cohort) for row in bare} <= {
        "No cohort, and no statement that applies here."
    }
    assert len(bare) < len(rows)


def _every_choice_has_an_answer(made: Made, text: str) -> None:
    """A choice has a row or is named, under its own name, its short one or that of its family."""
    families = {choice.id: choice.family for choice in made.library.pause.alternatives}
    for item in made.assessment.pause.of(PauseGroup.ALTERNATIVE):
        option = made.library.options_by_id[item.option or ""]
        assert any(name in text for name in (item.label, option.brief, families[item.id]) if name), item.label


def test_an_answer_of_another_case_is_missed() -> None:
    answer = _BY_CASE["pregnant"]["who is asked about the child"][1]
    assert answer not in zone(complete("thp-then-brain"), _PAUSE)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_no_tall_empty_box_for_the_decision_is_beside_folded_options(paper: Paper) -> None:
    """Nothing is missing in a complete case: the box has what is recorded, a line to write on, and a signature."""
    tall = {}
    for name in COMPLETE:
        made = complete(name, paper)
        [owner] = [mark.y for mark in made.sheet.texts if mark.text == "Owner"]
        title = next(heading.y for heading in made.sheet.headings if heading.title == "Decision")
        if made.shown.shortened and owner - title > 6 * LEADING:
            tall[name] = owner - title
    assert tall == {}
