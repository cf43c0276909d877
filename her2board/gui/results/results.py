"""The live result beside the form: the page, cohorts, options, before WBRT, ask next."""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QTabWidget, QToolButton, QVBoxLayout, QWidget

from her2board.assessment.local_asks import local_asks
from her2board.assessment.model import Ask, Assessment
from her2board.assessment.open_points import Waiting
from her2board.briefing.annex_choice import AnnexChoice
from her2board.briefing.evidence_age import age_notice
from her2board.briefing.page_map import MappedPage
from her2board.case.dates import PartialDate
from her2board.evidence.library import EvidenceLibrary
from her2board.gui.base.keys import SearchLine
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.base.worker import Worker
from her2board.gui.results.ask_nodes import ask_key, ask_nodes
from her2board.gui.results.cohort_nodes import cohort_nodes
from her2board.gui.results.live import AsOf
from her2board.gui.results.option_nodes import option_nodes
from her2board.gui.results.page_view import PagePane, PageView
from her2board.gui.results.pause_nodes import pause_nodes
from her2board.gui.results.signs import SignLegend
from her2board.gui.results.tree import Node, NodeView, without_signs
from her2board.wording import Marked, tr

Builder = Callable[["Shown"], list[Node]]


class Shown(Struct, frozen=True):
    """What the result trees are made of."""

    assessment: Assessment
    library: EvidenceLibrary
    waiting: tuple[Waiting, ...]
    signs: bool = True
    """Whether anything is known of the patient; of an empty case a sign would say nothing."""


_TREES: tuple[tuple[str, Marked, Builder], ...] = (
    ("cohorts", "Cohorts", lambda shown: cohort_nodes(shown.assessment, shown.library)),
    ("options", "Options", lambda shown: option_nodes(shown.assessment, shown.library)),
    ("pause", "Before WBRT", lambda shown: pause_nodes(shown.assessment.pause, shown.library, shown.assessment.local)),
    (
        "ask",
        "Ask next",
        lambda shown: ask_nodes(shown.assessment.ask_next, shown.waiting, local_asks(shown.assessment, shown.library)),
    ),
)


_MATCHING = ("cohorts", "options")
"""Results that compare the case with what was published."""
_FIND_WIDTH = 170
_WIDTHS = (320, 480)
"""Narrowest the results may be made: where the tabs need little, and where they need much."""
_SOON_MS = 100
"""Findings that take longer than this are marked out of date meanwhile."""


_EDGE = 8
"""Pixels between the pane and the edge of the window."""


class ResultPane(QWidget):
    """Shows what the assessment says; only the visible tab is kept up to date, the others when shown."""

    jump_asked = Signal(str)
    ask_asked = Signal()
    """The chosen line under Ask next is to be noted as asked for."""

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: Shown | None = None
        self._stale: set[str] = set()
        self._matching = True
        self._still_old = QTimer(self)
        self._still_old.setSingleShot(True)
        self._still_old.setInterval(_SOON_MS)
        self._still_old.timeout.connect(self._say_old)
        self.basis = Label(self)
        self.page = PageView(worker, self)
        self.page_pane = PagePane(self.page, self)
        self.trees = {id_: NodeView(tr(title), self) for id_, title, _ in _TREES}
        self.tabs = QTabWidget(self)
        self.words = SearchLine(self)
        self.legend = SignLegend(self)
        self.ask = QPushButton(self)
        self._prepare_tabs()
        self._prepare_search()
        self._lay_out()

    def _prepare_tabs(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(tr("Results"))
        self.tabs.tabBar().setAccessibleName(tr("Results"))
        self.tabs.addTab(self.page_pane, tr("Page"))
        for view in self.trees.values():
            view.jump_asked.connect(self.jump_asked)
            self.tabs.addTab(view, view.accessibleName())
        self.tabs.currentChanged.connect(lambda _: self._turn())

    def _prepare_search(self) -> None:
        self.words.setPlaceholderText(tr("Find here"))
        self.words.setAccessibleName(tr("Find in this result"))
        self.words.setMaximumWidth(_FIND_WIDTH)
        self.words.textChanged.connect(lambda _: self._filter())
        self.words.hide()
        self.legend.hide()
        self.ask.setAutoDefault(False)
        self.ask.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it has a key of its own, and asks for the line that has it
        self.ask.setToolTip(tr("Note the chosen line as asked for, with owner and day"))
        self.ask.clicked.connect(self.ask_asked)
        self.ask.hide()
        chosen = self.trees["ask"].selectionModel()
        chosen.currentChanged.connect(lambda *_: self._name_ask())

    def _lay_out(self) -> None:
        self.basis.setWordWrap(True)
        self.basis.setContentsMargins(6, 4, 6, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, _EDGE, 0)
        layout.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(0, 5, 4, 2)
        top.addWidget(self.basis, 1)
        top.addWidget(self.words)
        layout.addLayout(top)
        layout.addWidget(self.tabs, 1)
        self._foot = foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        foot.setContentsMargins(0, 2, 4, 2)
        foot.addWidget(self.legend)
        foot.addStretch()
        foot.addWidget(self.ask)
        layout.addLayout(foot)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # reason: Qt's name
        """Return the width at which every tab is visible, within limits: larger text has arrows for them."""
        width = min(max(self.tabs.tabBar().sizeHint().width() + _EDGE, _WIDTHS[0]), _WIDTHS[1])
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Put the button below the meaning of the signs where both have no room in one line."""
        super().resizeEvent(event)
        fits = self.legend.sizeHint().width() + self.ask.sizeHint().width() <= self.width()
        way = QBoxLayout.Direction
        self._foot.setDirection(way.LeftToRight if fits else way.TopToBottom)

    def tab_stops(self) -> list[QWidget]:
        """Return what Tab reaches here, in its order: the page or the findings first, what turns and searches last."""
        bar = self.tabs.tabBar()
        buttons = self.page_pane.findChildren(QPushButton)
        return [self.page.sheet, *buttons, *self.trees.values(), bar, *bar.findChildren(QToolButton), self.words]

    def show_matching(self, wanted: bool) -> None:
        """Offer what compares the case with published cohorts, or only what it holds and lacks."""
        self._matching = wanted
        for id_ in _MATCHING:
            self.tabs.setTabVisible(self.tabs.indexOf(self.trees[id_]), wanted)

    def show_tab(self, id_: str) -> None:
        """Bring a tab to the front and the keyboard into it; one that is not offered stays hidden."""
        if id_ in _MATCHING and not self._matching:
            return
        self.show()  # it may be hidden to leave the form more room
        self.tabs.setCurrentWidget(self.trees.get(id_, self.page_pane))
        self.tabs.currentWidget().setFocus()

    def page_in_front(self) -> PageView:
        """Return the page, brought to the front: what is done with it is seen."""
        self.show()
        self.tabs.setCurrentWidget(self.page_pane)
        return self.page

    def show_annex(self, choice: AnnexChoice) -> None:
        """Bring an annex to the front."""
        self.show_tab("page")
        self.page_pane.show_annex(choice)

    def choose_ask(self, path: str) -> bool:
        """Bring the line that asks for a field to the front; return whether there is one."""
        ask = next((ask for ask in self._asks() if path in ask.fields), None)
        if ask is None:
            return False
        self.show_tab("ask")
        return self.trees["ask"].choose(ask_key(ask))

    def chosen_ask(self) -> Ask | None:
        """Return the line chosen under Ask next, if that tab is shown."""
        view = self.trees["ask"]
        index = view.currentIndex()
        if self._result is None or self.tabs.currentWidget() is not view or not index.isValid():
            return None
        node = view.nodes.node(index)
        keys = {node.key, node.parent.key if node.parent is not None else ""}
        return next((ask for ask in self._asks() if ask_key(ask) in keys), None)

    def _asks(self) -> tuple[Ask, ...]:
        """Return every question, those of local trials alone last."""
        if self._result is None:
            return ()
        assessment = self._result.assessment
        return (*assessment.ask_next, *(one.ask for one in local_asks(assessment, self._result.library) if one.alone))

    def chosen_card(self) -> str:
        """Return the address of the source card of the chosen line; empty when there is none."""
        view = self.tabs.currentWidget()
        index = view.currentIndex() if isinstance(view, NodeView) else QModelIndex()
        while index.isValid():
            assert isinstance(view, NodeView)
            if card := view.nodes.node(index).card:
                return card
            index = index.parent()
        return ""

    def show_assessment(self, shown: Shown, day: AsOf) -> None:
        """Show a new assessment, first on the visible tab."""
        self._result = shown
        self._stale = set(self.trees)
        words = tr("As of the meeting on {day}") if day.of_meeting else tr("As of today, {day}: no exact meeting date")
        basis = words.format(day=PartialDate.from_day(day.day).shown())
        packet = "" if self._matching else tr("Packet mode: nothing is compared")
        old = age_notice(shown.library, day.day)
        self.basis.setText(". ".join(part for part in (basis, packet, old) if part))
        self._still_old.stop()
        self._freshen()
        self._show_legend()

    def show_page(self, made: MappedPage) -> None:
        """Show a new page."""
        self.page_pane.say("")
        self.page.show_pdf(made)

    def mark_stale(self) -> None:
        """Mark what is shown as out of date: the page at once, findings when they take long."""
        if self.page.has_page:
            self.page_pane.say(tr("being updated …"))
            self.page.mark_old()
        if self._result is not None and not self._still_old.isActive():
            self._still_old.start()

    def _say_old(self) -> None:
        self.basis.setText(tr("The case has changed; the results are being updated …"))

    def hide_results(self, words: str) -> None:
        """Show no findings at all, and say why."""
        self._result = None
        self._stale.clear()
        self._still_old.stop()
        self.basis.setText(words)
        for view in self.trees.values():
            view.show_nodes([])
        self.page.clear(words)
        self.page_pane.say("")
        self._show_legend()

    def _turn(self) -> None:
        """Update the tab that came to the front."""
        self.words.setVisible(isinstance(self.tabs.currentWidget(), NodeView))
        self._freshen()
        self._filter()
        self._show_legend()

    def _name_ask(self) -> None:
        """Say on the button of whom the chosen line is asked."""
        in_sight = self._result is not None and self.tabs.currentWidget() is self.trees["ask"]
        chosen = self.chosen_ask()
        words = tr("Ask {who} (F7)").format(who=chosen.owner or chosen.asks or "…") if chosen else tr("Ask … (F7)")
        self.ask.setText(words.replace("&", "&&"))
        self.ask.setEnabled(chosen is not None)
        self.ask.setVisible(in_sight)

    def _show_legend(self) -> None:
        """Show what the signs mean where there are any."""
        with_signs = self._result is not None and self._result.signs
        self.legend.setVisible(with_signs and isinstance(self.tabs.currentWidget(), NodeView))
        self._name_ask()

    def _filter(self) -> None:
        """Show only the lines that contain the words, and how many those are."""
        view = self.tabs.currentWidget()
        if isinstance(view, NodeView):
            view.filter(self.words.text())
            shown, every = view.shown_and_all()
            counted = tr("{n} of {all} lines").format(n=shown, all=every) if self.words.text() else ""
            self.words.setAccessibleDescription(counted)
            self.words.setToolTip(plain_tip(counted))

    def find_words(self) -> None:
        """Put the keyboard into the search, on a tab that has one."""
        self.show()
        if not isinstance(self.tabs.currentWidget(), NodeView):
            self.show_tab("cohorts")
        self.words.setFocus()
        self.words.selectAll()

    def _freshen(self) -> None:
        view = self.tabs.currentWidget()
        for id_, _, build in _TREES:
            if self._result is not None and id_ in self._stale and view is self.trees[id_]:
                self._stale.discard(id_)
                nodes = build(self._result)
                view.show_nodes(nodes if self._result.signs else without_signs(nodes))
