"""Entering without the mouse: an entry in one line, an answer that goes on, disciplines that are there already."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from her2board import paths
from her2board.capture.tables.entries import PasteContext
from her2board.case.fields import field_by_path
from her2board.case.table_rows import entries_of
from her2board.gui.form.entry_line import read_line
from her2board.gui.form.facts_line import read_facts
from her2board.gui.window.finder import Finder

SHIFT = Qt.KeyboardModifier.ShiftModifier
READ = [
    (
        "systemic.lines",
        "THP; metastatic; 20 Mar 2024; Aug 2024; response: partial; reason: planned switch",
        {
            "drugs": ["THP"],
            "setting": "metastatic",
            "start": "2024-03-20",
            "stop": "2024-08",
            "best_response": "partial",
            "reason_stopped": "planned_switch",
        },
    ),
    (
        "board.disciplines",
        "radiation oncology; pending; by: Dr B; due: 25 Nov 2026",
        {"discipline": "radiation_oncology", "status": "pending", "by": "Dr B", "due": "2026-11-25"},
    ),
    ("board.outstanding", "old images; owner: radiology; tomorrow", "which column?"),
    (
        "brain.lesions",
        "pons; 14 mm; earlier sizes: 8 mm Oct 2025; 12 mm Jan 2026",
        {
            "site": "pons",
            "diameter_mm": 14.0,
            "earlier_sizes": [{"mm": 8.0, "day": "2025-10"}, {"mm": 12.0, "day": "2026-01"}],
        },
    ),
    ("tumour.specimens", "liver; Mar 2024; 3+; ER: 60", "percent of cells, or a score?"),
    ("brain.lesions", "pons; large", "large"),
]


@pytest.mark.parametrize(("path", "text", "said"), READ, ids=[f"{row[0]} {row[1][:12]}" for row in READ])
def test_an_entry_in_one_line_is_read_as_a_whole_or_not_at_all(path, text, said) -> None:
    columns = entries_of(field_by_path()[path]).columns
    read = read_line(text, columns, PasteContext(meeting=date(2026, 11, 26)))
    if isinstance(said, str):
        assert isinstance(read, str)
        assert said in read
    else:
        assert read.entry == said


FACTS = [
    ("age: 52; sex: female; ECOG: 1", {"patient.age": 52, "patient.sex": "female", "patient.ecog": 1}),
    ("CNS disease status: stable and untreated", {"brain.cns_class": ["stable", "untreated"]}),
    ("imaging date: 17.11.2026; comorbidity: none", {"brain.imaging_date": "2026-11-17", "patient.comorbidity": []}),
    ("what is new: MRI; new lesion", {"meeting.new_since": "MRI; new lesion"}),
    ("neurological symptoms now: no", {"neurology.symptoms_present": False}),
    ("KPS: 80", {"patient.kps": 80}),
    ("kps = 80; ECOG PS 2", {"patient.kps": 80, "patient.ecog": 2}),
    ("Karnofsky 80%", {"patient.kps": 80}),
    ("KPS ~80", "is this number meant?"),
    ("LVEF 0.6", "60 % or 0.6 %?"),
    ("day 3", None),
    ("date: 3", None),
    ("HER2CLIMB 2", None),
    ("age: 52; ECOG", "which field?"),
    ("age: 52; 1", "which field?"),
    ("age: fifty", "Age"),
    ("age: 52; age: 53", "twice"),
    ("les: 3", "one of several"),
    ("age:", "nothing is written"),
    ("HER2CLIMB: brain", None),
    ("receptor results: 3+", None),
]


@pytest.mark.parametrize(("text", "said"), FACTS, ids=[text for text, _ in FACTS])
def test_facts_by_name_are_read_together_or_not_at_all(text, said) -> None:
    read = read_facts(text, date(2026, 11, 26))
    if isinstance(said, dict):
        assert {fact.field.path: fact.value for fact in read} == said
    elif said is None:
        assert read is None
    else:
        assert isinstance(read, str)
        assert said in read


def test_facts_are_shown_before_they_are_recorded_and_one_undo_takes_them_back(screen) -> None:
    screen.act("find")
    finder = screen.window.findChild(Finder)
    finder.words.setText("age: 52; ECOG: 7")
    screen.qtbot.keyClick(finder.words, Qt.Key.Key_Return)
    assert "7 is above" in screen.window.messages.text
    assert screen.document.case.patient.age is None
    screen.act("find")
    finder = screen.window.findChildren(Finder)[-1]
    finder.words.setText("age: 52; meeting date: 26 Nov 2026")
    assert finder.found.item(0).text().startswith("Age: 52; Meeting date: 26 Nov 2026")
    screen.qtbot.keyClick(finder.words, Qt.Key.Key_Return)
    assert (screen.document.case.patient.age, str(screen.document.case.meeting.date)) == (52, "2026-11-26")
    screen.act("undo")
    assert (screen.document.case.patient.age, screen.document.case.meeting.date) == (None, None)


def test_a_score_typed_with_nothing_but_its_number_is_shown_and_recorded(screen) -> None:
    screen.act("find")
    finder = screen.window.findChild(Finder)
    finder.words.setText("KPS 80")
    assert finder.found.item(0).text().startswith("Karnofsky: 80")
    screen.qtbot.keyClick(finder.words, Qt.Key.Key_Return)
    assert screen.document.case.patient.kps == 80


def test_a_line_that_cannot_be_read_stays_and_asks_before_it_is_lost(screen) -> None:
    table = screen.table("board.outstanding")
    table.line.setFocus()
    screen.qtbot.keyClicks(table.line, "old images; radiology; tomorrow")
    screen.qtbot.keyClick(table.line, Qt.Key.Key_Return)
    assert "Due" in table.note.text()
    assert screen.document.case.board.outstanding == ()
    assert "Outstanding items" in screen.bench.form.pending()
    assert [entry.text for entry in table.unfinished()] == ["old images; radiology; tomorrow"]
    table.line.setText("old images; radiology; 3 Dec 2026")
    screen.qtbot.keyClick(table.line, Qt.Key.Key_Return)
    [entry] = screen.document.case.board.outstanding
    assert (entry.what, entry.owner, str(entry.due)) == ("old images", "radiology", "2026-12-03")
    assert table.line.text() == ""
    screen.act("undo")
    assert screen.document.case.board.outstanding == ()


def test_the_four_disciplines_are_there_and_recorded_only_once_something_is_said(screen) -> None:
    table = screen.table("board.disciplines")
    names = [table.model.index(number, 0).data() for number in range(table.model.rowCount())]
    assert names == ["medical oncology", "radiation oncology", "neurosurgery", "neuroradiology"]
    assert screen.document.case.board.disciplines == ()
    assert table.button.text() == "needed"
    table.line.setFocus()
    screen.qtbot.keyClicks(table.line, "neurosurgery; heard; 19 Nov 2026; Dr C; no resection")
    screen.qtbot.keyClick(table.line, Qt.Key.Key_Return)
    assert [entry.discipline for entry in screen.document.case.board.disciplines] == ["neurosurgery"]
    assert table.model.rowCount() == 4
    assert table.model.index(2, 1).data() == "heard"


def test_shift_answers_and_goes_on_and_no_answer_is_given_by_a_letter_of_several_choices(screen) -> None:
    screen.row("neurology.symptoms_present")
    screen.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_N, SHIFT)
    assert screen.document.case.neurology.symptoms_present is False
    assert screen.bench.form.block_in_focus().path == "neurology.assessed_on"  # what cannot apply is passed over
    screen.row("patient.sex")
    screen.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F, SHIFT)
    assert screen.document.case.patient.sex == "female"
    assert screen.bench.form.block_in_focus().path == "patient.menopause"
    screen.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_P, SHIFT)  # pre-, peri- or postmenopausal
    assert screen.bench.form.block_in_focus().path == "patient.menopause"


def test_a_case_that_is_opened_is_not_changed_by_a_key_pressed_too_soon(screen) -> None:
    screen.answers.unsaved_answer = "discard"
    assert screen.bench.form.block_in_focus().path == "code"  # of a new case it is what is written first
    screen.window.open_example(paths.example_case("b07-invented-complete"))
    screen.wait_for_assessment()
    screen.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_X)
    assert screen.document.case.code == "B-07"
    assert not screen.document.changed


def test_the_first_column_stays_in_sight_while_the_others_are_scrolled(screen) -> None:
    lines = [{"drugs": ["T-DXd"], "note": "by phone"}, {"drugs": ["Phesgo"]}]
    screen.document.set_value("systemic.lines", {"completeness": "partial", "items": lines})
    table, model = screen.table("systemic.lines").control, screen.table("systemic.lines").model
    bar = table.horizontalScrollBar()
    bar.setValue(bar.maximum())
    for row in range(2):
        named = model.index(row, 0)
        assert table.visualRect(named).left() == 0
        assert table.indexAt(table.visualRect(named).center()) == named
    width = table.columnWidth(0)
    for number in range(1, model.columnCount()):
        table.scrollTo(model.index(1, number))
        assert table.visualRect(model.index(1, number)).left() >= width * (bar.value() > 0)
    bar.setValue(bar.maximum())
    scrolled = table.viewport().grab().toImage()
    bar.setValue(0)
    unscrolled = table.viewport().grab().toImage()
    edge = table.visualRect(model.index(0, 0)).adjusted(3, 3, -6, -3)
    assert scrolled.copy(edge) == unscrolled.copy(edge)


def test_drugs_are_typed_over_the_cells_after_theirs_and_what_is_offered_is_whole_on_hover(screen, qtbot) -> None:
    screen.wait(lambda: screen.bench.form.drug_names.rowCount() > 0)
    table = screen.table("systemic.lines")
    table.add()
    editor = table.control.findChild(QLineEdit)
    room = table.control.viewport().width() - editor.x()
    assert editor.width() == min(460, room)
    assert editor.width() > table.control.columnWidth(0)
    names = screen.bench.form.drug_names
    shown = [names.index(row, 0) for row in range(names.rowCount())]
    (thp,) = (index for index in shown if index.data().startswith("THP  ="))
    assert thp.data(Qt.ItemDataRole.ToolTipRole) == thp.data() == "THP  =  trastuzumab + pertuzumab + taxane"
