"""The zones in the order of the page. A new one is its module and its place here.

Each form a zone declares has its place in one order: what says the same in fewer words; long texts; earlier
treatments; points to check beyond the first; words of an option row; things to ask beyond the first three; option
rows, down to one phrase each; the drawing of the lesions; the drawing of the timeline; what receptors rest on; last of
all what disciplines said that no source names. Only what a person typed is ever cut inside, and every text keeps its
beginning: a recorded number, date or choice stays. The pause zone keeps every discipline, alternative and situation;
required fields keep their row.
"""

from typing import Any

from her2board.briefing.zones import (
    alert,
    brain,
    checks,
    decision,
    footer,
    header,
    local,
    missing,
    options,
    patient,
    pause,
    question,
    tumour,
)
from her2board.briefing.zones.base import Zone

ORDER: tuple[Zone[Any], ...] = (
    header.ZONE,
    alert.ZONE,
    question.ZONE,
    brain.ZONE,
    patient.ZONE,
    tumour.ZONE,
    checks.ZONE,
    pause.ZONE,
    options.ZONE,
    local.ZONE,
    missing.ZONE,
    decision.ZONE,
    footer.ZONE,
)
