"""Cases on the borders: what the page must not leave unsaid, say of another, or say twice."""

import json
from functools import cache
from typing import Any

import pytest
from support.pages import AS_OF, FOLDER, release
from support.zones import alert_words, labelled_rows, points_to_check

from her2board.assessment.assess import assess
from her2board.briefing.compose import compose
from her2board.briefing.formats import lower
from her2board.briefing.model import Briefing, Words, runs
from her2board.briefing.zones.header import HeaderZone
from her2board.briefing.zones.missing import MissingZone
from her2board.briefing.zones.options import OptionZone
from her2board.briefing.zones.pause import PauseZone
from her2board.briefing.zones.tumour import TumourZone
from her2board.case.model import Case
from her2board.case.storage import load

_BREAST = {"site": "breast", "day": "2019-05", "ihc": "3+", "er": "positive", "pr": "negative"}
_UNTESTED = {"site": "brain metastasis", "day": "2026-11-20", "her2_tested": False}
_CONVERTED = {"site": "brain metastasis", "day": "2026-11-20", "ihc": "0", "er": "negative", "pr": "negative"}
_WBRT = {"kind": "whole_brain", "day": "2025-10-10", "dose_gy": 30.0, "fractions": 10}
_FIRST = {"kind": "radiosurgery", "day": "2025-03-02", "site": "left parietal", "dose_gy": 27.0, "fractions": 3}
_AGAIN = {"kind": "radiosurgery", "day": "2026-01-19", "site": "left parietal", "dose_gy": 24.0, "fractions": 3}


@cache
def _body() -> str:
    return load(FOLDER / "b07-invented-complete.her2case").model_dump_json()


def briefing(changes: dict[str, Any]) -> Briefing:
    """Return the briefing of the complete case with other values; None takes away a reason for absence."""
    body = json.loads(_body())
    for path, value in changes.items():
        section, _, name = path.partition(".")
        body[section][name] = value
    body["absences"] = {path: absence for path, absence in body["absences"].items() if absence}
    case = Case.model_validate_json(json.dumps(body))
    return compose(case, assess(case, release(), AS_OF), release())


def listed(*items: dict[str, Any]) -> dict[str, Any]:
    return {"completeness": "complete", "items": list(items)}


def text(words: Words) -> str:
    return "".join(run.text for run in words)


def row(found: Briefing, label: str) -> str:
    return "".join(text(one.words) for one in labelled_rows(found) if one.label == label)


def below(found: Briefing) -> str:
    """Return what is below the table of choices."""
    return " ".join(map(text, found.get(PauseZone).below))


def cautions(found: Briefing, name: str) -> str:
    return next(text(one.caution) for one in found.get(PauseZone).rows if one.name.startswith(name))


def test_a_criterion_that_differs_is_called_not_met_since_differs_reads_as_the_patient() -> None:
    found = briefing({"patient.pregnant": True, "patient.menopause": None, "patient.age": 34})
    apart = " ".join(text(one.apart) for one in found.get(OptionZone).rows)
    assert "not met: not pregnant" in apart
    assert "differs" not in apart


@pytest.mark.parametrize(
    ("changes", "caution"),
    [
        ({"patient.pregnant": True, "patient.menopause": None, "patient.age": 34}, "pregnancy"),
        ({"urgency.mass_effect": True, "urgency.immediate_local_therapy": True}, "mass effect"),
    ],
)
def test_whole_brain_radiation_that_waits_for_a_fact_carries_the_cautions_that_radiosurgery_does(
    changes: dict[str, Any], caution: str
) -> None:
    found = briefing({**changes, "brain.near_hippocampus": None})
    waiting = next(one for one in found.get(PauseZone).rows if one.name.startswith("WBRT, hippocampal"))
    assert text(waiting.answer) == "Needs recording"
    assert caution in cautions(found, "WBRT, hippocampal")
    assert caution in cautions(found, "Radiosurgery")


def test_repeat_radiation_is_not_said_to_be_none_here_where_one_kind_of_it_has_a_row() -> None:
    found = briefing({"brain.local_therapies": listed(_AGAIN), "brain.cns_class": ["progressing"]})
    assert any(one.name == "Repeat radiosurgery, same lesion" for one in found.get(PauseZone).rows)
    assert "Repeat radiation" not in below(found)
    assert "Repeat WBRT" in below(found)


def test_necrosis_care_does_not_apply_for_want_of_necrosis_and_not_for_want_of_symptoms() -> None:
    changes = {"brain.local_therapies": listed(_AGAIN), "brain.cns_class": ["progressing"]}
    found = briefing({**changes, "brain.necrosis_in_question": False})
    assert "Necrosis care (no necrosis in question)" in below(found)


def test_after_whole_brain_radiation_what_made_it_reasonable_says_what_speaks_against_a_first_course() -> None:
    changes = {"brain.local_therapies": listed(_WBRT), "brain.cns_class": ["progressing"]}
    assert "speaks against it here: earlier WBRT" in below(briefing(changes))
    assert "speaks against it here" not in below(briefing({}))


def test_what_makes_whole_brain_radiation_reasonable_is_said_with_the_refusal_of_this_patient() -> None:
    found = briefing({"patient.declines": ["whole-brain radiotherapy"], "brain.lesion_count": {"low": 3, "high": 3}})
    reasonable = text(found.get(PauseZone).reasonable)
    assert reasonable.index("the patient prefers it") < reasonable.index(
        "speaks against it here: declined by the patient"
    )


def test_a_refusal_is_said_once_above_the_question() -> None:
    found = briefing({"patient.declines": ["whole-brain radiotherapy"]})
    assert "Patient declines: whole-brain radiotherapy" in text(alert_words(found))
    assert row(found, "Patient's view").startswith("Wants to keep teaching")
    assert "declines" not in row(found, "Patient's view")


def test_a_wait_for_an_mri_says_that_the_brain_was_imaged_by_ct() -> None:
    assert "(not recorded; last imaging: CT, not MRI)" in below(briefing({"brain.modality": "CT"}))
    assert "not MRI" not in below(briefing({}))


def test_a_wait_for_an_mri_says_why_there_is_none_where_that_is_recorded() -> None:
    absence = {"reason": "not_available", "note": "pacemaker"}
    found = briefing({"absences.board.next_mri_date": absence, "brain.modality": "CT"})
    assert "(not recorded; MRI not available: pacemaker)" in below(found)


def test_a_metastasis_that_nobody_tested_for_her2_is_named_beside_the_status() -> None:
    found = briefing({"tumour.specimens": listed(_BREAST, _UNTESTED)})
    assert "not tested: brain metastasis, 20 Nov 2026" in text(found.get(TumourZone).words)
    assert text(found.get(HeaderZone).subject).startswith("HER2 positive (breast, 2019)")


def test_hormone_receptors_that_are_open_say_of_which_specimen() -> None:
    found = briefing({"tumour.specimens": listed(_BREAST, _UNTESTED)})
    part = next(one for one in found.get(TumourZone).parts if text(one.words).startswith("hormone receptors"))
    assert "open" in text(part.words)
    assert "brain metastasis, 20 Nov 2026" in text(part.why)
    assert part.discordant


def test_specimens_that_disagree_on_her2_are_named_first_and_with_the_one_that_counts() -> None:
    found = briefing({"tumour.specimens": listed(_BREAST, _CONVERTED)})
    assert "HER2 discordant" in text(alert_words(found))
    assert text(found.get(HeaderZone).subject).startswith("HER2 negative (brain metastasis, 2026)")
    assert text(found.get(HeaderZone).subject).count("brain metastasis,") == 1


def test_one_specimen_needs_no_place_in_the_line_of_the_subject() -> None:
    assert text(briefing({}).get(HeaderZone).subject).startswith("HER2 positive;")


def test_an_organ_out_of_range_is_bold_with_what_was_measured() -> None:
    changes = {"organs.renal": "out_of_range", "organs.creatinine_clearance": 28.0, "organs.child_pugh": "C"}
    found = briefing(changes)
    said = next(one for one in labelled_rows(found) if one.label == "Organs")
    assert [run.text for run in said.words if run.style == "bold"] == ["renal out of range"]
    assert "liver, counts in range" in text(said.words)
    assert row(found, "Liver, kidney") == "Child-Pugh C, creatinine clearance 28 mL/min"


@pytest.mark.parametrize("label", ["Child-Pugh C", "Karnofsky"])
def test_a_name_of_a_person_keeps_its_capital_inside_a_sentence(label: str) -> None:
    assert lower(label) == label


def test_performance_in_words_is_not_called_pregnancy() -> None:
    found = briefing({"patient.performance_words": "bedbound by hemiparesis only"})
    assert row(found, "In words") == "bedbound by hemiparesis only"
    assert not any("regnan" in one.label for one in labelled_rows(found))


def test_frailty_cognition_and_the_carer_are_on_the_page() -> None:
    changes = {"patient.frailty": "Clinical Frailty Scale 6", "patient.cognition": "MoCA 19"}
    found = briefing({**changes, "patient.carer": "lives alone"})
    assert row(found, "Frailty, home") == "Clinical Frailty Scale 6, cognition: MoCA 19, carer: lives alone"


def test_the_months_from_adjuvant_therapy_to_relapse_are_on_the_page() -> None:
    found = briefing({"tumour.origin": "recurrent", "tumour.months_since_adjuvant_her2": 5.0})
    assert "relapse 5 months after (neo)adjuvant anti-HER2 therapy" in text(found.get(TumourZone).words)


def test_a_lesion_in_the_brainstem_is_bold() -> None:
    found = briefing({"brain.brainstem": True})
    sites = next(one for one in labelled_rows(found) if one.label == "Sites")
    assert "brainstem" in [run.text for run in sites.words if run.style == "bold"]
    assert "none in brainstem" in row(briefing({}), "Sites")


def test_diffuse_metastases_that_were_counted_say_how_many() -> None:
    found = briefing({"brain.lesion_count": {"low": 30, "high": None, "diffuse": True}})
    assert row(found, "Lesions").startswith("diffuse, 30 or more, ")
    uncounted = briefing({"brain.lesion_count": {"low": 2, "high": None, "diffuse": True}})
    assert row(uncounted, "Lesions").startswith("diffuse, largest")


def test_two_courses_of_radiosurgery_are_both_there_with_their_doses() -> None:
    found = briefing({"brain.local_therapies": listed(_AGAIN, _FIRST)})
    assert row(found, "Local therapy").startswith("radiosurgery, left parietal, 24 Gy in 3, 19 Jan 2026; 1 more")
    assert row(found, "Also treated").startswith("radiosurgery, left parietal, 27 Gy in 3, 2 Mar 2025")
    assert row(briefing({"brain.local_therapies": listed(_FIRST)}), "Also treated") == ""


def test_urgent_is_not_said_again_where_a_sign_says_why() -> None:
    found = briefing({"urgency.urgent": True, "urgency.mass_effect": True})
    assert text(alert_words(found)).startswith("Mass effect or herniation \N{EN DASH} ")
    assert text(alert_words(briefing({"urgency.urgent": True}))).startswith("Urgent \N{EN DASH} ")


def test_urgency_that_nobody_signed_says_so() -> None:
    found = briefing({"urgency.mass_effect": True, "urgency.recorded_by": None, "urgency.recorded_on": None})
    assert "by whom not recorded" in text(alert_words(found))
    assert "by whom not recorded" not in text(alert_words(briefing({"urgency.mass_effect": True})))


def test_a_drug_used_before_carries_the_caution_that_the_top_of_the_page_names() -> None:
    used = {"drugs": ["T-DXd"], "setting": "metastatic", "start": "2025-02-01", "stop": "2026-06-01"}
    lung = {"organs.ild_history": True, "organs.ild_grade": 2}
    lines = {"systemic.lines": listed({**used, "reason_stopped": "toxicity"})}
    reason = {option.id: option.reason for option in briefing({**lung, **lines}).get(OptionZone).aside}
    assert reason["t-dxd"] == "ILD or pneumonitis, grade 2 or more"
    assert next(one.reason for one in briefing(lines).get(OptionZone).aside if one.id == "t-dxd") == ""


def test_what_is_recorded_and_not_settled_is_not_said_to_be_not_asked() -> None:
    found = briefing({"brain.leptomeninges": "suspected", "absences.brain.leptomeninges": None})
    first = text(next(one for one in found.get(MissingZone).rows if "suspected, not confirmed" in text(one)))
    assert first.startswith("Leptomeningeal disease: suspected, not confirmed: radiology; decides")


def test_what_was_asked_without_a_day_is_said_to_be_asked() -> None:
    found = briefing({"absences.brain.leptomeninges": {"reason": "pending", "owner": "Dr C"}})
    said = text(next(one for one in found.get(MissingZone).rows if text(one).startswith("Leptomeningeal")))
    assert "Dr C, asked; decides" in said


def test_a_complete_list_of_lines_is_not_asked_for_again() -> None:
    found = briefing({})
    asked = [text(one) for one in found.get(MissingZone).rows]
    assert not any(one.startswith("Systemic treatment") for one in asked)
    assert any(one.startswith("Progression on ") for one in asked)


def test_a_point_that_decides_nothing_but_itself_is_to_be_known_before_radiation() -> None:
    asked = [text(one) for one in briefing({"patient.trial_willing": True}).get(MissingZone).rows]
    assert not any("decides total volume" in one or "decides baseline cognition" in one for one in asked)


def test_a_drug_that_was_not_given_is_said_in_few_words() -> None:
    found = briefing({"systemic.lines": listed()})
    assert not any("not in the complete list" in option.reason for option in found.get(OptionZone).aside)


def test_a_local_therapy_out_of_order_keeps_its_number_apart_from_its_day() -> None:
    found = briefing({"brain.local_therapies": listed(_AGAIN)})
    points = " ".join(map(text, points_to_check(found)))
    assert "after local therapy 1 of the brain" in points
    assert all("brain 1 " not in run.text for run in runs(found))


def test_the_trimester_is_beside_the_pregnancy_since_both_decide_together() -> None:
    found = briefing({"patient.pregnant": True, "patient.trimester": "second", "patient.menopause": None})
    (age,) = (row for row in labelled_rows(found) if row.label == "Age, performance")
    assert "pregnant, second trimester" in text(age.words)
