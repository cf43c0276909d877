"""Reads the clinic's local file beside a case: access to options, open trials, statements. It changes no standing.

It reaches neither cohorts nor options nor cautions, and what is not in the file is not said.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from her2board.assessment.local_model import (
    AccessHere,
    LocalResult,
    LocalStatementResult,
    LocalTrialResult,
    OptionAccess,
)
from her2board.case.terms import Availability
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.records import SequencingOption
from her2board.evidence.terms import LocalKind
from her2board.logic.evaluate import evaluate
from her2board.logic.truth import all_of
from her2board.logic.values import Facts
from her2board.wording import Marked, tr

if TYPE_CHECKING:  # most clinics have no local file
    from her2board.evidence.overlay import LocalAccess, LocalService, LocalTrial, Overlay

_SERVICES: dict[str, tuple[str, Marked]] = {
    "radiosurgery_access": ("radiosurgery", "radiosurgery"),
    "hippocampal_avoidance_access": ("hippocampal_avoidance", "hippocampal avoidance"),
}
"""The fact by which an option asks for a kind of radiotherapy: its field in the local file, and its name."""
_ACCESS: dict[Availability, Marked] = {
    "here": "available here",
    "by_referral": "by referral to {where}",
    "not_available": "not available here",
}
_BRIEF: dict[str, Marked] = {
    "on_formulary": "on the formulary",
    "needs_approval": "needs approval",
    "not_available": "not available",
    "here": "available",
    "by_referral": "by referral",
}


def local_result(library: EvidenceLibrary, facts: Facts) -> LocalResult | None:
    """Return what the clinic's local file says beside a case; None where there is none, or only limits of age in it."""
    overlay, day = library.overlay, facts.as_of
    if overlay is None or not overlay.shows_something:
        return None
    access = ((option.id, _access(option, overlay, library, day)) for option in library.options)
    statements = (
        LocalStatementResult(one, library.is_stale(LocalKind.STATEMENTS, one.looked_at, day))
        for one in overlay.statements
    )
    return LocalResult(
        clinic=overlay.clinic,
        number=overlay.number,
        changed_on=overlay.changed_on,
        access={id_: found for id_, found in access if found.said},
        trials=tuple(_trial(trial, library, facts, compared=bool(library.options)) for trial in overlay.trials),
        statements=tuple(statements),
    )


def _access(option: SequencingOption, overlay: "Overlay", library: EvidenceLibrary, day: date) -> OptionAccess:
    """Return access to an option as a whole, else drug by drug: one that the file does not name stays unknown."""
    services = tuple(_services(option, overlay, library, day))
    if whole := overlay.access.get(("option", option.id)):
        return OptionAccess((_of_drug("", whole, library, day), *services), ())
    drugs = {id_: overlay.access.get(("drug", id_)) for id_ in option.drugs}
    entries = [entry for entry in drugs.values() if entry]
    if not entries:
        return OptionAccess(services, ())
    alike = len({(entry.status, entry.note) for entry in entries}) == 1 and len(entries) == len(drugs)
    if alike and not option.parts and option.used_when is None:
        oldest = min(entries, key=lambda entry: entry.looked_at)
        return OptionAccess((_of_drug("", oldest, library, day), *services), ())
    label = library.vocabulary.label
    named = (_of_drug(label(id_), entry, library, day) for id_, entry in drugs.items() if entry)
    return OptionAccess((*named, *services), tuple(label(id_) for id_, entry in drugs.items() if not entry))


def _of_drug(about: str, entry: "LocalAccess", library: EvidenceLibrary, day: date) -> AccessHere:
    stale = library.is_stale(LocalKind.FORMULARY, entry.looked_at, day)
    words, brief = tr(entry.status.label), tr(_BRIEF[entry.status])
    brief = f"{about} {brief}" if about else brief
    return AccessHere(about, str(entry.status), words, entry.note or "", entry.looked_at, stale, brief)


def _services(
    option: SequencingOption, overlay: "Overlay", library: EvidenceLibrary, day: date
) -> Iterator[AccessHere]:
    """Yield the radiotherapy that an option asks for, where the local file says whether it is given here."""
    asked = frozenset().union(*(condition.when.names for condition in option.conditions))
    for fact, (field, name) in _SERVICES.items():
        service: LocalService | None = getattr(overlay.radiotherapy, field)
        if fact in asked and service is not None:
            words = tr(_ACCESS[service.access]).format(where=service.where)
            stale = library.is_stale(LocalKind.RADIOTHERAPY, service.looked_at, day)
            brief, note = tr(_BRIEF[service.access]), service.note or ""
            yield AccessHere(tr(name), service.access, words, note, service.looked_at, stale, brief)


def _trial(trial: "LocalTrial", library: EvidenceLibrary, facts: Facts, *, compared: bool) -> LocalTrialResult:
    """Return a trial with its criteria on the case; without them where comparison is switched off."""
    findings = tuple(evaluate(one.when, facts)._replace(text=one.text) for one in trial.criteria if compared)
    truth = all_of([finding.truth for finding in findings]) if findings else None
    return LocalTrialResult(trial, findings, truth, library.is_stale(LocalKind.TRIALS, trial.looked_at, facts.as_of))
