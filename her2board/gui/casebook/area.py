"""The pages of an unlocked casebook, with a row of tabs above them and the button that locks it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.casebook.around import Around, button
from her2board.gui.casebook.cases_page import CasesPage
from her2board.gui.casebook.home import HomePage
from her2board.gui.casebook.session import BookSession
from her2board.wording import Marked, tr

TABS: dict[str, tuple[Marked, str]] = {
    "meeting": ("&Meeting", ""),
    "cases": ("All &cases", ""),
}


class CasebookArea(QWidget):
    """Shows one page at a time, each made when it is first asked for."""

    open_asked = Signal(str)
    lock_asked = Signal()
    paper_asked = Signal(str)
    take_in_asked = Signal()
    reported = Signal(str, bool)

    def __init__(self, session: BookSession, around: Around, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._around = around
        session.setParent(self)
        session.reported.connect(self.reported)
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(tr("Pages of the casebook"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for name, (words, _) in TABS.items():
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
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Plain)
        self._stack = QStackedWidget(self)
        self._pages: dict[str, QWidget] = {}
        self._makers: dict[str, Callable[[], QWidget]] = {"meeting": self._make_home, "cases": self._make_cases}
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 10)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        line.hide()
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
            self._stack.addWidget(made)
        return self._pages[name]

    @property
    def shown(self) -> str:
        """Name of the page that is shown."""
        return next(name for name, page in self._pages.items() if page is self._stack.currentWidget())

    def show_page(self, name: str) -> None:
        """Show a page and put the keyboard into it."""
        page = self.page(name)
        self._stack.setCurrentWidget(page)
        if name in TABS:
            self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(list(TABS).index(name))
            self.tabs.blockSignals(False)
        self.enter()

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
        home.page_asked.connect(self.show_page)
        home.paper_asked.connect(self.paper_asked)
        home.take_in_asked.connect(self.take_in_asked)
        return home

    def _make_cases(self) -> QWidget:
        page = CasesPage(self.session, self._around, self)
        page.open_asked.connect(self.open_asked)
        page.history_asked.connect(partial(self.show_history))
        return page

    def show_history(self, case_id: str) -> None:
        """Show the versions of a case."""
