"""Work off the main thread."""

import gc
from collections.abc import Callable
from functools import partial
from threading import Event
from weakref import WeakSet

from PySide6.QtWidgets import QLabel
from shiboken6 import delete

from her2board.gui.base.worker import Worker


def test_only_the_newest_answer_arrives(qtbot) -> None:
    worker, gate, answers = Worker(), Event(), []

    def slow() -> str:
        gate.wait(5)
        return "old"

    worker.ask("page", slow, answers.append, answers.append)
    worker.ask("page", lambda: "middle", answers.append, answers.append)
    worker.ask("page", lambda: "new", answers.append, answers.append)
    gate.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert answers == ["new"]
    worker.close()


def test_an_error_arrives_as_an_error(qtbot) -> None:
    worker, answers, errors = Worker(), [], []
    worker.ask("page", lambda: 1 / 0, answers.append, errors.append)
    qtbot.waitUntil(lambda: not worker.busy)
    assert answers == []
    assert isinstance(errors[0], ZeroDivisionError)
    worker.close()


def test_a_dropped_answer_never_arrives(qtbot) -> None:
    worker, gate, answers = Worker(), Event(), []
    worker.ask("page", lambda: gate.wait(5), answers.append, answers.append)
    worker.drop("page")
    gate.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert answers == []
    worker.close()


def test_an_answer_for_a_page_that_is_gone_is_dropped(qtbot) -> None:
    worker, gate, page = Worker(), Event(), QLabel()
    worker.ask("page", lambda: gate.wait(5) and "late", partial(page.setText), page.setText)
    delete(page)
    gate.set()
    qtbot.waitUntil(lambda: not worker.busy)
    worker.close()


def test_work_that_nobody_waits_for_any_more_ends_at_its_next_step(qtbot) -> None:
    worker, gate, steps, answers = Worker(), Event(), [], []

    def in_steps(still_asked: Callable[[], None]) -> str:
        still_asked()
        steps.append("first")
        gate.wait(5)
        still_asked()
        steps.append("second")
        return "done"

    worker.ask("page", partial(in_steps, worker.next_asked("page")), answers.append, answers.append)
    qtbot.waitUntil(lambda: steps == ["first"])
    worker.ask("page", partial(in_steps, worker.next_asked("page")), answers.append, answers.append)
    gate.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert steps == ["first", "first", "second"]
    assert answers == ["done"]
    worker.close()


def test_a_closed_worker_takes_no_more_work(qtbot) -> None:
    worker, answers = Worker(), []
    worker.close()
    worker.ask("page", lambda: 1, answers.append, answers.append)
    assert not worker.busy


def test_what_was_worked_on_is_freed(qtbot) -> None:
    """Each piece of work refers to a case and its assessment; Qt sometimes keeps the runnable itself."""
    worker, held, answers = Worker(), WeakSet(), []
    for number in range(100):
        case = Held()
        held.add(case)
        worker.ask("kind", partial(str, case), answers.append, answers.append)
        del case
        qtbot.waitUntil(lambda seen=number: len(answers) > seen)
    qtbot.waitUntil(lambda: not worker.busy)
    gc.collect()
    assert len(held) == 0
    worker.close()


class Held:
    """Something that work is done on."""
