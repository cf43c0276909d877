"""What is open, in one line above the case."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu


def chosen(screen, id_: str) -> list:
    menu = screen.bench.strip.button(id_).menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return menu.actions()


def test_needed_fields_are_counted_and_each_leads_to_its_place(screen) -> None:
    strip = screen.bench.strip
    assert strip.button("needed").text().endswith(f"{len(screen.bench.live.assessment.readiness.outstanding)} needed")
    action = next(action for action in chosen(screen, "needed") if action.text() == "ECOG")
    action.trigger()
    assert screen.bench.form.block_in_focus().path == "patient.ecog"


def test_stale_facts_contradictions_and_silent_disciplines_are_counted(screen) -> None:
    strip = screen.bench.strip
    assert not strip.button("stale").isVisible()
    screen.document.set_value("meeting.date", "2026-11-26")
    screen.document.set_value("brain.imaging_date", "2026-01-10")
    screen.document.set_value("neurology.symptoms_present", False)
    screen.document.set_value("neurology.trend", "worsening")
    screen.wait(lambda: strip.button("contradicted").isVisible())
    assert strip.button("stale").accessibleName() == "1 out of date"
    assert "1 contradiction" in strip.button("contradicted").text()
    assert "yet worsening" in strip.button("contradicted").accessibleDescription()
    assert any("Neurosurgery" in action.text() for action in chosen(screen, "unheard"))


def test_the_strip_says_draft_and_what_is_settled_goes_away(screen) -> None:
    assert screen.bench.strip.verdict.text() == "Draft, open:"
    before = len(screen.bench.live.assessment.readiness.outstanding)
    screen.document.set_value("meeting.date", "2026-11-26")
    screen.wait(lambda: f"{before - 1} needed" in screen.bench.strip.button("needed").text())


def test_export_names_every_kind_of_open_point_and_is_not_refused(screen, tmp_path) -> None:
    screen.document.set_value("neurology.symptoms_present", False)
    screen.document.set_value("neurology.trend", "worsening")
    screen.wait(lambda: screen.bench.strip.button("contradicted").isVisible())
    screen.answers.path = tmp_path / "page.pdf"
    with screen.qtbot.waitSignal(screen.window.files.exported, timeout=20_000):
        screen.act("export_a4")
    message = screen.window.statusBar().currentMessage()
    assert "Not recorded: Meeting date" in message
    assert "Contradictions: " in message
    assert "Not heard: " in message


def test_the_button_beside_them_exports_the_page(screen, tmp_path) -> None:
    screen.answers.path = tmp_path / "page.pdf"
    with screen.qtbot.waitSignal(screen.window.files.exported, timeout=20_000):
        screen.qtbot.mouseClick(screen.bench.strip.export, Qt.MouseButton.LeftButton)
    assert screen.answers.path.exists()


def test_what_is_late_is_marked_so_in_the_ask_list(screen) -> None:
    screen.document.set_value("meeting.date", "2026-11-26")
    screen.document.set_absence(
        "organs.lvef_percent", {"reason": "pending", "owner": "cardiology", "due": "2026-11-20"}
    )
    screen.act("tab_ask")
    view = screen.bench.results.trees["ask"]

    def late():
        return [node for node in view.nodes.every() if node.word == "Late"]

    screen.wait(lambda: bool(late()))
    assert late()[0].jump == "organs.lvef_percent"
    assert late()[0].detail.startswith("Asked of cardiology; due 20 Nov 2026")
