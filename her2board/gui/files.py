"""New, open, save, export: what is asked first, what is told after, and nothing lost in between."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from her2board.case.checks import CaseError
from her2board.case.storage import SUFFIX, write_atomically
from her2board.gui.dialogs import Questions
from her2board.gui.recent import RecentFiles
from her2board.gui.services import Services
from her2board.gui.workbench import Workbench
from her2board.gui.worker import Worker
from her2board.wording import tr


class CaseFiles(QObject):
    """Moves the open case between the document and files."""

    told = Signal(str, bool)
    exported = Signal(str)

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
        self._worker = worker
        self._recent = recent
        self._questions = questions

    def may_leave(self) -> bool:
        """Ask about what is unsaved; tell whether the open case may be let go."""
        if self._document.case is None:
            return True
        self._workbench.form.commit()
        unusable = self._workbench.form.pending()
        if not self._document.changed and not unusable:
            return True
        answer = self._questions.unsaved(self._document.title, unusable, changed=self._document.changed)
        return self.save() if answer == "save" else answer == "discard"

    def new(self) -> None:
        """Start an empty case."""
        if self.may_leave():
            self._document.start_new()

    def open(self, path: Path | None = None) -> None:
        """Open a case file; asks which when none is named."""
        here = self._document.path
        wanted = path or self._questions.file_to_open(here.parent if here else Path.home())
        if wanted is None:
            return
        if wanted.suffix.lower() == ".pdf":
            self._open_pdf(wanted)
        elif self.may_leave() and self._document.open(wanted):
            self._recent.add(wanted)

    def _open_pdf(self, path: Path) -> None:
        """Bring back the case a PDF carries, as a new, unsaved one."""
        try:
            carried = self._read_pdf(path)
        except CaseError as error:
            self._document.refuse(path, error)
            return
        place = 0 if len(carried) == 1 else self._questions.which_case([found.case.code for found in carried])
        if place is not None and self.may_leave():
            found = carried[place]
            self._document.take(found.case)
            words = tr("From {name}; not saved yet.").format(name=path.name)
            self.told.emit(" ".join(part for part in (words, found.warning) if part), bool(found.warning))

    def open_example(self, path: Path) -> None:
        """Open an example as a new, unsaved case."""
        if self.may_leave():
            self._document.open_copy(path)

    def save(self) -> bool:
        """Save to the case's own file; asks for one when there is none."""
        if self._document.path is None:
            return self.save_as()
        return self._save(self._document.path)

    def save_as(self) -> bool:
        """Save to a file that is asked for; tell whether it was saved."""
        path = self._questions.file_to_save(self._workbench.suggested_name(SUFFIX))
        return path is not None and self._save(path)

    def _save(self, path: Path) -> bool:
        self._workbench.form.commit()
        if not self._document.save(path):
            return False
        self._recent.add(path)
        unusable = self._workbench.form.pending()
        words = tr("Saved {name}.").format(name=path.name)
        if unusable:
            words += " " + tr("Not in it, because it could not be used: {fields}").format(fields=", ".join(unusable))
        self.told.emit(words, bool(unusable))
        return True

    def export(self, paper: str) -> None:
        """Write the page as PDF; warns of what is missing and never refuses."""
        self._workbench.form.commit()
        work = self._workbench.page_bytes_work(paper)
        if work is None:
            self.told.emit(tr("No page can be made: the evidence is not loaded"), True)
            return
        path = self._questions.file_to_export(self._workbench.suggested_name(".pdf"))
        if path is not None:
            self.told.emit(tr("Writing {name} …").format(name=path.name), False)
            self._worker.ask(
                "export", work, lambda data: self._write(path, data), lambda error: self._fail(path, error)
            )

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_atomically(path, data)
        except OSError as error:
            self._fail(path, error)
            return
        words = (tr("Wrote {path}.").format(path=path), self._workbench.missing_words())
        self.told.emit(" ".join(part for part in words if part), False)
        self.exported.emit(str(path))

    def _fail(self, path: Path, error: Exception) -> None:
        why = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
        words = tr("{name} was not written: {why}. Nothing was changed; choose another place.")
        self.told.emit(words.format(name=path.name, why=why), True)
