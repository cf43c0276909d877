"""Makes a packet of chosen case files in the background: order, layout, progress, and a button that stops it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from her2board.assessment.paper import PAPERS, Paper
from her2board.briefing.annex_choice import ANNEXES, AnnexChoice
from her2board.briefing.layouts import LAYOUTS
from her2board.briefing.packet import Order, PacketOptions
from her2board.case.checks import CaseError
from her2board.case.identity_review import Found
from her2board.case.model import Case
from her2board.case.storage import SUFFIX, load_stored, write_export
from her2board.case.writing import reason
from her2board.evidence.library import EvidenceLibrary
from her2board.gui.base import faults, theme
from her2board.gui.base.dialogs import Questions
from her2board.gui.base.empty import say
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.base.names_review import NamesReview, looked_through
from her2board.gui.base.worker import Worker
from her2board.wording import Marked, tr, trn

if TYPE_CHECKING:
    from her2board.gui.base.services import MakePacket

LookedAt = tuple[Path, Case, Sequence[Found]]
"""A case of a packet, its file, and what a person looks at in it."""
Made = tuple[bytes, Sequence[str]]
"""Bytes of a packet, and a line on every case that could not be printed."""

_ORDERS: dict[Order, Marked] = {
    "urgent-first": "Urgent first, then symptoms and size, WBRT proposed",
    "as-given": "As listed here",
}


class StoppedError(Exception):
    """The work was stopped on request."""


class _Progress(QObject):
    """Carries progress to the window, and the request to stop to the work."""

    advanced = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stop = Event()

    def __call__(self, done: int, of: int) -> None:
        if self._stop.is_set():
            raise StoppedError
        self.advanced.emit(done, of)

    def stop(self) -> None:
        """End the work at its next step."""
        self._stop.set()


class OpenCase(Struct, frozen=True):
    """The case on screen, which may be newer than its file."""

    path: Path
    case: Case


class _Cases(QListWidget):
    """The cases of the packet; says how to begin while there is none."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Say how to begin."""
        super().paintEvent(event)
        if not self.count():
            say(self, tr("Add the cases of the meeting: their files, or PDF of this program that carry one."))


class PacketDialog(QDialog):
    """Asks for the cases of a packet, makes it, and lists what could not be printed."""

    reported = Signal(str, bool)
    written = Signal(str, object)
    """A packet was written: what to say of it, and its path."""

    def __init__(
        self,
        make: MakePacket,
        worker: Worker,
        library: Callable[[], EvidenceLibrary | None],
        opened: Callable[[], OpenCase | None],
        names: NamesReview,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        theme.shape(self)
        self._make = make
        self._worker = worker
        self._library = library
        self._opened = opened
        self._names = names
        self._progress: _Progress | None = None
        self.setWindowTitle(tr("Make a packet"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        worker.closing.connect(self.stop)
        self._lay_out()
        here = opened()
        self.add(sorted(here.path.parent.glob(f"*{SUFFIX}")) if here else ())
        self._show_state()

    def _lay_out(self) -> None:
        self.cases = _Cases(self)
        self.cases.setSpacing(2)
        self.cases.setAccessibleName(tr("Cases of the packet"))
        self.cases.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.layout_choice = _choice({name: layout.label for name, layout in LAYOUTS.items()}, self)
        self.order_choice = _choice(_ORDERS, self)
        self.paper_choice = _choice({name: paper.label for name, paper in PAPERS.items()}, self)
        self.slips = QCheckBox(tr("A &blank decision slip per case"), self)
        self.annex_choice = _choice(ANNEXES, self)
        self.identified = QCheckBox(tr("&Name and record number, in this packet only"), self)
        self.layout_choice.currentIndexChanged.connect(self._show_state)
        self._prepare_report()
        form = QFormLayout()
        form.addRow(tr("La&yout"), self.layout_choice)
        form.addRow(tr("&Order"), self.order_choice)
        form.addRow(tr("&Paper"), self.paper_choice)
        form.addRow(tr("Anne&x of every case"), self.annex_choice)
        for box in (self.slips, self.identified):
            form.addRow("", box)
        column = QVBoxLayout(self)
        column.addLayout(self._cases_and_buttons(), 1)
        column.addLayout(form)
        column.addWidget(self.note)
        column.addWidget(self.problems)
        column.addWidget(self.bar)
        column.addLayout(self._buttons())
        self.resize(640, 600)

    def _prepare_report(self) -> None:
        self.note = Label(self)
        self.note.setWordWrap(True)
        self.note.allow_copying()
        self.problems = QPlainTextEdit(self)
        self.problems.setReadOnly(True)
        self.problems.setTabChangesFocus(True)
        self.problems.setAccessibleName(tr("Cases that could not be printed"))
        self.problems.setMaximumHeight(140)
        self.problems.hide()
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(tr("Progress"))

    def _cases_and_buttons(self) -> QGridLayout:
        grid = QGridLayout()
        grid.addWidget(self.cases, 0, 0, 5, 1)
        self._moves = (
            _button(tr("&Add…"), self._ask_files, self),
            _button(tr("&Remove"), self.remove, self),
            _button(tr("Move &up"), partial(self.move_case, -1), self),
            _button(tr("Move &down"), partial(self.move_case, 1), self),
        )
        for row, button in enumerate(self._moves):
            grid.addWidget(button, row, 1)
        grid.setRowStretch(4, 1)
        return grid

    def _buttons(self) -> QHBoxLayout:
        self.make_button = _button(tr("&Make…"), self._ask_where, self)
        self.stop_button = _button(tr("&Stop"), self.stop, self)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.make_button, self.stop_button, _button(tr("Close"), self.close, self)):
            row.addWidget(button)
        self.make_button.setDefault(True)
        return row

    def paths(self) -> list[Path]:
        """Return the files in the order of the list."""
        return [Path(self.cases.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(self.cases.count())]

    def add(self, paths: Iterable[Path]) -> None:
        """Add case files that are not in the list yet."""
        known = set(self.paths())
        for path in paths:
            if path not in known:
                item = QListWidgetItem(path.stem, self.cases)
                item.setData(Qt.ItemDataRole.UserRole, str(path))
                item.setToolTip(plain_tip(str(path)))
                known.add(path)
        self._show_state()

    def remove(self) -> None:
        """Take the chosen files out of the list."""
        for item in self.cases.selectedItems():
            self.cases.takeItem(self.cases.row(item))
        self._show_state()

    def move_case(self, by: int) -> None:
        """Move the current file up or down; the order is then the one of the list."""
        row = self.cases.currentRow()
        if row < 0 or not 0 <= row + by < self.cases.count():
            return
        item = self.cases.takeItem(row)
        self.cases.insertItem(row + by, item)
        self.cases.setCurrentItem(item)
        self.order_choice.setCurrentIndex(self.order_choice.findData("as-given"))

    def _ask_files(self) -> None:
        paths = self.paths()
        folder = paths[0].parent if paths else Path.home()
        names, _ = QFileDialog.getOpenFileNames(
            self, tr("Cases for the packet"), str(folder), f"{tr('her2board case')} (*{SUFFIX})"
        )
        self.add(map(Path, names))

    @property
    def options(self) -> PacketOptions:
        """What is chosen."""
        layout = LAYOUTS[self.layout_choice.currentData()]
        pages = layout.has_pages
        return PacketOptions(
            layout=layout.name,
            paper=cast(Paper, self.paper_choice.currentData()),
            order=cast(Order, self.order_choice.currentData()),
            annex=cast(AnnexChoice, self.annex_choice.currentData()) if pages else "none",
            slips=pages and self.slips.isChecked(),
            identified=self.identified.isChecked(),
            reviewed=not self.identified.isChecked(),
        )

    def _ask_where(self) -> None:
        suffix = LAYOUTS[self.options.layout].suffix
        suggested = self.paths()[0].parent / f"{tr('packet')}{suffix}"
        name, _ = QFileDialog.getSaveFileName(self, tr("Write the packet"), str(suggested), f"(*{suffix})")
        path = Questions(self).with_suffix(Path(name), suffix) if name else None
        if path is not None:
            self.write_to(path)

    def write_to(self, path: Path) -> None:
        """Make the packet and write it to ``path``."""
        library, here = self._library(), self._opened()
        if library is None:
            self._say(tr("No packet can be made: the evidence is not loaded"))
            return
        self._progress = progress = _Progress(self)
        progress.advanced.connect(self._show_progress)
        open_case = {here.path: here.case} if here else {}
        options = self.options

        def make(cases: Mapping[Path, Case]) -> Made:
            return self._make(paths, cases, options, library, progress)

        paths = self.paths()
        if options.identified:
            self._start(path, partial(make, open_case))
        else:
            look = partial(_looked_at, paths, open_case, library.vocabulary.words)
            self._worker.ask("packet", look, partial(self._review, path, make), partial(self._fail, path))
        self._say(tr("Making {name} …").format(name=path.name))
        self.bar.setRange(0, 0)
        self._show_state()

    def _review(self, path: Path, make: Callable[[Mapping[Path, Case]], Made], seen: Sequence[LookedAt]) -> None:
        """Make the packet of the very cases that were looked through, when what looks like a name was agreed to."""
        if self._progress is None:  # stopped meanwhile
            return
        if self._names.agreed([(file.stem, found) for file, _, found in seen]):
            self._start(path, partial(make, {file: case for file, case, _ in seen}))
        else:
            self._fail(path, StoppedError())

    def _start(self, path: Path, make: Callable[[], Made]) -> None:
        self._worker.ask("packet", make, partial(self._take, path), partial(self._fail, path))

    def stop(self) -> None:
        """Stop making the packet; nothing is written."""
        if self._progress is not None:
            self._progress.stop()

    def _show_progress(self, done: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)

    def _take(self, path: Path, made: tuple[bytes, Sequence[str]]) -> None:
        data, problems = made
        try:
            write_export(path, data, self.paths())
        except OSError as error:
            self._fail(path, error)
            return
        self._end()
        words = tr("Wrote {path}.").format(path=path)
        self.reported.emit(words, False)
        self.written.emit(words, path)
        if n := len(problems):
            words += " ⚠ " + trn("{n} case could not be printed", "{n} cases could not be printed", n).format(n=n)
        self._say(words, "\n".join(problems))

    def _fail(self, path: Path, error: Exception) -> None:
        self._end()
        if isinstance(error, StoppedError):
            self._say(tr("Stopped; nothing was written."))
            return
        why = reason(error, path) if isinstance(error, OSError) else faults.why(error)
        words = tr("{name} was not written: {why}. Nothing was changed.")
        self._say("⚠ " + words.format(name=path.name, why=why))

    def _end(self) -> None:
        self._progress = None
        self._show_state()

    def _say(self, words: str, problems: str = "") -> None:
        self.note.setText(words)
        self.problems.setPlainText(problems)
        self.problems.setVisible(bool(problems))

    def _show_state(self, *_: object) -> None:
        """Enable what can be done now."""
        busy = self._progress is not None
        pages = LAYOUTS[self.options.layout].has_pages
        for widget in (self.cases, *self._moves, self.layout_choice, self.order_choice, self.paper_choice):
            widget.setEnabled(not busy)
        self.identified.setEnabled(not busy)
        for box in (self.slips, self.annex_choice):
            box.setEnabled(pages and not busy)
        self.make_button.setEnabled(self.cases.count() > 0 and not busy)
        self.stop_button.setEnabled(busy)
        self.bar.setVisible(busy)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Close; what is under way is stopped and its answer forgotten."""
        self.stop()
        self._worker.drop("packet")
        super().closeEvent(event)


def _looked_at(paths: Sequence[Path], opened: Mapping[Path, Case], known: frozenset[str]) -> list[LookedAt]:
    """Return what looks like a name, file by file; one that cannot be read is reported when the packet is made."""
    seen = []
    for path in paths:
        with suppress(CaseError, OSError):
            case = opened.get(path) or load_stored(path).case
            seen.append((path, case, looked_through(case, known)))
    return seen


def _choice(texts: Mapping[Any, Marked], parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    for value, text in texts.items():
        box.addItem(tr(text), value)
    return box


def _button(text: str, act: Callable[[], object], parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: act())
    return button
