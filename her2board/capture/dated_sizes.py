"""Reads sizes measured before, with their days: '8 mm Oct 2025; 12 mm Jan 2026', '10/2025: 8 mm'."""

import re
from collections.abc import Callable

from her2board.capture.clean_text import clean, clean_line
from her2board.capture.shown_numbers import show_dated_size, show_dated_sizes
from her2board.capture.typed import Candidate, Typed, asked, overlong
from her2board.capture.typed_numbers import read_diameter, read_interval, read_size, recorded_size
from her2board.wording import tr

ReadDay = Callable[[str], Typed]
_NUMBER = r"\d+(?:[.,]\d+)?"
_SIZE = (
    rf"(?:(?:<=|>=|[<>≤≥~≈]|up to|under|below|over|about|ca\.?)\s*)?{_NUMBER}"
    rf"(?:\s*(?:-|\N{{EN DASH}}|to|bis)\s*<?{_NUMBER})?(?:\s*[x×*]\s*{_NUMBER}){{0,2}}\s*(?:mm|cm)?"
)
_SIZE_ONLY = re.compile(_SIZE)
_BETWEEN = r"(?:\s*[(\[,:@]\s*|\s+(?:on|in|at|am|le|il|el)\s+|\s+)"
_SIZE_FIRST = re.compile(rf"(?P<size>{_SIZE}){_BETWEEN}(?P<day>.*\d.*?)[)\]]?")
_DAY_FIRST = re.compile(rf"(?P<day>.*\d.*?)(?:\s*[:=]\s*(?P<size>{_SIZE})|\s+\(?(?P<with_unit>{_SIZE[:-1]}))\)?")
_SCAN = re.compile(r"^(?:mri?|ct|mrt|irm|rmn?|scan)\s+(?=.*\d)")
_SMALL = re.compile(r"[0-3](?:[.,]\d+)?")
"""A number so small that centimetres may be meant."""


def read_dated_sizes(text: str, unit: str, read_day: ReadDay) -> Typed:
    """Read sizes separated by semicolons, lines or arrows, in any order; the value is the list a case file holds.

    ``unit`` is what the column or heading says, empty where it says nothing. One piece that has two meanings is asked;
    a piece that is not read leaves all of them unread.
    """
    parts = [part for part in re.split(r"[;\n]|→|->|=>", clean(text).text) if part.strip()]
    found = [_piece(clean_line(part).casefold(), unit, read_day) for part in parts]
    problem = next((one for one in found if one.value is None and not one.candidates), None)
    if problem is not None:
        return Typed(problem=problem.problem)
    open_ = [number for number, one in enumerate(found) if one.value is None]
    if not open_:
        value = [one.value for one in found]
        return Typed(value, show_dated_sizes(value)) if value else Typed()
    first = found[open_[0]]
    if len(open_) > 1:
        return Typed(problem=first.problem)
    before, after = ([one.value for one in some] for some in (found[: open_[0]], found[open_[0] + 1 :]))
    return asked(first.problem, *(Candidate([*before, c.value, *after], c.words) for c in first.candidates))


def _piece(text: str, unit: str, read_day: ReadDay) -> Typed:
    """Read one size, its day, or both; '12 Jan 2026' may be a day, or 12 mm in January."""
    if problem := overlong(text):
        return Typed(problem=problem)
    if _SIZE_ONLY.fullmatch(text):
        return _under("mm", read_one_size(text, unit))
    both, day = _both(text, unit, read_day), _under("day", read_day(_SCAN.sub("", text)))
    days, sizes = (_meanings(one) for one in (day, both or Typed()))
    if not sizes or not days:
        return day if both is None or days else both
    return asked(tr("'{text}': a day, or a size and its day?").format(text=text), *days, *sizes)


def _meanings(found: Typed) -> tuple[Candidate, ...]:
    return found.candidates if found.value is None else (Candidate(found.value, show_dated_size(found.value)),)


def _both(text: str, unit: str, read_day: ReadDay) -> Typed | None:
    """Return a size and the day beside it, whichever is written first; None where the text is not so."""
    problem: Typed | None = None
    for pattern in (_SIZE_FIRST, _DAY_FIRST):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        size = match["size"] or match["with_unit"]
        found = _under("mm", read_one_size(size, unit)), _under("day", read_day(_SCAN.sub("", match["day"])))
        if all(one.value for one in found):
            return Typed(found[0].value | found[1].value)
        if all(one.value or one.candidates for one in found):
            open_, settled = sorted(found, key=lambda one: one.value is not None)
            candidates = (Candidate({**c.value, **(settled.value or {})}, c.words) for c in open_.candidates)
            return asked(open_.problem, *candidates) if settled.value else Typed(problem=open_.problem)
        problem = problem or next(one for one in found if not one.value)
    return problem


def _under(name: str, found: Typed) -> Typed:
    """Return a reading as a part of one dated size."""
    value = None if found.value is None else {name: found.value}
    return Typed(value, "", found.problem, tuple(Candidate({name: c.value}, c.words) for c in found.candidates))


def read_one_size(text: str, unit: str = "") -> Typed:
    """Read a diameter, of several axes the longest; without a unit, or with a small number, mm or cm is asked."""
    if ranged := ranged_size(text, unit):
        return ranged
    found = read_size(text, "" if unit == "mm" and _SMALL.fullmatch(text.strip()) else unit)
    if found.value is not None:
        return Typed(found.value.axes_mm[0])
    if not found.candidates:
        return read_diameter(text)
    longest = tuple(Candidate(c.value.axes_mm[0], c.words) for c in found.candidates)
    return Typed(problem=found.problem, candidates=longest)


def ranged_size(text: str, unit: str = "") -> Typed | None:
    """Read '12-15 mm' or '<1 cm'; without a unit, mm or cm is asked. None where the text is no range of sizes."""
    ranged = read_interval(text, "mm").value
    if ranged is None or ranged.low == ranged.high:
        return None
    if re.search(r"mm|cm|centi", text.casefold()):
        return read_diameter(text)
    if unit:
        return read_diameter(f"{text} {unit}")
    units = ((choice, read_interval(f"{text} {choice}", "mm").value) for choice in ("mm", "cm"))
    candidates = (Candidate(recorded_size(value), value.shown("mm")) for _, value in units)
    return Typed(problem=tr("'{text}': mm or cm?").format(text=text.strip()), candidates=tuple(candidates))
