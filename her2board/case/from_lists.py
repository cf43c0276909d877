"""What a summary field takes from its list while nothing is recorded in it, so that nothing is typed twice."""

from collections.abc import Callable
from typing import Any, NamedTuple

from her2board.case.brain_sites import in_brainstem, in_posterior_fossa, part_of
from her2board.case.lesions import (
    classes_listed,
    count_words,
    largest_listed,
    lesions_left,
    lesions_listed,
    measurable_by_size,
    necrosis_answered,
    none_left,
    with_necrosis_open,
)
from her2board.case.model import Case
from her2board.case.treatment import had_local
from her2board.wording import tr


class Filled(NamedTuple):
    """What a list says in place of a field: the value the field would hold, and the same in words."""

    value: Any
    words: str


def from_lists(case: Case) -> dict[str, Filled]:
    """Return the fields of the summary that their lists fill, by path; a recorded field keeps what is recorded."""
    found = {}
    for path, read in FILLED.items():
        section, name = path.split(".")
        if getattr(getattr(case, section), name) is None and (filled := read(case)) is not None:
            found[path] = filled
    return found


def _present(case: Case) -> Filled | None:
    count = lesions_listed(case)
    if count is None or (count.low == 0 and count.high != 0):
        return None
    return _flag(count.low > 0)


def _count(case: Case) -> Filled | None:
    """Return the number of a complete list; a partial one gives no number, only the least."""
    count = lesions_listed(case)
    if count is None or case.brain.lesions.completeness != "complete":
        return None
    return Filled(count, count_words(count))


def _largest(case: Case) -> Filled | None:
    """Return the largest of a complete list in which every lesion left is measured."""
    left = [lesion for lesions in lesions_left(case) for lesion in lesions]
    largest = largest_listed(case)
    measured = all(lesion.diameter_mm for lesion in left)
    if largest is None or case.brain.lesions.completeness != "complete" or not measured:
        return None
    return Filled(largest, largest.shown())


def _measurable(case: Case) -> Filled | None:
    by_size = measurable_by_size(case) if case.brain.lesions.items else None
    return None if by_size is None else _flag(by_size)


def _class(case: Case) -> Filled | None:
    """Return the class of the lesions where it is settled; untreated where a complete list has no brain treatment."""
    listed = with_necrosis_open(case, classes_listed(case))
    untreated = had_local(case, "local_therapy").value is False and bool(lesions_left(case)[0])
    named = frozenset({"untreated"}) if untreated else listed.has
    if not named or (listed.maybe and not untreated):
        return None
    return Filled(tuple(sorted(named)), tr(" and ").join(sorted(named)))


def _sites(case: Case) -> Filled | None:
    """Return the sites of a complete list in which every lesion left has one; none where no lesion is left."""
    left = [lesion for lesions in lesions_left(case) for lesion in lesions]
    sites = tuple(dict.fromkeys(lesion.site for lesion in left if lesion.site))
    whole = case.brain.lesions.completeness == "complete" and all(lesion.site for lesion in left)
    return Filled(sites, ", ".join(sites) or tr("none")) if whole else None


def _anywhere(inside: Callable[[Any], bool | None]) -> Callable[[Case], Filled | None]:
    """Return what says whether a lesion lies in a part: yes from one, no only from all of a complete list."""

    def read(case: Case) -> Filled | None:
        surely, perhaps = lesions_left(case)
        if not surely and not perhaps:
            return _by_sites(case, inside)
        lies = [inside(part_of(lesion.site)) if lesion.site else None for lesion in (*surely, *perhaps)]
        if True in lies[: len(surely)]:
            return _flag(True)
        excluded = bool(lies) and all(one is False for one in lies)
        return _flag(False) if excluded and case.brain.lesions.completeness == "complete" else None

    return read


def _by_sites(case: Case, inside: Callable[[Any], bool | None]) -> Filled | None:
    """Return the same from the sites of the summary: yes from one, no only of a single metastasis that has one."""
    lies = [inside(part_of(site)) for site in case.brain.sites or ()]
    if none_left(case) or not lies:
        return None
    if True in lies:
        return _flag(True)
    count = case.brain.lesion_count
    single = count is not None and count.low == count.high == 1
    return _flag(False) if single and all(one is False for one in lies) else None


def _leptomeninges(case: Case) -> Filled | None:
    """Return that a positive cytology confirms leptomeningeal disease."""
    return Filled("confirmed", tr("confirmed by cytology")) if case.brain.csf_cytology == "positive" else None


def _necrosis(case: Case) -> Filled | None:
    return Filled(False, tr("no, tumour by histology")) if necrosis_answered(case) else None


def _flag(value: bool) -> Filled:
    return Filled(value, tr("yes") if value else tr("no"))


FILLED: dict[str, Callable[[Case], Filled | None]] = {
    "brain.metastases_present": _present,
    "brain.lesion_count": _count,
    "brain.largest_mm": _largest,
    "brain.measurable": _measurable,
    "brain.sites": _sites,
    "brain.brainstem": _anywhere(in_brainstem),
    "brain.posterior_fossa": _anywhere(in_posterior_fossa),
    "brain.leptomeninges": _leptomeninges,
    "brain.cns_class": _class,
    "brain.necrosis_in_question": _necrosis,
}
"""By field: what reads its list."""
