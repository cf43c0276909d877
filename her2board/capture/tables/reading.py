"""Reads one cell of a copied table as the column says. Nothing is guessed, nothing dropped."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from her2board.capture import receptors
from her2board.capture.clean_text import clean, clean_line
from her2board.capture.date_order import DateOrder
from her2board.capture.date_readings import show_date
from her2board.capture.date_words import (
    is_ongoing,
    is_part_of,
    may_be_ongoing,
    plain,
    starts_since,
    without_until,
)
from her2board.capture.dated_sizes import ranged_size, read_dated_sizes, read_one_size
from her2board.capture.drug_names import read_drugs
from her2board.capture.durations import read_course, read_months
from her2board.capture.periods import split_period
from her2board.capture.radiotherapy import Radiotherapy, read_radiotherapy
from her2board.capture.tables.words import EMPTY, NO_TREATMENT, TERMS
from her2board.capture.typed import Candidate, Typed, asked, overlong, read_texts
from her2board.capture.typed_dates import read_date
from her2board.capture.typed_numbers import (
    Interval,
    Size,
    read_count,
    read_number,
    read_percent,
    read_size,
)
from her2board.case.drug_text import fold
from her2board.case.drugs import Vocabulary
from her2board.case.fields import CaseField
from her2board.case.terms import Discipline, spoken
from her2board.wording import tr

_ANSWERS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
_ANSWERS |= {"ja": True, "oui": True, "si": True, "sim": True, "nein": False, "non": False, "nao": False}
_RECEPTORS = {"ihc": receptors.read_ihc, "ish": receptors.read_ish, "ki67_percent": receptors.read_ki67}
_SAID_IN = {"ihc": "her2_said", "er": "er_said", "pr": "pr_said"}
"""Where the words of a receptor result are kept beside it."""
_FRACTION_WORDS = re.compile(r"(\d+)\s*(?:fractions?|fxs?|frs?|sessions?|fraktionen|#)?\.?|#\s*(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a cell is read beside: vocabulary, meeting, unit and order of its column, columns of the entry."""

    vocabulary: Vocabulary | None = None
    meeting: date | None = None
    order: DateOrder | None = None
    unit: str = ""
    paths: frozenset[str] = frozenset()
    """Columns that an entry of the list has."""
    measured: str = ""
    """Day that the heading of a column of sizes says, as ISO text."""
    days_only: bool = False
    """The column holds the days of earlier sizes."""


@dataclass(frozen=True, slots=True)
class CellReading:
    """What one cell was read as: the value of its column, of other columns, and what is kept for the note."""

    typed: Typed
    more: Mapping[str, Any] = field(default_factory=dict)
    left: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    """What a person should see beside the entry."""


def is_empty(text: str) -> bool:
    """Tell whether a cell says that nothing is known."""
    return text.strip().casefold() in EMPTY


def read_cell(column: CaseField, text: str, beside: Beside) -> CellReading:
    """Return what a cell is read as; what people write for 'not known' is not recorded."""
    if is_empty(text):
        return CellReading(Typed())
    if column.kind not in ("text", "texts") and (problem := overlong(clean_line(text))):
        return CellReading(Typed(problem=problem))
    path = column.path
    if path == "drugs" and beside.vocabulary is not None:
        return _drugs(text, beside.vocabulary, beside.paths)
    if path in ("kind", "dose_gy", "fractions") and "dose_gy" in beside.paths:
        return _radiotherapy(column, text, beside)
    if column.kind == "size":
        return _size(column, text, beside)
    if column.kind == "sizes":
        return _earlier_sizes(text, beside)
    if (specimen := _of_specimen(column, text, beside)) is not None:
        return specimen
    if path in ("cycles", "months", "stop") and "cycles" in beside.paths and (course := read_course(text)):
        return _course_given(course, path)
    if path == "discipline" and "discipline_name" in beside.paths:
        return _discipline(column, text)
    if column.kind == "date":
        return _date(column, text, beside)
    return CellReading(_plain(column, text, beside))


def take(column: CaseField, chosen: Candidate, text: str = "") -> CellReading:
    """Return what a cell is read as once a person chose one of the meanings ``text`` may have; more words are kept."""
    found = _taken(column, chosen)
    line = clean_line(text)
    more = (column.path == "drugs" and plain(line) != plain(chosen.words)) or (
        column.kind == "date" and _WITH_REST.fullmatch(line)
    )
    return replace(found, left=(*found.left, line)) if more and line else found


def _taken(column: CaseField, chosen: Candidate) -> CellReading:
    value = chosen.value
    if isinstance(value, Size):
        return _axes(column, value.axes_mm, chosen.words)
    if isinstance(value, Interval):
        return CellReading(Typed(value.low))
    if isinstance(value, dict) and column.kind != "size":  # what a receptor reading says of several columns
        return CellReading(Typed(value.get(column.path)), {k: v for k, v in value.items() if k != column.path})
    return CellReading(Typed(value))


def _course_given(course: Typed, path: str) -> CellReading:
    """Give how long a treatment lasted its columns, wherever it is written."""
    fields = dict(course.value or {})
    return CellReading(Typed(fields.pop(path, None), "", course.problem, course.candidates), fields)


def _plain(column: CaseField, text: str, beside: Beside) -> Typed:
    """Read a cell whose column says all there is to know."""
    match column.kind:
        case "choice":
            return _term(column, text)
        case "flag":
            answer = _ANSWERS.get(plain(text.strip()))
            return Typed(problem=tr("'{text}' is not yes or no").format(text=text)) if answer is None else Typed(answer)
        case "number" | "integer":
            if column.info.unit == "%":
                return _exact(read_percent(text))
            sized = f"{text} {beside.unit}" if beside.unit and not re.search(r"[a-z]", text.casefold()) else text
            if column.info.unit == "months":
                return read_months(text)
            return read_number(sized, column.info.unit, whole=column.kind == "integer")
        case "texts":
            return read_texts(re.sub(r"\s*[+]\s*|\s+/\s+", ", ", clean(text).text))
        case "count":
            return read_count(text)
    return Typed((clean(text).text.strip() if column.path == "note" else clean_line(text)) or None)


def _exact(found: Typed) -> Typed:
    """Return one number; a range has no place in the case yet."""
    if found.value is None or found.value.low == found.value.high:
        candidates = tuple(Candidate(candidate.value.low, candidate.words) for candidate in found.candidates)
        value = found.value.low if found.value else None
        return Typed(value, found.reading if value is None else "", found.problem, candidates)
    return Typed(problem=tr("a range ({range}) has no place here yet").format(range=found.reading))


def _term(column: CaseField, text: str) -> Typed:
    """Return the term of a closed list that a cell names."""
    bare = " ".join(clean_line(text).casefold().replace("_", " ").split())
    for term in column.choices:
        words = (term.casefold(), spoken(term).casefold(), column.words(term).casefold())
        if bare in (*words, *TERMS.get(column.path, {}).get(term, ())):
            return Typed(term)
    return Typed(
        problem=tr("'{text}' is none of: {choices}").format(text=text, choices=", ".join(map(spoken, column.choices)))
    )


def _of_specimen(column: CaseField, text: str, beside: Beside) -> CellReading | None:
    """Read a receptor result; None for the other columns of a specimen."""
    path = column.path
    if path in _RECEPTORS:
        return _receptor(_RECEPTORS[path](text), path, text)
    if path in ("er", "pr"):
        return _receptor(receptors.read_hormone(text, path), path, text)
    if path == "her2_stated" and "ihc" in beside.paths and _term(column, text).value is None:
        return _score_in_place_of_status(column, text)
    return None


def _score_in_place_of_status(column: CaseField, text: str) -> CellReading:
    """Read 'IHC 2+' in a column that is headed 'HER2' and no more; what is neither score nor status is not read."""
    found = receptors.read_ihc(text)
    offered = tuple(Candidate({"ihc": c.value}, c.words) for c in found.candidates)
    if found.problem and not offered:
        return CellReading(_term(column, text))
    said = {"her2_said": clean_line(text)} if found.note or receptors.says_more(text) else {}
    fields = {**found.fields, **said} if found.fields else {}
    return CellReading(Typed(problem=found.problem, candidates=offered), fields)


def _discipline(column: CaseField, text: str) -> CellReading:
    """Read one of the list; any other is kept by its name."""
    found, name = _term(column, text), clean_line(text)
    if found.value is not None:
        return CellReading(found)
    words = tr("'{text}' is kept by its name, as another discipline").format(text=name)
    return CellReading(Typed(str(Discipline.OTHER), words), {"discipline_name": name}, marks=(words,))


def _date(column: CaseField, text: str, beside: Beside) -> CellReading:
    """Read a date; 'ongoing' in place of the end is another fact of the entry."""
    if column.path == "stop" and "ongoing" in beside.paths:
        if is_ongoing(text):
            return CellReading(Typed(), {"ongoing": True})
        if may_be_ongoing(text):
            question = tr("'{text}': is it ongoing?").format(text=clean_line(text))
            return CellReading(asked(question, Candidate({"ongoing": True}, tr("ongoing"))))
        if starts_since(text):
            return CellReading(Typed(problem=tr("'{text}' says when it began, not when it ended").format(text=text)))
        text = without_until(text)
    if column.path == "start" and "stop" in beside.paths and (ends := split_period(clean_line(text))):
        return _period(ends, beside)
    read = partial(read_date, meeting=beside.meeting, past=column.info.past, order=beside.order)
    found = read(text)
    if found.problem and not found.candidates and (rest := _WITH_REST.fullmatch(clean_line(text))):
        found = _date_with_rest(text, read(rest["day"])) or found
    decided = found.value is not None and read_date(text).value is None  # by the meeting or by the rest of the table
    in_part = found.value is not None and is_part_of(text)
    return CellReading(
        found, left=(clean_line(text),) if in_part else (), marks=(found.reading,) * (decided or in_part)
    )


def _period(ends: tuple[str, str], beside: Beside) -> CellReading:
    """Read both ends of a treatment that are written into one cell; where one is asked, neither is taken."""
    read = partial(read_date, meeting=beside.meeting, past=True, order=beside.order)
    start, ongoing = read(ends[0]), "ongoing" in beside.paths and is_ongoing(ends[1])
    stop = Typed(True) if ongoing else read(ends[1])
    if start.value is None or stop.value is None:
        return CellReading(Typed(problem=start.problem or stop.problem))
    return CellReading(start, {"ongoing": True} if ongoing else {"stop": stop.value})


_WITH_REST = re.compile(r"(?P<day>[^(]*\d[^(]*?)\s*(?:[(,;]|\s[-\N{EN DASH}])\s*(?P<rest>[^\W\d_].*)")
"""A date with words behind it: '09/2024 (PD brain)'."""


def _date_with_rest(text: str, found: Typed) -> Typed | None:
    """Ask whether a date is meant that has more beside it; the words are kept once it is taken."""
    if found.value is None:
        return None
    question = tr("'{text}': is it {day}?").format(text=clean_line(text), day=show_date(found.value))
    return asked(question, Candidate(found.value, show_date(found.value)))


def _drugs(text: str, vocabulary: Vocabulary, paths: frozenset[str]) -> CellReading:
    if fold(clean_line(text)).folded.strip(" .-") in NO_TREATMENT:
        words = tr("'{text}' says that nothing was given: for the whole list choose 'none given'")
        return CellReading(Typed(problem=words.format(text=clean_line(text))))
    found = read_drugs(text, vocabulary)
    marks = [found.typed.reading] if found.typed.candidates or not vocabulary.read(text).ids else []
    if found.supportive:
        marks.append(tr("supportive, makes no line of therapy"))
    course = read_course(found.note) if "cycles" in paths else None
    if course is not None and course.value:  # 'T-DM1 14 cycles'
        return CellReading(found.typed, course.value, marks=tuple(marks))
    return CellReading(found.typed, left=(found.note,) if found.note else (), marks=tuple(marks))


def _receptor(found: receptors.Receptor, path: str, text: str) -> CellReading:
    """Give each field its column, and keep a text that says more than it as it is said."""
    if (said := _SAID_IN.get(path)) and not found.problem and (found.note or receptors.says_more(text)):
        fields = {**found.fields, said: clean_line(text)}
        return CellReading(Typed(fields.pop(path, None)), fields)
    if not found.fields and not found.problem:
        mark = tr("'{text}' is kept as a note").format(text=clean_line(text))
        return CellReading(Typed(), left=(clean_line(text),), marks=(mark,))
    more = {name: value for name, value in found.fields.items() if name != path}
    left = (found.note,) if found.note else ()
    return CellReading(Typed(found.fields.get(path), "", found.problem, found.candidates), more, left)


def _size(column: CaseField, text: str, beside: Beside) -> CellReading:
    """Read '16 x 12 mm': the longest axis is the diameter, the next is across; a third is left over."""
    found = read_size(text, beside.unit)
    if found.value is None:
        ranged = ranged_size(text, beside.unit)
        return CellReading(found if ranged is None else ranged)
    return _axes(column, found.value.axes_mm, text)


def _axes(column: CaseField, axes: tuple[float, ...], text: str) -> CellReading:
    if len(axes) == 1:
        return CellReading(Typed(axes[0]))
    if column.path != "diameter_mm":
        return CellReading(Typed(problem=tr("'{text}' has several axes").format(text=clean_line(text))))
    words = tr("{large:g} by {small:g} mm").format(large=axes[0], small=axes[1])
    left = (clean_line(text),) if len(axes) > 2 else ()
    return CellReading(Typed(axes[0], words), {"perpendicular_mm": axes[1]}, left)


def _earlier_sizes(text: str, beside: Beside) -> CellReading:
    """Read sizes measured before; a column may hold their days alone, or be headed by the day of all its sizes."""
    read_day = partial(read_date, meeting=beside.meeting, past=True, order=beside.order)
    if beside.measured:
        size = read_one_size(clean_line(text), beside.unit)
        offered = (Candidate([{"mm": c.value, "day": beside.measured}], c.words) for c in size.candidates)
        value = None if size.value is None else [{"mm": size.value, "day": beside.measured}]
        found = Typed(value, "", size.problem, tuple(offered))
    elif beside.days_only:
        day = read_day(text)
        offered = (Candidate([{"day": c.value}], c.words) for c in day.candidates)
        found = Typed(None if day.value is None else [{"day": day.value}], "", day.problem, tuple(offered))
    else:
        found = read_dated_sizes(text, beside.unit, read_day)
    several_axes = found.value is not None and re.search(r"\d\s*[x×*]\s*\d", text)
    return CellReading(found, left=(clean_line(text),) if several_axes else ())


def _radiotherapy(column: CaseField, text: str, beside: Beside) -> CellReading:
    """Read kind, dose and fractions wherever they are written together."""
    if column.path == "kind" and _term(column, text).value is not None:
        return CellReading(_term(column, text))
    if column.path == "fractions":
        match = _FRACTION_WORDS.fullmatch(clean_line(text))
        value = int(match[1] or match[2]) if match else None
        return CellReading(Typed(value) if match else read_number(text, whole=True))
    line = clean_line(text)
    sized = f"{line} {beside.unit}" if beside.unit and re.fullmatch(r"[\d.,]+", line) else line
    found = read_radiotherapy(sized)
    if found.question:
        return CellReading(Typed(problem=found.question, candidates=found.candidates))
    fields = _course(found)
    value = fields.pop(column.path, None)
    if value is None and not fields:
        return CellReading(_term(column, text) if column.path == "kind" else read_number(line, "Gy"))
    problem = "" if value is not None else tr("'{text}' says no {column}").format(text=line, column=spoken(column.path))
    return CellReading(Typed(value, problem="" if fields else problem), fields, (found.note,) if found.note else ())


def _course(found: Radiotherapy) -> dict[str, Any]:
    fields = {
        "kind": found.kind,
        "dose_gy": found.dose_gy,
        "fractions": found.fractions,
        "hippocampal_avoidance": found.hippocampal_avoidance,
    }
    return {name: value for name, value in fields.items() if value is not None}
