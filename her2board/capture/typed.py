"""Reads what people type: numbers, sizes, counts, lists. Never guesses between two meanings."""

import re
from dataclasses import dataclass
from typing import Any

from her2board.wording import tr


@dataclass(frozen=True, slots=True)
class Typed:
    """What a typed text was read as. ``value`` is plain JSON; None is not recorded."""

    value: Any = None
    reading: str = ""
    """Said beside the control when it is not simply what was typed."""
    problem: str = ""


_NUMBER = re.compile(r"(?P<number>[+-]?\d+(?:[.,]\d+)?)\s*(?P<unit>[^\d\s].*)?")
_SMALL_MM = 4
"""A diameter below this may have been meant in centimetres; the reading says how to write it."""
_COUNT_WORDS = {"multiple": (2, None), "several": (2, None), "many": (2, None), "none": (0, 0), "single": (1, 1)}
_NONE = "none"
_DIFFUSE = ("diffuse", "innumerable", "miliary")
_RANGE = re.compile("(\\d+)\\s*(?:-|\N{EN DASH}|to)\\s*(\\d+)")
_AT_LEAST = re.compile(r"(?:(?:>=|≥|at least)\s*(\d+)|(\d+)\s*(?:\+|or more))")
_MORE_THAN = re.compile(r"(?:>|more than)\s*(\d+)")


def read_text(text: str) -> Typed:
    """Read free text; blanks alone are not recorded."""
    return Typed(text.strip() or None)


def read_texts(text: str) -> Typed:
    """Read a list: parted by semicolons or lines where there are any, else by commas; 'none' is an empty list."""
    if text.strip().casefold() == tr(_NONE):
        return Typed([], tr("recorded as none"))
    parts = re.split(r"[;\n]" if re.search(r"[;\n]", text) else ",", text)
    return Typed([part.strip() for part in parts if part.strip()] or None)


def show_texts(parts: list[str]) -> str:
    """Return a list as it can be typed."""
    if not parts:
        return tr(_NONE)
    if any("," in part for part in parts):
        return "; ".join(parts) + (";" if len(parts) == 1 else "")
    return ", ".join(parts)


def read_number(text: str, unit: str = "", *, whole: bool = False) -> Typed:
    """Read a number with an optional unit; centimetres become millimetres where these are asked for."""
    if not text.strip():
        return Typed()
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return Typed(problem=tr("'{text}' is not a number").format(text=text.strip()))
    digits, given = match["number"], (match["unit"] or "").strip().casefold()
    if re.search(r",\d{3}$", digits):
        return Typed(problem=tr("'{text}': write a decimal point, and no comma for thousands").format(text=digits))
    number = float(digits.replace(",", "."))
    if given == "cm" and unit == "mm":
        number = round(number * 10, 2)
        return Typed(number, tr("{mm:g} mm").format(mm=number))
    if given and given != unit.casefold():
        return Typed(problem=_wrong_unit(given, unit))
    if whole and number != int(number):
        return Typed(problem=tr("{number:g} is not a whole number").format(number=number))
    small = unit == "mm" and not given and 0 < number < _SMALL_MM
    reading = tr("{mm:g} mm; for centimetres write {mm:g} cm").format(mm=number) if small else ""
    return Typed(int(number) if whole else number, reading)


def _wrong_unit(given: str, unit: str) -> str:
    if not unit:
        return tr("'{given}' after the number is not understood; write the number alone").format(given=given)
    return tr("'{given}' is not the unit here; write the number in {unit}").format(given=given, unit=unit)


def show_number(number: float) -> str:
    """Return a number as it can be typed."""
    return f"{number:g}" if abs(number) < 1e6 else str(number)


def read_count(text: str) -> Typed:
    """Read a number of lesions: '3', '2-4', '3+', 'multiple', 'diffuse'."""
    words = " ".join(text.casefold().split())
    if not words:
        return Typed()
    if words in _DIFFUSE:
        return Typed({"low": 2, "diffuse": True}, tr("diffuse"))
    if words in _COUNT_WORDS:
        low, high = _COUNT_WORDS[words]
        return _count(low, high)
    if words.isdecimal():
        return Typed({"low": int(words), "high": int(words)})
    if match := _RANGE.fullmatch(words):
        return _count(int(match[1]), int(match[2]))
    if match := _AT_LEAST.fullmatch(words):
        return _count(int(match[1] or match[2]), None)
    if match := _MORE_THAN.fullmatch(words):
        return _count(int(match[1]) + 1, None)
    return Typed(
        problem=tr("'{text}' is not a number of lesions: write 3, 2-4, 3+, multiple or diffuse").format(text=text)
    )


def _count(low: int, high: int | None) -> Typed:
    value = {"low": low} if high is None else {"low": low, "high": high}
    return Typed(value, show_count(value))


def show_count(count: dict[str, Any]) -> str:
    """Return a number of lesions as it can be typed."""
    if count.get("diffuse"):
        return tr("diffuse")
    low, high = count["low"], count.get("high")
    if high is None:
        return tr("{low} or more").format(low=low)
    return str(low) if low == high else f"{low}-{high}"
