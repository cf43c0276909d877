"""The evidence beside the case."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton

from her2board.briefing.cards.lookup import Cards
from her2board.gui.evidence.evidence_table import PLOT, axis_of
from her2board.gui.evidence.release_words import release_line, release_words


@pytest.fixture
def evidence(screen):
    screen.act("evidence")
    yield screen.bench.evidence
    screen.bench.evidence.close()


def names(evidence) -> tuple[str, ...]:
    return evidence.found.names()


def choose(box, words: str) -> None:
    box.setCurrentIndex(next(n for n in range(box.count()) if box.itemText(n).startswith(words)))


def test_typing_finds_trials_and_shows_the_card_of_the_first(evidence, qtbot) -> None:
    qtbot.keyClicks(evidence.filters.words, "NCT04739761")
    assert names(evidence)[0].startswith("DESTINY-Breast12")
    assert "71.7 %" in evidence.card.text.toPlainText()
    assert evidence.filters.found.text().startswith("1 trial, ")


def test_guidelines_are_found_as_trials_are_and_have_cards(evidence, qtbot) -> None:
    qtbot.keyClicks(evidence.filters.words, "astro")
    found = [name for name in names(evidence) if name.startswith("ASTRO: Up to 4 intact lesions")]
    assert found
    evidence.found.setCurrentItem(
        evidence.found.findItems(found[0][:60], Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive)[0]
    )
    shown = evidence.card.text.toPlainText()
    assert shown.startswith("Guideline")
    assert "First- or second-hand" in shown
    assert "Strength" in shown


def test_a_card_leads_to_others_and_back_and_its_links_are_copied_before_they_are_opened(evidence, monkeypatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    evidence.show_card("value:destiny-breast12/active#0")
    card = evidence.card
    assert "Interval\n95 % CI" in card.text.toPlainText().replace("\N{NO-BREAK SPACE}", " ")
    doi = next(button for button in card.findChildren(QPushButton) if button.text().startswith("DOI"))
    copy, _, open_ = doi.menu().actions()
    copy.trigger()
    assert QGuiApplication.clipboard().text() == "10.1038/s41591-024-03261-7"
    assert opened == []
    open_.trigger()
    assert opened == ["https://doi.org/10.1038/s41591-024-03261-7"]
    card.leads.itemActivated.emit(card.leads.item(0))
    assert card.card.address == "cohort:destiny-breast12/active"
    card.go_back()
    assert card.card.address == "value:destiny-breast12/active#0"


def test_the_menu_of_a_card_copies_its_words_and_sources_opens_them_and_follows_where_it_leads(
    evidence, monkeypatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    evidence.show_card("value:destiny-breast12/active#0")
    card = evidence.card
    deeds = dict(card.deeds())
    deeds["Copy DOI 10.1038/s41591-024-03261-7"]()
    assert QGuiApplication.clipboard().text() == "10.1038/s41591-024-03261-7"
    deeds["Copy the card"]()
    assert QGuiApplication.clipboard().text() == card.plain()
    assert opened == []
    deeds["Open DOI 10.1038/s41591-024-03261-7 in the browser"]()
    assert opened == ["https://doi.org/10.1038/s41591-024-03261-7"]
    before, lead = card.card.title, card.leads.item(0)
    dict(card.deeds(lead))[f"Show: {lead.text()}"]()
    assert card.card.address == "cohort:destiny-breast12/active"
    dict(card.deeds())[f"Back to {before}"]()
    assert card.card.title == before


def test_the_menu_of_a_card_is_opened_where_it_is_asked_for(evidence, qtbot) -> None:
    evidence.show_card("value:destiny-breast12/active#0")
    evidence.card.text.customContextMenuRequested.emit(evidence.card.text.rect().center())
    menu = next(menu for menu in evidence.card.findChildren(QMenu) if menu.isVisible())
    assert "Copy the card" in [action.text() for action in menu.actions()]
    menu.close()


def test_a_figure_of_the_comparison_leads_to_its_card(evidence) -> None:
    evidence.tabs.setCurrentWidget(evidence.compare)
    evidence.compare.table.activated.emit(evidence.compare.table.currentIndex())
    assert evidence.tabs.currentWidget() is evidence.card
    assert evidence.card.card.address == evidence.compare.figures.figures[0].address


def test_nothing_found_is_shown_and_no_card_stays(evidence, qtbot) -> None:
    qtbot.keyClicks(evidence.filters.words, "nosuchtrial")
    assert names(evidence) == ()
    assert "Nothing found" in evidence.card.text.toPlainText()
    assert evidence.compare.figures.rowCount() == 0


def test_the_age_of_the_release_is_shown_on_every_page(evidence) -> None:
    for page in range(evidence.tabs.count()):
        evidence.tabs.setCurrentIndex(page)
        assert evidence.release.isVisible()
        assert "29 Nov 2026 (0 days old)" in evidence.release.text()


def test_an_old_release_is_called_out_of_date(library) -> None:
    assert "OUT OF DATE" in release_words(library, date(2028, 1, 1))
    assert "Review due" in release_words(library, date(2027, 3, 1))


def test_a_clock_that_was_set_back_is_asked_about(library) -> None:
    set_back = date(2026, 11, 28)
    assert release_line(library, set_back) == (
        "⚠ Evidence 2026.12, 29 Nov 2026 (dated after today): is the clock of this computer right?"
    )
    assert "The clock of this computer says 28 Nov 2026: it may be set back" in release_words(library, set_back)


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
    evidence.show_card("trial:destiny-breast12")
    evidence.copy_text()
    assert QGuiApplication.clipboard().text().startswith("Trial: DESTINY-Breast12")
    assert "[Harbeck 2024" in QGuiApplication.clipboard().text()


def test_corrections_and_disagreements_show_both_sides(evidence) -> None:
    evidence.tabs.setCurrentWidget(evidence.disagreements)
    text = evidence.disagreements.toPlainText()
    assert "Secondary:" in text
    assert "Primary:" in text


def test_a_chosen_line_of_a_result_leads_to_its_source_card(screen, library) -> None:
    cards = Cards(library)
    for tab, key, address in (
        ("cohorts", "cohort/her2climb/stable", "cohort:her2climb/stable"),
        ("options", "option/t-dxd", "option:t-dxd"),
        ("pause", "pause/discipline/neurosurgery", "pause:neurosurgery"),
    ):
        screen.act(f"tab_{tab}")
        view = screen.bench.results.trees[tab]
        node = next(n for n in view.nodes.every() if n.key == key)
        view.setCurrentIndex(view.nodes.index_of(node))
        screen.act("evidence")
        assert screen.bench.evidence.card.card.address == address
        screen.bench.evidence.close()
        assert not [n.card for n in view.nodes.every() if n.card and not cards.of(n.card)]


def test_the_evidence_opens_without_a_case(window, qtbot) -> None:
    bench = window.open_workbench()
    qtbot.waitUntil(lambda: bench.live.library is not None, timeout=10_000)
    window.actions_by_id["evidence"].trigger()
    assert bench.evidence.isVisible()
    bench.evidence.close()


def test_figures_name_other_cohorts_as_the_lists_do_and_by_no_id(evidence) -> None:
    evidence.tabs.setCurrentWidget(evidence.compare)
    pane, seen = evidence.compare, ""
    for place in range(pane.kind.count()):
        pane.kind.setCurrentIndex(place)
        seen += pane.as_text()
    assert "Same patients as: HER2CLIMB: " in seen
    ids = [f"{trial.id}/{cohort.id}" for trial, cohort in evidence._library.cohorts()]
    assert [one for one in ids if one in seen] == []


def test_the_evidence_opens_on_the_first_trial_below_its_heading(evidence) -> None:
    assert evidence.found.currentItem() is evidence.found.topLevelItem(0).child(0)
    assert evidence.found.topLevelItem(0).text(0).startswith("Trials (")
    assert evidence.found.verticalScrollBar().value() == 0
