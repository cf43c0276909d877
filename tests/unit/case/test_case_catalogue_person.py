"""The person as facts."""

from typing import Any

import pytest
from support.strategies import AS_OF, case_of, read, value

from her2board.case.again import presented_again
from her2board.case.dates import PartialDate
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Among, Span

YES, NO = Among.exactly(True), Among.exactly(False)


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ({"patient.pregnant": True}, YES),
        ({"patient.trimester": "second"}, YES),
        ({"patient.trimester": "second", "patient.sex": "female"}, YES),
        ({"patient.pregnant": False}, NO),
        ({"patient.menopause": "postmenopausal"}, NO),
        ({"patient.sex": "male"}, NO),
        ({"patient.child_bearing": False}, NO),
        ({"patient.child_bearing": True}, None),
        ({"patient.menopause": "premenopausal", "patient.sex": "female"}, None),
    ],
)
def test_pregnancy_is_as_recorded_and_ruled_out_after_the_menopause_and_in_men(
    recorded: dict[str, Any], expected: Among | None, library: EvidenceLibrary
) -> None:
    assert value("pregnant", recorded, library) == expected


AGE, ON, BORN = "patient.age", "patient.age_on", "patient.birth_year"


@pytest.mark.parametrize(
    ("recorded", "expected", "words"),
    [
        ({AGE: 52}, Span(52, 52), "52 years"),
        ({AGE: 52, ON: "2024"}, Span(52, 52), "52 years (2024)"),
        ({BORN: 1972}, Span(53, 54), "53 or 54 years (born 1972)"),
        ({BORN: 2026}, Span(0, 0), "0 years (born 2026)"),
        ({BORN: 1972, AGE: 54, ON: "2026-10-01"}, Span(54, 54), "54 years (born 1972)"),
        ({BORN: 1972, AGE: 54}, Span(53, 54), "53 or 54 years (born 1972)"),
        ({BORN: 1972, AGE: 52, ON: "2025-01"}, Span(53, 54), "53 or 54 years (born 1972)"),
        ({BORN: 1972, AGE: 53, ON: "2025-11-19"}, Span(53, 54), "53 or 54 years (born 1972)"),
        ({BORN: 1972, AGE: 53, ON: "2025-11-20"}, Span(53, 53), "53 years (born 1972)"),
        ({BORN: 1972, AGE: 60, ON: "2026-10-01"}, Span(53, 54), "53 or 54 years (born 1972)"),
    ],
)
def test_the_age_is_that_of_the_discussion_where_the_year_of_birth_is_known(
    recorded: dict[str, Any], expected: Span, words: str, library: EvidenceLibrary
) -> None:
    found = read("age", case_of(recorded), library, AS_OF)
    assert (found.value, found.shown) == (expected, words)


def test_the_age_of_the_discussion_before_is_dated_by_it_when_the_case_is_presented_again() -> None:
    case = case_of({AGE: 52, "meeting.date": "2025-03-01"})
    assert presented_again(case).patient.age_on == PartialDate.parse("2025-03-01")
    dated = case_of({AGE: 52, ON: "2025-02-01", "meeting.date": "2025-03-01"})
    assert presented_again(dated).patient.age_on == PartialDate.parse("2025-02-01")
    assert presented_again(case_of({AGE: 52})).patient.age_on is None


def test_performance_in_words_is_no_score(library: EvidenceLibrary) -> None:
    case = case_of({"patient.performance_words": "fully active"})
    assert read("ecog", case, library).value is None
    assert read("kps", case, library).value is None
