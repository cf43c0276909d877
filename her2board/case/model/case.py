"""Everything known about one patient for one discussion."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from her2board.case import terms as t
from her2board.case.model.access import Access
from her2board.case.model.base import Absence, Part, Text
from her2board.case.model.board import Board
from her2board.case.model.brain import Brain
from her2board.case.model.kept import MOST_TEXTS, KeptSentence, KeptText
from her2board.case.model.meeting import Identity, Meeting
from her2board.case.model.neurology import Neurology
from her2board.case.model.organs import Organs
from her2board.case.model.patient import Patient
from her2board.case.model.systemic import Systemic
from her2board.case.model.tumour import Tumour
from her2board.case.model.urgency import Urgency
from her2board.case.terms import Info
from her2board.wording import tr

_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
"""Characters that end a line or turn it round; a code is in names of files, titles and messages."""


def _in_one_line(code: str) -> str:
    if found := _STEERING.search(code):
        words = tr("contains the control character U+{number:04X}; write the code without it")
        raise ValueError(words.format(number=ord(found[0])))
    return code


class Case(Part):
    """Everything known about one patient for one discussion."""

    code: Annotated[str, Field(min_length=1, max_length=40), AfterValidator(_in_one_line), Info("Case code", "H", 1)]
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
    sentences: tuple[KeptSentence, ...] = ()
    """What accepted facts were read from; each counts only while its value is recorded: see ``case.kept``."""
    texts: Annotated[tuple[KeptText, ...], Field(max_length=MOST_TEXTS)] = ()
