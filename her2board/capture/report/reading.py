"""Reads a report: what it offers for the case, what is seen and not offered, and what is read first."""

from collections.abc import Iterator

from msgspec.structs import replace

from her2board.capture.never import why_never
from her2board.capture.proposal import Offer, Proposal, SeenNotOffered, TextSpan, with_conflicts
from her2board.capture.report.amended import without_amended
from her2board.capture.report.body_scans import body_scan_events, is_of_an_old_scan
from her2board.capture.report.consistency import consistent
from her2board.capture.report.copied import without_state_of_then
from her2board.capture.report.course_drugs import with_days_of_their_own
from her2board.capture.report.courses import course_events
from her2board.capture.report.csf import csf_events
from her2board.capture.report.day import report_day
from her2board.capture.report.document import read_document
from her2board.capture.report.drug_stops import without_stopped
from her2board.capture.report.drug_words import with_drug_places
from her2board.capture.report.forms import whole_forms
from her2board.capture.report.imaging import head_of, imaging_events, is_of_the_body
from her2board.capture.report.lines import line_events
from her2board.capture.report.masking import masked
from her2board.capture.report.matching import events
from her2board.capture.report.model import Document, Event, Kind, Sentence
from her2board.capture.report.own_days import with_own_days
from her2board.capture.report.rules import Rule, rules, rules_for
from her2board.capture.report.specimen_entries import FIELD as SPECIMENS
from her2board.capture.report.specimens import specimen_events, specimen_organs
from her2board.capture.report.staging import staging_events, without_partial_sites
from her2board.capture.report.unread import unread_parts
from her2board.capture.report.urgent import urgent_sentences
from her2board.capture.typed import Candidate
from her2board.case.drugs import Vocabulary
from her2board.case.model import SentenceSource
from her2board.case.terms import SourceKind
from her2board.wording import tr


def read_report(text: str, kind: Kind, vocabulary: Vocabulary) -> Offer:
    """Return what a report of one kind offers; offsets are those of the pasted text."""
    document = with_drug_places(read_document(text, kind), vocabulary)
    found = without_amended(without_state_of_then(_events(document, vocabulary)), document)
    found = without_stopped(with_own_days(consistent(found, document), document), document)
    found = without_partial_sites(found, document)
    offered = [event for event in found if event.because is None and not why_never(event.field)]
    offered, open_ = _settled(offered)
    held = [event for event in found if event.because not in (None, "too_many")]
    proposals = tuple(
        _proposal(document, event) for event in sorted(offered, key=lambda event: (event.start, event.field))
    )
    values = {(proposal.field, repr(value)) for proposal in proposals for value in proposal.values}
    return Offer(
        with_conflicts(proposals),
        tuple(
            _seen(document, event)
            for event in _distinct((*held, *open_))
            if (event.field, repr(event.value)) not in values
        ),
        tuple(urgent_sentences(document)),
        None if document.patients else SentenceSource(kind=SourceKind(kind), day=report_day(document, proposals)),
        unread_parts(text, document, found, vocabulary),
    )


def _events(document: Document, vocabulary: Vocabulary) -> Iterator[Event]:
    """Yield everything that rules and frames read."""
    found = list(events((*rules_for(document.kind), *rules_for(document.kind, "specimen")), document))
    parts = [event for event in found if event.field == SPECIMENS]
    plain = [event for event in found if event.field != SPECIMENS]
    if document.kind == "brain_mri" and is_of_the_body(document):
        plain = [replace(event, because=event.because or "another_thing") for event in plain]
    yield from _fitting(document, plain)
    yield from imaging_events(document, plain)
    if head := head_of(document):
        seen = [event for event in events(rules_for("brain_mri"), head) if _is_of_the_head(event)]
        yield from seen
        yield from imaging_events(head, seen)
    yield from csf_events(document, plain)
    yield from staging_events(document)
    yield from body_scan_events(document)
    yield from specimen_events(document, parts)
    metastatic = next(
        (
            event.value
            for event in plain
            if event.field == "tumour.metastatic_date" and event.value and event.because is None
        ),
        "",
    )
    lines = list(line_events(document, vocabulary, metastatic))
    given = [event for event in lines if event.field.endswith("[]")]
    yield from with_days_of_their_own(document, course_events(document), given, vocabulary)
    yield from lines


def _is_of_the_head(event: Event) -> bool:
    """Tell whether an event is of a field that a report of the head fills."""
    return event.field.startswith(("brain.", "urgency."))


def _fitting(document: Document, found: list[Event]) -> Iterator[Event]:
    """Yield the events of single fields; a grade and a histology only of a primary."""
    organs = specimen_organs(document) if document.kind == "pathology" else ()
    valued = {(event.field, event.sentence) for event in found if event.because is None}
    fields = {field for field, _ in valued}
    days = {event.value for event in found if event.field == "organs.lvef_date" and event.because is None}
    primary = all("breast" in organ for organ in organs if "axilla" not in organ) and (
        not organs or any("breast" in organ for organ in organs)
    )
    for event in found:
        if event.because == "too_many":
            yield event
        elif event.field in ("tumour.grade", "tumour.histology") and not primary:
            yield replace(event, because="another_specimen")
        elif _is_of_another_day(document, event, days) or (
            event.because is None and is_of_an_old_scan(document, event)
        ):
            yield replace(event, because="earlier")
        elif event.field in _DATES_OF and not _has_value(document, event, fields, valued):
            yield replace(event, because="open")
        else:
            yield event


_DATES_OF = {
    "organs.lvef_date": ("organs.lvef_percent",),
    "patient.performance_date": ("patient.ecog", "patient.kps"),
    "brain.leptomeninges_basis": ("brain.leptomeninges",),
    "systemic.staging_date": ("systemic.extracranial",),
}
"""What says nothing without the value it belongs to."""


_AHEAD = 30
"""Characters before a value in which its own day may be: '12 May 2025: EF 60 %'."""


def _is_of_another_day(document: Document, event: Event, days: set[str]) -> bool:
    """Tell whether a dated ejection fraction of an echo is of a day other than that of the examination."""
    if event.field != "organs.lvef_percent" or document.kind != "echo":
        return False
    ahead = document.dates_in(max(event.sentence.start, event.start - _AHEAD), event.start)
    own = document.dates_in(event.start, event.end) or tuple(
        day for day in ahead if not document.plain[day.end : event.start].strip(" :,|-")
    )
    return bool(own) and not any(day.iso in days for day in own)


def _has_value(document: Document, event: Event, fields: set[str], valued: set[tuple[str, Sentence]]) -> bool:
    """Tell whether the value that a date belongs to is offered: in its sentence, where a letter reports it."""
    names = _DATES_OF[event.field]
    if event.field == "systemic.staging_date" and document.kind == "staging_ct":
        return True
    if event.field in ("organs.lvef_date", "systemic.staging_date") and document.kind != "echo":
        return any((name, event.sentence) in valued for name in names)
    return any(name in fields for name in names)


def _rule(event: Event) -> Rule | None:
    return next((rule for rule in rules() if rule.id == event.rule), None)


def _settled(found: list[Event]) -> tuple[list[Event], list[Event]]:
    """Return one event for each field, and those that are open because the text gives more than one value."""
    offered = _without_vaguer([event for event in _distinct(found) if event.field.endswith("[]")])
    open_: list[Event] = []
    fields = dict.fromkeys(event.field for event in found if not event.field.endswith("[]"))
    for field in fields:
        events_of = [event for event in found if event.field == field]
        one, rest = _one(events_of)
        offered += one
        open_ += rest
    return offered, open_


def _one(found: list[Event]) -> tuple[list[Event], list[Event]]:
    """Return what is offered of the events of one field, and what is not."""
    first = min(found, key=lambda event: event.start)
    found = _most_exact(found)
    values = list({repr((event.value, event.readings)): event for event in found}.values())
    if len(values) == 1:
        return [min(found, key=lambda event: event.start)], []
    several = next((rule.several for event in found if (rule := _rule(event))), "silent")
    if several == "earliest" and all(isinstance(event.value, str) for event in values):
        return [replace(min(values, key=lambda event: event.value), trust="needs_eye", asks=tr("first seen then?"))], []
    if several == "latest" and all(isinstance(event.value, str) for event in values):
        return [max(values, key=lambda event: event.value)], []
    if several == "first":
        return [first], []
    if several == "join" and all(isinstance(event.value, list) for event in values):
        joined = _without_parts(list(dict.fromkeys(item for event in found for item in event.value)))
        return [replace(first, value=joined, end=max(event.end for event in found))], []
    if several == "ask" and all(not event.readings for event in values):
        readings = tuple(Candidate(event.value, str(event.value)) for event in values)
        end = max(event.end for event in values)
        return [replace(first, value=None, readings=readings, end=end, trust="two_readings")], []
    return [], [replace(event, because="open") for event in values]


def _without_vaguer(entries: list[Event]) -> list[Event]:
    """Return entries without those that another says with the whole day: '07/2025 resected' beside '23/07/2025'."""
    return [
        one
        for one in entries
        if not any(other is not one and _is_vaguer(one, other) for other in entries if other.field == one.field)
    ]


def _is_vaguer(one: Event, other: Event) -> bool:
    """Tell whether an entry is that of another with less of its day and nothing of its own."""
    if not isinstance(one.value, dict) or not isinstance(other.value, dict) or one.value.get("kind") != "surgery":
        return False
    day, whole = str(one.value.get("day", "")), str(other.value.get("day", ""))
    rest = {key: value for key, value in one.value.items() if key != "day"}
    return whole.startswith(f"{day}-") and all(other.value.get(key) == value for key, value in rest.items())


def _most_exact(found: list[Event]) -> list[Event]:
    """Return events without those of a day that another says more exactly: '2022' beside '2022-03'."""
    days = [event.value for event in found if isinstance(event.value, str)]
    return [
        event
        for event in found
        if not (isinstance(event.value, str) and any(day.startswith(f"{event.value}-") for day in days))
    ]


def _without_parts(items: list[str]) -> list[str]:
    """Return the items of joined lists without those that another of them says more fully."""
    items = list({item.casefold(): item for item in reversed(items)}.values())[::-1]
    folded = [item.casefold() for item in items]
    return [
        item
        for number, item in enumerate(items)
        if not any(folded[number] in other for place, other in enumerate(folded) if place != number)
    ]


def _distinct(found: list[Event] | tuple[Event, ...]) -> list[Event]:
    """Return events without those that say the same of the same field again."""
    kept: dict[str, Event] = {}
    for event in sorted(found, key=lambda event: (event.start, -event.end)):
        kept.setdefault(repr((event.field, event.value, event.readings, event.because)), event)
    return list(kept.values())


def _proposal(document: Document, event: Event) -> Proposal:
    start, end = whole_forms(document, event.start, event.end)
    return Proposal(
        field=event.field,
        value=event.value,
        trust=event.trust,
        rule=event.rule,
        sources=(TextSpan(start, end),),
        words=(document.shown[start:end],),
        derived=event.derived,
        readings=event.readings,
        asks=event.asks,
        kept=masked(document.shown[min(start, event.sentence.start) : max(end, event.sentence.end)]),
    )


def _seen(document: Document, event: Event) -> SeenNotOffered:
    assert event.because is not None
    values = tuple(reading.value for reading in event.readings)
    return SeenNotOffered(
        event.field,
        list(values) if values else event.value,
        event.because,
        TextSpan(event.start, event.end),
        document.shown[event.start : event.end],
    )
