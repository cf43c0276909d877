"""Receptor results as pathologists write them."""

import pytest

from her2board.capture.receptors import read_hormone, read_ihc, read_ish, read_ki67


@pytest.mark.parametrize(
    ("text", "score", "note"),
    [
        ("2+ (equivocal)", "2+", ""),
        ("3 +", "3+", ""),
        ("3+", "3+", ""),
        ("IHC 3+", "3+", ""),
        ("score 3+", "3+", ""),
        ("HER2 IHC 2+", "2+", ""),
        ("+++", "3+", ""),
        ("++", "2+", ""),
        ("1", "1+", ""),
        ("0", "0", ""),
        ("HER2 ultralow", "ultralow", ""),
        ("ultra-low", "ultralow", ""),
        ("0 (ultralow)", "ultralow", ""),
        ("IHC 0, HER2-ultralow", "ultralow", ""),
        ("IHC 2+ / FISH pending", "2+", "FISH pending"),
        ("3+ (95 % of cells)", "3+", "95 % of cells"),
        ("1+ (low)", "1+", ""),
        ("3+ positive", "3+", ""),
    ],
)
def test_an_ihc_score_is_read(text: str, score: str, note: str) -> None:
    found = read_ihc(text)
    assert (found.fields, found.note, found.problem) == ({"ihc": score}, note, "")


@pytest.mark.parametrize(
    "text", ["positive", "negative", "3+ (negative)", "0 positive", "2+/3+", "1+ to 2+", "2-3", "4+", "90 %"]
)
def test_a_text_that_is_no_score_or_two_is_asked(text: str) -> None:
    found = read_ihc(text)
    assert not found.fields
    assert found.problem


@pytest.mark.parametrize("text", ["3+ (?)", "3+ not confirmed", "3+ планируется", "2+ ✗"])
def test_a_score_with_something_unexplained_beside_it_is_asked(text: str) -> None:
    found = read_ihc(text)
    assert not found.fields
    assert len(found.candidates) == 1


@pytest.mark.parametrize(
    "text", ["not positive", "positive?", "no longer positive", "positive ✗", "nicht positiv", "ER unknown"]
)
def test_a_status_that_something_may_turn_round_is_no_result(text: str) -> None:
    assert not read_hormone(text, "er").fields
    assert not read_ish(text).fields


@pytest.mark.parametrize("text", ["PR positive", "HER2 pos", "ER neg, PR pos", "Ki-67 90 %"])
def test_a_result_of_another_receptor_is_not_taken(text: str) -> None:
    assert not read_hormone(text, "er").fields


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("2+/3+", ["2+", "3+"]),
        ("0 / ultralow", ["ultralow", "0"]),
        ("0 or ultralow", ["ultralow", "0"]),
        ("0+", ["ultralow", "0"]),
        ("IHC 0 (faint staining in 5 % of cells)", ["ultralow", "0"]),
        ("not ultralow", ["ultralow", "0"]),
        ("ultralow / low", ["ultralow", "1+"]),
        ("1+ (ultralow)", []),
    ],
)
def test_two_scores_are_both_offered_and_neither_is_taken(text: str, offered: list[str]) -> None:
    found = read_ihc(text)
    assert not found.fields
    assert found.problem
    assert [candidate.value for candidate in found.candidates] == offered


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("2+ FISH amplified", {"ihc": "2+", "ish": "positive"}),
        ("2+ (FISH not amplified)", {"ihc": "2+", "ish": "negative"}),
        ("2+ (equivocal), ISH ratio 2.4, 6.1 copies", {"ihc": "2+", "ish_ratio": 2.4, "her2_copies": 6.1}),
        ("2+/FISH-", {"ihc": "2+", "ish": "negative"}),
    ],
)
def test_hybridisation_written_behind_the_score_is_read_with_it(text: str, fields: dict[str, object]) -> None:
    assert read_ihc(text).fields == fields


def test_hybridisation_that_is_not_read_leaves_the_score_asked() -> None:
    found = read_ihc("2+ FISH ???")
    assert (found.fields, [c.value for c in found.candidates]) == ({}, ["2+"])


@pytest.mark.parametrize(
    ("text", "fields", "note"),
    [
        ("95%", {"er_percent": 95}, ""),
        ("0%", {"er_percent": 0}, ""),
        ("positive (90%)", {"er": "positive", "er_percent": 90}, ""),
        ("pos 90 %", {"er": "positive", "er_percent": 90}, ""),
        ("neg", {"er": "negative"}, ""),
        ("Negativ", {"er": "negative"}, ""),
        ("+", {"er": "positive"}, ""),
        ("ER+", {"er": "positive"}, ""),
        ("ER -", {"er": "negative"}, ""),
        ("negative (0%)", {"er": "negative", "er_percent": 0}, ""),
        ("<1%", {"er": "negative"}, "<1%"),
        ("≤1%", {}, "≤1%"),
        (">10 %", {"er": "positive"}, ">10 %"),
        ("< 10 %", {}, "< 10 %"),
        ("30-40%", {"er": "positive"}, "30-40%"),
        ("negative (<1%)", {"er": "negative"}, "negative (<1%)"),
        ("8/8", {}, "8/8"),
        ("Allred 7/8", {}, "Allred 7/8"),
        ("H-score 180", {}, "H-score 180"),
        ("IRS 12/12", {}, "IRS 12/12"),
        ("positive, Allred 7", {"er": "positive"}, "positive, Allred 7"),
        ("weakly positive 5 %", {"er": "positive", "er_percent": 5}, "weakly positive 5 %"),
    ],
)
def test_a_hormone_receptor_is_read_as_far_as_it_is_said(text: str, fields: dict, note: str) -> None:
    found = read_hormone(text, "er")
    assert (found.fields, found.note, found.problem) == (fields, note, "")


@pytest.mark.parametrize(
    "text", ["positive negative", "positive 0%", "negative 100 %", "20 % / 80 %", "yes", "?", "120 %"]
)
def test_a_hormone_receptor_with_two_readings_is_refused(text: str) -> None:
    found = read_hormone(text, "pr")
    assert not found.fields
    assert found.problem


@pytest.mark.parametrize(("text", "offered"), [("90", [90]), ("7", [7]), ("0", [0]), ("180", []), ("0.9", [90, 0.9])])
def test_a_number_without_sign_may_be_percent_or_a_score(text: str, offered: list[float]) -> None:
    found = read_hormone(text, "er")
    assert not found.fields
    assert found.problem == f"'{text}': percent of cells, or a score?"
    assert [candidate.value["er_percent"] for candidate in found.candidates] == offered


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("amplified", {"ish": "positive"}),
        ("not amplified", {"ish": "negative"}),
        ("nicht amplifiziert", {"ish": "negative"}),
        ("DISH positive", {"ish": "positive"}),
        ("non-amplified", {"ish": "negative"}),
        ("FISH+", {"ish": "positive"}),
        ("negative", {"ish": "negative"}),
        ("equivocal", {"ish": "equivocal"}),
        ("positive (ratio 4.2, copies 8.1)", {"ish": "positive", "ish_ratio": 4.2, "her2_copies": 8.1}),
        ("not amplified, HER2/CEP17 1,4", {"ish": "negative", "ish_ratio": 1.4}),
        ("ratio 2.3", {"ish_ratio": 2.3}),
    ],
)
def test_an_ish_result_is_read(text: str, fields: dict) -> None:
    assert read_ish(text).fields == fields


@pytest.mark.parametrize("text", ["not done", "pending", "n.d.", "awaited", "not performed"])
def test_a_test_not_done_is_no_result_and_stays_as_said(text: str) -> None:
    found = read_ish(text)
    assert (found.fields, found.note, found.problem) == ({}, text, "")


@pytest.mark.parametrize("text", ["amplified, not amplified", "see report", "3+"])
def test_what_is_no_ish_result_is_refused(text: str) -> None:
    assert read_ish(text).problem
    assert not read_ish(text).fields


@pytest.mark.parametrize(
    ("text", "fields", "note"),
    [
        ("25 %", {"ki67_percent": 25}, ""),
        ("25", {"ki67_percent": 25}, ""),
        ("30-40%", {}, "30-40%"),
        ("high", {}, "high"),
    ],
)
def test_ki67_is_read(text: str, fields: dict, note: str) -> None:
    found = read_ki67(text)
    assert (found.fields, found.note) == (fields, note)


@pytest.mark.parametrize(("text", "offered"), [("~25 %", [25]), ("0.25", [25, 0.25]), ("ca. 20%", [20])])
def test_an_estimate_of_ki67_is_asked(text: str, offered: list[float]) -> None:
    found = read_ki67(text)
    assert not found.fields
    assert [candidate.value["ki67_percent"] for candidate in found.candidates] == offered
