"""Reads records of other programs: files chosen or dropped, columns asked once, then the review."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from her2board.assessment.readiness import knows_patient
from her2board.case.writing import reason
from her2board.gui.base import faults, shown
from her2board.gui.base.dialogs import Questions
from her2board.gui.base.services import Services
from her2board.gui.base.worker import Worker
from her2board.gui.window.workbench import Workbench
from her2board.wording import tr

if TYPE_CHECKING:  # what reads records is imported when somebody has some
    from her2board.case.drugs import Vocabulary
    from her2board.exchange.model import Brought
    from her2board.exchange.record_text import RecordText
    from her2board.exchange.sources import NamedBytes, Table
    from her2board.exchange.tables.mapping import TableMap
    from her2board.gui.review.columns import ColumnsDialog
    from her2board.gui.review.records import RecordReview

_KIND = "records"
_SOON_MS = 1000
"""From when on a reading is shown with a way to stop it."""
_MOST_NAMED = 4
"""New columns that are named."""


class _Files(Struct):
    """The files that are being read, and what was said of their tables."""

    named: tuple[NamedBytes, ...]
    tables: tuple[Table, ...]
    maps: list[TableMap]
    """Those kept, and before them those that were confirmed now."""

    def new_columns(self) -> list[str]:
        """Return headings that no map says anything of: columns that a project has since they were looked at."""
        read = ((table.sheet.headings, table.map_of(self.maps)) for table in self.tables)
        found = (h for headings, one in read if one and not one.drafted for h in headings if h not in one.looked_at)
        return list(dict.fromkeys(filter(None, found)))

    @property
    def names(self) -> str:
        """Return what the files are called."""
        return ", ".join(file.name for file in self.named)


class RecordReading(QObject):
    """Leads from files of other programs to the review of one patient."""

    reported = Signal(str, bool)
    going_on = Signal(str, object)
    """What is still being read after a second, and the deed that stops it."""

    def __init__(
        self,
        bench: Workbench,
        services: Services,
        worker: Worker,
        questions: Questions,
        begin: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bench = bench
        self._worker = worker
        self._questions = questions
        self._begin = begin
        """Opens an empty case unless a person keeps the open one; returns whether it did."""
        self._kept_in = services.clinic_file.parent / "columns" if services.clinic_file else None
        self.review: RecordReview | None = None
        self.columns: ColumnsDialog | None = None
        self._stopped = False
        self._slow = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._slow.timeout.connect(self._say_going_on)
        self._reading = ""
        worker.closing.connect(self._end)

    def ask(self) -> None:
        """Ask which files to read."""
        path = self._bench.document.path
        if paths := self._questions.records_to_read(path.parent if path else Path.home()):
            self.read(paths)

    def read(self, paths: Sequence[Path]) -> None:
        """Read files together: an export with its dictionary, or the parts of one record."""
        if self._bench.live.release is None:
            self.reported.emit(tr(shown.NO_EVIDENCE), False)
            return
        self._say_reading(", ".join(path.name for path in paths))
        self._worker.ask(_KIND, partial(_gathered, tuple(paths), self._kept_in), self._ask_columns, self._fail)

    def _say_reading(self, names: str) -> None:
        self._reading, self._stopped = tr("Reading {name} …").format(name=names), False
        self.reported.emit(self._reading, False)
        self._slow.start()

    def _say_going_on(self) -> None:
        self.going_on.emit(self._reading, self.stop)

    def _end(self) -> None:
        self._stopped = True
        self._slow.stop()

    def stop(self) -> None:
        """Read no further; what was read so far is not shown."""
        self._end()
        self._worker.drop(_KIND)
        self.reported.emit(tr("The reading was stopped; nothing of it is shown"), False)

    def _ask_columns(self, files: _Files) -> None:
        """Ask about the first table that no kept map fits; with none left, read."""
        self._slow.stop()
        unmapped = [table for table in files.tables if table.map_of(files.maps) is None]
        if unmapped:
            self._show_columns(files, unmapped[0], unmapped[0].draft())
        else:
            self._bring(files)

    def _show_columns(self, files: _Files, table: Table, found: TableMap) -> None:
        from her2board.gui.review.columns import ColumnsDialog

        self.reported.emit("", False)
        self.columns = dialog = ColumnsDialog(table, found, self._bench)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.file_asked.connect(partial(self._map_file, dialog))
        dialog.accepted.connect(partial(self._take_columns, files, dialog))
        dialog.open()

    def _take_columns(self, files: _Files, dialog: ColumnsDialog) -> None:
        if dialog.without:
            found = dialog.draft()
        else:
            found = dialog.found()
            self._keep(found, dialog.table.sheet.file)
        files.maps.insert(0, found)
        self._ask_columns(files)

    def _keep(self, found: TableMap, name: str) -> None:
        from her2board.exchange.tables.kept import keep_map

        if self._kept_in is not None:
            try:
                keep_map(self._kept_in, found, name)
            except OSError as error:
                words = tr("What the columns hold is not kept: {why}")
                self.reported.emit(words.format(why=reason(error, self._kept_in)), True)

    def _map_file(self, dialog: ColumnsDialog, deed: str) -> None:
        """Read or write the map as a file, such as 'import --map' takes."""
        from her2board.exchange.model import UnreadableError
        from her2board.exchange.tables.kept import write_map_file
        from her2board.exchange.tables.mapping import read_map

        folder = self._kept_in or Path.home()
        try:
            if deed == "read":
                if path := self._questions.map_to_read(folder):
                    dialog.show_map(read_map(path.read_text(encoding="utf-8"), path.name))
            elif path := self._questions.map_to_write(folder / f"{Path(dialog.table.sheet.file).stem}.yaml"):
                write_map_file(path, dialog.found())
        except UnreadableError as error:
            self.reported.emit(str(error), True)
        except (OSError, UnicodeDecodeError) as error:
            why = reason(error, folder) if isinstance(error, OSError) else tr("not a text in UTF-8; save it as UTF-8")
            self.reported.emit(tr("The map was not read or written: {why}").format(why=why), True)

    def _bring(self, files: _Files) -> None:
        library = self._bench.live.release
        assert library is not None
        self._say_reading(files.names)
        work = partial(_brought, files, library.vocabulary, lambda: self._stopped)
        self._worker.ask(_KIND, work, partial(self._show, files), self._fail)

    def _show(self, files: _Files, found: tuple[tuple[Brought, ...], RecordText | None]) -> None:
        records, laid_out = found
        self._slow.stop()
        from her2board.gui.review.records import RecordReview, nothing_in

        if nothing_in(records):
            self.reported.emit(tr("{name}: nothing in it is of a case").format(name=files.names), True)
            return
        if self.review is not None:
            self.review.close()
        elif not self._has_case():
            return
        new = files.new_columns()
        unread = tr("columns that nobody looked at, so not read: {names}").format(names=", ".join(new[:_MOST_NAMED]))
        self.review = review = RecordReview(
            self._bench.document,
            records,
            self._bench,
            files=f"{files.names}; {unread}" if new else files.names,
            mapped=bool(files.tables),
            laid_out=laid_out,
            begin_new=self._next_patient,
        )
        review.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        review.finished.connect(self._forget)
        review.field_wanted.connect(self._bench.jump)
        review.columns_wanted.connect(partial(self._again, files))
        self.reported.emit(tr("Read {name}").format(name=files.names), False)
        review.show()

    def _forget(self, _: int) -> None:
        self.review = None

    def _again(self, files: _Files) -> None:
        """Ask about the columns of the first table again."""
        table = files.tables[0]
        self._show_columns(files, table, table.map_of(files.maps) or table.draft())

    def _has_case(self) -> bool:
        """Return whether there is a case to take values over into: the open one where a person says so, else a new."""
        case = self._bench.document.case
        if case is not None and not knows_patient(case):
            return True
        answer = self._questions.into_case(case.code) if case is not None else "new"
        return answer == "open" or (answer == "new" and self._begin())

    def _next_patient(self, record: str) -> bool:
        return self._questions.next_patient(self._bench.document.title, record) and self._begin()

    def _fail(self, error: Exception) -> None:
        from her2board.exchange.model import UnreadableError

        self._slow.stop()
        self.reported.emit(str(error) if isinstance(error, UnreadableError) else faults.why(error), True)


def _gathered(paths: tuple[Path, ...], kept_in: Path | None) -> _Files:
    """Return the files with what is kept of their columns. Raises UnreadableError naming file and place."""
    from her2board.exchange.sources import read_files, tables
    from her2board.exchange.tables.kept import kept_maps

    named = read_files(paths)
    return _Files(named, tables(named), list(kept_maps(kept_in)))


def _brought(
    files: _Files, vocabulary: Vocabulary, stop: Callable[[], bool]
) -> tuple[tuple[Brought, ...], RecordText | None]:
    """Return what the files give, and the text of the only patient, which is long where the file is."""
    from her2board.exchange.record_text import record_text
    from her2board.exchange.sources import bring

    records = bring(files.named, vocabulary, kept=tuple(files.maps), stop=stop)
    return records, record_text(records[0]) if len(records) == 1 else None
