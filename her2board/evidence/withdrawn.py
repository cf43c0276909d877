"""What was withdrawn is used nowhere: neither the record, nor the names by which others point to it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from her2board.evidence import records as r
from her2board.evidence.checks import Document
from her2board.evidence.curation.units import as_printed, values_of
from her2board.evidence.naming import Place
from her2board.evidence.references import Withdrawable, Withdrawn
from her2board.evidence.terms import EndpointKind

WithdrawableT = TypeVar("WithdrawableT", bound=Withdrawable)


def current(records: Iterable[WithdrawableT]) -> tuple[WithdrawableT, ...]:
    """Return the records that were not withdrawn."""
    return tuple(record for record in records if record.withdrawn is None)


def current_trials(trials: Iterable[r.Trial]) -> tuple[r.Trial, ...]:
    """Return the trials as they are used: what has no cohort left is withdrawn with its cohorts."""
    kept = [
        trial.model_copy(update={"cohorts": tuple(map(_with_current_figures, cohorts))})
        for trial in current(trials)
        if (cohorts := current(trial.cohorts))
    ]
    ids = {trial.id for trial in kept}
    cohort_ids = {f"{trial.id}/{cohort.id}" for trial in kept for cohort in trial.cohorts}
    return tuple(
        trial.model_copy(
            update={
                "contains": _among(trial.contains, ids),
                "cohorts": tuple(
                    cohort.model_copy(update={"same_patients_as": _among(cohort.same_patients_as, cohort_ids)})
                    for cohort in trial.cohorts
                ),
            }
        )
        for trial in kept
    )


def _with_current_figures(cohort: r.Cohort) -> r.Cohort:
    arms = tuple(arm for arm in cohort.arms if arm.n.withdrawn is None)
    return cohort.model_copy(update={"n": _count(cohort.n), "arms": arms, "endpoints": current(cohort.endpoints)})


def _count(counted: r.Counted | None) -> r.Counted | None:
    return counted if counted is None or counted.withdrawn is None else None


def current_options(options: Iterable[r.SequencingOption], trials: Iterable[r.Trial]) -> Iterator[r.SequencingOption]:
    """Yield the options with those of their trials and cohorts that are there."""
    trials = tuple(trials)
    ids = {trial.id for trial in trials}
    cohort_ids = {f"{trial.id}/{cohort.id}" for trial in trials for cohort in trial.cohorts}
    for option in options:
        named = {"trials": _among(option.trials, ids), "cohorts": _among(option.cohorts, cohort_ids)}
        yield option.model_copy(update=named)


def current_guidelines(groups: Iterable[r.GuidelineGroup]) -> tuple[r.GuidelineGroup, ...]:
    """Return the documents with the statements that were not withdrawn; none without a statement."""
    kept = ((group, current(group.statements)) for group in groups)
    return tuple(group.model_copy(update={"statements": left}) for group, left in kept if left)


def current_conflicts(conflicts: Iterable[r.Conflict], groups: Iterable[r.GuidelineGroup]) -> tuple[r.Conflict, ...]:
    """Return the disagreements that are left: between two statements at least."""
    ids = {statement.id for group in groups for statement in group.statements}
    kept = (conflict.model_copy(update={"sides": _among(conflict.sides, ids)}) for conflict in current(conflicts))
    return tuple(conflict for conflict in kept if len(conflict.sides) > 1)


def current_background(themes: Iterable[r.BackgroundNotes]) -> tuple[r.BackgroundNotes, ...]:
    """Return the notes for readers that were not withdrawn, by theme."""
    kept = ((theme, current(theme.notes)) for theme in themes)
    return tuple(theme.model_copy(update={"notes": left}) for theme, left in kept if left)


def current_local(trials: Iterable[r.LocalTherapyTrial]) -> tuple[r.LocalTherapyTrial, ...]:
    """Return the trials of local therapy with the figures that were not withdrawn."""
    return tuple(
        trial.model_copy(update={"n": _count(trial.n), "endpoints": current(trial.endpoints)})
        for trial in current(trials)
    )


def _among(names: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in known)


def withdrawn_values(documents: Mapping[str, Document]) -> tuple[r.WithdrawnValue, ...]:
    """Return what was withdrawn, with its reason, in the order of the files."""
    found = {
        file: document
        for file, document in documents.items()
        if any(_is_withdrawn(kind, data) for _, kind, data in document.parts)
    }
    return tuple(
        r.WithdrawnValue(
            id=value.address,
            name=_named(found[value.file].data, value.place)[:600],
            withdrawn=Withdrawn.model_validate(value.content["withdrawn"]),
        )
        for value in values_of(found).values()
        if isinstance(value.content, dict) and value.content.get("withdrawn")
    )


def _named(document: Any, place: Place) -> str:
    """Return what a value says in short, after the names of what it is in: 'KAMILLA, Measurable: Median PFS 5.5'."""
    around = [document]
    for step in place:
        around.append(around[-1][step])
    *outer, value = around
    names = [str(data.get("name") or data.get("label") or data.get("body")) for data in outer if _has_name(data)]
    return ": ".join((", ".join(names), said(value))) if names else said(value)


def _has_name(data: Any) -> bool:
    return isinstance(data, dict) and any(data.get(key) for key in ("name", "label", "body"))


def _is_withdrawn(kind: Any, data: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel) and bool(data.get("withdrawn"))


def said(content: Mapping[str, Any]) -> str:
    """Return what a value says in short: its text or name, or kind, arm, figure and unit."""
    for key in ("text", "name", "label", "topic"):
        if content.get(key):
            return str(content[key])
    kind = content.get("kind")
    label = next((one.label for one in EndpointKind if one == kind), kind or "n")
    parts = (label, content.get("event"), content.get("arm"), as_printed(content.get("value")), content.get("unit"))
    return " ".join(str(part) for part in parts if part is not None) or str(content.get("id"))
