"""Whether day or month comes first in the dates of one text or column, decided once by dates with one reading."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from her2board.capture.clean_text import clean_line

Order = Literal["dmy", "mdy"]
_LAST_MONTH = 12
_NUMBERS = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(?:(?:19|20)\d\d|'?\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class DateOrder:
    """Which comes first, and the dates that show it; without an order they show both, or none does."""

    order: Order | None
    because: tuple[str, ...] = ()


def date_order(texts: Iterable[str]) -> DateOrder:
    """Return the order that the dates of one column or text show: '13/4/2025' has the day first."""
    shown: dict[Order, list[str]] = {"dmy": [], "mdy": []}
    for text in map(clean_line, texts):
        match = _NUMBERS.match(text)
        if match and (int(match[1]) > _LAST_MONTH) != (int(match[2]) > _LAST_MONTH):
            shown["dmy" if int(match[1]) > _LAST_MONTH else "mdy"].append(text)
    if shown["dmy"] and shown["mdy"]:
        return DateOrder(None, (shown["dmy"][0], shown["mdy"][0]))
    return next((DateOrder(order, tuple(found)) for order, found in shown.items() if found), DateOrder(None))
