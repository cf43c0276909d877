"""Finds sentences on signs that may be urgent. They are shown first; a person records urgency."""

import re
from collections.abc import Iterator
from functools import cache

from her2board.capture.proposal import ReadFirst, TextSpan
from her2board.capture.report.context import is_said
from her2board.capture.report.model import Document
from her2board.capture.report.resources import read_resource, words

_KINDS = ("brain_mri", "emergency_note", "discharge_summary", "clinic_letter", "board_note", "staging_ct")
_ROLES = ("title", "body", "findings", "impression", "technique")


@cache
def _signs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((sign, words([pattern])) for sign, pattern in read_resource("urgent").items())


@cache
def _any_sign() -> re.Pattern[str]:
    return words(list(read_resource("urgent").values()))


def urgent_sentences(document: Document) -> Iterator[ReadFirst]:
    """Yield the sentences that speak of such a sign and do not only deny it."""
    if document.kind not in _KINDS:
        return
    for sentence in document.sentences:
        if sentence.role not in _ROLES or not _any_sign().search(document.plain, sentence.start, sentence.end):
            continue
        for sign, pattern in _signs():
            found = pattern.finditer(document.plain, sentence.start, sentence.end)
            if any(not _only_denied(document, match, sentence.start, sentence.end) for match in found):
                said = document.shown[sentence.start : sentence.end]
                yield ReadFirst(sign, TextSpan(sentence.start, sentence.end), said)
                break


def _only_denied(document: Document, match: re.Match[str], low: int, high: int) -> bool:
    return is_said("negated", document.marked, match.start(), match.end(), low, high) or is_said(
        "another_person", document.marked, match.start(), match.end(), low, high
    )
