"""Makes the papers of a meeting in one action each: looks at names, asks where to, writes, notes it in the audit."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from her2board.briefing.meeting.gathered import Gathered, gathered
from her2board.briefing.meeting.papers import PAPERS, PaperKind, PaperMade, PaperWanted
from her2board.case.storage import write_export
from her2board.case.writing import reason
from her2board.gui.base import faults, shown
from her2board.gui.base.names_review import NamesReview
from her2board.gui.casebook.around import Around
from her2board.gui.casebook.session import BookSession
from her2board.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter

    from her2board.evidence.library import EvidenceLibrary

_WORK = "meeting paper"


class Papers(QObject):
    """Makes one paper at a time."""

    reported = Signal(str, bool)
    progressed = Signal(int, int)
    written = Signal(str, object)
    """A paper was written: what to say of it, and its path."""

    def __init__(self, session: BookSession, around: Around, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._session = session
        self._around = around
        self._names = NamesReview(lambda rows: around.questions().names(rows))
        self.progressed.connect(self._say_progress)

    def make(self, name: str) -> None:
        """Make a paper of the meeting shown; asks where to write it."""
        kind = PAPERS[name]
        found = self._ready(kind, tr("Nothing was exported"))
        if found is None:
            return
        suggested = f"{found.meeting.day.isoformat()}-{name}"
        path = self._folder() if kind.each else self._file(suggested, kind)
        if path is not None:
            self.write(kind, found, path)

    def print_out(self, name: str) -> None:
        """Send a paper of the meeting shown to a printer that is asked for."""
        kind = PAPERS[name]
        found = self._ready(kind, tr("Nothing was printed"))
        printer = self._around.questions().printer(self._around.paper()) if found is not None else None
        if found is not None and printer is not None:
            self.reported.emit(tr("Printing …"), False)
            self._ask(kind, found, partial(self._print, kind, found, printer), self._not_printed)

    def _ready(self, kind: PaperKind, left: str) -> Gathered | None:
        """Return what a paper is made of, after somebody looked at names in it; ``left`` says that nobody agreed."""
        meeting, library = self._session.meeting, self._around.library()
        if meeting is None:
            return None
        if library is None:
            self.reported.emit(tr(shown.NO_EVIDENCE), False)
            return None
        found = gathered(self._session.book, meeting.key)
        if not kind.nameless and not self._agreed(found, library):
            self.reported.emit(left, False)
            return None
        return found

    def _agreed(self, found: Gathered, library: EvidenceLibrary) -> bool:
        services = self._around.services.papers
        assert services is not None
        return self._names.agreed((one.code, one.found) for one in services.to_review(found, library))

    def _file(self, name: str, kind: PaperKind) -> Path | None:
        suggested = str(Path.home() / f"{name}{kind.suffix}")
        chosen, _ = QFileDialog.getSaveFileName(self._parent, tr(kind.label), suggested, f"(*{kind.suffix})")
        return self._around.questions().with_suffix(Path(chosen), kind.suffix) if chosen else None

    def _folder(self) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self._parent, tr("Folder for the letters"), str(Path.home()))
        return Path(chosen) if chosen else None

    def write(self, kind: PaperKind, found: Gathered, path: Path) -> None:
        """Make a paper in the background and write it to a file, or into a folder where there is one per case."""
        self.reported.emit(tr("Writing {name} …").format(name=path.name), False)
        self._ask(kind, found, partial(self._write, kind, found, path), partial(self._fail, path))

    def _ask(
        self, kind: PaperKind, found: Gathered, done: Callable[[PaperMade], None], failed: Callable[[Exception], None]
    ) -> None:
        services, library = self._around.services.papers, self._around.library()
        assert services is not None
        assert library is not None
        wanted = PaperWanted(kind.name, found.meeting.id, paper=self._around.paper(), reviewed=True)
        make = partial(services.make, found, wanted, library, self._session.today(), self._progress)
        self._around.worker.ask(_WORK, make, done, failed)

    def _progress(self, done: int, of: int) -> None:
        self.progressed.emit(done, of)  # from the thread that makes it; Qt carries it over

    def _say_progress(self, done: int, of: int) -> None:
        self.reported.emit(tr("{done} of {of} made").format(done=done, of=of), False)

    def _write(self, kind: PaperKind, found: Gathered, path: Path, made: PaperMade) -> None:
        lines = [*made.problems, *made.notes]
        if not made.files:
            self.reported.emit("\n".join(lines) or tr("There is nothing to write"), True)
            return
        for file in made.files:
            target = path / file.name if kind.each else path
            try:
                write_export(target, file.data, ())
            except OSError as error:
                self._fail(target, error)
                return
        if self._session.is_open:
            self._session.book.record("exported", found.meeting.id, f"{kind.name}: {path.name}")
        self.written.emit("\n".join((tr("Wrote {path}.").format(path=path), *lines)), path)

    def _print(self, kind: PaperKind, found: Gathered, printer: QPrinter, made: PaperMade) -> None:
        from her2board.gui.base.printing import print_pdf  # when something is printed

        lines = [*made.problems, *made.notes]
        if not made.files:
            self.reported.emit("\n".join(lines) or tr("There is nothing to print"), True)
            return
        try:
            for file in made.files:
                print_pdf(file.data, printer)
        except ValueError as error:
            self._not_printed(error)
            return
        if self._session.is_open:
            self._session.book.record("printed", found.meeting.id, kind.name)
        self.reported.emit("\n".join((tr("Sent to the printer."), *lines)), bool(made.problems))

    def _not_printed(self, error: Exception) -> None:
        why = str(error) if isinstance(error, ValueError) else faults.why(error)
        self.reported.emit(tr("Nothing was printed: {why}. Export it as PDF instead.").format(why=why), True)

    def _fail(self, path: Path, error: Exception) -> None:
        why = reason(error, path) if isinstance(error, OSError) else str(error) or type(error).__name__
        words = tr("{name} was not written: {why}. Nothing was changed.")
        self.reported.emit(words.format(name=path.name, why=why), True)
