"""The evidence beside the case: find an entry, read its card, compare figures of one kind, see corrections."""

from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from her2board.briefing.comparison import sheets
from her2board.briefing.trial_card import Part, corrected, disagreement, plain
from her2board.evidence.entries import Entries
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.search import Search, drugs_studied
from her2board.gui.base import theme
from her2board.gui.base.keys import take_keys
from her2board.gui.base.labels import Label
from her2board.gui.evidence.card_view import CardView
from her2board.gui.evidence.compare_pane import ComparePane
from her2board.gui.evidence.entry_list import EntryList
from her2board.gui.evidence.filters import EvidenceFilters
from her2board.gui.evidence.reader import make_reader, parts_html
from her2board.gui.evidence.release_words import release_words
from her2board.wording import tr

_SIZE = QSize(1180, 720)


class EvidenceWindow(QWidget):
    """A window of its own beside the case; it shows the release and changes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        theme.shape(self)
        self.setWindowTitle(tr("Evidence"))
        self._library: EvidenceLibrary | None = None
        self._search: Search | None = None
        self._entries: Entries | None = None
        self.filters = EvidenceFilters(self)
        self.found = EntryList(self)
        self.card = CardView(self)
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
        self._prepare_tabs()
        self._panes = panes = QSplitter(Qt.Orientation.Horizontal, self)
        panes.addWidget(self.found)
        panes.addWidget(self.tabs)
        panes.setStretchFactor(0, 1)
        panes.setStretchFactor(1, 3)
        panes.setSizes([350, 800])
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

    def _prepare_tabs(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(tr("Evidence"))
        self.tabs.addTab(self.card, tr("Car&d"))
        self.tabs.addTab(self.compare, tr("C&ompare"))
        self.tabs.addTab(self.disagreements, tr("Co&rrections and disagreements"))

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter)
        self.found.chosen.connect(self.card.show_address)
        self.tabs.currentChanged.connect(lambda _: self._enable())
        self.card.shown.connect(self.found.choose)
        self.compare.card_asked.connect(self.show_card)
        self._copy.clicked.connect(self.copy_text)
        self._copy_table.clicked.connect(self.copy_table)
        take_keys(
            self,
            (QKeySequence.StandardKey.Find, self.filters.words.setFocus),
            (QKeySequence(Qt.Key.Key_Escape), self.close),
            (QKeySequence("Ctrl+Shift+C"), self.copy_table),
        )

    def show_library(self, library: EvidenceLibrary, today: date) -> None:
        """Show a release; its date and age are at the foot of every page."""
        self.release.setText(release_words(library, today))
        if library is self._library:
            return
        self._library = library
        self._search, self._entries = Search(library), Entries(library)
        self.card.take_library(library)
        self.filters.offer_drugs(drugs_studied(library))
        self._show_disagreements()
        self._filter()

    def _filter(self) -> None:
        if self._library is None or self._search is None or self._entries is None:
            return
        wanted = self.filters.wanted()
        found, entries = self._search.find(wanted), self._entries.find(wanted)
        self.found.show_found([trial for trial, _ in found], entries, unfold=bool(wanted.words))
        cohorts = [(trial, cohort) for trial, cohorts in found for cohort in cohorts]
        self.filters.show_counts(len(found), len(cohorts), len(entries))
        self.compare.show_sheets(sheets(self._library, cohorts), self._library)
        if not found and not entries:
            self.card.clear(tr("Nothing found. Remove a filter, or write fewer words."))
        self._enable()

    def parts(self) -> dict[str, QWidget]:
        """Return the window and the panes whose place is remembered, by name."""
        return {"evidence": self, "entries": self._panes, "card": self.card.panes}

    def show_card(self, address: str) -> None:
        """Show the card of an address, whatever the filters were."""
        self.filters.clear()
        self.card.show_address(address)
        self.tabs.setCurrentWidget(self.card)

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
        if self.tabs.currentWidget() is self.card:
            _to_clipboard(self.card.plain())
            return
        chosen = self.disagreements.textCursor().selectedText().replace("\u2029", "\n")
        _to_clipboard(chosen or plain(self._disagreements()))

    def copy_table(self) -> None:
        """Copy the chosen figures, or all, so that a spreadsheet can take them."""
        if self.tabs.currentWidget() is self.compare:
            _to_clipboard(self.compare.as_tsv())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Follow a new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._library is not None:
            self.card.take_theme()
            self._show_disagreements()


def _to_clipboard(words: str) -> None:
    QGuiApplication.clipboard().setText(words)
