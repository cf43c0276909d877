"""Measures how long two programs take until their window is shown: starts.py ONE... -- OTHER..., on an X display.

They take turns, so that a busy machine slows both. Prints medians and the ratio of the first to the second.
"""

import ctypes
import ctypes.util
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

RUNS = 15
SUBSTRUCTURE_NOTIFY = 1 << 19
MAP_NOTIFY = 19
EVENT_BYTES = 192


class Screen:
    """Reports when a window appears."""

    def __init__(self) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11"))
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(None))
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        root = self._x.XDefaultRootWindow(self._display)
        self._x.XSelectInput(self._display, ctypes.c_ulong(root), ctypes.c_long(SUBSTRUCTURE_NOTIFY))
        self._x.XSync(self._display, False)

    def forget(self) -> None:
        """Leave out what happened so far."""
        self._x.XSync(self._display, True)

    def wait(self) -> None:
        """Return when a window has been shown."""
        event = ctypes.create_string_buffer(EVENT_BYTES)
        while True:
            self._x.XNextEvent(self._display, event)
            if int.from_bytes(event.raw[:4], sys.byteorder) == MAP_NOTIFY:
                return


def started(screen: Screen, command: list[str]) -> float:
    """Return the milliseconds until the window of ``command`` is shown; ends the program then."""
    screen.forget()
    before = time.perf_counter()
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    screen.wait()
    taken = (time.perf_counter() - before) * 1000
    program.kill()
    program.wait()
    time.sleep(0.3)  # its connection is closed before the next one is watched
    return taken


def main() -> None:
    """Measure and print."""
    middle = sys.argv.index("--")
    one, other = sys.argv[1:middle], sys.argv[middle + 1 :]
    screen = Screen()
    with tempfile.TemporaryDirectory() as home:
        Path(home, "config").mkdir()
        around = ["env", f"HOME={home}"]
        started(screen, around + one), started(screen, around + other)  # once for warming up
        pairs = [(started(screen, around + one), started(screen, around + other)) for _ in range(RUNS)]
    first, second = (median(column) for column in zip(*pairs, strict=True))
    print(f"starts: {one[0]} {first:.0f} ms, {' '.join(other)} {second:.0f} ms, ratio {first / second:.2f}")


if __name__ == "__main__":
    main()
