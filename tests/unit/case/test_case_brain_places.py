"""Unsure leptomeninges, cytology, treatment of unknown kind or elsewhere, histology of a lesion, mere presence."""

from typing import Any

import pytest
from support.strategies import AS_OF, case_of, facts_of, lesions, listed, local_therapies, read, value

from her2board.evidence.library import EvidenceLibrary
from her2board.logic.criteria import Leaf
from her2board.logic.evaluate import truth_of
from her2board.logic.truth import Truth
from her2board.logic.values import Among, Day, Never, Span, Subset

YES, NO, OPEN = Among.exactly(True), Among.exactly(False), Among(frozenset({True, False}))
UNKNOWN_KIND = "kind_not_known"


def truth(recorded: dict[str, Any], library: EvidenceLibrary, **leaf: Any) -> Truth:
    return truth_of(Leaf.model_validate(leaf), facts_of(case_of(recorded), library, AS_OF))


@pytest.mark.parametrize(
    ("recorded", "expected", "status", "shown"),
    [
        ({"brain.leptomeninges": "stated"}, OPEN, {"probable", "confirmed"}, "stated, basis not recorded"),
        ({"brain.csf_cytology": "positive"}, YES, {"confirmed"}, "confirmed by cytology"),
        (
            {"brain.csf_cytology": "positive", "brain.leptomeninges": "stated"},
            YES,
            {"confirmed"},
            "confirmed by cytology",
        ),
        ({"brain.csf_cytology": "negative"}, None, None, ""),
        ({"brain.csf_cytology": "equivocal"}, None, None, ""),
        ({"brain.leptomeninges": "probable", "brain.csf_cytology": "negative"}, OPEN, {"probable"}, "probable"),
        ({"brain.leptomeninges": "none", "brain.csf_cytology": "negative"}, NO, {"none"}, "none"),
    ],
)
def test_leptomeninges_are_as_sure_as_their_basis(
    recorded: dict[str, Any], expected: Among | None, status: set[str] | None, shown: str, library: EvidenceLibrary
) -> None:
    reading = read("leptomeningeal_disease", case_of(recorded), library)
    assert (reading.value, reading.shown) == (expected, shown)
    assert value("leptomeningeal_status", recorded, library) == (status and Among(frozenset(status)))


@pytest.mark.parametrize("name", ["wbrt", "radiosurgery", "brain_surgery", "brain_radiotherapy", "any_radiotherapy"])
def test_a_treatment_of_unknown_kind_leaves_every_kind_open(name: str, library: EvidenceLibrary) -> None:
    treated = local_therapies({"kind": UNKNOWN_KIND, "day": "2023"})
    assert value(f"prior_{name}", treated, library) is None
    assert value("prior_local_therapy", treated, library) == YES
    assert truth(treated, library, fact=f"last_{name}", at_least_days_before=28) is Truth.MET
    assert truth(treated, library, fact=f"last_{name}", within_days_before=28) is Truth.NOT_MET
    lately = local_therapies({"kind": UNKNOWN_KIND, "day": "2026-11"})
    assert truth(lately, library, fact=f"last_{name}", at_least_days_before=28) is Truth.UNKNOWN
    undated = local_therapies({"kind": UNKNOWN_KIND})
    assert value(f"last_{name}", undated, library) is None


def test_a_treatment_of_unknown_kind_may_have_been_a_later_one_of_a_kind_that_is_known(
    library: EvidenceLibrary,
) -> None:
    both = local_therapies({"kind": "radiosurgery", "day": "2023-05-02"}, {"kind": UNKNOWN_KIND, "day": "2026-11-10"})
    found = value("last_radiosurgery", both, library)
    assert isinstance(found, Day)
    assert [str(found.low), str(found.high)] == ["2023-05-02", "2026-11-10"]
    assert value("prior_radiosurgery", both, library) == YES
    assert read("cns_class", case_of(both), library).value is None


@pytest.mark.parametrize("kind", ["spinal_radiotherapy", "extracranial_radiotherapy"])
def test_radiotherapy_elsewhere_counts_only_where_any_radiotherapy_is_meant(
    kind: str, library: EvidenceLibrary
) -> None:
    treated = local_therapies({"kind": kind, "day": "2026-11-10"})
    assert value("prior_brain_radiotherapy", treated, library) == NO
    assert value("prior_local_therapy", treated, library) == NO
    assert value("last_brain_radiotherapy", treated, library) == Never()
    assert value("prior_any_radiotherapy", treated, library) == YES
    assert truth(treated, library, fact="last_any_radiotherapy", at_least_days_before=28) is Truth.NOT_MET
    assert value("brain_metastases", treated, library) is None


@pytest.mark.parametrize("kind", ["spinal_surgery", "extracranial_surgery"])
def test_surgery_elsewhere_is_no_surgery_of_the_brain(kind: str, library: EvidenceLibrary) -> None:
    treated = local_therapies({"kind": kind, "day": "2026-11-10"})
    assert value("prior_brain_surgery", treated, library) == NO
    assert value("prior_any_radiotherapy", treated, library) == NO
    metastases = {"brain.lesion_count": {"low": 2, "high": 2}}
    assert value("cns_class", {**treated, **metastases}, library) == Subset(frozenset({"untreated"}))


def test_radiotherapy_elsewhere_that_nobody_recorded_is_not_unknown(library: EvidenceLibrary) -> None:
    assert value("last_any_radiotherapy", local_therapies(), library) == Never()
    assert value("last_any_radiotherapy", local_therapies(completeness="partial"), library) is None


PROGRESSING = {"state": "treated_progressing"}
SRS = local_therapies({"kind": "radiosurgery", "day": "2026-01"})


@pytest.mark.parametrize(
    ("lesion", "has", "maybe"),
    [
        ({**PROGRESSING, "histology": "tumour"}, {"progressing"}, set()),
        ({**PROGRESSING, "histology": "necrosis_and_tumour"}, set(), {"progressing", "stable"}),
        ({**PROGRESSING, "histology": "not_conclusive"}, set(), {"progressing", "stable"}),
        (PROGRESSING, set(), {"progressing", "stable"}),
        ({"histology": "necrosis"}, {"stable"}, set()),
        ({"state": "treated_stable", "histology": "necrosis"}, {"stable"}, set()),
        ({"histology": "tumour"}, set(), {"stable", "untreated", "progressing"}),
    ],
)
def test_histology_of_a_lesion_settles_necrosis_or_progression(
    lesion: dict[str, Any], has: set[str], maybe: set[str], library: EvidenceLibrary
) -> None:
    recorded = {"brain.lesions": listed(lesion), **SRS}
    assert value("cns_class", recorded, library) == Subset(frozenset(has), frozenset(maybe))


def test_histology_of_one_lesion_says_nothing_of_another(library: EvidenceLibrary) -> None:
    two = {"brain.lesions": listed({**PROGRESSING, "histology": "tumour"}, PROGRESSING), **SRS}
    assert value("cns_class", two, library) == Subset(frozenset({"progressing"}), frozenset({"stable"}))
    assert value("necrosis_in_question", two, library) is None
    one = {"brain.lesions": listed({**PROGRESSING, "histology": "tumour"}, {"state": "treated_stable"}), **SRS}
    assert value("necrosis_in_question", one, library) == NO
    partly = {"brain.lesions": listed({**PROGRESSING, "histology": "tumour"}, completeness="partial"), **SRS}
    assert value("necrosis_in_question", partly, library) is None


@pytest.mark.parametrize(
    ("histologies", "expected"),
    [
        (["necrosis"], YES),
        (["tumour", "necrosis_and_tumour"], YES),
        (["tumour"], NO),
        (["tumour", "not_conclusive"], None),
        (["tumour", None], None),
        ([None], None),
    ],
)
def test_necrosis_is_proven_by_one_lesion_and_excluded_only_by_all(
    histologies: list[str | None], expected: Among | None, library: EvidenceLibrary
) -> None:
    items = [{"site": "left", **({"histology": one} if one else {})} for one in histologies]
    assert value("necrosis_proven", {"brain.lesions": listed(*items)}, library) == expected


PRESENT = "brain.metastases_present"


def test_metastases_without_a_number_are_present_and_their_number_stays_open(library: EvidenceLibrary) -> None:
    assert value("brain_metastases", {PRESENT: True}, library) == YES
    assert value("lesion_count", {PRESENT: True}, library) is None
    assert value("cns_class", {PRESENT: True, **local_therapies()}, library) == Subset(frozenset({"untreated"}))


def test_no_metastases_present_reads_as_a_count_of_none(library: EvidenceLibrary) -> None:
    assert value("lesion_count", {PRESENT: False}, library) == Span(0, 0)
    assert value("brain_metastases", {PRESENT: False}, library) == NO
    assert value("brain_metastases", {PRESENT: False, **SRS}, library) == NO  # none is left, whatever was treated
    assert value("lesion_count", {PRESENT: False, **lesions("new")}, library) == Span(1, 1)
    assert value("lesion_count", {PRESENT: False, "brain.lesion_count": {"low": 0}}, library) == Span(0, 0)


@pytest.mark.parametrize(
    "recorded",
    [
        {"neurology.cord_symptoms": ["leg weakness"]},
        {"neurology.other_symptoms": ["tingling of both hands"]},
        {"neurology.other_steroid_mg": 8.0, "neurology.other_steroid_reason": "spinal_cord"},
    ],
)
def test_symptoms_and_steroid_that_are_not_of_the_brain_decide_nothing_about_it(
    recorded: dict[str, Any], library: EvidenceLibrary
) -> None:
    for name in ("symptoms", "neurologically_stable", "steroid_given", "dexamethasone_mg"):
        assert value(name, recorded, library) is None
    without = {**recorded, "neurology.symptoms_present": False, "neurology.steroid_given": False}
    assert value("symptoms", without, library) == NO
    assert value("dexamethasone_mg", without, library) == Span(0, 0)
