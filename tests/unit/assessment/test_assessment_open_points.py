"""What is open before the meeting."""

from datetime import date

import pytest

from her2board.assessment.assess import assess
from her2board.assessment.model import Gap
from her2board.assessment.open_points import OpenPoints, open_points, waiting
from her2board.case.model import Case

DAY = date(2026, 11, 26)


def case(**body) -> Case:
    import json

    return Case.model_validate_json(json.dumps({"code": "X", **body}))


def test_every_kind_of_open_point_leads_to_its_field(library) -> None:
    found = open_points(
        assess(
            case(
                brain={"imaging_date": "2026-01-02"},
                neurology={"symptoms_present": False, "trend": "worsening"},
                board={"disciplines": [{"discipline": "neurosurgery", "status": "pending", "by": "Dr B"}]},
            ),
            library,
            DAY,
        )
    )
    assert "meeting.date" in {gap.path for gap in found.needed}
    assert [gap.path for gap in found.stale] == ["brain.imaging_date"]
    assert [gap.path for gap in found.contradicted if "yet worsening" in gap.label] == ["neurology.symptoms_present"]
    assert {gap.path for gap in found.unheard} == {"board.disciplines"}
    assert any(gap.label == "Neurosurgery" and "Dr B" in gap.words for gap in found.unheard)
    assert {gap.words for gap in (*found.needed, *found.contradicted)} == {""}, "the label says it all"
    assert not found.none


@pytest.mark.parametrize("said", [{}, {"status": "pending"}, {"status": "pending", "due": "2026-11-02"}])
def test_whoever_was_not_asked_or_has_not_answered_is_not_heard(said: dict[str, str], library) -> None:
    entries = [{"discipline": "neurosurgery", **said}] if said else []
    found = open_points(assess(case(board={"disciplines": entries}), library, DAY))
    assert "Neurosurgery" in {gap.label for gap in found.unheard}


def test_what_is_asked_for_is_listed_by_its_last_possible_day() -> None:
    found = waiting(
        case(
            absences={
                "organs.lvef_percent": {"reason": "pending", "owner": "cardiology"},
                "patient.ecog": {"reason": "pending", "due": "2026-11-20", "note": "by phone"},
                "patient.age": {"reason": "declined"},
            },
            board={
                "outstanding": [
                    {"what": "MRI report", "owner": "Dr C", "due": "2026-11"},
                    {"what": "old letter", "done": True},
                    {"what": "biopsy", "due": ">2026-11-28"},
                ]
            },
        ),
        DAY,
    )
    assert [entry.label for entry in found][:2] == ["ECOG", "MRI report"]
    assert [entry.late for entry in found] == [True, False, False, False]
    assert [(entry.path, entry.owner, entry.due, entry.note) for entry in found] == [
        ("patient.ecog", "", "20 Nov 2026", "by phone"),
        ("board.outstanding", "Dr C", "Nov 2026", ""),
        ("organs.lvef_percent", "cardiology", "", ""),
        ("board.outstanding", "", "after 28 Nov 2026", ""),
    ]


def test_what_is_due_on_the_day_of_the_discussion_is_not_late() -> None:
    for due, late in (("2026-11-26", False), ("2026-11-25", True)):
        (found,) = waiting(case(absences={"patient.ecog": {"reason": "pending", "due": due}}), DAY)
        assert found.late is late


def test_who_was_heard_or_is_not_needed_does_not_stand_open(library) -> None:
    said = [
        {"discipline": name, "status": status}
        for name, status in (
            ("neurosurgery", "heard"),
            ("medical_oncology", "not_needed"),
            ("neuroradiology", "unavailable"),
        )
    ]
    found = open_points(assess(case(board={"disciplines": said}), library, DAY))
    labels = {gap.label for gap in found.unheard}
    assert not labels & {"Neurosurgery", "Medical oncology"}
    assert {item.label for item in library.pause.disciplines if item.discipline == "neuroradiology"} <= labels
    assert all(gap.label and gap.words for gap in found.unheard)


def test_any_one_kind_of_open_point_keeps_a_case_from_having_none() -> None:
    kinds = ("needed", "stale", "contradicted", "unheard")
    nothing = dict.fromkeys(kinds, ())
    assert OpenPoints(**nothing).none is True
    for kind in kinds:
        assert OpenPoints(**{**nothing, kind: (Gap("patient.ecog", "ECOG", ""),)}).none is False


def test_what_is_asked_of_a_field_that_no_longer_exists_is_kept_under_its_path() -> None:
    (found,) = waiting(case(absences={"patient.shoe_size": {"reason": "pending"}}), DAY)
    assert (found.path, found.label) == ("patient.shoe_size", "patient.shoe_size")
