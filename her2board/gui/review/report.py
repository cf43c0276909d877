"""Reads a pasted report for the review; a person picks its kind where the words leave it open."""

from typing import get_args

from PySide6.QtWidgets import QWidget

from her2board.capture.proposal import Offer
from her2board.capture.report.kinds import suggest_kind
from her2board.capture.report.model import Kind
from her2board.capture.report.reading import read_report
from her2board.case.drugs import Vocabulary
from her2board.gui.document.document import CaseDocument
from her2board.gui.review.picker import Picker
from her2board.gui.review.window import ReviewWindow
from her2board.wording import Marked, tr

KINDS: dict[Kind, Marked] = {
    "pathology": "pathology report",
    "radiotherapy_summary": "radiotherapy summary",
    "echo": "echocardiography",
    "brain_mri": "MRI of the brain",
    "systemic_history": "history of systemic treatment",
    "clinic_letter": "letter of a clinic",
    "discharge_summary": "discharge summary",
    "emergency_note": "emergency note",
    "board_note": "note of a board",
}


class ReportReview(ReviewWindow):
    """The review of one report."""

    def __init__(self, document: CaseDocument, vocabulary: Vocabulary, parent: QWidget | None = None) -> None:
        super().__init__(document, tr("Read a report"), parent)
        self._vocabulary = vocabulary
        self._picked = False
        self.kind = Picker(tr("Kind of report"), self)
        self.kind.addItem(tr("choose the kind of report"), "")
        for kind in get_args(Kind):
            self.kind.addItem(tr(KINDS[kind]), kind)
        self.kind.activated.connect(self._pick)
        self.read = self.button(tr("&Read it"), self.read_text)
        self.change = self.button(tr("&Change the text"), self._change_text)
        self.change.setEnabled(False)
        self.lay_out(self.kind, self.read, self.change)
        self.text.textChanged.connect(self._suggest)
        self.text.setFocus()

    def paste(self, text: str) -> None:
        """Take a text; where its kind is plain, read it at once."""
        self.text.setPlainText(text)
        if self.kind.currentData():
            self.read_text()

    def read_text(self) -> None:
        """Read the text as the kind that is chosen."""
        kind = self.kind.currentData()
        if not kind:
            self.said.setText(tr("What kind of report is this? Choose it above."))
            self.kind.setFocus()
            return
        self.text.setReadOnly(True)
        self.change.setEnabled(True)
        self.show_offer(read_report(self.text.toPlainText(), kind, self._vocabulary))
        if not self.lines:
            self.said.setText(tr("Nothing in this text is offered. What was seen is listed with the reason."))

    def _pick(self) -> None:
        self._picked = True
        if self.text.isReadOnly():
            self.read_text()

    def _suggest(self) -> None:
        if not self._picked:
            self.kind.setCurrentIndex(max(0, self.kind.findData(suggest_kind(self.text.toPlainText()) or "")))

    def _change_text(self) -> None:
        self.show_offer(Offer())
        self.text.setReadOnly(False)
        self.change.setEnabled(False)
        self.text.setFocus()
