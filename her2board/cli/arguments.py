"""What the parsers of all commands share: how commands are found, common options, 'did you mean'."""

import argparse
import pkgutil
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from itertools import takewhile
from keyword import iskeyword
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

from her2board import paths
from her2board.wording import did_you_mean, tr

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"
"""Where a command adds its parser."""


class Parser(argparse.ArgumentParser):
    """Names the option or choice that was probably meant; argparse itself does so for choices from Python 3.14."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Look for unknown options first: with '--otput' argparse would only say that '--output' is missing."""
        for word in takewhile(lambda word: word not in self._commands, args or ()):
            if word.startswith("-") and word not in ("-", "--") and not self._knows(word):
                hint = did_you_mean(word, self._option_string_actions)
                self.error(tr("no such option: {option}").format(option=word) + hint)
        return super().parse_known_args(args, namespace)

    @property
    def _commands(self) -> Sequence[str]:
        """Commands below this one; each reads the options behind its name."""
        groups = (action for action in self._actions if isinstance(action, argparse._SubParsersAction))
        return [name for group in groups for name in group.choices]

    def _knows(self, word: str) -> bool:
        """Tell whether ``word`` is an option here: '--output=x', '--out', '-ox'."""
        if word.startswith("--"):
            return any(known.startswith(word.partition("=")[0]) for known in self._option_string_actions)
        return word[:2] in self._option_string_actions

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError as error:
            error.message = f"{error.message}{did_you_mean(str(value), map(str, action.choices or ()))}"
            raise


def command_names(package: ModuleType) -> tuple[str, ...]:
    """Return the commands of a package: its modules, each named as its command is typed.

    A hyphen of a command is an underscore in its module, and a word that Python keeps for itself ends in one.
    """
    modules = (module.name for module in pkgutil.iter_modules(package.__path__))
    return tuple(sorted(name.rstrip("_").replace("_", "-") for name in modules))


def add_commands(commands: Commands, package: ModuleType, *names: str) -> None:
    """Add the commands of a package that are named, or all of them."""
    for name in names or command_names(package):
        module = name.replace("-", "_") + ("_" if iskeyword(name) else "")
        import_module(f"{package.__name__}.{module}").add_parser(commands)


def add_words(parser: Parser, words: str) -> None:
    """Add words to look for."""
    parser.add_argument("words", nargs="*", metavar="WORD", help=words)


def add_paper(parser: Parser) -> None:
    """Add '--paper'."""
    from her2board.assessment.paper import PAPERS  # the window starts without

    parser.add_argument("--paper", choices=tuple(PAPERS), help=tr("paper (default: the clinic's, else a4)"))


def add_annex(parser: Parser, words: str) -> None:
    """Add '--annex', which names the short one alone and takes the name of another."""
    from her2board.briefing.annex_choice import ANNEXES  # as above

    choices = tuple(choice for choice in ANNEXES if choice != "none")
    parser.add_argument("--annex", nargs="?", choices=choices, const="short", default="none", help=words)


def add_identified(parser: Parser) -> None:
    """Add '--identified', and '--reviewed' for exports without."""
    group = parser.add_mutually_exclusive_group()
    words = tr("print name and record number, for this export only")
    group.add_argument("--identified", action="store_true", help=words)
    add_reviewed(group)


def add_reviewed(parser: "argparse._ActionsContainer") -> None:
    """Add '--reviewed'."""
    words = tr(
        "somebody has looked at what was replaced and what looks like a name: leave out the mark that says nobody"
    )
    parser.add_argument("--reviewed", action="store_true", help=words)


def add_settings_and_day(parser: Parser) -> None:
    """Add '--settings' and '--as-of'."""
    add_settings(parser)
    words = tr("day of the discussion (default: the meeting date of the case, else today)")
    parser.add_argument("--as-of", type=day, metavar="DATE", help=words)


def add_settings(parser: Parser) -> None:
    """Add '--settings'."""
    words = tr("the clinic's own settings (default: those made in the program, in {path})")
    parser.add_argument("--settings", type=Path, metavar="FILE", help=words.format(path=paths.clinic_file()))


def day(text: str) -> date:
    """Return the day that an argument names."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = tr("'{text}' is not a day; write it as 2026-11-26").format(text=text)
        raise argparse.ArgumentTypeError(message) from error


def today() -> date:
    """Return the day on which a paper is made or something is recorded; a day due before it is late."""
    return date.today()  # noqa: DTZ011  # reason: the edge supplies today, in local time
