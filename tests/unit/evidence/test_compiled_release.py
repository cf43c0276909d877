"""The compiled release: the same records as the YAML, and never an older copy of them."""

import shutil
from pathlib import Path

import pytest
from support.releases import FROZEN

from her2board import paths
from her2board.case.catalogue import FactSpec
from her2board.evidence import compiled as form
from her2board.evidence import records
from her2board.evidence.compiled import NAME, compiled, open_release
from her2board.evidence.library import INDEXES, EvidenceLibrary
from her2board.evidence.loader import load_release
from her2board.evidence.problems import BrokenReleaseError


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A copy of the small release, not compiled."""
    return shutil.copytree(FROZEN, tmp_path / "evidence")


@pytest.fixture
def from_yaml(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Note every time the YAML is read."""
    read: list[Path] = []

    def noted(folder: Path) -> EvidenceLibrary:
        read.append(folder)
        return load_release(folder)

    monkeypatch.setattr("her2board.evidence.loader.load_release", noted)
    return read


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> EvidenceLibrary:
    """The shipped release, opened from the form it is compiled into here."""
    release = tmp_path_factory.mktemp("compiled") / "evidence"
    shutil.copytree(paths.evidence_dir(), release, ignore=shutil.ignore_patterns(NAME))
    (release / NAME).write_bytes(compiled(release))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("her2board.evidence.loader.load_release", None)  # reading the YAML again would raise
        return open_release(release)


def test_the_compiled_release_holds_what_the_yaml_holds(opened: EvidenceLibrary, library: EvidenceLibrary) -> None:
    assert opened == library
    assert all(getattr(opened, name) == getattr(library, name) for name in INDEXES)


def test_figures_keep_the_digits_their_source_prints(opened: EvidenceLibrary, library: EvidenceLibrary) -> None:
    def digits(library: EvidenceLibrary) -> list[str]:
        return [
            str(getattr(endpoint.value, "text", endpoint.value))
            for _, cohort in library.cohorts()
            for endpoint in cohort.endpoints
        ]

    assert digits(opened) == digits(library)


def test_nothing_worded_in_one_language_is_stored(library: EvidenceLibrary) -> None:
    assert not any(isinstance(entry, FactSpec) for name in INDEXES for entry in getattr(library, name).values())


def test_a_changed_file_is_read_again(release: Path) -> None:
    (release / NAME).write_bytes(compiled(release))
    trial = release / "trials" / "emilia.yaml"
    trial.write_text(trial.read_text(encoding="utf-8").replace("name: EMILIA", "name: EMILIA again"), encoding="utf-8")
    assert open_release(release).trials_by_id["emilia"].name == "EMILIA again"


def test_a_file_more_or_less_is_noticed(release: Path) -> None:
    (release / NAME).write_bytes(compiled(release))
    (release / "conflicts.yaml").unlink()
    with pytest.raises(BrokenReleaseError, match=r"conflicts\.yaml"):
        open_release(release)


def test_an_unchanged_release_is_not_read_from_its_yaml(release: Path, from_yaml: list[Path]) -> None:
    (release / NAME).write_bytes(compiled(release))
    from_yaml.clear()
    assert open_release(release).trials
    assert from_yaml == []


def test_what_another_version_of_the_program_compiled_is_read_again(
    release: Path, from_yaml: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    (release / NAME).write_bytes(compiled(release))
    from_yaml.clear()
    monkeypatch.setattr(form, "__version__", "0.0.0")
    open_release(release)
    assert from_yaml == [release]


@pytest.mark.parametrize("kind", [records.Trial, records.Cohort, records.Statement])
def test_records_with_a_field_more_are_read_again(
    kind: type, release: Path, from_yaml: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    (release / NAME).write_bytes(compiled(release))
    from_yaml.clear()
    monkeypatch.setitem(kind.__annotations__, "added_since", str)
    open_release(release)
    assert from_yaml == [release]


def test_a_compiled_file_cut_short_is_not_used(release: Path, from_yaml: list[Path]) -> None:
    (release / NAME).write_bytes(compiled(release)[:1000])
    from_yaml.clear()
    assert open_release(release) == load_release(release)
    assert from_yaml == [release]


def test_a_compiled_file_cannot_name_other_code(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(release)
    key = compiled(release)[:32]
    (release / NAME).write_bytes(key + b"cos\nsystem\n(S'touch called'\ntR.")
    assert open_release(release).trials
    assert not Path("called").exists()


def test_a_changed_byte_is_never_read_as_a_record(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = compiled(release)
    expected, read = open_release(release), list[Path]()
    instead = "her2board.evidence.loader.load_release"  # reading all of the YAML each time would say no more
    monkeypatch.setattr(instead, lambda folder: (read.append(folder), expected)[1])
    places = range(0, len(data), len(data) // 200)
    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1 << place % 8
        (release / NAME).write_bytes(changed)
        assert open_release(release) is expected
    assert len(read) == len(places)
