"""Where each number of a page comes from, and what was left out to fit: the page's account of itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from her2board.briefing.model import Briefing
from her2board.briefing.zones.header import HeaderZone
from her2board.case.recorded import Recorded
from her2board.pdf.blocks import Sheet

NUMERAL = re.compile(r"(?<![^\W\d_])(?<![\d.])\d+(?:[.,]\d+)*")
"""Digits with their decimals; those inside a name, as in HER2, are no number."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as printed, its zone, and where it comes from."""

    text: str
    zone: str
    origin: tuple[str, ...]
    """'case:path', 'fact:name', 'evidence:reference, place', 'reference:number id', 'count:what', 'axis:end', …"""


def numerals(sheet: Sheet) -> Iterator[Numeral]:
    """Yield every number of a page in the order it was written."""
    for x, y, words in sheet.written:
        above = (heading for heading in sheet.headings if heading.y <= y and heading.x <= x)
        zone = max(above, key=lambda heading: (heading.y, heading.x), default=None)
        before = ""
        for run in words:
            whole = before + run.text
            for found in NUMERAL.finditer(whole, len(before)):
                yield Numeral(found[0], zone.title if zone else "", run.origin)
            before = run.text[-1:]


def page_account(sheet: Sheet, shown: Briefing, left: Sequence[Recorded] = ()) -> dict[str, Any]:
    """Return what was shortened or is not shown, and where each number comes from, as 'brief --json' prints it."""
    return {
        "case": shown.get(HeaderZone).code,
        "shortened": [entry.words for entry in shown.shortened],
        "not_shown": [{"field": value.path, "label": value.label, "value": list(value.words)} for value in left],
        "numbers": [{"text": n.text, "zone": n.zone, "origin": list(n.origin)} for n in numerals(sheet)],
    }
