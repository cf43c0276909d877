"""Puts rows of one drug each together as lines of therapy; a person takes or refuses each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from her2board.capture.date_readings import show_date
from her2board.case.dates import PartialDate
from her2board.case.drugs import Vocabulary
from her2board.exchange.one_line import TOGETHER_DAYS, are_alternatives
from her2board.wording import tr

Entry = Mapping[str, Any]


class TableLine(Struct, frozen=True):
    """Rows that are one line: their numbers, the entry they make, and how that follows from them."""

    rows: tuple[int, ...]
    entry: Entry
    derived: str = ""
    asks: str = ""


def lines_of(entries: Sequence[Entry], vocabulary: Vocabulary) -> Iterator[TableLine]:
    """Yield the lines in the order of the table: rows that begin together and agree, and each other row alone."""
    taken: set[int] = set()
    for number, entry in enumerate(entries):
        if number in taken:
            continue
        group = [number]
        began = False
        for other in range(number + 1, len(entries)):
            if other in taken:
                continue
            so_far = [entries[n] for n in group]
            if _belongs(entries[other], so_far, vocabulary) or (not began and _again(entries[other], so_far)):
                group.append(other)
            else:
                began = began or bool(entries[other].get("drugs"))  # something else
        taken |= set(group)
        yield _line(group, entries) if len(group) > 1 else TableLine((number,), entry)


def _belongs(row: Entry, group: Sequence[Entry], vocabulary: Vocabulary) -> bool:
    first = group[0]
    if not row.get("drugs") or not first.get("drugs") or not _near(first.get("start"), row.get("start")):
        return False
    agrees = all(one.get("setting", row["setting"]) == row["setting"] for one in group) if "setting" in row else True
    agrees = agrees and all(one.get("line") == row.get("line") for one in group)
    over = any(one.get("stop") and _before(one["stop"], row["start"]) for one in group)
    ids = [{id_ for name in one["drugs"] for id_ in vocabulary.resolve(name)} for one in (row, *group)]
    return agrees and not over and not are_alternatives(ids[0], set().union(*ids[1:]), vocabulary)


def _again(row: Entry, group: Sequence[Entry]) -> bool:
    """Tell whether a row is a further cycle: drugs of the line given again, which had not ended, and nothing more."""
    drugs = {name.casefold() for one in group for name in one.get("drugs", ())}
    mine = {name.casefold() for name in row.get("drugs", ())}
    bare = all(one.keys() <= {"drugs", "start"} for one in (row, *group))
    return bool(mine) and mine <= drugs and bare


def _near(first: str | None, second: str | None) -> bool:
    """Tell whether two days are within two weeks; of months and years, whether they are the same."""
    if not first or not second:
        return False
    one, other = PartialDate.parse(first).exact, PartialDate.parse(second).exact
    if one is None or other is None:
        return first == second
    return abs((other - one).days) <= TOGETHER_DAYS


def _before(first: str, second: str) -> bool:
    return PartialDate.parse(second).surely_after(PartialDate.parse(first))


def _line(group: Sequence[int], entries: Sequence[Entry]) -> TableLine:
    rows = [entries[number] for number in group]
    entry: dict[str, Any] = {"drugs": list(dict.fromkeys(name for row in rows for name in row["drugs"]))}
    starts = [row["start"] for row in rows if row.get("start")]
    if starts:
        entry["start"] = min(starts, key=lambda day: PartialDate.parse(day))
    for path in dict.fromkeys(path for row in rows for path in row):
        values = [row[path] for row in rows if path in row]
        if path not in (*entry, "stop", "ongoing", *_OF_THE_END) and all(value == values[0] for value in values):
            entry[path] = values[0]
    asks = [tr("one line of therapy?")]
    stops = [row.get("stop") for row in rows]
    last = [row for row in rows if not any(stop and _before(row.get("stop") or stop, stop) for stop in stops)]
    if all(stops):
        entry["stop"] = last[0]["stop"]
        entry |= {path: last[0][path] for path in _OF_THE_END if path in last[0] and _same(path, last)}
    if all(row.get("ongoing") for row in rows):
        entry["ongoing"] = True
    if len(set(stops)) > 1:
        ended = (f"{', '.join(row['drugs'])} {show_date(row['stop']) if row.get('stop') else '?'}" for row in rows)
        asks.append(tr("drugs ended on different days: {days}").format(days="; ".join(ended)))
    derived = tr("{n} rows that begin together").format(n=len(rows))
    return TableLine(tuple(group), entry, derived, "; ".join(asks))


_OF_THE_END = ("reason_stopped", "progressed_in", "best_response")


def _same(path: str, rows: Sequence[Entry]) -> bool:
    return all(row.get(path) == rows[0].get(path) for row in rows)
