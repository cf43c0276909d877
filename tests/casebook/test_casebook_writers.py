"""Two people write at once, in programs of their own: nothing is lost, every conflict is reported."""

import json
import os
import random
from collections.abc import Callable

import pytest
from support.casebook_work import reported
from support.encrypted_books import Open
from support.strategies import case_of

from her2board.casebook.book import ConflictError
from her2board.casebook.stored import StoredCasebook

EDITS = int(os.environ.get("HER2BOARD_BOOK_EDITS", "60"))
CASES = 4
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a copy of a process is made on POSIX systems only")


def test_two_writers_lose_nothing_and_every_conflict_is_reported(another: Open) -> None:
    first = another("anna")
    keys = [first.add(case_of({"meeting.question": "new"})).key for _ in range(CASES)]
    first.lock()
    pipes = [started(lambda seed=seed: another(f"writer{seed}"), keys, seed) for seed in range(2)]
    lines = [[json.loads(line) for line in finished(*pipe)] for pipe in pipes]
    written = {(one["key"], one["version"]): one["question"] for said in lines for one in said if "version" in one}
    conflicts = sum("conflict" in one for said in lines for one in said)
    assert all(one["newer"] for said in lines for one in said if "conflict" in one)
    assert len(written) == EDITS
    with_all = another("anna")
    assert sum(len(with_all.versions(key)) for key in keys) == EDITS + CASES
    for (key, version), question in written.items():
        assert with_all.case_at(key, version).value.meeting.question == question
    for key in keys:
        assert [one.number for one in with_all.versions(key)] == list(range(with_all.case(key).version, 0, -1))
    assert not with_all.audit_problems()
    print(f"{EDITS} edits of two writers, {conflicts} conflicts reported, none lost")


def started(opened: Callable[[], StoredCasebook], keys: list[str], seed: int) -> tuple[int, int]:
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)
    try:
        edit(opened(), keys, seed, writing)
        os._exit(0)
    except BaseException as error:  # noqa: BLE001  # reason: this process ends here whatever it was
        os.write(writing, f"{json.dumps({'failed': repr(error)})}\n".encode())
    finally:
        os._exit(1)


def finished(child: int, reading: int) -> list[str]:
    lines = list(reported(reading))
    os.close(reading)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, lines[-1:]
    return lines


def edit(book: StoredCasebook, keys: list[str], seed: int, writing: int) -> None:
    chance = random.Random(seed)
    known = {key: book.case(key).version for key in keys}
    for number in range(EDITS // 2):
        key, question = chance.choice(keys), f"writer {seed}, edit {number}"
        while True:
            try:
                version = book.save(key, case_of({"meeting.question": question}), known[key]).version
            except ConflictError as conflict:
                theirs = conflict.theirs.version if conflict.theirs else 0
                say(writing, conflict=key, newer=theirs > known[key])
                known[key] = theirs
            else:
                known[key] = version
                say(writing, key=key, version=version, question=question)
                break
    book.lock()


def say(writing: int, **words: object) -> None:
    os.write(writing, f"{json.dumps(words)}\n".encode())
