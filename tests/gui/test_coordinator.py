"""How many keys it takes to enter a published case and to present one again."""

import pytest
from PySide6.QtWidgets import QApplication
from support.coordinator import CTRL, SHIFT, Coordinator, Key

from her2board import paths
from her2board.assessment.clinic import Clinic
from her2board.case.differences import differences
from her2board.case.fields import field_by_path
from her2board.case.storage import load

MOST_KEYS = [
    ("cr20-receptor-conversion", "row by row", 34),
    ("b07-invented-complete", "row by row", 89),
    ("b07-invented-complete", "facts by name", 47),
]
MOST_KEYS_AGAIN = 13


@pytest.fixture
def coordinator(window, qtbot) -> Coordinator:
    window.open_workbench()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return Coordinator(window)


@pytest.mark.parametrize(("name", "way", "most"), MOST_KEYS)
def test_an_example_is_entered_by_keyboard_and_exported(coordinator, window, qtbot, tmp_path, name, way, most) -> None:
    case = load(paths.example_case(name))
    clinic = Clinic(preparer=case.meeting.preparer, radiosurgery="by_referral", hippocampal_avoidance="here")
    window.workbench.live.follow(clinic if name.startswith("b07") else Clinic())  # set once, under Preferences
    coordinator.press(Key.Key_N, CTRL)
    coordinator.enter_case(case, by_name=way == "facts by name")
    window.questions.path = tmp_path / "page.pdf"
    with qtbot.waitSignal(window.files.exported, timeout=20_000):
        coordinator.press(Key.Key_E, CTRL)
    coordinator.actions += 1  # Return in the file dialog
    print(f"{name}, {way}: {coordinator.actions} key actions beside {coordinator.typed} characters typed")
    assert differences(window.workbench.document.case, case) == ()
    assert coordinator.actions <= most


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
    coordinator.press(Key.Key_F8)
    coordinator.press(Key.Key_F5)
    qtbot.waitUntil(lambda: not window.worker.busy)
    coordinator.press(Key.Key_F8)
    assert coordinator.form.block_in_focus().path == "brain.imaging_date"
    coordinator.write("20 Jan 2027")
    coordinator.find(field_by_path()["board.decision"])
    coordinator.write("Radiosurgery of the new lesion")
    window.questions.path = tmp_path / "page.pdf"
    with qtbot.waitSignal(window.files.exported, timeout=20_000):
        coordinator.press(Key.Key_E, CTRL)
    coordinator.actions += 1  # Return in the file dialog
    print(f"presented again: {coordinator.actions} key actions beside {coordinator.typed} characters typed")
    case = window.workbench.document.case
    assert (str(case.meeting.date), str(case.brain.imaging_date)) == ("2027-01-26", "2027-01-20")
    assert str(case.meeting.last_discussed) == str(load(path).meeting.date)
    assert case.meeting.new_since == "New lesion on MRI"
    assert case.board.decision == "Radiosurgery of the new lesion"
    signs = ("urgent", "mass_effect", "hydrocephalus", "fast_decline", "uncontrolled_seizures")
    assert {getattr(case.urgency, sign) for sign in signs} == {False}
    assert coordinator.actions <= MOST_KEYS_AGAIN
