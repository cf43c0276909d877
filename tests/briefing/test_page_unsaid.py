"""Rows that say what they must of a refusal, a site, an earlier resection, a kidney, and of whom a source speaks."""

from typing import Any

import pytest
from test_page_borders import below, briefing, cautions, listed, text

from her2board.briefing.model import Briefing
from her2board.briefing.zones.missing import MissingZone
from her2board.briefing.zones.options import OptionZone
from her2board.briefing.zones.pause import PauseZone

_ONE: dict[str, Any] = {
    "brain.lesion_count": {"low": 1, "high": 1},
    "brain.brainstem": None,
    "brain.posterior_fossa": None,
    "brain.sites": ["left frontal"],
}
_RESECTED: dict[str, Any] = {
    "brain.lesion_count": {"low": 0, "high": 0},
    "brain.metastases_present": False,
    "brain.largest_mm": None,
    "brain.cns_class": None,
    "brain.posterior_fossa": None,
    "brain.sites": None,
    "brain.leptomeninges": "none",
    "absences.brain.leptomeninges": None,
    "brain.local_therapies": listed({"kind": "surgery", "day": "2026-11-10", "site": "left frontal"}),
}
_LOW: dict[str, Any] = {
    "tumour.specimens": listed({"site": "liver", "day": "2026-01-10", "ihc": "1+", "er": "positive", "pr": "negative"}),
    "systemic.lines": listed({"drugs": ["paclitaxel"], "setting": "metastatic", "start": "2026-02", "stop": "2026-08"}),
}


def answers(found: Briefing) -> dict[str, str]:
    return {row.name: text(row.answer) for row in found.get(PauseZone).rows}


def aside(found: Briefing) -> dict[str, str]:
    return {one.id: one.reason for one in found.get(OptionZone).aside}


def asked(found: Briefing) -> str:
    return " ".join(map(text, found.get(MissingZone).rows))


def test_a_single_metastasis_of_the_brainstem_applies_to_surgery_only_once_it_is_called_resectable() -> None:
    pons = {**_ONE, "brain.sites": ["pons"]}
    found = briefing(pons)
    assert answers(found)["Surgery"] == "Needs recording"
    assert "lesion in the brainstem or eloquent cortex" in cautions(found, "Surgery")
    resectable = briefing({**pons, "access.surgery_feasible": True})
    assert answers(resectable)["Surgery"] == "Applies"
    assert "lesion in the brainstem" in cautions(resectable, "Surgery")
    elsewhere = briefing(_ONE)
    assert answers(elsewhere)["Surgery"] == "Applies"
    assert cautions(elsewhere, "Surgery") == ""


def test_a_site_that_is_not_recorded_leaves_open_whether_the_only_metastasis_is_in_the_brainstem() -> None:
    assert answers(briefing({**_ONE, "brain.sites": None}))["Surgery"] == "Needs recording"


def test_eloquent_cortex_and_an_anticoagulant_are_cautions_of_surgery() -> None:
    found = briefing({**_ONE, "brain.eloquent": True, "patient.anticoagulated": True})
    assert "lesion in the brainstem or eloquent cortex" in cautions(found, "Surgery")
    assert "anticoagulation" in cautions(found, "Surgery")


def test_what_is_said_of_a_resection_is_not_said_of_the_cavity_it_left() -> None:
    later = {"patient.kps": 50, "patient.anticoagulated": True, "systemic.extracranial": "progressing"}
    found = briefing({**_RESECTED, **later})
    assert answers(found)["Surgery with cavity radiosurgery"] == "Applies"
    assert cautions(found, "Surgery with cavity radiosurgery") == ""


def test_whole_brain_radiation_after_resection_of_the_only_metastasis_is_not_said_to_have_nothing_left() -> None:
    found = briefing(_RESECTED)
    assert answers(found)["WBRT, conventional"] == "Applies"
    assert "Conventional WBRT" not in below(found)


def test_the_words_on_whole_brain_radiation_cover_leptomeningeal_disease_alone() -> None:
    meninges = {**_RESECTED, "brain.local_therapies": listed(), "brain.leptomeninges": "confirmed"}
    found = briefing({**meninges, "neurology.symptoms_present": True})
    said = next(text(row.says) for row in found.get(PauseZone).rows if row.name == "WBRT, conventional")
    assert "symptomatic LMD" in said
    assert "WBRT, conventional" not in answers(briefing(meninges))


def test_the_present_drugs_go_on_beside_a_local_therapy_only_while_one_is_left() -> None:
    declines = {"patient.declines": ["radiosurgery", "whole-brain radiotherapy"]}
    none_left = below(briefing(declines))
    assert none_left.index("Local therapy + present drugs") < none_left.index("(declined by the patient)")
    assert (
        "Local therapy + present drugs"
        not in below(briefing({"patient.declines": ["brain surgery"]})).split("Does not apply")[1]
    )
    assert "Also applies: Local therapy + present drugs" in below(
        briefing({"systemic.extracranial": "complete_remission"})
    )


@pytest.mark.parametrize("changes", [{"access.radiosurgery": "not_available"}, _RESECTED])
def test_whether_radiosurgery_is_feasible_is_not_asked_where_it_is_not_available_or_nothing_is_left(
    changes: dict[str, Any],
) -> None:
    found = briefing(changes)
    assert "Radiosurgery feasible" not in asked(found)
    assert "radiosurgery feasible" not in below(found)
    assert "Radiosurgery feasible" in asked(briefing({}))


def test_without_radiosurgery_five_metastases_are_enough_to_discuss_a_wait_with_whole_brain_radiation() -> None:
    found = briefing({"access.radiosurgery": "not_available"})
    assert answers(found)["Systemic therapy first, WBRT deferred"] == "Applies"


def test_a_trial_in_positive_disease_is_not_named_to_a_patient_with_low_expression() -> None:
    rows = {row.name: text(row.cohort) for row in briefing(_LOW).get(OptionZone).rows}
    assert "INAVO122" not in rows["Clinical trial"]


def test_a_row_without_a_cohort_cites_no_statement_that_may_not_apply() -> None:
    rows = {row.name: text(row.cohort) for row in briefing(_LOW).get(OptionZone).rows}
    assert rows["Clinical trial"] == "No cohort, and no statement that applies here."


def test_a_refusal_of_chemotherapy_is_said_of_every_option_that_holds_some() -> None:
    found = briefing({"patient.declines": ["chemotherapy"]})
    against = {id_ for id_, reason in aside(found).items() if reason == "declined by the patient"}
    assert {
        "tucatinib-trastuzumab-capecitabine",
        "lapatinib-capecitabine",
        "capecitabine-trastuzumab",
        "margetuximab-chemotherapy",
        "taxane-trastuzumab",
    } <= against
    assert "t-dxd" not in against
    assert "what the patient declines may concern any row" in text(found.get(OptionZone).note)


def test_a_refusal_of_one_drug_is_said_of_its_options_and_leaves_the_others() -> None:
    found = briefing({"patient.declines": ["Enhertu"]})
    assert aside(found)["t-dxd"] == "declined by the patient"
    assert {row.name for row in found.get(OptionZone).rows} >= {"T-DM1", "Tucatinib + trastuzumab + capecitabine"}
    assert "may concern any row" not in text(found.get(OptionZone).note)


@pytest.mark.parametrize("words", ["Enhertu if there is hair loss", "Enhertu 5.4 mg/kg", "no more infusions"])
def test_a_refusal_with_a_condition_a_dose_or_other_words_declines_no_drug(words: str) -> None:
    found = briefing({"patient.declines": [words]})
    assert "declined by the patient" not in aside(found).values()
    assert "may concern any row" in text(found.get(OptionZone).note)


def test_memantine_carries_the_dose_of_its_label_at_a_low_clearance() -> None:
    low = {"organs.creatinine_clearance": 22.0, "organs.renal": "out_of_range"}
    known = {"brain.leptomeninges": "none", "absences.brain.leptomeninges": None}
    label = "memantine at a creatinine clearance below 30 mL/min"
    assert label in cautions(briefing({**known, **low}), "WBRT, hippocampal")
    assert label not in cautions(briefing({**known, **low, "organs.creatinine_clearance": 30.0}), "WBRT, hippocampal")
