"""Opens a casebook by its passphrase, or makes a new one; shows the recovery key of a new one once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from her2board.casebook.book import Casebook
from her2board.casebook.errors import CasebookError, WrongPassphraseError
from her2board.gui.base.heading import Heading
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.base.recent import CASEBOOKS, RecentFiles
from her2board.gui.base.roomy import space_lines
from her2board.gui.base.services import BookServices
from her2board.gui.base.worker import Worker
from her2board.gui.casebook.around import button
from her2board.gui.casebook.kept_choice import KeptChoice
from her2board.gui.casebook.secret import SHORTEST, SecretLine, strength
from her2board.wording import tr

if TYPE_CHECKING:
    from her2board.gui.base.services import Summarise, Where

SUFFIX = ".her2book"
_WIDTH, _BETWEEN = 380, 48
"""Pixels of each side, and between the two."""
_UNLOCK = "unlock"


class OpeningPage(QWidget):
    """Left: a casebook that is there. Right: a new one."""

    opened = Signal(object, object, str)
    """The book; its path, or its name on a server; and its recovery key where it is to be shown."""
    left = Signal()
    reported = Signal(str, bool)

    def __init__(
        self,
        services: BookServices,
        summary: Summarise,
        worker: Worker,
        settings: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._summary = summary
        self._worker = worker
        self._recent = RecentFiles(settings, CASEBOOKS)
        self.heading = Heading("", self, 1.6)
        self.books = QListWidget(self)
        space_lines(self.books)
        self.books.setAccessibleName(tr("Casebooks"))
        self.books.currentItemChanged.connect(lambda *_: self._name_place())
        self.passphrase = SecretLine(tr("Passphrase"), self)
        self.passphrase.returnPressed.connect(self.unlock)
        self.unlock_button = button(tr("&Unlock"), self.unlock, self, leading=True)
        self.kept = KeptChoice(settings, worker, self)
        self.kept.unlock_asked.connect(self._unlock_kept)
        self.kept.reported.connect(self._say_kept)
        self.recovery = QLineEdit(self)
        self.recovery.setAccessibleName(tr("Recovery key"))
        self.recovery.setPlaceholderText(tr("recovery key, as printed"))
        self.new_kind = QComboBox(self)
        self.new_kind.setAccessibleName(tr("What the new casebook is kept in"))
        self.new_kind.currentIndexChanged.connect(lambda _: self._offer_place())
        self.new_path = QLineEdit(str(Path.home() / f"{tr('casebook')}{SUFFIX}"), self)
        self.new_path.setAccessibleName(tr("Where the new casebook is kept"))
        self.first = SecretLine(tr("Passphrase of the new casebook"), self)
        self.again = SecretLine(tr("The same passphrase again"), self)
        self.again.returnPressed.connect(self.create_book)
        self.strength = Label(self)
        self.create_button = button(tr("C&reate"), self.create_book, self)
        self.first.textChanged.connect(lambda text: self.strength.setText(strength(text)))
        self.problem = Label(self)
        self.place = Label(self)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(tr("Progress"))
        self._lay_out()
        self.refresh()

    def _existing(self) -> QVBoxLayout:
        """Return the side that opens a casebook."""
        left = QVBoxLayout()
        left.addWidget(Heading(tr("Open a casebook"), self))
        left.addWidget(self.books)
        left.addWidget(button(tr("Another fi&le…"), self._ask_file, self), 0, Qt.AlignmentFlag.AlignLeft)
        _row(left, tr("&Passphrase"), self.passphrase, self)
        left.addWidget(self.kept)
        left.addWidget(self.unlock_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.lost_button = button(tr("Passphrase lost: use the recovery &key"), self._offer_recovery, self)
        self.lost_button.setFlat(True)
        left.addWidget(self.lost_button, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self.recovery)
        left.addStretch(1)
        return left

    def _lay_out(self) -> None:
        left, right = self._existing(), QVBoxLayout()
        for side in (left, right):
            side.setSpacing(6)
        right.addWidget(Heading(tr("Create a new one"), self))
        self._where = _row(right, tr("&Where"), self.new_kind, self)
        right.addWidget(self.new_path)
        self.choose_button = button(tr("Ch&oose…"), self._ask_place, self)
        right.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignLeft)
        _row(right, tr("P&assphrase"), self.first, self)
        right.addWidget(self.strength)
        _row(right, tr("Aga&in"), self.again, self)
        right.addWidget(self.create_button, 0, Qt.AlignmentFlag.AlignLeft)
        right.addStretch(1)
        lines = (self.passphrase, self.recovery, self.new_path, self.first, self.again)
        for part in (self.books, self.new_kind, self.strength, *lines):
            part.setFixedWidth(_WIDTH)
        self.books.setMaximumHeight(140)
        for line in (self.strength, self.problem, self.place):
            line.setWordWrap(True)
        self.strength.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        sides = QHBoxLayout()
        sides.setSpacing(_BETWEEN)
        sides.addStretch()
        sides.addLayout(left)
        sides.addLayout(right)
        sides.addStretch()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(1)
        about = Label(tr("Cases and meetings of a department in one encrypted file."), self)
        for line in (self.heading, about, self.problem, self.place):
            line.setFixedWidth(2 * _WIDTH + _BETWEEN)
        column.addWidget(self.heading, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(about, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(sides)
        for line in (self.problem, self.place):
            column.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def refresh(self, heading: str = "") -> None:
        """Show the casebooks opened last; nothing of what is in them."""
        self.heading.setText(heading or tr("Casebook"))
        self.books.clear()
        for path in self._recent.paths():
            self._add(path)
        self.new_kind.clear()
        self.new_kind.addItem(tr("in a file"), "")
        for name in self._services.servers():
            self._add(name)
            self.new_kind.addItem(tr("{name} (on a server)").format(name=name), name)
        self._offer_place()
        self.books.setCurrentRow(0)
        self.books.setVisible(self.books.count() > 0)
        self.recovery.hide()
        self.bar.hide()
        self.problem.clear()
        self.passphrase.clear()
        self._name_place()

    def _offer_place(self) -> None:
        """Ask for a file where the new casebook is kept in one; without a server there is nothing to choose."""
        self.new_kind.setVisible(self.new_kind.count() > 1)
        for part in (self.new_path, self.choose_button):
            part.setVisible(not self.new_kind.currentData())
        self._where.setBuddy(self.new_path if self.new_kind.isHidden() else self.new_kind)

    def _add(self, where: Where) -> None:
        on_server = isinstance(where, str)
        item = QListWidgetItem(tr("{name} (on a server)").format(name=where) if on_server else Path(where).stem)
        item.setData(Qt.ItemDataRole.UserRole, where)
        item.setToolTip(plain_tip(tr("named in the settings of the clinic") if on_server else str(where)))
        self.books.insertItem(0 if self.books.count() == 0 else self.books.count(), item)

    def enter(self) -> None:
        """Put the keyboard where one begins."""
        (self.passphrase if self.books.count() else self.new_path).setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, where: Where) -> None:
        """Choose the casebook at a path, or on a server by its name."""
        for place in range(self.books.count()):
            if self.books.item(place).data(Qt.ItemDataRole.UserRole) == where:
                self.books.setCurrentRow(place)
                return
        self._add(where)
        self.books.show()
        self.books.setCurrentRow(self.books.count() - 1)

    @property
    def chosen(self) -> Where | None:
        """The casebook chosen in the list: its path, or its name on a server."""
        item = self.books.currentItem()
        if item is None:
            return None
        where: Where = item.data(Qt.ItemDataRole.UserRole)
        return where

    def _name_place(self) -> None:
        where = self.chosen
        self.place.setText(self._services.place(where) if isinstance(where, Path) else "")
        self.kept.show_for(where)
        for part in (self.passphrase, self.unlock_button, self.lost_button):
            part.setEnabled(where is not None)

    def _ask_file(self) -> None:
        folder = self.chosen.parent if isinstance(self.chosen, Path) else Path.home()
        name, _ = QFileDialog.getOpenFileName(self, tr("Open a casebook"), str(folder), f"{tr('Casebook')} (*{SUFFIX})")
        if name:
            self.choose(Path(name))
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_place(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Create a casebook"), self.new_path.text(), f"(*{SUFFIX})")
        if name:
            self.new_path.setText(name if name.endswith(SUFFIX) else f"{name}{SUFFIX}")

    def _offer_recovery(self) -> None:
        self.recovery.show()
        self.recovery.setFocus(Qt.FocusReason.OtherFocusReason)
        self.problem.setText(tr("With the recovery key, type a new passphrase above, then unlock."))

    def unlock(self) -> None:
        """Open the chosen casebook."""
        where = self.chosen
        if where is None or not self.passphrase.text():
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        typed, key = self.passphrase.take(), "" if self.recovery.isHidden() else self.recovery.text().strip()
        services = self._services
        unlock = partial(services.recover, where, key, typed) if key else partial(services.open, where, typed)
        keep = typed if self.kept.keep_box.isChecked() else ""
        self._do(partial(unlock, self._summary), where, new=False, keep=keep)

    def _unlock_kept(self) -> None:
        where = self.chosen
        assert where is not None
        services, summary = self._services, self._summary

        def refused(error: Exception) -> None:
            self._refuse(error)
            if isinstance(error, WrongPassphraseError):
                self.kept.forget(where, tr("The passphrase that was kept does not open it any more; type it."))

        self._begin()
        work = partial(_opened_with_kept, services, where, summary)
        self._worker.ask(_UNLOCK, work, partial(self._take, where, False, ""), refused)

    def _say_kept(self, words: str, problem: bool) -> None:
        """Say it here, or in the window where the casebook is open already."""
        if self.isVisible():
            self.problem.setText(words)
        else:
            self.reported.emit(words, problem)

    def create_book(self) -> None:
        """Make a new casebook."""
        first, again = self.first.text(), self.again.text()
        if len(first.strip()) < SHORTEST or first != again:
            different = tr("The two passphrases are not the same.")
            self.problem.setText(different if len(first.strip()) >= SHORTEST else strength(first) or strength("x"))
            (self.again if len(first.strip()) >= SHORTEST else self.first).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.again.take()
        where: Where = self.new_kind.currentData() or Path(self.new_path.text().strip()).expanduser()
        self._do(partial(self._services.create, where, self.first.take(), self._summary), where, new=True)

    def _do(self, work: Callable[[], Casebook], where: Where, *, new: bool, keep: str = "") -> None:
        self._begin()
        self._worker.ask(_UNLOCK, work, partial(self._take, where, new, keep), self._refuse)

    def _begin(self) -> None:
        self.problem.clear()
        self.bar.show()
        for part in (self.unlock_button, self.create_button):
            part.setEnabled(False)

    def _ready(self) -> None:
        self.bar.hide()
        self.create_button.setEnabled(True)
        self._name_place()

    def _take(self, where: Where, new: bool, keep: str, book: Casebook) -> None:
        self._ready()
        if keep:
            self.kept.keep(where, keep)
        if isinstance(where, Path):
            self._recent.add(where)
        self.opened.emit(book, where, self._services.recovery_key(book) if new else "")

    def _refuse(self, error: Exception) -> None:
        self._ready()
        if isinstance(error, WrongPassphraseError):
            self.problem.setText(tr("Wrong passphrase or recovery key."))
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.problem.setText(str(error) if isinstance(error, CasebookError) else type(error).__name__)


def _opened_with_kept(services: BookServices, where: Where, summary: Summarise) -> Casebook:
    from her2board.casebook.kept_passphrase import kept  # where somebody asked for it once

    return services.open(where, kept(where), summary)


def _row(column: QVBoxLayout, words: str, part: QWidget, parent: QWidget) -> Label:
    label = Label(words, parent)
    label.setBuddy(part)
    column.addWidget(label)
    column.addWidget(part)
    return label
