"""Reads parts of a specimen off a match: hormone receptors, HER2 assays, Ki-67, the day."""

import re
from typing import Any

from her2board.capture.report.model import Document
from her2board.capture.report.patterns import named
from her2board.capture.report.values import Value, as_written, dated, number_of, text_of

_NOT_DONE = named("receptor_values_not_done")
_POSITIVE = re.compile(r"(?<!\w)(?:positive?s?|positifs?|pos|positiv[aoei]?s?|\+ve)(?!\w)|^\s?\(?\+{1,3}(?!\w)")
_NEGATIVE = re.compile(
    r"(?<!\w)(?:negative?s?|negatifs?|neg|negativ[aoei]?s?|-ve|no staining|absent)(?!\w)|^\(?-(?=[\s,;/)]|$)"
)
_DENIED = re.compile(
    r"(?<!\w)(?:not|non|nicht|no|kein\w*|nessun\w*|aucune?|ningun\w*|without|never|neither|nor)[\s-](?:\w+ )?$"
)
"""Behind it a word of a status says nothing."""
_ANSWERED = re.compile(r"(?:yes|y|ja|oui|si)\s?/\s?(?:no|n|nein|non)(?!\w)|[:?]\s?(?:no|n|nein)\s*(?:$|[.,;])")
"""A 'no' behind the word of a status, or both answers of a form of which one may be marked by its letters."""
_PERCENT = named("receptor_values_percent")
_RANGE = re.compile(r"\d ?(?:%? ?-|%? ?to) ?\d{1,3} ?%")
_OF_BEFORE = named("receptor_values_of_before")
_OF_NOW = named("receptor_values_of_now")
_ALLRED = re.compile(r"(?<![\d.])([0-8]) ?/ ?8(?!\d)|allred(?: score)?(?: of|:)? ?([0-8])(?![\d/])")
_LOW_FROM, _SURE_FROM = 1, 10
"""Percent of stained cells: below ten a result is called low positive, and the word is a pathologist's."""
_POSITIVE_FROM_ALLRED = 3


def hormone(match: re.Match[str], name: str) -> Value | None:
    """Read ER or PR: the word, the share of stained cells, or the Allred score."""
    text = match["value"]
    if _NOT_DONE.search(text) or _ANSWERED.search(text):
        return None
    found = _hormone(text, name)
    return Value(found) if found else None


def both_hormones(match: re.Match[str]) -> Value | None:
    """Read 'ER and PR negative', and 'negative for ER and PR'."""
    text = text_of(match)
    if _NOT_DONE.search(text):
        return None
    status = _status(text) or ("positive" if text.endswith("+") else "negative" if text.endswith("-") else None)
    return Value({"er": status, "pr": status}) if status else None


def _hormone(text: str, name: str) -> dict[str, Any]:
    text, *rest = _OF_BEFORE.split(text, maxsplit=1)
    if rest and _OF_NOW.search(rest[0]):
        return {}
    status, percents = _status(text), list(_PERCENT.finditer(text))
    if status == "contrary" or len(percents) > 1:
        return {}
    found: dict[str, Any] = {}
    ranged = _RANGE.search(text)
    if status == "positive" and percents and percents[0]["sign"] in ("<", "less than "):
        return {}
    if percents and not percents[0]["sign"] and ranged:
        status = status or ("positive" if number_of(percents[0]["n"]) >= _SURE_FROM else None)
    elif percents and not percents[0]["sign"]:
        share = number_of(percents[0]["n"])
        if share > 100 or (status == "positive" and share == 0) or (status == "negative" and share >= _SURE_FROM):
            return {}
        found[f"{name}_percent"] = as_written(share)
        status = status or ("negative" if share == 0 else "positive" if share >= _SURE_FROM else None)
    elif percents and percents[0]["sign"] in ("<", "less than ") and number_of(percents[0]["n"]) <= _LOW_FROM:
        status = status or "negative"
    if (score := _ALLRED.search(text)) and not percents:
        number = int(score[1] or score[2])
        scored = "negative" if number == 0 else "positive" if number >= _POSITIVE_FROM_ALLRED else None
        if status and scored and status != scored:
            return {}
        status = status or scored
    return ({name: status} if status else {}) | found


def _status(text: str) -> str | None:
    """Return the status that a text has words for; 'contrary' where it has both."""
    found = {
        word
        for word, pattern in (("positive", _POSITIVE), ("negative", _NEGATIVE))
        if (match := pattern.search(text)) and not _DENIED.search(text[: match.start()])
    }
    return "contrary" if len(found) > 1 else next(iter(found), None)


_NOT_THE_SCORE, _SCORE_TAKEN_BACK = named("receptor_values_not_the_score"), named("receptor_values_score_taken_back")


def ihc(match: re.Match[str]) -> Value | None:
    """Read an IHC score: 0, 1+, 2+, 3+."""
    gap = (match["gap"] or "").replace("equivocal", "")
    if _NOT_DONE.search(gap) or _NOT_THE_SCORE.search(gap) or _SCORE_TAKEN_BACK.match(match.string, match.end()):
        return None
    text = text_of(match).replace(" ", "")
    digit = str(len(text)) if set(text) == {"+"} else text[0]
    return Value({"ihc": "0" if digit == "0" else f"{digit}+", "her2_tested": True})


_AMPLIFIED = named("receptor_values_amplified")
_NOT_AMPLIFIED = named("receptor_values_not_amplified")
_NEGATION, _NO_POLYSOMY = named("receptor_values_negation"), named("receptor_values_no_polysomy")
_NEXT_LINE_DENIES = re.compile(r"[\s:\[(*-]*(?:not?|non|nein|nicht|negative?|absent)(?!\w)")
_OTHER_GENE = named("receptor_values_other_gene")
_GENE_BEFORE = 12
"""Characters before an assay that may name another gene: 'MYC FISH'."""
_UNSURE = re.compile(r"equivocal|borderline|indetermina")


def ish(match: re.Match[str]) -> Value | None:
    """Read the result of in-situ hybridisation."""
    text = match["value"] + (" amplified" if not match["value"] and "amplif" in match[0] else "")
    named_before = match.string[max(match.start() - _GENE_BEFORE, 0) : match.start()].rpartition("\n")[2]
    if _UNSURE.search(text) or _NOT_DONE.search(text) or _OTHER_GENE.search(f"{named_before} {text}"):
        return None
    negative = _NOT_AMPLIFIED.search(text)
    positive = _AMPLIFIED.search(_NOT_AMPLIFIED.sub(" ", text))
    if bool(negative) == bool(positive) or (positive and _is_denied(text, match.string[match.end() :])):
        return None
    return Value({"ish": "negative" if negative else "positive", "her2_tested": True})


def _is_denied(text: str, after: str) -> bool:
    """Tell whether a positive result has a word of negation or doubt anywhere in it, or first in the next line."""
    return bool(_NEGATION.search(_NO_POLYSOMY.sub(" ", text)) or _NEXT_LINE_DENIES.match(after))


def number_under(key: str, match: re.Match[str], most: float) -> Value | None:
    """Read a number as one key of a specimen, where it is no more than it can be."""
    number = number_of(text_of(match))
    return Value({key: as_written(number)}) if 0 <= number <= most else None


def her2_stated(match: re.Match[str]) -> Value | None:
    """Read HER2 as a letter states it, without an assay."""
    text = match["value"].strip()
    if text.endswith("low"):
        return Value({"her2_stated": "low"})
    return Value(
        {
            "her2_stated": "negative"
            if (text.startswith("-") and "pos" not in text and "over" not in text and "+" not in text) or "neg" in text
            else "positive"
        }
    )


def specimen_day(match: re.Match[str], document: Document) -> Value | None:
    """Read the day a specimen was taken."""
    found = document.dates_in(*match.span())
    if len(found) != 1:
        return None
    day = dated(found[0])
    if day.readings:
        return Value(None, tuple(type(one)({"day": one.value}, one.words) for one in day.readings))
    return Value({"day": day.value})
