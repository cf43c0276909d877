"""Reads one cell of a copied table as the column says. Nothing is guessed, nothing dropped."""

import re
from typing import Any

from msgspec.structs import replace

from her2board.capture import receptors
from her2board.capture.calendar_weeks import says_week
from her2board.capture.clean_text import clean, clean_line
from her2board.capture.date_words import (
    plain,
)
from her2board.capture.drug_names import read_drugs
from her2board.capture.durations import read_course, read_months
from her2board.capture.local_kinds import read_unnamed_kind
from her2board.capture.radiotherapy import Radiotherapy, read_pair, read_radiotherapy
from her2board.capture.stated_numbers import read_stated
from her2board.capture.tables.date_cells import WITH_REST, read_date_cell
from her2board.capture.tables.line_cells import read_line_cell
from her2board.capture.tables.readings import Beside, CellReading
from her2board.capture.tables.size_cells import read_axes, read_earlier_cell, read_size_cell, size_before_words
from her2board.capture.tables.words import EMPTY, HORMONES, NO_TREATMENT, OPEN_TERMS, TERMS
from her2board.capture.typed import Candidate, Typed, asked, overlong, read_texts
from her2board.capture.typed_numbers import Interval, Size, read_count, read_number, read_percent
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
        return read_size_cell(column, text, beside)
    if column.kind == "sizes":
        return read_earlier_cell(text, beside)
    if (specimen := _of_specimen(column, text, beside)) is not None:
        return specimen
    if "cycles" in beside.paths and (of_line := read_line_cell(path, text, beside)):
        return of_line
    if path == "discipline" and "discipline_name" in beside.paths:
        return _discipline(column, text)
    if column.kind == "date":
        return read_date_cell(column, text, beside)
    return CellReading(_plain(column, text, beside))


def take(column: CaseField, chosen: Candidate, text: str = "") -> CellReading:
    """Return what a cell is read as once a person chose one of the meanings ``text`` may have; more words are kept."""
    found = _taken(column, chosen)
    line = clean_line(text)
    more = (column.path == "drugs" and plain(line) != plain(chosen.words)) or (
        column.kind == "date" and (WITH_REST.fullmatch(line) or says_week(line))
    )
    more = more or (column.kind == "size" and bool(size_before_words(line)))
    return replace(found, left=(*found.left, line)) if more and line else found


def _taken(column: CaseField, chosen: Candidate) -> CellReading:
    value = chosen.value
    if isinstance(value, Size):
        return read_axes(column, value.axes_mm, chosen.words)
    if isinstance(value, Interval):
        return CellReading(Typed(value.low))
    if isinstance(value, dict) and column.kind != "size":  # what a receptor reading says of several columns
        return CellReading(Typed(value.get(column.path)), {k: v for k, v in value.items() if k != column.path})
    return CellReading(Typed(value))


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
            return read_stated(column, sized, column.info.unit)
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
    ends = [end for end in (found.value.low, found.value.high) if end is not None]
    question = tr("a range ({range}) has no place here yet").format(range=found.reading)
    offered = (Candidate(end, tr("{number:g} %").format(number=end)) for end in ends)
    return asked(question, *offered) if len(ends) > 1 else Typed(problem=question)


def _term(column: CaseField, text: str) -> Typed:
    """Return the term of a closed list that a cell names."""
    bare = " ".join(clean_line(text).casefold().replace("_", " ").split())
    for term in column.choices:
        words = (term.casefold(), spoken(term).casefold(), column.words(term).casefold())
        if not {bare, bare.removesuffix(".")}.isdisjoint((*words, *TERMS.get(column.path, {}).get(term, ()))):
            return Typed(term)
    if meant := [term for term in OPEN_TERMS.get(column.path, {}).get(bare, ()) if term in column.choices]:
        question = tr("'{text}': which of these?").format(text=clean_line(text))
        return asked(question, *(Candidate(term, column.words(term)) for term in meant))
    return Typed(
        problem=tr("'{text}' is none of: {choices}").format(text=text, choices=", ".join(map(spoken, column.choices)))
    )


def _of_specimen(column: CaseField, text: str, beside: Beside) -> CellReading | None:
    """Read a receptor result; None for the other columns of a specimen."""
    path = column.path
    if path == "ihc" and (stated := receptors.read_stated_status(text)):
        return _receptor(stated, path, text)
    if path in _RECEPTORS:
        return _receptor(_RECEPTORS[path](text), path, text)
    if path == "er" and (both := receptors.read_receptors(text, headed=beside.unit == HORMONES)):
        return _receptor(both, path, text)
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


def _radiotherapy(column: CaseField, text: str, beside: Beside) -> CellReading:
    """Read kind, dose and fractions wherever they are written together."""
    if column.path == "kind" and _term(column, text).value is not None:
        return CellReading(_term(column, text))
    if column.path == "fractions":
        match = _FRACTION_WORDS.fullmatch(clean_line(text))
        value = int(match[1] or match[2]) if match else None
        return CellReading(Typed(value) if match else read_number(text, whole=True))
    if column.path == "dose_gy" and (pair := read_pair(text)):
        return CellReading(pair)
    line = clean_line(text)
    sized = f"{line} {beside.unit}" if beside.unit and re.fullmatch(r"[\d.,]+", line) else line
    found = read_radiotherapy(sized)
    if found.question:
        of_kind = column.path == "kind"
        offered = [c for c in found.candidates if isinstance(c.value, dict) or isinstance(c.value, str) == of_kind]
        return CellReading(Typed(problem=found.question, candidates=tuple(offered)))
    fields = _course(found)
    value = fields.pop(column.path, None)
    if value is None and not fields:
        if column.path != "kind":
            return CellReading(read_number(line, "Gy"))
        unnamed = read_unnamed_kind(line, {kind: column.words(kind) for kind in column.choices})
        return CellReading(unnamed or _term(column, text), left=(line,) if unnamed and unnamed.value else ())
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
