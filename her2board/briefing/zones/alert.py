"""The urgency a person recorded, above everything else; nothing is computed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from her2board.briefing.formats import says, typed, worded
from her2board.briefing.model import Line, Part, Run, Words
from her2board.briefing.zones.base import Sources, Zone
from her2board.briefing.zones.texts import FEWEST, clip, text_forms
from her2board.case.terms import URGENT_SIGNS
from her2board.wording import tr


@dataclass(frozen=True, slots=True)
class AlertZone:
    """What was recorded as urgent, and what comes first."""

    title: str
    words: Words


def _compose(sources: Sources) -> AlertZone | None:
    """Return the band of a recorded urgency, or nothing."""
    bypass, urgency = sources.assessment.pause.bypass, sources.case.urgency
    if not bypass.open:
        return None
    origin = ("case:urgency.recorded_by", "case:urgency.recorded_on")
    by = urgency.recorded_by
    recorded = (
        worded(tr("recorded by {name}"), origin=origin, name=typed("urgency.recorded_by", by))
        if by
        else (Run(tr("recorded"), origin=origin),)
    )
    on = (Run(f" {urgency.recorded_on.shown()}", origin=origin),) if urgency.recorded_on else ()
    note = typed("urgency.note", urgency.note.rstrip(". ")) if urgency.note else ()
    present = [f"urgency.{sign}" for sign in URGENT_SIGNS if getattr(urgency, sign)] or ["urgency.note"]
    words = (
        Run(bypass.reasons[0], "bold", origin=says(*present)),
        Run(" \N{EN DASH} "),
        *recorded,
        *on,
        Run(". "),
        *((*note, Run(". ")) if note else ()),
        Run(tr("Follow the local urgent pathway; local therapy first. ")),
        Run(tr("Nothing on this page is a reason to wait; what is missing is completed afterwards.")),
    )
    return AlertZone(tr("URGENT, as recorded"), words)


def _outline(zone: AlertZone) -> Iterator[Part]:
    yield Part(zone.title, (Line("", zone.words),))


def _clipped(zone: AlertZone, most: int) -> AlertZone:
    return replace(zone, words=clip(zone.words, most))


def _fewest(zone: AlertZone) -> AlertZone:
    return replace(zone, words=clip(zone.words, 2 * FEWEST, FEWEST))


ZONE = Zone(AlertZone, _compose, shorter=text_forms(_clipped, _fewest), outline=_outline)
