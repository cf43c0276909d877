"""What the columns of a table hold is said once, column by column and value by value, and kept as a map."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from her2board.exchange.sources import NamedBytes, Table, tables
from her2board.exchange.tables.kept import keep_map, kept_maps
from her2board.exchange.tables.mapping import Column, read_map, write_map
from her2board.gui.review.columns import ColumnsDialog

TEXT = "case;state;ECOG;size;day\nA;3;1;2.4;03/04/2025\nB;9;2;1.1;05/04/2025\n"


@pytest.fixture
def table() -> Table:
    (found,) = tables([NamedBytes("t.csv", TEXT.encode())])
    return found


@pytest.fixture
def dialog(qtbot: QtBot, table: Table) -> ColumnsDialog:
    dialog = ColumnsDialog(table, table.draft())
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def go_to(dialog: ColumnsDialog, heading: str) -> None:
    (item,) = dialog.list.findItems(heading, Qt.MatchFlag.MatchExactly, 0)
    dialog.list.setCurrentItem(item)


def hold(qtbot: QtBot, dialog: ColumnsDialog, heading: str, words: str) -> None:
    """Go to a column and type what it holds."""
    go_to(dialog, heading)
    line = dialog.panel.holds.lineEdit()
    assert line is not None
    dialog.panel.holds.setFocus()
    line.setText(words)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_a_column_is_given_a_field_by_its_name_a_unit_and_what_its_codes_mean(
    qtbot: QtBot, dialog: ColumnsDialog
) -> None:
    assert dialog.found().columns == {"ECOG": Column(field="patient.ecog")}
    hold(qtbot, dialog, "size", "largest diameter")
    dialog.panel.unit.setCurrentText("cm")
    dialog.panel.unit.activated.emit(1)
    hold(qtbot, dialog, "state", "Leptomeningeal disease")
    picker = dialog.panel.values["3"]
    assert picker.itemText(0) == "as written: not understood"
    picker.setCurrentText("suspected")
    picker.activated.emit(picker.currentIndex())
    unknown = dialog.panel.values["9"]
    unknown.activated.emit(unknown.findText("not known"))
    go_to(dialog, "case")
    go_to(dialog, "state")
    assert dialog.panel.values["3"].currentText() == "suspected"
    assert dialog.found().columns == {
        "ECOG": Column(field="patient.ecog"),
        "size": Column(field="brain.largest_mm", unit="cm"),
        "state": Column(field="brain.leptomeninges", values={"3": "suspected", "9": None}),
    }
    assert dialog.found().ignored == ("day",)
    assert not dialog.found().drafted


def test_a_name_that_is_none_changes_nothing_and_nothing_for_a_case_takes_the_field_away(
    qtbot: QtBot, dialog: ColumnsDialog
) -> None:
    hold(qtbot, dialog, "ECOG", "no such thing")
    assert dialog.panel.holds.currentText() == "ECOG"
    hold(qtbot, dialog, "ECOG", "nothing for a case")
    assert dialog.found().columns == {}


def test_every_part_has_a_name(dialog: ColumnsDialog) -> None:
    go_to(dialog, "ECOG")
    parts = [part for part in dialog.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    named = [part for part in parts if part.accessibleName() or getattr(part, "text", str)()]
    inside = dialog.panel.holds.lineEdit()  # read with the name of its list
    assert not [part for part in parts if part.isVisible() and part not in named and part is not inside]


def test_a_map_is_kept_for_every_export_with_its_columns_and_no_other(
    dialog: ColumnsDialog, table: Table, tmp_path: Path
) -> None:
    found = dialog.found()
    assert read_map(write_map(found), "m") == found
    assert kept_maps(tmp_path) == ()
    first = keep_map(tmp_path, found, "export of May.csv")
    assert keep_map(tmp_path, found.model_copy(update={"date_order": "dmy"}), "export of June.csv") == first
    (tmp_path / "broken.yaml").write_text("format: other", encoding="utf-8")
    (kept,) = kept_maps(tmp_path)
    assert table.map_of([kept]) == kept
    fewer = kept.model_copy(update={"columns": {}, "ignored": ("ECOG", "size", "day"), "record": "case"})
    less = fewer.model_copy(update={"columns": {"state": Column(field="brain.leptomeninges")}})
    assert table.map_of([kept, less.model_copy(update={"ignored": ()})]) == kept
    assert table.map_of([less, kept]) == less, "what was said last of the same columns counts"
    (other,) = tables([NamedBytes("t.csv", b"case;PS\nA;1\n")])
    assert other.map_of([kept]) is None
    assert table.map_of([kept.model_copy(update={"labels": True})]) is None
