"""What a case keeps when it is presented to the board again."""

import json
from typing import Any

from her2board import paths
from her2board.case.again import presented_again
from her2board.case.model import Case
from her2board.case.storage import load


def again(body: dict[str, Any]) -> Case:
    return presented_again(Case.model_validate_json(json.dumps({"code": "x", **body})))


def test_the_meeting_becomes_the_last_discussion_and_its_question_is_asked_anew() -> None:
    case = again({"status": "final", "meeting": {"date": "2026-11-24", "question": "q", "consultant": "Dr A"}})
    assert (str(case.meeting.last_discussed), case.meeting.date, case.meeting.question) == ("2026-11-24", None, None)
    assert (case.meeting.consultant, case.status) == ("Dr A", "draft")


def test_an_earlier_discussion_stays_where_the_meeting_had_no_date() -> None:
    assert str(again({"meeting": {"last_discussed": "2026-10"}}).meeting.last_discussed) == "2026-10"


def test_no_old_plan_and_no_old_opinion_is_carried_over() -> None:
    heard = {"discipline": "neurosurgery", "status": "heard", "day": "2026-11-20"}
    case = again({"board": {"disciplines": [heard], "decision": "radiosurgery", "decision_owner": "Dr A"}})
    assert (case.board.disciplines, case.board.decision, case.board.decision_owner) == ((), None, None)


def test_what_was_decided_becomes_the_last_decision_and_whether_it_was_carried_out_is_asked_anew() -> None:
    carried = {"last_decision": "MRI", "last_decision_carried_out": "yes", "last_decision_note": "in October"}
    case = again({"meeting": {"date": "2026-11-24", **carried}, "board": {"decision": "radiosurgery of two lesions"}})
    assert case.meeting.last_decision == "radiosurgery of two lesions"
    assert (case.meeting.last_decision_carried_out, case.meeting.last_decision_note) == (None, None)


def test_a_meeting_without_a_recorded_decision_leaves_no_older_one_as_its_own() -> None:
    assert again({"meeting": {"date": "2026-11-24", "last_decision": "MRI"}}).meeting.last_decision is None
    assert again({"meeting": {"last_decision": "MRI"}}).meeting.last_decision == "MRI"


def test_who_proposes_whole_brain_radiation_is_asked_anew() -> None:
    case = again({"meeting": {"wbrt_proposed": True, "wbrt_proposed_by": "radiation oncology"}})
    assert (case.meeting.wbrt_proposed, case.meeting.wbrt_proposed_by) == (None, None)


def test_recorded_urgency_stays_and_its_absence_is_asked_again() -> None:
    case = again({"urgency": {"mass_effect": True, "hydrocephalus": False, "recorded_by": "Dr A"}})
    assert (case.urgency.mass_effect, case.urgency.hydrocephalus) == (True, None)
    assert case.urgency.recorded_by == "Dr A"
    assert again({"urgency": {"urgent": False, "recorded_by": "Dr A"}}).urgency.recorded_by is None
    described = again({"urgency": {"note": "drowsy", "recorded_by": "Dr A"}}).urgency
    assert (described.note, described.recorded_by) == ("drowsy", "Dr A")


def test_what_was_brought_is_no_longer_outstanding() -> None:
    case = again({"board": {"outstanding": [{"what": "LVEF", "done": True}, {"what": "PIK3CA"}]}})
    assert [entry.what for entry in case.board.outstanding] == ["PIK3CA"]


def test_the_findings_of_a_whole_case_are_carried_over_with_their_dates() -> None:
    case = load(paths.example_case("b07-invented-complete"))
    new = presented_again(case)
    for part in ("code", "brain", "neurology", "tumour", "systemic", "organs", "access", "absences"):
        assert getattr(new, part) == getattr(case, part)
    assert new.patient == case.patient.model_copy(update={"age_on": case.meeting.date})
