"""Says of a medication that its reason is another disease: another cancer, arthritis, an inflamed bowel."""

import re
from collections.abc import Iterator

from her2board.exchange import codes
from her2board.exchange.codes import Concept
from her2board.exchange.fhir.record import Item, Record

_OTHERS = re.compile(r"C(?!50|7[6-9]|80|97)\d\d|M(?:0[5-9]|1\d|3\d)|K5[01]|L40")
"""ICD-10: cancers neither of the breast nor secondary, and diseases that drugs against cancer treat as well."""


def other_reason(record: Record, item: Item) -> str:
    """Return the words of the reason where every known one is another disease; empty else, and where none is said."""
    others = []
    for concept in _reasons(record, item):
        meant = concept.means("primary")
        if "brain" in meant or _is_other(concept):
            others.append(concept.words)
        elif meant or concept.means("metastasis") or codes.has_word(concept.words, codes.words()["primary_breast"]):
            return ""
    return others[0] if others else ""


def _reasons(record: Record, item: Item) -> Iterator[Concept]:
    yield from (*item.body.concepts("reasonCode"), *item.body.concepts("reason"))
    for reference in (*item.body.references("reasonReference"), *item.body.references("reason")):
        reason = record.follow(reference, item)
        if reason is not None and reason.resource.kind == "Condition":
            yield reason.body.concept("code")


def _is_other(concept: Concept) -> bool:
    coded = (c.code.strip().upper() for c in concept.codings if codes.system_of(c.system) == "icd10")
    named = any(codes.has_word(text, codes.words()["other_disease"]) for text in concept.all_words)
    return named or any(_OTHERS.match(code) for code in coded)
