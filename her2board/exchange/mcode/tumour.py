"""Writes patient, diagnoses, specimens and scores."""

from her2board.case.dates import PartialDate
from her2board.case.model import Specimen
from her2board.exchange import codes
from her2board.exchange.mcode.pieces import Body, Writing, amount, category, coded, extension, iso

_HL7 = "http://hl7.org/fhir/"
_SECONDARY = "secondary-cancer-condition"
_TUMOUR_TISSUE = {
    "coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0487", "code": "TUMOR", "display": "Tumor"}]
}
_STATUS = {"controlled": "stable", "progressing": "worsened"}


def write_patient(writing: Writing) -> None:
    """Write the patient under the code of the case; a name only where the case holds one."""
    case = writing.case
    name: Body = {"extension": [{"url": f"{_HL7}StructureDefinition/data-absent-reason", "valueCode": "masked"}]}
    identifiers = writing.own("case", case.code)
    if case.identity.name:
        name = {"text": case.identity.name}
    if case.identity.record_number:
        identifiers.append({"type": category("v2-0203", "MR"), "value": case.identity.record_number})
    year, sex = case.patient.birth_year, case.patient.sex
    paths = ["identity.name", "identity.record_number"]
    paths += ["patient.birth_year"] if year else []
    paths += ["patient.age_note"] if year and case.patient.age_note == f"born {year}" else []
    writing.add(
        "Patient",
        "patient",
        "cancer-patient",
        *paths,
        *(["patient.sex"] if sex else []),
        identifier=identifiers,
        name=[name],
        gender=sex,
        birthDate=str(year) if year else "",
    )


def _condition(writing: Writing, id_: str, profile: str, code: Body, day: str, *paths: str, **more: object) -> None:
    writing.add(
        "Condition",
        id_,
        profile,
        *paths,
        clinicalStatus=category("condition-clinical", "active"),
        verificationStatus=category("condition-ver-status", "confirmed"),
        category=[category("condition-category", "problem-list-item")],
        code=code,
        onsetDateTime=day,
        **more,
    )


def write_diagnoses(writing: Writing) -> None:
    """Write the primary tumour and the metastases; that there are none cannot be said."""
    tumour = writing.case.tumour
    day = iso(tumour.primary_date)
    histology = [extension("histology-morphology-behavior", valueCodeableConcept={"text": tumour.histology})]
    paths = (["tumour.primary_date"] if day else []) + (["tumour.histology"] if tumour.histology else [])
    more = {"extension": histology} if tumour.histology else {}
    _condition(writing, "primary", "primary-cancer-condition", coded("primary.breast", "snomed"), day, *paths, **more)
    related = [extension("related-condition", valueReference=writing.refer("primary"))]
    _brain(writing, related)
    _elsewhere(writing, related)
    if writing.case.brain.leptomeninges in ("confirmed", "probable", "stated"):
        code = coded("metastasis.meninges", "icd10")
        marker = writing.own("leptomeninges", str(writing.case.brain.leptomeninges))
        path = "brain.leptomeninges"
        _condition(writing, "meninges", _SECONDARY, code, "", path, identifier=marker, extension=related)


def _brain(writing: Writing, related: list[Body]) -> None:
    day, present = iso(writing.case.tumour.brain_date), writing.case.brain.metastases_present
    if day or present:
        paths = (["tumour.brain_date"] if day else []) + (["brain.metastases_present"] if present else [])
        code = coded("metastasis.brain", "snomed")
        marked = {"identifier": writing.own("present", "yes")} if present else {}
        _condition(writing, "brain-metastases", _SECONDARY, code, day, *paths, extension=related, **marked)


def _elsewhere(writing: Writing, related: list[Body]) -> None:
    """Write sites outside the brain, when metastatic disease began, and how it is controlled."""
    case, made = writing.case, []
    for number, site in enumerate(case.systemic.extracranial_sites or (), 1):
        id_, meaning = f"metastasis-{number}", f"metastasis.{site.casefold()}"
        known = meaning in codes.snomed_meanings()
        code = coded(meaning if known else "metastasis.unspecified", "snomed", "" if known else site)
        marker = writing.own("site", site)
        _condition(writing, id_, _SECONDARY, code, "", identifier=marker, extension=related)
        made.append(id_)
    if made:
        writing.taken.add("systemic.extracranial_sites")
    first = iso(case.tumour.metastatic_date)
    if first and _is_earliest(case.tumour.metastatic_date, case.tumour.brain_date):
        code = coded("metastasis.unspecified", "snomed")
        _condition(writing, "first-metastasis", _SECONDARY, code, first, "tumour.metastatic_date", extension=related)
    _control(writing, made, related)


def _is_earliest(first: PartialDate | None, brain: PartialDate | None) -> bool:
    return first is not None and (brain is None or brain.surely_after(first) or str(first) == str(brain))


def _control(writing: Writing, sites: list[str], related: list[Body]) -> None:
    systemic = writing.case.systemic
    meaning = _STATUS.get(systemic.extracranial or "")
    if not meaning:
        return
    if not sites:
        sites = ["metastasis-elsewhere"]
        code = coded("metastasis.unspecified", "snomed")
        _condition(writing, sites[0], _SECONDARY, code, "", extension=related)
    day = iso(systemic.staging_date)
    paths = ["systemic.extracranial", *(["systemic.staging_date"] if day else [])]
    code, value = coded("test.disease_status", "loinc"), coded(f"status.{meaning}", "snomed")
    focus = [writing.refer(site) for site in sites]
    said = {"focus": focus, "valueCodeableConcept": value}
    writing.observe("disease-status", "cancer-disease-status", code, day, *paths, **said)


def write_specimens(writing: Writing) -> None:
    """Write each specimen with its results; one without a result has nothing to say."""
    for number, specimen in enumerate(writing.case.tumour.specimens.items):
        values = _values(specimen)
        if not values:
            continue
        id_, path = f"specimen-{number + 1}", f"tumour.specimens[{number}]"
        day = iso(specimen.day)
        collection: Body = {"collectedDateTime": day} if day else {}
        collection |= {"bodySite": {"text": specimen.site}} if specimen.site else {}
        paths = ([f"{path}.day"] if day else []) + ([f"{path}.site"] if specimen.site else [])
        if specimen.her2_tested and (specimen.ihc or specimen.ish):
            paths.append(f"{path}.her2_tested")
        writing.add(
            "Specimen", id_, "human-specimen", *paths, status="available", type=_TUMOUR_TISSUE, collection=collection
        )
        for name, test, value in values:
            writing.observe(
                f"{id_}-{name.replace('_', '-')}",
                "tumor-marker-test",
                coded(f"test.{test}", "loinc"),
                day,
                f"{path}.{name}",
                category=[category("observation-category", "laboratory")],
                specimen=writing.refer(id_),
                **value,
            )


def _values(specimen: Specimen) -> list[tuple[str, str, Body]]:
    """Return name of the column, test and value of each result."""
    found: list[tuple[str, str, Body]] = []
    if specimen.ihc is not None:
        value = {"text": specimen.ihc} if specimen.ihc == "ultralow" else coded(f"ihc.{specimen.ihc}", "loinc")
        found.append(("ihc", "her2_ihc", {"valueCodeableConcept": value}))
    for name, test in (("ish", "ish"), ("her2_stated", "her2_status"), ("er", "er"), ("pr", "pr")):
        if (result := getattr(specimen, name)) is not None:
            plain = result in ("positive", "negative")
            value = coded(f"result.{result}", "snomed") if plain else {"text": str(result)}
            found.append((name, test, {"valueCodeableConcept": value}))
    for name in ("er_percent", "pr_percent", "ki67_percent"):
        if (share := getattr(specimen, name)) is not None:
            found.append((name, name, {"valueQuantity": amount(share, "%")}))
    for name in ("ish_ratio", "her2_copies"):
        if (number := getattr(specimen, name)) is not None:
            found.append((name, name, {"valueQuantity": amount(number, "1")}))
    return found


def write_scores(writing: Writing) -> None:
    """Write performance status and ejection fraction."""
    patient, organs = writing.case.patient, writing.case.organs
    day = iso(patient.performance_date)
    for name, profile in (("ecog", "ecog-performance-status"), ("kps", "karnofsky-performance-status")):
        score = getattr(patient, name)
        if score is not None:
            paths = (f"patient.{name}", *(["patient.performance_date"] if day else []))
            code = coded(f"test.{name}", "loinc")
            # a score of 0 is a value: it is put into the resource after what is empty was left out
            writing.observe(name, profile, code, day, *paths)
            writing.entries[-1]["resource"]["valueInteger"] = score
    if organs.lvef_percent is not None:
        day = iso(organs.lvef_date)
        paths = ("organs.lvef_percent", *(["organs.lvef_date"] if day else []))
        value = amount(organs.lvef_percent, "%")
        writing.observe("lvef", "", coded("test.lvef", "loinc"), day, *paths, valueQuantity=value)
