"""The release as the assessment uses it: frozen records by id."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Self

from msgspec import Struct, field
from msgspec.structs import replace

from her2board.case.catalogue import FactSpec, catalogue, of_drug
from her2board.case.drugs import Vocabulary
from her2board.case.regimens import Regimen
from her2board.case.terms import OptionKind
from her2board.evidence.lists import OF_THE_BRAIN, CriteriaLists, criteria_lists
from her2board.evidence.records import (
    BackgroundNotes,
    Caution,
    Cohort,
    Conflict,
    GuidelineGroup,
    LocalTherapyTrial,
    Pause,
    SequencingOption,
    Statement,
    Trial,
    WithdrawnValue,
)
from her2board.evidence.references import Reference, Source
from her2board.evidence.release_records import Consequence, Release, Remark
from her2board.evidence.terms import CohortClass, Design, LocalKind, WhyNotStated
from her2board.logic.criteria import AnyOf, Criterion, Leaf, leaves

if TYPE_CHECKING:  # most clinics have no local file
    from her2board.evidence.overlay import Overlay

INDEXES = (
    "criteria_by_fact",
    "comparisons",
    "cohorts_of_option",
    "remarks_of_cohort",
    "cautions_by_option",
    "statements_by_option",
    "conflicts_by_option",
    "implied",
    "places",
    "declined",
    "trials_by_id",
    "cohorts_by_id",
    "options_by_id",
    "statements",
)
"""What depends on the records alone, not on the language: it may be stored with them."""
_RULES = ("given", "given_metastatic", "progressed_on")
"""What a source may state of a drug by name instead of 'not given before'."""
_GIVEN = ("given", "given_metastatic")
"""What a source may state of a drug instead of nothing: that it was or was not given before."""


class EvidenceLibrary(Struct, frozen=True, dict=True):
    """A checked release. ``content_hash`` is SHA-256 over all its files."""

    release: Release
    vocabulary: Vocabulary
    references: dict[str, Reference]
    trials: tuple[Trial, ...]
    guidelines: tuple[GuidelineGroup, ...]
    conflicts: tuple[Conflict, ...]
    options: tuple[SequencingOption, ...]
    cautions: tuple[Caution, ...]
    local_therapy: tuple[LocalTherapyTrial, ...]
    background: tuple[BackgroundNotes, ...]
    pause: Pause
    content_hash: str
    withdrawn: tuple[WithdrawnValue, ...] = ()
    """What was withdrawn: it is listed with its reason, and is in none of the records above."""
    limits: Mapping[str, int] = field(default_factory=dict)
    """The clinic's own limits of age, in days by field; they take the place of the release's."""
    overlay: "Overlay | None" = None
    """What the clinic adds of its own; nothing above depends on it, and it is shown as local."""

    @cached_property
    def catalogue(self) -> dict[str, FactSpec]:
        """The facts a criterion may name."""
        return catalogue(self.vocabulary, self.regimens.values())

    @cached_property
    def fact_places(self) -> dict[str, int]:
        """By fact: its place in the catalogue, 0 first."""
        return {name: place for place, name in enumerate(self.catalogue)}

    @cached_property
    def regimens(self) -> dict[str, Regimen]:
        """By option: its regimen, where giving it together says whether it was used."""
        systemic = (o for o in self.options if o.kind is OptionKind.SYSTEMIC and o.drugs and o.used_when is None)
        return {o.id: Regimen(o.id, o.name, o.parts or o.drugs) for o in systemic}

    @property
    def as_reviewed(self) -> bool:
        """Return whether the files are those the release was reviewed with."""
        return self.content_hash == self.release.content_hash

    @cached_property
    def readable(self) -> dict[str, FactSpec]:
        """The facts worth reading from a case: those some criterion or refusal names, and those that are no drug's."""
        named = set(self.criteria_by_fact) | {of_drug("given", id_) for id_ in self.vocabulary.drugs}
        named |= {name for criterion in self.declined.values() for name in criterion.names}
        named |= self.overlay.facts if self.overlay else set()
        return {name: spec for name, spec in self.catalogue.items() if not spec.drug or name in named}

    @cached_property
    def criteria_by_fact(self) -> dict[str, tuple[Criterion, ...]]:
        """Every criterion of the release by the facts it names."""
        found: dict[str, list[Criterion]] = {}
        for criterion in self._criteria():
            for name in criterion.names:
                found.setdefault(name, []).append(criterion)
        return {name: tuple(criteria) for name, criteria in found.items()}

    @cached_property
    def comparisons(self) -> dict[str, tuple[Leaf, ...]]:
        """Every different comparison of the release by its fact: where representative answers lie."""
        found: dict[str, dict[tuple[object, ...], Leaf]] = {}
        for criterion in self._criteria():
            for leaf in leaves(criterion):
                found.setdefault(leaf.fact, {})[(leaf.operator, leaf.operand)] = leaf
        return {name: tuple(entries.values()) for name, entries in found.items()}

    @cached_property
    def lists(self) -> CriteriaLists:
        """Every list of criteria a case is compared with."""
        return criteria_lists(self.cohorts_by_id, self.implied, self.release.kept_open)

    @cached_property
    def consequences_of(self) -> dict[str, tuple[tuple[int, Consequence], ...]]:
        """By fact: what its answer decides, each with its place, 0 first."""
        found: dict[str, tuple[tuple[int, Consequence], ...]] = {}
        for place, entry in enumerate(self.release.consequences):
            for fact in entry.facts:
                found[fact] = (*found.get(fact, ()), (place, entry))
        return found

    @cached_property
    def bits(self) -> dict[str, int]:
        """By cohort: its bit in the lists of criteria."""
        return {id_: 1 << number for number, id_ in enumerate(sorted(self.cohorts_by_id))}

    @cached_property
    def cohorts_of_option(self) -> dict[str, tuple[str, ...]]:
        """By option: the cohorts of its trials."""
        return {
            o.id: (*(f"{id_}/{c.id}" for id_ in o.trials for c in self.trials_by_id[id_].cohorts), *o.cohorts)
            for o in self.options
        }

    @cached_property
    def silent_on_the_brain(self) -> frozenset[str]:
        """The cohorts of no class of brain metastases whose sources state nothing of them or of the leptomeninges."""
        return frozenset(
            f"{trial.id}/{cohort.id}"
            for trial, cohort in self.cohorts()
            if cohort.cns_class is CohortClass.NONE
            and not any(
                OF_THE_BRAIN & condition.names
                for condition in (*trial.population, *trial.entry, *cohort.population, *cohort.entry)
            )
        )

    @cached_property
    def wash_outs(self) -> dict[int, tuple[str, ...]]:
        """By identity of each condition that counts days, its facts: the row says what the days are counted to."""
        conditions = (
            condition
            for trial in self.trials
            for part in (trial.population, trial.entry, *((*c.population, *c.entry) for c in trial.cohorts))
            for condition in part
        )
        return {
            id(condition): tuple(condition.names)
            for condition in conditions
            if any(leaf.operator.endswith("days_before") for leaf in leaves(condition.when))
        }

    def _criteria(self) -> Iterator[Criterion]:
        for trial in self.trials:
            owners: tuple[Trial | Cohort, ...] = (trial, *trial.cohorts)
            for owner in owners:
                for condition in (*owner.population, *owner.entry):
                    yield condition.when
                    if condition.left_open is not None and condition.left_open.when is not None:
                        yield condition.left_open.when
        for option in self.options:
            yield from (condition.when for condition in option.conditions)
            if option.used_when is not None:
                yield option.used_when
        yield from (caution.when for caution in self.cautions)
        yield from (entry.when for entry in self.release.kept_open)
        yield from (entry.when for entry in self.release.remarks)
        yield from (entry.when for entry in self.release.not_asked if entry.when)
        yield from (entry.when for entry in self.release.consequences if entry.when)
        yield from (entry.when for entry in self.release.alerts)
        yield from (group.about for group in self.guidelines if group.about is not None)
        yield from (statement.when for _, statement in self.statements.values() if statement.when is not None)
        pause = self.pause
        yield from (item.when for item in pause.must_know)
        yield from (role.required_when for role in pause.disciplines if role.required_when is not None)
        for group in (pause.alternatives, pause.reasonable, pause.context, pause.if_chosen, pause.deferral):
            yield from (item.when for item in group if item.when is not None)
        if pause.local_first.when is not None:
            yield pause.local_first.when

    @cached_property
    def remarks_of_cohort(self) -> dict[str, tuple[tuple[Remark, WhyNotStated], ...]]:
        """By cohort: the remarks a recorded value would bring, on what its source does not state."""
        shared: dict[object, tuple[tuple[Remark, WhyNotStated], ...]] = {}
        found = {}
        for trial, cohort in self.cohorts():
            why = dict((*trial.not_stated, *cohort.not_stated))
            one = tuple(
                (r, why[r.fact]) for r in self.release.remarks if r.fact in why and self._about(r, trial, cohort)
            )
            found[f"{trial.id}/{cohort.id}"] = shared.setdefault(tuple((r.fact, w) for r, w in one), one)
        return found

    def _about(self, remark: Remark, trial: Trial, cohort: Cohort) -> bool:
        """Return whether a remark is about the study drugs of a cohort, and its outcomes."""
        drugs = trial.study_drugs if cohort.study_drugs is None else cohort.study_drugs
        members = frozenset().union(*map(self.vocabulary.members, remark.drugs))
        of_drugs = not remark.drugs or any(self.vocabulary.members(drug) & members for drug in drugs)
        return of_drugs and (not remark.cns_outcome or any(e.kind.of_cns for e in cohort.endpoints))

    @cached_property
    def cautions_by_option(self) -> dict[str, tuple[Caution, ...]]:
        """Cautions by the options they are about."""
        return {o.id: tuple(c for c in self.cautions if o.id in c.options) for o in self.options}

    @cached_property
    def statements_by_option(self) -> dict[str, tuple[tuple[GuidelineGroup, Statement], ...]]:
        """Statements by the options they are about, each with its group."""
        entries = self.statements.values()
        return {o.id: tuple((g, s) for g, s in entries if o.id in s.options) for o in self.options}

    @cached_property
    def conflicts_by_option(self) -> dict[str, tuple[Conflict, ...]]:
        """Conflicts between sources by the options they are about."""
        return {o.id: tuple(c for c in self.conflicts if o.id in c.options) for o in self.options}

    @cached_property
    def implied(self) -> dict[str, tuple[Leaf, ...]]:
        """By cohort: 'study drug not given before', for every drug on which the source states no rule."""
        found = {}
        for trial, cohort in self.cohorts():
            covered = self._ruled(trial, cohort)
            found[f"{trial.id}/{cohort.id}"] = tuple(
                Leaf(fact=of_drug("given", drug), operator="is", operand=False)
                for drug in (trial.study_drugs if cohort.study_drugs is None else cohort.study_drugs)
                if drug not in covered
            )
        return found

    def _ruled(self, trial: Trial, cohort: Cohort) -> frozenset[str]:
        """Return the drugs on whose earlier use a source states a rule: by name, or by excluding a class of theirs.

        To require a class is no rule about each drug in it.
        """
        conditions = (*trial.population, *cohort.population, *trial.entry, *cohort.entry)
        stated = [leaf for condition in conditions for leaf in leaves(condition.when)]
        ruled = {leaf.fact for leaf in stated if leaf.operand is False}
        ruled |= {entry.fact for entry in (*trial.allowed, *cohort.allowed)}
        drugs = [spec.drug for name in ruled if (spec := self.catalogue[name]).family in _GIVEN]
        named = [spec.drug for leaf in stated if (spec := self.catalogue[leaf.fact]).family in _RULES]
        return frozenset().union(*map(self.vocabulary.members, drugs), named)

    @cached_property
    def declined(self) -> dict[str, Criterion]:
        """By option: 'the patient declines it', its kind or a drug of it."""
        return {option.id: _refused(option) for option in self.options}

    @cached_property
    def trials_by_id(self) -> dict[str, Trial]:
        """Trials by id."""
        return {trial.id: trial for trial in self.trials}

    @cached_property
    def cohorts_by_id(self) -> dict[str, tuple[Trial, Cohort]]:
        """Cohorts by 'trial/cohort', each with its trial."""
        return {f"{trial.id}/{cohort.id}": (trial, cohort) for trial, cohort in self.cohorts()}

    @cached_property
    def options_by_id(self) -> dict[str, SequencingOption]:
        """Options by id."""
        return {option.id: option for option in self.options}

    @cached_property
    def statements(self) -> dict[str, tuple[GuidelineGroup, Statement]]:
        """Statements by id, each with its group."""
        return {statement.id: (group, statement) for group in self.guidelines for statement in group.statements}

    def with_limits(self, days: Mapping[str, int]) -> Self:
        """Return the same release with the clinic's own limits of age, in days by field."""
        return self._kept(replace(self, limits=days))

    def look_again_after(self, kind: LocalKind) -> int:
        """Return after how many days a local entry of a kind counts as stale: as the clinic, else the release says."""
        own: int | None = getattr(self.overlay.look_again_after, kind) if self.overlay else None
        return own or next(limit.days for limit in self.release.look_again if limit.kind == kind)

    def is_stale(self, kind: LocalKind, looked_at: str, as_of: date) -> bool:
        """Return whether a local entry is older on ``as_of`` than the limit of its kind."""
        return (as_of - date.fromisoformat(looked_at)).days > self.look_again_after(kind)

    def with_overlay(self, overlay: "Overlay") -> Self:
        """Return the same release beside what a clinic adds of its own, with its limits of age."""
        return self._kept(replace(self, overlay=overlay, limits=overlay.days))

    def without_overlay(self) -> Self:
        """Return the same release alone, with its own limits of age."""
        return self._kept(replace(self, overlay=None, limits={}))

    def _kept(self, changed: Self) -> Self:
        """Return a library of the same records with what was derived from them already."""
        changed.__dict__.update({name: self.__dict__[name] for name in INDEXES if name in self.__dict__})
        return changed

    @cached_property
    def places(self) -> dict[str, int]:
        """By cohort: its place where a case separates no cohorts: randomised, prospective, the rest; larger n; id."""
        listed = sorted(
            (_made(trial), -(cohort.n.value if cohort.n else 0), f"{trial.id}/{cohort.id}")
            for trial, cohort in self.cohorts()
        )
        return {id_: place for place, (*_, id_) in enumerate(listed)}

    def cohorts(self) -> Iterator[tuple[Trial, Cohort]]:
        """Yield every cohort with its trial."""
        for trial in self.trials:
            for cohort in trial.cohorts:
                yield trial, cohort

    def cite(self, source: Source) -> Reference:
        """Return the reference of a source."""
        return self.references[source.ref]

    def age_days(self, as_of: date) -> int:
        """Days from the release's own date to ``as_of``."""
        return self.release.age_days(as_of)


def _refused(option: SequencingOption) -> Criterion:
    kind = Leaf(fact="declines", operator="includes", operand=option.kind)
    drugs = (*(option.parts or option.drugs), *option.given_with)
    named = (Leaf(fact=of_drug("declined", id_), operator="is", operand=True) for id_ in drugs)
    return AnyOf(any=(kind, *named)) if drugs else kind


def _made(trial: Trial) -> int:
    """Return the place of a study by how it was made: randomised, prospective, the rest.

    A pool of subgroups is with the rest: it looks back, also where its trials did not.
    """
    if trial.design is Design.RANDOMISED:
        return 0
    return 1 if trial.prospective and trial.design is not Design.POOLED else 2
