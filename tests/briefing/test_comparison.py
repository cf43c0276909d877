"""Published figures side by side, and the card of a trial."""

from itertools import combinations

import pytest

from her2board.briefing.comparison import COLUMNS, cells, details, sheets
from her2board.briefing.trial_card import card, disagreement, plain
from her2board.evidence.values import comparable


@pytest.fixture(scope="module")
def every_sheet(library):
    return sheets(library, library.cohorts())


def test_a_sheet_holds_one_kind_one_unit_and_one_time_point(every_sheet) -> None:
    for sheet in every_sheet:
        ends = [figure.endpoint for figure in sheet.figures]
        assert len({(end.kind, end.unit, end.at_months, end.at_weeks) for end in ends}) == 1, sheet.name


def test_every_current_figure_but_harms_is_on_exactly_one_sheet(library, every_sheet) -> None:
    wanted = [e for _, c in library.cohorts() for e in c.endpoints if not e.superseded and e.kind != "harm"]
    shown = [id(figure.endpoint) for sheet in every_sheet for figure in sheet.figures]
    assert sorted(shown) == sorted(map(id, wanted))


def test_figures_called_alike_may_stand_on_one_axis_and_the_others_say_why_not(every_sheet) -> None:
    for sheet in every_sheet:
        for one, other in combinations(sheet.figures, 2):
            if other.id in one.alike and one.id in other.alike:
                ends = [f.endpoint for f in sheet.figures if f.id == other.id]
                assert any(not comparable(one.endpoint, end) for end in ends)
        assert all(figure.alike or figure.apart for figure in sheet.figures)


def test_the_order_of_a_sheet_does_not_depend_on_its_values(library, every_sheet) -> None:
    for sheet in every_sheet:
        places = [library.places[figure.id] for figure in sheet.figures]
        assert places == sorted(places)


def test_patients_that_stand_in_another_row_are_named(every_sheet) -> None:
    shared = {figure.id: figure.shared for sheet in every_sheet for figure in sheet.figures}
    assert shared["destiny-breast12/stable"] == ("destiny-breast12/all",)


def test_a_row_has_a_word_for_every_column_and_the_mark_of_a_secondary_report(library, every_sheet) -> None:
    for sheet in every_sheet:
        for figure in sheet.figures:
            row = cells(library, figure)
            assert len(row) == len(COLUMNS)
            assert ("\N{DAGGER}" in row[-1]) == figure.endpoint.source.secondary
            assert dict(details(library, figure))["Read in"]


def test_every_value_of_a_trial_is_on_its_card_with_its_source(library) -> None:
    trial = library.trials_by_id["destiny-breast12"]
    text = plain(card(library, trial)).replace("\N{NO-BREAK SPACE}", " ")
    assert "CNS response: 71.7 % (95 % CI 64.2–79.3) 99/138" in text
    assert "Read as not given before: T-DXd" in text
    assert text.count("Cohort: ") == len(trial.cohorts)
    assert "Corrections" in text


def test_a_card_without_corrections_has_no_such_heading(library) -> None:
    trial = next(trial for trial in library.trials if not trial.discrepancies)
    assert "Corrections" not in [part.title for part in card(library, trial)]


def test_both_sides_of_a_disagreement_are_shown_the_older_first(library) -> None:
    for conflict in library.conflicts:
        part = disagreement(library, conflict)
        years = [library.statements[id_][0].year or 0 for id_ in conflict.sides]
        shown = [line.label for line in part.lines[1:]]
        assert len(shown) == len(years)
        for year, label in zip(sorted(years), shown, strict=True):
            assert not year or str(year) in label
