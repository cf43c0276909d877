"""The command 'capture': JSON and readable lines of what a report offers."""

import io
import json
import sys
from pathlib import Path

import pytest
from support.command_line import Run

REPORT = """MRI of the brain with and without contrast, 14 March 2025.
Compared with 10 December 2024.
There are two enhancing lesions. The largest, in the right frontal lobe, measures 17 x 12 mm (previously 9 mm).
A 6 mm lesion in the left cerebellar hemisphere is new. No hydrocephalus. Marked midline shift.
Conclusion: progression.
"""


def test_every_value_is_printed_with_its_words_and_their_place(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    found = json.loads(run("capture", path, "--kind", "brain_mri", "--json").out)
    assert set(found) >= {"proposals", "seen_not_offered"}
    for row in found["proposals"]:
        assert set(row) == {"field", "value", "quote", "start", "end", "class", "rule"}
        assert REPORT[row["start"] : row["end"]] == row["quote"]
    values = {(row["field"], json.dumps(row["value"])) for row in found["proposals"]}
    assert ("brain.imaging_date", '"2025-03-14"') in values
    assert ("brain.comparison_date", '"2024-12-10"') in values
    assert ("brain.largest_mm", "17") in values
    lesions = [row["value"] for row in found["proposals"] if row["field"] == "brain.lesions[]"]
    assert {"site": "left cerebellar hemisphere", "diameter_mm": 6, "state": "new"} in lesions
    assert not any(row["field"].startswith("brain.cns_class") for row in found["proposals"])


def test_a_text_from_standard_input_is_read_and_its_kind_suggested(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode())))
    shown = run("capture", "-").out
    assert shown.startswith("read as: brain mri")
    assert "read this first: Marked midline shift." in shown
    assert "urgency.hydrocephalus: no" in shown


def test_what_is_no_report_offers_nothing_and_says_how_to_name_it(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "licence.txt"
    path.write_text("Permission is granted to use 3 copies of this software.", encoding="utf-8")
    done = run("capture", path, "--json")
    assert done.status == 1
    assert json.loads(done.out)["proposals"] == []
    assert "--kind" in done.err


def test_a_text_that_cannot_be_read_is_reported_with_its_name(run: Run, tmp_path: Path) -> None:
    done = run("capture", tmp_path / "none.txt")
    assert done.status != 0
    assert "none.txt" in done.err


def test_what_is_not_read_is_printed_before_what_is_offered(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(REPORT + "The left frontal lesion has grown and " * 40, encoding="utf-8")
    [row] = json.loads(run("capture", path, "--kind", "brain_mri", "--json").out)["not_read"]
    assert row["because"] == "this sentence was not read: it has more than 1,200 characters"
    assert row["quote"].startswith("The left frontal lesion has grown")
    shown = run("capture", path, "--kind", "brain_mri").out
    assert shown.index(row["because"]) < shown.index("brain.imaging_date")


def test_a_text_of_several_patients_says_so_once_with_the_words_that_show_it(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "board.txt"
    path.write_text("Board 14/01/2026\nCase 1: 60F, ECOG 2.\nCase 2: 51F, ECOG 0, LVEF 58%.\n", encoding="utf-8")
    rows = json.loads(run("capture", path, "--kind", "board_note", "--json").out)["not_read"]
    assert [row["quote"] for row in rows] == ["Case 1: 60F, ECOG 2.", "Case 2: 51F, ECOG 0, LVEF 58%."]
    shown = run("capture", path, "--kind", "board_note").out
    assert shown.count("! the text is of more than one patient") == 1
    assert "Case 2: 51F" in shown
    assert "patient.ecog" not in shown


def test_more_than_is_read_of_standard_input_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode() * 4_000)))
    done = run("capture", "-", "--kind", "brain_mri")
    assert (done.status != 0, done.out) == (True, "")
    assert "more than 1,000,000 bytes" in done.err
