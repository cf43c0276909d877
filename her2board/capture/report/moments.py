"""Finds clauses that are about another moment than their text: 'at the start of WBRT', 'off Keppra'."""

import re
from bisect import bisect_left
from functools import cache
from typing import Any

from msgspec import Struct

from her2board.capture.report.model import Document, Sentence, Span
from her2board.capture.report.patterns import compiled
from her2board.capture.report.resources import alternatives, read_resource


class _Moments(Struct, frozen=True):
    """Words of one strength, and the fields whose values they set in another moment."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    ended_by: re.Pattern[str]
    """Words behind which the clause is again of the moment of its text."""
    fields: tuple[str, ...]
    not_in: tuple[str, ...]
    near: bool
    """The value is right behind them, with nothing else that they may be about."""
    unless_before: re.Pattern[str]
    unless_behind: re.Pattern[str]
    """What brings a value back to now: somewhere before it in its sentence, or right behind it."""


class _Stopped(Struct, frozen=True):
    """Words that a drug is no longer taken."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    gap: re.Pattern[str]
    fields: tuple[str, ...]


def _words(patterns: list[str]) -> re.Pattern[str]:
    """Compile patterns of whole words with their shared parts; without any, one that fits nowhere."""
    return compiled(rf"(?<!\w)(?:{alternatives(patterns)})(?!\w)") if patterns else re.compile(r"(?!)")


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_resource("moments")
    return data


@cache
def named_moment(name: str) -> re.Pattern[str]:
    """Return a pattern of the file of moments."""
    return compiled(_data()[name])


@cache
def _moments() -> tuple[_Moments, ...]:
    now, present = _data()["now"], _data()["present"]
    return tuple(
        _Moments(
            _words(entry.get("before", [])),
            _words(entry.get("after", [])),
            _words([now, present] if entry["present_ends"] == "true" else [now]),
            tuple(entry["fields"]),
            tuple(entry.get("not_in", [])),
            "near" in entry,
            compiled(entry.get("unless_before", "(?!)")),
            compiled(entry.get("unless_behind", "(?!)")),
        )
        for entry in _data()["moments"]
    )


@cache
def _stopped() -> _Stopped:
    data = _data()["stopped"]
    return _Stopped(_words(data["before"]), _words(data["after"]), compiled(data["gap"]), tuple(data["fields"]))


_LABEL = compiled(r" ?(?:\([^()\n]{2,40}\) ?)?:")
_NO_STOP = re.compile(r"[^.;]*")
_ENDED = re.compile(r"\s{0,2}(?:[.;,)]|$)")
_BLANK = re.compile(r"\n[ \t]*\n")
_LABEL_ALONE = re.compile(r"[^:.;]{3,60}:|[^:.;,\d]{5,40}")
"""A line that is a label of what is below it."""
_LABEL_BEFORE = re.compile(r"[^:.;]{3,60}:(?=\s)|[^:.;,]{3,60}\x01\.")
"""A label of its line, or a visit with its day that is a sentence by itself."""
_OPENS_NOW = compiled(
    r"[\s*>\u2022-]*(?:now|today|currently|current|at present|this visit|plan|jetzt|heute|aktuell)(?!\w)"
)
_MOST_BELOW = 12
"""Sentences below a label that it may be of."""
_OF_IMAGING = ("brain.", "urgency.")
"""What is read with some words behind it."""
_STOP = re.compile(r"\s?[,:]")
_CLOSE = 60
"""Characters before or behind the name of a drug in which it is said to be stopped."""


def is_of_another_moment(field: str, document: Document, sentence: Sentence, match: Span, value: Span) -> bool:
    """Tell whether a value of a state of now is said of another moment than that of its text."""
    text = document.marked
    if named_moment("now_behind").match(text, match[1], sentence.end):
        return False
    label = label_of(document, sentence)
    begins = match[0] if field.startswith(_OF_IMAGING) else match[1]
    return any(
        (
            _is_led(one, field, text, sentence.start, match[0], value[0])
            or _is_followed(one, text, sentence.start, (begins, match[1]), sentence.end)
            or (label is not None and _is_label(one, text, label, (sentence.start, value[0])))
            or _is_carried(one, document, sentence, value[0])
        )
        and not one.unless_before.search(text, sentence.start, match[1])
        and not one.unless_behind.match(text, match[1], sentence.end)
        for one in _moments()
        if field.startswith(one.fields) and document.kind not in one.not_in
    )


def _is_carried(moments: _Moments, document: Document, sentence: Sentence, start: int) -> bool:
    """Tell whether clauses before a semicolon name the moment that a value behind it is of as well."""
    text, sentences = document.marked, document.sentences
    number = bisect_left(sentences, sentence.start, key=lambda one: one.start)
    first = number
    while first and not sentences[first].starts_line and text[sentences[first - 1].end - 1] == ";":
        first -= 1
    if first == number or moments.ended_by.search(text, sentences[first].start, start):
        return False
    named = named_moment("carries").match(text, sentences[first].start, sentences[first].end)
    return named is not None and moments.before.search(text, sentences[first].start, start) is not None


def _is_led(moments: _Moments, field: str, text: str, low: int, begins: int, start: int) -> bool:
    """Tell whether words before a value lead its clause, are right before it, or among those it is read from."""
    for found in moments.before.finditer(text, low, start):
        inside = found.start() > begins
        if moments.ended_by.search(text, found.start() + 1, start):
            continue
        if field.startswith(tuple(_data()["begun_fields"])) and named_moment("begun").search(text, found.end(), start):
            continue
        if inside and named_moment("begun").search(text, begins, found.start()):
            continue
        until = start if inside else max(begins, found.end())
        if inside or named_moment("gap_before").fullmatch(text, found.end(), until):
            return True
        if _leads(moments, text, low, until, found):
            return True
    return False


def _leads(moments: _Moments, text: str, low: int, start: int, found: re.Match[str]) -> bool:
    """Tell whether words are at the beginning of the clause of a value, or in its label."""
    led = named_moment("leads").search(text, low, found.start())
    if moments.near:
        stop = _STOP.match(text, found.end(), start)
        return bool(led and stop and named_moment("gap_before").fullmatch(text, stop.end(), start))
    return bool(led or (_LABEL.match(text, found.end(), start) and _NO_STOP.fullmatch(text, low, found.start())))


def _is_followed(moments: _Moments, text: str, low: int, read: Span, high: int) -> bool:
    """Tell whether words right behind a value say of which moment it was, and not when it began or ended."""
    begins, end = read
    found = moments.after.search(text, begins, high)
    if found is None or named_moment("begun").search(text, low, found.start()):
        return False
    if found.start() < end:
        return True
    if "," in text[end : found.start()] and not _ENDED.match(text, found.end(), high):
        return False
    return named_moment("gap_after").fullmatch(text, end, found.start()) is not None


def _is_label(moments: _Moments, text: str, label: Span, read: Span) -> bool:
    """Tell whether a label is words of another moment, and none of now are between it and a value."""
    if moments.ended_by.search(text, *read):
        return False
    leads, ends = named_moment("leads"), named_moment("label_ends")
    return any(
        leads.search(text, label[0], found.start()) and ends.fullmatch(text, found.end(), label[1])
        for found in moments.before.finditer(text, *label)
    )


def label_of(document: Document, sentence: Sentence) -> Span | None:
    """Return the place of the label that a sentence is below or behind: of its line, or of a line above it."""
    sentences, plain = document.sentences, document.plain
    number = bisect_left(sentences, sentence.start, key=lambda one: one.start)
    below = sentence.starts_line
    for above in reversed(sentences[max(number - _MOST_BELOW, 0) : number]):
        between = plain[above.end : sentences[number].start]
        if _BLANK.search(between) or _OPENS_NOW.match(plain, sentences[number].start, sentences[number].end):
            return None
        if below and above.starts_line and _LABEL_ALONE.fullmatch(plain, above.start, above.end):
            return above.start, above.end
        if not below and above.starts_line and (label := _LABEL_BEFORE.match(document.marked, above.start, above.end)):
            return label.span()
        below = below or above.starts_line
        number -= 1
    return None


def is_stopped(field: str, document: Document, sentence: Sentence, match: Span) -> bool:
    """Tell whether a drug is said to be no longer taken, right before its name or behind it."""
    stopped, text = _stopped(), document.marked
    if not field.startswith(stopped.fields):
        return False
    left, right = max(sentence.start, match[0] - _CLOSE), min(sentence.end, match[1] + _CLOSE)
    return any(
        stopped.gap.fullmatch(text, found.end(), match[0]) for found in stopped.before.finditer(text, left, match[0])
    ) or any(
        stopped.gap.fullmatch(text, match[1], found.start()) for found in stopped.after.finditer(text, match[1], right)
    )
