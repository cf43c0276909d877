"""What a report of imaging says beyond single rules: lesions, the largest of them, where they are."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from her2board.capture.report.context import is_said
from her2board.capture.report.lesion_repeats import without_repeats
from her2board.capture.report.lesions import Lesion, find_lesions, lesion_events, sizes_maybe_of_now, sizes_not_of_now
from her2board.capture.report.model import Document, Event, Sentence
from her2board.capture.report.operated import is_followed_by_operation, is_removed_behind, without_operated
from her2board.capture.report.patterns import compiled, named
from her2board.capture.report.scans import READ, scan_of
from her2board.capture.report.sites import find_sites
from her2board.wording import tr

_FOSSA, _COUNT = "brain.posterior_fossa", "brain.lesion_count"
_ONE = {"low": 1, "high": 1}
_NOUN = compiled(r"(?<!\w)(?:{lesion})(?!\w)")
_INFRATENTORIAL = re.compile(r"(?<!\w)(?:infratentorial|posterior fossa)(?!\w)")
_MEASURED = re.compile(r"\d ?[cm]m(?!\w)|\x01")
_OF_SOME = re.compile(r"(?<!\w)of (?:which|these|them)(?!\w)")
_NEXT_IN_SIZE = re.compile(r"(?<!\w)(?:second|third|next|2nd|3rd)[ -](?:largest|biggest|in size)(?!\w)")
"""Where one is called the second largest, that which it follows is larger than all that were read."""
_MORE = re.compile(r"(?<!\w)(?:additional|further|another|other|new)(?!\w)")
"""Words of a note that does not name all lesions."""
_UNSETTLED = named("imaging_unsettled")
_SCANNED, _HEADED = named("imaging_head_scanned"), named("imaging_head_headed")
_BODY, _HEAD = named("imaging_of_the_body"), named("imaging_of_the_head")


def is_of_the_body(document: Document) -> bool:
    """Tell whether the title of a report of imaging names parts of the body and no head."""
    titles = [one for one in document.sentences if one.role == "title"] or list(document.sentences[:1])
    words = " ".join(document.plain[one.start : one.end] for one in titles)
    return bool(_BODY.search(words)) and not _HEAD.search(words)


def head_of(document: Document) -> Document | None:
    """Return what a report of the body says of the head under a heading of its own; None where its title names none."""
    titles = [one for one in document.sentences if one.role == "title"] or list(document.sentences[:1])
    words = " ".join(document.plain[one.start : one.end] for one in titles)
    if document.kind != "staging_ct" or not _SCANNED.search(words):
        return None
    seen: list[Sentence] = []
    inside = False
    for one in document.sentences:
        if one.starts_line:
            inside = bool(_HEADED.match(document.plain, one.start, one.end))
        if inside and one.role in READ:
            seen.append(one)
    return replace(document, kind="brain_mri", sentences=(*titles, *seen)) if seen else None


def imaging_events(document: Document, plain: list[Event]) -> Iterator[Event]:
    """Yield what the imaging that a text reports says of lesions."""
    if document.kind == "brain_mri" and not is_of_the_body(document):
        yield from _report(document, plain)
    elif document.kind in (
        "emergency_note",
        "discharge_summary",
        "clinic_letter",
        "board_note",
        "radiotherapy_summary",
    ):
        yield from _statement(document)
    if document.kind == "board_note":
        read = tuple(one for one in document.sentences if one.role in READ)
        yield from lesion_events(without_operated(document, find_lesions(document, read)))


def _report(document: Document, plain: list[Event]) -> Iterator[Event]:
    lesions = without_repeats(document, find_lesions(document, document.sentences))
    yield from lesion_events(lesions)
    yield from sizes_not_of_now(document)
    offered = [lesion for lesion in lesions if lesion.because is None]
    yield from _largest(document, offered, plain)
    yield from _places(document, offered)


def _largest(document: Document, lesions: list[Lesion], plain: list[Event]) -> Iterator[Event]:
    """Yield the largest of the measured lesions where the report names none, and two are measured or one is all."""
    if any(event.field == "brain.largest_mm" and event.because is None for event in plain) or not lesions:
        return
    counts = [event.value for event in plain if event.field == _COUNT and event.because is None]
    single = len(lesions) == 1 and _ONE in counts
    if len({(lesion.site.words, lesion.size.axes) for lesion in lesions}) < 2 and not single:
        return
    if any(_OF_SOME.search(document.plain, lesion.sentence.start, lesion.sentence.end) for lesion in lesions):
        return
    if any(_NEXT_IN_SIZE.search(document.plain, one.start, one.end) for one in document.sentences):
        return
    largest = max(lesions, key=lambda lesion: lesion.size.axes[0])
    if any(size.axes[0] > largest.size.axes[0] for size in sizes_maybe_of_now(document)):
        return
    yield Event(
        "largest-measured",
        "brain.largest_mm",
        largest.size.axes[0],
        largest.start,
        largest.end,
        largest.sentence,
        "worked_out",
        tr("largest of the measured lesions"),
    )


def _places(document: Document, lesions: list[Lesion]) -> Iterator[Event]:
    """Yield whether a lesion is in the posterior fossa or the brainstem, where a lesion of now is said to be there."""
    found = [event for lesion in lesions for event in _places_of(lesion)]
    found += [event for sentence in document.sentences for event in _said_there(document, sentence)]
    yield from {event.field: event for event in reversed(found)}.values()


def _places_of(lesion: Lesion) -> Iterator[Event]:
    """Yield the parts of the brain that a measured lesion is in."""
    site, place = lesion.site, (lesion.start, lesion.end, lesion.sentence)
    if site.in_cerebellum:
        yield Event("lesion-there", _FOSSA, True, *place, "worked_out", site.words)
    if site.in_brainstem:
        yield Event("lesion-there", "brain.brainstem", True, *place, "worked_out", site.words)


def _said_there(document: Document, sentence: Sentence) -> Iterator[Event]:
    """Yield the posterior fossa where a sentence without a size puts a lesion of now there."""
    text = document.plain[sentence.start : sentence.end]
    if sentence.role not in ("findings", "impression", "body") or _UNSETTLED.search(text) or not _NOUN.search(text):
        return
    for match in _INFRATENTORIAL.finditer(document.plain, sentence.start, sentence.end):
        if not _otherwise(document, *match.span(), sentence):
            yield Event("infratentorial", _FOSSA, True, *match.span(), sentence)
    for site in (
        () if _MEASURED.search(document.marked, sentence.start, sentence.end) else find_sites(document, sentence)
    ):
        if site.in_cerebellum and not _otherwise(document, site.start, site.end, sentence):
            yield Event("lesion-there", _FOSSA, True, site.start, site.end, sentence, "needs_eye", site.words)


def _otherwise(document: Document, start: int, end: int, sentence: Sentence) -> bool:
    return any(
        is_said(context, document.marked, start, end, sentence.start, sentence.end)
        for context in ("negated", "uncertain", "planned", "conditional", "earlier", "another_person")
    )


def _is_changed(event: Event) -> bool:
    """Tell whether an operation changes what a scan before it showed."""
    return event.because is None and event.field in (_COUNT, "brain.largest_mm", "brain.oedema")


def _statement(document: Document) -> Iterator[Event]:
    """Yield what a note or letter says of one scan of the head."""
    scan = scan_of(document)
    if scan is None:
        return
    measured = find_lesions(scan.seen, scan.seen.sentences)
    lesions = without_operated(document, measured, scan.day())
    if not scan.of_the_head and not lesions:
        return
    plain = scan.rule_events()
    if is_removed_behind(document, scan.start):
        lesions = tuple(replace(one, because=one.because or "earlier") for one in lesions)
    if scan.later or lesions != measured or is_followed_by_operation(document, scan.day()):
        plain = [replace(one, because="earlier") if _is_changed(one) else one for one in plain]
    offered = [lesion for lesion in lesions if lesion.because is None]
    yield from scan.of_itself()
    yield from plain
    yield from lesion_events(lesions)
    places = ((lesion.sentence.start, lesion.sentence.end) for lesion in offered)
    if not any(_MORE.search(document.plain, *place) for place in places):
        yield from _largest(scan.seen, offered, plain)
    yield from _places(scan.seen, offered)
