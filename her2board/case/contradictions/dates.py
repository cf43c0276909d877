"""The order of dates: birth, primary, (neo)adjuvant therapy, metastatic disease, brain metastases, their treatment."""

from collections.abc import Iterator
from itertools import combinations
from operator import attrgetter
from typing import NamedTuple

from her2board.case.contradictions.declare import Clash, Rules
from her2board.case.dates import PartialDate
from her2board.case.model import Case
from her2board.case.terms import spoken
from her2board.wording import tr

rules = Rules()
_METASTATIC_LINE, _BRAIN, _LOCAL = 3, 4, 5
_NO_ORDER = ((_METASTATIC_LINE, _BRAIN), (_METASTATIC_LINE, _LOCAL))
"""Treatment of metastatic disease may begin before or after the brain is involved and treated."""
_EARLY = ("neoadjuvant", "adjuvant")
_DE_NOVO_DAYS = 366
"""Metastases found later than that after the primary are no part of its first staging. The program's own limit."""
_TOGETHER_DAYS = 31
"""Metastases found within so many days of the primary are no recurrence of it. The program's own limit."""
_RELAPSE = ("months_since_adjuvant_her2",)
_NUMBER = ("metastatic_lines",)
_LAST = "last_{}"
_ANY = ("brain_radiotherapy", "any_radiotherapy")
_LAST_OF_KIND = {
    "surgery": ("brain_surgery",),
    "radiosurgery": ("radiosurgery", *_ANY),
    "whole_brain": ("wbrt", *_ANY),
    "kind_not_known": ("brain_surgery", "radiosurgery", "wbrt", *_ANY),
}


class _Step(NamedTuple):
    """One dated step of the disease: its place in the order, what happened, where it is recorded, what it decides."""

    place: int
    words: str
    day: PartialDate
    field: str
    facts: tuple[str, ...] = ()


@rules.rule()
def dates_out_of_order(case: Case) -> Iterator[Clash]:
    """A step of the disease surely later than one that comes after it; of two lists one pair of rows is named."""
    named: set[tuple[int, int]] = set()
    for first, second in combinations(_steps(case), 2):
        places = first.place, second.place
        if places[0] == places[1] or places in (*_NO_ORDER, *named) or not first.day.surely_after(second.day):
            continue
        named.add(places)
        words = tr("{first} {day}, after {second} {other}").format(
            first=first.words, day=first.day.shown(), second=second.words, other=second.day.shown()
        )
        yield Clash(words, (first.field, second.field), (*first.facts, *second.facts))


@rules.rule("origin", "months_since_adjuvant_her2")
def origin_against_dates(case: Case) -> Iterator[Clash]:
    """Metastatic from the start, and long after the primary; recurrent, and found together with it."""
    tumour = case.tumour
    primary, metastatic = tumour.primary_date, tumour.metastatic_date
    if primary is None or metastatic is None:
        return
    soonest, latest = _days_apart(primary, metastatic)
    late = tumour.origin == "de_novo" and soonest is not None and soonest > _DE_NOVO_DAYS
    at_once = tumour.origin == "recurrent" and latest is not None and 0 <= latest <= _TOGETHER_DAYS
    if late or at_once:
        words = tr("recorded as {origin}, yet primary {primary} and metastatic {metastatic}").format(
            origin=spoken(tumour.origin or ""), primary=primary.shown(), metastatic=metastatic.shown()
        )
        yield Clash(words, ("tumour.origin", "tumour.primary_date", "tumour.metastatic_date"))


def _days_apart(first: PartialDate, later: PartialDate) -> tuple[int | None, int | None]:
    """Return the fewest and the most days from one date to another; None where a bound leaves it open."""
    low, high = first.span, later.span
    fewest = (high.low - low.high).days if high.low and low.high else None
    most = (high.high - low.low).days if high.high and low.low else None
    return fewest, most


def _steps(case: Case) -> list[_Step]:
    """Return the steps that have a date, in the order they should have."""
    tumour = case.tumour
    single = (
        *_birth(case),
        (0, tr("primary diagnosed"), tumour.primary_date, "tumour.primary_date", ()),
        (2, tr("metastatic since"), tumour.metastatic_date, "tumour.metastatic_date", _RELAPSE),
        (_BRAIN, tr("brain metastases since"), tumour.brain_date, "tumour.brain_date", ()),
    )
    found = [_Step(place, words, day, field, facts) for place, words, day, field, facts in single if day]
    return sorted([*found, *_lines(case), *_local(case)], key=attrgetter("place"))


def _birth(case: Case) -> Iterator[tuple[int, str, PartialDate, str, tuple[str, ...]]]:
    """Yield the year of birth; of an age, the first year that somebody so old on that day can be born in."""
    patient = case.patient
    day = patient.age_on.span.low if patient.age_on else None  # an age without a day may be an old one
    if patient.birth_year is not None:
        yield -1, tr("born"), PartialDate(patient.birth_year), "patient.birth_year", ("age",)
    elif patient.age is not None and day is not None:
        words = tr("by the age recorded born no earlier than")
        yield -1, words, PartialDate(day.year - patient.age - 1), "patient.age", ("age",)


def _lines(case: Case) -> Iterator[_Step]:
    for index, line in enumerate(case.systemic.lines.items):
        if line.start is None:
            continue
        field, words = f"systemic.lines[{index}].start", tr("line {n} starts").format(n=index + 1)
        if line.setting in _EARLY:
            words = tr("{line} as {setting} therapy").format(line=words, setting=line.setting)
            yield _Step(1, words, line.start, field, _RELAPSE)
        elif line.setting == "metastatic":
            words = tr("{line} for metastatic disease").format(line=words)
            yield _Step(_METASTATIC_LINE, words, line.start, field, _NUMBER)


def _local(case: Case) -> Iterator[_Step]:
    for index, therapy in enumerate(case.brain.local_therapies.items):
        if therapy.day is not None and therapy.kind.where == "brain":
            words = tr("local therapy {n} of the brain").format(n=index + 1)
            facts = tuple(map(_LAST.format, _LAST_OF_KIND.get(therapy.kind, _ANY)))
            yield _Step(_LOCAL, words, therapy.day, f"brain.local_therapies[{index}].day", facts)
