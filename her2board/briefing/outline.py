"""A briefing as titled parts of labelled lines, for layouts that flow: slides with notes, an editable document."""

from typing import Any

from her2board.briefing.model import Briefing, Part
from her2board.briefing.zones.order import ORDER

_OUTLINES = {zone.kind: zone.outline for zone in ORDER}


def parts_of(zone: Any) -> tuple[Part, ...]:
    """Return the parts of one zone; a part without lines is left out."""
    return tuple(part for part in _OUTLINES[type(zone)](zone) if part.lines)


def outline(briefing: Briefing) -> tuple[Part, ...]:
    """Return every part of ``briefing`` in the order of the page; a part without lines is left out."""
    return tuple(part for zone in briefing.zones for part in parts_of(zone))
