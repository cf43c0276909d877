"""Chasing, papers and a folder taken in; and an evening and a morning counted against the way with files."""

import io
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog
from reportlab.pdfgen.canvas import Canvas
from support.book_screen import KEY, codes, press
from support.casebooks import MemoryBook, Shelf
from support.coordinator import CTRL, Coordinator
from support.fill_book import cases

from her2board.briefing.meeting.papers import PAPERS, PaperFile, PaperMade
from her2board.case import storage
from her2board.case.fields import field_by_path
from her2board.case.model import Outstanding
from her2board.case.terms import CarriedOut
from her2board.gui.base.printing import make_printer
from her2board.gui.casebook.dot_legend import DotLegend

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve loose case files."""
    files = tmp_path / "files"
    files.mkdir()
    for case in cases():
        storage.save(case, files / f"{case.code}.her2case")
    return files


@pytest.fixture
def answers(monkeypatch, tmp_path, folder):
    """Answer the dialogs for files."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "paper"), ""))


def test_what_is_owed_is_chased_by_who_owes_it(window, home, qtbot) -> None:
    window.act("book_chase")
    page = window.casebook.area.page("chase")
    groups = {
        page.tree.topLevelItem(n).text(0): page.tree.topLevelItem(n) for n in range(page.tree.topLevelItemCount())
    }
    late = groups[next(name for name in groups if name.startswith("radiology"))]
    assert late.text(1) == "4 late"
    assert (late.child(0).text(0), late.child(0).text(2)) == ("CR01", "27 Nov 2026, 2 days late")
    page.tree.setCurrentItem(late.child(0))
    page.copy_button.click()
    text = QApplication.clipboard().text()
    assert "Case CR01, meeting of 3 Dec 2026\n- Brain MRI report of 21 Nov, due 27 Nov 2026, 2 days late" in text
    window.casebook.lock("")
    assert not QApplication.clipboard().text(), "the clipboard is cleared when the casebook locks"


def test_a_line_of_the_chase_list_leads_to_the_field_in_its_case(window, home, qtbot) -> None:
    window.act("book_chase")
    page = window.casebook.area.page("chase")
    items = page.tree.findItems("Imaging date", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive, 1)
    code = items[0].text(0)
    page.tree.itemActivated.emit(items[0], 0)
    assert window.workbench.document.title == code
    assert window.workbench.form.block_in_focus().path == "brain.imaging_date"


def test_each_paper_is_one_action_and_noted_in_the_audit(window, home, shelf, qtbot, answers, folder, tmp_path) -> None:
    papers = window.casebook.area.papers
    for name, kind in PAPERS.items():
        with qtbot.waitSignal(papers.written):
            home.paper_asked.emit(name)
        written = folder / f"one{kind.suffix}" if kind.each else tmp_path / f"paper{kind.suffix}"
        assert written.read_bytes() == f"{name} of 12 cases".encode()
        assert shelf.entries[-1].action == "exported"
    with qtbot.waitSignal(papers.written):
        window.act("packet")
    assert (tmp_path / "paper.pdf").read_bytes() == b"packet of 12 cases", "the usual keys make that of the meeting"


def test_request_sheets_are_printed(window, home, shelf, qtbot, tmp_path) -> None:
    window.act("book_chase")
    page, papers = window.casebook.area.page("chase"), window.casebook.area.papers
    page.print_button.click()
    assert window.questions.asked[-1] == "printer a4"
    assert not window.worker.busy, "nobody chose one: nothing happens"

    printer = make_printer("a4")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    window.questions.print_on = printer
    page.print_button.click()
    qtbot.waitUntil(lambda: "Nothing was printed" in window.messages.text)
    assert shelf.entries[-1].action != "printed"

    drawn = io.BytesIO()
    sheet = Canvas(drawn)
    sheet.drawString(72, 72, "Request")
    sheet.save()
    services = papers._around.services
    made = services.papers._replace(make=lambda *_: PaperMade((PaperFile("one.pdf", drawn.getvalue()),)))
    papers._around = replace(papers._around, services=services._replace(papers=made))
    page.print_button.click()
    qtbot.waitUntil(lambda: shelf.entries[-1].action == "printed")
    assert shelf.entries[-1].detail == "requests"
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")


def test_a_folder_is_taken_in_with_a_report(window, home, shelf, qtbot, answers, folder) -> None:
    (folder / "broken.her2case").write_text("{", encoding="utf-8")
    changed = next(folder.glob("CR22*"))
    case = storage.load(changed)
    storage.save(case.model_copy(update={"code": "NEW-1"}), folder / "new.her2case")
    storage.save(case.model_copy(update={"source": "another letter"}), changed)
    home.folder_button.click()
    page = window.casebook.area.page("intake")
    assert page.isVisible()
    qtbot.waitUntil(lambda: not page.running)
    assert page.about.text() == "1 added, 11 stored already, 2 left out. They are on the list of the meeting."
    assert "broken.her2case: left out" in page.lines.toPlainText()
    page.versions_button.click()
    qtbot.waitUntil(lambda: not page.running)
    assert "CR22" in page.lines.toPlainText()
    page.done_button.click()
    assert codes(home)[-1] == "NEW-1"


def test_taking_in_a_folder_is_shown_and_stopped(window, home, shelf, qtbot, answers, folder, monkeypatch) -> None:
    page = window.casebook.area.page("intake")
    added = MemoryBook.add

    def add_and_stop(book: MemoryBook, case: object) -> object:
        page.stop()  # from the other thread, as fast as anybody could press
        return added(book, case)

    monkeypatch.setattr(MemoryBook, "add", add_and_stop)
    for case_id in list(shelf.cases):
        MemoryBook(shelf).remove(case_id, 1)
    home.folder_button.click()
    assert page.stop_button.isVisible()
    assert page.bar.maximum() == 12
    assert page.take(folder), "one folder at a time"
    qtbot.waitUntil(lambda: not page.running)
    assert page.about.text().startswith("1 added, 0 stored already, 0 left out.")
    assert page.about.text().endswith("Stopped: 11 files were not looked at.")
    assert page.bar.value() == 1
    assert not page.stop_button.isVisible()
    assert len(MemoryBook(shelf).summaries()) == 1


class BookWay(Coordinator):
    """The coordinator with a casebook."""

    def settle(self) -> None:
        """Wait for what a mnemonic pressed, and for work behind."""
        until = QDeadlineTimer(20_000)
        while (self.window.worker.busy or self.pressed()) and not until.hasExpired():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        QApplication.processEvents()

    def pressed(self) -> bool:
        """Return whether a button is down: a mnemonic shows it so for a moment before it is clicked."""
        return any(button.isDown() for button in self.window.findChildren(QAbstractButton))


def test_an_evening_and_a_morning_take_fewer_actions_than_with_files(
    window, home, shelf: Shelf, qtbot, answers, folder, tmp_path
) -> None:
    files = with_files(window, folder, qtbot)
    window.act("casebook")
    home.enter()
    for case_id in list(shelf.cases):
        MemoryBook(shelf).remove(case_id, 1)
    window.casebook.area.session.look()
    hand = BookWay(window)

    book = {**an_evening(hand, home, window), **a_morning(hand, window), **a_week_later(hand)}
    for name, count in book.items():
        print(f"{name}: {count} actions with the casebook, {files[name]} with files")
    print(f"in all: {sum(book.values())} with the casebook, {sum(files.values())} with files")
    meeting = MemoryBook(shelf).meetings()[0].value
    assert [one.outcome.decision for one in meeting.listings] == ["Radiosurgery"] * 12
    done = [one.outcome.carried_out for one in meeting.listings if one.outcome.carried_out]
    assert sorted(done) == sorted([CarriedOut.YES, CarriedOut.YES, CarriedOut.NO])
    assert (tmp_path / "paper.pdf").read_bytes() == b"packet of 12 cases"
    assert sum(book.values()) < sum(files.values()) / 2
    assert all(count <= files[name] for name, count in book.items())


def an_evening(hand: BookWay, home, window) -> dict[str, int]:
    """A meeting, twelve cases listed from a folder, chased, ordered, the packet written."""
    counted = {}
    hand.press(KEY.Key_N, ALT)
    hand.settle()
    hand.write("10 Dec")
    hand.press(KEY.Key_Return)
    hand.press(KEY.Key_K, ALT)
    hand.settle()
    hand.actions += 1  # Return in the dialog of the folder
    hand.press(KEY.Key_Space)
    assert len(codes(home)) == 12
    counted["listed"], hand.actions = hand.actions, 0
    home.paper_asked.emit("requests")
    hand.actions += 3  # Alt+P, the letter of the paper in the menu, Return in the dialog
    hand.settle()
    counted["chased"], hand.actions = hand.actions, 0
    home.table.choose(next(row.case_id for row in home.table.cases.rows if row.summary.urgent))
    hand.actions += 2  # the first letters of the code, as in every list
    home.enter()
    hand.press(KEY.Key_Home, ALT)
    assert codes(home)[0] == "CR31"
    counted["ordered"], hand.actions = hand.actions, 0
    hand.press(KEY.Key_P, CTRL | SHIFT)
    hand.actions += 1  # Return in the dialog
    hand.settle()
    counted["packet"], hand.actions = hand.actions, 0
    return counted


def a_morning(hand: BookWay, window) -> dict[str, int]:
    """Twelve decisions with their owners."""
    hand.press(KEY.Key_Return, CTRL)
    mode = window.casebook.area.page("mode")
    for number in range(12):
        assert mode.title.text().startswith(f"{number + 1}/12")
        hand.write("Radiosurgery")
        for _ in range(3):
            hand.press(KEY.Key_Tab)
        hand.write("Dr Weiss")
        hand.press(KEY.Key_PageDown, CTRL)
    hand.press(KEY.Key_Escape)
    counted, hand.actions = {"decided": hand.actions}, 0
    return counted


def a_week_later(hand: BookWay) -> dict[str, int]:
    """Three decisions followed up."""
    hand.press(KEY.Key_Y)
    hand.press(KEY.Key_Up)
    hand.press(KEY.Key_Y)
    hand.press(KEY.Key_Up)
    hand.press(KEY.Key_C)
    hand.choose(CarriedOut.NO.label)
    return {"followed up": hand.actions}


def with_files(window, folder: Path, qtbot) -> dict[str, int]:
    """Count the way with files: one case by keys in the same window, times the number; a spreadsheet beside it."""
    hand = Coordinator(window)
    path = folder / "CR01.her2case"
    kept = folder.parent / "kept.her2case"
    shutil.copy(path, kept)
    window.questions.path = path
    hand.press(KEY.Key_O, CTRL)
    hand.actions += 1  # Return in the dialog
    opening = hand.actions
    for field, words in (("board.decision", "Radiosurgery"), ("board.decision_owner", "Dr Weiss")):
        hand.find(field_by_path()[field])
        hand.write(words)
    hand.press(KEY.Key_S, CTRL)
    one_decision = hand.actions
    assert storage.load(path).board.decision == "Radiosurgery"
    hand.actions = opening
    hand.press(KEY.Key_N, CTRL | SHIFT)
    hand.find(field_by_path()["meeting.last_decision_carried_out"])
    hand.choose("carried out")
    hand.press(KEY.Key_S, CTRL)
    one_followed = hand.actions
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shutil.copy(kept, path)
    cells = 3
    return {
        "listed": 12 * (opening + cells),  # opened to read; code, question and status into the spreadsheet
        "chased": 12 * (1 + 2 + 2),  # Ask next shown, its lines copied, pasted into a mail
        "ordered": 4,  # a line cut and inserted in the spreadsheet, the packet's list likewise
        "packet": 4,  # Ctrl+Shift+P, files added, made, Return
        "decided": 12 * (one_decision + cells),  # decision, owner and status into the spreadsheet too
        "followed up": 3 * (one_followed + 1),
    }


def test_the_list_is_searched_by_the_first_letters_of_a_code(home, qtbot) -> None:
    qtbot.keyClicks(home.table, "b-07-8")
    assert home.table.current.summary.code == "B-07-8"
    press(home, qtbot, KEY.Key_Home, ALT)
    assert codes(home)[0] == "B-07-8"


def test_counts_are_a_table_and_a_plot(home, window, qtbot, tmp_path) -> None:
    window.casebook.show_page("counts")
    page = window.casebook.area.page("counts")
    qtbot.waitUntil(lambda: page.table.rowCount() > 0)
    assert page.lead.text() == "1 meeting, 3 cases on their lists"
    assert "not recorded" in page.plot.accessibleDescription()
    with qtbot.waitSignal(page.written):
        page.write_to(tmp_path / "counts.csv")
    assert (tmp_path / "counts.csv").read_bytes() == b"counts of 2026"


def test_the_self_audit_is_off_until_it_is_switched_on_and_then_shows_figures(home, window, qtbot, tmp_path) -> None:
    window.casebook.show_page("counts")
    page = window.casebook.area.page("counts")
    page.tabs.setCurrentWidget(page.self_audit)
    panel = page.self_audit
    assert not panel.switch.isChecked()
    assert panel.lead.text().startswith("Off.")
    assert not panel.table.isVisible()
    assert not panel.save_button.isEnabled()
    panel.switch.click()
    qtbot.waitUntil(panel.table.isVisible)
    shown = [panel.table.item(row, 0).text() for row in range(panel.table.rowCount())]
    assert shown[0] == "From listing to ready"
    assert "cases discussed" in panel.lead.text()
    with qtbot.waitSignal(page.written):
        panel.write_to(tmp_path / "audit.csv")
    assert (tmp_path / "audit.csv").read_bytes() == b"Self-audit: 7"
    panel.switch.click()
    assert panel.lead.text().startswith("Off.")
    assert panel.table.isHidden()


@pytest.fixture
def long_owner(shelf) -> str:
    """Somebody with a long name who owes something of the first case; before the casebook is opened."""
    owner = ("Department of neurological surgery and of the spine, " * 5).strip()
    book = MemoryBook(shelf)
    kept = book.case("case-1")
    board = kept.value.board.model_copy(update={"outstanding": (Outstanding(what="Opinion", owner=owner),)})
    book.save(kept.key, kept.value.model_copy(update={"board": board}), kept.version)
    return owner


def test_a_long_name_of_who_owes_something_makes_neither_list_nor_window_wide(window, long_owner, home) -> None:
    window.act("book_chase")
    page = window.casebook.area.page("chase")
    heads = [page.tree.topLevelItem(n) for n in range(page.tree.topLevelItemCount())]
    (head,) = (one for one in heads if long_owner in one.toolTip(0))
    assert len(head.text(0)) < 60
    page.tree.setCurrentItem(head)
    assert page.copy_button.accessibleName() == f"Copy for a mail to {long_owner}"
    assert window.minimumSizeHint().width() <= 1280


def test_the_signs_of_the_disciplines_are_explained_below_each_list_in_their_order(window, home) -> None:
    (legend,) = home.findChildren(DotLegend)
    assert legend.isVisible()
    said = legend.accessibleDescription().casefold()
    assert "heard; asked, not heard yet; not available; not needed; not recorded" in said
    assert said.index("medical oncology") < said.index("neurosurgery") < said.index("palliative care")
    window.act("book_cases")
    assert window.casebook.area.page("cases").findChild(DotLegend).isVisible()
