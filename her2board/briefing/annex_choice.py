"""How much of an annex goes with a page."""

from typing import Literal

from her2board.wording import Marked

AnnexChoice = Literal["none", "short", "full"]
ANNEXES: dict[AnnexChoice, Marked] = {
    "none": "None",
    "short": "Short: four pages at most",
    "full": "Full: every cohort, option and reference",
}
