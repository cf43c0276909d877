"""Where each number of a page comes from, and what was left out to fit: the page's account of itself."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from her2board.briefing.model import Briefing
from her2board.briefing.page_map import PlacedRun
from her2board.briefing.zones.header import HeaderZone
from her2board.case.recorded import Recorded
from her2board.pdf.blocks import Sheet
from her2board.pdf.placing import page_map

NUMERAL = re.compile(r"(?<![^\W\d_])(?<![\d.])\d+(?:[.,]\d+)*")
"""Digits with their decimals; those inside a name, as in HER2, are no number."""


class Numeral(Struct, frozen=True):
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


def page_account(sheets: Sequence[Sheet], shown: Briefing, left: Sequence[Recorded] = ()) -> dict[str, Any]:
    """Return what was shortened or is not shown, and what comes from where, as 'brief --json' prints it.

    The numbers are those of the page; the runs those of the annex too, in reading order.
    """
    return {
        "case": shown.get(HeaderZone).code,
        "shortened": [entry.words for entry in shown.shortened],
        "not_shown": [{"field": value.path, "label": value.label, "value": list(value.words)} for value in left],
        "numbers": [{"text": n.text, "zone": n.zone, "origin": list(n.origin)} for n in numerals(sheets[0])],
        "runs": [_run(run) for run in page_map(sheets).runs],
    }


def _run(run: PlacedRun) -> dict[str, Any]:
    return {
        "text": run.text,
        "zone": run.zone,
        "gap": run.gap,
        "addresses": [{k: v for k, v in asdict(one).items() if v not in ("", None)} for one in run.addresses],
        "boxes": [[box.page, *(round(edge, 2) for edge in (box.x0, box.y0, box.x1, box.y1))] for box in run.boxes],
    }
