"""A case file of version 1 opens, says what it said, and says what is read otherwise now.

HER2BOARD_PAGES=10000 tries that many generated cases ('make soak').
"""

import json
import os
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from support.generated import mixture
from support.pages import EXAMPLES, FOLDER
from support.releases import release
from support.strategies import case_of, full_case, lines, specimens
from support.version_1 import as_version_1, schema_1
from support.worked import documents

from her2board.assessment.assess import assess
from her2board.assessment.export import to_json
from her2board.case.edit import with_value
from her2board.case.migrations import CURRENT, STEPS
from her2board.case.model import Case, Millimetres
from her2board.case.read_anew import read_anew
from her2board.case.storage import Stored, dump, load, parse, parse_stored

AS_OF = date(2026, 11, 26)
WORKED = Path(__file__).parents[2] / "worked_cases"
GENERATED = int(os.environ.get("HER2BOARD_PAGES", "300"))


def reopened(case: Case) -> Stored:
    """Return a case through a file of version 1 and back."""
    return parse_stored(as_version_1(case))


def remarks(recorded: dict[str, Any]) -> tuple[str, ...]:
    return read_anew(reopened(case_of(recorded)), release().vocabulary)


@cache
def worked() -> tuple[Case, ...]:
    found = [
        entry["record"] for path in sorted(WORKED.glob("*.yaml")) for entry in documents(path) if "record" in entry
    ]
    return tuple(map(case_of, found))


def said(case: Case) -> Any:
    return to_json(assess(case, release(), AS_OF), release())


def test_each_version_but_the_current_one_has_a_step() -> None:
    assert sorted(STEPS) == list(range(1, CURRENT))


@pytest.mark.parametrize("stem", EXAMPLES)
def test_an_example_of_version_1_is_the_same_case_and_assesses_alike(stem: str) -> None:
    case = with_value(load(FOLDER / f"{stem}.her2case"), "meeting.wbrt_proposed_by", None)  # it had no place for it
    old = reopened(case)
    assert (old.version, old.old) == (1, True)
    assert old.case == case
    assert said(old.case) == said(case)


def test_every_worked_case_of_version_1_is_the_same_case_and_assesses_alike() -> None:
    assert len(worked()) > 4
    for case in worked():
        assert reopened(case).case == case
        assert said(reopened(case).case) == said(case)


@pytest.mark.parametrize("first", range(0, GENERATED, 100))
def test_a_hundred_generated_files_of_version_1_open_and_say_the_same(first: int) -> None:
    for number in range(first, first + 100):
        text = as_version_1(mixture(number))
        case = parse(text)
        assert json.loads(as_version_1(case)) == json.loads(text), "nothing of it is lost"
        again = parse(dump(case))
        assert again == case
    assert said(again) == said(case)


def test_a_full_file_of_version_1_fills_every_place_it_had() -> None:
    full = full_case()
    exact = full.brain.model_copy(update={"largest_mm": Millimetres.exactly(12)})  # version 1 had no ranges of sizes
    body = json.loads(as_version_1(full.model_copy(update={"brain": exact})))["case"]
    definitions, places = schema_1()["$defs"], schema_1()["properties"]["case"]["properties"]
    for name in ("patient", "brain", "tumour", "systemic", "organs", "board", "neurology", "meeting", "urgency"):
        there = set(definitions[places[name]["$ref"].rpartition("/")[2]]["properties"])
        assert there - set(body[name]) <= {"largest_mm"}, "a size that is a range had no place"


def test_a_current_file_is_not_remarked_on() -> None:
    case = case_of(lines({"drugs": ["T-DXd (?)"], "setting": "metastatic"}))
    assert read_anew(parse_stored(dump(case)), release().vocabulary) == ()


def test_a_file_that_is_read_as_before_is_not_remarked_on() -> None:
    row = {"drugs": ["trastuzumab", "pertuzumab"], "setting": "metastatic", "start": "2024-03"}
    result = {"ihc": "3+", "her2_stated": "positive", "er": "positive", "pr": "negative"}
    assert remarks({**lines(row), **specimens(result)}) == ()


def test_rows_that_are_one_line_now_are_named_with_both_counts() -> None:
    rows = [{"drugs": [drug], "setting": "metastatic", "start": "2024-03-20"} for drug in ("docetaxel", "trastuzumab")]
    (remark,) = remarks(lines(*rows))
    assert remark.startswith("lines of metastatic therapy: 2 by rows, now 1: rows 1, 2 are one line")


def test_a_supportive_drug_is_no_line_now() -> None:
    rows = [{"drugs": [drug], "setting": "metastatic", "start": "2024"} for drug in ("T-DXd", "dexamethasone")]
    assert "2 by rows, now 1: supportive drugs" in remarks(lines(*rows))[0]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Trastuzumab デルクステカン", "was read as trastuzumab; it is not a known name now, nothing follows from it"),
        ("T-DXd (?)", "was read as T-DXd; it is not a known name now"),
        ("Enhertu 5.4 mg/kg q3w", "was not a known name; it is read as T-DXd"),
    ],
)
def test_a_drug_name_that_means_something_else_now_is_named(name: str, words: str) -> None:
    found = remarks(lines({"drugs": [name], "setting": "metastatic", "start": "2024"}))
    assert f"'{name}' {words}" in found[0]


def test_a_name_in_the_grid_of_drugs_given_is_remarked_on_too() -> None:
    assert "'Enhertu?' was read as T-DXd" in remarks({"systemic.exposure": {"Enhertu?": {"ever": True}}})[0]


@pytest.mark.parametrize(
    ("specimen", "words"),
    [
        (
            {"her2_stated": "positive", "ihc": "1+"},
            "specimen 1: HER2 stated as positive counted as positive; the assay (IHC 1+) counts: open",
        ),
        ({"her2_stated": "positive", "ihc": "2+"}, "the assay (IHC 2+, ISH not recorded) counts: open"),
        ({"her2_stated": "negative", "ihc": "3+"}, "counted as positive; the assay (IHC 3+) counts: open"),
    ],
)
def test_a_statement_that_an_assay_outranks_now_is_named(specimen: dict[str, Any], words: str) -> None:
    assert words in remarks(specimens(specimen))[0]


def test_hormone_receptors_that_a_later_specimen_no_longer_erases_are_named() -> None:
    early = {"day": "2020", "er": "positive", "pr": "negative"}
    (remark,) = remarks(specimens(early, {"day": "2025", "ihc": "3+"}))
    assert "left them open; now positive" in remark


def test_hormone_receptors_of_one_specimen_are_read_as_before() -> None:
    assert remarks(specimens({"er": "positive", "ihc": "3+"})) == ()
    assert remarks(specimens({"ihc": "3+"})) == ()


def test_an_age_that_may_be_an_old_one_is_asked_again() -> None:
    known = {"patient.age": 52, "meeting.date": "2028-03-01"}
    (remark,) = remarks({**known, "organs.lvef_date": "2026-11-19"})
    assert remark.startswith("age 52: the day it was recorded is not known, nothing here is newer than 19 Nov 2026")
    assert remarks({**known, "organs.lvef_date": "2027-11-19"}) == ()
    assert remarks(known) == ()
