"""What typed text is read beside: the day of the meeting, and the names of drugs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from her2board.case.dates import PartialDate
from her2board.gui.document.document import CaseDocument
from her2board.gui.form.drug_names import DrugNames

if TYPE_CHECKING:  # imported with the first list that is shown
    from her2board.capture.tables.entries import PasteContext


class Around(Struct, frozen=True):
    """Knows what is around a field of the open case; ``today`` is the day where the meeting has none."""

    document: CaseDocument
    drugs: DrugNames
    today: Callable[[], date]

    def day(self) -> date:
        """Return the day that dates without a year are read beside."""
        meeting = self.document.value("meeting.date")
        return (PartialDate.parse(meeting).exact if meeting else None) or self.today()

    def context(self) -> PasteContext:
        """Return what copied tables and typed cells are read beside."""
        from her2board.capture.tables.entries import PasteContext

        return PasteContext(self.drugs.vocabulary, self.day())
