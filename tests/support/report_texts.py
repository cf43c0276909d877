"""Invented reports with what a careful person takes from each, and how an offer is compared with that."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from her2board.capture.proposal import Offer
from her2board.capture.report.model import Kind
from her2board.capture.report.reading import read_report
from support.releases import release

FOLDER = Path(__file__).resolve().parent.parent / "unit" / "capture" / "report" / "texts"


@dataclass(frozen=True)
class ReportText:
    """One invented report: what is offered from it, and what must not be."""

    id: str
    kind: Kind
    text: str
    offers: tuple[dict[str, Any], ...]
    never: tuple[dict[str, Any], ...]


@cache
def report_texts() -> tuple[ReportText, ...]:
    """Return all of them."""
    read = (yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in sorted(FOLDER.glob("*.yaml")))
    entries = (entry for found in read for entry in found)
    return tuple(
        ReportText(entry["id"], entry["kind"], entry["text"], tuple(entry["offers"]), tuple(entry["never"]))
        for entry in entries
    )


@cache
def offer_of(text: str, kind: Kind) -> Offer:
    """Return what a text offers with the vocabulary of the release."""
    return read_report(text, kind, release().vocabulary)


def holds(value: Any, expected: Any) -> bool:
    """Tell whether a value has everything that is expected; an entry may have more."""
    if isinstance(expected, dict) and isinstance(value, dict):
        return all(key in value and holds(value[key], part) for key, part in expected.items())
    if isinstance(expected, str) and isinstance(value, str):
        return value.casefold() == expected.casefold()
    if isinstance(expected, list) and isinstance(value, list):
        return len(value) == len(expected) and all(map(holds, value, expected))
    return bool(type(value) is bool) == bool(type(expected) is bool) and bool(value == expected)


def wrong_in(text: ReportText) -> Iterator[str]:
    """Yield what is offered from a text and no careful person takes, and what must not be offered."""
    left = list(text.offers)
    for proposal in offer_of(text.text, text.kind).proposals:
        fits = [
            one
            for one in left
            if one["field"] == proposal.field
            and any(holds(value, one["value"]) or holds(one["value"], value) for value in proposal.values)
        ]
        if fits:
            left.remove(fits[0])
        else:
            yield f"{text.id}: {proposal.field} {proposal.values} by {proposal.rule}"
        for no in text.never:
            if no["field"] == proposal.field and any(holds(value, no["value"]) for value in proposal.values):
                yield f"{text.id}: must not be offered: {no['field']} {no['value']} by {proposal.rule}"


def missed_in(text: ReportText) -> Iterator[str]:
    """Yield what a careful person takes from a text and is not offered."""
    proposals = offer_of(text.text, text.kind).proposals
    for one in text.offers:
        same = (value for p in proposals if p.field == one["field"] for value in p.values)
        if not any(holds(value, one["value"]) for value in same):
            yield f"{text.id}: {one['field']} {one['value']}"
