"""What a person recorded as urgent, as facts."""

import pytest
from support.strategies import case_of, read, value

from her2board.case.terms import URGENT_SIGNS
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Among

YES, NO = Among.exactly(True), Among.exactly(False)


@pytest.mark.parametrize("sign", URGENT_SIGNS)
def test_any_recorded_sign_is_urgency_and_one_of_the_brain_needs_local_therapy(
    sign: str, library: EvidenceLibrary
) -> None:
    recorded = {f"urgency.{sign}": True}
    assert value("urgency", recorded, library) == YES
    of_the_brain = sign not in ("urgent", "cord_compression")
    assert value("immediate_local_therapy", recorded, library) == (YES if of_the_brain else None)


def test_a_note_alone_is_urgency_in_words_and_leaves_immediate_therapy_open(library: EvidenceLibrary) -> None:
    described = {"urgency.note": "Drowsy since this morning"}
    reading = read("urgency", case_of(described), library)
    assert (reading.value, reading.shown) == (YES, "urgent, in words")
    assert value("immediate_local_therapy", described, library) is None
    signed = read("urgency", case_of({**described, "urgency.hydrocephalus": True}), library)
    assert signed.shown == "Hydrocephalus"


def test_no_urgency_needs_every_sign_recorded_as_absent(library: EvidenceLibrary) -> None:
    absent = {f"urgency.{sign}": False for sign in URGENT_SIGNS}
    assert value("urgency", absent, library) == NO
    assert value("immediate_local_therapy", absent, library) is None
    del absent["urgency.hydrocephalus"]
    reading = read("urgency", case_of(absent), library)
    assert (reading.value, reading.why) == (None, "not every urgent sign is recorded")


@pytest.mark.parametrize("needed", [True, False])
def test_the_need_of_local_therapy_is_as_recorded_without_urgency(needed: bool, library: EvidenceLibrary) -> None:
    expected = Among.exactly(needed)
    assert value("immediate_local_therapy", {"urgency.immediate_local_therapy": needed}, library) == expected


def test_symptoms_alone_are_no_urgency(library: EvidenceLibrary) -> None:
    symptomatic = {"neurology.symptoms_present": True, "neurology.trend": "worsening"}
    assert value("urgency", symptomatic, library) is None
