"""The receptors as facts."""

import pytest
from support.strategies import case_of, listed, read

from her2board.evidence.library import EvidenceLibrary


@pytest.mark.parametrize(("completeness", "words"), [("complete", ""), ("partial", "; specimens not complete")])
def test_a_status_says_when_other_specimens_are_not_listed(
    completeness: str, words: str, library: EvidenceLibrary
) -> None:
    case = case_of({"tumour.specimens": listed({"ihc": "3+"}, completeness=completeness)})
    assert read("her2_status", case, library).shown == f"positive (IHC 3+){words}"


def test_what_a_report_says_in_words_is_shown_beside_the_result_and_decides_nothing(library: EvidenceLibrary) -> None:
    specimen = {
        "ihc": "2+",
        "ish": "negative",
        "her2_said": "2+ (equivocal)",
        "er": "positive",
        "er_said": "Allred 7/8",
    }
    case = case_of({"tumour.specimens": listed(specimen)})
    assert read("her2_status", case, library).shown == "low (IHC 2+, ISH negative, “2+ (equivocal)”)"
    assert read("hr_status", case, library).shown == "positive (ER positive, ER “Allred 7/8”)"
    words_only = case_of({"tumour.specimens": listed({"her2_said": "3+", "er_said": "8/8", "pr_said": "7/8"})})
    assert read("her2_status", words_only, library).value is None
    assert read("hr_status", words_only, library).value is None


def test_a_score_without_a_status_leaves_the_hormone_receptors_open_whatever_an_older_specimen_says(
    library: EvidenceLibrary,
) -> None:
    older = {"day": "2020", "er": "positive"}
    case = case_of({"tumour.specimens": listed(older, {"day": "2025", "ihc": "3+", "er_said": "Allred 2/8"})})
    found = read("hr_status", case, library)
    assert found.value is None
    assert "Allred 2/8" in found.why
