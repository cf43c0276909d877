"""What to look for in the evidence: words, a drug, a class of brain metastases, a design."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from her2board.evidence.search import Wanted
from her2board.evidence.terms import CohortClass, Design
from her2board.gui.base.labels import Label
from her2board.gui.base.mnemonics import without_mnemonic
from her2board.wording import tr, trn


class EvidenceFilters(QWidget):
    """The filters, and how much was found."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.words = QLineEdit(self)
        self.words.setClearButtonEnabled(True)
        self.words.setPlaceholderText(tr("name, drug, brand, registry number, author, guideline"))
        self.words.setMinimumWidth(self.fontMetrics().horizontalAdvance(self.words.placeholderText()) + 16)
        self.drug = self._choice(tr("any"))
        self.cns_class = self._choice(tr("any"), *((tr(term.label), term) for term in CohortClass))
        self.design = self._choice(tr("any"), *((tr(term.label), term) for term in Design))
        self.found = Label(self)
        pairs = (
            (tr("&Find"), self.words),
            (tr("Dru&g"), self.drug),
            (tr("Brain &metastases"), self.cns_class),
            (tr("D&esign"), self.design),
        )
        for place, (words, control) in enumerate(pairs):
            label = Label(words, self)
            label.setBuddy(control)
            control.setAccessibleName(without_mnemonic(words))
            if control is self.words:  # a line of its own: beside the others it is too wide for a small screen
                self._grid.addWidget(label, 0, 0)
                self._grid.addWidget(control, 0, 1, 1, 5)
            else:
                self._grid.addWidget(label, 1, 2 * place - 2)
                self._grid.addWidget(control, 1, 2 * place - 1)
                self._grid.setColumnStretch(2 * place - 1, 1)
        self._grid.addWidget(self.found, 2, 1, 1, 5)
        self.words.textChanged.connect(lambda _: self.changed.emit())

    def _choice(self, every: str, *choices: tuple[str, str]) -> QComboBox:
        box = QComboBox(self)
        box.addItem(every, "")
        for words, value in choices:
            box.addItem(words, value)
        box.currentIndexChanged.connect(lambda _: self.changed.emit())
        return box

    def offer_drugs(self, drugs: Iterable[tuple[str, str]]) -> None:
        """Offer the drugs that some trial studied."""
        self.drug.blockSignals(True)
        while self.drug.count() > 1:
            self.drug.removeItem(1)
        for id_, name in drugs:
            self.drug.addItem(name, id_)
        self.drug.blockSignals(False)

    def wanted(self) -> Wanted:
        """Return what is looked for."""
        choices = (self.drug, self.cns_class, self.design)
        return Wanted(self.words.text(), *(str(box.currentData() or "") for box in choices))

    def clear(self) -> None:
        """Clear every filter."""
        self.words.clear()
        for box in (self.drug, self.cns_class, self.design):
            box.setCurrentIndex(0)

    def show_counts(self, trials: int, cohorts: int, others: int) -> None:
        """Show how much was found."""
        words = trn("{n} trial", "{n} trials", trials).format(n=trials)
        inside = trn("{n} cohort", "{n} cohorts", cohorts).format(n=cohorts)
        more = trn("{n} other entry", "{n} other entries", others).format(n=others)
        self.found.setText(f"{words}, {inside}; {more}. " + tr("* a secondary source is corrected on the card"))
