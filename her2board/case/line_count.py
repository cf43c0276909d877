"""How many lines of metastatic therapy the recorded treatments make: rows of the list are not lines.

Two rows are one line when a rule below says so. Where dates or reasons are missing a rule is UNKNOWN, and the count is
a range. No rule depends on the order of the rows.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import combinations, filterfalse

from msgspec import Struct

from her2board.case.drugs import Vocabulary
from her2board.case.model import SystemicLine
from her2board.case.row_dates import started, stopped
from her2board.logic.truth import Truth, all_of, any_of, negate
from her2board.logic.values import Day
from her2board.wording import tr

SAME_START_DAYS = 28
"""Rows that start within so many days of each other are one line. The program's own threshold, shown with the count."""
NOT_A_LINE = ("supportive", "steroid", "intrathecal")
"""Classes of drugs that make no line by themselves."""
_ENDOCRINE = "endocrine"
_EARLY = ("neoadjuvant", "adjuvant")
METASTATIC = ("metastatic", "maintenance")
"""Settings of a row of metastatic therapy."""
_SEPARATES = ("progression", "toxicity")


class Row(Struct, frozen=True, dict=True):
    """One row of the treatment list, as far as counting needs it."""

    number: int
    """Place in the list as recorded, 1 first."""
    line: SystemicLine
    drugs: tuple[frozenset[str], ...]
    """Each drug as the drugs it may be, without those that make no line."""
    endocrine: frozenset[str]
    """All endocrine drugs there are: one of them added to a line continues it."""
    unknown: bool
    """Names no drug, or one the vocabulary does not know."""

    @cached_property
    def started(self) -> Day:
        """Possible days of the start; it is no later than the stop."""
        return started(self.line)

    @cached_property
    def stopped(self) -> Day:
        """Possible days of the stop; open where it is not recorded."""
        return stopped(self.line)


class LineCount(Struct, frozen=True):
    """Fewest and most lines of metastatic therapy, with the reasons a person can check."""

    low: int
    high: int
    merged: tuple[str, ...]
    """Which rows are one line, and by which rule."""
    open: tuple[str, ...]
    """What would make the count exact."""

    @property
    def words(self) -> str:
        """The count in words: '2', '1 to 3'."""
        return str(self.low) if self.low == self.high else tr("{low} to {high}").format(low=self.low, high=self.high)


class _Pair(Struct, frozen=True):
    """Two rows, whether they are one line, and why."""

    first: Row
    second: Row
    truth: Truth
    why: str
    disputed: bool = False
    """The numbers that a person gave the two say otherwise than dates, drugs and reasons."""


def count_lines(lines: Sequence[SystemicLine], vocabulary: Vocabulary) -> LineCount:
    """Return the number of lines of metastatic therapy among ``lines``, the rows of a list.

    Maintenance, and a row marked as continuing the line before, belong to a line that is already there; alone they are
    one. Rows of (neo)adjuvant therapy, supportive drugs and intrathecal therapy are none.
    """
    rows = _rows(lines, vocabulary)
    counted = _counted(rows, lines)
    following = [row for row in rows if row not in counted]
    sure = [row for row in counted if _surely_a_line(row)]
    pairs = _pairs(counted)
    low = sum(1 for group in _groups(counted, pairs, (Truth.MET, Truth.UNKNOWN)) if any(row in sure for row in group))
    alone = len(_groups(sure, [pair for pair in pairs if {pair.first, pair.second} <= set(sure)], (Truth.MET,)))
    high = alone + sum(not any(row in sure for row in group) for group in _groups(counted, pairs, (Truth.MET,)))
    if following:
        low, high = max(low, int(any(map(_surely_metastatic, following)))), max(high, 1)
    open_ = _open([*counted, *filterfalse(_surely_metastatic, following)], sure, pairs) if low < high else ()
    return LineCount(low, high, _merged(counted, pairs, following), open_)


def disputed_numbers(lines: Sequence[SystemicLine], vocabulary: Vocabulary) -> tuple[tuple[int, int], ...]:
    """Return the rows, from 1, whose recorded numbers of lines say otherwise than their dates, drugs and reasons."""
    if sum(line.line is not None for line in lines) < 2:
        return ()
    pairs = _pairs(_counted(_rows(lines, vocabulary), lines))
    return tuple((pair.first.number, pair.second.number) for pair in pairs if pair.disputed)


def _counted(rows: Sequence[Row], lines: Sequence[SystemicLine]) -> list[Row]:
    """Return the rows that can make a line of their own."""
    return [row for row in rows if row.line.setting != "maintenance" and not _continues(row, lines)]


def _rows(lines: Sequence[SystemicLine], vocabulary: Vocabulary) -> list[Row]:
    """Return the rows that may belong to a line of metastatic therapy."""
    none = frozenset[str]().union(*(vocabulary.members(group) for group in NOT_A_LINE))
    rows = []
    for number, line in enumerate(lines, 1):
        if line.setting in _EARLY and line.line is None:
            continue
        names = line.drugs or ()
        if names and all(vocabulary.read(name).route == "intrathecal" for name in names):
            continue
        unknown = not names or any(not vocabulary.resolve(name) for name in names)
        drugs = tuple(group for group in vocabulary.groups(names) if not group <= none)
        if drugs or unknown or line.line:
            rows.append(Row(number, line, drugs, vocabulary.members(_ENDOCRINE), unknown))
    return rows


def _continues(row: Row, lines: Sequence[SystemicLine]) -> bool:
    """Tell whether a person marked the row as going on with a line of metastatic therapy before it."""
    before = lines[row.number - 2].setting if row.number > 1 else None
    return row.line.continues_line and row.number > 1 and before in ("metastatic", "maintenance", None)


def _surely_metastatic(row: Row) -> bool:
    """Tell whether a row that continues a line has a setting of metastatic disease itself."""
    return row.line.setting in METASTATIC


def _surely_a_line(row: Row) -> bool:
    """Tell whether the row belongs to a line of metastatic therapy, whatever else is recorded of it."""
    return row.line.setting == "metastatic" and (row.line.line is not None or bool(row.drugs))


def _pairs(rows: Sequence[Row]) -> list[_Pair]:
    """Return every two rows with the rule that says most of them."""
    together = {frozenset((a.number, b.number)): _started_together(a, b) for a, b in combinations(rows, 2)}
    groups = _groups(rows, [_Pair(a, b, together[_key(a, b)], "") for a, b in combinations(rows, 2)], (Truth.MET,))
    surely = {row.number: group for group in groups for row in group}
    pairs = []
    for a, b in combinations(rows, 2):
        numbered = _numbered(a, b)
        follows = any_of([_goes_on(early, late, rows, surely[early.number]) for early, late in ((a, b), (b, a))])
        start = together[_key(a, b)]
        why = tr("starts at most {days} days apart (the program's own threshold)").format(days=SAME_START_DAYS)
        if start is not Truth.MET and follows is Truth.MET:
            why = tr("no new drug but endocrine therapy, no progression between")
        dated = any_of((start, follows))
        if numbered in (Truth.UNKNOWN, dated):
            pairs.append(_Pair(a, b, dated, why))
        else:  # what was recorded of the two against each other is shown as a contradiction
            truth = numbered if dated is Truth.UNKNOWN else Truth.UNKNOWN
            pairs.append(_Pair(a, b, truth, tr("recorded as one line"), disputed=dated is not Truth.UNKNOWN))
    return pairs


def _numbered(a: Row, b: Row) -> Truth:
    """Tell whether a person gave both rows the number of one line."""
    numbers = a.line.line, b.line.line
    if None in numbers:
        return Truth.UNKNOWN
    return Truth.MET if numbers[0] == numbers[1] else Truth.NOT_MET


def _key(a: Row, b: Row) -> frozenset[int]:
    return frozenset((a.number, b.number))


def _started_together(a: Row, b: Row) -> Truth:
    """Tell whether two rows start within 28 days, the earlier not stopped for progression or toxicity before."""
    if None in (a.line.setting, b.line.setting) and a.line.setting is not b.line.setting:
        same_setting = Truth.UNKNOWN
    else:
        same_setting = Truth.MET
    ended = any_of((_ended_before(a, b), _ended_before(b, a)))
    return all_of((same_setting, _within(a.started, b.started, SAME_START_DAYS), negate(ended)))


def may_start_together(first: SystemicLine, second: SystemicLine) -> bool:
    """Tell whether two rows may start so close to each other that they are rows of one line."""
    if first.start is None or second.start is None:
        return False
    return _within(first.start.span, second.start.span, SAME_START_DAYS) is not Truth.NOT_MET


def _ended_before(early: Row, late: Row) -> Truth:
    """Tell whether ``early`` stopped for progression or toxicity before the day ``late`` started."""
    reason = early.line.reason_stopped
    if early.line.ongoing or (reason and reason not in _SEPARATES):
        return Truth.NOT_MET
    return all_of((Truth.MET if reason else Truth.UNKNOWN, negate(_not_after(late.started, early.stopped))))


def _goes_on(early: Row, late: Row, rows: Sequence[Row], line: Sequence[Row]) -> Truth:
    """Tell whether ``late`` goes on with the line of ``early``: a subset of its drugs, endocrine therapy apart.

    Unless ``early`` still runs when ``late`` starts, nothing may have progressed between.
    """
    fits = all_of((_not_after(early.started, late.started), _no_new_drug(late, line)))
    running = Truth.MET if early.line.ongoing else negate(_not_after(early.stopped, late.started))
    if fits is Truth.NOT_MET or running is Truth.MET:  # decides alone; a long list has thousands of pairs
        return fits
    if fits is running is Truth.UNKNOWN:  # whatever happened between
        return Truth.UNKNOWN
    decided = (Truth.NOT_MET,) if running is Truth.NOT_MET else (Truth.NOT_MET, Truth.UNKNOWN)
    return all_of((fits, any_of((running, _calm(early, late, rows, decided)))))


def _calm(early: Row, late: Row, rows: Sequence[Row], decided: Sequence[Truth]) -> Truth:
    """Tell whether nothing progressed from ``early`` to the start of ``late``; one of ``decided`` is enough to know."""
    found = negate(progressed(early.line))
    for other in rows:
        if found in decided:
            break
        if other.number not in (early.number, late.number) and (grew := progressed(other.line)) is not Truth.NOT_MET:
            found = all_of((found, negate(all_of((grew, _between(early, other, late))))))
    return found


def _no_new_drug(late: Row, line: Sequence[Row]) -> Truth:
    known = {drug for row in line for group in row.drugs if len(group) == 1 for drug in group}
    maybe = known.union(*(group for row in line for group in row.drugs))
    complete = not any(row.unknown for row in line)
    found = [
        Truth.MET if group <= known else Truth.UNKNOWN if group & maybe or not complete else Truth.NOT_MET
        for group in late.drugs
        if not group <= late.endocrine
    ]
    return all_of((*found, Truth.UNKNOWN if late.unknown else Truth.MET))


def progressed(line: SystemicLine) -> Truth:
    """Tell whether disease progressed on a treatment: the reason it stopped, its best response, or where it progressed.

    UNKNOWN while neither is recorded, and where what is recorded disagrees.
    """
    signs = line.best_response == "progression" or line.progressed_in is not None
    if line.reason_stopped is None:
        return Truth.MET if signs else Truth.UNKNOWN
    if line.reason_stopped == "progression":
        return Truth.MET
    return Truth.UNKNOWN if signs else Truth.NOT_MET


def _not_after(a: Day, b: Day) -> Truth:
    """Tell whether ``a`` is on or before ``b``."""
    if a.high and b.low and a.high <= b.low:
        return Truth.MET
    return Truth.NOT_MET if a.low and b.high and a.low > b.high else Truth.UNKNOWN


def _within(a: Day, b: Day, days: int) -> Truth:
    """Tell whether two days lie at most ``days`` apart."""
    gaps = [(late.low - early.high).days for early, late in ((a, b), (b, a)) if late.low and early.high]
    if any(gap > days for gap in gaps):
        return Truth.NOT_MET
    if not (a.low and a.high and b.low and b.high):
        return Truth.UNKNOWN
    return Truth.MET if max((b.high - a.low).days, (a.high - b.low).days) <= days else Truth.UNKNOWN


def _between(early: Row, other: Row, late: Row) -> Truth:
    return all_of((_not_after(early.started, other.started), _not_after(other.started, late.started)))


def _groups(rows: Sequence[Row], pairs: Iterable[_Pair], joined: tuple[Truth, ...]) -> list[list[Row]]:
    """Return ``rows`` in groups that pairs of one of the truths join, in the order of the list."""
    group_of = {row.number: [row.number] for row in rows}  # one list for all rows of a group
    for pair in pairs:
        if pair.truth in joined:
            kept, gone = group_of[pair.first.number], group_of[pair.second.number]
            if kept is not gone:
                kept += gone
                group_of |= dict.fromkeys(gone, kept)
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(min(group_of[row.number]), []).append(row)
    return list(found.values())


def _merged(rows: Sequence[Row], pairs: Sequence[_Pair], following: Iterable[Row]) -> tuple[str, ...]:
    """Return which rows are one line and by which rule, and which continue a line because a person said so."""
    words = []
    for group in _groups(rows, pairs, (Truth.MET,)):
        if len(group) > 1:
            why = dict.fromkeys(p.why for p in pairs if p.truth is Truth.MET and p.first in group and p.second in group)
            numbers = ", ".join(str(row.number) for row in group)
            words.append(tr("rows {numbers} are one line: {why}").format(numbers=numbers, why="; ".join(why)))
    if numbers := ", ".join(str(row.number) for row in following):
        words.append(tr("continuing a line: row {numbers}").format(numbers=numbers))
    return tuple(words)


def _open(counted: Iterable[Row], sure: Sequence[Row], pairs: Iterable[_Pair]) -> tuple[str, ...]:
    """Return what keeps the count from being exact, row by row."""
    words = []
    for row in counted:
        if row not in sure:
            words.append(tr("row {n}: {why}").format(n=row.number, why=_why_unsure(row)))
    words += [
        tr("rows {a} and {b} may be one line: {why}").format(
            a=pair.first.number, b=pair.second.number, why=_lacking(pair.first, pair.second)
        )
        for pair in pairs
        if pair.truth is Truth.UNKNOWN
    ]
    more = len(words) - _REASONS
    return (*words[:_REASONS], tr("{n} more reasons").format(n=more)) if more > 1 else tuple(words)


_REASONS = 6
"""Reasons that are named; of many rows without a date every two are one, and the rest is counted."""


def _why_unsure(row: Row) -> str:
    if row.line.setting is None:
        return tr("setting not recorded")
    if row.line.setting in _EARLY:
        return tr("early treatment with a number of a metastatic line")
    return tr("names no drug that is known")


def _lacking(a: Row, b: Row) -> str:
    if Truth.UNKNOWN is not _numbered(a, b):
        return tr("their dates and the recorded numbers of lines disagree")
    if undated := [row.number for row in (a, b) if row.line.start is None]:
        return tr("start of row {n} not recorded").format(n=undated[0])
    if unknown := [row.number for row in (a, b) if row.unknown]:
        return tr("row {n} names no drug that is known").format(n=unknown[0])
    early = min((a, b), key=lambda row: (row.started.low is not None, row.started.low))
    if early.line.reason_stopped is None:
        return tr("why row {n} stopped is not recorded").format(n=early.number)
    return tr("the dates are not exact enough")
