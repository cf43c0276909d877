"""Records of the evidence: trials with cohorts, statements, options, cautions, pause items, release."""

from typing import Annotated, Literal

from pydantic import Field

from her2board.case.terms import Discipline, OptionKind
from her2board.evidence.naming import Names
from her2board.evidence.references import Day, Record, ReferenceId, Slug, Source, Withdrawable, Withdrawn, Words, Year
from her2board.evidence.terms import CohortClass, CriteriaRead, Design, Direction, SaidBy, WhyNotStated
from her2board.evidence.values import Endpoint
from her2board.logic.criteria import Criterion

Group = Literal["population", "entry"]
FactName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)?$"), Names("fact")]
Drug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
StudyDrug = Annotated[Drug, Names("drug or class")]
TrialId = Annotated[Slug, Names("trial")]
OptionId = Annotated[Slug, Names("option")]
StatementId = Annotated[Slug, Names("statement")]


class Counted(Withdrawable):
    """A number of patients with its source."""

    value: Annotated[int, Field(ge=1)]
    extract: Words | None = None
    """What a secondary report says of it, in own words."""
    source: Source


class LeftOpen(Record):
    """Where a source leaves a patient open whom its criterion alone would turn away: then UNKNOWN, not NOT_MET."""

    when: Criterion | None = None
    """None: wherever the criterion is not met."""
    why: Words
    """What the source leaves open: 'larger ones only by agreement with the study physician'."""


class Condition(Record):
    """A criterion of a cohort in the program's words, with its source."""

    text: Words
    when: Criterion
    left_open: LeftOpen | None = None
    source: Source

    @property
    def names(self) -> frozenset[str]:
        """The facts it compares."""
        return self.when.names


class Discrepancy(Record):
    """Where a secondary source and the primary publication disagree."""

    about: Words
    secondary_says: Words
    secondary: Source
    primary_says: Words
    primary: Source


class Allowed(Record):
    """What a source states as allowed, so that it is neither a criterion nor 'not stated'."""

    fact: FactName
    text: Words
    source: Source


class NotStated(Record):
    """The facts on which a source states no limit, each under the reason why; never treated as allowed."""

    silent: tuple[FactName, ...] = ()
    """The protocol or the full registry text was read and sets no limit."""
    not_read: tuple[FactName, ...] = ()
    """That part of the criteria was not read."""
    no_limit: tuple[FactName, ...] = ()
    """A retrospective, pooled or registry series: entry limits do not exist."""

    @property
    def not_stated(self) -> tuple[tuple[str, WhyNotStated], ...]:
        """Each fact without a stated limit, with why."""
        listed = (self.silent, self.not_read, self.no_limit)
        return tuple((name, why) for why, names in zip(WhyNotStated, listed, strict=True) for name in names)


class ArmSize(Record):
    """Patients in one arm of a cohort."""

    arm: Words
    n: Counted


class FollowUp(Record):
    """Follow-up or data cut-off, as printed."""

    text: Words
    source: Source


class Cohort(NotStated, Withdrawable):
    """A population reported apart, with what it required and what was measured."""

    id: Slug
    label: Words
    subgroup: bool = False
    """Part of a study that enrolled others too, looked at apart."""
    cns_class: CohortClass
    n: Counted | None = None
    population: tuple[Condition, ...] = ()
    entry: tuple[Condition, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    arms: tuple[ArmSize, ...] = ()
    follow_up: FollowUp | None = None
    regimen: Words | None = None
    """Where it is not the trial's."""
    study_drugs: tuple[StudyDrug, ...] | None = None
    """Where they are not the trial's."""
    endpoints: tuple[Endpoint, ...] = ()
    same_patients_as: tuple[Annotated[str, Names("cohort")], ...] = ()
    """Full cohort ids (trial/cohort) that hold some or all of the same patients."""
    note: Words | None = None


class Trial(NotStated, Withdrawable):
    """A study. Its ``population``, ``entry`` and what it does not state hold for every cohort of it."""

    id: Slug
    name: Words
    registry: Words | None = None
    year: Year
    """Of the publication the cohorts are read from."""
    phase: Words | None = None
    design: Design
    prospective: bool
    regimen: Words
    study_drugs: tuple[StudyDrug, ...]
    """Drug ids; every cohort implies 'not given before' unless the source states the rule."""
    comparator: Words | None = None
    source: Source
    criteria_read: CriteriaRead
    """Which text of its criteria was read."""
    criteria_read_on: Day
    population: tuple[Condition, ...] = ()
    entry: tuple[Condition, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    cns_relevance: Words | None = None
    """For trials without a cohort of brain metastases: what they say of the CNS, and what they do not."""
    cohorts: Annotated[tuple[Cohort, ...], Field(min_length=1)]
    contains: tuple[TrialId, ...] = ()
    """Ids of trials pooled in this one."""
    discrepancies: tuple[Discrepancy, ...] = ()
    note: Words | None = None


class Statement(Withdrawable):
    """What a guideline, label or panel says, in the program's words; the strength in the body's own."""

    id: Slug
    topic: Slug
    options: tuple[OptionId, ...] = ()
    text: Words
    direction: Direction
    strength: Words | None = None
    """None: the grade was not read."""
    opinion: bool = False
    """Panel or expert opinion, labelled so."""
    when: Criterion | None = None
    source: Source
    superseded_note: Words | None = None


class Background(Withdrawable):
    """A mechanism, epidemiology or process statement for readers of the annex; never a criterion."""

    id: Slug
    topic: Literal["mechanism", "epidemiology", "process", "prognosis", "outlook"]
    text: Words
    opinion: bool = False
    source: Source
    corrected: Words | None = None
    """Where a secondary source said otherwise: what it said."""


class BackgroundNotes(Record):
    """The background statements of one theme."""

    id: Slug
    notes: Annotated[tuple[Background, ...], Field(min_length=1)]


class GuidelineGroup(Record):
    """The statements of one body in one document."""

    id: Slug
    body: Words
    kind: SaidBy = SaidBy.GUIDELINE
    year: Year | None = None
    title: Words
    ref: ReferenceId
    about: Criterion | None = None
    """The disease that the document is about: where it is another, none of its statements applies."""
    statements: Annotated[tuple[Statement, ...], Field(min_length=1)]


class Conflict(Withdrawable):
    """Statements that disagree, shown side by side with their dates."""

    id: Slug
    topic: Words
    options: tuple[OptionId, ...] = ()
    sides: Annotated[tuple[StatementId, ...], Field(min_length=2)]
    """Statement ids."""
    note: Words


class Conflicts(Record):
    """All conflicts between guidelines."""

    conflicts: tuple[Conflict, ...]


class OptionCondition(Record):
    """What an option asks of a case. Not met: recorded facts speak against it. Unknown: cannot tell until recorded."""

    text: Words
    when: Criterion
    ask: bool = False
    """What the meeting itself judges, such as feasibility: while not recorded it is asked, and withholds nothing."""
    source: Source


class SequencingOption(Record):
    """Something the board could discuss next."""

    id: Slug
    kind: OptionKind
    name: Words
    brief: Words | None = None
    """Shorter words for where it has a phrase and no row."""
    order: int
    """Place in the fixed, neutral list."""
    drugs: tuple[Annotated[Drug, Names("drug")], ...] = ()
    parts: tuple[StudyDrug, ...] = ()
    """Drugs or classes that make the regimen, where they are not the drugs."""
    given_with: tuple[StudyDrug, ...] = ()
    """Drugs or classes beside these, which do not decide whether it was given: the chemotherapy of margetuximab."""
    trials: tuple[TrialId, ...] = ()
    cohorts: tuple[Annotated[str, Names("cohort")], ...] = ()
    """Full ids of single cohorts, of trials whose other cohorts had other regimens."""
    used_when: Criterion | None = None
    """Where giving its drugs together for metastatic disease does not say it."""
    beside: tuple[OptionId, ...] = ()
    """Options of which one must be possible: what goes on beside a local therapy needs one that is left."""
    conditions: Annotated[tuple[OptionCondition, ...], Field(min_length=1)]
    note: Words | None = None


class Caution(Withdrawable):
    """A label or guideline caution with the recorded fact that triggers it."""

    id: Slug
    name: Annotated[str, Field(max_length=60)]
    text: Words
    options: Annotated[tuple[OptionId, ...], Field(min_length=1)]
    when: Criterion
    ask: bool = True
    """Show as something to ask while the fact is not recorded."""
    source: Source


class DisciplineRole(Record):
    """A discipline that is heard before whole-brain radiotherapy."""

    discipline: Discipline
    label: Words
    asks: Words
    required_when: Criterion | None = None
    """None: always."""
    only_when_required: bool = False
    """Not named in a case that does not call for it: what concerns few patients is not asked of all."""
    source: Source


class MustKnow(Record):
    """A fact that must be known before whole-brain radiotherapy is chosen."""

    id: Slug
    label: Words
    when: Criterion
    """MET once known well enough."""
    why: Words
    source: Source


class Consideration(Record):
    """One line of the pause zone: an alternative, or a situation in which WBRT is reasonable."""

    id: Slug
    name: Annotated[str, Field(max_length=60)]
    family: Words | None = None
    """What choices for one disease or after one treatment are called together where none applies."""
    variant: bool = False
    """Of another choice: it has a row of its own only where the others leave room."""
    text: Words
    brief: Words | None = None
    """Shorter words for the page; the annex has the text."""
    option: OptionId | None = None
    when: Criterion | None = None
    source: Source


class LocalTherapyTrial(Withdrawable):
    """A trial of radiotherapy or surgery, for the figures that pause zone and annex quote."""

    id: Slug
    name: Words
    population: Words
    comparison: Words
    n: Counted | None = None
    endpoints: tuple[Endpoint, ...]
    source: Source
    note: Words | None = None


class Pause(Record):
    """Everything shown before whole-brain radiotherapy."""

    disciplines: tuple[DisciplineRole, ...]
    must_know: tuple[MustKnow, ...]
    alternatives: tuple[Consideration, ...]
    reasonable: tuple[Consideration, ...]
    context: tuple[Consideration, ...]
    """What the trials say about WBRT, and its limits."""
    if_chosen: tuple[Consideration, ...]
    deferral: tuple[Consideration, ...]
    """What a wait needs: a dated MRI and a named owner."""
    local_first: Consideration


class WithdrawnValue(Record):
    """What is shown no more, listed with the reason."""

    id: Words
    """Address of the value: 'trials/kamilla/measurable/overall_response'."""
    name: Words
    """What it said, in short."""
    withdrawn: Withdrawn
