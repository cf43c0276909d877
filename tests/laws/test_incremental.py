"""An assessment that builds on the one before says the same as one made from nothing."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.erasing import places, without
from support.releases import release
from support.strategies import cases, located, values

from her2board import paths
from her2board.assessment.assess import assess
from her2board.assessment.cohorts import compare
from her2board.assessment.dependents import dependents
from her2board.assessment.options import stand
from her2board.case.checks import CaseError
from her2board.case.edit import with_absence, with_value
from her2board.case.fields import case_fields, value_at
from her2board.case.model import Absence, Case, Listed
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
    ("brain.local_therapies", {"completeness": "complete", "items": [{"kind": "radiosurgery"}]}),
    ("brain.cns_class", ["progressing"]),
    ("brain.necrosis_in_question", True),
    ("brain.necrosis_in_question", False),
    ("brain.lesion_count", {"low": 0, "high": 0}),
    ("brain.cns_class", None),
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


def test_what_depends_on_no_changed_fact_is_not_worked_out_again() -> None:
    case = load(paths.example_case("b07-invented-complete"))
    before = assess(case, LIBRARY, AS_OF)
    built = assess(with_value(case, "patient.pregnant", False), LIBRARY, AS_OF, before)
    assert {id(result) for result in built.options} & {id(result) for result in before.options}


FIELDS = located(case_fields())
LISTS = [field.path for field, _ in FIELDS if field.kind == "table"]
ABSENCES = st.sampled_from([None, Absence(reason="pending", owner="Dr A"), Absence(reason="declined")])


@st.composite
def edited(draw: st.DrawFn, case: Case) -> Case:
    """Return the case after one edit: a value set or erased, a reason for absence, an entry changed or moved."""
    kind = draw(st.sampled_from(["set", "set", "erase", "absence", "list"]))
    if kind == "erase":
        where = places(case)
        return without(case, draw(st.sampled_from(where))) if where else case
    field, info = draw(st.sampled_from(FIELDS))
    if kind == "absence":
        return with_absence(case, field.path, draw(ABSENCES))
    try:
        if kind == "list":
            return _shuffled(draw, case, draw(st.sampled_from(LISTS)))
        return with_value(case, field.path, draw(st.one_of(st.none(), values(field, info))))
    except CaseError:  # the edit does not fit what is beside it, and is refused
        return case


def _shuffled(draw: st.DrawFn, case: Case, path: str) -> Case:
    """Take entries out of a list, move them, double one, or say anew how complete it is."""
    table: Any = value_at(case, path)
    entries = list(table.items if isinstance(table, Listed) else table)
    kept = draw(st.lists(st.sampled_from(entries), max_size=4)) if entries else []
    if not isinstance(table, Listed):
        return with_value(case, path, [entry.model_dump(mode="json", exclude_none=True) for entry in kept])
    completeness = draw(st.sampled_from(["complete", "partial"]))
    changed = table.model_copy(update={"items": tuple(kept), "completeness": completeness})
    return with_value(case, path, changed.model_dump(mode="json", exclude_none=True))


@settings(max_examples=max(10, settings().max_examples // 2))
@given(st.data())
def test_any_sequence_of_edits_gives_exactly_the_assessment_from_nothing(data: st.DataObject) -> None:
    case, day = data.draw(cases()), AS_OF
    before = assess(case, LIBRARY, day)
    for _ in range(data.draw(st.integers(1, 8))):
        if data.draw(st.integers(0, 9)) == 0:
            day += timedelta(days=data.draw(st.sampled_from([-400, -1, 1, 90])))
        else:
            case = data.draw(edited(case))
        built = assess(case, LIBRARY, day, before)
        assert built == assess(case, LIBRARY, day)
        before = built


@settings(max_examples=max(10, settings().max_examples // 3))
@given(cases())
def test_what_a_cohort_or_an_option_reads_of_a_case_it_also_reads_where_nothing_is_recorded(case: Case) -> None:
    """So the help of the form can name what depends on a field without looking at the case."""
    facts, known = assess(case, LIBRARY, AS_OF).facts, dependents(LIBRARY)
    facts.memo.clear()
    for id_, names in known.cohorts.items():
        assert facts.noting(compare, LIBRARY, facts, id_)[1] <= names
    for option in LIBRARY.options:
        assert facts.noting(stand, LIBRARY, facts, option)[1] <= known.options[option.id]
