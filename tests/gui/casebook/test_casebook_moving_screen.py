"""A casebook of its own file on the screen: created, backed up, exported, imported with both sides, its passphrase."""

import pytest
from support.book_screen import PASSPHRASE
from support.fill_book import LAST, cases

from her2board.case.edit import with_value
from her2board.case.storage import load
from her2board.casebook import meeting_edits as edits
from her2board.casebook.backup_files import backups
from her2board.casebook.book import Wanted
from her2board.casebook.keys import Cost
from her2board.casebook.opening import change_passphrase, create_casebook, open_casebook
from her2board.casebook.transfer import export_to, import_from
from her2board.gui.casebook import moving_page

CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


@pytest.fixture
def book_file(tmp_path):
    """A casebook with three cases and one meeting, kept cheaply."""
    path = tmp_path / "neuro.her2book"
    book = create_casebook(path, PASSPHRASE, by="A. Ferri", cost=CHEAP)
    ids = [book.add(case).key for case in cases(3)]
    kept = book.add_meeting(LAST, "Neuro-oncology board")
    book.save_meeting(edits.with_cases(kept.value, ids), kept.version)
    book.lock()
    return path


@pytest.fixture
def services(services, tmp_path):
    opened = services.casebooks._replace(
        open=lambda path, typed, summary: open_casebook(path, typed, by="A. Ferri"),
        change_passphrase=change_passphrase,
    )
    return services._replace(casebooks=opened, state_dir=tmp_path / "state")


@pytest.fixture
def moving(window, qtbot, book_file, monkeypatch):
    monkeypatch.setattr(moving_page, "Cost", lambda: CHEAP)
    window.casebook.show_file(book_file)
    window.casebook.opening.passphrase.setText(PASSPHRASE)
    window.casebook.opening.unlock()
    qtbot.waitUntil(lambda: window.casebook.unlocked and not window.worker.busy)
    window.casebook.show_page("moving")
    return window.casebook.area.page("moving")


def done(moving, window, qtbot, words: str) -> None:
    qtbot.waitUntil(lambda: words in moving.result.text() and not window.worker.busy, timeout=20_000)


def test_it_is_backed_up_tried_audited_and_its_passphrase_changed(moving, window, qtbot, book_file) -> None:
    assert moving.last.text() == "There is no backup yet."
    moving.backup_button.click()
    done(moving, window, qtbot, "opened again and compared")
    assert len(backups(moving.backups.folder)) == 1
    assert moving.last.text().startswith("Last backup: ")
    moving.rehearse_button.click()
    done(moving, window, qtbot, "holds every case, meeting and audit entry")
    assert not moving.backups._worker.busy
    moving.backups.look()
    assert not window.worker.busy, "none is due"
    moving.audit_button.click()
    assert "none removed or altered" in moving.result.text()
    moving.new.setText("other words than these")
    moving.new_again.setText("other words then those")
    moving.change_button.click()
    assert "not the same" in moving.result.text()
    for line, words in (
        (moving.old, PASSPHRASE),
        (moving.new, "five other words here"),
        (moving.new_again, "five other words here"),
    ):
        line.setText(words)
    moving.change_button.click()
    done(moving, window, qtbot, "The passphrase is changed.")
    window.casebook.lock("")
    open_casebook(book_file, "five other words here").lock()


def test_an_export_comes_back_with_both_sides_of_what_went_on_differently(moving, window, qtbot, tmp_path) -> None:
    session = window.casebook.area.session
    moving.export_button.click()
    assert "passphrase of its own" in moving.result.text()
    moving.what.setCurrentIndex(1)
    moving.first.setText("words of the export")
    moving.again.setText("words of the export")
    moving.export_to(tmp_path / "all.her2export")
    done(moving, window, qtbot, "3 cases, encrypted")
    assert not moving.first.text(), "the passphrase is forgotten"
    key = session.book.find(Wanted())[0]
    there = create_casebook(tmp_path / "there.her2book", PASSPHRASE, by="B. Weiss", cost=CHEAP)
    import_from(there, tmp_path / "all.her2export", "words of the export")
    there.save(key, with_value(there.case(key).value, "meeting.question", "Theirs?"), 1)
    export_to(there, tmp_path / "back.her2export", "words back", CHEAP)
    there.lock()
    session.book.save(key, with_value(session.book.case(key).value, "meeting.question", "Ours?"), 1)
    moving.word.setText("wrong words")
    moving.import_from(tmp_path / "back.her2export")
    done(moving, window, qtbot, "Wrong passphrase.")
    moving.word.setText("words back")
    moving.import_from(tmp_path / "back.her2export")
    done(moving, window, qtbot, "1 was changed on both sides.")
    page = window.casebook.area.page("conflict")
    assert page.isVisible()
    assert "B. Weiss saved" in page.about.text()
    page.take("theirs")
    page.store.click()
    assert session.book.case(key).value.meeting.question == "Theirs?"


def test_plain_files_are_written_after_a_question_only(moving, window, tmp_path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    moving._ask_plain()
    assert window.questions.asked[-1] == "plain copies of 3"
    assert not list(folder.iterdir())
    moving.write_plain(moving._chosen_cases(), folder)
    assert sorted(load(path).code for path in folder.iterdir()) == ["B-07", "CR01", "CR03"]
    assert window.casebook.area.session.book.audit()[-1].action == "exported_in_plain"


def test_one_case_is_exported_with_its_history(moving, window, qtbot, tmp_path) -> None:
    area = window.casebook.area
    area.show_page("meeting")
    area.home.table.go(1)
    code = area.home.table.current.summary.code
    area.show_page("moving")
    moving.what.setCurrentIndex(moving.what.findData("case"))
    assert moving.what.currentText() == f"the case {code}, with its history"
    moving.first.setText("words of the export")
    moving.export_to(tmp_path / "one.her2export")
    done(moving, window, qtbot, "1 case, encrypted")
    there = create_casebook(tmp_path / "there.her2book", PASSPHRASE, by="B. Weiss", cost=CHEAP)
    import_from(there, tmp_path / "one.her2export", "words of the export")
    assert [kept.value.code for kept in there.summaries().values()] == [code]
    there.lock()
    assert moving._chosen_cases() == [area.home.table.current_id], "as a plain file likewise"


def test_what_was_said_at_a_meeting_survives_a_crash_encrypted(moving, window, qtbot) -> None:
    door = window.casebook
    door.show_page("mode")
    mode, book = door.area.page("mode"), door.area.session.book
    mode.next.click()
    before, key = book.meetings()[0], mode.case_id
    folder = window.services.state_dir / "drafts"
    mode.discussion.say("outcome.decision", "Planted words")
    (kept,) = folder.iterdir()
    mode.form.entries.controls["outcome.owner"].setText("Dr Planted")
    mode._show_clock()
    crashed = kept.read_bytes()
    assert b"Planted" not in crashed
    assert (book.meetings()[0], book.case(key).version) == (before, 1), "stored when the discussion is over"
    mode.form.entries.controls["outcome.owner"].setText("")
    mode.discussion.say("outcome.decision", "")
    mode.leave_button.click()
    assert not list(folder.iterdir())
    door.lock("")
    kept.write_bytes(crashed)
    door.opening.passphrase.setText(PASSPHRASE)
    door.opening.unlock()
    qtbot.waitUntil(lambda: door.unlocked and not window.worker.busy)
    assert window.messages.text == "Stored what was said when the program ended: CR01."
    book = door.area.session.book
    outcome = book.meetings()[0].value.listing(key).outcome
    assert (outcome.decision, outcome.owner) == ("Planted words", "Dr Planted")
    assert (book.case(key).value.board.decision, book.case(key).version) == ("Planted words", 2)
    assert not list(folder.iterdir())


def test_unsaved_work_survives_a_crash_encrypted(moving, window, qtbot, tmp_path, book_file) -> None:
    case, session = window.casebook.case, window.casebook.area.session
    key = session.book.find(Wanted(words="CR01"))[0]
    case.open(key)
    window.workbench.document.set_value("meeting.question", "Planted words")
    case.keep_draft()
    folder = window.casebook._window.services.state_dir / "drafts"
    (kept,) = folder.iterdir()
    assert b"Planted" not in kept.read_bytes()
    crashed = kept.read_bytes()
    window.workbench.document.stack.undo()
    case.keep_draft()
    assert not list(folder.iterdir()), "nothing is kept of what is saved"
    window.casebook.lock("")
    kept.write_bytes(crashed)
    (folder / "other.draft").write_bytes(b"of another casebook")
    window.casebook.opening.passphrase.setText(PASSPHRASE)
    window.casebook._left = (window.casebook._left[0], None)
    window.casebook.opening.unlock()
    qtbot.waitUntil(lambda: window.casebook.unlocked and not window.worker.busy)
    assert window.messages.text == "Unsaved work was left behind: CR01. Open the case to go on."
    window.casebook.case.open(key)
    document = window.workbench.document
    assert (document.case.meeting.question, document.changed) == ("Planted words", True)
    assert "brought back" in window.messages.text
