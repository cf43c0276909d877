"""Holds a drug that another sentence of the text says was stopped: it is not taken as one of now."""

import re
from itertools import islice

from msgspec.structs import replace

from her2board.capture.report.context import Context
from her2board.capture.report.matching import first_context
from her2board.capture.report.model import Document, Event, Sentence
from her2board.capture.report.moments import is_stopped, named_moment

_FIELDS = ("neurology.antiseizure_drugs", "patient.anticoagulated")
_SHORTEST = 5
"""Letters of a name of a drug: shorter words are no name."""
_NOT_SO: tuple[Context, ...] = ("planned", "conditional", "uncertain", "declined", "another_person")
_NOT_OF_HER_STATE = ("plan", "person", "family")


def without_stopped(found: list[Event], document: Document) -> list[Event]:
    """Return the events, a drug as earlier where another sentence says that it was stopped, and its own not of now."""
    drugs = {_name(event, document): event.field for event in found if _is_drug(event)}
    stops = {name: _stops(name, field, document) for name, field in drugs.items() if len(name) >= _SHORTEST}
    return [
        replace(event, because="earlier")
        if _is_drug(event) and _stopped_elsewhere(event, document, stops.get(_name(event, document), ()))
        else event
        for event in found
    ]


def _is_drug(event: Event) -> bool:
    return event.field in _FIELDS and event.because is None and event.value is not False


def _name(event: Event, document: Document) -> str:
    return document.plain[event.start : event.end].split("\n")[0]


def _stopped_elsewhere(event: Event, document: Document, stops: tuple[Sentence, ...]) -> bool:
    """Tell whether a sentence that stops a drug is another than its own, which does not say that it is taken now."""
    own = event.sentence
    if all(stop == own for stop in stops):
        return False
    return not named_moment("taken_now").search(document.marked, own.start, own.end)


def _stops(name: str, field: str, document: Document) -> tuple[Sentence, ...]:
    """Return the first two sentences that say that a drug was stopped, and nothing of now."""
    again = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    found = (
        one
        for one in document.sentences
        if one.role not in _NOT_OF_HER_STATE
        and any(
            _says_stopped(field, document, one, match.span())
            for match in again.finditer(document.plain, one.start, one.end)
        )
        and not named_moment("taken_now").search(document.marked, one.start, one.end)
    )
    return tuple(islice(found, 2))


def _says_stopped(field: str, document: Document, sentence: Sentence, name: tuple[int, int]) -> bool:
    return is_stopped(field, document, sentence, name) and not first_context(_NOT_SO, document, sentence, *name)
