"""What a pack changes for stored cases and signed-off pages, and what is remembered of day and pack."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.encrypted_books import CHEAP, PASSPHRASE, created, opened
from support.packs import NOW, Maker, edited, maker

from her2board import paths
from her2board.assessment.assess import assess
from her2board.case.storage import load
from her2board.casebook import opening
from her2board.casebook.stored import StoredCasebook
from her2board.cli.errors import CommandError
from her2board.cli.main import main
from her2board.cli.offers import cases_of, followed_up, install_pack, offered, page_words, to_follow_up
from her2board.cli.roots import trust_root
from her2board.cli.seen import clock_is_right, look, look_in, seen_in
from her2board.cli.signing import page_to_sign
from her2board.evidence import files
from her2board.evidence.loader import load_release
from her2board.evidence.seen import Seen, parse_seen
from her2board.packs.difference import changed_files, reread
from her2board.packs.errors import PackError
from her2board.packs.fingerprint import fingerprint
from her2board.packs.follow_up import gone_figures
from her2board.packs.installed import install, read_installed
from her2board.packs.memory import read_seen, write_seen
from her2board.packs.root import read_root
from her2board.packs.touched import is_touched, touch_of
from her2board.packs.trust import check_pack

DAY = date(2026, 11, 26)
STEM = "cr18-untreated-asymptomatic"
CASES = [load(path) for path in sorted(paths.examples_dir().glob("*.her2case"))]
TRIAL = "trials/destiny-breast12.yaml"
EDITS = {
    "criterion": (TRIAL, "fact: ecog, at_most: 1", "fact: ecog, at_most: 0"),
    "figure": (TRIAL, "value: 82.6", "value: 82.4"),
    "far trial": ("trials/it-trastuzumab.yaml", "phase: ", "phase: possibly "),
    "caution": ("cautions/ild-grade-1.yaml", "Label: T-DXd", "Label, now: T-DXd"),
    "option": ("options/surgery.yaml", "name: ", "name: Also "),
    "pause": ("pause/before-wbrt.yaml", "label: Medical", "label: Also medical"),
}
"""File, and what is written in it instead of what."""
LEAVES_SOME = {"figure", "far trial", "caution"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    return maker(tmp_path_factory.mktemp("packs"))


@pytest.fixture
def place(made: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program came with the first release, and nothing was installed yet."""
    monkeypatch.setattr(paths, "packs_dir", lambda: tmp_path / "state")
    monkeypatch.setattr(paths, "evidence_dir", lambda: made.first)
    return tmp_path / "state"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[StoredCasebook]:
    opened = created(tmp_path / "board.her2book")
    yield opened
    opened.lock()


@pytest.mark.parametrize("what", EDITS)
def test_a_case_that_no_changed_record_touches_reads_as_before(what: str, made: Maker, tmp_path: Path) -> None:
    folder = edited(made, tmp_path / "changed", *EDITS[what])
    old, new = load_release(made.first), load_release(folder)
    touch = touch_of(old, new)
    touched = [is_touched(case, old, new, touch, DAY) for case in CASES]
    for case in (case for case, one in zip(CASES, touched, strict=True) if not one):
        before, after = assess(case, old, DAY), assess(case, new, DAY)
        assert page_words(before, old, case) == page_words(after, new, case), case.code
        assert [(r.id, r.outcome) for r in before.cohorts] == [(r.id, r.outcome) for r in after.cohorts]
        assert [(r.id, r.standing, r.because) for r in before.options] == [
            (r.id, r.standing, r.because) for r in after.options
        ]
    assert touch.everywhere == (what == "pause")
    assert all(touched) == (what not in LEAVES_SOME)


def test_only_touched_cases_are_read_twice_and_differences_name_the_record(made: Maker, tmp_path: Path) -> None:
    folder = edited(made, tmp_path / "changed", *EDITS["figure"])
    old, new = load_release(made.first), load_release(folder)
    changed = changed_files(files.texts(made.first), files.texts(folder))
    found = list(reread([(case.code, case, DAY) for case in CASES], old, new, changed, page_words))
    differing = [one for reading in found for one in reading.differs]
    assert {one.what for one in differing} == {"page"}
    assert all("82.6" in one.before and "82.4" in one.after for one in differing)
    assert all(TRIAL in one.records for one in differing)
    assert {one.touched for one in found if not one.differs} <= {True, False}
    assert [one for one in found if one.differs and not one.touched] == []


def signed(book: StoredCasebook, tmp_path: Path) -> str:
    """Store an example and sign its page off; return its id."""
    kept = book.add(load(paths.example_case(STEM)))
    book.sign_off(page_to_sign(book, kept.key, 1, "a4", tmp_path / "no-settings")[1])
    return kept.key


@pytest.mark.usefixtures("place")
def test_a_withdrawn_figure_on_a_signed_off_page_is_followed_up(
    made: Maker, book: StoredCasebook, tmp_path: Path
) -> None:
    key = signed(book, tmp_path)
    folder = edited(made, tmp_path / "changed", *EDITS["figure"])
    pack = check_pack(made.pack(40, folder), made.root, {}, NOW)
    assert [code for code, _, _ in cases_of(book)] == ["CR18"]
    install_pack(pack, "", book, offered(pack))
    found = to_follow_up(book)
    assert {(one.case_id, one.code, one.record, one.how) for one in found} == {(key, "CR18", TRIAL, "changed")}
    assert all(one.same_evidence and one.pack == 40 for one in found)
    assert any("82.6" in one.figure for one in found), [one.figure for one in found]
    entry = book.audit()[-1]
    assert (entry.action, entry.detail) == ("evidence_installed", "pack 40, evidence 2026.40 of 30 Dec 2026")
    followed_up(book, found[0], DAY, "named at the board")
    assert to_follow_up(book) == found[1:]
    assert book.audit()[-1].action == "followed_up"
    assert book.audit_problems() == []


def test_another_place_in_a_source_withdraws_no_figure(made: Maker, tmp_path: Path) -> None:
    folder = edited(made, tmp_path / "changed", TRIAL, "locator: abstract", "locator: abstract results")
    assert gone_figures(load_release(made.first), load_release(folder)) == {}
    folder = edited(made, tmp_path / "other", TRIAL, "value: 61.6", "value: 61.5")
    assert set(gone_figures(load_release(made.first), load_release(folder)).values()) == {(TRIAL, "changed")}


def test_day_and_pack_are_remembered_and_a_clock_set_back_is_noticed(
    made: Maker, place: Path, book: StoredCasebook
) -> None:
    assert look(DAY) == ""
    assert look_in(book, DAY) == ()
    assert read_seen(place) == seen_in(book) == Seen(day=DAY, released=date(2026, 11, 20))
    assert look(date(2026, 11, 25)) == ""  # the day began later where the last user was
    back = date(2026, 11, 24)
    words = "The clock of this computer says 24 Nov 2026, but this program was in use on 26 Nov 2026 already"
    assert look(back).startswith(words)
    assert [one.startswith(words) for one in look_in(book, back)] == [True]
    assert seen_in(book).day == DAY
    clock_is_right(back, "was a year ahead", book)
    assert (look(back), look_in(book, back)) == ("", ())
    assert book.audit()[-1].detail == "24 Nov 2026: was a year ahead"
    install(place, check_pack(made.pack(30), made.root, {}, NOW), NOW)
    look_in(book, DAY)
    assert (seen_in(book).pack, seen_in(book).released) == (30, date(2026, 12, 20))


def test_evidence_that_was_set_back_is_noticed_by_the_casebook(made: Maker, place: Path, book: StoredCasebook) -> None:
    install(place, check_pack(made.pack(30), made.root, {}, NOW), NOW)
    look_in(book, DAY)
    shutil.rmtree(place)
    (said,) = look_in(book, DAY)
    assert "20 Nov 2026, is older than what was in use here before: pack 30 of 20 Dec 2026" in said
    with pytest.raises(CommandError, match="pack 29 is older than pack 30, with which this casebook was used"):
        install_pack(check_pack(made.pack(29), made.root, {}, NOW), "", book)
    assert read_installed(place).steps == ()


def test_what_cannot_be_read_of_the_memory_keeps_nobody_from_working(place: Path) -> None:
    place.mkdir()
    (place / "seen.json").write_text("{", encoding="utf-8")
    assert read_seen(place) == parse_seen("nothing") == Seen()


def test_a_pack_past_its_date_is_noted_in_the_audit_with_the_reason(
    made: Maker, place: Path, book: StoredCasebook
) -> None:
    late = NOW + timedelta(days=200)
    with pytest.raises(PackError, match="past its date"):
        check_pack(made.pack(31), made.root, {}, late)
    install_pack(check_pack(made.pack(31), made.root, {}, late, although_expired=True), "no newer one came", book)
    assert read_installed(place).steps[-1].why == "no newer one came"
    assert book.audit()[-1].detail.endswith(": no newer one came")


def test_the_command_line_looks_into_a_casebook(
    made: Maker, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(opening, "STATED", CHEAP)
    root, stick = tmp_path / "root.json", tmp_path / "a.her2pack"
    root.write_bytes(made.root)
    stick.write_bytes(made.pack(41, edited(made, tmp_path / "changed", *EDITS["figure"])))
    book = created(tmp_path / "board.her2book")
    signed(book, tmp_path)
    book.lock()

    def run(*words: object) -> str:
        monkeypatch.setenv("HER2BOARD_PASSPHRASE", PASSPHRASE)
        assert main(["packs", *map(str, words), "--book", str(tmp_path / "board.her2book")]) == 0
        return capsys.readouterr().out

    digits = fingerprint(made.root)
    run("trust", root, "--fingerprint", digits[20:], "--reason", "letter of 12 Nov 2026")
    line = "CR18, signed off 30 Nov 2026 by anna: "
    out = run("diff", stick)
    assert "trials/destiny-breast12.yaml: cohorts." in out
    assert "1 of 1 cases read otherwise; 0 are touched by no changed record" in out
    assert line in out
    assert not read_installed(place).folder
    assert line in run("install", stick)
    assert read_installed(place).folder.startswith("41-")
    run("back", "--reason", "wanted for the audit")
    run("shipped", "--reason", "nobody knows why")
    run("forget", "--reason", "the makers were changed")
    with opened(tmp_path / "board.her2book") as book:
        audit = [entry for entry in book.audit() if entry.action.startswith(("evidence", "root"))]
    said = [f"{entry.action}: {entry.detail}" for entry in audit]
    assert said[0] == f"root_trusted: {digits}: letter of 12 Nov 2026"
    assert said[1].startswith("evidence_installed: pack 41, ")
    assert said[2].endswith(": wanted for the audit")
    assert said[3].endswith(": the evidence the program came with: nobody knows why")
    assert said[4] == f"root_forgotten: {digits}: the makers were changed"
    write_seen(place, Seen(day=date(2999, 1, 1)))
    monkeypatch.setenv("HER2BOARD_PASSPHRASE", PASSPHRASE)
    assert main(["packs", "list", "--book", str(tmp_path / "board.her2book")]) == 0
    said = capsys.readouterr()
    assert line in said.out
    assert "was in use on 1 Jan 2999 already" in said.err
    assert main(["packs", "clock", "--reason", "it was far ahead"]) == 0
    assert main(["packs", "list"]) == 0
    assert "1 Jan 2999" not in capsys.readouterr().err


def test_a_release_this_program_cannot_read_is_neither_genuine_nor_installed(
    made: Maker, place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = edited(made, tmp_path / "broken", "release.yaml", "look_again:", "look_later:")
    stick = tmp_path / "a.her2pack"
    stick.write_bytes(made.pack(41, broken))
    trust_root(read_root(made.root), fingerprint(made.root), "a test", NOW)
    for action in ("verify", "install"):
        assert main(["packs", action, str(stick)]) == 1
        assert "look_again" in capsys.readouterr().err
    assert not read_installed(place).folder


def test_a_pack_past_its_date_by_the_casebook_needs_a_reason_whatever_the_clock_says(
    made: Maker, place: Path, book: StoredCasebook
) -> None:
    pack = check_pack(made.pack(41, made.second), made.root, {}, NOW)
    assert not pack.expired
    look_in(book, date(2027, 6, 1))  # another computer was later than its date
    with pytest.raises(CommandError, match="by the newest day this casebook was used on"):
        install_pack(pack, "", book)
    install_pack(pack, "the clock there was wrong", book)
    assert read_installed(place).steps[-1].why == "the clock there was wrong"
