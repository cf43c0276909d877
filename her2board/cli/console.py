"""The console a command writes to: one of few letters, one that is closed early, or none at all."""

import codecs
import os
import sys
from collections.abc import Callable
from contextlib import suppress

from her2board.wording import tr

STOPPED = 130
"""Exit status of a command that somebody stopped, as shells know it."""
_IN_PLAIN_LETTERS = "her2board.plain"
_PLAIN = str.maketrans(
    {
        "\N{GREATER-THAN OR EQUAL TO}": ">=",
        "\N{LESS-THAN OR EQUAL TO}": "<=",
        "\N{MINUS SIGN}": "-",
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{MIDDLE DOT}": "-",
        "\N{MULTIPLICATION SIGN}": "x",
        "\N{PLUS-MINUS SIGN}": "+/-",
        "\N{HORIZONTAL ELLIPSIS}": "...",
        "\N{RIGHTWARDS ARROW}": "->",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
        "\N{WARNING SIGN}": "!",
    }
)
"""Signs a console may lack and what says the same; a question mark in place of one would change a limit."""


def prepare() -> None:
    """Let anything be printed: where a console lacks a letter, it is written in plain ones or by its number."""
    if sys.stdout is None or sys.stderr is None:  # a Windows program that was started without a console
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # reason: for the whole run
    codecs.register_error(_IN_PLAIN_LETTERS, _plainly)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # a replacement of a console may have no encoding
            stream.reconfigure(errors=_IN_PLAIN_LETTERS)  # type: ignore[union-attr]  # reason: as above


def of_all_letters() -> bool:
    """Return whether the standard output takes every letter."""
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf")


def _plainly(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    letters = error.object[error.start : error.end].translate(_PLAIN)
    return letters.encode("ascii", "backslashreplace").decode("ascii"), error.end


def written_out(command: Callable[[], int]) -> int:
    """Run a command and write all it printed; 1 where that fails, 130 where somebody stopped it."""
    try:
        status = command()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        return status
    except KeyboardInterrupt:
        _say(tr("stopped"))
        return STOPPED
    except BrokenPipeError:  # whoever read it has enough
        pass
    except OSError as error:
        where = f"{error.filename}: " if error.filename else tr("the output cannot be written: ")
        own = error.errno is None and str(error)  # said by the program itself: what is missing of it
        _say(own or f"{where}{error.strerror or type(error).__name__}")
    _let_go()
    return 1


def _say(words: str) -> None:
    with suppress(OSError):
        sys.stderr.write(f"her2board: {words}\n")


def _let_go() -> None:
    """Leave nothing for Python to write at its end, where it would complain about the console again."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
