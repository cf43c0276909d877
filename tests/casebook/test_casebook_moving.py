"""Exports, imports, backups: what leaves a casebook comes back whole, or is refused."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from support.encrypted_books import CHEAP, PASSPHRASE, created, opened
from support.strategies import case_of

from her2board.briefing.meeting.into_book import decided_elsewhere, store_meeting
from her2board.case.edit import with_value
from her2board.casebook import opening, sqlite_engine
from her2board.casebook.backup_files import backup_folder, backup_name, backups
from her2board.casebook.backups import back_up, is_due, outdated, rehearse, restore
from her2board.casebook.book import Wanted
from her2board.casebook.errors import BusyError, CasebookError, DamagedError, WrongPassphraseError
from her2board.casebook.meeting_edits import with_outcome
from her2board.casebook.merging import merged
from her2board.casebook.model import Listing
from her2board.casebook.stored import StoredCasebook
from her2board.casebook.transfer import Choice, Conflict, export_to, import_from

QUESTION, WORD = "meeting.question", "of the export"


@pytest.fixture
def here(tmp_path: Path) -> StoredCasebook:
    return created(tmp_path / "here.her2book")


@pytest.fixture
def there(tmp_path: Path) -> StoredCasebook:
    return created(tmp_path / "there.her2book")


def moved(
    one: StoredCasebook, other: StoredCasebook, tmp_path: Path, choice: Choice = "ours", **what: object
) -> object:
    export_to(one, tmp_path / "a.her2export", WORD, CHEAP, **what)
    return import_from(other, tmp_path / "a.her2export", WORD, lambda _: choice, decided_elsewhere)


def test_a_case_moves_with_all_its_versions_and_a_meeting_with_its_cases(
    here: StoredCasebook, there: StoredCasebook, tmp_path: Path
) -> None:
    key = here.add(case_of({QUESTION: "Radiosurgery?"})).key
    here.save(key, case_of({QUESTION: "Surgery?"}), 1)
    other = here.add(case_of()).key
    meeting = here.add_meeting(date(2026, 12, 3))
    here.save_meeting(meeting.value.model_copy(update={"listings": (Listing(case_id=key),)}), 1)
    found = moved(here, there, tmp_path, cases=(), meetings=[meeting.key])
    assert found.added == [key, meeting.key]
    assert there.versions(key) == here.versions(key)
    assert there.meeting(meeting.key) == here.meeting(meeting.key)
    assert there.find(Wanted("surg")) == [key]
    assert not there.audit_problems()
    assert b"urgery" not in (tmp_path / "a.her2export").read_bytes()
    found = moved(here, there, tmp_path)
    assert (found.added, found.same) == ([other], [key, meeting.key])


def test_what_a_meeting_decided_elsewhere_is_in_a_case_that_went_on_here(
    here: StoredCasebook, there: StoredCasebook, tmp_path: Path
) -> None:
    key = here.add(case_of()).key
    other = here.add(case_of({"board.decision": "Surgery"})).key
    held = here.add_meeting(date(2026, 12, 3))
    listed = held.value.model_copy(update={"listings": (Listing(case_id=key), Listing(case_id=other))})
    here.save_meeting(listed, 1)
    moved(here, there, tmp_path)
    here.save(key, case_of({QUESTION: "went on here"}), 1)
    both = with_outcome(with_outcome(listed, key, decision="SRS"), other, decision="SRS first")
    store_meeting(there, listed, both, 2)
    kept = there.case(other)
    there.save(other, with_value(kept.value, "board.decision", "as typed there"), kept.version)
    found = moved(there, here, tmp_path)
    assert (found.newer, [one.kind for one, _ in found.conflicts]) == ([other, held.key], ["case"])
    case = here.case(key).value
    assert (case.meeting.question, case.board.decision) == ("went on here", "SRS")
    assert here.case(other).value.board.decision == "as typed there", "a case that came along is as it was there"
    here.save_meeting(with_outcome(both, key, owner="Dr Neri"), 3)
    there.save_meeting(with_outcome(both, key, due=date(2026, 12, 20)), 3)
    found = moved(there, here, tmp_path, "merged")
    outcome = here.meeting(held.key).value.listings[0].outcome
    assert (outcome.owner, outcome.due) == ("Dr Neri", date(2026, 12, 20)), "each side changed another thing"


def test_newer_versions_follow_and_older_ones_change_nothing(
    here: StoredCasebook, there: StoredCasebook, tmp_path: Path
) -> None:
    key = here.add(case_of()).key
    moved(here, there, tmp_path)
    there.save(key, case_of({"patient.age": 60}), 1)
    assert moved(here, there, tmp_path).older == [key]
    assert moved(there, here, tmp_path).newer == [key]
    assert here.case(key).value == case_of({"patient.age": 60})


@pytest.mark.parametrize(
    ("choice", "question", "age"), [("ours", "ours", None), ("theirs", None, 60), ("merged", "ours", 60)]
)
def test_a_case_that_went_on_in_both_places_is_shown_from_both_sides(
    here: StoredCasebook, there: StoredCasebook, tmp_path: Path, choice: Choice, question: str | None, age: int | None
) -> None:
    key = here.add(case_of()).key
    moved(here, there, tmp_path)
    here.save(key, case_of({"patient.age": 60}), 1)
    there.save(key, case_of({QUESTION: "ours"}), 1)
    (conflict, chosen), *_ = moved(here, there, tmp_path, choice).conflicts
    assert isinstance(conflict, Conflict)
    assert chosen == choice
    assert conflict.before is not None
    assert (conflict.before.value, conflict.ours.value, conflict.theirs.value) == (
        case_of(),
        case_of({QUESTION: "ours"}),
        case_of({"patient.age": 60}),
    )
    now = there.case(key).value
    assert (now.meeting.question, now.patient.age) == (question, age)


def test_what_both_sides_changed_is_left_to_a_person() -> None:
    before = case_of({QUESTION: "old", "patient.age": 60})
    ours, theirs = case_of({QUESTION: "ours", "patient.age": 60}), case_of({QUESTION: "theirs", "patient.ecog": 1})
    both = merged(before, ours, theirs)
    assert [(clash.field.path, clash.ours, clash.theirs) for clash in both.clashes] == [(QUESTION, "ours", "theirs")]
    assert {field.path for field in both.taken} == {"patient.age", "patient.ecog"}
    assert both.case == case_of({QUESTION: "ours", "patient.ecog": 1})


def test_a_damaged_or_cut_export_is_refused_before_anything_is_taken(
    here: StoredCasebook, there: StoredCasebook, tmp_path: Path
) -> None:
    here.add(case_of({QUESTION: "Radiosurgery?"}))
    path = tmp_path / "a.her2export"
    export_to(here, path, WORD, CHEAP)
    data = path.read_bytes()
    with pytest.raises(WrongPassphraseError):
        import_from(there, path, "another one")
    for place in (*range(0, len(data), 7), len(data) - 1):
        path.write_bytes(data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :])
        with pytest.raises(DamagedError):
            import_from(there, path, WORD)
    for end in (len(data) - 1, len(data) - 20, 30, 0):
        path.write_bytes(data[:end])
        with pytest.raises(DamagedError):
            import_from(there, path, WORD)
    assert not there.summaries()


def test_a_backup_is_opened_and_compared_and_a_lost_machine_is_restored_from_it(
    here: StoredCasebook, tmp_path: Path
) -> None:
    key = here.add(case_of({QUESTION: "Radiosurgery?"})).key
    folder = tmp_path / "stick"
    made = back_up(here, folder)
    here.save(key, case_of(), 1)
    assert rehearse(here, made) == []
    here.lock()
    empty = tmp_path / "new machine"
    empty.mkdir()
    assert restore(folder, PASSPHRASE, empty / "board.her2book") == made
    with opened(empty / "board.her2book") as book:
        assert book.case(key).value.meeting.question == "Radiosurgery?"
        assert book.verify()[0] == []


def test_a_backup_that_is_not_what_it_was_made_of_is_found_out(here: StoredCasebook, tmp_path: Path) -> None:
    key = here.add(case_of({QUESTION: "Radiosurgery?"})).key
    made = back_up(here, tmp_path / "stick")
    db = sqlite_engine.connect(made, here.secret(), wal=False)
    db.execute("UPDATE version SET payload = replace(payload, 'Radiosurgery', 'Surgery')")
    db.close()
    assert rehearse(here, made) == [f"case {key}, version 1 differs"]
    data = bytearray(made.read_bytes())
    data[len(data) // 2] ^= 1
    made.write_bytes(data)
    assert rehearse(here, made)
    with pytest.raises(CasebookError):
        restore(made, PASSPHRASE, tmp_path / "b.her2book")
    assert not (tmp_path / "b.her2book").exists()


def test_a_restore_sets_the_present_casebook_aside(here: StoredCasebook, tmp_path: Path) -> None:
    made = back_up(here, tmp_path / "stick")
    key = here.add(case_of()).key
    with pytest.raises(CasebookError, match="something is there already"):
        restore(made, PASSPHRASE, here.site.path)
    with pytest.raises(BusyError, match="open in another program"):
        restore(made, PASSPHRASE, here.site.path, replace=True)
    assert here.case(key).version == 1
    here.lock()
    restore(made, PASSPHRASE, here.site.path, replace=True)
    with opened(here.site.path) as book:
        assert not book.summaries()
    aside = [path for path in tmp_path.iterdir() if "before-restore" in path.name and not path.name.endswith(".key")]
    with opened(aside[0]) as book:
        assert book.case(key).version == 1


def test_rotation_keeps_one_of_each_day_week_and_month(tmp_path: Path) -> None:
    now = datetime(2026, 11, 30, 18, tzinfo=UTC)
    names = [tmp_path / backup_name(Path("b.her2book"), now - timedelta(hours=6 * n)) for n in range(1600)]
    kept = set(names) - set(outdated(names))
    assert names[0] in kept
    assert 20 <= len(kept) <= 24
    assert len({name.name[2:8] for name in kept}) == 12
    before = tmp_path / backup_name(Path("b.her2book"), now - timedelta(days=900), "before-form-2")
    assert outdated([*names[:1], before]) == []


def test_a_backup_is_due_a_day_after_the_last_and_when_the_clock_was_set_back(
    here: StoredCasebook, tmp_path: Path
) -> None:
    folder = backup_folder(here.site.path)
    assert is_due(folder, here.now())
    made = back_up(here, folder)
    assert backups(folder) == [made]
    assert not is_due(folder, here.now())
    assert is_due(folder, here.now() + timedelta(days=1))
    assert is_due(folder, here.now() - timedelta(days=1))


def test_a_new_form_of_the_tables_is_taken_after_a_backup_and_an_unknown_one_is_refused(
    here: StoredCasebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = here.add(case_of()).key
    path = here.site.path
    here.lock()
    monkeypatch.setattr(sqlite_engine, "STEPS", (("CREATE TABLE note(id INTEGER PRIMARY KEY)",),))
    monkeypatch.setattr(sqlite_engine, "SCHEMA_VERSION", 2)
    with opened(path) as book:
        assert book.case(key).version == 1
        assert book.storage.schema() == 2
    (before,) = backups(backup_folder(path))
    assert before.name.endswith("-before-form-2.her2book")
    monkeypatch.undo()
    with pytest.raises(CasebookError, match="newer version of this program"):
        opening.open_casebook(path, PASSPHRASE)
    with opened(before) as book:
        assert book.case(key).version == 1


def test_a_new_form_that_cannot_be_taken_leaves_everything_as_it_was(
    here: StoredCasebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = here.add(case_of()).key
    path = here.site.path
    here.lock()
    monkeypatch.setattr(sqlite_engine, "STEPS", (("DROP TABLE audit", "NO SUCH STATEMENT"),))
    monkeypatch.setattr(sqlite_engine, "SCHEMA_VERSION", 2)
    with pytest.raises(CasebookError):
        opening.open_casebook(path, PASSPHRASE)
    monkeypatch.undo()
    with opened(path) as book:
        assert book.verify() == ([], 1)
        assert book.case(key).version == 1
