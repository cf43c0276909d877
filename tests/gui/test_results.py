"""What the screen says of a case, and where it leads."""

from PySide6.QtCore import Qt

from her2board.gui import theme
from her2board.gui.theme import SIGN_PAIRS, TEXT_PAIRS, THEMES, contrast, roles


def first(view, condition):
    return next(node for node in view.nodes.every() if condition(node))


def test_an_unknown_criterion_leads_to_its_field_and_back(screen) -> None:
    screen.act("tab_cohorts")
    view = screen.bench.results.trees["cohorts"]
    node = first(view, lambda n: n.mark == "unknown" and n.jump == "patient.ecog")
    view.expand(view.nodes.index_of(node.parent))
    view.setCurrentIndex(view.nodes.index_of(node))
    screen.qtbot.keyClick(view, Qt.Key.Key_Return)
    assert screen.bench.form.block_in_focus().path == "patient.ecog"
    screen.act("back")
    assert view.hasFocus()


def test_a_finding_is_told_by_word_as_well_as_sign(screen) -> None:
    screen.act("tab_cohorts")
    view = screen.bench.results.trees["cohorts"]
    node = first(view, lambda n: n.jump == "patient.ecog")
    assert view.nodes.index_of(node).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Unknown. ")


def test_findings_follow_what_is_typed_and_what_is_open_stays_open(screen) -> None:
    screen.act("tab_cohorts")
    view = screen.bench.results.trees["cohorts"]
    node = first(view, lambda n: n.jump == "patient.ecog" and n.parent.key.startswith("cohort/destiny-breast12/"))
    key = node.parent.key
    view.expand(view.nodes.index_of(node.parent))
    screen.type("patient.ecog", "1")
    screen.wait(lambda: any(n.mark == "met" and n.jump == "patient.ecog" for n in view.nodes.every()))
    assert view.isExpanded(view.nodes.index_of(first(view, lambda n: n.key == key)))


def test_every_result_tab_has_lines_and_ask_next_leads_to_its_field(screen) -> None:
    for id_, view in screen.bench.results.trees.items():
        screen.act(f"tab_{id_}")
        assert view.nodes.roots, id_
    view = screen.bench.results.trees["ask"]
    view.setCurrentIndex(view.nodes.index(0, 0))
    wanted = view.nodes.roots[0].jump
    screen.qtbot.keyClick(view, Qt.Key.Key_Return)
    assert screen.bench.form.block_in_focus().path == wanted


def test_recorded_urgency_stands_above_everything(screen) -> None:
    assert not screen.bench.band.isVisible()
    screen.document.set_value("urgency.mass_effect", True)
    screen.wait(screen.bench.band.isVisible)
    assert "mass effect" in screen.bench.band.text().casefold()
    screen.act("undo")
    screen.wait(lambda: not screen.bench.band.isVisible())


def test_the_page_is_shown_and_the_day_it_is_read_for(screen) -> None:
    screen.wait_for_page()
    assert "today, 20 Nov 2026" in screen.bench.results.basis.text()
    screen.document.set_value("meeting.date", "2026-11-24")
    screen.wait(lambda: "meeting on 24 Nov 2026" in screen.bench.results.basis.text())


def test_a_contradiction_is_told_at_both_fields(screen) -> None:
    screen.document.set_value("neurology.symptoms_present", False)
    screen.document.set_value("neurology.trend", "worsening")
    row = screen.row("neurology.trend")
    screen.wait(lambda: "yet worsening" in row.note.text())
    assert "yet worsening" in screen.row("neurology.symptoms_present").note.text()


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
    screen.wait(
        lambda: "Asked of oncology" in first(view, lambda n: n.jump == "patient.ecog").detail.replace("; a", "A")
    )
    screen.act("undo")
    assert "patient.ecog" not in screen.document.case.absences


def test_without_a_chosen_question_the_list_is_shown_and_nothing_changes(screen) -> None:
    screen.act("tab_page")
    before = screen.document.case
    screen.act("note_asked")
    assert screen.bench.results.tabs.currentWidget() is screen.bench.results.trees["ask"]
    assert screen.document.case == before


def test_a_figure_says_where_else_it_was_measured_alike_or_that_it_stands_alone(screen) -> None:
    screen.act("tab_cohorts")
    nodes = list(screen.bench.results.trees["cohorts"].nodes.every())
    alone = next(
        n for n in nodes if n.key.startswith("endpoint/destiny-breast12/active-untreated/") and "CNS" in n.title
    )
    alike = next(n for n in nodes if n.key.startswith("endpoint/destiny-breast12/stable/") and "CNS resp" in n.title)
    assert "Not to be compared" in alone.detail
    assert "Measured alike in: DESTINY-Breast12" in alike.detail
