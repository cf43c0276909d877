"""Dates, sections, masking, what is seen and not offered, what is read first, and what is imported when."""

import subprocess
import sys

import pytest
from support.report_texts import offer_of

from her2board.capture.proposal import Reason
from her2board.capture.report.dates import find_dates, order_shown
from her2board.capture.report.document import read_document
from her2board.capture.report.masking import masked
from her2board.capture.report.model import Kind
from her2board.capture.report.normal import normalise


def _isos(text: str) -> list[tuple[str, ...]]:
    return [date.isos for date in find_dates(normalise(text).plain)]


def test_one_date_with_a_day_above_twelve_decides_all_dates_of_a_text() -> None:
    assert _isos("11/07/2025, then 14/10/2025") == [("2025-07-11",), ("2025-10-14",)]
    assert _isos("11/07/2025, then 10/14/2025") == [("2025-11-07",), ("2025-10-14",)]
    assert order_shown("11/07/2025, then 14/10/2025").because == ("14/10/2025",)


def test_without_such_a_date_both_readings_are_given() -> None:
    assert _isos("seen 11/07/2025") == [("2025-07-11", "2025-11-07")]
    assert _isos("13/07/2025 and 07/13/2025 and 11/07/2025")[2] == ("2025-07-11", "2025-11-07")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("3 March 2025", "2025-03-03"),
        ("March 3rd, 2025", "2025-03-03"),
        ("03-Sep-2024", "2024-09-03"),
        ("12. Mai 2025", "2025-05-12"),
        ("12.05.2025", "2025-05-12"),
        ("2025-05-12", "2025-05-12"),
        ("12 mars 2025", "2025-03-12"),
        ("17 de febrero de 2026", "2026-02-17"),
        ("1° luglio 2025", "2025-07-01"),
        ("4/2019", "2019-04"),
        ("Sept 2025", "2025-09"),
        ("in 2019", "2019"),
    ],
)
def test_a_date_is_read_in_the_ways_reports_write_it(text: str, iso: str) -> None:
    assert _isos(text) == [(iso,)]


def test_without_a_year_there_is_no_date_and_a_date_of_birth_is_none() -> None:
    assert _isos("20 October, 3/12, 14/03, Monday, today") == []
    assert _isos("DOB: 14/02/1969") == []


def test_a_section_decides_whether_its_words_are_offered() -> None:
    words = "Two enhancing metastases are present."
    for heading in ("Findings", "Impression", "Befund", "Referto"):
        offer = offer_of(f"MRI brain.\n{heading}: {words}", "brain_mri")
        assert any(proposal.field == "brain.lesion_count" for proposal in offer.proposals), heading
    for heading in ("Clinical history", "Plan", "Family history", "Comparison", "Klinische Angaben"):
        offer = offer_of(f"MRI brain.\n{heading}: {words}", "brain_mri")
        assert not any(proposal.field == "brain.lesion_count" for proposal in offer.proposals), heading


SEEN: tuple[tuple[Kind, str, str, Reason], ...] = (
    ("brain_mri", "MRI brain.\nThe left frontal metastasis was 17 mm.", "brain.lesions[]", "earlier"),
    ("brain_mri", "MRI brain.\nAll metastases are < 5 mm.", "brain.lesions[]", "threshold"),
    ("brain_mri", "MRI brain.\nIndication: two enhancing lesions are present.", "brain.lesion_count", "request"),
    ("clinic_letter", "Clinic 14/11/2025.\nHer father takes apixaban.", "patient.anticoagulated", "another_person"),
    ("clinic_letter", "Clinic 14/11/2025.\nIf she improves, ECOG 1.", "patient.ecog", "conditional"),
    ("board_note", "MDT 14/11/2025.\nPlan: T-DXd.", "systemic.lines[]", "planned"),
    ("systemic_history", "- Radiosurgery declined, 20 Gy in 1 fraction.", "brain.local_therapies[]", "declined"),
)


@pytest.mark.parametrize(("kind", "text", "field", "because"), SEEN)
def test_what_is_seen_and_not_offered_is_listed_with_its_reason(
    kind: Kind, text: str, field: str, because: Reason
) -> None:
    offer = offer_of(text, kind)
    assert field not in {proposal.field for proposal in offer.proposals}
    assert because in {seen.because for seen in offer.not_offered if seen.field == field}


def test_a_sentence_on_an_urgent_sign_is_read_first_and_its_sign_is_not_offered() -> None:
    text = "MRI brain.\nMidline shift of 7 mm. No hydrocephalus. No herniation."
    offer = offer_of(text, "brain_mri")
    assert [first.words for first in offer.read_first] == ["Midline shift of 7 mm."]
    assert {p.field for p in offer.proposals if p.field.startswith("urgency")} == {"urgency.hydrocephalus"}


def test_a_number_and_a_largest_size_that_the_lesions_exceed_are_not_offered() -> None:
    text = (
        "MRI brain.\nThere are two enhancing lesions. The largest measures 9 mm. Left frontal 12 mm. "
        "Right frontal 5 mm. Left temporal metastasis 4 mm."
    )
    fields = [proposal.field for proposal in offer_of(text, "brain_mri").proposals]
    assert fields.count("brain.lesions[]") == 3
    assert "brain.lesion_count" not in fields
    assert "brain.largest_mm" not in fields


def test_two_values_of_one_examination_are_a_choice() -> None:
    (one,) = (p for p in offer_of("Echo\nLVEF 54%, 3D LVEF 56%.", "echo").proposals)
    assert one.trust == "two_readings"
    assert one.value is None
    assert one.values == (54, 56)


def test_a_kept_sentence_names_nobody() -> None:
    kept = masked("Mrs Ada Nobody (MRN: 00817263, DOB: 14/02/1969) was seen by Dr Noone: LVEF 58%.")
    for name in ("Ada", "Nobody", "00817263", "1969", "Noone"):
        assert name not in kept
    assert "LVEF 58%" in kept


def test_normalising_moves_nothing() -> None:
    text = "Größe 12 × 8 mm – «métastase» \u2028\tÖdem\u00a0\U0001f9e0 İ ﬁ"
    normal = normalise(text)
    assert len(normal.plain) == len(normal.cased) == len(text)
    assert normal.plain.startswith("grose 12 x 8 mm - ")


def test_sentences_are_places_of_the_text_in_order() -> None:
    text = "MRI brain, 3 March 2025.\nApprox. 3 mm. No. 4 is new; L. frontal: 5 mm\n\n- item one\n- item two"
    document = read_document(text, "brain_mri")
    ends = [0]
    for sentence in document.sentences:
        assert ends[-1] <= sentence.start < sentence.end <= len(text)
        ends.append(sentence.end)


def test_reading_reports_is_not_loaded_with_the_command_line() -> None:
    code = "import sys; import her2board.cli.main; print(any('capture.report' in name for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
