"""The man page and the completion for bash, from what the command line itself says: words.py man|bash."""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

from her2board import __version__
from her2board.cli.main import front_door

NAME = "her2board"
FORMS = (NAME, f"{NAME}-cli")
Named = tuple[tuple[str, ...], str, argparse.ArgumentParser]
"""Command and action as typed, what it does, and its own parser."""


def commands(parser: argparse.ArgumentParser, typed: tuple[str, ...] = ()) -> Iterator[Named]:
    """Yield every command, and every action of a command, below ``parser``."""
    for group in parser._actions:
        if isinstance(group, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in group._choices_actions}
            for name, below in group.choices.items():
                yield (*typed, name), helps.get(name, ""), below
                yield from commands(below, (*typed, name))


def entries(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield options and arguments of ``parser``, without its help and its commands."""
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
            yield action


def man(parser: argparse.ArgumentParser, seconds: int) -> str:
    """Return the man page, dated by ``seconds`` since 1970."""
    day = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")
    lines = [
        f'.TH HER2BOARD 1 "{day}" "her2board {__version__}" "User Commands"',
        ".SH NAME",
        r"her2board, her2board\-cli \- prepare a tumour\-board discussion",
        ".SH SYNOPSIS",
        r".B her2board",
        r"[\fB\-\-portable\fR] [\fICASE\fR]",
        ".br",
        r".B her2board\-cli",
        r"\fICOMMAND\fR \fI...\fR",
        ".SH DESCRIPTION",
        roff(parser.description or ""),
        ".PP",
        "her2board and her2board\\-cli are the same; on Windows only the second writes to its console.",
        ".SH OPTIONS",
        *options(parser),
        ".SH COMMANDS",
    ]
    for typed, what, below in commands(parser):
        lines += [".SS " + roff(" ".join(typed)), roff(what[:1].upper() + what[1:] + "."), *options(below)]
    lines += [
        ".SH EXIT STATUS",
        *("0 fine, 1 problems found (reported on standard error, nothing half\\-written), 2 wrong use.",),
        ".SH FILES",
        ".TP",
        r"\fI*.her2case\fR",
        "A case: JSON, saved completely or not at all. Removing the program never touches cases.",
        ".TP",
        r"\fI~/.config/her2board/\fR",
        "Settings of the window.",
        ".TP",
        r"\fIher2board.portable\fR",
        r"Beside the program of the portable archive: keep settings there, as \fB\-\-portable\fR does.",
        ".SH ENVIRONMENT",
        "No network is used. Qt reads its own variables, such as QT_SCALE_FACTOR.",
    ]
    return "\n".join(lines) + "\n"


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Yield options and arguments as entries of a man page."""
    for action in entries(parser):
        value = "" if action.nargs == 0 else shown(action)
        head = ", ".join(rf"\fB{roff(option)}\fR" for option in action.option_strings)
        yield ".TP"
        yield f"{head} {value}".strip()
        yield roff(action.help or ", ".join(map(str, action.choices or ())) or action.dest)


def shown(action: argparse.Action) -> str:
    """Return how the value of an entry is written."""
    words = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    return rf"\fI{roff(words)}\fR"


def roff(text: str) -> str:
    """Return ``text`` so that roff prints it as it is."""
    return text.replace("\\", "\\e").replace("-", "\\-").replace("\n.", "\n\\&.")


def bash(parser: argparse.ArgumentParser) -> str:
    """Return the completion for bash."""
    every = [((), "", parser), *commands(parser)]
    known = "|".join(f'"{"".join(f" {word}" for word in typed)}"' for typed, _, _ in every if typed)
    values = {option: action.choices for *_, below in every for action in entries(below) if action.choices
              for option in action.option_strings}  # fmt: skip
    lines = [
        "# Completion of her2board for bash",
        "_her2board() {",
        '    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} said="" words="" one',
        '    for one in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
        f'        case "$said $one" in {known}) said="$said $one" ;; esac',
        "    done",
        '    case "$said" in',
    ]
    for typed, _, below in every:
        words = " ".join(offered(below, typed))
        lines.append(f'        "{"".join(f" {word}" for word in typed)}") words="{words}" ;;')
    lines += ["    esac", '    case "$before" in']
    lines += [f'        {option}) words="{" ".join(map(str, choices))}" ;;' for option, choices in values.items()]
    lines += [
        "    esac",
        '    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")',
        "}",
        f"complete -o bashdefault -o default -F _her2board {' '.join(FORMS)}",
    ]
    return "\n".join(lines) + "\n"


def offered(parser: argparse.ArgumentParser, typed: tuple[str, ...]) -> Iterator[str]:
    """Yield the words that can follow ``typed``."""
    yield "--help"
    for action in entries(parser):
        yield from action.option_strings or map(str, action.choices or ())
    yield from (further[-1] for further, *_ in commands(parser, typed) if len(further) == len(typed) + 1)


if __name__ == "__main__":
    made = bash(front_door()) if sys.argv[1] == "bash" else man(front_door(), int(sys.argv[2]))
    sys.stdout.write(made)
