"""A pasted report is reviewed by keyboard: each value is taken over, chosen or left, and can be taken back."""

from typing import get_args

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.screen import Screen

from her2board.capture.proposal import Conflict, Offer, ReadFirst, TextSpan, Trust
from her2board.capture.typed import Candidate
from her2board.evidence.library import EvidenceLibrary
from her2board.gui.document.document import CaseDocument
from her2board.gui.review.lines import Remark
from her2board.gui.review.report import ReportReview

SCAN = """MRI of the brain with contrast, 14 November 2026
Comparison: MRI of 2 August 2026.
Findings: There are three enhancing metastases. The largest lies in the left frontal lobe and measures 18 x 15 mm,
previously 11 mm. \N{WHITE SMILING FACE} There is effacement of the left lateral ventricle. No leptomeningeal
enhancement. Radiosurgery may be considered.
"""


@pytest.fixture
def document() -> CaseDocument:
    document = CaseDocument()
    document.start_new()
    return document


@pytest.fixture
def review(qtbot: QtBot, document: CaseDocument, library: EvidenceLibrary) -> ReportReview:
    review = ReportReview(document, library.vocabulary)
    qtbot.addWidget(review)
    review.show()
    review.paste(SCAN)
    return review


def go_to(review: ReportReview, path: str) -> int:
    """Choose the line of a field; return its number."""
    number = next(n for n, line in enumerate(review.lines) if line.path == path)
    review.tree.choose(number)
    return number


def press(qtbot: QtBot, review: ReportReview, key: Qt.Key) -> None:
    qtbot.keyClick(review.tree, key)


def test_a_report_that_is_plain_is_read_at_once_and_one_key_takes_a_value_over(
    qtbot: QtBot, review: ReportReview, document: CaseDocument
) -> None:
    assert review.kind.currentData() == "brain_mri"
    assert review.text.isReadOnly()
    first = go_to(review, "brain.largest_mm")
    press(qtbot, review, Qt.Key.Key_A)
    assert document.value("brain.largest_mm") == 18
    assert review.state(first) == "accepted"
    assert review.tree.number() != first
    document.stack.undo()
    assert document.value("brain.largest_mm") is None
    assert review.state(first) == "open"


def test_an_entry_is_added_to_its_list_and_a_line_that_is_left_records_nothing(
    qtbot: QtBot, review: ReportReview, document: CaseDocument
) -> None:
    number = go_to(review, "brain.lesions")
    press(qtbot, review, Qt.Key.Key_A)
    assert document.value("brain.lesions")["items"][0]["site"] == "left frontal lobe"
    left = go_to(review, "brain.leptomeninges")
    press(qtbot, review, Qt.Key.Key_R)
    assert (review.state(number), review.state(left)) == ("accepted", "rejected")
    assert document.value("brain.leptomeninges") is None
    assert review.progress.text() == f"2 of {len(review.lines)} answered"
    rows = {n: [review.tree._items[n].text(column) for column in (2, 3)] for n in (number, left)}
    assert rows == {number: ["", "taken over"], left: ["", "left"]}


def test_a_value_that_a_case_writes_otherwise_is_the_same_value(
    qtbot: QtBot, review: ReportReview, document: CaseDocument
) -> None:
    number = go_to(review, "brain.lesion_count")
    press(qtbot, review, Qt.Key.Key_A)
    assert document.value("brain.lesion_count")["low"] == 3
    assert review.state(number) == "accepted"
    review.tree.choose(number)
    item = review.tree.currentItem()
    assert item is not None
    assert item.text(1) == "3"


def test_another_recorded_value_needs_a_choice(qtbot: QtBot, review: ReportReview, document: CaseDocument) -> None:
    document.set_value("brain.largest_mm", 12)
    number = go_to(review, "brain.largest_mm")
    press(qtbot, review, Qt.Key.Key_A)
    assert document.value("brain.largest_mm") == 12
    assert "1) keep 12" in review.said.text()
    assert "2) 18" in review.said.text()
    press(qtbot, review, Qt.Key.Key_2)
    assert document.value("brain.largest_mm") == 18
    assert review.state(number) == "accepted"
    document.set_value("brain.largest_mm", 12)
    review.tree.choose(number)
    press(qtbot, review, Qt.Key.Key_1)
    assert (document.value("brain.largest_mm"), review.state(number)) == (12, "rejected")


def test_a_recorded_reason_for_absence_is_shown_and_gives_way_to_a_choice_only(
    qtbot: QtBot, review: ReportReview, document: CaseDocument
) -> None:
    document.set_absence("brain.largest_mm", {"reason": "not_available"})
    go_to(review, "brain.largest_mm")
    assert review.tree.currentItem().text(2) == "not available"
    press(qtbot, review, Qt.Key.Key_A)
    assert document.value("brain.largest_mm") is None
    assert document.case is not None
    assert "brain.largest_mm" in document.case.absences
    assert "1) leave it as it is recorded, 2) 18" in review.said.text()
    press(qtbot, review, Qt.Key.Key_2)
    assert document.value("brain.largest_mm") == 18


def test_one_key_takes_over_what_a_section_says_plainly_and_each_value_can_be_taken_back(
    qtbot: QtBot, review: ReportReview, document: CaseDocument
) -> None:
    document.set_value("brain.largest_mm", 12)
    document.set_absence("brain.contrast", {"reason": "not_available"})
    left = go_to(review, "brain.leptomeninges")
    press(qtbot, review, Qt.Key.Key_R)
    go_to(review, "brain.lesion_count")
    press(qtbot, review, Qt.Key.Key_S)
    assert review.said.text().startswith("4 values of Brain accepted; 3 lines need an answer each\n")
    waiting = [line.path for number, line in enumerate(review.lines) if review.state(number) == "open"]
    assert waiting == ["brain.imaging_date", "brain.contrast", "brain.largest_mm"], "the day is not that of the 12 mm"
    assert (document.value("brain.largest_mm"), document.value("brain.contrast")) == (12, None)
    assert (review.state(left), document.value("brain.leptomeninges")) == ("rejected", None)
    assert review.lines[review.tree.number() or 0].path == "brain.imaging_date"
    press(qtbot, review, Qt.Key.Key_S)
    assert review.said.text().startswith("0 values of Brain accepted; 3 lines need an answer each\n")
    document.stack.undo()
    assert (document.value("brain.lesions")["items"], document.value("brain.lesion_count")["low"]) == ([], 3)


def test_a_value_of_another_class_is_never_taken_over_with_its_section(
    qtbot: QtBot, review: ReportReview, document: CaseDocument
) -> None:
    plain, case = review.lines[go_to(review, "brain.largest_mm")].proposal, document.case
    changes = [{"trust": trust} for trust in get_args(Trust) if trust != "stated"]
    conflict = Conflict(12, "12 mm", TextSpan(0, 1))
    for change in (*changes, {"asks": "which?"}, {"conflicts": (conflict,)}, {"readings": (Candidate(18, "18"),)}):
        review.show_offer(Offer((replace(plain, **change),)))
        press(qtbot, review, Qt.Key.Key_S)
        assert document.case == case, change
    (span,) = plain.sources
    assert isinstance(span, TextSpan)
    first = ReadFirst("urgency.mass_effect", TextSpan(span.end - 2, span.end + 9), "with effacement")
    review.show_offer(Offer((plain,), read_first=(first,)))
    press(qtbot, review, Qt.Key.Key_S)
    assert document.case == case, "it is in a sentence to read first"
    review.show_offer(Offer((plain,)), [Remark("it contradicts itself", (span,))])
    press(qtbot, review, Qt.Key.Key_S)
    assert document.case == case, "it contradicts itself"
    review.show_offer(Offer((plain,)))
    press(qtbot, review, Qt.Key.Key_S)
    assert document.value("brain.largest_mm") == 18


def test_nothing_of_another_day_than_the_recorded_one_is_taken_over_with_its_section(
    qtbot: QtBot, review: ReportReview, document: CaseDocument
) -> None:
    document.set_value("brain.imaging_date", "2026-08-02")
    case = document.case
    go_to(review, "brain.lesion_count")
    press(qtbot, review, Qt.Key.Key_S)
    assert document.case == case
    assert "Imaging date is recorded otherwise" in review.said.text()


def test_no_entry_is_added_together_with_others_to_a_list_that_is_said_to_be_complete(
    qtbot: QtBot, review: ReportReview, document: CaseDocument
) -> None:
    document.set_value("brain.lesions", {"completeness": "complete", "items": []})
    number = go_to(review, "brain.lesions")
    press(qtbot, review, Qt.Key.Key_S)
    assert (review.state(number), document.value("brain.lesions")["items"]) == ("open", [])


def test_what_is_urgent_comes_first_and_what_is_not_offered_can_be_looked_at(review: ReportReview) -> None:
    groups = [review.tree.topLevelItem(n) for n in range(review.tree.topLevelItemCount())]
    assert groups[0].text(0).startswith("Read this first")
    assert "effacement" in groups[0].child(0).text(0)
    assert groups[-1].text(0).startswith("Seen, not offered")
    seen = [[groups[-1].child(n).text(column) for column in (1, 3)] for n in range(groups[-1].childCount())]
    assert any(why == "an earlier value" for _, why in seen), seen


def test_the_words_of_the_chosen_line_are_marked_in_the_text(review: ReportReview) -> None:
    go_to(review, "brain.leptomeninges")
    marked = [selection.cursor.selectedText() for selection in review.text.extraSelections()]
    assert "No leptomeningeal" in marked[-1]


def test_every_part_has_a_name_and_edit_leads_to_the_form(qtbot: QtBot, review: ReportReview) -> None:
    parts = [part for part in review.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert not [part for part in parts if part.isVisible() and not (part.accessibleName() or part.text())]
    go_to(review, "brain.modality")
    with qtbot.waitSignal(review.field_wanted) as wanted:
        press(qtbot, review, Qt.Key.Key_E)
    assert wanted.args == ["brain.modality"]


def test_a_text_of_no_known_kind_asks_for_it(qtbot: QtBot, review: ReportReview) -> None:
    review.change.click()
    review.text.setPlainText("Dear colleague, thank you.")
    review.read.click()
    assert "Choose it above" in review.said.text()
    assert not review.lines


def test_the_action_opens_it_with_the_copied_report(screen: Screen) -> None:
    screen.begin_anew()
    QGuiApplication.clipboard().setText(SCAN)
    screen.act("read_report")
    assert screen.window.worker.busy, "the window does not wait for what reads reports"
    screen.wait(lambda: bool(screen.window.findChildren(ReportReview)))
    (review,) = screen.window.findChildren(ReportReview)
    assert review.lines
    review.close()


def test_what_was_not_read_is_listed_before_what_is_offered(review: ReportReview) -> None:
    long = "The left frontal lesion has grown and " * 40
    review.change.click()
    review.paste(SCAN + "\n\n" + long)
    titles = [review.tree.topLevelItem(n).text(0) for n in range(review.tree.topLevelItemCount())]
    assert titles[1] == "Not read (1)"
    row = review.tree.topLevelItem(1).child(0)
    assert row.text(0).startswith("this sentence was not read: it has more than 1,200 characters: The left frontal")
    review.tree.setCurrentItem(row)
    [span] = review.tree.spans()
    assert review.text.toPlainText()[span.start : span.end] == long.strip()


def test_a_text_of_several_patients_is_said_first_and_nothing_of_it_is_offered(review: ReportReview) -> None:
    review.change.click()
    review.paste("Board 14/01/2026\nCase 1: 60F, ECOG 2.\nCase 2: 51F, ECOG 0, LVEF 58%.\n")
    review.read.click()
    first = review.tree.topLevelItem(0)
    assert first.text(0).startswith("More than one patient")
    assert [first.child(n).text(0) for n in range(first.childCount())] == [
        "Case 1: 60F, ECOG 2.",
        "Case 2: 51F, ECOG 0, LVEF 58%.",
    ]
    assert "only the part of this one is left" in review.said.text()
    assert not review.keep.isEnabled()
    review.tree.setCurrentItem(first.child(1))
    [span] = review.tree.spans()
    assert review.text.toPlainText()[span.start : span.end] == "Case 2: 51F, ECOG 0, LVEF 58%."


def test_nothing_is_offered_to_press_while_nothing_is_read(qtbot: QtBot, document: CaseDocument, library) -> None:
    review = ReportReview(document, library.vocabulary)
    qtbot.addWidget(review)
    review.show()
    deeds = [part for part in review.findChildren(QPushButton) if part.text().endswith(")")]
    assert len(deeds) == 6
    assert not any(button.isEnabled() for button in deeds)
    review.paste(SCAN)
    assert all(button.isEnabled() for button in deeds)
    review.tree.setCurrentItem(review.tree.topLevelItem(0))
    assert [button.text() for button in deeds if button.isEnabled()] == ["&Next (N)"], "a heading is nothing to accept"
