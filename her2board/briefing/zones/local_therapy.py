"""Local therapies of the brain in words."""

from her2board.briefing.formats import joined, typed
from her2board.briefing.model import Run, Style, Words
from her2board.case.model import LocalTherapy
from her2board.case.terms import spoken
from her2board.case.treatment import local_details

_PATH = "brain.local_therapies"


def local_therapy_words(therapy: LocalTherapy, style: Style = "plain") -> Words:
    """Return one local therapy in a few words: 'radiosurgery, left frontal, 24 Gy in 3, Mar 2026'."""
    origin = (f"case:{_PATH}",)
    kind = (Run(spoken(therapy.kind), style, origin=origin),)
    site = typed(_PATH, therapy.site) if therapy.site else ()
    return joined((kind, site, (Run(local_details(therapy), origin=origin),)), ", ")
