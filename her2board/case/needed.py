"""Which fields a case still needs, and which cannot apply after another answer: one truth for form, counts and page."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from her2board.case.by_section import BySection
from her2board.case.catalogue.brain import class_waits_for_necrosis
from her2board.case.fields import CaseField, case_fields, value_at
from her2board.case.from_lists import Filled, from_lists
from her2board.case.lesions import none_left
from her2board.case.model import Case, Listed
from her2board.wording import Marked, tr


class Excluded(NamedTuple):
    """An answer after which other fields cannot apply."""

    paths: tuple[str, ...]
    """The fields that cannot apply then."""
    parents: tuple[str, ...]
    """The fields that hold the answer."""
    when: Callable[[Case], bool]
    words: Marked
    """The answer in words."""


EXCLUDED = (
    Excluded(("source",), ("origin",), lambda case: case.origin == "patient", "this is a patient's case"),
    Excluded(
        ("meeting.wbrt_proposed_by",),
        ("meeting.wbrt_proposed",),
        lambda case: case.meeting.wbrt_proposed is False,
        "whole-brain radiotherapy is not proposed",
    ),
    Excluded(
        (
            "brain.largest_mm",
            "brain.measurable",
            "brain.total_volume_ml",
            "brain.sites",
            "brain.brainstem",
            "brain.posterior_fossa",
            "brain.eloquent",
            "brain.near_hippocampus",
            "brain.cns_class",
            "brain.class_date",
        ),
        ("brain.lesion_count", "brain.lesions", "brain.metastases_present"),
        none_left,
        "no metastasis is left",
    ),
    Excluded(
        ("brain.leptomeninges_basis",),
        ("brain.leptomeninges",),
        lambda case: case.brain.leptomeninges == "none",
        "there is no leptomeningeal disease",
    ),
    Excluded(
        ("neurology.symptoms", "neurology.trend"),
        ("neurology.symptoms_present",),
        lambda case: case.neurology.symptoms_present is False,
        "there are no symptoms",
    ),
    Excluded(
        ("neurology.dexamethasone_mg", "neurology.steroid_start", "neurology.steroid_trend"),
        ("neurology.steroid_given",),
        lambda case: case.neurology.steroid_given is False,
        "no steroid is given",
    ),
    Excluded(
        (
            "patient.menopause",
            "patient.pregnant",
            "patient.child_bearing",
            "patient.trimester",
            "patient.delivery_due",
        ),
        ("patient.sex",),
        lambda case: case.patient.sex == "male",
        "the patient is male",
    ),
    Excluded(
        ("patient.trimester", "patient.delivery_due"),
        ("patient.pregnant",),
        lambda case: case.patient.pregnant is False,
        "the patient is not pregnant",
    ),
    Excluded(
        ("tumour.months_since_adjuvant_her2",),
        ("tumour.origin",),
        lambda case: case.tumour.origin == "de_novo",
        "the disease was metastatic from the beginning",
    ),
    Excluded(
        ("tumour.pik3ca_variant",),
        ("tumour.pik3ca",),
        lambda case: case.tumour.pik3ca == "wild_type",
        "PIK3CA is not mutated",
    ),
    Excluded(
        ("systemic.exposure",),
        ("systemic.lines",),
        lambda case: case.systemic.lines.completeness == "complete",
        "the list of lines is complete",
    ),
    Excluded(
        ("systemic.extracranial_sites",),
        ("systemic.extracranial",),
        lambda case: case.systemic.extracranial == "absent",
        "there is no disease outside the brain",
    ),
    Excluded(
        ("organs.ild_grade",),
        ("organs.ild_history",),
        lambda case: case.organs.ild_history is False,
        "there was no ILD or pneumonitis",
    ),
)
"""What is recorded in such a field all the same stays, counts as recorded and may contradict the answer."""

_ANSWERED: dict[str, Callable[[Case], bool]] = {
    "brain.cns_class": lambda case: class_waits_for_necrosis(case) is not None,
    "patient.age": lambda case: case.patient.birth_year is not None,
    "board.outstanding": lambda _: True,
}
"""Required fields that follow from another or wait for it; outstanding items are the list itself."""


class Needs(NamedTuple):
    """What a case needs."""

    needed: tuple[str, ...]
    """Required fields neither recorded, filled from a list, given a reason, nor needless, in the order of the case."""
    excluded: dict[str, str]
    """By field in which nothing is recorded: the answer after which it cannot apply, in words."""


def needs(case: Case, known: BySection | None = None) -> Needs:
    """Return what a case still needs, and what cannot apply; ``known``, made for the case, saves work."""
    filled = filled_from_lists(case, known)
    open_ = {field.path: field for field in _judged() if not is_recorded(case, field) and field.path not in filled}
    excluded = {path: tr(rule.words) for rule in EXCLUDED if rule.when(case) for path in rule.paths if path in open_}
    needed = tuple(
        path
        for path, field in open_.items()
        if field.info.level == "H"
        and path not in excluded
        and path not in case.absences
        and not (path in _ANSWERED and _ANSWERED[path](case))
    )
    return Needs(needed, excluded)


@cache
def _judged() -> tuple[CaseField, ...]:
    """Return the fields that may be needed, or excluded by an answer, in the order of the case."""
    excluded = {path for rule in EXCLUDED for path in rule.paths}
    return tuple(field for field in case_fields() if field.info.level == "H" or field.path in excluded)


def filled_from_lists(case: Case, known: BySection | None = None) -> dict[str, Filled]:
    """Return what the lists of a case fill in, as ``from_lists``; ``known``, made for the case, saves work."""
    return (known or BySection(case)).once("from lists", from_lists)


def is_recorded(case: Case, field: CaseField) -> bool:
    """Return whether anything is recorded in a field; an asked and empty list does."""
    value = value_at(case, field.path)
    if value is None:
        return False
    if isinstance(value, Listed):
        return value.completeness != "not_asked"
    return bool(value) if field.kind in ("table", "mapping") else True
