"""Case + assessment + library -> briefing. A pure function; nothing is measured here."""

from msgspec.structs import replace

from her2board.assessment.model import Assessment
from her2board.briefing.model import Briefing
from her2board.briefing.zones.base import Sources
from her2board.briefing.zones.header import HeaderZone
from her2board.briefing.zones.order import ORDER
from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import spoken_language, tr


def compose(
    case: Case,
    assessment: Assessment,
    library: EvidenceLibrary,
    dated: bool = True,
    identified: bool = False,
    unreviewed: bool = False,
) -> Briefing:
    """Return the briefing of a case; ``dated`` false says that ``as_of`` is today, not a meeting date.

    It has name and record number only when ``identified``; other texts are as the case has them. ``unreviewed`` says
    that nobody looked for names in them.
    """
    sources = Sources(case, assessment, library, dated, identified, unreviewed)
    composed = (zone.compose(sources) for zone in ORDER)
    briefing = Briefing("", spoken_language(), tuple(zone for zone in composed if zone is not None))
    title = tr("Tumour-board briefing, {code}").format(code=briefing.get(HeaderZone).code)
    return replace(briefing, title=title)
