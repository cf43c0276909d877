"""Reads what a note or letter says of one scan of the head: its kind, contrast and day, and what was seen on it."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from msgspec.structs import replace

from her2board.capture.proposal import Reason, Trust
from her2board.capture.report.context import is_said
from her2board.capture.report.document import begun
from her2board.capture.report.letter_days import without_year, written_on
from her2board.capture.report.matching import events
from her2board.capture.report.model import Document, Event, FoundDate, Sentence
from her2board.capture.report.patterns import named
from her2board.capture.report.rules import rules_for
from her2board.capture.report.sites import find_sites
from her2board.capture.report.values import dated

READ = ("title", "body", "findings", "impression", "technique")
_STATEMENT = named("imaging_statement")
_CONTRAST = named("imaging_contrast")
_NO_CONTRAST = named("imaging_no_contrast")
_ENDS = named("imaging_statement_ends")
_NOT_MADE = named("imaging_not_made")
_AFTER_OPERATION = re.compile(r"post-?\s?op|nach (?:der )?(?:op|operation|resektion)(?!\w)")
_FIELDS = ("brain.lesion_count", "brain.largest_mm", "brain.leptomeninges", "brain.oedema", "urgency.hydrocephalus")
"""What the rules for a report of imaging read in such a statement as well."""
_COUNTED = named("imaging_counted")
"""'3 metastases: left frontal 14 mm, ...' is no label of something else."""
_CTS = ("ct", "cth", "ctb", "cct", "scanner", "tac", "tdm")
_MOST_AFTER = 5
"""Sentences of the same line that go on with a scan."""
_WHOLE = len("2025-01-01")
_OF_OLD_AND_NEW = ("clinic_letter", "radiotherapy_summary")
"""Kinds that report older scans as well."""
_OF_NOW = timedelta(days=100)
"""A scan that a letter reports as its own is no older; the one before it was made three months earlier."""


class Scan:
    """One scan as a text states it: its place, and what was seen as a document of its own."""

    def __init__(self, document: Document, number: int, match: re.Match[str]) -> None:
        """Take the sentence with the statement, and those of its line that follow."""
        self.document = document
        self.sentence = document.sentences[number]
        self.match = match
        self.start, self.end = match.start("modality"), match.end("verb")
        self.of_the_head = bool(match["scan"] or match["head"] or match["modality"] in ("cth", "ctb"))
        self.after_an_operation = _AFTER_OPERATION.search(document.plain, match.start(), match.end("verb")) is not None
        self.later: Scan | None = None
        """A scan after an operation that followed this one: its day is that of the last scan."""
        self._number = number

    @property
    def kind(self) -> str:
        """Which kind of scan it is."""
        return "CT" if self.match["modality"] in _CTS else "MRI"

    @cached_property
    def seen(self) -> Document:
        """Return what was seen on it; of many scans only the chosen one is asked."""
        document, at = self.document, self.match.end()
        rest = document.plain[at : self.sentence.end]
        first = replace(self.sentence, start=at + len(rest) - len(rest.lstrip()), role="findings")
        after = _following(document, self._number)
        found = tuple(one for one in (first, *after) if one.start < one.end)
        return replace(document, kind="brain_mri", sentences=found, marked=begun(document.marked, found))

    @property
    def names_the_brain(self) -> bool:
        """Whether a lesion or part of the brain is named with it, though its own words do not say of what it was."""
        return any(find_sites(self.document, one) for one in self.seen.sentences)

    def rule_events(self) -> list[Event]:
        """Return what the rules for a report of imaging read in what was seen."""
        wanted = (rule for rule in rules_for("brain_mri") if rule.field in _FIELDS)
        return list(events(wanted, self.seen))

    def of_itself(self) -> Iterator[Event]:
        """Yield which kind of scan it was, with or without contrast, and when."""
        place = (self.start, self.end, self.sentence)
        yield Event("modality-in-note", "brain.modality", self.kind, *place)
        how = self.match["how"]
        if _CONTRAST.search(how):
            yield Event("contrast-in-note", "brain.contrast", True, *place)
        elif _NO_CONTRAST.search(how):
            yield Event("contrast-in-note", "brain.contrast", False, *place)
        yield from (self.later or self).its_day()
        compared = self.document.dates_in(*self.match.span("than"))
        if len(compared) == 1:
            place = (compared[0].start, compared[0].end, self.sentence)
            then = dated(compared[0])
            trust: Trust = "two_readings" if then.readings else "stated"
            yield Event("scan-compared", "brain.comparison_date", then.value, *place, trust, readings=then.readings)

    def day(self) -> FoundDate | None:
        """Return its own day, else that of a note of the emergency department."""
        found = self.document.dates_in(*self.match.span("how"))
        if not found and self.document.kind == "emergency_note":
            titles = [one for one in self.document.sentences if one.role == "title"][:3] or [self.sentence]
            days = (self.document.dates_in(one.start, one.end) for one in titles)
            found = next((these for these in days if these), ())
        found = found or without_year(self.document, *self.match.span("how"))
        return found[0] if len(found) == 1 else None

    def its_day(self) -> Iterator[Event]:
        """Yield the day of the scan."""
        found = self.day()
        if found is None:
            return
        day, own = dated(found), self.match.start() <= found.start < self.match.end()
        trust: Trust = "two_readings" if day.readings else "stated" if own else "needs_eye"
        written = (found.start, found.end) in {(one.start, one.end) for one in self.document.dates}
        because: Reason | None = None if written else "no_year"
        place = (found.start, found.end, self.sentence)
        yield Event("scan-day", "brain.imaging_date", day.value, *place, trust, readings=day.readings, because=because)


def scan_of(document: Document) -> Scan | None:
    """Return the one scan of the head that a text states, of several with their days the last; None of old ones."""
    found = []
    for number, sentence in enumerate(document.sentences):
        match = _STATEMENT.search(document.marked, sentence.start, sentence.end) if sentence.role in READ else None
        if match and _NOT_MADE.match(document.plain, match.end(), sentence.end):
            continue
        if match and not _otherwise(document, sentence, match):
            found.append(Scan(document, number, match))
    chosen = _last(found)
    if chosen is not None:
        chosen.later = next((one for one in reversed(found) if _is_after_operation(one, chosen)), None)
    if chosen is None or (document.kind in _OF_OLD_AND_NEW and not _is_recent(document, chosen)):
        return None
    return chosen


def _is_after_operation(scan: Scan, chosen: Scan) -> bool:
    """Tell whether a scan is one by MRI after an operation, later than the chosen one, though it names no head."""
    day, before = scan.day(), chosen.day()
    if scan is chosen or not scan.after_an_operation or scan.kind != "MRI" or not day or not before:
        return False
    return len(day.iso) == len(before.iso) == _WHOLE and day.iso > before.iso


def _last(found: list[Scan]) -> Scan | None:
    """Return the only scan of the head; of several the last, where each has a day of its own."""
    of_the_head = [one for one in found if one.of_the_head or (len(found) > 1 and one.names_the_brain)]
    chosen = of_the_head or found
    if len(chosen) < 2:
        return chosen[0] if chosen and not _has_later(found, chosen[0]) else None
    days = [day.iso if (day := one.day()) and len(day.iso) == _WHOLE else "" for one in chosen]
    if not all(days) or len(set(days)) < len(days):
        return None
    return chosen[days.index(max(days))]


def _has_later(found: list[Scan], chosen: Scan) -> bool:
    """Tell whether an MRI of a later day is reported that does not say of what it is: it may be the one of now."""
    day = chosen.day()
    others = (one.day() for one in found if one is not chosen and one.match["modality"] not in _CTS)
    return day is not None and any(other is not None and max(other.isos) > day.iso for other in others)


def _following(document: Document, number: int) -> list[Sentence]:
    """Return the sentences that go on with a scan: of its line, up to one on something else."""
    found: list[Sentence] = []
    role = document.sentences[number].role
    for one in document.sentences[number + 1 : number + 1 + _MOST_AFTER]:
        ends = _ENDS.search(document.marked, one.start, one.end)
        if one.role != role or (ends and not _COUNTED.match(document.plain, one.start, one.end)):
            break
        if one.starts_line and document.kind in ("clinic_letter", "board_note"):
            break
        found.append(replace(one, role="findings"))
    return found


def _otherwise(document: Document, sentence: Sentence, match: re.Match[str]) -> bool:
    start, end = match.span("modality")
    if is_said("earlier", document.marked, start, end, sentence.start, match.end()):
        return True
    return any(
        is_said(context, document.marked, start, end, sentence.start, sentence.end)
        for context in ("planned", "conditional", "another_person")
    )


def _is_recent(document: Document, scan: Scan) -> bool:
    """Tell whether a letter states the scan's day, and no more than some weeks before its own."""
    day = scan.day()
    if day is None or len(day.iso) != _WHOLE:
        return False
    written = written_on(document)
    return not written or timedelta(0) <= date.fromisoformat(written) - date.fromisoformat(day.iso) <= _OF_NOW
