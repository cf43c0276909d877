"""The evidence beside the case."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from her2board.gui.evidence.evidence_table import PLOT, axis_of
from her2board.gui.evidence.release_words import release_line, release_words


@pytest.fixture
def evidence(screen):
    screen.act("evidence")
    yield screen.bench.evidence
    screen.bench.evidence.close()


def names(evidence) -> list[str]:
    return [evidence.trials.topLevelItem(n).text(0).rstrip(" *") for n in range(evidence.trials.topLevelItemCount())]


def choose(box, words: str) -> None:
    box.setCurrentIndex(next(n for n in range(box.count()) if box.itemText(n).startswith(words)))


def test_typing_finds_trials_and_shows_the_card_of_the_first(evidence, qtbot) -> None:
    qtbot.keyClicks(evidence.filters.words, "NCT04739761")
    assert names(evidence) == ["DESTINY-Breast12"]
    assert "71.7 %" in evidence.card.toPlainText()
    assert evidence.filters.found.text().startswith("1 trial, ")


def test_nothing_found_is_shown_and_no_card_stays(evidence, qtbot) -> None:
    qtbot.keyClicks(evidence.filters.words, "nosuchtrial")
    assert names(evidence) == []
    assert "No trial found" in evidence.card.toPlainText()
    assert evidence.compare.figures.rowCount() == 0


def test_the_age_of_the_release_is_shown_on_every_page(evidence) -> None:
    for page in range(evidence.tabs.count()):
        evidence.tabs.setCurrentIndex(page)
        assert evidence.release.isVisible()
        assert "2026-11-29 (0 days old)" in evidence.release.text()


def test_an_old_release_is_called_out_of_date(library) -> None:
    assert "OUT OF DATE" in release_words(library, date(2028, 1, 1))
    assert "Review due" in release_words(library, date(2027, 3, 1))


def test_a_clock_that_was_set_back_is_asked_about(library) -> None:
    set_back = date(2026, 11, 28)
    assert release_line(library, set_back) == (
        "⚠ Evidence 2026.12, 2026-11-29 (dated after today): is the clock of this computer right?"
    )
    assert "The clock of this computer says 2026-11-28: it may be set back" in release_words(library, set_back)


def test_figures_sort_inside_their_kind_and_return_to_neutral_order(evidence) -> None:
    evidence.tabs.setCurrentWidget(evidence.compare)
    table, model = evidence.compare.table, evidence.compare.figures
    neutral = [figure.id for figure in model.figures]
    kinds = {figure.endpoint.kind for figure in model.figures}
    assert len(kinds) == 1
    choose(evidence.compare.order, "Value")
    values = [figure.endpoint.value for figure in model.figures if figure.endpoint.value is not None]
    assert values == sorted(values, reverse=True)
    assert sorted(figure.id for figure in model.figures) == sorted(neutral)
    assert "no ranking" in evidence.compare.note.text()
    choose(evidence.compare.order, "Neutral")
    assert [figure.id for figure in model.figures] == neutral
    assert table.model() is model


def test_a_figure_shows_everything_on_hover_and_below(evidence) -> None:
    evidence.tabs.setCurrentWidget(evidence.compare)
    figures = evidence.compare.figures
    rows = [figures.index(row, PLOT) for row in range(figures.rowCount())]
    index = next(one for one in rows if "99/138" in one.data(Qt.ItemDataRole.ToolTipRole))
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    for words in ("RECIST 1.1, central", "journal review", "Measured alike"):
        assert words in tip
    evidence.compare.table.setCurrentIndex(index)
    assert "99/138" in evidence.compare.details.toPlainText()
    assert "64.2" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_every_value_lies_inside_its_axis_and_ratios_are_logarithmic(evidence) -> None:
    for sheet in evidence.compare._sheets.values():
        axis = axis_of(sheet)
        for figure in sheet.figures:
            if figure.endpoint.value is not None:
                assert axis.low <= figure.endpoint.value <= axis.high, (sheet.name, figure.id)
        if sheet.unit == "ratio":
            assert axis.place(1) == pytest.approx(0.5)


def test_figures_are_copied_as_text_and_as_a_table(evidence) -> None:
    evidence.tabs.setCurrentWidget(evidence.compare)
    evidence.copy_table()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].startswith("Trial\tCohort\tn\tClass\tValue\t")
    assert len(lines) == 1 + evidence.compare.figures.rowCount()
    assert len({line.count("\t") for line in lines}) == 1
    evidence.copy_text()
    assert "Read in: " in QGuiApplication.clipboard().text()


def test_a_card_is_copied_with_its_sources(evidence) -> None:
    evidence.show_trial("destiny-breast12")
    evidence.copy_text()
    assert QGuiApplication.clipboard().text().startswith("DESTINY-Breast12")
    assert "[Harbeck 2024" in QGuiApplication.clipboard().text()


def test_corrections_and_disagreements_show_both_sides(evidence) -> None:
    evidence.tabs.setCurrentWidget(evidence.disagreements)
    text = evidence.disagreements.toPlainText()
    assert "Secondary:" in text
    assert "Primary:" in text


def test_a_chosen_cohort_leads_to_the_card_of_its_trial(screen) -> None:
    screen.act("tab_cohorts")
    view = screen.bench.results.trees["cohorts"]
    node = next(n for n in view.nodes.every() if n.key == "cohort/her2climb/stable")
    view.setCurrentIndex(view.nodes.index_of(node.children[0]))
    screen.act("evidence")
    assert screen.bench.evidence.card.toPlainText().startswith("HER2CLIMB\n")
    screen.bench.evidence.close()


def test_the_evidence_opens_without_a_case(window, qtbot) -> None:
    bench = window.open_workbench()
    qtbot.waitUntil(lambda: bench.live.library is not None, timeout=10_000)
    window.actions_by_id["evidence"].trigger()
    assert bench.evidence.isVisible()
    bench.evidence.close()
