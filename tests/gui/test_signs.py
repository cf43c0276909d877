"""Every sign of a result has one meaning, and an empty case has none."""

from datetime import date

import pytest
from PySide6.QtGui import QImage, QPainter

from her2board import paths
from her2board.assessment.assess import assess
from her2board.case.storage import load
from her2board.evidence.terms import Direction, PauseGroup
from her2board.gui.results.cohort_nodes import cohort_nodes
from her2board.gui.results.option_nodes import option_nodes
from her2board.gui.results.pause_nodes import pause_nodes
from her2board.gui.results.tree import Node
from her2board.logic.truth import Truth

MEETING = date(2026, 11, 26)
SAYS = {
    "supports": "supports",
    "may be considered": "supports",
    "limited evidence": "none",
    "informs": "none",
    "caution": "cautions",
    "speaks against": "against",
}


@pytest.fixture(scope="module")
def assessment(library):
    return assess(load(paths.example_case("b07-invented-complete")), library, MEETING)


def every(nodes: list[Node]):
    for node in nodes:
        yield node
        yield from every(node.children)


def test_a_statement_that_applies_is_marked_by_the_way_it_points(assessment, library) -> None:
    nodes = {node.key: node for node in every(option_nodes(assessment, library))}
    seen = set()
    for option in assessment.options:
        for statement in option.statements:
            node = nodes[f"option/{option.id}/statement/{statement.id}"]
            if statement.applies is Truth.MET:
                assert node.mark == SAYS[statement.direction.label], node.title
                seen.add(statement.direction)
            else:
                assert node.mark == ("open" if statement.applies is Truth.UNKNOWN else "none")
    assert {Direction.SUPPORTS, Direction.CAUTION, Direction.SPEAKS_AGAINST} <= seen


def test_what_is_for_discussion_has_no_tick_in_either_list(assessment, library) -> None:
    options = {node.key: node for node in option_nodes(assessment, library)}
    open_to_all = [option for option in assessment.options if option.standing == "for_discussion"]
    assert len(open_to_all) > 3
    assert {options[f"option/{option.id}"].mark for option in open_to_all} == {"none"}
    assert "supports" not in {node.mark for node in options.values()}
    choices = [n for n in every(pause_nodes(assessment.pause, library)) if f"/{PauseGroup.ALTERNATIVE}/" in n.key]
    assert choices
    assert "supports" not in {node.mark for node in choices}


def test_a_criterion_is_marked_by_what_is_recorded(assessment, library) -> None:
    words = {"Met": "supports", "Not met": "against", "Unknown": "open"}
    found = {(n.word, n.mark) for n in every(cohort_nodes(assessment, library)) if n.key.startswith("finding/")}
    assert found == set(words.items())


def test_the_signs_are_explained_below_every_list_and_an_empty_case_shows_none(screen) -> None:
    results = screen.bench.results
    for id_, view in results.trees.items():
        screen.act(f"tab_{id_}")
        assert {node.mark for node in view.nodes.every()} <= {"none", "heading"}, id_
        assert not results.legend.isVisible()
    screen.document.set_value("patient.ecog", 1)
    screen.wait(lambda: results.legend.isVisible())
    assert "triangle" in results.legend.accessibleDescription()
    screen.act("tab_cohorts")
    screen.wait(lambda: {"open", "supports"} <= {node.mark for node in results.trees["cohorts"].nodes.every()})
    screen.act("tab_page")
    assert not results.legend.isVisible()
    screen.act("undo")


def test_no_two_signs_look_alike_without_colour() -> None:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor

    from her2board.gui.results.signs import draw_sign

    drawn = []
    for mark in ("supports", "cautions", "open", "against"):
        image = QImage(13, 13, QImage.Format.Format_Grayscale8)
        image.fill(255)
        painter = QPainter(image)
        draw_sign(painter, mark, QRectF(0, 0, 13, 13), QColor("black"))
        painter.end()
        drawn.append(bytes(image.constBits()))
    assert len(set(drawn)) == 4


def test_the_window_names_what_an_option_waits_for_as_the_page_does(library) -> None:
    found = assess(load(paths.example_case("b07-invented-complete")), library, MEETING)
    node = next(node for node in option_nodes(found, library) if node.key == "option/t-dxd")
    assert "ILD or pneumonitis ever" in node.detail
    words = " ".join(f"{one.title} {one.detail}" for one in every([node]) if "/statement/" not in one.key)
    assert "Highest ILD grade" not in words
    assert next(one.jump for one in node.children if "/because/" in one.key) == "organs.ild_history"
