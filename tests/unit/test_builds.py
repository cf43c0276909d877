"""The two builds: a packet build shows, exports and answers nothing that compares, whatever is set."""

import json
from pathlib import Path

import pytest
from support.packets import of_files
from support.pages import AS_OF, FOLDER, example, make, pages_of, text_of
from support.releases import release
from support.unpacking import unpacked

from her2board import __version__, builds, paths
from her2board.assessment.assess import assess
from her2board.assessment.clinic import Clinic, applied
from her2board.assessment.export import to_json
from her2board.briefing.annex_choice import ANNEXES
from her2board.briefing.layouts import LAYOUTS
from her2board.briefing.zones.pause import PauseZone
from her2board.case.storage import load
from her2board.cli import main, manifest, selfcheck
from her2board.cli import release as cli_release
from her2board.cli.carried import written_elsewhere
from her2board.pdf.enclosure import Basis

STEM = "cr18-untreated-asymptomatic"
CASE = FOLDER / f"{STEM}.her2case"
PACKED = f"{__version__}+packet"


@pytest.fixture
def packet_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builds, "build", lambda: "packet")


@pytest.mark.parametrize(
    ("said", "build"),
    [
        ('{"build": "match"}', "match"),
        ('{"build": "packet"}', "packet"),
        ('{"build": "both"}', "packet"),
        ('{"build": "match", "more": 1}', "packet"),
        ("[" * 5000, "packet"),
        ("", "packet"),
        (None, "packet"),
    ],
)
def test_a_build_that_does_not_say_which_it_is_claims_the_less(
    said: str | None, build: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if said is not None:
        (tmp_path / builds.NAME).write_text(said, encoding="utf-8")
    monkeypatch.setattr(paths, "resources_dir", lambda: tmp_path)
    assert builds.build.__wrapped__() == build


def test_the_file_that_says_which_build_it_is_is_among_those_without_which_nothing_is_assessed() -> None:
    assert f"resources/{builds.NAME}" in manifest.NEEDED
    assert f"resources/{builds.NAME}" in manifest.hashes(paths.base())


def test_no_setting_makes_a_packet_build_compare(packet_build: None) -> None:
    library = applied(Clinic(matching=True), release(), "clinic")
    assert (library.trials, library.options, library.guidelines, library.cautions) == ((), (), (), ())
    for given in (library, release()):
        found = to_json(assess(load(CASE), given, AS_OF), given)
        assert (found["build"], found["cohorts"], found["options"]) == ("packet", [], [])
        assert found["facts"]
    assert cli_release.load_library().trials == ()


def test_no_output_of_a_packet_build_names_a_trial(packet_build: None) -> None:
    names = [trial.name for trial in release().trials if len(trial.name) > 4]
    assert len(names) > 50

    def named(data: bytes) -> list[str]:
        texts = list(unpacked(data))
        return [name for name in names if any(name in text for text in texts)]

    read = cli_release.load_library
    for layout in LAYOUTS:
        assert named(of_files([CASE], read, layout=layout).data) == [], layout
    for choice in ANNEXES:
        data = of_files([CASE], read, annex=choice).data
        text = " ".join(pages_of(data))
        cited = [str(one) for one in read().references.values() if f"{one.short}: " in text]
        assert {name for name in named(data) if not any(name in one for one in cited)} == set(), choice
        assert len(cited) < 30  # those of what is said of the brain, not the library


def test_without_comparison_the_choices_of_everybody_come_before_those_of_some(packet_build: None) -> None:
    zone = make(load(CASE), read=cli_release.load_library).briefing.get(PauseZone)
    named = [row.name for row in zone.rows]
    assert named[:2] == ["Radiosurgery", "Surgery"]
    assert [name for name in named if name.startswith("WBRT")] == [
        "WBRT, hippocampal avoidance + memantine",
        "WBRT, conventional",
    ]
    assert not any(row.here for row in zone.rows)


def test_page_command_line_and_self_check_say_which_build_it_is_and_what_it_claims(
    packet_build: None, capsys: pytest.CaptureFixture[str]
) -> None:
    page = " ".join(text_of(make(load(CASE), read=cli_release.load_library).data).split())
    assert f"her2board {PACKED}. For clinicians" in page
    assert "comparison is switched off in this program" in page
    assert main(["--version"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert said == f"her2board {PACKED}, packet build. {builds.claim()}"
    assert "compares nobody" in builds.claim()
    row = next(row for row in selfcheck.rows(None) if row.subject == "build")
    assert row.found == f"packet build: {builds.claim()}"
    assert main(["assess", str(CASE)]) == 0
    answered = capsys.readouterr().out
    assert "Comparison is switched off" in answered
    assert "Cohorts" not in answered
    assert main(["assess", str(CASE), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cohorts"] == []


def test_a_match_build_compares_says_so_and_claims_no_decision() -> None:
    names = [trial.name for trial in release().trials]
    assert any(name in text for name in names for text in unpacked(example(STEM).data))
    assert f"her2board {__version__}. For clinicians" in " ".join(text_of(example(STEM).data).split())
    assert builds.name() == "comparison build"
    assert "decides nothing" in builds.claim()
    assert "research and evaluation" in builds.claim()


def test_a_page_of_the_other_build_is_said_to_be_made_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    basis = Basis(
        program=__version__,
        evidence_release=release().release.version,
        evidence_hash=release().content_hash,
        limits={},
        as_of=AS_OF,
        dated=True,
    )
    assert written_elsewhere(basis, release()) == ""
    monkeypatch.setattr(builds, "build", lambda: "packet")
    assert f"program {__version__}, here {PACKED}" in written_elsewhere(basis, release())
