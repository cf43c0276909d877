"""Proposes which rows of a pasted table of drugs are one line of therapy. A person takes or refuses each proposal."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from her2board.capture.date_readings import show_date
from her2board.case.drugs import Vocabulary
from her2board.wording import tr


class LineProposal(Struct, frozen=True):
    """Rows that may be one line: their numbers from 0, the entry they make together, and why, in words."""

    rows: tuple[int, ...]
    entry: Mapping[str, Any]
    reason: str


def propose_lines(entries: Sequence[Mapping[str, Any]], vocabulary: Vocabulary) -> tuple[LineProposal, ...]:
    """Return the rows that hold one drug each of one regimen: same start, and nothing in which they differ.

    Rows without a start, of supportive drugs, or with different ends, settings or reasons stay apart: how they count
    is for the count of lines, not for a table.
    """
    groups: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        if entry.get("start") and entry.get("drugs") and not _supportive(entry, vocabulary):
            groups.setdefault(entry["start"], []).append(number)
    found = []
    for start, rows in groups.items():
        together = _together([entries[number] for number in rows]) if len(rows) > 1 else None
        if together is not None:
            reason = tr("{n} rows that start on {day} and differ in the drug only")
            found.append(LineProposal(tuple(rows), together, reason.format(n=len(rows), day=show_date(start))))
    return tuple(found)


def _supportive(entry: Mapping[str, Any], vocabulary: Vocabulary) -> bool:
    return all(map(vocabulary.is_supportive, entry["drugs"]))


def _together(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return what the rows say together; None when two of them say different things."""
    entry: dict[str, Any] = {"drugs": list(dict.fromkeys(name for row in rows for name in row["drugs"]))}
    notes = list(dict.fromkeys(row["note"] for row in rows if "note" in row))
    for row in rows:
        for path, value in row.items():
            if path not in ("drugs", "note") and entry.setdefault(path, value) != value:
                return None
    if any(row.get(end) != rows[0].get(end) for row in rows for end in ("stop", "ongoing")):
        return None
    return {**entry, "note": "; ".join(notes)} if notes else entry
