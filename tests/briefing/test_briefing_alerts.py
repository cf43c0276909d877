"""What decides or warns is named above the question, and again in the row it is about."""

import json
from functools import cache
from typing import Any

import pytest
from support.pages import AS_OF, FOLDER, make, release, text_of
from support.zones import alert_words, labelled_rows

from her2board.assessment.assess import assess
from her2board.briefing.compose import compose
from her2board.briefing.model import Briefing, runs
from her2board.briefing.zones.alert import AlertZone
from her2board.briefing.zones.checks import CheckZone
from her2board.briefing.zones.options import OptionZone
from her2board.briefing.zones.pause import PauseZone
from her2board.case.model import Case
from her2board.case.storage import load

_WHOLE_BRAIN = {"completeness": "complete", "items": [{"kind": "whole_brain", "day": "2025-03"}]}
ALERTS: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "pregnancy": ({"patient.menopause": None, "patient.pregnant": True}, "Pregnant", "Age, performance", "pregnant"),
    "earlier whole-brain radiation": (
        {"brain.local_therapies": _WHOLE_BRAIN},
        "Earlier radiotherapy: whole brain, Mar 2025",
        "Local therapy",
        "whole brain",
    ),
    "a large lesion": ({"brain.largest_mm": 62.0}, "Largest lesion: 62 mm", "Lesions", "largest 62 mm"),
    "LVEF": ({"organs.lvef_percent": 44.0}, "LVEF: 44 % (Sep 2026)", "Organs", "LVEF 44 %"),
    "ILD": (
        {"organs.ild_history": True, "organs.ild_grade": 2},
        "ILD or pneumonitis, highest grade: 2",
        "Organs",
        "earlier ILD, grade 2",
    ),
    "symptoms": (
        {"neurology.symptoms_present": True, "neurology.symptoms": ["aphasia"]},
        "Symptoms recorded: local therapy first (aphasia)",
        "Symptoms",
        "aphasia",
    ),
    "a contradiction": (
        {"brain.lesion_count": {"low": 0, "high": 0}},
        "Contradictory: number of metastases",
        "Lesions",
        " (contradictory)",
    ),
}


@cache
def _body() -> str:
    return load(FOLDER / "b07-invented-complete.her2case").model_dump_json()


def case(changes: dict[str, Any]) -> Case:
    """Return the complete case with other values."""
    body = json.loads(_body())
    for path, value in changes.items():
        section, name = path.split(".")
        body[section][name] = value
    return Case.model_validate_json(json.dumps(body))


def briefing(changes: dict[str, Any]) -> Briefing:
    changed = case(changes)
    return compose(changed, assess(changed, release(), AS_OF), release())


def band(found: Briefing) -> str:
    return "".join(run.text for run in alert_words(found))


@pytest.mark.parametrize("name", ALERTS)
def test_what_decides_is_named_first_and_bold_in_its_row(name: str) -> None:
    changes, first, label, bold = ALERTS[name]
    found = briefing(changes)
    assert first in band(found)
    row = next(row for row in labelled_rows(found) if row.label == label)
    assert bold in [run.text for run in row.words if run.style == "bold"]


def test_a_recorded_sign_is_urgent_and_says_so_in_the_bar_below() -> None:
    found = briefing({"urgency.mass_effect": True})
    assert found.get(AlertZone).urgent
    assert band(found).startswith("Mass effect or herniation")
    assert "urgent: complete afterwards" in "".join(run.text for run in found.get(PauseZone).status)


def test_old_imaging_is_named_first_and_among_the_points_to_check() -> None:
    found = briefing({"brain.imaging_date": "2026-09-01"})
    assert "Imaging 86 days old at the discussion, limit 28" in band(found)
    assert any("86 days old" in run.text for run in runs(found.get(CheckZone)))


def test_necrosis_in_question_and_a_variant_of_the_enzyme_are_named_first_and_where_they_count() -> None:
    assert "Radiation necrosis in question" in band(briefing({"brain.necrosis_in_question": True}))
    found = briefing({"tumour.dpyd": "partial_deficiency"})
    assert "DPYD: partial deficiency" in band(found)
    said = "".join(run.text for row in found.get(OptionZone).rows for run in row.here)
    assert "Caution: DPYD variant" in said


def test_a_case_with_nothing_of_the_kind_has_no_band() -> None:
    assert briefing({}).find(AlertZone) is None


def test_the_band_is_printed_above_the_question() -> None:
    made = make(case({"organs.lvef_percent": 44.0, "brain.largest_mm": 62.0}))
    ys = {heading.title: heading.y for heading in made.sheet.headings}
    assert ys["Named first"] < ys["Question for the board"]
    assert "Largest lesion: 62 mm · LVEF: 44 %" in text_of(made.data).partition("Question.")[0]


def test_a_treatment_given_now_is_named_with_the_caution_that_a_value_above_the_question_triggers() -> None:
    now = {"drugs": ["T-DXd"], "setting": "metastatic", "start": "2026-02-01", "ongoing": True}
    lung = {"organs.ild_history": True, "organs.ild_grade": 3}
    found = briefing({**lung, "systemic.lines": {"completeness": "complete", "items": [now]}})
    assert "T-DXd in use now: ILD or pneumonitis, grade 2 or more" in band(found)
    used = next(option for option in found.get(OptionZone).aside if option.id == "t-dxd")
    assert used.reason == "ILD or pneumonitis, grade 2 or more"
    assert "in use now" not in band(briefing(lung))
