"""The evidence in use, and what an evidence pack would change before it is installed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QTabWidget,
    QVBoxLayout,
)

from her2board.gui.base import faults, theme
from her2board.gui.base.heading import Heading
from her2board.gui.base.labels import Label
from her2board.gui.base.services import EvidenceError, EvidenceServices, Services
from her2board.gui.base.worker import Worker
from her2board.gui.evidence import offer_lists as lists
from her2board.gui.evidence.offer_words import in_use_words, read_words, verdict_words
from her2board.gui.evidence.reading_again import Cases, Found, Named, ReadingAgain
from her2board.gui.evidence.release_buttons import ReleaseButtons
from her2board.gui.evidence.trust_dialog import TrustDialog
from her2board.packs.root_in_use import root_words
from her2board.wording import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from her2board.casebook.book import Casebook
    from her2board.evidence.library import EvidenceLibrary
    from her2board.packs.offer import Offer

_SIZE = QSize(1060, 720)
_FILES = "*.her2pack"


class ReleaseDialog(QDialog):
    """Says what is in use, checks a pack, lists what it changes, installs it, and goes one step back."""

    changed = Signal()
    """Other evidence is in use now."""

    def __init__(
        self,
        services: Services,
        worker: Worker,
        library: Callable[[], EvidenceLibrary | None],
        book: Callable[[], Casebook | None],
        opened: Callable[[], Named | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        assert services.evidence is not None
        self._services: EvidenceServices = services.evidence
        self._today = services.today
        self._worker = worker
        self._library = library
        self._book = book
        self._opened = opened
        self.offer: Offer | None = None
        self.asking: TrustDialog | None = None
        self.reading = ReadingAgain(self._services, worker, self)
        self.setWindowTitle(tr("Evidence"))
        self.resize(_SIZE)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._forget_offer()
        theme.shape(self)

    def _make_parts(self) -> None:
        self.in_use = Label(self)
        self.root = Label(self)
        self.verdict = Label(self)
        self.progress = Label(self)
        for label in (self.in_use, self.root, self.verdict, self.progress):
            label.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.hide()
        self.records = lists.record_list(self)
        self.cases = lists.case_list(self)
        self.pages = lists.page_list(self)
        self.records.empty = tr("Choose a pack to see what it changes.")
        self.pages.empty = tr("No signed-off page has a figure that is gone.")
        self.detail = QPlainTextEdit(self)
        self.detail.setReadOnly(True)
        self.detail.setTabChangesFocus(True)
        self.detail.setAccessibleName(tr("The chosen row in full"))
        self.detail.setMaximumHeight(7 * self.fontMetrics().lineSpacing())
        self.tabs = QTabWidget(self)
        for view in (self.records, self.cases, self.pages):
            self.tabs.addTab(view, view.accessibleName())
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText(tr("Reason, or what was done; it is kept"))
        self.reason.setAccessibleName(tr("Reason"))
        self.buttons = ReleaseButtons(self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(Heading(tr("Evidence in use"), self, 1.2))
        column.addWidget(self.in_use)
        column.addWidget(self.root)
        column.addLayout(self.buttons.about_root)
        column.addLayout(self.buttons.about_release)
        column.addWidget(self.verdict)
        row = QHBoxLayout()
        row.addWidget(self.progress, 1)
        row.addWidget(self.bar)
        column.addLayout(row)
        column.addLayout(self.buttons.about_cases)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.detail)
        column.addWidget(self.reason)
        column.addLayout(self.buttons.at_the_end)

    def _connect(self) -> None:
        self.buttons.file.clicked.connect(lambda: self._ask_file())
        self.buttons.folder.clicked.connect(lambda: self._ask_folder())
        self.buttons.back.clicked.connect(lambda: self._go_back())
        self.buttons.shipped.clicked.connect(lambda: self._use_shipped())
        self.buttons.clock.clicked.connect(lambda: self._clock_is_right())
        self.buttons.trust.clicked.connect(lambda: self._ask_root())
        self.buttons.forget.clicked.connect(lambda: self._forget_root())
        self.buttons.stop.clicked.connect(lambda: self.reading.stop())
        self.buttons.others.clicked.connect(lambda: self._ask_cases())
        self.buttons.followed.clicked.connect(lambda: self._followed_up())
        self.buttons.install.clicked.connect(lambda: self._install())
        self.buttons.close.clicked.connect(self.close)
        self.reason.textChanged.connect(lambda _: self._enable())
        for view in (self.records, self.cases, self.pages):
            view.itemSelectionChanged.connect(self._show_row)
        self.tabs.currentChanged.connect(lambda _: self._show_row())
        self.reading.stepped.connect(self._step)
        self.reading.done.connect(self._show_found)
        self.reading.failed.connect(lambda error: self._refuse(error))
        self.finished.connect(lambda _: self._forget_offer())  # cases of a casebook that locks stay in no window

    # What is in use

    def refresh(self) -> None:
        """Show what is in use now, what is wrong with it, and what is still to be followed up."""
        found, clock = self._services.in_use(), self._services.look(self._today())
        book = self._book()
        notes = (clock, *(self._services.look_in(book, self._today()) if book else ()))
        library = self._library()
        self.in_use.setText(in_use_words(found, library, self._today(), tuple(dict.fromkeys(filter(None, notes)))))
        self._show_root()
        self.buttons.back.setEnabled(found.can_go_back)
        self.buttons.shipped.setVisible(bool(found.problem))
        self.buttons.clock.setVisible(bool(any(notes)) and bool(clock))
        if self.offer is None:
            lists.show_pages(self.pages, self._services.to_follow_up(book) if book else ())
        self._enable()

    def _enable(self) -> None:
        typed, offer = bool(self.reason.text().strip()), self.offer
        may = offer is not None and (typed or not offer.pack.expired)
        self.buttons.install.setVisible(offer is not None)
        self.buttons.install.setEnabled(may)
        self.buttons.stop.setVisible(self.reading.running)
        self.buttons.others.setEnabled(offer is not None)
        self.buttons.clock.setEnabled(typed)
        self.buttons.forget.setEnabled(typed)
        to_follow = offer is None and self.pages.currentItem() is not None and self._book() is not None
        self.buttons.followed.setVisible(offer is None and self.pages.topLevelItemCount() > 0)
        self.buttons.followed.setEnabled(to_follow and typed)
        for view in (self.records, self.cases, self.pages):
            count = view.topLevelItemCount()
            name = view.accessibleName()
            self.tabs.setTabText(self.tabs.indexOf(view), f"{name} ({count})" if count else name)

    def _show_row(self) -> None:
        """Show the chosen row in full, below the list: its columns are narrow."""
        view = self.tabs.currentWidget()
        self.detail.setPlainText(view.chosen_words() if isinstance(view, lists.OfferList) else "")
        self._enable()

    # A pack

    def _ask_file(self) -> None:
        kind = f"{tr('Evidence pack')} ({_FILES})"
        name, _ = QFileDialog.getOpenFileName(self, tr("Open an evidence pack"), str(Path.home()), kind)
        if name:
            self.look_at(Path(name))

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Folder or stick with an evidence pack"), str(Path.home()))
        if name:
            self.look_at(Path(name))

    def look_at(self, path: Path) -> None:
        """Check the pack in a file, or the one in a folder, and show what it changes; nothing is installed."""
        self._forget_offer()
        self.verdict.setText(tr("Checking the pack …"))
        self._worker.ask("pack", partial(self._services.offer, path), self._show_offer, self._refuse)

    def _forget_offer(self) -> None:
        self.reading.stop()
        self.offer = None
        for view in (self.records, self.cases, self.pages):
            view.clear()
        self.progress.clear()
        self.verdict.clear()
        self.cases.empty = tr("No case was read again yet.")
        self._enable()

    def _show_offer(self, offer: Offer) -> None:
        self.offer = offer
        self.verdict.setText(verdict_words(offer))
        lists.show_records(self.records, offer)
        self.tabs.setCurrentWidget(self.records)
        if (book := self._book()) is not None:
            self._read(partial(self._services.cases_of, book), book)
        elif (case := self._opened()) is not None:
            self._read(lambda: [lambda: case])
        else:
            self.progress.setText(tr("No casebook and no case is open: which cases read otherwise is not known."))
        self._enable()

    def _refuse(self, error: Exception) -> None:
        words = str(error) if isinstance(error, EvidenceError) else faults.why(error)
        self.verdict.setText(f"⚠ {words}")
        self.bar.hide()
        self._enable()

    # Cases

    def _ask_cases(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Folder of case files"), str(Path.home()))
        if name:
            self.read_folder(Path(name))

    def read_folder(self, folder: Path) -> None:
        """Read every case file of a folder again."""
        self._read(partial(self._services.cases_of, sorted(folder.glob("*.her2case"))))

    def _read(self, cases: Cases, book: Casebook | None = None) -> None:
        if self.offer is None:
            return
        self.cases.clear()
        self.progress.setText(tr("Reading cases again …"))
        self.bar.setRange(0, 0)
        self.bar.show()
        self.reading.start(self.offer, cases, book)
        self._enable()

    def _step(self, done: int, of: int) -> None:
        if self.reading.running:
            self.bar.setRange(0, of)
            self.bar.setValue(done)
            self.progress.setText(tr("Reading cases again: {n} of {all}").format(n=done, all=of))

    def _show_found(self, found: Found) -> None:
        self.bar.hide()
        self.progress.setText(read_words(found))
        lists.show_cases(self.cases, found.differing)
        lists.show_pages(self.pages, found.pages)
        self.cases.empty = tr("No case reads otherwise.")
        self._enable()

    # Deeds

    def _install(self) -> None:
        if self.offer is None:
            return
        self.reading.stop()
        work = partial(self._services.install, self.offer, self.reason.text().strip(), self._book())
        self.buttons.install.setEnabled(False)
        self._worker.ask("pack", work, lambda _: self._take_up(tr("The pack is installed.")), self._refuse)

    def _go_back(self) -> None:
        self._do(partial(self._services.go_back, self.reason.text().strip(), self._book()), tr("One step back."))

    def _use_shipped(self) -> None:
        words = tr("The evidence the program came with is in use.")
        self._do(partial(self._services.use_shipped, self.reason.text().strip(), self._book()), words)

    # Whom the program trusts

    def _show_root(self) -> None:
        try:
            found = self._services.root()
        except EvidenceError as error:
            self.root.setText(f"⚠ {error}")
            return
        self.root.setText("\n".join(root_words(found)))
        self.buttons.trust.setVisible(found.kind == "none" and not found.problem)
        self.buttons.forget.setVisible(found.kind == "trusted" or bool(found.unused or found.problem))

    def _ask_root(self) -> None:
        kind = f"{tr('Root of evidence packs')} (*.root.json root.json)"
        name, _ = QFileDialog.getOpenFileName(self, tr("Open a root"), str(Path.home()), kind)
        if name:
            self.look_at_root(Path(name))

    def look_at_root(self, path: Path) -> None:
        """Ask whether the root in a file is trusted from now on."""
        try:
            root = self._services.read_root(path)
        except EvidenceError as error:
            self._refuse(error)
            return
        trust = partial(self._services.trust_root, root)
        self.asking = TrustDialog(root, lambda typed, why: trust(typed, why, self._book()), self)
        self.asking.accepted.connect(lambda: self._take_up(tr("The root is trusted from now on.")))
        self.asking.open()

    def _forget_root(self) -> None:
        work = partial(self._services.forget_root, self.reason.text().strip(), self._book())
        self._do(work, tr("The root is forgotten; the evidence the program came with is in use."))

    def _do(self, work: Callable[[], object], words: str) -> None:
        try:
            work()
        except EvidenceError as error:
            self._refuse(error)
        else:
            self._take_up(words)

    def _take_up(self, words: str) -> None:
        self._forget_offer()
        self.reason.clear()
        self.verdict.setText(words)
        self.changed.emit()
        self.refresh()

    def _clock_is_right(self) -> None:
        self._services.clock_is_right(self._today(), self.reason.text().strip(), self._book())
        self.reason.clear()
        self.refresh()

    def _followed_up(self) -> None:
        item, book = self.pages.currentItem(), self._book()
        if item is not None and book is not None:
            entry = lists.entry_of(item)
            self._services.followed_up(book, entry, self._today(), self.reason.text().strip())
            self.reason.clear()
            self.refresh()
