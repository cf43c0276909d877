"""What differs between two cases."""

from typing import Any

from her2board.case.differences import differences
from her2board.case.model import Case


def case(body: dict[str, Any]) -> Case:
    import json

    return Case.model_validate_json(json.dumps({"code": "x", **body}))


def found(before: dict[str, Any], after: dict[str, Any]) -> list[tuple]:
    return [(d.field.path, d.entry, d.absence, d.before, d.after) for d in differences(case(before), case(after))]


def test_equal_cases_differ_in_nothing() -> None:
    body = {"patient": {"age": 50}, "board": {"disciplines": [{"discipline": "pathology", "status": "heard"}]}}
    assert found(body, body) == []


def test_a_value_recorded_and_one_made_not_recorded_differ() -> None:
    assert found({"patient": {"age": 50}}, {"patient": {"ecog": 0}}) == [
        ("patient.age", None, False, 50, None),
        ("patient.ecog", None, False, None, 0),
    ]


def test_an_added_entry_and_the_completeness_of_its_list_are_distinguished() -> None:
    after = {"brain": {"lesions": {"completeness": "partial", "items": [{"site": "a"}, {"site": "b"}]}}}
    before = {"brain": {"lesions": {"completeness": "complete", "items": [{"site": "a"}]}}}
    assert found(before, after) == [
        ("brain.lesions", None, False, {"completeness": "complete"}, {"completeness": "partial"}),
        ("brain.lesions", 2, False, None, {"site": "b"}),
    ]


def test_an_entry_of_a_plain_list_differs_by_its_number() -> None:
    before = {"board": {"outstanding": [{"what": "LVEF"}]}}
    after = {"board": {"outstanding": [{"what": "LVEF", "owner": "Dr A"}]}}
    assert found(before, after) == [
        ("board.outstanding", 1, False, {"what": "LVEF"}, {"what": "LVEF", "owner": "Dr A"}),
    ]


def test_a_reason_for_absence_differs_from_none() -> None:
    after = {"absences": {"patient.ecog": {"reason": "pending", "owner": "Dr A"}}}
    assert found({}, after) == [("patient.ecog", None, True, None, {"reason": "pending", "owner": "Dr A"})]
