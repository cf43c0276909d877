"""How many keys it takes to enter a case whose facts are in three reports, to the page with every needed field."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.coordinator import CTRL, Coordinator, Key

from her2board import paths
from her2board.assessment.clinic import Clinic
from her2board.case.edit import with_absence, with_value
from her2board.case.model import Absence, Case
from her2board.case.needed import needs
from her2board.case.plain import plain_at
from her2board.case.storage import load
from her2board.gui.review.report import ReportReview
from her2board.gui.window.main_window import MainWindow

PATHOLOGY = """SURGICAL PATHOLOGY - BREAST BIOMARKER SUMMARY
Specimen: Left breast, core biopsy    Collected: 03/22/2019
Histologic type: Invasive carcinoma of no special type (ductal)    Nottingham grade: 3
Estrogen receptor: Negative (0%)
Progesterone receptor: Negative (0%)
HER2 by immunohistochemistry: Positive (score 3+)
"""
RADIOTHERAPY = """RADIATION ONCOLOGY TREATMENT SUMMARY
Course 1: Stereotactic radiosurgery, brain metastases (2 targets). LINAC, frameless.
Target               | Dose (Gy) | Fx | First     | Last
L cerebellum         | 27        | 3  | 1/13/2025 | 1/17/2025
R frontal            | 20        | 1  | 1/15/2025 | 1/15/2025
"""
SCAN = """EXAM: MRI BRAIN WITH AND WITHOUT CONTRAST
DATE OF EXAM: 11/18/2026
HISTORY: 52-year-old with metastatic HER2+ breast cancer.
COMPARISON: MRI brain 08/21/2026.
FINDINGS:
There are three enhancing lesions. The largest, in the left cerebellar hemisphere, measures 2.4 x 1.8 cm. A 9 mm lesion
in the right frontal lobe and a 5 mm lesion in the left parietal lobe are new.
No hydrocephalus. No leptomeningeal enhancement.
"""
MOST_KEYS = 44
"""One for each section of a report and each value in it that needs an eye, two for each report, and what none says."""


@pytest.fixture
def coordinator(window: MainWindow, qtbot: QtBot) -> Coordinator:
    window.open_workbench()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return Coordinator(window)


def _read(coordinator: Coordinator, text: str, qtbot: QtBot) -> None:
    """Copy a report elsewhere, open it with Ctrl+R, and answer its lines: one key for what a section says plainly."""
    QGuiApplication.clipboard().setText(text)
    before = set(coordinator.window.findChildren(ReportReview))
    coordinator.press(Key.Key_R, CTRL)
    qtbot.waitUntil(lambda: bool(set(coordinator.window.findChildren(ReportReview)) - before), timeout=30_000)
    (review,) = set(coordinator.window.findChildren(ReportReview)) - before
    while any(review.state(n) == "open" for n in range(len(review.lines))):
        waiting = sum(review.state(n) == "open" for n in range(len(review.lines)))
        plain = review.lines[review.tree.number()].proposal.trust == "stated"
        coordinator.actions += 1
        QTest.keyClick(review.tree, Qt.Key.Key_S if plain else Qt.Key.Key_A)
        assert sum(review.state(n) == "open" for n in range(len(review.lines))) < waiting
    coordinator.actions += 1
    QTest.keyClick(review, Qt.Key.Key_Escape)
    coordinator.window.activateWindow()
    QTest.qWaitForWindowActive(coordinator.window)


def _filled(case: Case, other: Case) -> Case:
    """Return ``case`` with what it still needs taken from another case; what that has not is asked for."""
    for _ in range(100):
        if not (wanted := needs(case).needed):
            break
        path = wanted[0]
        value = plain_at(other, path)
        absence = other.absences.get(path) or Absence(reason="pending", owner="ward")
        case = with_value(case, path, value) if value is not None else with_absence(case, path, absence)
    return case


def test_a_case_from_three_reports_reaches_its_page_in_few_keys(
    coordinator: Coordinator, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    started = time.perf_counter()
    window.workbench.live.follow(Clinic(preparer="A. Coordinator", radiosurgery="here", hippocampal_avoidance="here"))
    qtbot.waitUntil(lambda: window.workbench.live.release is not None)
    coordinator.press(Key.Key_N, CTRL)
    for text in (PATHOLOGY, RADIOTHERAPY, SCAN):
        _read(coordinator, text, qtbot)
    document, read = window.workbench.document, coordinator.actions
    taken = len(document.case.sentences)
    assert taken == 18
    target = _filled(document.case, load(paths.example_case("b07-invented-complete")))
    coordinator.enter_case(target, by_name=True)
    window.questions.path = tmp_path / "page.pdf"
    with qtbot.waitSignal(window.files.exported, timeout=20_000):
        coordinator.press(Key.Key_E, CTRL)
    coordinator.actions += 1  # Return in the file dialog
    seconds = time.perf_counter() - started
    print(
        f"three reports: {taken} values read in {read} keys; {coordinator.actions} keys to the page beside "
        f"{coordinator.typed} characters, {seconds:.1f} s"
    )
    assert not needs(document.case).needed
    assert (tmp_path / "page.pdf").exists()
    assert coordinator.actions <= MOST_KEYS
