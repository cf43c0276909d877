"""Puts the parts of a specimen together: site, day, receptors, Ki-67. What may be another's is left out."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from her2board.capture.report.model import Document, Event, Sentence
from her2board.capture.report.normal import normalise
from her2board.capture.report.patterns import named
from her2board.capture.report.specimen_entries import FIELD, specimen_entry
from her2board.capture.report.specimen_heads import QUOTING, Head, head_in, part_of, parts_named, specimen_heads
from her2board.capture.report.specimen_quotes import quoted_specimens
from her2board.capture.report.specimen_tables import table_specimens

_BENIGN, _MALIGNANT = named("specimens_benign"), named("specimens_malignant")
_SAME = named("specimens_same")
_OF_ANOTHER_DAY, _OF_THIS_ONE = named("specimens_of_another_day"), named("specimens_of_this_one")
_TWO = 2


def specimen_events(document: Document, parts: list[Event]) -> Iterator[Event]:
    """Yield an entry for each specimen, with the places of its parts: what rules read of any specimen."""
    yield from _unclear_boxes(document)
    yield from (part for part in parts if part.because == "too_many")
    parts = [part for part in parts if part.because != "too_many" and not _explains(document, part)]
    others = _of_other_days(document, parts) | _of_further(document, parts)
    quoting = [part for part in parts if _is_quoted(part, document) or part.sentence in others]
    if document.kind == "pathology" and not (_is_of_another_tumour(document) or _is_in_situ(document)):
        own = [part for part in parts if part not in quoting and part.because is None]
        own = [part for part in own if "her2_stated" not in (part.value or ())]
        yield from _own(document, own)
    yield from quoted_specimens(document, quoting)
    yield from table_specimens(document)


_BOXES_OF = {name: named(f"forms_of_{name}") for name in ("ish", "ihc", "er", "pr")}


def _unclear_boxes(document: Document) -> Iterator[Event]:
    """Yield the boxes of a report of pathology that do not say which result is meant: seen, and not offered."""
    for form in document.forms if document.kind == "pathology" else ():
        sentence = next((one for one in document.sentences if one.start <= form.start < one.end), None)
        words = normalise(document.shown[form.start : form.end]).plain
        name = next((name for name, pattern in _BOXES_OF.items() if pattern.search(words)), "")
        if sentence and name and not form.parts:
            yield Event("boxes", FIELD, {name: "?"}, form.start, form.end, sentence, because="open")


_ANOTHER_TUMOUR = named("specimens_of_another_tumour")
_BREAST = re.compile(r"breast|brust|mamm|mamel|(?<!\w)(?:sein|seno|idc|ilc)(?!\w)|(?<!no )(?<!evidence of )metasta")


def _is_of_another_tumour(document: Document) -> bool:
    """Tell whether a report finds a tumour that is none of the breast, and names no breast nor a metastasis."""
    found = _ANOTHER_TUMOUR.search(document.plain) if not _BREAST.search(document.plain) else None
    return found is not None


def specimen_organs(document: Document) -> tuple[str, ...]:
    """Return the organs, in English, that a report of pathology names for its specimens."""
    return tuple(dict.fromkeys(head.organ for head in specimen_heads(document)))


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
        place = (document.marked, sentence.start, sentence.end)
        starts = sentence.start > first and bool(_FURTHER.match(*place)) and not _SAME.search(*place)
        if found and not starts and head_in(document, sentence):
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
    if scored and _is_in_situ(document, part.sentence):
        return True
    return of_before or of_others or len(set(_SCORE.findall(text))) > _MOST_SCORES or bool(_CONTROL.search(text))


_IN_SITU, _INVASIVE = named("specimens_in_situ"), named("specimens_invasive")


def _is_in_situ(document: Document, sentence: Sentence | None = None) -> bool:
    """Tell whether a sentence, or all of a report, speaks of disease in situ alone: its receptors are none of hers."""
    place = (sentence.start, sentence.end) if sentence else (0, len(document.plain))
    return bool(_IN_SITU.search(document.plain, *place)) and not _INVASIVE.search(document.plain, *place)


def _is_quoted(part: Event, document: Document) -> bool:
    return part.sentence.role in QUOTING or document.kind != "pathology"


def _own(document: Document, parts: list[Event]) -> Iterator[Event]:
    """Yield the specimens of the report itself: one, or several where each is followed by its own results."""
    heads = specimen_heads(document)
    results = [part for part in parts if set(part.value or ()) - {"day"}]
    blocks = list(zip(heads, [*(head.start for head in heads[1:]), len(document.plain)][: len(heads)], strict=True))
    malignant = [head for head, until in blocks if not _is_benign(document, head.start, until)] or heads
    if len({head.site for head in malignant}) <= 1 >= len({head.detail for head in malignant} - {""}):
        head = malignant[0] if malignant else None
        mine = [part for part in parts if _fits_letter(document, part, head)]
        if results and (entry := specimen_entry(mine, head)):
            yield entry
        return
    yield from _by_letter(document, parts, heads) or _several(document, parts, blocks)


def _by_letter(document: Document, parts: list[Event], heads: list[Head]) -> list[Event]:
    """Return the specimens whose results follow all of their names, each behind the letter of its part or block."""
    letters = {head.letter for head in heads}
    results = [part for part in parts if set(part.value or ()) - {"day"}]
    if "" in letters or len(letters) < len(heads) or any(part.start < heads[-1].end for part in results):
        return []
    of_letter = {part.sentence: part_of(document, part.sentence) for part in results}
    if not results or not set(of_letter.values()) <= letters:
        return []
    days = _day_of_all(parts, min(part.start for part in results))
    found = (
        specimen_entry([*days, *(part for part in results if of_letter[part.sentence] == head.letter)], head)
        for head in heads
    )
    return [entry for entry in found if entry]


def _several(document: Document, parts: list[Event], blocks: list[tuple[Head, int]]) -> Iterator[Event]:
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
        if head in scored and (entry := specimen_entry(mine, named_)):
            yield entry


def _is_benign(document: Document, start: int, end: int) -> bool:
    """Tell whether a part of a report says that there is no tumour in it."""
    place = (document.plain, start, end)
    return bool(_BENIGN.search(*place)) and not _MALIGNANT.search(document.plain, start, end)


def _fits_letter(document: Document, part: Event, head: Head | None) -> bool:
    """Tell whether a result is of a specimen: it names no other part of the report."""
    letters = parts_named(document, part.sentence)
    return not (head and head.letter and letters) or head.letter in letters


def _day_of_all(parts: list[Event], until: int) -> list[Event]:
    """Return the one day that is stated above all specimens."""
    days = [part for part in parts if part.start < until and set(part.value or ()) == {"day"}]
    return days if len(days) == 1 else []
