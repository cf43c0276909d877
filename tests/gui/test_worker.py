"""Work off the main thread."""

from threading import Event

from her2board.gui.worker import Worker


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


def test_a_closed_worker_takes_no_more_work(qtbot) -> None:
    worker, answers = Worker(), []
    worker.close()
    worker.ask("page", lambda: 1, answers.append, answers.append)
    assert not worker.busy
