"""Where the words and files of a command go."""

import json
import sys
from pathlib import Path
from typing import Any

from her2board.case.writing import reason, write_atomically
from her2board.cli.errors import CommandError
from her2board.wording import tr


def say(words: str) -> None:
    """Print words and end the line."""
    sys.stdout.write(words + "\n")


def say_json(document: Any) -> None:
    """Print a document as JSON."""
    say(json.dumps(document, ensure_ascii=False, indent=1))


def warn(words: str) -> None:
    """Print words on standard error, under the name of the program."""
    sys.stderr.write(f"her2board: {words}\n")


def write(path: Path, data: bytes, *inputs: Path | None) -> None:
    """Write a file whole or not at all, and never over one of ``inputs``. Raises CommandError with a way out."""
    try:
        write_atomically(path, data, inputs=[given for given in inputs if given is not None])
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> CommandError:
    """Return the words for a file that could not be written."""
    return CommandError(tr("{path}: cannot be written: {why}").format(path=path, why=reason(error, path)))
