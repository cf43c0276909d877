"""What a record of another program leaves open, contradicts or has not finished is seen or shown, and never offered."""

import json
from typing import Any

import pytest
from support.fhir import (
    ICD10CM,
    ICD10GM,
    LOINC,
    SNOMED,
    brought,
    bundle,
    coded,
    condition,
    observation,
    offered,
    order,
    patient,
    problems,
    quantity,
    read_text,
    resource,
    seen,
)

HER2, ER, LVEF = (coded(LOINC, code) for code in ("85319-2", "85337-4", "10230-1"))
THREE, TWO = ({"valueCodeableConcept": coded(LOINC, code)} for code in ("LA11843-2", "LA11842-4"))


def test_a_preliminary_result_is_seen_and_the_final_one_of_its_specimen_is_offered() -> None:
    early = observation("a", HER2, "2025-03-01", status="preliminary", **TWO)
    final = observation("b", HER2, "2025-03-01", **THREE)
    assert [one["ihc"] for one in offered(early, final)["tumour.specimens[]"]] == ["3+"]
    assert ("tumour.specimens[]", {"ihc": "2+"}, "uncertain") in seen(early, final)
    assert problems(early, final) == []


def _marked(letter: str, **more: Any) -> dict[str, Any]:
    url = "http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit"
    coding = {"system": ICD10GM, "code": "C78.7", "extension": [{"url": url, "valueCoding": {"code": letter}}]}
    return condition("c", {"coding": [coding]}, "2025-02", **more)


@pytest.mark.parametrize(("letter", "because"), [("A", "refuted"), ("V", "uncertain"), ("Z", "earlier"), ("G", None)])
def test_the_letter_beside_a_german_code_says_how_sure_it_is(letter: str, because: str | None) -> None:
    assert ("systemic.extracranial_sites" in offered(_marked(letter))) == (because is None)
    assert [one[2] for one in seen(_marked(letter))] == ([because] if because else [])
    confirmed = {"verificationStatus": {"coding": [{"code": "confirmed"}]}}
    assert bool(problems(_marked(letter, **confirmed))) == (letter in "AV")


@pytest.mark.parametrize(
    ("code", "text", "contradicts"),
    [
        (coded(SNOMED, "94381002"), "bone", True),
        (coded(SNOMED, "94225005"), "Lebermetastasen", True),
        (coded(ICD10CM, "C50.412"), "cerebral metastases", False),
        (coded(ICD10CM, "C50.412"), "breast cancer, now metastatic to bone", False),
        (coded(ICD10GM, "C79.3"), "V.a. Hirnmetastasen", False),
        (coded(SNOMED, "94225005"), "Ausschluss Hirnmetastasen", False),
        (coded(SNOMED, "254837009"), "family history of breast cancer", False),
    ],
)
def test_words_that_doubt_a_code_or_say_something_else_leave_nothing_offered(
    code: dict[str, Any], text: str, contradicts: bool
) -> None:
    body = condition("c", {**code, "text": text}, "2025-02")
    assert offered(body) == {}
    assert len(seen(body)) == 1
    assert bool(problems(body)) == contradicts


@pytest.mark.parametrize(
    ("code", "field"),
    [
        (coded(ICD10GM, "C50.4", text="Mammakarzinom o.n.A. links"), "tumour.primary_date"),
        (coded(ICD10CM, "C50.412", text="Invasive carcinoma of no special type"), "tumour.primary_date"),
        (
            coded("http://hl7.org/fhir/sid/icd-10", "C50.9", text="carcinome non spécifique du sein"),
            "tumour.primary_date",
        ),
        (coded(SNOMED, "94225005", text="brain mets from breast"), "tumour.brain_date"),
    ],
)
def test_a_type_that_is_not_specified_is_no_doubt(code: dict[str, Any], field: str) -> None:
    assert offered(condition("c", code, "2025-02"))[field] == "2025-02"


@pytest.mark.parametrize(("gender", "said"), [("female", False), ("male", True)])
def test_a_cancer_of_a_male_breast_is_not_that_of_a_woman(gender: str, said: bool) -> None:
    body = condition("c", coded(ICD10CM, "C50.922", "Malignant neoplasm of left male breast"), "2025-02")
    assert ("tumour.primary_date" in offered(patient(gender=gender), body)) == said
    assert bool(problems(patient(gender=gender), body)) != said


def test_what_is_dated_after_the_file_was_made_is_a_contradiction() -> None:
    body = bundle(patient(), observation("o", LVEF, "2031-01-10", valueQuantity=quantity(60, "%")))
    (found,) = read_text(json.dumps(body))
    assert any(one.field == "organs.lvef_percent" for one in found.offer.proposals)
    (found,) = read_text(json.dumps({**body, "timestamp": "2026-01-05T09:00:00Z"}))
    assert found.offer.proposals == ()
    assert "after the file was made" in found.problems[0].what


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        (
            coded(LOINC, "85337-4", "Progesterone receptor Ag in Breast cancer"),
            {"valueString": "90 %"},
            "different tests",
        ),
        (HER2, {"valueCodeableConcept": coded(LOINC, "LA11842-4", "3+")}, "means 2+"),
        (ER, {"valueCodeableConcept": coded(SNOMED, "10828004", "Negative")}, "means positive"),
        (coded(LOINC, "85329-1"), {"valueQuantity": quantity(140, "%")}, "is no percentage"),
        (coded(LOINC, "49683-6"), {"valueQuantity": quantity(-2.4)}, "cannot be so"),
        (HER2, {"valueInteger": 7}, "is no IHC score"),
    ],
)
def test_a_result_that_cannot_be_so_is_a_contradiction(code: dict[str, Any], value: dict[str, Any], words: str) -> None:
    body = observation("o", code, "2025-01-07", **value)
    assert offered(body) == {}
    assert words in problems(body)[0]


def test_two_resources_of_one_name_are_none_where_nothing_says_which_is_newer() -> None:
    one, other = (observation("o", LVEF, "2025-01-07", valueQuantity=quantity(n, "%")) for n in (60, 40))
    assert offered(one, other) == {}
    assert "nothing says which is newer" in problems(one, other)[0]
    newer = {**other, "meta": {"lastUpdated": "2025-02-01"}}
    older = {**one, "meta": {"lastUpdated": "2025-01-08"}}
    assert offered(older, newer)["organs.lvef_percent"] == 40


@pytest.mark.parametrize("status", ["inactive", "remission", "resolved", "active"])
def test_a_metastasis_that_is_no_longer_active_needs_an_eye(status: str) -> None:
    body = condition("c", coded(SNOMED, "94381002"), "2023-02", clinicalStatus={"coding": [{"code": status}]})
    assert ("still hold" in brought(body).offer.proposals[0].asks) == (status != "active")


@pytest.mark.parametrize(
    "words",
    ["Craniotomy for meningioma", "Gamma Knife for trigeminal neuralgia", "Resektion eines Meningeoms, Meningeom"],
)
def test_what_was_done_for_another_disease_is_seen(words: str) -> None:
    body = resource("Procedure", "x", status="completed", code={"text": words}, performedDateTime="2024-05-05")
    assert offered(body) == {}
    assert [one[2] for one in seen(body)] == ["another_thing"]


def test_a_steroid_as_needed_is_not_known_to_be_given() -> None:
    assert "neurology.steroid_given" not in offered(order("m", "dexamethasone 4 mg PRN", "2025-05-05"))
    flagged = order("m", "dexamethasone", "2025-05-05", dosageInstruction=[{"asNeededBoolean": True}])
    assert "neurology.steroid_given" not in offered(flagged)


@pytest.mark.parametrize("words", ["Trastuzumab (placebo-controlled trial drug)", "trastuzumab (stopped)"])
def test_a_bracket_that_says_more_than_another_name_leaves_the_drug_open(words: str) -> None:
    assert offered(order("m", words, "2025-05-05")) == {}


def test_a_drug_that_is_given_for_other_diseases_as_well_needs_an_eye() -> None:
    (proposal,) = brought(order("m", "methotrexate 15 mg", "2025-05-05")).offer.proposals
    assert "given for other diseases too" in proposal.asks


def test_that_the_patient_has_died_is_said_first() -> None:
    assert problems(patient(deceasedDateTime="2025-11-02")) == ["the record says that the patient has died"]
    assert problems(patient(deceasedBoolean=False)) == []


def test_a_person_who_is_not_in_the_file_is_asked_about() -> None:
    other = {
        **observation("k", LVEF, "2025-01-07", valueQuantity=quantity(60, "%")),
        "subject": {"reference": "Patient/q"},
    }
    records = read_text(json.dumps(bundle(patient(gender="female"), other)))
    assert [record.record for record in records] == ["Patient/p", "Patient/q"]
    assert "is it another person?" in records[1].problems[0].what


def test_what_is_stereotactic_and_of_the_whole_brain_is_a_contradiction() -> None:
    body = resource(
        "Procedure", "x", status="completed", code=coded(SNOMED, "395096001"), bodySite=[coded(SNOMED, "258335003")]
    )
    assert "stereotactic and whole brain" in problems(body)[0]
    assert brought(body).offer.proposals == ()


@pytest.mark.parametrize(
    ("reason", "lines"),
    [
        ({"reasonCode": [coded(ICD10CM, "C46.9", "Kaposi sarcoma")]}, 0),
        ({"reasonCode": [coded(ICD10CM, "C34.1", "Lung cancer")]}, 0),
        ({"reasonCode": [coded(ICD10CM, "M05.9", "Rheumatoid arthritis")]}, 0),
        ({"reasonCode": [coded(ICD10CM, "C71.9", "Glioma")]}, 0),
        ({"reasonCode": [{"text": "meningioma"}]}, 0),
        ({"reasonCode": [coded(ICD10CM, "C50.9", "Breast cancer")]}, 1),
        ({"reasonCode": [coded(ICD10CM, "C34.1"), coded(ICD10CM, "C79.31")]}, 1),
        ({"reasonCode": [coded(ICD10CM, "Z51.11", "Encounter for chemotherapy")]}, 1),
        ({"reasonReference": [{"reference": "Condition/c"}]}, 0),
    ],
)
def test_a_drug_that_is_given_for_another_disease_is_no_line(reason: dict[str, Any], lines: int) -> None:
    other = condition("c", coded(ICD10CM, "C34.1", "Lung cancer"))
    found = offered(other, order("m", "paclitaxel", "2025-01-20", **reason))
    assert len(found.get("systemic.lines[]", [])) == lines


def test_a_steroid_before_an_infusion_is_no_steroid_of_now() -> None:
    daily = [
        {"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "doseQuantity": quantity(4, "mg")}
    ]
    now = order("a", "dexamethasone", "2025-10-20", dosageInstruction=daily)
    before = order("b", "Dexamethasone premedication day 1", "2025-09-01")
    assert "neurology.steroid_given" not in offered(before)
    assert offered(before, now)["neurology.dexamethasone_mg"] == 8


def test_antiseizure_drugs_of_now_are_offered_and_others_are_seen() -> None:
    now = order("a", "levetiracetam 500 mg", "2025-10-20")
    past = order("b", "lacosamide", "2024-10-20", status="stopped")
    needed = order("c", "lacosamide as needed", "2025-10-20")
    assert offered(now, past, needed) == {"neurology.antiseizure_drugs": ["levetiracetam"]}
    assert "neurology.antiseizure_drugs" not in offered(past)


@pytest.mark.parametrize(
    ("status", "because"),
    [
        ({"text": "Suspected"}, "uncertain"),
        ({"text": "Verdacht"}, "uncertain"),
        ({"coding": [{"system": SNOMED, "code": "x", "display": "Known absent"}]}, "refuted"),
        ({"text": "ausgeschlossen"}, "refuted"),
    ],
)
def test_how_sure_a_diagnosis_is_is_read_in_words_too(status: Any, because: str) -> None:
    found = brought(condition("c", coded(SNOMED, "94225005"), "2024-03", verificationStatus=status)).offer
    assert (found.proposals, [seen.because for seen in found.not_offered]) == ((), [because])


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({"verificationStatus": {"coding": [{"system": SNOMED, "code": "4711"}]}}, "its verification status is '4711'"),
        ({"abatementDateTime": "2025-01-01"}, "it says an end (abatementDateTime): does it still hold?"),
        ({"abatementBoolean": True}, "it says an end (abatementBoolean): does it still hold?"),
    ],
)
def test_a_diagnosis_that_may_not_hold_is_looked_at(more: Any, asked: str) -> None:
    (date,) = brought(condition("c", coded(SNOMED, "94225005"), "2024-03", **more)).offer.proposals
    assert (date.field, date.asks) == ("tumour.brain_date", asked)


@pytest.mark.parametrize(("status", "asked"), [(None, "it says no status"), ("suspended", "its status is 'suspended'")])
def test_a_resource_that_does_not_say_it_was_done_is_looked_at(status: str | None, asked: str) -> None:
    body = resource("Procedure", "p", code=coded(SNOMED, "395096001"), bodySite=[coded(SNOMED, "12738006")])
    (course,) = brought(body | ({"status": status} if status else {})).offer.proposals
    assert course.asks == asked


@pytest.mark.parametrize(
    "body",
    [
        condition("c", coded(SNOMED, "94225005"), "2024-03"),
        order("m", "Enhertu", "2024-03-01"),
        observation("e", coded(LOINC, "89247-1"), "2024-03-01", valueInteger=1),
    ],
)
def test_what_is_qualified_in_a_way_that_is_not_known_is_seen(body: Any) -> None:
    turned = body | {"modifierExtension": [{"url": "http://x.test/negated", "valueBoolean": True}]}
    found = brought(turned).offer
    assert found.proposals == ()
    (seen,) = found.not_offered
    assert seen.note == "qualified by 'http://x.test/negated', which is not known here"


def test_a_drug_that_is_not_taken_or_whose_medication_was_an_error_is_seen() -> None:
    taken = {
        "adherence": {"code": {"coding": [{"code": "not-taking"}]}},
        "medication": {"concept": {"text": "Enhertu"}},
    }
    usage = resource("MedicationStatement", "s", status="recorded", **taken)
    wrong = {"resourceType": "Medication", "id": "x", "status": "entered-in-error", "code": {"text": "Kadcyla"}}
    named = {"contained": [wrong], "medicationReference": {"reference": "#x"}}
    asked = resource("MedicationRequest", "m", status="active", intent="order", authoredOn="2024-03-01", **named)
    found = brought(usage, asked).offer
    assert (found.proposals, [s.because for s in found.not_offered]) == ((), ["not_done", "entered_in_error"])


@pytest.mark.parametrize(
    ("name", "because"), [("Radiochirurgie abgesagt", "not_done"), ("Geplante Radiochirurgie Hirn", "planned")]
)
def test_a_course_whose_name_says_that_it_was_not_given_is_seen(name: str, because: str) -> None:
    body = resource("Procedure", "p", status="completed", code={"text": name}, bodySite=[coded(SNOMED, "12738006")])
    found = brought(body).offer
    assert (found.proposals, [seen.because for seen in found.not_offered]) == ((), [because])


@pytest.mark.parametrize(
    "beside",
    [
        {"note": [{"text": "Treatment was not delivered, patient deteriorated."}]},
        {"outcome": {"text": "Unsuccessful"}},
        {"note": [{"text": "Planung erfolgt."}, {"text": "Bestrahlung nicht erfolgt"}]},
    ],
)
def test_a_procedure_that_its_note_or_outcome_puts_in_doubt_is_asked_about(beside: dict[str, Any]) -> None:
    code = coded(SNOMED, "395096001")
    site = [coded(SNOMED, "12738006")]
    plain = resource("Procedure", "p", status="completed", code=code, bodySite=site)
    doubted = resource("Procedure", "p", status="completed", code=code, bodySite=site, **beside)
    assert not any("was it given?" in one.asks for one in brought(plain).offer.proposals)
    assert all("was it given?" in one.asks for one in brought(doubted).offer.proposals)
    assert brought(doubted).offer.proposals


def test_a_note_about_how_a_procedure_went_asks_nothing() -> None:
    code, site = coded(SNOMED, "395096001"), [coded(SNOMED, "12738006")]
    note = [{"text": "No complications. Next MRI in 8 weeks."}]
    (one,) = brought(
        resource("Procedure", "p", status="completed", code=code, bodySite=site, note=note)
    ).offer.proposals
    assert "was it given?" not in one.asks
