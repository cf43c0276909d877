"""Where no page can be made, the window says of which field and why, as the command line does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from support.screen import TODAY, Answers

from her2board.cli.program import _make_page, cases_in_pdf
from her2board.evidence.library import EvidenceLibrary
from her2board.gui.base.services import Services
from her2board.gui.window.main_window import MainWindow


@pytest.fixture
def real(qtbot: QtBot, settings: QSettings, library: EvidenceLibrary) -> Iterator[MainWindow]:
    """Return a window that makes real pages."""
    services = Services(lambda: library, _make_page, cases_in_pdf, lambda: TODAY)
    window = MainWindow(services, settings, Answers(unsaved_answer="discard"))
    window.show()
    window.open_workbench()
    window.act("new_case")
    yield window
    window.close()
    window.deleteLater()


def test_the_pane_of_the_page_names_field_and_character(real: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    bench = real.workbench
    bench.document.set_value("patient.goals", "to stay at work \N{GRINNING FACE}")
    label = bench.results.page.widget()
    qtbot.waitUntil(lambda: "There is no page" in label.text(), timeout=20_000)
    assert label.text().startswith("Patient's view and goals")
    assert "(U+1F600)" in label.text()
    real.questions.path = tmp_path / "page.pdf"
    real.actions_by_id["export_a4"].trigger()
    qtbot.waitUntil(lambda: "(U+1F600)" in real.messages.text, timeout=20_000)
    assert not (tmp_path / "page.pdf").exists()
    bench.document.set_value("patient.goals", "to stay at work")
    lines = {"completeness": "partial", "items": [{"drugs": ["T-DM1"]}, {"drugs": ["\N{GRINNING FACE}"]}]}
    bench.document.set_value("systemic.lines", lines)
    qtbot.waitUntil(lambda: "Systemic treatment, entry 2, Drugs" in label.text(), timeout=20_000)
    real.actions_by_id["export_a4"].trigger()
    qtbot.waitUntil(lambda: "entry 2" in real.messages.text, timeout=20_000)
    go = [b for b in real.messages.findChildren(QPushButton) if b.text() == "Go to the field"]
    go[-1].click()  # that of the message before may not be gone yet
    assert bench.form.show_section("systemic").blocks["systemic.lines"].control.currentIndex().row() == 1
    bench.document.set_value("systemic.lines", None)
    bench.document.set_value("patient.goals", "to stay at w\xadork")
    qtbot.waitUntil(lambda: bench.results.page.has_page, timeout=20_000)
