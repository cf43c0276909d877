"""The review queue on the command line: what waits, for whom, and readings that a later change opens again."""

import json
from pathlib import Path

import pytest
from support.command_line import Run
from support.curated import curated_copy

FIGURE = "destiny-breast12/active-untreated/cns_response-measurable-cns-disease"
CHANGE = ("--because", "Corrected by the journal", "--as", "A. Writer", "--on", "2026-12-01")
AGREES = ("--agrees", "--on", "2026-12-02", "--as")


@pytest.fixture
def evidence(run: Run, tmp_path: Path) -> Run:
    release = curated_copy(tmp_path)
    return lambda *words: run("evidence", "--release", release, *words)


def test_a_changed_value_is_read_by_two_people_and_opened_again_by_the_next_change(evidence: Run) -> None:
    assert "0 values wait" in evidence("queue").out
    evidence("change", FIGURE, "value=82.5", *CHANGE)
    listed = evidence("queue").out
    for part in (f"trials/{FIGURE}: changed by A. Writer; waits for: two readers", "trials/destiny-breast12.yaml:"):
        assert part in listed
    for part in ("value: 82.5", "before: 82.6; because: Corrected by the journal", "1 value waits for readers"):
        assert part in listed
    first = evidence("read", FIGURE, *AGREES, "A. Writer")
    assert "waits for: one more reader" in first.out
    assert "value: 82.5" in first.out, "who agrees sees to what"
    again = evidence("read", FIGURE, *AGREES, "a. writer")
    assert (again.status, again.out) == (1, "")
    assert "it waits for somebody else" in again.err
    assert "0 values wait" in evidence("queue", "--as", "A. WRITER").out
    assert "0 values still wait" in evidence("read", "destiny-breast12", *AGREES, "B. Reader").out
    settled = evidence("read", FIGURE, *AGREES, "C. Reader")
    assert settled.status == 1
    assert "as in release 2026.11, or two people have read it" in settled.err
    evidence("change", FIGURE, "value=82.7", *CHANGE)
    (entry,) = json.loads(evidence("queue", "--json").out)
    assert (entry["value"], entry["readings"]) == (f"trials/{FIGURE}", [])


def test_a_reader_who_disagrees_keeps_a_value_waiting_and_says_why(evidence: Run) -> None:
    evidence("change", FIGURE, "value=82.5", *CHANGE)
    no_reason = evidence("read", FIGURE, "--disagrees", " ", "--as", "B. Reader")
    assert (no_reason.status, no_reason.out) == (1, "")
    evidence("read", FIGURE, "--disagrees", "table 2 says 82.6", "--as", "B. Reader", "--on", "2026-12-02")
    evidence("read", FIGURE, *AGREES, "C. Reader")
    evidence("read", FIGURE, *AGREES, "D. Reader")
    listed = evidence("queue").out
    assert "waits for: a change, or a second look by B. Reader" in listed
    assert "read on 2026-12-02 by B. Reader: disagrees: table 2 says 82.6" in listed


def test_a_reading_names_a_value_and_says_whether_it_agrees(evidence: Run) -> None:
    evidence("change", FIGURE, "value=82.5", *CHANGE)
    assert evidence("read", FIGURE, "--as", "B. Reader").status == 2
    mistyped = evidence("read", "destiny-breast12/active-untreated/cns_respons", *AGREES, "B. Reader")
    assert (mistyped.status, mistyped.out) == (1, "")
    assert "did you mean" in mistyped.err


def test_every_value_is_listed_with_its_address_and_release(evidence: Run) -> None:
    listed = evidence("values", "destiny-breast12", "cns_response").out.splitlines()
    assert f"trials/{FIGURE} (2026.11): CNS response 82.6 percent" in listed
