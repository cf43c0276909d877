"""What was so at another moment is not offered as what is so now, and what is so now still is."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from support.report_texts import offer_of

from her2board.capture.report.model import Kind

_SENTENCES = yaml.load((Path(__file__).parent / "moments.yaml").read_text("utf-8"), yaml.CSafeLoader)
_AROUND: dict[Kind, str] = {
    "clinic_letter": "Oncology clinic letter\nClinic date: 12 March 2026\nDear Dr Example,\n"
    "HER2-positive breast cancer with brain metastases.\n{}\nYours sincerely",
    "emergency_note": "ED note 12 March 2026\nBreast cancer, brain metastases.\n{}\n",
    "discharge_summary": "Discharge summary\nAdmitted 2 March 2026, discharged 12 March 2026\n"
    "Breast cancer, brain metastases.\n{}\n",
    "radiotherapy_summary": "Radiotherapy completion summary\nDate: 12 March 2026\n"
    "Brain metastases from breast cancer.\n{}\n",
    "systemic_history": "Oncology history\nBreast cancer, brain metastases.\n{}\n",
    "board_note": "Tumour board 12 March 2026\nBreast cancer, brain metastases.\n{}\n",
    "echo": "ECHOCARDIOGRAM\nStudy date: 12 March 2026\n{}\n",
    "brain_mri": "MRI brain 12 March 2026\nFindings:\n{}\n",
    "staging_ct": "CT chest abdomen pelvis 12 March 2026\nFindings:\n{}\n",
}
"""A report of each kind, of 12 March 2026, around a sentence."""
_STATES = ("neurology.", "patient.", "organs.", "brain.", "urgency.", "systemic.extracranial")
_DAYS = ("patient.performance_date", "organs.lvef_date")
"""Days of the report itself, which are offered beside whatever it says."""


def _offered(kind: Kind, sentence: str) -> dict[str, Any]:
    """Return what a sentence adds to what its report offers, by field."""
    around = _AROUND[kind]
    already = {(one.field, repr(one.values)) for one in offer_of(around.format(""), kind).proposals}
    return {
        one.field: one.value
        for one in offer_of(around.format(sentence), kind).proposals
        if one.field.startswith(_STATES) and one.field not in _DAYS and (one.field, repr(one.values)) not in already
    }


@pytest.mark.parametrize("kind", _SENTENCES["of_then"])
def test_nothing_of_another_moment_is_offered_as_of_now(kind: Kind) -> None:
    sentences = _SENTENCES["of_then"][kind]
    assert {one: found for one in sentences if (found := _offered(kind, one))} == {}


@pytest.mark.parametrize("kind", _SENTENCES["of_now"])
def test_what_is_so_now_is_offered(kind: Kind) -> None:
    missed = [
        (one["text"], field, value, found)
        for one in _SENTENCES["of_now"][kind]
        for found in [_offered(kind, one["text"])]
        for field, value in one["offers"].items()
        if found.get(field) != value
    ]
    assert missed == []


def _of_a_score(sentence: str) -> dict[str, Any]:
    around = _AROUND["clinic_letter"]
    proposals = offer_of(around.format(sentence), "clinic_letter").proposals
    return {one.field: (one.value, one.trust) for one in proposals if one.field.startswith("patient.")}


@pytest.mark.parametrize(
    "sentence",
    [
        "Seen by oncology 2026-01-26: ECOG 1.",
        "Seen by oncology on 26 January 2026, ECOG 1, no steroids.",
        "Gesehen am 26.01.2026: ECOG 1.",
        "Vue en consultation le 26/01/2026 : ECOG 1.",
        "Vista il 26/01/2026: ECOG 1.",
        "Seen by oncology on 26 January 2026. ECOG 1. Levetiracetam 500 mg bd.",
        "Seen by oncology 2026-01-26:\nECOG 1, levetiracetam 500 mg bd.",
        "26.01.2026: ECOG 1, Levetiracetam 500 mg 1-0-1.",
    ],
)
def test_a_score_of_an_earlier_day_is_offered_with_that_day_to_be_looked_at(sentence: str) -> None:
    found = _of_a_score(sentence)
    assert found["patient.ecog"] == (1, "needs_eye")
    assert found["patient.performance_date"] == ("2026-01-26", "needs_eye")


def test_a_day_behind_a_score_is_its_day_and_not_that_of_the_letter() -> None:
    found = _of_a_score("ECOG 1 on 21 November 2025.")
    assert found["patient.ecog"] == (1, "needs_eye")
    assert found["patient.performance_date"][0] == "2025-11-21"


def test_a_score_of_today_is_offered_and_not_the_one_of_an_earlier_day() -> None:
    found = _of_a_score("Seen by oncology 2026-01-26: ECOG 1.\nToday ECOG 2.")
    assert found["patient.ecog"] == (2, "stated")
    assert found["patient.performance_date"][0] == "2026-03-12"


def test_the_visit_that_a_letter_is_about_is_of_now_though_it_was_written_days_later() -> None:
    text = _AROUND["clinic_letter"].format("Seen in clinic on 5 March 2026. ECOG 1. Levetiracetam 500 mg bd.")
    found = {one.field: (one.value, one.trust) for one in offer_of(text, "clinic_letter").proposals}
    assert found["patient.ecog"] == (1, "stated")
    assert found["neurology.antiseizure_drugs"] == (["Levetiracetam"], "stated")


def test_of_scores_on_several_days_the_last_is_offered() -> None:
    found = _of_a_score("12/2025: ECOG 1\n03/2026: ECOG 2")
    assert found["patient.ecog"] == (2, "stated")


def test_what_a_visit_of_an_earlier_day_found_is_seen_and_not_offered() -> None:
    text = _AROUND["clinic_letter"].format("Seen by oncology 2026-01-26: ECOG 1, levetiracetam 500 mg bd, no steroids.")
    offer = offer_of(text, "clinic_letter")
    assert not [one for one in offer.proposals if one.field.startswith("neurology.")]
    held = {one.field: one.because for one in offer.not_offered}
    assert held["neurology.antiseizure_drugs"] == "earlier"
    assert held["neurology.steroid_given"] == "earlier"


def test_a_timeline_gives_its_last_score_and_no_drug_that_a_later_row_stops() -> None:
    rows = "05/2024 brain metastases, KPS 90, dex 8 mg bd\n06/2024 SRS, levetiracetam 500 mg bd started\n"
    text = _AROUND["clinic_letter"].format(f"{rows}01/2025 levetiracetam stopped\nToday\nKPS 80, no steroids.")
    found = {one.field: one.value for one in offer_of(text, "clinic_letter").proposals}
    assert found["patient.kps"] == 80
    assert found["patient.performance_date"] == "2026-03-12"
    assert "neurology.antiseizure_drugs" not in found
    assert "neurology.dexamethasone_mg" not in found
