"""Organs and the person: values that exclude one another."""

from collections.abc import Iterator

from her2board.case.ages import age_born_in
from her2board.case.contradictions.declare import Clash, Rules
from her2board.case.model import Case
from her2board.case.terms import spoken
from her2board.wording import tr

rules = Rules()
_SEVERE_BELOW = 30
"""Creatinine clearance, mL/min: below it the caution renal-capecitabine applies; a test keeps both equal."""
_KPS_OF_ECOG = {0: (90, 100), 1: (70, 80), 2: (50, 60), 3: (30, 40), 4: (10, 20)}
_KPS_STEP = 10
"""One step of the scale more or less is no contradiction."""


@rules.rule("lvef_percent")
def fraction_for_percent(case: Case) -> Iterator[Clash]:
    """An ejection fraction that no heart has in percent, and many have as a part of one."""
    lvef = case.organs.lvef_percent
    if lvef is not None and 0 < lvef <= 1:
        text = tr("LVEF {lvef:g} %: is {percent:g} % meant?").format(lvef=lvef, percent=round(lvef * 100, 4))
        yield Clash(text, ("organs.lvef_percent",))


@rules.rule("ild_history", "ild_grade")
def ild_against_grade(case: Case) -> Iterator[Clash]:
    """ILD with grade 0, or none with a grade."""
    organs = case.organs
    if (organs.ild_history is False and organs.ild_grade) or (organs.ild_history and organs.ild_grade == 0):
        yield Clash(
            tr("ILD history and its grade {grade} disagree").format(grade=organs.ild_grade),
            ("organs.ild_history", "organs.ild_grade"),
        )


@rules.rule("renal", "creatinine_clearance")
def renal_range_against_clearance(case: Case) -> Iterator[Clash]:
    """Renal function in range, and a clearance of severe impairment; creatinine alone may well be in range then."""
    clearance = case.organs.creatinine_clearance
    if case.organs.renal == "in_range" and clearance is not None and clearance < _SEVERE_BELOW:
        yield Clash(
            tr("renal function in range, yet a creatinine clearance of {clearance:g} mL/min").format(
                clearance=clearance
            ),
            ("organs.renal", "organs.creatinine_clearance"),
        )


@rules.rule("age")
def age_against_year_of_birth(case: Case) -> Iterator[Clash]:
    """An age that nobody born in that year had on the day it was recorded, or will have by the meeting."""
    patient = case.patient
    if patient.age is None or patient.birth_year is None:
        return
    day = patient.age_on or case.meeting.date
    if day is None or day.span.low is None or day.span.high is None:
        return
    low, high = age_born_in(patient.birth_year, day.span.low, day.span.high)
    if patient.age > high or (patient.age < low and patient.age_on is not None):  # an undated age may be an old one
        words = tr("age {age}, yet born in {year}, which makes {low} or {high} on {day}")
        yield Clash(
            words.format(age=patient.age, year=patient.birth_year, low=low, high=high, day=day.shown()),
            ("patient.age", "patient.birth_year"),
        )


@rules.rule("pregnant")
def pregnant_where_it_cannot_be(case: Case) -> Iterator[Clash]:
    """Pregnant where it cannot be; a man with a menopausal status; a trimester of no pregnancy."""
    patient = case.patient
    past = patient.menopause == "postmenopausal"
    place = "patient.pregnant" if patient.pregnant else "patient.trimester"
    if (patient.pregnant or patient.trimester) and (past or patient.sex == "male"):
        yield Clash(
            tr("pregnant, yet {state}").format(state=patient.menopause if past else patient.sex),
            (place, "patient.menopause" if past else "patient.sex"),
        )
    if (patient.pregnant or patient.trimester) and patient.child_bearing is False:
        yield Clash(tr("pregnant, yet without child-bearing potential"), (place, "patient.child_bearing"))
    if patient.sex == "male" and patient.menopause is not None:
        yield Clash(
            tr("a man, yet {state}").format(state=patient.menopause),
            ("patient.sex", "patient.menopause"),
        )
    if patient.pregnant is False and patient.trimester:
        yield Clash(
            tr("not pregnant, yet in the {trimester} trimester").format(trimester=spoken(patient.trimester)),
            ("patient.pregnant", "patient.trimester"),
        )


@rules.rule("ecog", "kps")
def performance_scores_apart(case: Case) -> Iterator[Clash]:
    """ECOG and Karnofsky that no one patient has."""
    patient = case.patient
    if patient.ecog is None or patient.kps is None:
        return
    low, high = _KPS_OF_ECOG[patient.ecog]
    if not low - _KPS_STEP <= patient.kps <= high + _KPS_STEP:
        yield Clash(
            tr("ECOG {ecog} and Karnofsky {kps} are far apart").format(ecog=patient.ecog, kps=patient.kps),
            ("patient.ecog", "patient.kps"),
        )
