"""Finds that a text is of more than one patient: a list of a board, two letters pasted as one."""

import re
from collections.abc import Iterable

from her2board.capture.date_words import month_of
from her2board.capture.report.context import is_said
from her2board.capture.report.model import Kind, Sentence, Span
from her2board.capture.report.normal import Normal
from her2board.capture.report.patterns import named

_FEWEST = 2
_YEARS_APART = 2
"""Years between two ages that are of one patient, where an older note is in the text."""
_WORDS = re.compile(r"[^\W_]+")
_MEN = frozenset(["m", "male", "man", "gentleman", "mann", "herr", "homme", "uomo", "hombre"])
_LONGEST = 90
"""Characters of a line that show which patient it is of."""


def places_of_patients(normal: Normal, found: tuple[Sentence, ...], kind: Kind) -> tuple[Span, ...]:
    """Return the places whose words show that a text is of several patients; none where it may be of one."""
    lines = [one for one in found if one.starts_line or _numbered_inside(normal, one)]
    for signs in (
        _numbered(normal, found),
        _lettered(normal, lines),
        _labelled(normal, lines, "patients_record"),
        _labelled(normal, lines, "patients_born"),
        _described(normal, lines, kind),
        _in_rows(normal.cased),
    ):
        if signs:
            return _shown(normal, signs)
    next_one = [one for one in lines if named("patients_next").match(normal.plain, one.start, one.end)]
    return _shown(normal, [(one.start, one.end) for one in next_one])


def before_patients(normal: Normal, found: tuple[Sentence, ...], places: tuple[Span, ...]) -> tuple[Sentence, ...]:
    """Return the sentences of the heading of such a text, which are of none of its patients."""
    signs = ("numbered", "record", "born", "described", "next")
    first = places[0][0]
    for one in found:
        if any(named(f"patients_{sign}").search(normal.plain, one.start, one.end) for sign in signs):
            first = min(first, one.start)
    return tuple(one for one in found if one.end <= first and one.role == "title")


def _numbered_inside(normal: Normal, sentence: Sentence) -> bool:
    return named("patients_numbered").match(normal.plain, sentence.start, sentence.end) is not None


def _distinct(signs: Iterable[tuple[str, Span]]) -> list[Span]:
    """Return the places of signs where they name more than one patient."""
    found = list(signs)
    return [place for _, place in found] if len({name for name, _ in found}) >= _FEWEST else []


def _numbered(normal: Normal, found: Iterable[Sentence]) -> list[Span]:
    """Return the places of 'Case 1', 'Patient 2', where there are two."""
    matches = ((one, named("patients_numbered").match(normal.plain, one.start, one.end)) for one in found)
    return _distinct((match["number"], (one.start, one.end)) for one, match in matches if match)


def _lettered(normal: Normal, lines: Iterable[Sentence]) -> list[Span]:
    """Return the places of 'Patient A (58 years)', 'Case B:'."""
    matches = ((one, named("patients_lettered").match(normal.cased, one.start, one.end)) for one in lines)
    return _distinct((match["number"], (one.start, one.end)) for one, match in matches if match)


def _labelled(normal: Normal, lines: Iterable[Sentence], name: str) -> list[Span]:
    """Return the places of numbers of records, or days of birth, that differ from line to line under one label."""
    of_label: dict[str, list[tuple[str, Span]]] = {}
    for one in lines:
        match = named(name).search(normal.plain, one.start, one.end)
        if match is None or is_said("another_person", normal.plain, *match.span(), one.start, one.end):
            continue
        label = match["label"] if name == "patients_record" else ""
        of_label.setdefault("".join(_WORDS.findall(label)), []).append((_value(match["number"]), (one.start, one.end)))
    return next(filter(None, map(_distinct, of_label.values())), [])


def _value(written: str) -> str:
    """Return a number or a day without the way it is written: '12.03.1965' is '12 Mar 65'."""
    parts = _WORDS.findall(written)
    if len(parts) == 3 and all(part.isdecimal() or month_of(part) for part in parts):
        day = sorted(int(part) if part.isdecimal() else month_of(part) or 0 for part in (*parts[:2], parts[2][-2:]))
        return " ".join(map(str, day))
    return "".join(parts).lstrip("0")


def _described(normal: Normal, lines: Iterable[Sentence], kind: Kind) -> list[Span]:
    """Return the places of lines that begin with a person, '60F', '1. 54-year-old man', who cannot be one."""
    found: list[tuple[int, bool, bool, Span]] = []
    for one in lines:
        match = named("patients_described").match(normal.plain, one.start, min(one.end, one.start + _LONGEST))
        if match is None or is_said("another_person", normal.plain, *match.span("who"), one.start, one.end):
            continue
        age = int(match["age"] or match["age2"])
        male = (match["sex"] or match["sex2"]) in _MEN
        found.append((age, male, bool(match["number"]), (one.start, one.end)))
    if len({male for _, male, _, _ in found}) >= _FEWEST:
        return [place for *_, place in found]
    listed = [one for one in found if one[2] or kind == "board_note"]
    ages = [age for age, *_ in listed]
    return [place for *_, place in listed] if ages and max(ages) - min(ages) > _YEARS_APART else []


def _in_rows(text: str) -> list[Span]:
    """Return the places of rows of a table with a column of patients, where its cells differ."""
    column, at = -1, 0
    rows: list[tuple[str, Span]] = []
    for line in text.split("\n"):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        heads = [named("patients_column").fullmatch(cell.casefold()) is not None for cell in cells]
        if len(cells) > _FEWEST and any(heads):
            column, rows = heads.index(True), []
        elif column >= 0 and len(cells) > max(column, _FEWEST) and any(map(str.isalnum, cells[column])):
            rows.append((cells[column].casefold(), (at, at + len(line))))
        elif column >= 0 and len(cells) == 1 and line.strip():
            break
        at += len(line) + 1
    return _distinct(rows)


def _shown(normal: Normal, places: Iterable[Span]) -> tuple[Span, ...]:
    """Return places cut to what shows the patient: their first line, and not too much of it."""
    found = []
    for start, end in sorted(places):
        line = normal.plain.find("\n", start, end)
        found.append((start, min(end if line < 0 else line, start + _LONGEST)))
    return tuple(dict.fromkeys(found))
