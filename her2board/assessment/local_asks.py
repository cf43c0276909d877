"""What the criteria of the clinic's own trials wait for, as questions beside those of the evidence."""

from collections import defaultdict
from typing import NamedTuple

from her2board.assessment.model import Ask, Assessment
from her2board.case.fields import field_places
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.truth import Truth


class LocalAsk(NamedTuple):
    """A fact that only the clinic's own trials ask for, or they too, and which trials those are."""

    ask: Ask
    trials: tuple[str, ...]
    alone: bool
    """Whether nothing of the evidence waits for it."""


def local_asks(assessment: Assessment, library: EvidenceLibrary) -> tuple[LocalAsk, ...]:
    """Return the fields that open criteria of local trials wait for, in the order of the form.

    A trial that differs from the case already waits for nothing. Nothing here reaches what the evidence asks.
    """
    if assessment.local is None:
        return ()
    facts: dict[str, set[str]] = defaultdict(set)
    trials: dict[str, dict[str, None]] = defaultdict(dict)
    for result in assessment.local.trials:
        missing = {name for found in result.of(Truth.UNKNOWN) for name in found.facts_missing}
        for name in missing if result.truth is Truth.UNKNOWN else ():
            field = library.catalogue[name].fields[0]
            facts[field].add(name)
            trials[field][result.trial.name] = None
    asked = {field for ask in assessment.ask_next for field in ask.fields}
    order = field_places()
    return tuple(
        LocalAsk(_ask(field, tuple(sorted(facts[field])), library), tuple(trials[field]), field not in asked)
        for field in sorted(facts, key=order.__getitem__)
    )


def _ask(field: str, names: tuple[str, ...], library: EvidenceLibrary) -> Ask:
    label = ", ".join(library.catalogue[name].label for name in names)
    return Ask(field, "", label, library.catalogue[names[0]].asks, names, cohorts=0, options=0, points=0)
