"""Reads a course of brain radiotherapy: '20 Gy/1 fx', 'HA-WBRT 30/10', 'Gamma Knife 2000 cGy'."""

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.clean_text import clean_line
from her2board.capture.typed import Candidate, Typed, asked, overlong
from her2board.case.doubt import is_doubtful
from her2board.wording import tr

Kind = Literal["radiosurgery", "whole_brain"]
_NUMBER = r"\d+(?:[.,]\d+)?"
_FRACTION_WORDS = (
    r"(?:fractions?|fxs?|frs?|f(?![a-z])|fx\.|fr\.|sessions?|sittings?|fraktionen|frazioni|fracciones|séances?|#)"
)
_HIPPOCAMPAL = re.compile(
    r"\bha[\s-]*(?=wbrt|wbi|whole)|\bwith\s+ha\b|\bhs[\s-]*(?=wbrt)|(?:(?<=wbrt)|(?<=wbi)|(?<=\d)|(?<=gy))[\s,(/]+ha\b\)?"
    r"|\bhippocamp(?:al|us)[\s-]*(?:avoid(?:ance|ing)|spar(?:ing|ed)|schonend)",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\bwbrt\b|\bwbi\b|\bwhole[\s-]*brain(?:\s*(?:radiotherapy|radiation|irradiation|rt))?|\bganzhirn(?:bestrahlung)?\b"
    r"|全脳照射|全脑放疗|全脑照射|\bpan[\s-]?encephali\w+\s+(?:irradiation|radiotherapy)|\birradiation\s+(?:pan-?)?encéphalique(?:\s+in\s+toto)?"
    r"|\b(?:(?:irradiazione|radioterapia|rt)\s+)?panencefalica\b|\b(?:irradiación|radioterapia)\s+holocraneal\b"
    r"|\bganzschädelbestrahlung\b",
    re.IGNORECASE,
)
_STEREOTACTIC = re.compile(
    r"\b(?:linac[\s-]*)?(?:f|hf|h)?srs\b|\b(?:f|hf|h)?srt\b|\b(?:stereotactic\s+)?radiosurgery\b"
    r"|\bradiochirurgi(?:e|a)\b|\bradiocirug[ií]a\b|\bgk(?:rs|s|srs)?\b|\bcyber[\s-]*knife\b|\bzap-x\b"
    r"|\b(?:fractionated\s+)?stereotactic\s+(?:radiotherapy|radiation|irradiation)\b"
    r"|(?:\bgamma|\N{GREEK SMALL LETTER GAMMA})[\s-]*knife\b|\bstereotaxie\b"
    r"|\bstereotaktische\s+(?:radiotherapie|bestrahlung|radiochirurgie)\b|\bradioterapia\s+stereotassica\b"
    r"|\bradiothérapie\s+stéréotaxique\b|ガンマナイフ|定位放射線治療|定位照射|伽[马瑪]刀",
    re.IGNORECASE,
)
_DEVICE = re.compile(r"gamma|\N{GREEK SMALL LETTER GAMMA}|ガンマ|伽|cyber|gk|zap|linac", re.IGNORECASE)
_NOT_THE_DOSE = re.compile(r"\b(?:bed|eqd2?|max(?:imum|imal)?\.?|mean|biologically)\b", re.IGNORECASE)
_TIMES = re.compile(rf"(\d+)\s*[x×*]\s*({_NUMBER})\s*(c?gy)", re.IGNORECASE)
_TIMES_AFTER = re.compile(
    rf"({_NUMBER})\s*(c?gy)\s*[x×*]\s*(\d+)(?!\d|[.,]\d|\s*c?gy)(?:\s*{_FRACTION_WORDS})?", re.IGNORECASE
)
"""'2 Gy x 20': the dose of a fraction and how many."""
_LARGEST_OF_FRACTIONS_GY = 60
"""A larger product may be a course whose whole dose was written before the number of fractions: asked."""
_DOSE = re.compile(rf"({_NUMBER})\s*(c?gy)\b", re.IGNORECASE)
_RANGE = re.compile(rf"{_NUMBER}\s*(?:-|\N{{EN DASH}}|to|bis)\s*{_NUMBER}\s*c?gy", re.IGNORECASE)
_FRACTIONS = re.compile(
    rf"(?:/|\bin\b|\ben\b|,|;)?\s*(\d+)\s*{_FRACTION_WORDS}"
    r"|\b(single)[\s-]*(?:fraction|dose|session)|(?:/|\bin\b)\s*(\d+)\b",
    re.IGNORECASE,
)
_PAIR = re.compile(rf"(?<![\d.,])({_NUMBER})\s*/\s*(\d+)(?![\d.,])")
_BARE = re.compile(_NUMBER)
_WITH_SURGERY = re.compile(
    r"\b(?:resection|resected|craniotomy|metastasectomy|surgery|operation|resektion)\b\s*(?:\+|and\b|&|,|/|then\b|followed\b)"
    r"|(?:\+|\band\b|&|\bthen\b)\s*(?:resection|craniotomy|metastasectomy|surgery|operation|resektion)\b(?!\s*(?:cavity|bed))",
    re.IGNORECASE,
)
"""An operation beside radiotherapy; the site of it, 'resection cavity', is none."""
_JOINS = re.compile(r"(?:with|and|plus|mit|avec|[\s,;/()+-])*", re.IGNORECASE)
_LARGEST_GY = 100
"""Of a course in the case: a larger number cannot be gray."""


class Radiotherapy(Struct, frozen=True):
    """One course as read. What is None was not said; ``question`` says what is asked before it can be taken."""

    kind: Kind | None = None
    dose_gy: float | None = None
    fractions: int | None = None
    hippocampal_avoidance: bool | None = None
    note: str = ""
    """What was written beside these: the device, an isodose, another technique."""
    question: str = ""
    candidates: tuple[Candidate, ...] = ()


def read_radiotherapy(text: str) -> Radiotherapy:
    """Read kind, dose in Gy and fractions; two kinds, two doses, a negation or a doubt are asked."""
    line = clean_line(text)
    if problem := overlong(line):
        return Radiotherapy(question=problem)
    if is_doubtful(line):
        return Radiotherapy(note=line, question=tr("'{text}': was it given?").format(text=line))
    kinds, rest = _kinds(line)
    found, rest = _dose(rest, kinds)
    avoided = True if _HIPPOCAMPAL.search(line) else None
    device = " ".join(match[0] for match in _STEREOTACTIC.finditer(line) if _DEVICE.search(match[0]))
    rest = "" if _JOINS.fullmatch(rest) else rest.strip(" ,;/()-")
    note = " ".join(part for part in (device, rest) if part)
    if _WITH_SURGERY.search(line) and kinds:
        question = tr("'{text}': two treatments; which one is this row? Enter the other in a row of its own")
        offered = (Candidate("surgery", tr("surgery")), Candidate(kinds[0], kinds[0].replace("_", " ")))
        return Radiotherapy(note=line, question=question.format(text=line), candidates=offered)
    if len(kinds) > 1:
        question = tr("'{text}': radiosurgery and whole-brain radiotherapy in one place; which dose belongs to which?")
        return Radiotherapy(note=line, question=question.format(text=line))
    return replace(found, kind=kinds[0] if kinds else None, hippocampal_avoidance=avoided, note=note)


def read_pair(text: str) -> Typed | None:
    """Ask whether two numbers where a dose is expected, as in '30/10', are gray and fractions; None for other texts."""
    pair = _PAIR.fullmatch(clean_line(text))
    if pair is None or not 0 < _float(pair[1]) <= _LARGEST_GY or not int(pair[2]):
        return None
    course = {"dose_gy": _float(pair[1]), "fractions": int(pair[2])}
    words = tr("{dose:g} Gy in {fractions}").format(dose=course["dose_gy"], fractions=course["fractions"])
    return asked(tr("'{text}': {course}?").format(text=pair[0], course=words), Candidate(course, words))


def _kinds(line: str) -> tuple[tuple[Kind, ...], str]:
    """Return the kinds named, and the line without their words."""
    rest, kinds = _HIPPOCAMPAL.sub(" ", line), list[Kind]()
    for kind, pattern in _PATTERNS:
        if pattern.search(rest):
            kinds.append(kind)
            rest = pattern.sub(" ", rest)
    return tuple(kinds), " ".join(rest.split())


_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (("radiosurgery", _STEREOTACTIC), ("whole_brain", _WHOLE))


def _dose(rest: str, kinds: tuple[Kind, ...]) -> tuple[Radiotherapy, str]:
    """Return dose and fractions, and what is left of the text."""
    if _NOT_THE_DOSE.search(rest) or _RANGE.search(rest):
        return Radiotherapy(), rest
    if match := _TIMES.search(rest):
        times, each = int(match[1]), _gray(match[2], match[3])
        return _checked(round(times * each, 3), times, rest), _without(rest, match)
    if match := _TIMES_AFTER.search(rest):
        times, each = int(match[3]), _gray(match[1], match[2])
        if times > 1 and times * each > _LARGEST_OF_FRACTIONS_GY:
            question = tr("'{text}': the dose of one fraction, or of the course?")
            return Radiotherapy(question=question.format(text=match[0])), rest
        return _checked(round(times * each, 3), times, rest), _without(rest, match)
    doses = list(_DOSE.finditer(rest))
    if len(doses) > 1:
        return Radiotherapy(question=tr("'{text}': two doses; which is the course?").format(text=rest)), rest
    if doses:
        left = _without(rest, doses[0])
        count, left = _count(left)
        return _checked(_gray(doses[0][1], doses[0][2]), count, rest), left
    if kinds and (pair := _PAIR.search(rest)):
        return _checked(_float(pair[1]), int(pair[2]), rest), _without(rest, pair)
    if match := _BARE.fullmatch(rest):
        return _bare(_float(match[0]), rest), ""
    count, left = _count(rest) if not _BARE.search(_FRACTIONS.sub("", rest)) else (None, rest)
    return Radiotherapy(fractions=count), left


def _bare(number: float, rest: str) -> Radiotherapy:
    """Take a number without unit as gray; one that no course can have is asked as centigray."""
    if number <= _LARGEST_GY:
        return Radiotherapy(dose_gy=number)
    gray = round(number / 100, 3)
    question = tr("'{text}': {gray:g} Gy ({text} cGy)?").format(text=rest, gray=gray)
    return Radiotherapy(question=question, candidates=(Candidate(gray, tr("{gray:g} Gy").format(gray=gray)),))


def _checked(dose_gy: float, fractions: int | None, rest: str) -> Radiotherapy:
    """Return the course, unless no course can be so: then it is asked."""
    if not 0 < dose_gy <= _LARGEST_GY or fractions == 0:
        return Radiotherapy(question=tr("'{text}' is not a dose of a course in Gy").format(text=rest))
    return Radiotherapy(dose_gy=dose_gy, fractions=fractions)


def _count(text: str) -> tuple[int | None, str]:
    """Return the number of fractions, and what is left of the text."""
    match = _FRACTIONS.search(text)
    if match is None:
        return None, text
    count = 1 if match[2] else int(match[1] or match[3])
    return count, _without(text, match)


def _without(text: str, match: re.Match[str]) -> str:
    return " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())


def _gray(number: str, unit: str) -> float:
    value = _float(number)
    return round(value / 100, 3) if unit.casefold() == "cgy" else value


def _float(number: str) -> float:
    return float(number.replace(",", "."))


def shown(course: Radiotherapy) -> Iterator[str]:
    """Yield what was read in words: kind, dose, fractions."""
    if course.kind:
        yield course.kind.replace("_", " ")
    if course.dose_gy is not None:
        yield tr("{dose:g} Gy").format(dose=course.dose_gy)
    if course.fractions is not None:
        yield tr("in {fractions}").format(fractions=course.fractions)
    if course.hippocampal_avoidance:
        yield tr("hippocampal avoidance")
