"""Urgent signs against what is recorded beside them."""

from collections.abc import Iterator

from her2board.case.contradictions.declare import Clash, Rules
from her2board.case.fields import field_by_path
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


_FELT = ("mass_effect", "haemorrhage_with_deficit", "fast_decline", "uncontrolled_seizures")
"""Signs that are neurological symptoms or do not come without them."""


@rules.rule("symptoms")
def sign_without_symptoms(case: Case) -> Iterator[Clash]:
    """A sign that does not come without symptoms, and no symptoms; the urgency itself is not in doubt."""
    present = [f"urgency.{sign}" for sign in _FELT if getattr(case.urgency, sign)]
    if case.neurology.symptoms_present is False and present:
        named = ", ".join(_label(path) for path in present)
        yield Clash(
            tr("no neurological symptoms recorded, yet {signs}").format(signs=named),
            ("neurology.symptoms_present", *present),
        )


@rules.rule("neurologically_stable")
def fast_decline_yet_not_worse(case: Case) -> Iterator[Clash]:
    """A fast decline, and a trend that is stable or improving; the urgency itself is not in doubt."""
    if case.urgency.fast_decline and case.neurology.trend in ("stable", "improving"):
        yield Clash(
            tr("fast neurological decline recorded, yet the symptoms as {trend}").format(trend=case.neurology.trend),
            ("urgency.fast_decline", "neurology.trend"),
        )


@rules.rule("posterior_fossa_lesion")
def crowded_without_lesion(case: Case) -> Iterator[Clash]:
    """A crowded posterior fossa, and no lesion in it; the urgency itself is not in doubt."""
    if case.urgency.posterior_fossa_crowding and case.brain.posterior_fossa is False:
        yield Clash(
            tr("crowded posterior fossa recorded, yet no lesion in the posterior fossa"),
            ("urgency.posterior_fossa_crowding", "brain.posterior_fossa"),
        )


def _label(path: str) -> str:
    label = tr(field_by_path()[path].info.label)
    return label[:1].lower() + label[1:]
