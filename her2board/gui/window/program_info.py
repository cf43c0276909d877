"""What the program says of itself: version, intended use, licences, and the self-check."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from her2board import builds, paths
from her2board.gui.base import faults
from her2board.gui.base.services import Services
from her2board.gui.base.worker import Worker
from her2board.wording import Marked, tr

if TYPE_CHECKING:  # the questions are imported when one is asked
    from PySide6.QtWidgets import QWidget

    from her2board.gui.base.dialogs import Questions
    from her2board.gui.window.handbook import Handbook

_ABOUT: tuple[Marked, ...] = (
    "her2board {version}, {build}",
    "{claim}",
    "Prepared for clinicians at a multidisciplinary meeting; does not replace judgement. It lists and explains: "
    "facts, sources, differences and gaps. It decides nothing, and nothing leaves this computer.",
    "{evidence}",
    "{root}",
)


class ProgramInfo(QObject):
    """Shows the program's own state in a window of its own."""

    reported = Signal(str, bool)
    """A message for the window, and whether it is a problem."""

    def __init__(self, services: Services, worker: Worker, questions: Callable[[], Questions], parent: QWidget) -> None:
        super().__init__(parent)
        self._services = services
        self._worker = worker
        self._questions = questions
        self._window = parent
        self._handbook: Handbook | None = None

    def show_about(self, evidence: str) -> None:
        """Show version, intended use and licences; ``evidence`` names the release in use."""
        said = {"version": builds.version(), "build": builds.name(), "claim": builds.claim(), "evidence": evidence}
        said["root"] = self._root()
        lines = tuple(line for line in (tr(line).format(**said) for line in _ABOUT) if line)
        notices = paths.notices_file()
        self._questions().show_about(lines, notices.read_text(encoding="utf-8") if notices.is_file() else "")

    def _root(self) -> str:
        """Return whom this program trusts to make evidence packs; empty in a window that installs none."""
        from her2board.gui.base.services import EvidenceError
        from her2board.packs.root_in_use import root_words

        if self._services.evidence is None:
            return ""
        try:
            return " ".join(root_words(self._services.evidence.root()))
        except EvidenceError as error:
            return str(error)

    def show_keys(self) -> None:
        """Show every action with its keys."""
        from her2board.gui.window.shortcuts import shortcuts_html

        self._questions().show_keys(shortcuts_html())

    def show_handbook(self) -> None:
        """Show the handbook in a window of its own, made once."""
        if self._handbook is None:
            from her2board.gui.window.handbook import Handbook

            self._handbook = Handbook(self._window)
        self._handbook.show()
        self._handbook.activateWindow()

    def check(self) -> None:
        """Check the program on the worker and show what was found."""
        self.reported.emit(tr("Checking the program …"), False)
        self._worker.ask("self-check", self._services.self_check, self._show_check, self._check_failed)

    def _show_check(self, rows: tuple[tuple[str, str, str], ...]) -> None:
        passed = all(state != "FAIL" for _, state, _ in rows)
        words = (
            tr("Self-check: all checks passed")
            if passed
            else tr("Self-check: installation is incomplete; see the list")
        )
        self.reported.emit(words, not passed)
        self._questions().show_self_check(rows)

    def _check_failed(self, error: Exception) -> None:
        self.reported.emit(tr("The self-check could not be made: {why}").format(why=faults.why(error)), True)
