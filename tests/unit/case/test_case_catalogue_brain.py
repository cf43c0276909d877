"""The brain as facts: class, number, size, measurability, leptomeninges."""

from typing import Any

import pytest
from support.strategies import case_of, lesions, listed, local_therapies, read, value

from her2board.case.lesions import count_words
from her2board.case.model import Count
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Among, Span, Subset, Value

YES, NO = Among.exactly(True), Among.exactly(False)
SURGERY = {"kind": "surgery"}
SRS = {"kind": "radiosurgery"}


def subset(has: set[str], maybe: set[str] = frozenset()) -> Subset:  # type: ignore[assignment]
    return Subset(frozenset(has), frozenset(maybe))


EITHER = {"progressing", "stable"}


def test_the_recorded_class_is_the_class(library: EvidenceLibrary) -> None:
    assert value("cns_class", {"brain.cns_class": ["stable"]}, library) == subset({"stable"})
    mixed = {"brain.cns_class": ["untreated", "stable"]}
    assert value("cns_class", mixed, library) == subset({"stable", "untreated"})
    assert read("cns_class", case_of(mixed), library).shown == "stable and untreated"


@pytest.mark.parametrize(
    ("recorded", "has", "maybe", "why"),
    [
        ({"brain.necrosis_in_question": False}, {"progressing"}, set(), ""),
        ({"brain.necrosis_in_question": True}, set(), EITHER, "radiation necrosis in question"),
        ({}, set(), EITHER, "radiation necrosis: not asked"),
        (local_therapies(SRS), set(), EITHER, "radiation necrosis: not asked"),
        (local_therapies(SURGERY), {"progressing"}, set(), ""),
        (local_therapies(SURGERY, completeness="partial"), set(), EITHER, "radiation necrosis: not asked"),
    ],
)
def test_progressing_is_open_while_radiation_necrosis_may_be_in_question(
    recorded: dict[str, Any], has: set[str], maybe: set[str], why: str, library: EvidenceLibrary
) -> None:
    reading = read("cns_class", case_of({"brain.cns_class": ["progressing"], **recorded}), library)
    assert (reading.value, reading.why) == (subset(has, maybe), why)


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        (lesions("new", "treated_stable"), subset({"untreated", "stable"})),
        (lesions("untreated"), subset({"untreated"})),
        (lesions("resected"), subset(set())),
        (lesions("resected", "treated_stable"), subset({"stable"})),
        (lesions("resected", None), subset(set(), {"untreated", "stable", "progressing"})),
        (lesions("resected", completeness="partial"), subset(set(), {"untreated", "stable", "progressing"})),
        (lesions("treated_stable", completeness="partial"), subset({"stable"}, {"untreated", "progressing"})),
        (lesions("treated_stable", None), subset({"stable"}, {"untreated", "progressing"})),
        (lesions("treated_progressing", **{"brain.necrosis_in_question": False}), subset({"progressing"})),
        (lesions("treated_progressing"), subset(set(), EITHER)),
        (lesions("treated_progressing", "new"), subset({"untreated"}, EITHER)),
    ],
)
def test_the_class_is_read_from_the_lesions_where_it_is_not_recorded(
    recorded: dict[str, Any], expected: Subset, library: EvidenceLibrary
) -> None:
    assert value("cns_class", recorded, library) == expected


@pytest.mark.parametrize("known", [{"brain.lesion_count": {"low": 2}}, lesions(None, completeness="partial")])
def test_metastases_that_were_never_treated_are_untreated(known: dict[str, Any], library: EvidenceLibrary) -> None:
    assert value("cns_class", {**known, **local_therapies()}, library) == subset({"untreated"})


def test_no_treatment_says_nothing_of_the_class_where_no_metastasis_is_recorded(library: EvidenceLibrary) -> None:
    assert value("cns_class", local_therapies(), library) is None
    assert value("cns_class", {"brain.lesion_count": {"low": 2}}, library) is None


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ({}, None),
        ({"brain.lesion_count": {"low": 1}}, YES),
        ({"brain.lesion_count": {"low": 0}}, None),
        (lesions("untreated"), YES),
        ({"brain.cns_class": ["stable"]}, YES),
        (local_therapies(SRS), None),
        (local_therapies(), None),
        ({"brain.lesion_count": {"low": 0, "high": 0}, **local_therapies()}, NO),
        ({"brain.lesion_count": {"low": 0, "high": 0}, **local_therapies(SURGERY)}, NO),
        ({"brain.lesion_count": {"low": 0, "high": 0}}, NO),
        (lesions("resected"), NO),
        (lesions("resected", completeness="partial"), None),
        (lesions(None, **local_therapies(SURGERY)), None),
        (lesions(None, **local_therapies(SRS)), YES),
        ({"brain.lesion_count": {"low": 0, "high": 1}, **local_therapies()}, None),
    ],
)
def test_brain_metastases_are_present_when_a_class_or_a_lesion_that_is_left_is_recorded(
    recorded: dict[str, Any], expected: Value | None, library: EvidenceLibrary
) -> None:
    reading = read("brain_metastases", case_of(recorded), library)
    assert (reading.value, reading.shown) == (expected, {YES: "yes", NO: "no", None: ""}[expected])


@pytest.mark.parametrize(
    ("status", "expected", "why"),
    [
        ("none", NO, ""),
        ("confirmed", YES, ""),
        ("suspected", Among(frozenset({True, False})), "suspected, not confirmed"),
        ("probable", Among(frozenset({True, False})), "probable, not confirmed"),
    ],
)
def test_leptomeningeal_disease_is_open_until_confirmed(
    status: str, expected: Among, why: str, library: EvidenceLibrary
) -> None:
    reading = read("leptomeningeal_disease", case_of({"brain.leptomeninges": status}), library)
    assert (reading.value, reading.shown, reading.why) == (expected, status, why)


def test_leptomeningeal_disease_stated_without_basis_is_open_and_not_called_probable(library: EvidenceLibrary) -> None:
    reading = read("leptomeningeal_disease", case_of({"brain.leptomeninges": "stated"}), library)
    words = "stated, basis not recorded"
    assert (reading.value, reading.shown, reading.why) == (Among(frozenset({True, False})), words, words)


COUNT = "brain.lesion_count"


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ({COUNT: {"low": 20, "high": 20}}, Span(20, 20)),
        ({COUNT: {"low": 2}}, Span(2, None)),
        ({COUNT: {"low": 5, "high": 8}}, Span(5, 8)),
        (lesions("untreated", "untreated"), Span(2, 2)),
        (lesions("untreated", "resected"), Span(1, 1)),
        (lesions("untreated", completeness="partial"), Span(1, None)),
        (lesions("resected", completeness="partial"), None),
        (lesions(), Span(0, 0)),
        (lesions("untreated", None), Span(1, 2)),
        (lesions("untreated", None, **local_therapies(SRS)), Span(2, 2)),
        (lesions("untreated", "new", "new", completeness="partial", **{COUNT: {"low": 2, "high": 5}}), Span(3, 5)),
        (lesions("untreated", "new", "new", **{COUNT: {"low": 2, "high": 5}}), Span(3, 3)),
        (lesions("untreated", "new", "new", **{COUNT: {"low": 2}}), Span(3, 3)),
        (lesions("untreated", "new", "new", **{COUNT: {"low": 9, "high": 9}}), Span(9, 9)),
        (lesions("untreated", "new", "new", **{COUNT: {"low": 1, "high": 1}}), Span(1, 1)),
        (lesions("untreated", "new", None, None, None, **{COUNT: {"low": 3, "high": 4}}), Span(3, 4)),
        ({COUNT: {"low": 2, "diffuse": True}}, Span(11, None)),
        ({COUNT: {"low": 15, "diffuse": True}}, Span(15, None)),
        (lesions(*["new"] * 12, completeness="partial", **{COUNT: {"low": 2, "diffuse": True}}), Span(12, None)),
        ({COUNT: {"low": 5, "high": 8, "diffuse": True}}, Span(5, 8)),
        ({}, None),
    ],
)
def test_the_number_of_lesions_is_as_recorded_and_as_the_table_narrows_it(
    recorded: dict[str, Any], expected: Span | None, library: EvidenceLibrary
) -> None:
    assert value("lesion_count", recorded, library) == expected


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(low=20, high=20), "20"),
        (Count(low=5, high=8), "5 to 8"),
        (Count(low=2), "2 or more"),
        (Count(low=2, diffuse=True), "diffuse"),
    ],
)
def test_a_number_of_lesions_is_shown_as_it_is_known(count: Count, words: str) -> None:
    assert count_words(count) == words


def sized(*sizes: tuple[float | None, str], completeness: str = "complete") -> dict[str, Any]:
    items = [{"state": state} | ({} if mm is None else {"diameter_mm": mm}) for mm, state in sizes]
    return {"brain.lesions": listed(*items, completeness=completeness)}


@pytest.mark.parametrize(
    ("recorded", "expected", "shown"),
    [
        ({"brain.largest_mm": 16.0}, Span(16, 16), "16 mm"),
        (sized((16.0, "new"), (8.0, "new")), Span(16, 16), "16 mm"),
        (sized((16.0, "new"), completeness="partial"), Span(16, None), "16 mm or more"),
        (sized((16.0, "new"), (None, "new")), Span(16, None), "16 mm or more"),
        (sized((None, "new")), None, ""),
        (sized((40.0, "resected"), (8.0, "new")), Span(8, 8), "8 mm"),
        ({}, None, ""),
    ],
)
def test_the_largest_diameter_is_as_recorded_or_of_a_complete_table(
    recorded: dict[str, Any], expected: Span | None, shown: str, library: EvidenceLibrary
) -> None:
    reading = read("largest_lesion_mm", case_of(recorded), library)
    assert (reading.value, reading.shown) == (expected, shown)


def test_a_lesion_that_may_have_been_resected_leaves_the_largest_diameter_open(library: EvidenceLibrary) -> None:
    table = {"brain.lesions": listed({"diameter_mm": 40.0}, {"diameter_mm": 8.0, "state": "new"})}
    assert value("largest_lesion_mm", table, library) == Span(8, 40)
    assert value("largest_lesion_mm", {**table, **local_therapies(SRS)}, library) == Span(40, 40)


def one_lesion(longest: float | None, across: float | None, state: str | None = "new", **more: Any) -> dict[str, Any]:
    lesion = {"diameter_mm": longest, "perpendicular_mm": across, "state": state}
    return {"brain.lesions": listed(lesion), "brain.contrast": True, **more}


NOT_NECROSIS = {"brain.necrosis_in_question": False}


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ({"brain.measurable": False}, NO),
        ({"brain.measurable": True}, YES),
        (one_lesion(10, 5), YES),
        (one_lesion(9.9, 9), NO),
        (one_lesion(14, 4.9), NO),
        (one_lesion(14, None), None),
        (one_lesion(None, 9), None),
        (one_lesion(14, 9, **{"brain.contrast": None}), None),
        (one_lesion(14, 9, "untreated"), YES),
        (one_lesion(14, 9, "treated_stable"), None),
        (one_lesion(14, 9, "treated_stable", **NOT_NECROSIS), None),
        (one_lesion(14, 9, "treated_progressing"), None),
        (one_lesion(14, 9, "treated_progressing", **NOT_NECROSIS), YES),
        (one_lesion(14, 9, None), None),
        (one_lesion(14, 9, "resected"), NO),
        ({"brain.largest_mm": 9.9}, NO),
        ({"brain.largest_mm": 10.0}, None),
        ({"brain.lesion_count": {"low": 0, "high": 0}}, NO),
        ({"brain.lesions": listed({"diameter_mm": 4.0}, completeness="partial")}, None),
        ({}, None),
    ],
)
def test_measurable_disease_is_as_recorded_or_by_size(
    recorded: dict[str, Any], expected: Among | None, library: EvidenceLibrary
) -> None:
    assert value("measurable_cns", recorded, library) == expected


def test_the_size_that_makes_a_lesion_measurable_is_reported_with_its_source(library: EvidenceLibrary) -> None:
    case = case_of(one_lesion(14, 9))
    assert read("measurable_cns", case, library).shown == "yes, by the sizes recorded (RANO-BM)"


LOCATED = ("brainstem_lesion", "posterior_fossa_lesion", "eloquent_lesion", "near_hippocampus")


def test_where_a_lesion_lies_is_answered_once_none_is_left(library: EvidenceLibrary) -> None:
    resected = case_of(lesions("resected"))
    for name in LOCATED:
        reading = read(name, resected, library)
        assert (name, reading.value, reading.shown) == (name, NO, "no lesion left")
        assert (name, read(name, case_of(lesions("new")), library).value) == (name, None)
    assert read("brain_sites", resected, library).shown == "none"


def test_a_place_that_is_recorded_is_kept_though_no_lesion_is_left(library: EvidenceLibrary) -> None:
    recorded = case_of({**lesions("resected"), "brain.brainstem": True, "brain.sites": ["pons"]})
    assert (read("brainstem_lesion", recorded, library).shown, read("brain_sites", recorded, library).shown) == (
        "yes",
        "pons",
    )


@pytest.mark.parametrize(
    ("recorded", "shown"),
    [
        ({COUNT: {"low": 0, "high": 0}}, "no, no lesion progresses"),
        ({"brain.metastases_present": False}, "no, no lesion progresses"),
        (lesions(), "no, no lesion progresses"),
        (lesions("resected"), "no, no lesion progresses"),
        (lesions("treated_stable"), "no, no lesion progresses"),
        (lesions("treated_stable", completeness="partial"), ""),
        ({COUNT: {"low": 1}}, ""),
    ],
)
def test_after_radiosurgery_necrosis_is_out_of_question_where_nothing_is_left_or_progresses(
    recorded: dict[str, Any], shown: str, library: EvidenceLibrary
) -> None:
    reading = read("necrosis_in_question", case_of({**recorded, **local_therapies(SRS)}), library)
    assert (reading.value, reading.shown) == (NO if shown else None, shown)
