"""What a person recorded as urgent, as facts. Nothing here is computed from thresholds."""

from her2board.case.catalogue.declare import Found, answered, fact
from her2board.case.fields import field_by_path
from her2board.case.model import Case
from her2board.case.terms import URGENT_SIGNS
from her2board.case.treatment import Answer
from her2board.logic.values import Among
from her2board.wording import tr

_SIGNS = tuple(f"urgency.{sign}" for sign in URGENT_SIGNS)


@fact(
    "urgency",
    "flag",
    *_SIGNS,
    label="Urgency",
    rule="yes when a person recorded any urgent sign; no when all are recorded as absent",
)
def urgency(case: Case) -> Found:
    """Return the signs recorded as present; no only from a no to each."""
    signs = {sign: getattr(case.urgency, sign) for sign in URGENT_SIGNS}
    labels = field_by_path()
    present = [labels[f"urgency.{sign}"].info.label for sign, value in signs.items() if value]
    if present:
        return Among.exactly(True), ", ".join(present), ""
    if all(value is False for value in signs.values()):
        return Among.exactly(False), tr("none recorded as present"), ""
    return None, "", tr("not every urgent sign is recorded") if False in signs.values() else ""


@fact(
    "immediate_local_therapy",
    "flag",
    "urgency.immediate_local_therapy",
    *_SIGNS,
    rule="as recorded; any recorded urgency is yes",
)
def immediate_local_therapy(case: Case) -> Found:
    """As recorded, or yes by an urgent sign."""
    urgent, shown, _ = urgency(case)
    if urgent == Among.exactly(True):
        return urgent, tr("yes, urgency recorded: {signs}").format(signs=shown), ""
    needed = case.urgency.immediate_local_therapy
    return answered(Answer(needed, tr("yes") if needed else tr("no") if needed is False else ""))
