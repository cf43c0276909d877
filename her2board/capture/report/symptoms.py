"""Reads a list of symptoms: offered only where every item of it is one whose name is known."""

import re
from collections.abc import Iterator
from functools import cache

from her2board.capture.report.patterns import named
from her2board.capture.report.resources import pattern_of, read_resource
from her2board.capture.report.values import Value

_AS_READ = "="
_ITEMS, _DENIED = named("symptoms_items"), named("symptoms_denied")
_GROUPS = tuple(pattern_of(rf"(?<!\w)(?:{words})(?!\w)") for words in read_resource("symptoms_groups"))
_BEFORE, _AFTER = named("symptoms_before"), named("symptoms_after")


@cache
def _known() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, pattern_of(words)) for name, words in read_resource("symptoms").items())


def symptoms_of(text: str) -> Value | None:
    """Return the symptoms of a list in plain letters; None where one of its items is nothing known."""
    denied = _DENIED.search(text)
    items = _ITEMS.split(text[: denied.start() if denied else None].strip(" ,.()"))
    found = [_symptom(item.strip()) for item in items if item.strip() and not _AFTER.fullmatch(f" {item.strip()}")]
    return Value(list(dict.fromkeys(found))) if found and all(found) else None


def others_in(text: str, items: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of a text in plain letters that name a symptom which none of some items is."""
    for group in _GROUPS:
        if not any(group.search(item.casefold()) for item in items):
            yield from (match.span() for match in group.finditer(text))


def _symptom(item: str) -> str:
    while before := _BEFORE.match(item):
        item = item[before.end() :]
    for name, pattern in _known():
        match = pattern.match(item)
        if match and _AFTER.fullmatch(item, match.end()):
            return " ".join(match[0].split()) if name == _AS_READ else name
    return ""
