"""Problems that keep a case from being used, in words a coordinator can act on."""

from datetime import date

import pytest
from support.strategies import AS_OF, case_of, lines, local_therapies, specimens

from her2board.case.checks import CaseError, CaseProblem, future_dates, unknown_absences
from her2board.case.edit import with_value


def test_an_examination_after_the_discussion_is_named_with_both_dates() -> None:
    (problem,) = future_dates(case_of({"brain.imaging_date": "2026-12-01"}), AS_OF)
    assert str(problem) == (
        "brain.imaging_date: Imaging date 1 Dec 2026 lies after 20 Nov 2026, the day of the discussion; "
        "correct one of the two"
    )


@pytest.mark.parametrize("day", ["2026-11-20", "2026-11", "2026", "<2030", "2025"])
def test_a_date_that_may_lie_before_the_discussion_is_kept(day: str) -> None:
    assert future_dates(case_of({"brain.imaging_date": day}), AS_OF) == ()


@pytest.mark.parametrize("day", ["2026-11-21", "2026-12", "2027", ">2026-11-20"])
def test_a_date_that_surely_lies_after_the_discussion_is_refused(day: str) -> None:
    assert len(future_dates(case_of({"brain.imaging_date": day}), AS_OF)) == 1


def test_dates_inside_tables_are_named_by_their_row() -> None:
    case = case_of(
        {
            **lines({"drugs": ["docetaxel"]}, {"start": "2027-01"}),
            **local_therapies({"kind": "surgery", "day": "2027"}),
            **specimens({"day": "2027-02"}),
            "board.disciplines": [{"discipline": "pathology", "status": "heard", "day": "2027"}],
        }
    )
    assert sorted(problem.path for problem in future_dates(case, AS_OF)) == [
        "board.disciplines[0].day",
        "brain.local_therapies[0].day",
        "systemic.lines[1].start",
        "tumour.specimens[0].day",
    ]


def test_what_lies_ahead_may_lie_ahead() -> None:
    plans = {
        "board.next_mri_date": "2027-01",
        "meeting.date": "2027-01",
        "board.outstanding": [{"what": "MRI", "due": "2027-01"}],
        "board.disciplines": [{"discipline": "pathology", "status": "pending", "due": "2027"}],
    }
    assert future_dates(case_of(plans), date(2026, 1, 1)) == ()


def test_a_reason_for_absence_needs_a_field_that_exists() -> None:
    assert unknown_absences(case_of(absences={"patient.ecog": {"reason": "pending"}})) == ()
    (problem,) = unknown_absences(case_of(absences={"patient.ecoq": {"reason": "pending"}}))
    assert str(problem) == "absences.patient.ecoq: no field is called 'patient.ecoq'; correct its name or remove it"


def test_a_problem_without_a_field_is_only_its_message() -> None:
    assert str(CaseProblem("", "cannot be read")) == "cannot be read"
    assert str(CaseError((CaseProblem("a", "x"), CaseProblem("b", "y")))) == "a: x\nb: y"


def test_a_long_value_is_quoted_in_short() -> None:
    with pytest.raises(CaseError) as error:
        with_value(case_of(), "patient.age", "x" * 500)
    assert len(str(error.value)) < 200


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("patient.age", 500, "500 is above the largest possible value 120"),
        ("patient.sex", "f", "'f' is not one of 'female' or 'male'"),
        ("patient.age", True, "patient.age: True does not fit"),
    ],
)
def test_a_refusal_names_what_was_found_and_what_would_do(path: str, value: object, words: str) -> None:
    with pytest.raises(CaseError) as error:
        with_value(case_of(), path, value)
    assert words in str(error.value)
