"""The sentence that is kept with an accepted fact: masked, with its document and day, for the value it says only."""

import pytest
from support.releases import release

from her2board.capture.kept import kept_sentence
from her2board.capture.proposal import Cell, Conflict, Element, Offer, Proposal, TextSpan
from her2board.capture.report.model import Kind
from her2board.capture.report.reading import read_report
from her2board.case.kept import source_words

SCAN = """MRI of the brain with contrast, 14 November 2026
Patient: Zwack, Anna. DOB: 12 March 1974. MRN: 4455667.
Findings: Mrs Zwack has a new 8 mm metastasis in the pons.
"""


def _proposal(**more) -> Proposal:
    given = {"field": "patient.ecog", "value": 1, "trust": "stated", "rule": "ecog", "sources": (TextSpan(0, 4),)}
    return Proposal(**{**given, "words": ("ECOG 1",), **more})


def test_names_and_numbers_of_the_header_are_masked_and_the_day_of_the_report_is_kept() -> None:
    offer = read_report(SCAN, "brain_mri", release().vocabulary)
    kept = [kept_sentence(one, one.values[0], offer) for one in offer.proposals]
    assert kept
    for one in kept:
        assert one is not None
        assert source_words(one.source) == "MRI of the brain, 14 Nov 2026"
        assert not {"Zwack", "Anna", "4455667", "1974"} & set(one.sentence.replace(".", " ").split())
    assert any("a new 8 mm metastasis in the pons." in one.sentence for one in kept if one)


@pytest.mark.parametrize(
    ("kind", "text", "day"),
    [
        ("echo", "TRANSTHORACIC ECHO 12 May 2025. LVEF 54 %.", "2025-05-12"),
        ("board_note", "MDT outcome 16 Sept 2025: brain metastases discussed.", "2025-09-16"),
        ("clinic_letter", "Clinic 02/11/2025. Breast cancer with brain metastases.", None),
        ("discharge_summary", "Admitted 10 Feb 2025 with brain metastases.", None),
        ("radiotherapy_summary", "Radiotherapy completion. Site: whole brain. Completed 8 March 2024.", None),
    ],
)
def test_a_report_has_a_day_only_where_it_is_plain(kind: Kind, text: str, day: str | None) -> None:
    found = read_report(text, kind, release().vocabulary).read_from
    assert found is not None
    assert (str(found.day) if found.day else None) == day


def test_of_a_value_that_nothing_says_no_sentence_is_kept() -> None:
    offer = Offer(read_from=read_report(SCAN, "brain_mri", release().vocabulary).read_from)
    other = Conflict(2, "ECOG 2", TextSpan(9, 15), "Her ECOG was 2.")
    one = _proposal(conflicts=(other,), kept="Her ECOG is 1.")
    kept = {value: kept_sentence(one, value, offer) for value in (1, 2, 3)}
    assert [said and said.sentence for said in kept.values()] == ["Her ECOG is 1.", "Her ECOG was 2.", None]


def test_resources_and_rows_are_named_with_element_and_column_and_without_long_numbers() -> None:
    elements = _proposal(sources=(Element("Observation/a", "value"), Element("Patient/1234567")), words=("1", "1"))
    cell = Cell(3, "ecog", "a.csv")
    said = [
        kept_sentence(elements, 1, Offer()),
        kept_sentence(_proposal(sources=(cell,)), 1, Offer()),
        kept_sentence(_proposal(sources=(cell,)), 1, Offer(), {cell: "INV-1 visit 2"}),
    ]
    assert [one and source_words(one.source) for one in said] == [
        "record of another program, Observation/a, value; Patient/\N{HORIZONTAL ELLIPSIS}",
        "table, row 3, ecog",
        "table, INV-1 visit 2, ecog",
    ]


def test_of_a_sentence_that_is_long_what_is_around_the_words_is_kept() -> None:
    one = _proposal(kept="a " * 2000 + "ECOG 1" + " b" * 2000)
    offer = Offer(read_from=read_report(SCAN, "brain_mri", release().vocabulary).read_from)
    kept = kept_sentence(one, 1, offer)
    assert kept is not None
    assert "ECOG 1" in kept.sentence
    assert len(kept.sentence) < 1100
