"""How many keys it takes to enter a published case and to present one again."""

import pytest
from PySide6.QtWidgets import QApplication
from support.coordinator import CTRL, SHIFT, Coordinator, Key

from her2board import paths
from her2board.case.differences import differences
from her2board.case.storage import load

MOST_KEYS = 90
MOST_KEYS_AGAIN = 25
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


def test_a_case_is_presented_again_in_few_keys(coordinator, window, qtbot, tmp_path) -> None:
    path = tmp_path / "b07.her2case"
    path.write_bytes(paths.example_case("b07-invented-complete").read_bytes())
    window.questions.path = path
    coordinator.press(Key.Key_O, CTRL)
    coordinator.actions += 1  # Return in the file dialog
    coordinator.press(Key.Key_N, CTRL | SHIFT)
    qtbot.waitUntil(lambda: window.workbench.live.assessment is not None and not window.worker.busy)
    for words in ("26 Jan 2027", "Next line after progression in the brain?", "New lesion on MRI"):
        coordinator.press(Key.Key_F8)
        coordinator.write(words)
    for _ in range(6):
        coordinator.press(Key.Key_F8)
        coordinator.press(Key.Key_N)
    coordinator.press(Key.Key_PageDown, CTRL)
    coordinator.press(Key.Key_Tab)
    coordinator.press(Key.Key_Tab)
    coordinator.write("20 Jan 2027")
    window.questions.path = tmp_path / "page.pdf"
    with qtbot.waitSignal(window.files.exported, timeout=20_000):
        coordinator.press(Key.Key_E, CTRL)
    coordinator.actions += 1  # Return in the file dialog
    print(f"presented again: {coordinator.actions} key actions beside {coordinator.typed} characters typed")
    case = window.workbench.document.case
    assert (str(case.meeting.date), str(case.brain.imaging_date)) == ("2027-01-26", "2027-01-20")
    assert str(case.meeting.last_discussed) == str(load(path).meeting.date)
    assert case.meeting.new_since == "New lesion on MRI"
    signs = ("urgent", "mass_effect", "hydrocephalus", "fast_decline", "uncontrolled_seizures")
    assert {getattr(case.urgency, sign) for sign in signs} == {False}
    assert coordinator.actions <= MOST_KEYS_AGAIN
