"""What the screen says of a case, and where it leads."""

import re
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QRadioButton, QWidget
from support.screen import Answers

from her2board import paths
from her2board.briefing.page_map import MappedPage
from her2board.gui.base import theme
from her2board.gui.base.theme import SIGN_PAIRS, TEXT_PAIRS, THEMES, contrast, roles
from her2board.gui.window.main_window import MainWindow


def first(view, condition):
    return next(node for node in view.nodes.every() if condition(node))


def test_an_unknown_criterion_leads_to_its_field_and_back(screen) -> None:
    screen.act("tab_cohorts")
    view = screen.bench.results.trees["cohorts"]
    node = first(view, lambda n: n.word == "Unknown" and n.jump == "patient.ecog")
    view.expand(view.nodes.index_of(node.parent))
    view.setCurrentIndex(view.nodes.index_of(node))
    screen.qtbot.keyClick(view, Qt.Key.Key_Return)
    assert screen.bench.form.block_in_focus().path == "patient.ecog"
    screen.act("back")
    assert view.hasFocus()


def test_a_finding_has_a_word_as_well_as_a_sign(screen) -> None:
    screen.act("tab_cohorts")
    view = screen.bench.results.trees["cohorts"]
    node = first(view, lambda n: n.jump == "patient.ecog")
    assert view.nodes.index_of(node).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Unknown. ")


def test_the_meaning_of_a_sign_is_read_aloud_before_its_line_and_of_no_sign_none(screen) -> None:
    screen.window.open_example(paths.example_case("b07-invented-complete"))
    screen.wait(lambda: screen.bench.live.assessment.case_code == "B-07" and not screen.window.worker.busy)
    read: set[str] = set()
    for tab in ("cohorts", "options", "pause", "ask"):
        screen.act(f"tab_{tab}")
        nodes = screen.bench.results.trees[tab].nodes
        for node in nodes.every():
            said = nodes.index_of(node).data(Qt.ItemDataRole.AccessibleTextRole)
            signed = node.mark not in ("none", "heading")
            assert said.startswith(f"{node.mark}. {node.word or node.title}" if signed else node.word or node.title)
            read |= {node.mark} if signed else set()
    assert read == {"supports", "cautions", "open", "against"}


def test_findings_follow_what_is_typed_and_what_is_open_stays_open(screen) -> None:
    screen.act("tab_cohorts")
    view = screen.bench.results.trees["cohorts"]
    node = first(view, lambda n: n.jump == "patient.ecog" and n.parent.key.startswith("cohort/destiny-breast12/"))
    key = node.parent.key
    view.expand(view.nodes.index_of(node.parent))
    screen.type("patient.ecog", "1")
    screen.wait(lambda: any(n.mark == "supports" and n.jump == "patient.ecog" for n in view.nodes.every()))
    assert view.isExpanded(view.nodes.index_of(first(view, lambda n: n.key == key)))


def test_every_result_tab_has_lines_and_ask_next_leads_to_its_field(screen) -> None:
    for id_, view in screen.bench.results.trees.items():
        screen.act(f"tab_{id_}")
        assert view.nodes.roots, id_
    view = screen.bench.results.trees["ask"]
    view.setCurrentIndex(view.nodes.index_of(view.nodes.roots[0].children[0]))
    wanted = view.nodes.roots[0].children[0].jump
    screen.qtbot.keyClick(view, Qt.Key.Key_Return)
    assert screen.bench.form.block_in_focus().path == wanted


def test_a_question_is_short_and_all_that_waits_for_it_is_below(screen) -> None:
    screen.act("tab_ask")
    nodes = screen.bench.results.trees["ask"].nodes.roots[0].children
    assert max(len(node.detail) for node in nodes) < 250
    cut = [node for node in nodes if re.search(r" \+\d", node.detail)]
    assert cut
    for node in cut:
        (whole,) = node.children
        assert whole.jump == node.jump
        assert not re.search(r" \+\d", whole.title)
        assert len(whole.title) > len(node.detail.partition("; ask ")[0])


def test_recorded_urgency_is_shown_above_everything(screen) -> None:
    assert not screen.bench.band.isVisible()
    screen.document.set_value("urgency.mass_effect", True)
    screen.wait(screen.bench.band.isVisible)
    assert "mass effect" in screen.bench.band.text().casefold()
    screen.act("undo")
    screen.wait(lambda: not screen.bench.band.isVisible())


def test_the_page_is_shown_and_the_day_it_is_read_for(screen) -> None:
    screen.wait_for_page()
    assert "today, 29 Nov 2026" in screen.bench.results.basis.text()
    screen.document.set_value("meeting.date", "2026-11-24")
    screen.wait(lambda: "meeting on 24 Nov 2026" in screen.bench.results.basis.text())


def test_a_contradiction_is_shown_at_both_fields(screen) -> None:
    screen.document.set_value("neurology.symptoms_present", False)
    screen.document.set_value("neurology.trend", "worsening")
    row = screen.row("neurology.trend")
    screen.wait(lambda: "yet worsening" in row.note.text())
    assert "yet worsening" in screen.row("neurology.symptoms_present").note.text()


def lines_in_sight(view) -> list[str]:
    return [node.title for root in view.nodes.roots for node in root.children if not view._hidden(node)]


def test_a_search_keeps_the_cohorts_that_contain_its_words_while_findings_change(screen) -> None:
    screen.act("find_result")
    screen.qtbot.keyClicks(screen.bench.results.words, "her2climb stable")
    view = screen.bench.results.trees["cohorts"]
    kept = lines_in_sight(view)
    assert 0 < len(kept) < 40
    assert any("HER2CLIMB" in title for title in kept)
    assert (
        screen.bench.results.words.toolTip()
        == f"{len(kept)} of {sum(1 for _ in screen.bench.live.library.cohorts())} lines"
    )
    screen.type("patient.ecog", "1")
    screen.wait(lambda: any(n.mark == "supports" and n.jump == "patient.ecog" for n in view.nodes.every()))
    assert sorted(lines_in_sight(view)) == sorted(kept)
    screen.bench.results.words.clear()
    assert len(lines_in_sight(view)) > 100


def test_a_criterion_of_several_parts_opens_to_its_parts(screen) -> None:
    screen.act("tab_cohorts")
    view = screen.bench.results.trees["cohorts"]
    node = first(view, lambda n: n.key.startswith("finding/") and len(n.children) > 1)
    assert all(part.word in ("Met", "Not met", "Unknown") for part in node.children)


def test_a_correction_is_shown_with_its_cohort_in_both_wordings(screen) -> None:
    screen.act("tab_cohorts")
    view = screen.bench.results.trees["cohorts"]
    node = first(view, lambda n: n.key.startswith("correction/destiny-breast12/"))
    assert node.detail.count(" says: ") == 2


def test_the_short_annex_is_two_presses_away_the_full_one_beside_it_and_back(window, qtbot, library) -> None:
    from support.screen import PAGE, Screen

    chosen: list[str] = []
    annex = PAGE.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[3 0 R 3 0 R 3 0 R]/Count 3")

    def shown(choice: str, *_: object) -> MappedPage:
        chosen.append(choice)
        return MappedPage(PAGE if choice == "none" else annex)

    services = window._services._replace(make_mapped=shown)
    window._services = services
    screen = Screen(window, window.open_workbench(), window.questions, qtbot)
    screen.act("new_case")
    screen.wait_for_page()
    screen.act("tab_options")
    pane = screen.bench.results.page_pane
    screen.bench.results.tabs.setCurrentWidget(pane)
    qtbot.mouseClick(
        button(pane, "Show the short annex behind the page: four pages at most"), Qt.MouseButton.LeftButton
    )
    screen.wait(lambda: pane.place.text() == "2 of 3")
    for _ in range(2):  # to the foot of the page, then over
        qtbot.keyClick(screen.bench.results.page, Qt.Key.Key_PageDown)
    screen.wait(lambda: pane.place.text() == "3 of 3")
    qtbot.mouseClick(button(pane, "Show the full annex: every cohort, option and reference"), Qt.MouseButton.LeftButton)
    screen.wait(lambda: chosen[-1] == "full")
    qtbot.mouseClick(button(pane, "Show the page alone"), Qt.MouseButton.LeftButton)
    screen.wait(lambda: pane.place.text() == "1 of 1")
    assert set(chosen) == {"none", "short", "full"}


def test_no_page_is_made_while_another_result_is_shown(window, qtbot) -> None:
    from support.screen import PAGE, Screen

    made = []
    window._services = window._services._replace(make_page=lambda case, *_: made.append(case) or PAGE)
    screen = Screen(window, window.open_workbench(), window.questions, qtbot)
    screen.act("new_case")
    screen.wait_for_page()
    screen.act("tab_options")
    made.clear()
    screen.document.set_value("patient.age", 50)
    screen.wait(lambda: not screen.bench.live._page_soon.isActive())
    screen.wait_for_assessment()
    assert made == []
    screen.act("tab_page")
    assert screen.bench.results.page_pane.state.text() == "being updated …"
    screen.wait(lambda: screen.bench.results.page_pane.state.text() == "")
    assert made == [screen.document.case]


def test_a_page_that_is_there_already_is_not_drawn_again_when_it_comes_back_into_sight(screen) -> None:
    screen.wait_for_page()
    page = screen.bench.results.page
    screen.wait(lambda: not page._later.isActive() and not screen.window.worker.busy)
    drawn = []
    page.shown.connect(lambda *_: drawn.append(page.sheet.size()))
    screen.act("tab_options")
    screen.act("tab_page")
    assert page._later.isActive()
    screen.wait(lambda: not page._later.isActive() and not screen.window.worker.busy)
    assert page.has_page
    assert drawn == []
    page.zoom(1)
    screen.wait(lambda: len(drawn) == 1)


def test_a_change_after_a_pause_has_its_page_at_once_and_those_right_behind_it_share_one(window, qtbot) -> None:
    from support.screen import PAGE, Screen

    made = []
    window._services = window._services._replace(make_page=lambda case, *_: made.append(case) or PAGE)
    screen = Screen(window, window.open_workbench(), window.questions, qtbot)
    screen.act("new_case")
    screen.wait_for_page()
    live = screen.bench.live
    screen.wait(lambda: not live._changing.isActive())
    made.clear()
    screen.document.set_value("patient.age", 50)
    assert live._page_soon.interval() == 0
    screen.document.set_value("patient.age", 51)
    screen.document.set_value("patient.age", 52)
    assert live._page_soon.interval() > 0
    screen.wait(lambda: bool(made) and not screen.window.worker.busy)
    assert made == [screen.document.case]


def button(parent, name: str) -> QPushButton:
    return next(found for found in parent.findChildren(QPushButton) if found.accessibleName() == name)


def test_a_page_of_the_case_before_the_change_is_called_old_until_the_new_one_is_there(screen) -> None:
    screen.wait_for_page()
    pane = screen.bench.results.page_pane
    assert pane.state.text() == ""
    screen.document.set_value("patient.age", 50)
    assert pane.state.text() == "being updated …"
    screen.wait(lambda: pane.state.text() == "")


def test_findings_that_do_not_come_at_once_are_called_old(qtbot, services, settings) -> None:
    gate = Event()

    window = MainWindow(services, settings, Answers(unsaved_answer="discard"))
    window.show()
    bench = window.open_workbench()
    window.act("new_case")
    qtbot.waitUntil(lambda: bench.live.assessment is not None and not window.worker.busy, timeout=10_000)
    window.worker.ask("findings", gate.wait, lambda _: None, lambda _: None)
    bench.document.set_value("patient.age", 50)
    qtbot.waitUntil(lambda: "results are being updated" in bench.results.basis.text(), timeout=5_000)
    gate.set()
    qtbot.waitUntil(lambda: "As of today" in bench.results.basis.text(), timeout=10_000)
    window.close()
    window.deleteLater()


def test_the_whole_page_fits_its_pane(screen) -> None:
    screen.wait_for_page()
    view = screen.bench.results.page
    screen.act("zoom_whole")
    screen.wait(lambda: view.widget().pixmap().height() <= view.viewport().height() * view.devicePixelRatioF())
    screen.act("zoom_fit")
    screen.wait(lambda: view.widget().pixmap().width() >= 0.9 * view.viewport().width())


@pytest.mark.parametrize("palette", THEMES.values(), ids=lambda palette: palette.name)
@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QComboBox, QPushButton, QCheckBox, QRadioButton])
def test_the_edge_of_every_control_is_seen_in_every_palette(qtbot, qapp, palette, kind) -> None:
    theme.apply(qapp, palette)
    around = QWidget()
    control = kind(around)
    around.resize(200, 80)
    qtbot.addWidget(around)
    image = around.grab(control.geometry()).toImage()
    drawn = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    theme.apply(qapp, theme.LIGHT)
    assert max(contrast(colour, palette.window) for colour in drawn) >= 3


def test_the_corner_between_two_scroll_bars_has_the_colour_of_the_window(screen, qapp) -> None:
    theme.apply(qapp, theme.CONTRAST)
    screen.act("evidence")
    evidence = screen.bench.evidence
    evidence.tabs.setCurrentWidget(evidence.compare)
    evidence.resize(500, 400)
    table = evidence.compare.table
    screen.wait(lambda: table.horizontalScrollBar().isVisible() and table.verticalScrollBar().isVisible())
    corner = table.mapTo(evidence, table.rect().bottomRight() - QPoint(6, 6))
    image = evidence.grab().toImage()
    theme.apply(qapp, theme.LIGHT)
    evidence.close()
    assert image.pixelColor(corner).name() == theme.CONTRAST.window


def test_every_palette_has_enough_contrast() -> None:
    for palette in THEMES.values():
        colours = roles(palette)
        for text, ground in TEXT_PAIRS:
            assert contrast(colours[text], colours[ground]) >= 4.5, (palette.name, text, ground)
        for sign, ground in SIGN_PAIRS:
            assert contrast(colours[sign], colours[ground]) >= 3, (palette.name, sign, ground)


def test_the_palette_changes_with_a_case_open(screen, qapp) -> None:
    screen.act("dark")
    assert theme.current() is theme.DARK
    assert qapp.palette().window().color().name() == theme.DARK.window
    screen.act("light")


def test_a_question_becomes_an_outstanding_item_in_one_action(screen) -> None:
    screen.type("meeting.date", "2026-11-26")
    screen.act("tab_ask")
    view = screen.bench.results.trees["ask"]
    screen.wait(lambda: bool(view.nodes.roots))
    node = first(view, lambda n: n.jump == "patient.ecog")
    view.setCurrentIndex(view.nodes.index_of(node))
    screen.act("note_asked")
    noted = screen.document.case.absences["patient.ecog"]
    assert (noted.reason, noted.owner, str(noted.due)) == ("pending", "oncology", "2026-11-26")
    screen.wait(lambda: first(view, lambda n: n.jump == "patient.ecog").parent.key == "asks/waiting")
    noted = first(view, lambda n: n.jump == "patient.ecog")
    assert noted.detail.startswith("Asked of oncology; due 26 Nov 2026; decides")
    screen.act("undo")
    assert "patient.ecog" not in screen.document.case.absences


def test_without_a_chosen_question_the_list_is_shown_and_nothing_changes(screen) -> None:
    screen.act("tab_page")
    before = screen.document.case
    screen.act("note_asked")
    assert screen.bench.results.tabs.currentWidget() is screen.bench.results.trees["ask"]
    assert screen.document.case == before


def test_a_figure_says_where_else_it_was_measured_alike_or_that_it_is_the_only_one(screen) -> None:
    screen.act("tab_cohorts")
    nodes = list(screen.bench.results.trees["cohorts"].nodes.every())
    alone = next(
        n for n in nodes if n.key.startswith("endpoint/destiny-breast12/active-untreated/") and "CNS" in n.title
    )
    alike = next(n for n in nodes if n.key.startswith("endpoint/destiny-breast12/stable/") and "CNS resp" in n.title)
    assert "Not to be compared" in alone.detail
    assert "Measured alike in: DESTINY-Breast12" in alike.detail
