"""What is opened and closed again and again leaves nothing: no object, no timer that runs, no thread, no window.

'make soak' has more rounds and cases: HER2BOARD_OPENED=n.
"""

import os
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid
from support.dialogs import DIALOGS, questions_of, settle
from support.left_over import close_all_but, grown
from support.screen import Screen

from her2board import paths
from her2board.case.sections import SECTIONS
from her2board.gui.base.dialogs import Questions
from her2board.gui.base.services import Services

ROUNDS = int(os.environ.get("HER2BOARD_OPENED", "1"))
CASES = 8 * ROUNDS
RECORDS = "case;state;ECOG\nA;3;1\nB;9;2\n"


@pytest.fixture
def services(services: Services, tmp_path: Path) -> Services:
    return services._replace(overlay_dir=tmp_path / "local")


def open_dialogs(screen: Screen) -> None:
    for action, kind in DIALOGS.items():
        screen.act(action)
        settle(screen)
        assert close_all_but(screen.window) == [kind]
    for _ in range(2):
        screen.act("read")


def read_records(screen: Screen) -> None:
    screen.act("read_records")
    settle(screen)
    columns = screen.window.files.records.columns
    assert columns is not None
    if isValid(columns) and columns.isVisible():
        columns.record.setCurrentIndex(columns.record.count() - 1)
        columns.accept()
        settle(screen)
    assert close_all_but(screen.window) == ["RecordReview"]


def answer_questions(questions: Questions) -> None:
    for ask in questions_of(questions):
        QTimer.singleShot(0, lambda: QApplication.activeModalWidget().reject())
        ask()


def test_every_dialog_opened_and_closed_leaves_nothing(screen: Screen, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(RECORDS)
    screen.answers.records, screen.answers.into_answer = (table,), "open"
    questions = Questions(screen.window)

    def deed() -> None:
        open_dialogs(screen)
        read_records(screen)
        answer_questions(questions)

    assert grown(deed, ROUNDS) == {}


def test_one_case_after_the_other_leaves_nothing_of_those_before(screen: Screen) -> None:
    screen.answers.unsaved_answer = "discard"
    examples = cycle(sorted(paths.examples_dir().glob("*.her2case")))

    def deed() -> None:
        screen.window.open_example(next(examples))
        screen.wait_for_assessment()
        screen.document.set_value("meeting.question", "Radiosurgery or not?")
        screen.bench.form.step(1)

    assert grown(deed, CASES) == {}


def test_pages_of_the_form_and_pasted_tables_leave_nothing(screen: Screen) -> None:
    screen.answers.unsaved_answer = "discard"

    def deed() -> None:
        screen.window.open_example(paths.example_case("b07-invented-complete"))
        screen.wait_for_assessment()
        for _ in SECTIONS:
            screen.bench.form.step(1)
        screen.bench.form.go_to("brain.lesions")
        QApplication.clipboard().setText("Frontal\t12 mm\nOccipital\t8 mm")
        screen.act("paste_rows")
        screen.act("new_case")

    assert grown(deed, 2 * ROUNDS) == {}
