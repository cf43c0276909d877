"""Typing facts into the form."""

import gc

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from her2board import paths
from her2board.gui.document.commands import ChangeCase


def test_a_typed_value_reaches_the_case(screen) -> None:
    screen.type("patient.age", "56")
    assert screen.document.case.patient.age == 56


def test_emptying_a_field_makes_it_not_recorded(screen) -> None:
    row = screen.type("patient.age", "56")
    row.control.selectAll()
    screen.qtbot.keyClick(row.control, Qt.Key.Key_Delete)
    assert screen.document.case.patient.age is None


def test_a_value_set_elsewhere_is_shown(screen) -> None:
    row = screen.row("patient.age")
    screen.document.set_value("patient.age", 61)
    assert row.control.text() == "61"


def test_consecutive_typing_in_one_field_is_one_undo_step(screen) -> None:
    row = screen.type("patient.age", "56")
    assert screen.document.stack.undoText() == "Change Age"
    screen.act("undo")
    assert row.control.text() == ""
    assert screen.document.case.patient.age is None
    screen.act("redo")
    assert row.control.text() == "56"


def test_undo_keys_belong_to_the_case_and_not_to_the_line(screen) -> None:
    row = screen.type("meeting.consultant", "Dr A")
    screen.type("meeting.preparer", "B")
    screen.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert screen.document.case.meeting.preparer is None
    assert row.control.text() == "Dr A"


def test_a_value_out_of_range_is_reported_and_changes_nothing(screen) -> None:
    row = screen.type("patient.ecog", "7")
    screen.bench.form.go_to("patient.age")
    assert "7 is above the largest possible value 4" in row.note.text()
    assert row.note.isVisible()
    assert row.control.text() == "7"
    assert "above" in row.control.accessibleDescription()
    assert screen.document.case.patient.ecog is None


def test_undo_first_discards_invalid_text(screen) -> None:
    screen.type("patient.age", "56")
    row = screen.type("patient.ecog", "7")
    screen.act("undo")
    assert row.control.text() == ""
    assert screen.document.case.patient.age == 56


def test_an_impossible_date_is_reported_at_its_field(screen) -> None:
    row = screen.type("brain.imaging_date", "30.02.2025")
    screen.bench.form.go_to("brain.reported_by")
    assert "has no day 30" in row.note.text()
    assert screen.document.case.brain.imaging_date is None


def test_a_typed_date_shows_its_reading_and_is_then_written_in_words(screen) -> None:
    row = screen.type("brain.imaging_date", "3/26")
    assert str(screen.document.case.brain.imaging_date) == "2026-03"
    screen.bench.form.go_to("brain.reported_by")
    assert row.control.text() == "Mar 2026"


def test_imaging_after_the_meeting_is_reported_at_its_field(screen) -> None:
    row = screen.type("brain.imaging_date", "12.03.2027")
    screen.wait(lambda: "after" in row.note.text())
    assert screen.document.case.brain.imaging_date is not None


def test_yes_no_and_not_recorded_are_chosen_by_letter(screen) -> None:
    row = screen.row("urgency.mass_effect")
    screen.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Y)
    assert screen.document.case.urgency.mass_effect is True
    screen.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_N)
    assert screen.document.case.urgency.mass_effect is False
    screen.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert screen.document.case.urgency.mass_effect is None
    assert row.button.isVisible()


def test_several_classes_are_one_choice(screen) -> None:
    row = screen.row("brain.cns_class")
    row.control.setCurrentText("stable and untreated")
    row.control.activated.emit(row.control.currentIndex())
    assert set(screen.document.case.brain.cns_class) == {"stable", "untreated"}
    screen.act("undo")
    assert row.control.currentText() == "Not recorded"


def test_a_reason_for_absence_has_an_owner_and_a_due_day(screen) -> None:
    row = screen.row("patient.ecog")
    row.button.reason_chosen.emit("pending")
    bar = row._bar
    screen.qtbot.keyClicks(bar.owner, "Dr A")
    screen.qtbot.keyClicks(bar.due, "24 Nov 2026")
    absence = screen.document.case.absences["patient.ecog"]
    assert (absence.reason, absence.owner, str(absence.due)) == ("pending", "Dr A", "2026-11-24")
    assert row.button.text() == "pending"
    screen.type("patient.ecog", "1")
    assert "patient.ecog" not in screen.document.case.absences
    assert not bar.isVisible()


def test_the_section_list_counts_what_is_needed(screen) -> None:
    def needed() -> str:
        return screen.bench.sections.topLevelItem(4).text(1)

    before = int(needed())
    screen.type("patient.age", "56")
    screen.wait(lambda: needed() == str(before - 1))


def test_f8_leads_to_the_next_needed_field(screen) -> None:
    screen.row("code")
    screen.act("next_needed")
    assert screen.bench.form.block_in_focus().path == "meeting.date"
    screen.act("next_needed")
    assert screen.bench.form.block_in_focus().path == "meeting.consultant"


def test_markup_and_right_to_left_text_is_kept_as_typed(screen) -> None:
    text = "<b>&amp; \N{BRAIN} \N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED}"
    row = screen.row("meeting.consultant")
    row.control.setText(text)
    row.control.textEdited.emit(text)
    assert screen.document.case.meeting.consultant == text


def test_every_section_shows_every_field(screen) -> None:
    from her2board.case.fields import case_fields
    from her2board.case.sections import SECTIONS

    shown = {path for section in SECTIONS for path in screen.bench.form.show_section(section.id).blocks}
    assert shown == {field.path for field in case_fields()}


def test_a_long_text_keeps_its_frame_when_the_window_grows(screen) -> None:
    """It takes fewer lines in a wider window; the rows below move up, and nothing of it is cut off."""
    screen.window.resize(1280, 800)
    row = screen.row("meeting.question")
    screen.document.set_value("meeting.question", "Is a systemic option possible before radiotherapy? " * 6)
    screen.wait(lambda: row.control.height() > 0 and row.control.height() == row.control.minimumHeight())
    tall = row.control.height()
    below = screen.bench.form.show_section("meeting").blocks["meeting.new_since"].control
    screen.window.resize(2560, 1440)
    screen.wait(lambda: row.control.minimumHeight() < tall and row.control.height() == row.control.minimumHeight())
    screen.wait(lambda: 0 <= below.y() - row.control.geometry().bottom() < 60)


def test_help_says_why_the_current_field_matters_and_what_depends_on_it(screen, library) -> None:
    screen.row("organs.lvef_percent")
    words = screen.bench.form.help.toPlainText()
    assert "cardiac warning" in words
    assert f"of {len(library.cohorts_by_id)} cohorts depend on it" in words
    screen.row("patient.carer")
    assert "No cohort and no option depends on it." in screen.bench.form.help.toPlainText()


def test_the_cohorts_that_depend_on_a_field_are_listed_and_escape_leads_back(screen) -> None:
    row = screen.row("brain.measurable")
    screen.act("field_help")
    help_ = screen.bench.form.help
    assert help_.hasFocus()
    assert "TUXEDO-3: " in help_.toPlainText()
    screen.qtbot.keyClick(help_, Qt.Key.Key_Escape)
    assert row.holds(QApplication.focusWidget())
    assert "TUXEDO-3: " not in help_.toPlainText()


def test_a_dated_value_says_how_old_it_is_at_the_meeting(screen) -> None:
    row = screen.type("patient.ecog", "1")
    assert (row._age.text(), row._age.toolTip()) == ("undated", "no date recorded")
    screen.type("patient.performance_date", "Nov 2026")
    assert row._age.text() == "Nov 2026"
    screen.document.set_value("patient.performance_date", "2026-11-02")
    screen.document.set_value("meeting.date", "2026-11-24")
    assert row._age.text() == "22 days old"
    assert row._age.toolTip() == "2 Nov 2026, 22 days before the meeting"


def test_every_needed_field_says_why() -> None:
    from her2board.case.fields import case_fields
    from her2board.gui.form.help_words import why

    assert [field.path for field in case_fields() if field.info.level == "H" and not why(field)] == []


def test_return_in_the_section_list_leads_into_the_section(screen) -> None:
    sections = screen.bench.sections
    sections.setFocus()
    sections.setCurrentItem(sections.topLevelItem(4))
    screen.qtbot.keyClick(sections, Qt.Key.Key_Return)
    assert screen.bench.form.block_in_focus().path == "patient.age"
    assert "Age" in sections.topLevelItem(4).toolTip(0) or not sections.topLevelItem(4).text(1)


def test_typing_on_keeps_the_cases_of_no_more_steps_than_undo_offers(screen) -> None:
    screen.type("meeting.question", "Is a drug that reaches the brain an option?")
    gc.collect()
    kept = [part for part in gc.get_objects() if isinstance(part, ChangeCase)]
    assert len(kept) == screen.document.stack.count() == 1


def test_a_long_list_is_fully_visible_and_stays_one_list(screen) -> None:
    screen.window.resize(1280, 800)
    places = [f"place number {number}" for number in range(1, 6)]
    row = screen.type("brain.sites", ", ".join(places))
    screen.qtbot.keyClick(row.control, Qt.Key.Key_Return)
    assert screen.document.value("brain.sites") == places
    screen.wait(lambda: row.control.verticalScrollBar().maximum() == 0)
    assert row.control.document().size().height() > 1
    screen.act("undo")
    screen.wait(lambda: row.control.height() < 40)


def test_tab_leaves_a_list(screen) -> None:
    row = screen.row("brain.sites")
    screen.qtbot.keyClick(row.control, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not row.control


def lesions(*items: dict, completeness: str = "complete") -> dict:
    return {"completeness": completeness, "items": list(items)}


def test_what_a_list_says_is_shown_beside_its_summary_field_and_typing_overrides_it(screen) -> None:
    row = screen.row("brain.largest_mm")
    assert row.button.isVisible()
    screen.document.set_value("brain.lesions", lesions({"diameter_mm": 12.0, "state": "new"}))
    assert row.control.text() == ""
    assert row._reading.text() == "12 mm, from the list"
    assert "12 mm, from the list" in row.control.accessibleDescription()
    assert not row.button.isVisible()
    screen.type("brain.largest_mm", "14")
    assert row._reading.text() == ""
    assert screen.document.value("brain.largest_mm") == 14
    screen.document.set_value("brain.largest_mm", None)
    screen.document.set_value("brain.lesions", lesions({"state": "new"}))
    assert row._reading.text() == ""
    assert row.button.isVisible()


def test_a_size_is_typed_as_people_write_it(screen) -> None:
    row = screen.type("brain.largest_mm", "12-15 mm")
    assert screen.document.value("brain.largest_mm") == {"low": 12, "high": 15}
    screen.bench.form.go_to("brain.reported_by")
    assert row.control.text() == "12-15"
    screen.type("brain.largest_mm", "< 1 cm")
    assert screen.document.value("brain.largest_mm") == {"high": 10, "high_included": False}


def test_the_help_of_a_field_is_gone_when_another_case_is_opened(screen) -> None:
    screen.bench.form.go_to("identity.name")
    assert screen.bench.form.help.toPlainText().startswith("Name")
    screen.window.open_example(paths.example_case("cr31-herniation"))
    screen.wait(lambda: screen.document.case.code == "CR31")
    assert not screen.bench.form.help.toPlainText().startswith("Name")
