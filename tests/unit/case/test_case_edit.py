"""A change is validated first; the case before is untouched."""

import pytest
from support.strategies import case_of, full_case

from her2board.case.checks import CaseError
from her2board.case.dates import PartialDate
from her2board.case.edit import with_absence, with_value
from her2board.case.fields import case_fields
from her2board.case.model import Absence, Case, Lesion, Listed


def test_a_value_is_recorded_at_its_path() -> None:
    before = case_of()
    after = with_value(before, "patient.age", 56)
    assert (before.patient.age, after.patient.age) == (None, 56)


def test_none_makes_a_value_not_recorded() -> None:
    assert with_value(case_of({"patient.age": 56}), "patient.age", None) == case_of()
    assert with_value(case_of(), "patient.age", None) == case_of()


def test_every_field_of_a_full_case_can_be_made_not_recorded() -> None:
    for field in case_fields():
        if field.path not in ("code", "origin", "status"):
            assert with_value(full_case(), field.path, None) != full_case(), field.path


def test_dates_and_tables_are_taken_as_they_are() -> None:
    case = with_value(case_of(), "meeting.date", PartialDate.parse("2026-03"))
    assert str(case.meeting.date) == "2026-03"
    table = Listed[Lesion](completeness="partial", items=(Lesion(site="left"),))
    assert with_value(case, "brain.lesions", table).brain.lesions.items[0].site == "left"


def test_a_refused_value_leaves_the_case_and_names_the_field() -> None:
    case = case_of({"patient.age": 56})
    with pytest.raises(CaseError, match=r"patient\.ecog: 7 is above"):
        with_value(case, "patient.ecog", 7)
    assert case == case_of({"patient.age": 56})


def test_a_recorded_value_takes_the_place_of_a_reason_for_absence() -> None:
    absent = with_absence(case_of(), "patient.age", Absence(reason="pending", owner="AB"))
    assert absent.absences["patient.age"].owner == "AB"
    assert with_value(absent, "patient.ecog", 1).absences == absent.absences
    assert with_value(absent, "patient.age", 56).absences == {}


def test_a_reason_for_absence_can_be_taken_back() -> None:
    absent = with_absence(case_of(), "patient.age", Absence(reason="declined"))
    assert with_absence(absent, "patient.age", None) == case_of()


def test_a_change_checks_what_checking_the_whole_case_would() -> None:
    """No rule of the model is about two sections: such a rule would not be asked when one of them changes."""
    assert not Case.__pydantic_decorators__.model_validators
    case = full_case()
    assert Case.model_validate_json(with_value(case, "patient.age", 57).model_dump_json()).patient.age == 57


def test_a_change_leaves_the_other_sections_the_very_same() -> None:
    case = full_case()
    changed = with_value(case, "patient.age", 57)
    assert changed.brain is case.brain
    assert changed.patient != case.patient
