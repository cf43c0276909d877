"""Has a person review what a source offers: its text left, the proposals right, one key each."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from her2board.capture.kept import kept_sentence
from her2board.capture.proposal import Offer, Source, TextSpan
from her2board.case.model import KeptSentence
from her2board.gui.base import theme
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.document.document import CaseDocument
from her2board.gui.review.lines import (
    Line,
    Remark,
    choices,
    dates_another,
    goes_with_others,
    lines_of,
    other_day,
    span_of,
    take,
    times,
)
from her2board.gui.review.text import SourceText
from her2board.gui.review.tree import ReviewTree, State
from her2board.wording import Marked, tr, trn

_SIZE = QSize(1180, 720)
_SHARES = (420, 760)
_DEEDS: tuple[tuple[str, Marked, Marked], ...] = (
    ("accept", "&Accept (A)", ""),
    (
        "section",
        "Accept sec&tion (S)",
        "All that is plainly stated in the section of the chosen line; what needs your eye or a choice, and what is "
        "worked out or quoted, is left for an answer of its own",
    ),
    ("reject", "&Leave (R)", ""),
    ("edit", "&Edit in the form (E)", ""),
    ("next", "&Next (N)", ""),
    ("undo", "&Undo (U)", ""),
)
"""What the buttons do, their words, and more about them where the words leave it open."""


class ReviewWindow(QDialog):
    """The review of one source; what is taken over is a step of the case that can be undone."""

    field_wanted = Signal(str)
    """A field to edit in the form."""
    _by_field = False
    """Whether lines are in the order of the form, as the source has none that a person reads in."""

    def __init__(self, document: CaseDocument, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(_SIZE)
        self._document = document
        self.offer = Offer()
        self.lines: tuple[Line, ...] = ()
        self.place: Callable[[Source], TextSpan] = span_of
        """Where in the text something was read."""
        self.labels: Mapping[Source, str] = {}
        """What rows of a table are called."""
        self._answers: dict[int, tuple[object, int]] = {}
        """Value that was taken over, by line, and how often it was recorded then."""
        self._left: set[int] = set()
        self._deeds: dict[str, QPushButton] = {}
        self._warned: tuple[TextSpan, ...] = ()
        """What is read first, and what contradicts itself: never taken over together with others."""
        self._taking = False
        """Whether values are being taken over: what is shown follows at the end."""
        self.text = SourceText(self)
        self.text.place_chosen.connect(self._choose_at)
        self.tree = ReviewTree(self)
        self.tree.answered.connect(self._answer)
        self.tree.currentItemChanged.connect(self._follow)
        self.said = Label(self)
        self.said.setWordWrap(True)
        self.progress = Label(self)
        self.stays = False
        """Whether the review goes on with the next case that is opened: one case holds one patient."""
        document.case_changed.connect(self._refresh)
        document.case_replaced.connect(self._leave_case)

    def lay_out(self, *above: QWidget) -> None:
        """Put the parts in their places, ``above`` at the top."""
        top = QHBoxLayout()
        for part in above:
            top.addWidget(part)
        top.addStretch(1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.text)
        split.addWidget(self.tree)
        split.setSizes(_SHARES)
        split.setChildrenCollapsible(False)
        bottom = QHBoxLayout()
        for deed, words, more in _DEEDS:
            button = self.button(tr(words), partial(self._answer, deed, 0))
            button.setToolTip(plain_tip(tr(more)))
            button.setProperty("leading", deed == "accept")
            button.setEnabled(False)  # nothing is read yet
            self._deeds[deed] = button
            bottom.addWidget(button)
        bottom.addStretch(1)
        bottom.addWidget(self.progress)
        bottom.addWidget(self.button(tr("Clo&se"), self.close))
        lines = QVBoxLayout(self)
        lines.addLayout(top)
        lines.addWidget(split, 1)
        lines.addWidget(self.said)
        lines.addLayout(bottom)
        theme.shape(self)

    def button(self, words: str, deed: Callable[[], object]) -> QPushButton:
        """Return a button that does ``deed``; Return does not press it."""
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda *_: deed())
        return button

    def show_offer(self, offer: Offer, against: Sequence[Remark] = (), silent: str = "") -> None:
        """Show what a source offers, what contradicts itself in it and what was not read; every line waits."""
        self.offer, self.lines = offer, lines_of(offer, self.place, by_field=self._by_field)
        self._answers, self._left = {}, set()
        first = [self.place(one.source) for one in offer.read_first]
        self._warned = (*first, *(span for remark in against for span in remark.spans))
        self.tree.show_offer(offer, self.lines, self.place, against, silent)
        self._refresh()
        self.tree.setFocus()
        if self.lines:
            self.tree.choose(0)

    def _leave_case(self) -> None:
        """Close, as what is read here is of the patient whose case was open."""
        if not self.stays:
            self.close()

    def state(self, number: int) -> State:
        """Return whether a line was taken over, left, or waits for an answer; undo in the form counts."""
        if number in self._left:
            return "rejected"
        value, count = self._answers.get(number, (None, 0))
        return "accepted" if count and times(self.lines[number], self._document, value) >= count else "open"

    def _answer(self, deed: str, number: int) -> None:
        at = self.tree.number()
        if at is None:
            if deed == "next":
                self._go_on(-1)
            return
        match deed:
            case "accept":
                self._accept(at, None)
            case "section":
                self._accept_section(at)
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
            self.said.setText(f"{words}: " + ", ".join(f"{n}) {one.words}" for n, one in enumerate(offered, 1)))
            return
        if (chosen or 0) >= len(offered):
            return
        choice = offered[chosen or 0]
        if choice.keeps:
            self._left.add(at)
        elif problem := self._take(at, choice.value):
            self.said.setText(problem)
            return
        self._go_on(at)

    def _take(self, at: int, value: object) -> str:
        """Record a value of a line; return what is wrong with it, or nothing."""
        line = self.lines[at]
        self._taking = True
        try:
            problem = take(line, self._document, value, self._sentence(line, value))
        finally:
            self._taking = False
        if problem:
            return f"{line.label}: {problem}"
        self._answers[at] = value, times(line, self._document, value)
        self._left.discard(at)
        return ""

    def _accept_section(self, at: int) -> None:
        """Take over what is plainly stated in the section of a line and waits, each as a step of its own."""
        section = self.lines[at].section
        numbers = [number for number, line in enumerate(self.lines) if line.section == section]
        day = other_day([self.lines[number] for number in numbers], self._document)
        answers = [] if day else self._take_plain(numbers)
        problems = list(filter(None, answers))
        taken = len(answers) - len(problems)
        if day:
            problems.append(tr("{label} is recorded otherwise: this is of another day").format(label=day))
        waiting = [number for number in numbers if self.state(number) == "open"]
        if taken:
            self._go_on(waiting[0] - 1 if waiting else at)
        else:
            self._refresh()
        said = trn("{n} value of {section} accepted", "{n} values of {section} accepted", taken)
        left = trn("{n} line needs an answer of its own", "{n} lines need an answer each", len(waiting))
        parts = [said.format(n=taken, section=section)]
        if waiting:
            parts.append(left.format(n=len(waiting)))
        self.said.setText("\n".join(filter(None, ("; ".join(parts), *problems, self.said.text()))))

    def _take_plain(self, numbers: Sequence[int]) -> list[str]:
        """Record what may be taken over together; return for each value what is wrong with it, or nothing."""
        taken = []
        for number in numbers:
            if self._may_go_with_others(number):
                taken.append(self._take(number, self.lines[number].proposal.value))
        return taken

    def _may_go_with_others(self, number: int) -> bool:
        """Return whether a line waits, is plainly stated, not in what is read first, and no day of another value."""
        line = self.lines[number]
        warned = any(one.start < span.end and span.start < one.end for one in self._warned for span in line.spans)
        sign = any(one.sign == line.path for one in self.offer.read_first)
        apart = warned or sign or dates_another(line, self.lines, self._document)
        return self.state(number) == "open" and not apart and goes_with_others(line, self._document)

    def _sentence(self, line: Line, value: object) -> KeptSentence | None:
        return kept_sentence(line.proposal, value, self.offer, self.labels)

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
        if self._taking:
            return
        states = [self.state(number) for number in range(len(self.lines))]
        for number, line in enumerate(self.lines):
            self.tree.show_line(number, line, states[number], self._document)
        answered = tr("{n} of {all} answered").format(n=len(states) - states.count("open"), all=len(states))
        self.progress.setText(answered if states else "")
        self.tree.settle()
        self._follow()

    def _follow(self, *_: object) -> None:
        """Show the place of what is chosen, and say its words."""
        current, at = self.tree.spans(), self.tree.number()
        marked = [s for number, line in enumerate(self.lines) if self.state(number) != "rejected" for s in line.spans]
        first = [self.place(one.source) for one in self.offer.read_first]
        self.said.setText("" if at is None else self.words_of(self.lines[at]))
        for deed, button in self._deeds.items():
            button.setEnabled(at is not None or (deed == "next" and bool(self.lines)))
        self.text.mark([*marked, *first], current)
        if current:
            self.text.show_place(current[0])

    def words_of(self, line: Line) -> str:
        """Return the words a line was read from."""
        return line.proposal.kept or line.proposal.words[0]

    def _choose_at(self, place: int) -> None:
        """Go to the line whose words were clicked."""
        found = [n for n, line in enumerate(self.lines) if any(s.start <= place < s.end for s in line.spans)]
        if found:
            self.tree.choose(found[0])
