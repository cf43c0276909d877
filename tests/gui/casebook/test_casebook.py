"""The casebook on the screen: opening, the list of a meeting, its cases in the editor, locking."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel
from support.book_screen import KEY, PASSPHRASE, codes, press
from support.casebooks import START, MemoryBook
from support.fill_book import cases

from her2board.case.edit import with_value
from her2board.case.terms import CarriedOut
from her2board.casebook import meeting_edits as edits
from her2board.casebook.model import SignedOff, Status
from her2board.gui.casebook import cases_page
from her2board.gui.casebook.case_model import DECISION, DOTS, OWED, STATUS, URGENT

SIGNED = SignedOff(
    case_id="",
    version=1,
    at=START,
    by="A. Ferri",
    release="2026.12 0123",
    program="0.1.0",
    settings=(),
    sha256="",
)


def cell(home, code: str, column: int, role=Qt.ItemDataRole.DisplayRole) -> str:
    return home.table.cases.index(codes(home).index(code), column).data(role)


def test_a_casebook_opens_by_its_passphrase_and_a_wrong_one_gets_one_line(window, qtbot) -> None:
    window.act("casebook")
    page = window.casebook.opening
    page.choose(Path("neuro.her2book"))
    qtbot.keyClicks(page.passphrase, "wrong")
    page.unlock_button.click()
    qtbot.waitUntil(lambda: bool(page.problem.text()))
    assert page.problem.text() == "Wrong passphrase or recovery key."
    assert not page.passphrase.text(), "what was typed is forgotten"
    assert not window.casebook.unlocked
    for first, again, said in (
        ("short", "short", "Too short"),
        ("a long enough one", "another one", "not the same"),
    ):
        page.first.setText(first)
        page.again.setText(again)
        page.create_button.click()
        assert said in page.problem.text()
    assert "Good" in _strength(page, "five ordinary words in a row")
    assert "Easy to guess" in _strength(page, "1234567890")
    page.again.setText(page.first.text())
    page.first.setText("five ordinary words in a row")
    page.again.setText("five ordinary words in a row")
    page.create_button.click()
    qtbot.waitUntil(lambda: window.casebook.unlocked)
    key = window.casebook.key_page
    assert (key.isVisible(), key.key.text()) == (True, "KEY")
    key.go_on.click()
    assert window.casebook.area.home.isVisible()
    assert not key.key.text(), "it is shown once"


def _strength(page, typed: str) -> str:
    page.first.setText(typed)
    return page.strength.text()


def test_the_list_shows_what_is_owed_late_urgent_and_decided_last(home) -> None:
    assert codes(home)[:4] == ["B-07", "CR01", "CR03", "CR11"]
    assert "late" in cell(home, "CR01", OWED)
    assert "Brain MRI report of 21 Nov: radiology, due 27 Nov 2026 (late)" in cell(
        home, "CR01", OWED, Qt.ItemDataRole.ToolTipRole
    )
    assert [cell(home, code, URGENT) for code in ("CR31", "CR01")] == ["urgent", "not recorded"]
    assert cell(home, "CR11", STATUS) == "not ready: MRI not reported"
    assert "last time: Radiosurgery" in cell(home, "CR01", DECISION)
    assert "neurosurgery: heard" in cell(home, "CR01", DOTS, Qt.ItemDataRole.AccessibleTextRole)
    assert "12 cases, 1 ready, " in home.count.text()


def test_the_list_is_ordered_and_marked_by_keyboard_alone(home, shelf, qtbot) -> None:
    press(home, qtbot, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert codes(home)[:2] == ["CR01", "B-07"]
    assert home.table.current.summary.code == "B-07", "the keyboard stays on the case that moved"
    press(home, qtbot, KEY.Key_3)
    assert home.table.current.status is Status.READY
    press(home, qtbot, KEY.Key_L)
    assert "list only" in cell(home, "B-07", STATUS)
    press(home, qtbot, KEY.Key_N)
    control = home.detail.entries.controls["not_ready_because"]
    qtbot.keyClicks(control, "no slices")
    qtbot.keyClick(control, KEY.Key_Tab)
    press(home, qtbot, KEY.Key_1)
    assert cell(home, "B-07", STATUS) == "not ready: no slices"
    home._drop(1, 4)
    assert codes(home)[:4] == ["CR01", "CR03", "CR11", "B-07"]
    press(home, qtbot, KEY.Key_Delete)
    assert "B-07" not in codes(home)
    stored = MemoryBook(shelf).meetings()[0].value
    assert len(stored.listings) == 11, "every step was stored"


def test_a_case_that_comes_back_is_asked_whether_its_decision_was_carried_out(home, shelf, qtbot) -> None:
    press(home, qtbot, KEY.Key_Down)
    asked = home.detail.last.entries.controls["carried_out"]
    asked.show_value(CarriedOut.YES)
    asked.edited.emit(asked.typed())
    assert "(carried out)" in cell(home, "CR01", DECISION)
    past = MemoryBook(shelf).meetings()[1].value.listings[1]
    assert (past.outcome.carried_out, past.status) == (CarriedOut.YES, Status.CARRIED_OUT)


def test_all_cases_are_read_as_one_scrolls(window, home, shelf, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(cases_page, "_FIRST", 5)
    monkeypatch.setattr(cases_page, "_FURTHER", 4)
    area = window.casebook.area
    area.show_page("cases")
    page = area.page("cases")
    model = page.table.cases
    while model.canFetchMore(QModelIndex()) and model.rowCount() < 9:
        model.fetchMore(QModelIndex())
    shown = [row.case_id for row in model.rows]
    assert "the latest 9 cases are shown; more follow" in page.count.text()
    page.table.go(8)
    MemoryBook(shelf, by="B. Weiss").add(cases(1)[0])
    area.session.look()
    assert model.rows[0].case_id not in shown, "what was saved meanwhile is first, and as many are shown as before"
    assert (model.rowCount(), page.table.current_id) == (9, shown[7]), "the keyboard stays as near as it can"
    model.fetchMore(QModelIndex())
    assert (model.rowCount(), model.canFetchMore(QModelIndex())) == (13, True)
    model.fetchMore(QModelIndex())
    assert (model.canFetchMore(QModelIndex()), page.count.text()) == (False, "13 cases found")
    assert len({row.case_id for row in model.rows}) == 13
    qtbot.keyClicks(page.search, "CR31")
    assert page.count.text() == "1 case found"


def test_filters_and_the_meeting_chooser(home, settings, shelf, qtbot) -> None:
    home.filter.setCurrentIndex(home.filter.findData("urgent"))
    assert codes(home) == ["CR31"]
    assert settings.value("casebook/filter") == "urgent"
    assert not home.table.cases.can_move
    home.filter.setCurrentIndex(0)
    assert [home.chooser.itemText(n) for n in range(2)] == [
        "3 Dec 2026, Neuro-oncology board",
        "19 Nov 2026, Neuro-oncology board",
    ]
    home.new_button.click()
    qtbot.keyClicks(home.new_meeting.day, "10 Dec")
    qtbot.keyClick(home.new_meeting.day, KEY.Key_Return)
    assert home.chooser.currentText() == "10 Dec 2026, Neuro-oncology board"
    assert codes(home) == []
    home.page_asked.emit("cases")
    page = home.window().casebook.area.page("cases")
    qtbot.keyClicks(page.search, "CR01 trastuz")
    assert [row.summary.code for row in page.table.cases.rows] == ["CR01-9", "CR01"]
    page.table.go(1)
    returning = page.table.current_id
    page.list_button.click()
    listed = MemoryBook(shelf).case(returning).value
    assert listed.meeting.date.shown() == "10 Dec 2026"
    assert listed.meeting.last_decision.startswith("Radiosurgery"), "it is presented again"
    page.clear()
    page.filters["owner"].setCurrentIndex(page.filters["owner"].findData("pathology"))
    assert all(any(o.by == "pathology" for o in row.summary.owed) for row in page.table.cases.rows)


def test_a_case_is_saved_as_the_next_version_and_never_as_a_file(
    window, home, shelf, qtbot, tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    press(home, qtbot, KEY.Key_Return)
    document = window.workbench.document
    assert (document.title, document.path) == ("B-07", None)
    document.set_value("meeting.question", "Which local therapy?")
    window.act("save")
    book = MemoryBook(shelf)
    key = next(key for key, kept in book.summaries().items() if kept.value.code == "B-07")
    assert (book.case(key).version, book.case(key).value.meeting.question) == (2, "Which local therapy?")
    assert not document.changed
    assert "version 2" in window.statusBar().currentMessage()
    window.act("save_as")
    assert window.questions.asked[-1] == "plain copy of B-07", "a plain file is asked about"
    assert not list(tmp_path.rglob("*.her2case"))
    window.act("casebook")
    assert home.isVisible()
    assert not window.actions_by_id["save"].isEnabled(), "no case is in sight"
    assert window.windowTitle().strip() == "her2board"


def test_locking_stores_what_is_unsaved_and_hides_everything(window, home, shelf, qtbot) -> None:
    press(home, qtbot, KEY.Key_Return)
    window.workbench.document.set_value("meeting.question", "Planted question")
    QApplication.clipboard().setText("Planted question")
    window.act("book_lock")
    assert not window.casebook.unlocked
    assert window.casebook.opening.isVisible()
    assert window.workbench.document.title != "B-07"
    assert "B-07" not in window.windowTitle()
    assert not window.actions_by_id["book_cases"].isEnabled()
    page = window.casebook.opening
    qtbot.keyClicks(page.passphrase, PASSPHRASE)
    qtbot.keyClick(page.passphrase, KEY.Key_Return)
    qtbot.waitUntil(lambda: window.casebook.unlocked and not window.worker.busy)
    assert window.workbench.document.case.meeting.question == "Planted question", "the case is open again"


def test_it_locks_when_nobody_types_or_the_clock_jumps(window, home, qtbot) -> None:
    watch = window.casebook._watch
    with qtbot.assertNotEmitted(watch.due):
        watch.look(watch._last + 9 * 1000)
    watch._seen = watch._last + 600_000 - 5_000
    with qtbot.waitSignal(watch.due) as due:
        watch.look(watch._last + 600_000)
    assert due.args == ["idle"]
    assert not window.casebook.unlocked
    assert window.casebook.opening.heading.text() == "Locked because nobody used it"
    with qtbot.waitSignal(watch.due) as due:
        watch.look(watch._seen + 3_600_000)
    assert due.args == ["sleep"]


def test_another_coordinators_changes_of_other_things_are_kept_beside_mine(home, shelf, qtbot) -> None:
    other = MemoryBook(shelf, by="B. Weiss")
    theirs = other.meetings()[0]
    other.save_meeting(
        edits.with_listing(theirs.value, theirs.value.listings[0].case_id, reason="new MRI"), theirs.version
    )
    press(home, qtbot, KEY.Key_3)
    stored = MemoryBook(shelf).meetings()[0].value.listings[0]
    assert (stored.status, stored.reason) == (Status.READY, "new MRI")


def test_a_casebook_on_a_server_is_opened_by_its_name_in_the_settings(window, settings, qtbot) -> None:
    window.act("casebook")
    page = window.casebook.opening
    assert [page.books.item(n).text() for n in range(page.books.count())] == ["department (on a server)"]
    qtbot.keyClicks(page.passphrase, PASSPHRASE)
    page.unlock_button.click()
    qtbot.waitUntil(lambda: window.casebook.unlocked and not window.worker.busy)
    session = window.casebook.area.session
    assert session.server == "department"
    assert window.casebook.area.backups.folder.parent == Path.home(), "a backup is beside no file"
    assert not window.casebook.recent()
    window.act("book_lock")
    assert page.chosen == "department"


def test_a_casebook_is_made_on_a_server_that_the_settings_name(window, qtbot) -> None:
    window.act("casebook")
    page = window.casebook.opening
    kinds = [page.new_kind.itemText(n) for n in range(page.new_kind.count())]
    assert kinds == ["in a file", "department (on a server)"]
    assert page.new_path.isVisible()
    page.new_kind.setCurrentIndex(1)
    assert not page.new_path.isVisible()
    assert not page.choose_button.isVisible()
    page.first.setText(PASSPHRASE)
    page.again.setText(PASSPHRASE)
    page.create_button.click()
    qtbot.waitUntil(lambda: window.casebook.unlocked and not window.worker.busy)
    assert window.casebook.key_page.isVisible(), "its recovery key is shown once"
    assert window.casebook.area.session.server == "department"
    assert not window.casebook.recent(), "it is in the settings, not among the files"


def open_first(window, home, qtbot):
    press(home, qtbot, KEY.Key_Return)
    return window.workbench.document, window.casebook.case.kept.key


def test_both_sides_are_shown_where_somebody_else_saved_first_and_nothing_is_lost(window, home, shelf, qtbot) -> None:
    document, key = open_first(window, home, qtbot)
    other = MemoryBook(shelf, by="B. Weiss")
    theirs = with_value(with_value(other.case(key).value, "meeting.question", "Theirs?"), "patient.ecog", 3)
    other.save(key, theirs, 1)
    document.set_value("meeting.question", "Mine?")
    document.set_value("meeting.place", "General Hospital")
    window.act("save")
    page = window.casebook.area.page("conflict")
    assert page.isVisible()
    assert "B. Weiss saved at" in page.about.text()
    assert page.chosen() == {"meeting.place": "mine", "patient.ecog": "theirs"}
    assert not page.store.isEnabled(), "what both changed must be chosen"
    assert other.case(key).version == 2
    page._first().click()
    qtbot.keyClick(page.store, KEY.Key_Space)
    case = other.case(key).value
    assert other.case(key).version == 3
    assert (case.meeting.question, case.meeting.place, case.patient.ecog) == ("Mine?", "General Hospital", 3)
    assert (document.case, document.changed) == (case, False)


def test_both_sides_of_a_meeting_are_shown_where_both_changed_the_same(window, home, shelf, qtbot) -> None:
    other = MemoryBook(shelf, by="B. Weiss")
    kept = other.meetings()[0]
    key = kept.value.listings[0].case_id
    other.save_meeting(edits.with_listing(kept.value, key, status=Status.COLLECTING), kept.version)
    press(home, qtbot, KEY.Key_3)
    page = window.casebook.area.page("conflict")
    assert page.isVisible()
    assert [choice.accessibleName() for choice in page._groups["0"].buttons()] == [
        "B-07: Status: ready",
        "B-07: Status: collecting",
    ]
    page.all_mine.click()
    page.store.click()
    assert home.isVisible()
    assert other.meetings()[0].value.listings[0].status is Status.READY


def test_versions_are_compared_and_restored_as_new(window, home, shelf, qtbot) -> None:
    document, key = open_first(window, home, qtbot)
    document.set_value("meeting.question", "Second?")
    window.act("save")
    book = MemoryBook(shelf)
    book.sign_off(SIGNED.model_copy(update={"case_id": key}))
    window.act("book_history")
    page = window.casebook.area.page("history")
    rows = [page.versions.topLevelItem(n) for n in range(page.versions.topLevelItemCount())]
    assert [(row.text(0), row.text(2), row.text(3)) for row in rows] == [
        ("2", "A. Ferri", "Question for the board"),
        ("1", "A. Ferri", "first version"),
    ]
    assert page.changes.topLevelItem(0).text(2) == "Second?"
    assert page.signed.topLevelItem(0).text(3) == "2026.12"
    assert not page.restore_button.isEnabled()
    qtbot.keyClick(page.versions, KEY.Key_Down)
    page.restore_button.click()
    assert book.case(key).version == 3
    assert book.case(key).value == book.case_at(key, 1).value
    assert document.case == book.case(key).value, "the editor shows the latest"


def test_the_page_of_the_version_in_sight_is_signed_off(window, home, shelf, qtbot, tmp_path, monkeypatch) -> None:
    _, key = open_first(window, home, qtbot)
    window.act("book_history")
    page = window.casebook.area.page("history")
    path = tmp_path / "signed.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    qtbot.waitUntil(lambda: not window.worker.busy)
    page.sign_button.click()
    qtbot.waitUntil(lambda: page.signed.topLevelItemCount() == 1)
    assert path.read_bytes() == b"%PDF signed"
    (signed,) = MemoryBook(shelf).signed_off(key)
    assert (signed.version, signed.settings) == (1, (("paper", "a4"),))
    assert page.again_button.isVisible()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "x.pdf"), ""))
    page.sign_button.click()
    qtbot.waitUntil(lambda: "Nothing was signed off" in window.messages.text)
    assert len(MemoryBook(shelf).signed_off(key)) == 1, "what could not be written is not signed off"


def test_meeting_mode_takes_decisions_without_a_dialog(window, home, shelf, qtbot) -> None:
    qtbot.keyClick(home.table, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    mode = window.casebook.area.page("mode")
    qtbot.waitUntil(mode.isVisible)
    assert mode.title.text() == "1/11  B-07", "a case that is only named is not stepped through"
    decision = mode.form.entries.controls["outcome.decision"]
    qtbot.waitUntil(decision.hasFocus)
    qtbot.keyClicks(decision, "Radiosurgery first")
    mode.next.click()
    book = MemoryBook(shelf)
    first = book.meetings()[0].value.listings[0]
    assert (first.outcome.decision, first.status) == ("Radiosurgery first", Status.DISCUSSED)
    assert book.case(first.case_id).value.board.decision == "Radiosurgery first", "in the case in the same go"
    assert mode.title.text() == "2/11  CR01"
    assert mode.form.last.words.text() == ("Last decision, 19 Nov 2026: Radiosurgery to the two growing metastases")
    assert not mode.form.entries.controls["outcome.decision"].toPlainText()
    due = mode.form.entries.controls["outcome.due"]
    due.setFocus()
    qtbot.keyClicks(due, "17 Dec")
    qtbot.keyClick(due, KEY.Key_Tab)
    for name in ("trial_mentioned", "wbrt_proposed"):
        control = mode.form.entries.controls[f"outcome.{name}"]
        control.setFocus()
        qtbot.keyClicks(control, "y")
        control.activated.emit(control.currentIndex())
    attended = mode.attendance.entries.controls["neurosurgery"]
    attended.setCurrentIndex(2)
    attended.activated.emit(2)
    decision.setFocus()
    qtbot.keyClicks(decision, "SRS")
    versions = len(book.versions(book.meetings()[0].value.listings[1].case_id))
    mode.leave_button.click()
    meeting = book.meetings()[0].value
    second = meeting.listings[1].outcome
    assert (second.due.isoformat(), second.trial_mentioned, second.wbrt_proposed) == ("2026-12-17", True, True)
    assert len(book.versions(meeting.listings[1].case_id)) == versions + 1, "one discussion is one version"
    assert [(one.discipline, one.present) for one in meeting.attendance] == [("neurosurgery", False)]
    assert home.isVisible()
    assert home.table.current.summary.code == "CR01"


def test_what_others_change_during_a_discussion_is_kept_beside_it_or_shown(window, home, shelf, qtbot) -> None:
    window.casebook.area.show_page("mode")
    mode, other = window.casebook.area.page("mode"), MemoryBook(shelf, by="B. Weiss")
    first, second = (one.case_id for one in other.meetings()[0].value.listings[:2])
    mode.discussion.say("outcome.decision", "Radiosurgery")
    kept = other.meetings()[0]
    theirs = edits.with_outcome(kept.value, first, owner="Dr Weiss")
    other.save_meeting(edits.with_outcome(theirs, second, decision="Theirs"), kept.version)
    window.casebook.area.session.look()
    assert mode.form.entries.controls["outcome.decision"].toPlainText() == "Radiosurgery", "what was said stays shown"
    assert mode.form.entries.controls["outcome.owner"].text() == "Dr Weiss"
    mode.next.click()
    outcome = other.meetings()[0].value.listings[0].outcome
    assert (outcome.decision, outcome.owner) == ("Radiosurgery", "Dr Weiss")
    mode.discussion.say("outcome.decision", "Surgery")
    kept = other.meetings()[0]
    other.save_meeting(edits.with_outcome(kept.value, second, decision="Theirs again"), kept.version)
    mode.next.click()
    page = window.casebook.area.page("conflict")
    assert page.isVisible()
    assert [choice.accessibleName() for choice in page._groups["0"].buttons()] == [
        "CR01: Decision: Surgery",
        "CR01: Decision: Theirs again",
    ]
    page.all_mine.click()
    page.store.click()
    assert other.meetings()[0].value.listings[1].outcome.decision == "Surgery"
    assert other.case(second).value.board.decision == "Surgery"


def test_everything_the_keyboard_reaches_has_a_name(window, home) -> None:
    from test_accessible import named, reachable

    area = window.casebook.area
    area.show_page("cases")
    area.show_page("mode")
    area.show_history(home.table.current_id)
    labelled = {box for box in window.findChildren(QComboBox) if box.accessibleName()}
    labelled |= {label.buddy() for label in window.findChildren(QLabel) if label.buddy()}
    assert not [part for part in reachable(window) if area.isAncestorOf(part) and not named(part, labelled)]
    assert QAccessible.queryAccessibleInterface(home.table).text(QAccessible.Text.Name) == "Cases of the meeting"
