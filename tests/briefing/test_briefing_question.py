"""The question zone: the last decision, whether it was carried out, and who proposes whole-brain radiation."""

from typing import Any

import pytest
from support.pages import AS_OF, release

from her2board.assessment.assess import assess
from her2board.briefing.compose import compose
from her2board.briefing.requests import requests
from her2board.briefing.zones.question import QuestionZone
from her2board.case.edit import with_value
from her2board.case.model import Case
from her2board.case.needed import needs


def case_of(**meeting: Any) -> Case:
    case = Case(code="x")
    for name, value in meeting.items():
        case = with_value(case, f"meeting.{name}", value)
    return case


def said(**meeting: Any) -> str:
    case = case_of(**meeting)
    zone = compose(case, assess(case, release(), AS_OF), release()).get(QuestionZone)
    return "".join(run.text for run in zone.before)


def asked(**meeting: Any) -> list[str]:
    case = case_of(**meeting)
    return [
        one.question
        for one in requests(case, assess(case, release(), AS_OF))
        if "last_decision" in one.path or "proposed" in one.path
    ]


@pytest.mark.parametrize(
    ("meeting", "words"),
    [
        ({}, ""),
        (
            {"last_decision": "Radiosurgery."},
            "Last decision. Radiosurgery \N{EN DASH} whether it was carried out: not recorded.",
        ),
        (
            {"last_decision": "Radiosurgery", "last_decision_carried_out": "yes"},
            "Last decision. Radiosurgery \N{EN DASH} carried out.",
        ),
        (
            {"last_decision": "SRS", "last_decision_carried_out": "in_part", "last_decision_note": "one of two"},
            "Last decision. SRS \N{EN DASH} carried out in part (one of two).",
        ),
        (
            {"last_decision_carried_out": "no", "last_decision_note": "fever"},
            "Last decision. not recorded \N{EN DASH} not carried out (fever).",
        ),
        ({"wbrt_proposed": True}, "WBRT proposed by: not recorded."),
        ({"wbrt_proposed": False}, ""),
        (
            {"wbrt_proposed": True, "wbrt_proposed_by": "radiation oncology"},
            "WBRT proposed by: radiation oncology.",
        ),
    ],
)
def test_what_was_decided_last_and_who_proposes_is_said_as_recorded(meeting: dict[str, Any], words: str) -> None:
    assert said(**meeting) == words


def test_what_is_not_recorded_of_them_is_asked_and_nothing_else_is() -> None:
    carried_out, by = (
        "Was the last decision carried out?",
        "Which discipline or person proposes whole-brain radiotherapy?",
    )
    assert asked() == []
    assert asked(last_decision="SRS", wbrt_proposed=True) == [carried_out, by]
    assert asked(last_decision="SRS", last_decision_carried_out="no", wbrt_proposed=False) == []
    assert asked(wbrt_proposed=True, wbrt_proposed_by="Dr B") == []


def test_who_proposes_cannot_apply_only_once_it_is_recorded_as_not_proposed() -> None:
    assert "meeting.wbrt_proposed_by" in needs(case_of(wbrt_proposed=False)).excluded
    assert "meeting.wbrt_proposed_by" not in needs(case_of()).excluded
