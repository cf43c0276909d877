"""Facts read from a case: unknown as soon as an input that could change them is."""

from typing import Any

import pytest
from support.strategies import case_of, facts_of, full_case, listed, local_therapies, read

from her2board.case.derived import count_words
from her2board.case.fields import field_by_path
from her2board.case.model import Count
from her2board.case.terms import URGENT_SIGNS
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Among, Span, Subset, Value

YES, NO = Among.exactly(True), Among.exactly(False)
SURGERY = {"kind": "surgery"}
SRS = {"kind": "radiosurgery"}


def value(name: str, recorded: dict[str, Any], library: EvidenceLibrary) -> Value | None:
    return read(name, case_of(recorded), library).value


def subset(has: set[str], maybe: set[str] = frozenset()) -> Subset:  # type: ignore[assignment]
    return Subset(frozenset(has), frozenset(maybe))


def lesions(*states: str | None, completeness: str = "complete", **more: Any) -> dict[str, Any]:
    items = [{"state": state} if state else {"site": "left"} for state in states]
    return {"brain.lesions": listed(*items, completeness=completeness), **more}


def test_nothing_is_known_of_a_new_case(library: EvidenceLibrary) -> None:
    facts = facts_of(case_of(), library)
    assert [name for name in facts.readings if facts.recorded(name)] == []


def test_everything_the_full_case_fills_is_known(library: EvidenceLibrary) -> None:
    facts = facts_of(full_case(), library)
    open_by_nature = ("given", "given_metastatic", "progressed_on", "access", "last_", "prior_")
    missing = [name for name in facts.readings if not facts.recorded(name) and not name.startswith(open_by_nature)]
    assert missing == []


def test_a_reason_for_absence_is_never_a_value(library: EvidenceLibrary) -> None:
    absent = case_of(
        absences={"organs.ild_history": {"reason": "not_applicable"}, "patient.ecog": {"reason": "not_done"}}
    )
    assert facts_of(absent, library) == facts_of(case_of(), library)


def test_the_recorded_class_is_the_class(library: EvidenceLibrary) -> None:
    assert value("cns_class", {"brain.cns_class": ["stable"]}, library) == subset({"stable"})
    mixed = {"brain.cns_class": ["untreated", "stable"]}
    assert value("cns_class", mixed, library) == subset({"stable", "untreated"})
    assert read("cns_class", case_of(mixed), library).shown == "stable and untreated"


@pytest.mark.parametrize(
    ("recorded", "has", "maybe", "why"),
    [
        ({"brain.necrosis_in_question": False}, {"progressing"}, set(), ""),
        ({"brain.necrosis_in_question": True}, set(), {"progressing"}, "radiation necrosis in question"),
        ({}, set(), {"progressing"}, "radiation necrosis: not asked"),
        (local_therapies(SRS), set(), {"progressing"}, "radiation necrosis: not asked"),
        (local_therapies(SURGERY), {"progressing"}, set(), ""),
        (local_therapies(SURGERY, completeness="partial"), set(), {"progressing"}, "radiation necrosis: not asked"),
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
        (lesions("resected"), subset({"stable"})),
        (lesions("treated_stable", completeness="partial"), subset({"stable"}, {"untreated", "progressing"})),
        (lesions("treated_stable", None), subset({"stable"}, {"untreated", "progressing"})),
        (lesions("treated_progressing", **{"brain.necrosis_in_question": False}), subset({"progressing"})),
        (lesions("treated_progressing"), subset(set(), {"progressing"})),
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
        (local_therapies(SRS), YES),
        (local_therapies(), None),
        ({"brain.lesion_count": {"low": 0, "high": 0}, **local_therapies()}, NO),
        ({"brain.lesion_count": {"low": 0, "high": 0}, **local_therapies(SURGERY)}, YES),
        ({"brain.lesion_count": {"low": 0, "high": 0}}, None),
        ({"brain.lesion_count": {"low": 0, "high": 1}, **local_therapies()}, None),
    ],
)
def test_brain_metastases_are_present_when_a_lesion_a_class_or_a_treated_one_is_recorded(
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


@pytest.mark.parametrize("sign", URGENT_SIGNS)
def test_any_one_recorded_sign_is_urgency_and_needs_local_therapy(sign: str, library: EvidenceLibrary) -> None:
    recorded = {f"urgency.{sign}": True}
    assert value("urgency", recorded, library) == YES
    assert value("immediate_local_therapy", recorded, library) == YES


def test_no_urgency_needs_every_sign_recorded_as_absent(library: EvidenceLibrary) -> None:
    absent = {f"urgency.{sign}": False for sign in URGENT_SIGNS}
    assert value("urgency", absent, library) == NO
    assert value("immediate_local_therapy", absent, library) is None
    del absent["urgency.hydrocephalus"]
    reading = read("urgency", case_of(absent), library)
    assert (reading.value, reading.why) == (None, "not every urgent sign is recorded")


@pytest.mark.parametrize("needed", [True, False])
def test_the_need_of_local_therapy_is_as_recorded_without_urgency(needed: bool, library: EvidenceLibrary) -> None:
    expected = Among.exactly(needed)
    assert value("immediate_local_therapy", {"urgency.immediate_local_therapy": needed}, library) == expected


def test_symptoms_alone_are_no_urgency(library: EvidenceLibrary) -> None:
    symptomatic = {"neurology.symptoms_present": True, "neurology.trend": "worsening"}
    assert value("urgency", symptomatic, library) is None


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ({"neurology.trend": "worsening"}, NO),
        ({"neurology.trend": "stable", "neurology.symptoms_present": True}, YES),
        ({"neurology.trend": "improving"}, YES),
        ({"neurology.symptoms_present": False}, YES),
        ({"neurology.symptoms_present": True}, None),
        ({}, None),
    ],
)
def test_neurological_stability_follows_trend_and_symptoms(
    recorded: dict[str, Any], expected: Value | None, library: EvidenceLibrary
) -> None:
    assert value("neurologically_stable", recorded, library) == expected


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


@pytest.mark.parametrize(
    ("recorded", "dose", "given"),
    [
        ({"neurology.dexamethasone_mg": 4.0}, Span(4, 4), YES),
        ({"neurology.dexamethasone_mg": 0.0}, Span(0, 0), NO),
        ({"neurology.steroid_given": False}, Span(0, 0), NO),
        ({"neurology.steroid_given": True}, Span(0, None), YES),
        ({"neurology.steroid_given": True, "neurology.dexamethasone_mg": 4.0}, Span(4, 4), YES),
        ({}, None, None),
    ],
)
def test_steroid_and_dose_complete_each_other(
    recorded: dict[str, Any], dose: Span | None, given: Among | None, library: EvidenceLibrary
) -> None:
    assert value("dexamethasone_mg", recorded, library) == dose
    assert value("steroid_given", recorded, library) == given


@pytest.mark.parametrize(
    ("recorded", "history", "grade"),
    [
        ({"organs.ild_history": True}, YES, Span(1, 5)),
        ({"organs.ild_history": False}, NO, Span(0, 0)),
        ({"organs.ild_grade": 2}, YES, Span(2, 2)),
        ({"organs.ild_grade": 0}, NO, Span(0, 0)),
        ({"organs.ild_history": True, "organs.ild_grade": 1}, YES, Span(1, 1)),
        ({}, None, None),
    ],
)
def test_ild_history_and_grade_complete_each_other(
    recorded: dict[str, Any], history: Among | None, grade: Span | None, library: EvidenceLibrary
) -> None:
    assert value("ild_history", recorded, library) == history
    assert value("ild_grade", recorded, library) == grade


def test_the_grade_stands_beside_the_history(library: EvidenceLibrary) -> None:
    case = case_of({"organs.ild_history": True, "organs.ild_grade": 1})
    assert read("ild_history", case, library).shown == "yes, grade 1"
    assert read("ild_history", case_of({"organs.ild_history": False}), library).shown == "no"


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ({"patient.pregnant": True}, YES),
        ({"patient.pregnant": False}, NO),
        ({"patient.menopause": "postmenopausal"}, NO),
        ({"patient.sex": "male"}, NO),
        ({"patient.menopause": "premenopausal", "patient.sex": "female"}, None),
    ],
)
def test_pregnancy_is_as_recorded_and_ruled_out_after_the_menopause_and_in_men(
    recorded: dict[str, Any], expected: Among | None, library: EvidenceLibrary
) -> None:
    assert value("pregnant", recorded, library) == expected


def test_a_value_that_ages_is_shown_with_its_date(library: EvidenceLibrary) -> None:
    case = case_of({"organs.lvef_percent": 58.0, "organs.lvef_date": "2026-10"})
    assert read("lvef_percent", case, library).shown == "58 % (Oct 2026)"
    assert read("lvef_percent", case_of({"organs.lvef_percent": 58.0}), library).shown == "58 %"


def test_what_is_recorded_as_such_is_shown_in_words(library: EvidenceLibrary) -> None:
    case = case_of({"tumour.origin": "de_novo", "brain.sites": ["left", "right"], "brain.brainstem": False})
    assert read("origin", case, library).shown == "de novo"
    assert read("brain_sites", case, library).shown == "left, right"
    assert read("brainstem_lesion", case, library).shown == "no"


NOT_ALL_DESCRIBED = "not every lesion is described"
NO_SIGN = {f"urgency.{sign}": False for sign in URGENT_SIGNS}
TWO_SIGNS = {"urgency.mass_effect": True, "urgency.urgent": True}
UNSTATED = {"brain.lesions": listed({"diameter_mm": 40.0}, {"diameter_mm": 8.0, "state": "new"})}


@pytest.mark.parametrize(
    ("fact", "recorded", "shown", "why"),
    [
        ("urgency", TWO_SIGNS, "Urgent, Mass effect or herniation", ""),
        ("urgency", NO_SIGN, "none recorded as present", ""),
        ("urgency", {"urgency.mass_effect": False}, "", "not every urgent sign is recorded"),
        ("immediate_local_therapy", {"urgency.immediate_local_therapy": False}, "no", ""),
        ("immediate_local_therapy", {"urgency.immediate_local_therapy": True}, "yes", ""),
        (
            "immediate_local_therapy",
            {"urgency.mass_effect": True},
            "yes, urgency recorded: Mass effect or herniation",
            "",
        ),
        ("neurologically_stable", {"neurology.trend": "worsening"}, "symptoms worsening", ""),
        ("neurologically_stable", {"neurology.trend": "improving"}, "symptoms improving", ""),
        ("neurologically_stable", {"neurology.symptoms_present": False}, "no symptoms", ""),
        ("lesion_count", {COUNT: {"low": 3, "high": 3}}, "3", ""),
        ("lesion_count", {COUNT: {"low": 3}}, "3 or more", "not an exact number"),
        ("lesion_count", lesions("new", None), "1 to 2", "not an exact number"),
        ("largest_lesion_mm", {"brain.largest_mm": 16.0}, "16 mm", ""),
        ("largest_lesion_mm", {"brain.lesions": listed({"diameter_mm": 12.0, "state": "new"})}, "12 mm", ""),
        ("brain_metastases", lesions("resected"), "yes", ""),
        (
            "largest_lesion_mm",
            UNSTATED,
            "8 to 40 mm",
            "not every lesion is measured, or its state is not recorded",
        ),
        ("measurable_cns", {"brain.measurable": True}, "yes", ""),
        ("measurable_cns", {"brain.measurable": False}, "no", ""),
        ("measurable_cns", {"brain.largest_mm": 9.0}, "no, by the sizes recorded (RANO-BM)", ""),
        ("dexamethasone_mg", {"neurology.dexamethasone_mg": 4.0}, "4 mg", ""),
        ("dexamethasone_mg", {"neurology.steroid_given": False}, "no steroid", ""),
        ("dexamethasone_mg", {"neurology.steroid_given": True}, "steroid given", "dose not recorded"),
        ("steroid_given", {"neurology.dexamethasone_mg": 4.0}, "4 mg", ""),
        ("steroid_given", {"neurology.dexamethasone_mg": 0.0}, "no", ""),
        ("steroid_given", {"neurology.dexamethasone_mg": 0.5}, "0.5 mg", ""),
        ("steroid_given", {"neurology.steroid_given": True}, "yes", ""),
        ("ild_history", {"organs.ild_grade": 2}, "yes, grade 2", ""),
        ("ild_history", {"organs.ild_history": True}, "yes", ""),
        ("ild_history", {"organs.ild_history": True, "organs.ild_grade": 0}, "yes", ""),
        ("ild_history", {"organs.ild_grade": 1}, "yes, grade 1", ""),
        ("ild_history", {"organs.ild_grade": 0}, "no", ""),
        ("ild_grade", {"organs.ild_grade": 2}, "2", ""),
        ("ild_grade", {"organs.ild_history": True}, "yes", "grade not recorded"),
        ("ild_grade", {"organs.ild_history": False}, "no ILD", ""),
        ("pregnant", {"patient.pregnant": True}, "yes", ""),
        ("pregnant", {"patient.pregnant": False}, "no", ""),
        ("pregnant", {"patient.menopause": "postmenopausal"}, "postmenopausal", ""),
        ("pregnant", {"patient.menopause": "premenopausal", "patient.sex": "male"}, "male", ""),
        ("pregnant", {"patient.sex": "male"}, "male", ""),
        ("cns_class", lesions("treated_stable", None), "stable, perhaps progressing, untreated", NOT_ALL_DESCRIBED),
        ("cns_class", lesions("treated_progressing"), "perhaps progressing", "radiation necrosis: not asked"),
        ("cns_class", lesions("new"), "untreated", ""),
        ("access.tucatinib", {"access.drugs": {"tucatinib": True}}, "yes", ""),
        ("access.tucatinib", {"access.drugs": {"tucatinib": False}}, "no", ""),
        ("access.trastuzumab", {"access.drugs": {"Phesgo": True}}, "yes", ""),
        ("access.trastuzumab", {"access.drugs": {"Phesgo": False}}, "", ""),
        ("declines", {"patient.declines": ["radiotherapy to the brain"]}, "radiotherapy to the brain", ""),
        ("declines", {"patient.declines": []}, "nothing", ""),
        ("declines", {"patient.declines": ["wires"]}, "wires", "which options this means cannot be told"),
        (
            "declines",
            {"patient.declines": ["brain surgery", "brain radiotherapy"]},
            "brain surgery, brain radiotherapy",
            "",
        ),
        ("brainstem_lesion", {"brain.brainstem": True}, "yes", ""),
        ("lvef_percent", {"organs.lvef_percent": 58.0}, "58 %", ""),
        ("goals", {"patient.goals": "see A_B, as she wrote"}, "see A_B, as she wrote", ""),
    ],
)
def test_a_fact_is_told_in_words_and_says_what_keeps_it_open(
    fact: str, recorded: dict[str, Any], shown: str, why: str, library: EvidenceLibrary
) -> None:
    reading = read(fact, case_of(recorded), library)
    assert (reading.shown, reading.why) == (shown, why)


def test_nothing_is_said_of_a_new_case(library: EvidenceLibrary) -> None:
    assert {(reading.shown, reading.why) for reading in facts_of(case_of(), library).readings.values()} == {("", "")}


def test_every_fact_of_the_catalogue_is_read_from_fields_that_exist(library: EvidenceLibrary) -> None:
    assert {path for spec in library.catalogue.values() for path in spec.fields} <= set(field_by_path())


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


def test_the_size_that_makes_a_lesion_measurable_is_told_with_its_source(library: EvidenceLibrary) -> None:
    case = case_of(one_lesion(14, 9))
    assert read("measurable_cns", case, library).shown == "yes, by the sizes recorded (RANO-BM)"


@pytest.mark.parametrize(("completeness", "words"), [("complete", ""), ("partial", "; specimens not complete")])
def test_a_status_says_when_other_specimens_are_not_listed(
    completeness: str, words: str, library: EvidenceLibrary
) -> None:
    case = case_of({"tumour.specimens": listed({"ihc": "3+"}, completeness=completeness)})
    assert read("her2_status", case, library).shown == f"positive (IHC 3+){words}"
