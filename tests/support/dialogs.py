"""The dialogs of the window, and the questions it asks."""

from functools import partial

from PySide6.QtWidgets import QApplication, QWidget

from her2board.gui.base.dialogs import Questions
from support.screen import Screen

DIALOGS = {
    "preferences": "Preferences",
    "find": "Finder",
    "packet": "PacketDialog",
    "evidence": "EvidenceWindow",
    "handbook": "Handbook",
    "read_report": "ReportReview",
    "read_from": "KeptDialog",
    "local_file": "LocalDialog",
}
"""What an action opens."""


def questions_of(questions: Questions) -> tuple[partial[object], ...]:
    """Return every question that is asked with words of its own."""
    return (
        partial(questions.unsaved, "B-07", ("Age",), changed=True),
        partial(questions.held, "b.her2case", "another window"),
        partial(questions.outside, "b.her2case", removed=True),
        partial(questions.separate, "b.her2case", 1),
        partial(questions.names, (("Question", "Dr Rossi asks"), ("Decision", "Anna [?]"))),
        partial(questions.which_case, ("B-07", "CR-01")),
        partial(questions.into_case, "B-07"),
        partial(questions.plain_copy, "B-07"),
        partial(questions.show_keys, "<b>F1</b>"),
        partial(questions.show_about, ("her2board",), "# Licences"),
    )


def settle(screen: Screen) -> None:
    """Wait until nothing is worked on."""
    screen.wait(lambda: not screen.window.worker.busy)


def shown(window: QWidget) -> list[QWidget]:
    """Return the windows that are open beside one."""
    return [other for other in QApplication.topLevelWidgets() if other is not window and other.isVisible()]
