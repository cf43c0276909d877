"""Copies beside a case keep no identity that a person removed, and what is made of cases takes the place of none."""

from pathlib import Path

import pytest
from support.strategies import case_of
from support.version_1 import as_version_1

from her2board.case.storage import load, parse_stored, save, write_export

NAMED = {
    "identity.name": "Maria Rossi",
    "identity.record_number": "MRN-4711553",
    "meeting.question": "Rossi again? 4711553",
}


def everything_in(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())


def test_no_copy_keeps_the_identity_that_a_person_removed(tmp_path: Path) -> None:
    path = tmp_path / "a.her2case"
    path.write_text(as_version_1(case_of(NAMED)), encoding="utf-8")
    save(case_of(NAMED), path)
    save(case_of(NAMED | {"patient.age": 50}), path)
    names = {"a.her2case", "a.her2case.bak", "a.her2case.v1"}
    assert all("Rossi" in (tmp_path / name).read_text(encoding="utf-8") for name in names)
    save(case_of({"patient.age": 51}), path)
    assert {entry.name for entry in tmp_path.iterdir()} == names
    assert "Rossi" not in everything_in(tmp_path)
    assert "4711" not in everything_in(tmp_path)
    backup = load(tmp_path / "a.her2case.bak")
    assert (backup.patient.age, backup.meeting.question) == (50, "[\u2026] again? [\u2026]")
    assert parse_stored((tmp_path / "a.her2case.v1").read_text(encoding="utf-8")).version == 1


def test_what_of_the_identity_was_not_removed_stays_in_the_backup(tmp_path: Path) -> None:
    path = tmp_path / "a.her2case"
    save(case_of(NAMED), path)
    save(case_of({"identity.name": "Maria Rossi"}), path)
    backup = load(tmp_path / "a.her2case.bak")
    assert (backup.identity.name, backup.identity.record_number) == ("Maria Rossi", None)
    assert backup.meeting.question == "Rossi again? [\u2026]"


@pytest.mark.parametrize("identity", [NAMED, {}])
def test_a_backup_is_what_was_there_while_no_identity_is_removed(tmp_path: Path, identity: dict[str, str]) -> None:
    path = tmp_path / "a.her2case"
    save(case_of(identity), path)
    before = path.read_bytes()
    save(case_of(identity | {"identity.name": "Maria Rossi", "patient.age": 50}), path)
    assert (tmp_path / "a.her2case.bak").read_bytes() == before


def test_a_file_that_is_no_case_is_backed_up_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.her2case"
    path.write_bytes(b"identity \xff")
    save(case_of(), path)
    assert (tmp_path / "a.her2case.bak").read_bytes() == b"identity \xff"


def test_an_export_takes_the_place_of_no_case_whatever_it_is_called(tmp_path: Path) -> None:
    save(case_of(), tmp_path / "a.pdf")
    (tmp_path / "b.her2case").write_bytes(b"damaged")
    before = everything_in(tmp_path)
    for name in ("a.pdf", "b.her2case"):
        with pytest.raises(OSError, match="it is a case file; choose another name"):
            write_export(tmp_path / name, b"%PDF", ())
    assert everything_in(tmp_path) == before
    write_export(tmp_path / "c.pdf", b"%PDF", ())
    write_export(tmp_path / "c.pdf", b"%PDF again", ())
    assert (tmp_path / "c.pdf").read_bytes() == b"%PDF again"
