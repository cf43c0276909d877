"""Has a person review what the records of other programs offer: one patient of a file at a time."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from her2board.capture.proposal import Offer
from her2board.exchange.model import Brought, Problem
from her2board.exchange.record_text import RecordText, record_text
from her2board.exchange.review import place
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.document.document import CaseDocument
from her2board.gui.review.lines import Line, Remark
from her2board.gui.review.picker import Picker
from her2board.gui.review.window import ReviewWindow
from her2board.wording import tr, trn

_PLACES_SAID = 4


class RecordReview(ReviewWindow):
    """The review of one patient after another; each is taken over into a case of its own."""

    _by_field = True
    columns_wanted = Signal()
    """What the columns of the tables hold is to be looked at again."""

    def __init__(
        self,
        document: CaseDocument,
        records: Sequence[Brought],
        parent: QWidget | None = None,
        *,
        files: str = "",
        mapped: bool = False,
        laid_out: RecordText | None = None,
        begin_new: Callable[[str], bool] = lambda _: True,
    ) -> None:
        super().__init__(document, tr("Read records"), parent)
        self._records = records
        self._begin_new = begin_new
        self._laid_out = laid_out
        """The text of the only patient, where it was made already: that of a large file takes a while."""
        self._at = 0 if len(records) == 1 else -1
        self.text.setAccessibleName(tr("What the file says"))
        self.text.setPlaceholderText(tr("Each patient of the file is in the list above."))
        self.text.setReadOnly(True)
        self.patient = Picker(tr("Patient of the file"), self)
        if len(records) > 1:
            self.patient.addItem(tr("choose the patient"))
        self.patient.addItems([_named(record) for record in records])
        self.patient.activated.connect(self._pick)
        self.file = Label(files, self)
        self.file.setToolTip(plain_tip(files))
        above: list[QWidget] = [self.patient]
        if mapped:
            above.append(self.button(tr("C&olumns…"), self.columns_wanted.emit))
        self.lay_out(*above, self.file)
        if self._at == 0:
            self._show()
        else:
            words = trn("The file holds {n} patient.", "The file holds {n} patients.", len(records))
            self.said.setText(f"{words.format(n=len(records))} {tr('Choose above whose case this is.')}")
            self.patient.setFocus()

    def choose_patient(self, number: int) -> None:
        """Show a patient of the file, the first is 0; asks for a case of its own where another was taken over."""
        if number == self._at:
            return
        if any(self.state(line) == "accepted" for line in range(len(self.lines))) and not self._leave(number):
            self.patient.setCurrentIndex(self._place(self._at))
            return
        self._at = number
        self.patient.setCurrentIndex(self._place(number))
        self._show()

    def _leave(self, number: int) -> bool:
        """Begin another case, as one holds one patient; return whether there is one."""
        self.stays = True
        begun = self._begin_new(self._records[number].record)
        self.stays = False
        return begun

    @property
    def _record(self) -> Brought:
        return self._records[self._at]

    def _place(self, number: int) -> int:
        return number + (len(self._records) > 1)

    def _pick(self, index: int) -> None:
        number = index - (len(self._records) > 1)
        if number >= 0:
            self.choose_patient(number)
        else:
            self.patient.setCurrentIndex(self._place(self._at))

    def _show(self) -> None:
        laid_out = self._laid_out or record_text(self._record)
        self.text.setPlainText(laid_out.text)
        self.place = laid_out.place
        found = self._record
        self.labels = found.labels
        against = [self._remark(problem) for problem in found.problems]
        counted = ", ".join(f"{kind} {n}" for kind, n in sorted(found.not_read.items()))
        self.show_offer(found.offer, against, counted)
        if not self.lines:
            self.said.setText(tr("Nothing of this patient is offered. What was seen is listed with the reason."))

    def _remark(self, problem: Problem) -> Remark:
        where = ", ".join(dict.fromkeys(place(source, self._record) for source in problem.sources))
        words = f"{where}: {problem.what}" if where else problem.what
        return Remark(words, tuple(map(self.place, problem.sources)))

    def words_of(self, line: Line) -> str:
        """Return the words of a line, together for each resource or row; where in it they are is marked in the text."""
        proposal = line.proposal
        said: dict[str, list[str]] = {}
        for source, words in zip(proposal.sources, proposal.words, strict=True):
            said.setdefault(place(source, self._record), []).append(words)
        listed = [f"{where}: {', '.join(dict.fromkeys(words))}" for where, words in said.items()]
        shown = "; ".join(listed[:_PLACES_SAID])
        return f"{shown} …" if len(listed) > _PLACES_SAID else shown


def _named(record: Brought) -> str:
    count = len(record.offer.proposals)
    words = trn("{record}: {n} proposal", "{record}: {n} proposals", count)
    return words.format(record=record.record or tr("no patient named"), n=count)


def nothing_in(records: Sequence[Brought]) -> bool:
    """Return whether records give nothing to look at."""
    empty = Offer()
    return all(record.offer == empty and not record.problems for record in records)
