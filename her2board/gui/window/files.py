"""New, open, save, export: what is asked first, what is reported after, and nothing lost in between."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from her2board import paths
from her2board.assessment.clinic import Clinic, as_file
from her2board.assessment.paper import Paper
from her2board.case.again import presented_again
from her2board.case.checks import CaseError, CaseProblem
from her2board.case.storage import SUFFIX, write_export
from her2board.case.writing import other_names, reason, write_atomically
from her2board.gui.base import faults
from her2board.gui.base.dialogs import Questions
from her2board.gui.base.recent import RecentFiles
from her2board.gui.base.services import CaseInPdf, PageRefusedError, Services
from her2board.gui.base.words import place_words, refusal_words
from her2board.gui.base.worker import Worker
from her2board.gui.document.autosave import Autosave
from her2board.gui.document.case_lock import CaseLock, Holder
from her2board.gui.document.left_behind import LeftBehind, Unreadable, examined, without_place
from her2board.gui.document.leftovers import clear_up
from her2board.gui.document.unsaved import left_behind
from her2board.gui.window.records import RecordReading
from her2board.gui.window.workbench import Workbench
from her2board.wording import tr

if TYPE_CHECKING:  # printing is imported when somebody prints
    from PySide6.QtPrintSupport import QPrinter

    from her2board.gui.window.book_case import BookCase
_READING = "read pdf"
_UNSAVED = "unsaved"
"""Folder of unsaved work in the program's own."""


class CaseFiles(QObject):
    """Moves the open case between the document and files."""

    reported = Signal(str, bool)
    noted = Signal(str)
    """Something to read at leisure about what was done; no problem."""
    exported = Signal(str)
    written = Signal(str, object)
    """A file was written: what to say of it, and its path."""
    refused = Signal(str, str)
    """No page can be made: why, and the place in the case to change; empty where it is none."""
    printed = Signal()
    unsaved_found = Signal(object)
    """Work of windows that ended before it was saved: a tuple of what each left behind."""

    def __init__(
        self,
        workbench: Workbench,
        services: Services,
        worker: Worker,
        recent: RecentFiles,
        questions: Questions,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._document = workbench.document
        self._read_pdf = services.read_pdf
        worker.closing.connect(lambda: services.stop_reading())
        self._worker = worker
        self._recent = recent
        self._questions = questions
        self._lock = CaseLock()
        self.records = RecordReading(workbench, services, worker, questions, self.new, self)
        self.records.reported.connect(self.reported)
        self.book: BookCase | None = None
        """The open case as one of the casebook, while one is unlocked."""
        self._folder = services.state_dir / _UNSAVED if services.state_dir else None
        self._left: dict[str, LeftBehind | Unreadable] = {}
        self._autosave: Autosave | None = None
        if self._folder is not None:
            self._autosave = Autosave(self._folder, self._document, workbench.form.unfinished, self)
            self._autosave.elsewhere = lambda: self.book is not None and self.book.holds
            workbench.form.typed.connect(self._autosave.keep_soon)
            workbench.form.busy_soon.connect(self._autosave.keep_now)
            self._autosave.reported.connect(self.reported)

    def may_leave(self) -> bool:
        """Ask about what is unsaved; return whether the open case may be closed."""
        if self._document.case is None:
            return True
        self._workbench.form.commit()
        unusable = self._workbench.form.pending()
        if not self._document.changed and not unusable:
            return True
        answer = self._questions.unsaved(self._document.title, unusable, changed=self._document.changed)
        return self.save() if answer == "save" else answer == "discard"

    def new(self) -> bool:
        """Start an empty case; return whether it is open, as a person may keep the other."""
        if leaves := self.may_leave():
            self._lock.release()
            self._document.start_new()
        return leaves

    def present_again(self) -> None:
        """Start the next discussion of the patient from the open case; its file stays as it is."""
        self._workbench.form.commit()
        case = self._document.case
        if case is None or not self.may_leave():
            return
        self._lock.release()
        self._document.start_from(presented_again(self._document.case or case))
        words = tr("Next discussion of {code}. Not carried over: {fields}.")
        left = tr("meeting date, question, what is new, disciplines heard, decision, urgency recorded as no")
        self.reported.emit(words.format(code=case.code, fields=left), False)

    def open(self, path: Path | None = None) -> None:
        """Open a case file; asks which when none is named. One that another window has is opened as a copy."""
        here = self._document.path
        wanted = path or self._questions.file_to_open(here.parent if here else Path.home())
        if wanted is None:
            return
        self._worker.drop(_READING)
        if wanted.suffix.lower() == ".pdf":
            self._open_pdf(wanted)
        elif self.may_leave():
            self._open_case(wanted)

    def _open_case(self, wanted: Path) -> None:
        if wanted.resolve().parent == paths.examples_dir().resolve():
            self._open_example(wanted)
            return
        newer = clear_up(wanted, self._folder)
        if holder := self._lock.take(wanted):
            self._open_held(wanted, holder)
        elif self._document.open(wanted):
            self._recent.add(wanted)
        else:
            self._hold_open_file()
        if newer:
            self.look_for_unsaved(asked=False)

    def _open_held(self, path: Path, holder: Holder) -> None:
        answer = self._questions.held(path.name, str(holder))
        if answer == "copy" and self._document.open_copy(path):
            self._lock.release()
            words = tr("{name} is open in {holder}. This is an unnamed copy of it as last saved.")
            self.reported.emit(words.format(name=path.name, holder=holder), True)
        elif answer == "take over":
            self._lock.take_over(path)  # before it is read, so that nothing saved there meanwhile is missed
            if not self._document.open(path):
                self._hold_open_file()
                return
            self._recent.add(path)
            words = tr("{name} was taken over from {holder}.")
            self.reported.emit(words.format(name=path.name, holder=holder), False)

    def _hold_open_file(self) -> None:
        """Hold the file of the open case, and no other."""
        if self._document.path is None or self._lock.take(self._document.path):
            self._lock.release()

    def _open_pdf(self, path: Path) -> None:
        """Bring back the case a PDF carries, as a new, unsaved one; reading a foreign file may take seconds."""
        self.reported.emit(tr("Reading {name} …").format(name=path.name), False)
        self._worker.ask(
            _READING, partial(self._read_pdf, path), partial(self._take_pdf, path), partial(self._refuse_pdf, path)
        )

    def _take_pdf(self, path: Path, carried: Sequence[CaseInPdf]) -> None:
        place = 0 if len(carried) == 1 else self._questions.which_case([found.stored.case.code for found in carried])
        if place is not None and self.may_leave():
            found = carried[place]
            self._lock.release()
            self._document.take(found.stored)
            words = tr("From {name}; not saved yet.").format(name=path.name)
            self.reported.emit(" ".join(part for part in (words, found.warning) if part), bool(found.warning))

    def _refuse_pdf(self, path: Path, error: Exception) -> None:
        problems = error if isinstance(error, CaseError) else CaseError((CaseProblem("", faults.why(error)),))
        self._document.refuse(path, problems)

    def open_example(self, path: Path) -> None:
        """Open an example as a new, unsaved case."""
        if self.may_leave():
            self._open_example(path)

    def _open_example(self, path: Path) -> None:
        """Open a copy: an example is there to start from, so nothing is written over it and nothing locks it."""
        if self._document.open_copy(path):
            self._lock.release()

    def save(self) -> bool:
        """Save to the case's own file, or into the casebook it is of; asks for a file when there is none."""
        if self.book is not None and self.book.holds:
            self._workbench.form.commit()
            return self.book.save()
        return self.save_as() if self._document.path is None else self._save(None)

    def save_as(self) -> bool:
        """Save to a file that is asked for; return whether it was saved."""
        if self.book is not None and self.book.holds:
            return self.book.copy_to_file(self._questions)
        path = self._questions.file_to_save(self._workbench.suggested_name(SUFFIX))
        return path is not None and self._save(path)

    def _save(self, path: Path | None) -> bool:
        """Save to ``path``, or to the case's own file."""
        self._workbench.form.commit()
        target = path or self._document.path
        assert target is not None
        if holder := self._lock.take(target):
            words = tr("{name} is open in {holder}, so nothing was written; choose another name.")
            if target == self._document.path:
                words = tr("{name} was taken over by {holder}, so nothing was written; save under another name.")
            self.reported.emit(words.format(name=target.name, holder=holder), True)
            return False
        if path is None and (change := self._document.outside_change()):
            answer = self._questions.outside(target.name, removed=change == "removed")
            if answer == "save as":
                return self.save_as()
            if answer == "cancel":
                words = tr("{name} was not saved; the case is still open here.")
                self.reported.emit(words.format(name=target.name), True)
                return False
        others = other_names(target)
        if others and not self._questions.separate(target.name, others):
            self._hold_open_file()
            return False
        if not self._document.save(path, separate=others > 0):
            self._hold_open_file()
            return False
        saved = self._document.path
        assert saved is not None
        self._recent.add(saved)
        unusable = self._workbench.form.pending()
        words = tr("Saved {name}.").format(name=saved.name)
        if kept := self._document.kept:
            words += " " + tr("The file as the earlier program wrote it is kept as {name}.").format(name=kept.name)
        if unusable:
            words += " " + tr("Not saved (invalid): {fields}").format(fields=", ".join(unusable))
        self.reported.emit(words, bool(unusable))
        return True

    def look_for_unsaved(self, *, asked: bool = True) -> None:
        """Look for work that windows left behind when they ended; ``asked`` says so when there is none."""
        if self._folder is not None:
            self._take_up(self._folder)
            files = {found.path for found in self._left.values() if isinstance(found, LeftBehind) and found.path}
            if sum(clear_up(path, self._folder) for path in files.union(self._recent.paths()[:1])):
                self._take_up(self._folder)
        if self._left:
            self.unsaved_found.emit(tuple(sorted(self._left.values(), key=lambda found: found.kept_at, reverse=True)))
        elif asked:
            self.reported.emit(tr("No unsaved work was left behind"), False)

    def _take_up(self, folder: Path) -> None:
        for slot in left_behind(folder):
            if (found := examined(slot)) is not None:
                self._left[str(slot.path)] = found

    def restore(self, found: LeftBehind) -> bool:
        """Go on with work that was left behind; return whether it is open now."""
        if not self.may_leave():
            return False
        path = found.path
        holder = self._lock.take(path) if path else None
        if path is None or holder:
            self._lock.release()
        self._document.restore(found.stored, None if holder else path)
        lost = (*found.dropped, *self._workbench.form.put_back(found.unfinished))
        if self._autosave is not None:
            self._autosave.adopt(found.slot)
        del self._left[str(found.slot.path)]
        if holder:
            words = tr("{name} is open in {holder}; the restored work is an unnamed copy.")
            self.reported.emit(words.format(name=path.name if path else "", holder=holder), True)
        if lost:
            entries = "\n".join(f"{label}: {typed}" for label, _, typed in map(without_place, lost))
            self.reported.emit(tr("Not restored:") + f"\n{entries}", True)
        return True

    def discard(self, found: LeftBehind | Unreadable) -> None:
        """Remove work that was left behind."""
        found.slot.clear()
        found.slot.release()
        del self._left[str(found.slot.path)]

    def close(self) -> None:
        """Release the file and remove what was kept of it: all is saved or discarded."""
        for found in self._left.values():
            found.slot.release()
        self._left.clear()
        self._lock.release()
        if self._autosave is not None:
            self._autosave.close()

    def export(self, paper: Paper | None = None) -> None:
        """Write the page as PDF on ``paper`` or the clinic's own; warns of what is missing and never refuses."""
        self._workbench.form.commit()
        work = self._workbench.export_work(paper or self._workbench.live.clinic.paper)
        if work is None:
            self.reported.emit(tr("No page can be made: the evidence is not loaded"), True)
            return
        if not self._workbench.may_leave_without_names():
            return
        path = self._questions.file_to_export(self._workbench.suggested_name(".pdf"))
        if path is not None:
            self.reported.emit(tr("Writing {name} …").format(name=path.name), False)
            self._worker.ask(
                "export", work, lambda made: self._write(path, *made), lambda error: self._fail(path, error)
            )

    def print_page(self) -> None:
        """Send the page to a printer that is asked for; warns of what is missing as the export does."""
        self._workbench.form.commit()
        paper = self._workbench.live.clinic.paper
        work = self._workbench.page_bytes_work(paper)
        if work is None:
            self.reported.emit(tr("No page can be made: the evidence is not loaded"), True)
            return
        if not self._workbench.may_leave_without_names():
            return
        printer = self._questions.printer(paper)
        if printer is not None:
            self.reported.emit(tr("Printing …"), False)
            self._worker.ask("print", work, partial(self._print, printer), self._not_printed)

    def _print(self, printer: QPrinter, data: bytes) -> None:
        from her2board.gui.base.printing import print_pdf

        try:
            print_pdf(data, printer)
        except ValueError as error:
            self._not_printed(error)
            return
        words = (tr("Sent to the printer."), self._workbench.missing_words())
        self.reported.emit(" ".join(part for part in words if part), False)
        self.printed.emit()

    def _not_printed(self, error: Exception) -> None:
        why = str(error) if isinstance(error, ValueError) else faults.why(error)
        self.reported.emit(tr("Nothing was printed: {why}. Export the page as PDF instead.").format(why=why), True)

    def keep_clinic(self, clinic: Clinic, path: Path | None) -> None:
        """Write the clinic's settings to their file; they hold for this window even where that fails."""
        if path is None:
            return
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(path, as_file(clinic), private=True)
            path.chmod(0o600)
        except OSError as error:
            self._fail(path, error)

    def _write(self, path: Path, data: bytes, account: str) -> None:
        try:
            write_export(path, data, [case] if (case := self._document.path) else ())
        except OSError as error:
            self._fail(path, error)
            return
        words = " ".join(filter(None, (tr("Wrote {path}.").format(path=path), self._workbench.missing_words())))
        self.reported.emit(words, False)
        self.written.emit("\n".join(filter(None, (words, f"{path.name}: {account}." if account else ""))), path)
        self.exported.emit(str(path))

    def _fail(self, path: Path, error: Exception) -> None:
        if isinstance(error, PageRefusedError):
            self.reported.emit("", False)  # no longer being written
            self.refused.emit(refusal_words(error), next(filter(place_words, error.paths), ""))
            return
        why = reason(error, path) if isinstance(error, OSError) else faults.why(error)
        words = tr("{name} was not written: {why}. Nothing was changed.")
        self.reported.emit(words.format(name=path.name, why=why), True)
