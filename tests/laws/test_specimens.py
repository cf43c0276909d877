"""What one specimen may report, every combination of it: erasing a value of it never says more."""

from itertools import product
from typing import Any

import pytest
from support.releases import release
from support.strategies import case_of, specimens

from her2board.case.contradictions import contradictions
from her2board.case.model import Specimen
from her2board.case.receptors import specimen_her2

LIBRARY = release()
DOMAIN: dict[str, tuple[Any, ...]] = {
    "her2_tested": (None, True, False),
    "her2_stated": (None, "positive", "low", "ultralow", "negative"),
    "ish": (None, "positive", "negative", "equivocal"),
    "ish_ratio": (None, 1.5, 2.5),
    "her2_copies": (None, 3.0, 5.0, 7.0),
}


@pytest.mark.parametrize("ihc", [None, "0", "ultralow", "1+", "2+", "3+"])
def test_erasing_a_value_of_a_specimen_that_does_not_contradict_itself_only_opens(ihc: str | None) -> None:
    seen = 0
    for values in product(*DOMAIN.values()):
        report = {"ihc": ihc, **dict(zip(DOMAIN, values, strict=True))}
        recorded = {name: value for name, value in report.items() if value is not None}
        if contradictions(case_of(specimens(recorded)), LIBRARY.vocabulary):
            continue
        seen += 1
        before = specimen_her2(Specimen(**recorded))
        for name in recorded:
            if "her2_stated" in recorded and name in ("ihc", "ish", "ish_ratio", "her2_copies"):
                continue  # an assay outranks a letter, so without the assay the letter counts
            after = specimen_her2(Specimen(**{**recorded, name: None}))
            found = (recorded, name, before, after)
            if not after:  # open; or without a result, which lets an older specimen decide and must not come late
                assert after is None or after == before, found
            else:
                assert before, found
                assert after >= before, found
    assert seen > 30
