"""Sentences as a person accepted them."""

from typing import Any

from her2board.case.accepting import with_accepted
from her2board.case.model import Case, KeptSentence, SentenceSource
from her2board.case.terms import SourceKind


def said(
    field: str, value: Any, sentence: str = "Echo: LVEF 55 %.", kind: SourceKind = SourceKind.ECHO, **source: Any
) -> KeptSentence:
    return KeptSentence(
        field=field,
        value=value,
        sentence=sentence,
        source=SentenceSource.model_validate({"kind": kind, **source}, strict=False),
        rule="lvef",
        trust="stated",
    )


def accepted(*sentences: KeptSentence, case: Case | None = None) -> Case:
    """Return a case in which a person accepted these."""
    case = case or Case(code="K1")
    for one in sentences:
        case = with_accepted(case, one.field, one.value, one)
    return case
