"""Holds the lines of therapy against what else a text says of their drugs: that they ended, or are on hold."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.report.drug_words import DrugGroup, drug_groups
from her2board.capture.report.model import Document, Event, Role, Sentence
from her2board.capture.report.patterns import named
from her2board.case.drugs import Vocabulary

_UNREAD: tuple[Role, ...] = ("request", "family", "explanation", "person", "plan", "allergies")
_ENDED_ON = named("lines_ended_on")
_HELD_AFTER = named("lines_held_after")
_HELD_BEFORE = named("lines_held_before")
_ALL_HELD = named("lines_all_held")
_BACK_ON = named("lines_back_on")
_REGIMEN = re.compile(r"(?<![\w-])[A-Z][A-Za-z-]{1,11}(?![\w-])")

Unsure = Callable[[Document, Sentence, DrugGroup], bool]
Ending = Callable[[Document, int, int], dict[str, Any]]


class _Said(Struct, frozen=True):
    """Drugs that a sentence names, with the day on which it says that they ended, if it does."""

    sentence: Sentence
    drugs: frozenset[str]
    start: int
    end: int
    stop: str
    held: bool


def members(names: tuple[str, ...], vocabulary: Vocabulary) -> frozenset[str]:
    """Return the drugs that ids of the vocabulary stand for, a regimen as its parts."""
    return frozenset(drug for id_ in names for drug in (vocabulary.members(id_) or {id_}))


def with_ends(
    found: list[Event], document: Document, vocabulary: Vocabulary, unsure: Unsure, ending: Ending
) -> list[Event]:
    """Return lines without tails of an earlier one, with an end said later, and not as ongoing where on hold."""
    said = list(_said(document, vocabulary, unsure)) if found else []
    kept = [line for line in found if not _is_tail(line, said, document, vocabulary)]
    held = (one.end for one in document.sentences if one.role not in _UNREAD and _is_all_held(document, one))
    until = max(held, default=0) if kept else 0
    return [_ended(line, said, document, vocabulary, ending, until) for line in kept]


def _is_all_held(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence says that all treatment is on hold."""
    return _ALL_HELD.search(document.marked, sentence.start, sentence.end) is not None


def _drugs(line: Event, vocabulary: Vocabulary) -> frozenset[str]:
    return members(tuple(id_ for name in line.value["drugs"] for id_ in vocabulary.resolve(name)), vocabulary)


def _is_tail(line: Event, said: list[_Said], document: Document, vocabulary: Vocabulary) -> bool:
    """Tell whether a line says only when it ended, of a drug that was named before: 'then trastuzumab until May'."""
    if line.rule != "line" or {"start", "setting"} & line.value.keys():
        return False
    drugs = _drugs(line, vocabulary)
    named_in_it = [one for one in said if one.drugs & drugs and line.start <= one.start < line.end]
    before = any(one.drugs & drugs and one.end <= line.start for one in said)
    return before or len(named_in_it) > 1 or _in_a_regimen(document, line.start, drugs, vocabulary)


def _in_a_regimen(document: Document, end: int, drugs: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Tell whether the text before a place names a regimen in capitals that may hold one of some drugs: 'TCHP'."""
    written = set(_REGIMEN.findall(document.normal.text[:end]))
    return any(members(vocabulary.resolve(name), vocabulary) & drugs for name in written)


def _said(document: Document, vocabulary: Vocabulary, unsure: Unsure) -> Iterator[_Said]:
    for sentence in document.sentences:
        planned = sentence.role == "plan"
        if sentence.role in _UNREAD and not planned:
            continue
        for group in drug_groups(document, vocabulary, sentence.start, sentence.end):
            ended = None if planned else _ENDED_ON.match(document.marked, group.end, sentence.end)
            day = next((one for one in document.dates_in(*ended.span(1))), None) if ended else None
            sure = day is not None and not unsure(document, sentence, group)
            held = _HELD_AFTER.match(document.marked, group.end, sentence.end) or (
                not planned and _HELD_BEFORE.search(document.marked[sentence.start : group.start])
            )
            back = _BACK_ON.search(document.marked, sentence.start, sentence.end)
            drugs = members(group.ids, vocabulary)
            stop = day.iso if day is not None and sure and not back else ""
            if planned and not held:
                continue
            yield _Said(sentence, drugs, group.start, group.end, stop, bool(held or ended) and not back)


def _ended(
    line: Event, said: list[_Said], document: Document, vocabulary: Vocabulary, ending: Ending, all_held: int
) -> Event:
    """Return a line with the day of its end where one later sentence says it, and not as ongoing if on hold.

    ``all_held`` is where the last sentence ends that holds all treatment.
    """
    value = dict(line.value)
    if "stop" in value or line.because is not None:
        return line
    drugs = _drugs(line, vocabulary)
    after = [one for one in said if one.start >= line.start and one.drugs & drugs]
    ends = [one for one in after if one.stop > value.get("start", "9") and one.drugs == drugs]
    if len({one.stop for one in ends}) == 1 and line.rule != "drug-list":
        value |= {"stop": ends[0].stop} | ending(document, ends[0].end, ends[0].sentence.end)
        value.pop("ongoing", None)
        return replace(line, value=value, end=max(line.end, ends[0].sentence.end))
    held = any(one.held and not _is_earlier(document, one, value) for one in after) or all_held > line.start
    if not held or "ongoing" not in value:
        return line
    if line.rule == "drug-list":
        return replace(line, because="open")
    return replace(line, value={key: one for key, one in value.items() if key != "ongoing"})


def _is_earlier(document: Document, said: _Said, value: dict[str, Any]) -> bool:
    """Tell whether a sentence gives a day before the line began: it speaks of an earlier one."""
    days = [day.iso for day in document.dates_in(said.sentence.start, said.sentence.end) if day.iso]
    start = value.get("start", "")
    return bool(days) and all(day[: len(start)] < start[: len(day)] for day in days)
