"""What a source offers: values with their places, and what is never offered."""

import pytest
from msgspec.structs import replace

from her2board.capture.never import never_offered, why_never
from her2board.capture.proposal import Cell, Conflict, Element, Proposal, TextSpan, with_conflicts
from her2board.capture.typed import Candidate
from her2board.case.fields import case_fields, field_path


def _offered(field: str, value: object, place: int = 0) -> Proposal:
    return Proposal(field, value, "stated", "a-rule", (TextSpan(place, place + 3),), (str(value),))


def test_a_proposal_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        _offered("patient.ecog", 1).value = 2  # type: ignore[misc]  # reason: this is what must fail


def test_two_values_for_one_field_are_each_others_conflict() -> None:
    first, second, other = with_conflicts(
        (_offered("patient.ecog", 1), _offered("patient.ecog", 3, 9), _offered("patient.kps", 80))
    )
    assert first.conflicts == (Conflict(3, "3", TextSpan(9, 12)),)
    assert second.conflicts == (Conflict(1, "1", TextSpan(0, 3)),)
    assert other.conflicts == ()


def test_the_same_value_twice_and_two_entries_of_a_list_are_no_conflict() -> None:
    entries = (_offered("brain.lesions[]", {"site": "pons"}), _offered("brain.lesions[]", {"site": "frontal"}))
    same = (_offered("patient.ecog", 1), _offered("patient.ecog", 1, 9))
    assert not any(one.conflicts for one in with_conflicts((*entries, *same)))


def test_readings_are_values_of_which_none_is_preselected() -> None:
    readings = (Candidate("2025-02-11", "11 Feb 2025"), Candidate("2025-11-02", "2 Nov 2025"))
    one = Proposal("brain.imaging_date", None, "two_readings", "r", (Cell(2, "Date"),), ("2/11/2025",), "", readings)
    assert one.value is None
    assert one.values == ("2025-02-11", "2025-11-02")
    same = replace(one, value="2025-02-11", readings=(), sources=(Element("Observation/a"),))
    assert with_conflicts((one, same))[1].conflicts == (Conflict("2025-11-02", "2/11/2025", Cell(2, "Date")),)


def test_judgements_plans_and_names_are_never_offered() -> None:
    for field in ("brain.cns_class", "urgency.urgent", "identity.name", "patient.goals", "board.decision"):
        assert why_never(field), field
    for field in ("brain.lesions[]", "urgency.hydrocephalus", "patient.ecog", "systemic.lines[]"):
        assert why_never(field) == "", field


def test_every_path_that_is_never_offered_is_a_path_of_the_case() -> None:
    known = {field.path for field in case_fields()} | {field.section for field in case_fields()}
    assert {field_path(path) for path in never_offered()} <= known
