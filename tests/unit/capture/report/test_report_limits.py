"""What is no report offers nothing, whatever it is called; and no text stops the program."""

import re
from typing import get_args

import pytest
from support.report_texts import offer_of, report_texts
from support.unrelated import HOW_MANY, paragraphs

from her2board.capture.report import lesions, sizes
from her2board.capture.report.kinds import suggest_kind
from her2board.capture.report.model import Kind
from her2board.capture.report.resources import read_resource

KINDS: tuple[Kind, ...] = get_args(Kind)


def test_unrelated_paragraphs_offer_nothing() -> None:
    found = []
    for number, text in enumerate(paragraphs(), 1):
        suggested = suggest_kind(text)
        for kind in {KINDS[number % len(KINDS)], *([suggested] if suggested else [])}:
            allowed = {"patient.age"}  # of a text that somebody calls a letter, an age is an age
            offered = [p for p in offer_of(text, kind).proposals if p.field not in allowed]
            found += [(text, kind, p.field, p.value) for p in offered]
    assert number == HOW_MANY
    assert found == []


def test_unrelated_paragraphs_are_suggested_as_no_kind() -> None:
    assert [text for text in paragraphs() if suggest_kind(text)] == []


HOSTILE = (
    "(" * 100_000,
    "1" * 100_000,
    "1 " * 50_000,
    "12 mm " * 16_000,
    "left frontal 12 mm, " * 5_000,
    "no " * 33_000,
    "er " * 33_000,
    "her2 3+ " * 12_000,
    "3/4/2025 " * 11_000,
    "a. " * 33_000,
    "Name: " * 16_000,
    "20 Gy in 5 fractions " * 4_800,
    "\u202e\u200b" * 50_000,
    "\u0130" * 100_000,
    "|" * 100_000,
    "trastuzumab + " * 7_000,
    "if " * 33_000,
    "  -" * 33_000,
)


def test_a_line_of_a_hundred_thousand_characters_offers_nothing_and_ends() -> None:
    """Such a line is left out before any rule reads it, so the number of steps does not depend on the rules."""
    for number, text in enumerate(HOSTILE):
        assert offer_of(text, KINDS[number % len(KINDS)]).proposals == ()


def test_lines_just_short_enough_to_be_read_end_as_well() -> None:
    for number, text in enumerate(HOSTILE):
        short = "\n".join(text[place : place + 1100] for place in range(0, 2200, 1100))
        for kind in (KINDS[number % len(KINDS)], "brain_mri", "clinic_letter"):
            offer_of(short, kind)  # type: ignore[arg-type]  # reason: the kinds named here are kinds


def test_offsets_hold_for_signs_that_change_their_length_in_lower_case() -> None:
    before = "\u0130stanbul \u00df \ufb01 \U0001f600 e\u0301 \u200b\n"
    text = before + "MRI brain with contrast, 14 March 2025.\nThe left frontal metastasis measures 17 mm.\n"
    for proposal in offer_of(text, "brain_mri").proposals:
        source = proposal.sources[0]
        assert text[source.start : source.end] == proposal.words[0]  # type: ignore[union-attr]  # reason: a text has spans
    assert any(
        proposal.value == {"site": "left frontal", "diameter_mm": 17}
        for proposal in offer_of(text, "brain_mri").proposals
    )


def test_what_is_invisible_inside_a_number_makes_it_no_number() -> None:
    text = "MRI brain, 14 March 2025.\nThe left frontal metastasis measures 1\u200b7 mm.\n"
    assert not any(proposal.field == "brain.lesions[]" for proposal in offer_of(text, "brain_mri").proposals)


CHANGES = (
    ("brain_mri", "MRI brain.\nNo leptomeningeal enhancement.", "No ", "New ", "brain.leptomeninges"),
    ("brain_mri", "MRI brain.\nNo hydrocephalus.", "No ", "New ", "urgency.hydrocephalus"),
    ("brain_mri", "MRI brain\nDate of exam: 14 March 2025", "2025", "2026", "brain.imaging_date"),
    ("brain_mri", "The left frontal metastasis measures 17 mm.", "mm", "cm", "brain.lesions[]"),
    ("brain_mri", "The left frontal metastasis measures 7 mm.", "mm", "cm", "brain.lesions[]"),
    ("brain_mri", "The left frontal metastasis now measures 17 mm.", "now measures", "measured", "brain.lesions[]"),
    ("clinic_letter", "The patient is ECOG 1.", "The patient", "Her mother", "patient.ecog"),
    ("clinic_letter", "She takes apixaban.", "She", "Her mother", "patient.anticoagulated"),
    ("clinic_letter", "She remains on levetiracetam.", "remains on", "has stopped", "neurology.antiseizure_drugs"),
    ("clinic_letter", "She takes dexamethasone 4 mg daily.", "takes", "may need", "neurology.dexamethasone_mg"),
    ("clinic_letter", "She takes dexamethasone 4 mg daily.", "daily", "bd", "neurology.dexamethasone_mg"),
    ("echo", "Echo 3 May 2025\nLVEF 58%.", "LVEF 58", "Previous LVEF 58", "organs.lvef_percent"),
    ("pathology", "Specimen: left breast\nER 90%\nPR 0%\nHER2 3+", "3+", "2+", "tumour.specimens[]"),
    ("pathology", "Specimen: left breast\nER 90%\nPR 0%\nHER2 3+", "left", "right", "tumour.specimens[]"),
    (
        "radiotherapy_summary",
        "Radiosurgery, left frontal metastasis, 20 Gy in 1 fraction, completed 3 May 2025.",
        "completed",
        "planned for",
        "brain.local_therapies[]",
    ),
    (
        "systemic_history",
        "- Tucatinib + capecitabine + trastuzumab from 5/2023 until 11/2024.",
        "from",
        "declined; planned from",
        "systemic.lines[]",
    ),
    ("systemic_history", "She has never had tucatinib.", "She has", "Her aunt has", "systemic.exposure.tucatinib"),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "was", "is_", "field"), CHANGES)
def test_one_changed_word_changes_what_is_offered(kind: Kind, text: str, was: str, is_: str, field: str) -> None:
    def offered(words: str) -> list[tuple[object, ...]]:
        return [proposal.values for proposal in offer_of(words, kind).proposals if proposal.field == field]

    assert offered(text)
    assert offered(text.replace(was, is_)) != offered(text)


def test_a_year_is_changed_in_every_date_that_follows_from_it() -> None:
    for text in report_texts():
        changed = re.sub(r"\b2025\b", "2031", text.text)
        before = [v for p in offer_of(text.text, text.kind).proposals for v in p.values if isinstance(v, str)]
        after = [v for p in offer_of(changed, text.kind).proposals for v in p.values if isinstance(v, str)]
        years = [value for value in before if value.startswith("2025")]
        assert not any(value.startswith("2025") for value in after), text.id
        assert len([value for value in after if value.startswith("2031")]) == len(years), text.id


def test_patterns_of_sizes_and_links_are_bounded() -> None:
    """A repeated group with a repeat inside it may take for ever; these are the two that are repeated most."""
    assert "}" in lesions._LINK.pattern[-8:]
    assert not re.search(r"\+\)[*+]", sizes._SIZE.pattern)


BEFORE, AFTER = "MRI brain with contrast, 14 March 2025.\n", "\nThe left frontal metastasis measures 17 mm.\n"
UNREAD: dict[str, tuple[Kind, str, str, int]] = {
    "rest": ("brain_mri", BEFORE + "Nothing else.\n" * 1_999 + AFTER, AFTER.strip(), 2_000),
    "sentence": (
        "brain_mri",
        f"{BEFORE}{'The left frontal lesion grew and ' * 40}{AFTER}",
        "The left frontal",
        1_200,
    ),
    "line": ("brain_mri", f"{BEFORE}{'left frontal 12 mm, ' * 1_001}{AFTER}", "left frontal 12 mm", 20_000),
    "word": ("brain_mri", f"{BEFORE}{'QUJD' * 101}{AFTER}", "QUJD", 400),
    "drugs": ("systemic_history", f"- 2023-04: {'T-DXd + ' * 60}T-DXd\n", "- 2023-04: T-DXd", 60),
    "values": ("clinic_letter", "She takes levetiracetam.\n" * 301, "levetiracetam", 300),
}


@pytest.mark.parametrize("why", UNREAD)
def test_what_is_not_read_of_a_text_is_reported_with_its_place(why: str) -> None:
    kind, text, words, limit = UNREAD[why]
    unread = offer_of(text, kind).unread
    assert [(part.why, part.limit) for part in unread] == [(why, limit)]
    place = unread[0].source
    assert text[place.start : place.end].strip().startswith(words)
    assert unread[0].words.startswith(words[:30])
    shorter = text.replace("Nothing else.\n", "", 2).replace(" + T-DXd", "", 1).replace("She takes", "Not", 1)
    if why in ("rest", "drugs"):
        assert offer_of(shorter, kind).unread == ()


def test_a_part_that_is_not_read_leaves_the_rest_read() -> None:
    for why in ("sentence", "line", "word"):
        kind, text, _, _ = UNREAD[why]
        assert any(proposal.field == "brain.lesions[]" for proposal in offer_of(text, kind).proposals), why


_OF_SEVERAL = ["sixteenth-two-cases"]


def test_no_invented_report_has_a_part_that_is_not_read() -> None:
    assert [text.id for text in report_texts() if offer_of(text.text, text.kind).unread] == _OF_SEVERAL


def test_the_last_item_of_a_long_list_is_not_cut_off() -> None:
    items = ["hypertension", "gout", "asthma", "psoriasis", "hypothyroidism", "osteoporosis", "type 2 diabetes"]
    items += ["migraine", "depression", "rheumatoid arthritis", "ischaemic heart disease", "chronic kidney disease"]
    text = f"Past medical history: {', '.join(items)}.\n"
    offered = {proposal.field: proposal.value for proposal in offer_of(text, "clinic_letter").proposals}
    assert offered["patient.comorbidity"] == items


def test_the_signs_of_a_date_are_taken_as_one() -> None:
    """A date is a run of one sign; a run that may be split inside a repeated group is tried in every way there is."""
    kept = (*read_resource("patterns").values(), *read_resource("words").values())
    found = [run for pattern in kept for run in re.findall(r"\\x01\+\+?", pattern)]
    assert set(found) == {r"\x01++"}
