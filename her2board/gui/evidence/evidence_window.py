"""The evidence beside the case: find a trial, read its card, compare figures of one kind, see corrections."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from her2board.briefing.comparison import sheets
from her2board.briefing.trial_card import Part, card, corrected, disagreement, plain
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.records import Trial
from her2board.evidence.search import Search, drugs_studied
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.evidence.compare_pane import ComparePane
from her2board.gui.evidence.filters import EvidenceFilters
from her2board.gui.evidence.reader import make_reader, parts_html
from her2board.gui.evidence.release_words import release_words
from her2board.wording import tr, trn

_SIZE = QSize(1180, 720)
_ID = Qt.ItemDataRole.UserRole


class EvidenceWindow(QWidget):
    """A window of its own beside the case; it shows the release and changes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Evidence"))
        self._library: EvidenceLibrary | None = None
        self._search: Search | None = None
        self._card: tuple[Part, ...] = ()
        self.filters = EvidenceFilters(self)
        self.trials = QTreeWidget(self)
        self.card = make_reader(tr("Card of the trial"), self)
        self.compare = ComparePane(self)
        self.disagreements = make_reader(tr("Where sources disagree"), self)
        self.tabs = QTabWidget(self)
        self.release = Label(self)
        self._copy = QPushButton(tr("&Copy as text"), self)
        self._copy_table = QPushButton(tr("Copy as &table (TSV)"), self)
        self._lay_out()
        self._connect()
        self.resize(_SIZE)

    def _lay_out(self) -> None:
        self._prepare_trials()
        self._prepare_tabs()
        panes = QSplitter(Qt.Orientation.Horizontal, self)
        panes.addWidget(self.trials)
        panes.addWidget(self.tabs)
        panes.setStretchFactor(0, 1)
        panes.setStretchFactor(1, 3)
        panes.setSizes([290, 860])
        panes.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        self.release.setWordWrap(True)
        foot.addWidget(self.release, 1)
        for button in (self._copy, self._copy_table):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(self.filters)
        column.addWidget(panes, 1)
        column.addLayout(foot)

    def _prepare_trials(self) -> None:
        self.trials.setColumnCount(2)
        self.trials.setHeaderLabels([tr("Trial"), tr("Year")])
        self.trials.setRootIsDecorated(False)
        self.trials.setUniformRowHeights(True)
        self.trials.setAccessibleName(tr("Trials"))
        header = self.trials.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def _prepare_tabs(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(tr("Evidence"))
        self.tabs.addTab(self.card, tr("Car&d"))
        self.tabs.addTab(self.compare, tr("C&ompare"))
        self.tabs.addTab(self.disagreements, tr("Co&rrections and disagreements"))

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter)
        self.trials.currentItemChanged.connect(lambda item, _: self._show_card(item))
        self.tabs.currentChanged.connect(lambda _: self._enable())
        self._copy.clicked.connect(self.copy_text)
        self._copy_table.clicked.connect(self.copy_table)
        for keys, act in (
            (QKeySequence.StandardKey.Find, self.filters.words.setFocus),
            (QKeySequence(Qt.Key.Key_Escape), self.close),
            (QKeySequence("Ctrl+Shift+C"), self.copy_table),
        ):
            action = QAction(self)
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(act)
            self.addAction(action)

    def show_library(self, library: EvidenceLibrary, today: date) -> None:
        """Show a release; its date and age are at the foot of every page."""
        self.release.setText(release_words(library, today))
        if library is self._library:
            return
        self._library = library
        self._search = Search(library)
        self.filters.offer_drugs(drugs_studied(library))
        self._show_disagreements()
        self._filter()

    def _filter(self) -> None:
        if self._library is None or self._search is None:
            return
        found = self._search.find(self.filters.wanted())
        self._list_trials([trial for trial, _ in found])
        cohorts = [(trial, cohort) for trial, cohorts in found for cohort in cohorts]
        self.filters.show_counts(len(found), len(cohorts))
        self.compare.show_sheets(sheets(self._library, cohorts), self._library)
        if not found:
            self._show_card(None)
        self._enable()

    def _list_trials(self, trials: Sequence[Trial]) -> None:
        """List the trials; the chosen one stays chosen while it is among them."""
        current = self.trials.currentItem()
        chosen = current.data(0, _ID) if current else None
        self.trials.clear()
        for trial in trials:
            item = self._trial_item(trial)
            if trial.id == chosen:
                self.trials.setCurrentItem(item)
        first = self.trials.topLevelItem(0)
        if self.trials.currentItem() is None and first is not None:
            self.trials.setCurrentItem(first)

    def _trial_item(self, trial: Trial) -> QTreeWidgetItem:
        count = len(trial.discrepancies)
        name = f"{trial.name} *" if count else trial.name
        corrections = trn("{n} correction", "{n} corrections", count).format(n=count) if count else ""
        item = QTreeWidgetItem(self.trials, [name, str(trial.year)])
        item.setToolTip(0, plain_tip("\n".join(part for part in (name, trial.regimen, corrections) if part)))
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (trial.name, corrections))))
        item.setData(0, _ID, trial.id)
        item.setSizeHint(0, QSize(0, self.fontMetrics().height() + 8))
        return item

    def show_trial(self, id_: str) -> None:
        """Show the card of a trial, whatever the filters were."""
        self.filters.clear()
        for number in range(self.trials.topLevelItemCount()):
            item = self.trials.topLevelItem(number)
            if item is not None and item.data(0, _ID) == id_:
                self.trials.setCurrentItem(item)
                self.trials.scrollToItem(item)
        self.tabs.setCurrentWidget(self.card)

    def _show_card(self, item: QTreeWidgetItem | None) -> None:
        if item is None or self._library is None:
            self._card = ()
            self.card.setPlainText(tr("No trial found. Remove a filter."))
            return
        self._card = card(self._library, self._library.trials_by_id[item.data(0, _ID)])
        self.card.setHtml(parts_html(self._card))

    def _show_disagreements(self) -> None:
        self.disagreements.setHtml(parts_html(self._disagreements()))

    def _disagreements(self) -> list[Part]:
        library = self._library
        if library is None:
            return []
        parts = [disagreement(library, conflict) for conflict in library.conflicts]
        for trial in library.trials:
            lines = tuple(line for found in trial.discrepancies for line in corrected(library, found))
            parts += [Part(tr("Correction: {trial}").format(trial=trial.name), lines)] if lines else []
        return parts

    def _enable(self) -> None:
        self._copy_table.setEnabled(self.tabs.currentWidget() is self.compare)

    def copy_text(self) -> None:
        """Copy what is shown: the selected words, the selected figures, or all of it."""
        if self.tabs.currentWidget() is self.compare:
            _to_clipboard(self.compare.as_text())
            return
        reader = self.card if self.tabs.currentWidget() is self.card else self.disagreements
        chosen = reader.textCursor().selectedText().replace("\u2029", "\n")
        _to_clipboard(chosen or plain(self._card if reader is self.card else self._disagreements()))

    def copy_table(self) -> None:
        """Copy the chosen figures, or all, so that a spreadsheet can take them."""
        if self.tabs.currentWidget() is self.compare:
            _to_clipboard(self.compare.as_tsv())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Follow a new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._library is not None:
            self.card.setHtml(parts_html(self._card))
            self._show_disagreements()


def _to_clipboard(words: str) -> None:
    QGuiApplication.clipboard().setText(words)
