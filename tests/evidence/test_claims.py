"""Every claim of the source documents is carried by a record of the release, or left out with a reason."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.records import walk
from support.releases import release

from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.records import Trial

FOLDER = Path(__file__).parent
LISTS = ("claims.yaml", "claims-review.yaml")
"""The second holds the outcomes, designs and entry rules of the review by Rao."""


def listed() -> list[dict[str, Any]]:
    files = [FOLDER / name for name in LISTS]
    return [claim for file in files for claim in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)]


CLAIMS = listed()
CARRIED = [pytest.param(claim, id=claim["claim"]) for claim in CLAIMS if "carried_by" in claim]
LEFT_OUT = [pytest.param(claim, id=claim["claim"]) for claim in CLAIMS if "left_out" in claim]
ALL = (FOLDER / "claim-ids.txt").read_text(encoding="utf-8").split()
NOTES = "background/"
READ_BESIDE = "background/prognosis#"
"""Notes read in papers that none of the documents with claims speaks of."""
LEAST_WORDS = 5
"""A reason for leaving a claim out is a sentence."""


def places(library: EvidenceLibrary) -> Iterator[str]:
    """Yield the path of every record of the release that may carry a claim."""
    for trial in library.trials:
        yield from _places_in(trial)
    for group in library.guidelines:
        yield from (f"guidelines/{group.id}#{statement.id}" for statement in group.statements)
    for theme in library.background:
        yield from (f"{NOTES}{theme.id}#{note.id}" for note in theme.notes)
    items = {part.id for _, part in walk(library.pause) if hasattr(part, "id")}
    yield from (f"pause/before-wbrt#{id_}" for id_ in items)
    yield from (f"conflicts#{conflict.id}" for conflict in library.conflicts)
    yield from (f"cautions/{caution.id}" for caution in library.cautions)
    yield from (f"options/{option.id}" for option in library.options)
    yield from (f"local_therapy/{trial.id}" for trial in library.local_therapy)
    yield from (f"references/{id_}" for id_ in library.references)


def _places_in(trial: Trial) -> Iterator[str]:
    yield f"trials/{trial.id}"
    yield from (f"trials/{trial.id}#discrepancy/{item.about}" for item in trial.discrepancies)
    for cohort in trial.cohorts:
        yield f"trials/{trial.id}#{cohort.id}"
        yield from (f"trials/{trial.id}#{cohort.id}/{endpoint.kind}" for endpoint in cohort.endpoints)


LIBRARY = release()
PLACES = frozenset(places(LIBRARY))


def test_the_source_documents_hold_271_claims() -> None:
    assert len(ALL) == len(set(ALL)) == 271


def test_every_claim_is_listed_once() -> None:
    counts = Counter(claim["claim"] for claim in CLAIMS)
    assert {id_: n for id_, n in counts.items() if n > 1} == {}
    assert set(counts) - set(ALL) == set()
    assert set(ALL) - set(counts) == set()


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim["claim"])
def test_a_claim_is_either_carried_or_left_out(claim: dict[str, Any]) -> None:
    assert set(claim) in ({"claim", "carried_by"}, {"claim", "left_out"})


@pytest.mark.parametrize("claim", CARRIED)
def test_what_carries_a_claim_is_in_the_shipped_release(claim: dict[str, Any]) -> None:
    assert claim["carried_by"]
    assert [path for path in claim["carried_by"] if path not in PLACES] == []


@pytest.mark.parametrize("claim", LEFT_OUT)
def test_a_claim_left_out_says_why(claim: dict[str, Any]) -> None:
    assert len(claim["left_out"].split()) >= LEAST_WORDS


def test_every_background_note_carries_a_claim() -> None:
    named = {path for claim in CLAIMS for path in claim.get("carried_by", ())}
    notes = {path for path in PLACES if path.startswith(NOTES) and not path.startswith(READ_BESIDE)}
    assert sorted(notes - named) == []


@pytest.mark.parametrize(
    "path",
    [
        "trials/her2climb#active/cns_responses",
        "trials/her2climb#discrepancy/Nothing",
        "guidelines/panel-2025#nobody",
        "background/barrier#nothing",
        "options/nothing",
    ],
)
def test_a_path_that_names_no_record_is_noticed(path: str) -> None:
    assert path not in PLACES
