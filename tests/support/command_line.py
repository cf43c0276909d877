"""The commands of the program and their options, as its parser knows them."""

import argparse
from collections.abc import Iterator

from her2board.cli.main import front_door


def commands() -> Iterator[tuple[str, ...]]:
    """Yield the words of every command and of every action of a command."""
    yield from (words for words, _ in _parsers(front_door()) if words)


def options() -> set[str]:
    """Return every option of every command, short and long."""
    return {
        option for _, parser in _parsers(front_door()) for action in parser._actions for option in action.option_strings
    }


def _parsers(parser: argparse.ArgumentParser) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    yield (), parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield from (((name, *words), found) for words, found in _parsers(inner))
