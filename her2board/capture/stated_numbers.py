"""Reads a number of the case with what people write around it: 'ECOG 1', 'KPS 80 %', 'grade II', '52 y'."""

import re

from her2board.capture.clean_text import clean_line
from her2board.capture.date_words import plain
from her2board.capture.typed import Candidate, Typed, asked
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


_DAILY = ("dexamethasone_mg", "other_steroid_mg")
"""Doses of a day."""
_TIMES_A_DAY = {
    1: r"(?:once\s(?:daily|a day)|daily|a day|per day|o\.?d\.?|q\.?d\.?|qam|mane|1\s?[x×](?:\s?(?:/\s?d|daily))?"
    r"|/\s?(?:d|day|tag|24h)|taglich|1-0-0)",
    2: r"(?:twice\s(?:daily|a day)|b\.?d\.?|b\.?i\.?d\.?|2\s?[x×](?:\s?(?:/\s?d|daily))?|q12h|1-0-1)",
    3: r"(?:three times\s(?:daily|a day)|t\.?d\.?s\.?|t\.?i\.?d\.?|3\s?[x×](?:\s?(?:/\s?d|daily))?|q8h|1-1-1)",
    4: r"(?:four times\s(?:daily|a day)|q\.?d\.?s\.?|q\.?i\.?d\.?|4\s?[x×](?:\s?(?:/\s?d|daily))?|q6h|1-1-1-1)",
}
_DOSE = r"(?P<dose>\d+(?:[.,]\d+)?)\s*(?:mg)?"
_PARTS = re.compile(r"(\d+(?:[.,]\d+)?)(?:-(\d+(?:[.,]\d+)?)){2,3}\s*(?:mg)?")


def _daily_dose(line: str, unit: str) -> Typed | None:
    """Read a dose that says how often it is given; the sum of several is asked: '4 mg bd', '2-2-0 mg', '2 x 4 mg'."""
    if _PARTS.fullmatch(line):
        total = sum(float(part.replace(",", ".")) for part in re.findall(r"\d+(?:[.,]\d+)?", line))
        return _day_asked(line, total, unit)
    for times, words in _TIMES_A_DAY.items():
        if match := re.fullmatch(rf"{_DOSE}\s*{words}", line):
            total = times * float(match["dose"].replace(",", "."))
            return Typed(total) if times == 1 else _day_asked(line, total, unit)
    if match := re.fullmatch(rf"(?P<times>[2-6])\s*[x×*]\s*{_DOSE}(?:\s*(?:/\s?d|daily|a day|taglich))?", line):
        return _day_asked(line, int(match["times"]) * float(match["dose"].replace(",", ".")), unit)
    return None


def _day_asked(line: str, total: float, unit: str) -> Typed:
    words = tr("{dose:g} {unit} a day").format(dose=total, unit=unit)
    return asked(tr("'{text}': {dose}?").format(text=line, dose=words), Candidate(total, words))


def read_stated(field: CaseField, text: str, unit: str = "") -> Typed:
    """Read a number for a field of the case or a column of a list, in ``unit``; another scale's name is refused."""
    whole = field.kind == "integer"
    name = field.path.rpartition(".")[2]
    line = plain(clean_line(text))
    if name in _DAILY and (daily := _daily_dose(line, unit)):
        return daily
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
