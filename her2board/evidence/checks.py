"""Checks that need more than one record: ids, names, fact types, dates. They read documents as they are in the files,
so that a record of the wrong shape is checked as far as it goes.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ValidationError

from her2board.case.catalogue import FactKind, FactSpec, catalogue
from her2board.case.drugs import DrugList, Vocabulary
from her2board.case.fields import field_by_path
from her2board.evidence import records as r
from her2board.evidence.naming import NamedKind, Names, Part, Place, parts
from her2board.evidence.references import Reference
from her2board.evidence.release_records import Release
from her2board.evidence.terms import Design, WhyNotStated
from her2board.logic.criteria import Leaf, Operator
from her2board.wording import did_you_mean

Complaint = tuple[str, Place, str]
"""File, place and message."""
OPERATORS: dict[FactKind, tuple[Operator, ...]] = {
    "flag": ("is", "recorded"),
    "choice": ("is", "any_of", "none_of", "recorded"),
    "set": ("is", "any_of", "none_of", "includes", "excludes", "stratum", "recorded"),
    "number": ("at_least", "at_most", "above", "below", "between", "recorded"),
    "day": ("within_days_before", "at_least_days_before", "recorded"),
    "words": ("recorded",),
}
"""The comparisons that fit each type of fact."""
_SERIES = (Design.POOLED, Design.RETROSPECTIVE)
_DEFINES: dict[type[BaseModel], tuple[NamedKind, ...]] = {
    Reference: ("reference",),
    r.Trial: ("trial", "cohort"),
    r.SequencingOption: ("option",),
    r.Statement: ("statement",),
}
"""What each kind of record defines: a trial its cohorts too."""


class Document:
    """A file of a release: what it should be, and what is in it; None where it could not be read."""

    def __init__(self, model: type[BaseModel], data: Any) -> None:
        self.model = model
        self.data = data

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Its records, and its texts that name something."""
        return tuple(parts(self.model, self.data))


def check(documents: Mapping[str, Document]) -> Iterator[Complaint]:
    """Yield file, place and message of every problem between records."""
    vocabulary = _vocabulary(documents)
    facts = catalogue(vocabulary) if vocabulary else {}
    known = _known(documents)
    if vocabulary:
        known |= {"fact": facts, "drug": vocabulary.drugs, "drug or class": vocabulary.ids}
    for file, document in documents.items():
        for place, part, value in document.parts:
            if isinstance(part, Names):
                yield from ((file, place, words) for words in unknown_name(part.kind, value, known))
            elif part is Leaf:
                yield from ((file, (*place, *inner), words) for inner, words in leaf_problems(value, facts, known))
    yield from _duplicates(documents)
    yield from _dates(documents)
    for file, document in documents.items():
        for place, part, value in document.parts:
            if part is r.Trial:
                yield from ((file, (*place, *inner), words) for inner, words in _not_stated(value))


def _not_stated(trial: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    """Yield facts listed twice, and reasons that do not fit the kind of study: only a series has no entry limits."""
    series = trial.get("design") in _SERIES or trial.get("prospective") is False
    listed: dict[str, str] = {}
    cohorts = enumerate(_entries(trial.get("cohorts")))
    owners: list[tuple[Place, Any]] = [((), trial), *((("cohorts", index), cohort) for index, cohort in cohorts)]
    for place, owner in owners:
        own = dict(listed)
        for why in WhyNotStated if isinstance(owner, dict) else ():
            for index, name in enumerate(_entries(owner.get(why))):
                if not isinstance(name, str):
                    continue  # reported as a value of the wrong shape
                where = (*place, str(why), index)
                if name in own:
                    yield where, f"'{name}' is listed under '{own[name]}' already"
                if series is not (why is WhyNotStated.NO_LIMIT):
                    kind = "a pooled or retrospective series" if series else "a prospective study"
                    yield where, f"'{name}' is under '{why}', which does not fit {kind}"
                own[name] = str(why)
        listed = own if owner is trial else listed


def _vocabulary(documents: Mapping[str, Document]) -> Vocabulary | None:
    """Return the drugs; None while their list cannot be used."""
    data = next((document.data for document in documents.values() if document.model is DrugList), None)
    try:
        return Vocabulary(DrugList.model_validate(data))
    except ValidationError:
        return None


def _known(documents: Mapping[str, Document]) -> dict[NamedKind, Collection[str]]:
    """Return the ids of each kind; a kind is left out where something that has such an id could not be read."""
    known: dict[NamedKind, set[str]] = {kind: set() for kinds in _DEFINES.values() for kind in kinds}
    unread: set[NamedKind] = set()
    for document in documents.values():
        if not isinstance(document.data, dict):
            unread.update(kind for part in (document.model, r.Statement) for kind in _DEFINES.get(part, ()))
        for _, part, value in document.parts:
            for kind in _DEFINES.get(part, ()) if isinstance(part, type) else ():
                ids = _cohort_ids(value) if kind == "cohort" else (value.get("id"),)
                known[kind].update(id_ for id_ in ids if isinstance(id_, str))
                unread.update(kind for id_ in ids if not isinstance(id_, str))
    return {"field": field_by_path(), **{kind: ids for kind, ids in known.items() if kind not in unread}}


def _cohort_ids(trial: Mapping[str, Any]) -> list[str | None]:
    """Return the full ids of the cohorts of a trial; None for one that has none."""
    cohorts = trial.get("cohorts")
    ids = [cohort.get("id") if isinstance(cohort, dict) else None for cohort in _entries(cohorts)]
    return [f"{trial.get('id')}/{id_}" if isinstance(id_, str) else None for id_ in ids]


def _entries(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def unknown_name(kind: NamedKind, name: Any, known: Mapping[NamedKind, Collection[str]]) -> Iterator[str]:
    """Yield what is wrong with a name that nothing of its kind has."""
    if isinstance(name, str) and kind in known and name not in known[kind]:
        yield f"no {kind} is called '{name}'{did_you_mean(name, known[kind])}"


def leaf_problems(
    leaf: Mapping[str, Any], facts: Mapping[str, FactSpec], known: Mapping[NamedKind, Collection[str]]
) -> Iterator[tuple[Place, str]]:
    """Yield place and message of what keeps a comparison from being made: an unknown fact, an answer it cannot have."""
    name = str(leaf.get("fact"))
    yield from ((("fact",), words) for words in unknown_name("fact", name, known))
    if name not in facts:
        return
    try:
        found = Leaf.model_validate(leaf)
    except ValidationError:  # reported with the shape of the record
        return
    yield from (((found.operator, *inner), words) for inner, words in _operand_problems(found, facts[name]))


def _operand_problems(leaf: Leaf, spec: FactSpec) -> Iterator[tuple[Place, str]]:
    if leaf.operator not in OPERATORS[spec.kind]:
        yield (), f"'{leaf.operator}' does not fit '{leaf.fact}', which is a {spec.kind}"
        return
    several = isinstance(leaf.operand, tuple)
    if spec.options and leaf.operator != "recorded":
        for index, operand in enumerate(leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,)):
            if operand not in spec.options:
                words = f"'{leaf.fact}' is one of {', '.join(spec.options)}, not {operand!r}"
                yield (index,) if several else (), words
    if spec.kind == "flag" and not isinstance(leaf.operand, bool):
        yield (), f"'{leaf.fact}' is true or false, not {leaf.operand!r}"


def _duplicates(documents: Mapping[str, Document]) -> Iterator[Complaint]:
    first: dict[tuple[Any, Any], str] = {}
    for file, document in documents.items():
        for place, part, value in document.parts:
            if part is r.Trial:
                yield from ((file, (*place, "cohorts", *inner), words) for inner, words in _cohorts_twice(value))
            if isinstance(part, Names) or part is r.Cohort or "id" not in value:
                continue
            key = (part, str(value["id"]))
            if key in first:
                yield file, (*place, "id"), f"the id '{value['id']}' is a duplicate: {first[key]} has it"
            first.setdefault(key, file)


def _cohorts_twice(trial: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    ids = _cohort_ids(trial)
    for index, id_ in enumerate(ids):
        if id_ is not None and id_ in ids[:index]:
            yield (index, "id"), f"the cohort '{id_.partition('/')[2]}' is a duplicate in this trial"


def _dates(documents: Mapping[str, Document]) -> Iterator[Complaint]:
    """Yield what is dated after the release, and a review that is not."""
    release = next((one.data for one in documents.values() if one.model is Release), None)
    as_of, review_by = (_day(release, name) for name in ("as_of", "review_by"))
    if as_of is None:
        return
    if review_by is not None and review_by <= as_of:
        yield "release.yaml", ("review_by",), f"review_by {review_by} is not after as_of {as_of}"
    for file, document in documents.items():
        year = document.data.get("year") if isinstance(document.data, dict) else None
        if document.model in (Reference, r.Trial, r.GuidelineGroup) and isinstance(year, int) and year > as_of.year:
            yield file, ("year",), f"year {year} is after the release's as_of {as_of}"


def _day(document: Any, name: str) -> date | None:
    try:
        return date.fromisoformat(document[name])
    except (KeyError, TypeError, ValueError):  # reported with the shape of the record
        return None
