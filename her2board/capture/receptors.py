"""Reads receptor results as pathologists write them. Nothing is concluded that the text does not say."""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from her2board.capture.clean_text import clean_line
from her2board.capture.typed import Candidate, overlong
from her2board.capture.typed_numbers import Interval, read_percent
from her2board.case.receptors import POSITIVE_FROM_PERCENT
from her2board.wording import tr


class Receptor(Struct, frozen=True):
    """Fields of a specimen that one text fills, as plain JSON, and what of it has no field."""

    fields: Mapping[str, Any]
    note: str = ""
    """Kept as written: an Allred score, an H-score, a range, a word such as 'equivocal'."""
    problem: str = ""
    """What contradicts itself or is asked; then nothing is taken."""
    candidates: tuple[Candidate, ...] = ()


_EMPTY: Mapping[str, Any] = {}
_SCORE = re.compile(
    r"(?:her2|her-2(?:/neu)?|ihc|score|staining|dako)?\s*(?:ihc|score|:|=)?\s*([0-3])\s*(\+?)(?=$|[\s,;(/])"
    r"(?!\s*(?:/|to|-|or)\s*[0-3])"
)
_NAMES = {"er": ("er",), "pr": ("pr", "pgr")}
_PLUSES = re.compile(r"(?:her2|ihc|score)?\s*(\+{1,3})(?=$|[\s,;(])")
_TWO_SCORES = re.compile(r"([0-3])\s*\+?\s*(?:/|-|\N{EN DASH}|to|or|bis)\s*([0-3])\s*\+?")
_NEG = ("negative", "neg", "negativ")
_SAID = {"0": _NEG, "1+": (*_NEG, "low"), "2+": ("equivocal", "borderline", "indeterminate", "low")}
_SAID |= {"3+": ("positive", "pos", "positiv", "overexpressed", "strong")}
_QUALIFIERS = """
    in of cells tumour tumor nuclei nuclear membranous complete incomplete weak weakly moderate strong strongly faint
    low high focal diffuse staining stained score allred irs proportion intensity ihc ish fish cish sish dish
    ratio cep17 by copies copy number signals cell nucleus per ventana dako herceptest clone and with
"""
_EXPLAINED = frozenset(_QUALIFIERS.split())
"""Words that qualify a result without turning it round; any other leaves it open."""
_CONTRARY = ("positive", "negative", "equivocal", "overexpressed")


def read_ihc(text: str) -> Receptor:
    """Read '2+ (equivocal)', '3 +', 'IHC 3+', '++', 'ultralow'; '2+/3+' and '0+' are asked, '3+ negative' refused."""
    line = clean_line(text)
    if problem := overlong(line):
        return Receptor(_EMPTY, problem=problem)
    words = line.casefold()
    if match := _TWO_SCORES.fullmatch(words):
        return _which_score(line, _score(match[1]), _score(match[2]))
    if _ULTRALOW.search(words):
        return _ultralow(line, words)
    if ish := _IN_SITU.search(words):
        return _both_assays(line, read_ihc(line[: ish.start()]), read_ish(line[ish.start("said") :].rstrip(")] ")))
    if behind := _WORD_FIRST.fullmatch(words):
        line = f"{behind['score'].replace(' ', '')} {behind['said']}"
        words = line
    match = _SCORE.match(words)
    pluses = _PLUSES.match(words)
    if match is None and pluses is None:
        return _no(line, tr("'{text}' is no IHC score: 0, 1+, 2+ or 3+"))
    found = pluses or match
    assert found is not None
    score, end = f"{len(found[1])}+" if pluses else _score(found[1]), found.end()
    rest = line[end:].strip(" ,;/()[]")
    if score == "0" and (found[0].rstrip().endswith("+") or _STAINED.search(words[end:])):
        return _which_score(line, "ultralow", "0")
    if any(word in _words(rest) for word in _CONTRARY if word not in _SAID[score]):
        return _no(line, tr("'{text}' contradicts itself"))
    if _unexplained(rest, (*_SAID[score], "her2", "neu")):
        question = tr("'{text}': is the score {score}?").format(text=line, score=score)
        return Receptor(_EMPTY, problem=question, candidates=(Candidate(score, score),))
    return Receptor({"ihc": score}, note="" if rest.casefold() in _SAID[score] else rest)


_WORD_FIRST = re.compile(
    r"(?:her2\s)?(?P<said>neg(?:ative|ativ)?|pos(?:itive|itiv)?|equivocal|borderline|low)\.?\s*[(,:]\s*"
    r"(?:score\s*|ihc\s*)?(?P<score>[0-3]\s*\+|0)\s*\)?"
)
"""A score behind the word for it: 'neg (1+)'."""
_STATED = {
    "negative": r"(?:her-?2\s?)?(?:negative?|neg|negativ)\.?",
    "positive": r"(?:her-?2\s?)?(?:positive?|pos|positiv)\.?",
    "low": r"(?:her-?2[\s-]?)?low",
}


def read_stated_status(text: str) -> Receptor | None:
    """Take a word in place of the score as a stated status; 'equivocal' is the word for 2+ and is asked."""
    line = clean_line(text)
    words = line.casefold()
    for status, pattern in _STATED.items():
        if re.fullmatch(pattern, words):
            return Receptor({"her2_stated": status})
    if re.fullmatch(r"(?:her-?2\s?)?(?:equivocal|borderline)", words):
        return _which_score(line, "2+")
    return None


_IN_SITU = re.compile(r"(?<=[\d+)])[\s,;/(\[]+(?P<said>(?:by\s)?[fcsd]?ish\b.+)")


def _both_assays(line: str, ihc: Receptor, ish: Receptor) -> Receptor:
    """Return a score and the in-situ hybridisation that is written behind it; where that is not read, it is asked."""
    if not ihc.fields:
        return ihc
    if ish.problem:
        question = tr("'{text}': is the score {score}?").format(text=line, score=ihc.fields["ihc"])
        return Receptor(_EMPTY, problem=question, candidates=(Candidate(ihc.fields["ihc"], ihc.fields["ihc"]),))
    return Receptor({**ihc.fields, **ish.fields}, note="; ".join(filter(None, (ihc.note, ish.note))))


_ULTRALOW = re.compile(r"\bultra[\s-]?low\b")
_STAINED = re.compile(r"\b(?:weak|faint|incomplete|stain)|[1-9]\d*\s*%")
"""Staining that is said beside a score of 0; ultralow is some, in at most 10 % of cells (ASCO/CAP, 2025)."""
_ZERO_OR_NAMES = re.compile(r"(?:her-?2(?:/neu)?-?|ihc|score|0|[\s,;:()=\[\]]+)*")


def _ultralow(line: str, words: str) -> Receptor:
    """Read 'ultralow' alone or beside a score of 0; 'either of the two' is asked, another score refused."""
    rest = _ULTRALOW.sub(" ", words)
    if re.search(r"[123]\s*\+", rest):
        return _no(line, tr("'{text}' contradicts itself"))
    if _ZERO_OR_NAMES.fullmatch(rest):
        return Receptor({"ihc": "ultralow"})
    return _which_score(line, "ultralow", "1+" if re.search(r"\blow\b", rest) else "0")


def _which_score(line: str, *scores: str) -> Receptor:
    offered = tuple(Candidate(score, score) for score in scores)
    return Receptor(_EMPTY, problem=tr("'{text}': which score?").format(text=line), candidates=offered)


def says_more(text: str) -> bool:
    """Tell whether a result says something beside itself, in brackets or in words: '2+ (equivocal)'."""
    return bool(re.search(r"\d\s*\+?\s*[,(]?\s*[a-z]{4,}", clean_line(text).casefold()))


def _unexplained(rest: str, said: tuple[str, ...] = ()) -> bool:
    """Tell whether a word or mark is left that may turn a result round: 'not', '?', another script."""
    words = [word for word in re.findall(r"[^\W\d_]+\d*", rest.casefold()) if word not in said]
    marks = re.sub(r"[\w\s%.,;:=/()\[\]<>≤≥~+\-\N{EN DASH}]", "", rest)
    return bool(marks) or any(word not in _EXPLAINED for word in words)


def _score(digit: str) -> str:
    return "0" if digit == "0" else f"{digit}+"


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.casefold())


_STATUS = (
    (
        re.compile(
            r"\b(?:strongly\s+|weakly\s+|weak\s+|low\s+|strong\s+)?(?:positives?|pos|positiv(?:[oaeis]|os|as)?|positifs?)\b\.?|^\+$"
        ),
        "positive",
    ),
    (
        re.compile(
            r"\b(?:negatives?|neg|negativ(?:[oaeis]|os|as)?|n[eé]gati(?:fs?|ves?)|absent)\b\.?|^[-\N{EN DASH}]$"
        ),
        "negative",
    ),
)
_ALLRED = re.compile(r"(?:allred\s*(?:score)?\s*:?\s*)?([0-8])\s*/\s*8|allred\s*(?:score)?\s*:?\s*([0-8])\b")
_IRS = re.compile(r"irs\s*:?\s*\d{1,2}(?:\s*/\s*12)?|\d{1,2}\s*/\s*12")
_H_SCORE = re.compile(r"h[\s-]?score\s*:?\s*(\d{1,3})|(\d{1,3})\s*/\s*300")
_SHARE = r"\d+(?:[.,]\d+)?"
_PERCENT = re.compile(rf"(?:<=|>=|[<>≤≥~]|ca\.?\s)?\s*{_SHARE}\s*(?:%?\s*[-\N{{EN DASH}}]\s*{_SHARE}\s*)?%")


def read_hormone(text: str, name: str) -> Receptor:
    """Read ER or PR (``name``): '95%', 'positive (90%)', 'neg', '<1%'; '7/8' and 'H-score 180' stay as said.

    A status comes from a word, or from a range that lies on one side of the program's limit and stays in the note.
    """
    line = clean_line(text)
    if problem := overlong(line):
        return Receptor(_EMPTY, problem=problem)
    words = re.sub(rf"(?:{'|'.join(_NAMES[name])})\s*[:=]?\s*(?=[+\-\N{{EN DASH}}]$)", "", line.casefold())
    statuses = {status for pattern, status in _STATUS if pattern.search(words)}
    percents = _PERCENT.findall(words)
    if len(statuses) > 1 or len(percents) > 1:
        return _no(line, tr("'{text}' has two readings"))
    fields: dict[str, Any] = dict.fromkeys((name,) if statuses else (), *statuses)
    if _unexplained(_STATUS[0][0].sub(" ", _STATUS[1][0].sub(" ", words)), ("h", "ca", *_NAMES[name])):
        return _no(line, tr("'{text}' is no receptor result"))
    note = line if _scored(words) or re.search(r"weak|low|strong|focal", words) else ""
    if percents:
        found = read_percent(percents[0])
        if found.problem:
            return Receptor(_EMPTY, problem=found.problem, candidates=_exact(found.candidates, f"{name}_percent"))
        if _contrary(statuses, found.value):
            return _no(line, tr("'{text}' contradicts itself"))
        if found.value.low == found.value.high:
            fields[f"{name}_percent"] = found.value.low
        else:
            note = line
            fields |= dict.fromkeys((name,) if not statuses else (), _sure_status(found.value))
    elif not statuses and not note:
        return _unsigned(line, name)
    return Receptor({path: value for path, value in fields.items() if value is not None}, note)


_BOTH = re.compile(
    r"\s*(?:er|oe?r)?\s*(?P<er>[+\-\N{EN DASH}]|[^/;|+]+?%?)\s*(?:[/;|,]|\s)\s*(?:(?:pg?r)\s*[:=]?\s*)?"
    r"(?P<pr>[+\-\N{EN DASH}]|[^/;|+]+?%?)\s*",
    re.IGNORECASE,
)
_BOTH_NAMED = re.compile(
    r"er\s*(?P<er>[+\-\N{EN DASH}]|[:=]?\s*[^/;,]+?)\s*[/;,\s]\s*pg?r\s*(?P<pr>[+\-\N{EN DASH}]|[:=]?\s*[^/;,]+)",
    re.IGNORECASE,
)


_HER2_BEHIND = re.compile(r"(?P<hormones>.+?)[\s,;/]*\bher-?2(?:/neu)?\s*[:=]?\s*(?P<her2>\S.*)", re.IGNORECASE)
_THREE = re.compile(r"(?P<hormones>[+\-\N{EN DASH}]\s*/\s*[+\-\N{EN DASH}])\s*/\s*(?P<her2>.+)")
"""ER, PR and HER2 by their signs: '-/-/3+'."""
_SIGNS = {"+": "positive", "-": "negative", "\N{EN DASH}": "negative"}


def read_receptors(text: str, *, headed: bool) -> Receptor | None:
    """Read 'ER+/PR-', also with 'HER2 3+' behind it, and under a heading for both '+/-'; None for other texts.

    'Negative' under such a heading is both; 'positive' is one or both, and is asked.
    """
    line = clean_line(text)
    if match := _HER2_BEHIND.fullmatch(line) or (_THREE.fullmatch(line) if headed else None):
        hormones, her2 = _both_hormones(match["hormones"], headed=headed), _her2(match["her2"])
        return Receptor({**hormones.fields, **her2.fields}) if hormones and her2 else None
    return _both_hormones(line, headed=headed) or (_one_for_both(line) if headed else None)


def _her2(text: str) -> Receptor | None:
    if text in _SIGNS:
        return Receptor({"her2_stated": _SIGNS[text]})
    found = read_stated_status(text) or read_ihc(text)
    return found if found.fields else None


def _one_for_both(line: str) -> Receptor:
    status = read_hormone(line, "er").fields.get("er")
    if status == "negative":
        return Receptor({"er": "negative", "pr": "negative"})
    if status is None:
        return _no(line, tr("'{text}' is no receptor result"))
    offered = (({"er": status}, "ER"), ({"pr": status}, "PR"), ({"er": status, "pr": status}, tr("ER and PR")))
    question = tr("'{text}': of ER, of PR, or of both?").format(text=line)
    return Receptor(_EMPTY, problem=question, candidates=tuple(Candidate(*one) for one in offered))


def _both_hormones(line: str, *, headed: bool) -> Receptor | None:
    match = _BOTH_NAMED.fullmatch(line) or (_BOTH.fullmatch(line) if headed else None)
    if match is None:
        return None
    both = [read_hormone(match[name].strip(" :=") or "?", name) for name in ("er", "pr")]
    if any(one.problem for one in both):
        return None
    said = {f"{name}_said": one.note for name, one in zip(("er", "pr"), both, strict=True) if one.note}
    return Receptor({**both[0].fields, **both[1].fields, **said})


def _sure_status(share: Interval) -> str | None:
    """Return the status of a range of stained cells that lies on one side of the limit: '<1%' is negative."""
    if share.low is not None and share.low >= POSITIVE_FROM_PERCENT:
        return "positive"
    high = share.high
    below = high is not None and (
        high < POSITIVE_FROM_PERCENT or (high == POSITIVE_FROM_PERCENT and not share.high_included)
    )
    return "negative" if below else None


def _scored(words: str) -> bool:
    return any(pattern.search(words) for pattern in (_ALLRED, _H_SCORE, _IRS))


def _contrary(statuses: set[str], percent: Interval) -> bool:
    """Tell whether a word and a share of cells exclude each other at any limit: positive, but no cell is."""
    nothing = percent.high == 0
    everything = percent.low == 100
    return ("positive" in statuses and nothing) or ("negative" in statuses and everything)


def _unsigned(line: str, name: str) -> Receptor:
    """Ask for the meaning of a number without sign: percent, Allred or H-score."""
    if not re.fullmatch(r"\d+(?:[.,]\d+)?", line):
        return _no(line, tr("'{text}' is no receptor result"))
    number = float(line.replace(",", "."))
    question = tr("'{text}': percent of cells, or a score?").format(text=line)
    found = read_percent(line)
    percents = [c.value.low for c in found.candidates] or ([number] if found.value else [])
    words = tr("{number:g} % of cells")
    offered = tuple(Candidate({f"{name}_percent": share}, words.format(number=share)) for share in percents)
    return Receptor(_EMPTY, problem=question, candidates=offered)


def _exact(candidates: tuple[Candidate, ...], field: str) -> tuple[Candidate, ...]:
    return tuple(Candidate({field: candidate.value.low}, candidate.words) for candidate in candidates)


_ISH_WORDS = (
    (
        re.compile(
            r"\b(?:not|non|no|nicht)[\s-]+amplifi\w+|\bunamplified|\bneg(?:ativ[aoe]?|atif)?\b|\bnégati(?:f|ve)\b"
            r"|\bfish\s*-$|^-$"
        ),
        "negative",
    ),
    (re.compile(r"\bamplif\w+|\bpos(?:itiv[aoe]?|itif)?\b|\b(?:fish|ish)\s*\+|^\+$"), "positive"),
    (re.compile(r"\bequivocal|\bborderline|\bindeterminate"), "equivocal"),
)
_RATIO = re.compile(r"(?:ratio|her2\s*/\s*cep17)\s*(?:of|:|=)?\s*(\d+(?:[.,]\d+)?)(?![\d.,]*\s*%)")
_COPIES = re.compile(
    r"(?:copies|copy (?:number|no\.?|nr\.?)|signals)\s*(?:/\s*(?:cell|nucleus))?\s*(?:of|:|=)?\s*(\d+(?:[.,]\d+)?)"
    r"|(\d+(?:[.,]\d+)?)\s*(?:copies|signals)"
)
_NO_VALUE = re.compile(r"her-?2|cep-?17|chromosome 17|chr ?17")
"""Digits that are no number of a result; with any other that was not read the whole text is kept."""
_NOT_DONE = re.compile(
    r"(?:not (?:done|performed|tested|available)|n[./]?d\.?|pending|awaited|ausstehend|to follow|n/a|non fait)"
)

_ASSAY_NAME = re.compile(r"^(?:her2[\s:]+)?(?:by\s)?[fcsd]?ish\s*[:=]?\s+")


def read_ish(text: str) -> Receptor:
    """Read 'amplified', 'not amplified (ratio 1.4)', 'positive, 8.1 copies'; 'not done' stays as said."""
    line = clean_line(text)
    if problem := overlong(line):
        return Receptor(_EMPTY, problem=problem)
    words = line.casefold()
    if _NOT_DONE.fullmatch(_ASSAY_NAME.sub("", words)):
        return Receptor(_EMPTY, note=line)
    fields: dict[str, Any] = {}
    rest = re.sub(r"copy n[or]\b\.?", "copies", words)
    for pattern, result in _ISH_WORDS:
        if pattern.search(rest):
            rest = pattern.sub(" ", rest)
            if "ish" in fields:
                return _no(line, tr("'{text}' has two readings"))
            fields["ish"] = result
    if _unexplained(rest, ("her2", "neu")):
        return _no(line, tr("'{text}' is no ISH result"))
    if match := _RATIO.search(words):
        fields["ish_ratio"] = float(match[1].replace(",", "."))
    if match := _COPIES.search(words):
        fields["her2_copies"] = float((match[1] or match[2]).replace(",", "."))
    if not fields:
        return _no(line, tr("'{text}' is no ISH result"))
    more = re.search(r"\d", _NO_VALUE.sub(" ", _COPIES.sub(" ", _RATIO.sub(" ", words))))
    return Receptor(fields, note=line if more else "")


def read_ki67(text: str) -> Receptor:
    """Read '25 %'; '30-40%', '~25 %' and 'high' stay as said, and a fraction is asked."""
    line = clean_line(text)
    if problem := overlong(line):
        return Receptor(_EMPTY, problem=problem)
    found = read_percent(line)
    if found.value is not None and found.value.low == found.value.high:
        return Receptor({"ki67_percent": found.value.low})
    candidates = _exact(found.candidates, "ki67_percent")
    if found.candidates:
        return Receptor(_EMPTY, problem=found.problem, candidates=candidates)
    return Receptor(_EMPTY, note=line)


def _no(line: str, problem: str) -> Receptor:
    return Receptor(_EMPTY, problem=problem.format(text=line))
