"""Everything known about one patient for one discussion, one module per section of the form.

None is 'not recorded', never 'no'.
"""

from her2board.case.model.access import Access
from her2board.case.model.base import HIGHEST_GRADE, Absence, Count, Listed, Part
from her2board.case.model.board import Board, Considered, DisciplineInput, Outstanding
from her2board.case.model.brain import Brain, DatedSize, Lesion, LocalTherapy
from her2board.case.model.case import Case
from her2board.case.model.kept import KeptSentence, KeptText, SentenceSource
from her2board.case.model.meeting import Identity, Meeting
from her2board.case.model.neurology import Neurology
from her2board.case.model.organs import Organs
from her2board.case.model.patient import Patient
from her2board.case.model.sizes import Millimetres
from her2board.case.model.systemic import Exposure, Systemic, SystemicLine, SystemicLines
from her2board.case.model.tumour import Specimen, Tumour
from her2board.case.model.urgency import Urgency

__all__ = [
    "HIGHEST_GRADE",
    "Absence",
    "Access",
    "Board",
    "Brain",
    "Case",
    "Considered",
    "Count",
    "DatedSize",
    "DisciplineInput",
    "Exposure",
    "Identity",
    "KeptSentence",
    "KeptText",
    "Lesion",
    "Listed",
    "LocalTherapy",
    "Meeting",
    "Millimetres",
    "Neurology",
    "Organs",
    "Outstanding",
    "Part",
    "Patient",
    "SentenceSource",
    "Specimen",
    "Systemic",
    "SystemicLine",
    "SystemicLines",
    "Tumour",
    "Urgency",
]
