"""The layouts of a packet, one entry each; the module that draws one is named here, and imported when it is needed."""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

from her2board.wording import Marked

if TYPE_CHECKING:
    from her2board.assessment.model import Assessment
    from her2board.briefing.model import Briefing, Run
    from her2board.briefing.packet import Agenda, Item, PacketOptions
    from her2board.case.model import Case
    from her2board.case.recorded import Recorded
    from her2board.evidence.library import EvidenceLibrary


class Layout(Struct, frozen=True):
    """A layout: how it is named, what it is written as, and the module that draws it."""

    name: str
    suffix: str
    maker: str
    """A module with ``make`` and ``steps``, see ``Maker``."""
    label: Marked
    has_pages: bool = False
    """Holds the page of each case, which carries the case, and may have slips and annexes with it."""


_LAYOUTS = (
    Layout("pages", ".pdf", "pdf.packet", "Agenda and a page per case (PDF)", has_pages=True),
    Layout("agenda", ".pdf", "pdf.agenda", "Agenda alone (PDF)"),
    Layout("handout", ".pdf", "pdf.handout", "Handout: a table, one row per case (PDF)"),
    Layout("requests", ".pdf", "pdf.requests", "Requests: what each department still owes (PDF)"),
    Layout("requests-text", ".txt", "office.mail", "Requests as text for mails, one per department (.txt)"),
    Layout("slips", ".pdf", "pdf.slips", "Decision slips, one per case (PDF)"),
    Layout("slides", ".pptx", "office.slides", "Slides, two per case, to edit (.pptx)"),
    Layout("document", ".docx", "office.document", "Document, the page of each case, to edit (.docx)"),
)
LAYOUTS = {layout.name: layout for layout in _LAYOUTS}


class Work(Struct, frozen=True):
    """What a layout is made from."""

    agenda: "Agenda"
    options: "PacketOptions"
    library: "EvidenceLibrary"
    drawn: Callable[[], None]
    """To be called at each step; stops the work by raising."""
    carried: Callable[["Item"], Any]
    """Returns what travels with the page of a case."""
    assessed: Callable[["Item"], tuple["Case", "Assessment", Sequence["Recorded"]]]
    """Returns a case with its assessment, and what of it the page that was laid out does not show in full."""
    annexed: Callable[["Item", Iterable["Run"]], None]
    """Is given what was written in the annex of a case."""
    laid_out: Callable[["Item", Iterable["Run"], "Briefing"], None]
    """Is given what was written on the page of a case, and its words as shortened."""


class Maker(Protocol):
    """The module that draws a layout."""

    def make(self, work: Work) -> bytes:
        """Return the file."""

    def steps(self, options: "PacketOptions", cases: int) -> int:
        """Return how often ``drawn`` is called for so many cases."""


def maker(layout: Layout) -> Maker:
    """Return the module that draws a layout, imported when it is needed."""
    found: Maker = import_module(f"her2board.{layout.maker}")
    return found


def by_suffix(suffix: str) -> Layout:
    """Return the first layout that is written with a suffix; the pages for any other."""
    return next((layout for layout in _LAYOUTS if layout.suffix == suffix), _LAYOUTS[0])
