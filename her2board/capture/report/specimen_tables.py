"""Reads a table of receptor results: one specimen for each row, below a heading that names its columns."""

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from her2board.capture import receptors
from her2board.capture.proposal import Trust
from her2board.capture.report.model import Document, Event, Sentence
from her2board.capture.report.specimen_entries import FIELD, RECEPTORS
from her2board.capture.report.specimen_sites import site_in
from her2board.capture.report.table_rows import Row, row_of
from her2board.case.receptors import counts_contradict

_LEFT_OUT = ("family", "plan", "person", "explanation", "request")
_COLUMNS = {
    "site": re.compile(r"(?:specimen |biopsy )?site|specimen|location|sample|tissue"),
    "day": re.compile(r"(?:biopsy |collection |sample )?date|collected|day"),
    "er": re.compile(r"o?er(?: ?%)?|o?estrogen receptor"),
    "pr": re.compile(r"pg?r(?: ?%)?|progesterone receptor"),
    "ihc": re.compile(r"her-?2(?: \(?ihc\)?| score)?|ihc"),
    "ish": re.compile(r"(?:her-?2 )?\(?(?:d-?d?|f|c|s)?ish\)?"),
    "ki67": re.compile(r"ki-?67(?: ?%| \(%\))?"),
}
_FEWEST_RESULTS = 2
_RATIO = re.compile(r"(?:ratio )?(?P<ratio>\d{1,2}[.,]\d{1,2}),? ?\(?(?P<not>not |non-?|un)?amp(?:lif\w+)?\.?\)?")
_READERS: dict[str, Callable[[str], receptors.Receptor]] = {"ihc": receptors.read_ihc, "ki67": receptors.read_ki67}
_Heading: TypeAlias = dict[int, str]


def table_specimens(document: Document) -> Iterator[Event]:
    """Yield the specimens of the rows of such tables, each of its own site and day."""
    heading: _Heading = {}
    for sentence in document.sentences:
        row = row_of(document, sentence)
        if row is None or sentence.role in _LEFT_OUT:
            heading = {}
        elif found := _heading(document, row):
            heading = found
        elif heading and len(row.cells) == len(heading) and (event := _specimen(document, row, heading)):
            yield event


def _heading(document: Document, row: Row) -> _Heading:
    """Return what each column is; empty unless one is the site, one the day, and two or more are results."""
    found = {
        number: next((name for name, known in _COLUMNS.items() if known.fullmatch(document.plain[a:b])), "")
        for number, (a, b) in enumerate(row.cells)
    }
    names = [name for name in found.values() if name]
    results = [name for name in names if name not in ("site", "day", "ki67")]
    twice = len(set(names)) < len(names)
    return {} if twice or not {"site", "day"} <= set(names) or len(results) < _FEWEST_RESULTS else found


def _specimen(document: Document, row: Row, heading: _Heading) -> Event | None:
    value: dict[str, Any] = {}
    for number, (start, end) in enumerate(row.cells):
        value |= _cell(document, heading[number], Sentence(start, end, row.sentence.role)) or {}
    if not {"site", "day"} <= value.keys() or not (value.keys() & {*RECEPTORS, "er_percent", "pr_percent"}):
        return None
    if "ish" in value and counts_contradict(value["ish"], value.get("ish_ratio"), value.get("her2_copies")):
        value = {key: one for key, one in value.items() if not key.startswith("ish")}
    start, end = row.cells[0][0], row.cells[-1][1]
    trust: Trust = "stated" if document.kind == "pathology" else "quoted"
    return Event("specimen-row", FIELD, value, start, end, row.sentence, trust)


def _cell(document: Document, name: str, place: Sentence) -> dict[str, Any] | None:
    """Return what one cell says; None where it is none of the known, or not read."""
    text = document.plain[place.start : place.end]
    if name == "site":
        site = site_in(document, place)
        return {"site": site.words} if site else None
    if name == "day":
        days = document.dates_in(place.start, place.end)
        return {"day": days[0].iso} if len(days) == 1 and days[0].iso else None
    if name == "ish":
        if match := _RATIO.fullmatch(text):
            ratio = float(match["ratio"].replace(",", "."))
            return {"ish": "negative" if match["not"] else "positive", "ish_ratio": ratio}
        return dict(receptors.read_ish(text).fields)
    if name in ("er", "pr"):
        return dict(receptors.read_hormone(text, name).fields)
    return dict(_READERS[name](text).fields) if name in _READERS else None
