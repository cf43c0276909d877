"""Builds lines of systemic therapy: the drugs of one entry of a history with its dates, setting and end."""

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.proposal import Reason
from her2board.capture.report.course_words import kinds
from her2board.capture.report.drug_words import DrugGroup, drug_groups
from her2board.capture.report.line_agreement import agreed
from her2board.capture.report.line_chains import Chain, chains_in
from her2board.capture.report.line_clauses import clauses
from her2board.capture.report.line_dates import SINCE, UNTIL, line_dates
from her2board.capture.report.line_ends import members, with_ends
from her2board.capture.report.line_letters import open_letters
from her2board.capture.report.line_now import SINCE_RULE, one_line, still_given
from her2board.capture.report.line_outcome import ending_of, outcome_of
from her2board.capture.report.line_pieces import without_pieces
from her2board.capture.report.line_places import is_maintenance, place_of
from her2board.capture.report.line_said import (
    DONE,
    HISTORIES,
    READ,
    REFERS,
    Item,
    is_blinded,
    is_unsure,
    items_of,
    setting_of,
    why_not,
)
from her2board.capture.report.line_tables import FIELD, table_lines
from her2board.capture.report.line_undated import undated_lines
from her2board.capture.report.matching import REASON_OF_ROLE
from her2board.capture.report.model import EXAMINATIONS, Document, Event, Sentence
from her2board.capture.report.never_given import never_given
from her2board.capture.report.patterns import named
from her2board.case.drugs import Vocabulary
from her2board.wording import tr


class _Line(Struct, frozen=True):
    """A line as read, its place, and the drugs it may hold."""

    value: dict[str, Any]
    start: int
    end: int
    sentence: Sentence
    drugs: frozenset[str]
    led: bool = False
    """Whether its days are ahead of its drugs: they are of all that the entry names."""

    @property
    def begins(self) -> bool:
        """Whether it says more than when something ended: what it was for, when it began, or both its end and why."""
        ended = "stop" in self.value and "reason_stopped" in self.value
        return "start" in self.value or "setting" in self.value or ended


_TWO = 2
_YEAR, _MONTH = 4, 7
"""Characters of a date that give its year, and its month."""
_SHORT = 70
"""Characters of a sentence that adds to the line before it: 'Best response PR.', 'Ongoing.'"""
_LONGER = 130
"""Characters of one that begins with a word for that line: 'It was stopped in May because of progression.'"""
_GOES_ON = named("lines_goes_on")


def line_events(document: Document, vocabulary: Vocabulary, metastatic_from: str) -> Iterator[Event]:
    """Yield lines of therapy, drug lists of the present, and drugs that were never given."""
    found: list[Event] = []
    if document.kind in HISTORIES:
        found += table_lines(document, vocabulary)
        found += (
            line
            for item in items_of(document, vocabulary)
            for line in _lines_of(document, item, vocabulary, metastatic_from)
        )
    found += _drug_lists(document, vocabulary)
    found = one_line(_without_ends(found, vocabulary), vocabulary, ("drug-list",))
    found = with_ends(found, document, vocabulary, is_unsure, ending_of)
    denied = list(never_given(document, vocabulary, [name for line in found for name in line.value["drugs"]]))
    never = frozenset(one.field.removeprefix("systemic.exposure.") for one in denied)
    undated = with_ends(list(undated_lines(document, vocabulary)), document, vocabulary, is_unsure, ending_of)
    now = still_given(one_line(agreed(found, undated, never, vocabulary), vocabulary), vocabulary)
    yield from without_pieces(now, vocabulary)
    yield from open_letters(document)
    yield from _not_given(document, vocabulary)
    yield from denied


def _without_ends(found: list[Event], vocabulary: Vocabulary) -> list[Event]:
    """Return lines without those that only end, or only name, drugs of which another says the beginning."""

    rows = {line.sentence.start for line in found if line.rule == "line-row"}
    found = [line for line in found if line.rule == "line-row" or line.sentence.start not in rows]

    def drugs(line: Event) -> set[str]:
        return {one for name in line.value["drugs"] for one in vocabulary.resolve(name)}

    begun = [line for line in found if {"start", "setting"} & line.value.keys() and line.because is None]
    return [
        line
        for line in found
        if line in begun or line.rule == "line-row" or not any(drugs(line) <= drugs(other) for other in begun)
    ]


def _lines_of(document: Document, item: Item, vocabulary: Vocabulary, metastatic_from: str) -> Iterator[Event]:
    """Yield the lines of one entry; what follows of the same drugs, or in a few words without one, belongs to them."""
    open_: _Line | None = None
    chains = chains_in(document, item.sentences, vocabulary)
    yield from (_of_chain(one) for one in chains if one.value)
    for sentence in item.sentences:
        before: frozenset[str] = frozenset()
        for clause, groups in _outside(chains, clauses(document, sentence, vocabulary)):
            if groups and is_unsure(document, clause, groups[0]):
                if open_ and open_.begins:
                    yield _event(document, open_, metastatic_from)
                open_ = None
                break
            found = _line(document, clause, groups, vocabulary) if groups else None
            found = found if open_ else _apart_from(before, found)
            before |= members(groups[0].ids, vocabulary) if groups else frozenset()
            if found and open_ and clause.start > sentence.start and "setting" not in found.value:
                found = _in_setting_of(open_, found)
            if found is not None and open_ and _is_part_of(found, open_):
                open_ = _continued(document, open_, found)
            elif groups and open_ and found is None and _is_prolonged(document, open_, clause, groups, vocabulary):
                open_ = _prolonged(document, open_, clause)
            elif groups:
                if open_ and open_.begins:
                    yield _event(document, open_, metastatic_from)
                open_ = found
            elif open_:
                open_ = _with_outcome(document, open_, sentence)
    if open_ and open_.begins:
        yield _event(document, open_, metastatic_from)


def _outside(
    chains: list[Chain], parts: list[tuple[Sentence, list[DrugGroup]]]
) -> Iterator[tuple[Sentence, list[DrugGroup]]]:
    """Yield the parts of a sentence that are of no chain."""
    yield from (one for one in parts if not any(chain.holds(one[0].start) for chain in chains))


def _with_outcome(document: Document, line: _Line, sentence: Sentence) -> _Line:
    """Return a line with what a short sentence behind it says of its end."""
    if not _goes_with(document, line, sentence):
        return line
    more = outcome_of(document, sentence.start, sentence.end) | _stopped(document, sentence)
    if not more or kinds(document.marked, sentence.start, sentence.end):
        return line
    return replace(line, value={**more, **line.value}, end=sentence.end)


def _is_prolonged(
    document: Document, line: _Line, clause: Sentence, groups: list[DrugGroup], vocabulary: Vocabulary
) -> bool:
    """Tell whether a clause without days says that drugs of the line before it were continued."""
    drugs = frozenset(drug for one in groups for drug in members(one.ids, vocabulary))
    apart = setting_of(document.plain[clause.start : clause.end]) not in ("", line.value.get("setting", ""))
    arrow = document.plain[line.end : clause.start].strip() in ("->", "-->", "=>", "\u2192", ">", ">>")
    said = arrow or _GOES_ON.search(document.plain, clause.start, clause.end) is not None
    return said and drugs <= line.drugs and not apart and clause.start >= line.end


def _prolonged(document: Document, line: _Line, clause: Sentence) -> _Line:
    """Return a line with the end that a clause says; the day on which a part of its drugs ended is not that of it."""
    more = outcome_of(document, clause.start, clause.end)
    kept = {key: one for key, one in line.value.items() if line.led or key not in ("stop", "reason_stopped")}
    return replace(line, value={**more, **kept}, end=clause.end)


def _of_chain(chain: Chain) -> Event:
    """Return the one entry of treatments given one after the other."""
    asks = tr("do the dates span all of these?")
    return Event("line-chain", FIELD, chain.value, chain.start, chain.end, chain.sentence, "needs_eye", asks=asks)


def _apart_from(before: frozenset[str], line: _Line | None) -> _Line | None:
    """Return a line, none of drugs that go on from a treatment of no day: 'TCH, then trastuzumab (2016-2017)'."""
    return line if line is None or not line.drugs < before else None


def _in_setting_of(line: _Line, more: _Line) -> _Line:
    """Return a line that follows another in its sentence in the setting of that, unless it came before surgery."""
    setting = line.value.get("setting")
    if setting in (None, "neoadjuvant") or line.sentence.end != more.start:
        return more
    return replace(more, value={**more.value, "setting": setting})


def _is_part_of(more: _Line, line: _Line) -> bool:
    """Tell whether a clause goes on with drugs of the line before it, in the same setting."""
    settings = {more.value.get("setting"), line.value.get("setting")} - {None, "maintenance"}
    return more.drugs <= line.drugs and "start" not in more.value and len(settings) < _TWO


def _goes_with(document: Document, line: _Line, more: Sentence) -> bool:
    """Tell whether a short sentence adds to the line before it: of its section or its line, or 'that was stopped'."""
    if REFERS.match(document.plain, more.start, more.end):
        between = document.plain[line.end : more.start].strip(" .;\n")
        return not between and more.end - more.start <= _LONGER and more.role in (line.sentence.role, "body")
    return (more.role == line.sentence.role or not more.starts_line) and more.end - more.start <= _SHORT


def _stopped(document: Document, sentence: Sentence) -> dict[str, Any]:
    """Return the day on which a sentence of few words says that the line before it ended."""
    found = [match.span(1) for match in UNTIL.finditer(document.marked, sentence.start, sentence.end)]
    days = document.dates_in(sentence.start, sentence.end)
    settled = len(days) == 1 and len(found) == 1 and found[0] == (days[0].start, days[0].end) and days[0].iso
    return {"stop": days[0].iso} if settled else {}


def _continued(document: Document, line: _Line, more: _Line) -> _Line:
    """Return a line with the end of the part of it that goes on: of 'DHP 6/2023 to 12/2023, then HP' it is HP's."""
    if not _GOES_ON.search(document.plain, more.start, more.end):
        return replace(line, value={key: value for key, value in line.value.items() if key not in ("ongoing", SINCE)})
    kept = {key: value for key, value in more.value.items() if key not in ("drugs", "_open")}
    kept = {key: value for key, value in kept.items() if value != "maintenance"}
    before = {key: value for key, value in line.value.items() if key not in ("stop", "ongoing", "reason_stopped")}
    return replace(line, value={**kept, **before}, end=more.end)


def _event(document: Document, line: _Line, metastatic_from: str) -> Event:
    value, start, end, sentence = dict(line.value), line.start, line.end, line.sentence
    open_names = value.pop("_open", ())
    rule = "line"
    if value.pop(SINCE, False) and not {"stop", "reason_stopped", "ongoing"} & value.keys():
        rule, value["ongoing"] = SINCE_RULE, True
    if "setting" not in value and metastatic_from and _is_from(value.get("start", ""), metastatic_from):
        value["setting"] = "metastatic"
    asks = tr("which {groups}?").format(groups=", ".join(open_names)) if open_names else ""
    if is_blinded(document, start, end):
        return Event(rule, FIELD, value, start, end, sentence, "needs_eye", asks=tr("which drug was blinded?"))
    return Event(rule, FIELD, value, start, end, sentence, asks=asks)


def _is_from(start: str, day: str) -> bool:
    """Tell whether a line began after a day, or in the same month; of the same year alone nothing is sure."""
    both = min(len(start), len(day))
    return both > 0 and (start[:both] > day[:both] or (both > _YEAR and start[:_MONTH] == day[:_MONTH]))


def _line(document: Document, sentence: Sentence, groups: list[DrugGroup], vocabulary: Vocabulary) -> _Line | None:
    """Return the line that a sentence reports; None where it reports none or more than one."""
    main, others = groups[0], groups[1:]
    if main.with_others or any(not members(other.ids, vocabulary) <= members(main.ids, vocabulary) for other in others):
        return None
    drugs = members(main.ids, vocabulary)
    if sentence.role not in READ or drugs <= vocabulary.members("lhrh_agonist"):
        return None
    if _ended_in_part(document, sentence, main, others) or _FOR_ANOTHER.search(document.plain, main.end, sentence.end):
        return None
    start, end = sentence.start, sentence.end
    dates = line_dates(document, start, end, main)
    if dates is None or not dates:
        return None
    value: dict[str, Any] = {"drugs": list(main.names)}
    if setting := setting_of(document.plain[start:end]):
        value["setting"] = setting
    elif is_maintenance(document, main, start, end):
        value["setting"] = "maintenance"
    number = (place_of(document, main, start, end) or {}).get("line")
    if number and setting == "metastatic":
        value["line"] = number
    value |= dates
    outcome = outcome_of(document, start, end, others)
    ended = () if "ongoing" in value else _ENDED  # 'stopped, progression' before a line that goes on is of another
    value |= {key: one for key, one in outcome.items() if key not in value and (key in ended or key not in _ENDED)}
    if main.open:
        value["_open"] = tuple(vocabulary.label(id_) for id_ in main.open)
    led = all(day.end <= main.start for day in document.dates_in(start, end))
    return _Line(value, start, end, sentence, drugs, led)


_ENDED = ("reason_stopped", "progressed_in")
_PART_ENDED = re.compile(
    r"\s(?:was |were )?(?:stopped|discontinued|omitted|dropped|held|withheld|withdrawn|ceased|until|till|bis)(?!\w)"
)


def _ended_in_part(document: Document, sentence: Sentence, main: DrugGroup, others: list[DrugGroup]) -> bool:
    """Tell whether a sentence says that one drug of a line ended: its days are not those of the line."""
    parts = (one for one in others if set(one.ids) < set(main.ids))
    return any(_PART_ENDED.match(document.plain, one.end, sentence.end) for one in parts)


_NOW_ON = named("lines_now_on")
_PAST = named("undated_past")
"""After a drug that she was on then: 'On T-DXd she had a response'."""
_FOR_ANOTHER_DISEASE = re.compile(
    r"(?<!\w)(?:rheuma\w*|psoria\w*|arthrit\w*|artrit\w*|lupus|crohn\w*|colitis|vasculitis|sarcoid\w*|transplant\w*)(?!\w)"
)
_FOR_ANOTHER = named("lines_for_another_disease")
_CYCLE = named("lines_cycle")
"""After a drug: the cycle that she had, with its day."""


def _not_given(document: Document, vocabulary: Vocabulary) -> Iterator[Event]:
    """Yield drugs that are planned, discussed, declined or another person's, to be seen and not offered."""
    for sentence in document.sentences:
        if sentence.role in ("request", "explanation", "person") or document.kind in EXAMINATIONS:
            continue
        of_section = REASON_OF_ROLE.get(sentence.role) if sentence.role in ("plan", "family") else None
        for group in drug_groups(document, vocabulary, sentence.start, sentence.end):
            because = of_section or why_not(document, sentence, group)
            if because is None and DONE.search(document.marked, sentence.start, sentence.end):
                because = "planned"
            if because:
                value = {"drugs": list(group.names)}
                yield Event("line", FIELD, value, group.start, group.end, sentence, because=because)


def _drug_lists(document: Document, vocabulary: Vocabulary) -> Iterator[Event]:
    """Yield the drugs that a list of present drugs names, and those a letter says she remains on."""
    if document.kind not in (*HISTORIES, "radiotherapy_summary"):
        return
    for sentence in document.sentences:
        groups = drug_groups(document, vocabulary, sentence.start, sentence.end)
        if not groups or groups[0].with_others or any(not set(one.ids) <= set(groups[0].ids) for one in groups):
            continue
        group = groups[0]
        cycle = _CYCLE.match(document.plain, group.end, sentence.end)
        days = document.dates_in(sentence.start, sentence.end)
        if any(not cycle or not cycle.start() <= day.start < cycle.end() for day in days):
            continue
        before = document.plain[sentence.start : group.start]
        if _PAST.match(document.plain, group.end, sentence.end):
            continue
        listed = sentence.role == "drugs" and document.kind != "discharge_summary"
        now_on = sentence.role in ("body", "findings", "impression", "title") and _NOW_ON.search(before)
        if not (listed or now_on):
            continue
        stopped = re.search(
            r"stopp|discontinu|previous|held|completed|until|planned|paus",
            document.plain[sentence.start : sentence.end],
        )
        because: Reason | None = "earlier" if stopped else why_not(document, sentence, group)
        if _FOR_ANOTHER_DISEASE.search(document.plain, group.end, sentence.end):
            because = "another_thing"
        value: dict[str, Any] = {"drugs": list(group.names), "ongoing": True}
        if setting := setting_of(before):
            value["setting"] = setting
        yield Event(
            "drug-list",
            FIELD,
            value,
            sentence.start if setting else group.start,
            group.end,
            sentence,
            "needs_eye",
            asks=tr("dates and setting"),
            because=because,
        )
