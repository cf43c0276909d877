"""What a command says when it cannot go on, and how it ends."""

import argparse
import sys
from collections.abc import Callable, Sequence


class CommandError(Exception):
    """A command cannot go on; the words say what is wrong, where, and what would help."""


class CharacterError(CommandError):
    """A page cannot draw a character; ``why`` names it, ``paths`` are those of the texts that contain it."""

    def __init__(self, why: str, paths: Sequence[str]) -> None:
        super().__init__(f"{', '.join(paths)}: {why}" if paths else why)
        self.why = why
        self.paths = tuple(paths)


def guarded(command: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    """Run a command; turn what keeps it from going on into words on standard error and exit status 1."""
    from her2board.evidence.problems import BrokenReleaseError  # the window starts without

    try:
        return command(options)
    except (CommandError, BrokenReleaseError) as error:
        sys.stderr.write(f"her2board: {error}\n")
    return 1
