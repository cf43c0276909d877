"""A new trial as a skeleton: explains every field, and is refused only for what is to be filled in."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from support.new_trial import fill_in

from her2board import paths
from her2board.evidence import records, values
from her2board.evidence.loader import load_release, problems_of
from her2board.evidence.references import Reference
from her2board.evidence.terms import CohortClass, Design, EndpointKind, ReadIn, Unit

Run = Callable[..., Any]
TO_FILL_IN = {
    "trials/invented-1.yaml": (
        "name",
        "year",
        "design",
        "prospective",
        "regimen",
        "study_drugs",
        "source.locator",
        "source.read_in",
        "criteria_read",
        "criteria_read_on",
        "cohorts.0.id",
        "cohorts.0.label",
        "cohorts.0.cns_class",
        "cohorts.0.n.value",
    ),
    "references/invented-1.yaml": ("short", "kind"),
}


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "evidence"
    shutil.copytree(paths.evidence_dir(), folder)
    return folder


@pytest.fixture
def new(run: Run, release: Path) -> Callable[..., Any]:
    return lambda *words: run("evidence", "--release", release, "new", "trial", *words)


def test_a_new_trial_is_refused_only_for_what_is_to_be_filled_in(new: Callable[..., Any], release: Path) -> None:
    written = new("invented-1")
    assert written.status == 0
    for name in TO_FILL_IN:
        assert str(release / name) in written.out
    found = {(problem.file, problem.message.partition(":")[0]) for problem in problems_of(release)}
    assert found == {(file, name) for file, names in TO_FILL_IN.items() for name in names}
    assert all(problem.line and "empty, to be filled in" in problem.message for problem in problems_of(release))


def test_a_problem_names_the_choices_of_a_closed_list(new: Callable[..., Any], release: Path) -> None:
    new("invented-1")
    (design,) = (str(problem) for problem in problems_of(release) if " design: " in str(problem))
    assert "'randomised', 'single_arm', 'pooled' or 'retrospective'" in design


def test_a_new_trial_loads_once_it_is_filled_in(new: Callable[..., Any], release: Path) -> None:
    new("invented-1")
    fill_in(release)
    trial, cohort = load_release(release).cohorts_by_id["invented-1/active"]
    assert (trial.name, cohort.cns_class) == ("INVENTED-1, no real trial", "active")


@pytest.mark.parametrize(
    ("template", "models"),
    [
        (
            "trial",
            (
                records.Trial,
                records.Cohort,
                records.Condition,
                records.Discrepancy,
                records.Allowed,
                records.ArmSize,
                records.FollowUp,
                values.Endpoint,
                values.Interval,
                values.Counts,
                values.Comparator,
            ),
        ),
        ("reference", (Reference,)),
    ],
)
def test_the_skeleton_explains_every_field(template: str, models: tuple[type[BaseModel], ...]) -> None:
    text = (paths.evidence_dir() / "templates" / f"{template}.yaml").read_text(encoding="utf-8")
    missing = [
        f"{model.__name__}.{name}"
        for model in models
        for name in model.model_fields
        if not re.search(rf"\b{name}\b", text)
    ]
    assert missing == []


def test_the_skeleton_names_every_entry_of_the_closed_lists(new: Callable[..., Any], release: Path) -> None:
    new("invented-1")
    text = (release / "trials" / "invented-1.yaml").read_text(encoding="utf-8")
    for closed in (CohortClass, Design, EndpointKind, ReadIn, Unit):
        assert [entry for entry in closed if entry not in text] == []


@pytest.mark.parametrize("id_", ["debbrah", "other-name"])
def test_an_id_that_is_taken_is_refused_and_nothing_is_written(
    id_: str, new: Callable[..., Any], release: Path
) -> None:
    if id_ == "other-name":  # a file that is not named after its id
        (release / "trials" / "debbrah.yaml").rename(release / "trials" / f"{id_}.yaml")
    before = {path: path.read_bytes() for path in release.rglob("*.yaml")}
    refused = new("debbrah")
    assert (refused.status, refused.out) == (1, "")
    assert f"the id 'debbrah' is taken: {release / 'trials'}" in refused.err
    assert {path: path.read_bytes() for path in release.rglob("*.yaml")} == before


@pytest.mark.parametrize(
    ("id_", "form"), [("DESTINY-Breast99", "destiny-breast99"), ("her2 climb_3", "her2-climb-3"), ("-x", "")]
)
def test_an_id_that_is_no_slug_is_wrong_use(id_: str, form: str, new: Callable[..., Any], release: Path) -> None:
    before = set(release.rglob("*"))
    refused = new(id_)
    assert refused.status == 2
    assert f"write it as {form}" in refused.err or not form
    assert set(release.rglob("*")) == before


def test_a_publication_that_is_there_is_cited_and_left_as_it_is(new: Callable[..., Any], release: Path) -> None:
    known = release / "references" / "harbeck-2024.yaml"
    before = known.read_bytes()
    written = new("invented-2", "--reference", "harbeck-2024")
    assert written.status == 0
    assert known.read_bytes() == before
    assert str(known) not in written.out
    assert "ref: harbeck-2024" in (release / "trials" / "invented-2.yaml").read_text(encoding="utf-8")
