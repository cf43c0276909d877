"""Reads the cells of a systemic line that say more than their column: its length, its number, where it progressed."""

import re
from typing import Any

from msgspec.structs import replace

from her2board.capture.clean_text import clean_line
from her2board.capture.date_words import plain
from her2board.capture.durations import read_course
from her2board.capture.periods import split_period
from her2board.capture.tables.date_cells import read_period
from her2board.capture.tables.readings import Beside, CellReading
from her2board.capture.typed import Candidate, Typed, asked
from her2board.wording import tr


def read_line_cell(path: str, text: str, beside: Beside) -> CellReading | None:
    """Read '6 cycles' in place of an end, '1L met' for the setting, 'PD brain' for the reason; None for the rest."""
    if path in ("months", "cycles") and (ends := split_period(clean_line(text))):
        period = read_period(ends, beside)
        return replace(period, typed=replace(period.typed, value=None), more=_with_start(period))
    if path in ("cycles", "months", "stop") and (course := read_course(text)):
        return _course_given(course, path)
    if path == "setting" and (line := _LINE.fullmatch(plain(text.strip()))):
        return _setting_and_line(text, line)
    if path == "reason_stopped" and (where := _PROGRESSED.fullmatch(plain(text))):
        return _progression(text, where["where"])
    if path == "reason_stopped" and _ADVERSE.fullmatch(plain(clean_line(text))):
        return CellReading(Typed("toxicity"), left=(clean_line(text),))
    return None


def _course_given(course: Typed, path: str) -> CellReading:
    """Give how long a treatment lasted its columns, wherever it is written."""
    fields = dict(course.value or {})
    return CellReading(Typed(fields.pop(path, None), "", course.problem, course.candidates), fields)


_PROGRESSED = re.compile(
    r"\s*(?:pd|pro(?:gress\w*)?|progressive disease)\b[\s,:(/-]*(?:in\s|of\s)?(?:the\s)?"
    r"(?P<where>(?!\s*(?:disease|de la maladie|de la enfermedad|d(?:i|ella) malattia)$)[^)]+)\)?"
)
_ADVERSE = re.compile(
    r"(?:(?:toxicity|tox|ae)\W+)?(?:ild(?:/pneumonitis)?|pneumonitis|interstitial lung disease|cardiotoxicity"
    r"|(?:lvef|ef) (?:drop|decline|decrease)|(?:peripheral )?neuropathy|diarrhoea|diarrhea|hepatotoxicity"
    r"|thrombocytopenia|neutropenia|hand[- ]foot syndrome|polmonite|piastrinopenia|neuropatia|diarrea|neuropathie"
    r"|thrombopenie|thrombozytopenie|durchfall)"
    r"(?:[\s,(]+(?:g|gr|grade|grad|grado|ctcae)?\.?\s?[1-5])?\)?(?:\s(?:toxicity|tox))?"
)
"""An adverse event, with its grade, in place of the reason; its words are kept."""
_IN_BRAIN = re.compile(r"(?:brain|cns|intracranial|cerebral|hirn|zns|cervello|cerveau|cerebro)\b")
_IN_BODY = re.compile(
    r"(?:liver|bones?|lungs?|nodes?|nodal|skin|visceral|extracranial|systemic|body|breast|pleura|leber|knochen|lunge|haut)\b"
)


def _progression(text: str, where: str) -> CellReading:
    """Read 'PD brain': the reason and where; words that say neither leave the cell unread."""
    places = [place for place in re.split(r"[\s,+&/]+|\band\b|\bund\b", where) if place]
    brain = [bool(_IN_BRAIN.fullmatch(place)) for place in places]
    body = [bool(_IN_BODY.fullmatch(place)) for place in places]
    if not places or not all(b or o for b, o in zip(brain, body, strict=True)):
        return CellReading(Typed(problem=tr("'{text}': where did it progress?").format(text=clean_line(text))))
    both = any(brain) and any(body)
    return CellReading(
        Typed("progression"), {"progressed_in": "brain_and_body" if both else "brain" if any(brain) else "body"}
    )


def _with_start(period: CellReading) -> dict[str, Any]:
    return {} if period.typed.value is None else {"start": period.typed.value, **period.more}


_METASTATIC = r"(?:met(?:astatic|s|astasiert)?|mbc|palliative?|adv(?:anced)?|stage iv)"
_LINE = re.compile(
    rf"(?P<before>{_METASTATIC}[\s,-]*)?(?P<line>[1-9])(?:st|nd|rd|th|\.)?[\s-]?(?:l|line|linie|ligne|linea)"
    rf"(?P<behind>[\s,-]*\(?{_METASTATIC}\)?)?(?:\s(?:therapy|treatment))?"
)
"""A line with its number in place of the setting: '1L met', '2nd line'."""


def _setting_and_line(text: str, match: re.Match[str]) -> CellReading:
    """Read the setting and number of a line; a number alone does not say that the disease was metastatic: asked."""
    line = int(match["line"])
    if match["before"] or match["behind"]:
        return CellReading(Typed("metastatic"), {"line": line})
    words = tr("line {n} of metastatic therapy").format(n=line)
    question = tr("'{text}': is it {words}?").format(text=clean_line(text), words=words)
    return CellReading(asked(question, Candidate({"setting": "metastatic", "line": line}, words)))
