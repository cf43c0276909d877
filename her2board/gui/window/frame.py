"""What parts of the window ask of it, so that they need not know the window itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # some of it costs more than the window itself
    from PySide6.QtWidgets import QStatusBar, QWidget

    from her2board.gui.base.bars import MessageBar
    from her2board.gui.base.dialogs import Questions
    from her2board.gui.base.services import Services
    from her2board.gui.base.worker import Worker
    from her2board.gui.window.files import CaseFiles
    from her2board.gui.window.start_page import StartPage
    from her2board.gui.window.workbench import Workbench


class Frame(Protocol):
    """The window: pages in its middle, messages above them, the workbench among them."""

    start: StartPage
    worker: Worker
    workbench: Workbench | None
    files: CaseFiles | None

    @property
    def services(self) -> Services:
        """The work done outside the screen."""

    @property
    def questions(self) -> Questions:
        """The dialogs of the window."""

    @property
    def messages(self) -> MessageBar:
        """The line above the pages."""

    @property
    def workbench_in_sight(self) -> bool:
        """Whether a case is shown, and no other page."""

    def open_workbench(self) -> Workbench:
        """Return the workbench, made now if it is the first time."""

    def show_page(self, page: QWidget) -> None:
        """Show a page in the middle of the window."""

    def add_page(self, page: QWidget) -> None:
        """Take a page that can be shown."""

    def remove_page(self, page: QWidget) -> None:
        """Take a page away."""

    def report(self, words: str, problem: bool) -> None:
        """Show a message: problems in a line that stays, the rest in the status line."""

    @property
    def body(self) -> QWidget:
        """What holds the pages."""

    def statusBar(self) -> QStatusBar:  # noqa: N802  # reason: Qt's name
        """Return the line below the pages."""
