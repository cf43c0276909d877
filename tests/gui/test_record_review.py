"""Records of other programs are reviewed as reports are: one patient, one key for each value, nothing taken unasked."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.fhir import LOINC, SNOMED, bundle, coded, condition, observation, order, patient
from support.screen import Screen
from support.strategies import case_of, listed

from her2board.case.fields import case_fields
from her2board.evidence.library import EvidenceLibrary
from her2board.exchange.mcode.bundle import to_bundle
from her2board.exchange.sources import NamedBytes, bring
from her2board.exchange.tables.mapping import read_map
from her2board.gui.document.document import CaseDocument
from her2board.gui.review.records import RecordReview

ECOG = coded(LOINC, "89247-1", "ECOG score")
RECORD = json.dumps(
    bundle(
        patient(gender="female", name=[{"family": "Nemo"}]),
        condition("bm", coded(SNOMED, "94225005"), "2024-03"),
        observation("a", ECOG, "2025-01-07", valueInteger=1),
        observation("b", ECOG, "2025-01-07", valueInteger=2),
        observation("k", "Karnofsky", "2025-01-07", valueString="80"),
        order("m", "lapatinib", "2022-01"),
    )
)
TABLE = "pid,ps,lvef\nA,1,58\nB,2,61\n"
MAP = """format: her2board-columns
record: pid
columns:
  ps: {field: patient.ecog}
  lvef: {field: organs.lvef_percent}
"""


@pytest.fixture
def document() -> CaseDocument:
    document = CaseDocument()
    document.start_new()
    return document


def review_of(
    qtbot: QtBot, document: CaseDocument, library: EvidenceLibrary, name: str, text: str, **more
) -> RecordReview:
    columns = read_map(MAP, "map") if name.endswith("csv") else None
    review = RecordReview(document, bring([NamedBytes(name, text.encode())], library.vocabulary, columns), **more)
    qtbot.addWidget(review)
    review.show()
    return review


def go_to(review: RecordReview, path: str) -> int:
    number = next(n for n, line in enumerate(review.lines) if line.path == path)
    review.tree.choose(number)
    return number


def marked(review: RecordReview) -> str:
    selections = review.text.extraSelections()  # kept, as its cursors are its own
    return selections[-1].cursor.selectedText()


def test_a_fhir_record_is_read_beside_its_proposals_and_one_key_takes_a_value_over(
    qtbot: QtBot, document: CaseDocument, library: EvidenceLibrary
) -> None:
    review = review_of(qtbot, document, library, "r.json", RECORD)
    number = go_to(review, "patient.kps")
    assert marked(review) == "value: 80"
    assert "Observation/k" in review.said.text()
    qtbot.keyClick(review.tree, Qt.Key.Key_A)
    assert (document.value("patient.kps"), review.state(number)) == (80, "accepted")
    fields = [line.path for line in review.lines if line.section == review.lines[number].section]
    assert fields == sorted(fields, key=[field.path for field in case_fields()].index), "in the order of the form"
    go_to(review, "systemic.lines")
    qtbot.keyClick(review.tree, Qt.Key.Key_A)
    assert document.value("systemic.lines")["items"][0]["drugs"] == ["lapatinib"]
    document.stack.undo()
    document.stack.undo()
    assert document.value("patient.kps") is None
    assert "Nemo" not in str(document.case)


def test_what_contradicts_itself_comes_first_and_what_is_not_offered_last(
    qtbot: QtBot, document: CaseDocument, library: EvidenceLibrary
) -> None:
    review = review_of(qtbot, document, library, "r.json", RECORD)
    groups = [review.tree.topLevelItem(n) for n in range(review.tree.topLevelItemCount())]
    assert "Contradicts itself" in groups[0].text(0)
    contradicts = "Observation/a, Observation/b: ECOG: 1 and 2 on the same day (7 Jan 2025)"
    assert groups[0].child(0).text(0) == contradicts
    review.tree.setCurrentItem(groups[0].child(0))
    assert (
        len([s for s in review.text.extraSelections() if s.format.background().style() != Qt.BrushStyle.NoBrush]) == 2
    )
    assert any(group.text(0).startswith("Seen, not offered") for group in groups[2:])
    assert not any(line.path == "identity.name" for line in review.lines)


def test_another_recorded_value_is_shown_beside_the_one_that_is_read(
    qtbot: QtBot, document: CaseDocument, library: EvidenceLibrary
) -> None:
    document.set_value("patient.kps", 60)
    review = review_of(qtbot, document, library, "r.json", RECORD)
    go_to(review, "patient.kps")
    qtbot.keyClick(review.tree, Qt.Key.Key_A)
    assert document.value("patient.kps") == 60
    assert "1) keep 60, 2) 80" in review.said.text()
    qtbot.keyClick(review.tree, Qt.Key.Key_2)
    assert document.value("patient.kps") == 80


def test_an_entry_like_one_that_is_recorded_is_added_only_where_a_person_says_so(
    qtbot: QtBot, document: CaseDocument, library: EvidenceLibrary
) -> None:
    line = {"drugs": ["lapatinib"], "start": "2022-01", "stop": "2022-06"}
    document.set_value("systemic.lines", {"completeness": "partial", "items": [line]})
    before = document.value("systemic.lines")
    review = review_of(qtbot, document, library, "r.json", RECORD)
    number = go_to(review, "systemic.lines")
    item = review.tree.currentItem()
    assert item is not None
    assert "lapatinib" in item.text(2)
    qtbot.keyClick(review.tree, Qt.Key.Key_A)
    assert document.value("systemic.lines") == before
    assert "1) leave it as it is recorded" in review.said.text()
    review.tree.choose(number)
    qtbot.keyClick(review.tree, Qt.Key.Key_2)
    assert len(document.value("systemic.lines")["items"]) == 2
    document.stack.undo()
    review.tree.choose(number)
    qtbot.keyClick(review.tree, Qt.Key.Key_1)
    assert (document.value("systemic.lines"), review.state(number)) == (before, "rejected")


def test_of_a_table_the_patient_is_chosen_first_and_the_next_one_needs_a_case_of_its_own(
    qtbot: QtBot, document: CaseDocument, library: EvidenceLibrary
) -> None:
    asked: list[str] = []

    def begin_new(record: str) -> bool:
        asked.append(record)
        if len(asked) > 1:
            document.start_new()
        return len(asked) > 1

    review = review_of(qtbot, document, library, "t.csv", TABLE, begin_new=begin_new)
    assert "holds 2 patients" in review.said.text()
    assert not review.lines
    assert "B: 2 proposals" in [review.patient.itemText(n) for n in range(review.patient.count())]
    review.choose_patient(1)
    assert review.text.toPlainText().splitlines()[0] == "B, row 2"
    go_to(review, "patient.ecog")
    qtbot.keyClick(review.tree, Qt.Key.Key_A)
    review.choose_patient(0)
    assert (asked, document.value("patient.ecog"), review.patient.currentIndex()) == (["A"], 2, 2)
    review.choose_patient(0)
    assert document.value("patient.ecog") is None
    assert review.isVisible()
    assert review.text.toPlainText().splitlines()[0] == "A, row 1"


def test_every_part_has_a_name_and_another_case_closes_the_review(
    qtbot: QtBot, document: CaseDocument, library: EvidenceLibrary
) -> None:
    review = review_of(qtbot, document, library, "t.csv", TABLE, mapped=True)
    parts = [part for part in review.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert not [part for part in parts if part.isVisible() and not (part.accessibleName() or part.text())]
    document.start_new()
    assert not review.isVisible()


def test_a_dropped_table_asks_once_what_its_columns_hold_and_whose_case_it_is(screen: Screen, tmp_path: Path) -> None:
    files = screen.window.files
    assert files is not None
    files.records._kept_in = tmp_path / "columns"
    screen.document.set_value("code", "K1")
    screen.document.set_value("patient.kps", 70)
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8")
    _drop(screen, path)
    screen.wait(lambda: files.records.columns is not None)
    columns = files.records.columns
    assert columns is not None
    columns.use.click()
    assert "which column names the patient" in columns.said.text()
    columns.record.setCurrentText("pid")
    columns.use.click()
    screen.wait(lambda: "into K1" in screen.answers.asked)
    assert files.records.review is None
    screen.answers.into_answer = "open"
    screen.answers.records = (path,)
    screen.act("read_records")
    screen.wait(lambda: files.records.review is not None)
    review = files.records.review
    assert review is not None
    assert review.patient.count() == 3
    review.choose_patient(0)
    assert {line.trust for line in review.lines} == {"stated"}
    review.close()
    assert [path.name for path in (tmp_path / "columns").iterdir()] == ["t.yaml"]
    path.write_text(TABLE.replace("lvef", "lvef,kps").replace("58", "58,70"), encoding="utf-8")
    assert files.records.review is None
    screen.act("read_records")
    screen.wait(lambda: files.records.review is not None)
    again = files.records.review
    assert again is not None
    assert again.file.text().endswith("not read: kps")
    again.columns_wanted.emit()
    files.records.columns.use.click()
    screen.wait(lambda: files.records.review is not None and files.records.review.file.text() == "t.csv")
    assert len(screen.answers.asked) == 3, "whose case it is was said already"
    files.records.review.close()


def _drop(screen: Screen, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    screen.window.dropEvent(event)


def test_a_file_that_is_no_record_is_refused_with_its_place_and_nothing_opens(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text('{"resourceType": "Bundle", "entry": [', encoding="utf-8")
    screen.answers.records = (path,)
    screen.act("read_records")
    screen.wait(lambda: "bad.json: line 1" in screen.window.messages.text)
    assert screen.window.files is not None
    assert screen.window.files.records.review is None


def test_a_reading_that_takes_long_can_be_stopped(screen: Screen) -> None:
    records, messages = screen.window.files.records, screen.window.messages
    records._say_reading("large.json")
    records._slow.timeout.emit()
    assert messages.text == "Reading large.json …"
    (stop,) = [button for button in messages.findChildren(QPushButton) if button.text().replace("&", "") == "Stop"]
    stop.click()
    assert messages.text == ""
    assert "stopped" in screen.window.statusBar().currentMessage()
    assert not records._slow.isActive()


def test_that_a_list_is_complete_is_one_line_that_is_taken_over_and_taken_back(
    qtbot: QtBot, document: CaseDocument, library: EvidenceLibrary
) -> None:
    case = case_of({"systemic.lines": listed({"drugs": ["tucatinib"]})})
    text = json.dumps(to_bundle(case, library.vocabulary).bundle)
    review = review_of(qtbot, document, library, "r.json", text)
    line = review.lines[go_to(review, "systemic.lines.completeness")]
    assert (line.label, "and no other: is that so?" in line.trust) == ("Systemic treatment: how complete", True)
    assert line.section == review.lines[go_to(review, "systemic.lines")].section
    qtbot.keyClick(review.tree, Qt.Key.Key_A)
    assert document.value("systemic.lines")["completeness"] == "partial"
    go_to(review, "systemic.lines.completeness")
    qtbot.keyClick(review.tree, Qt.Key.Key_A)
    assert document.value("systemic.lines")["completeness"] == "partial"
    assert "1) keep partial, 2) complete" in review.said.text()
    qtbot.keyClick(review.tree, Qt.Key.Key_2)
    assert document.value("systemic.lines")["completeness"] == "complete"
    document.stack.undo()
    assert document.value("systemic.lines")["completeness"] == "partial"
    assert len(document.value("systemic.lines")["items"]) == 1
