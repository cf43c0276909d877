"""Writes recorded numbers, counts and sizes as they can be typed: what reads them reads the same again."""

from typing import Any

from her2board.capture.date_readings import show_date
from her2board.wording import tr


def show_number(number: float) -> str:
    """Return a number as it can be typed."""
    return f"{number:g}" if abs(number) < 1e6 else str(number)


def show_count(count: dict[str, Any]) -> str:
    """Return a number of lesions as it can be typed."""
    if count.get("diffuse"):
        return tr("diffuse")
    low, high = count["low"], count.get("high")
    if high is None:
        return tr("{low} or more").format(low=low)
    return str(low) if low == high else f"{low}-{high}"


def show_size(size: float | dict[str, Any]) -> str:
    """Return a diameter as it can be typed: '16', '12-15', '8-<10', '<10'."""
    if not isinstance(size, dict):
        return show_number(size)
    low, high = size.get("low"), size.get("high")
    if low is None:
        return f"{'≤' if size.get('high_included', True) else '<'}{high:g}"
    if high is None:
        return f"{'≥' if size.get('low_included', True) else '>'}{low:g}"
    above, below = "" if size.get("low_included", True) else ">", "" if size.get("high_included", True) else "<"
    return f"{above}{low:g}-{below}{high:g}"


def show_dated_sizes(sizes: list[dict[str, Any]]) -> str:
    """Return sizes as they can be typed: '8 mm Oct 2025; <10 mm'."""
    return "; ".join(map(show_dated_size, sizes))


def show_dated_size(one: dict[str, Any]) -> str:
    """Return one size with its day, or a day alone."""
    if "mm" not in one:
        return tr("on {day}").format(day=show_date(one["day"]))  # '5 Oct 2025' could be 5 mm
    size = f"{show_size(one['mm'])} mm"
    return " ".join(filter(None, (size, show_date(one["day"]) if "day" in one else "")))
