"""Reads numbers, sizes, percentages and counts as people type them. A fraction or a missing unit is asked."""

import re
from typing import Any

from msgspec import Struct

from her2board.capture.clean_text import clean_line
from her2board.capture.shown_numbers import show_count
from her2board.capture.typed import Candidate, Typed, asked, overlong
from her2board.wording import tr

_NUMBER = re.compile(r"(?P<number>[+-]?\d+(?:[.,]\d+)?)\s*(?P<unit>[^\d\s].*)?")
_SMALL_MM = 4
"""A diameter below this may have been meant in centimetres, and is asked."""
_COUNT_WORDS = {"multiple": (2, None), "several": (2, None), "many": (2, None), "none": (0, 0), "single": (1, 1)}
_COUNT_WORDS |= dict.fromkeys(("mehrere", "multiples", "plusieurs"), (2, None))
_COUNT_WORDS |= {"solitary": (1, 1), "no": (0, 0)}
_NUMERALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DIFFUSE = ("diffuse", "numerous", "innumerable", "miliary", "uncountable", "countless")
_LESIONS = re.compile(r"\s*(?:brain\s+)?(?:lesions?|metastas[ei]s|mets?|foci|focus)$")
_DASH = "(?:-|\N{EN DASH}|\N{EM DASH}|to|bis)"
_RANGE = re.compile(rf"(\d+)\s*{_DASH}\s*(\d+)")
_AT_LEAST = re.compile(r"(?:(?:>=|≥|at least|min\.?)\s*(\d+)|(\d+)\s*(?:\+|or more))")
_MORE_THAN = re.compile(r"(?:>|more than|over)\s*(\d+)")
_AT_MOST = re.compile(r"(?:<=|≤|up to|at most|max\.?)\s*(\d+)")
_LESS_THAN = re.compile(r"(?:<|less than|fewer than|under)\s*(\d+)")
_DIGITS, _UNITS = r"\d+(?:[.,]\d+)?", "%|mm|cm|mg|gy|cgy|ml"
_VALUE, _UNIT = f"({_DIGITS})", f"({_UNITS})?"
_BETWEEN = re.compile(
    rf"(?P<above>>)?\s*(?P<low>{_DIGITS})\s*(?P<unit>{_UNITS})?\s*{_DASH}\s*"
    rf"(?P<below><)?\s*(?P<high>{_DIGITS})\s*(?P<last>{_UNITS})?"
)
_BOUND = re.compile(
    r"(<=|≤|up to|at most|max\.?|bis|<|less than|under|below|>=|≥|at least|min\.?|>|more than|over|above)\s*"
    rf"{_VALUE}\s*{_UNIT}"
)
_ABOUT = re.compile(rf"(?:~|≈|ca\.?|approx\.?|approximately|about|around|circa|etwa|environ)\s*{_VALUE}\s*{_UNIT}")
_UPPER, _UPPER_OPEN = ("<=", "≤", "up to", "at most", "max", "max.", "bis"), ("<", "less than", "under", "below")
_LOWER_OPEN = (">", "more than", "over", "above")
_WORDS_OF_SIZE = {"subcentimetre": 10, "subcentimeter": 10, "subcentimetric": 10, "sub-centimetre": 10, "sub-cm": 10}
"""Below one centimetre, in millimetres."""
_EJECTION = re.compile(r"(?:lvef|ef|fevg)\s*[:=]?\s*(?=\d)", re.IGNORECASE)
"""The name of the ejection fraction, typed again into its field."""
_WITH_WORDS = re.compile(r"(?P<number>\d+(?:[.,]\d+)?\s*(?:%|[^\W\d_]+)?)\s*[(,;]\s*\D?.*[^\W\d_].*")
"""A number with words behind it: '58 % (echo 3/26)', '2 (was 1)'."""
_TIMES = re.compile(r"\s*[x×*]\s*")
_MOST_MM = 200
"""Of a diameter in the case: a larger number cannot be centimetres turned into millimetres."""


class Interval(Struct, frozen=True):
    """A number known as a range. An end that is None is open; one that is not included is not reached."""

    low: float | None
    high: float | None
    low_included: bool = True
    high_included: bool = True

    def shown(self, unit: str = "") -> str:
        """Return the range in words and signs: '10 to 15 mm', '<10 mm', '≥3'."""
        tail = f" {unit}" if unit else ""
        if self.low is None:
            return f"{'≤' if self.high_included else '<'}{self.high:g}{tail}"
        if self.high is None:
            return f"{'≥' if self.low_included else '>'}{self.low:g}{tail}"
        if self.low_included and self.high_included:
            return tr("{low:g} to {high:g}").format(low=self.low, high=self.high) + tail
        signs = "" if self.low_included else ">", "" if self.high_included else "<"
        return f"{signs[0]}{self.low:g} \N{EN DASH} {signs[1]}{self.high:g}{tail}"


class Size(Struct, frozen=True):
    """A lesion as measured: its axes in millimetres, the longest first, and whether they were written so."""

    axes_mm: tuple[float, ...]
    reordered: bool = False


def read_number(text: str, unit: str = "", *, whole: bool = False) -> Typed:
    """Read a number with an optional unit; centimetres become millimetres where these are asked for."""
    text = clean_line(text)
    if not text:
        return Typed()
    if problem := overlong(text):
        return Typed(problem=problem)
    bare = _EJECTION.sub("", text) if unit == "%" else text
    if (several := _several(bare.casefold(), unit, whole=whole)) is not None:
        return several
    if (first := _WITH_WORDS.fullmatch(bare)) and (found := read_number(first["number"], unit, whole=whole)).value:
        words = f"{found.value:g} {unit}".strip()
        question = tr("'{text}': is this number meant?")
        return asked(question.format(text=text), Candidate(found.value, words))
    match = _NUMBER.fullmatch(bare)
    if match is None:
        return Typed(problem=tr("'{text}' is not a number").format(text=text))
    digits, given = match["number"], (match["unit"] or "").strip().casefold()
    if re.search(r",\d{3}$", digits):
        return Typed(problem=tr("'{text}': write a decimal point, and no comma for thousands").format(text=digits))
    number = _float(digits)
    if given == "cm" and unit == "mm":
        number = round(number * 10, 2)
        return Typed(number, tr("{mm:g} mm").format(mm=number))
    if given and given != unit.casefold():
        return Typed(problem=_wrong_unit(given, unit))
    if whole and number != int(number):
        return Typed(problem=tr("{number:g} is not a whole number").format(number=number))
    if unit == "%" and not given and _looks_like_fraction(digits):
        return _fraction(number)
    if unit == "mm" and not given and may_be_centimetres(digits):
        return asked(
            tr("'{text}': mm or cm?").format(text=digits),
            Candidate(number, tr("{mm:g} mm").format(mm=number)),
            Candidate(round(number * 10, 2), tr("{cm:g} cm").format(cm=number)),
        )
    return Typed(int(number) if whole else number)


def _several(line: str, unit: str, *, whole: bool) -> Typed | None:
    """Ask which number is meant by '1-2' or 'about 50', and refuse '>55', which is none; None for other texts."""
    if match := _BETWEEN.fullmatch(line):
        ends = [_in(unit, match["low"], match["unit"] or match["last"]), _in(unit, match["high"], match["last"])]
        question = tr("'{text}' is a range: which one number?")
    elif match := _ABOUT.fullmatch(line):
        ends, question = [_in(unit, match[1], match[2])], tr("'{text}': is this number meant?")
    elif _BOUND.fullmatch(line):
        return Typed(problem=tr("'{text}' is a limit, and one number is asked").format(text=line))
    else:
        return None
    numbers = [end for end in ends if end is not None and not (whole and end != int(end))]
    if len(numbers) < len(ends):
        return Typed(problem=tr("'{text}' is not a number").format(text=line))
    offered = ((int(number) if whole else number, f"{number:g} {unit}".strip()) for number in numbers)
    return asked(question.format(text=line), *(Candidate(number, words) for number, words in offered))


def may_be_centimetres(text: str) -> bool:
    """Tell whether a size without a unit under 'mm' is so small that centimetres may be meant: 1.4, '<2', '1-2'."""
    line = clean_line(text).casefold()
    if overlong(line) or re.search(r"[mc]m|centi", line):
        return False
    match = _NUMBER.fullmatch(line) or _BETWEEN.fullmatch(line) or _BOUND.fullmatch(line)
    numbers = [_float(number) for number in re.findall(r"\d+(?:[.,]\d+)?", line)]
    return match is not None and all(0 < number < _SMALL_MM for number in numbers)


def _looks_like_fraction(digits: str) -> bool:
    """Tell whether a number without a sign may be a part of one rather than of a hundred: 0.61, 0.95, 1.0."""
    return bool(re.search(r"[.,]", digits)) and 0 < _float(digits) <= 1


def _fraction(number: float) -> Typed:
    whole = round(number * 100, 4)
    question = tr("{number:g}: {whole:g} % or {number:g} %? Write the number with the sign")
    return asked(
        question.format(number=number, whole=whole),
        Candidate(whole, tr("{number:g} %").format(number=whole)),
        Candidate(number, tr("{number:g} %").format(number=number)),
    )


def _wrong_unit(given: str, unit: str) -> str:
    if not unit:
        return tr("'{given}' after the number is not understood; write the number alone").format(given=given)
    return tr("'{given}' is not the unit here; write the number in {unit}").format(given=given, unit=unit)


def _float(digits: str) -> float:
    return float(digits.replace(",", "."))


def read_interval(text: str, unit: str) -> Typed:
    """Read '10-15 mm', '<10 mm', 'up to 2 cm', '>20', or one number, as an ``Interval``; 'about 12' is asked."""
    words = clean_line(text).casefold()
    if not words:
        return Typed()
    if problem := overlong(words):
        return Typed(problem=problem)
    if words in _WORDS_OF_SIZE and unit == "mm":
        return _ranged(Interval(None, _WORDS_OF_SIZE[words], high_included=False), unit)
    if match := _BETWEEN.fullmatch(words):
        low = _in(unit, match["low"], match["unit"] or match["last"])
        high = _in(unit, match["high"], match["last"])
        open_ = bool(match["above"] or match["below"])
        if low is None or high is None or low > high or (open_ and low == high):
            return Typed(problem=tr("'{text}' is not a range of {unit}").format(text=text.strip(), unit=unit))
        return _ranged(Interval(low, high, not match["above"], not match["below"]), unit)
    if match := _BOUND.fullmatch(words):
        end = _in(unit, match[2], match[3])
        return _bound(text, match[1], end, unit)
    if match := _ABOUT.fullmatch(words):
        number = _in(unit, match[1], match[2])
        if number is not None:
            return asked(
                tr("'{text}': is it {number:g} {unit}?").format(text=text.strip(), number=number, unit=unit),
                Candidate(Interval(number, number), tr("{number:g} {unit}").format(number=number, unit=unit)),
            )
    found = read_number(text, unit)
    if found.value is None:
        candidates = tuple(Candidate(Interval(c.value, c.value), c.words) for c in found.candidates)
        return Typed(problem=found.problem, candidates=candidates)
    return Typed(Interval(found.value, found.value), found.reading)


def _in(unit: str, digits: str, given: str | None) -> float | None:
    """Return a number in ``unit``; None when it was given in one that is not understood here."""
    if given == "cm" and unit == "mm":
        return round(_float(digits) * 10, 2)
    return _float(digits) if given in (None, "", unit.casefold()) else None


def _bound(text: str, sign: str, end: float | None, unit: str) -> Typed:
    if end is None:
        return Typed(problem=tr("'{text}' is not a range of {unit}").format(text=text.strip(), unit=unit))
    if sign in (*_UPPER, *_UPPER_OPEN):
        return _ranged(Interval(None, end, high_included=sign in _UPPER), unit)
    return _ranged(Interval(end, None, low_included=sign not in _LOWER_OPEN), unit)


def _ranged(interval: Interval, unit: str) -> Typed:
    return Typed(interval, interval.shown(unit))


def read_percent(text: str) -> Typed:
    """Read '95%', '<1%', '30-40 %' as an ``Interval`` of percent; '0.61' is asked, and '110 %' is refused."""
    found = read_interval(text, "%")
    ends = (found.value.low, found.value.high) if found.value else ()
    if any(end is not None and end > 100 for end in ends):
        return Typed(problem=tr("'{text}' is more than 100 %").format(text=text.strip()))
    return found


def read_diameter(text: str) -> Typed:
    """Read a diameter of the case in mm: '16', '1.6 cm', '12-15', '<10 mm', 'up to 2 cm'. The value is plain JSON."""
    found = read_interval(text, "mm")
    if found.value is not None and found.value.low != found.value.high and may_be_centimetres(text):
        units = ((unit, read_interval(f"{text} {unit}", "mm").value) for unit in ("mm", "cm"))
        offered = (Candidate(recorded_size(value), value.shown("mm")) for _, value in units)
        return asked(tr("'{text}': mm or cm?").format(text=text.strip()), *offered)
    if found.value is None and not found.candidates and _TIMES.search(text) and (several := _longest(text)):
        return several
    candidates = tuple(Candidate(recorded_size(candidate.value), candidate.words) for candidate in found.candidates)
    value = None if found.value is None else recorded_size(found.value)
    return Typed(value, found.reading, found.problem, candidates)


def _longest(text: str) -> Typed | None:
    """Read the longest of several axes as the diameter: '2.1 x 1.8 cm'; without a unit, mm or cm is asked."""
    found = read_size(text)
    if found.value is not None:
        return Typed(found.value.axes_mm[0], tr("the longest of {axes}").format(axes=found.reading))
    offered = (Candidate(c.value.axes_mm[0], tr("{mm:g} mm").format(mm=c.value.axes_mm[0])) for c in found.candidates)
    return Typed(problem=found.problem, candidates=tuple(offered)) if found.candidates else None


def recorded_size(interval: Interval) -> float | dict[str, Any]:
    """Return a size as the case file holds it: a number, or the ends that are known."""
    if interval.low == interval.high and interval.low is not None:
        return interval.low
    ends = {"low": interval.low, "high": interval.high}
    left_out = {"low_included": interval.low_included, "high_included": interval.high_included}
    return {
        **{name: end for name, end in ends.items() if end is not None},
        **{name: False for name, included in left_out.items() if not included},
    }


def read_size(text: str, unit: str = "") -> Typed:
    """Read '12 x 8 mm', '1.2 × 0.8 × 0.6 cm', '9 mm' as a ``Size``; without a unit, mm or cm is asked.

    ``unit`` is what the heading of a column, or an answer to that question, says.
    """
    text = clean_line(text)
    if problem := overlong(text):
        return Typed(problem=problem)
    parts = _TIMES.split(text.casefold())
    units = [found[0] for part in parts if (found := re.search("mm|cm", part))]
    given = units[-1] if units else unit
    numbers = [read_number(re.sub(r"\s*(?:mm|cm)$", "", part)) for part in parts]
    if not text.strip() or len(parts) > 3 or any(found.value is None or found.value <= 0 for found in numbers):
        return Typed(problem=tr("'{text}' is not a size").format(text=text.strip())) if text.strip() else Typed()
    axes = tuple(found.value for found in numbers)
    if not given:
        return _unit_asked(text, axes)
    scales = [units[n] if len(units) == len(parts) else given for n in range(len(parts))]
    return _sized(
        tuple(round(axis * (10 if scale == "cm" else 1), 2) for axis, scale in zip(axes, scales, strict=True))
    )


def _sized(axes: tuple[float, ...]) -> Typed:
    ordered = tuple(sorted(axes, reverse=True))
    return Typed(Size(ordered, reordered=axes != ordered), " × ".join(f"{axis:g}" for axis in ordered) + " mm")


def _unit_asked(text: str, axes: tuple[float, ...]) -> Typed:
    """Ask for the unit; centimetres that no diameter of a case can have are no choice."""
    in_mm = _sized(axes)
    candidates = [Candidate(in_mm.value, in_mm.reading)]
    if not only_millimetres(axes):
        in_cm = _sized(tuple(round(axis * 10, 2) for axis in axes))
        candidates.append(Candidate(in_cm.value, in_cm.reading))
    return asked(tr("'{text}': mm or cm?").format(text=text.strip()), *candidates)


def only_millimetres(numbers: tuple[float, ...]) -> bool:
    """Tell whether sizes without a unit can be millimetres only, as no diameter of a case is that many centimetres."""
    return any(number * 10 > _MOST_MM for number in numbers)


def read_count(text: str) -> Typed:
    """Read a number of lesions: '3', '2-4', '3+', '>20', 'up to 4', 'multiple', 'diffuse'."""
    line = clean_line(text)
    if problem := overlong(line):
        return Typed(problem=problem)
    words = _LESIONS.sub("", line.casefold())
    if not words:
        return Typed() if not text.strip() else _no_count(text)
    if words in _DIFFUSE:
        return Typed({"low": 2, "diffuse": True}, tr("diffuse"))
    if words in _COUNT_WORDS:
        low, high = _COUNT_WORDS[words]
        return _count(low, high)
    if words in _NUMERALS:
        return _count(_NUMERALS.index(words) + 1, _NUMERALS.index(words) + 1)
    if words.isdecimal():
        return Typed({"low": int(words), "high": int(words)})
    if match := _RANGE.fullmatch(words):
        return _count(int(match[1]), int(match[2])) if int(match[1]) <= int(match[2]) else _no_count(text)
    if match := _AT_LEAST.fullmatch(words):
        return _count(int(match[1] or match[2]), None)
    if match := _MORE_THAN.fullmatch(words):
        return _count(int(match[1]) + 1, None)
    if (match := _AT_MOST.fullmatch(words)) and int(match[1]):
        return _count(1, int(match[1]))
    if (match := _LESS_THAN.fullmatch(words)) and int(match[1]) > 1:
        return _count(1, int(match[1]) - 1)
    return _about_count(words) or _no_count(text)


def _about_count(words: str) -> Typed | None:
    """Ask whether a number is meant that is written as about so many."""
    match = _ABOUT.fullmatch(words)
    if match is None or not match[1].isdecimal():
        return None
    number = int(match[1])
    candidate = Candidate({"low": number, "high": number}, str(number))
    return asked(tr("'{text}': is this number meant?").format(text=words), candidate)


def _no_count(text: str) -> Typed:
    return Typed(
        problem=tr("'{text}' is not a number of lesions: write 3, 2-4, 3+, multiple or diffuse").format(text=text)
    )


def _count(low: int, high: int | None) -> Typed:
    value = {"low": low} if high is None else {"low": low, "high": high}
    return Typed(value, show_count(value))
