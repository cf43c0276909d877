"""Holds what a report offers against itself: what its own lesions exceed, or its own day precedes, is not offered."""

import re
from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from her2board.capture.report.context import CONTEXTS, is_said
from her2board.capture.report.illnesses import FIELD, is_partial
from her2board.capture.report.model import Document, Event, Sentence
from her2board.capture.report.moments import is_of_another_moment
from her2board.capture.report.patterns import compiled, named
from her2board.capture.report.symptoms import others_in

_COUNT, _LARGEST, _LESIONS = "brain.lesion_count", "brain.largest_mm", "brain.lesions[]"
_LINES = "systemic.lines[]"


_OTHER_FOCI, _REFERS_BACK = named("imaging_other_foci"), named("imaging_largest_of")
_NOUN = named("lesions_noun")
_SPREAD, _NOT_SPREAD = named("imaging_spread_here"), named("imaging_not_spread")
_SYMPTOMS, _TREND = "neurology.symptoms", "neurology.trend"
_WORSE = named("symptoms_getting_worse")
_OF_NOW, _PAST = ("title", "body", "findings", "impression"), named("symptoms_past")
_SEIZURE_FREE = named("symptoms_seizure_free")
_LISTS = ("patient.comorbidity", _SYMPTOMS)
_NUMBERS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "one": 1,
}
_OF_ONE_DAY = ("clinic_letter", "emergency_note", "board_note")
_DAYS = ("start", "stop", "day")
_SITES, _SITE_NEXT = "systemic.extracranial_sites", compiled(r"(?<=;)[\s\x02]?{organ} ?\(?{date}")
_FULL = 10
"""Characters of a date with its day: a text is written on a day, 'in 2019' is something else."""


def consistent(events: Iterable[Event], document: Document) -> list[Event]:
    """Return the events, those that the text itself speaks against marked as open or planned."""
    found = list(events)
    lesions = [event.value for event in found if event.field == _LESIONS and event.because is None]
    distinct = {(lesion.get("site"), lesion.get("diameter_mm")) for lesion in lesions}
    sizes = [lesion["diameter_mm"] for lesion in lesions if "diameter_mm" in lesion]
    written = _written_on(document)
    none_left = any(event.field == _COUNT and event.because is None and _is_none(event.value) for event in found)
    found = [_of_something_else(event, document, none_left=none_left) for event in found]
    listed = [
        item for event in found if event.field == _SYMPTOMS and event.because is None for item in event.value or ()
    ]
    if listed and _has_others(document, listed):
        found = [replace(event, because="open") if _is_offered(event, _SYMPTOMS) else event for event in found]
    if any(_is_offered(event, _TREND) and event.value != "worsening" for event in found) and _gets_worse(document):
        found = [replace(event, because="open") if _is_offered(event, _TREND) else event for event in found]
    checked = (_open(_planned(event, written), len(distinct), max(sizes, default=0)) for event in found)
    totals = frozenset(_NUMBERS.get(m["all"]) or int(m["all"]) for m in _OF_SO_MANY.finditer(document.plain))
    kept = [replace(event, because="open") if _is_part(event, document, totals) else event for event in checked]
    if not is_partial(kept, document):
        return kept
    return [replace(event, because="open") if _is_offered(event, FIELD) else event for event in kept]


def _is_offered(event: Event, field: str) -> bool:
    return event.field == field and event.because is None


def _has_others(document: Document, listed: list[str]) -> bool:
    """Tell whether the text names a symptom of now that is not among those listed: what is listed is a part."""
    past = ["seizures"] if _SEIZURE_FREE.search(document.plain) else []
    for sentence in document.sentences:
        if sentence.role not in _OF_NOW or _PAST.search(document.marked, sentence.start, sentence.end):
            continue
        words = document.plain[sentence.start : sentence.end]
        for start, end in others_in(words, [*listed, *past]):
            place = sentence.start + start, sentence.start + end
            bounds = sentence.start, sentence.end
            if is_of_another_moment(_SYMPTOMS, document, sentence, place, place):
                continue
            if not any(is_said(context, document.marked, *place, *bounds) for context in CONTEXTS):
                return True
    return False


def _gets_worse(document: Document) -> bool:
    """Return whether any sentence of now says that a symptom is new, worse, or back."""
    for sentence in document.sentences:
        if sentence.role not in _OF_NOW or _PAST.search(document.marked, sentence.start, sentence.end):
            continue
        for match in _WORSE.finditer(document.plain, sentence.start, sentence.end):
            place = (*match.span(), sentence.start, sentence.end)
            if not any(is_said(context, document.marked, *place) for context in CONTEXTS):
                return True
    return False


def _is_none(count: Any) -> bool:
    return isinstance(count, dict) and count.get("high") == 0


def _of_something_else(event: Event, document: Document, *, none_left: bool) -> Event:
    """Return a size as another thing's where the text names no lesion left, or its sentence foci that are no spread."""
    if document.kind != "brain_mri" or event.field not in (_LARGEST, _LESIONS) or event.because is not None:
        return event
    sentence = event.sentence
    own = document.plain[sentence.start : sentence.end]
    refers = _REFERS_BACK.match(own) is not None or not _NOUN.search(own)
    words = f"{_named_before(document, sentence)} {own}" if refers else own
    either = _REFERS_BACK.match(own) and _OTHER_FOCI.search(words)
    spread = not either and _SPREAD.search(words) and not _NOT_SPREAD.search(words)
    other = event.field == _LARGEST or refers
    if none_left or (other and not spread and _OTHER_FOCI.search(words)):
        return replace(event, because="another_thing")
    return event


def _named_before(document: Document, sentence: Sentence) -> str:
    """Return the last sentence above that names what an item without a name of its own is one of."""
    above = [document.plain[one.start : one.end] for one in document.sentences if one.start < sentence.start]
    return next((words for words in reversed(above) if _NOUN.search(words) or _OTHER_FOCI.search(words)), "")


_NUMBER = rf"(?:{'|'.join(_NUMBERS)}|\d{{1,2}})"
_OF_SO_MANY = re.compile(rf"(?<!\w){_NUMBER} of (?:the |her |these )?(?:\w+ )?(?P<all>{_NUMBER}) ")
_NUMBERED = named("imaging_numbered")
_TWO = re.compile(r"(?<!\w)(?:2|two|zwei|deux|due|dos)(?!\w)")
_GOES_ON = re.compile(r"[^:>\n]{3,60}$")


def _is_part(event: Event, document: Document, totals: frozenset[int]) -> bool:
    """Tell whether a value is a part only: one of several lesions, or a list that goes on behind a semicolon.

    ``totals``: the numbers of lesions that the text names as all of which it describes some.
    """
    if event.because is not None:
        return False
    if event.field == _COUNT:
        if _is_a_word(event, document) and _NUMBERED.search(document.plain):
            return True
        return bool(totals) and event.value is not None and event.value.get("low") not in totals
    if event.field == _SITES and _SITE_NEXT.match(document.marked, event.sentence.end):
        return True
    if event.field not in _LISTS or document.plain[event.sentence.end - 1] != ";":
        return False
    after = next((one for one in document.sentences if one.start >= event.sentence.end), None)
    return after is not None and not after.starts_line and bool(_GOES_ON.match(document.plain[after.start : after.end]))


def _is_a_word(event: Event, document: Document) -> bool:
    """Tell whether a count is 'multiple' or 'several' and no number: it says less than a number beside it."""
    return event.value == {"low": 2} and not _TWO.search(document.plain, event.start, event.end)


def _written_on(document: Document) -> str:
    """Return the latest day in the title of a text of one day; empty where there is none."""
    if document.kind not in _OF_ONE_DAY:
        return ""
    titles = [one for one in document.sentences if one.role == "title"][:3]
    found = [day for one in titles for day in document.dates_in(one.start, one.end)]
    return max((iso for day in found for iso in day.isos if len(iso) == _FULL), default="")


def _planned(event: Event, written: str) -> Event:
    """Return an entry as planned where its own days are after the day its text was written on."""
    values: list[Any] = [reading.value for reading in event.readings] or [event.value]
    days = [str(value[key]) for value in values if isinstance(value, dict) for key in _DAYS if value.get(key)]
    later = written and event.because is None and any(day > written[: len(day)] for day in days)
    return replace(event, because="planned") if later else event


def _open(event: Event, lesions: int, largest: float) -> Event:
    """Return an event as open where it says fewer lesions than are measured, a largest that one exceeds, or a line that
    ends before it begins: its days are those of two treatments."""
    if event.because is not None or event.value is None:
        return event
    if event.field == _LINES and (start := event.value.get("start")) and (stop := event.value.get("stop")):
        exact = min(len(start), len(stop))
        return replace(event, because="open") if stop[:exact] < start[:exact] else event
    too_few = event.field == _COUNT and event.value.get("high") is not None and event.value["high"] < lesions
    too_small = event.field == _LARGEST and event.value < largest
    return replace(event, because="open") if too_few or too_small else event
