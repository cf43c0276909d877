"""Reads which drugs a text says were never given."""

import re
from collections.abc import Iterator

from her2board.capture.proposal import Trust
from her2board.capture.report.context import is_said
from her2board.capture.report.drug_words import DrugGroup, drug_groups
from her2board.capture.report.model import EXAMINATIONS, Document, Event, Role, Sentence
from her2board.capture.report.patterns import named
from her2board.case.drugs import Vocabulary

_UNREAD: tuple[Role, ...] = ("request", "family", "explanation", "person")

_NEVER = named("lines_never")
_NEVER_AFTER = named("lines_never_after")
_PRIOR = re.compile(r"(?<!\w)(?:prior|previous|past|ever(?: had)?|exposure to|exposed to) $")
_NO = re.compile(r" ?[:?]{1,2} ?(?:n|no|nein|non|never)(?=\s*(?:$|[\n.;,|]))")
"""'Prior T-DM1: N' of a form."""
_NOT_HAD = named("lines_not_had")
_NOT_HAD_AFTER = named("lines_not_had_after")
_TO_THE_END = named("lines_said_to_the_end")
_NEITHER = named("lines_neither")
_NEITHER_AFTER = named("lines_neither_after")
_SINCE = re.compile(r"\s(?:\(|since |from |started |ongoing|until )*\x01|\s(?:since|ongoing|continu\w+)(?!\w)")
"""After a drug that was given: in 'no T-DM1, T-DXd since 2025' the first alone was not."""
_OR = re.compile(r",?\s(?:or|nor|oder|ou|o)\s(?:with )?")
"""Between the drugs of a list that is denied as a whole: 'no prior T-DM1 or T-DXd'."""
_NAIVE = re.compile(r"[- ]naive(?!\w)")
_UNTIL = re.compile(r"[^.;,]{0,40}?\s(?:until|till|before|prior to|up to|bis)(?!\w)")
"""After a drug that was not given for a time only: 'no T-DXd until 2023'."""
_NOT_NAIVE = re.compile(r"(?<!\w)(?:not|no longer|non|isn't|never)[ -](?:\w+ )?$")
_NOT_STARTED = named("lines_not_started")
_NOT_HERS = re.compile(r"(?<!\w)(?:if|since|combination|whether|unless)(?!\w)")


def never_given(document: Document, vocabulary: Vocabulary, given: list[str]) -> Iterator[Event]:
    """Yield drugs that were never given, without those whose names are among what the text reports as given."""
    if document.kind in EXAMINATIONS:
        return
    known = {id_ for name in given for id_ in vocabulary.resolve(name)}
    for sentence in document.sentences:
        if sentence.role in _UNREAD:
            continue
        before = 0
        trust: Trust | None = None
        for group in drug_groups(document, vocabulary, sentence.start, sentence.end):
            listed = trust if _OR.fullmatch(document.plain[before : group.start]) else None
            trust = _said_never(document, sentence, group, listed)
            before = group.end
            if trust is None or group.open or known & set(group.ids):
                continue
            for id_ in group.ids:
                field = f"systemic.exposure.{id_}"
                yield Event("never-given", field, {"ever": False}, group.start, group.end, sentence, trust)


def _said_never(document: Document, sentence: Sentence, group: DrugGroup, listed: Trust | None) -> Trust | None:
    """Return how surely a sentence says that a drug was never given; None where it does not."""
    before = document.plain[sentence.start : group.start]
    after = document.marked[group.end : sentence.end]
    if (
        _UNTIL.match(after)
        or _NOT_HERS.search(before)
        or _SINCE.match(after)
        or (_NAIVE.match(after) and _NOT_NAIVE.search(before))
    ):
        return None
    if is_said("another_person", document.marked, group.start, group.end, sentence.start, sentence.end):
        return None
    if _PRIOR.search(before) and _NO.match(after):
        return "stated"
    if _NEVER.search(before) or _NAIVE.match(after) or _NEVER_AFTER.match(after):
        return "stated"
    not_had = (_NOT_HAD.search(before) and _TO_THE_END.match(after)) or _NOT_HAD_AFTER.match(after)
    neither = _NEITHER.search(before) and _NEITHER_AFTER.match(after)
    if listed and _TO_THE_END.match(after):
        return listed
    return "needs_eye" if not_had or neither or _NOT_STARTED.match(after) else None
