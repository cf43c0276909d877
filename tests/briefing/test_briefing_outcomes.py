"""A figure on the page: value, how it was measured and in whom, each with the place it was read in."""

import re

from support.pages import release

from her2board.briefing.outcomes import outcome_words


def test_every_number_beside_a_figure_has_the_place_it_was_read_in() -> None:
    runs = [run for _, cohort in release().cohorts() for end in cohort.endpoints for run in outcome_words(end)]
    counted = [run for run in runs if re.search(r"\d", run.text)]
    assert any("32 in both arms together" in run.text for run in counted)
    assert [run.text for run in counted if not run.origin] == []
