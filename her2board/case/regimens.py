"""Whether the drugs of a regimen were given together, and whether they are given now."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cached_property
from typing import NamedTuple

from msgspec.structs import replace

from her2board.case.drugs import Vocabulary
from her2board.case.line_count import METASTATIC, SAME_START_DAYS, may_start_together
from her2board.case.model import Case, SystemicLine
from her2board.case.treatment import Answer, fully_named, given, line_groups, line_words, named_drugs
from her2board.wording import tr


class Regimen(NamedTuple):
    """Drugs or classes that are given together."""

    id: str
    name: str
    parts: tuple[str, ...]


class Bundle(NamedTuple):
    """Rows taken together, and what they name."""

    rows: tuple[SystemicLine, ...]
    groups: tuple[frozenset[str], ...]
    """Each drug as the drugs it may be."""
    open: bool
    """A row names no drug, or one that is not known."""

    def covers(self, parts: Iterable[frozenset[str]]) -> bool:
        """Return whether they surely name every part."""
        return all(any(group <= part for group in self.groups) for part in parts)

    def may_cover(self, parts: Iterable[frozenset[str]]) -> bool:
        """Return whether they name every part, as far as known."""
        return self.open or all(any(group & part for group in self.groups) for part in parts)


class Rows:
    """The rows of a case, put together once and asked for every regimen.

    Those that are of metastatic disease or may be, unless any setting is wanted.
    """

    def __init__(self, case: Case, vocabulary: Vocabulary, *, any_setting: bool = False) -> None:
        self._case, self._vocabulary, self._any_setting = case, vocabulary, any_setting
        listed = case.systemic.lines.items
        self._rows = [row for row in listed if any_setting or row.setting in (*METASTATIC, None)]
        self._named = named_drugs(case, vocabulary)
        self._given: dict[str, Answer] = {}

    def given(self, id_: str) -> Answer:
        """Return whether a drug was given for metastatic disease; the same of all drugs that nothing names."""
        key = "" if self._named.isdisjoint(self._vocabulary.members(id_)) else id_
        if key not in self._given:
            self._given[key] = given(self._case, self._vocabulary, id_, metastatic=True)
        return self._given[key]

    def parts(self, regimen: Regimen) -> tuple[frozenset[str], ...]:
        """Return each part of a regimen as the drugs it may be."""
        return tuple(map(self._vocabulary.members, regimen.parts))

    @cached_property
    def surely_at_once(self) -> tuple[tuple[SystemicLine, Bundle], ...]:
        """Each row, with those that were surely given with it; one without a setting is only perhaps metastatic."""
        rows = [row for row in self._rows if row.setting is not None]
        return tuple(
            (row, self._bundle(other for other in rows if other is row or _surely_at_once(row, other)))
            for row in self._rows
        )

    @cached_property
    def perhaps_at_once(self) -> tuple[Bundle, ...]:
        """For each row, those that may have been given with it."""
        rows = self._rows
        return tuple(
            self._bundle(other for other in rows if other is row or _perhaps_at_once(row, other)) for row in rows
        )

    @cached_property
    def ongoing(self) -> tuple[SystemicLine, ...]:
        """What is recorded as ongoing."""
        return tuple(row for row in self._rows if row.ongoing)

    @cached_property
    def running(self) -> Bundle:
        """What is recorded as ongoing and surely of a setting that counts."""
        return self._bundle(row for row in self.ongoing if self._any_setting or row.setting is not None)

    @cached_property
    def perhaps_running(self) -> Bundle:
        """What has no end recorded."""
        open_ended = (row for row in self._rows if row.stop is None and row.reason_stopped is None)
        return self._bundle(row for row in open_ended if row.ongoing is not False)

    @cached_property
    def listed(self) -> bool:
        """Whether all of them are listed."""
        lines = self._case.systemic.lines
        return lines.completeness == "complete" or (not self._any_setting and bool(lines.metastatic_complete))

    @cached_property
    def complete(self) -> bool:
        """Whether all of them are listed with all their drugs: only then is what they do not name excluded."""
        return self.listed and fully_named(self._rows, self._vocabulary)

    def words(self, rows: Iterable[SystemicLine], parts: Iterable[frozenset[str]]) -> str:
        """Return in words those of ``rows`` that name any of ``parts``."""
        named = (row for row in rows if any(group <= part for group in self._groups(row) for part in parts))
        return "; ".join(map(line_words, named))

    def _groups(self, row: SystemicLine) -> tuple[frozenset[str], ...]:
        return line_groups(row, self._vocabulary)

    def _bundle(self, rows: Iterable[SystemicLine]) -> Bundle:
        rows = tuple(rows)
        groups = tuple(group for row in rows for group in self._groups(row))
        return Bundle(rows, groups, not fully_named(rows, self._vocabulary))


def given_together(rows: Rows, regimen: Regimen) -> Answer:
    """Return whether all of a regimen was given at once for metastatic disease.

    Rows are at once when they surely start within 28 days of each other, or have the number of one line. Early
    treatment does not count.
    """
    if len(regimen.parts) == 1:
        return rows.given(regimen.parts[0])
    parts = rows.parts(regimen)
    for row, bundle in rows.surely_at_once:
        if bundle.covers(parts):
            return Answer(True, tr("yes, {where}").format(where=line_words(row)))
    if any(rows.given(part).value is False for part in regimen.parts):
        return Answer(False, tr("no, not all of it was given for metastatic disease"))
    if any(bundle.may_cover(parts) for bundle in rows.perhaps_at_once):
        return Answer(None, why=tr("whether its drugs were given together is not recorded"))
    return Answer(False, tr("no, its drugs were not given together")) if rows.complete else Answer(None)


def given_now(rows: Rows, regimen: Regimen) -> Answer:
    """Return whether all of a regimen is given now: rows recorded as ongoing; open where no end is recorded."""
    parts = rows.parts(regimen)
    if rows.running.covers(parts):
        return Answer(True, tr("yes, {where}").format(where=rows.words(rows.ongoing, parts)))
    if rows.perhaps_running.may_cover(parts):
        return Answer(None, why=tr("whether it goes on is not recorded"))
    return Answer(False, tr("no, not among the treatments that go on")) if rows.listed else Answer(None)


def her2_therapy_ongoing(case: Case, vocabulary: Vocabulary) -> Answer:
    """Return whether anti-HER2 therapy of any setting is given now, with its drugs."""
    rows, wanted = Rows(case, vocabulary, any_setting=True), Regimen("", "", ("anti_her2",))
    answer = given_now(rows, wanted)
    if answer.value:
        running = (row for row in rows.ongoing if rows.words((row,), rows.parts(wanted)))
        return replace(
            answer, shown=tr("yes, {drugs}").format(drugs="; ".join(", ".join(row.drugs or ()) for row in running))
        )
    return answer


def _surely_at_once(first: SystemicLine, second: SystemicLine) -> bool:
    if first.line is not None and first.line == second.line:
        return True
    if first.start is None or second.start is None:
        return False
    days = (first.start.span.low, first.start.span.high, second.start.span.low, second.start.span.high)
    known = [day for day in days if day]
    return len(known) == len(days) and max(known) - min(known) <= timedelta(days=SAME_START_DAYS)


def _perhaps_at_once(first: SystemicLine, second: SystemicLine) -> bool:
    return first.start is None or second.start is None or may_start_together(first, second)
