"""The shape of ``assess --json``: published as a JSON Schema, and what every result is checked against in the tests."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from her2board.assessment.model import Outcome, PauseState, Standing
from her2board.case.terms import OptionKind
from her2board.evidence.records import Group
from her2board.evidence.terms import PauseGroup, ReadIn, WhyNotStated

TruthWord = Literal["MET", "NOT_MET", "UNKNOWN"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class ReleaseOf(_Part):
    """The evidence the case was compared with."""

    version: str
    hash: str
    as_reviewed: bool
    """False where the files are not those that were reviewed."""
    state: Literal["review_due", "out_of_date"] | None = None
    """There once its review is due on the day of the assessment; then ``age_days`` says how old it is."""
    age_days: int | None = None


class OneOf(_Part):
    """A category that is one of several."""

    one_of: list[bool | str]


class Between(_Part):
    """A number known to lie in a range; null is open, and an end that is not included is not reached."""

    low: float | None
    high: float | None
    low_included: bool = True
    high_included: bool = True


class Members(_Part):
    """A set: what surely belongs to it, and what may."""

    has: list[str]
    maybe: list[str]


class Days(_Part):
    """A day known to lie in a range; null is open."""

    earliest: str | None
    latest: str | None


class FactOf(_Part):
    """One fact as the case records it; ``value`` null is not recorded."""

    label: str
    value: bool | int | float | str | OneOf | Between | Members | Days | None
    shown: str | None
    why: str | None
    marks: list[str]


class ContradictionOf(_Part):
    """What contradicts itself, with the fields where it is recorded."""

    text: str
    fields: list[str]
    facts: list[str]


class SourceOf(_Part):
    """Where something was read."""

    ref: str
    locator: str
    read_in: ReadIn


class TallyOf(_Part):
    """Truth of a group of criteria, with counts."""

    truth: TruthWord
    met: int
    not_met: int
    unknown: int


class FindingOf(_Part):
    """One criterion on this case; ``source`` null is what the program itself asks."""

    criterion: str
    group: Group
    truth: TruthWord
    reason: str
    facts_used: list[str]
    facts_missing: list[str]
    source: SourceOf | None


class NotStatedOf(_Part):
    """A fact the source states no limit for, and why."""

    fact: str
    why: WhyNotStated


class RemarkOf(NotStatedOf):
    """What the case records there that is worth a remark; it changes no truth."""

    words: str


class CohortOf(_Part):
    """A published cohort beside the case."""

    id: str
    outcome: Outcome
    population: TallyOf
    entry: TallyOf
    kind: TruthWord
    findings: list[FindingOf]
    remarks: list[RemarkOf]
    not_stated: list[NotStatedOf]


class CautionOf(_Part):
    """A caution, triggered or waiting for the facts in ``facts_missing``."""

    id: str
    name: str
    text: str
    because: str
    facts_missing: list[str]
    source: SourceOf


class StatementOf(_Part):
    """What a guideline, label or panel says; ``strength`` null was not read."""

    id: str
    text: str
    body: str
    year: int | None
    strength: str | None
    direction: str
    opinion: bool
    applies: TruthWord
    reason: str | None
    source: SourceOf


class ConflictOf(_Part):
    """Statements that disagree, the older first."""

    id: str
    topic: str
    note: str
    sides: list[StatementOf]


class OptionOf(_Part):
    """Something the board could discuss."""

    id: str
    kind: OptionKind
    standing: Standing
    standing_words: str
    because: list[str]
    cautions: list[CautionOf]
    to_ask: list[CautionOf]
    statements: list[StatementOf]
    conflicts: list[ConflictOf]
    cohorts: list[str]


class BypassOf(_Part):
    """Whether recorded urgency passes the pause."""

    open: bool
    reasons: list[str]
    recorded: str | None


class PauseItemOf(_Part):
    """One line before whole-brain radiotherapy."""

    id: str
    group: PauseGroup
    label: str
    state: PauseState
    words: str
    here: str | None
    source: SourceOf | None
    facts_missing: list[str]


class PauseOf(_Part):
    """Everything shown before whole-brain radiotherapy."""

    bypass: BypassOf
    items: list[PauseItemOf]


class SettlesOf(_Part):
    """How many cohorts, options and pause items an answer could settle."""

    cohorts: int
    options: int
    pause_items: int


class DecidesOf(_Part):
    """What an answer decides: its consequence in words, the options and the points that wait for it, by name."""

    consequence: str | None
    options: list[str]
    points: list[str]


class AskOf(_Part):
    """A field to ask for, and who usually knows; two fields where either alone settles nothing."""

    fields: list[str]
    label: str
    asks: str
    facts: list[str]
    detail: str
    """What is missing, where something is recorded already."""
    decides: DecidesOf
    settles: SettlesOf
    owner: str | None
    due: str | None


class AccessOf(_Part):
    """Access to one option at the clinic; ``about`` null is the option as a whole."""

    option: str
    about: str | None
    status: Literal["on_formulary", "needs_approval", "not_available", "here", "by_referral"]
    words: str
    note: str | None
    looked_at: str
    stale: bool


class LocalFindingOf(_Part):
    """One criterion that the clinic gives of an open trial, on this case."""

    criterion: str
    truth: TruthWord
    reason: str
    facts_used: list[str]
    facts_missing: list[str]


class LocalTrialOf(_Part):
    """A trial that is open at the clinic, as it looked at it; ``truth`` null where it gives no criteria."""

    id: str
    name: str
    registry: str | None
    contact: str
    patients: str
    looked_at: str
    stale: bool
    truth: TruthWord | None
    findings: list[LocalFindingOf]


class LocalStatementOf(_Part):
    """A statement of the clinic itself; ``options`` empty is the meeting as a whole."""

    id: str
    text: str
    author: str
    looked_at: str
    stale: bool
    options: list[str]


class LocalOf(_Part):
    """What the clinic's local file says beside the case; it is no evidence."""

    clinic: str
    number: int
    changed_on: str
    access: list[AccessOf]
    not_stated: dict[str, list[str]]
    """By option: its drugs on which the file says nothing, where it does of others."""
    trials: list[LocalTrialOf]
    statements: list[LocalStatementOf]


class PublishedAssessment(_Part):
    """A case against a release on one day."""

    case: str
    as_of: str
    build: Literal["match", "packet"]
    """The packet build compares with nothing: it has no cohorts and no options."""
    intended_use: str
    evidence_release: ReleaseOf
    facts: dict[str, FactOf]
    contradictions: list[ContradictionOf]
    cohorts: list[CohortOf]
    options: list[OptionOf]
    pause: PauseOf
    ask_next: list[AskOf]
    local: LocalOf | None = None
    """What the clinic's own local file says; there where it has one."""
    names: Literal["not_reviewed"] | None = None
    """There where something was replaced or looks like a name and nobody reviewed it."""
