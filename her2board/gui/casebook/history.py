"""The versions of a case: who changed what and when; each can be read, compared and restored as a new one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from her2board.case.differences import differences
from her2board.case.model import Case
from her2board.case.storage import write_export
from her2board.case.writing import reason
from her2board.casebook.book import ConflictError
from her2board.casebook.model import CaseVersion, SignedOff
from her2board.gui.base import shown
from her2board.gui.base.heading import Heading
from her2board.gui.base.labels import plain_tip
from her2board.gui.base.names_review import NamesReview, looked_through
from her2board.gui.base.roomy import space_lines
from her2board.gui.base.words import differing
from her2board.gui.casebook.around import Around, button
from her2board.gui.casebook.case_page import CasePage
from her2board.gui.casebook.conflict import moment_words
from her2board.gui.casebook.session import BookSession
from her2board.gui.results.live import as_of
from her2board.wording import tr

_AGAIN = "signed page"
_SIGN = "page to sign"


class HistoryPage(QWidget):
    """Versions at the top left, what differs below them, the page of the version at the right."""

    left = Signal()
    restored = Signal(str)
    reported = Signal(str, bool)

    def __init__(self, session: BookSession, around: Around, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._around = around
        self.case_id = ""
        self._versions: tuple[CaseVersion, ...] = ()
        self._signed: tuple[SignedOff, ...] = ()
        self._names = NamesReview(lambda rows: around.questions().names(rows))
        self.title = Heading("", self, 1.3)
        self.versions = _tree(
            (tr("Version"), tr("When"), tr("Who"), tr("What changed")), tr("Versions of the case"), self
        )
        self.versions.currentItemChanged.connect(lambda *_: self._show_version())
        self._compared = Heading("", self, 1.0)
        self.changes = _tree((tr("Field"), tr("Before"), tr("After")), tr("What differs"), self)
        self.changes.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.signed = _tree(
            (tr("When"), tr("Who"), tr("Version"), tr("Evidence"), tr("Program")), tr("Signed-off briefings"), self
        )
        self.page = CasePage(around, self)
        self.latest = button(tr("Compare with the la&test"), self._compare_latest, self)
        self.latest.setCheckable(True)
        self.restore_button = button(tr("&Restore as a new version"), self.restore, self)
        self.sign_button = button(tr("Sign &off…"), self._ask_sign_off, self)
        self.sign_button.setToolTip(
            plain_tip(tr("Write the page of this version, and keep what it was made of: it can be made again"))
        )
        self.again_button = button(tr("&Make the signed page again…"), self._ask_where, self)
        self.back = button(tr("&Back"), self.left.emit, self)
        self._lay_out()

    def _lay_out(self) -> None:
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.title)
        column.addWidget(self.versions, 3)
        row = QHBoxLayout()
        row.addWidget(self._compared, 1)
        row.addWidget(self.latest)
        column.addLayout(row)
        column.addWidget(self.changes, 3)
        self._signed_heading = Heading(tr("Signed-off briefings"), self, 1.0)
        column.addWidget(self._signed_heading)
        column.addWidget(self.signed, 1)
        bottom = QHBoxLayout()
        for part in (self.back, self.restore_button, self.sign_button, self.again_button):
            bottom.addWidget(part)
        bottom.addStretch(1)
        column.addLayout(bottom)
        split = QSplitter(self)
        split.addWidget(side)
        split.addWidget(self.page)
        split.setSizes([700, 540])
        split.setChildrenCollapsible(False)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(split)

    def show_case(self, case_id: str) -> None:
        """Show the versions of a case, the latest first."""
        self.case_id = case_id
        book = self._session.book
        self._versions, self._signed = tuple(book.versions(case_id)), tuple(book.signed_off(case_id))
        self.title.setText(tr("History of {code}").format(code=self._session.code(case_id)))
        self.versions.clear()
        for one in self._versions:
            item = QTreeWidgetItem([str(one.number), moment_words(one.at), one.by, one.changed.replace("\n", "; ")])
            item.setToolTip(3, plain_tip(one.changed))
            self.versions.addTopLevelItem(item)
        self.signed.clear()
        for each in self._signed:
            self.signed.addTopLevelItem(
                QTreeWidgetItem(
                    [moment_words(each.at), each.by, str(each.version), each.release.split(" ")[0], each.program]
                )
            )
        for part in (self._signed_heading, self.signed, self.again_button):
            part.setVisible(bool(self._signed))
        for tree in (self.signed, self.versions):
            tree.setCurrentIndex(tree.model().index(0, 0))
        self.versions.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chosen(self) -> int:
        """Number of the version the keyboard is on."""
        item = self.versions.currentItem()
        return int(item.text(0)) if item else 0

    def _show_version(self) -> None:
        number = self.chosen
        if not number:
            return
        self.restore_button.setEnabled(number != self._versions[0].number)
        case = self._session.book.case_at(self.case_id, number).value
        self._compare(case, number)
        self.page.show_case(case, as_of(case, self._session.today()).day)

    def _compare_latest(self) -> None:
        self._compare(self._session.book.case_at(self.case_id, self.chosen).value, self.chosen)

    def _compare(self, case: Case, number: int) -> None:
        """List what a version changed, or what the latest one has otherwise."""
        self.changes.clear()
        self.changes.hide()
        latest = self._versions[0].number
        other = latest if self.latest.isChecked() else number - 1
        if not 0 < other != number:
            self._compared.setText(tr("This is the first version") if number == 1 else tr("This is the latest version"))
            return
        before, after = (other, number) if other < number else (number, other)
        self._compared.setText(tr("From version {a} to version {b}").format(a=before, b=after))
        there = self._session.book.case_at(self.case_id, other).value
        old, new = (there, case) if other < number else (case, there)
        for found in differences(old, new):
            item = QTreeWidgetItem([words.replace("\n", "; ") for words in differing(found)])
            for place, words in enumerate(differing(found)):
                item.setToolTip(place, plain_tip(words))
            self.changes.addTopLevelItem(item)
        self.changes.show()

    def restore(self) -> None:
        """Store a version again, as the newest; those between stay in the history."""
        number, book = self.chosen, self._session.book
        kept, before = book.case(self.case_id), book.case_at(self.case_id, number).value
        words = tr("version {n} restored").format(n=number)
        try:
            done = self._session.attempt(lambda: book.save(self.case_id, before, kept.version, changed=words))
        except ConflictError:
            self.reported.emit(tr("Somebody saved a newer version meanwhile; look at it first"), True)
            self.show_case(self.case_id)
            return
        if done is not None:
            self.show_case(self.case_id)
            self.restored.emit(self.case_id)
            self.reported.emit(
                tr("Version {n} is the latest again, as version {new}").format(n=number, new=done.version), False
            )

    def _ask_sign_off(self) -> None:
        """Ask about names in the texts, then where the page goes, and sign off the version the keyboard is on."""
        library, number = self._around.library(), self.chosen
        if library is None or not number:
            self.reported.emit(tr(shown.NO_EVIDENCE), False)
            return
        code, case = self._session.code(self.case_id), self._session.book.case_at(self.case_id, number).value
        if not self._names.agreed([(code, looked_through(case, library.vocabulary.words))]):
            self.reported.emit(tr("Nothing was signed off"), False)
            return
        name, _ = QFileDialog.getSaveFileName(self, tr("Sign off"), str(Path.home() / f"{code}.pdf"), "(*.pdf)")
        path = self._around.questions().with_suffix(Path(name), ".pdf") if name else None
        if path is not None:
            self.sign_off(number, path)

    def sign_off(self, number: int, path: Path) -> None:
        """Make the page of a version, write it, and keep its exact inputs."""
        books, case_id = self._around.services.casebooks, self.case_id
        assert books is not None
        make = partial(books.sign_off, self._session.book, case_id, number, self._around.paper())
        self.reported.emit(tr("Writing {name} …").format(name=path.name), False)
        self._around.worker.ask(_SIGN, make, partial(self._keep, path), self._not_signed)

    def _keep(self, path: Path, made: tuple[bytes, SignedOff]) -> None:
        data, signed = made
        if not self._session.is_open:
            return
        try:
            write_export(path, data, ())
        except OSError as error:
            self._not_signed(OSError(reason(error, path)))
            return
        if self._session.attempt(lambda: self._signed_off(signed)):
            if signed.case_id == self.case_id:
                self.show_case(self.case_id)
            words = tr("{path}: version {n} of {code} is signed off.")
            code = self._session.code(signed.case_id)
            self.reported.emit(words.format(path=path, n=signed.version, code=code), False)

    def _signed_off(self, signed: SignedOff) -> bool:
        self._session.book.sign_off(signed)
        return True

    def _not_signed(self, error: Exception) -> None:
        words = tr("Nothing was signed off: {why}")
        self.reported.emit(words.format(why=str(error) or type(error).__name__), True)

    def _ask_where(self) -> None:
        place = self.signed.currentIndex().row()
        if place < 0:
            return
        suggested = str(Path.home() / f"{self._session.code(self.case_id)}.pdf")
        name, _ = QFileDialog.getSaveFileName(self, tr("Make the signed page again"), suggested, "(*.pdf)")
        if name:
            self.make_again(self._signed[place], Path(name))

    def make_again(self, signed: SignedOff, path: Path) -> None:
        """Make the page of a signed-off briefing again and write it."""
        books = self._around.services.casebooks
        assert books is not None
        make: Callable[[], bytes] = partial(books.made_again, self._session.book, signed)
        self._around.worker.ask(_AGAIN, make, partial(self._write, path), self._not_made)

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_export(path, data, ())
        except OSError as error:
            self.reported.emit(tr("{path}: {why}").format(path=path, why=reason(error, path)), True)
            return
        self._session.book.record("exported", self.case_id, path.name)
        self.reported.emit(tr("Wrote {path}: the same bytes as signed off.").format(path=path), False)

    def _not_made(self, error: Exception) -> None:
        self.reported.emit(
            tr("The page was not made again: {why}").format(why=str(error) or type(error).__name__), True
        )


def _tree(headings: tuple[str, ...], name: str, parent: QWidget) -> QTreeWidget:
    made = QTreeWidget(parent)
    space_lines(made)
    made.setHeaderLabels(list(headings))
    made.setAccessibleName(name)
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setAllColumnsShowFocus(True)
    header = made.header()
    header.setStretchLastSection(True)
    for place in range(len(headings) - 1):
        header.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
    return made
