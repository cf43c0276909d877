"""Checks that need more than one record: ids, references, fact names and types, dates, pools."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from her2board.case.catalogue import FactSpec
from her2board.evidence import records as r
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.references import Reference, Source
from her2board.logic.criteria import Leaf

Place = tuple[Any, ...]
Complaint = tuple[str, Place, str]
_OPERATORS_OF = {
    "flag": {"is", "recorded"},
    "choice": {"is", "any_of", "none_of", "recorded"},
    "set": {"is", "any_of", "none_of", "includes", "excludes", "stratum", "recorded"},
    "number": {"at_least", "at_most", "above", "below", "between", "recorded"},
    "day": {"within_days_before", "at_least_days_before", "recorded"},
    "words": {"recorded"},
}


def check(library: EvidenceLibrary, records: dict[str, BaseModel]) -> Iterator[Complaint]:
    """Yield file, place and message of every problem between records."""
    for file, record in records.items():
        for place, part in walk(record):
            if isinstance(part, Source) and part.ref not in library.references:
                yield file, (*place, "ref"), f"no reference '{part.ref}' in references/"
            if isinstance(part, Leaf):
                yield from ((file, place, told) for told in _leaf_problems(part, library.catalogue))
        yield from ((file, place, told) for place, told in _names(record, library))
    yield from _duplicates(records)
    yield from _release(records)


_HOLDS_RECORDS = (BaseModel, tuple)


def walk(part: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield every record inside ``part`` with its place."""
    if isinstance(part, BaseModel):
        yield place, part
        for name, value in vars(part).items():
            if isinstance(value, _HOLDS_RECORDS):
                yield from walk(value, (*place, name))
    else:
        for index, entry in enumerate(part):
            if isinstance(entry, _HOLDS_RECORDS):
                yield from walk(entry, (*place, index))


def _leaf_problems(leaf: Leaf, catalogue: dict[str, FactSpec]) -> Iterator[str]:
    spec = catalogue.get(leaf.fact)
    if spec is None:
        yield f"no fact is called '{leaf.fact}'"
        return
    if leaf.operator not in _OPERATORS_OF[spec.kind]:
        yield f"'{leaf.operator}' does not fit '{leaf.fact}', which is a {spec.kind}"
        return
    operands = leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,)
    if spec.options and leaf.operator != "recorded":
        for operand in operands:
            if operand not in spec.options:
                yield f"'{leaf.fact}' is one of {', '.join(spec.options)}, not {operand!r}"
    if spec.kind == "flag" and not isinstance(leaf.operand, bool):
        yield f"'{leaf.fact}' is true or false, not {leaf.operand!r}"


Wanted = Iterator[tuple[Place, Iterable[str], Iterable[str], str]]


def _names(record: BaseModel, library: EvidenceLibrary) -> Iterator[tuple[Place, str]]:
    """Yield ids inside a record that name nothing."""
    finder = _FINDERS.get(type(record))
    for place, names, known, kind in finder(record, library) if finder else ():
        yield from ((place, f"no {kind} is called '{name}'") for name in names if name not in known)


def _in_trial(trial: r.Trial, library: EvidenceLibrary) -> Wanted:
    cohorts = {f"{other.id}/{cohort.id}" for other, cohort in library.cohorts()}
    yield ("study_drugs",), trial.study_drugs, library.vocabulary.ids, "drug"
    yield ("contains",), trial.contains, library.trials_by_id, "trial"
    yield ("not_stated",), trial.not_stated, library.catalogue, "fact"
    yield ("allowed",), (entry.fact for entry in trial.allowed), library.catalogue, "fact"
    for index, cohort in enumerate(trial.cohorts):
        place = ("cohorts", index)
        yield (*place, "not_stated"), cohort.not_stated, library.catalogue, "fact"
        yield (*place, "allowed"), (entry.fact for entry in cohort.allowed), library.catalogue, "fact"
        yield (*place, "study_drugs"), cohort.study_drugs or (), library.vocabulary.ids, "drug"
        yield (*place, "same_patients_as"), cohort.same_patients_as, cohorts, "cohort"


def _in_guideline(group: r.GuidelineGroup, library: EvidenceLibrary) -> Wanted:
    yield ("ref",), (group.ref,), library.references, "reference"
    for index, statement in enumerate(group.statements):
        yield ("statements", index, "options"), statement.options, library.options_by_id, "option"


def _in_option(option: r.SequencingOption, library: EvidenceLibrary) -> Wanted:
    yield ("drugs",), option.drugs, library.vocabulary.drugs, "drug"
    yield ("trials",), option.trials, library.trials_by_id, "trial"


def _in_caution(caution: r.Caution, library: EvidenceLibrary) -> Wanted:
    yield ("options",), caution.options, library.options_by_id, "option"


def _in_conflicts(record: r.Conflicts, library: EvidenceLibrary) -> Wanted:
    for index, conflict in enumerate(record.conflicts):
        yield ("conflicts", index, "sides"), conflict.sides, library.statements, "statement"
        yield ("conflicts", index, "options"), conflict.options, library.options_by_id, "option"


def _in_pause(pause: r.Pause, library: EvidenceLibrary) -> Wanted:
    for name in ("alternatives", "reasonable", "context", "if_chosen", "deferral"):
        for index, item in enumerate(getattr(pause, name)):
            yield (name, index, "option"), (item.option,) if item.option else (), library.options_by_id, "option"


_FINDERS: dict[type[BaseModel], Callable[[Any, EvidenceLibrary], Wanted]] = {
    r.Trial: _in_trial,
    r.GuidelineGroup: _in_guideline,
    r.SequencingOption: _in_option,
    r.Caution: _in_caution,
    r.Conflicts: _in_conflicts,
    r.Pause: _in_pause,
}


def _duplicates(records: dict[str, BaseModel]) -> Iterator[Complaint]:
    seen: dict[tuple[str, str], str] = {}
    for file, record in records.items():
        for place, part in walk(record):
            id_ = getattr(part, "id", None)
            if id_ is None or isinstance(part, r.Cohort):
                continue
            key = (type(part).__name__, id_)
            if key in seen:
                yield file, (*place, "id"), f"the id '{id_}' already stands in {seen[key]}"
            seen.setdefault(key, file)
        if isinstance(record, r.Trial):
            ids = [cohort.id for cohort in record.cohorts]
            for index, id_ in enumerate(ids):
                if id_ in ids[:index]:
                    yield file, ("cohorts", index, "id"), f"the cohort '{id_}' stands here twice"


def _release(records: dict[str, BaseModel]) -> Iterator[Complaint]:
    release = next(record for record in records.values() if isinstance(record, r.Release))
    as_of = date.fromisoformat(release.as_of)
    if date.fromisoformat(release.review_by) <= as_of:
        yield (
            "release.yaml",
            ("review_by",),
            f"review_by {release.review_by} is not after as_of {release.as_of}",
        )
    for file, record in records.items():
        year = getattr(record, "year", None)
        if isinstance(record, Reference | r.Trial | r.GuidelineGroup) and year is not None and year > as_of.year:
            yield file, ("year",), f"year {year} lies after the release's as_of {release.as_of}"
