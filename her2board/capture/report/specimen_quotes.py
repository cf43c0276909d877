"""Reads specimens of another report that a text quotes."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from her2board.capture.report.model import Document, Event, Sentence
from her2board.capture.report.patterns import compiled, named
from her2board.capture.report.sites import find_sites
from her2board.capture.report.specimen_entries import FIELD, RECEPTORS, specimen_entry
from her2board.capture.report.specimen_heads import Head
from her2board.capture.report.specimen_sites import english_side, metastatic_organs, organs_in, site_in
from her2board.capture.report.values import dated
from her2board.capture.typed import Candidate

_WLE = compiled(r"(?<!\w)(?P<side>{side}) (?:wle|wide local excision|mastectomy|lumpectomy|mx)(?!\w)")
_BREAST_QUOTED, _NOT_ITS_DAY = named("specimens_breast_quoted"), named("specimens_not_its_day")
_TAKEN, _BRAIN_TAKEN = named("specimens_taken"), named("specimens_brain_taken")


def quoted_specimens(document: Document, parts: list[Event]) -> Iterator[Event]:
    """Yield specimens that another report is quoted for: all of it in one sentence or line, with a date of its own."""
    for sentence in dict.fromkeys(part.sentence for part in parts):
        mine = [part for part in parts if part.sentence == sentence]
        place = _quoted_place(document, sentence)
        days = document.dates_in(place.start, place.end)
        keys = [key for part in mine for key in part.value or ()]
        if len(days) != 1 or len(set(keys) & set(RECEPTORS)) < 2 or _of_another(document, place):
            continue
        site, first = _quoted_site(document, place), sentence.start
        if not site:
            site, first = _site_before(document, place)
        if not site:
            continue
        merged = specimen_entry([part for part in mine if not part.readings], Head(mine[0].start, mine[0].start, site))
        if merged is None or not isinstance(merged.value, dict):
            continue
        value = {key: found for key, found in merged.value.items() if key != "her2_tested"}
        if "ihc" in value or ("ish" in value):
            value.pop("her2_stated", None)
        day = dated(days[0])
        readings = tuple(Candidate({**value, "day": one.value}, one.words) for one in day.readings)
        start, end = min(first, days[0].start), max(merged.end, days[0].end)
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


_SAMPLE = re.compile(r"(?:core|needle|diagnostic|initial) ?(?:biopsy|core|sample)|biopsy|core")


def _site_before(document: Document, sentence: Sentence) -> tuple[str, int]:
    """Return the breast that clinical details name in the sentence before 'Core biopsy 11/2023: ...', and its place."""
    if sentence.role != "request" or not _SAMPLE.match(document.plain, sentence.start, sentence.end):
        return "", sentence.start
    before = next((one for one in reversed(document.sentences) if one.end <= sentence.start), sentence)
    if before.role != "request" or document.dates_in(before.start, before.end):
        return "", sentence.start
    site = _quoted_site(document, before)
    return (site, before.start) if site.endswith("breast") and " " in site else ("", sentence.start)


_OTHERS = named("specimens_others")


def _of_another(document: Document, sentence: Sentence) -> bool:
    plain, start, end = document.marked, sentence.start, sentence.end
    taken = _BRAIN_TAKEN.search(plain, start, end)  # its day is that of the operation
    rest = (plain[start : taken.start()], plain[taken.end() : end]) if taken else (plain[start:end],)
    return (
        sentence.role == "family"
        or bool(_OTHERS.search(plain, start, end))
        or any(_NOT_ITS_DAY.search(text) for text in rest)
    )


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
