"""What a person recorded as urgent, as facts. Nothing here is computed from thresholds."""

from her2board.case.catalogue.declare import Found, answered, fact
from her2board.case.fields import field_by_path
from her2board.case.model import Case
from her2board.case.terms import SIGNS_OF_THE_BRAIN, URGENT_SIGNS
from her2board.case.treatment import Answer
from her2board.logic.values import Among
from her2board.wording import tr

_OF_THE_BRAIN = tuple(f"urgency.{sign}" for sign in SIGNS_OF_THE_BRAIN)
_SIGNS = tuple(f"urgency.{sign}" for sign in URGENT_SIGNS)


@fact(
    "urgency",
    "flag",
    *_SIGNS,
    "urgency.note",
    label="Urgency",
    rule="yes when a person recorded any urgent sign, or described it in words alone; no when all signs are recorded "
    "as absent",
)
def urgency(case: Case) -> Found:
    """Return the signs recorded as present, else that it is urgent in words; no only from a no to each sign."""
    if present := _present(case, URGENT_SIGNS[1:]) or _present(case, URGENT_SIGNS):  # 'urgent' where no sign says why
        return Among.exactly(True), present, ""
    if case.urgency.note:
        return Among.exactly(True), tr("urgent, in words"), ""
    signs = [getattr(case.urgency, sign) for sign in URGENT_SIGNS]
    if all(value is False for value in signs):
        return Among.exactly(False), tr("none recorded as present"), ""
    return None, "", tr("not every urgent sign is recorded") if False in signs else ""


@fact(
    "immediate_local_therapy",
    "flag",
    "urgency.immediate_local_therapy",
    *_OF_THE_BRAIN,
    rule="as recorded; a recorded urgent sign of the brain is yes",
)
def immediate_local_therapy(case: Case) -> Found:
    """As recorded, or yes by an urgent sign of the brain; 'urgent', words alone and the cord do not decide it."""
    if present := _present(case, SIGNS_OF_THE_BRAIN):
        return Among.exactly(True), tr("yes, urgency recorded: {signs}").format(signs=present), ""
    needed = case.urgency.immediate_local_therapy
    return answered(Answer(needed, tr("yes") if needed else tr("no") if needed is False else ""))


def _present(case: Case, signs: tuple[str, ...]) -> str:
    """Return the names of the signs recorded as present."""
    labels = field_by_path()
    return ", ".join(labels[f"urgency.{sign}"].info.label for sign in signs if getattr(case.urgency, sign))
