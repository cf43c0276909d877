"""Work off the main thread: the newest request of each kind counts, older answers are dropped."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from shiboken6 import isValid

Work = Callable[[], Any]
Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


class DroppedError(Exception):
    """Raised inside work whose answer nobody waits for any more."""


class Job(NamedTuple):
    """One request: what to do, and what takes the result or the error, on the main thread."""

    kind: str
    generation: int
    work: Work
    done: Done
    failed: Failed


class _Post(QObject):
    """Carries answers back to the main thread."""

    answered = Signal(object, object, object)


class _Run(QRunnable):
    def __init__(self, job: Job, post: _Post) -> None:
        super().__init__()
        self._job: Job | None = job
        self._post = post

    def run(self) -> None:
        """Do the work and post its result or its error."""
        job, self._job = self._job, None  # Qt sometimes never frees a runnable, nor a case it refers to
        assert job is not None
        try:
            result = job.work()
        except Exception as error:  # noqa: BLE001  # reason: the main thread reports whatever goes wrong at the window
            self._post.answered.emit(job, None, error)
        else:
            self._post.answered.emit(job, result, None)


class Worker(QObject):
    """Runs at most one job of a kind at a time; of those waiting, only the newest."""

    busy_changed = Signal(bool)
    closing = Signal()
    """Long work that can be stopped should stop now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._pool.setExpiryTimeout(-1)  # a thread that ends leaves memory behind that the next does not take up
        self._post = _Post(self)
        self._post.answered.connect(self._take)  # queued by Qt itself: it is emitted on the threads of the pool
        self._generations: dict[str, int] = {}
        self._running: dict[str, Job] = {}
        self._waiting: dict[str, Job] = {}
        self._closed = False

    @property
    def busy(self) -> bool:
        """Return whether any work is running."""
        return bool(self._running)

    def ask(self, kind: str, work: Work, done: Done, failed: Failed) -> None:
        """Do ``work`` on another thread, then call ``done`` or ``failed`` here, unless a newer request came."""
        if self._closed:
            return
        generation = self._generations.get(kind, 0) + 1
        self._generations[kind] = generation
        job = Job(kind, generation, work, done, failed)
        if kind in self._running:
            self._waiting[kind] = job
        else:
            self._start(job)

    def next_asked(self, kind: str) -> Callable[[], None]:
        """Return what raises DroppedError inside the work asked for next, once its answer is stale.

        Long work calls it between its steps: what nobody waits for would slow the keyboard.
        """
        asked = self._generations.get(kind, 0) + 1

        def still_asked() -> None:
            if self._generations[kind] != asked:
                raise DroppedError

        return still_asked

    def drop(self, kind: str) -> None:
        """Make every answer of a kind that is still under way stale."""
        self._generations[kind] = self._generations.get(kind, 0) + 1
        self._waiting.pop(kind, None)

    def _start(self, job: Job) -> None:
        self._running[job.kind] = job
        self.busy_changed.emit(True)
        self._pool.start(_Run(job, self._post))

    def _take(self, job: Job, result: Any, error: Exception | None) -> None:
        self._running.pop(job.kind, None)
        if self._closed:
            return
        following = self._waiting.pop(job.kind, None)
        if following is not None:
            self._start(following)
        if job.generation == self._generations[job.kind] and _is_there(job.done):
            if error is None:
                job.done(result)
            else:
                job.failed(error)
        self.busy_changed.emit(self.busy)

    def close(self) -> None:
        """Let what runs finish, and forget its answer."""
        self._closed = True
        self.closing.emit()
        self._waiting.clear()
        self._pool.clear()
        self._pool.waitForDone()


def _is_there(done: Done) -> bool:
    """Return whether the part of the window that asked is still there: a page is gone once its casebook is locked."""
    while isinstance(done, partial):
        done = done.func
    return bool(isValid(getattr(done, "__self__", None)))
