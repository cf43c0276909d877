"""Why something failed that no one expected, in words: never what is in the case, and never the name of an error."""

from pathlib import Path
from types import TracebackType

from her2board.wording import tr


def why(error: BaseException) -> str:
    """Return why something failed: what the system says, else the place in the program, to be reported."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, MemoryError):
        return tr("not enough memory")
    return tr("internal error at {place}").format(place=place_of(error.__traceback__))


def place_of(trace: TracebackType | None) -> str:
    """Return the file and line of the program where an error arose."""
    if trace is None:
        return "?"
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
