"""Organs and the person: values that exclude one another."""

from collections.abc import Iterator

from her2board.case.contradictions.declare import Clash, Rules
from her2board.case.model import Case
from her2board.wording import tr

rules = Rules()
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


@rules.rule("pregnant")
def pregnant_where_it_cannot_be(case: Case) -> Iterator[Clash]:
    """Pregnant after the menopause, or a man."""
    patient = case.patient
    past = patient.menopause == "postmenopausal"
    if patient.pregnant and (past or patient.sex == "male"):
        yield Clash(
            tr("pregnant, yet {state}").format(state=patient.menopause if past else patient.sex),
            ("patient.pregnant", "patient.menopause" if past else "patient.sex"),
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
