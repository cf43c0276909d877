"""Puts the single drugs of a list together that are one treatment, and holds those that are pieces of unknown ones."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from her2board.capture.report.line_agreement import drugs_of
from her2board.capture.report.model import Event
from her2board.case.drugs import Vocabulary
from her2board.wording import tr

_MONTH = len("2025-01")
_OF_ITS_OWN = ("line", "best_response", "reason_stopped", "progressed_in")
"""What a list of drugs does not say: an entry that does is of a history, and a line by itself."""
_AFTER_ALL = "9999"
_SEVERAL = 2


def without_pieces(read: Iterable[Event], vocabulary: Vocabulary) -> list[Event]:
    """Return lines; single drugs of one time are one line, and open where another was given beside some of them."""
    lines = list(read)
    dated = [line for line in lines if line.because is None and len(line.value.get("start", "")) >= _MONTH]
    pieces = [line for line in dated if _is_piece(line.value)]
    open_ = [one for one in pieces if any(_is_beside(one, other, vocabulary) for other in dated)]
    together = [
        group for group in _of_one_time(pieces) if len({drugs_of(one, vocabulary) for one in group}) >= _SEVERAL
    ]
    for group in together:
        before = [one for one in pieces if one not in group and _may_go_on(one.value, group[0].value["start"])]
        open_ += [*before, *(group if before else ())]
    wholes = {id(group[0]): _whole(group) for group in together if not any(one in open_ for one in group)}
    parts = [one for group in together if id(group[0]) in wholes for one in group[1:]]
    kept = [wholes.get(id(line), line) for line in lines if line not in parts]
    return [replace(line, because="open") if line in open_ else line for line in kept]


def _is_piece(value: dict[str, Any]) -> bool:
    """Tell whether a line is of one drug, with nothing that makes it a line of a history."""
    return len(value["drugs"]) == 1 and not value.keys() & set(_OF_ITS_OWN) and _may_be_of_now(value)


def _may_be_of_now(value: dict[str, Any]) -> bool:
    return bool(value.get("setting", "metastatic") == "metastatic")


def _of_one_time(pieces: list[Event]) -> list[list[Event]]:
    """Return the pieces that began, and ended, in the same month."""
    groups: dict[tuple[str, str, bool], list[Event]] = {}
    for one in sorted(pieces, key=lambda piece: piece.start):
        time = (one.value["start"][:_MONTH], one.value.get("stop", "")[:_MONTH], "ongoing" in one.value)
        groups.setdefault(time, []).append(one)
    return list(groups.values())


def _is_beside(line: Event, other: Event, vocabulary: Vocabulary) -> bool:
    """Tell whether another treatment was given for a part of the time of a line, and not the same time."""
    if other is line or drugs_of(other, vocabulary) <= drugs_of(line, vocabulary) or not _may_be_of_now(other.value):
        return False
    if len(_of_one_time([line, other])) == 1 and _is_piece(other.value):
        return False
    one, two = line.value, other.value
    same = one["start"][:_MONTH] == two["start"][:_MONTH]
    return same or _is_inside(one["start"], two) or _is_inside(two["start"], one)


def _is_inside(day: str, value: dict[str, Any]) -> bool:
    """Tell whether a day is after the month in which a line began, and before that in which it ended."""
    end = value.get("stop", _AFTER_ALL if "ongoing" in value else "")
    return bool(value["start"][:_MONTH] < day[:_MONTH] < end[:_MONTH])


def _may_go_on(value: dict[str, Any], start: str) -> bool:
    """Tell whether a drug of which no end is said began before a day, so that it may belong to what began then."""
    return "stop" not in value and bool(value["start"][:_MONTH] < start[:_MONTH])


def _whole(group: list[Event]) -> Event:
    """Return the one line of single drugs, which asks whether it is one."""
    names = [name for one in group for name in one.value["drugs"]]
    last = max(group, key=lambda one: one.end)
    asks = tr("one line? dates and setting")
    value = {**group[0].value, "drugs": list(dict.fromkeys(names))}
    return replace(group[0], value=value, end=last.end, trust="needs_eye", asks=asks)
