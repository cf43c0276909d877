"""Finds clauses that are about another moment than their text: 'at the start of WBRT', 'off Keppra'."""

import re
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
_OF_IMAGING = ("brain.", "urgency.")
"""What is read with some words behind it."""
_CLOSE = 60
"""Characters before or behind the name of a drug in which it is said to be stopped."""


def is_of_another_moment(field: str, document: Document, sentence: Sentence, match: Span, value: Span) -> bool:
    """Tell whether a value of a state of now is said of another moment than that of its text."""
    text = document.marked
    if named_moment("now_behind").match(text, match[1], sentence.end):
        return False
    begins = match[0] if field.startswith(_OF_IMAGING) else match[1]
    return any(
        _is_led(one, field, text, sentence.start, match[0], value[0])
        or _is_followed(one, text, sentence.start, (begins, match[1]), sentence.end)
        for one in _moments()
        if field.startswith(one.fields) and document.kind not in one.not_in
    )


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
        if (
            inside
            or named_moment("gap_before").fullmatch(text, found.end(), start)
            or named_moment("leads").search(text, low, found.start())
            or (_LABEL.match(text, found.end(), start) and _NO_STOP.fullmatch(text, low, found.start()))
        ):
            return True
    return False


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
