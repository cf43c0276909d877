"""What is due to be looked at again: sources of the release, listed sites, searches with their strings."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from support.command_line import Run
from support.curated import curated_copy
from support.pages import ROOT

SHIPPED = ROOT / "evidence" / "curation"


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = curated_copy(tmp_path)
    for name in ("watch.yaml", "releases.yaml"):
        shutil.copy(SHIPPED / name, folder / "curation" / name)
    return folder


@pytest.fixture
def evidence(run: Run, release: Path) -> Run:
    return lambda *words: run("evidence", "--release", release, *words)


def due(evidence: Run, by: str) -> dict[str, dict[str, Any]]:
    return {one["what"]: one for one in json.loads(evidence("due", "--by", by, "--json").out)}


def test_what_was_never_looked_at_is_due_at_once_and_the_rest_by_its_days(evidence: Run) -> None:
    now, later = due(evidence, "2026-12-01"), due(evidence, "2027-02-18")
    assert now["searches/ctis"]["looked_on"] is None
    assert "leptomeningeal" in now["searches/ctis"]["query"]
    assert "sites/fda-oncology" in now
    label = later["references/label-capecitabine"]
    assert "references/label-capecitabine" not in now
    assert (label["looked_on"], label["how"], label["days"], label["due_on"]) == (
        "2026-11-20",
        "read for release 2026.11",
        90,
        "2027-02-18",
    )
    assert "references/label-capecitabine" not in due(evidence, "2027-02-17")
    assert not [what for what in later if what.startswith("references/harbeck")], "an article does not change"
    orders = [one["due_on"] or "" for one in later.values()]
    assert orders == sorted(orders)


def test_a_search_holds_the_numbers_of_the_publications(evidence: Run) -> None:
    query = due(evidence, "2026-12-01")["searches/pubmed-retracted"]["query"]
    assert "[uid] OR " in query
    assert "{" not in query


def test_a_look_moves_the_day_and_is_kept_with_name_and_finding(evidence: Run, release: Path) -> None:
    what = ("searches/ctis", "references/label-capecitabine")
    done = evidence("looked", *what, "--as", "B. Reader", "--on", "2027-01-10", "--found", "Nothing new")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == [
        "searches/ctis: due again on 2027-02-09",
        "references/label-capecitabine: due again on 2027-04-10",
    ]
    assert "Nothing new" in (release / "curation" / "looks.yaml").read_text(encoding="utf-8")
    assert due(evidence, "2027-02-09")["searches/ctis"]["how"] == "by B. Reader"
    assert "searches/ctis" not in due(evidence, "2027-02-08")


def test_a_change_after_reading_a_source_is_a_look_at_it(evidence: Run) -> None:
    why = ("--because", "New label", "--as", "A. Writer", "--on", "2027-02-01")
    source = ("--source", "label-capecitabine", "section 4.4", "label")
    assert evidence("change", "cautions/dpyd", "text=New words", *why, *source).status == 0
    found = due(evidence, "2027-05-30")["references/label-capecitabine"]
    assert (found["looked_on"], found["how"]) == ("2027-02-01", "read by A. Writer")


def test_the_table_names_source_day_and_search(evidence: Run) -> None:
    shown = evidence("due", "--by", "2027-02-18", "--kind", "label").out
    assert "2026-11-20, 90 days before" in shown
    assert "searches/" not in shown
    searches = evidence("due", "--by", "2026-12-01", "--kind", "search").out
    assert "not recorded" in searches
    assert "(interstitial lung disease[tiab] OR pneumonitis[tiab])" in searches


def test_what_is_not_looked_at_or_listed_is_reported_with_a_remedy(evidence: Run, release: Path) -> None:
    mistyped = evidence("looked", "searches/cits", "--as", "B. Reader")
    assert (mistyped.status, mistyped.out) == (1, "")
    assert "did you mean 'searches/ctis'" in mistyped.err
    watch = release / "curation" / "watch.yaml"
    watch.write_text(watch.read_text(encoding="utf-8").replace("  label: 90", "  label: never"), encoding="utf-8")
    broken = evidence("due")
    assert broken.status == 1
    assert "curation/watch.yaml:" in broken.err
    assert "every_days.label" in broken.err
    watch.unlink()
    assert "copy it from the last release" in evidence("due").err
