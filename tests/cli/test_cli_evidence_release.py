"""From the skeleton of an invented trial to a signed pack, with two readers; and what a release may lack."""

import re
import shutil
from pathlib import Path

import pytest
from support.command_line import Result, Run
from support.curated import curated_copy
from support.new_trial import fill_in
from support.packs import NOW, make_keys

from her2board.evidence.compiled import NAME
from her2board.evidence.loader import load_release

FIGURE = "invented-1/active/cns_response"
NEW = ("trials/invented-1", "references/invented-1")
WRITER = ("--as", "A. Writer", "--on", "2026-12-10")
READER = ("--as", "B. Reader", "--on", "2026-12-12")
MADE = ("--on", "2026-12-15", "--valid-until", "2027-03-15")


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return curated_copy(tmp_path)


@pytest.fixture
def evidence(run: Run, release: Path) -> Run:
    return lambda *words: run("evidence", "--release", release, *words)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signing") / "keys"
    make_keys(folder, NOW)
    return folder


def fine(done: Result) -> str:
    assert (done.status, done.err) == (0, "")
    return done.out


def test_a_new_trial_goes_from_skeleton_to_signed_pack_with_two_readers(
    evidence: Run, release: Path, run: Run, keys: Path, tmp_path: Path
) -> None:
    fine(evidence("new", "trial", "invented-1"))
    fill_in(release, figure=True)
    for record in NEW:
        fine(evidence("change", record, "--because", "Invented to try the steps", *WRITER))
    assert f"trials/{FIGURE}: added by A. Writer; waits for: two readers" in fine(evidence("queue", "--short"))
    fine(evidence("read", *NEW, "--agrees", *WRITER))
    fine(evidence("read", FIGURE, "--disagrees", "the abstract says 11 of 20", *READER))
    too_early = evidence("release", "2026.12", *MADE)
    assert (too_early.status, too_early.out) == (1, "")
    assert f"trials/{FIGURE}: waits for readers; read so far by A. Writer, B. Reader" in too_early.err
    fine(evidence("change", FIGURE, "value=55", "counts.n=11", "--because", "As the abstract says", *WRITER))
    assert "0 values still wait" not in fine(evidence("read", *NEW, "--agrees", *READER))
    assert "0 values still wait" in fine(evidence("read", FIGURE, "--agrees", *WRITER))

    pack = tmp_path / "december.her2pack"
    made = fine(evidence("release", "2026.12", *MADE, "--keys", keys, "-o", pack))
    assert "release 2026.12 of 2026-12-15, valid until 2027-03-15" in made
    assert "Still to be signed" not in made
    library = load_release(release)
    assert library.as_reviewed
    assert library.cohorts_by_id["invented-1/active"][1].endpoints[0].value == 55
    head = library.release
    assert (head.version, head.as_of, head.review_by) == ("2026.12", "2026-12-15", "2027-03-15")
    assert (release / NAME).stat().st_size > 1000
    changelog = (release / "CHANGELOG.md").read_text(encoding="utf-8")
    for part in ("## 2026.12 (2026-12-15)", "Values: 5 added.", "`trials/invented-1`: Invented to try the steps; As"):
        assert part in changelog
    assert "(by A. Writer; read by A. Writer, B. Reader)" in " ".join(changelog.split())
    assert "0 values wait" in fine(evidence("queue"))
    assert f"trials/{FIGURE} (2026.12)" in fine(evidence("values", "invented-1", "cns_response"))

    verified = fine(run("packs", "verify", pack, "--root", keys / "1.root.json"))
    assert "genuine: pack 5, evidence 2026.12 of 2026-12-15, valid until 2027-03-15" in verified
    assert "trials/invented-1.yaml: Invented to try the steps; As the abstract says" in verified
    again = evidence("release", "2026.12", *MADE)
    assert "the number 2026.12 is not after that of the last release, 2026.12" in again.err


def test_everything_that_a_release_lacks_is_said_at_once_and_nothing_is_written(
    evidence: Run, release: Path, keys: Path, tmp_path: Path
) -> None:
    trial = release / "trials" / "destiny-breast12.yaml"
    trial.write_text(trial.read_text(encoding="utf-8").replace("value: 82.6", "value: 82.7"), encoding="utf-8")
    locked, pack = tmp_path / "locked", tmp_path / "a.her2pack"
    shutil.copytree(keys, locked)
    (locked / "snapshot.pem").write_text("no key", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for words, said in (
        (
            (*MADE,),
            (
                "release 2026.12 is not made; 2 things are lacking:",
                "trials/destiny-breast12: no reason is recorded; 'her2board evidence change trials/",
                "/cns_response-measurable-cns-disease: waits for readers; read so far by nobody",
            ),
        ),
        ((*MADE, "--pack-number", "4"), ("the pack number 4 is not after the last one, 4",)),
        ((*MADE, "--keys", keys), ("a pack needs both --keys and --output",)),
        ((*MADE, "--keys", locked, "-o", pack), ("snapshot.pem: does not open",)),
        ((*MADE, "--before", tmp_path / "none"), ("no such folder",)),
    ):
        refused = evidence("release", "2026.12", *words)
        assert (refused.status, refused.out) == (1, ""), words
        assert [part for part in said if part not in refused.err] == [], words
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_the_changelog_has_both_values_of_what_was_edited_by_hand(evidence: Run, release: Path, tmp_path: Path) -> None:
    shutil.copytree(release, tmp_path / "before")
    caution = release / "cautions" / "dpyd.yaml"
    text = caution.read_text(encoding="utf-8")
    caution.write_text(re.sub(r"(?m)^name: .*$", "name: Another name", text), encoding="utf-8")
    fine(evidence("change", "cautions/dpyd", "--because", "Plainer words", *WRITER))
    for who in (WRITER, READER):
        fine(evidence("read", "dpyd", "--agrees", *who))
    fine(evidence("release", "2026.12", *MADE, "--before", tmp_path / "before"))
    changelog = (release / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "`cautions/dpyd`: Plainer words (by A. Writer; read by A. Writer, B. Reader)" in changelog
    assert "-> Another name" in changelog
