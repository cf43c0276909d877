"""The person as facts."""

from typing import Any

import pytest
from support.strategies import value

from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Among

YES, NO = Among.exactly(True), Among.exactly(False)


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ({"patient.pregnant": True}, YES),
        ({"patient.pregnant": False}, NO),
        ({"patient.menopause": "postmenopausal"}, NO),
        ({"patient.sex": "male"}, NO),
        ({"patient.menopause": "premenopausal", "patient.sex": "female"}, None),
    ],
)
def test_pregnancy_is_as_recorded_and_ruled_out_after_the_menopause_and_in_men(
    recorded: dict[str, Any], expected: Among | None, library: EvidenceLibrary
) -> None:
    assert value("pregnant", recorded, library) == expected
