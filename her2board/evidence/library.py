"""The release as the assessment uses it: frozen records by id."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from her2board.case.drugs import Vocabulary
from her2board.case.facts import FactSpec, catalogue
from her2board.evidence.records import (
    Caution,
    Cohort,
    Conflict,
    GuidelineGroup,
    LocalTherapyTrial,
    Pause,
    Release,
    SequencingOption,
    Statement,
    Trial,
)
from her2board.evidence.references import Reference, Source


@dataclass(frozen=True)
class EvidenceLibrary:
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
    pause: Pause
    content_hash: str

    @cached_property
    def catalogue(self) -> dict[str, FactSpec]:
        """The facts a criterion may name."""
        return catalogue(self.vocabulary)

    @cached_property
    def trials_by_id(self) -> dict[str, Trial]:
        """Trials by id."""
        return {trial.id: trial for trial in self.trials}

    @cached_property
    def statements(self) -> dict[str, tuple[GuidelineGroup, Statement]]:
        """Statements by id, each with its group."""
        return {statement.id: (group, statement) for group in self.guidelines for statement in group.statements}

    def cohorts(self) -> Iterator[tuple[Trial, Cohort]]:
        """Yield every cohort with its trial."""
        for trial in self.trials:
            for cohort in trial.cohorts:
                yield trial, cohort

    def cohort(self, full_id: str) -> tuple[Trial, Cohort]:
        """Return a cohort by 'trial/cohort'; KeyError if there is none."""
        trial_id, _, cohort_id = full_id.partition("/")
        trial = self.trials_by_id[trial_id]
        return trial, next(cohort for cohort in trial.cohorts if cohort.id == cohort_id)

    def cite(self, source: Source) -> Reference:
        """Return the reference of a source."""
        return self.references[source.ref]

    def age_days(self, as_of: date) -> int:
        """Days from the release's own date to ``as_of``."""
        return (as_of - date.fromisoformat(self.release.as_of)).days
