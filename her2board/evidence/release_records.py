"""Records of the release as a whole: its version, limits of age, remarks, alerts, and what is asked first."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, field_validator

from her2board.evidence.naming import Names
from her2board.evidence.records import FactName, StudyDrug
from her2board.evidence.references import Day, Record, Slug, Source, Words
from her2board.evidence.terms import CohortClass, LocalKind
from her2board.logic.criteria import Criterion

AgeState = Literal["current", "review_due", "out_of_date"]


class Freshness(Record):
    """How old a dated fact may be at the meeting, in days; the clinic can change it."""

    field: Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z0-9_]+$"), Names("field")]
    days: Annotated[int, Field(ge=1)]
    source: Source


class KeptOpen(Record):
    """A fact that decides which pathway a patient is on: open where a prospective study does not state it, unless the
    case excludes ``when``.
    """

    fact: FactName
    when: Criterion
    classes: tuple[CohortClass, ...] = ()
    """Only for cohorts of these classes; none named, for all."""
    source: Source

    @property
    def names(self) -> frozenset[str]:
        """The facts it compares."""
        return self.when.names


class Remark(Record):
    """A recorded value worth a remark where a source does not state the fact; it changes no truth."""

    fact: FactName
    when: Criterion
    drugs: tuple[StudyDrug, ...] = ()
    """Only beside study drugs that are or belong to one of these; none named, beside all."""
    cns_outcome: bool = False
    """Only where an outcome in the brain is reported."""
    source: Source


class Alert(Record):
    """A recorded value that is named at the top of the page, above the question."""

    id: Slug
    name: Words
    when: Criterion
    fact: FactName | None = None
    """Whose value is shown with the name."""
    source: Source


class Consequence(Record):
    """What the answers on some facts decide, whatever else waits for them: they are asked first, in this order."""

    id: Slug
    decides: Words
    facts: Annotated[tuple[FactName, ...], Field(min_length=1)]
    when: Criterion | None = None
    """Where it has this place: not where that is ruled out. A fact takes the first place it has."""


class NotAsked(Record):
    """A fact that is not asked for where it cannot apply, or before another is recorded."""

    fact: FactName
    when: Criterion | None = None
    """Where it cannot apply."""
    before: FactName | None = None
    """The fact whose answer comes first."""
    source: Source


class LookAgain(Record):
    """After how many days an entry of a clinic's local file counts as stale, where the file has no limit of its own."""

    kind: LocalKind
    days: Annotated[int, Field(ge=1, le=3650)]
    source: Source


class Release(Record):
    """The release as a whole."""

    version: Annotated[str, Field(pattern=r"^\d{4}\.\d{2}(\.\d+)?$")]
    as_of: Day
    review_by: Day
    content_hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    """SHA-256 over all files of the release, as reviewed; None while it is being worked on."""
    amber_after_days: int
    red_after_days: Annotated[int, Field(ge=1)]
    """Days from ``as_of`` after which cohorts are shown as out of date: one review may be late; where two were missed,
    approvals and trials are likely to be missing.
    """
    look_again: tuple[LookAgain, ...]
    freshness: tuple[Freshness, ...] = ()
    kept_open: tuple[KeptOpen, ...] = ()
    remarks: tuple[Remark, ...] = ()
    alerts: tuple[Alert, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    not_asked: tuple[NotAsked, ...] = ()

    @field_validator("look_again")
    @classmethod
    def _each_kind_once(cls, limits: tuple[LookAgain, ...]) -> tuple[LookAgain, ...]:
        if sorted(limit.kind for limit in limits) != sorted(LocalKind):
            raise ValueError(f"name each kind of local entry once: {', '.join(LocalKind)}")
        return limits

    def age_days(self, day: date) -> int:
        """Days from the release's own date to ``day``."""
        return (day - date.fromisoformat(self.as_of)).days

    def age_state(self, day: date) -> AgeState:
        """Return whether on ``day`` its review is due, and whether it counts as out of date."""
        age = self.age_days(day)
        if age > self.red_after_days:
            return "out_of_date"
        due = age > self.amber_after_days or day > date.fromisoformat(self.review_by)
        return "review_due" if due else "current"
