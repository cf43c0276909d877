"""Facts read from a case: unknown as soon as an input that could change them is."""

from typing import Any

import pytest
from msgspec.structs import replace
from support.strategies import case_of, facts_of, full_case, lesions, listed, read

from her2board.case.catalogue import _general, fields_of
from her2board.case.catalogue.declare import DERIVED, fact
from her2board.case.catalogue.plain import KINDS
from her2board.case.fields import case_fields, field_by_path
from her2board.case.terms import URGENT_SIGNS
from her2board.evidence.library import EvidenceLibrary


def test_nothing_is_known_of_a_new_case(library: EvidenceLibrary) -> None:
    facts = facts_of(case_of(), library)
    assert [name for name in facts.readings if facts.recorded(name)] == []


def test_everything_the_full_case_fills_is_known(library: EvidenceLibrary) -> None:
    facts = facts_of(full_case(), library)
    of_drugs = (
        "given",
        "progressed_on",
        "early_only",
        "months_since_early",
        "together",
        "in_use",
        "access",
        "declined",
    )
    open_by_nature = (*of_drugs, "last_", "prior_", "dose_")
    missing = [name for name in facts.readings if not facts.recorded(name) and not name.startswith(open_by_nature)]
    assert missing == []


def test_a_reason_for_absence_is_never_a_value(library: EvidenceLibrary) -> None:
    absent = case_of(
        absences={"organs.ild_history": {"reason": "not_applicable"}, "patient.ecog": {"reason": "not_done"}}
    )
    assert facts_of(absent, library) == facts_of(case_of(), library)


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
        ("urgency", TWO_SIGNS, "Mass effect or herniation", ""),
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
        ("lesion_count", {"brain.lesion_count": {"low": 3, "high": 3}}, "3", ""),
        ("lesion_count", {"brain.lesion_count": {"low": 3}}, "3 or more", "not an exact number"),
        ("lesion_count", lesions("new", None), "1 to 2", "not an exact number"),
        ("largest_lesion_mm", {"brain.largest_mm": 16.0}, "16 mm", ""),
        ("largest_lesion_mm", {"brain.lesions": listed({"diameter_mm": 12.0, "state": "new"})}, "12 mm", ""),
        ("brain_metastases", lesions("resected"), "no", ""),
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
        ("cns_class", lesions("treated_stable", None), "stable, perhaps progressing or untreated", NOT_ALL_DESCRIBED),
        ("cns_class", lesions("treated_progressing"), "progressing or stable", "radiation necrosis: not asked"),
        ("cns_class", lesions("new"), "untreated", ""),
        ("access.tucatinib", {"access.drugs": {"tucatinib": True}}, "yes", ""),
        ("access.tucatinib", {"access.drugs": {"tucatinib": False}}, "no", ""),
        ("access.trastuzumab", {"access.drugs": {"Phesgo": True}}, "yes", ""),
        ("access.trastuzumab", {"access.drugs": {"Phesgo": False}}, "", ""),
        ("declines", {"patient.declines": ["radiotherapy to the brain"]}, "radiotherapy to the brain", ""),
        ("declines", {"patient.declines": []}, "nothing", ""),
        ("declines", {"patient.declines": ["wires"]}, "wires", "it is not clear which options this means"),
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
def test_a_fact_is_reported_in_words_and_says_what_keeps_it_open(
    fact: str, recorded: dict[str, Any], shown: str, why: str, library: EvidenceLibrary
) -> None:
    reading = read(fact, case_of(recorded), library)
    assert (reading.shown, reading.why) == (shown, why)


def test_nothing_is_said_of_a_new_case(library: EvidenceLibrary) -> None:
    assert {(reading.shown, reading.why) for reading in facts_of(case_of(), library).readings.values()} == {("", "")}


def test_every_fact_of_the_catalogue_is_read_from_fields_that_exist(library: EvidenceLibrary) -> None:
    assert {path for spec in library.catalogue.values() for path in spec.fields} <= set(field_by_path())


def test_a_derived_fact_cannot_take_the_name_of_a_plain_one(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = replace(DERIVED["her2_status"], name="ecog")
    monkeypatch.setitem(DERIVED, "ecog", taken)
    with pytest.raises(ValueError, match="two facts are named ecog"):
        _general.__wrapped__()


def test_every_field_that_names_a_fact_is_one_a_criterion_can_read_as_recorded() -> None:
    assert {field.kind for field in case_fields() if field.info.fact} <= set(KINDS)


def test_a_plain_fact_says_what_its_field_says(library: EvidenceLibrary) -> None:
    clearance, steroid, ecog = (library.catalogue[name] for name in ("creatinine_clearance", "steroid_trend", "ecog"))
    assert (clearance.label, clearance.unit, clearance.kind) == ("Creatinine clearance", "mL/min", "number")
    assert (steroid.options, steroid.kind) == (("falling", "stable", "rising"), "choice")
    assert (ecog.asks, ecog.rule, ecog.fields) == ("oncology", "", ("patient.ecog",))


def test_what_nobody_in_particular_knows_is_asked_of_the_coordinator(library: EvidenceLibrary) -> None:
    assert library.catalogue["wbrt_proposed"].asks == "coordinator"


def test_the_facts_follow_the_form_and_those_of_drugs_come_last(library: EvidenceLibrary) -> None:
    form = list(field_by_path())
    places = [form.index(spec.fields[0]) for spec in library.catalogue.values() if not spec.family]
    assert places == sorted(places)
    of_drugs = [bool(spec.family) for spec in library.catalogue.values()]
    assert of_drugs == sorted(of_drugs)


def test_every_fact_read_from_more_than_one_field_says_by_what_rule(library: EvidenceLibrary) -> None:
    assert [spec.name for spec in library.catalogue.values() if len(spec.fields) > 1 and not spec.rule] == []


def test_no_two_facts_have_one_name() -> None:
    with pytest.raises(ValueError, match="two facts are named her2_status"):
        fact("her2_status", "flag", "tumour.specimens")(lambda _: (None, "", ""))
    assert DERIVED["her2_status"].kind == "choice"


def test_whoever_needs_the_field_behind_a_fact_asks_the_catalogue() -> None:
    assert fields_of("her2_status") == ("tumour.specimens",)
    assert fields_of("ecog") == ("patient.ecog",)
