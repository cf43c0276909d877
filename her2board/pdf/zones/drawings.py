"""Which zone has which drawing. A zone that is not listed is written as the lines of its outline."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from her2board.briefing.zones.alert import AlertZone
from her2board.briefing.zones.brain import BrainZone
from her2board.briefing.zones.checks import CheckZone
from her2board.briefing.zones.decision import DecisionZone
from her2board.briefing.zones.header import HeaderZone
from her2board.briefing.zones.local import LocalZone
from her2board.briefing.zones.missing import MissingZone
from her2board.briefing.zones.options import OptionZone
from her2board.briefing.zones.patient import PatientZone
from her2board.briefing.zones.pause import PauseZone
from her2board.briefing.zones.question import QuestionZone
from her2board.briefing.zones.tumour import TumourZone
from her2board.pdf.zones.alert import draw_alert
from her2board.pdf.zones.foot import draw_decision, draw_missing
from her2board.pdf.zones.header import draw_header
from her2board.pdf.zones.options import draw_options
from her2board.pdf.zones.pause import draw_pause
from her2board.pdf.zones.place import Place
from her2board.pdf.zones.rows import draw_rows
from her2board.pdf.zones.texts import draw_checks, draw_local, draw_parts, draw_question
from her2board.pdf.zones.tumour import draw_tumour


class Drawing(Struct, frozen=True):
    """How a zone is drawn."""

    draw: Callable[[Place, Any, float], float]
    """Draws a zone at a place from a height on; returns the height below it."""
    share: float = 1.0
    """Part of the width it takes; neighbours with less than the whole are drawn side by side, the last to the edge."""
    empty: float | None = None
    """The part it takes as the last of two where nothing is recorded in it."""


AS_LINES = Drawing(draw_parts)
DRAWINGS: dict[type[Any], Drawing] = {
    HeaderZone: Drawing(draw_header),
    AlertZone: Drawing(draw_alert),
    QuestionZone: Drawing(draw_question),
    BrainZone: Drawing(draw_rows, 0.555),
    PatientZone: Drawing(draw_rows, 0.445),
    TumourZone: Drawing(draw_tumour),
    CheckZone: Drawing(draw_checks),
    PauseZone: Drawing(draw_pause),
    OptionZone: Drawing(draw_options),
    LocalZone: Drawing(draw_local),
    MissingZone: Drawing(draw_missing, 0.58),
    DecisionZone: Drawing(draw_decision, 0.42, 0.37),
}
