"""A clinic's local file adds to the evidence and can change nothing of it; what is wrong is said with its line."""

from datetime import date

import pytest
from support.overlays import RIVERSIDE, beside_riverside

from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.overlay import Overlay
from her2board.evidence.overlay_file import BrokenOverlayError, overlay_text, parse_overlay
from her2board.evidence.terms import LocalKind

_TRIAL = "- id: river-brain-1\n"
_REFUSED = {
    "a figure of a trial": (_TRIAL, "- id: river-brain-1\n  endpoints: [{value: 99}]\n", "14: trials.0.endpoints: a"),
    "a shipped trial": ("id: river-brain-1", "id: her2climb", "13: the id 'her2climb' belongs to a trial of"),
    "a shipped statement": ("id: river-mri", "id: degro-2024", "23: the id 'degro-2024' belongs to a guideline"),
    "an option": ("limits:\n", "options: [{id: t-dxd}]\nlimits:\n", "28: options: a local file has no such field"),
    "a reference": ("limits:\n", "references: []\nlimits:\n", "28: references: a local file has no such field"),
    "the release": ("limits:\n", "as_of: 2027-01-01\nlimits:\n", "28: as_of: a local file has no such field"),
    "a drug by another name": ("drug: tucatinib", "drug: T-DXd", "7: no drug has the id 'T-DXd'; write trastuz"),
    "an option that is none": ("pyrotinib-cap", "pyrotinb-cap", "8: no option is called 'pyrotinb-capecitabine'; did"),
    "an unknown status": ("needs_approval", "ask", "7: formulary.1.status: Input should be 'on_formulary', 'needs_app"),
    "an unknown fact": ("fact: ecog", "fact: ecgo", "20: no fact is called 'ecgo'; did you mean 'ecog'?"),
    "a comparison of another kind": ("at_most: 1}", "is: one}", "20: 'is' does not fit 'ecog', which is a number"),
    "a day in no calendar": ("2026-11-12", "2026-11-31", "17: trials.0.looked_at: day is out of range for month"),
    "a day after the file": ("2026-11-12", "2027-11-12", "17: 2027-11-12 is after the file was last changed"),
    "referral to nowhere": (", where: Lakeside Hospital", "", "10: radiotherapy.radiosurgery: 'by_referral' needs"),
    "a drug twice": ("drug: tucatinib", "drug: trastuzumab_deruxtecan", "7: 'trastuzumab_deruxtecan' is a duplicate"),
    "a limit of what has none": ("brain.imaging_date", "brain.lesions", "29: no field is called 'brain.lesions'"),
    "no limit at all": ("days: 14", "days: 0", "29: limits.0.days: Input should be greater than or equal to 1"),
    "another format": ("local-1", "local-9", "1: format: Input should be 'her2board-local-1'"),
    "an id that is no text": ("id: river-brain-1", "id: {a: b}", "13: trials.0.id: "),
    "a drug that is no text": ("drug: tucatinib", "drug: [a]", "7: formulary.1.drug: "),
    "no list": ("statements:\n-", "statements:\n ", "statements: "),
    "no text": ("NAME", "\u00a0 ", "14: trials.0.name: empty"),
    "a bracket that ends the mark": ("NAME", "X] ESMO: use it [local: Y", "14: trials.0.name: ']' is not taken"),
    "a bracket of another width": ("NAME", "X\uff3d ESMO", "14: trials.0.name: '\uff3d' is not taken"),
    "a line of its own": ("NAME", "X\\nESMO: use it", "14: trials.0.name: U+000A is not taken"),
    "letters turned round": ("NAME", "X\\u202Eti esu", "14: trials.0.name: U+202E is not taken"),
    "a letter nobody sees": ("NAME", "X\\u200By", "14: trials.0.name: U+200B is not taken"),
    "the mark of second-hand": ("NAME", "X \u2020", "14: trials.0.name: '\u2020' is not taken"),
    "a sign": ("NAME", "\u2713 met", "14: trials.0.name: '\u2713' is not taken"),
    "a picture": ("NAME", "X \U0001f600", "14: trials.0.name: '\U0001f600' is not taken"),
    "letters piled up": ("NAME", "X" + "\u0301" * 4, "14: trials.0.name: '\u0301' is not taken"),
    "a bracket in the clinic's name": ("Riverside C", "Riverside] C", "2: clinic: ']' is not taken in a local text"),
    "ten thousand letters": ("NAME", "y" * 10_000, "(found: 'yyy"),
    "a number nobody reaches": ("number: 3", "number: 9999999", "3: number: Input should be less than or equal"),
    "a number without end": ("number: 3", "number: " + "9" * 5000, "3: number: Input should be a valid integer"),
    "two clinics": ("number: 3", "clinic: Other\nnumber: 3", "the key 'clinic' is a duplicate"),
    "one id for two": ("id: river-mri", "id: river-brain-1", "23: the id 'river-brain-1' is a duplicate"),
    "no YAML": ("formulary:\n", "formulary: [\n", "not readable as YAML"),
}  # fmt: skip


def _parse(text: str, library: EvidenceLibrary) -> Overlay:
    return parse_overlay(text, "x.yaml", library)


def test_what_is_written_is_read_again(library: EvidenceLibrary) -> None:
    overlay = _parse(RIVERSIDE, library)
    assert overlay.access[("drug", "tucatinib")].note == "form of the drug commission"
    assert overlay.facts == {"ecog", "leptomeningeal_disease"}
    assert _parse(overlay_text(overlay), library) == overlay


def test_a_file_that_would_change_the_evidence_or_cannot_be_used_is_refused_with_its_line(
    library: EvidenceLibrary,
) -> None:
    for what, (old, new, message) in _REFUSED.items():
        if old == "NAME":
            old, new = "name: RIVER-BRAIN-1", f'name: "{new}"'  # reason: the table stays short
        assert old in RIVERSIDE, what
        with pytest.raises(BrokenOverlayError) as refused:
            _parse(RIVERSIDE.replace(old, new, 1), library)
        assert message in str(refused.value), f"{what}: {refused.value}"
        assert len(str(refused.value)) < 600, what


def test_every_problem_is_reported_together(library: EvidenceLibrary) -> None:
    text = RIVERSIDE.replace("id: river-brain-1", "id: her2climb").replace("needs_approval", "ask")
    with pytest.raises(BrokenOverlayError, match=r"(?s)2 problems:\nx\.yaml:7.*\nx\.yaml:13"):
        _parse(text, library)


def test_nothing_of_the_release_differs_beside_a_local_file(library: EvidenceLibrary) -> None:
    beside = beside_riverside(library)
    changed = {name for name in vars(library) if name in beside.__dict__ and vars(library)[name] != vars(beside)[name]}
    assert changed <= {"overlay", "limits", "readable"}
    assert beside.content_hash == library.content_hash
    assert beside.limits == {"brain.imaging_date": 14}


def test_an_entry_is_stale_after_the_limit_of_its_kind(library: EvidenceLibrary) -> None:
    beside = beside_riverside(library)
    assert beside.look_again_after(LocalKind.TRIALS) == 60
    assert not beside.is_stale(LocalKind.TRIALS, "2026-11-12", date(2027, 1, 11))
    assert beside.is_stale(LocalKind.TRIALS, "2026-11-12", date(2027, 1, 12))
    own = beside_riverside(library, RIVERSIDE + "look_again_after: {trials: 10}\n")
    assert own.is_stale(LocalKind.TRIALS, "2026-11-12", date(2026, 11, 23))
    assert not own.is_stale(LocalKind.STATEMENTS, "2026-11-12", date(2027, 11, 12))


def test_words_of_every_script_and_measure_are_taken(library: EvidenceLibrary) -> None:
    for words in (
        "Città di Castello, «Neuro»",
        "Enhertu® ≥ 5.4 mg/kg, ≤ 60 mg/m²; 37 °C",
        "試験 (第3相)",
        "e\u0301tude \u2013 n\u00b0 2",
    ):
        overlay = _parse(RIVERSIDE.replace("name: RIVER-BRAIN-1", f'name: "{words}"'), library)
        assert overlay.trials[0].name == words


def test_of_a_thousand_problems_the_first_are_named(library: EvidenceLibrary) -> None:
    many = "".join(f"- {{id: s{n}, text: '', author: a, looked_at: 2026-01-01}}\n" for n in range(1000))
    with pytest.raises(BrokenOverlayError) as refused:
        _parse(RIVERSIDE.replace("statements:\n", f"statements:\n{many}"), library)
    assert str(refused.value).startswith("the local file has 1000 problems:")
    assert len(str(refused.value).splitlines()) == 22
