"""Symptoms and steroid as facts."""

from typing import Any

import pytest
from support.strategies import value

from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Among, Span, Value

YES, NO = Among.exactly(True), Among.exactly(False)


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ({"neurology.trend": "worsening"}, NO),
        ({"neurology.trend": "stable", "neurology.symptoms_present": True}, YES),
        ({"neurology.trend": "improving"}, YES),
        ({"neurology.symptoms_present": False}, YES),
        ({"neurology.symptoms_present": True}, None),
        ({}, None),
    ],
)
def test_neurological_stability_follows_trend_and_symptoms(
    recorded: dict[str, Any], expected: Value | None, library: EvidenceLibrary
) -> None:
    assert value("neurologically_stable", recorded, library) == expected


@pytest.mark.parametrize(
    ("recorded", "dose", "given"),
    [
        ({"neurology.dexamethasone_mg": 4.0}, Span(4, 4), YES),
        ({"neurology.dexamethasone_mg": 0.0}, Span(0, 0), NO),
        ({"neurology.steroid_given": False}, Span(0, 0), NO),
        ({"neurology.steroid_given": True}, Span(0, None), YES),
        ({"neurology.steroid_given": True, "neurology.dexamethasone_mg": 4.0}, Span(4, 4), YES),
        ({}, None, None),
    ],
)
def test_steroid_and_dose_complete_each_other(
    recorded: dict[str, Any], dose: Span | None, given: Among | None, library: EvidenceLibrary
) -> None:
    assert value("dexamethasone_mg", recorded, library) == dose
    assert value("steroid_given", recorded, library) == given
