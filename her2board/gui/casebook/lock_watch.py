"""Notices when the casebook should lock: nobody typed for a while, the machine slept, the clock jumped."""

import hashlib

from PySide6.QtCore import QDateTime, QEvent, QObject, QSettings, QTimer, Signal, Slot
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication

AFTER = "casebook/lock_after_minutes"
CHOICES = (2, 5, 10, 15, 30, 60)
_USUAL = 10
_LOOK_MS = 5_000
_JUMP_MS = 60_000
"""Between two looks no more than a moment passes; where it is a minute, the machine slept or the clock was set."""
_DOES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.MouseMove,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    )
)


def lock_after(settings: QSettings) -> int:
    """Return the minutes after which an idle casebook locks."""
    kept = str(settings.value(AFTER, _USUAL))
    return int(kept) if kept.isdigit() and int(kept) in CHOICES else _USUAL


class LockWatch(QObject):
    """Watches while a casebook is open."""

    due = Signal(str)
    """Why it should lock: 'idle' or 'sleep'."""

    def __init__(self, settings: QSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._last = self._seen = QDateTime.currentMSecsSinceEpoch()
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(lambda: self.look(QDateTime.currentMSecsSinceEpoch()))
        self._bus = _follow_sleep(self)

    def start(self) -> None:
        """Begin to watch."""
        self._last = self._seen = QDateTime.currentMSecsSinceEpoch()
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        self._look.start()

    def stop(self) -> None:
        """Watch no more."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._look.stop()

    def look(self, now: int) -> None:
        """Compare the time, in milliseconds, with when somebody did something last, and with the last look."""
        jumped = abs(now - self._seen) > _JUMP_MS
        self._seen = now
        if jumped:
            self.due.emit("sleep")
        elif now - self._last >= lock_after(self._settings) * 60_000:
            self.due.emit("idle")

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802  # reason: Qt's name
        """Note that somebody does something."""
        if event.type() in _DOES:
            self._last = QDateTime.currentMSecsSinceEpoch()
        return False

    @Slot(bool)
    def prepareForSleep(self, going: bool) -> None:  # noqa: N802  # reason: named as the signal of the system is
        """Lock before the machine sleeps."""
        if going:
            self.due.emit("sleep")


class ClipboardWatch(QObject):
    """Remembers what was copied in this program while a casebook is open, by its digest, to clear it at the lock."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._mine = ""
        self._clipboard = QApplication.clipboard()
        self._clipboard.dataChanged.connect(self._note)

    def _note(self) -> None:
        if QApplication.focusWindow() is not None:  # what is copied elsewhere is none of ours
            self._mine = _digest(self._clipboard.text())

    def clear(self) -> None:
        """Clear the clipboard where it holds what was copied here."""
        text = self._clipboard.text()
        if text and (self._clipboard.ownsClipboard() or _digest(text) == self._mine):
            self._clipboard.clear()
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _follow_sleep(watch: LockWatch) -> object:
    """Ask the system's login service to say when the machine sleeps; None where there is none."""
    try:
        from PySide6.QtDBus import QDBusConnection  # part of some installations only
    except ImportError:
        return None
    bus = QDBusConnection.systemBus()
    if not bus.isConnected():
        return None
    service, place, manager = "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager"
    bus.connect(service, place, manager, "PrepareForSleep", watch, b"1prepareForSleep(bool)")
    return bus
