"""What is particular to a patient comes before what is true of all, and an unknown is never read as 'no'."""

from typing import Any

import pytest
from support.zones import alert_words, labelled_rows
from test_page_borders import below, briefing, cautions, listed, row, text

from her2board.briefing.fit import shortenings
from her2board.briefing.model import Briefing
from her2board.briefing.zones.decision import DecisionZone
from her2board.briefing.zones.missing import MissingZone
from her2board.briefing.zones.options import OptionZone
from her2board.briefing.zones.pause import PauseZone
from her2board.briefing.zones.tumour import TumourZone

_SYMPTOMS = {"neurology.symptoms_present": True, "neurology.symptoms": ["left leg weakness"]}
_WORSE = {**_SYMPTOMS, "neurology.trend": "worsening", "neurology.steroid_trend": "rising"}
_WBRT = {"kind": "whole_brain", "day": "2025-10-10", "dose_gy": 30.0, "fractions": 10}
_SRS = {"kind": "radiosurgery", "day": "2026-10-29", "site": "pons", "dose_gy": 20.0, "fractions": 1}
_IN_MENINGES: dict[str, Any] = {
    "brain.lesion_count": {"low": 0, "high": 0},
    "brain.metastases_present": False,
    "brain.largest_mm": None,
    "brain.cns_class": None,
    "brain.posterior_fossa": None,
    "brain.sites": None,
    "brain.leptomeninges": "confirmed",
    "absences.brain.leptomeninges": None,
}


def wait(found: Briefing) -> str:
    return text(found.get(PauseZone).if_waiting)


def bold(found: Briefing, label: str) -> list[str]:
    return [run.text for one in labelled_rows(found) if one.label == label for run in one.words if run.style == "bold"]


def test_beside_symptoms_a_wait_names_local_therapy_first_and_no_interval() -> None:
    found = wait(briefing(_WORSE))
    assert found.startswith("If it waits: local therapy first (symptoms, worsening); a dated MRI; ")
    assert "weeks" not in found


def test_beside_a_need_of_immediate_local_therapy_nothing_is_said_of_a_wait() -> None:
    assert wait(briefing({"urgency.immediate_local_therapy": True})) == ""


def test_the_interval_up_to_an_mri_is_said_of_patients_without_symptoms_where_nobody_asked() -> None:
    assert "weeks if there are no symptoms; " in wait(briefing({"neurology.symptoms_present": None}))
    assert "weeks; " in wait(briefing({}))


def test_symptoms_that_get_worse_are_said_with_the_symptoms_at_the_top() -> None:
    found = briefing(_WORSE)
    assert "(left leg weakness; worsening, steroid rising)" in text(alert_words(found))
    assert "worsening" in bold(found, "Symptoms")
    assert text(alert_words(briefing({**_SYMPTOMS, "neurology.trend": "stable"}))).endswith("(left leg weakness).")


def test_a_brain_that_was_not_imaged_by_mri_is_named_at_the_top() -> None:
    assert "Brain imaged by CT, not MRI" in text(alert_words(briefing({"brain.modality": "CT"})))
    assert "not MRI" not in text(alert_words(briefing({"brain.modality": "PET-MRI"})))


def test_oedema_is_bold_and_its_absence_is_not() -> None:
    assert "oedema" in bold(briefing({"brain.oedema": True}), "Sites")
    assert "no oedema" not in bold(briefing({"brain.oedema": False}), "Sites")


def test_new_lesions_beside_treated_ones_are_counted_with_the_status_and_named() -> None:
    table = listed(
        {"site": "left frontal", "diameter_mm": 13.0, "state": "new"},
        {"site": "cerebellum", "diameter_mm": 9.0, "state": "treated_stable", "treated_on": "2025-10-10"},
    )
    changes = {
        "brain.lesions": table,
        "brain.local_therapies": listed(_WBRT),
        "brain.cns_class": ["untreated", "stable"],
    }
    found = briefing({**changes, "brain.lesion_count": {"low": 2, "high": 2}, "brain.largest_mm": 13.0})
    assert "1 new" in row(found, "CNS status")
    assert row(found, "Growth, histology").startswith("new: left frontal 13 mm")


def test_a_table_in_which_every_lesion_is_new_counts_none_as_new() -> None:
    table = listed({"site": "left frontal", "diameter_mm": 14.0, "state": "new"})
    found = briefing({"brain.lesions": table, "brain.lesion_count": {"low": 1, "high": 1}})
    assert "new" not in row(found, "CNS status")


def test_progression_after_radiotherapy_says_how_many_days_lie_between() -> None:
    changes = {"brain.local_therapies": listed(_SRS), "brain.cns_class": ["progressing"]}
    assert "(19 days before the imaging)" in row(briefing(changes), "Local therapy")
    month = {"brain.local_therapies": listed({**_SRS, "day": "2026-10"}), "brain.cns_class": ["progressing"]}
    assert "before the imaging" not in row(briefing(month), "Local therapy")
    assert "before the imaging" not in row(briefing({**changes, "brain.cns_class": ["stable"]}), "Local therapy")


def test_how_much_was_resected_is_on_the_page() -> None:
    surgery = {"kind": "surgery", "day": "2026-11-10", "site": "left frontal", "result": "gross total resection"}
    assert row(briefing({"brain.local_therapies": listed(surgery)}), "Result").startswith("gross total resection")


def test_a_brain_that_never_had_metastases_has_no_lesion_that_is_left() -> None:
    found = briefing(_IN_MENINGES)
    assert row(found, "CNS status") == "no brain metastases"
    assert "no lesion left" not in below(found)
    operated = listed({"kind": "surgery", "day": "2026-06-01", "site": "left frontal"})
    assert row(briefing({**_IN_MENINGES, "brain.local_therapies": operated}), "CNS status") == "no lesion left"


def test_the_cytology_is_said_with_the_leptomeninges() -> None:
    found = briefing({**_IN_MENINGES, "brain.csf_cytology": "positive", "brain.csf_date": "2026-11-20"})
    assert row(found, "Leptomeninges") == "confirmed, cytology positive (20 Nov 2026)"


def test_leptomeningeal_disease_in_question_leaves_room_for_the_choices_that_apply() -> None:
    found = briefing({"brain.leptomeninges": "suspected", "absences.brain.leptomeninges": None})
    forms = ([one.name for one in form.get(PauseZone).rows] for form in shortenings(found))
    three = next(names for names in forms if len(names) == 3)
    assert "Radiosurgery" in three
    assert sum(name.startswith("LMD") for name in three) == 1


def test_what_is_not_available_is_said_so_in_plain_words() -> None:
    found = below(briefing({"access.radiosurgery": "not_available"}))
    assert "(radiosurgery not available)" in found
    assert "available: not available" not in found


def test_a_reason_inside_brackets_has_none_of_its_own() -> None:
    found = below(briefing({**_IN_MENINGES, "patient.ecog": 3}))
    assert "(ECOG 3)" in found
    assert "))" not in found


def test_supportive_care_says_what_it_rests_on_and_other_choices_do_not_rest_on_the_goals() -> None:
    found = briefing({})
    facts = {one.name: text(one.here) for one in found.get(PauseZone).rows}
    assert facts["Supportive care"] == "Applies: goals recorded"
    assert not any("goals" in words for name, words in facts.items() if name != "Supportive care")


def test_necrosis_that_is_in_question_is_not_what_needs_recording() -> None:
    changes = {"brain.local_therapies": listed(_SRS), "brain.cns_class": ["progressing"]}
    found = briefing({**changes, "brain.necrosis_in_question": True})
    here = " ".join(text(one.here) for one in found.get(PauseZone).rows)
    assert "Needs recording: necrosis or progression" in here


def test_an_urgent_case_reads_deferred_local_therapy_as_context() -> None:
    found = briefing({"urgency.cord_compression": True})
    rows = {one.name: text(one.here) for one in found.get(PauseZone).rows}
    assert rows["Systemic therapy first, local therapy deferred"].startswith("Context only, local pathway first")
    assert rows["Radiosurgery"].startswith("Applies")


def test_what_context_waits_for_is_not_said_as_if_it_were_so() -> None:
    exposure = {"systemic.lines": {"completeness": "not_asked", "items": []}, "tumour.specimens": listed()}
    found = briefing({"urgency.cord_compression": True, **exposure})
    rows = {one.name: text(one.here) for one in found.get(PauseZone).rows}
    deferred = rows["Systemic therapy first, local therapy deferred"]
    assert deferred.startswith("Context only, local pathway first; needs recording: ")


def test_with_several_rows_one_is_of_whole_brain_radiation() -> None:
    forms = [form.get(PauseZone) for form in shortenings(briefing({}))]
    for zone in forms:
        assert len(zone.rows) < 3 or any(one.name.startswith("WBRT") for one in zone.rows)
    assert any(len(zone.rows) == 3 for zone in forms)


def test_a_caution_of_every_option_is_said_once_and_leaves_room_for_that_of_one() -> None:
    found = briefing({**_SYMPTOMS, "neurology.antiseizure_drugs": ["phenytoin"]}).get(OptionZone)
    assert "caution in all rows: symptoms recorded" in text(found.note)
    here = {one.name: text(one.here) for one in found.rows}
    assert not any("symptoms recorded" in words for words in here.values())
    tucatinib = next(words for name, words in here.items() if name.startswith("Tucatinib"))
    assert tucatinib.startswith("Caution: anti-seizure drug given")


def test_a_caution_of_some_options_stays_with_them() -> None:
    found = briefing({"organs.ild_history": True, "organs.ild_grade": 1}).get(OptionZone)
    assert "caution in all rows" not in text(found.note)
    assert any(text(one.here).startswith("Caution: ") for one in found.rows)


@pytest.mark.parametrize(
    ("changes", "label", "words"),
    [
        ({"patient.language": "Arabic"}, "Frailty, home", "language: Arabic"),
        ({"patient.travel": "lives 300 km away"}, "Frailty, home", "travel: lives 300 km away"),
        ({"patient.psychosocial": "alone with two children"}, "Frailty, home", "alone with two children"),
        ({"patient.sex": "male", "patient.menopause": None}, "Age, performance", "male"),
    ],
)
def test_what_weighs_on_a_course_is_on_the_page(changes: dict[str, Any], label: str, words: str) -> None:
    assert words in row(briefing(changes), label)


def test_a_choice_that_waits_keeps_its_reason_where_another_says_the_same() -> None:
    found = briefing({"brain.near_hippocampus": None, "urgency.mass_effect": None})
    assert "(mass effect or herniation)" in below(found)
    assert cautions(found, "Radiosurgery") == ""


def test_an_assay_that_waits_for_hybridisation_says_so_once_and_is_asked_for() -> None:
    found = briefing({"tumour.specimens": listed({"site": "brain", "day": "2026-11-10", "ihc": "2+"})})
    said = text(found.get(TumourZone).words)
    assert said.startswith("HER2 open (no conclusive result: brain, IHC 2+, ISH not recorded, 10 Nov 2026)")
    asked = [text(one) for one in found.get(MissingZone).rows]
    assert any(
        one.startswith("Receptor results: no conclusive result: brain, IHC 2+, ISH not recorded") for one in asked
    )


def test_a_refusal_that_names_no_option_says_that_it_is_not_clear() -> None:
    said = "what the patient declines may concern any row"
    assert said in text(briefing({"patient.declines": ["chemotherapy"]}).get(OptionZone).note)
    assert said not in text(briefing({"patient.declines": ["whole-brain radiotherapy"]}).get(OptionZone).note)


@pytest.mark.parametrize(
    ("declines", "open_"),
    [
        (["radiotherapy"], True),
        (["no more infusions"], True),
        (["whole-brain radiotherapy"], False),
        (["chemotherapy"], False),
        (["Enhertu"], False),
        ([], False),
    ],
)
def test_a_refusal_that_names_no_kind_is_said_beside_the_choices_before_radiation(
    declines: list[str], open_: bool
) -> None:
    said = text(briefing({"patient.declines": declines}).get(PauseZone).about)
    assert ("What the patient declines may concern any choice" in said) is open_


def test_a_decision_says_when_by_whom_and_who_goes_on() -> None:
    decided = {
        "board.decision": "Radiosurgery of all six lesions",
        "board.decision_owner": "Dr B",
        "board.decision_date": "2026-11-26",
        "board.tells_patient": "Dr A",
        "board.next_mri_date": "2027-01-15",
        "board.next_mri_owner": "Dr C",
    }
    zone = briefing(decided).get(DecisionZone)
    said = text(zone.words)
    assert "Owner: Dr B, 26 Nov 2026. Tells the patient: Dr A. Next MRI: 15 Jan 2027, Dr C." in said
    assert zone.signed


def test_what_few_options_warn_of_is_named_before_what_many_do() -> None:
    changes = {**_IN_MENINGES, **_SYMPTOMS, "neurology.antiseizure_drugs": ["phenytoin"]}
    rows = {one.name: text(one.here) for one in briefing(changes).get(OptionZone).rows}
    tucatinib = next(words for name, words in rows.items() if name.startswith("Tucatinib + tras"))
    assert tucatinib.startswith("Caution: anti-seizure drug given")


def test_a_day_that_lies_too_far_back_is_marked_where_its_value_is_read() -> None:
    found = briefing({"patient.performance_date": "2026-09-01", "organs.lvef_date": "2026-02"})
    assert "1 Sep 2026\N{NO-BREAK SPACE}(old)" in row(found, "Age, performance")
    assert "Feb 2026\N{NO-BREAK SPACE}(old)" in row(found, "Organs")
    assert "(old)" not in row(briefing({}), "Age, performance")


def test_an_age_that_was_recorded_long_ago_is_marked() -> None:
    assert row(briefing({"patient.age_on": "2024-01-01"}), "Age, performance").startswith("52\N{NO-BREAK SPACE}(old), ")


def test_beside_urgency_no_other_imaging_is_named_at_the_top() -> None:
    found = briefing({"brain.modality": "CT", "urgency.mass_effect": True})
    assert "not MRI" not in text(alert_words(found))
