"""Runs commands, and names every command and option the parser knows."""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from her2board.cli import cohorts, main
from her2board.cli import release as cli_release
from her2board.cli.main import front_door
from her2board.evidence.loader import load_release
from support.releases import release


@dataclass(frozen=True)
class Result:
    """What a command said, and how it ended."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


def runner(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *first: str) -> Run:
    """Return what runs a command in this process, with the release read once for all of them."""
    monkeypatch.setattr(cli_release, "load_library", release)
    monkeypatch.setattr(cohorts, "load_release", lambda folder: release() if folder is None else load_release(folder))

    def run(*words: object) -> Result:
        status = main([*first, *map(str, words)])
        said = capsys.readouterr()
        return Result(status, said.out, said.err)

    return run


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
