"""The fact catalogue: every name a criterion may use, its type, label, and where it is recorded."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from her2board.case import terms as t
from her2board.case.drugs import Vocabulary
from her2board.wording import tr

FactKind = Literal["flag", "choice", "set", "number", "day", "words"]
_RESPONSE_CLASSES = ("stable", "untreated", "progressing")


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One named fact: type, unit, label, the fields it is read from, who usually knows, and its rule."""

    name: str
    kind: FactKind
    label: str
    fields: tuple[str, ...]
    """Paths of the fields it is derived from; the first is where to record it."""
    asks: str
    unit: str = ""
    options: tuple[str, ...] = ()
    rule: str = ""
    """How it is derived, with the source of the rule; empty when taken as recorded."""


_LOCAL = "brain.local_therapies"
_FACTS: tuple[FactSpec, ...] = (
    FactSpec(
        "her2_status",
        "choice",
        "HER2 status",
        ("tumour.specimens",),
        "pathology",
        options=("positive", "low", "negative"),
        rule="ASCO/CAP 2018, affirmed 2023, per specimen, IHC 2+ open until in-situ hybridisation is recorded; "
        "the most recent conclusive specimen recorded counts",
    ),
    FactSpec(
        "hr_status",
        "choice",
        "Hormone receptors",
        ("tumour.specimens",),
        "pathology",
        options=("positive", "negative"),
        rule="positive when ER or PR is; the most recent specimen recorded with a result counts",
    ),
    FactSpec(
        "cns_class",
        "set",
        "Class of the metastases",
        ("brain.cns_class", "brain.necrosis_in_question"),
        "radiology",
        options=_RESPONSE_CLASSES,
        rule="as recorded, or from the lesion table; 'progressing' is open while necrosis is in question",
    ),
    FactSpec(
        "brain_metastases",
        "flag",
        "Brain metastases",
        ("brain.lesion_count", "brain.lesions", "brain.cns_class", "brain.local_therapies"),
        "radiology",
        rule="yes when a lesion, a class or a treated lesion is recorded",
    ),
    FactSpec(
        "leptomeningeal_disease",
        "flag",
        "Leptomeningeal disease",
        ("brain.leptomeninges",),
        "radiology",
        rule="confirmed is yes, none is no, suspected and probable are open",
    ),
    FactSpec(
        "leptomeningeal_status",
        "choice",
        "Leptomeningeal disease",
        ("brain.leptomeninges",),
        "radiology",
        options=("none", "suspected", "probable", "confirmed"),
    ),
    FactSpec(
        "leptomeningeal_treated",
        "flag",
        "Leptomeningeal disease treated before",
        ("brain.leptomeninges_treated",),
        "oncology",
    ),
    FactSpec(
        "immediate_local_therapy",
        "flag",
        "Immediate local therapy needed",
        ("urgency.immediate_local_therapy", "urgency.urgent"),
        "radiation oncology",
        rule="as recorded; any recorded urgency is yes",
    ),
    FactSpec(
        "urgency",
        "flag",
        "Urgency",
        tuple(f"urgency.{sign}" for sign in t.URGENT_SIGNS),
        "oncology",
        rule="yes when a person recorded any urgent sign; no when all are recorded as absent",
    ),
    FactSpec("symptoms", "flag", "Neurological symptoms now", ("neurology.symptoms_present",), "oncology"),
    FactSpec(
        "neurologically_stable",
        "flag",
        "Neurologically stable",
        ("neurology.trend", "neurology.symptoms_present"),
        "oncology",
        rule="no symptoms, or a trend recorded as stable or improving; worsening is no",
    ),
    FactSpec(
        "lesion_count",
        "number",
        "Number of metastases",
        ("brain.lesion_count", "brain.lesions"),
        "radiology",
        rule="as recorded, else the length of a complete lesion table",
    ),
    FactSpec(
        "largest_lesion_mm",
        "number",
        "Largest diameter",
        ("brain.largest_mm", "brain.lesions"),
        "radiology",
        "mm",
        rule="as recorded, else the largest of a complete lesion table",
    ),
    FactSpec(
        "measurable_cns",
        "flag",
        "Measurable CNS disease",
        ("brain.measurable", "brain.lesions", "brain.largest_mm"),
        "radiology",
        rule="as recorded, else by size from the lesion table (RANO-BM, 2014: 10 mm by 5 mm, with contrast)",
    ),
    FactSpec("total_volume_ml", "number", "Total volume", ("brain.total_volume_ml",), "radiology", "mL"),
    FactSpec("brainstem_lesion", "flag", "Lesion in the brainstem", ("brain.brainstem",), "radiology"),
    FactSpec("near_hippocampus", "flag", "Lesion near a hippocampus", ("brain.near_hippocampus",), "radiology"),
    FactSpec(
        "necrosis_in_question",
        "flag",
        "Radiation necrosis in question",
        ("brain.necrosis_in_question",),
        "radiology",
    ),
    *(
        FactSpec(
            f"prior_{name}",
            "flag",
            f"Earlier {label}",
            (_LOCAL,),
            "radiation oncology",
            rule=f"{rule}; 'no' only from a complete list",
        )
        for name, label, rule in (
            ("wbrt", "whole-brain radiotherapy", "listed as whole brain"),
            ("radiosurgery", "radiosurgery", "listed as radiosurgery"),
            ("brain_surgery", "brain surgery", "listed as surgery"),
            ("brain_radiotherapy", "brain radiotherapy", "any radiotherapy listed"),
            ("local_therapy", "local brain therapy", "any entry listed"),
        )
    ),
    *(
        FactSpec(
            f"last_{name}",
            "day",
            f"Last {label}",
            (_LOCAL,),
            "radiation oncology",
            rule="latest entry; last fraction",
        )
        for name, label in (
            ("wbrt", "whole-brain radiotherapy"),
            ("radiosurgery", "radiosurgery"),
            ("brain_surgery", "brain surgery"),
            ("brain_radiotherapy", "brain radiotherapy"),
        )
    ),
    FactSpec("steroid_given", "flag", "Steroid given", ("neurology.steroid_given",), "oncology"),
    FactSpec(
        "dexamethasone_mg",
        "number",
        "Dexamethasone equivalent per day",
        ("neurology.dexamethasone_mg", "neurology.steroid_given"),
        "oncology",
        "mg",
        rule="as recorded; 0 when no steroid is given",
    ),
    FactSpec(
        "steroid_trend",
        "choice",
        "Steroid dose trend",
        ("neurology.steroid_trend",),
        "oncology",
        options=("falling", "stable", "rising"),
    ),
    FactSpec("age", "number", "Age", ("patient.age",), "coordinator", "years"),
    FactSpec("ecog", "number", "ECOG", ("patient.ecog",), "oncology"),
    FactSpec("kps", "number", "Karnofsky", ("patient.kps",), "oncology"),
    FactSpec(
        "pregnant",
        "flag",
        "Pregnant",
        ("patient.pregnant", "patient.menopause", "patient.sex"),
        "oncology",
        rule="as recorded; no after the menopause and in men",
    ),
    FactSpec("trial_willing", "flag", "Willing to join a trial", ("patient.trial_willing",), "patient"),
    FactSpec("goals", "words", "Patient's view and goals", ("patient.goals",), "patient"),
    FactSpec(
        "declines",
        "set",
        "Declined by the patient",
        ("patient.declines",),
        "patient",
        options=get_args(t.OptionKind),
        rule="the kinds of option that the words recorded name; a condition, or words that name none, leave all open",
    ),
    FactSpec("comorbidity", "words", "Comorbidity", ("patient.comorbidity",), "oncology"),
    FactSpec("cognition", "words", "Baseline cognition", ("patient.cognition",), "oncology"),
    FactSpec("brain_sites", "words", "Sites in the brain", ("brain.sites",), "radiology"),
    FactSpec(
        "extracranial",
        "choice",
        "Disease outside the brain",
        ("systemic.extracranial",),
        "oncology",
        options=("absent", "controlled", "progressing"),
    ),
    FactSpec(
        "metastatic_lines",
        "number",
        "Lines for metastatic disease",
        ("systemic.lines",),
        "oncology",
        rule="lines recorded with setting metastatic, re-challenge and change for toxicity included; maintenance does "
        "not count, and a biosimilar or subcutaneous switch or an added endocrine drug, marked so, continues a line",
    ),
    FactSpec(
        "months_since_adjuvant_her2",
        "number",
        "End of (neo)adjuvant anti-HER2 therapy to relapse",
        ("tumour.months_since_adjuvant_her2", "systemic.lines", "tumour.metastatic_date"),
        "oncology",
        "months",
        rule="as recorded, else calendar months from the stop of the last (neo)adjuvant anti-HER2 line to the date "
        "of metastatic disease; each source counts an early relapse as a line by its own limit",
    ),
    FactSpec(
        "origin",
        "choice",
        "De novo or recurrent",
        ("tumour.origin",),
        "oncology",
        options=("de_novo", "recurrent"),
    ),
    FactSpec("pik3ca", "choice", "PIK3CA", ("tumour.pik3ca",), "pathology", options=("mutated", "wild_type")),
    FactSpec(
        "dpyd",
        "choice",
        "DPYD",
        ("tumour.dpyd",),
        "pathology",
        options=("normal", "partial_deficiency", "complete_deficiency"),
    ),
    FactSpec("histology_confirmed", "flag", "Histology confirmed", ("tumour.histology_confirmed",), "pathology"),
    FactSpec("lvef_percent", "number", "LVEF", ("organs.lvef_percent",), "oncology", "%"),
    FactSpec(
        "ild_history",
        "flag",
        "ILD or pneumonitis ever",
        ("organs.ild_history", "organs.ild_grade"),
        "oncology",
        rule="as recorded, else yes from a grade above 0 and no from grade 0",
    ),
    FactSpec(
        "ild_grade",
        "number",
        "Highest ILD grade",
        ("organs.ild_grade", "organs.ild_history"),
        "oncology",
        rule="as recorded; 0 when no ILD is recorded",
    ),
    *(
        FactSpec(f"{name}_grade", "number", f"{label} grade", (f"organs.{name}_grade",), "oncology")
        for name, label in (
            ("neuropathy", "Neuropathy"),
            ("diarrhoea", "Diarrhoea"),
            ("hand_foot", "Hand-foot"),
            ("cytopenia", "Cytopenia"),
        )
    ),
    *(
        FactSpec(name, "choice", label, (f"organs.{name}",), "oncology", options=("in_range", "out_of_range"))
        for name, label in (
            ("liver", "Liver tests"),
            ("renal", "Renal function"),
            ("blood_counts", "Blood counts"),
        )
    ),
    FactSpec("child_pugh", "choice", "Child-Pugh", ("organs.child_pugh",), "oncology", options=("A", "B", "C")),
    FactSpec(
        "creatinine_clearance",
        "number",
        "Creatinine clearance",
        ("organs.creatinine_clearance",),
        "oncology",
        "mL/min",
    ),
    FactSpec(
        "wbrt_proposed",
        "flag",
        "Whole-brain radiotherapy is proposed",
        ("meeting.wbrt_proposed",),
        "coordinator",
    ),
    FactSpec(
        "radiosurgery_access",
        "choice",
        "Radiosurgery available",
        ("access.radiosurgery",),
        "radiation oncology",
        options=("here", "by_referral", "not_available"),
    ),
    FactSpec(
        "radiosurgery_feasible",
        "flag",
        "Radiosurgery feasible",
        ("access.radiosurgery_feasible",),
        "radiation oncology",
    ),
    FactSpec(
        "hippocampal_avoidance_access",
        "choice",
        "Hippocampal avoidance available",
        ("access.hippocampal_avoidance",),
        "radiation oncology",
        options=("here", "by_referral", "not_available"),
    ),
    FactSpec("surgery_feasible", "flag", "Resection feasible", ("access.surgery_feasible",), "neurosurgery"),
    FactSpec("next_mri_date", "words", "Date of the next MRI", ("board.next_mri_date",), "coordinator"),
    FactSpec("next_mri_owner", "words", "Owner of the next MRI", ("board.next_mri_owner",), "coordinator"),
)
PER_DRUG = {
    "given": (
        "{drug} given before",
        "listed in a line or recorded as given; 'no' only from a complete list or so recorded",
    ),
    "given_metastatic": (
        "{drug} given for metastatic disease",
        "as 'given', in lines with setting metastatic or maintenance",
    ),
    "progressed_on": ("Progression on {drug}", "a line with the drug that stopped for progression"),
    "access": ("Access to {drug} at this clinic", "as recorded"),
}
"""Facts that exist for every drug and class: 'given.tucatinib', 'progressed_on.her2_tki'."""


def catalogue(vocabulary: Vocabulary) -> dict[str, FactSpec]:
    """Return all facts by name, those of every drug and class included."""
    return {spec.name: replace(spec, label=tr(spec.label)) for spec in (*_FACTS, *_drug_facts(vocabulary))}


def _drug_facts(vocabulary: Vocabulary) -> Iterable[FactSpec]:
    for prefix, (label, rule) in PER_DRUG.items():
        fields = ("access.drugs",) if prefix == "access" else ("systemic.lines", "systemic.exposure")
        for id_ in vocabulary.ids:
            words = tr(label).format(drug=vocabulary.label(id_))
            yield FactSpec(f"{prefix}.{id_}", "flag", words[0].upper() + words[1:], fields, "oncology", rule=rule)
