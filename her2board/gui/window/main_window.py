"""The window: menus, status line and messages. Painted first; what needs the case model comes after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from her2board import paths, workarounds
from her2board.gui.base import theme
from her2board.gui.base.labels import Label
from her2board.gui.base.mnemonics import without_mnemonic
from her2board.gui.base.recent import RecentFiles
from her2board.gui.base.remembered import Remembered, begin
from her2board.gui.base.services import Services
from her2board.gui.base.worker import Worker
from her2board.gui.window.actions import ACTIONS, MENUS
from her2board.gui.window.appearance import Appearance
from her2board.gui.window.casebook_door import CasebookDoor
from her2board.gui.window.clinic_settings import ClinicSettings
from her2board.gui.window.dropped import are_records, dropped
from her2board.gui.window.evidence_desk import EvidenceDesk
from her2board.gui.window.menus import Menus
from her2board.gui.window.program_info import ProgramInfo
from her2board.gui.window.start_page import StartPage
from her2board.gui.window.toolbar import ToolBar
from her2board.wording import tr

if TYPE_CHECKING:  # imported after the first paint: the case model costs more than the window
    from PySide6.QtCore import QEvent, QSettings
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent

    from her2board.assessment.clinic import Clinic
    from her2board.gui.base.bars import MessageBar
    from her2board.gui.base.dialogs import Questions
    from her2board.gui.window.files import CaseFiles
    from her2board.gui.window.finder import Findable
    from her2board.gui.window.page_leads import PageLeads
    from her2board.gui.window.reading import Reading
    from her2board.gui.window.unsaved_work import UnsavedWork
    from her2board.gui.window.workbench import Workbench

_SIZE = (1280, 800)


class MainWindow(QMainWindow):
    """The one window of the program."""

    first_painted = Signal()
    ready = Signal()
    """The workbench is made and the evidence is being loaded."""

    def __init__(self, services: Services, settings: QSettings, questions: Questions | None = None) -> None:
        super().__init__()
        self._services = services
        self.appearance = Appearance(settings)
        self._painted = False
        self._shaped = ""
        """Name of the theme the icons were drawn for; empty until then."""
        self.recent = RecentFiles(settings)
        self.remembered = Remembered(settings)
        self._questions = questions
        self.worker = Worker(self)
        self.casebook = CasebookDoor(self, settings, services.casebooks, self)
        self.desk = EvidenceDesk(self, lambda: self.casebook.book, self)
        self.casebook.opened.connect(self.desk.take_book)
        self.workbench: Workbench | None = None
        self.files: CaseFiles | None = None
        self.unsaved: UnsavedWork | None = None
        self.leads: PageLeads | None = None
        self._messages: MessageBar | None = None
        self._evidence = Label(tr("Evidence is being loaded"), self)
        self.settings = ClinicSettings(services, self.appearance, self.remembered, self.open_workbench, self)
        self._info = ProgramInfo(services, self.worker, lambda: self.questions, self)
        self._info.reported.connect(self.report)
        self._lay_out()
        self._make_menus()
        self.tools = ToolBar(self)
        self.addToolBar(self.tools)
        self.setAcceptDrops(True)
        begin(self, _SIZE)
        self.remembered.bring_back({"window": self})
        self.tools.setVisible(self.remembered.flag("tools", True))
        self._retitle()

    @property
    def questions(self) -> Questions:
        """The dialogs of the window."""
        if self._questions is None:
            from her2board.gui.base.dialogs import Questions

            self._questions = Questions(self)
        return self._questions

    @property
    def messages(self) -> MessageBar:
        """The line above the pages, made with the first message."""
        if self._messages is None:
            from her2board.gui.base.bars import MessageBar

            self._messages = MessageBar(self)
            self._column.insertWidget(0, self._messages)
        return self._messages

    def _lay_out(self) -> None:
        self.start = StartPage(self.recent.paths(), _examples(), self.casebook.recent(), self)
        self.start.book_asked.connect(lambda name: self.casebook.show_file(Path(name)))
        self.start.asked.connect(self.act)
        self.start.example_asked.connect(lambda name: self.open_example(Path(name)))
        self.start.file_asked.connect(lambda name: self.open_file(Path(name)))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.start)
        self.body = body = QWidget(self)
        self._column = column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        self.setCentralWidget(body)
        self.statusBar().addPermanentWidget(self._evidence)

    def _make_menus(self) -> None:
        self._menus = Menus(self, {"recent": self.recent.paths, "examples": _examples})
        self._menus.triggered.connect(self.act)
        self._menus.file_chosen.connect(self._open_from_menu)
        self.actions_by_id = self._menus.actions
        self._enable()

    def _open_from_menu(self, menu: str, path: Path) -> None:
        if menu == "recent":
            self.open_file(path)
        else:
            self.open_example(path)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Report when the window was painted for the first time."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.first_painted.emit()

    def prepare(self) -> None:
        """Import what the case needs on the worker, then make the workbench and load the evidence."""
        from PySide6.QtGui import QIcon

        self._shape()
        self.setWindowIcon(QIcon(str(paths.resources_dir() / "icons" / "her2board.png")))
        self.worker.ask("import", _import_workbench, self._take_workbench, self._take_workbench)

    def _shape(self) -> None:
        """Give the window its shape and its icons, which the first paint does not wait for."""
        if not self._shaped:
            for part in (self.tools, self.start, self.statusBar()):
                theme.shape(part)
            self.tools.fill(self.actions_by_id)
            self.start.take_theme()
            self._shaped = theme.current().name

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw the icons again in the colours of a new palette."""
        super().changeEvent(event)
        if getattr(self, "_shaped", "") not in ("", theme.current().name):
            self._shaped = theme.current().name
            self.tools.take_theme(self.actions_by_id)
            self.start.take_theme()

    def _take_workbench(self, _: object) -> None:
        self.open_workbench()

    def open_workbench(self) -> Workbench:
        """Return the workbench, made now if it is the first time."""
        if self.workbench is None:
            from her2board.gui.base.names_review import NamesReview
            from her2board.gui.window.files import CaseFiles
            from her2board.gui.window.outcome import say_going_on, say_refused, say_written
            from her2board.gui.window.page_leads import PageLeads
            from her2board.gui.window.unsaved_work import UnsavedWork
            from her2board.gui.window.workbench import Workbench

            self._shape()
            names = NamesReview(self.questions.names)
            self.workbench = bench = Workbench(self._services, self.worker, names, self)
            self.leads = PageLeads(bench)
            self.files = CaseFiles(bench, self._services, self.worker, self.recent, self.questions, self)
            bench.reported.connect(self.report)
            bench.noted.connect(self.note)
            bench.results.ask_asked.connect(self.actions_by_id["note_asked"].trigger)
            bench.strip.export_asked.connect(self.actions_by_id["export"].trigger)
            bench.evidence_described.connect(self._evidence.setText)
            bench.open_asked.connect(lambda name: self.open_file(Path(name)))
            self.files.reported.connect(self.report)
            self.files.records.going_on.connect(partial(say_going_on, self.messages))
            for part in (self.files, bench):
                part.written.connect(partial(say_written, self.messages))
            self.files.refused.connect(partial(say_refused, self.messages, bench.jump))
            self.settings.changed.connect(self._keep_clinic)
            self.settings.reported.connect(self.report)
            self.files.noted.connect(partial(self.messages.show_message, problem=False))
            self.unsaved = UnsavedWork(self, self.files)
            bench.document.case_replaced.connect(self._show_case)
            bench.document.case_changed.connect(self._retitle)
            bench.document.path_changed.connect(self._retitle)
            bench.document.stack.cleanChanged.connect(self._retitle)
            bench.document.stack.indexChanged.connect(self._enable)
            self._stack.addWidget(bench)
            bench.remember(self.remembered)
            self.desk.load(bench.live)
            self.ready.emit()
            self.files.look_for_unsaved(asked=False)
        return self.workbench

    def show_page(self, page: QWidget) -> None:
        """Show a page in the middle of the window."""
        self._stack.setCurrentWidget(page)
        self._enable()
        self._retitle()

    def add_page(self, page: QWidget) -> None:
        """Take a page that can be shown."""
        self._stack.addWidget(page)

    def remove_page(self, page: QWidget) -> None:
        """Take a page away."""
        self._stack.removeWidget(page)

    @property
    def services(self) -> Services:
        """The work done outside the screen."""
        return self._services

    def _show_case(self) -> None:
        self.report("", problem=False)  # what is said there is of the case before
        if self.workbench is not None:
            self.show_page(self.workbench)

    def _retitle(self, *_: object) -> None:
        document = self.workbench.document if self.workbench else None
        code = document.title if document and self.workbench_in_sight else ""
        title = f"{code}[*] \N{EN DASH} her2board" if code else "her2board"
        changed = bool(code and document and document.changed)
        if (title, changed) != (self.windowTitle(), self.isWindowModified()):  # at every letter that is typed
            self.setWindowTitle(title)
            self.setWindowModified(changed)

    @property
    def workbench_in_sight(self) -> bool:
        """Whether a case is shown, and no other page."""
        return self._stack.currentWidget() is self.workbench

    def _enable(self, *_: object) -> None:
        document = self.workbench.document if self.workbench else None
        has_case = document is not None and document.case is not None and self.workbench_in_sight
        stack = document.stack if document else None
        undo, redo = (stack.undoText(), stack.redoText()) if stack else ("", "")
        self._menus.enable(has_case=has_case, has_book=self.casebook.unlocked, undo=undo, redo=redo)

    def report(self, words: str, problem: bool) -> None:
        """Show a message: problems in a line that stays, the rest in the status line."""
        self.statusBar().showMessage("" if problem else words)  # else it goes on saying what was begun
        if problem:
            self.messages.show_message(words, problem=True)
        else:
            self.messages.hide()

    def note(self, words: str) -> None:
        """Show what is to know about the open case, below a problem that is shown already."""
        shown = self.messages.text
        self.messages.show_message("\n".join(part for part in (shown, words) if part), problem=False)

    def act(self, id_: str) -> None:
        """Do the action ``id_``."""
        own = self.own_actions()
        if id_ in own:
            own[id_]()
        if id_ in own or self.casebook.does(id_):
            return
        from her2board.gui.window.case_actions import act_on_case

        bench = self.open_workbench()
        assert self.files is not None
        act_on_case(id_, bench, self.files)

    def own_actions(self) -> dict[str, Callable[[], object]]:
        """Return the actions of the window itself, by id."""
        return {
            "quit": self.close,
            "keys": self._info.show_keys,
            "about": lambda: self._info.show_about(self._evidence.text()),
            "self_check": self._info.check,
            **{name: partial(self.appearance.use_theme, name) for name in theme.THEMES},
            "text_larger": partial(self.appearance.resize_text, 1),
            "text_smaller": partial(self.appearance.resize_text, -1),
            "text_normal": partial(self.appearance.resize_text, 0),
            "find": self.look_up,
            "read": lambda: self._reading().toggle(),
            "preferences": self.settings.ask,
            "local_file": self.settings.ask_local,
            "show_tools": self._toggle_tools,
            "handbook": self._info.show_handbook,
            **self.casebook.actions(),
            **self.desk.actions(),
        }

    def _toggle_tools(self) -> None:
        shown = not self.tools.isVisible()
        self.tools.setVisible(shown)
        self.remembered.set_flag("tools", shown)

    def open_file(self, path: Path, *, read: bool = False) -> None:
        """Open a case file, in the reading view where it was asked for."""
        bench = self.open_workbench()
        assert self.files is not None
        if read:
            from PySide6.QtCore import Qt

            bench.document.case_replaced.connect(self._reading().enter, Qt.ConnectionType.SingleShotConnection)
        self.files.open(path)

    def _reading(self) -> Reading:
        self.open_workbench()
        assert self.leads is not None
        return self.leads.reading

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Take one case file, one PDF that may carry a case, or records of other programs."""
        if dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Open what was dropped, once the drop is over: a question may follow."""
        if paths := dropped(event.mimeData()):
            event.acceptProposedAction()
            QTimer.singleShot(0, self, partial(self._open_dropped, paths))

    def _open_dropped(self, paths: Sequence[Path]) -> None:
        if are_records(paths):
            self.open_workbench()
            assert self.files is not None
            self.files.records.read(paths)
        else:
            self.open_file(paths[0])

    def open_example(self, path: Path) -> None:
        """Open an example as a new case."""
        self.open_workbench()
        assert self.files is not None
        self.files.open_example(path)

    def _keep_clinic(self, clinic: Clinic) -> None:
        assert self.files is not None
        self.files.keep_clinic(clinic, self._services.clinic_file)

    def look_up(self) -> None:
        """Offer every action and field by name."""
        from her2board.gui.window.finder import Finder

        if (bench := self.workbench) is None:
            Finder(self._findable(), self).open()
            return
        from her2board.gui.window.case_steps import written

        Finder(self._findable(), self, partial(written, bench)).open()

    def _findable(self) -> Iterator[Findable]:
        from her2board.gui.window.finder import Findable

        for spec in ACTIONS:
            action = self.actions_by_id[spec.id]
            if action.isEnabled() and spec.id != "find":
                kind = without_mnemonic(tr(MENUS[spec.menu]))
                yield Findable(without_mnemonic(tr(spec.text)), kind, spec.keys, tr(spec.tip), action.trigger)
        if self.workbench is not None:
            yield from self.workbench.findable()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Close, once what is unsaved was asked about."""
        if self.files is not None and not self.files.may_leave():
            event.ignore()
            return
        self.remembered.keep({"window": self})
        if self.workbench is not None:
            self.workbench.keep_layout()
        self.worker.close()
        if self.files is not None:
            self.files.close()
        event.accept()


def _examples() -> tuple[Path, ...]:
    return tuple(sorted(paths.examples_dir().glob("*.her2case")))


def _import_workbench() -> None:
    with workarounds.kept_for_good():
        import her2board.gui.base.dialogs
        import her2board.gui.window.case_actions
        import her2board.gui.window.files  # noqa: F401  # reason: for its effect: the modules are there when the window asks for them
