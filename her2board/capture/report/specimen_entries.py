"""Puts the parts of one specimen together; what may be another's is left out."""

from typing import Any

from her2board.capture.report.model import Event
from her2board.capture.report.specimen_heads import Head
from her2board.capture.typed import Candidate
from her2board.case.receptors import counts_contradict
from her2board.wording import tr

FIELD = "tumour.specimens[]"
RECEPTORS = ("er", "pr", "ihc", "ish", "her2_stated")
_OF_ISH = ("ish", "ish_ratio", "her2_copies")
_FEWEST_WITHOUT_SITE = 2
"""Results that a specimen of unknown site has at least; one alone may be of another."""


def specimen_entry(parts: list[Event], head: Head | None) -> Event | None:
    """Return one entry of its parts; a key with two values is left out."""
    values: dict[str, set[Any]] = {}
    for part in parts:
        for key, value in (part.value or {}).items():
            values.setdefault(key, set()).add(value)
    value = {key: next(iter(found)) for key, found in values.items() if len(found) == 1}
    contrary = {key for key, found in values.items() if len(found) > 1 and key != "day"}
    if len(contrary) > 1 or (contrary and (head is None or head.in_prose)):
        return None  # results of another specimen may be among them
    if "ihc" in contrary or _is_contradicted(value):
        value = {key: found for key, found in value.items() if key not in _OF_ISH}
    if not any(key in value for key in (*RECEPTORS, "ish_ratio", "er_percent", "pr_percent")):
        return None
    used = [part for part in parts if part.readings or any(key in value for key in part.value or ())]
    if head is None and len(set(value) & set(RECEPTORS)) < _FEWEST_WITHOUT_SITE:
        return None
    if head is not None:
        value = {"site": head.site, **value}
    if "day" not in value and "ish" not in value and "ihc" not in value:
        value.pop("her2_tested", None)
    readings = _dated_readings(used, value)
    first = min(used, key=lambda part: part.start)
    starts = [part.start for part in used] + ([head.start] if head else [])
    return Event(
        rule="specimen",
        field=FIELD,
        value=None if readings else value,
        start=min(starts),
        end=max(part.end for part in used),
        sentence=first.sentence,
        trust="two_readings" if readings else "stated",
        readings=readings,
        asks=tr("day or month first?") if readings else "",
    )


def _is_contradicted(value: dict[str, Any]) -> bool:
    """Tell whether the result of ISH is other than the figures beside it: none of them is sure then."""
    return "ish" in value and counts_contradict(value["ish"], value.get("ish_ratio"), value.get("her2_copies"))


def _dated_readings(parts: list[Event], value: dict[str, Any]) -> tuple[Candidate, ...]:
    """Return the whole entry once for each reading of its day, where the text leaves the day open."""
    days = [part.readings for part in parts if part.readings]
    if len(days) != 1 or "day" in value:
        return ()
    return tuple(Candidate({**value, **one.value}, one.words) for one in days[0])
