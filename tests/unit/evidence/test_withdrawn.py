"""What was withdrawn is used nowhere, and listed with its reason."""

import shutil
from pathlib import Path

import pytest
from support.packs import FROZEN

from her2board.briefing.cards.lookup import Cards
from her2board.evidence import files
from her2board.evidence.compiled import NAME, compiled, open_release
from her2board.evidence.curation.edit import edited
from her2board.evidence.curation.units import values_of
from her2board.evidence.entries import Entries, EntryGroup
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.loader import documents_of, load_release
from her2board.evidence.search import Wanted

MARK = {"because": "Retracted by the journal", "by": "A. Reader", "on": "2026-12-01"}


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    folder = tmp_path / "evidence"
    shutil.copytree(FROZEN, folder)
    return folder


def without(folder: Path, *addresses: str) -> EvidenceLibrary:
    """Return the release once the values at some addresses are withdrawn."""
    for address in addresses:
        texts = files.texts(folder)
        value = values_of(documents_of(texts))[address]
        made = edited(texts[value.file], (*value.place, "withdrawn"), MARK, value.file, first=True)
        (folder / value.file).write_text(made, encoding="utf-8")
    return load_release(folder)


def test_a_figure_is_gone_from_its_cohort_and_listed_with_the_reason(frozen: Path) -> None:
    before = load_release(frozen).cohorts_by_id["destiny-breast12/active-untreated"][1].endpoints
    address = "trials/destiny-breast12/active-untreated/cns_response-measurable-cns-disease"
    library = without(frozen, address)
    after = library.cohorts_by_id["destiny-breast12/active-untreated"][1].endpoints
    assert [one.kind for one in before if one not in after] == ["cns_response"]
    (listed,) = library.withdrawn
    assert (listed.id, listed.withdrawn.because, listed.withdrawn.by) == (address, MARK["because"], MARK["by"])
    assert listed.name == "DESTINY-Breast12, Active brain metastases, untreated: CNS response 82.6 percent"


def test_nothing_points_to_a_trial_or_cohort_that_was_withdrawn(frozen: Path) -> None:
    library = without(frozen, "trials/destiny-breast12")
    assert "destiny-breast12" not in library.trials_by_id
    named = [name for option in library.options for name in (*option.trials, *option.cohorts)]
    shared = [name for _, cohort in library.cohorts() for name in cohort.same_patients_as]
    pooled = [name for trial in library.trials for name in trial.contains]
    assert not [name for name in (*named, *shared, *pooled) if name.startswith("destiny-breast12")]
    assert library.cohorts_of_option  # what is derived from the records can be made


def test_a_trial_whose_last_cohort_was_withdrawn_is_shown_no_more(frozen: Path) -> None:
    trial = next(trial for trial in load_release(frozen).trials if len(trial.cohorts) == 1)
    library = without(frozen, f"trials/{trial.id}/{trial.cohorts[0].id}")
    assert trial.id not in library.trials_by_id


def test_a_disagreement_with_one_side_left_is_none(frozen: Path) -> None:
    conflict = next(one for one in load_release(frozen).conflicts if len(one.sides) == 2)
    side = conflict.sides[0]
    group, _ = load_release(frozen).statements[side]
    library = without(frozen, f"guidelines/{group.id}/{side}")
    assert side not in library.statements
    assert conflict.id not in {one.id for one in library.conflicts}


def test_a_number_of_patients_and_an_arm_are_read_no_more(frozen: Path) -> None:
    trial, cohort = next((t, c) for t, c in load_release(frozen).cohorts() if c.n and c.arms)
    here = f"trials/{trial.id}/{cohort.id}"
    arm = next(a for a in values_of(documents_of(files.texts(frozen))) if a.startswith(f"{here}/arms/"))
    after = without(frozen, f"{here}/n", arm).cohorts_by_id[f"{trial.id}/{cohort.id}"][1]
    assert (after.n, len(after.arms)) == (None, len(cohort.arms) - 1)


def test_what_was_withdrawn_is_found_with_a_card_that_says_why(frozen: Path) -> None:
    address = "trials/destiny-breast12/active-untreated/cns_response-measurable-cns-disease"
    library = without(frozen, address)
    (entry,) = (one for one in Entries(library).find(Wanted("retracted")) if one.group is EntryGroup.WITHDRAWN)
    card = Cards(library).of(entry.address)
    assert card is not None
    for part in (
        "CNS response 82.6 percent",
        "Withdrawn: DESTINY",
        "Retracted by the journal",
        "1 Dec 2026",
        "A. Reader",
    ):
        assert part in card.plain()
    assert Cards(library).of("withdrawn:nothing") is None


def test_the_compiled_release_says_the_same(frozen: Path) -> None:
    library = without(frozen, "trials/destiny-breast12/active-untreated/cns_response-measurable-cns-disease")
    (frozen / NAME).write_bytes(compiled(frozen))
    opened = open_release(frozen)
    assert (opened.withdrawn, opened.trials) == (library.withdrawn, library.trials)
