"""What is open before the meeting: needed, stale, contradicted, not heard, and who was asked for what."""

from datetime import date

from msgspec import Struct

from her2board.assessment.model import Assessment, Gap
from her2board.case.dates import PartialDate
from her2board.case.fields import field_by_path
from her2board.case.model import Case
from her2board.evidence.terms import PauseGroup

_UNHEARD = ("pending", "late", "not_asked", "unavailable")


class OpenPoints(Struct, frozen=True):
    """Everything that speaks against calling a case ready, each with the field where it is settled."""

    needed: tuple[Gap, ...]
    stale: tuple[Gap, ...]
    contradicted: tuple[Gap, ...]
    unheard: tuple[Gap, ...]

    @property
    def none(self) -> bool:
        """Return whether nothing is open."""
        return not (self.needed or self.stale or self.contradicted or self.unheard)


class Waiting(Struct, frozen=True):
    """Something asked for: of whom, until when."""

    path: str
    label: str
    owner: str
    due: str
    late: bool
    """The whole of the due date lies before the day of the discussion."""
    note: str


def open_points(assessment: Assessment) -> OpenPoints:
    """Return what is open in an assessed case."""
    unheard = (item for item in assessment.pause.of(PauseGroup.DISCIPLINE) if item.state in _UNHEARD)
    return OpenPoints(
        needed=assessment.readiness.outstanding,
        stale=assessment.readiness.stale,
        contradicted=tuple(Gap(found.fields[0], found.text, "") for found in assessment.contradictions),
        unheard=tuple(Gap("board.disciplines", item.label, item.words) for item in unheard),
    )


def waiting(case: Case, as_of: date) -> tuple[Waiting, ...]:
    """Return what the case records as asked for and not brought, the earliest due first, undated last."""
    fields = field_by_path()
    asked = [
        (path, fields[path].info.label if path in fields else path, entry.owner, entry.due, entry.note or "")
        for path, entry in case.absences.items()
        if entry.reason == "pending"
    ]
    asked += [
        ("board.outstanding", entry.what, entry.owner, entry.due, "")
        for entry in case.board.outstanding
        if not entry.done
    ]
    asked.sort(key=lambda entry: _last_day(entry[3]))
    return tuple(
        Waiting(path, label, owner or "", due.shown() if due else "", _last_day(due) < as_of, note)
        for path, label, owner, due, note in asked
    )


def _last_day(due: PartialDate | None) -> date:
    """Return the last day a due date may mean; the end of time where none is known."""
    high = due.span.high if due is not None else None
    return high or date.max
