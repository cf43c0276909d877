"""What is there by kind, and what grows when the same is done again and again."""

import gc
import threading
from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from her2board.gui.base.worker import Worker, _Run


def held() -> Counter[str]:
    """Return what is there by kind, once what was let go is gone: objects of ours and of Qt, timers, threads."""
    workers = [worker for window in QApplication.topLevelWidgets() for worker in window.findChildren(Worker)]
    for _ in range(3):
        for worker in workers:
            worker._pool.waitForDone()  # its thread may hold an answer a moment longer than the window that took it
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    found: Counter[str] = Counter()
    for part in gc.get_objects():
        kind = type(part)
        if kind.__module__.startswith("her2board.gui") and kind is not _Run:  # Qt does not free every one, see there
            found[f"{kind.__module__}.{kind.__qualname__}"] += 1
        if isinstance(part, QTimer) and isValid(part) and part.isActive():
            found["running timers"] += 1
    for window in QApplication.topLevelWidgets():
        found["objects of Qt"] += len(window.findChildren(QObject))
    found["windows"] = len(QApplication.topLevelWidgets())
    found["widgets"] = len(QApplication.allWidgets())
    found["threads"] = threading.active_count()
    return found


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
