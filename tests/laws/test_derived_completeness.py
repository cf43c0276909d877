"""A derived fact is open exactly when some completion of what is not recorded would change what it answers.

Every input of a fact has a small domain here. Some inputs of a fully recorded case are taken away; the fact read
then is held against the facts of every case that fills the gaps and does not contradict itself.
"""

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support.releases import release
from support.strategies import case_of, listed

from her2board.case.catalogue import read_facts
from her2board.case.contradictions import contradictions
from her2board.case.model import Case
from her2board.logic.criteria import Leaf
from her2board.logic.evaluate import truth_of
from her2board.logic.truth import Truth
from her2board.logic.values import Facts

LIBRARY = release()
Inputs = dict[str, Any]
Build = Callable[[Inputs], dict[str, Any]]
AS_OF = date(2026, 11, 20)
MOST_ERASED = 3
YES_NO = (True, False)
NOT_IN_THE_REPORT = None
"""A pathology report need not give a status or counts: what is not recorded may be filled or stay so."""


def recorded(inputs: Inputs) -> dict[str, Any]:
    """Record inputs that are fields; None is not recorded."""
    return {path: value for path, value in inputs.items() if value is not None}


def table(path: str, **more: Any) -> Build:
    """Record inputs '0.state', '1.state' … as columns of the rows of a complete table; others as fields."""

    def build(inputs: Inputs) -> dict[str, Any]:
        rows: dict[str, dict[str, Any]] = {}
        fields = {}
        for name, value in inputs.items():
            row, _, column = name.partition(".")
            if row.isdigit():
                rows.setdefault(row, {}).update({column: value} if value is not None else {})
            elif value is not None:
                fields[name] = value
        items = [{**more, **rows[row]} for row in sorted(rows)]
        return {path: listed(*items), **fields}

    return build


COUNTS = tuple({"low": low, "high": high} for low, high in ((0, 0), (1, 1), (2, 2), (1, 3)))
TREATED = (listed(), listed({"kind": "radiosurgery"}), listed({"kind": "surgery"}),
           listed({"kind": "surgery"}, {"kind": "radiosurgery"}))  # fmt: skip
COUNT, LOCAL, NECROSIS = "brain.lesion_count", "brain.local_therapies", "brain.necrosis_in_question"
EXCLUDED = (False, None)
"""Necrosis answered or not: in question it means that a lesion progresses, whatever is recorded of it."""
LESIONS = tuple(listed(*({"site": "left"} for _ in range(n))) for n in range(4))
DAYS = ("2024-02-24", "2026-10-21", "2026-11-10", str(AS_OF))
LINES = table("systemic.lines")
STOPS = ("2004-12-10", "2015-01-10", "2021-01-10", "2021-12-10", "2022-12-10", "2040-12-10")
DRUG = {f"{n}.{name}": domain for n in "01" for name, domain in (
    ("drugs", (["tucatinib"], ["capecitabine"])),
    ("setting", ("metastatic", "adjuvant")),
    ("reason_stopped", ("progression", "toxicity")),
)}  # fmt: skip
DOMAINS: list[tuple[str, Build, dict[str, tuple[Any, ...]]]] = [
    ("urgency", recorded, {f"urgency.{sign}": YES_NO for sign in (
        "urgent", "mass_effect", "hydrocephalus", "raised_pressure", "haemorrhage_with_deficit", "fast_decline",
        "uncontrolled_seizures", "posterior_fossa_crowding", "cord_compression")}),
    ("immediate_local_therapy", recorded, {
        "urgency.urgent": YES_NO, "urgency.mass_effect": YES_NO, "urgency.immediate_local_therapy": YES_NO}),
    ("neurologically_stable", recorded, {
        "neurology.trend": ("improving", "stable", "worsening"), "neurology.symptoms_present": YES_NO}),
    ("steroid_given", recorded, {
        "neurology.steroid_given": YES_NO, "neurology.dexamethasone_mg": (0.0, 2.0, 4.0, 80.0)}),
    ("dexamethasone_mg", recorded, {
        "neurology.steroid_given": YES_NO, "neurology.dexamethasone_mg": (0.0, 0.5, 4.0, 80.0)}),
    ("ild_history", recorded, {"organs.ild_history": YES_NO, "organs.ild_grade": tuple(range(6))}),
    ("ild_grade", recorded, {"organs.ild_history": YES_NO, "organs.ild_grade": tuple(range(6))}),
    ("pregnant", recorded, {
        "patient.pregnant": YES_NO, "patient.trimester": ("first",),
        "patient.menopause": ("premenopausal", "postmenopausal"), "patient.sex": ("female", "male")}),
    ("leptomeningeal_disease", recorded, {
        "brain.leptomeninges": ("none", "suspected", "probable", "confirmed")}),
    ("leptomeningeal_disease", recorded, {
        "brain.leptomeninges": ("none", "suspected", "probable", "confirmed"),
        "brain.csf_cytology": ("positive", "negative", "equivocal")}),
    ("brain_metastases", recorded, {COUNT: COUNTS, "brain.lesions": LESIONS, LOCAL: TREATED}),
    ("brain_metastases", recorded, {COUNT: COUNTS, "brain.metastases_present": YES_NO, LOCAL: TREATED}),
    ("cns_class", lambda inputs: recorded(inputs) | {COUNT: COUNTS[1], "brain.comparison_date": "2026-09"}, {
        "brain.cns_class": (
            ["stable"], ["progressing"], ["untreated"], ["stable", "progressing"], ["untreated", "progressing"]),
        NECROSIS: YES_NO, LOCAL: TREATED}),
    ("cns_class", table("brain.lesions"), {
        **{f"{n}.state": ("new", "treated_stable", "treated_progressing", "resected") for n in "01"},
        NECROSIS: EXCLUDED, LOCAL: TREATED}),
    ("cns_class", table("brain.lesions"), {
        **{f"{n}.state": ("new", "treated_stable", "treated_progressing", "resected") for n in "01"},
        **{f"{n}.histology": ("necrosis", "tumour", "necrosis_and_tumour") for n in "01"},
        NECROSIS: EXCLUDED, LOCAL: TREATED[1:]}),
    ("cns_class", table("brain.lesions"), {
        "0.state": ("new", "treated_stable", "resected"), "1.state": ("treated_progressing",),
        "1.histology": ("tumour", "not_conclusive"), NECROSIS: YES_NO, LOCAL: TREATED[1:]}),
    ("cns_class", recorded, {COUNT: COUNTS, LOCAL: TREATED, "brain.metastases_present": YES_NO}),
    ("largest_lesion_mm", recorded, {
        COUNT: COUNTS, "brain.metastases_present": YES_NO, "brain.largest_mm": (0.5, 9.0, 90.0)}),
    ("necrosis_proven", table("brain.lesions"), {
        f"{n}.histology": ("necrosis", "tumour", "not_conclusive") for n in "01"}),
    ("lesion_count", recorded, {COUNT: COUNTS, "brain.lesions": LESIONS}),
    ("lesion_count", table("brain.lesions", diameter_mm=9.0), {
        **{f"{n}.state": ("new", "treated_stable", "resected") for n in "01"}, LOCAL: TREATED}),
    ("largest_lesion_mm", table("brain.lesions", state="new"), {
        **{f"{n}.diameter_mm": (0.5, 2.0, 8.0, 90.0) for n in "01"}}),
    ("largest_lesion_mm", table("brain.lesions", state="new"), {
        **{f"{n}.diameter_mm": (0.5, {"low": 1.0, "high": 9.0}, {"high": 9.0, "high_included": False}, 90.0)
           for n in "01"}}),
    ("measurable_cns", table("brain.lesions"), {
        **{f"{n}.diameter_mm": (9.0, 12.0) for n in "01"}, **{f"{n}.perpendicular_mm": (3.0, 9.0) for n in "01"},
        **{f"{n}.state": ("new", "treated_progressing", "resected") for n in "01"}, "brain.contrast": YES_NO,
        NECROSIS: YES_NO, "brain.measurable": YES_NO, "brain.comparison_date": ("2026-09",)}),
    ("her2_status", table("tumour.specimens"), {
        "0.ihc": ("0", "ultralow", "1+", "2+", "3+"), "0.ish": ("positive", "negative", "equivocal")}),
    ("her2_status", table("tumour.specimens"), {"0.her2_stated": ("positive", "low", "ultralow", "negative")}),
    ("her2_status", table("tumour.specimens"), {
        "0.ihc": ("0", "1+", "2+", "3+"), "0.ish_ratio": (1.5, 2.5, NOT_IN_THE_REPORT),
        "0.her2_copies": (3.0, 5.0, 7.0, NOT_IN_THE_REPORT)}),
    ("her2_status", table("tumour.specimens"), {
        **{f"{n}.ihc": ("0", "1+", "3+") for n in "01"}, **{f"{n}.day": ("2020", "2025") for n in "01"}}),
    ("her2_status", table("tumour.specimens"), {
        f"{n}.{name}": domain for n in "01" for name, domain in (
            ("ihc", ("0", "1+", "2+", "3+")), ("ish", ("positive", "negative", "equivocal")))}),
    ("hr_status", table("tumour.specimens"), {
        "0.er": ("positive", "negative"), "0.pr": ("positive", "negative"), "0.er_percent": (0.0, 60.0)}),
    ("prior_wbrt", recorded, {LOCAL: (*TREATED, listed({"kind": "whole_brain"}))}),
    ("prior_any_radiotherapy", recorded, {LOCAL: (
        *TREATED, listed({"kind": "spinal_radiotherapy"}), listed({"kind": "kind_not_known"}))}),
    ("prior_brain_radiotherapy", recorded, {LOCAL: TREATED}),
    ("last_radiosurgery", table(LOCAL, kind="radiosurgery"), {f"{n}.day": DAYS for n in "01"}),
    ("given.tucatinib", LINES, DRUG),
    ("given_metastatic.tucatinib", LINES, DRUG),
    ("progressed_on.tucatinib", LINES, DRUG),
    ("given.her2_tki", recorded, {"systemic.exposure": (
        {"tucatinib": {"ever": True}}, {"tucatinib": {"ever": False}}, {"her2_tki": {"ever": False}})}),
    ("metastatic_lines", LINES, {
        f"{n}.setting": ("adjuvant", "metastatic", "maintenance") for n in "012"}),
    ("months_since_adjuvant_her2", LINES, {
        **{f"{n}.drugs": (["trastuzumab"], ["letrozole"]) for n in "01"}, **{f"{n}.stop": STOPS for n in "01"},
        "0.setting": ("adjuvant",), "1.setting": ("adjuvant", "metastatic"),
        "tumour.metastatic_date": ("2005", "2021-06-10", "2022-06-10", "2023-01-10", "2041")}),
]  # fmt: skip
NAMES = [f"{fact}-{'-'.join(domains)}"[:70] for fact, _, domains in DOMAINS]
LIMITS = {
    "dexamethasone_mg": (1, 4, 8, 80),
    "ild_grade": (1, 2, 3, 5),
    "lesion_count": (1, 2, 3),
    "largest_lesion_mm": (1, 5, 9, 90),
    "metastatic_lines": (0, 1, 2, 3),
    "months_since_adjuvant_her2": (6, 12),
}


def questions(fact: str) -> list[Leaf]:
    """Ask everything a criterion could ask of the fact."""
    spec = LIBRARY.catalogue[fact]
    asked: list[tuple[str, Any]]
    match spec.kind:
        case "flag":
            asked = [("is", True)]
        case "choice":
            asked = [("is", option) for option in spec.options]
        case "set":
            asked = [("includes", option) for option in spec.options]
        case "day":
            asked = [("at_least_days_before", n) for n in (0, 7, 10, 20, 30)]
        case _:
            asked = [("at_least", n) for n in LIMITS[fact]]
    return [Leaf.model_validate({"fact": fact, operator: operand}) for operator, operand in asked]


def fact_of(case: Case, fact: str) -> Facts:
    return read_facts(case, {fact: LIBRARY.catalogue[fact]}, LIBRARY.vocabulary, AS_OF)


def consistent(case: Case) -> bool:
    return not contradictions(case, LIBRARY.vocabulary)


def withheld(case: Case, fact: str) -> bool:
    """Return whether a fact is left open on purpose: the class of metastases while nobody has said there are any.

    Without local therapy none can be stable, but a cohort of untreated disease would be met with it.
    """
    return fact == "cns_class" and fact_of(case, "brain_metastases").readings["brain_metastases"].value is None


@pytest.mark.parametrize(("fact", "build", "domains"), DOMAINS, ids=NAMES)
@given(data=st.data())
def test_a_derived_fact_is_open_exactly_when_a_completion_would_change_it(
    fact: str, build: Build, domains: dict[str, tuple[Any, ...]], data: st.DataObject
) -> None:
    full = {name: data.draw(st.sampled_from(domain), label=name) for name, domain in domains.items()}
    open_ = sorted(name for name, domain in domains.items() if len(domain) > 1)
    erased = data.draw(st.lists(st.sampled_from(open_), unique=True, max_size=MOST_ERASED), label="erased")
    gaps = [*erased, *(name for name in open_ if full[name] is NOT_IN_THE_REPORT and name not in erased)]
    case = case_of(build({**full, **dict.fromkeys(gaps)}))
    assume(consistent(case))
    filled = [
        case_of(build({**full, **dict(zip(gaps, values, strict=True))}))
        for values in product(*(domains[name] for name in gaps))
    ]
    completions = [fact_of(one, fact) for one in filled if consistent(one)]
    assume(completions)
    assume(not withheld(case, fact))
    partial = fact_of(case, fact)
    for leaf in questions(fact):
        truths = {truth_of(leaf, one) for one in completions}
        expected = truths.pop() if len(truths) == 1 else Truth.UNKNOWN
        assert truth_of(leaf, partial) is expected, f"{leaf.operator} {leaf.operand}: {partial.readings[fact]}"
