"""Everything known about one patient for one discussion."""

from typing import Annotated

from pydantic import Field

from her2board.case import terms as t
from her2board.case.model.access import Access
from her2board.case.model.base import Absence, Part, Text
from her2board.case.model.board import Board
from her2board.case.model.brain import Brain
from her2board.case.model.meeting import Identity, Meeting
from her2board.case.model.neurology import Neurology
from her2board.case.model.organs import Organs
from her2board.case.model.patient import Patient
from her2board.case.model.systemic import Systemic
from her2board.case.model.tumour import Tumour
from her2board.case.model.urgency import Urgency
from her2board.case.terms import Info


class Case(Part):
    """Everything known about one patient for one discussion."""

    code: Annotated[str, Field(min_length=1, max_length=40), Info("Case code", "H", 1)]
    origin: Annotated[t.CaseOrigin, Info("Real, published or invented")] = t.CaseOrigin.PATIENT
    source: Annotated[Text | None, Info("Source of a published or invented case", long=True)] = None
    status: Annotated[t.Status, Info("Status", "H", 38)] = "draft"
    identity: Identity = Field(default_factory=Identity)
    meeting: Meeting = Field(default_factory=Meeting)
    urgency: Urgency = Field(default_factory=Urgency)
    brain: Brain = Field(default_factory=Brain)
    neurology: Neurology = Field(default_factory=Neurology)
    patient: Patient = Field(default_factory=Patient)
    tumour: Tumour = Field(default_factory=Tumour)
    systemic: Systemic = Field(default_factory=Systemic)
    organs: Organs = Field(default_factory=Organs)
    access: Access = Field(default_factory=Access)
    board: Board = Field(default_factory=Board)
    absences: dict[str, Absence] = Field(default_factory=dict)
