"""What is there by kind, and what grows when the same is done again and again."""

import gc
import threading
import time
from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from her2board.gui.base.worker import Worker, _Run

_SOON_MS = 2000
"""A timer that ends by itself within this time is waited for."""
_PATIENCE_S = 30


def held() -> Counter[str]:
    """Return what is there by kind, once what was let go is gone: objects of ours and of Qt, timers, threads."""
    _settle()
    found: Counter[str] = Counter()
    for part in gc.get_objects():
        kind = type(part)
        if kind.__module__.startswith("her2board.gui") and kind is not _Run:  # Qt does not free every one, see there
            found[f"{kind.__module__}.{kind.__qualname__}"] += 1
        if isinstance(part, QWidget) and not isValid(part):
            found[f"{kind.__name__} whose object of Qt is gone"] += 1
        if isinstance(part, QTimer) and isValid(part) and part.isActive() and not part.isSingleShot():
            found["running timers"] += 1  # others end by themselves
    for window in QApplication.topLevelWidgets():
        found["objects of Qt"] += len(window.findChildren(QObject))
    found["windows"] = len(QApplication.topLevelWidgets())
    found["widgets"] = len(QApplication.allWidgets())
    found["threads"] = threading.active_count()
    return found


def _settle() -> None:
    """Wait until nothing is worked on, nor about to be, and what was let go is gone."""
    tops = QApplication.topLevelWidgets()
    workers = [worker for window in tops for worker in window.findChildren(Worker)]
    timers = [timer for window in tops for timer in window.findChildren(QTimer)]
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        for worker in workers:
            worker._pool.waitForDone()  # its thread may hold an answer a moment longer than the window that took it
        QApplication.processEvents()
        soon = (timer for timer in timers if isValid(timer) and timer.isActive() and timer.interval() <= _SOON_MS)
        if not any(worker.busy for worker in workers) and not any(timer.isSingleShot() for timer in soon):
            break
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def grown(deed: Callable[[], object], rounds: int) -> dict[str, int]:
    """Do something once, so that what is made once is there, then again and again; return what there is more of."""
    deed()
    before = held()
    for _ in range(rounds):
        deed()
    return dict(held() - before)


def close_all_but(window: QWidget) -> list[str]:
    """Close every window but one, as a person does; return the names of their kinds."""
    found = [other for other in QApplication.topLevelWidgets() if other is not window and other.isVisible()]
    names = [type(other).__name__ for other in found]
    for other in found:
        other.close()
    QApplication.processEvents()
    return names
