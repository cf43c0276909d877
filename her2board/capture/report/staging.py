"""Reads what a CT or PET of the body concludes: whether disease is absent, controlled or progressing, and where."""

import re
from collections.abc import Iterator
from functools import cache

from msgspec.structs import replace

from her2board.capture.report.context import is_said
from her2board.capture.report.model import Document, Event, Sentence
from her2board.capture.report.resources import pattern_of, read_resource, words

_COURSE, _SITES = "systemic.extracranial", "systemic.extracranial_sites"
_READ = ("body", "findings", "impression", "title")


@cache
def _named(name: str) -> re.Pattern[str]:
    return pattern_of(read_resource("staging")[name])


@cache
def _organs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, words([pattern])) for name, pattern in read_resource("staging")["sites"].items())


def staging_events(document: Document) -> Iterator[Event]:
    """Yield the course and the sites that the conclusion of such a report states; a person confirms both."""
    if document.kind != "staging_ct":
        return
    read = [one for one in document.sentences if one.role in _READ and not _has(document, "brain", one)]
    concluding = [one for one in read if one.role == "impression"]
    found = _course(document, concluding, read)
    if found is not None:
        yield found
    yield from _sites(document, concluding, read, found.value if found else "")


def _has(document: Document, name: str, sentence: Sentence) -> bool:
    return _named(name).search(document.plain, sentence.start, sentence.end) is not None


def _stated(document: Document, name: str, sentence: Sentence) -> bool:
    """Tell whether a sentence says one of some words and does not deny it."""
    found = _named(name).finditer(document.plain, sentence.start, sentence.end)
    return any(not _denied(document, match, sentence) for match in found)


def _denied(document: Document, match: re.Match[str], sentence: Sentence) -> bool:
    """Tell whether a word of denial in any language is before some words, or they are negated otherwise."""
    before = _named("denied").search(document.plain[sentence.start : match.start()])
    return bool(before) or is_said("negated", document.marked, *match.span(), sentence.start, sentence.end)


def _course(document: Document, concluding: list[Sentence], read: list[Sentence]) -> Event | None:
    """Return the course where the conclusion has one: what grows counts before what is stable."""
    progressing = [one for one in concluding if _stated(document, "progressing", one)]
    controlled = [
        match
        for one in concluding
        if (match := _named("controlled").search(document.plain, one.start, one.end))
        and (match[0].startswith("no ") or not _denied(document, match, one))
    ]
    doubted = any(_has(document, "open", one) and _has(document, "lesion", one) for one in concluding)
    if doubted or any(_has(document, "open", one) for one in progressing):
        return None
    if progressing:
        return _event(_COURSE, "progressing", progressing[0])
    grown = any(_stated(document, "progressing", one) and not _has(document, "harmless", one) for one in read)
    if controlled and not grown:
        sentence = next(one for one in concluding if one.start <= controlled[0].start() < one.end)
        return _event(_COURSE, "controlled", sentence)
    absent = [one for one in concluding if _has(document, "absent", one)]
    present = any(_described(document, one) for one in read)
    whole = _named("whole").search(document.plain)
    return _event(_COURSE, "absent", absent[0]) if absent and whole and not (present or controlled or grown) else None


def has_grown(document: Document, sentence: Sentence) -> bool:
    """Return whether a sentence says of anything that it is new or grows, and does not deny it."""
    return _stated(document, "grows", sentence)


def _sites(document: Document, concluding: list[Sentence], read: list[Sentence], course: str) -> Iterator[Event]:
    """Yield the organs with disease: those of the conclusion, where the findings name no further ones in doubt."""
    concluded = [organ for one in concluding for organ in _organs_of(document, one, "lesion", "course")]
    described = [organ for one in read for organ in _described(document, one)]
    doubtful = {organ for one in read for organ in _organs_of(document, one, "lesion")} - {*concluded, *described}
    found = list(dict.fromkeys((*concluded, *described)))
    if not found or doubtful or course == "absent" or not (concluded or course):
        return
    naming = [
        next(one for one in (*concluding, *read) if organ in _organs_of(document, one, "lesion", "course", "malignant"))
        for organ in found
    ]
    first, last = min(naming, key=lambda one: one.start), max(naming, key=lambda one: one.end)
    yield replace(_event(_SITES, found, first), end=last.end)


def _described(document: Document, sentence: Sentence) -> list[str]:
    """Return the organs in which a sentence of the findings has disease: named so, or a lesion with its course."""
    lesion = _stated(document, "lesion", sentence) and _stated(document, "course", sentence)
    return _organs_of(document, sentence, "malignant", *(("lesion",) if lesion else ()))


def _organs_of(document: Document, sentence: Sentence, *said: str) -> list[str]:
    """Return the organs that a sentence states something of, and not as resolved, harmless, denied or open."""
    if not any(_stated(document, name, sentence) for name in said):
        return []
    if _has(document, "harmless", sentence) or _has(document, "open", sentence):
        return []
    if _has(document, "nodule", sentence) and not _has(document, "lesion", sentence):
        return []  # a nodule is no metastasis until the report calls it one
    return [
        name
        for name, pattern in _organs()
        if any(
            not _denied(document, match, sentence)
            for match in pattern.finditer(document.plain, sentence.start, sentence.end)
        )
    ]


def without_partial_sites(found: list[Event], document: Document) -> list[Event]:
    """Return events, a list of sites as open where the text reports disease in an organ that none of them names."""
    lists = [event.value for event in found if event.field == _SITES and event.because is None]
    if not lists or document.kind == "staging_ct":
        return found
    further = _diseased_organs(document) - {organ for one in lists for organ in one}
    return [
        replace(event, because="open") if further and event.field == _SITES and event.because is None else event
        for event in found
    ]


def _diseased_organs(document: Document) -> set[str]:
    """Return the organs in which any sentence of a text reports disease, its course or its growth."""
    said = ("lesion", "course", "malignant", "grown")
    read = [one for one in document.sentences if one.role in (*_READ, "earlier", "past_history")]
    found = {
        organ for one in read for organ in _organs_of(document, one, *said) if not _has(document, "not_disease", one)
    }
    return found | ({"elsewhere"} if any(_stated(document, "elsewhere", one) for one in read) else set())


def _event(field: str, value: str | list[str], sentence: Sentence) -> Event:
    rule = "staging-sites" if field == _SITES else "staging-course"
    return Event(rule, field, value, sentence.start, sentence.end, sentence, "needs_eye")
