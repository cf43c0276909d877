"""Reads a pasted report for the review; a person picks its kind where the words leave it open."""

from typing import get_args

from PySide6.QtWidgets import QCheckBox, QWidget

from her2board.capture.kept import kept_text
from her2board.capture.proposal import Offer
from her2board.capture.report.kinds import suggest_kind
from her2board.capture.report.model import Kind
from her2board.capture.report.reading import read_report
from her2board.case.drugs import Vocabulary
from her2board.case.kept import with_text, without_text
from her2board.case.model import KeptText
from her2board.case.model.kept import LONGEST_TEXT
from her2board.case.terms import SourceKind
from her2board.gui.base.labels import plain_tip
from her2board.gui.document.document import CaseDocument
from her2board.gui.review.picker import Picker
from her2board.gui.review.window import ReviewWindow
from her2board.wording import tr


class ReportReview(ReviewWindow):
    """The review of one report."""

    def __init__(self, document: CaseDocument, vocabulary: Vocabulary, parent: QWidget | None = None) -> None:
        super().__init__(document, tr("Read a report"), parent)
        self._vocabulary = vocabulary
        self._picked = False
        self.kind = Picker(tr("Kind of report"), self)
        self.kind.addItem(tr("choose the kind of report"), "")
        for kind in get_args(Kind):
            self.kind.addItem(tr(SourceKind(kind).label), kind)
        self.kind.activated.connect(self._pick)
        self.read = self.button(tr("&Read it"), self.read_text)
        self.change = self.button(tr("&Change the text"), self._change_text)
        self.change.setEnabled(False)
        self.keep = QCheckBox(tr("&Keep the text with the case"), self)
        self.keep.setToolTip(plain_tip(tr("All of it, names included, in the case file; otherwise only the sentences")))
        self.keep.clicked.connect(self._keep)
        self.lay_out(self.kind, self.read, self.change, self.keep)
        self._follow_text()
        document.case_changed.connect(self._follow_text)
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
        self._follow_text()
        if any(part.why == "patients" for part in self.offer.unread):
            self.said.setText(tr("More than one patient: change the text so that only the part of this one is left."))
        elif not self.lines:
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
        self._follow_text()
        self.text.setReadOnly(False)
        self.change.setEnabled(False)
        self.text.setFocus()

    def _kept(self) -> KeptText | None:
        """Return the text that was read as the case may keep it; None where none was, or it is too long."""
        read_from = self.offer.read_from
        return kept_text(self.text.toPlainText(), read_from) if read_from else None

    def _follow_text(self, *_: object) -> None:
        """Show whether the text that was read is kept; undo in the form counts."""
        case, kept = self._document.case, self._kept()
        self.keep.setEnabled(self.offer.read_from is not None)
        self.keep.setChecked(case is not None and kept in case.texts)

    def _keep(self, wanted: bool) -> None:
        case, kept = self._document.case, self._kept()
        if case is None:
            return
        if kept is None:
            words = tr("The text has more than {n:,} characters; only the sentences are kept.")
            self.said.setText(words.format(n=LONGEST_TEXT))
        elif wanted:
            self._document.change_to(with_text(case, kept), tr("Keep the text of the report"))
        else:
            self._document.change_to(without_text(case, kept), tr("Remove the text of the report"))
        self._follow_text()
