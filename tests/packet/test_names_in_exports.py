"""Each export without names: no written form of the patient comes through unseen, and it says where nobody looked."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.identities import NAME, NUMBER, WORDS, WRITTEN
from support.packets import no_progress
from support.pages import AS_OF, EXAMPLES, FOLDER, text_of
from support.releases import frozen
from support.strategies import full_case
from support.unpacking import unpacked

from her2board.briefing.layouts import LAYOUTS
from her2board.briefing.packet import PacketOptions
from her2board.case.identity import with_texts
from her2board.case.model import Case
from her2board.case.name_folding import words_of
from her2board.case.storage import save
from her2board.case.terms import CaseOrigin
from her2board.cli import main
from her2board.cli import release as cli_release
from her2board.cli.outgoing import outgoing
from her2board.cli.packets import Source, make_packet

DAY = ("--as-of", AS_OF.isoformat())
CUT = "[\N{HORIZONTAL ELLIPSIS}]"
MARK = "NOT REVIEWED FOR NAMES."
LEAKS = ("querfurth", "ottilie", "jorgottilie", "joergottilie")
NUMBERS = ("0749-286", "749286", "74 92 86", "74.92.86")


def _named(first: int = 0) -> Case:
    """Return a case with another written form in each text and key that a person types."""
    typed = iter(range(first, 10_000))
    case = with_texts(full_case(), lambda path, _: f"{WRITTEN[next(typed) % len(WRITTEN)]} asks {path}"[:40])
    identity = case.identity.model_copy(update={"name": NAME, "record_number": NUMBER})
    return case.model_copy(update={"identity": identity, "origin": CaseOrigin.PATIENT})


def _leaked(data: bytes, case: Case) -> set[str]:
    """Return what a file still holds of the patient that was not pointed out."""
    found = (words for each in outgoing(case, frozen()).found for kind, words in each.kinds if kind != "replaced")
    seen = {folded for words in found for word, _ in words for folded in words_of(word) if len(folded) > 3}
    texts = list(unpacked(data))
    named = {word for text in texts for word in words_of(text) if any(leak in word for leak in LEAKS)}
    numbers = {number for text in texts for number in NUMBERS if number in text}
    return {word for word in named if not any(known in word for known in seen)} | numbers


@pytest.mark.parametrize("first", [0, 40])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_written_form_comes_through_a_packet_unseen(layout: str, first: int) -> None:
    case = _named(first)
    made = make_packet([Source(Path("a.her2case"), case)], PacketOptions(layout=layout), frozen(), AS_OF, no_progress)
    assert made.problems == ()
    assert _leaked(made.data, case) == set()
    (message,) = made.unreviewed
    assert "replaced: " in message
    assert "querfuhrt" in message or "may be" in message


def _worded() -> Case:
    """Return a case of somebody whose names are all words of their own, with one of them in each text and key."""
    typed = iter(range(10_000))
    words = [word for word in WORDS if word != "Ion"]  # the end of a drug's name that the small release does not have
    case = with_texts(full_case(), lambda path, _: f"{words[next(typed) % len(words)]} {path}"[:40])
    identity = case.identity.model_copy(update={"name": " ".join(words), "record_number": None})
    return case.model_copy(update={"identity": identity, "origin": CaseOrigin.PATIENT})


def _cut(data: bytes) -> bool:
    return any(CUT in text for text in unpacked(data))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_name_that_is_a_word_is_cut_from_a_packet(layout: str) -> None:
    source = Source(Path("a.her2case"), _worded())
    made = make_packet([source], PacketOptions(layout=layout), frozen(), AS_OF, no_progress)
    assert not _cut(made.data)
    assert "may be the patient" in made.unreviewed[0]
    assert "replaced" not in made.unreviewed[0]


def test_no_name_that_is_a_word_is_cut_from_a_page_or_an_assessment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_release, "load_library", frozen)
    path, page = tmp_path / "a.her2case", tmp_path / "a.pdf"
    save(_worded(), path)
    assert main(["brief", str(path), "-o", str(page), *DAY]) == 0
    assert not _cut(page.read_bytes())
    capsys.readouterr()
    for more in ((), ("--json",)):
        assert main(["assess", str(path), *DAY, *more]) == 0
        assert CUT not in capsys.readouterr().out
    save(_named(), path)
    assert main(["assess", str(path), *DAY]) == 0
    assert CUT in capsys.readouterr().out, "a cut would not have been seen"


@pytest.fixture
def case_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(cli_release, "load_library", frozen)
    path = tmp_path / "a.her2case"
    save(_named(), path)
    return path


def test_none_comes_through_the_page_or_the_assessment(
    case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "a.pdf"
    assert main(["brief", str(case_file), "-o", str(page), *DAY]) == 0
    assert _leaked(page.read_bytes(), _named()) == set()
    capsys.readouterr()
    for more in ((), ("--json",)):
        assert main(["assess", str(case_file), *DAY, *more]) == 0
        assert _leaked(capsys.readouterr().out.encode(), _named()) == set()


def test_a_page_that_nobody_reviewed_says_so_and_standard_error_lists_why(
    case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "a.pdf"
    assert main(["brief", str(case_file), "-o", str(page), *DAY]) == 0
    assert MARK in text_of(page.read_bytes())
    said = capsys.readouterr().err
    assert "Question for the board: replaced: " in said
    assert main(["verify", str(page)]) == 0
    assert "page and assessment say the same" in capsys.readouterr().out


def test_with_reviewed_neither_is_there(case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "a.pdf"
    assert main(["brief", str(case_file), "-o", str(page), "--reviewed", *DAY]) == 0
    assert MARK not in text_of(page.read_bytes())
    assert "replaced" not in capsys.readouterr().err
    assert main(["assess", str(case_file), "--json", "--reviewed", *DAY]) == 0
    assert "names" not in json.loads(capsys.readouterr().out)


def test_the_assessment_says_so_in_words_and_as_json(case_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", str(case_file), *DAY]) == 0
    assert capsys.readouterr().out.startswith(MARK)
    assert main(["assess", str(case_file), "--json", *DAY]) == 0
    assert json.loads(capsys.readouterr().out)["names"] == "not_reviewed"


@pytest.mark.parametrize("reviewed", [False, True])
@pytest.mark.parametrize("layout", ["pages", "handout", "requests"])
def test_a_packet_says_so_on_its_sheets_unless_it_was_reviewed(layout: str, reviewed: bool) -> None:
    options = replace(PacketOptions(layout=layout), reviewed=reviewed)
    made = make_packet([Source(Path("a.her2case"), _named())], options, frozen(), AS_OF, no_progress)
    assert (MARK in text_of(made.data)) is not reviewed
    assert bool(made.unreviewed) is not reviewed


def test_a_case_in_which_nothing_looks_like_a_name_is_exported_without_a_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_release, "load_library", frozen)
    page = tmp_path / "a.pdf"
    assert main(["brief", str(FOLDER / f"{EXAMPLES[0]}.her2case"), "-o", str(page), *DAY]) == 0
    assert MARK not in text_of(page.read_bytes())
    assert "names" not in capsys.readouterr().err


def test_reviewed_and_identified_exclude_each_other(case_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", str(case_file), "-o", "x.pdf", "--reviewed", "--identified"]) != 0
    assert "not allowed with" in capsys.readouterr().err


def test_the_marked_page_of_a_broken_case_names_no_key_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.her2case"
    text = (FOLDER / f"{EXAMPLES[0]}.her2case").read_text(encoding="utf-8")
    document = json.loads(text)
    document["case"].setdefault("systemic", {})["exposure"] = {"Ottilie Querfurth": {"ever": "x"}}
    document["case"].setdefault("patient", {})["Ottilie Querfurth"] = 1
    path.write_text(json.dumps(document), encoding="utf-8")
    made = make_packet([Source(path)], PacketOptions(), frozen(), AS_OF, no_progress)
    assert "Ottilie Querfurth" in made.problems[0]
    assert "Ottilie" not in text_of(made.data) + text_of(made.data, 1)
    assert "(systemic.exposure)" in text_of(made.data, 1)
