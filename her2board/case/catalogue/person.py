"""Facts of the person: age, pregnancy, refusals, cognition."""

from datetime import date

from her2board.case import terms as t
from her2board.case.ages import age_born_in, is_current
from her2board.case.catalogue.declare import NOT_RECORDED, Found, fact, fact_on_day, fact_per_drug, fact_with_drugs
from her2board.case.catalogue.plain import as_recorded
from her2board.case.drugs import Vocabulary
from her2board.case.model import Case
from her2board.case.terms import spoken
from her2board.case.wishes import declined_drug, declined_kinds
from her2board.logic.values import Among, Span
from her2board.wording import tr


@fact_on_day(
    "age",
    "number",
    "patient.age",
    "patient.age_on",
    "patient.birth_year",
    rule="from the year of birth, which leaves two ages; the one recorded in the year before, where it is one of them. "
    "Without a year of birth as recorded",
)
def age(case: Case, as_of: date) -> Found:
    """Return the age at the discussion."""
    patient = case.patient
    if patient.birth_year is None:
        return as_recorded(case, "patient.age")
    low, high = age_born_in(patient.birth_year, as_of, as_of)
    if patient.age is not None and low <= patient.age <= high and is_current(patient.age_on, as_of):
        low = high = patient.age
    words = str(low) if low == high else tr("{low} or {high}").format(low=low, high=high)
    return Span(low, high), tr("{age} years (born {year})").format(age=words, year=patient.birth_year), ""


@fact(
    "pregnant",
    "flag",
    "patient.pregnant",
    "patient.trimester",
    "patient.menopause",
    "patient.sex",
    "patient.child_bearing",
    rule="as recorded; yes where a trimester is; no after the menopause, in men and without child-bearing potential",
)
def pregnant(case: Case) -> Found:
    """As recorded, else yes in a trimester and no where it cannot be."""
    patient = case.patient
    trimester = tr("yes, {trimester} trimester").format(trimester=spoken(patient.trimester or ""))
    if patient.pregnant is None and patient.trimester:
        return Among.exactly(True), trimester, ""
    if patient.pregnant is not None:
        value, shown, why = as_recorded(case, "patient.pregnant")
        return value, trimester if patient.pregnant and patient.trimester else shown, why
    if patient.menopause == "postmenopausal" or patient.sex == "male":
        return Among.exactly(False), tr("postmenopausal") if patient.menopause == "postmenopausal" else tr("male"), ""
    if patient.child_bearing is False:
        return Among.exactly(False), tr("no child-bearing potential"), ""
    return NOT_RECORDED


@fact_with_drugs(
    "declines",
    "set",
    "patient.declines",
    label="Declined by the patient",
    options=tuple(t.OptionKind),
    rule="the kinds of option that the words recorded name; a condition, or words that name no kind and no drug, leave "
    "all open",
)
def declines(case: Case, vocabulary: Vocabulary) -> Found:
    """Return the kinds of option declined, in the words recorded."""
    kinds = declined_kinds(case, vocabulary)
    if kinds is None:
        return NOT_RECORDED
    shown = ", ".join(case.patient.declines or ()) or tr("nothing")
    return kinds, shown, tr("it is not clear which options this means") if kinds.maybe else ""


@fact_per_drug(
    "declined",
    "patient.declines",
    label="{drug} declined by the patient",
    rule="named in the words recorded, or its class; a condition, a dose or other words leave it open",
)
def declined(case: Case, vocabulary: Vocabulary, id_: str, _: date) -> Found:
    """Return whether the patient declines a drug, in the words recorded."""
    value, words = declined_drug(case, vocabulary, id_)
    if value is None:
        return NOT_RECORDED
    return Among.exactly(value), words or tr("no"), ""


@fact("cognition", "words", "patient.cognition", label="Baseline cognition")
def cognition(case: Case) -> Found:
    """As recorded; its field's label also says how to fill it in."""
    return as_recorded(case, "patient.cognition")
