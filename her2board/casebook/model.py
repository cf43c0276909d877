"""Frozen values a casebook keeps beside the cases: meetings, their cases in order, attendance and outcomes.

A case's own facts stay in the case (``her2board.case``); what a meeting did with it is kept here, so that a case that
comes back five times keeps five outcomes. Times are UTC with their offset; days are calendar days of the clinic.
"""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from her2board.case import terms as t
from her2board.case.model.base import Short, Text
from her2board.case.terms import Term


class Value(BaseModel):
    """A frozen value of a casebook; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Status(Term):
    """How far a case of a meeting is; in the order of the work."""

    LISTED = "listed", "listed"
    COLLECTING = "collecting", "collecting"
    READY = "ready", "ready"
    DISCUSSED = "discussed", "discussed"
    CARRIED_OUT = "carried_out", "carried out"
    CLOSED = "closed", "closed"


class RadiationOutcome(Term):
    """What became of a proposal of whole-brain radiotherapy."""

    DECIDED = "decided", "decided"
    AVOIDANCE = "avoidance", "decided, hippocampal-avoidance"
    ANOTHER = "another", "another treatment decided"
    POSTPONED = "postponed", "postponed"


class Outcome(Value):
    """What a meeting decided about one case, and what became of it. None is 'not recorded'."""

    decision: Text = ""
    dissent: Text = ""
    fallback: Text = ""
    owner: Short = ""
    due: date | None = None
    """Day by which the decision is to be carried out."""
    tells_patient: Short = ""
    deferred: bool | None = None
    deferral_reason: Short = ""
    trial_mentioned: bool | None = None
    wbrt_proposed: bool | None = None
    wbrt_outcome: RadiationOutcome | None = None
    carried_out: t.CarriedOut | None = None
    carried_out_on: date | None = None
    carried_out_note: Short = ""
    """What of it was carried out, or why it was not."""


class Listing(Value):
    """One case of a meeting, in its place."""

    case_id: str
    reason: Short = ""
    """Why it is on this list, in a few words."""
    status: Status = Status.LISTED
    list_only: bool = False
    """Named to the board, not discussed."""
    prospective: bool | None = None
    """Whether it is discussed before the treatment it is about has begun."""
    not_ready_because: Short = ""
    minutes: Text = ""
    seconds: Annotated[int | None, Field(ge=0)] = None
    """How long it was discussed, by the clock of the meeting mode."""
    outcome: Outcome = Outcome()


class Attendance(Value):
    """Who of one discipline was there."""

    discipline: t.Discipline
    present: bool | None = None
    names: Short = ""
    discipline_name: Short = ""
    """Name of another discipline."""


class BoardMeeting(Value):
    """One meeting of a board: its cases in order, who attended."""

    id: str
    day: date
    board: Short = ""
    place: Short = ""
    attendance: tuple[Attendance, ...] = ()
    listings: tuple[Listing, ...] = ()
    closed: bool = False

    def listing(self, case_id: str) -> Listing | None:
        """Return the listing of a case, or None where it is not on this list."""
        return next((one for one in self.listings if one.case_id == case_id), None)


class Owed(Value):
    """Something a case still needs, and from whom."""

    what: str
    """In words."""
    by: str
    """Owner named in the case, else the department that knows; empty where nobody is named."""
    due: date | None = None
    field: str = ""
    """Address of the field it goes to; empty for an outstanding item of the case."""


class CaseSummary(Value):
    """What a list shows and a search finds of a case, worked out when it is saved."""

    code: str
    urgent: bool | None = None
    question: str = ""
    cns_class: str = ""
    """Key of the term; empty where not recorded."""
    disciplines: tuple[tuple[str, str], ...] = ()
    """Key of each discipline of the case and the key of its status."""
    owed: tuple[Owed, ...] = ()
    exposures: tuple[str, ...] = ()
    """Ids of the drugs the case records as given."""
    cohorts: tuple[tuple[str, str], ...] = ()
    """Id and outcome (all_met, differs, cannot_tell) of each cohort, by ``release``."""
    release: str = ""
    """Number of the evidence release the outcomes were read with; empty where none was."""
    wbrt_proposed: bool | None = None
    decision: str = ""
    last_decision: str = ""
    last_carried_out: t.CarriedOut | None = None
    text: str = ""
    """Everything typed, for the search; never shown."""


class CaseVersion(Value):
    """One saved version of a case."""

    case_id: str
    number: Annotated[int, Field(ge=1)]
    """From 1, without gaps."""
    at: datetime
    by: str
    changed: str
    """What changed since the version before, in words."""


class SignedOff(Value):
    """A briefing that was signed off: its exact inputs, so that it can be made again byte for byte."""

    case_id: str
    version: int
    at: datetime
    by: str
    release: str
    """Number and content hash of the evidence release."""
    program: str
    """Version of the program."""
    settings: tuple[tuple[str, str], ...]
    """What the page was made with besides: paper, as-of day, language, annex, clinic settings; names and values."""
    sha256: str
    """Of the PDF's bytes, hexadecimal."""
