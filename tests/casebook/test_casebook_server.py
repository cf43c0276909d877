"""A casebook on a server: the server sees nothing of it, and what it alters is noticed."""

from datetime import date
from pathlib import Path

import psycopg
import pytest
from support.encrypted_books import CHEAP, PASSPHRASE, opened
from support.strategies import case_of

from her2board.assessment.clinic import Clinic, as_file
from her2board.casebook.backups import back_up, restore
from her2board.casebook.book import Wanted
from her2board.casebook.errors import CasebookError, LockedError, WrongPassphraseError
from her2board.casebook.opening import (
    change_passphrase,
    create_casebook,
    open_casebook,
    open_with_recovery_key,
)
from her2board.casebook.postgres_engine import safe_conninfo
from her2board.casebook.server import Server
from her2board.casebook.stored import StoredCasebook
from her2board.casebook.summary import summary_of
from her2board.cli.opened_books import book_services


@pytest.fixture
def kept(server: Server) -> StoredCasebook:
    book = create_casebook(server, PASSPHRASE, by="anna", cost=CHEAP)
    yield book
    book.lock()


def everything(server: Server) -> bytes:
    """Return all the server holds, as whoever is in charge of it sees it."""
    with psycopg.connect(server.conninfo) as db:
        names = db.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'her2board%'").fetchall()
        rows = [db.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names]  # type: ignore[arg-type]  # reason: its own names
    return repr(rows).encode()


def test_the_server_sees_nothing_of_a_case(server: Server, kept: StoredCasebook) -> None:
    key = kept.add(case_of({"meeting.question": "Ottilie Wunderlich"})).key
    meeting = kept.add_meeting(date(2026, 12, 3), "Neuro-oncology", "Bologna")
    kept.record("exported", key, "Wunderlich")
    with pytest.raises(WrongPassphraseError):
        open_casebook(server, "not the passphrase")
    seen = everything(server)
    for word in (b"Ottilie", b"ottilie", b"Wunderlich", b"wunderlich", b"Neuro", b"Bologna", b"anna", b"exported"):
        assert word not in seen, word
    for key_ in (key, meeting.key):
        assert key_.encode() not in seen
    again = open_casebook(server, PASSPHRASE)
    assert "unlock_failed" in [entry.action for entry in again.audit()]
    assert again.find(Wanted("wunder")) == [key]
    again.lock()


def test_what_the_server_alters_or_exchanges_is_noticed(server: Server, kept: StoredCasebook) -> None:
    kept.add(case_of({"patient.age": 60}))
    kept.add(case_of({"patient.age": 61}))
    assert kept.verify() == ([], 2)
    with psycopg.connect(server.conninfo) as db:
        db.execute(
            """UPDATE her2board_version a SET payload = b.payload FROM her2board_version b
            WHERE a.record <> b.record"""
        )
    problems, _ = kept.verify()
    assert len(problems) == 2
    assert all("something else than was stored" in problem for problem in problems)


def test_another_passphrase_and_the_recovery_key_open_it(server: Server, kept: StoredCasebook) -> None:
    printed = kept.recovery_key()
    change_passphrase(server, PASSPHRASE, "another passphrase", cost=CHEAP)
    open_casebook(server, "another passphrase").lock()
    with pytest.raises(WrongPassphraseError):
        open_casebook(server, PASSPHRASE)
    open_with_recovery_key(server, printed, PASSPHRASE, cost=CHEAP).lock()
    open_casebook(server, PASSPHRASE).lock()
    with pytest.raises(CasebookError, match="there is a casebook on the server already"):
        create_casebook(server, PASSPHRASE, cost=CHEAP)


def test_a_backup_of_it_is_a_file_that_opens_without_the_server(kept: StoredCasebook, tmp_path: Path) -> None:
    key = kept.add(case_of({"meeting.question": "Radiosurgery?"})).key
    kept.save(key, case_of({"meeting.question": "Surgery?"}), 1)
    made = back_up(kept, tmp_path / "backups")
    restore(made, PASSPHRASE, tmp_path / "board.her2book")
    with opened(tmp_path / "board.her2book") as book:
        assert [one.changed for one in book.versions(key)] == [one.changed for one in kept.versions(key)]
        assert book.find(Wanted("surg")) == [key]
        assert book.verify() == ([], 2)


def test_the_window_opens_it_by_its_name_in_the_settings(
    server: Server, kept: StoredCasebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("her2board.casebook.opening.STATED", CHEAP)
    settings = tmp_path / "clinic.json"
    services = book_services(settings)
    assert services.servers() == (), "there are no settings yet"
    settings.write_bytes(as_file(Clinic(servers={"department": server.conninfo})))
    assert services.servers() == ("department",)
    services.change_passphrase("department", PASSPHRASE, "another of several words")
    services.open("department", "another of several words", summary_of).lock()
    services.recover("department", kept.recovery_key(), PASSPHRASE, summary_of).lock()
    services.open("department", PASSPHRASE, summary_of).lock()
    with pytest.raises(CasebookError, match="gone is no longer in the settings"):
        services.open("gone", PASSPHRASE, summary_of)


def test_a_server_that_is_not_there_and_a_lock_are_said_in_words(server: Server, kept: StoredCasebook) -> None:
    away = Server("away", server.conninfo.replace("dbname=postgres", "dbname=away"))
    with pytest.raises(CasebookError, match=r"the server: .*away"):
        open_casebook(away, PASSPHRASE)
    kept.lock()
    with pytest.raises(LockedError, match="is locked"):
        kept.summaries()


def test_a_connection_that_was_cut_is_made_again(server: Server, kept: StoredCasebook) -> None:
    key = kept.add(case_of()).key
    with psycopg.connect(server.conninfo, autocommit=True) as db:
        db.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'her2board'")
    with pytest.raises(CasebookError, match="when it answers again"):
        kept.case(key)
    assert kept.case(key).version == 1


def test_over_a_network_the_server_is_verified_and_no_password_is_in_the_settings() -> None:
    assert "sslmode=verify-full" in safe_conninfo("host=db.clinic.example dbname=board")
    assert "sslmode=verify-full" in safe_conninfo("dbname=board")
    assert "sslmode" not in safe_conninfo("host=/run/postgresql dbname=board")
    for refused in (
        "host=db sslmode=require",
        "host=db password=secret",
        "host=/run,db sslmode=prefer",
        "postgresql:/",
    ):
        with pytest.raises(CasebookError):
            safe_conninfo(refused)


def test_a_case_that_the_server_puts_back_or_leaves_out_is_named(server: Server, kept: StoredCasebook) -> None:
    key, other = kept.add(case_of({"patient.age": 60})).key, kept.add(case_of({"patient.age": 61})).key
    with psycopg.connect(server.conninfo, autocommit=True) as db:
        db.execute("CREATE TABLE kept AS SELECT * FROM her2board_record ORDER BY id LIMIT 1")
        kept.save(key, case_of({"patient.age": 62}), 1)
        db.execute("DELETE FROM her2board_record WHERE seq = (SELECT min(seq) FROM her2board_record)")
        db.execute("DELETE FROM her2board_version WHERE number > 1")
        db.execute(
            """UPDATE her2board_record r SET version = k.version, seq = k.seq, brief = k.brief FROM kept k
            WHERE r.name = k.name"""
        )
    again = open_casebook(server, PASSPHRASE)
    problems, _ = again.verify()
    again.lock()
    assert any(problem.startswith(f"case {key} is not as of its latest change") for problem in problems)
    assert any(problem.startswith(f"{other} is missing") for problem in problems)
