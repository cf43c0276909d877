"""The evidence beside the case: find a trial, read its card, compare figures of one kind, see what is corrected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QTabWidget,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from her2board.briefing.comparison import Figure, Sheet, details, sheets
from her2board.briefing.trial_card import Line, Part, card, corrected, disagreement, plain
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.search import Search, Wanted, drugs_studied
from her2board.gui.base import theme
from her2board.gui.base.markup import escape
from her2board.gui.evidence.evidence_table import FIGURE_ROLE, PLOT, FigureModel, PlotDelegate
from her2board.wording import tr, trn

_SIZE = QSize(1180, 720)
_CLASSES = ("stable", "untreated", "progressing", "active", "mixed", "leptomeningeal", "none")
_DESIGNS = ("randomised", "single_arm", "pooled", "retrospective")
_ORDERS = (("Neutral order", -1), ("Trial", 0), ("n", 2), ("Class", 3), ("Value", 4), ("Measured", 6))
_ID = Qt.ItemDataRole.UserRole
_CELL_EDGES = 10


class EvidenceWindow(QWidget):
    """A window of its own beside the case; it shows the release and changes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Evidence"))
        self._library: EvidenceLibrary | None = None
        self._search: Search | None = None
        self._card: tuple[Part, ...] = ()
        self.filters = _Filters(self)
        self.trials = QTreeWidget(self)
        self.card = _reader(tr("Card of the trial"), self)
        self.compare = ComparePane(self)
        self.disagreements = _reader(tr("Where sources disagree"), self)
        self.tabs = QTabWidget(self)
        self.release = QLabel(self)
        self._copy = QPushButton(tr("&Copy as text"), self)
        self._copy_table = QPushButton(tr("Copy as &table (TSV)"), self)
        self._lay_out()
        self._connect()
        self.resize(_SIZE)

    def _lay_out(self) -> None:
        self.trials.setColumnCount(2)
        self.trials.setHeaderLabels([tr("Trial"), tr("Year")])
        self.trials.setRootIsDecorated(False)
        self.trials.setUniformRowHeights(True)
        self.trials.setAccessibleName(tr("Trials"))
        header = self.trials.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(tr("Evidence"))
        self.tabs.addTab(self.card, tr("Car&d"))
        self.tabs.addTab(self.compare, tr("C&ompare"))
        self.tabs.addTab(self.disagreements, tr("Co&rrections and disagreements"))
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
        """Show a release; its date and age stand at the foot of every page."""
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
        current = self.trials.currentItem()
        chosen = current.data(0, _ID) if current else None
        self.trials.clear()
        for trial, _ in found:
            corrections = len(trial.discrepancies)
            mark = " *" if corrections else ""
            item = QTreeWidgetItem(self.trials, [trial.name + mark, str(trial.year)])
            told = trn("{n} correction", "{n} corrections", corrections).format(n=corrections) if corrections else ""
            item.setToolTip(0, "\n".join(part for part in (trial.name + mark, trial.regimen, told) if part))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (trial.name, told))))
            item.setData(0, _ID, trial.id)
            item.setSizeHint(0, QSize(0, self.fontMetrics().height() + 8))
            if trial.id == chosen:
                self.trials.setCurrentItem(item)
        first = self.trials.topLevelItem(0)
        if self.trials.currentItem() is None and first is not None:
            self.trials.setCurrentItem(first)
        cohorts = [(trial, cohort) for trial, cohorts in found for cohort in cohorts]
        self.filters.show_counts(len(found), len(cohorts))
        self.compare.show_sheets(sheets(self._library, cohorts), self._library)
        if not found:
            self._show_card(None)
        self._enable()

    def show_trial(self, id_: str) -> None:
        """Show the card of a trial, whatever was being looked for."""
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
            self.card.setPlainText(tr("No trial is found. Take a filter away."))
            return
        self._card = card(self._library, self._library.trials_by_id[item.data(0, _ID)])
        self.card.setHtml(_html(self._card))

    def _show_disagreements(self) -> None:
        self.disagreements.setHtml(_html(self._disagreements()))

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
        """Copy what is in sight: the chosen words, the chosen figures, or the whole of it."""
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
        """Take on new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._library is not None:
            self.card.setHtml(_html(self._card))
            self._show_disagreements()


class _Filters(QWidget):
    """What to look for, and how much was found."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.words = QLineEdit(self)
        self.words.setClearButtonEnabled(True)
        self.words.setPlaceholderText(tr("name, drug, brand, registry number, author"))
        self.words.setMinimumWidth(self.fontMetrics().horizontalAdvance(self.words.placeholderText()) + 16)
        self.drug = self._choice(tr("any"))
        self.cns_class = self._choice(tr("any"), *((tr(term), term) for term in _CLASSES))
        self.design = self._choice(tr("any"), *((tr(term.replace("_", "-")), term) for term in _DESIGNS))
        self.found = QLabel(self)
        pairs = (
            (tr("&Find"), self.words),
            (tr("Dru&g"), self.drug),
            (tr("Brain &metastases"), self.cns_class),
            (tr("D&esign"), self.design),
        )
        for place, (words, control) in enumerate(pairs):
            label = QLabel(words, self)
            label.setBuddy(control)
            control.setAccessibleName(words.replace("&", ""))
            self._grid.addWidget(label, 0, 2 * place)
            self._grid.addWidget(control, 0, 2 * place + 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.found, 1, 1, 1, 7)
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
        """Look for nothing in particular."""
        self.words.clear()
        for box in (self.drug, self.cns_class, self.design):
            box.setCurrentIndex(0)

    def show_counts(self, trials: int, cohorts: int) -> None:
        """Say how much was found."""
        words = trn("{n} trial", "{n} trials", trials).format(n=trials)
        inside = trn("{n} cohort", "{n} cohorts", cohorts).format(n=cohorts)
        self.found.setText(f"{words}, {inside}. " + tr("* a secondary source is corrected on the card"))


class ComparePane(QWidget):
    """Figures of one endpoint kind; details of the chosen one below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._library: EvidenceLibrary | None = None
        self._sheets: dict[str, Sheet] = {}
        self.kind = QComboBox(self)
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.order = QComboBox(self)
        for words, column in _ORDERS:
            self.order.addItem(tr(words), column)
        self.note = QLabel(self)
        self.note.setWordWrap(True)
        self.figures = FigureModel(self)
        self.table = QTableView(self)
        self.details = _reader(tr("The chosen figure"), self)
        self._lay_out()
        self.kind.currentIndexChanged.connect(lambda _: self._show_kind())
        self.order.currentIndexChanged.connect(lambda _: self._sort())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_details())

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        for words, control, stretch in ((tr("End&point"), self.kind, 1), (tr("&Sort by"), self.order, 0)):
            label = QLabel(words, self)
            label.setBuddy(control)
            control.setAccessibleName(words.replace("&", ""))
            line.addWidget(label)
            line.addWidget(control, stretch)
        self.table.setModel(self.figures)
        self.table.setItemDelegateForColumn(PLOT, PlotDelegate(self.table))
        self.table.setAccessibleName(tr("Figures of one kind"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setCornerWidget(QWidget(self.table))  # else the corner has the colour of the edges
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.addWidget(self.table)
        parts.addWidget(self.details)
        parts.setSizes([420, 150])
        parts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.addLayout(line)
        column.addWidget(self.note)
        column.addWidget(parts, 1)

    def show_sheets(self, found: Iterable[Sheet], library: EvidenceLibrary) -> None:
        """Offer other sheets; the kind in sight stays where it is still there."""
        self._library = library
        chosen = self.kind.currentData()
        self._sheets = {sheet.id: sheet for sheet in found}
        self.kind.blockSignals(True)
        self.kind.clear()
        for sheet in self._sheets.values():
            self.kind.addItem(f"{sheet.name}: {len(sheet.figures)}", sheet.id)
        place = self.kind.findData(chosen)
        self.kind.setCurrentIndex(max(place, 0 if self._sheets else -1))
        self.kind.blockSignals(False)
        self._show_kind()

    def _show_kind(self) -> None:
        assert self._library is not None
        sheet = self._sheets.get(str(self.kind.currentData()))
        self.figures.show_sheet(sheet, self._library)
        self._sort()
        for column, width in enumerate((140, 170, 44, 80, 130, 180, 150, 190, 120)):
            self.table.setColumnWidth(column, max(width, self._longest_word(column)))
        self.table.resizeRowsToContents()
        if self.figures.figures:
            self.table.setCurrentIndex(self.figures.index(0, 0))
        self._show_details()

    def _longest_word(self, column: int) -> int:
        """Return the room that the longest word of a column needs: a line breaks between words only."""
        cells = [self.figures.row_words(figure)[column] for figure in self.figures.figures]
        words = " ".join((self.figures.headings()[column] if column != PLOT else "", *cells)).split()
        return max(map(self.table.fontMetrics().horizontalAdvance, words), default=0) + _CELL_EDGES

    def _sort(self) -> None:
        column = int(self.order.currentData())
        self.figures.sort(column, Qt.SortOrder.DescendingOrder if column in (2, 4) else Qt.SortOrder.AscendingOrder)
        self.table.resizeRowsToContents()
        alike = sum(bool(figure.alike) for figure in self.figures.figures)
        words = tr(
            "Different patients, and mostly measured differently: rows are read one by one and are no ranking. "
            "{alike} of {all} were measured alike."
        ).format(alike=alike, all=len(self.figures.figures))
        self.note.setText(words)

    def _show_details(self) -> None:
        figure = self._current()
        if figure is None or self._library is None:
            self.details.clear()
            return
        lines = tuple(Line(label, words) for label, words in details(self._library, figure))
        self.details.setHtml(_html([Part("", lines)]))

    def _current(self) -> Figure | None:
        index = self.table.currentIndex()
        figure = index.data(FIGURE_ROLE) if index.isValid() else None
        return figure if isinstance(figure, Figure) else None

    def _chosen(self) -> list[Figure]:
        """Return the chosen figures when there are several, else all."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.figures.figures[row] for row in rows] if len(rows) > 1 else self.figures.figures

    def as_text(self) -> str:
        """Return the figures with everything that must be read beside them."""
        assert self._library is not None
        blocks = ("\n".join(f"{label}: {words}" for label, words in details(self._library, f)) for f in self._chosen())
        return "\n\n".join((self.kind.currentText(), self.note.text(), *blocks))

    def as_tsv(self) -> str:
        """Return the figures as a table, headings first, one column for the whole source."""
        rows = [self.figures.headings(), *(self.figures.row_words(figure) for figure in self._chosen())]
        kept = ([cell for place, cell in enumerate(row) if place != PLOT] for row in rows)
        return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in kept)


def release_words(library: EvidenceLibrary, today: date) -> str:
    """Return version, date, age and review date of a release."""
    release, age = library.release, library.age_days(today)
    old = trn("{age} day old", "{age} days old", age).format(age=age)
    words = tr("Evidence {version} of {date} ({old}), review by {review}; recruitment not checked").format(
        version=release.version, date=release.as_of, old=old, review=release.review_by
    )
    if age > release.red_after_days:
        return f"⚠ {words}. " + tr("OUT OF DATE")
    return f"⚠ {words}. " + tr("Review due") if age > release.amber_after_days else words


def _reader(name: str, parent: QWidget) -> QTextBrowser:
    reader = QTextBrowser(parent)
    reader.setAccessibleName(name)
    reader.setTabChangesFocus(True)
    reader.setOpenLinks(False)
    return reader


def _html(parts: Iterable[Part]) -> str:
    muted = theme.current().muted
    text = []
    for part in parts:
        if part.title:
            text.append(f"<h3>{escape(part.title)}</h3>")
        for line in part.lines:
            label = f"<b>{escape(line.label)}:</b> " if line.label else ""
            source = f' <span style="color:{muted}">[{escape(line.source)}]</span>' if line.source else ""
            text.append(f'<p style="margin:2px 0">{label}{escape(line.words)}{source}</p>')
    return "".join(text)


def _to_clipboard(words: str) -> None:
    QGuiApplication.clipboard().setText(words)
