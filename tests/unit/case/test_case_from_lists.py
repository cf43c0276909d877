"""What a summary takes from its list: only what the list settles, and never in place of something recorded."""

from typing import Any

import pytest
from support.strategies import AS_OF, case_of, lesions, listed, local_therapies, read

from her2board.assessment.readiness import readiness
from her2board.case.brain_sites import in_brainstem, in_posterior_fossa, part_of
from her2board.case.catalogue import fields_of
from her2board.case.contradictions import contradictions
from her2board.case.fields import field_by_path
from her2board.case.from_lists import FILLED, from_lists
from her2board.evidence.library import EvidenceLibrary

LEFT = {"site": "left frontal", "diameter_mm": 12.0, "state": "untreated"}
RIGHT = {"site": "right parietal", "diameter_mm": {"low": 8.0, "high": 9.0}, "state": "new"}
PONS = {"site": "pons", "diameter_mm": 4.0, "state": "new"}


def words(recorded: dict[str, Any]) -> dict[str, str]:
    return {path.removeprefix("brain."): filled.words for path, filled in from_lists(case_of(recorded)).items()}


def table(*entries: dict[str, Any], completeness: str = "complete", **more: Any) -> dict[str, Any]:
    return {"brain.lesions": listed(*entries, completeness=completeness), **more}


def test_a_complete_list_fills_every_summary_field_that_it_settles() -> None:
    assert words(table(LEFT, RIGHT)) == {
        "metastases_present": "yes",
        "lesion_count": "2",
        "largest_mm": "12 mm",
        "sites": "left frontal, right parietal",
        "brainstem": "no",
        "posterior_fossa": "no",
        "cns_class": "untreated",
    }


def test_a_partial_list_fills_only_what_one_lesion_proves() -> None:
    assert words(table(LEFT, PONS, completeness="partial")) == {
        "metastases_present": "yes",
        "brainstem": "yes",
        "posterior_fossa": "yes",
    }


def test_an_empty_complete_list_says_that_there_is_none() -> None:
    assert words(table()) == {"metastases_present": "no", "lesion_count": "0", "sites": "none"}
    assert words({}) == {}


@pytest.mark.parametrize(
    ("recorded", "left_open"),
    [
        (table(LEFT, {"site": "vermis", "state": "new"}), {"largest_mm"}),
        (table(LEFT, {"diameter_mm": 4.0, "state": "new"}), {"sites", "brainstem", "posterior_fossa"}),
        (table(LEFT, {**RIGHT, "site": "near the pons"}), {"brainstem", "posterior_fossa"}),
        (table(LEFT, {**RIGHT, "site": "posterior fossa"}), {"brainstem"}),
        (table(LEFT, {"site": "vermis", "diameter_mm": 4.0}), {"cns_class"}),
        (lesions("treated_progressing"), {"cns_class", "necrosis_in_question"}),
    ],
)
def test_what_the_list_leaves_open_is_not_filled(recorded: dict[str, Any], left_open: set[str]) -> None:
    assert not left_open & set(words(recorded))


def test_what_is_recorded_is_kept_and_a_resected_lesion_is_not_counted() -> None:
    both = table(LEFT, {**PONS, "state": "resected"}, **{"brain.largest_mm": 14.0})
    found = words(both)
    assert "largest_mm" not in found
    assert (found["lesion_count"], found["sites"], found["brainstem"]) == ("1", "left frontal", "no")


def test_of_a_complete_list_with_no_lesion_left_no_site_is_asked() -> None:
    resected = table({**PONS, "state": "resected"}, **local_therapies({"kind": "surgery"}))
    assert words(resected)["sites"] == "none"
    assert "sites" not in words({**resected, **table({**PONS, "state": "resected"}, completeness="partial")})


def test_the_list_of_treatments_and_histology_fill_class_and_necrosis() -> None:
    never = table({"site": "left frontal"}, **local_therapies())
    assert words(never)["cns_class"] == "untreated"
    tumour = {"state": "treated_progressing", "histology": "tumour"}
    proven = table(tumour, **local_therapies({"kind": "radiosurgery"}))
    assert (words(proven)["cns_class"], words(proven)["necrosis_in_question"]) == (
        "progressing",
        "no, tumour by histology",
    )
    assert words({"brain.csf_cytology": "positive"}) == {"leptomeninges": "confirmed by cytology"}


@pytest.mark.parametrize(
    ("site", "brainstem", "posterior_fossa"),
    [
        ("Pons", True, True),
        ("left brain stem", True, True),
        ("medulla oblongata", True, True),
        ("right cerebellar hemisphere", False, True),
        ("Kleinhirn links", False, True),
        ("posterior fossa", None, True),
        ("left parieto-occipital", False, False),
        ("R frontal lobe, precentral gyrus", False, False),
        ("adjacent to the pons", None, None),
        ("pons?", None, None),
        ("no brainstem lesion", None, None),
        ("pons and left frontal", None, None),
        ("medulla spinalis", None, None),
        ("temporal fossa", None, None),
        ("lesion 3", None, None),
    ],
)
def test_a_site_names_a_part_only_in_words_that_mean_no_other(
    site: str, brainstem: bool | None, posterior_fossa: bool | None
) -> None:
    part = part_of(site)
    assert (in_brainstem(part), in_posterior_fossa(part)) == (brainstem, posterior_fossa)


FULL = table(LEFT, {**PONS, "perpendicular_mm": 3.0}, **{"brain.contrast": True})


@pytest.mark.parametrize("name", ["cns_class", "lesion_count", "largest_lesion_mm", "brain_sites", "brainstem_lesion"])
def test_a_fact_reads_what_the_list_fills(name: str, library: EvidenceLibrary) -> None:
    assert read(name, case_of(FULL), library).shown == from_lists(case_of(FULL))[fields_of(name)[0]].words


def test_a_filled_field_is_not_missing(library: EvidenceLibrary) -> None:
    def missing(recorded: dict[str, Any]) -> set[str]:
        return {gap.path for gap in readiness(case_of(recorded), library, AS_OF).outstanding}

    needed = {"brain.lesion_count", "brain.largest_mm", "brain.cns_class"}
    assert needed <= missing({})
    assert not needed & missing(FULL)
    assert needed & missing(table(LEFT, completeness="partial")) == needed


@pytest.mark.parametrize(
    ("path", "said", "recorded"),
    [
        ("brain.brainstem", True, table(LEFT)),
        ("brain.brainstem", False, table(PONS, completeness="partial")),
        ("brain.posterior_fossa", False, table(PONS)),
        ("brain.lesion_count", {"low": 3, "high": 3}, table(LEFT, PONS)),
        ("brain.largest_mm", 30.0, table(LEFT, PONS)),
        ("brain.cns_class", ["progressing"], table(LEFT, PONS)),
        ("brain.metastases_present", False, table(LEFT)),
        ("brain.leptomeninges", "none", {"brain.csf_cytology": "positive"}),
    ],
)
def test_a_recorded_value_that_the_list_excludes_is_a_contradiction(
    path: str, said: Any, recorded: dict[str, Any], library: EvidenceLibrary
) -> None:
    found = contradictions(case_of({**recorded, path: said}), library.vocabulary)
    assert any(path in one.fields for one in found)
    assert not any(path in one.fields for one in contradictions(case_of(recorded), library.vocabulary))


def test_every_filled_field_is_a_field_of_the_case() -> None:
    assert set(FILLED) <= set(field_by_path())
