"""Finds trials by any word of their record, by drug, class of brain metastases and design."""

from collections.abc import Iterator

from msgspec import Struct

from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.records import Cohort, Trial


class Wanted(Struct, frozen=True):
    """What to look for; empty means anything. ``drug`` is the id of a drug or class."""

    words: str = ""
    drug: str = ""
    cns_class: str = ""
    design: str = ""


class Search:
    """Looks through one release; the words of every trial are gathered once."""

    def __init__(self, library: EvidenceLibrary) -> None:
        self._library = library
        self._words = {trial.id: _words(library, trial) for trial in library.trials}

    def find(self, wanted: Wanted) -> tuple[tuple[Trial, tuple[Cohort, ...]], ...]:
        """Return the trials with those of their cohorts that are wanted, in the order of the release."""
        found = ((trial, tuple(self._cohorts(trial, wanted))) for trial in self._library.trials)
        return tuple((trial, cohorts) for trial, cohorts in found if cohorts)

    def _cohorts(self, trial: Trial, wanted: Wanted) -> Iterator[Cohort]:
        asked = wanted.words.casefold().split()
        if (wanted.design and trial.design != wanted.design) or any(w not in self._words[trial.id] for w in asked):
            return
        members = self._library.vocabulary.members(wanted.drug) if wanted.drug else frozenset()
        for cohort in trial.cohorts:
            drugs = set(trial.study_drugs if cohort.study_drugs is None else cohort.study_drugs)
            if (not wanted.drug or members & drugs) and wanted.cns_class in ("", cohort.cns_class):
                yield cohort


def drugs_studied(library: EvidenceLibrary) -> tuple[tuple[str, str], ...]:
    """Return id and name of every drug some trial studied, by name."""
    ids = {
        drug
        for trial, cohort in library.cohorts()
        for drug in (trial.study_drugs if cohort.study_drugs is None else cohort.study_drugs)
    }
    known = library.vocabulary.drugs
    return tuple(sorted(((id_, known[id_].name) for id_ in ids if id_ in known), key=lambda pair: pair[1].casefold()))


def _words(library: EvidenceLibrary, trial: Trial) -> str:
    """Return everything a person might look a trial up by, in small letters."""
    references = {trial.source.ref} | {end.source.ref for cohort in trial.cohorts for end in cohort.endpoints}
    owners: tuple[Trial | Cohort, ...] = (trial, *trial.cohorts)
    drugs = (library.vocabulary.drugs.get(id_) for owner in owners for id_ in owner.study_drugs or ())
    parts = [trial.id, trial.name, trial.registry, trial.regimen, trial.comparator, trial.note, trial.cns_relevance]
    for cohort in trial.cohorts:
        parts += [cohort.id, cohort.label, cohort.regimen, cohort.note]
    for drug in drugs:
        parts += [drug.name, drug.short, *drug.synonyms, *drug.brands, *drug.codes] if drug else []
    for ref in sorted(references):
        entry = library.references[ref]
        parts += [entry.short, entry.authors, entry.title, entry.journal, entry.doi, entry.pmid, entry.registry]
    return " ".join(part for part in parts if part).casefold()
