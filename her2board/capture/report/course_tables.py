"""Reads the table of a radiotherapy summary: one course for each row, its columns known by their headings."""

import re
from collections.abc import Iterator
from typing import Any

from her2board.capture.report.course_words import kinds
from her2board.capture.report.model import Document, Event, FoundDate, Sentence
from her2board.capture.report.patterns import named as pattern
from her2board.capture.report.sites import find_sites
from her2board.capture.report.table_rows import GIVEN, YES, Row, row_of
from her2board.capture.report.values import as_written, number_of
from her2board.capture.typed import Candidate
from her2board.wording import tr

FIELD = "brain.local_therapies[]"
_COLUMNS = (
    ("site", r"^(?:zielvolumen|zielgebiet|volume cible)$"),
    ("both", r"^(?:(?:dose|gy|rx)(?: ?\(gy\))?) ?/ ?(?:#|fx|fr|fractions?)$"),
    ("per_fraction", r"dose ?/ ?f|dose per|per fraction|gy/f|fraction dose|einzeldosis|^ed\b"),
    ("last", r"last|end|completed|finish|stop|ende|letzte|fin|ultima|dernier|^(?:to|bis|au|al|hasta)$"),
    ("first", r"first|start|begin|beginn|erste|debut|inizio|inicio|premier|^(?:from|von|vom|du|dal|desde)$"),
    ("fractions", r"fx|fractions?|#|frakt|fr\b|no\. ?of f|seances|frazioni|fracciones|sessions"),
    ("dose", r"dose|dosis|dosi|\bc?gy\b|prescription|^gd\b"),
    ("volume", r"ptv|gtv|vol|\bcc\b|\bml\b|cm3"),
    ("site", r"target|site|lesion|location|region|ziel|lokal|sede|cible|metast|treatment area|localisation|lesione"),
    ("site", r"ref\.? ?point|structure"),
    ("date", r"date|day|datum|data|fecha|delivered|treated"),
    ("given", GIVEN),
    ("status", r"status|state"),
)
_NAMED = tuple((name, re.compile(words)) for name, words in _COLUMNS)
_MOST_COLUMNS = 40
_PREFERRED = {
    "site": re.compile(r"location|site|region|lokal|lage|sede|localisation"),
    "dose": re.compile(r"delivered|given|received|actual"),
    "fractions": re.compile(r"delivered|given|treated"),
}
"""Of two columns of one kind, the one of places, and the one of what was given."""
_PLANNED, _CALLED_OFF = pattern("courses_planned_row"), pattern("courses_called_off")
_NUMBERED = r"(?:(?:course|target|lesion|site|line|row|met|plan|ptv|no\.?|#) ?)"
_NUMBER = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)(?: ?(c?gy|cc|ml|cm3|fx|#))?")
_ALL_GIVEN = re.compile(r"^(\d{1,2}) ?(?:/|of) ?\1$")
"""As many fractions as were planned: '10/10'."""
_ROW_NUMBER = re.compile(r"\d{1,2}[.)]? (?=\D)")
_BOTH = re.compile(
    r"(?P<dose>\d{1,4}(?:[.,]\d{1,2})?(?: ?c?gy)?) ?(?:/|in|x) ?(?P<count>\d{1,2}) ?(?:#|fx|fr|fractions?)?"
)
"""Dose and fractions in one cell."""


def table_events(document: Document) -> Iterator[Event]:
    """Yield the courses of the rows below a heading that names dose and fractions."""
    columns: dict[str, int] = {}
    width, scale, kind = 0, 1, ""
    for sentence in document.sentences:
        row = row_of(document, sentence)
        if row is None:
            columns = {} if sentence.role in ("plan", "earlier", "request") else columns
            continue
        if found := _headings(document, row):
            columns, width = found, len(row.cells)
            heading = document.plain[slice(*row.cells[found["both" if "both" in found else "dose"]])]
            scale, kind = (100 if "cgy" in heading else 1), _kind(document, sentence.start)
        elif columns and len(row.cells) == width and (event := _course(document, row, columns, scale, kind)):
            yield event


def _headings(document: Document, row: Row) -> dict[str, int]:
    """Return which column is what, where a row names dose and fractions and holds no dates."""
    if len(row.cells) > _MOST_COLUMNS or document.dates_in(row.sentence.start, row.sentence.end):
        return {}
    found: dict[str, int] = {}
    for number, (start, end) in enumerate(row.cells):
        name = next((name for name, words in _NAMED if words.search(document.plain[start:end])), "")
        preferred = _PREFERRED.get(name)
        if name and (name not in found or (preferred and preferred.search(document.plain[start:end]))):
            found[name] = number
    dosed = "both" in found or {"dose", "fractions"} <= found.keys()
    return found if dosed and "site" in found else {}


def _kind(document: Document, until: int) -> str:
    """Return the one kind of radiotherapy that the text above a table names as given."""
    above = [one for one in document.sentences if one.start < until and one.role not in ("plan", "earlier", "request")]
    named = {kind for one in above for kind in kinds(document.marked, one.start, one.end)} - {"surgery"}
    planned = any(
        re.search(r"(?<!\w)(?:planned|plan for|proposed|to be treated)(?!\w)", document.plain[one.start : one.end])
        for one in above
    )
    return named.pop() if len(named) == 1 and not planned else ""


def _course(document: Document, row: Row, columns: dict[str, int], scale: int, kind: str) -> Event | None:
    def words(name: str) -> str:
        return document.plain[slice(*row.cells[columns[name]])] if name in columns else ""

    start, end = row.cells[columns["site"]]
    named = find_sites(document, Sentence(start, end, row.sentence.role))
    whole = re.search(r"whole brain|wbrt|ganzhirn", words("site"))
    own = set(kinds(document.marked, row.sentence.start, row.sentence.end)) - {"surgery", "whole_brain"}
    kind = own.pop() if len(own) == 1 else kind
    both = _BOTH.fullmatch(words("both"))
    dose = _NUMBER.fullmatch(both["dose"] if both else words("dose"))
    count = _NUMBER.fullmatch(both["count"] if both else _ALL_GIVEN.sub(r"\1", words("fractions")))
    if dose is None or count is None or not (whole or (named and kind)) or _is_not_given(document, row, columns):
        return None
    unit = 100 if dose[2] == "cgy" else 1 if dose[2] == "gy" else scale
    value: dict[str, Any] = {"kind": "whole_brain" if whole else kind}
    if not whole:
        start, end = (named[0].start, named[0].end) if kinds(document.marked, start, end) else (start, end)
        numbered = _ROW_NUMBER.match(document.plain, start, end)
        start = numbered.end() if numbered else start
        value["site"] = " ".join(document.normal.text[start:end].split())
    value |= {"dose_gy": as_written(round(number_of(dose[1]) / unit, 2)), "fractions": int(number_of(count[1]))}
    if not 0 < value["dose_gy"] <= 80 or not 1 <= value["fractions"] <= 40:
        return None
    if (volume := _NUMBER.fullmatch(words("volume"))) and volume[2] in (None, "cc", "ml", "cm3"):
        value["volume_ml"] = as_written(number_of(volume[1]))
    readings = _dated(value, _last(document, row, columns))
    return Event(
        rule="course-row",
        field=FIELD,
        value=None if readings else value,
        start=row.sentence.start,
        end=row.sentence.end,
        sentence=row.sentence,
        trust="two_readings" if readings else "stated",
        readings=readings,
        asks=tr("day or month first?") if readings else "",
    )


def _is_not_given(document: Document, row: Row, columns: dict[str, int]) -> bool:
    """Tell whether a row has words of a plan, nothing where its days belong, or a line of the text calls it off."""
    names = [name for name in ("last", "date", "first") if name in columns][:1]
    days = [row.cells[columns[name]] for name in names]
    undated = bool(days) and not any(document.dates_in(*cell) for cell in days)
    status = document.plain[slice(*row.cells[columns["status"]])] if "status" in columns else ""
    given = document.plain[slice(*row.cells[columns["given"]])] if "given" in columns else ""
    if "given" in columns and not (YES.match(given) or re.search(r"\d", given)):
        return True
    if undated or _PLANNED.search(document.plain, row.sentence.start, row.sentence.end) or "not" in status:
        return True
    label, site = (document.plain[slice(*row.cells[at])].strip(" .:#") for at in (0, columns["site"]))
    label = rf"{_NUMBERED}{label}" if label.isdecimal() else rf"{_NUMBERED}?{re.escape(label)}"
    named = re.compile(rf"(?<!\w)(?:{re.escape(site) or '(?!)'}|{label})(?!\w)")
    others = (one for one in document.sentences if row_of(document, one) is None)
    return any(
        _CALLED_OFF.search(document.plain, one.start, one.end) and named.search(document.plain, one.start, one.end)
        for one in others
    )


def _last(document: Document, row: Row, columns: dict[str, int]) -> FoundDate | None:
    """Return the day of the last fraction: its own column, or the only day of the row where there is no first."""
    name = "last" if "last" in columns else "date" if "date" in columns and "first" not in columns else ""
    if not name:
        return None
    found = document.dates_in(*row.cells[columns[name]])
    return found[-1] if found else None


def _dated(value: dict[str, Any], day: FoundDate | None) -> tuple[Candidate, ...]:
    """Put the day into an entry, or return the entry once for each reading of it."""
    if day is None:
        return ()
    if day.iso:
        value["day"] = day.iso
        return ()
    return tuple(Candidate({**value, "day": iso}, iso) for iso in day.isos)
