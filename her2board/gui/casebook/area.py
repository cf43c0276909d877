"""The pages of an unlocked casebook, with a row of tabs above them and the button that locks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from her2board.case.checks import CaseError
from her2board.casebook.book import ConflictError
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.casebook.around import Around, button
from her2board.gui.casebook.backup_steps import Backups
from her2board.gui.casebook.cases_page import CasesPage
from her2board.gui.casebook.chase_page import ChasePage
from her2board.gui.casebook.clashes import CaseClash, MeetingClash
from her2board.gui.casebook.conflict import ConflictPage, Settle
from her2board.gui.casebook.counts_page import CountsPage
from her2board.gui.casebook.history import HistoryPage
from her2board.gui.casebook.home import HomePage, meeting_words
from her2board.gui.casebook.intake import IntakePage
from her2board.gui.casebook.meeting_mode import MeetingMode
from her2board.gui.casebook.moving_page import MovingPage
from her2board.gui.casebook.papers import Papers
from her2board.gui.casebook.session import BookSession
from her2board.wording import Marked, tr

TABS: dict[str, Marked] = {
    "meeting": "Meeting",
    "cases": "All cases",
    "chase": "Chase list",
    "counts": "Counts",
    "moving": "Backup and moving",
}


_ABOVE = 8
"""Pixels between the row of tabs and a page."""


class CasebookArea(QWidget):
    """Shows one page at a time, each made when it is first asked for."""

    open_asked = Signal(str)
    field_asked = Signal(str, str)
    """A case, and the address of a field in it."""
    lock_asked = Signal()
    reported = Signal(str, bool)
    restored = Signal(str)
    """An earlier version of a case is the latest again."""

    def __init__(self, session: BookSession, around: Around, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._around = around
        session.setParent(self)
        session.reported.connect(self.reported)
        session.clashed.connect(self._show_meeting_clash)
        self.papers = Papers(session, around, self)
        self.papers.reported.connect(self.reported)
        self.backups = Backups(session, around.settings, around.worker, self)
        self.backups.reported.connect(self.reported)
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(tr("Pages of the casebook"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for name, words in TABS.items():
            self.tabs.setTabData(self.tabs.addTab(tr(words)), name)
        self.tabs.currentChanged.connect(lambda place: self.show_page(str(self.tabs.tabData(place))))
        self._name = Label(session.path.stem, self)
        self._name.setToolTip(plain_tip(str(session.path)))
        self.lock_button = button(tr("&Lock"), self.lock_asked.emit, self)
        head = QHBoxLayout()
        head.addWidget(self.tabs)
        head.addStretch()
        head.addWidget(self._name)
        head.addWidget(self.lock_button)
        self._stack = QStackedWidget(self)
        self._pages: dict[str, QWidget] = {}
        self._imported: list[CaseClash | MeetingClash] = []
        self._makers: dict[str, Callable[[], QWidget]] = {
            "meeting": self._make_home,
            "cases": self._make_cases,
            "chase": self._make_chase,
            "intake": self._make_intake,
            "counts": self._make_counts,
            "moving": self._make_moving,
            "mode": self._make_mode,
            "history": self._make_history,
            "conflict": self._make_conflict,
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 10)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.show_page("meeting")

    @property
    def home(self) -> HomePage:
        """The list of the meeting."""
        page = self.page("meeting")
        assert isinstance(page, HomePage)
        return page

    def page(self, name: str) -> QWidget:
        """Return a page, made now if it is the first time."""
        if name not in self._pages:
            self._pages[name] = made = self._makers[name]()
            if (layout := made.layout()) is not None:
                layout.setContentsMargins(0, _ABOVE, 0, 0)  # every page begins at the same edge
            self._stack.addWidget(made)
        return self._pages[name]

    @property
    def shown(self) -> str:
        """Name of the page that is shown."""
        return next(name for name, page in self._pages.items() if page is self._stack.currentWidget())

    def show_page(self, name: str) -> None:
        """Show a page and put the keyboard into it."""
        page, before = self.page(name), self._case_in_sight()
        self._stack.setCurrentWidget(page)
        if isinstance(page, MovingPage):
            page.offer_case(before)
        if isinstance(page, MeetingMode):
            page.begin(self.home.table.current_id)
        if name in TABS:
            self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(list(TABS).index(name))
            self.tabs.blockSignals(False)
        self.enter()

    def _case_in_sight(self) -> str:
        """Return the id of the case the keyboard is on, or was on last in the list of the meeting."""
        page = self._stack.currentWidget()
        if isinstance(page, HistoryPage | MeetingMode):
            return page.case_id
        return page.table.current_id if isinstance(page, CasesPage) else self.home.table.current_id

    def enter(self) -> None:
        """Put the keyboard into the page that is shown."""
        enter = getattr(self._stack.currentWidget(), "enter", None)
        if enter is not None:
            enter()

    def commit(self) -> None:
        """Store what is typed and not left yet."""
        for page in self._pages.values():
            commit = getattr(page, "commit", None)
            if commit is not None:
                commit()

    def _make_home(self) -> QWidget:
        home = HomePage(self.session, self._around.settings, self)
        home.open_asked.connect(self.open_asked)
        home.reported.connect(self.reported)
        home.page_asked.connect(self._show_asked)
        home.paper_asked.connect(self.papers.make)
        home.take_in_asked.connect(self._take_in)
        return home

    def _show_asked(self, name: str) -> None:
        if name == "history":
            self.show_history(self.home.table.current_id)
        else:
            self.show_page(name)

    def _make_cases(self) -> QWidget:
        page = CasesPage(self.session, self._around, self)
        page.open_asked.connect(self.open_asked)
        page.history_asked.connect(self.show_history)
        return page

    def _make_chase(self) -> QWidget:
        page = ChasePage(self.session, self._around.settings, self)
        page.open_asked.connect(self.field_asked)
        page.paper_asked.connect(self.papers.make)
        page.print_asked.connect(self.papers.print_out)
        page.reported.connect(self.reported)
        return page

    def _make_counts(self) -> QWidget:
        page = CountsPage(self.session, self._around, self)
        page.reported.connect(self.reported)
        page.written.connect(self.papers.written)
        return page

    def _make_moving(self) -> QWidget:
        page = MovingPage(self.session, self._around, self.backups, self)
        page.reported.connect(self.reported)
        page.conflicts_found.connect(self._show_import_conflicts)
        return page

    def _make_intake(self) -> QWidget:
        page = IntakePage(self.session, self._around.worker, self)
        page.left.connect(partial(self.show_page, "meeting"))
        page.reported.connect(self.reported)
        return page

    def _take_in(self) -> None:
        page = self.page("intake")
        assert isinstance(page, IntakePage)
        if page.ask():
            self._stack.setCurrentWidget(page)

    def _make_mode(self) -> QWidget:
        page = MeetingMode(self.session, self._around, self)
        page.left.connect(self._leave_mode)
        page.open_asked.connect(self.open_asked)
        page.reported.connect(self.reported)
        return page

    def _leave_mode(self) -> None:
        mode = self.page("mode")
        assert isinstance(mode, MeetingMode)
        self.show_page("meeting")
        self.home.table.choose(mode.case_id)

    def _make_history(self) -> QWidget:
        page = HistoryPage(self.session, self._around, self)
        page.left.connect(partial(self.show_page, "meeting"))
        page.reported.connect(self.reported)
        page.restored.connect(self.restored)
        return page

    def show_history(self, case_id: str) -> None:
        """Show the versions of a case."""
        page = self.page("history")
        assert isinstance(page, HistoryPage)
        self._stack.setCurrentWidget(page)
        page.show_case(case_id)

    def show_case_clash(self, case_id: str, clash: CaseClash, settle: Settle) -> None:
        """Show both sides of a case that somebody else saved first."""
        self._conflict().show_clash(self.session.code(case_id), clash.by, clash.at, clash.lines(), settle)

    def _show_meeting_clash(self, clash: MeetingClash) -> None:
        settle = partial(self._settle_meeting, clash)

        lines = clash.lines(self.session.code)
        self._conflict().show_clash(meeting_words(clash.both), clash.by, clash.at, lines, settle)

    def _settle_meeting(self, clash: MeetingClash, sides: Mapping[str, str]) -> bool:
        settled = clash.settled(sides)
        return bool(self.session.attempt(lambda: self.session.put(clash.stored, settled, clash.version)))

    def _show_import_conflicts(self, found: object) -> None:
        """Show what went on differently here and in an import, one after the other; ours stays until it is chosen."""
        assert isinstance(found, tuple)
        self._imported = list(found)
        self._next_conflict()

    def _next_conflict(self) -> None:
        clash = self._imported.pop(0)
        if isinstance(clash, MeetingClash) and not clash.clashes:  # each side changed other things: nothing to choose
            self._settle_meeting(clash, {})
            self._leave_conflict(True)
        elif isinstance(clash, MeetingClash):
            self._show_meeting_clash(clash)
        else:
            self.show_case_clash(clash.case_id, clash, partial(self._settle_import, clash))

    def _settle_import(self, clash: CaseClash, sides: Mapping[str, str]) -> bool:
        words = tr("brought together with an import")
        try:
            case = clash.settled(sides)
            stored = self.session.attempt(
                lambda: self.session.book.save(clash.case_id, case, clash.version, changed=words)
            )
        except CaseError as error:
            self.reported.emit("; ".join(problem.message for problem in error.problems), True)
            return False
        except ConflictError:
            self.reported.emit(tr("Somebody saved a newer version meanwhile; look at it first"), True)
            return False
        return stored is not None

    def _conflict(self) -> ConflictPage:
        page = self.page("conflict")
        assert isinstance(page, ConflictPage)
        self._stack.setCurrentWidget(page)
        return page

    def _make_conflict(self) -> QWidget:
        page = ConflictPage(self)
        page.done.connect(self._leave_conflict)
        return page

    def _leave_conflict(self, _: bool) -> None:
        self.session.forget_said()
        if self._imported:
            self._next_conflict()
        else:
            self.show_page("meeting")
