"""Reads a number of the case with what people write around it: 'ECOG 1', 'KPS 80 %', 'grade II', '52 y'."""

import re

from her2board.capture.clean_text import clean_line
from her2board.capture.date_words import plain
from her2board.capture.typed import Typed
from her2board.capture.typed_numbers import read_number
from her2board.case.fields import CaseField
from her2board.wording import tr

_GRADE = r"(?:ctc(?:ae)?(?:\sv?\d(?:\.0)?)?\s?)?(?:grade?|gr|g|grado)?\.?"
_NAMES = {
    "ecog": r"(?:ecog|who|zubrod)?[\s-]?(?:ps|performance status|performance)?(?:\s\(?ecog\)?)?",
    "kps": r"(?:kps|karnofsky(?:[\s-](?:index|score|performance status|ps))?|ki)?",
    "age": r"(?:aged?|alter|eta|edad)?",
    "ild_grade": _GRADE,
    "neuropathy_grade": _GRADE,
    "diarrhoea_grade": _GRADE,
    "hand_foot_grade": _GRADE,
    "cytopenia_grade": _GRADE,
    "grade": _GRADE,
}
"""What each field is called where its number is written, in plain lower case."""
_KARNOFSKY = re.compile(r"kps|karnofsky")
_ECOG = re.compile(r"ecog|who|zubrod")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_YEARS = re.compile(
    r"(?<=\d)\s?-?\s?(?:y|yr|yrs|yo|y/o|y\.o\.|years?|years?[\s-]olds?|j|j\.|jahre|ans|anni|anos|a)(?:\s(?:old|alt))?$"
)
_LEAST_BIRTH_YEAR = 1900


def read_stated(field: CaseField, text: str, unit: str = "") -> Typed:
    """Read a number for a field of the case or a column of a list, in ``unit``; another scale's name is refused."""
    whole = field.kind == "integer"
    name = field.path.rpartition(".")[2]
    line = plain(clean_line(text))
    if name not in _NAMES or not line:
        return read_number(text, unit, whole=whole)
    if (name == "ecog" and _KARNOFSKY.search(line)) or (name == "kps" and _ECOG.search(line)):
        return Typed(problem=tr("'{text}' is of another scale: enter it there").format(text=clean_line(text)))
    bare = re.sub(rf"^{_NAMES[name]}\s*[:=]?\s*(?=[\divx~<>])", "", line)
    if name == "kps":
        bare = re.sub(r"\s*(?:%|/\s?100)$", "", bare)
    if name == "age":
        bare = _YEARS.sub("", bare)
    if name == "age" and bare.isdecimal() and int(bare) >= _LEAST_BIRTH_YEAR:
        return Typed(problem=tr("'{text}' is a year, and an age is asked").format(text=clean_line(text)))
    if name not in ("kps", "age"):
        bare = _ROMAN.get(bare, bare)
    found = read_number(bare, unit, whole=whole)
    return found if found.value is not None or found.candidates else read_number(text, unit, whole=whole)
