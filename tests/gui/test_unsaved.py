"""What is not saved outlives its window, and a case is open in one window only."""

import json
import stat
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from support.screen import Answers, Screen
from support.version_1 import as_version_1

from her2board import paths
from her2board.case.differences import differences
from her2board.case.model import Case
from her2board.case.storage import dump, load, save
from her2board.gui.base.words import differing
from her2board.gui.document.document import empty_case
from her2board.gui.document.unfinished import Unfinished
from her2board.gui.document.unsaved import Slot, Unsaved, digest_of, left_behind
from her2board.gui.form.absence import AbsenceBar
from her2board.gui.window.main_window import MainWindow


@pytest.fixture
def state_dir(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def services(services, state_dir):
    return services._replace(state_dir=state_dir)


def slots(state_dir: Path) -> list[Path]:
    return sorted((state_dir / "unsaved").glob("*.unsaved"))


def kept(screen: Screen, state_dir: Path) -> Unsaved:
    screen.wait(lambda: not screen.window.files._autosave._soon.isActive() and not screen.window.worker.busy)
    screen.wait(lambda: bool(slots(state_dir)) and not screen.window.files._autosave._worker.busy)
    return Unsaved.model_validate_json(slots(state_dir)[0].read_bytes())


def leave_behind(state_dir: Path, case: Case, file: Path | None, *unfinished: Unfinished) -> Path:
    slot = Slot.new(state_dir / "unsaved")
    slot.write(Unsaved(file=file, digest=digest_of(file) if file else "", case=dump(case), unfinished=unfinished))
    slot.release()
    return slot.path


def page_text(window: MainWindow) -> list[tuple[str, ...]]:
    table = window.unsaved.page.table
    return [tuple(table.topLevelItem(n).text(c) for c in range(3)) for n in range(table.topLevelItemCount())]


def press(window: MainWindow, words: str) -> None:
    next(b for b in window.unsaved.page.findChildren(QPushButton) if words in b.text().replace("&", "")).click()


def test_what_is_typed_is_kept_for_its_owner_alone(screen, state_dir) -> None:
    screen.type("patient.age", "56")
    assert '"age": 56' in kept(screen, state_dir).case
    assert stat.S_IMODE(slots(state_dir)[0].stat().st_mode) == 0o600
    assert stat.S_IMODE((state_dir / "unsaved").stat().st_mode) == 0o700


def test_a_text_that_cannot_be_used_and_an_open_cell_are_kept_too(screen, state_dir) -> None:
    screen.type("patient.ecog", "7")
    table = screen.table("systemic.lines")
    table.add()
    screen.qtbot.keyClicks(table.control.findChild(QLineEdit), "Phesgo, doce")
    entries = kept(screen, state_dir).unfinished
    assert Unfinished(path="patient.ecog", text="7") in entries
    assert Unfinished(path="systemic.lines", row=0, column="drugs", text="Phesgo, doce") in entries


def test_a_due_day_that_cannot_be_read_is_kept_with_the_owner_typed_beside_it(screen, state_dir) -> None:
    block = screen.block("patient.ecog")
    screen.document.set_absence("patient.ecog", {"reason": "pending"})
    bar = block.label.parentWidget().findChild(AbsenceBar)
    screen.qtbot.keyClicks(bar.due, "next week")
    screen.qtbot.keyClicks(bar.owner, "Dr A")
    entries = kept(screen, state_dir).unfinished
    assert Unfinished(path="patient.ecog", column="due", text="next week") in entries
    assert Unfinished(path="patient.ecog", column="owner", text="Dr A") in entries


def test_a_due_day_that_could_not_be_read_is_typed_again_after_a_crash(next_window, state_dir) -> None:
    case = Case.model_validate_json('{"code": "B-1", "absences": {"patient.ecog": {"reason": "pending"}}}')
    leave_behind(state_dir, case, None, Unfinished(path="patient.ecog", column="due", text="next week"))
    window = next_window()
    assert ("ECOG: reason for absence, entered but not saved (invalid)", "", "next week") in page_text(window)
    press(window, "Restore it")
    block = window.workbench.form.show_section("patient").blocks["patient.ecog"]
    bar = block.label.parentWidget().findChild(AbsenceBar)
    assert bar.due.text() == "next week"
    assert "patient.ecog" in [entry.path for entry in window.workbench.form.unfinished()]


def test_work_kept_by_the_program_of_version_1_is_restored_and_what_is_read_otherwise_is_said(
    next_window, state_dir, qtbot
) -> None:
    case = empty_case().model_copy(update={"code": "B-1"})
    rows = [{"drugs": [drug], "setting": "metastatic", "start": "2024-03-20"} for drug in ("docetaxel", "trastuzumab")]
    body = json.loads(as_version_1(case))
    body["case"]["systemic"] = {"lines": {"completeness": "complete", "items": rows}}
    slot = Slot.new(state_dir / "unsaved")
    slot.write(Unsaved(file=None, digest="", case=json.dumps(body)))
    slot.release()
    window = next_window()
    press(window, "Restore it")
    bench = window.workbench
    assert [line.drugs for line in bench.document.case.systemic.lines.items] == [("docetaxel",), ("trastuzumab",)]
    qtbot.waitUntil(lambda: "earlier version of this program" in window.messages.text)
    assert "lines of metastatic therapy: 2 by rows, now 1" in window.messages.text


def test_saving_keeps_nothing_any_more(screen, state_dir, tmp_path) -> None:
    screen.type("patient.age", "56")
    kept(screen, state_dir)
    screen.answers.path = tmp_path / "a.her2case"
    screen.act("save")
    screen.wait(lambda: not slots(state_dir))


def test_closing_without_saving_keeps_nothing(screen, state_dir) -> None:
    screen.type("patient.age", "56")
    kept(screen, state_dir)
    screen.answers.unsaved_answer = "discard"
    assert screen.window.close()
    assert list((state_dir / "unsaved").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_reported_once(screen, state_dir) -> None:
    state_dir.write_text("a file where the folder should be")
    screen.type("patient.age", "56")
    screen.wait(lambda: "save often" in screen.window.messages.text)


@pytest.fixture
def next_window(qtbot, services, settings):
    """A window started after another one ended."""
    windows = []

    def start(answers: Answers | None = None) -> MainWindow:
        window = MainWindow(services, settings, answers or Answers(unsaved_answer="discard"))
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        window.open_workbench()
        return window

    yield start
    for window in windows:
        window.questions.unsaved_answer = "discard"
        window.close()


def test_unsaved_work_is_asked_about_with_what_differs_from_its_file(next_window, state_dir, tmp_path) -> None:
    path = tmp_path / "b.her2case"
    save(Case.model_validate_json('{"code": "B-1", "patient": {"age": 44}}'), path)
    case = Case.model_validate_json('{"code": "B-1", "patient": {"age": 45}}')
    leave_behind(state_dir, case, path, Unfinished(path="patient.ecog", text="7"))
    window = next_window()
    assert window.unsaved.page.isVisible()
    assert page_text(window) == [("Age", "44", "45"), ("ECOG, entered but not saved (invalid)", "", "7")]
    press(window, "Restore it")
    document, form = window.workbench.document, window.workbench.form
    assert (document.case, document.path, document.changed) == (case, path, True)
    assert form.show_section("patient").blocks["patient.ecog"].control.text() == "7"
    assert load(path).patient.age == 44
    document.stack.undo()
    assert document.case.patient.age == 44
    assert form.show_section("patient").blocks["patient.age"].control.text() == "44"
    assert not document.changed


def test_restored_work_stays_kept_until_it_is_saved(next_window, state_dir, qtbot, tmp_path) -> None:
    leave_behind(state_dir, Case.model_validate_json('{"code": "N-1", "patient": {"age": 45}}'), None)
    window = next_window(answers := Answers())
    press(window, "Restore it")
    assert len(slots(state_dir)) == 1
    answers.path = tmp_path / "n.her2case"
    window.actions_by_id["save"].trigger()
    qtbot.waitUntil(lambda: not slots(state_dir))
    assert load(answers.path).patient.age == 45


def test_unsaved_work_that_the_file_already_holds_is_not_asked_about(next_window, state_dir, tmp_path) -> None:
    path = tmp_path / "b.her2case"
    case = Case(code="B-1")
    save(case, path)
    leave_behind(state_dir, case, path)
    assert next_window().unsaved.page is None
    assert slots(state_dir) == []


def test_discarding_removes_the_work_and_leaves_the_file(next_window, state_dir, tmp_path) -> None:
    path = tmp_path / "b.her2case"
    save(Case(code="B-1"), path)
    leave_behind(state_dir, Case(code="B-2"), path)
    window = next_window()
    press(window, "Discard it")
    assert slots(state_dir) == []
    assert load(path).code == "B-1"
    assert window.start.isVisible()


def test_deciding_later_leads_back_by_an_action(next_window, state_dir) -> None:
    leave_behind(state_dir, Case(code="B-2"), None)
    window = next_window()
    press(window, "Decide later")
    assert window.start.isVisible()
    window.actions_by_id["unsaved"].trigger()
    assert window.unsaved.page.isVisible()
    assert len(slots(state_dir)) == 1


def test_a_file_changed_since_is_said_to_be(next_window, state_dir, tmp_path) -> None:
    path = tmp_path / "b.her2case"
    save(Case(code="B-1"), path)
    leave_behind(state_dir, Case(code="B-2"), path)
    save(Case(code="B-3"), path)
    window = next_window()
    assert "was changed since" in window.unsaved.page._about.text()
    assert page_text(window) == [("Case code", "B-3", "B-2")]


def test_work_of_a_living_window_is_nobody_elses(screen, state_dir) -> None:
    screen.type("patient.age", "56")
    kept(screen, state_dir)
    assert list(left_behind(state_dir / "unsaved")) == []


def test_what_cannot_be_entered_again_is_named_before_and_after_the_rest_is_restored(next_window, state_dir) -> None:
    gone = (
        Unfinished(path="patient.gone", text="12"),
        Unfinished(path="systemic.lines", entry={"start": "tomorrow", "note": "weekly"}),
    )
    no_row = Unfinished(path="brain.lesions", row=4, column="site", text="pons")
    leave_behind(state_dir, Case(code="B-2"), None, *gone, no_row, Unfinished(path="patient.ecog", text="7"))
    window = next_window()
    assert page_text(window)[-2:] == [
        ("patient.gone, cannot be entered again", "", "12"),
        ("Systemic treatment, cannot be entered again", "", "start: tomorrow; note: weekly"),
    ]
    press(window, "Restore it")
    said = window.messages.text
    assert "Not restored:" in said
    assert "patient.gone, cannot be entered again: 12" in said
    assert "start: tomorrow; note: weekly" in said
    assert "Lesions one by one, cannot be entered again: pons" in said
    assert "ECOG" not in said


def test_an_entry_without_a_place_is_named_although_the_file_holds_all_else(next_window, state_dir, tmp_path) -> None:
    path = tmp_path / "b.her2case"
    save(Case(code="B-1"), path)
    leave_behind(state_dir, Case(code="B-1"), path, Unfinished(path="patient.gone", text="12"))
    assert page_text(next_window()) == [("patient.gone, cannot be entered again", "", "12")]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text[:-9], "it is damaged, or from another version of the program"),
        (lambda text: text.replace('version\\": 2', 'version\\": 9'), "version 9 is newer than this program reads"),
    ],
)
def test_unsaved_work_that_cannot_be_read_is_named_and_removed_only_on_request(
    next_window, state_dir, change, why
) -> None:
    path = leave_behind(state_dir, Case(code="B-2"), None)
    path.write_text(change(path.read_text()))
    leave_behind(state_dir, Case(code="B-3"), None)
    window = next_window()
    seen = set()
    for _ in range(2):
        seen.add(window.unsaved.page._heading.text())
        if window.unsaved.page._heading.text() == "Unsaved work cannot be read":
            assert str(path) in window.unsaved.page._about.text()
            assert why in window.unsaved.page._about.text()
            assert not window.unsaved.page._buttons["restore"].isVisible()
        press(window, "Decide later")
    assert seen == {"Unsaved work cannot be read", "B-3 was not saved when the program ended"}
    assert path.exists()
    window.actions_by_id["unsaved"].trigger()
    for _ in range(2):
        press(window, "Discard it")
    assert slots(state_dir) == []


def changed_outside(path: Path) -> None:
    save(Case(code="B-9"), path)


def test_a_file_changed_outside_is_replaced_only_after_asking_and_kept_as_backup(screen, tmp_path) -> None:
    path = tmp_path / "b.her2case"
    save(Case(code="B-1"), path)
    screen.window.open_file(path)
    screen.type("patient.age", "56")
    changed_outside(path)
    screen.act("save")
    assert screen.answers.asked == ["b.her2case was changed"]
    assert "was not saved; the case is still open here" in screen.window.messages.text
    assert load(path).code == "B-9"
    assert screen.window.isWindowModified()
    screen.answers.outside_answer, screen.answers.path = "save as", tmp_path / "c.her2case"
    screen.act("save")
    assert (load(path).code, load(tmp_path / "c.her2case").patient.age) == ("B-9", 56)
    screen.window.open_file(path)
    screen.type("patient.age", "57")
    changed_outside(path)
    save(Case(code="B-8"), path)
    screen.answers.outside_answer = "write"
    screen.act("save")
    assert (load(path).patient.age, load(tmp_path / "b.her2case.bak").code) == (57, "B-8")


@pytest.mark.parametrize("answer", ["cancel", "write", "save as"])
def test_a_file_that_is_gone_is_noticed_before_it_is_saved_and_nothing_is_lost(screen, tmp_path, answer) -> None:
    path, moved = tmp_path / "b.her2case", tmp_path / "moved.her2case"
    save(Case(code="B-1"), path)
    screen.window.open_file(path)
    screen.type("patient.age", "56")
    path.rename(moved)
    screen.answers.outside_answer, screen.answers.path = answer, tmp_path / "c.her2case"
    screen.act("save")
    assert screen.answers.asked == ["b.her2case was removed"]
    assert (load(moved).code, load(moved).patient.age) == ("B-1", None)
    assert screen.document.case.patient.age == 56
    assert screen.window.isWindowModified() == (answer == "cancel")
    written = {"cancel": set(), "write": {path}, "save as": {tmp_path / "c.her2case"}}[answer]
    assert {found for found in (path, tmp_path / "c.her2case") if found.exists()} == written
    assert all(load(found).patient.age == 56 for found in written)


def test_the_question_is_answered_by_keyboard(next_window, state_dir, qtbot) -> None:
    leave_behind(state_dir, Case(code="B-2"), None)
    window = next_window()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert window.workbench.document.title == "B-2"


def test_what_a_killed_window_left_half_written_is_removed_and_complete_files_stay(state_dir) -> None:
    complete = leave_behind(state_dir, Case(code="B-1"), None)
    half = complete.with_name(f".{complete.name}.a1b2c3")
    half.write_text("half")
    lock = complete.with_name("77-0.lock")
    lock.write_text("999999999\nher2board\n")
    (slot,) = left_behind(state_dir / "unsaved")
    assert slot.path == complete
    assert not half.exists()
    assert not lock.exists()
    slot.release()


@pytest.mark.parametrize("path", sorted((paths.resources_dir() / "examples").glob("*.her2case")), ids=lambda p: p.stem)
def test_everything_in_a_case_can_be_shown_as_a_difference(path) -> None:
    lines = [differing(found) for found in differences(empty_case(), load(path))]
    assert len(lines) > 5
    assert all(label and before != after and after for label, before, after in lines)
