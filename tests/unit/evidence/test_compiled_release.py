"""The compiled release: the same records as the YAML, and never an older copy of them."""

import shutil
from pathlib import Path

import pytest

from her2board import paths
from her2board.case.facts import FactSpec
from her2board.evidence import compiled as form
from her2board.evidence.compiled import NAME, compiled, open_release
from her2board.evidence.library import INDEXES, EvidenceLibrary
from her2board.evidence.loader import load_release
from her2board.evidence.problems import BrokenReleaseError


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "evidence"
    shutil.copytree(paths.evidence_dir(), folder, ignore=shutil.ignore_patterns(NAME))
    return folder


@pytest.fixture
def from_yaml(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Note every time the YAML is read."""
    read: list[Path] = []

    def noted(folder: Path) -> EvidenceLibrary:
        read.append(folder)
        return load_release(folder)

    monkeypatch.setattr("her2board.evidence.loader.load_release", noted)
    return read


def test_the_compiled_release_holds_what_the_yaml_holds(release: Path, from_yaml: list[Path]) -> None:
    (release / NAME).write_bytes(compiled(release))
    from_yaml.clear()
    opened = open_release(release)
    assert not from_yaml, "the YAML was read although the compiled form is whole"
    plain = load_release(release)
    assert opened == plain
    assert all(getattr(opened, name) == getattr(plain, name) for name in INDEXES)


def test_figures_keep_the_digits_their_source_prints(release: Path) -> None:
    def digits(library: EvidenceLibrary) -> list[str]:
        return [
            str(getattr(endpoint.value, "text", endpoint.value))
            for _, cohort in library.cohorts()
            for endpoint in cohort.endpoints
        ]

    (release / NAME).write_bytes(compiled(release))
    assert digits(open_release(release)) == digits(load_release(release))


def test_nothing_worded_in_one_language_is_stored(release: Path) -> None:
    assert not any(
        isinstance(entry, FactSpec) for name in INDEXES for entry in getattr(load_release(release), name).values()
    )


def test_a_changed_file_is_read_again(release: Path) -> None:
    (release / NAME).write_bytes(compiled(release))
    trial = release / "trials" / "nala.yaml"
    trial.write_text(trial.read_text(encoding="utf-8").replace("name: NALA", "name: NALA again"), encoding="utf-8")
    assert open_release(release).trials_by_id["nala"].name == "NALA again"


def test_a_file_more_or_less_is_noticed(release: Path) -> None:
    (release / NAME).write_bytes(compiled(release))
    (release / "conflicts.yaml").unlink()
    with pytest.raises(BrokenReleaseError, match=r"conflicts\.yaml"):
        open_release(release)


def test_another_shape_of_the_records_is_noticed(
    release: Path, from_yaml: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    (release / NAME).write_bytes(compiled(release))
    from_yaml.clear()
    monkeypatch.setattr(form, "__version__", "0.0.0")
    open_release(release)
    assert from_yaml == [release]


def test_a_compiled_file_cut_short_is_not_used(release: Path, from_yaml: list[Path]) -> None:
    (release / NAME).write_bytes(compiled(release)[:1000])
    assert len(open_release(release).trials) == len(load_release(release).trials)


def test_a_compiled_file_cannot_name_other_code(release: Path) -> None:
    key = compiled(release)[:32]
    (release / NAME).write_bytes(key + b"cos\nsystem\n(S'true'\ntR.")
    assert open_release(release).trials
