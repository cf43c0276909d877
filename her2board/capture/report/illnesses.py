"""Finds out whether a list of illnesses goes on behind those that are read: a part is not offered as all of it."""

from msgspec.structs import replace

from her2board.capture.report.context import is_said
from her2board.capture.report.model import Document, Event, Sentence
from her2board.capture.report.patterns import named

FIELD = "patient.comorbidity"
_GOES_ON, _ILLNESS, _OTHER = (
    named("illnesses_goes_on"),
    named("illnesses_words"),
    named("illnesses_other_sentence"),
)
_NEAR = 2
"""Sentences behind a list that may continue it."""
_OF_KNOWN_NAMES = ("comorbidity-named", "comorbidity-alone")
"""Rules that read known names only: another behind them is passed over."""


def is_partial(found: list[Event], document: Document) -> bool:
    """Tell whether an illness that none of the events reads is named beside those that are read."""
    lists = [event for event in found if event.field == FIELD and event.because is None]
    return any(_goes_on(event, document) or _is_followed(event, lists, document) for event in lists)


def _goes_on(event: Event, document: Document) -> bool:
    place = (document.marked, event.end, event.sentence.end)
    if " for " in document.marked[event.start : event.end]:
        return False  # 'apixaban for a PE, bisoprolol' goes on with drugs
    return event.rule in _OF_KNOWN_NAMES and _GOES_ON.match(*place) is not None


def _is_followed(event: Event, lists: list[Event], document: Document) -> bool:
    """Tell whether its own sentence, the one before it or one of the next names an illness that is in no list."""
    after = [one for one in document.sentences if one.start >= event.sentence.end][:_NEAR]
    alone = event.rule == "comorbidity-alone"
    before = [one for one in document.sentences if alone and one.end <= event.sentence.start][-1:]
    rest = replace(event.sentence, start=event.end)
    return any(_names_another(one, lists, document) for one in (*before, rest, *after))


def _names_another(sentence: Sentence, lists: list[Event], document: Document) -> bool:
    start, end = sentence.start, sentence.end
    if sentence.role in ("family", "person", "allergies", "plan") or _OTHER.search(document.plain, start, end):
        return False
    return any(
        not any(one.start <= match.start() < one.end for one in lists)
        and not is_said("negated", document.marked, *match.span(), start, end)
        for match in _ILLNESS.finditer(document.marked, start, end)
    )
