"""Reads of this program's own bundles whether a list of the case was all there is. A person says whether it is."""

from typing import Any

from her2board.exchange.fhir.listed import offer_listed
from her2board.exchange.fhir.record import Item, Record

OWN_LIST = "urn:her2board:list"
COMPLETENESS, ENTRIES = "urn:her2board:completeness", "urn:her2board:entries"
IDS = {
    "tumour.specimens": "specimen",
    "brain.lesions": "lesion",
    "brain.local_therapies": "local",
    "systemic.lines": "line",
}
"""Lists of the case by path, and what the resources of their entries are called."""


def marker(path: str) -> str:
    """Return the address under which a bundle says what a list says of itself: 'metastatic-complete'."""
    return f"urn:her2board:{path.rpartition('.')[2].replace('_', '-')}"


def read_lists(record: Record) -> None:
    """Offer how complete each list is, where everything that it held was read."""
    for item in record.each("List"):
        path = item.body.own("list")
        if path not in IDS:
            continue
        record.read.add(item.label)
        held = next((part.number("valueUnsignedInt") for part in item.body.extensions(ENTRIES)), None)
        for field, value in _said(item, path):
            words = f"{field.rpartition('.')[2]}: {value}"
            if item.gate.because:
                record.found.skip(field, value, item.gate.because, item.where, words, item.gate.note)
            elif held is not None:
                offer_listed(record.found, field, value, item.body.at("extension"), words, int(held))


def _said(item: Item, path: str) -> list[tuple[str, Any]]:
    """Return what a list says of itself: field and value."""
    found: list[tuple[str, Any]] = []
    for part in item.body.extensions(COMPLETENESS):
        if (value := part.text("valueCode")) in ("complete", "partial"):
            found.append((f"{path}.completeness", value))
    flag = f"{path}.metastatic_complete"
    if path == "systemic.lines":
        found += [
            (flag, said)
            for part in item.body.extensions(marker(flag))
            if (said := part.flag("valueBoolean")) is not None
        ]
    return found
