"""Where the words and files of a command go."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from textwrap import wrap
from typing import Any, TypeVar

from her2board.case.storage import write_export
from her2board.case.writing import reason
from her2board.cli.console import of_all_letters
from her2board.cli.errors import CommandError
from her2board.wording import did_you_mean, tr

_WIDEST_CELL = 40
"""Characters; a single word may be longer."""
EntryT = TypeVar("EntryT", bound=Mapping[str, Any])


def say(words: str) -> None:
    """Print words and end the line."""
    sys.stdout.write(words + "\n")


def say_json(document: Any) -> None:
    """Print a document as JSON; by their numbers the letters that the console may lack."""
    say(json.dumps(document, ensure_ascii=not of_all_letters(), indent=1))


def warn(words: str) -> None:
    """Print words on standard error, under the name of the program."""
    sys.stderr.write(f"her2board: {words}\n")


def aligned(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in plain text; a long cell goes on below itself."""
    table = [[_wrapped(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(len(line) for row in table for line in row[column]) for column in range(len(headings))]
    lines = (line for row in table for line in zip_longest(*row, fillvalue=""))
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def _wrapped(cell: str) -> list[str]:
    return wrap(cell, _WIDEST_CELL, break_long_words=False, break_on_hyphens=False) or [""]


def matching(entries: Sequence[EntryT], words: Sequence[str], known: Iterable[str]) -> list[EntryT]:
    """Return the entries that hold every word, upper or lower case. Raises CommandError where there is none."""
    texts = [json.dumps(entry, ensure_ascii=False).casefold() for entry in entries]
    found = [entry for entry, text in zip(entries, texts, strict=True) if all(w.casefold() in text for w in words)]
    if not found:
        sought = " ".join(words)
        raise CommandError(tr("no match for '{words}'").format(words=sought) + did_you_mean(sought, known))
    return found


def write(path: Path, data: bytes, *inputs: Path | None) -> None:
    """Write a file whole or not at all, over none of ``inputs`` and no case. Raises CommandError with a way out."""
    try:
        write_export(path, data, [given for given in inputs if given is not None])
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> CommandError:
    """Return the words for a file that could not be written."""
    return CommandError(tr("{path}: cannot be written: {why}").format(path=path, why=reason(error, path)))
