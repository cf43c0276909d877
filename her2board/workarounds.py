"""Every change the program makes to a library, or to how Python runs, for the whole process.

Each has a reason, what it gains, and versions outside which it does nothing. For each, tests/unit/test_workarounds.py
shows the problem without it, and fails once a newer version has solved it: then the workaround goes.
"""

import builtins
import gc
import linecache
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

_PR_SET_DUMPABLE = 4
"""Of Linux's prctl."""
_MANY = 1 << 40
"""References: more than calls in centuries, and far from the largest count."""
_TURN_S = 0.0005


def skip_pydantic_plugins() -> None:
    """Keep pydantic from looking for plugins: no foreign code in validation, and 36 of 244 ms less to import it.

    It would import ``importlib.metadata`` for that, which brings e-mail, sockets and archives along. With a version
    that does not, the stand-in is never asked.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    _defer("importlib.metadata", "entry_points")


@contextmanager
def light_reportlab(version: str) -> Iterator[None]:
    """Inside, reportlab is imported without pictures, and without the shaper of letters although it is installed.

    It imports both wherever it finds them, for 24 of 145 ms of processor time. No page has pictures, and only rare
    texts need the shaper, which draws them without reportlab.
    """
    if not version.startswith("5.1."):
        yield
        return
    _defer("PIL.Image")
    shaper = "uharfbuzz"
    known = sys.modules.get(shaper)
    sys.modules[shaper] = None  # type: ignore[assignment]  # reason: how Python notes a module that cannot be imported
    try:
        yield
    finally:
        del sys.modules[shaper]
        if known is not None:
            sys.modules[shaper] = known


def ignore_build_date() -> None:
    """Forget the date that build tools set: reportlab would date every page by it, and the same case differ.

    It reads the variable in every version there is.
    """
    os.environ.pop("SOURCE_DATE_EPOCH", None)


def dump_no_memory() -> None:
    """Let a crash write no image of the memory to the disk: cases are in it, and the key of an open casebook.

    The limit is enough where the system writes such an image as a file. One that hands it to a program of its own
    (systemd-coredump, apport) need not heed the limit; there Linux itself makes none of a process marked as not to be
    dumped, which no other program of the same user can read the memory of either. Child processes set both for
    themselves. Where a system knows no such images (Windows) nothing is done. What the system moves to its swap area
    is not kept out by this: docs/CASEBOOK.md says what is known of that.
    """
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    if sys.platform == "linux":
        from ctypes import CDLL

        with suppress(OSError, AttributeError):  # a C library without it: the limit is what there is
            CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def keep_singletons(pyside: str) -> None:
    """Give None, True and False so many references that PySide never uses them up.

    PySide6 6.12 is built for singletons that are not counted, as from Python 3.12 on. Before, every call from Python
    that returns nothing takes one reference of None away, and after some thousand calls the interpreter aborts. 6.11
    does not, but PySide6-Pdf exists for 6.12 only.
    """
    if sys.version_info >= (3, 12) or not pyside.startswith("6.12."):
        return
    import ctypes

    for singleton in (None, True, False, NotImplemented, ...):
        if sys.getrefcount(singleton) < _MANY // 2:
            ctypes.c_ssize_t.from_address(id(singleton)).value += _MANY


def import_directly(pyside: str) -> None:
    """Let Python import modules by itself again, where PySide has put its own function before it.

    That function asks each statement whether it switches a feature of PySide on, and reads the source of every module
    in search of PySide's name; none of these features is used here. It costs 120 of 550 ms of processor time for all
    of the program, and ten megabytes of source, which are let go of.
    """
    own = vars(builtins).get("__orig_import__")
    if pyside.startswith("6.12.") and own is not None:
        builtins.__import__ = own
        linecache.clearcache()


def take_short_turns() -> None:
    """Let a thread that waits for Python have it within half a millisecond; Python itself says five.

    A key that comes while the page is made waits for the page's thread at every step: of a hundred keys of a script
    the slowest were taken in 7 to 12 ms instead of 22.
    """
    sys.setswitchinterval(_TURN_S)


@contextmanager
def counted_streams(take: Callable[[int], None]) -> Iterator[None]:
    """Inside, ``take`` is given the size of every stream of a PDF that pypdf unpacks, and stops it by raising.

    pypdf bounds each stream, but not how much it keeps of all of them: a small file can name thousands.
    """
    filters = import_module("pypdf.filters")
    unpacked = filters.decode_stream_data

    def counted(stream: Any) -> bytes:
        data: bytes = unpacked(stream)
        take(len(data))
        return data

    filters.decode_stream_data = counted  # type: ignore[attr-defined]  # reason: a name of its own, put back below
    try:
        yield
    finally:
        filters.decode_stream_data = unpacked  # type: ignore[attr-defined]  # reason: as above


@contextmanager
def kept_for_good() -> Iterator[None]:
    """Set aside for good what is made inside, and all that was made before.

    Python's collector would walk the evidence again and again while somebody types, 9 ms each time, and find nothing,
    since none of it is ever let go. The same with modules: 45 of 550 ms of processor time of a start.
    """
    gc.disable()  # nothing that is being made can be garbage
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def _defer(name: str, *functions: str) -> None:
    """Let the module ``name`` wait until something of it is used; ``functions`` may be taken by name before.

    Nothing happens where the module was imported already.
    """
    if name in sys.modules:
        return
    parent, _, child = name.rpartition(".")
    stand_in = _StandIn(name, functions)
    setattr(import_module(parent), child, stand_in)
    sys.modules[name] = stand_in


class _StandIn(ModuleType):
    def __init__(self, name: str, functions: tuple[str, ...]) -> None:
        super().__init__(name)
        for function in functions:
            setattr(self, function, partial(self._called, function))

    def _called(self, function: str, *arguments: Any, **options: Any) -> Any:
        return getattr(self._module(), function)(*arguments, **options)

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):  # asked by the import system and by whoever walks through all modules
            raise AttributeError(attribute)
        return getattr(self._module(), attribute)

    def _module(self) -> ModuleType:
        name = self.__name__
        if sys.modules.get(name) is self:
            del sys.modules[name]
        return import_module(name)
