"""A text of several patients: nothing is read of any of them, and the words that show it are named."""

import pytest
from support.report_texts import offer_of

from her2board.capture.proposal import TextSpan

SEVERAL = {
    "numbered": (
        "Neuro-oncology MDT 14 January 2026\n\nCase 1: 60F, ECOG 2, 4 brain metastases. Dex 4 mg bd.\n\n"
        "Case 2: 51F, ECOG 0. LVEF 58%.\n",
        ["Case 1:", "Case 2:"],
    ),
    "numbered of a whole": (
        "BOARD\nPatient 2/5 - 44F, ECOG 1, on levetiracetam 500 mg bd\nPatient 3/5 - 71M, KPS 60\n",
        ["Patient 2/5", "Patient 3/5"],
    ),
    "lettered": (
        "MDT list 14/01/2026\nPatient A (58 years): ECOG 1, three brain metastases.\n"
        "Patient B (66 years): ECOG 3, dex 8 mg bd.\n",
        ["Patient A", "Patient B"],
    ),
    "numbers of records": (
        "NEURO-ONCOLOGY BOARD\nMRN: 00412233\nHER2+ MBC. ECOG 1. Dex 2 mg od.\n\nMRN: 00518821\nKPS 70. Dex 8 mg bd.\n",
        ["MRN: 00412233", "MRN: 00518821"],
    ),
    "days of birth": (
        "Dear colleague,\nDOB 12/03/1965\nECOG 1. Dex 2 mg daily.\n\nDOB 04.11.1959\nECOG 2. Dex 4 mg bd.\n",
        ["DOB 12/03/1965", "DOB 04.11.1959"],
    ),
    "German": (
        "Tumorkonferenz 14.01.2026\nPatientin 1: ECOG 1.\nPatientin 2: ECOG 2, Dexamethason 8 mg 1-0-0.\n",
        ["Patientin 1", "Patientin 2"],
    ),
    "entries of a list": (
        "Board 14/01/2026\n1. A.B., 54F, HER2+ MBC, ECOG 1\n2. C.D., 63F, HER2+ MBC, ECOG 2, dex 8 mg bd\n",
        ["1. A.B., 54F", "2. C.D., 63F"],
    ),
    "a woman and a man": (
        "Board 14/01/2026\n54F HER2+ MBC. ECOG 1.\nFor SRS?\n\n61M NSCLC. ECOG 2. Dex 8 mg bd.\n",
        ["54F", "61M"],
    ),
    "the next one": (
        "Board 14/01/2026\n54F HER2+ MBC. ECOG 1. For SRS?\n\nNext patient: glioblastoma, KPS 60, dex 8 mg bd.\n",
        ["Next patient:"],
    ),
    "rows of a table": (
        "Board 14/01/2026\n| Initials | Age | Diagnosis | ECOG |\n|---|---|---|---|\n| AB | 54 | HER2+ MBC | ECOG 1 |\n"
        "| CD | 61 | NSCLC | ECOG 2, dex 8 mg bd |\n",
        ["| AB |", "| CD |"],
    ),
}


@pytest.mark.parametrize("name", SEVERAL)
def test_a_text_of_several_patients_names_the_words_that_show_it_and_offers_nothing_of_them(name: str) -> None:
    text, words = SEVERAL[name]
    offer = offer_of(text, "board_note")
    assert {part.why for part in offer.unread} == {"patients"}
    shown = [text[part.source.start : part.source.end] for part in offer.unread]
    assert len(shown) == len(words)
    assert all(place.startswith(word) for place, word in zip(shown, words, strict=True)), shown
    assert {proposal.field for proposal in offer.proposals} <= {"meeting.last_discussed"}
    assert not offer.not_offered
    assert not offer.read_first


@pytest.mark.parametrize("name", SEVERAL)
def test_the_part_of_one_patient_alone_is_read(name: str) -> None:
    text, _ = SEVERAL[name]
    offer = offer_of(text, "board_note")
    rest = offer.unread[-1].source.start
    alone = offer_of(text[:rest], "board_note")
    assert not alone.unread
    assert {proposal.field for proposal in alone.proposals} - {"meeting.last_discussed"}, name


def test_such_a_text_is_not_kept_with_a_case() -> None:
    text, _ = SEVERAL["numbered"]
    assert offer_of(text, "board_note").read_from is None


def test_numbers_and_names_of_persons_are_masked_in_the_words_that_are_shown() -> None:
    text, _ = SEVERAL["numbers of records"]
    assert not any("0041" in part.words for part in offer_of(text, "board_note").unread)


ONE = {
    "one number": "Board 14/01/2026\nCase 3: 60F, ECOG 2, 4 brain metastases.\nHER2 3+.\n",
    "one record twice": "MRN: 00412233\nClinic 14/01/2026\nECOG 2.\nMRN 412233\n",
    "one day of birth twice": "DOB 12/03/1965\nClinic 14/01/2026\nECOG 2.\nD.O.B. 12 Mar 65\n",
    "two hospitals": "Hospital no: 123456 NHS no: 485 777 3456\nClinic 14/01/2026\nECOG 2.\n",
    "her family": "60F, HER2+ breast cancer.\nClinic 14/01/2026\nECOG 2.\nBrother, 62M, had colon cancer.\n",
    "an older note": "60F, HER2+ breast cancer.\nClinic 14/01/2026\nECOG 2.\n58F seen first in 2024.\n",
    "her falls": "60F, HER2+ breast cancer.\nClinic 14/01/2026\nECOG 2.\nFell in the bath in May.\n",
    "stages": "Clinic 14/01/2026\nECOG 2.\npT2 (23 mm) on the left.\npT1 (9 mm) on the right.\n",
    "lesions": "60F\nClinic 14/01/2026\nECOG 2.\nLesion 1: left frontal, 12 mm\nLesion 2: right parietal, 9 mm\n",
    "patient in capitals": "PATIENT IS ALERT.\nClinic 14/01/2026\nECOG 2.\nPATIENT ID: 1234567\n",
    "drugs": "Clinic 1/2/26\nECOG 2.\n| Name | Dose | For |\n| senna | 15 mg | gut |\n| iron | 5 mg | blood |\n",
}


@pytest.mark.parametrize("name", ONE)
def test_a_text_of_one_patient_is_read(name: str) -> None:
    kind = "board_note" if ONE[name].startswith("Board") else "clinic_letter"
    offer = offer_of(ONE[name], kind)  # type: ignore[arg-type]  # reason: both are kinds
    assert not offer.unread
    assert [proposal.value for proposal in offer.proposals if proposal.field == "patient.ecog"] == [2]
    assert all(isinstance(source, TextSpan) for proposal in offer.proposals for source in proposal.sources)
