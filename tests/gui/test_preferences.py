"""What the clinic and this computer set."""

import pytest
from PySide6.QtWidgets import QComboBox, QWidget
from support.screen import Answers, Screen

from her2board import builds
from her2board.assessment.clinic import Clinic, as_file, read_clinic
from her2board.gui.base import theme
from her2board.gui.window.appearance import Personal
from her2board.gui.window.main_window import MainWindow
from her2board.gui.window.preferences import Preferences


@pytest.fixture
def preferences(screen, tmp_path):
    screen.window._services = screen.window._services._replace(clinic_file=tmp_path / "her2board" / "clinic.json")
    screen.act("preferences")
    dialog = screen.window.findChild(Preferences)
    yield dialog
    for left in screen.window.findChildren(Preferences):
        left.close()
    screen.act("light")
    screen.act("text_normal")


def choose(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))


def test_what_is_set_is_kept_in_the_clinics_file_and_holds_at_once(screen, preferences, tmp_path) -> None:
    preferences.institution.setText("City hospital")
    preferences.drugs_here.setText("Enhertu, tucatinib")
    preferences.drugs_not.setText("pyrotinib")
    choose(preferences.radiosurgery, "by_referral")
    choose(preferences.paper, "letter")
    preferences._limits["brain.imaging_date"].setText("14")
    preferences._take()
    kept = read_clinic(tmp_path / "her2board" / "clinic.json")
    assert kept.drugs == {"Enhertu": True, "tucatinib": True, "pyrotinib": False}
    assert (kept.institution, kept.radiosurgery, kept.paper) == ("City hospital", "by_referral", "letter")
    screen.document.set_value("meeting.date", "2026-11-26")
    screen.document.set_value("brain.imaging_date", "2026-11-01")
    screen.wait(lambda: "the clinic’s limit 14" in screen.bench.live.remarks().get("brain.imaging_date", ""))


def test_a_new_case_carries_what_the_clinic_has_and_is_not_called_changed(screen, preferences) -> None:
    preferences.institution.setText("City hospital")
    choose(preferences.radiosurgery, "by_referral")
    preferences._take()
    screen.act("new_case")
    assert screen.document.case.meeting.place == "City hospital"
    assert screen.document.case.access.radiosurgery == "by_referral"
    assert not screen.window.isWindowModified()


def test_an_open_case_is_filled_in_on_demand_and_that_is_undone(screen, preferences) -> None:
    preferences.institution.setText("City hospital")
    preferences._take()
    assert screen.document.case.meeting.place is None
    screen.act("fill_in")
    assert screen.document.case.meeting.place == "City hospital"
    screen.act("undo")
    assert screen.document.case.meeting.place is None


def test_in_packet_mode_nothing_is_compared_and_completeness_stays(screen, preferences) -> None:
    choose(preferences.matching, "off")
    preferences._take()
    screen.wait(lambda: "Packet mode" in screen.bench.results.basis.text())
    tabs = screen.bench.results.tabs
    assert [tabs.tabText(n) for n in range(tabs.count()) if tabs.isTabVisible(n)] == ["Page", "Before WBRT", "Ask next"]
    screen.act("tab_cohorts")
    assert tabs.currentWidget() is not screen.bench.results.trees["cohorts"]
    assert screen.bench.strip.button("needed").isVisible()
    assert screen.bench.live.assessment.cohorts == ()
    screen.act("evidence")
    assert len(screen.bench.evidence.found.names()) > 50  # looking things up is no comparison
    screen.bench.evidence.close()


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("drugs_here", "nosuchdrug", "'nosuchdrug' is not a known drug name"),
        ("brain.imaging_date", "soon", "whole number of days"),
        ("brain.imaging_date", "0", "whole number of days"),
    ],
)
def test_invalid_preferences_are_reported_and_the_page_stays_open(preferences, field, text, words) -> None:
    line = preferences._limits.get(field) or getattr(preferences, field)
    line.setText(text)
    preferences._take()
    assert preferences.isVisible()
    assert words in preferences.problem.text()


def test_a_drug_under_both_is_reported(preferences) -> None:
    preferences.drugs_here.setText("T-DXd")
    preferences.drugs_not.setText("T-DXd")
    preferences._take()
    assert "is under both" in preferences.problem.text()


def test_palette_and_text_size_apply_at_once_and_are_kept(screen, preferences, settings, qapp) -> None:
    choose(preferences.theme, "contrast")
    choose(preferences.text_size, "130")
    preferences._take()
    assert theme.current() is theme.CONTRAST
    assert theme.text_size() == 130
    assert settings.value("theme") == "contrast"
    assert int(settings.value("text_size")) == 130


def test_text_grows_and_shrinks_in_steps_and_stops_at_the_ends(screen) -> None:
    screen.act("text_larger")
    assert theme.text_size() == 115
    for _ in range(12):
        screen.act("text_smaller")
    assert theme.text_size() == 80
    screen.act("text_normal")
    assert theme.text_size() == 100


def test_a_broken_clinic_file_is_reported_and_the_release_is_read_as_shipped(
    qtbot, services, settings, tmp_path
) -> None:
    path = tmp_path / "clinic.json"
    path.write_text('{"freshness": {"brain.imaging_date": 0}}', encoding="utf-8")
    window = MainWindow(services._replace(clinic_file=path), settings, Answers(unsaved_answer="discard"))
    window.show()
    screen = Screen(window, window.open_workbench(), window.questions, qtbot)
    screen.wait(lambda: "not usable settings" in window.messages.text)
    assert screen.bench.live.clinic == Clinic()
    window.close()
    window.deleteLater()


def test_the_clinics_file_is_read_at_the_start(qtbot, services, settings, tmp_path) -> None:
    path = tmp_path / "clinic.json"
    path.write_bytes(as_file(Clinic(matching=False)))
    window = MainWindow(services._replace(clinic_file=path), settings, Answers(unsaved_answer="discard"))
    window.show()
    bench = window.open_workbench()
    qtbot.waitUntil(lambda: bench.live.library is not None, timeout=10_000)
    assert not bench.live.clinic.matching
    assert not bench.results.tabs.isTabVisible(1)
    window.close()
    window.deleteLater()


def test_a_packet_build_offers_no_comparison_and_keeps_what_the_clinic_set(
    qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builds, "build", lambda: "packet")
    parent = QWidget()
    qtbot.addWidget(parent)
    for matching in (True, False):
        dialog = Preferences(Clinic(matching=matching), Personal("light", 100, "en"), None, parent)
        assert [dialog.matching.itemText(n) for n in range(dialog.matching.count())] == ["none: packet build"]
        assert dialog._clinic().matching is matching
