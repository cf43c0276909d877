"""The sentence that is kept with a fact that a person accepts, and where it is written."""

import re
from collections.abc import Mapping
from typing import Any

from her2board.capture.proposal import Cell, Element, Offer, Proposal, Source, TextSpan
from her2board.capture.report.masking import MASK, masked
from her2board.case.model import KeptSentence, SentenceSource
from her2board.case.terms import SourceKind
from her2board.wording import tr

_LONGEST, _LONGEST_PLACE = 1000, 200
"""Characters that are kept of a sentence and of the name of a place."""
_NUMBER = re.compile(r"\d{5,}")
"""In the name of a record or row: it may be that of a person."""


def kept_sentence(
    proposal: Proposal, value: Any, offer: Offer, labels: Mapping[Source, str] | None = None
) -> KeptSentence | None:
    """Return the sentence that says ``value``, which a person accepted; None where none of the proposal says it."""
    conflict = next((one for one in proposal.conflicts if one.value == value), None)
    if value in proposal.values:
        words, kept, source = proposal.words, proposal.kept, proposal.sources[0]
    elif conflict is not None:
        words, kept, source = (conflict.words,), conflict.kept, conflict.source
    else:
        return None
    sentence = _shortened(kept or masked("; ".join(dict.fromkeys(words))), words[0])
    where = source_of(source, offer, labels or {})
    if not sentence or where is None:
        return None
    return KeptSentence(
        field=proposal.field, value=value, sentence=sentence, source=where, rule=proposal.rule, trust=proposal.trust
    )


def source_of(source: Source, offer: Offer, labels: Mapping[Source, str]) -> SentenceSource | None:
    """Return what a place is in, as a case keeps it: the report, the element of a resource, or a cell of a table."""
    match source:
        case TextSpan():
            return offer.read_from
        case Element(resource=resource, path=path):
            return SentenceSource(kind=SourceKind.RECORD, place=_place(resource, path))
        case Cell(row=row, column=column):
            name = labels.get(source) or tr("row {n}").format(n=row)
            return SentenceSource(kind=SourceKind.TABLE, place=_place(name, column))


def _place(*parts: str) -> str | None:
    return ", ".join(_NUMBER.sub(MASK, part) for part in parts if part)[:_LONGEST_PLACE] or None


def _shortened(sentence: str, words: str) -> str:
    """Return a sentence that is too long as far as it is around the words that were read."""
    if len(sentence) <= _LONGEST:
        return sentence
    at = max(sentence.find(" ".join(words.split())), 0)
    start = max(min(at - _LONGEST // 3, len(sentence) - _LONGEST), 0)
    return f"{MASK} {sentence[start : start + _LONGEST]} {MASK}"
