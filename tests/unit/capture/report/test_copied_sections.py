"""Sections whose label says that they are copied from an older note: what is of a moment there is not of now."""

import pytest
from support.report_texts import offer_of

from her2board.capture.report.model import Kind

OF_THEN = (
    "Headache and vomiting since Friday. ECOG 3. Karnofsky 50 %. Dexamethasone 8 mg daily. No ILD.\n"
    "She remains on levetiracetam 500 mg bd. LVEF 48%. T-DXd since 03/2024, ongoing."
)
NOW = "Clinic 14/11/2025.\nThis 58-year-old woman attended alone.\n{}\nToday: ECOG 1. She takes no steroids."
_HER_STATE = {
    "patient.ecog": 1,
    "patient.performance_date": "2025-11-14",
    "neurology.steroid_given": False,
    "patient.age": 58,
    "patient.sex": "female",
}
_OF_A_MOMENT = ("patient.", "neurology.", "organs.", "brain.", "urgency.")


def _offered(text: str, kind: Kind = "clinic_letter") -> dict[str, object]:
    return {one.field: one.value for one in offer_of(text, kind).proposals if one.field.startswith(_OF_A_MOMENT)}


LABELS = (
    "INTERVAL HISTORY [copied forward from 02/06/2025]",
    "Interval history [copied forward from 02/06/2025]",
    "HPI (carried forward from last visit 02/06/2025):",
    "HPI - carried forward from 02/06/2025:",
    "ONC HX (pulled in from Onc note 02/06/2025):",
    "ONC HX (pulled in from Onc note 02/06/2025)",
    "Oncology background (imported from clinic 02/06/2025)",
    "Oncology background, copied from clinic letter of 02/06/2025:",
    "Background (per last note):",
    "Background [previous note 02/06/2025]:",
    "Background (taken from the referral letter):",
    "Background copied over from the letter of June:",
    "Copied from the last letter:",
    "Carried forward from 02/06/2025:",
    "Previous note:",
    "Last clinic note (02/06/2025):",
    "Per previous note:",
    "Anamnese (übernommen aus Brief vom 02.06.2025):",
    "Anamnese - übernommen aus Vorbericht 02.06.2025:",
    "Verlauf (laut Arztbrief vom 02.06.2025):",
    "Aus dem Vorbrief:",
    "Histoire (reprise du courrier du 02/06/2025) :",
    "Histoire de la maladie (copiée du compte rendu du 02/06/2025) :",
    "Repris du courrier du 02/06/2025 :",
    "Anamnesi (copiato da visita del 02/06/2025):",
    "Anamnesi (ripresa dalla lettera del 02/06/2025)",
    "Enfermedad actual (tomado del informe de 02/06/2025):",
    "Historia oncológica [copiada del informe previo]",
    "HPI (copied):",
    "HPI (c/f 02/06/2025):",
    "HPI from 02/06/2025:",
    "HPI (last updated 02/06/2025):",
    "Subjective (from 02/06 note):",
    "ONC HX (per Dr. Example note 02/06/2025):",
    "Oncology history (as of 06/2025):",
    "As of last visit 02/06:",
    "Excerpt of letter 02/06/2025:",
    "Summary of prior visit (02/06/2025):",
    "GP referral letter 02/06/2025:",
    "Per referral:",
    "Copied text:",
    "Frühere Anamnese (Brief vom 02.06.2025):",
    "Anamnese aus Voraufenthalt:",
    "Übernommene Anamnese (02.06.2025):",
    "Vorbericht vom 02.06.2025:",
    "Compte rendu précédent (02/06/2025) :",
    "Rappel du courrier du 02/06/2025 :",
    "Consultation précédente (02/06/2025) :",
    "Da precedente visita (02/06/2025):",
    "Visita precedente (02/06/2025):",
    "Nota previa (02/06/2025):",
    "Evolución previa (nota de 02/06/2025):",
)


RULED = ("[COPIED FORWARD]\n", "(copied forward) ", "<< Prior note >>\n", "----- Previous Note -----\n")
"""A block of an older note, of which nothing is offered."""
_BEFORE = (
    [*RULED] + [f"{label}\n" for label in LABELS] + [f"{label} " for label in LABELS if label.endswith((":", "]"))]
)
"""A label without a sign at its end is alone on its line."""


@pytest.mark.parametrize("before", _BEFORE)
def test_what_is_of_a_moment_under_such_a_label_is_not_of_now(before: str) -> None:
    assert _offered(NOW.format(f"{before}{OF_THEN}")) == _HER_STATE


@pytest.mark.parametrize("label", LABELS)
def test_a_history_with_dates_under_such_a_label_is_offered_and_no_line_goes_on(label: str) -> None:
    offer = offer_of(NOW.format(f"{label}\n{OF_THEN}"), "clinic_letter")
    assert [one.value for one in offer.proposals if one.field == "systemic.lines[]"] == [
        {"drugs": ["T-DXd"], "start": "2024-03"}
    ]


OTHERS = (
    "Interval history (since last visit 02/06/2025):",
    "HPI:",
    "Interval history:",
    "Progress since the last note:",
    "Present state (copy to the GP):",
    "History (as of 14/11/2025):",
    "Note of 14/11/2025:",
    "HPI (dictated 14/11/2025):",
    "Medication (last updated 10/11/2025):",
    "Clinic visit 13/11/2025:",
    "Changes from last visit:",
    "Interval history (changes from previous note):",
    "Last visit: 12/09/2025",
    "Anamnese seit letztem Brief:",
    "Depuis la dernière consultation :",
)


@pytest.mark.parametrize("label", OTHERS)
def test_another_label_is_of_now(label: str) -> None:
    text = f"Clinic 14/11/2025.\n{label}\nECOG 2. Dexamethasone 8 mg daily. She remains on levetiracetam 500 mg bd."
    found = _offered(text)
    assert found["patient.ecog"] == 2
    assert found["neurology.dexamethasone_mg"] == 8
    assert found["neurology.antiseizure_drugs"] == ["levetiracetam"]


NEXT = (
    "MEDICATIONS\nlevetiracetam 750 mg BID\nECOG PS today: 1",
    "Physical exam: levetiracetam 750 mg BID. ECOG 1.",
    "PROGRESS\nOn levetiracetam 750 mg BID. ECOG 1.",
    "Progress\nOn levetiracetam 750 mg BID. ECOG 1.",
    "\nI saw her today. On levetiracetam 750 mg BID. ECOG 1.",
    "-----------\nOn levetiracetam 750 mg BID. ECOG 1.",
    "Aktuell: Levetiracetam 750 mg 1-0-1. ECOG 1.",
    "Ce jour : lévétiracétam 750 mg deux fois par jour. ECOG 1.",
    "Current: levetiracetam 750 mg BID. ECOG 1.",
    "She vomited twice. This visit: levetiracetam 750 mg BID. ECOG 1.",
)


@pytest.mark.parametrize("after", NEXT)
def test_the_section_after_it_is_of_now(after: str) -> None:
    text = f"Clinic 14/11/2025.\nINTERVAL HISTORY [copied forward from 02/06/2025]\nShe was unwell. ECOG 3.\n{after}"
    found = _offered(text)
    assert found["patient.ecog"] == 1
    assert str(found["neurology.antiseizure_drugs"]).lower() == "['levetiracetam']"


def test_an_ejection_fraction_is_offered_with_its_own_day_where_there_is_no_other_one() -> None:
    copied = "Background (imported from clinic 02/06/2025): TTE 28/05/2025 EF 61%. ECOG 0."
    found = _offered(NOW.format(copied))
    assert (found["organs.lvef_percent"], found["organs.lvef_date"]) == (61, "2025-05-28")
    newer = _offered(NOW.format(copied) + " Echo 10/11/2025: LVEF 57%.")
    assert (newer["organs.lvef_percent"], newer["organs.lvef_date"]) == (57, "2025-11-10")


def test_illnesses_and_relatives_of_a_copied_section_are_what_they_are() -> None:
    found = _offered(
        "Clinic 14/11/2025.\nPMH (copied forward from 02/06/2025): asthma, hypertension. ECOG 3.\n"
        "Family history (copied forward from 02/06/2025): epilepsy, on levetiracetam 500 mg bd.\nToday: ECOG 1."
    )
    assert found["patient.comorbidity"] == ["asthma", "hypertension"]
    assert found["patient.ecog"] == 1
    assert "neurology.antiseizure_drugs" not in found


def test_a_copied_scan_is_no_scan_of_now() -> None:
    label = "MRI (copied from the letter of 02/06/2025): 4 enhancing lesions, largest 21 mm in the left frontal lobe."
    assert not any(field.startswith("brain.") for field in _offered(NOW.format(label)))
    report = (
        "MRI brain 14/11/2025 with contrast.\nImpression [copied from 02/06/2025]\n1. Four metastases, largest 21 mm."
    )
    assert not {"brain.lesion_count", "brain.largest_mm"} & _offered(report, "brain_mri").keys()
