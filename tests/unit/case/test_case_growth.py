"""How a lesion grew, computed between the sizes whose days can be put in order."""

import json
from typing import Any

import pytest
from support.strategies import case_of, listed

from her2board.case.growth import growth
from her2board.case.storage import dump, parse


def steps(now: Any, *earlier: dict[str, Any], imaged: str | None = None) -> list[str]:
    lesion = {"diameter_mm": now, "earlier_sizes": [*earlier]}
    case = case_of({"brain.lesions": listed(lesion), **({"brain.imaging_date": imaged} if imaged else {})})
    return [step.words for step in growth(case, case.brain.lesions.items[0])]


OCTOBER, JANUARY = {"mm": 8.0, "day": "2025-10"}, {"mm": 12.0, "day": "2026-01"}


@pytest.mark.parametrize(
    ("now", "earlier", "words"),
    [
        (16.0, [JANUARY], ["+4 mm (+33 %) since Jan 2026"]),
        (16.0, [JANUARY, OCTOBER], ["+4 mm (+33 %) since Jan 2026", "+8 mm (+100 %) since Oct 2025"]),
        (9.0, [JANUARY], ["-3 mm (-25 %) since Jan 2026"]),
        (12.0, [JANUARY], ["+0 mm (+0 %) since Jan 2026"]),
        ({"low": 12.0, "high": 15.0}, [OCTOBER], ["+4 to +7 mm since Oct 2025"]),
        ({"high": 10.0}, [OCTOBER], []),
        (16.0, [{"mm": 12.0}], []),
        (16.0, [{"day": "2026-01"}], []),
        (16.0, [JANUARY, {"mm": 10.0, "day": "2026"}], []),
        (16.0, [{"mm": 0.0, "day": "2026-01"}], ["+16 mm since Jan 2026"]),
    ],
)
def test_growth_is_computed_between_dated_sizes_only(now: Any, earlier: list[dict[str, Any]], words: list[str]) -> None:
    assert steps(now, *earlier) == words


def test_a_size_dated_after_the_imaging_gives_no_growth() -> None:
    assert steps(16.0, JANUARY, imaged="2025-12-01") == []
    assert steps(16.0, JANUARY, imaged="2026-02-01") == ["+4 mm (+33 %) since Jan 2026"]


def test_a_file_with_one_earlier_size_in_fields_of_its_own_is_read_as_a_list_of_one() -> None:
    document = json.loads(dump(case_of({"brain.lesions": listed({"site": "pons"}, {"site": "frontal"})})))
    first, second = document["case"]["brain"]["lesions"]["items"]
    first |= {"earlier_mm": 8.0, "earlier_on": "2025-10"}
    second |= {"earlier_on": "2026-01"}
    found = parse(json.dumps(document)).brain.lesions.items
    assert [size.shown() for lesion in found for size in lesion.earlier_sizes or ()] == ["8 mm, Oct 2025", "Jan 2026"]
    assert [lesion.site for lesion in found] == ["pons", "frontal"]
