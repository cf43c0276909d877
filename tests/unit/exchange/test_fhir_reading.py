"""Bundles of invented patients read as proposals: what is offered, what is not and why, and what contradicts itself."""

import json
from typing import Any

import pytest
from support.fhir import (
    ATC,
    ICD10CM,
    ICD10GM,
    LOINC,
    MCODE,
    RXNORM,
    SNOMED,
    brought,
    bundle,
    coded,
    condition,
    observation,
    offered,
    only,
    order,
    patient,
    problems,
    quantity,
    read_text,
    resource,
    seen,
)

from her2board.exchange.model import UnreadableError

HER2, ER, ECOG, KPS, LVEF = (coded(LOINC, code) for code in ("85319-2", "85337-4", "89247-1", "89243-0", "10230-1"))
BRAIN_METASTASES = condition("bm", coded(SNOMED, "94225005"), "2024-03")
POSITIVE = coded(SNOMED, "10828004", "Positive")
MII = "https://www.medizininformatik-initiative.de/fhir/ext/modul-onko/CodeSystem/"
GERMAN_POSITIVE = coded(f"{MII}mii-cs-onko-mamma-her2neu-status-obds", "P")
GERMAN_ECOG_2 = coded(f"{MII}mii-cs-onko-allgemeiner-leistungszustand-ecog", "2")


def test_of_a_patient_the_year_of_birth_and_the_sex_are_offered_and_no_name() -> None:
    body = patient(gender="female", birthDate="1971-05-09", name=[{"family": "Nobody"}], identifier=[{"value": "77"}])
    assert offered(body) == {"patient.sex": "female", "patient.birth_year": 1971, "patient.age_note": "born 1971"}
    assert [one[0] for one in seen(body)] == ["identity.name", "identity.record_number"]
    assert "Nobody" not in str(brought(body))
    assert "77" not in str(brought(body).offer)


@pytest.mark.parametrize(
    ("code", "field", "value"),
    [
        (coded(SNOMED, "94225005"), "tumour.brain_date", "2024-03"),
        (coded(ICD10CM, "C7931"), "tumour.brain_date", "2024-03"),
        (coded(ICD10GM, "C79.3"), "tumour.brain_date", "2024-03"),
        ("Hirnmetastasen", "tumour.brain_date", "2024-03"),
        ("métastases cérébrales multiples", "tumour.brain_date", "2024-03"),
        (coded(ICD10CM, "C79.32"), "brain.leptomeninges", "stated"),
        (coded(ICD10CM, "C78.02"), "systemic.extracranial_sites", ["lung"]),
        ("liver mets", "systemic.extracranial_sites", ["liver"]),
        (coded(SNOMED, "128462008", text="Knochen"), "systemic.extracranial_sites", ["bone"]),
        (coded(ICD10GM, "C50.4"), "tumour.primary_date", "2024-03"),
        ("Mammakarzinom rechts", "tumour.primary_date", "2024-03"),
    ],
)
def test_a_diagnosis_is_read_from_its_code_or_its_words(code: Any, field: str, value: Any) -> None:
    assert offered(condition("c", code, "2024-03"))[field] == value


@pytest.mark.parametrize(
    "words",
    [
        "brain mets?",
        "no brain metastases",
        "query cerebral metastasis",
        "Ausschluss Hirnmetastasen",
        "h/o breast cancer",
    ],
)
def test_a_diagnosis_in_doubt_offers_nothing(words: str) -> None:
    assert offered(condition("c", words, "2024-03")) == {}


def test_lymph_nodes_need_an_eye_and_date_no_metastatic_disease() -> None:
    body = condition("n", coded(ICD10CM, "C77.3"), "2021-02")
    assert offered(body) == {"systemic.extracranial_sites": ["lymph node"]}
    assert only(brought(body).offer.proposals, "systemic.extracranial_sites").trust == "needs_eye"


def test_a_diagnosis_whose_code_is_not_listed_is_seen_with_its_name() -> None:
    body = condition("c", coded(SNOMED, "1234567", "Metastatic malignant neoplasm to brain"), "2024")
    assert offered(body) == {}
    assert seen(body) == [("tumour.brain_date", "2024", "not_known")]


def test_one_code_system_has_several_addresses() -> None:
    for system in ("http://snomed.info/sct/731000124108", "urn:oid:2.16.840.1.113883.6.96", "SNOMED-CT"):
        assert offered(condition("c", coded(system, "94225005"), "2024")) == {"tumour.brain_date": "2024"}


@pytest.mark.parametrize(
    ("status", "because"),
    [("refuted", "refuted"), ("entered-in-error", "entered_in_error"), ("provisional", "uncertain")],
)
def test_a_diagnosis_that_is_not_confirmed_is_seen_and_not_offered(status: str, because: str) -> None:
    body = condition("c", coded(SNOMED, "94225005"), "2024-03", verificationStatus={"coding": [{"code": status}]})
    assert offered(body) == {}
    assert seen(body) == [("tumour.brain_date", "2024-03", because)]


def test_codes_of_one_diagnosis_that_contradict_each_other_are_a_problem() -> None:
    codings = [*coded(SNOMED, "94225005")["coding"], *coded(ICD10CM, "C78.7")["coding"]]
    body = condition("c", {"coding": codings}, "2024-03")
    assert offered(body) == {}
    assert "contradict each other" in problems(body)[0]


def test_right_and_left_primary_tumours_leave_the_date_open() -> None:
    right = condition("r", coded(SNOMED, "254837009"), "2020", bodySite=[{"text": "rechte Mamma"}])
    left = condition("l", coded(ICD10CM, "C50.912", "Malignant neoplasm of unspecified site of left female breast"))
    assert offered(right, left) == {}
    assert problems(right, left) == ["right and left breast: two primary tumours, or one of them is wrong"]


def test_metastatic_disease_starts_with_the_earliest_site_and_not_with_the_brain_alone() -> None:
    bone = condition("bone", coded(SNOMED, "94222008"), "2022-11-03")
    assert offered(bone, BRAIN_METASTASES)["tumour.metastatic_date"] == "2022-11-03"
    assert "tumour.metastatic_date" not in offered(BRAIN_METASTASES)
    overlapping = condition("bone", coded(SNOMED, "94222008"), "2024")
    assert offered(overlapping, BRAIN_METASTASES)["tumour.metastatic_date"] == ["2024", "2024-03"]


def test_results_are_put_together_by_the_specimen_they_name() -> None:
    specimen, of = {"text": "axillary node"}, {"specimen": {"reference": "Specimen/s"}}
    bodies = [
        resource("Specimen", "s", collection={"collectedDateTime": "2021-06-01", "bodySite": specimen}),
        observation("a", HER2, "2021-06-04", **of, valueCodeableConcept=coded(LOINC, "LA11842-4")),
        observation("b", coded(LOINC, "49683-6"), "2021-06-09", **of, valueQuantity=quantity(2.6)),
        observation("c", coded(LOINC, "85329-1"), "2021-06-04", **of, valueQuantity=quantity(1, "%", comparator="<")),
    ]
    (entry,) = offered(*bodies)["tumour.specimens[]"]
    assert entry == {
        "site": "axillary node",
        "day": "2021-06-01",
        "ihc": "2+",
        "her2_tested": True,
        "ish_ratio": 2.6,
        "er": "negative",
        "er_said": "<1 %",
    }


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        (HER2, {"valueString": "3+"}, {"ihc": "3+"}),
        (HER2, {"valueInteger": 2}, {"ihc": "2+"}),
        (HER2, {"valueString": "positive (score 3+)"}, {"ihc": "3+"}),
        (HER2, {"valueString": "positive (1+)"}, None),
        (HER2, {"valueString": "2+/3+"}, None),
        (HER2, {"valueQuantity": quantity(80, "%")}, None),
        ("HER2/neu", {"valueString": "negativ"}, {"her2_stated": "negative"}),
        ("HER2 FISH", {"valueString": "not amplified"}, {"ish": "negative"}),
        (coded(LOINC, "85318-4"), {"valueCodeableConcept": coded(LOINC, "LA11884-6", "Indeterminate")}, None),
        (coded(LOINC, "74860-8"), {"valueString": "6.4"}, {"her2_copies": 6.4}),
        (coded(LOINC, "49683-6"), {"valueQuantity": quantity(2.2, comparator=">")}, None),
        (ER, {"valueQuantity": quantity(90, "%")}, {"er_percent": 90}),
        (ER, {"valueString": "positive (70%)"}, {"er": "positive", "er_percent": 70}),
        (coded(LOINC, "85325-9"), {"valueQuantity": quantity(0.4)}, None),
        (coded(LOINC, "29593-1"), {"valueQuantity": quantity(25, "%")}, {"ki67_percent": 25}),
        (coded(LOINC, "85330-9"), {"valueString": "25 %"}, {"ki67_percent": 25}),
        (coded(LOINC, "48676-1"), {"valueCodeableConcept": GERMAN_POSITIVE}, {"her2_stated": "positive"}),
        (coded("https://lab.test/local", "H2", "HER2 IHC"), {"valueString": "1+"}, {"ihc": "1+"}),
        (HER2, {"interpretation": [coded("x", "POS", "Positive")]}, {"her2_stated": "positive"}),
        (coded(LOINC, "99999-9", "HER2"), {"valueCodeableConcept": POSITIVE}, None),
    ],
)  # fmt: skip
def test_a_receptor_result_is_read_or_left_alone(code: Any, value: Any, expected: dict[str, Any] | None) -> None:
    (entry,) = offered(observation("o", code, "2023-02-01", **value)).get("tumour.specimens[]", [None])
    if expected is None:
        assert entry is None
    else:
        assert expected.items() <= entry.items()


def test_two_results_of_one_specimen_are_shown_and_neither_is_taken() -> None:
    first = observation("a", HER2, "2023-02-01", valueCodeableConcept=coded(LOINC, "LA11843-2", "3+"))
    second = observation("b", HER2, "2023-02-01", valueCodeableConcept=coded(LOINC, "LA6111-4", "0"))
    assert offered(first, second) == {}
    assert "two results of one specimen" in problems(first, second)[0]


def test_results_of_one_specimen_that_cannot_both_be_so_are_shown_and_neither_is_taken() -> None:
    status = observation("a", ER, "2023-02-01", valueCodeableConcept=coded(SNOMED, "260385009", "Negative"))
    share = observation("b", coded(LOINC, "85329-1"), "2023-02-01", valueQuantity=quantity(80, "%"))
    assert offered(status, share) == {}
    assert "contradict each other" in problems(status, share)[0]


def test_a_component_holds_a_result_like_an_observation() -> None:
    score = {"code": HER2, "valueCodeableConcept": coded(LOINC, "LA11843-2")}
    body = observation("o", coded(LOINC, "48676-1"), "2023-02-01", valueCodeableConcept=POSITIVE, component=[score])
    assert offered(body)["tumour.specimens[]"] == [
        {"day": "2023-02-01", "her2_stated": "positive", "ihc": "3+", "her2_tested": True}
    ]


@pytest.mark.parametrize(
    ("code", "value", "field", "expected"),
    [
        (ECOG, {"valueInteger": 2}, "patient.ecog", 2),
        (ECOG, {"valueQuantity": quantity(1, "{score}")}, "patient.ecog", 1),
        (ECOG, {"valueCodeableConcept": coded(LOINC, "LA9623-5")}, "patient.ecog", 1),
        (ECOG, {"valueCodeableConcept": GERMAN_ECOG_2}, "patient.ecog", 2),
        ("WHO performance status", {"valueString": "WHO 1"}, "patient.ecog", 1),
        (ECOG, {"valueCodeableConcept": coded(SNOMED, "1", "ECOG - grade 3 (finding)")}, "patient.ecog", 3),
        (KPS, {"valueCodeableConcept": coded(LOINC, "LA29177-5")}, "patient.kps", 80),
        (ECOG, {"valueString": "1-2"}, "patient.ecog", None),
        (ECOG, {"valueInteger": 9}, "patient.ecog", None),
        (KPS, {"valueInteger": 70}, "patient.kps", 70),
        (KPS, {"valueInteger": 75}, "patient.kps", None),
        ("Karnofsky-Index", {"valueString": "80 %"}, "patient.kps", 80),
        (LVEF, {"valueQuantity": quantity(55, "%")}, "organs.lvef_percent", 55),
        (LVEF, {"valueQuantity": quantity(0.55, "1")}, "organs.lvef_percent", 55),
        (LVEF, {"valueDecimal": 0.55}, "organs.lvef_percent", None),
        ("Ejection fraction", {"valueString": "60 %"}, "organs.lvef_percent", 60),
        (LVEF, {"valueQuantity": quantity(50, "%", comparator=">")}, "organs.lvef_percent", None),
    ],
)  # fmt: skip
def test_a_score_is_read_or_left_alone(code: Any, value: Any, field: str, expected: int | None) -> None:
    assert offered(observation("o", code, "2025-01-07", **value)).get(field) == expected


def test_the_latest_score_is_offered_and_two_of_one_day_are_asked() -> None:
    old = observation("old", ECOG, "2024-01-01", valueInteger=0)
    new = observation("new", ECOG, "2025-01-07T11:00:00+01:00", valueInteger=1)
    assert offered(old, new) == {"patient.ecog": 1, "patient.performance_date": "2025-01-07"}
    other = observation("other", ECOG, "2025-01-07", valueInteger=2)
    assert offered(new, other)["patient.ecog"] == [1, 2]
    assert only(brought(new, other).offer.proposals, "patient.ecog").trust == "two_readings"
    assert "ECOG: 1 and 2 on the same day (7 Jan 2025)" in str(brought(new, other))


def test_midnight_of_another_zone_says_a_month_and_asks() -> None:
    proposal = only(
        brought(observation("o", LVEF, "2025-03-09T23:00:00Z", valueQuantity=quantity(55, "%"))).offer.proposals,
        "organs.lvef_date",
    )
    assert (proposal.value, proposal.trust) == ("2025-03", "needs_eye")
    assert "9 Mar 2025 / 10 Mar 2025" in proposal.asks


def _lesion(id_: str, where: dict[str, Any], *sizes: tuple[str, float, str]) -> list[dict[str, Any]]:
    found = [resource("BodyStructure", id_, location=where)]
    for number, (day, size, unit) in enumerate(sizes):
        component = {"code": coded(LOINC, "33728-7"), "valueQuantity": quantity(size, unit)}
        focus = [{"reference": f"BodyStructure/{id_}"}]
        found.append(
            observation(
                f"{id_}-{number}",
                coded(LOINC, "21889-1"),
                day,
                focus=focus,
                component=[component],
                method=coded(SNOMED, "113091000"),
            )
        )
    return found


def test_measured_lesions_are_offered_with_earlier_sizes_and_never_counted() -> None:
    brain = coded(SNOMED, "12738006", text="right cerebellar hemisphere")
    found = offered(*_lesion("a", brain, ("2025-01-02", 8, "mm"), ("2025-06-02", 1.4, "cm")))
    assert found == {
        "brain.lesions[]": [
            {
                "site": "right cerebellar hemisphere",
                "diameter_mm": 14,
                "earlier_sizes": [{"mm": 8, "day": "2025-01-02"}],
            }
        ],
        "brain.imaging_date": "2025-06-02",
        "brain.modality": "MRI",
    }
    assert offered(*_lesion("b", coded(SNOMED, "39607008"), ("2025-01-02", 8, "mm"))) == {}
    assert offered(*_lesion("c", brain, ("2025-01-02", 8, "[in_i]"))) == {}


def test_a_status_of_the_brain_is_never_offered_and_one_of_bone_with_care() -> None:
    bone = condition("bone", coded(SNOMED, "94222008"))
    worse = {"valueCodeableConcept": coded(SNOMED, "271299001")}
    of_brain = observation("s", coded(LOINC, "97509-4"), "2025-05-01", focus=[{"reference": "Condition/bm"}], **worse)
    of_bone = observation("t", coded(LOINC, "97509-4"), "2025-05-01", focus=[{"reference": "Condition/bone"}], **worse)
    found = offered(bone, BRAIN_METASTASES, of_brain, of_bone)
    assert (found["systemic.extracranial"], found["systemic.staging_date"]) == ("progressing", "2025-05-01")
    assert "brain.cns_class" not in found
    assert ("brain.cns_class", ["progressing"], "never") in seen(BRAIN_METASTASES, of_brain)


def _course(code: Any, site: Any = None, **elements: Any) -> dict[str, Any]:
    named = {"text": code} if isinstance(code, str) else code
    sites = {"bodySite": [site]} if site else {}
    period = {"performedPeriod": {"start": "2025-02-03", "end": "2025-02-14"}}
    return resource("Procedure", "x", **{"status": "completed", "code": named, **period, **sites, **elements})


def _dose(amount: dict[str, Any], fractions: int, volume: str = "") -> dict[str, Any]:
    parts = [
        {"url": "totalDoseDelivered", "valueQuantity": amount},
        {"url": "fractionsDelivered", "valueUnsignedInt": fractions},
    ]
    parts += [{"url": "volume", "valueReference": {"reference": volume}}] if volume else []
    return {"extension": [{"url": f"{MCODE}mcode-radiotherapy-dose-delivered-to-volume", "extension": parts}]}


RADIOTHERAPY, BRAIN = coded(SNOMED, "1217123003"), coded(SNOMED, "12738006")
WHOLE = coded(SNOMED, "258335003")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (_course(RADIOTHERAPY, WHOLE, **_dose(quantity(3000, "cGy"), 10)), {"kind": "whole_brain", "dose_gy": 30}),
        (_course(RADIOTHERAPY, BRAIN, **_dose(quantity(20, "Gy"), 5)), {"kind": "kind_not_known", "dose_gy": 20}),
        (_course(coded(SNOMED, "395096001"), BRAIN), {"kind": "radiosurgery"}),
        (_course("Gamma Knife radiosurgery"), {"kind": "radiosurgery"}),
        (_course("Ganzhirnbestrahlung 30 Gy/10 Fx"), {"kind": "whole_brain", "dose_gy": 30, "fractions": 10}),
        (_course("HA-WBRT 30/10", BRAIN), {"kind": "whole_brain", "hippocampal_avoidance": True}),
        (_course(RADIOTHERAPY, {"text": "left breast"}), None),
        (_course("Radiotherapy", {"text": "thoracic spine"}), {"kind": "spinal_radiotherapy"}),
        (_course(coded(SNOMED, "395096001"), {"text": "Lunge"}), None),
        (_course(coded(SNOMED, "395096001")), None),
        (_course("stereotactic radiotherapy", coded(SNOMED, "258335003")), None),
        (_course("WBRT 30 Gy in 10 fractions", status="stopped"), {"kind": "whole_brain", "day": "2025-02-14"}),
        (_course(RADIOTHERAPY, BRAIN, performedPeriod={"start": "2025-03-01", "end": "2025-02-01"}), None),
        (_course("Resection of right parietal metastasis", BRAIN), {"kind": "surgery", "site": "right parietal"}),
        (_course("Kraniotomie"), {"kind": "surgery"}),
        (_course("Stereotactic biopsy of brain", BRAIN), None),
        (_course("Biopsie stéréotaxique cérébrale"), None),
        (_course("Consultation for whole brain radiotherapy"), None),
        (_course("Radiotherapy planning CT brain"), None),
        (_course("WBRT declined by patient"), None),
        (_course("Excision of frontal bone metastasis"), None),
        (_course("Radiotherapy", {"text": "left frontal bone"}), None),
        (_course("Whole breast irradiation"), None),
        (_course("HA-WBRT 30Gy/10#, 4# given to date", status="in-progress"), None),
        (_course("Radiothérapie encéphalique in toto 30 Gy en 10 fractions"), {"kind": "whole_brain", "dose_gy": 30}),
        (_course("Radiothérapie stéréotaxique cérébrale"), {"kind": "radiosurgery"}),
        (_course("Stereotaktische Bestrahlung", {"text": "Kleinhirn links"}), {"site": "Kleinhirn links"}),
        (_course("SRS L frontal met 21Gy/1#"), {"kind": "radiosurgery", "dose_gy": 21, "site": "L frontal"}),
        (_course("Mastectomy of left breast"), None),
        (_course("Resection of liver metastasis"), None),
        (_course("WBRT", status="not-done"), None),
        (resource("ServiceRequest", "x", status="active", intent="order", code={"text": "WBRT 30Gy/10#"}), None),
    ],
)  # fmt: skip
def test_a_procedure_is_offered_as_far_as_it_is_said(body: Any, expected: dict[str, Any] | None) -> None:
    (entry,) = offered(body).get("brain.local_therapies[]", [None])
    if expected is None:
        assert entry is None
    else:
        assert expected.items() <= entry.items()
        if body["status"] == "stopped":
            assert "dose_gy" not in entry


def test_a_dose_without_unit_and_a_volume_that_is_missing_are_problems() -> None:
    body = _course(RADIOTHERAPY, coded(SNOMED, "258335003"), **_dose(quantity(30), 10, "BodyStructure/none"))
    assert "dose_gy" not in offered(body)["brain.local_therapies[]"][0]
    assert any("Gy or cGy" in problem for problem in problems(body))
    assert any("not in the file" in problem for problem in problems(body))


def test_what_contradicts_itself_in_one_resource_is_one_problem_and_the_same_in_several_names_them_all() -> None:
    reason = {"reasonCode": [coded(ICD10CM, "C71.9", "Malignant neoplasm of brain, unspecified")]}
    period = {"performedPeriod": {"start": "2025-06-10", "end": "2025-06-02"}}
    course = {"code": coded(SNOMED, "1217123003"), "bodySite": [coded(SNOMED, "12738006")], "status": "completed"}
    first = resource("Procedure", "a", **course, **reason, **period)
    second = resource("Procedure", "b", **course, **reason)
    both, alone = brought(first, second).problems
    assert {source.resource for source in both.sources} == {"Procedure/a", "Procedure/b"}  # type: ignore[union-attr]  # reason: sources of records have resources
    assert "end 2025-06-02 before start 2025-06-10" in alone.what
    assert problems(first) == [f"{both.what}; {alone.what}"]


def test_a_phase_of_a_course_is_no_course() -> None:
    course = _course(RADIOTHERAPY, coded(SNOMED, "258335003"))
    phase = {**course, "id": "phase", "partOf": [{"reference": "Procedure/x"}]}
    assert len(offered(course, phase)["brain.local_therapies[]"]) == 1


def test_drugs_that_start_together_are_one_line_to_confirm() -> None:
    bodies = [
        order("a", coded(RXNORM, "72962", "docetaxel"), "2022-03-14"),
        order("b", "pertuzumab 420 mg", "2022-03-21"),
        order("c", coded(ATC, "L01FD01", "Trastuzumab"), "2022-03-14"),
        order("d", "ondansetron", "2022-03-14"),
        order("e", coded(RXNORM, "2267582", "trastuzumab deruxtecan"), "2023-05-02"),
        order("f", "Enhertu", "2023-05-23"),
    ]
    lines = offered(*bodies)["systemic.lines[]"]
    assert [(line["drugs"], line["start"]) for line in lines] == [
        (["docetaxel", "trastuzumab", "pertuzumab"], "2022-03-14"),
        (["trastuzumab deruxtecan"], "2023-05-02"),
    ]
    assert ("systemic.lines[]", {"drugs": ["ondansetron"]}, "another_thing") in seen(*bodies)


@pytest.mark.parametrize(
    ("elements", "because"),
    [
        ({"intent": "proposal"}, "planned"),
        ({"intent": "plan"}, "planned"),
        ({"status": "draft"}, "planned"),
        ({"status": "cancelled"}, "not_done"),
        ({"status": "entered-in-error"}, "entered_in_error"),
        ({"doNotPerform": True}, "not_done"),
        ({"wasNotTaken": True}, "not_done"),
    ],
)
def test_a_drug_that_was_not_given_is_seen_and_not_offered(elements: dict[str, Any], because: str) -> None:
    body = order("a", "Tukysa", "2025-01-01", **elements)
    assert offered(body) == {}
    assert seen(body) == [("systemic.lines[]", {"drugs": ["tucatinib"]}, because)]


@pytest.mark.parametrize(
    ("name", "drugs"),
    [
        ("Fulvestrant Injectable Product", ["fulvestrant"]),
        ("5 ML pertuzumab 30 MG/ML Injection", ["pertuzumab"]),
        ("Enhertu 100 mg Pulver für ein Konzentrat zur Herstellung einer Infusionslösung", ["trastuzumab deruxtecan"]),
        ("docetaxel 20 mg/ml conc. for infusion", ["docetaxel"]),
        ("trastuzumab vedotin 100 mg vial", None),
        ("no trastuzumab", None),
        ("paracetamol 500 mg", None),
    ],
)
def test_a_product_is_read_as_its_drug_and_nothing_else_is(name: str, drugs: list[str] | None) -> None:
    (line,) = offered(order("a", name, "2024-01-01")).get("systemic.lines[]", [{"drugs": None}])
    assert line["drugs"] == drugs


def test_a_drug_whose_code_and_name_disagree_is_not_offered() -> None:
    body = order("a", coded(RXNORM, "1298944", "trastuzumab"), "2025-01-01")
    assert offered(body) == {}
    assert "different drugs" in problems(body)[0]


def test_dates_intent_and_reason_of_a_line_are_read_and_curative_is_asked() -> None:
    statement = resource(
        "MedicationStatement",
        "a",
        status="stopped",
        medicationCodeableConcept={"text": "Kadcyla"},
        effectivePeriod={"start": "2020-02", "end": "2020-11"},
        statusReason=[coded(SNOMED, "407563006")],
        extension=[{"url": f"{MCODE}mcode-procedure-intent", "valueCodeableConcept": coded(SNOMED, "373808002")}],
    )
    entry = {"drugs": ["trastuzumab emtansine"], "start": "2020-02", "stop": "2020-11", "reason_stopped": "toxicity"}
    proposal = only(brought(statement).offer.proposals, "systemic.lines[]")
    assert proposal.value == entry
    assert "neoadjuvant or adjuvant" in proposal.asks


@pytest.mark.parametrize(
    ("dosage", "mg"),
    [
        ({"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}}, 8),
        ({"timing": {"repeat": {"frequency": 1, "period": 12, "periodUnit": "h"}}}, 8),
        ({"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}, "asNeededBoolean": True}, None),
        ({"timing": {"repeat": {"frequency": 1, "frequencyMax": 2, "period": 1, "periodUnit": "d"}}}, None),
        ({}, None),
    ],
)
def test_a_daily_dose_of_dexamethasone_is_worked_out_only_when_it_is_complete(dosage: dict[str, Any], mg: Any) -> None:
    amount = [{"doseQuantity": quantity(4, "mg")}]
    body = order(
        "d", coded(RXNORM, "3264", "dexamethasone"), "2025-01-01", dosageInstruction=[{**dosage, "doseAndRate": amount}]
    )
    found = offered(body)
    assert found.get("neurology.steroid_given") == (None if "asNeededBoolean" in dosage else True)
    assert found.get("neurology.dexamethasone_mg") == mg


def test_a_registry_in_german_shape_is_read() -> None:
    site = observation(
        "m",
        coded(SNOMED, "385421009"),
        "2024-02-08",
        valueCodeableConcept=coded(f"{MII}mii-cs-onko-fernmetastasen", "BRA"),
    )
    parts = [
        {
            "url": "Applikationsart",
            "valueCodeableConcept": coded(f"{MII}mii-cs-onko-strahlentherapie-applikationsart", "P-ST"),
        },
        {"url": "Zielgebiet", "valueCodeableConcept": coded(f"{MII}mii-cs-onko-strahlentherapie-zielgebiet", "1.2")},
        {"url": "Gesamtdosis", "valueQuantity": {"value": 27, "unit": "Gy"}},
    ]
    course = _course(
        coded("http://fhir.de/CodeSystem/bfarm/ops", "8-52"),
        status="final",
        extension=[{"url": "x/mii-ex-onko-strahlentherapie-bestrahlung", "extension": parts}],
    )
    found = offered(site, course)
    assert found["tumour.brain_date"] == "2024-02-08"
    assert found["brain.local_therapies[]"] == [{"kind": "radiosurgery", "day": "2025-02-14", "dose_gy": 27}]


def test_a_medication_may_be_contained_or_referred_to() -> None:
    inside = order(
        "a", "", "2025-01-01", contained=[{"resourceType": "Medication", "id": "m", "code": {"text": "Perjeta"}}]
    )
    del inside["medicationCodeableConcept"]
    inside["medicationReference"] = {"reference": "#m"}
    outside = {**inside, "contained": [], "medicationReference": {"reference": "urn:uuid:1"}}
    holder = {"resourceType": "Bundle", "type": "transaction", "entry": [
        {"fullUrl": "urn:uuid:p", "resource": {"resourceType": "Patient"}},
        {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Medication", "code": {"text": "Herceptin"}}},
        {"resource": {**outside, "id": "b", "subject": {"reference": "urn:uuid:p"}}},
        {"resource": {**inside, "subject": {"reference": "urn:uuid:p"}}},
    ]}  # fmt: skip
    (record,) = read_text(json.dumps(holder))
    assert only(record.offer.proposals, "systemic.lines[]").value["drugs"] == ["trastuzumab", "pertuzumab"]


def test_lines_of_json_and_several_patients_are_kept_apart() -> None:
    second = {"resourceType": "Patient", "id": "q", "gender": "male"}
    of_second = {**observation("o", ECOG, "2025-01-07", valueInteger=3), "subject": {"reference": "Patient/q"}}
    nobodys = {k: v for k, v in observation("n", ECOG, "2025-01-07", valueInteger=4).items() if k != "subject"}
    lines = "\n".join(map(json.dumps, (patient(gender="female"), second, of_second, nobodys)))
    first, other = read_text(lines)
    assert [(one.field, one.value) for one in first.offer.proposals] == [("patient.sex", "female")]
    assert [one.value for one in other.offer.proposals] == ["male", 3, "2025-01-07"]
    assert "names no patient" in first.problems[0].what


def test_the_same_resource_twice_is_read_once_and_two_of_one_name_are_a_problem() -> None:
    body = observation("o", ECOG, "2025-01-07", valueInteger=1)
    assert "duplicate entry" in problems(body, body)[0]
    assert "two different resources" in problems(body, {**body, "valueInteger": 2})[0]
    versions = [{**body, "valueInteger": n, "meta": {"lastUpdated": f"2025-0{n}-01"}} for n in (1, 3, 2)]
    assert offered(*versions)["patient.ecog"] == 3


def test_a_value_of_the_wrong_type_is_named_by_resource_and_element() -> None:
    body = observation("o", LVEF, "2025-01-07", valueQuantity={"value": "55", "unit": "%"})
    (problem,) = brought(body).problems
    assert problem.what == "valueQuantity.value: 55 where a number is expected"
    assert str(problem.sources[0]).count("Observation/o") == 1
    assert offered(body) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"resourceType": "Patient", "id": "a", "id": "b"}', "duplicate key 'id'"),
        ('{"resourceType": "Patient", "multipleBirthInteger": NaN}', "NaN is no number"),
        ('{"resourceType": "Patient", "multipleBirthInteger": 1e999}', "1e999 is no number"),
        ('{"resourceType": "Patient", "x": ' + "9" * 500 + "}", "is no number"),
        ('{"resourceType": "Patient", "x": ' + "[" * 100 + "]" * 100 + "}", "nested too deeply"),
        ('{"resourceType": "Patient", "x": ' + "[" * 90000 + "]" * 90000 + "}", "nested too deeply"),
        ('{"resourceType": "Patient",', "line 1, column 28: not JSON"),
        ('{"type": "collection"}', "'resourceType' is missing"),
        ('{"resourceType": "Bundle", "entry": {"resource": 1}}', "'entry' is no list"),
        ('{"resourceType": "Bundle", "entry": [{"resource": 1}]}', "Bundle.entry[0]"),
        ('{"resourceType": "Patient"}\n{"resourceType": ', "line 2, column 18: not JSON"),
    ],
)
def test_a_file_that_is_no_record_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_text(text)
    assert "file0.json" in str(refused.value)
    assert said in str(refused.value)


def test_anything_in_place_of_anything_never_ends_the_reading() -> None:
    """Each element of a full bundle is replaced in turn; the rest is still read."""
    odd: list[Any] = [None, 7, "x", [], {}, [[1]], True]
    bodies = [
        patient(gender="female", birthDate="1971"),
        BRAIN_METASTASES,
        observation("o", HER2, "2025-01-07", valueCodeableConcept=POSITIVE),
        *_lesion("a", BRAIN, ("2025-01-02", 8, "mm")),
        _course(RADIOTHERAPY, BRAIN, **_dose(quantity(3000, "cGy"), 10, "BodyStructure/a")),
        order("m", "Tukysa", "2025-01-01", dosageInstruction=[{"timing": {"repeat": {"frequency": 1}}}]),
    ]
    for number, body in enumerate(bodies):
        for name in body.keys() - {"resourceType", "id", "subject", "patient"}:
            for instead in odd:
                changed = [*bodies[:number], {**body, name: instead}, *bodies[number + 1 :]]
                assert len(read_text(json.dumps(bundle(*changed)))) == 1
