"""Several names in one row: what says something of the others, and what is given into the cerebrospinal fluid."""

import pytest

from her2board.case.contradictions import contradictions
from her2board.case.drugs import Vocabulary
from her2board.case.model import Case, Systemic, SystemicLine, SystemicLines
from her2board.case.treatment import given
from her2board.evidence.library import EvidenceLibrary


@pytest.fixture
def vocabulary(library: EvidenceLibrary) -> Vocabulary:
    return library.vocabulary


def case_of(*rows: tuple[str, ...]) -> Case:
    """Return a case whose complete list of treatment has these drugs row by row."""
    lines = tuple(SystemicLine(drugs=drugs, setting="metastatic") for drugs in rows)
    systemic = Systemic(lines=SystemicLines(completeness="complete", items=lines))
    return Case(code="A-1", origin="invented", source="invented").model_copy(update={"systemic": systemic})


@pytest.mark.parametrize(
    "other", ["declined", "?", "(?)", "✗", "not given", "planned", "abgelehnt", "refusé", "未使用 无"]
)
def test_a_remark_among_drugs_leaves_none_of_them_certain(other: str, vocabulary: Vocabulary) -> None:
    case = case_of(("Enhertu", other), ("docetaxel",))
    assert given(case, vocabulary, "trastuzumab_deruxtecan", metastatic=False).value is None
    assert given(case, vocabulary, "docetaxel", metastatic=False).value is True
    assert given(case, vocabulary, "lapatinib", metastatic=False).value is None


def test_an_unknown_drug_beside_a_known_one_leaves_the_known_one(vocabulary: Vocabulary) -> None:
    case = case_of(("docetaxel", "study drug X"))
    assert given(case, vocabulary, "docetaxel", metastatic=False).value is True
    assert given(case, vocabulary, "lapatinib", metastatic=False).value is None


@pytest.mark.parametrize(
    "names", [("trastuzumab", "deruxtecan"), ("emtansine", "trastuzumab"), ("liposomal", "doxorubicin")]
)
def test_a_name_that_its_neighbour_completes_is_not_certain(names: tuple[str, ...], vocabulary: Vocabulary) -> None:
    case = case_of(names)
    for id_ in ("trastuzumab", "doxorubicin", "trastuzumab_deruxtecan"):
        assert given(case, vocabulary, id_, metastatic=False).value is None


def test_a_drug_into_the_cerebrospinal_fluid_is_neither_given_nor_excluded(vocabulary: Vocabulary) -> None:
    case = case_of(("intrathecal trastuzumab",), ("lapatinib",))
    answer = given(case, vocabulary, "trastuzumab", metastatic=True)
    assert answer.value is None
    assert answer.why == "given into the cerebrospinal fluid; whether through a vein is not recorded"
    assert given(case, vocabulary, "docetaxel", metastatic=True).value is False
    assert contradictions(case, vocabulary) == ()


def test_a_shorthand_leaves_its_open_drug_open(vocabulary: Vocabulary) -> None:
    case = case_of(("THP",))
    assert given(case, vocabulary, "taxane", metastatic=False).value is True
    assert given(case, vocabulary, "docetaxel", metastatic=False).value is None
    assert given(case, vocabulary, "pertuzumab", metastatic=False).value is True
    assert given(case, vocabulary, "capecitabine", metastatic=False).value is False


def test_no_drug_is_denied_by_denying_a_combination(vocabulary: Vocabulary) -> None:
    base = case_of()
    exposure = {"THP": {"ever": False}, "dual HER2 blockade": {"ever": False}, "AI": {"ever": False}}
    systemic = Systemic.model_validate({"exposure": exposure})
    case = base.model_copy(update={"systemic": systemic})
    assert given(case, vocabulary, "trastuzumab", metastatic=False).value is None
    assert given(case, vocabulary, "letrozole", metastatic=False).value is False
