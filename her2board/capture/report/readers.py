"""Reads the value off a match: a percentage, a count, a size, a date, a dose a day. None where it has no one value."""

import json
import re
from collections.abc import Callable
from functools import cache
from typing import TypeAlias
from unicodedata import combining, normalize

from her2board.capture.report import receptor_values
from her2board.capture.report.model import Document
from her2board.capture.report.patterns import named
from her2board.capture.report.resources import read_resource, words
from her2board.capture.report.sizes import axes_in, is_of_now
from her2board.capture.report.symptoms import symptoms_of
from her2board.capture.report.values import Value, as_written, dated, number_of, span_of, text_of
from her2board.capture.typed_numbers import read_count
from her2board.wording import tr

Reader: TypeAlias = Callable[[re.Match[str], Document], Value | None]


def _percent(match: re.Match[str], _: Document) -> Value | None:
    number = number_of(text_of(match))
    return Value(as_written(number)) if 0 <= number <= 100 else None


_STRESSED = re.compile(r"(?<!\w)(?:peak|post-?stress|stress|exercise)(?! echo)[ a-z]{0,12}$")
_VENTRICLE = re.compile(r"(?<!\w)(?:(?P<right>rv|right(?: |-)?(?:ventric\w+|heart)?)|lv|left)(?!\w)")


def _ejection(match: re.Match[str], document: Document) -> Value | None:
    """Return a fraction of the left ventricle: the ventricle named last before it is not the right one."""
    number = number_of(text_of(match))
    start = max(document.plain.rfind(sign, 0, match.start()) for sign in ("\n", ". ")) + 1
    named_before = list(_VENTRICLE.finditer(document.plain, start, match.start() + len("lv")))
    if _STRESSED.search(document.plain, max(match.start() - 30, 0), match.start()):
        return None
    if named_before and named_before[-1]["right"]:
        return None
    return Value(as_written(number)) if 5 <= number <= 90 else None


def _number(match: re.Match[str], _: Document) -> Value | None:
    return Value(as_written(number_of(text_of(match))))


def _ecog(match: re.Match[str], _: Document) -> Value | None:
    number = int(text_of(match))
    return Value(number) if 0 <= number <= 4 else None


def _kps(match: re.Match[str], _: Document) -> Value | None:
    number = int(text_of(match))
    return Value(number) if 10 <= number <= 100 and number % 10 == 0 else None


def _age(match: re.Match[str], _: Document) -> Value | None:
    number = int(text_of(match))
    return Value(number) if 18 <= number <= 105 else None


def _grade(match: re.Match[str], _: Document) -> Value | None:
    text = text_of(match)
    roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
    number = roman.get(text, int(text) if text.isdecimal() else -1)
    return Value(number) if 0 <= number <= 4 else None


_BETWEEN = re.compile(r"(?:between |entre |zwischen |tra |fra )?(\d{1,2}) ?(?:-|to|and|bis|und|a|y|et|e) ?(\d{1,2})")


_AT_LEAST = re.compile(r"at least ([a-z]+)")


@cache
def _counted() -> dict[str, int]:
    return {word: int(number) for number, words in read_resource("numerals").items() for word in words}


def _count(match: re.Match[str], _: Document) -> Value | None:
    words = " ".join(text_of(match).split()).strip("() ").removeprefix("a ")
    known = _counted().get(words)
    if known is not None:
        return Value({"low": known, "high": known})
    if least := _AT_LEAST.fullmatch(words):
        word = least[1]
        number = _counted().get(word) or (read_count(word).value or {}).get("low")
        return Value({"low": number}) if number else None
    if between := _BETWEEN.fullmatch(words):
        low, high = int(between[1]), int(between[2])
        return Value({"low": low, "high": high}) if low < high else None
    found = read_count(words)
    return None if found.value is None else Value(found.value)


def _none_left(_: re.Match[str], __: Document) -> Value | None:
    return Value({"low": 0, "high": 0})


def _date(match: re.Match[str], document: Document) -> Value | None:
    found = document.dates_in(*match.span())
    last = next((date for date in found if date.end == match.end()), found[0] if len(found) == 1 else None)
    return None if last is None else dated(last)


def _latest(match: re.Match[str], document: Document) -> Value | None:
    """Return the latest of the days named together, where every one of them is settled."""
    found = [date for date in document.dates_in(match.start("dates"), match.end("dates")) if len(date.isos[0]) > 4]
    if len(found) == 1:
        return dated(found[0])
    if not found or not all(date.iso for date in found):
        return None
    return Value(max(date.iso for date in found), derived=tr("the latest of {n} days").format(n=len(found)))


_TIMES_A_DAY = ((4, "times_four"), (3, "times_three"), (2, "times_twice"), (1, "times_once"))
"""How often a dose is given; the words for more than once are looked for first."""


def times_a_day(words: str) -> int | None:
    """Return how often a day a dose is given."""
    if re.fullmatch(r"\d(?:-\d){2,3}", words):
        parts = list(map(int, words.split("-")))
        return sum(parts) if max(parts) == 1 else None
    return next((n for n, name in _TIMES_A_DAY if named(name).search(words)), None)


def _dose_a_day(match: re.Match[str], _: Document) -> Value | None:
    each, often = number_of(text_of(match)), times_a_day(text_of(match, "often"))
    if often is None or not 0 < each * often <= 100:
        return None
    words = tr("{each:g} mg, {n} times a day").format(each=each, n=often) if often > 1 else ""
    return Value(as_written(round(each * often, 2)), derived=words)


_TICKED = re.compile(r"^(?:\[[xX]\]|\u2611|\u2612)\s*")
_BOX = re.compile(r"\[\s?[xX]?\s?\]|[\u2610-\u2612]|~~")
"""A box of a form; where another one is left in the words, it is open which of them was meant."""


def _text(match: re.Match[str], document: Document) -> Value | None:
    start, end = span_of(match, "value") or match.span()
    words = _TICKED.sub("", " ".join(document.normal.text[start:end].split()).strip(" ,;:.-"))
    return Value(words) if words and not _BOX.search(words) else None


def _texts(match: re.Match[str], document: Document) -> Value | None:
    found = _text(match, document)
    return None if found is None else Value([found.value])


def _size(match: re.Match[str], document: Document) -> Value | None:
    axes = axes_in(match["size"])
    return Value(axes[0]) if axes and is_of_now(document, *match.span("size")) else None


_OF_CANCER = re.compile(
    r"(?<!\w)(?:breast|brust|mamma|her-?2|cancer|carcinoma|metasta\w*|mets|mbc|idc|ca|tumou?r|krebs"
    r"|srs|srt|wbrt|gamma knife|radiosurg\w*|crani\w*|\d{1,2} ?gy)(?!\w)",
    re.IGNORECASE,
)


_TREATED, _OPERATIONS = named("readers_treated"), named("readers_operations")
"""What an illness is treated with, or a remark in brackets without a number, behind its name."""
_NO_ILLNESS = named("readers_no_illness")
"""Who somebody is, or another heading: no illness."""


def _comorbidity(match: re.Match[str], document: Document) -> Value | None:
    start, end = span_of(match, "value") or match.span()
    if "?" in document.plain[start : end + 1]:
        return None
    items = re.split(r",|;|\n| and (?=[a-z])", document.normal.text[start:end])
    bare = (_TREATED.sub("", item) for item in items)
    others = (_OF_CANCER, _OPERATIONS, _NO_ILLNESS)
    ill = (item for item in bare if item.strip() and not any(other.search(item) for other in others))
    kept = [" ".join(item.split()).strip(" .>-") for item in ill]
    return Value(kept) if kept and all(1 < len(item) < 80 for item in kept) else None


def _listed(match: re.Match[str], document: Document) -> Value | None:
    """Return the items of a list of known names, as written, without articles."""
    start, end = span_of(match, "value") or match.span()
    items = re.split(r",|(?<=\w)\s(?:and|und|et|e|y)\s(?:of\s)?", document.normal.text[start:end], flags=re.IGNORECASE)
    kept = [re.sub(r"^(?:of\s)?an?\s", "", " ".join(item.split()), flags=re.IGNORECASE) for item in items]
    return Value([item for item in kept if item]) if any(kept) else None


_REACTION, _NO_ALLERGEN = named("readers_reaction"), named("readers_no_allergen")
_MOST_WORDS = 3


def _allergens(match: re.Match[str], document: Document) -> Value | None:
    """Return what somebody is allergic to, without reactions; None where an item or the rest of the line is unclear."""
    start, end = span_of(match, "value") or match.span()
    line = document.plain.find("\n", end)
    if document.plain[end : line if line >= 0 else None].strip(" ."):
        return None
    words = _REACTION.sub("", document.normal.cased[start:end])
    items = [" ".join(item.split()).strip(" .-") for item in re.split(r"[,;]|\s(?:and|und|et|e|y)\s", words)]
    kept = [item for item in items if item]
    clear = all(len(item.split()) <= _MOST_WORDS and not _NO_ALLERGEN.search(item.casefold()) for item in kept)
    return Value(kept) if kept and clear else None


def _plain_texts(match: re.Match[str], document: Document) -> Value | None:
    """Return one name without its accents: that of a drug is spelled with them in one language only."""
    found = _text(match, document)
    return None if found is None else Value(["".join(c for c in normalize("NFD", found.value) if not combining(c))])


def _tumour_grade(match: re.Match[str], _: Document) -> Value | None:
    number = {"i": 1, "ii": 2, "iii": 3}.get(text_of(match)) or int(text_of(match))
    return Value(number)


@cache
def _organ_names() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the organs that metastases are in, each with its words."""
    return tuple((name, words([pattern])) for name, pattern in read_resource("staging")["sites"].items())


_NO_ORGAN = re.compile(r"brain|cns|cerebral|and|und|et|e|y|the")


def _organs(match: re.Match[str], _: Document) -> Value | None:
    """Return the organs of a list in their order, those of the head left out."""
    found: list[str] = []
    for item in re.split(r"\s*(?:[,&+/]|(?<!\w)(?:and|und|et|e|y|the)(?!\w))\s*", " ".join(text_of(match).split())):
        named = "bone" if item == "os" else next((name for name, one in _organ_names() if one.fullmatch(item)), "")
        if not named and item and not _NO_ORGAN.fullmatch(item):
            return None
        found += [named] if named else []
    return Value(list(dict.fromkeys(found))) if found else None


def _hippocampal(match: re.Match[str], _: Document) -> Value | None:
    return Value({"hippocampal_avoidance": not (match["not"] or match["no"])})


def _memantine(match: re.Match[str], _: Document) -> Value | None:
    if match["not"] or match["no"] or match["no2"]:
        return Value({"memantine": False})
    return (
        Value({"memantine": True})
        if match["yes"] or match["yes2"] or match["yes3"] or "with" in match[0] or "concurrent" in match[0]
        else None
    )


_READERS: dict[str, Reader] = {
    "percent": _percent,
    "ejection": _ejection,
    "number": _number,
    "ecog": _ecog,
    "kps": _kps,
    "age": _age,
    "grade": _grade,
    "count": _count,
    "no lesion": _none_left,
    "date": _date,
    "latest date": _latest,
    "dose a day": _dose_a_day,
    "text": _text,
    "texts": _texts,
    "size": _size,
    "comorbidity": _comorbidity,
    "texts of a list": _listed,
    "allergens": _allergens,
    "plain texts": _plain_texts,
    "symptoms": lambda match, _: symptoms_of(text_of(match)),
    "tumour grade": _tumour_grade,
    "menopause": lambda match, _: Value(f"{text_of(match)}menopausal"),
    "hormone er": lambda match, _: receptor_values.hormone(match, "er"),
    "hormone pr": lambda match, _: receptor_values.hormone(match, "pr"),
    "hormone both": lambda match, _: receptor_values.both_hormones(match),
    "ihc": lambda match, _: receptor_values.ihc(match),
    "ish": lambda match, _: receptor_values.ish(match),
    "ratio": lambda match, _: receptor_values.number_under("ish_ratio", match, 30),
    "copies": lambda match, _: receptor_values.number_under("her2_copies", match, 60),
    "ki67": lambda match, _: receptor_values.number_under("ki67_percent", match, 100),
    "her2 stated": lambda match, _: receptor_values.her2_stated(match),
    "specimen day": receptor_values.specimen_day,
    "organs": _organs,
    "hippocampal": _hippocampal,
    "memantine": _memantine,
}


def read_value(spec: str, match: re.Match[str], document: Document) -> Value | None:
    """Return the value a rule reads: by its reader, or the constant behind '='."""
    if spec.startswith("="):
        return Value(json.loads(spec[1:]))
    return _READERS[spec](match, document)
