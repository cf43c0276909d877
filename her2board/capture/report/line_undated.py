"""Reads lines of therapy of which a text gives no date: what was given, and what it says of setting, number and end."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.report.context import is_said
from her2board.capture.report.course_words import kinds
from her2board.capture.report.drug_words import DrugGroup, drug_groups
from her2board.capture.report.line_chains import Chain, chains_in
from her2board.capture.report.line_clauses import spelled_out
from her2board.capture.report.line_ends import members
from her2board.capture.report.line_lists import apart
from her2board.capture.report.line_outcome import ending_of, outcome_of
from her2board.capture.report.line_places import cycles_of, place_of
from her2board.capture.report.line_said import HISTORIES, READ, is_unsure, items_of
from her2board.capture.report.line_tables import FIELD
from her2board.capture.report.model import DATE, Document, Event, Sentence
from her2board.capture.report.patterns import named
from her2board.case.drugs import Vocabulary
from her2board.wording import tr

RULE = "line-undated"
_LINK = named("undated_link")
_WEAK_LINK = named("undated_weak_link")
_SWITCHED = named("undated_switched")
_GIVEN = named("undated_given")
_LISTED = named("undated_listed")
_BULLET = named("undated_bullet")
_NOW = named("undated_now")
_CURRENT = named("undated_current")
_ON = named("undated_on")
_LAST_DOSE = named("undated_last_dose")
_NOT_HERS = named("undated_not_hers")
_FOR_ANOTHER = named("undated_for_another")
_PAST = named("undated_past")
_NOT_AFTER = named("undated_not_after")
_NOT_BEFORE = named("undated_not_before")
_GOES_ON = named("lines_goes_on")
_DATED_LINE = re.compile(rf"[\s\x02]*(?:[-*\u2022>]\s?|\(?\d{{1,2}}[.)]\s?)?{DATE}")
_NEAR = 30
"""Characters behind a drug in which it may be called continued."""
_OF_NOW = re.compile(r"(?:now|currently|today|latest|recent|new)(?!\w)")
"""Begins a sentence that says how she is, and not how a treatment ended."""
_SHORT = 70
"""Characters of a sentence that adds to the line before it: 'Best response PR.', 'Ongoing.'"""
_NOT_ALONE = ("lhrh_agonist", "endocrine", "cdk46_inhibitor", "pi3k_inhibitor")
"""Classes of drugs that make a line where the text says of which setting it is."""


class _Part(Struct, frozen=True):
    """A part of a sentence that names one group of drugs, with the words that lead to it."""

    sentence: Sentence
    group: DrugGroup
    start: int
    end: int
    link: str
    unclear: bool = False
    """Whether no word or sign says where the part before it ends."""
    dated: bool = False
    """Whether it has a day of its own, or is of an entry that has one."""


class _Read(Struct, frozen=True):
    """What a part says: the value, what the drugs are, its place, and whether it surely was given."""

    value: dict[str, Any]
    drugs: frozenset[str]
    start: int
    end: int
    sentence: Sentence
    given: bool
    open: tuple[str, ...] = ()


def undated_lines(document: Document, vocabulary: Vocabulary) -> Iterator[Event]:
    """Yield the lines that a history names without a date; a person gives the dates."""
    if document.kind not in HISTORIES:
        return
    for item in items_of(document, vocabulary):
        for read in _of_item(document, item.sentences, vocabulary):
            asks = tr("dates") if "setting" in read.value else tr("dates and setting")
            if read.open:
                asks = tr("which {groups}?").format(groups=", ".join(read.open))
            yield Event(RULE, FIELD, read.value, read.start, read.end, read.sentence, "needs_eye", asks=asks)


def _of_item(document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[_Read]:
    """Yield the lines of one entry; a short sentence without drugs adds to the last of them."""
    last: _Read | None = None
    chains = chains_in(document, sentences, vocabulary)
    for sentence in sentences:
        parts = [_with_days(document, part, chains) for part in _parts(document, sentence, vocabulary)]
        if parts:
            found = _of_sentence(document, parts, vocabulary)
            if last and found and _continues(document, last, found[0]):
                found[0] = _continued(last, found[0])
            elif last:
                yield last
            yield from found[:-1]
            last = found[-1] if found else None
        elif last and _adds(document, last, sentence):
            more = outcome_of(document, sentence.start, sentence.end)
            value = {**more, **last.value}
            last = replace(last, value=value, end=sentence.end) if more else last
        elif last and sentence.starts_line:
            yield last
            last = None
    if last:
        yield last


def _continues(document: Document, line: _Read, more: _Read) -> bool:
    """Tell whether a part behind an arrow goes on with drugs of the line before it."""
    beside = "\n" not in document.plain[line.end : more.start] and line.value.get("setting") != "neoadjuvant"
    return beside and more.drugs <= line.drugs and not _is_apart(more)


def _adds(document: Document, last: _Read, more: Sentence) -> bool:
    """Tell whether a short sentence says more of the line before it, and nothing of another day or treatment."""
    short = more.end - more.start <= _SHORT and (more.role == last.sentence.role or not more.starts_line)
    apart = DATE in document.marked[more.start : more.end] or kinds(document.marked, more.start, more.end)
    return short and not apart and not _OF_NOW.match(document.plain, more.start)


def _parts(document: Document, sentence: Sentence, vocabulary: Vocabulary) -> list[_Part]:
    """Return the parts of a sentence, each with one group of drugs and the words that are about it."""
    groups = [one for one in drug_groups(document, vocabulary, sentence.start, sentence.end) if one.ids]
    groups = [part for one in spelled_out(document, groups) for part in apart(document, one, vocabulary)]
    parts: list[_Part] = []
    start, link, unclear = sentence.start, "", False
    for number, group in enumerate(groups):
        end, following = sentence.end, None
        if number + 1 < len(groups):
            following = _cut(document, group.end, groups[number + 1].start)
            end = following[0]
            if following[2] and members(groups[number + 1].ids, vocabulary) <= members(group.ids, vocabulary):
                following = (end, "", False)
        parts.append(_Part(sentence, group, start, end, link, unclear or (following is not None and following[2])))
        if following:
            start, link, unclear = following
    return parts


def _with_days(document: Document, part: _Part, chains: list[Chain]) -> _Part:
    """Return a part with whether it has a day; that of several treatments in a row is the day of none of them."""
    chain = next((one for one in chains if one.holds(part.group.start)), None)
    days = document.dates_in(part.start, part.end)
    own = [day for day in days if chain is None or not chain.days[0] <= day.start < chain.days[1]]
    return replace(part, dated=bool(own or (chain and chain.value)))


def _cut(document: Document, left: int, right: int) -> tuple[int, str, bool]:
    """Return where a part ends between two groups of drugs, by which words, and whether that is unclear."""
    strong = list(_LINK.finditer(document.marked, left, right))
    if strong:
        return strong[-1].start(), strong[-1][0], False
    weak = list(_WEAK_LINK.finditer(document.marked, left, right))
    return (weak[-1].start(), "", False) if weak else (right, "", True)


def _of_sentence(document: Document, parts: list[_Part], vocabulary: Vocabulary) -> list[_Read]:
    """Return the lines of a sentence; what was given after another was given as well."""
    found: list[_Read] = []
    chained = False
    dated = _beside_days(parts)
    for part in parts:
        read = _read(document, part, vocabulary) if part not in dated else None
        if read is None or part.unclear:
            chained = False
            continue
        given = read.given or (chained and _goes_on(document, part))
        if found and read.drugs <= found[-1].drugs and not _is_apart(read):
            if _goes_on_with(document, part, found[-1]):
                found[-1] = _continued(found[-1], read)
            elif "setting" in read.value:
                found.append(read)
        elif given and _is_line(read, vocabulary):
            if found and _SWITCHED.search(document.plain, part.start, part.group.start):
                found[-1] = _switched(document, found[-1], part)
            found.append(read)
        chained = given
    return found


def _beside_days(parts: list[_Part]) -> list[_Part]:
    """Return parts that only a comma joins to one with a day: '2016 to 2017 4x EC, 12x paclitaxel' is one entry."""
    found: list[_Part] = []
    joined: list[_Part] = []
    for part in parts:
        joined = [*joined, part] if joined and not part.link else [part]
        if any(one.dated for one in joined):
            found += joined
    return found


def _goes_on(document: Document, part: _Part) -> bool:
    """Tell whether a part is the next of a list, or what was given then: only the words that join it come before."""
    between = document.plain[part.start + len(part.link) : part.group.start]
    return bool(part.link) or len(between.split()) <= 3


def _goes_on_with(document: Document, part: _Part, line: _Read) -> bool:
    """Tell whether a part says that drugs of the line before it were continued; not after surgery."""
    before = document.plain[part.start : part.group.end + _NEAR]
    said = bool(part.link) or document.plain[part.start : part.group.start].strip() == ""
    return said and line.value.get("setting") != "neoadjuvant" and _GOES_ON.search(before) is not None


def _is_apart(read: _Read) -> bool:
    """Tell whether the same drugs are a line of their own: of another setting or number."""
    return bool({"setting", "line"} & read.value.keys()) and read.value.get("setting") != "maintenance"


def _is_line(read: _Read, vocabulary: Vocabulary) -> bool:
    """Tell whether drugs make a line by themselves."""
    beside = frozenset(drug for name in _NOT_ALONE for drug in vocabulary.members(name))
    return not read.drugs <= beside or bool({"setting", "line"} & read.value.keys())


def _continued(line: _Read, more: _Read) -> _Read:
    """Return a line with the end of the part of it that goes on: of 'THP, then HP until progression' it is HP's."""
    kept = {key: one for key, one in more.value.items() if key in ("reason_stopped", "progressed_in", "ongoing")}
    before = {key: one for key, one in line.value.items() if key not in ("reason_stopped", "ongoing", "cycles")}
    return replace(line, value=before | kept, end=more.end)


def _switched(document: Document, line: _Read, part: _Part) -> _Read:
    """Return a line with why it was changed: 'THP and switched to T-DM1 on progression in the liver'."""
    if "reason_stopped" in line.value:
        return line
    said = _FOR_ANOTHER.match(document.plain, part.group.end, part.end)
    before = _FOR_ANOTHER.search(document.plain, part.start, part.group.start)
    match = said or before
    if match is None:
        return line
    end = part.end if said else part.group.start
    found = ending_of(document, match.start(), end)
    kept = {key: one for key, one in found.items() if key in ("reason_stopped", "progressed_in")}
    return replace(line, value=line.value | kept, end=end) if kept.get("reason_stopped") == "progression" else line


def _read(document: Document, part: _Part, vocabulary: Vocabulary) -> _Read | None:
    """Return what a part of a sentence says; None where it may not be hers, not given, or is of a day."""
    group, sentence = part.group, part.sentence
    if group.with_others or sentence.role not in READ or sentence.role == "drugs" or part.dated:
        return None
    if is_unsure(document, sentence, group) or _NOT_HERS.search(document.plain, sentence.start, sentence.end):
        return None
    if is_said("uncertain", document.marked, group.start, group.end, sentence.start, sentence.end):
        return None
    if _NOT_AFTER.match(document.plain, group.end, part.end):
        return None
    place = place_of(document, group, part.start, part.end)
    if place is None or _NOT_BEFORE.search(document.plain, part.start, group.start):
        return None
    value: dict[str, Any] = {"drugs": list(group.names)} | place
    if cycles := cycles_of(document, group, part.start, part.end):
        value["cycles"] = cycles
    if not any(one.match(document.plain, group.end, part.end) for one in (_FOR_ANOTHER, _PAST)):
        value |= outcome_of(document, group.end, part.end)
    if "ongoing" in value and _is_of_a_day(document, part):
        del value["ongoing"]
    before = document.plain[part.start : group.start]
    if _is_current(document, part, before) and "reason_stopped" not in value:
        value["ongoing"] = True
    if value.get("reason_stopped") == "completed" and value.get("setting") not in ("neoadjuvant", "adjuvant"):
        del value["reason_stopped"]
    says = set(value) - {"drugs"}
    numbered = part.link.strip(" ().").isdecimal() and document.kind in ("systemic_history", "board_note")
    given = bool(numbered or says or _GIVEN.search(before) or _is_listed(document, part))
    open_ = tuple(vocabulary.label(id_) for id_ in group.open)
    return _Read(value, members(group.ids, vocabulary), part.start, part.end, sentence, given, open_)


def _is_of_a_day(document: Document, part: _Part) -> bool:
    """Tell whether the line of a part begins with a day: what 'continued' then need not do so now."""
    line = document.plain.rfind("\n", 0, part.start) + 1
    return _DATED_LINE.match(document.marked, line, part.group.start) is not None


def _is_current(document: Document, part: _Part, before: str) -> bool:
    """Tell whether a part says that she is on the drugs: 'now on', '(current)', 'on Enhertu (last dose 1/29)'."""
    at, end = part.group.end, part.end
    dosed = _ON.search(before) and _LAST_DOSE.match(document.plain, at, end)
    return bool(_NOW.search(before) or _CURRENT.match(document.plain, at, end) or dosed)


def _is_listed(document: Document, part: _Part) -> bool:
    """Tell whether a part is an entry of a list of what was given."""
    before = document.plain[part.sentence.start : part.group.start]
    history = part.sentence.role == "earlier" or document.kind == "systemic_history"
    whole = "|" not in document.plain[part.sentence.start : part.sentence.end]
    return bool(history and whole and part.sentence.starts_line and _BULLET.fullmatch(before)) or bool(
        _LISTED.search(before)
    )
