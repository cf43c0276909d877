"""Lines of metastatic therapy, counted as a breast oncologist counts them."""

from pathlib import Path
from typing import Any

import pytest
from support.worked import Located, entries

from her2board.case.line_count import count_lines
from her2board.case.model import SystemicLine
from her2board.evidence.library import EvidenceLibrary

HISTORIES = entries(Path(__file__).parent / "histories" / "lines.yaml")
IN_ANY_ORDER = [history for history in HISTORIES if not any("continues" in row for row in history["rows"])]
"""Without those in which a row is marked as continuing the one before it."""
MORE = {"best": "best_response", "in": "progressed_in", "continues": "continues_line"}


def line_of(text: str) -> SystemicLine:
    """Return the row that one line of a history describes."""
    cells = [cell.strip() for cell in f"{text} |||||".split("|")]
    drugs, setting, start, stop, end, more = cells[:6]
    body: dict[str, Any] = {"setting": setting, "start": start, "stop": stop}
    body["drugs"] = tuple(name.strip() for name in drugs.split(",")) if drugs else None
    body["ongoing" if end == "ongoing" else "reason_stopped"] = True if end == "ongoing" else end
    for word in more.split():
        name, _, value = word.partition("=")
        body[MORE.get(name, name)] = int(value) if value.isdigit() else value or True
    return SystemicLine.model_validate({name: value for name, value in body.items() if value not in ("", None)})


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history.where)
def test_a_history_has_the_number_of_lines_an_oncologist_counts(history: Located, library: EvidenceLibrary) -> None:
    found = count_lines([line_of(row) for row in history["rows"]], library.vocabulary)
    assert found.words == history["count"], (found.merged, found.open)


@pytest.mark.parametrize("history", IN_ANY_ORDER, ids=lambda history: history.where)
def test_the_count_does_not_depend_on_the_order_of_the_rows(history: Located, library: EvidenceLibrary) -> None:
    lines = [line_of(row) for row in history["rows"]]
    found, turned = (count_lines(some, library.vocabulary) for some in (lines, lines[::-1]))
    assert (turned.low, turned.high) == (found.low, found.high)


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history.where)
def test_an_open_count_says_what_would_make_it_exact(history: Located, library: EvidenceLibrary) -> None:
    found = count_lines([line_of(row) for row in history["rows"]], library.vocabulary)
    assert bool(found.open) == (found.low != found.high)
