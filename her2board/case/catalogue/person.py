"""Facts of the person: pregnancy, refusals, cognition."""

from her2board.case import terms as t
from her2board.case.catalogue.declare import NOT_RECORDED, Found, fact
from her2board.case.catalogue.plain import as_recorded
from her2board.case.model import Case
from her2board.case.wishes import declined_kinds
from her2board.logic.values import Among
from her2board.wording import tr


@fact(
    "pregnant",
    "flag",
    "patient.pregnant",
    "patient.menopause",
    "patient.sex",
    rule="as recorded; no after the menopause and in men",
)
def pregnant(case: Case) -> Found:
    """As recorded, else no where it cannot be."""
    patient = case.patient
    if patient.pregnant is not None:
        return as_recorded(case, "patient.pregnant")
    if patient.menopause == "postmenopausal" or patient.sex == "male":
        return Among.exactly(False), tr("postmenopausal") if patient.menopause == "postmenopausal" else tr("male"), ""
    return NOT_RECORDED


@fact(
    "declines",
    "set",
    "patient.declines",
    label="Declined by the patient",
    options=tuple(t.OptionKind),
    rule="the kinds of option that the words recorded name; a condition, or words that name none, leave all open",
)
def declines(case: Case) -> Found:
    """Return the kinds of option declined, in the words recorded."""
    kinds = declined_kinds(case)
    if kinds is None:
        return NOT_RECORDED
    shown = ", ".join(case.patient.declines or ()) or tr("nothing")
    return kinds, shown, tr("it is not clear which options this means") if kinds.maybe else ""


@fact("cognition", "words", "patient.cognition", label="Baseline cognition")
def cognition(case: Case) -> Found:
    """As recorded; its field's label also says how to fill it in."""
    return as_recorded(case, "patient.cognition")
