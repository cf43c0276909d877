"""New, open, save, export, close: nothing lost."""

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from support.pages import example, release
from support.screen import PAGE, TODAY, Answers, fake_page
from support.strategies import case_of, lines
from support.version_1 import as_version_1

from her2board import paths
from her2board.case.model import Case, Patient
from her2board.case.storage import Stored, load, parse_stored, save
from her2board.cli.program import cases_in_pdf, export_page
from her2board.evidence.problems import BrokenReleaseError, Problem
from her2board.gui.base.services import CaseInPdf, Services
from her2board.gui.window.main_window import MainWindow
from her2board.pdf.render import render_page, write_pdf


def test_saving_writes_the_case_and_clears_the_mark(screen, tmp_path) -> None:
    screen.type("patient.age", "56")
    assert screen.window.isWindowModified()
    screen.answers.path = tmp_path / "a.her2case"
    screen.act("save")
    assert load(screen.answers.path).patient.age == 56
    assert not screen.window.isWindowModified()
    assert "a.her2case" in screen.window.statusBar().currentMessage()


def test_the_title_names_the_case_code_and_nothing_else(screen) -> None:
    screen.document.set_value("code", "BM-7")
    screen.document.set_value("identity.name", "Somebody")
    assert screen.window.windowTitle() == "BM-7[*] \N{EN DASH} her2board"


def test_closing_asks_about_unsaved_changes_and_cancel_keeps_the_case(screen) -> None:
    screen.type("patient.age", "56")
    assert not screen.window.close()
    assert screen.answers.asked == ["new case"]
    assert screen.document.case.patient.age == 56


def test_closing_asks_about_an_entry_that_could_not_be_used(screen) -> None:
    screen.type("patient.ecog", "7")
    assert not screen.window.close()
    assert screen.answers.asked == ["ECOG"]


def test_closing_without_changes_asks_nothing(screen) -> None:
    assert screen.window.close()
    assert screen.answers.asked == []


def test_saving_in_the_question_saves_before_leaving(screen, tmp_path) -> None:
    screen.type("patient.age", "56")
    screen.answers.unsaved_answer = "save"
    screen.answers.path = tmp_path / "kept.her2case"
    screen.act("new_case")
    assert load(screen.answers.path).patient.age == 56
    assert screen.document.case.patient.age is None


def test_a_save_that_fails_loses_nothing_and_says_so(screen, tmp_path, monkeypatch) -> None:
    screen.answers.path = tmp_path / "a.her2case"
    screen.act("save")
    screen.type("patient.age", "56")

    def full(case: Case, path: Path, *, separate: bool) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("her2board.case.storage.save", full)
    screen.act("save")
    assert "No space left on device" in screen.window.messages.text
    assert screen.window.isWindowModified()
    assert load(screen.answers.path).patient.age is None


def test_a_file_of_an_earlier_version_says_once_what_is_read_otherwise_and_is_kept_when_saved(screen, tmp_path) -> None:
    path = tmp_path / "old.her2case"
    rows = [{"drugs": [drug], "setting": "metastatic", "start": "2024-03-20"} for drug in ("docetaxel", "pertuzumab")]
    path.write_text(as_version_1(case_of(lines(*rows))), encoding="utf-8")
    screen.window.open_file(path)
    screen.wait(lambda: "rows 1, 2 are one line" in screen.window.messages.text)
    assert "T1 was written by an earlier version" in screen.window.messages.text
    assert "⚠" not in screen.window.messages.text
    screen.window.messages.hide()
    screen.type("patient.age", "56")
    screen.wait_for_assessment()
    assert screen.window.messages.text == ""
    screen.act("save")
    assert "kept as old.her2case.v1" in screen.window.statusBar().currentMessage()
    screen.window.open_file(path)
    screen.wait_for_assessment()
    assert screen.window.messages.text == ""


def test_a_case_of_an_earlier_version_in_a_pdf_opens_and_says_what_is_read_otherwise(screen, tmp_path) -> None:
    case = case_of(lines({"drugs": ["T-DXd (?)"], "setting": "metastatic", "start": "2024-03"}))
    found = CaseInPdf(parse_stored(as_version_1(case)), "")
    screen.window.files._read_pdf = lambda _: (found,)
    screen.window.open_file(tmp_path / "page.pdf")
    screen.wait(lambda: "'T-DXd (?)' was read as T-DXd" in screen.window.messages.text)
    assert screen.document.case == case


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("nonsense", "not JSON"),
        ('{"format": "her2board-case", "schema_version": 1, "case": {"code": "x", "foo": 1}}', "foo: no such field"),
        ('{"format": "her2board-case", "schema_version": 99, "case": {"code": "x"}}', "newer than this program"),
        (
            '{"format": "her2board-case", "schema_version": 1, "case": {"code": "x", "patient": {"ecog": 7}}}',
            "ECOG: 7 is above",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_reported_and_the_open_case_stays(screen, tmp_path, content, words) -> None:
    screen.type("meeting.consultant", "Dr A")
    bad = tmp_path / "bad.her2case"
    bad.write_text(content)
    screen.answers.unsaved_answer = "discard"
    screen.window.open_file(bad)
    assert words in screen.window.messages.text
    assert screen.document.case.meeting.consultant == "Dr A"
    assert screen.window.isWindowModified()


def test_opening_shows_the_case_and_remembers_only_its_path(screen, tmp_path, settings) -> None:
    path = tmp_path / "b.her2case"
    save(Case.model_validate_json('{"code": "B-1", "patient": {"age": 44}}'), path)
    screen.window.open_file(path)
    assert screen.row("patient.age").control.text() == "44"
    assert screen.window.recent.paths() == (path,)
    settings.sync()
    assert "B-1" not in Path(settings.fileName()).read_text()


def test_what_could_not_be_used_does_not_reach_the_next_case(screen, tmp_path) -> None:
    row = screen.type("patient.ecog", "7")
    path = tmp_path / "b.her2case"
    save(Case(code="B-1"), path)
    screen.answers.unsaved_answer = "discard"
    screen.window.open_file(path)
    assert row.control.text() == ""
    assert screen.bench.form.pending() == ()


def test_the_cases_of_the_folder_are_listed_with_what_they_need(screen, tmp_path) -> None:
    for code in ("A-1", "B-2"):
        save(Case(code=code), tmp_path / f"{code}.her2case")
    screen.window.open_file(tmp_path / "A-1.her2case")
    cases = screen.bench.meeting._list
    screen.wait(lambda: cases.topLevelItemCount() == 2)
    assert [cases.topLevelItem(n).text(0) for n in range(2)] == ["A-1", "B-2"]
    assert int(cases.topLevelItem(0).text(1)) > 20


def test_export_writes_the_pdf_says_what_is_missing_and_offers_to_open_it(screen, tmp_path, monkeypatch) -> None:
    screen.answers.path = tmp_path / "page.pdf"
    with screen.qtbot.waitSignal(screen.window.files.exported, timeout=20_000):
        screen.act("export_a4")
    assert screen.answers.path.read_bytes() == PAGE
    assert "Not recorded: Meeting date" in screen.window.statusBar().currentMessage()
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    for words in ("Open", "Show in folder"):
        next(b for b in screen.window.messages.findChildren(QPushButton) if b.text() == words).click()
    assert opened == [str(tmp_path / "page.pdf"), str(tmp_path)]


def test_export_names_what_is_recorded_and_not_on_the_page(screen, tmp_path) -> None:
    files = screen.window.files
    screen.bench._services = screen.bench._services._replace(export_page=export_page)
    patient = Case(code="A-1").model_copy(update={"patient": Patient(ecog=1, sex="female")})
    save(patient, tmp_path / "A-1.her2case")
    screen.window.open_file(tmp_path / "A-1.her2case")
    screen.answers.path = tmp_path / "page.pdf"
    with screen.qtbot.waitSignal(files.exported, timeout=20_000):
        screen.act("export_a4")
    assert "page.pdf: not on the page: Sex; shortened to fit in " in screen.window.messages.text
    assert screen.answers.path.read_bytes().startswith(b"%PDF")


def test_export_to_a_place_that_cannot_be_written_says_so(screen, tmp_path) -> None:
    screen.answers.path = tmp_path / "missing" / "page.pdf"
    screen.act("export_a4")
    screen.wait(lambda: "was not written" in screen.window.messages.text)


def test_a_page_that_cannot_be_made_is_reported_and_the_case_can_still_be_edited(qtbot, settings, library) -> None:
    def fail(*_: object) -> bytes:
        raise ValueError("secret patient text")

    broken = MainWindow(
        Services(lambda: library, fail, cases_in_pdf, lambda: TODAY), settings, Answers(unsaved_answer="discard")
    )
    qtbot.addWidget(broken)
    broken.show()
    bench = broken.open_workbench()
    broken.act("new_case")
    label = bench.results.page.widget()
    qtbot.waitUntil(lambda: "could not be made" in label.text(), timeout=20_000)
    assert "secret" not in label.text()
    assert "ValueError" not in label.text()
    assert "internal error at test_files.py:" in label.text()
    assert bench.document.set_value("patient.age", 50) == ""
    broken.close()


def test_broken_evidence_is_reported_and_nothing_is_assessed(qtbot, settings) -> None:
    def refuse() -> object:
        raise BrokenReleaseError((Problem("trials/x.yaml", 3, "unknown fact"),))

    window = MainWindow(
        Services(refuse, fake_page, cases_in_pdf, lambda: TODAY), settings, Answers(unsaved_answer="discard")
    )
    qtbot.addWidget(window)
    window.show()
    bench = window.open_workbench()
    window.act("new_case")
    qtbot.waitUntil(lambda: "trials/x.yaml:3" in window.messages.text, timeout=20_000)
    assert bench.live.assessment is None
    window.close()


def test_the_window_is_painted_before_the_case_model_is_asked_for(qtbot, services, settings) -> None:
    window = MainWindow(services, settings, Answers())
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.first_painted, timeout=20_000):
        window.show()
    assert window.workbench is None
    with qtbot.waitSignal(window.ready, timeout=20_000):
        window.prepare()
    window.close()
    assert QApplication.activeModalWidget() is None


def drop(screen, *paths: Path) -> bool:
    """Drop files on the window; return whether it takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
    enter.ignore()
    QApplication.sendEvent(screen.window, enter)
    if enter.isAccepted():
        over = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
        QApplication.sendEvent(screen.window, over)
    return enter.isAccepted()


def test_a_dropped_pdf_brings_its_case_back_unsaved(screen, tmp_path) -> None:
    made, path = example("cr18-untreated-asymptomatic"), tmp_path / "briefing.pdf"
    path.write_bytes(made.data)
    assert drop(screen, path)
    screen.wait(lambda: screen.document.case == made.case)
    assert screen.document.path is None
    assert "From briefing.pdf; not saved yet." in screen.window.statusBar().currentMessage()
    assert screen.window.messages.text == ""


def test_a_dropped_pdf_of_another_program_version_says_so(screen, tmp_path, monkeypatch) -> None:
    path = tmp_path / "briefing.pdf"
    path.write_bytes(example("cr18-untreated-asymptomatic").data)
    monkeypatch.setattr("her2board.cli.carried.builds.version", lambda: "9.9")
    drop(screen, path)
    screen.wait(lambda: screen.document.title == "CR18")
    assert "here 9.9: it may read differently here." in screen.window.messages.text


def test_a_packet_asks_which_of_its_cases(screen, tmp_path) -> None:
    one, two = example("cr18-untreated-asymptomatic"), example("cr31-herniation")
    path = tmp_path / "packet.pdf"
    path.write_bytes(write_pdf([one.sheet, two.sheet], one.shown, one.geometry))
    screen.window.open_file(path)
    screen.wait(lambda: screen.answers.asked == ["CR18, CR31"])
    assert screen.document.case == two.case


def test_while_a_pdf_is_read_the_window_works_and_what_is_opened_meanwhile_stays(screen, tmp_path) -> None:
    read, ready = [], Event()

    def slowly(path: Path) -> tuple[CaseInPdf, ...]:
        ready.wait(10)
        read.append(path)
        return (CaseInPdf(Stored(Case(code="from the page")), ""),)

    screen.window.files._read_pdf = slowly
    screen.window.open_file(tmp_path / "page.pdf")
    assert "Reading page.pdf …" in screen.window.statusBar().currentMessage()
    path = tmp_path / "other.her2case"
    save(Case(code="other"), path)
    screen.window.open_file(path)
    ready.set()
    screen.wait(lambda: bool(read) and not screen.window.worker.busy)
    assert screen.document.title == "other"


def test_a_pdf_without_a_case_is_reported_and_the_open_case_stays(screen, tmp_path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(render_page(example("cr18-untreated-asymptomatic").briefing, release()))
    screen.type("meeting.consultant", "Dr A")
    screen.answers.unsaved_answer = "discard"
    screen.window.open_file(path)
    screen.wait(lambda: "letter.pdf was not opened" in screen.window.messages.text)
    assert "carries no case" in screen.window.messages.text
    assert screen.document.case.meeting.consultant == "Dr A"


def test_other_files_and_several_at_once_are_not_taken(screen, tmp_path) -> None:
    assert not drop(screen, tmp_path / "notes.txt")
    assert not drop(screen, tmp_path / "a.pdf", tmp_path / "b.pdf")


def test_the_empty_window_offers_a_new_case_a_file_and_the_examples(window, qtbot) -> None:

    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    assert QApplication.focusWidget().text() == "New case"
    names = [window.start.examples.item(row).text() for row in range(window.start.examples.count())]
    assert "Complete (B07, an invented case)" in names
    assert "Untreated asymptomatic (CR18, a published case)" in names
    window.start.examples.setFocus()
    window.start.examples.setCurrentRow(names.index("Untreated asymptomatic (CR18, a published case)"))
    qtbot.keyClick(window.start.examples, Qt.Key.Key_Return)
    assert window.workbench.document.title == "CR18"
    assert window.workbench.document.path is None


def test_an_example_that_is_opened_as_a_file_is_a_new_case_and_nothing_is_left_beside_it(screen, tmp_path) -> None:
    path = paths.example_case("cr03-almost-empty")
    before = path.read_bytes(), sorted(path.parent.iterdir())
    screen.window.open_file(path)
    assert screen.document.case == load(path)
    screen.type("meeting.consultant", "Dr A")
    screen.answers.path = tmp_path / "own.her2case"
    screen.act("save")
    assert load(tmp_path / "own.her2case").meeting.consultant == "Dr A"
    assert (path.read_bytes(), sorted(path.parent.iterdir())) == before
