"""Reads a pasted report and has a person review it: text left, what it offers right, one key each."""

from collections.abc import Callable
from functools import partial
from typing import get_args

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from her2board.capture.proposal import Offer
from her2board.capture.report.kinds import suggest_kind
from her2board.capture.report.model import Kind
from her2board.capture.report.reading import read_report
from her2board.case.drugs import Vocabulary
from her2board.gui.base import theme
from her2board.gui.base.labels import Label
from her2board.gui.document.document import CaseDocument
from her2board.gui.review.lines import Line, choices, lines_of, span_of, take, taken
from her2board.gui.review.text import ReportText
from her2board.gui.review.tree import ReviewTree, State
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
_SIZE = QSize(1180, 720)
_SHARES = (460, 720)


class ReviewWindow(QDialog):
    """The review of one report; what is taken over is a step of the case that can be undone."""

    field_wanted = Signal(str)
    """A field to edit in the form."""

    def __init__(self, document: CaseDocument, vocabulary: Vocabulary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Read a report"))
        self.resize(_SIZE)
        self._document = document
        self._vocabulary = vocabulary
        self.offer = Offer()
        self.lines: tuple[Line, ...] = ()
        self._answers: dict[int, object] = {}
        """Value that was taken over, by line."""
        self._left: set[int] = set()
        self.text = ReportText(self)
        self.text.place_chosen.connect(self._choose_at)
        self.text.textChanged.connect(self._suggest)
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(tr("Kind of report"))
        self.kind.addItem(tr("choose the kind of report"), "")
        for kind in get_args(Kind):
            self.kind.addItem(tr(KINDS[kind]), kind)
        self.kind.activated.connect(self._pick)
        self._picked = False
        self.tree = ReviewTree(self)
        self.tree.answered.connect(self._answer)
        self.tree.currentItemChanged.connect(self._follow)
        self.said = Label(self)
        self.said.setWordWrap(True)
        self._lay_out()
        document.case_changed.connect(self._refresh)
        theme.shape(self)
        self.text.setFocus()

    def _lay_out(self) -> None:
        self.read = self._button(tr("&Read it"), self.read_text)
        self.change = self._button(tr("&Change the text"), self._change_text)
        self.change.setEnabled(False)
        top = QHBoxLayout()
        for part in (self.kind, self.read, self.change):
            top.addWidget(part)
        top.addStretch(1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.text)
        split.addWidget(self.tree)
        split.setSizes(_SHARES)
        split.setChildrenCollapsible(False)
        bottom = QHBoxLayout()
        for words, deed in (
            (tr("&Accept (A)"), "accept"),
            (tr("&Leave (R)"), "reject"),
            (tr("&Edit in the form (E)"), "edit"),
            (tr("&Next (N)"), "next"),
            (tr("&Undo (U)"), "undo"),
        ):
            bottom.addWidget(self._button(words, partial(self._answer, deed, 0)))
        bottom.addStretch(1)
        bottom.addWidget(self._button(tr("Clo&se"), self.close))
        lines = QVBoxLayout(self)
        lines.addLayout(top)
        lines.addWidget(split, 1)
        lines.addWidget(self.said)
        lines.addLayout(bottom)

    def _button(self, words: str, deed: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda *_: deed())
        return button

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
        self.offer = read_report(self.text.toPlainText(), kind, self._vocabulary)
        self.lines = lines_of(self.offer)
        self._answers, self._left = {}, set()
        self.text.setReadOnly(True)
        self.change.setEnabled(True)
        self.tree.show_offer(self.offer, self.lines)
        self._refresh()
        self.tree.setFocus()
        if self.lines:
            self.tree.choose(0)
        else:
            self.said.setText(tr("Nothing in this text is offered. What was seen is listed with the reason."))

    def state(self, number: int) -> State:
        """Return whether a line was taken over, left, or waits for an answer; undo in the form counts."""
        line = self.lines[number]
        if number in self._answers and taken(line, self._document, self._answers[number]):
            return "accepted"
        return "rejected" if number in self._left else "open"

    def _pick(self) -> None:
        self._picked = True
        if self.text.isReadOnly():
            self.read_text()

    def _suggest(self) -> None:
        if not self._picked:
            self.kind.setCurrentIndex(max(0, self.kind.findData(suggest_kind(self.text.toPlainText()) or "")))

    def _change_text(self) -> None:
        self.offer, self.lines = Offer(), ()
        self.tree.clear()
        self.text.mark((), None)
        self.text.setReadOnly(False)
        self.change.setEnabled(False)
        self.text.setFocus()

    def _answer(self, deed: str, number: int) -> None:
        at = self.tree.number()
        if at is None:
            if deed == "next":
                self._go_on(-1)
            return
        match deed:
            case "accept":
                self._accept(at, None)
            case "choose":
                self._accept(at, number)
            case "reject":
                self._left.add(at)
                self._go_on(at)
            case "edit":
                self._edit(at)
            case "next":
                self._go_on(at)
            case "undo":
                self._undo(at)

    def _accept(self, at: int, chosen: int | None) -> None:
        line = self.lines[at]
        offered = choices(line, self._document)
        if self.state(at) == "accepted":
            self._go_on(at)
            return
        if chosen is None and len(offered) > 1:
            words = tr("{label}: choose by its number").format(label=line.label)
            self.said.setText(f"{words}: " + ", ".join(f"{n} {one.words}" for n, one in enumerate(offered, 1)))
            return
        if (chosen or 0) >= len(offered):
            return
        choice = offered[chosen or 0]
        if choice.keeps:
            self._left.add(at)
        elif problem := take(line, self._document, choice.value):
            self.said.setText(f"{line.label}: {problem}")
            return
        else:
            self._answers[at] = choice.value
            self._left.discard(at)
        self._go_on(at)

    def _edit(self, at: int) -> None:
        """Take the line over where that needs no choice, and lead to its field in the form."""
        if len(choices(self.lines[at], self._document)) == 1:
            self._accept(at, None)
        self.field_wanted.emit(self.lines[at].path)

    def _undo(self, at: int) -> None:
        if at in self._left:
            self._left.discard(at)
            self._refresh()
        elif self._answers:
            self._document.stack.undo()

    def _go_on(self, at: int) -> None:
        """Go to the next line that waits for an answer."""
        self._refresh()
        order = [*range(at + 1, len(self.lines)), *range(at + 1)]
        waiting = [number for number in order if self.state(number) == "open"]
        if waiting:
            self.tree.choose(waiting[0])
        else:
            self.said.setText(tr("Every line is answered. What was seen and not offered is at the end of the list."))

    def _refresh(self, *_: object) -> None:
        for number, line in enumerate(self.lines):
            self.tree.show_line(number, line, self.state(number), self._document)
        self.tree.settle()
        self._follow()

    def _follow(self, *_: object) -> None:
        """Show the place of what is chosen, and say its words."""
        place, at = self.tree.place(), self.tree.number()
        spans = [line.span for number, line in enumerate(self.lines) if self.state(number) != "rejected"]
        first = [span_of(one.source) for one in self.offer.read_first]
        seen = [span_of(one.source) for one in self.offer.not_offered]
        current = next((span for span in (*spans, *first, *seen) if span.start == place), None)
        if at is not None:
            current = self.lines[at].span
            self.said.setText(self.lines[at].proposal.kept or self.lines[at].proposal.words[0])
        self.text.mark([*spans, *first], current)
        if current is not None:
            self.text.show_place(current)

    def _choose_at(self, place: int) -> None:
        """Go to the line whose words were clicked."""
        found = [n for n, line in enumerate(self.lines) if line.span.start <= place < line.span.end]
        if found:
            self.tree.choose(found[0])
