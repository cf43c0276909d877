"""Reads the lists and tables of radiosurgery that letters and notes have under a heading of their own."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from her2board.capture.report.course_items import Found, course_of_item
from her2board.capture.report.course_tables import table_events
from her2board.capture.report.model import Document, Event, Role, Sentence
from her2board.capture.report.patterns import named
from her2board.capture.report.table_rows import row_of

_READ: tuple[Role, ...] = ("title", "body", "findings", "impression", "earlier", "past_history")
_ITEM = re.compile(r"\s{0,8}(?:[-*\u2022>]|\(?\d{1,2}[.)]|[a-h][.)])\s")


def headed_courses(document: Document) -> Iterator[tuple[list[Found], list[Event], list[Sentence]]]:
    """Yield for each heading of delivered radiosurgery the courses below it, and the sentences they are read in."""
    for number, sentence in enumerate(document.sentences):
        if sentence.role not in _READ or not sentence.starts_line or not _is_heading(document, sentence):
            continue
        below = document.sentences[number + 1 :]
        rows = _rows(document, sentence, below)
        if rows:
            yield [], [event for event in rows if _is_dated(event)], [event.sentence for event in rows]
        else:
            lines = list(_lines(document, below))
            found = [course_of_item(document, line, {"radiosurgery"}) for line in lines]
            courses = [one for one in found if one and len(one.days) == 1 and one.value["kind"] == "radiosurgery"]
            yield courses, [], [one.sentence for one in courses]


def _is_heading(document: Document, sentence: Sentence) -> bool:
    return named("course_list_heading").match(document.plain, sentence.start, sentence.end) is not None


def _lines(document: Document, below: tuple[Sentence, ...]) -> Iterator[Sentence]:
    """Yield the items right below a heading, each the whole of its line."""
    item: Sentence | None = None
    for one in below:
        if not one.starts_line:
            item = replace(item, end=one.end) if item else None
            continue
        if item:
            yield item
        begins = _ITEM.match(document.plain[one.start : one.end]) or document.marked[one.start] == "\x01"
        if not begins or one.role not in _READ:
            return
        item = replace(one, role="body")
    if item:
        yield item


def _rows(document: Document, heading: Sentence, below: tuple[Sentence, ...]) -> list[Event]:
    """Return the courses of a table right below a heading."""
    rows: list[Sentence] = []
    for one in below:
        if row_of(document, one) is None:
            break
        rows.append(replace(one, role="body"))
    if not rows:
        return []
    return list(table_events(replace(document, sentences=(replace(heading, role="body"), *rows))))


def _is_dated(event: Event) -> bool:
    return bool(event.readings) or (event.value is not None and "day" in event.value)
