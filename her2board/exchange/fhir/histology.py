"""Reads the histology of the primary tumour where it is sent as an observation."""

from collections.abc import Sequence

from her2board.exchange.fhir.observations import Measured
from her2board.exchange.fhir.record import Record
from her2board.wording import tr

FIELD = "tumour.histology"


def read_histology(record: Record, measured: Sequence[Measured]) -> None:
    """Offer the words of the histology where one alone is said; that of a code without words is none."""
    if any(one.field == FIELD for one in record.found.proposals):
        return
    read = [(one.part.value_concept().words or one.text, one) for one in measured if one.test == "histology"]
    read = [(words, one) for words, one in read if any(letter.isalpha() for letter in words)]
    different = list(dict.fromkeys(words for words, _ in read))
    if len(different) == 1:
        said = [one.item.said(words, "value", one.words, one.asks) for words, one in read]
        record.found.offer(FIELD, different[0], "fhir.histology", said)
        return
    for words, one in read:
        record.found.skip(FIELD, words, "open", one.part.where, one.words, tr("several histologies are sent"))
