"""The live result beside the form: the page, cohorts, options, before WBRT, ask next."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from her2board.assessment.model import Ask, Assessment
from her2board.case.dates import PartialDate
from her2board.evidence.library import EvidenceLibrary
from her2board.gui import result_nodes
from her2board.gui.live import AsOf
from her2board.gui.page_view import PageView
from her2board.gui.tree import Node, NodeView
from her2board.gui.worker import Worker
from her2board.wording import tr

Builder = Callable[[Assessment, EvidenceLibrary], list[Node]]
_TREES: tuple[tuple[str, str, Builder], ...] = (
    ("cohorts", "Cohorts", result_nodes.cohort_nodes),
    ("options", "Options", result_nodes.option_nodes),
    ("pause", "Before WBRT", lambda assessment, library: result_nodes.pause_nodes(assessment.pause, library)),
    ("ask", "Ask next", lambda assessment, _: result_nodes.ask_nodes(assessment.ask_next)),
)


class ResultPane(QWidget):
    """Shows what the assessment says; only the tab in sight is kept up to date, the others when shown."""

    jump_asked = Signal(str)

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: tuple[Assessment, EvidenceLibrary] | None = None
        self._stale: set[str] = set()
        self.basis = QLabel(self)
        self.basis.setWordWrap(True)
        self.basis.setContentsMargins(6, 4, 6, 2)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(tr("Results"))
        self.tabs.tabBar().setAccessibleName(tr("Results"))
        self.page = PageView(worker, self)
        self.tabs.addTab(self.page, tr("Page"))
        self.trees: dict[str, NodeView] = {}
        for id_, title, _ in _TREES:
            view = NodeView(tr(title), self)
            view.jump_asked.connect(self.jump_asked)
            self.trees[id_] = view
            self.tabs.addTab(view, tr(title))
        self.tabs.currentChanged.connect(lambda _: self._freshen())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.basis)
        layout.addWidget(self.tabs)

    def show_tab(self, id_: str) -> None:
        """Bring a tab to the front and the keyboard into it."""
        self.tabs.setCurrentWidget(self.trees.get(id_, self.page))
        self.tabs.currentWidget().setFocus()

    def chosen_ask(self) -> Ask | None:
        """Return the line chosen under Ask next, if that is what the person looks at."""
        view = self.trees["ask"]
        index = view.currentIndex()
        if self._result is None or self.tabs.currentWidget() is not view or not index.isValid():
            return None
        chosen = view.nodes.node(index).key
        return next((ask for ask in self._result[0].ask_next if "/".join(("ask", *ask.fields)) == chosen), None)

    def show_assessment(self, assessment: Assessment, library: EvidenceLibrary, day: AsOf) -> None:
        """Show a new assessment, first where the person is looking."""
        self._result = (assessment, library)
        self._stale = set(self.trees)
        words = (
            tr("Read for the meeting on {day}")
            if day.of_meeting
            else tr("Read for today, {day}: no exact meeting date")
        )
        self.basis.setText(words.format(day=PartialDate.from_day(day.day).shown()))
        self._freshen()

    def hide_results(self, words: str) -> None:
        """Show no findings at all, and say why."""
        self._result = None
        self._stale.clear()
        self.basis.setText(words)
        for view in self.trees.values():
            view.show_nodes([])
        self.page.clear(words)

    def _freshen(self) -> None:
        view = self.tabs.currentWidget()
        for id_, _, build in _TREES:
            if self._result is not None and id_ in self._stale and view is self.trees[id_]:
                self._stale.discard(id_)
                view.show_nodes(build(*self._result))
