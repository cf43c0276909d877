"""Finds regimens in letters of which the text does not decide what they mean: seen, and not offered."""

import re
from collections.abc import Iterator

from her2board.capture.report.line_places import is_placed
from her2board.capture.report.line_said import HISTORIES, READ
from her2board.capture.report.line_tables import FIELD
from her2board.capture.report.model import Document, Event

_LETTERS = re.compile(r"(?<![\w/+&-])(?=[^\n]{0,12}H)[HPTDC](?:\s?[/+&]\s?[HPTDC]){1,3}(?!\w|\s?[/+&-]\s?\w)")


def open_letters(document: Document) -> Iterator[Event]:
    """Yield lists such as 'P+H' and 'T/H' beside a setting, a number of a line or cycles.

    P may be pertuzumab, paclitaxel or prednisolone, T a taxane or trastuzumab.
    """
    if document.kind not in HISTORIES:
        return
    for sentence in document.sentences:
        if sentence.role not in READ:
            continue
        for match in _LETTERS.finditer(document.normal.cased, sentence.start, sentence.end):
            if "H" in match[0] and is_placed(document, *match.span(), sentence):
                value = {"drugs": [match[0]]}
                yield Event("line-letters", FIELD, value, match.start(), match.end(), sentence, because="open")
