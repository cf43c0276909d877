"""Planted identifiers: not in any export that was not asked for them, neither raw nor unpacked, in no encoding."""

import re
from pathlib import Path

import pytest
from support.packets import of_files
from support.pages import AS_OF
from support.releases import frozen
from support.unpacking import unpacked

from her2board.briefing.layouts import LAYOUTS
from her2board.briefing.packet import PacketOptions
from her2board.cli import main
from her2board.cli import release as cli_release

NAME, NUMBER = "Ottilie Querfurth-Zwack", "MRN-4711-0815"
PLANTED = ("Ottilie", "Querfurth", "Zwack", NUMBER)
TEXTS = (
    "meeting.question",
    "meeting.new_since",
    "meeting.consultant",
    "meeting.place",
    "meeting.preparer",
    "patient.goals",
    "board.decision",
)


@pytest.fixture
def planted(written) -> Path:
    """A case whose file name, code and every free text name the patient."""
    typed = f"{NAME} ({NUMBER.lower()}) asks; Mrs Querfurth-Zwack, OTTILIE QUERFURTH-ZWACK, Ottilie."
    changes = dict.fromkeys(TEXTS, typed)
    absence = {"reason": "pending", "owner": "Dr A", "note": typed}
    more = {
        "code": NUMBER,
        "identity": {"name": NAME, "record_number": NUMBER},
        "absences": {"brain.total_volume_ml": absence},
        "board.outstanding": [{"what": f"ask {NAME}", "owner": NAME}],
        "board.disciplines": [{"discipline": "neurosurgery", "status": "heard", "by": NAME, "view": typed}],
        "patient.declines": [typed],
    }
    return written(NAME.replace(" ", "_"), {**changes, **more})


def found_in(data: bytes) -> set[str]:
    """Return the planted words found anywhere in a file, in any writing."""
    texts = [re.sub(r"\s+", " ", text).casefold() for text in unpacked(data)]
    return {word for word in PLANTED if any(word.casefold() in text for text in texts)}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_layout_of_a_packet_holds_a_planted_identifier(layout: str, planted: Path, written) -> None:
    made = of_files([planted, written("other")], layout=layout)
    assert made.problems == ()
    assert found_in(made.data) == set()


def test_neither_do_annex_slips_and_the_page_of_a_case_that_cannot_be_printed(planted: Path, written) -> None:
    broken = written(f"broken {NAME}", text=planted.read_text(encoding="utf-8").replace('"complete"', f'"{NAME}"', 1))
    made = of_files([planted, broken], frozen, annex="full", slips=True)
    assert len(made.problems) == 1
    assert found_in(made.data) == set()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_search_finds_them_where_they_were_asked_for(layout: str, planted: Path) -> None:
    made = of_files([planted], layout=layout, identified=True)
    wanted = set(PLANTED)
    assert found_in(made.data) == wanted


def test_names_are_off_unless_somebody_switches_them_on() -> None:
    assert not PacketOptions().identified


def test_the_page_alone_and_the_assessment_as_json_hold_none(
    planted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_release, "load_library", frozen)
    day = ("--as-of", AS_OF.isoformat())
    for name, more in (("without", ("--annex",)), ("with", ("--identified",))):
        assert main(["brief", str(planted), "-o", str(tmp_path / f"{name}.pdf"), *day, *more]) == 0
    assert found_in((tmp_path / "without.pdf").read_bytes()) == set()
    assert found_in((tmp_path / "with.pdf").read_bytes()) == set(PLANTED)
    capsys.readouterr()
    for more in ((), ("--json",)):
        assert main(["assess", str(planted), *day, *more]) == 0
        assert found_in(capsys.readouterr().out.encode()) == set()
