"""A walk over everything the keyboard reaches, on every page and dialog: name, role, problem, order."""

from itertools import pairwise

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from support.walking import reached, unnamed

from her2board import paths
from her2board.case.sections import SECTIONS


def test_every_page_of_the_window_has_names_and_roles(window, screen) -> None:
    screen.window.open_example(paths.example_case("b07-invented-complete"))
    screen.answers.unsaved_answer = "discard"
    screen.wait_for_assessment()
    seen = 0
    for section in SECTIONS:
        screen.bench.form.show_section(section.id)
        QApplication.processEvents()
        assert unnamed(screen.window) == [], section.id
        seen += len(reached(screen.bench.form))
    assert seen > 120
    for tab in ("page", "cohorts", "options", "pause", "ask"):
        screen.act(f"tab_{tab}")
        assert unnamed(screen.window) == [], tab


def test_the_start_page_has_names_and_roles(window) -> None:
    assert reached(window)
    assert unnamed(window) == []


def test_every_page_of_the_evidence_has_names_and_roles(screen) -> None:
    screen.act("evidence")
    evidence = screen.bench.evidence
    for page in range(evidence.tabs.count()):
        evidence.tabs.setCurrentIndex(page)
        assert unnamed(evidence) == [], page
        assert len(reached(evidence)) > 6
    evidence.close()


def test_a_control_with_a_problem_says_it_as_its_description(screen) -> None:
    row = screen.type("patient.ecog", "7")
    screen.row("patient.age")
    interface = QAccessible.queryAccessibleInterface(row.control)
    assert "7 is above" in interface.text(QAccessible.Text.Description)


def test_tab_goes_through_every_section_in_reading_order(screen) -> None:
    screen.window.open_example(paths.example_case("b07-invented-complete"))
    screen.wait_for_assessment()
    for section in SECTIONS:
        page = screen.bench.form.show_section(section.id)
        QApplication.processEvents()
        body = page.widget()
        lines = [widget.mapTo(body, QPoint(0, 0)).y() for widget in reached(page)]
        backwards = [(a, b) for a, b in pairwise(lines) if b < a - 12]
        assert backwards == [], (section.id, reached(page))


def test_the_parts_of_the_window_follow_one_another_in_reading_order(screen) -> None:
    order = reached(screen.window)
    places = [
        min(order.index(widget) for widget in reached(part))
        for part in (screen.bench.strip, screen.bench.sections.parentWidget(), screen.bench.form, screen.bench.results)
    ]
    assert places == sorted(places)
