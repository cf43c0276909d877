"""Symptoms against trend and steroid."""

from collections.abc import Iterator

from her2board.case.contradictions.declare import Clash, Rules
from her2board.case.model import Case
from her2board.wording import tr

rules = Rules()


@rules.rule("symptoms", "neurologically_stable")
def none_yet_named(case: Case) -> Iterator[Clash]:
    """No symptoms, and symptoms that are named."""
    if case.neurology.symptoms_present is False and case.neurology.symptoms:
        yield Clash(
            tr("no neurological symptoms recorded, yet symptoms are named"),
            ("neurology.symptoms_present", "neurology.symptoms"),
        )


@rules.rule("symptoms")
def present_yet_none_named(case: Case) -> Iterator[Clash]:
    """Symptoms, and none of them named where 'none' was recorded of which."""
    if case.neurology.symptoms_present and case.neurology.symptoms == ():
        yield Clash(
            tr("neurological symptoms recorded, yet none of them by name"),
            ("neurology.symptoms_present", "neurology.symptoms"),
        )


@rules.rule("symptoms", "neurologically_stable")
def none_yet_worsening(case: Case) -> Iterator[Clash]:
    """No symptoms, and a trend that worsens."""
    if case.neurology.symptoms_present is False and case.neurology.trend == "worsening":
        yield Clash(
            tr("no neurological symptoms recorded, yet worsening"),
            ("neurology.symptoms_present", "neurology.trend"),
        )


@rules.rule("symptoms", "neurologically_stable")
def none_yet_more_steroid(case: Case) -> Iterator[Clash]:
    """No symptoms, and a steroid dose that rises."""
    if case.neurology.symptoms_present is False and case.neurology.steroid_trend == "rising":
        yield Clash(
            tr("no neurological symptoms recorded, yet the steroid dose is rising"),
            ("neurology.symptoms_present", "neurology.steroid_trend"),
        )


@rules.rule()
def reason_without_steroid(case: Case) -> Iterator[Clash]:
    """A reason for a steroid that is not given."""
    neurology = case.neurology
    if neurology.other_steroid_mg == 0 and neurology.other_steroid_reason is not None:
        yield Clash(
            tr("a steroid for another reason is recorded with a dose of 0 mg"),
            ("neurology.other_steroid_mg", "neurology.other_steroid_reason"),
        )


@rules.rule("steroid_given", "dexamethasone_mg")
def steroid_against_dose(case: Case) -> Iterator[Clash]:
    """A steroid that is not given with a dose, or given with a dose of 0."""
    given, dose = case.neurology.steroid_given, case.neurology.dexamethasone_mg
    if (given is False and dose) or (given and dose == 0):
        yield Clash(
            tr("steroid recorded as given: {given}, with a dose of {dose:g} mg").format(
                given=tr("yes") if given else tr("no"), dose=dose
            ),
            ("neurology.steroid_given", "neurology.dexamethasone_mg"),
        )


@rules.rule("steroid_given", "dexamethasone_mg", "steroid_trend")
def none_yet_since_or_rising(case: Case) -> Iterator[Clash]:
    """A steroid that is not given, and the day since when it is, or a dose that rises."""
    neurology = case.neurology
    if neurology.steroid_given is not False:
        return
    if neurology.steroid_start is not None:
        words = tr("no steroid given, yet given since {day}").format(day=neurology.steroid_start.shown())
        yield Clash(words, ("neurology.steroid_given", "neurology.steroid_start"))
    if neurology.steroid_trend == "rising":
        words = tr("no steroid given, yet its dose is rising")
        yield Clash(words, ("neurology.steroid_given", "neurology.steroid_trend"))
