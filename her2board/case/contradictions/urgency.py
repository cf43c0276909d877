"""Urgent signs against what is recorded beside them."""

from collections.abc import Iterator

from her2board.case.contradictions.declare import Clash, Rules
from her2board.case.model import Case
from her2board.case.terms import SIGNS_OF_THE_BRAIN, URGENT_SIGNS
from her2board.wording import tr

rules = Rules()


@rules.rule("immediate_local_therapy")
def urgent_without_need_of_local_therapy(case: Case) -> Iterator[Clash]:
    """An urgent sign of the brain, and no need of immediate local therapy; the urgency itself is not in doubt."""
    urgent = [sign for sign in SIGNS_OF_THE_BRAIN if getattr(case.urgency, sign)]
    if urgent and case.urgency.immediate_local_therapy is False:
        yield Clash(
            tr("urgency is recorded, yet immediate local therapy is recorded as not needed"),
            (f"urgency.{urgent[0]}", "urgency.immediate_local_therapy"),
        )


@rules.rule()
def described_yet_absent(case: Case) -> Iterator[Clash]:
    """Urgency described in words, and every urgent sign absent; until one is corrected it counts as urgent."""
    if case.urgency.note and all(getattr(case.urgency, sign) is False for sign in URGENT_SIGNS):
        yield Clash(
            tr("urgency is described in words, yet every urgent sign is recorded as absent"),
            ("urgency.note", f"urgency.{URGENT_SIGNS[0]}"),
        )


@rules.rule("symptoms")
def mass_effect_without_symptoms(case: Case) -> Iterator[Clash]:
    """Mass effect, and no symptoms."""
    if case.neurology.symptoms_present is False and case.urgency.mass_effect:
        yield Clash(
            tr("no neurological symptoms recorded, yet mass effect"),
            ("neurology.symptoms_present", "urgency.mass_effect"),
        )
