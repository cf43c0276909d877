"""The sentence that is kept with a fact that a person accepts, and where it is written."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from her2board.capture.proposal import Cell, Element, Offer, Proposal, Source, TextSpan
from her2board.capture.report.masking import MASK, masked
from her2board.case.model import KeptSentence, KeptText, SentenceSource
from her2board.case.model.kept import LONGEST_TEXT
from her2board.case.terms import SourceKind
from her2board.wording import tr

_LONGEST, _LONGEST_PLACE, _MOST_PLACES = 1000, 200, 3
"""Characters that are kept of a sentence and of the names of its places, and how many places are named."""
_NUMBER = re.compile(r"\d{5,}")
"""In the name of a record or row: it may be that of a person."""


def kept_sentence(
    proposal: Proposal, value: Any, offer: Offer, labels: Mapping[Source, str] | None = None
) -> KeptSentence | None:
    """Return the sentence that says ``value``, which a person accepted; None where none of the proposal says it."""
    conflict = next((one for one in proposal.conflicts if one.value == value), None)
    if value in proposal.values:
        words, kept, sources = proposal.words, proposal.kept, proposal.sources
    elif conflict is not None:
        words, kept, sources = (conflict.words,), conflict.kept, (conflict.source,)
    else:
        return None
    sentence = _shortened(_sound(kept) or masked(_sound("; ".join(dict.fromkeys(words)))), words[0])
    where = source_of(sources, offer, labels or {})
    if not sentence or where is None:
        return None
    return KeptSentence(
        field=proposal.field, value=value, sentence=sentence, source=where, rule=proposal.rule, trust=proposal.trust
    )


def kept_text(text: str, read_from: SentenceSource) -> KeptText | None:
    """Return the whole text of a report as a case keeps it when a person asks for that; None where it is too long."""
    sound = _sound(text)
    if not 0 < len(sound) <= LONGEST_TEXT:
        return None
    return KeptText(kind=read_from.kind, day=read_from.day, text=sound)


def _sound(text: str) -> str:
    """Return a text without halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def source_of(sources: Sequence[Source], offer: Offer, labels: Mapping[Source, str]) -> SentenceSource | None:
    """Return what places are in, as a case keeps it: the report, elements of resources, or cells of a table."""
    if isinstance(sources[0], TextSpan):
        return offer.read_from
    kind = SourceKind.RECORD if isinstance(sources[0], Element) else SourceKind.TABLE
    places = dict.fromkeys(_place(source, labels) for source in sources)
    listed = _sound("; ".join(filter(None, list(places)[:_MOST_PLACES])))
    return SentenceSource(kind=kind, place=listed[:_LONGEST_PLACE] or None)


def _place(source: Source, labels: Mapping[Source, str]) -> str:
    match source:
        case Element(resource=resource, path=path):
            parts = (resource, path)
        case Cell(row=row, column=column):
            parts = (labels.get(source) or tr("row {n}").format(n=row), column)
        case _:
            return ""
    return ", ".join(_NUMBER.sub(MASK, part) for part in parts if part)


def _shortened(sentence: str, words: str) -> str:
    """Return a sentence that is too long as far as it is around the words that were read."""
    if len(sentence) <= _LONGEST:
        return sentence
    at = max(sentence.find(" ".join(words.split())), 0)
    start = max(min(at - _LONGEST // 3, len(sentence) - _LONGEST), 0)
    return f"{MASK} {sentence[start : start + _LONGEST]} {MASK}"
