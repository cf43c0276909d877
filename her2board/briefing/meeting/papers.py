"""The papers of a meeting: what each is called, what it is written as, what somebody asks for and gets."""

from msgspec import Struct

from her2board.assessment.paper import Paper
from her2board.briefing.annex_choice import AnnexChoice
from her2board.case.identity_review import Found
from her2board.case.model import Case
from her2board.wording import Marked


class PaperKind(Struct, frozen=True):
    """A paper: its name, the ending of its file, what it is in words."""

    name: str
    suffix: str
    label: Marked
    each: bool = False
    """A file for each case."""
    nameless: bool = False
    """Never has names and record numbers."""


_KINDS = (
    PaperKind("agenda", ".pdf", "Agenda (PDF)"),
    PaperKind("packet", ".pdf", "Packet: agenda and a page per case (PDF)"),
    PaperKind("requests", ".pdf", "Requests, a sheet for each who owes something (PDF)"),
    PaperKind("requests-text", ".txt", "Requests as text for mails (.txt)"),
    PaperKind("slips", ".pdf", "Decision slips (PDF)"),
    PaperKind("letters", ".docx", "Letters of the decisions (.docx)", each=True),
    PaperKind("calendar", ".ics", "Due days for a calendar (.ics)", nameless=True),
    PaperKind("workbook", ".xlsx", "The meeting as a workbook (.xlsx)"),
    PaperKind("table", ".csv", "The meeting as comma-separated text (.csv)"),
)
PAPERS = {kind.name: kind for kind in _KINDS}


class PaperWanted(Struct, frozen=True):
    """What somebody asks for."""

    kind: str
    meeting_id: str
    case_ids: tuple[str, ...] = ()
    """Cases of the meeting; none for all of them."""
    paper: Paper = "a4"
    annex: AnnexChoice = "none"
    slips: bool = False
    identified: bool = False
    """With name and record number; never without being asked for this very paper."""
    reviewed: bool = False
    """A person looked at what was replaced and what looks like a name."""


class PaperFile(Struct, frozen=True):
    """A file, and the name it may have."""

    name: str
    data: bytes


class PaperMade(Struct, frozen=True):
    """What was made, and what to say of it."""

    files: tuple[PaperFile, ...]
    """None where there is nothing to write: no decision, no day."""
    problems: tuple[str, ...] = ()
    """A message on each case that could not be printed."""
    notes: tuple[str, ...] = ()
    """What else there is to know: cases without a letter, names nobody looked for."""


class ToReview(Struct, frozen=True):
    """What a person looks at in a case, and in what the list says of it, before a paper leaves without names."""

    code: str
    case: Case
    found: tuple[Found, ...]
