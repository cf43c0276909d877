"""Facts of symptoms and of the steroid."""

from her2board.case.catalogue.declare import NOT_RECORDED, Found, answered, fact
from her2board.case.model import Case
from her2board.case.treatment import Answer
from her2board.logic.values import Among, Span
from her2board.wording import tr


@fact(
    "neurologically_stable",
    "flag",
    "neurology.trend",
    "neurology.symptoms_present",
    label="Neurologically stable",
    rule="no symptoms, or a trend recorded as stable or improving; worsening is no",
)
def neurologically_stable(case: Case) -> Found:
    """Return what the trend says, else that there are no symptoms."""
    neurology = case.neurology
    if neurology.trend == "worsening":
        return Among.exactly(False), tr("symptoms worsening"), ""
    if neurology.trend is not None:
        return Among.exactly(True), tr("symptoms {trend}").format(trend=neurology.trend), ""
    if neurology.symptoms_present is False:
        return Among.exactly(True), tr("no symptoms"), ""
    return NOT_RECORDED


@fact(
    "steroid_given",
    "flag",
    "neurology.steroid_given",
    "neurology.dexamethasone_mg",
    rule="as recorded, else yes from a dose above 0 and no from 0",
)
def steroid_given(case: Case) -> Found:
    """As recorded, else from the dose."""
    dose, given = case.neurology.dexamethasone_mg, case.neurology.steroid_given
    value = given if given is not None else None if dose is None else dose > 0
    shown = "" if value is None else tr("no") if not value else f"{dose:g} mg" if dose is not None else tr("yes")
    return answered(Answer(value, shown))


@fact(
    "dexamethasone_mg",
    "number",
    "neurology.dexamethasone_mg",
    "neurology.steroid_given",
    rule="as recorded; 0 when no steroid is given",
)
def dexamethasone_mg(case: Case) -> Found:
    """Return the dose per day; any dose while one is given and none is recorded."""
    neurology = case.neurology
    if neurology.dexamethasone_mg is not None:
        return Span.exactly(neurology.dexamethasone_mg), f"{neurology.dexamethasone_mg:g} mg", ""
    if neurology.steroid_given is False:
        return Span.exactly(0), tr("no steroid"), ""
    if neurology.steroid_given:
        return Span(0, None), tr("steroid given"), tr("dose not recorded")
    return NOT_RECORDED


@fact(
    "antiseizure_given",
    "flag",
    "neurology.antiseizure_drugs",
    label="Anti-seizure drug given",
    rule="yes when any is listed, no when none is recorded as given",
)
def antiseizure_given(case: Case) -> Found:
    """Return whether an anti-seizure drug is listed."""
    listed = case.neurology.antiseizure_drugs
    return NOT_RECORDED if listed is None else answered(Answer(bool(listed), ", ".join(listed) or tr("none")))
