"""Puts the parts of a specimen together: site, day, receptors, Ki-67. What may be another's is left out."""

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.report.matching import events
from her2board.capture.report.model import Document, Event, Sentence
from her2board.capture.report.patterns import compiled, named
from her2board.capture.report.rules import rules_for
from her2board.capture.report.sites import find_sites
from her2board.capture.report.specimen_sites import (
    SpecimenSite,
    english_side,
    metastatic_organs,
    organs_in,
    site_in,
)
from her2board.capture.report.values import dated
from her2board.capture.typed import Candidate
from her2board.case.receptors import counts_contradict
from her2board.wording import tr

FIELD = "tumour.specimens[]"
_HEADED = named("specimens_headed")
_LATERALITY = compiled(r"(?<!\w)laterality\s?:\s?(?P<side>{side})(?!\w)")
_LETTERED = re.compile(r"(?:specimen |part )?(?P<letter>[a-h])[.):]\s*(?=[^:.\n]{3,80}(?::|$|\n))")
_OF_PART = re.compile(r"(?<!\w)(?:part|pot|block|specimen|sample|tumou?r|on|in)\s?(?P<letter>[a-h])\d?(?![\w'-])")
_BENIGN, _MALIGNANT = named("specimens_benign"), named("specimens_malignant")
_SAME = named("specimens_same")
_OF_ANOTHER_DAY, _OF_THIS_ONE = named("specimens_of_another_day"), named("specimens_of_this_one")
_WLE = compiled(r"(?<!\w)(?P<side>{side}) (?:wle|wide local excision|mastectomy|lumpectomy|mx)(?!\w)")
_BREAST_QUOTED, _NOT_ITS_DAY = named("specimens_breast_quoted"), named("specimens_not_its_day")
_QUOTING = ("request", "earlier", "past_history", "comparison")
_PROSE = ("title", "body", "findings", "impression")
_TAKEN, _NOT_TAKEN = named("specimens_taken"), named("specimens_not_taken")
_TWO = 2
_LONGEST_LABEL = 12
"""Letters of a label before what a sentence names."""
_FEWEST_WITHOUT_SITE = 2
"""Results that a specimen of unknown site has at least; one alone may be of another."""
_OF_ISH = ("ish", "ish_ratio", "her2_copies")
_RECEPTORS = ("er", "pr", "ihc", "ish", "her2_stated")


class _Head(Struct, frozen=True):
    """Where a specimen is named, and its site."""

    start: int
    end: int
    site: str
    organ: str = ""
    """The organ in English."""
    detail: str = ""
    """What distinguishes it from another specimen of its site: '10:00'."""
    letter: str = ""
    """Of the part: 'b' of 'B. Left breast'."""
    in_prose: bool = False
    """Named in a sentence, not behind a heading: results that contradict each other may be of another."""


def specimen_events(document: Document) -> Iterator[Event]:
    """Yield an entry for each specimen, with the places of its parts."""
    parts = [event for rule in rules_for(document.kind, "specimen") for event in events(rule, document)]
    yield from (part for part in parts if part.because == "too_many")
    parts = [part for part in parts if part.because != "too_many" and not _explains(document, part)]
    others = _of_other_days(document, parts) | _of_further(document, parts)
    quoting = [part for part in parts if _is_quoted(part, document) or part.sentence in others]
    if document.kind == "pathology" and not _is_of_another_tumour(document):
        own = [part for part in parts if part not in quoting and part.because is None]
        own = [part for part in own if "her2_stated" not in (part.value or ())]
        yield from _own(document, own)
    yield from _quoted(document, quoting)


_ANOTHER_TUMOUR = named("specimens_of_another_tumour")
_BREAST = re.compile(r"breast|brust|mamm|mamel|(?<!\w)(?:sein|seno|idc|ilc)(?!\w)|(?<!no )(?<!evidence of )metasta")


def _is_of_another_tumour(document: Document) -> bool:
    """Tell whether a report finds a tumour that is none of the breast, and names no breast nor a metastasis."""
    found = _ANOTHER_TUMOUR.search(document.plain) if not _BREAST.search(document.plain) else None
    return found is not None


def specimen_organs(document: Document) -> tuple[str, ...]:
    """Return the organs, in English, that a report of pathology names for its specimens."""
    return tuple(dict.fromkeys(head.organ for head in _heads(document)))


def _of_other_days(document: Document, parts: list[Event]) -> set[Sentence]:
    """Return the sentences of a report of pathology that give results of a specimen of another day than its own."""
    if document.kind != "pathology":
        return set()
    scored = {part.sentence for part in parts if set(part.value or ()) - {"day"}}
    own = {part.value["day"] for part in parts if part.value and "day" in part.value and part.sentence not in scored}
    compared = named("specimens_compared")
    return {
        sentence
        for sentence in scored
        if compared.search(document.plain, sentence.start, sentence.end)
        or (
            any(day.iso not in own for day in document.dates_in(sentence.start, sentence.end))
            and _OF_ANOTHER_DAY.search(document.marked, sentence.start, sentence.end)
            and not _SAME.search(document.plain, sentence.start, sentence.end)
            and not (not own and _OF_THIS_ONE.search(document.marked, sentence.start, sentence.end))
        )
    }


_FURTHER = named("specimens_further")


def _of_further(document: Document, parts: list[Event]) -> set[Sentence]:
    """Return the sentences behind words that end the first specimen: other slides reviewed, another sample."""
    first = min((part.start for part in parts if set(part.value or ()) - {"day"}), default=len(document.plain))
    found: set[Sentence] = set()
    for sentence in document.sentences if document.kind == "pathology" else ():
        place = (document.marked, *_at(sentence))
        starts = sentence.start > first and bool(_FURTHER.match(*place)) and not _SAME.search(*place)
        if found and not starts and (_headed(document, sentence) or _lettered(document, sentence)):
            break
        if found or starts:
            found.add(sentence)
    return found


_SCORE = re.compile(r"(?<![\d.])[0-3]\s?\+|(?<!\w)her-?2 0(?!\w)")
_MOST_SCORES = 2
_OF_BEFORE = re.compile(
    r"\((?:in |the |its |her )*(?:previous|prior|earlier|formerly|before|initial|original|primary|vor|fruher|zuvor)"
)
_OF_OTHERS = named("specimens_of_others")
_CONTROL = re.compile(r"(?<!\w)controls?(?!\w)")


def _explains(document: Document, part: Event) -> bool:
    """Tell whether a sentence explains a scale, reports a control, or what another laboratory found."""
    text = document.plain[part.sentence.start : part.sentence.end]
    before = document.plain[part.sentence.start : part.start]
    quoted = before[before.rfind("(") :] if before.rfind("(") > before.rfind(")") else ""
    of_before = bool(_OF_BEFORE.match(quoted)) and not _is_quoted(part, document)
    scored = set(part.value or ()) - {"day"} and not _is_quoted(part, document)
    of_others = bool(scored and _OF_OTHERS.search(text))
    return of_before or of_others or len(set(_SCORE.findall(text))) > _MOST_SCORES or bool(_CONTROL.search(text))


def _is_quoted(part: Event, document: Document) -> bool:
    return part.sentence.role in _QUOTING or document.kind != "pathology"


def _heads(document: Document) -> list[_Head]:
    found: list[_Head] = []
    for sentence in document.sentences:
        if sentence.role in (*_QUOTING, "explanation", "plan", "person"):
            continue
        if head := _headed(document, sentence) or _lettered(document, sentence):
            found.append(head)
    lettered = [head for head in found if head.letter]
    return (lettered if len(lettered) > 1 else found) or _in_prose(document)


def _headed(document: Document, sentence: Sentence) -> _Head | None:
    """Return the specimen that follows a heading such as 'Site:'."""
    match = _HEADED.match(document.plain, sentence.start, sentence.end)
    site = site_in(document, replace(sentence, start=match.end())) if match else None
    if site and site.words == site.organ and (stated := _laterality(document)):
        site = replace(site, words=f"{stated[0]} {site.words}")
        sentence = replace(sentence, start=min(sentence.start, stated[1]))
    return _head(sentence, site) if site else None


def _laterality(document: Document) -> tuple[str, int] | None:
    """Return the one side that a form names by itself, and its place; None where it names none or two."""
    found = {english_side(match["side"]): match.start() for match in _LATERALITY.finditer(document.plain)}
    return next(iter(found.items())) if len(found) == 1 else None


def _lettered(document: Document, sentence: Sentence) -> _Head | None:
    """Return the part that such as 'A. Left breast, mastectomy: ...' names before its colon."""
    match = _LETTERED.match(document.plain, sentence.start, sentence.end)
    if match is None:
        return None
    colon = document.plain.find(":", match.end(), sentence.end)
    site = site_in(document, replace(sentence, start=match.end(), end=colon if colon > 0 else sentence.end))
    return _head(sentence, site, match["letter"]) if site else None


def _head(sentence: Sentence, site: SpecimenSite, letter: str = "", in_prose: bool = False) -> _Head:
    return _Head(sentence.start, sentence.end, site.words, site.organ, site.detail, letter, in_prose)


_HAS_SCORE = re.compile(r"(?<![\d.])[0-3]\s?\+|(?<!\w)(?:er|pr) ?:?-? ?(?:\d|neg|pos)")


def _at(sentence: Sentence) -> tuple[int, int]:
    return sentence.start, sentence.end


def _in_prose(document: Document) -> list[_Head]:
    """Return where a report that has no heading for it says what was taken from where: all of it from one site."""
    found: list[_Head] = []
    scored = (one for one in document.sentences if one.role in _PROSE and _HAS_SCORE.search(document.plain, *_at(one)))
    if len({organ for one in scored for organ in organs_in(document, *_at(one))}) > 1:
        return []
    for sentence in document.sentences:
        place = (document.plain, sentence.start, sentence.end)
        if sentence.role not in _PROSE or not _TAKEN.search(*place) or _NOT_TAKEN.search(*place):
            continue
        days = document.dates_in(sentence.start, sentence.end)
        colon = document.plain.find(": ", sentence.start + _LONGEST_LABEL, sentence.end)
        organs = organs_in(document, sentence.start, colon if colon > 0 else sentence.end)
        if len(days) < _TWO and len(organs) < _TWO and (site := site_in(document, sentence)):
            found.append(_head(sentence, site, in_prose=True))
    return found[:1] if len({head.site for head in found}) == 1 else []


def _own(document: Document, parts: list[Event]) -> Iterator[Event]:
    """Yield the specimens of the report itself: one, or several where each is followed by its own results."""
    heads = _heads(document)
    results = [part for part in parts if set(part.value or ()) - {"day"}]
    blocks = list(zip(heads, [*(head.start for head in heads[1:]), len(document.plain)][: len(heads)], strict=True))
    malignant = [head for head, until in blocks if not _is_benign(document, head.start, until)] or heads
    if len({head.site for head in malignant}) <= 1 >= len({head.detail for head in malignant} - {""}):
        head = malignant[0] if malignant else None
        mine = [part for part in parts if _fits_letter(document, part, head)]
        if results and (entry := _entry(mine, head)):
            yield entry
        return
    yield from _several(document, parts, blocks)


def _several(document: Document, parts: list[Event], blocks: list[tuple[_Head, int]]) -> Iterator[Event]:
    """Yield the specimens of a report of several, each of the results in its own part of the text."""
    first = blocks[0][0].start
    results = [part for part in parts if set(part.value or ()) - {"day"}]
    scored = [head for head, until in blocks if any(head.start <= part.start < until for part in results)]
    if any(part.start < first for part in results) or len(scored) < _TWO:
        return
    names = [(head.site, head.detail) for head, _ in blocks]
    for head, until in blocks:
        mine = [part for part in parts if head.start <= part.start < until and _fits_letter(document, part, head)]
        mine += [] if any("day" in (part.value or ()) for part in mine) else _day_of_all(parts, first)
        twice = sum(head.site == site for site, _ in names) > 1
        if names.count((head.site, head.detail)) > 1 or (twice and not head.detail):
            continue
        named_ = replace(head, site=f"{head.site}, {head.detail}") if twice else head
        if head in scored and (entry := _entry(mine, named_)):
            yield entry


def _is_benign(document: Document, start: int, end: int) -> bool:
    """Tell whether a part of a report says that there is no tumour in it."""
    place = (document.plain, start, end)
    return bool(_BENIGN.search(*place)) and not _MALIGNANT.search(document.plain, start, end)


def _fits_letter(document: Document, part: Event, head: _Head | None) -> bool:
    """Tell whether a result is of a specimen: it names no other part of the report."""
    letters = {match["letter"] for match in _OF_PART.finditer(document.plain, part.sentence.start, part.sentence.end)}
    return not (head and head.letter and letters) or head.letter in letters


def _day_of_all(parts: list[Event], until: int) -> list[Event]:
    """Return the one day that is stated above all specimens."""
    days = [part for part in parts if part.start < until and set(part.value or ()) == {"day"}]
    return days if len(days) == 1 else []


def _entry(parts: list[Event], head: _Head | None) -> Event | None:
    """Return one entry of its parts; a key with two values is left out."""
    values: dict[str, set[Any]] = {}
    for part in parts:
        for key, value in (part.value or {}).items():
            values.setdefault(key, set()).add(value)
    value = {key: next(iter(found)) for key, found in values.items() if len(found) == 1}
    contrary = {key for key, found in values.items() if len(found) > 1 and key != "day"}
    if len(contrary) > 1 or (contrary and (head is None or head.in_prose)):
        return None  # results of another specimen may be among them
    if "ihc" in contrary or _is_contradicted(value):
        value = {key: found for key, found in value.items() if key not in _OF_ISH}
    if not any(key in value for key in (*_RECEPTORS, "ish_ratio", "er_percent", "pr_percent")):
        return None
    used = [part for part in parts if part.readings or any(key in value for key in part.value or ())]
    if head is None and len(set(value) & set(_RECEPTORS)) < _FEWEST_WITHOUT_SITE:
        return None
    if head is not None:
        value = {"site": head.site, **value}
    if "day" not in value and "ish" not in value and "ihc" not in value:
        value.pop("her2_tested", None)
    readings = _dated_readings(used, value)
    first = min(used, key=lambda part: part.start)
    starts = [part.start for part in used] + ([head.start] if head else [])
    return Event(
        rule="specimen",
        field=FIELD,
        value=None if readings else value,
        start=min(starts),
        end=max(part.end for part in used),
        sentence=first.sentence,
        trust="two_readings" if readings else "stated",
        readings=readings,
        asks=tr("day or month first?") if readings else "",
    )


def _is_contradicted(value: dict[str, Any]) -> bool:
    """Tell whether the result of ISH is other than the figures beside it: none of them is sure then."""
    return "ish" in value and counts_contradict(value["ish"], value.get("ish_ratio"), value.get("her2_copies"))


def _dated_readings(parts: list[Event], value: dict[str, Any]) -> tuple[Candidate, ...]:
    """Return the whole entry once for each reading of its day, where the text leaves the day open."""
    days = [part.readings for part in parts if part.readings]
    if len(days) != 1 or "day" in value:
        return ()
    return tuple(Candidate({**value, **one.value}, one.words) for one in days[0])


def _quoted(document: Document, parts: list[Event]) -> Iterator[Event]:
    """Yield specimens that another report is quoted for: all of it in one sentence or line, with a date of its own."""
    for sentence in dict.fromkeys(part.sentence for part in parts):
        mine = [part for part in parts if part.sentence == sentence]
        place = _quoted_place(document, sentence)
        days = document.dates_in(place.start, place.end)
        keys = [key for part in mine for key in part.value or ()]
        if len(days) != 1 or len(set(keys) & set(_RECEPTORS)) < 2 or _of_another(document, place):
            continue
        site = _quoted_site(document, place)
        if not site:
            continue
        merged = _entry([part for part in mine if not part.readings], _Head(mine[0].start, mine[0].start, site))
        if merged is None or not isinstance(merged.value, dict):
            continue
        value = {key: found for key, found in merged.value.items() if key != "her2_tested"}
        if "ihc" in value or ("ish" in value):
            value.pop("her2_stated", None)
        day = dated(days[0])
        readings = tuple(Candidate({**value, "day": one.value}, one.words) for one in day.readings)
        start, end = min(sentence.start, days[0].start), max(merged.end, days[0].end)
        yield Event(
            rule="specimen-quoted",
            field=FIELD,
            value=None if readings else {**value, "day": day.value},
            start=start,
            end=end,
            sentence=sentence,
            trust="two_readings" if readings else "quoted",
            readings=readings,
        )


def _quoted_place(document: Document, sentence: Sentence) -> Sentence:
    """Return the sentence with the one before it in its line, where a history has the day and the site in that."""
    if document.dates_in(sentence.start, sentence.end) or sentence.starts_line:
        return sentence
    before = next((one for one in reversed(document.sentences) if one.end <= sentence.start), sentence)
    return replace(sentence, start=before.start) if before.starts_line else sentence


_OTHERS = named("specimens_others")


def _of_another(document: Document, sentence: Sentence) -> bool:
    place = (document.marked, sentence.start, sentence.end)
    return sentence.role == "family" or any(pattern.search(*place) for pattern in (_OTHERS, _NOT_ITS_DAY))


_OF_THE_CANCER = named("specimens_of_the_cancer")


def _quoted_site(document: Document, sentence: Sentence) -> str:
    """Return the site of a quoted specimen where exactly one is named: the breast it was taken from."""
    plain, start, end = document.plain, sentence.start, sentence.end
    wide = {
        english_side(match["side"] or match.groupdict().get("side2") or "")
        for pattern in (_WLE, _BREAST_QUOTED)
        for match in pattern.finditer(document.marked, start, end)
    }
    organs = metastatic_organs(document, start, end)
    if len(wide) == 1 and not organs:
        side = wide.pop()
        site = site_in(document, sentence) if document.kind == "pathology" else None
        foreign = site and site.organ == "breast" and "breast" not in site.words
        return site.words if site and foreign else f"{side} breast".strip()
    found = re.search(r"(?:biops(?:y|ied)|metastasis|metastasectomy)", plain[start:end])
    brain = {one.words for one in find_sites(document, sentence)}
    if len(brain) == 1 and not wide and not organs_in(document, start, end) - {"brain"}:
        return brain.pop() if _TAKEN.search(plain, start, end) and not _OF_THE_CANCER.search(plain, start, end) else ""
    return organs[0] if len(organs) == 1 and not wide and found else ""
