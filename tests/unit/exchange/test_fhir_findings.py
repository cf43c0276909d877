"""Bundles of invented patients: scans and what they found, courses with several targets, drugs that end apart."""

from typing import Any

import pytest
from support.fhir import ATC, LOINC, MCODE, SNOMED, brought, coded, observation, offered, only, quantity, resource, seen


def _scan(id_: str, name: Any, day: str, **more: Any) -> dict[str, Any]:
    code = {"text": name} if isinstance(name, str) else name
    return resource("DiagnosticReport", id_, **{"status": "final", "code": code, "effectiveDateTime": day, **more})


@pytest.mark.parametrize(
    ("name", "modality"),
    [
        (coded(LOINC, "24587-8"), "MRI"),
        ("MR BRAIN W WO CONTRAST", "MRI"),
        ("IRM cérébrale", "MRI"),
        ("MRT Schädel mit Kontrastmittel", "MRI"),
        ("CT head with contrast", "CT"),
        ("MRI cervical spine and brain stem", None),
        ("MRI pituitary", None),
        ("MRI breast", None),
        ("CT chest", None),
    ],
)
def test_a_report_of_a_scan_of_the_brain_dates_it(name: Any, modality: str | None) -> None:
    found = offered(_scan("r", name, "2025-10-08"))
    assert found == ({"brain.imaging_date": "2025-10-08", "brain.modality": modality} if modality else {})


def test_the_latest_scan_counts_and_one_that_is_not_final_does_not() -> None:
    scans = (_scan("a", "MRI brain", "2025-06-01"), _scan("b", "MRI brain", "2025-10-01"))
    early = _scan("c", "MRI brain", "2025-11-01", status="preliminary")
    assert offered(*scans, early)["brain.imaging_date"] == "2025-10-01"
    assert [one[1:] for one in seen(*scans, early)] == [("2025-11-01", "uncertain"), ("2025-06-01", "earlier")]


def test_the_scan_that_was_measured_is_offered_and_a_later_one_is_asked_about() -> None:
    head, brain = _scan("a", "CT head", "2025-10-20"), _scan("b", "MRI brain", "2025-10-08")
    assert offered(head, brain) == {"brain.imaging_date": "2025-10-08", "brain.modality": "MRI"}
    count = observation("n", "Number of brain metastases", "2025-09-01", valueInteger=3)
    assert offered(head, brain, count)["brain.imaging_date"] == "2025-09-01"
    assert "a later scan" in only(brought(head, brain, count).offer.proposals, "brain.imaging_date").asks


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("Number of brain metastases (MRI)", {"valueInteger": 4}, "brain.lesion_count", {"low": 4, "high": 4}),
        ("Anzahl Hirnmetastasen", {"valueString": "3"}, "brain.lesion_count", {"low": 3, "high": 3}),
        ("Number of brain metastases", {"valueQuantity": quantity(5, comparator=">")}, "brain.lesion_count", None),
        ("Largest brain metastasis, MRI", {"valueQuantity": quantity(2.1, "cm")}, "brain.largest_mm", 21),
        ("Largest brain metastasis", {"valueQuantity": quantity(21)}, "brain.largest_mm", None),
        ("Méningite carcinomateuse", {"valueCodeableConcept": {"text": "Absente"}}, "brain.leptomeninges", "none"),
        ("Leptomeningeal disease", {"valueString": "suspected"}, "brain.leptomeninges", "suspected"),
        ("Leptomeningeal disease", {"valueBoolean": True}, "brain.leptomeninges", "stated"),
        ("Leptomeningeal disease", {"valueString": "see report"}, "brain.leptomeninges", None),
        ("MUGA LVEF", {"valueQuantity": quantity(52, "per cent")}, "organs.lvef_percent", 52),
        ("Indice de performance OMS", {"valueInteger": 1}, "patient.ecog", 1),
        (coded(LOINC, "59847-4"), {"valueCodeableConcept": coded("o3", "8500/3", "NST")}, "tumour.histology", "NST"),
        (coded(LOINC, "59847-4"), {"valueCodeableConcept": coded("o3", "8500/3")}, "tumour.histology", None),
    ],
)
def test_a_finding_is_read_by_its_name_and_its_unit(
    name: Any, value: dict[str, Any], field: str, expected: Any
) -> None:
    assert offered(observation("o", name, "2025-10-08", **value)).get(field) == expected


def test_of_findings_the_latest_is_offered_and_it_dates_the_scan() -> None:
    old, new = (
        observation(day, "Number of brain metastases", day, valueInteger=n)
        for day, n in (("2025-01-01", 2), ("2025-09-01", 6))
    )
    assert offered(old, new) == {"brain.lesion_count": {"low": 6, "high": 6}, "brain.imaging_date": "2025-09-01"}
    assert ("brain.lesion_count", {"low": 2, "high": 2}, "earlier") in seen(old, new)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Positifs (80 %)", "85337-4", {"er": "positive", "er_percent": 80}),
        ("Négatifs", "85339-0", {"pr": "negative"}),
        ("negativi", "85339-0", {"pr": "negative"}),
    ],
)
def test_receptors_are_read_in_the_plural_of_other_languages(text: str, name: str, expected: dict[str, Any]) -> None:
    (entry,) = offered(observation("o", coded(LOINC, name), "2025-01-07", valueString=text))["tumour.specimens[]"]
    assert expected.items() <= entry.items()


def test_an_answer_of_an_unlisted_code_is_read_by_its_name_and_looked_at() -> None:
    body = observation("o", coded(LOINC, "16112-5"), "2025-01-07", valueCodeableConcept=coded("urn:x", "P", "positiv"))
    (entry,) = offered(body)["tumour.specimens[]"]
    assert entry["er"] == "positive"
    assert only(brought(body).offer.proposals, "tumour.specimens[]").trust == "needs_eye"


def _volume(gray: float, fractions: int, body: str) -> dict[str, Any]:
    parts = [
        {"url": "totalDoseDelivered", "valueQuantity": quantity(gray * 100, "cGy")},
        {"url": "fractionsDelivered", "valueUnsignedInt": fractions},
        {"url": "volume", "valueReference": {"reference": f"BodyStructure/{body}"}},
    ]
    return {"url": f"{MCODE}mcode-radiotherapy-dose-delivered-to-volume", "extension": parts}


def test_radiosurgery_of_two_targets_with_doses_of_their_own_is_two_entries() -> None:
    brain = coded(SNOMED, "12738006")
    targets = [
        resource("BodyStructure", name, location=brain, description=site)
        for name, site in (("a", "left occipital metastasis"), ("b", "right frontal metastasis"))
    ]
    course = resource(
        "Procedure",
        "x",
        status="completed",
        code={"text": "Gamma Knife radiosurgery"},
        bodySite=[brain],
        performedDateTime="2025-05-05",
        extension=[_volume(24, 3, "a"), _volume(18, 1, "b")],
    )
    entries = offered(course, *targets)["brain.local_therapies[]"]
    assert [(one["site"], one["dose_gy"], one["fractions"]) for one in entries] == [
        ("left occipital metastasis", 24, 3),
        ("right frontal metastasis", 18, 1),
    ]


@pytest.mark.parametrize(("total", "daily", "fractions"), [(30, 3, 10), (27, 9, 3), (30, 4, None), (20, None, None)])
def test_fractions_of_a_german_course_follow_from_its_two_doses(
    total: float, daily: float | None, fractions: Any
) -> None:
    base = "https://www.medizininformatik-initiative.de/fhir/ext/modul-onko/StructureDefinition/mii-ex-onko-"
    doses = {"gesamtdosis": total, "einzeldosis": daily}
    extensions = [
        {"url": f"{base}strahlentherapie-bestrahlung-{name}", "valueQuantity": {"value": gray, "unit": "Gy"}}
        for name, gray in doses.items()
        if gray
    ]
    code = {"text": "Ganzhirnbestrahlung"}
    (entry,) = offered(
        resource("Procedure", "x", status="completed", code=code, performedDateTime="2025-05-05", extension=extensions)
    )["brain.local_therapies[]"]
    assert (entry["dose_gy"], entry.get("fractions")) == (total, fractions)


def _given(id_: str, drug: Any, start: str, end: str = "", **more: Any) -> dict[str, Any]:
    named = {"text": drug} if isinstance(drug, str) else drug
    period = {"start": start} | ({"end": end} if end else {})
    return resource(
        "MedicationStatement", id_, status="completed", medicationCodeableConcept=named, effectivePeriod=period, **more
    )


def test_drugs_that_begin_together_are_one_line_though_one_of_them_ends_before() -> None:
    rows = [
        _given("a", coded(ATC, "L01CD01", "Paclitaxel"), "2024-01-08", "2024-06-03"),
        _given("b", coded(ATC, "L01FY01", "Pertuzumab und Trastuzumab"), "2024-01-08", "2025-02-03"),
        _given("c", coded(ATC, "L01FD04"), "2025-02-24"),
    ]
    first, second = offered(*rows)["systemic.lines[]"]
    assert first == {"drugs": ["paclitaxel", "pertuzumab", "trastuzumab"], "start": "2024-01-08", "stop": "2025-02-03"}
    assert second["drugs"] == ["trastuzumab deruxtecan"]
    proposal = brought(*rows).offer.proposals[0]
    assert "paclitaxel 3 Jun 2024" in proposal.asks


@pytest.mark.parametrize(
    ("drug", "name"),
    [
        ("pertuzumab (PERJETA) 420 mg IVPB", "pertuzumab"),
        ("Herceptin [trastuzumab] 440 mg", "trastuzumab"),
        (coded(ATC, "L01DB01", "pegylated liposomal doxorubicin"), "liposomal doxorubicin"),
        (coded(ATC, "L01CD02", "Docetaxel"), "docetaxel"),
        (coded(SNOMED, "386906001", "Capecitabine"), "capecitabine"),
    ],
)
def test_a_drug_is_known_by_its_code_and_by_a_name_with_another_in_brackets(drug: Any, name: str) -> None:
    (line,) = offered(_given("a", drug, "2024-01-08"))["systemic.lines[]"]
    assert line["drugs"] == [name]


def test_a_steroid_is_known_by_its_atc_code_and_a_dose_in_another_language() -> None:
    body = {**_given("a", coded(ATC, "H02AB06", text="prednisolone 60 mg/j"), "2025-09-12"), "status": "active"}
    assert offered(body) == {"neurology.steroid_given": True}
