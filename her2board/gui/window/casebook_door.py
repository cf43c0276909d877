"""Leads between the window and the casebook: opening it, its cases in the editor, locking. Light until it is asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QApplication

from her2board.gui.base.recent import CASEBOOKS, RecentFiles
from her2board.wording import tr

if TYPE_CHECKING:  # a window without a casebook needs none of it
    from her2board.case.model import Case
    from her2board.casebook.book import Casebook
    from her2board.casebook.drafts import Drafts
    from her2board.casebook.model import CaseSummary
    from her2board.gui.base.services import BookServices
    from her2board.gui.casebook.area import CasebookArea
    from her2board.gui.casebook.around import Around
    from her2board.gui.casebook.clashes import CaseClash
    from her2board.gui.casebook.key_page import KeyPage
    from her2board.gui.casebook.lock_watch import ClipboardWatch, LockWatch
    from her2board.gui.casebook.opening import OpeningPage
    from her2board.gui.casebook.session import BookSession
    from her2board.gui.window.book_case import BookCase, Left
    from her2board.gui.window.frame import Frame

_DRAFTS = "drafts"
"""Folder of unsaved work on cases of casebooks, in the program's own."""


class CasebookDoor(QObject):
    """Makes the pages of a casebook when they are asked for, and puts them away when it locks."""

    opened = Signal(object)
    """A casebook was opened, and is shown."""

    def __init__(self, window: Frame, settings: QSettings, services: BookServices | None, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._settings = settings
        self._services = services
        self.opening: OpeningPage | None = None
        self.key_page: KeyPage | None = None
        self.area: CasebookArea | None = None
        self.case: BookCase | None = None
        self._watch: LockWatch | None = None
        self._clipboard: ClipboardWatch | None = None
        self._left: tuple[Path, Left | None] = (Path(), None)
        """The casebook that locked, and the case that was open then."""

    @property
    def book(self) -> Casebook | None:
        """The casebook that is open."""
        return self.area.session.book if self.area is not None else None

    def actions(self) -> dict[str, Callable[[], object]]:
        """Return the actions of the casebook, by id."""
        return {
            "casebook": self.show,
            "book_cases": partial(self.show_page, "cases"),
            "book_history": self._show_history,
            "book_chase": partial(self.show_page, "chase"),
            "book_mode": partial(self.show_page, "mode"),
            "book_lock": partial(self.lock, ""),
        }

    def does(self, id_: str) -> bool:
        """Do an action of the window for the meeting, where that is what is in sight; return whether it was done."""
        if id_ != "packet" or self.area is None or not self.area.isVisible():
            return False
        self.area.commit()
        self.area.papers.make("packet")
        return True

    @property
    def unlocked(self) -> bool:
        """Whether a casebook is open."""
        return self.area is not None

    def show(self) -> None:
        """Show the meeting of the open casebook, else ask which to open."""
        if self.area is not None:
            self._window.show_page(self.area)
            self.area.show_page("meeting")
            return
        if self._services is None:
            self._window.report(tr("This installation has no casebook"), True)
            return
        self._opening().refresh()
        self._window.show_page(self._opening())
        self._opening().enter()

    def show_page(self, name: str) -> None:
        """Show a page of the open casebook; where none is open, ask which first."""
        if self.area is None:
            self.show()
            return
        self._window.show_page(self.area)
        self.area.show_page(name)

    def recent(self) -> tuple[Path, ...]:
        """Return the casebooks opened last."""
        return RecentFiles(self._settings, CASEBOOKS).paths() if self._services is not None else ()

    def show_file(self, path: Path) -> None:
        """Ask for the passphrase of one casebook."""
        self.show()
        if self.opening is not None and self.area is None:
            self.opening.choose(path)

    def _opening(self) -> OpeningPage:
        if self.opening is None:
            from her2board.gui.base import theme
            from her2board.gui.casebook.opening import OpeningPage

            assert self._services is not None
            self.opening = OpeningPage(
                self._services, self._summary, self._window.worker, self._settings, self._window.body
            )
            self.opening.opened.connect(self._take)
            self.opening.reported.connect(self._window.report)
            theme.shape(self.opening)
            self._window.add_page(self.opening)
        return self.opening

    def _summary(self, case: Case) -> CaseSummary:
        """Work out what a list shows of a case, with the outcomes of cohorts once the evidence is there."""
        from her2board.casebook.summary import assessed_summary, summary_of
        from her2board.gui.results.live import as_of

        library = self._window.open_workbench().live.library
        if library is None:
            return summary_of(case)
        return assessed_summary(case, library, as_of(case, self._window.services.today()).day)

    def _take(self, book: Casebook, where: Path | str, key: str) -> None:
        """Show a casebook that was opened."""
        from her2board.gui.base import theme
        from her2board.gui.casebook.area import CasebookArea
        from her2board.gui.casebook.lock_watch import ClipboardWatch, LockWatch
        from her2board.gui.casebook.session import BookSession
        from her2board.gui.window.book_case import BookCase
        from her2board.gui.window.outcome import say_written

        window = self._window
        bench = window.open_workbench()
        path, server = Path(where), where if isinstance(where, str) else ""
        drafts = self._drafts(book)
        session = BookSession(book, path, window.services.today, server=server, drafts=drafts)
        self.area = CasebookArea(session, self._surroundings(), window.body)
        self.area.reported.connect(window.report)
        self.area.papers.written.connect(partial(say_written, window.messages))
        self.area.lock_asked.connect(partial(self.lock, ""))
        self.area.open_asked.connect(self._open_case)
        self.area.field_asked.connect(self._open_field)
        assert window.files is not None
        self.case = BookCase(session, bench, self.area, drafts)
        self.case.clashed.connect(self._show_clash)
        self.area.restored.connect(self.case.take_restored)
        window.files.book = self.case
        window.files.exported.connect(self.case.note_export)
        window.files.printed.connect(self.case.note_print)
        window.messages.hide()
        theme.shape(self.area)
        window.add_page(self.area)
        self._watch = self._watch or LockWatch(self._settings, self)
        self._clipboard = self._clipboard or ClipboardWatch(self)
        self._watch.due.connect(self._lock_by_itself)
        self._watch.start()
        window.worker.closing.connect(self._end)
        if key:
            self._show_key(key, path.stem)
        else:
            self.show()
            self._bring_back()
        self.opened.emit(book)

    def _bring_back(self) -> None:
        """Go on with the case that was open when the casebook locked."""
        assert self.case is not None
        assert self.area is not None
        self._store_said(self.area.session)
        path, left = self._left
        if left is not None and path == self.area.session.path:
            self.case.bring_back(left)
        elif codes := self.case.left_behind():
            words = tr("Unsaved work was left behind: {codes}. Open the case to go on.")
            self._window.messages.show_message(words.format(codes=", ".join(codes)), problem=False)
        self._left = (Path(), None)

    def _store_said(self, session: BookSession) -> None:
        """Store what was said at a meeting when the program ended without storing it, and say so."""
        from her2board.gui.casebook.discussion import store_left_behind

        if codes := store_left_behind(session):
            words = tr("Stored what was said when the program ended: {codes}.")
            self._window.messages.show_message(words.format(codes=", ".join(codes)), problem=False)

    def _drafts(self, book: Casebook) -> Drafts | None:
        """Return where unsaved work on cases of a casebook is kept, encrypted."""
        from her2board.casebook.drafts import Drafts
        from her2board.casebook.stored import StoredCasebook

        folder = self._window.services.state_dir
        return Drafts(folder / _DRAFTS, book) if folder is not None and isinstance(book, StoredCasebook) else None

    def _surroundings(self) -> Around:
        from her2board.gui.casebook.around import Around

        window = self._window
        bench = window.open_workbench()
        return Around(
            services=window.services,
            worker=window.worker,
            settings=self._settings,
            questions=lambda: window.questions,
            library=lambda: bench.live.library,
            paper=lambda: bench.live.clinic.paper,
        )

    def _show_key(self, key: str, name: str) -> None:
        from her2board.gui.base import theme
        from her2board.gui.casebook.key_page import KeyPage

        if self.key_page is None:
            self.key_page = KeyPage(lambda: self._window.questions, self._window.body)
            self.key_page.done.connect(self.show)
            self.key_page.reported.connect(self._window.report)
            theme.shape(self.key_page)
            self._window.add_page(self.key_page)
        self._window.show_page(self.key_page)
        self.key_page.show_key(key, name)

    def _open_case(self, case_id: str) -> None:
        assert self.case is not None
        assert self._window.files is not None
        if self._window.files.may_leave():
            self.case.open(case_id)

    def _open_field(self, case_id: str, address: str) -> None:
        """Open a case at a field that is owed."""
        self._open_case(case_id)
        if self.case is not None and self.case.kept is not None and self.case.kept.key == case_id and address:
            self._window.open_workbench().jump(address)

    def _show_clash(self, clash: CaseClash) -> None:
        assert self.area is not None
        assert self.case is not None
        assert self.case.kept is not None
        self._window.show_page(self.area)
        self.area.show_case_clash(self.case.kept.key, clash, partial(self.case.settle, clash))

    def _show_history(self) -> None:
        """Show the versions of the open case, else of the case the keyboard is on."""
        if self.area is None:
            return
        kept = self.case.kept if self.case is not None and self._window.workbench_in_sight else None
        case_id = kept.key if kept else self.area.home.table.current_id
        if case_id:
            self._window.show_page(self.area)
            self.area.show_history(case_id)

    def _lock_by_itself(self, why: str) -> None:
        self.lock(tr("Locked before the computer slept") if why == "sleep" else tr("Locked because nobody used it"))

    def lock(self, why: str) -> None:
        """Store what is unsaved, hide everything of the casebook and forget its key."""
        if self.area is None:
            return
        assert self.case is not None
        path, server = self.area.session.path, self.area.session.server
        self.area.commit()
        self._left = (path, self.case.leave())
        if self._clipboard is not None:
            self._clipboard.clear()
        mine = self._window.body.window()
        for other in QApplication.topLevelWidgets():
            if other is not mine and other.isVisible():
                other.close()
        self._close()
        self._window.messages.hide()
        self._window.statusBar().clearMessage()
        self._opening().refresh(why or tr("Locked"))
        self._opening().choose(server or path)
        self._window.show_page(self._opening())
        self._opening().enter()

    def _end(self) -> None:
        """Store what is typed in the pages of the casebook and close it: the window closes."""
        if self.area is not None:
            self.area.commit()
        self._close()

    def _close(self) -> None:
        if self.area is None:
            return
        assert self._watch is not None
        area, self.area, self.case = self.area, None, None
        self._watch.stop()
        self._watch.due.disconnect(self._lock_by_itself)
        self._window.worker.closing.disconnect(self._end)
        if self._window.files is not None:
            self._window.files.book = None
        area.session.close()
        self._window.remove_page(area)
        area.deleteLater()
