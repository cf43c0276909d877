"""HER2 by ASCO/CAP 2018, affirmed 2023, per specimen and over all of them; hormone receptors."""

from typing import Any

import pytest
from support.strategies import case_of, read, specimens

from her2board.case.model import Specimen
from her2board.case.receptors import amplified_by_count, assay_words, specimen_her2, specimen_hormone
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Among

POSITIVE, LOW, NEGATIVE = {"positive"}, {"low"}, {"negative"}


def her2(**assay: Any) -> set[str] | None:
    result = specimen_her2(Specimen(**assay))
    return None if result is None else set(result)


@pytest.mark.parametrize(
    ("ihc", "ish", "expected"),
    [
        ("3+", None, POSITIVE),
        ("2+", "positive", POSITIVE),
        ("2+", "negative", LOW),
        ("2+", "equivocal", set()),
        ("2+", None, None),
        ("1+", None, LOW),
        ("1+", "negative", LOW),
        ("0", None, NEGATIVE),
        ("0", "negative", NEGATIVE),
        (None, "positive", POSITIVE),
        (None, "negative", LOW | NEGATIVE),
        (None, "equivocal", None),
        (None, None, None),
    ],
)
def test_ihc_and_ish_decide_together(ihc: str | None, ish: str | None, expected: set[str] | None) -> None:
    assert her2(ihc=ihc, ish=ish) == expected


@pytest.mark.parametrize(
    ("group", "ratio", "copies", "by_ihc"),
    [
        (1, 2.0, 4.0, {"0": POSITIVE, "1+": POSITIVE, "2+": POSITIVE, "3+": POSITIVE, None: POSITIVE}),
        (2, 2.0, 3.9, {"0": NEGATIVE, "1+": LOW, "2+": LOW, "3+": POSITIVE, None: None}),
        (3, 1.9, 6.0, {"0": NEGATIVE, "1+": LOW, "2+": POSITIVE, "3+": POSITIVE, None: None}),
        (4, 1.9, 4.0, {"0": NEGATIVE, "1+": LOW, "2+": LOW, "3+": POSITIVE, None: None}),
        (4, 1.9, 5.9, {"0": NEGATIVE, "1+": LOW, "2+": LOW, "3+": POSITIVE, None: None}),
        (5, 1.9, 3.9, {"0": NEGATIVE, "1+": LOW, "2+": LOW, "3+": POSITIVE}),
    ],
)
def test_the_five_dual_probe_groups_follow_the_guideline(
    group: int, ratio: float, copies: float, by_ihc: dict[str | None, set[str] | None]
) -> None:
    for ihc, expected in by_ihc.items():
        assert her2(ihc=ihc, ish_ratio=ratio, her2_copies=copies) == expected, (group, ihc)


def test_dual_probe_group_five_without_ihc_is_not_positive() -> None:
    assert her2(ish_ratio=1.9, her2_copies=3.9) == LOW | NEGATIVE


def test_beside_ihc_3_the_groups_two_to_four_do_not_tell_of_amplification() -> None:
    for ratio, copies in ((2.0, 3.9), (1.9, 6.0), (1.9, 4.0)):
        assert amplified_by_count(Specimen(ihc="3+", ish_ratio=ratio, her2_copies=copies)) is None
    assert amplified_by_count(Specimen(ihc="3+", ish_ratio=1.9, her2_copies=3.9)) is False


def test_a_group_that_is_open_without_ihc_takes_the_result_the_pathologist_gave() -> None:
    assert her2(ish="positive", ish_ratio=1.8, her2_copies=7.0) == POSITIVE


def test_copies_alone_decide_only_where_the_missing_ratio_could_not_change_it() -> None:
    assert her2(ihc="2+", her2_copies=6.0) == POSITIVE
    assert her2(ihc="2+", her2_copies=3.0) == LOW
    assert her2(ihc="2+", her2_copies=5.0) is None
    assert her2(ihc="2+", her2_copies=4.0) is None
    assert her2(ihc="2+", her2_copies=3.9) == LOW
    assert her2(ihc="1+", her2_copies=7.0) == LOW
    assert her2(her2_copies=7.0) is None
    assert her2(her2_copies=3.0) is None


def test_a_status_stated_without_assay_counts_as_stated() -> None:
    assert her2(her2_stated="positive") == POSITIVE
    assert her2(her2_stated="ultralow") == NEGATIVE
    assert assay_words(Specimen(her2_stated="positive")) == "as stated"
    assert assay_words(Specimen()) == ""


def test_ihc_2_without_hybridisation_is_open_whatever_a_letter_says() -> None:
    for stated in ("positive", "low", "ultralow", "negative"):
        assert her2(her2_stated=stated, ihc="2+") is None
        assert her2(her2_stated=stated, ihc="2+", ish="positive") == (POSITIVE if stated == "positive" else None)


def test_a_letter_adds_nothing_to_an_assay() -> None:
    assert her2(her2_stated="low", ish="negative") == LOW | NEGATIVE
    assert her2(her2_stated="positive", her2_copies=3.0) is None
    assert her2(her2_stated="positive", ihc="2+", ish="equivocal") == set()


def test_a_stated_negative_may_be_low_since_many_reports_know_no_low() -> None:
    assert her2(her2_stated="negative") == LOW | NEGATIVE
    assert her2(her2_stated="negative", ish="negative") == LOW | NEGATIVE


def test_a_letter_and_a_conclusive_assay_that_disagree_leave_the_specimen_open() -> None:
    assert her2(her2_stated="positive", ihc="0") is None
    assert her2(her2_stated="positive", ihc="1+") is None
    assert her2(her2_stated="negative", ihc="3+") is None


def test_a_stated_negative_agrees_with_a_low_assay() -> None:
    assert her2(her2_stated="negative", ihc="1+") == LOW


def test_ultralow_is_a_part_of_negative_and_named() -> None:
    assert her2(ihc="ultralow") == NEGATIVE
    assert assay_words(Specimen(ihc="ultralow")) == "IHC 0 (ultralow)"


def test_counts_decide_where_ish_was_called_equivocal() -> None:
    assert her2(ihc="2+", ish="equivocal", ish_ratio=2.5, her2_copies=8.0) == POSITIVE
    assert her2(ihc="2+", ish="equivocal", ish_ratio=1.2, her2_copies=3.0) == LOW
    assert her2(ihc="2+", ish="negative", ish_ratio=2.5, her2_copies=8.0) == POSITIVE
    assert her2(ihc="2+", ish="positive", ish_ratio=1.2, her2_copies=3.0) == LOW


def test_a_specimen_not_tested_has_no_result() -> None:
    assert her2(her2_tested=False, ihc="3+") == POSITIVE
    assert her2(her2_tested=False) == set()
    assert her2(her2_tested=True) is None


def status(library: EvidenceLibrary, *tested: dict[str, Any]) -> tuple[object, str]:
    reading = read("her2_status", case_of(specimens(*tested)), library)
    possible = None if reading.value is None else set(reading.value.possible)  # type: ignore[union-attr]
    return possible, reading.why


OLD_NEGATIVE = {"site": "breast", "day": "1996", "her2_stated": "negative"}
NEW_POSITIVE = {"site": "liver", "day": "2011-08", "ihc": "3+"}


def test_the_most_recent_specimen_counts_and_discordance_is_shown(library: EvidenceLibrary) -> None:
    for order in ((OLD_NEGATIVE, NEW_POSITIVE), (NEW_POSITIVE, OLD_NEGATIVE)):
        possible, why = status(library, *order)
        assert possible == POSITIVE
        assert why.startswith("specimens disagree, the most recent counts")
        assert why.endswith("; others: low or negative (breast, as stated, 1996)")


def test_specimens_that_disagree_in_an_order_nobody_knows_leave_the_status_open(library: EvidenceLibrary) -> None:
    undated = {"ihc": "3+"}
    overlapping = {"day": "1996-05", "ihc": "3+"}
    for other in (undated, overlapping):
        possible, why = status(library, OLD_NEGATIVE, other)
        assert possible is None
        assert read("her2_status", case_of(specimens(OLD_NEGATIVE, other)), library).shown == ""
        assert why.startswith("specimens disagree and their order is not known")


def test_specimens_between_low_and_negative_are_not_positive_in_whatever_order(library: EvidenceLibrary) -> None:
    possible, why = status(library, {"ihc": "0"}, {"ihc": "1+"})
    assert possible == LOW | NEGATIVE
    assert why == "specimens disagree and their order is not known: negative (IHC 0); low (IHC 1+)"
    assert read("her2_status", case_of(specimens({"ihc": "0"}, {"ihc": "1+"})), library).shown == "low or negative"
    wide = {"site": "liver", "ish": "negative"}
    for order in (({"ihc": "1+"}, wide), (wide, {"ihc": "1+"})):
        assert status(library, *order) == (LOW | NEGATIVE, "")
        shown = read("her2_status", case_of(specimens(*order)), library).shown
        assert shown == "low or negative (liver, ISH negative)"


def test_specimens_that_agree_need_no_order(library: EvidenceLibrary) -> None:
    assert status(library, {"ihc": "3+"}, NEW_POSITIVE) == (POSITIVE, "")


def test_a_newer_specimen_without_a_result_leaves_the_status_open(library: EvidenceLibrary) -> None:
    for pending in ({"day": "2025-01"}, {"site": "brain"}, {"day": "2025-01", "ihc": "2+"}):
        possible, why = status(library, NEW_POSITIVE, pending)
        assert possible is None
        assert read("her2_status", case_of(specimens(NEW_POSITIVE, pending)), library).shown == ""
        assert why.startswith("a specimen that may be more recent has no result")


def test_an_older_specimen_without_a_result_changes_nothing(library: EvidenceLibrary) -> None:
    assert status(library, {"day": "1996"}, NEW_POSITIVE) == (POSITIVE, "")


def test_a_newer_specimen_that_was_not_tested_or_was_equivocal_lets_the_older_one_count(
    library: EvidenceLibrary,
) -> None:
    for newer in ({"day": "2025-01", "her2_tested": False}, {"day": "2025-01", "ihc": "2+", "ish": "equivocal"}):
        assert status(library, NEW_POSITIVE, newer) == (POSITIVE, "")


def test_an_equivocal_result_alone_leaves_the_status_open(library: EvidenceLibrary) -> None:
    open_ = "no conclusive result in the specimens recorded"
    said = "no conclusive result: IHC 2+, ISH equivocal"
    assert status(library, {"ihc": "2+", "ish": "equivocal"}) == (None, said)
    assert status(library, {"site": "brain", "her2_tested": False}) == (None, open_)
    assert status(library) == (None, "")


def test_ihc_2_alone_is_named_and_waits_for_hybridisation(library: EvidenceLibrary) -> None:
    """An equivocal hybridisation would let the older specimen decide, so nothing is known before it."""
    waiting = {"site": "brain", "day": "2025-01", "ihc": "2+"}
    assert status(library, waiting)[1] == "no conclusive result: brain, IHC 2+, ISH not recorded, Jan 2025"
    assert status(library, NEW_POSITIVE, waiting)[1].endswith(
        "no result: open (brain, IHC 2+, ISH not recorded, Jan 2025); positive (liver, IHC 3+, Aug 2011)"
    )
    other = {"site": "lung", "day": "2025-02", "ihc": "2+"}
    both = "open (brain, IHC 2+, ISH not recorded, Jan 2025); open (lung, IHC 2+, ISH not recorded, Feb 2025)"
    alone = "brain, IHC 2+, ISH not recorded, Jan 2025; lung, IHC 2+, ISH not recorded, Feb 2025"
    assert status(library, waiting, other)[1] == f"no conclusive result: {alone}"
    assert status(library, NEW_POSITIVE, waiting, other)[1].endswith(
        f"no result: {both}; positive (liver, IHC 3+, Aug 2011)"
    )
    assert status(library, NEW_POSITIVE, {})[1].endswith("no result: open; positive (liver, IHC 3+, Aug 2011)")


def test_a_negative_ish_alone_leaves_low_and_negative_open(library: EvidenceLibrary) -> None:
    assert status(library, {"ish": "negative"})[0] == LOW | NEGATIVE


def test_the_words_name_assay_site_and_day(library: EvidenceLibrary) -> None:
    specimen = {"site": "liver", "day": "2024-03", "ihc": "2+", "ish": "positive", "ish_ratio": 2.4, "her2_copies": 6.5}
    shown = read("her2_status", case_of(specimens(specimen)), library).shown
    assert shown == "positive (liver, IHC 2+, ISH positive, ratio 2.4, 6.5 copies, Mar 2024)"
    assert read("her2_status", case_of(specimens({"her2_stated": "positive"})), library).shown == "positive (as stated)"


@pytest.mark.parametrize(
    ("receptors", "words"),
    [
        ({"er_percent": 60.0, "pr": "negative"}, "positive (ER 60 %, PR negative)"),
        ({"er": "positive"}, "positive (ER positive)"),
        ({"er": "negative", "pr_percent": 0.0, "site": "liver"}, "negative (liver, ER negative, PR 0 %)"),
    ],
)
def test_hormone_receptors_are_shown_as_reported(
    receptors: dict[str, Any], words: str, library: EvidenceLibrary
) -> None:
    assert read("hr_status", case_of(specimens(receptors)), library).shown == words


@pytest.mark.parametrize(
    ("receptors", "expected"),
    [
        ({"er": "positive"}, POSITIVE),
        ({"er": "negative", "pr": "positive"}, POSITIVE),
        ({"er": "negative", "pr": "negative"}, NEGATIVE),
        ({"er": "negative"}, None),
        ({}, None),
        ({"er_percent": 1.0}, POSITIVE),
        ({"er_percent": 0.9, "pr_percent": 0.0}, NEGATIVE),
    ],
)
def test_hormone_receptors_are_positive_from_one_percent_of_either(
    receptors: dict[str, Any], expected: set[str] | None
) -> None:
    result = specimen_hormone(Specimen(**receptors))
    assert (None if result is None else set(result)) == expected


def test_a_newer_specimen_not_tested_for_hormone_receptors_erases_no_earlier_result(library: EvidenceLibrary) -> None:
    old = {"day": "1996", "er": "positive"}
    assert read("hr_status", case_of(specimens(old)), library).value == Among.exactly("positive")
    assert read("hr_status", case_of(specimens(old, NEW_POSITIVE)), library).value == Among.exactly("positive")
    assert read("hr_status", case_of(specimens(old, {"day": "2011-08"})), library).value is None
    half = {"day": "2011-08", "ihc": "3+", "er": "negative"}
    assert read("hr_status", case_of(specimens(old, half)), library).value is None
