"""The organs as facts."""

from typing import Any

import pytest
from support.strategies import case_of, read, value

from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Among, Span

YES, NO = Among.exactly(True), Among.exactly(False)


@pytest.mark.parametrize(
    ("recorded", "history", "grade"),
    [
        ({"organs.ild_history": True}, YES, Span(1, 5)),
        ({"organs.ild_history": False}, NO, Span(0, 0)),
        ({"organs.ild_grade": 2}, YES, Span(2, 2)),
        ({"organs.ild_grade": 0}, NO, Span(0, 0)),
        ({"organs.ild_history": True, "organs.ild_grade": 1}, YES, Span(1, 1)),
        ({}, None, None),
    ],
)
def test_ild_history_and_grade_complete_each_other(
    recorded: dict[str, Any], history: Among | None, grade: Span | None, library: EvidenceLibrary
) -> None:
    assert value("ild_history", recorded, library) == history
    assert value("ild_grade", recorded, library) == grade


def test_the_grade_is_beside_the_history(library: EvidenceLibrary) -> None:
    case = case_of({"organs.ild_history": True, "organs.ild_grade": 1})
    assert read("ild_history", case, library).shown == "yes, grade 1"
    assert read("ild_history", case_of({"organs.ild_history": False}), library).shown == "no"
