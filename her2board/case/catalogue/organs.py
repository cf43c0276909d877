"""Facts of the organs: interstitial lung disease."""

from her2board.case.catalogue.declare import NOT_RECORDED, Found, answered, fact
from her2board.case.model import HIGHEST_GRADE, Case
from her2board.case.treatment import Answer
from her2board.logic.values import Span
from her2board.wording import tr


@fact(
    "ild_history",
    "flag",
    "organs.ild_history",
    "organs.ild_grade",
    rule="as recorded, else yes from a grade above 0 and no from grade 0",
)
def ild_history(case: Case) -> Found:
    """As recorded, else from the grade."""
    organs = case.organs
    value = organs.ild_history
    if value is None and organs.ild_grade is not None:
        value = organs.ild_grade > 0
    grade = tr(", grade {grade}").format(grade=organs.ild_grade) if organs.ild_grade else ""
    return answered(Answer(value, "" if value is None else (tr("yes") + grade) if value else tr("no")))


@fact(
    "ild_grade",
    "number",
    "organs.ild_grade",
    "organs.ild_history",
    rule="as recorded; 0 when no ILD is recorded",
)
def ild_grade(case: Case) -> Found:
    """Return the highest grade; any grade above 0 where ILD is recorded without one."""
    organs = case.organs
    if organs.ild_grade is not None:
        return Span.exactly(organs.ild_grade), str(organs.ild_grade), ""
    if organs.ild_history is None:
        return NOT_RECORDED
    if organs.ild_history:
        return Span(1, HIGHEST_GRADE), tr("yes"), tr("grade not recorded")
    return Span.exactly(0), tr("no ILD"), ""
