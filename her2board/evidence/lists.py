"""The lists of criteria a case is compared with: each once, however many cohorts share it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from her2board.evidence.records import Cohort, Condition, Group, Trial
from her2board.evidence.release_records import KeptOpen
from her2board.evidence.terms import WhyNotStated
from her2board.logic.criteria import Leaf

OF_THE_BRAIN = frozenset({"cns_class", "brain_metastases", "leptomeningeal_disease", "leptomeningeal_status"})
"""The facts by which a source says which disease of the brain its patients had."""
_KIND = OF_THE_BRAIN | {"her2_status"}
"""The facts that say which kind of disease a cohort is about."""


class CriteriaList(NamedTuple):
    """Criteria that belong together: what a source states, or what is added to it."""

    group: Group
    criteria: tuple[Condition | Leaf | KeptOpen, ...]
    """What the source states; study drugs not given before; what stays open where a prospective source is silent."""
    about_kind: tuple[bool, ...]
    """By criterion: whether it says which kind of disease the cohort is about."""
    cohorts: int = 0
    """The cohorts that share it, one bit for each."""


class CriteriaLists(NamedTuple):
    """Every list of a release."""

    lists: tuple[CriteriaList, ...]
    of_cohort: dict[str, tuple[tuple[int, ...], tuple[int, ...]]]
    """By cohort: the places of its lists on the population and of those on entry, in the order they are shown in."""


def criteria_lists(
    cohorts: Mapping[str, tuple[Trial, Cohort]], implied: Mapping[str, tuple[Leaf, ...]], kept_open: Iterable[KeptOpen]
) -> CriteriaLists:
    """Return the lists of all ``cohorts``, by id as are those ``implied``."""
    open_facts = tuple(kept_open)
    places: dict[object, int] = {}
    lists: list[CriteriaList] = []
    of_cohort = {}
    for number, id_ in enumerate(sorted(cohorts)):
        trial, cohort = cohorts[id_]
        own: dict[Group, list[int]] = {"population": [], "entry": []}
        for same, found in _lists(trial, cohort, implied[id_], open_facts):
            place = places.setdefault(same, len(lists))
            if place == len(lists):
                lists.append(found)
            lists[place] = lists[place]._replace(cohorts=lists[place].cohorts | 1 << number)
            own[found.group].append(place)
        of_cohort[id_] = tuple(own["population"]), tuple(own["entry"])
    return CriteriaLists(tuple(lists), of_cohort)


def _list(group: Group, criteria: tuple[Condition | Leaf | KeptOpen, ...]) -> CriteriaList:
    return CriteriaList(group, criteria, tuple(not _KIND.isdisjoint(criterion.names) for criterion in criteria))


def _lists(
    trial: Trial, cohort: Cohort, implied: tuple[Leaf, ...], kept_open: tuple[KeptOpen, ...]
) -> Iterator[tuple[object, CriteriaList]]:
    """Yield the lists of one cohort, each with what it has in common with none but itself."""
    yield from _stated("population", (trial.population, cohort.population))
    if implied:
        yield frozenset(leaf.fact for leaf in implied), _list("population", implied)
    yield from _stated("entry", (trial.entry, cohort.entry))
    unstated = {name for name, why in (*trial.not_stated, *cohort.not_stated) if why is not WhyNotStated.NO_LIMIT}
    for entry in kept_open:
        if entry.fact in unstated and cohort.cns_class in (entry.classes or (cohort.cns_class,)):
            yield entry.fact, _list("population", (entry,))


def _stated(group: Group, lists: Iterable[tuple[Condition, ...]]) -> Iterator[tuple[object, CriteriaList]]:
    for conditions in lists:
        if conditions:
            yield (group, id(conditions)), _list(group, conditions)
