"""Which cohorts hold the same patients, so that nobody is counted twice."""

from collections.abc import Iterable

from msgspec import Struct

from her2board.evidence.library import EvidenceLibrary


class CountedOnce(Struct, frozen=True):
    """A choice of cohorts without shared patients, and the ones set aside with what holds them."""

    kept: tuple[str, ...]
    aside: tuple[tuple[str, tuple[str, ...]], ...]


def overlaps(library: EvidenceLibrary) -> dict[str, frozenset[str]]:
    """Return, by full cohort id, the cohorts that hold some or all of the same patients.

    As stated by the records, and every cohort of a pooled study with every cohort of the studies it contains.
    """
    found: dict[str, set[str]] = {f"{trial.id}/{cohort.id}": set() for trial, cohort in library.cohorts()}
    for trial, cohort in library.cohorts():
        id_ = f"{trial.id}/{cohort.id}"
        members = (
            f"{member}/{inner.id}" for member in trial.contains for inner in library.trials_by_id[member].cohorts
        )
        for other in (*cohort.same_patients_as, *members):
            found[id_].add(other)
            found[other].add(id_)
    return {id_: frozenset(others) for id_, others in found.items()}


def counted_once(library: EvidenceLibrary, ids: Iterable[str]) -> CountedOnce:
    """Return cohorts among ``ids`` that share no patients: larger n first, then id."""
    shared = overlaps(library)
    kept: list[str] = []
    aside: list[tuple[str, tuple[str, ...]]] = []
    for id_ in sorted(ids, key=lambda id_: (-_size(library, id_), id_)):
        holding = tuple(other for other in kept if other in shared[id_])
        if holding:
            aside.append((id_, holding))
        else:
            kept.append(id_)
    return CountedOnce(tuple(kept), tuple(aside))


def _size(library: EvidenceLibrary, id_: str) -> int:
    _, cohort = library.cohorts_by_id[id_]
    return cohort.n.value if cohort.n else 0
