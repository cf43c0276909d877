"""What a case file of an earlier version says otherwise than when it was written, in words for the person.

The file keeps what was recorded; this program reads some of it by other rules. A remark is made only where this very
case is read otherwise. How the earlier program read it is restated here, and nothing else uses it.
"""

import re
from collections.abc import Iterable, Iterator

from her2board.case.ages import AGE_HOLDS_DAYS, newest_day
from her2board.case.dates import days_between
from her2board.case.drugs import Vocabulary
from her2board.case.line_count import count_lines
from her2board.case.model import Case, Specimen, SystemicLine
from her2board.case.receptors import (
    assay_words,
    hormone_pieces,
    over_specimens,
    specimen_her2,
    specimen_hormone,
)
from her2board.case.storage import Stored
from her2board.wording import joined_text, tr

_RANK = ("positive", "low", "negative")


def read_anew(stored: Stored, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return what this program reads otherwise than the one that wrote the file; nothing for a current file."""
    return tuple(_since_version_1(stored.case, vocabulary)) if stored.version < 2 else ()


def _since_version_1(case: Case, vocabulary: Vocabulary) -> Iterator[str]:
    yield from _names(case, vocabulary)
    yield from _lines(case, vocabulary)
    yield from _her2(case)
    yield from _hormones(case)
    yield from _age(case)


def _names(case: Case, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the drug names that mean something else now, or nothing."""
    known: dict[str, tuple[str, ...]] = {}
    for name, ids in vocabulary.entries.spelled():
        if key := _key(name):
            known.setdefault(key, ids)
    listed = [name for line in case.systemic.lines.items for name in line.drugs or ()]
    for name in dict.fromkeys((*listed, *case.systemic.exposure, *case.access.drugs)):
        before, now = known.get(_key(name), ()), vocabulary.resolve(name)
        if set(before) == set(now):
            continue
        words = {
            (True, False): tr("'{name}' was read as {before}; it is not a known name now, nothing follows from it"),
            (False, True): tr("'{name}' was not a known name; it is read as {now}"),
            (True, True): tr("'{name}' was read as {before}; it is read as {now}"),
        }[bool(before), bool(now)]
        yield words.format(name=name, before=_labels(before, vocabulary), now=_labels(now, vocabulary))


def _labels(ids: Iterable[str], vocabulary: Vocabulary) -> str:
    return " + ".join(map(vocabulary.label, ids))


def _key(name: str) -> str:
    """Return what the earlier program compared of a name: its Latin letters and digits."""
    return re.sub(r"[^a-z0-9]+", "", name.casefold())


def _lines(case: Case, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield how the count of metastatic lines changed, with what is one line now or may be."""
    rows = case.systemic.lines.items
    before, now = _rows_counted(rows), count_lines(rows, vocabulary)
    if before == (now.low, now.high):
        return
    words = tr("lines of metastatic therapy: {before} by rows, now {now}: {why}")
    why = "; ".join((*now.merged, *now.open)) or tr("supportive drugs and intrathecal therapy make no line")
    yield words.format(before=_range(*before), now=now.words, why=why)


def _range(low: int, high: int) -> str:
    return str(low) if low == high else tr("{low} to {high}").format(low=low, high=high)


def _rows_counted(rows: Iterable[SystemicLine]) -> tuple[int, int]:
    """Return the lines as the earlier program counted them: rows, with maintenance and what was marked joined."""
    groups: list[list[SystemicLine]] = []
    for row in rows:
        continues = row.continues_line or row.setting == "maintenance"
        if continues and groups and groups[-1][-1].setting in ("metastatic", "maintenance", None):
            groups[-1].append(row)
        else:
            groups.append([row])
    settings = [{row.setting for row in group} for group in groups]
    counted = sum("metastatic" in found for found in settings)
    return counted, counted + sum(None in found and "metastatic" not in found for found in settings)


def _her2(case: Case) -> Iterator[str]:
    """Yield the specimens in which an assay now outranks what was stated."""
    for number, specimen in enumerate(case.tumour.specimens.items, 1):
        before, now = _her2_before(specimen), specimen_her2(specimen)
        if before == now:
            continue
        words = tr("specimen {n}: HER2 stated as {stated} counted as {before}; the assay ({assay}) counts: {now}")
        yield words.format(
            n=number,
            stated=specimen.her2_stated,
            before=_status(before),
            assay=assay_words(specimen),
            now=_status(now),
        )


def _her2_before(specimen: Specimen) -> frozenset[str] | None:
    """Return the status as the earlier program read it: of statement and assay the higher."""
    if not specimen.her2_stated:
        return specimen_her2(specimen)
    alone = Specimen(her2_stated=specimen.her2_stated)
    stated = specimen_her2(alone)
    assayed = specimen_her2(specimen.model_copy(update={"her2_stated": None, "her2_tested": None}))
    if stated and assayed:
        return stated & assayed or frozenset({min(stated | assayed, key=_RANK.index)})
    return stated


def _status(possible: frozenset[str] | None) -> str:
    return tr(" or ").join(sorted(possible)) if possible else tr("open")


def _hormones(case: Case) -> Iterator[str]:
    """Yield that a later specimen without ER and PR does not make them open any more."""
    specimens = case.tumour.specimens.items
    before, now = (over_specimens(specimens, judge, hormone_pieces) for judge in (_hormones_before, specimen_hormone))
    if before.value != now.value:
        words = tr("hormone receptors: a later specimen not tested for ER and PR left them open; now {now}")
        yield words.format(now=joined_text(now.shown) or tr("open"))


def _age(case: Case) -> Iterator[str]:
    """Yield that an age without a date is asked again, where all else in the case is older than it would hold."""
    meeting = case.meeting.date.exact if case.meeting.date else None
    newest = newest_day(case, meeting) if meeting and case.patient.age is not None else None
    if meeting and newest and (days := days_between(newest.span, meeting)) and days[1] > AGE_HOLDS_DAYS:
        words = tr("age {age}: the day it was recorded is not known, nothing here is newer than {day}; asked again")
        yield words.format(age=case.patient.age, day=newest.shown())


def _hormones_before(specimen: Specimen) -> frozenset[str] | None:
    tested = specimen.model_copy(update=dict.fromkeys(("ihc", "ish", "ish_ratio", "her2_copies", "her2_stated")))
    return specimen_hormone(tested)
