"""Whether the drugs of a regimen were given together, and whether they are given now."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from her2board.case.drugs import Vocabulary
from her2board.case.line_count import SAME_START_DAYS, may_start_together
from her2board.case.model import Case, SystemicLine
from her2board.case.treatment import METASTATIC, Answer, fully_named, given, line_groups, line_words
from her2board.wording import tr


class Regimen(NamedTuple):
    """Drugs or classes that are given together."""

    id: str
    name: str
    parts: tuple[str, ...]


def given_together(case: Case, vocabulary: Vocabulary, regimen: Regimen) -> Answer:
    """Return whether all of a regimen was given at once for metastatic disease.

    Rows are at once when they surely start within 28 days of each other, or have the number of one line. Early
    treatment does not count.
    """
    if len(regimen.parts) == 1:
        return given(case, vocabulary, regimen.parts[0], metastatic=True)
    rows = _rows(case)
    for row in rows:
        bundle = [other for other in rows if other is row or _surely_at_once(row, other)]
        if _covered(bundle, regimen, vocabulary, surely=True):
            return Answer(True, tr("yes, {where}").format(where=line_words(row)))
    if any(given(case, vocabulary, part, metastatic=True).value is False for part in regimen.parts):
        return Answer(False, tr("no, not all of it was given for metastatic disease"))
    bundles = ([other for other in rows if other is row or _perhaps_at_once(row, other)] for row in rows)
    perhaps = any(_covered(bundle, regimen, vocabulary, surely=False) for bundle in bundles)
    if perhaps:
        return Answer(None, why=tr("whether its drugs were given together is not recorded"))
    if not _whole(case, rows, vocabulary):
        return Answer(None)
    return Answer(False, tr("no, its drugs were not given together"))


def given_now(case: Case, vocabulary: Vocabulary, regimen: Regimen) -> Answer:
    """Return whether all of a regimen is given now: rows recorded as ongoing; open where no end is recorded."""
    rows = _rows(case)
    running = [row for row in rows if row.ongoing]
    if _covered(running, regimen, vocabulary, surely=True):
        where = "; ".join(line_words(row) for row in running if _names_any(row, regimen, vocabulary))
        return Answer(True, tr("yes, {where}").format(where=where))
    perhaps = [row for row in rows if row.ongoing is not False and row.stop is None and row.reason_stopped is None]
    if _covered(perhaps, regimen, vocabulary, surely=False):
        return Answer(None, why=tr("whether it goes on is not recorded"))
    if not _whole(case, rows, vocabulary):
        return Answer(None)
    return Answer(False, tr("no, not among what goes on"))


def _rows(case: Case) -> list[SystemicLine]:
    return [row for row in case.systemic.lines.items if row.setting in (*METASTATIC, None)]


def _whole(case: Case, rows: Sequence[SystemicLine], vocabulary: Vocabulary) -> bool:
    listed = case.systemic.lines
    complete = listed.completeness == "complete" or bool(listed.metastatic_complete)
    return complete and fully_named(rows, vocabulary)


def _covered(rows: Iterable[SystemicLine], regimen: Regimen, vocabulary: Vocabulary, *, surely: bool) -> bool:
    """Return whether rows name every part of a regimen; one without a setting does so only perhaps."""
    chosen = [row for row in rows if not surely or row.setting is not None]
    groups = [group for row in chosen for group in line_groups(row, vocabulary)]
    if not surely and any(not fully_named((row,), vocabulary) for row in chosen):
        return True
    parts = map(vocabulary.members, regimen.parts)
    return bool(chosen) and all(any(group <= part if surely else group & part for group in groups) for part in parts)


def _names_any(row: SystemicLine, regimen: Regimen, vocabulary: Vocabulary) -> bool:
    parts = tuple(map(vocabulary.members, regimen.parts))
    return any(group <= part for group in line_groups(row, vocabulary) for part in parts)


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
