"""What the dates of one text or column show of each other: day or month first, month and year or day and month."""

import re
from collections.abc import Iterable
from typing import Literal, TypeVar, get_args

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.clean_text import clean_line

Order = Literal["dmy", "mdy"]
Short = Literal["month_year", "day_month"]
KindT = TypeVar("KindT", Order, Short)
_LAST_MONTH, _LAST_DAY = 12, 31
_NUMBERS = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(?:(?:19|20)\d\d|'?\d{2})(?!\d)")
_DOTTED_PAIR = re.compile(r"(\d{1,2})\.\s?(\d{2})")


class DateOrder(Struct, frozen=True):
    """Which comes first, and the dates that show it; without an order they show both, or none does.

    ``short`` is what two numbers with a dot between them are: '12.03' is March of no year, or December 2003.
    """

    order: Order | None
    because: tuple[str, ...] = ()
    short: Short | None = None
    short_because: tuple[str, ...] = ()

    def or_else(self, answer: "DateOrder | None") -> "DateOrder":
        """Return this order, with a person's answer where the dates show nothing."""
        found = self
        if answer is None:
            return found
        if answer.order and not self.because:
            found = replace(found, order=answer.order)
        if answer.short and not self.short_because:
            found = replace(found, short=answer.short)
        return found


def date_order(texts: Iterable[str]) -> DateOrder:
    """Return the order that the dates of one column or text show: '13/4/2025' has the day first."""
    lines = [clean_line(text) for text in texts]
    shown: dict[Order, list[str]] = {"dmy": [], "mdy": []}
    short: dict[Short, list[str]] = {"month_year": [], "day_month": []}
    for text in lines:
        match = _NUMBERS.match(text)
        if match and (int(match[1]) > _LAST_MONTH) != (int(match[2]) > _LAST_MONTH):
            shown["dmy" if int(match[1]) > _LAST_MONTH else "mdy"].append(text)
        if (pair := _DOTTED_PAIR.fullmatch(text)) and len(kinds := _kinds(int(pair[1]), int(pair[2]))) == 1:
            short[kinds[0]].append(text)
    order, because = _agreed(shown)
    return DateOrder(order, because, *_agreed(short))


def is_two_ways(text: str) -> bool:
    """Tell whether '12.03' may be a day and month as well as a month and year."""
    pair = _DOTTED_PAIR.fullmatch(clean_line(text))
    return pair is not None and len(_kinds(int(pair[1]), int(pair[2]))) > 1


def _kinds(first: int, second: int) -> list[Short]:
    possible = {
        "month_year": 1 <= first <= _LAST_MONTH,
        "day_month": 1 <= first <= _LAST_DAY and 1 <= second <= _LAST_MONTH,
    }
    return [kind for kind in get_args(Short) if possible[kind]]


def _agreed(shown: dict[KindT, list[str]]) -> tuple[KindT | None, tuple[str, ...]]:
    """Return the one kind that all decided dates show; where they show both, none, and a date of each."""
    found = {kind: texts for kind, texts in shown.items() if texts}
    if len(found) > 1:
        return None, tuple(texts[0] for texts in found.values())
    return next(((kind, tuple(texts)) for kind, texts in found.items()), (None, ()))
