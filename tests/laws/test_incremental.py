"""An assessment that builds on the one before says the same as one made from nothing."""

from datetime import date
from itertools import pairwise

import pytest
from support.releases import release

from her2board import paths
from her2board.assessment.assess import assess
from her2board.case.edit import with_value
from her2board.case.storage import load

LIBRARY = release()
AS_OF = date(2026, 11, 26)
EDITS = (
    ("patient.ecog", 2),
    ("brain.leptomeninges", "suspected"),
    ("brain.leptomeninges", "none"),
    ("urgency.mass_effect", True),
    ("organs.lvef_percent", 45),
    ("urgency.mass_effect", None),
    ("brain.cns_class", ["stable", "untreated"]),
    ("organs.ild_history", True),
    ("systemic.lines", {"completeness": "complete", "items": [{"drugs": ["Enhertu"], "setting": "metastatic"}]}),
    ("systemic.lines", None),
    ("patient.pregnant", False),
)


@pytest.mark.parametrize("stem", ["cr03-almost-empty", "cr18-untreated-asymptomatic", "b07-invented-complete"])
def test_building_on_the_assessment_before_changes_nothing(stem: str) -> None:
    case = load(paths.example_case(stem))
    cases = [case]
    for path, value in EDITS:
        cases.append(with_value(cases[-1], path, value))
    before = assess(case, LIBRARY, AS_OF)
    for _, changed in pairwise(cases):
        built = assess(changed, LIBRARY, AS_OF, before)
        assert built == assess(changed, LIBRARY, AS_OF)
        before = built


def test_an_assessment_of_another_day_is_not_built_on() -> None:
    case = load(paths.example_case("b07-invented-complete"))
    earlier = assess(case, LIBRARY, date(2026, 6, 1))
    assert assess(case, LIBRARY, AS_OF, earlier) == assess(case, LIBRARY, AS_OF)


def test_what_hangs_on_no_changed_fact_is_not_worked_out_again() -> None:
    case = load(paths.example_case("b07-invented-complete"))
    before = assess(case, LIBRARY, AS_OF)
    built = assess(with_value(case, "patient.pregnant", False), LIBRARY, AS_OF, before)
    assert {id(result) for result in built.options} & {id(result) for result in before.options}
