"""Reads one receptor result: the fields of a specimen that it fills."""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from her2board.capture.receptors import Receptor, read_hormone, read_ihc, read_ish
from her2board.exchange.codes import Coding, Concept
from her2board.exchange.fhir.observations import Amount, Measured
from her2board.wording import tr

_PERCENT = ("%", "percent", "{percent}")
_STATED = dict.fromkeys(("positive", "pos", "positiv", "positif", "positivo"), "positive")
_STATED |= dict.fromkeys(("negative", "neg", "negativ", "negatif", "negativo"), "negative")
_STATED |= dict.fromkeys(("low", "her2-low", "her2 low"), "low")
_STATED |= dict.fromkeys(("ultralow", "her2-ultralow", "her2 ultralow"), "ultralow")
_MOST_RATIO, _MOST_COPIES = 50, 200
_SCORE = re.compile(r"(?<![\d.])([0-3])\s?\+")


class Result(Struct, frozen=True):
    """Fields of a specimen as plain JSON, what is looked at, and why nothing is taken where nothing is."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    asks: str = ""
    problem: str = ""
    threshold: bool = False
    """A limit was said, and no number."""
    impossible: bool = False
    """It cannot be so: shown as a contradiction."""
    contested: frozenset[str] = frozenset()
    """Fields of the specimen that nothing fills: its own result says two things of them."""


def read_marker(one: Measured) -> Result:
    """Return what a receptor test says; a text is read as pathologists write it."""
    if other := _contrary_answer(one.part.value_concept()):
        return Result(problem=other, impossible=True)
    found = _READERS[one.test](one)
    if other := _contrary_interpretation(one, found.fields):
        return Result(problem=other, impossible=True, contested=_contested(found.fields))
    asks = "; ".join(filter(None, (found.asks, one.asks)))
    return Result(found.fields, asks, found.problem, found.threshold, found.impossible)


def _contrary_answer(concept: Concept) -> str:
    """Return what is wrong with an answer whose code and name say different things: the code of 2+ named 3+."""
    for coding in concept.codings:
        alone, named = Concept((Coding(coding.system, coding.code),)), coding.display or concept.text
        scores = set(_SCORE.findall(named))
        score = next(iter(alone.means("ihc")), "")
        result, said = next(iter(alone.means("result")), ""), _STATED.get(named.casefold().split(" (")[0].strip())
        if (score and scores and scores != {score.rstrip("+")}) or (result and said and said != result):
            words = tr("{code} means {meaning}, and its name is '{name}'")
            return words.format(code=coding.shown, meaning=score or tr(result), name=named)
    return ""


def _contested(fields: Mapping[str, Any]) -> frozenset[str]:
    """Return the fields of a specimen that a result with two readings leaves open, with their words."""
    named = fields.keys() - {"her2_tested"}
    return frozenset({*named, *(f"{name}_said" for name in named)})


_SAID_OF = {"POS": "positive", "NEG": "negative"}
_WITH_SCORE = {"3+": "positive", "0": "negative", "1+": "negative"}


def _contrary_interpretation(one: Measured, fields: Mapping[str, Any]) -> str:
    """Return what is wrong with a result whose interpretation says the opposite."""
    concepts = one.part.concepts("interpretation")
    said = {_SAID_OF.get(coding.code.upper(), "") for concept in concepts for coding in concept.codings}
    said |= {_STATED.get(text.casefold(), "") for concept in concepts for text in concept.all_words}
    results = {fields.get(name) for name in ("er", "pr", "ish", "her2_stated")}
    results.add(_WITH_SCORE.get(fields.get("ihc", ""), ""))
    pair = {"positive", "negative"}
    for result in results & pair:
        if said & pair == pair - {result}:
            words = tr("the result is '{value}', and its interpretation says {other}")
            return words.format(value=one.value_words, other=tr((pair - {result}).pop()))
    return ""


def _text_of(one: Measured) -> str:
    """Return the result as a text; the name of a code that is not listed is one."""
    concept = one.part.value_concept()
    listed = any(concept.means(group) for group in ("ihc", "result"))
    return one.text or ("" if listed else concept.words)


def _from_text(found: Receptor, text: str) -> Result:
    if found.problem or not found.fields:
        return Result(problem=found.problem or tr("'{text}' is no result").format(text=text))
    return Result(found.fields, tr("the result is the text '{text}'").format(text=text))


def _ihc(one: Measured) -> Result:
    concept, amount, text = one.part.value_concept(), one.amount, _text_of(one)
    scores = concept.means("ihc")
    if len(scores) == 1 and not concept.means("result"):
        return Result({"ihc": scores[0], "her2_tested": True})
    if results := concept.means("result"):
        return _stated(results, one)
    if amount is not None:
        if amount.comparator or amount.number not in (0, 1, 2, 3) or amount.unit in _PERCENT:
            words = tr("'{value}' is no IHC score: 0, 1+, 2+ or 3+").format(value=amount.shown)
            return Result(problem=words, impossible=True)
        score = f"{amount.number:g}+" if amount.number else "0"
        asks = tr("the number {number:g} is read as the score {score}").format(number=amount.number, score=score)
        return Result({"ihc": score, "her2_tested": True}, asks)
    if (said := _STATED.get(text.casefold().strip())) in ("positive", "negative"):
        return Result({"her2_stated": said}, tr("'{word}' without a score").format(word=text))
    return _ihc_text(text) if text else _unread(one)


def _ihc_text(text: str) -> Result:
    found = read_ihc(text)
    if not found.fields and len(scores := set(_SCORE.findall(text))) == 1:  # 'POSITIVE (IHC 3+)'
        match = _SCORE.search(text)
        assert match is not None
        before = re.sub(r"(?i)[^a-z]|her2|ihc|score|positive|equivocal|low", "", text[: match.start()])
        found = read_ihc(text[match.start() :].strip(" ()[]")) if not before else found
        score = scores.pop()
        said_positive = re.search(r"(?i)positive", text[: match.start()])
        if said_positive and score != "3":
            return Result(problem=tr("'{text}' contradicts itself").format(text=text))
    result = _from_text(found, text)
    return Result({**result.fields, "her2_tested": True}, result.asks) if result.fields else result


def _status(one: Measured) -> Result:
    concept, text = one.part.value_concept(), _text_of(one)
    if results := concept.means("result"):
        return _stated(results, one)
    if concept.means("ihc"):
        return _ihc(one)
    if text and _SCORE.search(text):
        return _ihc_text(text)
    if said := _STATED.get(text.casefold().strip()):
        return Result({"her2_stated": said}, tr("the result is the text '{text}'").format(text=text))
    return _unread(one)


def _stated(results: tuple[str, ...], one: Measured) -> Result:
    if len(results) > 1 or results[0] not in ("positive", "negative"):
        return Result(problem=tr("'{value}' is neither positive nor negative").format(value=one.value_words))
    asks = "" if one.test == "her2_status" else tr("'{word}' without a score").format(word=results[0])
    return Result({"her2_stated": results[0]}, asks)


def _ish(one: Measured) -> Result:
    results, text = one.part.value_concept().means("result"), _text_of(one)
    if len(results) == 1 and results[0] in ("positive", "negative"):
        return Result({"ish": results[0], "her2_tested": True})
    if text:
        found = _from_text(read_ish(text), text)
        return Result({**found.fields, "her2_tested": True}, found.asks) if found.fields else found
    return _unread(one)


def _hormone(one: Measured) -> Result:
    name = "er" if one.test.startswith("er") else "pr"
    concept, amount, text = one.part.value_concept(), one.amount, _text_of(one)
    results = concept.means("result")
    if len(results) == 1 and results[0] in ("positive", "negative"):
        return Result({name: results[0]})
    if amount is not None:
        return _share(amount, name)
    if not text:
        return _unread(one)
    read = read_hormone(text, name)
    if read.note and not read.fields and not read.problem:  # an Allred or H-score stays as it is said
        return Result({f"{name}_said": text[:300]}, tr("the result is the text '{text}'").format(text=text))
    found = _from_text(read, text)
    if found.fields or not one.test.endswith("percent") or not re.fullmatch(r"\d{1,3}", text):
        return found
    return _share(Amount(float(text)), name)


def _share(amount: Amount, name: str) -> Result:
    """Read a share of stained cells; one that is written as a limit keeps the words and the status that follows."""
    if amount.unit and amount.unit.casefold() not in _PERCENT:
        return Result(problem=tr("'{value}' is no percentage").format(value=amount.shown), impossible=True)
    if amount.comparator:
        said = read_hormone(f"{amount.comparator}{amount.number:g}%", name)
        fields = {**said.fields, f"{name}_said": f"{amount.comparator}{amount.number:g} %"}
        return Result(fields, tr("a limit, not a number: '{value}'").format(value=amount.shown))
    if not 0 <= amount.number <= 100:
        return Result(problem=tr("{value} is no percentage").format(value=amount.shown), impossible=True)
    asks = "" if amount.unit else tr("the number has no unit; percent is meant?")
    if not amount.unit and 0 < amount.number <= 1:
        return Result(problem=tr("{number:g}: percent, or a part of one?").format(number=amount.number))
    return Result({f"{name}_percent": amount.number}, asks)


def _ki67(one: Measured) -> Result:
    amount, text = one.amount, _text_of(one)
    if amount is None and (match := re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?)\s*%", text)):
        found = _share(Amount(float(match[1].replace(",", ".")), "%"), "ki67")
        return Result(found.fields, tr("the result is the text '{text}'").format(text=text), found.problem)
    if amount is None:
        return _unread(one)
    if amount.comparator:
        return Result(problem=tr("a limit, not a number: '{value}'").format(value=amount.shown), threshold=True)
    return _share(amount, "ki67")


def _positive_number(one: Measured, name: str, most: float) -> Result:
    """Read a ratio or a number of copies; 'greater than 2.2' is none."""
    amount, text = one.amount, _text_of(one)
    ratio = one.part.part("valueRatio")
    if amount is None and ratio:
        above, below = ratio.part("numerator").number("value"), ratio.part("denominator").number("value")
        amount = Amount(above / below) if above is not None and below else None
    if amount is None and (match := re.fullmatch(r"\d{1,3}(?:[.,]\d+)?", text)):
        number = float(match[0].replace(",", "."))
        return Result({name: number}, tr("the result is the text '{text}'").format(text=text))
    if amount is None:
        return Result(problem=tr("'{value}' is no number").format(value=one.value_words), threshold=bool(text))
    if amount.comparator:
        return Result(problem=tr("a limit, not a number: '{value}'").format(value=amount.shown), threshold=True)
    if not 0 <= amount.number <= most or amount.unit in _PERCENT:
        return Result(problem=tr("{value} cannot be so").format(value=amount.shown), impossible=True)
    return Result({name: amount.number, "her2_tested": True})


def _ratio(one: Measured) -> Result:
    return _positive_number(one, "ish_ratio", _MOST_RATIO)


def _copies(one: Measured) -> Result:
    return _positive_number(one, "her2_copies", _MOST_COPIES)


def _unread(one: Measured) -> Result:
    return Result(problem=tr("'{value}' is no result that is read").format(value=one.value_words))


_READERS = {
    "her2_ihc": _ihc,
    "her2_status": _status,
    "ish": _ish,
    "ish_panel": _ish,
    "ish_ratio": _ratio,
    "her2_copies": _copies,
    "er": _hormone,
    "er_percent": _hormone,
    "pr": _hormone,
    "pr_percent": _hormone,
    "ki67_percent": _ki67,
}
