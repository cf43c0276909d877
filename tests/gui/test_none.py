"""'None given' and 'none of these' are one action with one key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from support.screen import Screen

from her2board.case.terms import URGENT_SIGNS


def press(screen: Screen) -> None:
    screen.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F5)


@pytest.mark.parametrize("path", ["systemic.lines", "brain.local_therapies", "brain.lesions", "tumour.specimens"])
def test_one_key_records_that_a_list_is_empty_and_complete(path: str, screen: Screen) -> None:
    table = screen.table(path)
    press(screen)
    assert screen.document.value(path)["completeness"] == "complete"
    assert screen.document.value(path)["items"] == []
    assert table.completeness.currentText() == "complete"
    screen.act("undo")
    assert screen.document.value(path)["completeness"] == "not_asked"


def test_a_list_with_entries_is_not_made_empty(screen: Screen) -> None:
    screen.document.set_value("brain.lesions", {"completeness": "partial", "items": [{"site": "pons"}]})
    table = screen.table("brain.lesions")
    press(screen)
    assert [lesion.site for lesion in screen.document.case.brain.lesions.items] == ["pons"]
    assert screen.document.case.brain.lesions.completeness == "partial"
    assert "There are entries here" in table.note.text()


def test_one_key_answers_every_sign_of_urgency_that_is_open_and_one_undo_takes_it_back(screen: Screen) -> None:
    screen.document.set_value("urgency.hydrocephalus", True)
    screen.block("urgency.urgent")
    press(screen)
    urgency = screen.document.case.urgency
    assert {sign: getattr(urgency, sign) for sign in URGENT_SIGNS if sign != "hydrocephalus"} == dict.fromkeys(
        (sign for sign in URGENT_SIGNS if sign != "hydrocephalus"), False
    )
    assert urgency.hydrocephalus is True
    assert urgency.immediate_local_therapy is None  # a question of its own
    assert screen.row("urgency.fast_decline").control.typed().value is False
    screen.act("undo")
    assert screen.document.case.urgency.fast_decline is None
    assert screen.document.case.urgency.hydrocephalus is True
    assert screen.bench.form.block_in_focus().path.startswith("urgency.")


def test_a_list_of_words_is_recorded_as_none(screen: Screen) -> None:
    row = screen.row("patient.comorbidity")
    press(screen)
    assert screen.document.case.patient.comorbidity == ()
    assert row.control.toPlainText() == "none"


def test_where_none_cannot_be_said_the_window_says_so(screen: Screen) -> None:
    screen.block("patient.age")
    reported: list[str] = []
    screen.bench.reported.connect(lambda words, _: reported.append(words))
    press(screen)
    assert reported == ["'None' can be said of a list and of the signs of urgency; here choose or type"]
    assert screen.document.case.patient.age is None
