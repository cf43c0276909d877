"""A value that was read carries its sentence: in the help, for a screen reader, until the value is another one."""

import pytest
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot
from support.screen import Screen

from her2board.evidence.library import EvidenceLibrary
from her2board.exchange.sources import NamedBytes, bring
from her2board.exchange.tables.mapping import read_map
from her2board.gui.review.kept import KeptDialog
from her2board.gui.review.records import RecordReview
from her2board.gui.review.report import ReportReview

SCAN = """MRI of the brain with contrast, 14 November 2026
Findings: A new 8 mm metastasis in the pons. The largest lies in the left frontal lobe and measures 18 x 15 mm.
Mrs Zwack, MRN 4455667.
"""
MAP = "format: her2board-columns\nrecord: pid\ncolumns:\n  lvef: {field: organs.lvef_percent}\n"
HISTORY = "Oncology history: 2/2022 liver metastases. She has never received tucatinib."


@pytest.fixture
def review(screen: Screen, qtbot: QtBot, library: EvidenceLibrary) -> ReportReview:
    review = ReportReview(screen.document, library.vocabulary, screen.bench)
    qtbot.addWidget(review)
    return review


def _accept(review: ReportReview, path: str) -> None:
    for number, line in enumerate(review.lines):
        if line.path == path:
            review.tree.choose(number)
            review.tree.answered.emit("accept", 0)


def test_an_accepted_value_says_what_it_was_read_from_until_it_is_changed(
    screen: Screen, review: ReportReview, qtbot: QtBot
) -> None:
    review.paste(SCAN)
    _accept(review, "brain.largest_mm")
    row = screen.row("brain.largest_mm")
    words = (
        "Read from MRI of the brain, 14 Nov 2026: \N{LEFT DOUBLE QUOTATION MARK}The largest lies in the left frontal"
    )
    assert words in screen.bench.form.help.toPlainText()
    assert words in QAccessible.queryAccessibleInterface(row.control).text(QAccessible.Text.Description)
    screen.document.set_value("brain.largest_mm", 19)
    assert "Read from" not in screen.bench.form.help.toPlainText()
    screen.document.stack.undo()
    assert words in screen.bench.form.help.toPlainText()
    screen.document.stack.undo()
    assert (screen.document.value("brain.largest_mm"), screen.document.case.sentences) == (None, ())
    assert "Read from" not in screen.bench.form.help.toPlainText()


def test_an_entry_says_it_at_the_columns_that_were_read(screen: Screen, review: ReportReview) -> None:
    review.paste(SCAN)
    _accept(review, "brain.lesions")
    table = screen.table("brain.lesions")
    help_ = screen.bench.form.help
    said = {column.path: [] for column in table.model.columns}
    for number, column in enumerate(table.model.columns):
        table.control.setCurrentIndex(table.model.index(0, number))
        said[column.path] = "Read from" in help_.toPlainText()
    recorded = set(table.model.row(0))
    assert {path for path, is_said in said.items() if is_said} == recorded
    assert "site" in recorded
    assert "note" not in recorded


def test_each_entry_says_its_own_wherever_the_keyboard_goes(screen: Screen, review: ReportReview) -> None:
    review.paste(SCAN)
    _accept(review, "brain.lesions")
    table, help_ = screen.table("brain.lesions"), screen.bench.form.help
    assert table.model.rowCount() == 2

    def said() -> list[bool]:
        return [words in help_.toPlainText() for words in ("A new 8 mm metastasis", "The largest lies")]

    table.control.setCurrentIndex(table.model.index(0, 0))
    assert said() == [True, False]
    table.control.setCurrentIndex(table.model.index(1, 0))
    assert said() == [False, True]
    table.move(-1)
    assert said() == [False, True]
    assert table.control.currentIndex().row() == 0
    table.remove()
    assert said() == ([True, False] if table.control.currentIndex().isValid() else [False, False])


def test_that_a_drug_was_never_given_is_taken_over_with_its_sentence(screen: Screen, review: ReportReview) -> None:
    review.paste(HISTORY)
    _accept(review, "systemic.exposure")
    assert screen.document.value("systemic.exposure") == {"tucatinib": {"ever": False}}
    assert [one.sentence for one in screen.document.case.sentences] == ["She has never received tucatinib."]


def test_a_value_that_was_typed_before_gets_its_sentence(screen: Screen, review: ReportReview) -> None:
    screen.document.set_value("brain.largest_mm", 18)
    review.paste(SCAN)
    _accept(review, "brain.largest_mm")
    assert [one.field for one in screen.document.case.sentences] == ["brain.largest_mm"]
    assert "Zwack" not in str(screen.document.case)


def test_a_row_of_a_table_is_named_with_its_column(screen: Screen, qtbot: QtBot, library: EvidenceLibrary) -> None:
    columns = read_map(
        "format: her2board-columns\nrecord: pid\ncolumns:\n  lvef: {field: organs.lvef_percent}\n", "map"
    )
    records = bring([NamedBytes("a.csv", b"pid,lvef\n1234567,58\n")], library.vocabulary, columns)
    review = RecordReview(screen.document, records, screen.bench)
    qtbot.addWidget(review)
    _accept(review, "organs.lvef_percent")
    (kept,) = screen.document.case.sentences
    assert (kept.source.kind, kept.source.place) == ("table", "\N{HORIZONTAL ELLIPSIS}, lvef")


def test_the_whole_text_is_kept_only_where_a_person_asks_for_it(
    screen: Screen, review: ReportReview, qtbot: QtBot
) -> None:
    assert not review.keep.isEnabled()
    review.paste(SCAN)
    assert (review.keep.isEnabled(), review.keep.isChecked(), screen.document.case.texts) == (True, False, ())
    review.keep.click()
    (text,) = screen.document.case.texts
    _accept(review, "brain.largest_mm")
    screen.row("brain.largest_mm")
    assert "Ctrl+Shift+T shows the whole text." in screen.bench.form.help.toPlainText()
    screen.document.stack.undo()
    assert (text.text, text.kind, str(text.day)) == (SCAN, "brain_mri", "2026-11-14")
    screen.document.stack.undo()
    assert (review.keep.isChecked(), screen.document.case.texts) == (False, ())
    review.keep.click()
    review.keep.click()
    assert screen.document.case.texts == ()


def test_a_text_too_long_to_keep_is_refused_in_words(screen: Screen, review: ReportReview) -> None:
    review.paste(SCAN + "No change. " * 4000)
    review.keep.click()
    assert "30,000 characters" in review.said.text()
    assert (review.keep.isChecked(), screen.document.case.texts) == (False, ())


def test_what_the_case_was_read_from_is_looked_at_and_removed(
    screen: Screen, review: ReportReview, qtbot: QtBot
) -> None:
    review.paste(SCAN)
    _accept(review, "brain.largest_mm")
    review.keep.click()
    screen.act("read_from")
    (dialog,) = screen.window.findChildren(KeptDialog)
    titles = [dialog.list.item(n).text() for n in range(dialog.list.count())]
    assert titles == [
        f"MRI of the brain, 14 Nov 2026 ({len(SCAN)} characters)",
        "Largest diameter: The largest lies in the left frontal lobe and measures 18 x 15 mm.",
    ]
    assert dialog.text.toPlainText() == SCAN
    dialog.list.setCurrentRow(1)
    with qtbot.waitSignal(dialog.field_wanted) as wanted:
        dialog.to_field.click()
    assert wanted.args == ["brain.largest_mm"]
    dialog.remove.click()
    assert (screen.document.value("brain.largest_mm"), screen.document.case.sentences) == (18, ())
    dialog.remove_texts.click()
    assert (dialog.list.count(), dialog.remove_texts.isEnabled(), screen.document.case.texts) == (0, False, ())
    screen.document.stack.undo()
    assert (len(screen.document.case.texts), dialog.list.count()) == (1, 1)
    dialog.close()
