"""The casebook on the command line: made, filled, searched, decided in, checked."""

import csv
import json
import os
import shutil
from pathlib import Path

import pytest
from support.command_line import Run
from support.encrypted_books import CHEAP, PASSPHRASE
from support.overlays import RIVERSIDE
from support.pages import FOLDER

from her2board import paths
from her2board.casebook import opening
from her2board.casebook.server import Server
from her2board.casebook.summary import summary_of
from her2board.cli.opened_books import book_services

UNTREATED = FOLDER / "cr18-untreated-asymptomatic.her2case"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "STATED", CHEAP)


@pytest.fixture
def book(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "board.her2book"
    plain = run_with_passphrase(run, monkeypatch)
    done = plain("create", path)
    assert (done.status, done.err) == (0, "")
    assert len(done.out.splitlines()[-1].split()) == 17
    return path


def run_with_passphrase(run: Run, monkeypatch: pytest.MonkeyPatch, passphrase: str = PASSPHRASE) -> Run:
    def go(*words: object) -> object:
        monkeypatch.setenv("HER2BOARD_PASSPHRASE", passphrase)
        return run("casebook", *words)

    return go


@pytest.fixture
def go(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    return run_with_passphrase(run, monkeypatch)


def test_cases_of_a_folder_are_taken_in_listed_and_found(book: Path, go: Run, tmp_path: Path) -> None:
    folder = tmp_path / "loose"
    folder.mkdir()
    shutil.copy(UNTREATED, folder / "a.her2case")
    (folder / "b.her2case").write_text("{", encoding="utf-8")
    done = go("add", book, folder)
    assert done.status == 1
    assert "a.her2case: added as CR18" in done.out
    assert "b.her2case: left out: line 1, column 2" in done.out
    assert "CR18 is stored already, the same" in go("add", book, UNTREATED).out
    listed = go("list", book)
    assert "CR18" in listed.out
    found = json.loads(go("search", book, "metasta", "--json").out)
    assert [case["code"] for case in found] == ["CR18"]
    assert found[0]["cohorts"]
    assert go("search", book, "nowhere").status == 1
    assert go("search", book, "--cns-class", "stable").status == 0
    assert json.loads(go("show", book, "cr18", "--json").out)["case"]["code"] == "CR18"
    assert "1: " in go("show", book, "CR18").out


def test_a_changed_file_becomes_the_next_version_only_where_asked_for(book: Path, go: Run, tmp_path: Path) -> None:
    go("add", book, UNTREATED)
    changed = tmp_path / "changed.her2case"
    text = json.loads(UNTREATED.read_text("utf-8"))
    text["case"].setdefault("meeting", {})["question"] = "Radiosurgery first?"
    changed.write_text(json.dumps(text), encoding="utf-8")
    refused = go("add", book, changed)
    assert (refused.status, "has another case of the code CR18" in refused.out) == (1, True)
    assert go("add", book, changed, "--next-version").status == 0
    shown = go("show", book, "CR18").out
    assert "Question for the board: Radiosurgery first? (before: " in shown
    assert json.loads(go("show", book, "CR18", "--version", 1, "--json").out) == json.loads(
        UNTREATED.read_text("utf-8")
    )


def test_a_wrong_passphrase_is_one_line_and_status_1(book: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run_with_passphrase(run, monkeypatch, "not the passphrase")("list", book)
    assert (done.status, done.out) == (1, "")
    assert done.err == "her2board: the passphrase is not that of this casebook\n"
    assert "unlock_failed" in run_with_passphrase(run, monkeypatch)("audit", "list", book).out


def test_the_passphrase_comes_from_a_descriptor_too_and_else_somebody_is_asked(book: Path, run: Run) -> None:
    reading, writing = os.pipe()
    os.write(writing, f"{PASSPHRASE}\n".encode())
    os.close(writing)
    assert run("casebook", "list", book, "--passphrase-fd", reading).status == 0
    assert "nobody to ask" in run("casebook", "list", book).err


def test_no_casebook_is_one_line(go: Run, tmp_path: Path) -> None:
    done = go("list", tmp_path / "none.her2book")
    assert (done.status, done.err) == (1, f"her2board: {tmp_path / 'none.her2book'}: no such casebook\n")


def test_a_meeting_is_prepared_ordered_and_decided(book: Path, go: Run) -> None:
    files = sorted(FOLDER.glob("cr*.her2case"))[:3]
    assert go("add", book, *files).status == 0
    codes = [json.loads(file.read_text("utf-8"))["case"]["code"] for file in files]
    assert "3 Dec 2026" in go("meeting", "add", book, "2026-12-03", "--board", "Neuro-oncology").out
    assert "3 cases listed" in go("meeting", "case", book, "2026-12-03", *codes, "--reason", "new").out
    assert "already" in go("meeting", "case", book, "2026-12-03", codes[0]).out
    assert go("meeting", "order", book, "2026-12-03", codes[2], codes[0]).status == 0
    done = go("meeting", "decide", book, "2026-12-03", codes[0], "--decision", "Radiosurgery", "--due", "2026-12-10")
    assert "discussed" in done.out
    case = json.loads(go("show", book, codes[0], "--json").out)
    assert case["case"]["board"]["decision"] == "Radiosurgery", "it is in the case in the same go"
    shown = go("meeting", "show", book, "2026-12-03").out
    places = [shown.index(code) for code in (codes[2], codes[0], codes[1])]
    assert places == sorted(places)
    assert "Radiosurgery" in shown
    assert "10 Dec 2026" in shown
    assert "carried out" in go("meeting", "decide", book, "2026-12-03", codes[0], "--carried-out", "yes").out
    assert codes[0] in go("list", book, "--status", "carried_out").out
    assert codes[1] not in go("list", book, "--status", "carried_out").out
    assert "Neuro-oncology" in go("meeting", "list", book).out
    assert go("meeting", "show", book, "2026-12-04").status == 1


def test_a_signed_off_page_is_made_again_byte_for_byte(book: Path, go: Run, tmp_path: Path) -> None:
    go("add", book, UNTREATED)
    first, again = tmp_path / "first.pdf", tmp_path / "again.pdf"
    done = go("sign-off", book, "CR18", "-o", first, "--as-of", "2026-11-26", "--annex", "--reviewed")
    assert "signed off" in done.out
    changed = tmp_path / "changed.her2case"
    changed.write_text(UNTREATED.read_text("utf-8").replace("asymptomatic", "silent"), encoding="utf-8")
    go("add", book, changed, "--next-version")
    assert go("show", book, "CR18", "--signed", 1, "-o", again).status == 0
    assert again.read_bytes() == first.read_bytes()
    services = book_services(tmp_path / "no settings.json")
    opened = services.open(book, PASSPHRASE, summary_of)
    (key,) = opened.with_code("CR18")
    data, signed = services.sign_off(opened, key, 1, "a4")
    opened.sign_off(signed)
    assert services.made_again(opened, opened.signed_off(key)[0]) == data, "from the screen likewise"
    opened.lock()


def test_a_page_signed_off_beside_a_local_file_is_made_again_after_that_is_gone(
    book: Path, go: Run, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "here"))
    local = tmp_path / "riverside.yaml"
    local.write_text(RIVERSIDE, encoding="utf-8")
    assert run("overlay", "install", local, "--own").status == 0
    go("add", book, UNTREATED)
    first, again = tmp_path / "first.pdf", tmp_path / "again.pdf"
    go("sign-off", book, "CR18", "-o", first, "--as-of", "2026-11-26", "--reviewed")
    assert "page and assessment say the same" in run("verify", first).out
    assert run("overlay", "remove").status == 0
    assert "a clinic's local file that is not the one in use here" in run("verify", first).out
    assert go("show", book, "CR18", "--signed", 1, "-o", again).status == 0
    assert again.read_bytes() == first.read_bytes()
    assert b"Riverside" not in UNTREATED.read_bytes()


def test_the_casebook_and_its_audit_are_checked(book: Path, go: Run) -> None:
    go("add", book, UNTREATED)
    assert "as they were written" in go("audit", "verify", book).out
    assert "nothing is damaged" in go("verify", book).out


def test_another_passphrase_opens_it_afterwards(book: Path, run: Run, go: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HER2BOARD_NEW_PASSPHRASE", "another passphrase")
    assert "was changed" in go("passphrase", book).out
    assert go("list", book).status == 1
    assert run_with_passphrase(run, monkeypatch, "another passphrase")("list", book).status == 0


def test_listing_other_commands_imports_no_database(process: Run) -> None:
    code = (
        "import sys; from her2board.cli.main import front_door; front_door().format_help(); "
        "print([m for m in ('apsw', 'cryptography', 'psycopg') if m in sys.modules])"
    )
    assert process(code=code).out == "[]\n"


def test_a_backup_is_restored_by_one_command_on_an_empty_machine(book: Path, go: Run, tmp_path: Path) -> None:
    go("add", book, UNTREATED)
    stick = tmp_path / "stick"
    assert "written, opened and compared" in go("backup", book, "--to", stick).out
    assert "nothing was done" in go("backup", book, "--to", stick, "--if-older-than", 24).out
    new = tmp_path / "new.her2book"
    assert "1 cases" in go("restore", stick, new).out
    assert "CR18" in go("list", new).out


def test_an_export_goes_into_another_casebook_and_conflicts_are_shown(
    book: Path, go: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go("add", book, UNTREATED)
    other, file = tmp_path / "other.her2book", tmp_path / "a.her2export"
    go("create", other)
    for at in (book, other):
        monkeypatch.setenv("HER2BOARD_EXPORT_PASSPHRASE", "of the export")
        assert go("export", book, "CR18", "-o", file).status == 0
        monkeypatch.setenv("HER2BOARD_EXPORT_PASSPHRASE", "of the export")
        done = go("import", other, file)
        assert done.status == 0
        assert ("added: 1" if at == book else "the same already: 1") in done.out
    changed = tmp_path / "changed.her2case"
    for at, words in ((book, "here"), (other, "there")):
        text = json.loads(UNTREATED.read_text("utf-8"))
        text["case"]["meeting"] = {"question": f"{words}?"}
        changed.write_text(json.dumps(text), encoding="utf-8")
        go("add", at, changed, "--next-version")
    monkeypatch.setenv("HER2BOARD_EXPORT_PASSPHRASE", "of the export")
    go("export", book, "-o", file)
    monkeypatch.setenv("HER2BOARD_EXPORT_PASSPHRASE", "of the export")
    done = go("import", other, file)
    assert done.status == 1
    assert "1 conflict left as it is here" in done.out
    assert "Question for the board: here?" in done.out
    assert "Question for the board: there?" in done.out


def test_loose_files_are_written_only_where_somebody_confirms_it(book: Path, go: Run, tmp_path: Path) -> None:
    go("add", book, UNTREATED)
    out = tmp_path / "plain"
    assert "nobody to ask" in go("export", book, "-o", out, "--unencrypted").err
    assert not out.exists()
    assert go("export", book, "-o", out, "--unencrypted", "--sure").status == 0
    assert json.loads((out / "CR18.her2case").read_text("utf-8")) == json.loads(UNTREATED.read_text("utf-8"))
    assert "exported_in_plain" in go("audit", "list", book).out


def test_the_whole_casebook_is_one_table_of_a_registry_without_names(book: Path, go: Run, tmp_path: Path) -> None:
    named = tmp_path / "named.her2case"
    body = json.loads(UNTREATED.read_text("utf-8"))
    body["case"] |= {"code": "N1", "identity": {"name": "Nobody Nemo"}}
    named.write_text(json.dumps(body), encoding="utf-8")
    go("add", book, UNTREATED)
    go("add", book, named)
    out = tmp_path / "registry.csv"
    assert "nobody to ask" in go("export", book, "-o", out, "--as", "registry").err
    assert not out.exists()
    done = go("export", book, "-o", out, "--as", "registry", "--sure")
    assert (done.status, done.out.splitlines()) == (0, [str(out), str(tmp_path / "registry-dictionary.csv")])
    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    assert sorted(row["record_id"] for row in rows if not row["redcap_repeat_instrument"]) == ["CR18", "N1"]
    assert "Nemo" not in out.read_text("utf-8")
    assert "registry.csv: 2 cases" in go("audit", "list", book).out
    one = tmp_path / "one.csv"
    assert go("export", book, "CR18", "-o", one, "--as", "registry", "--sure").status == 0
    assert {row["record_id"] for row in csv.DictReader(one.read_text("utf-8").splitlines())} == {"CR18"}


def test_a_name_from_the_settings_is_a_casebook_on_a_server(
    server: Server, go: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "clinic.json"
    monkeypatch.setattr(paths, "clinic_file", lambda: path)
    path.write_text(json.dumps({"servers": {"board": server.conninfo}}), encoding="utf-8")
    try:
        assert go("create", "board").status == 0
        assert go("add", "board", UNTREATED).status == 0
        assert "CR18" in go("search", "board", "metasta").out
        assert "nothing is damaged" in go("verify", "board").out
        assert "name the folder of its backups" in go("backup", "board").err
        assert "did you mean 'board'" in go("list", "baord").err
        monkeypatch.setenv("HER2BOARD_NEW_PASSPHRASE", "another passphrase")
        assert go("passphrase", "board").status == 0
        assert go("list", "board").err == "her2board: the passphrase is not that of this casebook\n"
    finally:
        path.unlink()


def test_the_self_audit_is_switched_on_printed_written_and_switched_off(book: Path, go: Run, tmp_path: Path) -> None:
    done = go("selfaudit", book)
    assert done.status == 1
    assert "is off. Switch it on with --on." in done.err
    assert "counts meetings from" in go("selfaudit", book, "--on").out
    done = go("selfaudit", book)
    assert (done.status, done.err) == (0, "")
    assert "0 meetings, 0 cases discussed" in done.out
    assert "not computable (n 0 of 0)" in done.out
    target = tmp_path / "audit.csv"
    assert go("selfaudit", book, "--csv", target).status == 0
    assert target.read_text(encoding="utf-8-sig").startswith("From,To,Measure,")
    assert "is off" in go("selfaudit", book, "--off").out
    assert go("selfaudit", book).status == 1
