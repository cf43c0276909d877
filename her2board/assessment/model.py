"""What an assessment says. Frozen values; nothing here is computed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from msgspec import Struct

from her2board.assessment.local_model import LocalResult
from her2board.case.by_section import BySection
from her2board.case.contradictions import Contradiction
from her2board.case.terms import OptionKind
from her2board.evidence.lists import CriteriaList
from her2board.evidence.records import Cohort, Group, SequencingOption, Trial
from her2board.evidence.references import Source
from her2board.evidence.terms import Direction, PauseGroup, WhyNotStated
from her2board.logic.criteria import Criterion
from her2board.logic.evaluate import SOURCE, Finding
from her2board.logic.truth import Truth
from her2board.logic.values import Facts
from her2board.wording import Pieces

Outcome = Literal["all_met", "differs", "cannot_tell"]
Standing = Literal["for_discussion", "caution", "cannot_tell", "facts_against", "in_use", "already_used"]
PauseState = Literal[
    "heard",
    "pending",
    "late",
    "unavailable",
    "not_asked",
    "not_needed",
    "known",
    "open",
    "applies",
    "does_not_apply",
    "cannot_tell",
    "stated",
]


class CohortFinding(NamedTuple):
    """One criterion of a cohort on this case."""

    group: Group
    criterion: str
    """The criterion in words."""
    finding: Finding
    source: Source | None
    """None for what the program adds: 'not given before', 'not stated'."""
    when: Criterion | None = None
    """The condition itself; None for what the program adds, which any answer settles."""

    @property
    def truth(self) -> Truth:
        """Its truth on this case."""
        return self.finding.truth

    @property
    def reason(self) -> str:
        """Why, in plain words."""
        return self.finding.reason

    @property
    def facts_used(self) -> tuple[str, ...]:
        """Recorded facts it rests on."""
        return self.finding.facts_used

    @property
    def facts_missing(self) -> tuple[str, ...]:
        """Facts that would decide; 'source.…' where the source is silent."""
        return self.finding.facts_missing


class Tally(NamedTuple):
    """Truth of a group of criteria with its counts."""

    truth: Truth
    met: int
    not_met: int
    unknown: int

    @property
    def total(self) -> int:
        """Number of criteria."""
        return self.met + self.not_met + self.unknown


class Compared(NamedTuple):
    """The case beside one list of criteria, counted once for every cohort that shares it."""

    criteria: CriteriaList
    findings: tuple[CohortFinding, ...]
    tally: Tally
    kind: Truth
    """Of the criteria among them that say which kind of disease the cohort is about."""
    waiting: tuple[CohortFinding, ...]
    """The findings that something missing could settle."""


class RemarkResult(NamedTuple):
    """A recorded value beside a source that does not state the fact; no criterion."""

    fact: str
    why: WhyNotStated
    shown: str
    """Label and value of what is recorded."""
    words: str
    """The remark in full."""


class CohortResult(NamedTuple):
    """One cohort beside this case."""

    id: str
    trial: Trial
    cohort: Cohort
    outcome: Outcome
    order_class: int
    """Class it is listed in, 0 first."""
    kind: Truth
    """Whether it is about the kind of disease of the case: class of brain metastases, leptomeninges, HER2."""
    population: Tally
    entry: Tally
    compared: tuple[Compared, ...]
    remarks: tuple[RemarkResult, ...]

    @property
    def findings(self) -> tuple[CohortFinding, ...]:
        """Every criterion on this case, in the order of the source."""
        return tuple(finding for part in self.compared for finding in part.findings)

    @property
    def not_stated(self) -> tuple[tuple[str, WhyNotStated], ...]:
        """Facts the source does not state, with why, but those that are open or remarked on."""
        open_ = {name.removeprefix(SOURCE) for entry in self.findings for name in entry.facts_missing}
        open_ |= {remark.fact for remark in self.remarks}
        fields = (*self.trial.not_stated, *self.cohort.not_stated)
        return tuple(one for one in fields if one[0] not in open_)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The facts an answer could give, in the order of the criteria."""
        missing = (name for part in self.compared for entry in part.waiting for name in entry.finding.facts_missing)
        return tuple(dict.fromkeys(name for name in missing if not name.startswith(SOURCE)))

    def of(self, truth: Truth) -> tuple[CohortFinding, ...]:
        """Return the findings with one truth."""
        return tuple(finding for finding in self.findings if finding.truth is truth)


class CautionResult(NamedTuple):
    """A caution that recorded facts trigger, or that is open."""

    id: str
    name: str
    text: str
    truth: Truth
    because: str
    source: Source
    facts_missing: tuple[str, ...] = ()


class StatementResult(NamedTuple):
    """A statement about an option, and whether it applies to this case."""

    id: str
    text: str
    body: str
    year: int | None
    strength: str | None
    direction: Direction
    opinion: bool
    applies: Truth
    reason: str
    source: Source


class ConflictResult(NamedTuple):
    """Statements that disagree about an option, side by side, the older first."""

    id: str
    topic: str
    note: str
    sides: tuple[StatementResult, ...]


class OptionResult(NamedTuple):
    """Something the board could discuss, with its standing for this case."""

    option: SequencingOption
    standing: Standing
    standing_words: str
    context_only: bool
    """The local pathway comes first: whatever the standing, the option is context."""
    because: tuple[str, ...]
    findings: tuple[CohortFinding, ...]
    cautions: tuple[CautionResult, ...]
    to_ask: tuple[CautionResult, ...]
    """Cautions whose fact is not recorded."""
    statements: tuple[StatementResult, ...]
    conflicts: tuple[ConflictResult, ...]
    cohorts: tuple[str, ...]
    """Ids of the cohorts of its regimen that are not about another kind of disease, nearest first."""

    @property
    def id(self) -> str:
        """Id of the option."""
        return self.option.id

    @property
    def kind(self) -> OptionKind:
        """Kind of the option."""
        return self.option.kind


class PauseItem(NamedTuple):
    """One line of the pause zone."""

    id: str
    group: PauseGroup
    label: str
    state: PauseState
    words: str
    here: str
    """What the case says to it."""
    source: Source | None = None
    facts_used: tuple[str, ...] = ()
    facts_missing: tuple[str, ...] = ()
    option: str | None = None
    brief: str | None = None
    """Shorter words for the page."""
    presupposed: bool = True
    """What a choice presupposes is recorded: the disease or the earlier treatment it is about."""
    cautions: tuple[CautionResult, ...] = ()
    """What recorded facts trigger of the option of a choice."""
    said: Pieces = ()
    """The words of a discipline piece by piece."""


class Bypass(Struct, frozen=True):
    """Open when a person recorded urgency: local pathway first, nothing blocks."""

    open: bool
    reasons: tuple[str, ...]
    recorded: str
    """By whom and when."""


class PauseResult(Struct, frozen=True):
    """Everything shown before whole-brain radiotherapy."""

    bypass: Bypass
    items: tuple[PauseItem, ...]

    def of(self, group: PauseGroup) -> tuple[PauseItem, ...]:
        """Return the items of one group, in order."""
        return tuple(item for item in self.items if item.group == group)


class Ask(NamedTuple):
    """A field to ask for, and what its answer would settle; two fields where either alone settles nothing."""

    field: str
    also: str
    """The other field of a pair, else empty."""
    label: str
    asks: str
    """Who usually knows."""
    facts: tuple[str, ...]
    cohorts: int
    """Cohorts of options still open that wait for it."""
    options: int
    points: int
    owner: str = ""
    due: str = ""
    rank: int = 0
    """Place of what it decides, 0 first: urgency, safety, kind of disease; the pause; an option; the rest."""
    consequence: str = ""
    """What it decides whatever else waits for it; empty where only options and points do."""
    detail: str = ""
    """What is missing, where something is recorded already."""
    named: tuple[str, ...] = ()
    """Names of the options that wait for it, themselves or their cohorts."""
    before: tuple[str, ...] = ()
    """Labels of the points before whole-brain radiotherapy that wait for it."""
    other_before: tuple[str, ...] = ()
    """The same but for points that ask no more than that this is known."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The field, or both of a pair."""
        return (self.field, self.also) if self.also else (self.field,)

    @property
    def weight(self) -> int:
        """Everything it would settle, added up; for the order only."""
        return self.cohorts + self.options + self.points


class Gap(Struct, frozen=True):
    """A field that readiness misses, or whose date is too old."""

    path: str
    label: str
    words: str
    """Who was not heard, how old; empty where the label says all."""


class Readiness(Struct, frozen=True):
    """What keeps the case from being ready."""

    outstanding: tuple[Gap, ...]
    stale: tuple[Gap, ...]

    @property
    def ready(self) -> bool:
        """Return whether nothing required is missing."""
        return not self.outstanding


@dataclass(frozen=True, slots=True)
class Assessment:
    """A case against a release on one day."""

    case_code: str
    as_of: date
    release: str
    facts: Facts
    contradictions: tuple[Contradiction, ...]
    cohorts: tuple[CohortResult, ...]
    options: tuple[OptionResult, ...]
    pause: PauseResult
    ask_next: tuple[Ask, ...]
    readiness: Readiness
    known: BySection = field(repr=False, compare=False)
    """What was worked out from the case, for the next assessment to build on."""
    local: LocalResult | None = None
    """What the clinic's own local file says beside it; no evidence."""

    def cohort(self, id_: str) -> CohortResult:
        """Return the result of one cohort; StopIteration if there is none."""
        return next(result for result in self.cohorts if result.id == id_)
