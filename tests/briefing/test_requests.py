"""What a department still owes is gathered from every place that says so, once per field."""

import json
from typing import Any

import pytest
from support.pages import AS_OF, EXAMPLES, FOLDER, release

from her2board.assessment.assess import assess
from her2board.briefing.requests import DEPARTMENTS, Request, department_of, requests
from her2board.case.fields import case_fields
from her2board.case.model import Case
from her2board.case.storage import load


def owed(**sections: Any) -> dict[str, Request]:
    """Return the requests of a case by field."""
    case = Case.model_validate_json(json.dumps({"code": "K-7", **sections}))
    found = requests(case, assess(case, release(), AS_OF))
    assert len({request.path for request in found}) == len(found), "nothing is asked for twice"
    return {request.path: request for request in found}


def absent(path: str, **absence: Any) -> dict[str, Any]:
    return {"absences": {path: absence}}


def test_every_field_has_a_department_that_has_a_sheet() -> None:
    assert {department_of(field.path) for field in case_fields()} <= set(DEPARTMENTS)


@pytest.mark.parametrize(
    ("path", "department"),
    [
        ("brain.lesion_count", "radiology"),
        ("patient.ecog", "oncology"),
        ("tumour.specimens", "pathology"),
    ],
)
def test_what_nobody_recorded_is_owed_by_who_usually_knows_it(path: str, department: str) -> None:
    assert owed()[path].department == department


@pytest.mark.parametrize(
    ("sections", "question"),
    [
        (
            {"brain": {"imaging_date": "2026-11-17"}},
            "Is there leptomeningeal disease on the MRI of 17 Nov 2026?",
        ),
        ({}, "Is there leptomeningeal disease on the last brain MRI?"),
    ],
)
def test_a_field_is_asked_for_by_its_own_plain_question(sections: dict[str, Any], question: str) -> None:
    assert owed(**sections)["brain.leptomeninges"].question == question


def test_every_field_that_is_needed_or_helpful_has_a_question_and_every_request_asks_one() -> None:
    given = ("code", "status", "board.disciplines", "board.considered", "board.outstanding")
    fields = [field for field in case_fields() if field.info.level in ("H", "S") and field.path not in given]
    assert [field.path for field in fields if not field.info.question.endswith("?")] == []
    assert [request for request in owed().values() if not request.question.endswith("?")] == []


def test_what_decides_most_is_asked_first_after_the_opinions() -> None:
    paths = list(owed())
    opinions = [path for path in paths if path.startswith("board.disciplines.")]
    assert paths[: len(opinions)] == opinions
    case = Case(code="K-7")
    asked = [ask.field for ask in assess(case, release(), AS_OF).ask_next]
    assert [path for path in paths if path in asked] == list(dict.fromkeys(asked))


def test_a_required_field_says_so_and_what_the_answer_decides() -> None:
    request = owed()["brain.cns_class"]
    assert request.required
    assert "kind of disease" in request.why


def test_asked_and_past_its_day_is_late_and_on_the_day_it_is_not() -> None:
    path = "brain.leptomeninges"
    late = owed(**absent(path, reason="pending", owner="Dr A", due="2026-11-25"))[path]
    assert (late.state, late.owner, late.late) == ("asked", "Dr A", True)
    today = owed(**absent(path, reason="pending", owner="Dr A", due="2026-11-26"))[path]
    assert not today.late
    month = owed(**absent(path, reason="pending", owner="Dr A", due="2026-11"))[path]
    assert not month.late, "a month that has not ended may still bring it"


@pytest.mark.parametrize("reason", ["declined", "not_applicable"])
def test_a_refusal_is_an_answer_and_is_not_asked_for_again(reason: str) -> None:
    assert "organs.lvef_percent" in owed()
    assert "organs.lvef_percent" not in owed(**absent("organs.lvef_percent", reason=reason))


@pytest.mark.parametrize(("reason", "state"), [("not_done", "not done"), ("not_available", "not available")])
def test_what_was_not_done_is_still_owed_and_says_why(reason: str, state: str) -> None:
    path = "organs.lvef_percent"
    assert owed(**absent(path, reason=reason, note="scanner broken"))[path].state == f"{state} (scanner broken)"


def test_an_outstanding_item_goes_to_the_department_named_as_its_owner_until_it_is_done() -> None:
    item = {"what": "second reading of the MRI", "owner": "Radiology", "due": "2026-11-20"}
    found = owed(board={"outstanding": [item]})["board.outstanding: second reading of the MRI"]
    assert (found.department, found.due, found.late) == ("radiology", "20 Nov 2026", True)
    assert "board.outstanding: second reading of the MRI" not in owed(board={"outstanding": [{**item, "done": True}]})


def test_an_opinion_is_owed_until_the_discipline_was_heard() -> None:
    path = "board.disciplines.neurosurgery"
    assert owed()[path].state == "not yet asked"
    asked = {"discipline": "neurosurgery", "status": "pending", "by": "Dr N", "due": "2026-11-30"}
    found = owed(board={"disciplines": [asked]})[path]
    assert (found.state, found.owner, found.due, found.late) == ("asked", "Dr N", "30 Nov 2026", False)
    heard = {"discipline": "neurosurgery", "status": "heard", "day": "2026-11-20"}
    assert path not in owed(board={"disciplines": [heard]})


@pytest.mark.parametrize("stem", EXAMPLES)
def test_every_required_field_that_is_open_is_on_some_sheet(stem: str) -> None:
    case = load(FOLDER / f"{stem}.her2case")
    assessment = assess(case, release(), AS_OF)
    asked = {request.path for request in requests(case, assessment)}
    for gap in assessment.readiness.outstanding:
        one_by_one = gap.path in ("board.disciplines", "board.outstanding")
        assert one_by_one or gap.path in asked, gap.path


def test_the_opinion_of_a_discipline_with_its_own_name_is_asked_by_the_coordinator() -> None:
    entries = [
        {
            "discipline": "other",
            "discipline_name": "Cardiology",
            "status": "pending",
            "by": "Dr H",
            "due": "2026-11-30",
        },
        {"discipline": "obstetrics", "status": "pending"},
    ]
    found = owed(board={"disciplines": entries})
    cardiology, obstetrics = found["board.disciplines.other:Cardiology"], found["board.disciplines.obstetrics"]
    assert cardiology.what == "Opinion before whole-brain radiation (Cardiology)"
    assert (cardiology.department, cardiology.due) == ("coordinator", "30 Nov 2026")
    assert obstetrics.department == "obstetrics"
