"""Builds lines of systemic therapy: the drugs of one entry of a history with its dates, setting and end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from her2board.capture.date_words import is_ongoing
from her2board.capture.proposal import Reason, Trust
from her2board.capture.report.context import CONTEXTS, is_said
from her2board.capture.report.course_words import kinds
from her2board.capture.report.drug_words import DrugGroup, drug_groups
from her2board.capture.report.line_tables import FIELD, table_lines
from her2board.capture.report.matching import REASON_OF_ROLE, first_context
from her2board.capture.report.model import DATE, EXAMINATIONS, Document, Event, Role, Sentence
from her2board.capture.report.patterns import named
from her2board.case.drugs import Vocabulary
from her2board.wording import tr

_HISTORIES = ("systemic_history", "discharge_summary", "clinic_letter", "board_note")
_SETTINGS = tuple((name, named(f"lines_{name}")) for name in ("neoadjuvant", "adjuvant", "metastatic"))
_RANGE = named("lines_range")
_FROM = named("lines_from")
_UNTIL = named("lines_until")
_PROGRESSION = named("lines_progression")
_TOXICITY = named("lines_toxicity")
_COMPLETED = re.compile(r"(?<!\w)(?:completed|finished|abgeschlossen|complete(?:d)? (?:course|treatment))(?!\w)")
_BEGUN = re.compile(r"(?:started|commenced|began|initiated)\s(?:on\s|with\s)?(?:[\w-]+\s){0,3}$")
_RESPONDED = re.compile(r"response[^,;]{0,12}(?:pd|progress)")
_NOT_NEGATED = re.compile(r"(?:no|without|not|kein\w*|ohne|free|before|until any)\s(?:\w+\s){0,2}$")
_BRAIN = re.compile(r"(?<!\w)(?:cns|brain|intracranial|cerebral|hirn\w*|zns|snc)(?!\w)")
_BODY = named("lines_body")
_RESPONSE = (
    ("complete", r"complete (?:remission|response)|(?<!\w)cr(?!\w)"),
    ("partial", r"partial (?:remission|response)|(?<!\w)pr(?!\w)"),
    ("stable", r"stable disease|(?<!\w)sd(?!\w)"),
    ("progression", r"(?<!\w)pd(?!\w)|progressive disease"),
)
_BEST = named("lines_best")
_DONE = named("lines_done")
_READ: tuple[Role, ...] = ("title", "body", "findings", "impression", "technique", "earlier", "past_history", "drugs")
_ARROW = re.compile(r"\s(?:-{1,2}>|=>|\u2192|>{1,2})\s")
_EACH = re.compile(r"^\s*(?:[-*\u2022>]|\(?\d{1,2}[.)])\s*")


@dataclass(slots=True)
class _Item:
    """One entry of a history: its sentences, from a bullet or a new line with a date to the next."""

    sentences: list[Sentence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as read, its place, and the drugs it may hold."""

    value: dict[str, Any]
    start: int
    end: int
    sentence: Sentence
    drugs: frozenset[str]

    @property
    def begins(self) -> bool:
        """Whether it says more than when something ended."""
        return "start" in self.value or "setting" in self.value


_SHORT = 70
"""Characters of a sentence that adds to the line before it: 'Best response PR.', 'Ongoing.'"""
_GOES_ON = re.compile(r"(?<!\w)(?:continu\w+|maintenance|then|followed|fortgefuhrt|weiter)(?!\w)")


def line_events(document: Document, vocabulary: Vocabulary, metastatic_from: str) -> Iterator[Event]:
    """Yield lines of therapy, drug lists of the present, and drugs that were never given."""
    if document.kind in _HISTORIES:
        yield from table_lines(document, vocabulary)
        for item in _items(document):
            yield from _lines_of(document, item, vocabulary, metastatic_from)
    yield from _drug_lists(document, vocabulary)
    yield from _not_given(document, vocabulary)
    yield from _never_given(document, vocabulary)


def _items(document: Document) -> Iterator[_Item]:
    item = _Item()
    for sentence in document.sentences:
        begins = sentence.starts_line and (
            _EACH.match(document.plain[sentence.start : sentence.end]) or document.marked[sentence.start] == DATE
        )
        if begins or sentence.role in ("drugs", "plan", "family") or document.kind != "systemic_history":
            yield item
            item = _Item()
        item.sentences += _steps(document, sentence)
    yield item


def _steps(document: Document, sentence: Sentence) -> list[Sentence]:
    """Return the parts of a sentence between arrows: 'THP (2022 to 2023) -> T-DM1 since 2023' is two lines."""
    arrows = [match.span() for match in _ARROW.finditer(document.plain, sentence.start, sentence.end)]
    if not arrows:
        return [sentence]
    starts = [sentence.start, *(end for _, end in arrows)]
    ends = [*(start for start, _ in arrows), sentence.end]
    return [replace(sentence, start=start, end=end) for start, end in zip(starts, ends, strict=True) if start < end]


def _lines_of(document: Document, item: _Item, vocabulary: Vocabulary, metastatic_from: str) -> Iterator[Event]:
    """Yield the lines of one entry; what follows of the same drugs, or in a few words without one, belongs to them."""
    open_: _Line | None = None
    for sentence in item.sentences:
        groups = [one for one in drug_groups(document, vocabulary, sentence.start, sentence.end) if one.ids]
        found = _line(document, sentence, groups, vocabulary) if groups else None
        if found is not None and open_ and not found.begins and found.drugs <= open_.drugs:
            open_ = _continued(document, open_, found)
        elif found is not None:
            if open_ and open_.begins:
                yield _event(open_, metastatic_from)
            open_ = found
        elif open_ and not groups and _goes_with(open_.sentence, sentence):
            more = _ending(document, sentence.start, sentence.end) | _stopped(document, sentence)
            if more and not kinds(document.marked, sentence.start, sentence.end):
                open_ = replace(open_, value={**more, **open_.value}, end=sentence.end)
    if open_ and open_.begins:
        yield _event(open_, metastatic_from)


def _goes_with(line: Sentence, more: Sentence) -> bool:
    """Tell whether a short sentence adds to the line before it: of its section, or of its line of the text."""
    return (more.role == line.role or not more.starts_line) and more.end - more.start <= _SHORT


def _stopped(document: Document, sentence: Sentence) -> dict[str, Any]:
    """Return the day on which a sentence of few words says that the line before it ended."""
    found = [match.span(1) for match in _UNTIL.finditer(document.marked, sentence.start, sentence.end)]
    days = document.dates_in(sentence.start, sentence.end)
    settled = len(days) == 1 and len(found) == 1 and found[0] == (days[0].start, days[0].end) and days[0].iso
    return {"stop": days[0].iso} if settled else {}


def _continued(document: Document, line: _Line, more: _Line) -> _Line:
    """Return a line with the end that a later sentence gives it, where that speaks of a part that goes on."""
    if not _GOES_ON.search(document.plain, more.start, more.end) or "stop" in line.value:
        return line
    kept = {key: value for key, value in more.value.items() if key not in ("drugs", "_open", *line.value)}
    return replace(line, value={**line.value, **kept}, end=more.end)


def _event(line: _Line, metastatic_from: str) -> Event:
    value, start, end, sentence = dict(line.value), line.start, line.end, line.sentence
    open_names = value.pop("_open", ())
    if "setting" not in value and metastatic_from and value.get("start", "") >= metastatic_from and value.get("start"):
        value["setting"] = "metastatic"
    asks = tr("which {groups}?").format(groups=", ".join(open_names)) if open_names else ""
    return Event("line", FIELD, value, start, end, sentence, asks=asks)


def _line(document: Document, sentence: Sentence, groups: list[DrugGroup], vocabulary: Vocabulary) -> _Line | None:
    """Return the line that a sentence reports; None where it reports none or more than one."""
    main, others = groups[0], groups[1:]
    if any(not set(_members(other, vocabulary)) <= set(_members(main, vocabulary)) for other in others):
        return None
    if sentence.role not in _READ or _ended_in_part(document, sentence, main, others):
        return None
    if _why_not(document, sentence, main) or _DONE.search(document.marked, sentence.start, sentence.end):
        return None
    start, end = sentence.start, sentence.end
    dates = _dates(document, start, end, main)
    if dates is None or not dates:
        return None
    value: dict[str, Any] = {"drugs": list(main.names)}
    if setting := _setting(document.plain[start:end]):
        value["setting"] = setting
    value |= dates
    ended = _ending(document, start, end, others)
    value |= {key: one for key, one in ended.items() if key not in value}
    if main.open:
        value["_open"] = tuple(vocabulary.label(id_) for id_ in main.open)
    return _Line(value, start, end, sentence, frozenset(_members(main, vocabulary)))


def _members(group: DrugGroup, vocabulary: Vocabulary) -> set[str]:
    return {drug for id_ in group.ids for drug in (vocabulary.members(id_) or {id_})}


_PART_ENDED = re.compile(
    r"\s(?:was |were )?(?:stopped|discontinued|omitted|dropped|held|withheld|withdrawn|ceased|until|till|bis)(?!\w)"
)


def _ended_in_part(document: Document, sentence: Sentence, main: DrugGroup, others: list[DrugGroup]) -> bool:
    """Tell whether a sentence says that one drug of a line ended: its days are not those of the line."""
    parts = (one for one in others if set(one.ids) < set(main.ids))
    return any(_PART_ENDED.match(document.plain, one.end, sentence.end) for one in parts)


def _why_not(document: Document, sentence: Sentence, group: DrugGroup) -> Reason | None:
    if is_said("negated", document.marked, group.start, group.end, sentence.start, sentence.end):
        return "negated"
    forbidden = tuple(context for context in CONTEXTS if context not in ("earlier", "negated", "uncertain"))
    return first_context(forbidden, document, sentence, group.start, group.end)


def _setting(text: str) -> str:
    found = [name for name, pattern in _SETTINGS if pattern.search(text)]
    return found[0] if len(found) == 1 else ""


def _dates(document: Document, start: int, end: int, main: DrugGroup) -> dict[str, Any] | None:
    """Return start, stop and whether it goes on; None where a date is open or the dates do not fit one line."""
    text = document.marked
    by_place = {(date.start, date.end): date for date in document.dates_in(start, end)}
    spans: dict[str, list[tuple[int, int]]] = {"start": [], "stop": []}
    found: dict[str, Any] = {}
    for match in _RANGE.finditer(text, start, end):
        spans["start"].append(match.span(1))
        if match[2]:
            spans["stop"].append(match.span(2))
        else:
            found["ongoing"] = True
    for name, pattern in (("start", _FROM), ("stop", _UNTIL)):
        spans[name] += [match.span(1) for match in pattern.finditer(text, start, end)]
    bullet = _EACH.match(text[start:end])
    first = start + (bullet.end() if bullet else 0)
    leading = next((span for span in by_place if span[0] == first), None)
    if leading and not spans["start"] and leading not in spans["stop"]:
        between = text[leading[1] : main.start]
        if named("lines_between").fullmatch(between):
            spans["start"].append(leading)
    begun = _BEGUN.search(text[start : main.start])
    if begun and len(by_place) == 1 and not any(spans.values()) and next(iter(by_place))[1] <= main.start:
        spans["start"] += list(by_place)
    for name, places in spans.items():
        dates = {by_place[span].isos for span in places if span in by_place}
        if len(dates) > 1 or any(len(isos) > 1 for isos in dates):
            return None
        if dates:
            found[name] = dates.pop()[0]
    return found


def _ending(document: Document, start: int, end: int, others: list[DrugGroup] | None = None) -> dict[str, Any]:
    """Return why a line ended, where it progressed, its best response, whether it goes on."""
    text = document.plain[start:end]
    found: dict[str, Any] = {}
    bare = text.strip(" .;,")
    if is_ongoing(bare) or re.search(
        r"(?<!\w)(?:ongoing|continuing|continues|laufend|in corso|en cours|en curso)(?!\w)", bare
    ):
        found["ongoing"] = True
    if (best := _BEST.search(text)) and (
        words := [name for name, pattern in _RESPONSE if re.search(pattern, best["words"] or best["before"])]
    ):
        found["best_response"] = words[0]
    progressed = _PROGRESSION.search(text)
    if (
        progressed
        and not _NOT_NEGATED.search(text[: progressed.end()].rsplit("progress", 1)[0])
        and not _RESPONDED.search(progressed[0])
    ):
        found["reason_stopped"] = "progression"
        where = text[max(progressed.start() - 5, 0) : progressed.end() + 40]
        if place := _place(where):
            found["progressed_in"] = place
    elif _TOXICITY.search(text) and not others:
        found["reason_stopped"] = "toxicity"
    elif _COMPLETED.search(text):
        found["reason_stopped"] = "completed"
    return found


def _place(text: str) -> str:
    brain, body = bool(_BRAIN.search(text)), bool(_BODY.search(text))
    return "brain_and_body" if brain and body else "brain" if brain else "body" if body else ""


_NOW_ON = named("lines_now_on")


def _not_given(document: Document, vocabulary: Vocabulary) -> Iterator[Event]:
    """Yield drugs that are planned, discussed, declined or another person's, to be seen and not offered."""
    for sentence in document.sentences:
        if sentence.role in ("request", "explanation", "person") or document.kind in EXAMINATIONS:
            continue
        of_section = REASON_OF_ROLE.get(sentence.role) if sentence.role in ("plan", "family") else None
        for group in drug_groups(document, vocabulary, sentence.start, sentence.end):
            because = of_section or _why_not(document, sentence, group)
            if because is None and _DONE.search(document.marked, sentence.start, sentence.end):
                because = "planned"
            if because:
                value = {"drugs": list(group.names)}
                yield Event("line", FIELD, value, group.start, group.end, sentence, because=because)


def _drug_lists(document: Document, vocabulary: Vocabulary) -> Iterator[Event]:
    """Yield the drugs that a list of present drugs names, and those a letter says she remains on."""
    if document.kind not in ("emergency_note", "clinic_letter", "discharge_summary"):
        return
    for sentence in document.sentences:
        groups = drug_groups(document, vocabulary, sentence.start, sentence.end)
        if document.dates_in(sentence.start, sentence.end) or len(groups) != 1:
            continue
        group = groups[0]
        before = document.plain[sentence.start : group.start]
        listed = sentence.role == "drugs" and document.kind != "discharge_summary"
        now_on = sentence.role in ("body", "findings", "impression", "title") and _NOW_ON.search(before)
        if not (listed or now_on):
            continue
        stopped = re.search(
            r"stopp|discontinu|previous|held|completed|until|planned|paus",
            document.plain[sentence.start : sentence.end],
        )
        because: Reason | None = "earlier" if stopped else _why_not(document, sentence, group)
        value = {"drugs": list(group.names), "ongoing": True}
        yield Event(
            "drug-list",
            FIELD,
            value,
            group.start,
            group.end,
            sentence,
            "needs_eye",
            asks=tr("dates and setting"),
            because=because,
        )


_NEVER = named("lines_never")
_NEVER_AFTER = re.compile(
    r"[ ,(](?:(?:was|were|has been|had been) )?never (?:given|used|started|received|had)(?=\s*(?:[.;,)\n]|$))"
    r"|\s(?:hat (?:die patientin|sie|er) |wurde )(?:\w+ )?nie (?:erhalten|gegeben|bekommen)(?!\w)"
)
_SINCE = re.compile(r"\s(?:\(|since |from |started |ongoing|until )*\x01|\s(?:since|ongoing|continu\w+)(?!\w)")
"""After a drug that was given: in 'no T-DM1, T-DXd since 2025' the first alone was not."""
_NAIVE = re.compile(r"[- ]naive(?!\w)")
_NOT_STARTED = named("lines_not_started")
_NOT_HERS = re.compile(r"(?<!\w)(?:if|since|combination|whether|unless)(?!\w)")


def _never_given(document: Document, vocabulary: Vocabulary) -> Iterator[Event]:
    for sentence in document.sentences:
        if sentence.role in ("request", "family", "explanation", "person") or document.kind in EXAMINATIONS:
            continue
        for group in drug_groups(document, vocabulary, sentence.start, sentence.end):
            before = document.plain[sentence.start : group.start]
            after = document.marked[group.end : sentence.end]
            never = _NEVER.search(before) or _NAIVE.match(after) or _NEVER_AFTER.match(after)
            unstarted = _NOT_STARTED.match(after)
            low, high = sentence.start, sentence.end
            another = is_said("another_person", document.marked, group.start, group.end, low, high)
            if not (never or unstarted) or group.open or another or _NOT_HERS.search(before) or _SINCE.match(after):
                continue
            for id_ in group.ids:
                trust: Trust = "stated" if never else "needs_eye"
                yield Event(
                    "never-given", f"systemic.exposure.{id_}", {"ever": False}, group.start, group.end, sentence, trust
                )
