"""What a meeting decided, written into the case it was about."""

from datetime import date

from msgspec import Struct

from her2board.case.dates import PartialDate
from her2board.case.model import Case
from her2board.casebook.model import Outcome

_FIELDS = {
    "decision": "decision",
    "dissent": "dissent",
    "fallback": "fallback",
    "decision_owner": "owner",
    "tells_patient": "tells_patient",
}
"""Fields of the case's board section, with those of an outcome they are taken from."""


class Replaced(Struct, frozen=True):
    """A text of the case that an outcome replaces, so that a person can be asked first."""

    path: str
    was: str
    now: str
    """Empty where the outcome no longer says anything."""


class Moved(Struct, frozen=True):
    """A case with an outcome in it, and what else had been written there."""

    case: Case
    replaced: tuple[Replaced, ...] = ()


def with_outcome(case: Case, outcome: Outcome, day: date, before: Outcome | None = None) -> Moved:
    """Return the case with the outcome of the meeting of ``day`` in its board section.

    What the outcome does not say leaves the case as it is, unless ``before``, the outcome written there last, had said
    it: a decision typed for the wrong patient leaves the case when it leaves the meeting.
    """
    before = before or Outcome()
    changes: dict[str, object] = {}
    replaced = []
    for field, name in _FIELDS.items():
        was, now = getattr(case.board, field) or "", getattr(outcome, name)
        mine = was == getattr(before, name)
        if was == now or (not now and not mine):
            continue
        changes[field] = now or None
        if was and not mine:
            replaced.append(Replaced(f"board.{field}", was, now))
    changes.update(_decided_on(case, outcome, before, day))
    if not changes:
        return Moved(case)
    return Moved(case.model_copy(update={"board": case.board.model_copy(update=changes)}), tuple(replaced))


def _decided_on(case: Case, outcome: Outcome, before: Outcome, day: date) -> dict[str, object]:
    """Return the change of the day of the decision: the meeting's where one is recorded, none where it was taken back.

    Another day is left where the decision is the one it was.
    """
    meant = PartialDate.from_day(day)
    known = case.board.decision_date
    if outcome.decision and (known is None or outcome.decision != case.board.decision):
        return {} if known == meant else {"decision_date": meant}
    taken_back = bool(before.decision) and not outcome.decision and case.board.decision == before.decision
    return {"decision_date": None} if taken_back and known == meant else {}
