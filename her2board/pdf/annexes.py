"""The annex that was chosen, as sheets."""

from collections.abc import Sequence

from her2board.assessment.model import Assessment
from her2board.assessment.paper import Paper
from her2board.briefing.annex_choice import AnnexChoice
from her2board.case.model import Case
from her2board.case.recorded import Recorded
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.annex import annex_sheets
from her2board.pdf.annex_short import short_annex_sheets
from her2board.pdf.blocks import Sheet


def chosen_annex(
    choice: AnnexChoice,
    case: Case,
    assessment: Assessment,
    library: EvidenceLibrary,
    paper: Paper,
    left: Sequence[Recorded],
) -> Sequence[Sheet]:
    """Return the annex of a case; ``left`` is what of the case its page does not show in full."""
    if choice == "full":
        return annex_sheets(assessment, library, paper, case)
    return short_annex_sheets(case, assessment, library, paper, left) if choice == "short" else ()
