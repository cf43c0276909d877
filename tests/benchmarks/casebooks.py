"""A casebook of many cases beside the same statements on SQLite without encryption: filled, opened, searched."""

import os
import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import apsw
from casebook_screen import FEW, on_screen
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from measure import Line, Taken, in_turns, line, timed

from her2board import paths
from her2board.case.storage import dump_compact, load
from her2board.casebook import audit, sqlite_engine
from her2board.casebook.book import Wanted
from her2board.casebook.brief_text import brief_text
from her2board.casebook.filters import case_filters
from her2board.casebook.keys import Cost, unwrap, wrap
from her2board.casebook.places import Place
from her2board.casebook.search import index_terms
from her2board.casebook.sqlite_engine import SqliteStorage, connect
from her2board.casebook.storage import Change
from her2board.casebook.stored import CASE, Hands, Site, StoredCasebook, head
from her2board.casebook.summary import summary_of

CASES = int(os.environ.get("HER2BOARD_BENCH_CASES", "100000"))
_KEY = bytes(range(32))
_AT_ONCE = 500
_FLOOR = "the same, not encrypted"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def casebooks() -> Iterator[Line]:
    """Measure a casebook of ``CASES`` cases."""
    with tempfile.TemporaryDirectory() as folder:
        board, floor = (Path(folder) / name for name in ("board", "floor"))
        filling, floor_filling = _in_turns(_filled(board, encrypted=True), _filled(floor, encrypted=False))
        twice = ("2x", lambda ratio, *_: ratio <= 2)
        yield line(f"casebook: {CASES} cases stored", filling, _FLOOR, floor_filling, *twice)
        yield _beside("casebook: opened", partial(_opened, board, True), partial(_opened, floor, False), 30)
        here, there = _opened(board, True), _opened(floor, False)
        for what, ask, runs in (
            ("casebook: 50 cases listed", _listed, 60),
            ("casebook: a case read", _read, 500),
            ("casebook: searched as typed", _searched, 1000),
        ):
            yield _beside(what, partial(ask, here, random.Random(2)), partial(ask, there, random.Random(2)), runs)
        few = Path(folder) / "few"
        _in_turns(_filled(few, encrypted=True, cases=FEW))
        yield from on_screen(CASES, here, _opened(few, True))
        here.lock()
        there.lock()
    word = "a horse and a battery"
    header = wrap(_KEY, "00", word, Cost())
    times, baselines = in_turns(partial(timed, partial(unwrap, header, word)), partial(timed, _argon2), 7)
    reach = ("300 ms", lambda _, ms, __: ms <= 300)
    yield line("casebook: key from its passphrase", times, "Argon2id alone", baselines, *reach)


def _argon2() -> bytes:
    cost = Cost()
    lanes = {"iterations": cost.passes, "lanes": cost.lanes, "memory_cost": cost.memory_kib}
    return Argon2id(salt=bytes(16), length=32, **lanes).derive(b"a horse and a battery")


def _beside(what: str, ours: Callable[[], object], floor: Callable[[], object], runs: int) -> Line:
    times, baselines = in_turns(partial(timed, ours), partial(timed, floor), runs)
    return line(what, times, _FLOOR, baselines, "2x, p99 50 ms", lambda ratio, _, last: ratio <= 2 and last <= 50)


def _in_turns(*filling: Iterator[Taken]) -> list[list[Taken]]:
    """Fill casebooks side by side; return how long each took on the whole, as one measurement."""
    steps = list(zip(*filling, strict=True))
    return [[tuple(map(sum, zip(*mine, strict=True)))] for mine in zip(*steps, strict=True)]


def _filled(path: Path, *, encrypted: bool, cases: int = CASES) -> Iterator[Taken]:
    """Fill a casebook with invented cases; yield how long every step took."""
    path.touch()
    storage = _storage(path, encrypted)
    storage.create((("casebook id", "00"),))
    samples = list(_samples())
    chance, now = random.Random(1), datetime.now(UTC)
    words = [_word(chance) for _ in range(20_000)]
    made = head(now, "anna", "added")

    def fill(first: int) -> None:
        lines = [audit.Line(now, "anna", "added", f"{n:016x}") for n in range(first, first + _AT_ONCE)]
        changes = []
        for number in range(first, first + _AT_ONCE):
            payload, brief, terms = samples[number % len(samples)]
            more = " ".join(chance.choices(words, k=12))
            changes.append(Change(CASE, f"{number:016x}", 0, made, payload, brief, f"{terms} c{number} {more}"))
        storage.write(changes, audit.sealing(_KEY, lines))

    for first in range(0, cases, _AT_ONCE):
        yield timed(partial(fill, first))
    storage.close()


def _samples() -> Iterator[tuple[str, str, str]]:
    for path in sorted(paths.examples_dir().glob("*.her2case")):
        case = load(path)
        summary = summary_of(case)
        yield dump_compact(case), brief_text(summary), index_terms(summary.text, case_filters(summary))


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_LETTERS, k=chance.randint(4, 9)))


def _storage(path: Path, encrypted: bool) -> SqliteStorage:
    if encrypted:
        return SqliteStorage(path, connect(path, _KEY, wal=True))
    db = apsw.Connection(str(path))
    sqlite_engine.prepare(db, wal=True)
    return SqliteStorage(path, db)


def _opened(path: Path, encrypted: bool) -> StoredCasebook:
    storage = _storage(path, encrypted)
    storage.steps_to_take()
    hands = Hands("anna", lambda: datetime.now(UTC), summary_of)
    return StoredCasebook(storage, _KEY, hands, Site(path, Place(), lambda: b""))


def _listed(book: StoredCasebook, _: random.Random) -> object:
    return book.some_summaries(book.find(Wanted(), 50))


def _read(book: StoredCasebook, chance: random.Random) -> object:
    return book.case(f"{chance.randrange(CASES):016x}")


def _searched(book: StoredCasebook, chance: random.Random) -> object:
    """Search for the beginning of a word, as long as somebody has typed by then."""
    return book.find(Wanted(_word(chance)[: chance.randint(1, 6)]), 50)
