"""The evidence on the command line: checked, listed, shown, and every value with its reference."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.pages import FOLDER

from her2board.evidence.library import EvidenceLibrary

Run = Callable[..., Any]


def test_evidence_check_says_what_was_checked(run: Run) -> None:
    done = run("evidence", "check")
    assert done.status == 0
    assert "no problems" in done.out
    assert "cohorts" in done.out


def test_evidence_check_reports_every_problem_of_a_broken_release_with_file_and_line(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "evidence"
    shutil.copytree(FOLDER.parent.parent / "evidence", broken)
    for name, old, new in (
        ("trials/debbrah.yaml", "id: debbrah\n", "id: debbrah\nwrong_key: 1\n"),
        ("trials/permeate.yaml", "id: permeate\n", "id: permeate\nid: permeate\n"),
    ):
        path = broken / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = run("evidence", "--release", broken, "check")
    assert done.status == 1
    assert done.out == ""
    for part in ("2 problems;", "trials/debbrah.yaml:", "wrong_key", "trials/permeate.yaml:", "duplicate"):
        assert part in done.err


def test_evidence_of_a_folder_that_is_not_there_is_reported(run: Run, tmp_path: Path) -> None:
    done = run("evidence", "--release", tmp_path / "none", "check")
    assert done.status == 1
    assert str(tmp_path / "none") in done.err


def test_evidence_list_names_every_trial_and_cohort_of_the_issue(run: Run) -> None:
    out = run("evidence", "list").out
    for id_ in ("destiny-breast12/active-untreated", "her2climb/stable", "debbrah/cohort-5", "tuxedo-1", "kamilla"):
        assert f"{id_}: " in out


def test_evidence_show_prints_criteria_and_values_with_their_references(run: Run) -> None:
    done = run("evidence", "show", "destiny-breast12")
    assert done.status == 0
    assert "active-untreated" in done.out
    assert "Harbeck 2024" in done.out


@pytest.mark.parametrize(("id_", "meant"), [("debrah", "debbrah"), ("destiny-breast99", "destiny-breast09")])
def test_evidence_show_of_a_mistyped_id_names_what_was_probably_meant(id_: str, meant: str, run: Run) -> None:
    done = run("evidence", "show", id_)
    assert (done.status, done.out) == (1, "")
    assert f"no trial has the id '{id_}'; did you mean '{meant}'" in done.err


def test_evidence_show_of_an_unknown_id_names_the_known_ones(run: Run) -> None:
    done = run("evidence", "show", "nothing-like-it")
    assert done.status == 1
    assert "known: " in done.err
    assert "destiny-breast12" in done.err


@pytest.mark.parametrize(
    ("name", "meant"), [("tucatanib", "tucatinib"), ("ENHERTO", "Enhertu"), ("her2-tk", "her2_tki")]
)
def test_a_mistyped_drug_names_what_was_probably_meant(name: str, meant: str, run: Run) -> None:
    done = run("evidence", "list", "--drug", name)
    assert (done.status, done.out) == (1, "")
    assert f"'{name}' is not a known drug or class name; did you mean '{meant}'" in done.err


def test_every_figure_has_a_reference_and_a_place_in_it(run: Run) -> None:
    rows = json.loads(run("evidence", "figures", "--json").out)
    assert len(rows) > 100
    for row in rows:
        assert row["reference"], row
        assert row["locator"].strip(), row
        assert row["read_in"] in (
            "primary_abstract",
            "full_text",
            "registry",
            "label",
            "guideline",
            "secondary_report",
            "program",
        )
        assert (row["value"] is None) == bool(row["not_reached"])


def test_figures_in_words_have_one_line_for_each_value(run: Run) -> None:
    rows = json.loads(run("evidence", "figures", "--json").out)
    lines = run("evidence", "figures").out.splitlines()
    assert len(lines) == len(rows)
    assert all(line.endswith("]") for line in lines)


def test_facts_lists_every_name_with_type_choices_unit_place_and_rule(run: Run, library: EvidenceLibrary) -> None:
    entries = {entry["name"]: entry for entry in json.loads(run("evidence", "facts", "--json").out)}
    assert list(entries) == list(library.catalogue)
    status = entries["steroid_trend"]
    assert (status["type"], status["choices"]) == ("choice", ["falling", "stable", "rising"])
    assert status["recorded_in"] == [{"path": "neurology.steroid_trend", "label": "Steroid dose trend"}]
    assert entries["largest_lesion_mm"]["unit"] == "mm"
    assert "ASCO/CAP" in entries["her2_status"]["rule"]
    assert all(entry["recorded_in"] and entry["comparisons"] for entry in entries.values())


def test_facts_of_drugs_are_one_line_in_the_table_unless_words_ask_for_them(run: Run, library: EvidenceLibrary) -> None:
    names = [row.split()[0] for row in run("evidence", "facts").out.splitlines() if row and not row.startswith(" ")]
    assert {name for name in library.catalogue if "." not in name} <= set(names)
    assert [name for name in names if "tucatinib" in name] == []
    assert {"given.DRUG", "access.DRUG"} <= set(names)
    asked = run("evidence", "facts", "TUCATINIB", "metastatic").out
    assert "given_metastatic.tucatinib" in asked
    assert "access.tucatinib" not in asked


def test_the_table_of_facts_says_where_a_fact_is_recorded_and_which_comparisons_fit(run: Run) -> None:
    out = run("evidence", "facts", "lvef").out
    assert "organs.lvef_percent (LVEF" in out
    assert "number: at_least, at_most, above, below, between, recorded" in out


def test_drugs_lists_every_drug_and_class_with_spellings_and_members(run: Run, library: EvidenceLibrary) -> None:
    entries = json.loads(run("evidence", "drugs", "--json").out)
    by_id = {entry["id"]: entry for entry in entries if entry["id"]}
    assert set(library.vocabulary.ids) <= set(by_id)
    assert {"Tukysa", "ONT-380"} <= set(by_id["tucatinib"]["spellings"])
    assert "her2_tki" in by_id["tucatinib"]["classes"]
    assert "tucatinib" in by_id["her2_tki"]["drugs"]
    assert {"product", "drug", "class"} <= {entry["kind"] for entry in entries}


def test_every_spelling_the_program_reads_is_listed(run: Run, library: EvidenceLibrary) -> None:
    entries = json.loads(run("evidence", "drugs", "--json").out)
    listed = {name for entry in entries for name in (entry["id"], entry["name"], *entry["spellings"])}
    assert {name for name, _ in library.vocabulary.entries.spelled()} - listed == set()


def test_drugs_are_found_by_brand_and_class(run: Run) -> None:
    out = run("evidence", "drugs", "tukysa").out
    assert [line.split()[0] for line in out.splitlines()] == ["id", "tucatinib"]
    assert "neratinib" in run("evidence", "drugs", "tyrosine", "kinase").out


@pytest.mark.parametrize(("what", "word", "meant"), [("facts", "ecgo", "ecog"), ("drugs", "tucatanib", "tucatinib")])
def test_no_match_names_what_was_probably_meant(what: str, word: str, meant: str, run: Run) -> None:
    done = run("evidence", what, word)
    assert (done.status, done.out) == (1, "")
    assert f"no match for '{word}'; did you mean '{meant}'" in done.err
