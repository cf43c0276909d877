"""Finds treatments given one after the other of which a text gives one time: 'AC followed by TH (Mar-Aug 2021)'.

The days may be those of the last, or of all of them. They are given to none of them alone: a course before or after
surgery, or one that begins with an anthracycline, is one entry; of others the days are left to a person.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.report.drug_words import DrugGroup
from her2board.capture.report.line_clauses import clauses
from her2board.capture.report.line_dates import line_dates
from her2board.capture.report.line_ends import members
from her2board.capture.report.line_lists import apart
from her2board.capture.report.line_said import is_unsure, setting_of
from her2board.capture.report.model import Document, Sentence, Span
from her2board.capture.report.patterns import named
from her2board.case.drugs import Vocabulary

_THEN = named("lines_then")
_ARROW = re.compile(r"\s*(?:-{1,2}>|=>|\u2192|>{1,2})\s*")
_FROM = re.compile(r"(?<!\w)(?:from|von|vom|du|de|dal|da|desde|between)\s(?:the )?$")
_TIGHT = re.compile(r"(?:(?![.:;\x01]|\d[/.]\d).){0,60}", re.DOTALL)
"""Between two treatments of which the second follows at once: cycles and doses, no day and no other sentence."""
_UNKNOWN = re.compile(
    r"(?<![\w-])(?:dd|DD)?(?:F?EC|F?AC|CMF|TAC|AT|[FE]+C-?[TDP])-? ?\d{0,3}(?![\w-])"
    r"|(?i:(?<!\w)(?:anthra[ckz]\w+|antra[ck]\w+|epirub\w*|doxorub\w*|adriam\w*|(?:chemo|chimio|quimio)\w*))"
)
"""What may be a treatment that is not known by its name: 'EC100', 'chemotherapy'."""
_OPENED = re.compile(r"[(\[]\s?$")
_SURGICAL = ("neoadjuvant", "adjuvant")
_TWO = 2


class _Unit(Struct, frozen=True):
    """A part of a sentence that names one group of drugs, its own days, and whether words or an arrow lead to it."""

    clause: Sentence
    group: DrugGroup
    drugs: frozenset[str]
    dates: dict[str, Any]
    labelled: bool
    linked: bool
    mixed: bool = False
    """Whether its days may be those of more than its drugs: of one not known by name, or of a second regimen."""

    @property
    def leads(self) -> bool:
        """Whether both its days are before its drugs."""
        return len({"start", "stop"} & self.dates.keys()) == _TWO and self.dates["_from"] < self.group.start


class Chain(Struct, frozen=True):
    """Treatments with one time: their place, the place of the days, and the entry that they are, if they are one."""

    start: int
    end: int
    days: Span
    sentence: Sentence
    value: dict[str, Any] | None = None

    def holds(self, place: int) -> bool:
        """Tell whether a place is inside."""
        return self.start <= place < self.end


def chains_in(document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> list[Chain]:
    """Return the chains of an entry of a history."""
    units = _units(document, sentences, vocabulary)
    found: list[Chain] = []
    for number, unit in enumerate(units):
        if found and found[-1].holds(unit.group.start):
            continue
        if unit.mixed and len({"start", "stop"} & unit.dates.keys()) == _TWO:
            found.append(Chain(unit.clause.start, unit.clause.end, _days(unit), unit.clause))
            continue
        run = _led(units, number) or _followed(units, number)
        if len(run) < _TWO or any(is_unsure(document, one.clause, one.group) for one in run):
            continue
        if not all(_TIGHT.fullmatch(document.marked, a.group.end, b.group.start) for a, b in pairwise(run)):
            continue
        if _is_one_course(document, run, vocabulary) or _is_open(document, run, units):
            found.append(_chain(document, run, vocabulary))
    return found


def _units(document: Document, sentences: Sequence[Sentence], vocabulary: Vocabulary) -> list[_Unit]:
    """Return the parts of an entry that each name one group of drugs."""
    found: list[_Unit] = []
    before: Sentence | None = None
    for sentence in sentences:
        arrow = before is not None and bool(_ARROW.fullmatch(document.plain, before.end, sentence.start))
        unknown = before is not None and arrow and _UNKNOWN.search(document.normal.cased, before.start, before.end)
        for clause, groups in clauses(document, sentence, vocabulary):
            linked = arrow or (clause.start > sentence.start and bool(_THEN.match(document.marked, clause.start)))
            arrow = False
            if not groups:
                continue
            drugs = members(groups[0].ids, vocabulary)
            if any(not members(one.ids, vocabulary) <= drugs for one in groups[1:]):
                found.clear()
                continue
            unit = _unit(document, clause, groups[0], drugs, linked=linked)
            alone = unknown and not (found and before and found[-1].group.start >= before.start)
            adc = drugs & vocabulary.members("her2_adc")
            several = bool(adc) and len(apart(document, groups[0], vocabulary)) > 1
            found.append(replace(unit, mixed=bool(alone or several or _has_unknown(document, unit))))
            unknown = None
        before = sentence
    return found


def _has_unknown(document: Document, unit: _Unit) -> bool:
    """Tell whether a clause names a treatment not known by name, given before or after its drugs: 'EC100, then TH'."""
    cased, clause, group = document.normal.cased, unit.clause, unit.group
    led = list(_THEN.finditer(document.marked, clause.start, group.start))
    if led and _UNKNOWN.search(cased, clause.start, led[-1].start()):
        return True
    after = _THEN.search(document.marked, group.end, clause.end) if unit.leads else None
    return after is not None and _UNKNOWN.search(cased, after.end(), clause.end) is not None


def _days(unit: _Unit) -> Span:
    """Return the place of the days of a unit."""
    return unit.dates["_from"], unit.dates["_to"]


def _unit(document: Document, clause: Sentence, group: DrugGroup, drugs: frozenset[str], *, linked: bool) -> _Unit:
    dates = line_dates(document, clause.start, clause.end, group) or {}
    days = document.dates_in(clause.start, clause.end)
    if dates and days:
        dates |= {"_from": days[0].start, "_to": days[-1].end}
    labelled = bool(setting_of(document.plain[clause.start : group.start]))
    return _Unit(clause, group, drugs, dates, labelled, linked)


def _led(units: list[_Unit], number: int) -> list[_Unit]:
    """Return a unit whose days are ahead of it, with those after it that have none: '03/2021-08/2021 EC, then TH'."""
    if not units[number].leads:
        return []
    run = [units[number]]
    for one in units[number + 1 :]:
        if not one.linked or one.dates or one.labelled:
            break
        run.append(one)
    return run if len(run) > 1 and not run[1].drugs <= run[0].drugs else []


def _followed(units: list[_Unit], number: int) -> list[_Unit]:
    """Return units without days, up to the one that has both behind it: 'EC, then TH (03/2021-08/2021)'."""
    run = [units[number]]
    if run[0].dates:
        return []
    for one in units[number + 1 :]:
        if not one.linked or (one.labelled and one.dates):
            return []
        run.append(one)
        if one.dates:
            both = len({"start", "stop"} & one.dates.keys()) == _TWO
            apart = any(not later.drugs <= earlier.drugs for earlier, later in pairwise(run))
            return run if both and not one.leads and apart else []
    return []


def _is_open(document: Document, run: list[_Unit], units: list[_Unit]) -> bool:
    """Tell whether days may be of all lines of a run: ahead of it or in brackets, where no other line has its own."""
    others = any(one.dates for one in units if one not in run and (one.linked or run[0].linked))
    behind = _OPENED.search(document.plain, run[-1].group.end, run[-1].dates.get("_from", run[-1].group.end))
    return not others and (run[0].leads or behind is not None)


def _is_one_course(document: Document, run: list[_Unit], vocabulary: Vocabulary) -> bool:
    """Tell whether a run is of one setting before or after surgery, or begins with an anthracycline."""
    setting = setting_of(document.plain[run[0].clause.start : run[-1].clause.end])
    first = bool(run[0].drugs & vocabulary.members("anthracycline")) and not run[1].drugs & vocabulary.members("adc")
    return setting in _SURGICAL or (first and setting != "metastatic")


def _chain(document: Document, run: list[_Unit], vocabulary: Vocabulary) -> Chain:
    """Return a run as a chain, with its one entry where it is one course."""
    start, end, sentence = run[0].clause.start, run[-1].clause.end, run[0].clause
    dated = next(one for one in run if one.dates)
    days = _days(dated)
    chain = Chain(start, end, days, sentence)
    spoken = _FROM.search(document.plain, start, days[0])
    if spoken or not _is_one_course(document, run, vocabulary) or any(one.group.with_others for one in run):
        return chain
    names = dict.fromkeys(name for one in run for name in one.group.names)
    value: dict[str, Any] = {"drugs": list(names), "start": dated.dates["start"], "stop": dated.dates["stop"]}
    if setting := setting_of(document.plain[start:end]):
        value["setting"] = setting
    return Chain(start, end, days, sentence, value)
