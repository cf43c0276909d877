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
