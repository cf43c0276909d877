"""Backups, encrypted export and import, plain files after a question, the lock, the passphrase and the audit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from her2board.case.file_names import suggested_name
from her2board.case.storage import SUFFIX, save
from her2board.case.writing import reason
from her2board.casebook.errors import CasebookError, WrongPassphraseError
from her2board.casebook.keys import Cost
from her2board.casebook.stored import StoredCasebook
from her2board.gui.base.heading import Heading
from her2board.gui.base.labels import Label
from her2board.gui.casebook.around import Around, button
from her2board.gui.casebook.backup_steps import EVERY, Backups
from her2board.gui.casebook.entries import line_up
from her2board.gui.casebook.import_clashes import clashes_of, import_words
from her2board.gui.casebook.lock_watch import AFTER, CHOICES, lock_after
from her2board.gui.casebook.secret import SecretLine, strength
from her2board.gui.casebook.session import BookSession
from her2board.wording import Marked, tr, trn

if TYPE_CHECKING:
    from her2board.casebook.transfer import Imported

EXPORT_SUFFIX = ".her2export"
_WORK = "moving"
_WIDTH = 800
WHAT: dict[str, Marked] = {
    "meeting": "the meeting shown, with its cases",
    "everything": "everything",
}


class MovingPage(QWidget):
    """Everything that takes cases out of the casebook or brings them in, and what protects it."""

    reported = Signal(str, bool)
    conflicts_found = Signal(object)
    """What went on differently here and in an import: a tuple of clashes."""

    def __init__(self, session: BookSession, around: Around, backups: Backups, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._around = around
        self._case_id = ""
        self.backups = backups
        self.backups.reported.connect(self._show)
        self.backups.made.connect(lambda _: self.refresh())
        body = QWidget(self)
        body.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(body)
        column.setSpacing(8)
        for words, part in (
            (tr("Backups"), self._backup_part(body)),
            (tr("Export, encrypted"), self._export_part(body)),
            (tr("Import"), self._import_part(body)),
            (tr("Lock and passphrase"), self._lock_part(body, around.settings)),
            (tr("Audit"), self._audit_part(body)),
        ):
            column.addWidget(Heading(words, body, 1.15))
            column.addLayout(part)
            column.addSpacing(10)
        line_up([label for label in body.findChildren(Label) if label.buddy() is not None])
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        self.result = Label(self)
        self.result.setWordWrap(True)
        self.result.allow_copying()
        around_all = QVBoxLayout(self)
        around_all.addWidget(scroll, 1)
        around_all.addWidget(self.result)

    def _backup_part(self, body: QWidget) -> QVBoxLayout:
        self.last = Label(body)
        self.folder = Label(body)
        self.every = _choice({str(days): words for days, words in EVERY.items()}, tr("How often"), body)
        self.every.setCurrentIndex(self.every.findData(str(self.backups.every)))
        self.every.currentIndexChanged.connect(lambda _: self.backups.use_every(int(self.every.currentData())))
        self.backup_button = button(tr("&Back up now"), self.backups.make, body, leading=True)
        self.rehearse_button = button(tr("&Try the last backup"), self.backups.rehearse, body)
        column = QVBoxLayout()
        column.addWidget(self.last)
        column.addWidget(self.folder)
        choose = button(tr("Another folder…"), self._ask_folder, body)
        column.addLayout(_beside(self.backup_button, self.rehearse_button, self.every, choose))
        return column

    def _export_part(self, body: QWidget) -> QVBoxLayout:
        self.what = _choice(WHAT, tr("What is exported"), body)
        self.first, self.again = SecretLine(tr("Passphrase of the export"), body), SecretLine(tr("Again"), body)
        self.strength = Label(body)
        self.first.textChanged.connect(lambda text: self.strength.setText(strength(text)))
        self.export_button = button(tr("E&xport…"), self._ask_export, body)
        self.plain_button = button(tr("As plain files…"), self._ask_plain, body)
        column = QVBoxLayout()
        form = QFormLayout()
        form.addRow(_named(tr("What"), self.what, body), self.what)
        form.addRow(_named(tr("Passphrase of its own"), self.first, body), self.first)
        form.addRow(_named(tr("Again"), self.again, body), self.again)
        column.addLayout(form)
        column.addWidget(self.strength)
        column.addLayout(_beside(self.export_button, self.plain_button))
        return column

    def _import_part(self, body: QWidget) -> QVBoxLayout:
        self.word = SecretLine(tr("Passphrase of the import"), body)
        self.import_button = button(tr("&Import…"), self._ask_import, body)
        form = QFormLayout()
        form.addRow(_named(tr("Its passphrase"), self.word, body), self.word)
        column = QVBoxLayout()
        column.addLayout(form)
        column.addLayout(_beside(self.import_button))
        return column

    def _lock_part(self, body: QWidget, settings: QSettings) -> QVBoxLayout:
        minutes = {str(n): trn("after {n} minute", "after {n} minutes", n).format(n=n) for n in CHOICES}
        self.after = _choice(minutes, tr("Lock when nobody types"), body)
        self.after.setCurrentIndex(self.after.findData(str(lock_after(settings))))
        self.after.currentIndexChanged.connect(lambda _: settings.setValue(AFTER, self.after.currentData()))
        self.old = SecretLine(tr("Present passphrase"), body)
        self.new, self.new_again = SecretLine(tr("New passphrase"), body), SecretLine(tr("New one again"), body)
        self.change_button = button(tr("Change the &passphrase"), self.change, body)
        form = QFormLayout()
        form.addRow(_named(tr("Lock when nobody types"), self.after, body), self.after)
        for words, line in ((tr("Present passphrase"), self.old), (tr("New passphrase"), self.new)):
            form.addRow(_named(words, line, body), line)
        form.addRow(_named(tr("New one again"), self.new_again, body), self.new_again)
        column = QVBoxLayout()
        column.addLayout(form)
        column.addLayout(_beside(self.change_button))
        return column

    def _audit_part(self, body: QWidget) -> QVBoxLayout:
        self.audit_button = button(tr("Check the &audit"), self.check_audit, body)
        column = QVBoxLayout()
        column.addLayout(_beside(self.audit_button))
        return column

    def enter(self) -> None:
        """Show what there is now."""
        self.refresh()
        self.backup_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_case(self, case_id: str) -> None:
        """Offer to export one case, the one that was in sight before; empty for none."""
        self._case_id = case_id
        place = self.what.findData("case")
        code = self._session.code(case_id) if case_id else ""
        if not code:
            self.what.removeItem(place)
            return
        if place < 0:
            self.what.addItem("", "case")
        self.what.setItemText(self.what.findData("case"), tr("the case {code}, with its history").format(code=code))

    def refresh(self) -> None:
        """Show when and where the last backup was made."""
        self.last.setText(self.backups.last_words())
        self.folder.setText(tr("Folder: {path}").format(path=self.backups.folder))

    def _say(self, words: str, problem: bool) -> None:
        self._show(words, problem)
        self.reported.emit(words, problem)

    def _show(self, words: str, problem: bool) -> None:
        self.result.setText(f"⚠ {words}" if problem else words)

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Folder of the backups"), str(self.backups.folder))
        if name:
            self.backups.use_folder(Path(name))
            self.refresh()

    @property
    def _book(self) -> StoredCasebook | None:
        book = self._session.book
        return book if isinstance(book, StoredCasebook) else None

    @property
    def _what(self) -> str:
        return str(self.what.currentData())

    def _ask_export(self) -> None:
        if not self.first.text() or self.first.text() != self.again.text():
            different = tr("The two passphrases are not the same.")
            self._say(different if self.first.text() else tr("An export needs a passphrase of its own."), True)
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        suggested = str(Path.home() / f"{tr('casebook')}{EXPORT_SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(self, tr("Export"), suggested, f"(*{EXPORT_SUFFIX})")
        path = self._around.questions().with_suffix(Path(name), EXPORT_SUFFIX) if name else None
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write an encrypted export."""
        from her2board.casebook.transfer import export_to  # with the key functions, when something moves

        book = self._book
        assert book is not None
        word, _ = self.first.take(), self.again.take()
        meeting = (self._session.meeting_id,) if self._session.meeting_id else ()
        cases, meetings = {"everything": (None, ()), "case": ((self._case_id,), ())}.get(self._what, ((), meeting))
        work = partial(export_to, book, path, word, Cost(), cases=cases, meetings=meetings)

        def done(count: int) -> None:
            words = trn("{path}: {n} case, encrypted.", "{path}: {n} cases, encrypted.", count)
            self._say(words.format(path=path, n=count), False)

        self._do(work, done)

    def _do(self, work: Callable[[], object], done: Callable[[object], None] | Callable[..., None]) -> None:
        self._say(tr("Working …"), False)
        self._around.worker.ask(_WORK, work, done, self._fail)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, WrongPassphraseError):
            self._say(tr("Wrong passphrase."), True)
        else:
            self._say(str(error) if isinstance(error, CasebookError) else type(error).__name__, True)

    def _ask_plain(self) -> None:
        ids = self._chosen_cases()
        if not ids or not self._around.questions().plain_copies(len(ids)):
            return
        name = QFileDialog.getExistingDirectory(self, tr("Folder for the plain files"), str(Path.home()))
        if name:
            self.write_plain(ids, Path(name))

    def _chosen_cases(self) -> list[str]:
        kept = self._session.meeting
        if self._what == "case":
            return [self._case_id]
        if self._what == "everything":
            return list(self._session.book.summaries())
        return [one.case_id for one in kept.value.listings if self._session.code(one.case_id)] if kept else []

    def write_plain(self, ids: list[str], folder: Path) -> None:
        """Write cases as plain files; whoever asked has agreed."""
        for key in ids:
            case = self._session.book.case(key).value
            path = suggested_name(case.code, key, SUFFIX, folder)
            path = path if not path.exists() else suggested_name(f"{case.code} {key}", key, SUFFIX, folder)
            try:
                save(case, path)
            except OSError as error:
                self._say(tr("{path}: {why}").format(path=path, why=reason(error, path)), True)
                return
            self._session.book.record("exported_in_plain", key, path.name)
        words = trn("{path}: {n} case in plain.", "{path}: {n} cases in plain.", len(ids))
        self._say(words.format(path=folder, n=len(ids)), False)

    def _ask_import(self) -> None:
        if not self.word.text():
            self._say(tr("The passphrase of the export is needed."), True)
            self.word.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        name, _ = QFileDialog.getOpenFileName(self, tr("Import"), str(Path.home()), f"(*{EXPORT_SUFFIX})")
        if name:
            self.import_from(Path(name))

    def import_from(self, path: Path) -> None:
        """Take in an encrypted export; where both sides went on, ours stays until somebody chooses."""
        from her2board.briefing.meeting.into_book import decided_elsewhere
        from her2board.casebook.transfer import import_from  # as above

        book = self._book
        assert book is not None
        work = partial(import_from, book, path, self.word.take(), decided=decided_elsewhere)
        self._do(work, self._take_import)

    def _take_import(self, found: Imported) -> None:
        self._session.look()
        self._say(import_words(found), bool(found.conflicts or found.known))
        if found.conflicts:
            self.conflicts_found.emit(clashes_of(found))

    def change(self) -> None:
        """Give the casebook another passphrase; the key and the cases stay as they are."""
        if not self.new.text() or self.new.text() != self.new_again.text():
            self._say(tr("The two passphrases are not the same."), True)
            return
        before, after, _ = self.old.take(), self.new.take(), self.new_again.take()
        books = self._around.services.casebooks
        assert books is not None
        work = partial(books.change_passphrase, self._session.server or self._session.path, before, after)
        self._do(work, lambda _: self._say(tr("The passphrase is changed."), False))

    def check_audit(self) -> None:
        """Say whether any entry of the audit was removed or altered."""
        problems, entries = self._session.book.audit_problems(), len(self._session.book.audit())
        if problems:
            self._say("\n".join(problems), True)
            return
        words = trn("{n} entry, none removed or altered.", "{n} entries, none removed or altered.", entries)
        self._say(words.format(n=entries), False)


def _choice(choices: dict[str, str], name: str, parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    box.setAccessibleName(name)
    for value, words in choices.items():
        box.addItem(tr(words), value)
    return box


def _named(words: str, part: QWidget, parent: QWidget) -> Label:
    label = Label(words, parent)
    label.setBuddy(part)
    return label


def _beside(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
