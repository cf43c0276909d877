"""A casebook is made, opened, refused; its key is wrapped, and written out for the safe."""

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest
import sqlcipher3
from support.encrypted_books import CHEAP, PASSPHRASE, created, opened
from support.strategies import case_of

from her2board.casebook.book import Wanted
from her2board.casebook.errors import CasebookError, DamagedError, WrongPassphraseError
from her2board.casebook.header_file import key_file
from her2board.casebook.keys import Cost, from_recovery_key, parse_header, recovery_key, unwrap, wrap
from her2board.casebook.opening import (
    change_passphrase,
    create_casebook,
    open_casebook,
    open_with_recovery_key,
)
from her2board.casebook.places import place_of

BITS = int(os.environ.get("HER2BOARD_BOOK_BITS", "30"))
"""Of the file, flipped one by one."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "board.her2book"


def test_what_was_stored_is_there_after_closing_and_opening(path: Path) -> None:
    book = created(path)
    kept = book.add(case_of({"meeting.question": "Radiosurgery first?"}))
    book.lock()
    with opened(path) as again:
        assert again.case(kept.key).value == kept.value
        assert again.find(Wanted("radiosur")) == [kept.key]
        assert [entry.action for entry in again.audit()] == ["created", "added", "opened"]


def test_the_file_holds_nothing_that_can_be_read_without_the_key(path: Path) -> None:
    book = created(path)
    book.add(case_of({"identity.name": "Ottilie Wunderlich", "meeting.question": "Radiosurgery first?"}))
    names = {file.name for file in path.parent.iterdir()}
    written = b"".join(file.read_bytes() for file in path.parent.iterdir())
    book.lock()
    assert names == {path.name, f"{path.name}.key", f"{path.name}-wal", f"{path.name}-shm"}
    for word in (b"Ottilie", b"Wunderlich", b"adiosurg", b"CREATE TABLE", b"SQLite"):
        assert word not in written + path.read_bytes()


def test_a_wrong_passphrase_says_nothing_else_and_is_in_the_audit_after_the_next_unlock(path: Path) -> None:
    created(path).lock()
    for _ in range(2):
        with pytest.raises(WrongPassphraseError, match=r"^the passphrase is not that of this casebook$"):
            open_casebook(path, "not the passphrase", by="eve")
    with opened(path) as book:
        assert [(entry.action, entry.by) for entry in book.audit()][1:] == [
            ("unlock_failed", "eve"),
            ("unlock_failed", "eve"),
            ("opened", "anna"),
        ]
        assert not book.audit_problems()
    assert {file.name for file in path.parent.iterdir()} == {path.name, f"{path.name}.key"}


def test_every_flipped_bit_of_the_header_is_refused_before_a_passphrase_is_tried(path: Path) -> None:
    created(path).lock()
    data = key_file(path).read_bytes()
    for place in range(8 * len(data)):
        flipped = bytearray(data)
        flipped[place // 8] ^= 1 << place % 8
        with pytest.raises(DamagedError):
            parse_header(bytes(flipped))
    for cut in (data[:-1], data + b"\n", b"", b"[]", b"{}"):
        with pytest.raises(DamagedError):
            parse_header(cut)


def test_a_header_that_asks_for_all_memory_is_refused() -> None:
    header = wrap(bytes(32), "00", PASSPHRASE, CHEAP)
    vast = type(header)(header.casebook, Cost(1 << 30, 3, 4), header.salt, header.nonce, header.wrapped)
    with pytest.raises(DamagedError):
        parse_header(vast.to_bytes())


def test_every_word_of_the_header_is_covered_by_the_wrapping() -> None:
    header = wrap(bytes(32), "00", PASSPHRASE, CHEAP)
    assert unwrap(parse_header(header.to_bytes()), PASSPHRASE) == bytes(32)
    for other in (
        type(header)("01", header.cost, header.salt, header.nonce, header.wrapped),
        type(header)(header.casebook, Cost(64, 2, 1), header.salt, header.nonce, header.wrapped),
    ):
        with pytest.raises(WrongPassphraseError):
            unwrap(other, PASSPHRASE)


def test_a_random_flipped_bit_of_the_file_is_refused_or_named_and_never_read_as_data(path: Path) -> None:
    book = created(path)
    case = case_of({"meeting.question": "Radiosurgery first? " * 100})
    key = book.add(case).key
    book.lock()
    data, chance = path.read_bytes(), random.Random(3)
    for _ in range(BITS):
        flipped = bytearray(data)
        place = chance.randrange(8 * len(data))
        flipped[place // 8] ^= 1 << place % 8
        path.write_bytes(flipped)
        with pytest.raises(CasebookError):
            read_all(path, key)
    path.write_bytes(data)
    assert read_all(path, key) == case


def read_all(path: Path, key: str) -> object:
    with opened(path) as book:
        found = book.case(key).value
        if problems := book.storage.problems():
            raise DamagedError(*problems)
        return found


def test_the_printed_recovery_key_opens_the_file_and_gives_it_a_new_passphrase(path: Path) -> None:
    book = created(path)
    kept, printed = book.add(case_of()), book.recovery_key()
    book.lock()
    key_file(path).unlink()
    with pytest.raises(DamagedError, match="recovery key"):
        open_casebook(path, PASSPHRASE)
    with pytest.raises(WrongPassphraseError):
        open_with_recovery_key(path, recovery_key(bytes(32)), "another passphrase")
    again = open_with_recovery_key(path, printed.lower().replace(" ", "\n"), "another passphrase", cost=CHEAP)
    assert again.case(kept.key).value == kept.value
    assert [entry.action for entry in again.audit()][-2:] == ["unlock_failed", "recovered"]
    again.lock()
    open_casebook(path, "another passphrase").lock()


def test_a_slip_in_a_recovery_key_is_noticed() -> None:
    printed = recovery_key(bytes(range(32)))
    assert from_recovery_key(printed) == bytes(range(32))
    for place, digit in enumerate(printed):
        if digit != " ":
            wrong = printed[:place] + ("1" if digit != "1" else "2") + printed[place + 1 :]
            with pytest.raises(WrongPassphraseError):
                from_recovery_key(wrong)


def test_another_program_reads_the_file_with_the_digits_of_the_recovery_key(path: Path) -> None:
    book = created(path)
    book.add(case_of({"meeting.question": "Radiosurgery first?"}))
    printed = book.recovery_key()
    book.lock()
    other = sqlcipher3.connect(str(path))
    other.execute(f"PRAGMA key = \"x'{''.join(printed.split()[:16])}'\"")
    assert other.execute("PRAGMA cipher_integrity_check").fetchall() == []
    assert other.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert "Radiosurgery first?" in other.execute("SELECT payload FROM version").fetchone()[0]
    other.close()


def _debians_tool() -> str | None:
    """Return the command-line tool, where there is one that knows this form of the file."""
    tool = shutil.which("sqlcipher")
    if tool is None:
        return None
    asked = subprocess.run([tool, ":memory:", "PRAGMA cipher_version"], capture_output=True, text=True, check=False)
    return tool if asked.stdout[:1] in ("4", "5") else None


@pytest.mark.skipif(_debians_tool() is None, reason="no sqlcipher 4 here: Debian has it from 13 on (docs/CASEBOOK.md)")
def test_debians_tool_reads_the_file_with_the_digits_of_the_recovery_key(path: Path) -> None:
    book = created(path)
    book.add(case_of({"meeting.question": "Radiosurgery first?"}))
    key = "".join(book.recovery_key().split()[:16])
    book.lock()
    asked = f"PRAGMA key = \"x'{key}'\"; PRAGMA cipher_integrity_check; SELECT payload FROM version;"
    done = subprocess.run([_debians_tool() or "", str(path)], input=asked, capture_output=True, text=True, check=True)
    assert "Radiosurgery first?" in done.stdout


def test_a_changed_passphrase_rewrites_the_key_file_alone(path: Path) -> None:
    book = created(path)
    kept = book.add(case_of())
    book.lock()
    change_passphrase(path, PASSPHRASE, "another passphrase", cost=CHEAP)
    with pytest.raises(WrongPassphraseError):
        open_casebook(path, PASSPHRASE)
    book = open_casebook(path, "another passphrase")
    assert book.case(kept.key).value == kept.value
    assert "passphrase_changed" in [entry.action for entry in book.audit()]
    book.lock()


def test_a_casebook_is_made_over_nothing(path: Path) -> None:
    path.write_text("somebody’s", encoding="utf-8")
    with pytest.raises(CasebookError, match="something is there already"):
        created(path)
    assert path.read_text(encoding="utf-8") == "somebody’s"
    path.unlink()
    key_file(path).write_text("the key of another", encoding="utf-8")
    created(path).lock()
    kept = [file.read_text(encoding="utf-8") for file in path.parent.iterdir() if "of-another" in file.name]
    assert kept == ["the key of another"]


def test_a_short_passphrase_is_refused(path: Path) -> None:
    with pytest.raises(CasebookError, match="fewer than 8"):
        create_casebook(path, "short  ")
    assert not list(path.parent.iterdir())


def test_a_network_share_and_a_copied_folder_are_noticed(tmp_path: Path) -> None:
    mounts = f"30 1 0:9 / / rw - ext4 /dev/a rw\n31 30 0:9 / {tmp_path}/a\\040share rw - cifs //h/s rw\n"
    assert place_of(tmp_path / "b.her2book", mounts).local
    share = place_of(tmp_path / "a share" / "b.her2book", mounts)
    assert not share.local
    assert "network share (cifs)" in share.words()
    for marker, program in ((".stfolder", "Syncthing"), (".sync_0a1b2c3d4e5f.db", "Nextcloud")):
        folder = tmp_path / program
        folder.mkdir()
        (folder / marker).touch()
        assert f"copied by {program}" in place_of(folder / "deeper" / "b.her2book", mounts).words()
    assert place_of(tmp_path / "OneDrive - Clinic" / "b.her2book", mounts).copied_by == "OneDrive"


def test_a_casebook_in_a_copied_folder_is_one_file_while_it_is_open(tmp_path: Path) -> None:
    folder = tmp_path / "board"
    folder.mkdir()
    path = folder / "b.her2book"
    book = created(path)
    kept = book.add(case_of())
    book.lock()
    (folder / ".stfolder").touch()
    with opened(path) as again:
        again.add(case_of())
        assert again.case(kept.key).value == kept.value
        assert not list(folder.glob("*-wal"))
