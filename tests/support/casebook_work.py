"""Work with casebooks that says what it has done, thing by thing, and the check that nothing of it is lost."""

import os
import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from her2board.briefing.meeting.into_book import store_meeting
from her2board.casebook import sqlite_engine
from her2board.casebook.backups import back_up, rehearse, restore
from her2board.casebook.errors import CasebookError, WrongPassphraseError
from her2board.casebook.model import Listing, Outcome
from her2board.casebook.opening import change_passphrase, create_casebook, open_casebook
from her2board.casebook.stored import StoredCasebook
from her2board.casebook.transfer import export_to, import_from
from support.encrypted_books import CHEAP
from support.strategies import case_of

Report = Callable[[str], None]
STEPS = tuple((f"CREATE TABLE note_{n}(id INTEGER)", f"CREATE INDEX note_by_{n} ON note_{n}(id)") for n in range(400))
"""Forms of the tables to come: enough for a run of the work."""
EXPORT = "of the export"
KINDS = ("add", "save", "save", "save", "create", "backup", "restore", "rekey", "form", "import", "decide", "decide")


def word(number: int) -> str:
    """Return one of the passphrases the work goes through."""
    return f"passphrase number {number}"


def set_form(form: int) -> None:
    """Let the program know the tables' form up to a number."""
    sqlite_engine.STEPS = STEPS[: form - 1]
    sqlite_engine.SCHEMA_VERSION = form


class Work:
    """Goes on with one casebook in a folder, doing one thing after another."""

    def __init__(self, folder: Path, seed: int, report: Report) -> None:
        self.folder, self.chance, self.report = folder, random.Random(seed), report
        self.path = folder / "board.her2book"

    def go_on(self, passphrase: int, form: int) -> None:
        """Do random things without end."""
        set_form(form)
        book = open_casebook(self.path, word(passphrase), by="worker")
        self.report("ready")
        while True:
            what = self.chance.choice(KINDS)
            if what == "rekey":
                book.lock()
                self.report(f"rekeying {passphrase + 1}")
                change_passphrase(self.path, word(passphrase), word(passphrase + 1), cost=CHEAP)
                passphrase += 1
                self.report(f"rekeyed {passphrase}")
                book = open_casebook(self.path, word(passphrase), by="worker")
            elif what == "form":
                book.lock()
                form += 1
                self.report(f"forming {form}")
                set_form(form)
                book = open_casebook(self.path, word(passphrase), by="worker")
                self.report(f"formed {form}")
            else:
                getattr(self, f"_{what}")(book, passphrase)

    def _add(self, book: StoredCasebook, _: int) -> None:
        question = self._question()
        kept = book.add(case_of({"meeting.question": question}))
        self.report(f"saved {kept.key} 1 {question}")

    def _save(self, book: StoredCasebook, passphrase: int) -> None:
        keys = sorted(book.summaries())
        if not keys:
            self._add(book, passphrase)
            return
        kept, question = book.case(self.chance.choice(keys)), self._question()
        saved = book.save(kept.key, case_of({"meeting.question": question}), kept.version)
        self.report(f"saved {kept.key} {saved.version} {question}")

    def _decide(self, book: StoredCasebook, _: int) -> None:
        """Take a decision about a case at the one meeting there is: into both in one step."""
        meeting = next(iter(book.meetings()), None) or book.add_meeting(date(2026, 12, 3))
        kept, words = book.add(case_of()), self._question()
        listing = Listing(case_id=kept.key, outcome=Outcome(decision=words))
        held = meeting.value.model_copy(update={"listings": (*meeting.value.listings, listing)})
        store_meeting(book, meeting.value, held, meeting.version)
        self.report(f"decided {kept.key} {words}")

    def _create(self, _: StoredCasebook, __: int) -> None:
        path = self._new("new")
        create_casebook(path, word(0), cost=CHEAP).lock()
        self.report(f"created {path.name} 0")

    def _backup(self, book: StoredCasebook, _: int) -> None:
        made = back_up(book, self._new("stick"), rotate=False)
        self.report(f"backup {made.relative_to(self.folder)}")

    def _restore(self, book: StoredCasebook, passphrase: int) -> None:
        made = back_up(book, self._new("stick"), rotate=False)
        path = self._new("restored")
        restore(made, word(passphrase), path)
        self.report(f"created {path.name} {passphrase}")

    def _import(self, book: StoredCasebook, _: int) -> None:
        file, other = self._new("file"), create_casebook(self._new("other"), word(0), cost=CHEAP)
        keys = [other.add(case_of({"meeting.question": f"import {n}"})).key for n in range(3)]
        export_to(other, file, EXPORT, CHEAP)
        other.lock()
        import_from(book, file, EXPORT)
        for n, key in enumerate(keys):
            self.report(f"saved {key} 1 import {n}")

    def _question(self) -> str:
        return f"question {self.chance.randrange(10**9)} " + "word " * self.chance.randrange(300)

    def _new(self, stem: str) -> Path:
        return self.folder / f"{stem}-{self.chance.randrange(10**12)}"


class Promised:
    """What was acknowledged, and whether it is there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / "board.her2book"
        self.saved: dict[tuple[str, int], str] = {}
        self.decided: dict[str, str] = {}
        self.passphrase, self.form = 0, 1
        self.trying: int | None = None
        self.created: list[tuple[str, int]] = []
        self.backups: list[str] = []
        self.lines = 0

    def take(self, lines: Iterator[str]) -> None:
        """Take what was reported; a line that was cut off was not acknowledged."""
        for line in lines:
            self.lines += 1
            what, _, rest = line.partition(" ")
            if what == "saved":
                key, number, question = rest.split(" ", 2)
                self.saved[key, int(number)] = question
            elif what == "decided":
                key, words = rest.split(" ", 1)
                self.decided[key] = words
            elif what == "created":
                name, number = rest.split(" ")
                self.created.append((name, int(number)))
            elif what == "backup":
                self.backups.append(rest)
            elif what == "rekeying":
                self.trying = int(rest)
            elif what == "rekeyed":
                self.passphrase, self.trying = int(rest), None
            elif what == "forming":
                self.form = int(rest)

    def check(self) -> None:
        """Open everything that was acknowledged and compare it."""
        set_form(self.form)
        book = self._opened()
        try:
            assert book.verify()[0] == []
            for (key, number), question in self.saved.items():
                assert book.case_at(key, number).value.meeting.question == question, (key, number)
            self._check_decisions(book)
            for made in self.backups:
                assert rehearse(book, self.folder / made) == []
        finally:
            book.lock()
        for name, number in self.created:
            other = open_casebook(self.folder / name, word(number))
            assert other.verify()[0] == []
            other.lock()
        self.created, self.backups = [], []

    def _check_decisions(self, book: StoredCasebook) -> None:
        """Look for every decision in the meeting and in its case: in both, or in neither."""
        held = {one.case_id: one.outcome.decision for kept in book.meetings() for one in kept.value.listings}
        assert self.decided.items() <= held.items()
        for key in book.summaries():
            said = {book.case_at(key, one.number).value.board.decision for one in book.versions(key)}
            assert {held[key]} == said - {None} if key in held else said == {None}, key

    def _opened(self) -> StoredCasebook:
        for number in dict.fromkeys((self.trying if self.trying is not None else self.passphrase, self.passphrase)):
            try:
                book = open_casebook(self.path, word(number))
            except WrongPassphraseError:
                continue
            self.passphrase, self.trying = number, None
            return book
        raise CasebookError("no passphrase opens it")


def reported(handle: int, early: bytes = b"") -> Iterator[str]:
    """Yield whole lines of what was written into a pipe before its writer ended, after what was read early."""
    data = early
    while part := os.read(handle, 1 << 16):
        data += part
    *whole, _ = data.split(b"\n")
    yield from (line.decode() for line in whole)
