"""One value of the evidence is changed or withdrawn: in its file, with reason, name, day and what was read."""

import shutil
from pathlib import Path

import pytest
from support.command_line import Run
from support.packs import FROZEN

from her2board.evidence import files
from her2board.evidence.curation import log
from her2board.evidence.loader import load_release

FIGURE = "destiny-breast12/active-untreated/cns_response-measurable-cns-disease"
WHO = ("--because", "Corrected by the journal", "--as", "A. Reader", "--on", "2026-12-01")


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "evidence"
    shutil.copytree(FROZEN, folder)
    return folder


@pytest.fixture
def evidence(run: Run, release: Path) -> Run:
    return lambda *words: run("evidence", "--release", release, *words)


def changes(release: Path) -> tuple[log.Change, ...]:
    return log.entries(log.Change, (release / "curation" / "changes.yaml").read_text(encoding="utf-8"), "changes.yaml")


def test_a_value_is_changed_in_its_file_and_both_values_are_recorded(evidence: Run, release: Path) -> None:
    before = files.texts(release)
    done = evidence(
        "change",
        FIGURE,
        "value=82.5",
        "interval={low: 70.0, high: 90}",
        *WHO,
        "--source",
        "harbeck-2024",
        "table 3",
        "full_text",
    )
    assert (done.status, done.err) == (0, "")
    assert f"trials/{FIGURE}: value: 82.6 -> 82.5" in done.out
    after = files.texts(release)
    assert {name for name in after if after[name] != before[name]} == {"trials/destiny-breast12.yaml"}
    then, now = (set(texts["trials/destiny-breast12.yaml"].splitlines()) for texts in (before, after))
    assert (len(then - now), len(now - then)) == (1, 3)
    figure = next(
        endpoint
        for endpoint in load_release(release).cohorts_by_id["destiny-breast12/active-untreated"][1].endpoints
        if endpoint.kind == "cns_response"
    )
    assert (figure.value, figure.interval and figure.interval.low, figure.source.locator) == (82.5, 70.0, "table 3")
    value, interval, source = changes(release)
    assert (value.field, value.before, value.after) == ("value", "82.6", "82.5")
    assert (value.because, value.by, value.on, value.release) == (WHO[1], WHO[3], WHO[5], "2026.11")
    assert (interval.before, interval.after) == (None, "{low: 70.0, high: 90}")
    assert (source.field, source.source and source.source.read_in) == ("source", "full_text")
    evidence("change", "destiny-breast12", "note=Second words", *WHO)
    assert len(changes(release)) == 4


def test_a_change_that_does_not_fit_writes_nothing(evidence: Run, release: Path) -> None:
    before = {path: path.read_bytes() for path in release.rglob("*") if path.is_file()}
    for words, said in (
        (("change", FIGURE, "value=180"), "trials/destiny-breast12.yaml:"),
        (("change", FIGURE, "value=180"), "180 percent is outside 0 to 100"),
        (("change", FIGURE, "valeu=80"), "there is no field 'valeu'; did you mean 'value'"),
        (("change", FIGURE, "value=82.6"), "value is 82.6 already"),
        (("change", "destiny-breast12/active-untreated", "endpoints=[]"), "are values of their own: trials/"),
        (("change", "destiny-brest12", "note=x"), "did you mean 'destiny-breast12'"),
        (("change", "destiny-breast12/nothing-like-it", "note=x"), "no value has the address"),
        (("change", FIGURE, "value=80", "--source", "nobody-2024", "p. 1", "full_text"), "references/nobody-2024"),
        (("change", FIGURE, "value=80", "--source", "harbeck-2024", "p. 1", "hearsay"), "'hearsay' is no kind of"),
        (("withdraw", "destiny-breast12/entry/ecog"), "a value of this kind is not withdrawn; change it"),
    ):
        done = evidence(*words, *WHO)
        assert (done.status, done.out) == (1, ""), words
        assert said in done.err, words
    assert {path: path.read_bytes() for path in release.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("lacking", ["--because", "--as"])
def test_a_change_without_reason_or_name_is_wrong_use(lacking: str, evidence: Run, release: Path) -> None:
    at = WHO.index(lacking)
    for some in ((*WHO[:at], *WHO[at + 2 :]), (*WHO[: at + 1], " ", *WHO[at + 2 :])):
        assert evidence("change", FIGURE, "value=80", *some).status == 2
    assert not (release / "curation").exists()


def test_what_is_withdrawn_is_shown_no_more_and_stays_listed_with_the_reason(evidence: Run, release: Path) -> None:
    shown = evidence("show", "destiny-breast12").out
    assert "82.6" in shown
    assert evidence("withdraw", FIGURE, *WHO).status == 0
    figures, shown = evidence("figures").out, evidence("show", "destiny-breast12").out
    assert "destiny-breast12/active-untreated: CNS response" not in figures
    said = "DESTINY-Breast12, Active brain metastases, untreated: CNS response 82.6 percent"
    listed = f"trials/{FIGURE} ({said}): 2026-12-01, A. Reader: Corrected by the journal"
    assert listed in shown
    assert listed in evidence("list").out
    (entry,) = changes(release)
    assert (entry.field, entry.because) == ("withdrawn", "Corrected by the journal")
    again = evidence("withdraw", FIGURE, *WHO)
    assert (again.status, again.out) == (1, "")
    assert "withdrawn already" in again.err


def test_a_whole_trial_is_withdrawn_and_shown_with_its_reason(evidence: Run) -> None:
    assert evidence("withdraw", "destiny-breast12", *WHO).status == 0
    assert "destiny-breast12:" not in evidence("list").out
    shown = evidence("show", "destiny-breast12")
    assert shown.status == 0
    assert "Corrected by the journal" in shown.out


def test_a_record_edited_by_hand_gets_its_reason(evidence: Run, release: Path) -> None:
    done = evidence("change", "destiny-breast12", *WHO)
    assert done.status == 0
    (entry,) = changes(release)
    assert (entry.value, entry.field, entry.because) == ("trials/destiny-breast12", None, WHO[1])
