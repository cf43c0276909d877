"""Builds local therapies: one course of a summary, the rows of its table, what a history reports in one sentence."""

import re
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from her2board.capture.proposal import Reason
from her2board.capture.report.context import CONTEXTS, Context, is_said
from her2board.capture.report.course_days import course_days
from her2board.capture.report.course_items import course_items, course_site, volume_in, whole_brain_parts
from her2board.capture.report.course_lists import headed_courses
from her2board.capture.report.course_parts import parts_of, with_parts
from her2board.capture.report.course_segments import Segment, segments
from her2board.capture.report.course_tables import FIELD, table_events
from her2board.capture.report.course_words import (
    Dose,
    distinct,
    doses,
    is_listed_apart,
    kinds,
    last_days,
    not_done,
    result_in,
)
from her2board.capture.report.matching import REASON_OF_ROLE, first_context
from her2board.capture.report.model import Document, Event, FoundDate, Role, Sentence
from her2board.capture.report.patterns import compiled, named
from her2board.capture.report.sites import Site, find_sites
from her2board.capture.report.values import dated
from her2board.capture.typed import Candidate
from her2board.wording import tr

_CURRENT: tuple[Role, ...] = ("title", "body", "findings", "impression", "technique")
_HISTORIES = ("systemic_history", "clinic_letter", "discharge_summary", "board_note", "emergency_note")
_ELSEWHERE, _OF_ANOTHER = named("courses_elsewhere"), named("courses_for_another_disease")
_DONE = compiled(r"(?<!\w){done}(?!\w)")
_LONGEST_LABEL = 20
"""Letters of 'Nature of specimen:' before what was taken."""
_LIMITS = re.compile(r"(?<!\w)(?:max(?:imum)?|constraints?|tolerance|organs? at risk|oar|d\d\d|v\d\d)(?!\w)")


def course_events(document: Document) -> Iterator[Event]:
    """Yield an entry for each local therapy of the brain."""
    if document.kind == "radiotherapy_summary":
        yield from _of_a_table(document) or _of_a_summary(document)
    elif document.kind in _HISTORIES:
        listed = list(headed_courses(document))
        for found, rows, _ in listed:
            yield from rows
            for one in found:
                spans = [*one.spans, (one.sentence.start, one.sentence.start + 1)]
                yield from _finished("course-item", one.value, one.days, spans, one.sentence)
        used = [one for *_, sentences in listed for one in sentences]
        for sentence in document.sentences:
            if not any(one.start <= sentence.start < one.end for one in used):
                yield from _of_a_history(document, sentence)
    else:
        yield from _quoted(document)
    if document.kind == "pathology":
        yield from _excised(document)


def _of_a_table(document: Document) -> tuple[Event, ...]:
    """Return the courses of a table, with what is said of its one course of the whole brain, and earlier courses."""
    rows = with_parts(document, tuple(table_events(document)))
    past = [
        one for one in document.sentences if named("courses_past_cranial").match(document.plain, one.start, one.end)
    ]
    return (*rows, *_reported(document, past)) if rows else ()


def _of_a_history(document: Document, sentence: Sentence) -> Iterator[Event]:
    """Yield the therapies of a sentence: those with their day right beside them, else the one that it reports."""
    whole = tuple(_sentence(document, sentence))
    beside = segments(document, sentence) if sentence.role in (*_CURRENT, "earlier", "past_history") else []
    said = [event for event in whole if event.because is None]
    if not beside or (len(said) == len(beside) == 1 and _agrees(said[0], beside[0])):
        yield from whole
        return
    for one in beside:
        for value in one.entries():
            yield from _finished("course-beside", value, tuple(one.days), [(one.start, one.end)], sentence)


def _quoted(document: Document) -> Iterator[Event]:
    """Yield what the request of an examination says was done, with the day right beside it."""
    for sentence in (one for one in document.sentences if one.role in ("request", "title", "past_history")):
        for one in segments(document, sentence):
            for value in one.entries():
                for event in _finished("course-beside", value, tuple(one.days), [(one.start, one.end)], sentence):
                    yield replace(event, trust="quoted" if event.trust == "stated" else event.trust)


def _agrees(event: Event, segment: Segment) -> bool:
    """Tell whether what a sentence says as a whole says no other therapy, site or day than what is beside the words."""
    value = event.value or event.readings[0].value
    entries = segment.entries()
    same = len(entries) == 1 and all(value.get(key) == one for key, one in entries[0].items())
    return same and ("site" not in value or "site" in entries[0])


def _of_a_summary(document: Document) -> Iterator[Event]:
    """Yield the courses of a list, or the one course of a summary and those before it, or what its sentences report."""
    listed, spans = course_items(document)
    course: tuple[Event, ...] = ()
    for one in listed:
        yield from _finished("course-item", one.value, one.days, one.spans, one.sentence)
    if not listed:
        course = tuple(_summary(document))
        yield from course
        spans = [(event.start, event.end) for event in course]
    from_ = spans[0][0] if listed else 0
    inside = [one for one in document.sentences if any(a < one.end and one.start < b for a, b in spans)]
    rest = [one for one in document.sentences if one.start >= from_ and one not in inside]
    if course:
        past = named("courses_past_of_diagnosis")
        rest += [one for one in inside if past.search(document.plain, one.start, one.end) or _is_past(document, one)]
    if not course and _broken_off(document):
        rest = [one for one in rest if listed and _is_past(document, one)]
    yield from with_parts(document, tuple(_reported(document, rest, only=("surgery",) if course else ())))


def _is_past(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence of a summary is headed as an earlier course."""
    names = ("courses_past_cranial", "courses_mentioned_before")
    return sentence.role == "earlier" or any(
        named(name).match(document.plain, sentence.start, sentence.end) for name in names
    )


def _reported(document: Document, sentences: list[Sentence], only: tuple[str, ...] = ()) -> Iterator[Event]:
    """Yield what sentences of a summary report as done: of some kinds only, or all; earlier courses in any case."""
    for sentence in sentences:
        earlier = _is_past(document, sentence)
        past = named("courses_past_of_diagnosis").search(document.plain, sentence.start, sentence.end)
        if past:
            sentence, earlier = replace(sentence, start=past.start()), True
        for event in _sentence(document, sentence):
            value = event.value or event.readings[0].value
            dosed_or_placed = "dose_gy" in value or "site" in value or (earlier and "day" in value)
            if dosed_or_placed and (earlier or not only or value["kind"] in only):
                yield event


def _summary(document: Document) -> Iterator[Event]:
    """Yield the one course a summary in prose reports; of several in one text none is known apart."""
    delivered = named("courses_delivered")
    given = any(delivered.match(document.plain, one.start, one.end) for one in document.sentences)
    if (_broken_off(document) or _only_begun(document)) and not given:
        return
    if not any(named("courses_given").search(document.plain, one.start, one.end) for one in document.sentences):
        return
    read = _delivered(document, [one for one in document.sentences if _is_read(document, one)])
    found = [(one, dose) for one in read for dose in doses(document.marked, one.start, one.end)]
    found = [(one, dose) for one, dose in found if not _ELSEWHERE.search(document.plain, one.start, one.end)]
    found = [(one, dose) for one, dose in found if not _only_planned(document, one)]
    courses = {(dose.dose_gy) for _, dose in found}
    by_kind: dict[str, list[tuple[int, int]]] = {}
    for one in read:
        for kind, places in kinds(document.marked, one.start, one.end).items():
            done = [place for place in places if not _not_yet(document, one, place)]
            if kind != "surgery" and done:
                by_kind.setdefault(kind, []).extend(done)
    if len(courses) != 1 or len(by_kind) != 1:
        return
    kind = next(iter(by_kind))
    counts = {dose.fractions for _, dose in found if dose.fractions} or _counted(document, read)
    value: dict[str, Any] = {"kind": kind, "dose_gy": courses.pop()}
    if len(counts) == 1:
        value["fractions"] = counts.copy().pop()
    spans = [(dose.start, dose.end) for _, dose in found] + by_kind[kind][:1]
    placed = [one for one in read if not _LIMITS.search(document.plain, one.start, one.end)]
    sites, volumes = _targets(document, placed)
    if kind == "radiosurgery" and len(sites) == 1:
        site = next(iter(sites.values()))
        value["site"], place = course_site(document, site)
        spans.append(place)
        if len(volumes) == 1:
            value["volume_ml"] = volumes.pop()
    for part in parts_of(document):
        value.update(part.value)
        spans.append((part.start, part.end))
    days = course_days(document, read, one_day=value.get("fractions") == 1)
    yield from _finished("course-summary", value, days, spans, found[0][0])


def _targets(document: Document, read: list[Sentence]) -> tuple[dict[str, Site], set[float | int]]:
    """Return the sites that were treated, those of a line with their label where there is one, and their volumes."""
    aside, labelled = named("courses_not_a_target"), named("courses_target_label")
    placed = [one for one in read if not aside.search(document.plain, one.start, one.end)]
    headed = [one for one in placed if labelled.match(document.plain, one.start, one.end) and find_sites(document, one)]
    sites = {site.words: site for one in headed or placed for site in find_sites(document, one)}
    volumes = {volume for one in placed if (volume := volume_in(document, one.start, one.end))}
    return sites, volumes


def _broken_off(document: Document) -> bool:
    """Tell whether a text says that a course was not completed: of what was only planned that says nothing."""
    of_plan, off = named("courses_of_a_plan"), named("courses_broken_off")
    row = named("courses_dated_row")
    own = [
        one
        for one in document.sentences
        if not of_plan.match(document.plain, one.start, one.end)
        and not (one.starts_line and row.match(document.marked, one.start, one.end))
    ]
    return any(off.search(document.plain, one.start, one.end) for one in own)


def _only_begun(document: Document) -> bool:
    """Tell whether a text has a first fraction, and no word of an end or of what was given."""
    begun, ended = named("courses_only_begun"), named("courses_ended")
    return bool(begun.search(document.marked)) and not ended.search(document.plain)


def _delivered(document: Document, read: list[Sentence]) -> list[Sentence]:
    """Return the sentences without those of a prescription, where another says what was delivered."""
    prescribed, delivered = named("courses_prescribed"), named("courses_delivered")
    if not any(delivered.match(document.plain, one.start, one.end) for one in read):
        return read
    return [one for one in read if not prescribed.match(document.plain, one.start, one.end)]


_NOT_YET: tuple[Context, ...] = ("planned", "conditional", "another_person")
"""Why a therapy that a summary names is not the one it reports."""


def _not_yet(document: Document, sentence: Sentence, place: tuple[int, int]) -> bool:
    if is_said("negated", document.marked, *place, sentence.start, sentence.end):
        return True
    return first_context(_NOT_YET, document, sentence, *place) is not None


def _only_planned(document: Document, sentence: Sentence) -> bool:
    """Tell whether every therapy that a sentence names is planned: its dose is no dose that was given."""
    places = [place for found in kinds(document.marked, sentence.start, sentence.end).values() for place in found]
    return bool(places) and all(_not_yet(document, sentence, place) for place in places)


_COUNT = named("courses_count")


def _counted(document: Document, read: list[Sentence]) -> set[int | None]:
    """Return the number of fractions from a line of its own."""
    found = {
        int(match[1])
        for one in read
        for match in _COUNT.finditer(document.plain, one.start, one.end)
        if match[2] in (None, match[1])
    }
    return set(found)


def _is_read(document: Document, sentence: Sentence) -> bool:
    text = document.plain[sentence.start : sentence.end]
    if sentence.role not in _CURRENT:
        return False
    return not named("courses_not_of_now").search(text)


def _finished(
    rule: str,
    value: dict[str, Any],
    days: tuple[FoundDate, ...],
    spans: list[tuple[int, int]],
    sentence: Sentence,
    because: Reason | None = None,
) -> Iterator[Event]:
    """Yield an entry with its day, once for each reading of it; a second day leaves it out."""
    readings: tuple[Candidate, ...] = ()
    if len(days) == 1:
        spans = [*spans, (days[0].start, days[0].end)]
        day = dated(days[0])
        if day.readings:
            readings = tuple(Candidate({**value, "day": one.value}, one.words) for one in day.readings)
        else:
            value = {**value, "day": day.value}
    yield Event(
        rule=rule,
        field=FIELD,
        value=None if readings else value,
        start=min(start for start, _ in spans),
        end=max(end for _, end in spans),
        sentence=sentence,
        trust="two_readings" if readings else "stated",
        readings=readings,
        asks=tr("day or month first?") if readings else "",
        because=because,
    )


def _sentence(document: Document, sentence: Sentence) -> Iterator[Event]:
    """Yield the local therapy that one sentence of a history reports as done."""
    plain, text = document.plain, document.marked
    named = kinds(text, sentence.start, sentence.end)
    if len(named) != 1 or sentence.role in ("request", "family", "explanation", "allergies", "person"):
        return
    kind, places = next(iter(named.items()))
    words = plain[sentence.start : sentence.end]
    sites = find_sites(document, sentence)
    if (
        _OF_ANOTHER.search(words)
        or _ELSEWHERE.search(words)
        or (kind == "surgery" and not sites and "crani" not in words)
    ):
        return
    because = REASON_OF_ROLE.get(sentence.role) if sentence.role not in (*_CURRENT, "earlier", "past_history") else None
    because = because or _said_otherwise(document, sentence, places)
    found = distinct(doses(text, sentence.start, sentence.end))
    dates = document.dates_in(sentence.start, sentence.end)
    value: dict[str, Any] = {"kind": kind}
    spans = list(places[:1])
    if kind == "whole_brain":
        value |= whole_brain_parts(document, sentence)
    elif len({site.words for site in sites}) == 1:
        value["site"], place = course_site(document, sites[0])
        spans.append(place)
    if kind != "surgery" and len(found) == 1:
        _with_dose(value, found[0], spans)
        if volume := volume_in(document, sentence.start, sentence.end):
            value["volume_ml"] = volume
    if kind == "surgery" and (result := result_in(document, sentence.start, sentence.end)):
        value["result"] = result[0]
        spans.append(result[1])
    if len(found) > 1 or (len(dates) > 1 and not last_days(document, sentence.start, sentence.end, one_day=False)):
        return
    days = last_days(document, sentence.start, sentence.end, one_day=False) or dates
    given = "dose_gy" in value and _DONE.search(text, sentence.start, sentence.end)
    undated = len(days) != 1 and not given and because is None
    if undated or is_listed_apart(plain, value, places[0], days):
        return
    several = {site.words: site for site in sites} if _EACH.search(words) and "dose_gy" in value else {}
    if len(several) > 1:
        for site in several.values():
            one = {**value, "site": site.written}
            yield from _finished(
                "course-in-history", one, tuple(days), [*spans, (site.start, site.end)], sentence, because
            )
        return
    yield from _finished("course-in-history", value, tuple(days), spans, sentence, because)


def _with_dose(value: dict[str, Any], dose: Dose, spans: list[tuple[int, int]]) -> None:
    value["dose_gy"] = dose.dose_gy
    if dose.fractions:
        value["fractions"] = dose.fractions
    spans.append((dose.start, dose.end))


_EACH = re.compile(r"(?<!\w)(?:each|jeweils|chacune?|ciascun[ao]|cada un[ao])(?!\w)")
_RELATIVE = named("courses_relative")


def _said_otherwise(document: Document, sentence: Sentence, places: list[tuple[int, int]]) -> Reason | None:
    """Return why a therapy that a sentence names was not given, or is not what the sentence reports."""
    for start, end in places:
        if is_said("negated", document.marked, start, end, sentence.start, sentence.end):
            return "negated"
        forbidden = tuple(context for context in CONTEXTS if context != "earlier")
        reason = first_context(forbidden, document, sentence, start, end)
        if reason := reason or not_done(document, (start, end), sentence.end):
            return reason
    return "another_thing" if _RELATIVE.search(document.plain, sentence.start, sentence.end) else None


def _excised(document: Document) -> Iterator[Event]:
    """Yield the operation that a specimen of the brain comes from, where it says excised and the day."""
    for sentence in document.sentences:
        words = document.plain[sentence.start : sentence.end]
        sites = find_sites(document, sentence)
        done = re.search(
            r"(?<!\w)(?:excised|resected|removed at craniotomy|craniotomy|resection|excision)(?!\w)", words
        )
        if sentence.role not in _CURRENT or not done or len({site.words for site in sites}) != 1:
            continue
        if not re.search(r"specimen|nature|tumou?r|metasta|lesion|praparat|material|prelievo|prelevement", words):
            continue
        dates = document.dates_in(sentence.start, sentence.end)
        taken = replace(
            sentence,
            end=sentence.start + (words.find(":", _LONGEST_LABEL) if ":" in words[_LONGEST_LABEL:] else len(words)),
        )
        if len(dates) != 1 or re.search(r"received|reported|biops", words) or _said_otherwise(document, taken, []):
            continue
        value = {"kind": "surgery", "site": sites[0].written}
        yield from _finished("excised", value, dates, [(sentence.start, sites[0].end)], sentence)
