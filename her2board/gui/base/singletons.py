"""Keeps None, True and False alive under PySide6 6.12 on Python before 3.12.

PySide6 6.12.0 is built for singletons that are never counted, as they are from Python 3.12 on. On 3.10 and 3.11
every call from Python that returns nothing takes one reference of None away, every emitted signal one of True;
after some thousand calls the interpreter aborts. 6.11 does not, but PySide6-Pdf exists for 6.12 only.
"""

import sys

_PLENTY = 1 << 40
"""More references than calls in centuries, and far from the largest count."""


def keep_singletons() -> None:
    """Give the singletons so many references that they are never used up; does nothing from Python 3.12 on."""
    if sys.version_info >= (3, 12):
        return
    import ctypes

    for singleton in (None, True, False, NotImplemented, ...):
        if sys.getrefcount(singleton) < _PLENTY // 2:
            ctypes.c_ssize_t.from_address(id(singleton)).value += _PLENTY
