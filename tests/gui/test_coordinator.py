"""How many keys it takes to enter a published case and to present one again."""

import pytest
from coordinator import CTRL, Coordinator, Key
from PySide6.QtWidgets import QApplication

from her2board import paths
from her2board.case.differences import differences
from her2board.case.storage import load

MOST_KEYS = 130
LARGEST_PUBLISHED = "cr20-receptor-conversion"


@pytest.fixture
def coordinator(window, qtbot) -> Coordinator:
    window.open_workbench()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return Coordinator(window)


def test_a_published_case_is_entered_by_keyboard_and_exported(coordinator, window, qtbot, tmp_path) -> None:
    case = load(paths.example_case(LARGEST_PUBLISHED))
    coordinator.press(Key.Key_N, CTRL)
    coordinator.enter_case(case)
    window.questions.path = tmp_path / "page.pdf"
    with qtbot.waitSignal(window.files.exported, timeout=20_000):
        coordinator.press(Key.Key_E, CTRL)
    coordinator.actions += 1  # Return in the file dialog
    print(f"{LARGEST_PUBLISHED}: {coordinator.actions} key actions beside {coordinator.typed} characters typed")
    assert differences(window.workbench.document.case, case) == ()
    assert coordinator.actions <= MOST_KEYS
