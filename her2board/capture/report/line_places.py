"""Reads which line of therapy drugs were: setting, number and cycles, where the words are beside the drugs."""

import re
from typing import Any

from her2board.capture.report.drug_words import DrugGroup
from her2board.capture.report.model import Document, Sentence
from her2board.capture.report.patterns import named

_BEFORE = named("undated_setting_before")
_AFTER = named("undated_setting_after")
_CYCLES_BEFORE = named("undated_cycles_before")
_CYCLES_AFTER = named("undated_cycles_after")
_MAINTENANCE = named("undated_maintenance")
_MAINTENANCE_BEFORE = named("lines_maintenance_before")
_NUMBERS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_NAMED = (
    ("erst", "prima", "premiere", "primera"),
    ("zweit", "seconda", "deuxieme", "segunda"),
    ("dritt", "terza", "troisieme", "tercera"),
    ("viert", "quarta", "quatrieme", "cuarta"),
)
"""Numbers of lines in other languages, from the first."""
_SETTINGS = ("neoadjuvant", "adjuvant", "metastatic")


def place_of(document: Document, group: DrugGroup, start: int, end: int) -> dict[str, Any] | None:
    """Return the setting and number of a line that a clause says beside its drugs; None where it says two."""
    of_line = document.plain.find("\n", group.end, end)
    before = _BEFORE.search(document.plain, start, group.start)
    after = _AFTER.match(document.plain, group.end, of_line if of_line >= 0 else end)
    found = [match for match in (before, after) if match]
    settings = {name for match in found for name in _SETTINGS if match[name]}
    numbers = {number for match in found if (number := _number(match))}
    if numbers and len(settings) > 1:
        settings.discard("metastatic")
    if len(settings) > 1 or len(numbers) > 1:
        return None
    value: dict[str, Any] = {}
    if settings:
        value["setting"] = settings.pop()
    elif not numbers and is_maintenance(document, group, start, end):
        value["setting"] = "maintenance"
    if numbers:
        value = {"setting": "metastatic"} | value | {"line": numbers.pop()}
    return value


def is_maintenance(document: Document, group: DrugGroup, start: int, end: int) -> bool:
    """Tell whether drugs are called maintenance beside their names."""
    before = _MAINTENANCE_BEFORE.search(document.plain, start, group.start)
    return bool(before or _MAINTENANCE.match(document.plain, group.end, end))


def is_placed(document: Document, left: int, right: int, sentence: Sentence) -> bool:
    """Tell whether a setting, a number of a line or cycles are beside a place of a sentence."""
    before = (one.search(document.plain, sentence.start, left) for one in (_BEFORE, _CYCLES_BEFORE))
    after = (one.match(document.plain, right, sentence.end) for one in (_AFTER, _CYCLES_AFTER, _MAINTENANCE))
    return any((*before, *after))


def _number(match: re.Match[str]) -> int:
    """Return the number of a line as it is said; 0 where it is not."""
    if match["ordinal"]:
        return _NUMBERS.index(match["ordinal"]) + 1
    if match["named"]:
        return next(number for number, names in enumerate(_NAMED, 1) if match["named"] in names)
    return int(match["number"] or match["counted"] or match["numbered"] or 0)


def cycles_of(document: Document, group: DrugGroup, start: int, end: int) -> int:
    """Return the cycles that were given of drugs, as a clause says beside them; 0 where it says none."""
    before = _CYCLES_BEFORE.search(document.plain, start, group.start)
    after = _CYCLES_AFTER.match(document.plain, group.end, end)
    said = {int(next(filter(None, match.groups()))) for match in (before, after) if match}
    return said.pop() if len(said) == 1 else 0
