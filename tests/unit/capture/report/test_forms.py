"""Boxes of a form: what is ticked is read with its label, and a box that leaves it open is shown and not offered."""

import pytest
from support.releases import release

from her2board.capture.proposal import Offer
from her2board.capture.report.document import read_document
from her2board.capture.report.reading import read_report

_HEAD = "Specimen: Liver, core biopsy. Collected: 14 May 2022\n"
_REST = "\nPR: negative (0%)\nHER2 IHC: 3+\n"


def _offer(line: str) -> Offer:
    return read_report(_HEAD + line + _REST, "pathology", release().vocabulary)


def _er(line: str) -> str | None:
    """Return ER as offered from a report with a line."""
    (specimen,) = _offer(line).proposals
    found = specimen.value.get("er")
    return None if found is None else str(found)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("ER: [x] Positive [ ] Negative", "positive"),
        ("ER: [ ] Positive [X] Negative", "negative"),
        ("ER: ( ) Positive (x) Negative", "negative"),
        ("ER: \u2611 Positive \u2610 Negative", "positive"),
        ("ER: \u2610 Positive \u2612 Negative", "negative"),
        ("ER: \u25a1 Positive \u25a0 Negative", "negative"),
        ("ER: [\u2713] Positive [ ] Negative", "positive"),
        ("ER: [__] Positive [_x_] Negative", None),
        ("ER   Positive [ ]   Negative [x]", "negative"),
        ("ER | [x] Positive | [ ] Negative", "positive"),
        ("Estrogen Receptor:\n  [ ] Positive\n  [x] Negative", "negative"),
        ("ER: \u2612Positive\u2610Negative", "positive"),
    ],
)
def test_the_ticked_box_is_read_with_its_label(line: str, status: str | None) -> None:
    assert _er(line) == status


@pytest.mark.parametrize(
    ("form", "read"),
    [
        ("HER2 IHC: [ ] 0 [ ] 1+ [x] 2+ [ ] 3+", {"ihc": "2+"}),
        ("HER2 IHC   0 [ ]   1+ [ ]   2+ [ ]   3+ [x]", {"ihc": "3+"}),
        ("HER2 (by IHC)\n  [ ] Negative (Score 0)\n  [x] Negative (Score 1+)", {"ihc": "1+"}),
        ("+HER2 (by IHC)\n___ Negative (Score 0)\n_X_ Positive (Score 3+)", {"ihc": "3+"}),
        ("HER2 FISH: [ ] Amplified [x] Not amplified", {"ish": "negative"}),
        ("HER2 FISH: [x] Amplified [ ] Not amplified   ratio 1.1", {}),
        ("HER2 FISH: [ ] Amplified [ ] Not amplified [x] Not performed", {}),
        ("( ) HER2 negative (1+)\n(X) HER2 equivocal (2+)", {"ihc": "2+"}),
    ],
)
def test_the_ticked_result_of_her2_is_read(form: str, read: dict[str, str]) -> None:
    text = f"{_HEAD}ER: negative (0%)\nPR: negative (0%)\n{form}\n"
    (specimen,) = read_report(text, "pathology", release().vocabulary).proposals
    assert {key: specimen.value[key] for key in ("ihc", "ish") if key in specimen.value} == read


@pytest.mark.parametrize(
    "line",
    [
        "ER: [ ] Positive [ ] Negative",
        "ER: [x] Positive [x] Negative",
        "ER: \u2611 Positive \u2612 Negative",
        "ER: [x] Positive [ ]",
        "ER  Positive [x]  Negative [ ]  Allred 8/8 positive",
    ],
)
def test_boxes_that_leave_it_open_are_seen_and_not_offered(line: str) -> None:
    assert _er(line) is None
    seen = [one for one in _offer(line).not_offered if one.value == {"er": "?"}]
    assert [one.because for one in seen] == ["open"]
    assert " ".join(line.split()) in " ".join(seen[0].words.split())


def test_what_is_offered_from_a_form_is_shown_with_all_of_its_boxes() -> None:
    form = "ER:\n  [ ] Positive\n  [x] Negative"
    (specimen,) = _offer(form).proposals
    assert form in specimen.words[0]


@pytest.mark.parametrize(
    "text",
    [
        "ER: [x] Positive [ ] Negative\nKi-67: 20%",
        "ER\u2612Positive",
        "HER2:\n[ ] 0\n[x] 3+",
        "PR: [ ]",
        "[x] ER positive\n[ ] HER2 3+",
    ],
)
def test_no_letter_outside_a_form_moves(text: str) -> None:
    document = read_document(text, "pathology")
    assert len(document.plain) == len(document.marked) == len(document.normal.cased) == len(text)
    outside = [place for place in range(len(text)) if not any(f.start <= place < f.end for f in document.forms)]
    assert all(document.plain[place] == text[place].lower() for place in outside if text[place].isalnum())


@pytest.mark.parametrize("struck", ["~~positive~~", "<s>positive</s>", "<del>positive</del>", "p\u0336o\u0336s\u0336"])
def test_what_is_struck_out_is_not_said(struck: str) -> None:
    assert _er(f"ER: {struck} / negative") == "negative"
