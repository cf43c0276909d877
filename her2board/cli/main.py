"""Reads the command line and hands it to its command; without one, opens the program.

Exit status: 0 fine, 1 problems found, 2 wrong use. Problems go to standard error; nothing is half-written.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from her2board import builds, paths, workarounds
from her2board.cli import commands, console
from her2board.cli.arguments import Parser, add_commands, command_names
from her2board.cli.errors import guarded
from her2board.wording import Marked, did_you_mean, tr

_DESCRIPTION: Marked = (
    "Prepares the tumour-board discussion of one patient with HER2-positive breast cancer and brain metastases. "
    "Lists and explains; does not decide. Without a command it opens the program."
)
_PORTABLE = "--portable"
_SELF_CHECK = "--self-check"
_READ = "--read"
_READ_PDF = "--read-pdf"
"""What the program starts itself with to have a foreign PDF read apart."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    console.prepare()
    workarounds.ignore_build_date()
    workarounds.dump_no_memory()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == [_READ_PDF]:
        from her2board.pdf import child  # it ends the process

        child.main()
    return console.written_out(lambda: _run(words))


def _run(words: list[str]) -> int:
    beside = paths.portable_settings(_PORTABLE in words)
    words = [word for word in words if word != _PORTABLE]
    if _SELF_CHECK in words:
        from her2board.cli import selfcheck  # it imports what the other commands do without

        return selfcheck.run(beside)
    known = command_names(commands)
    if _READ in words and not (set(words) & set(known)):
        return _open([word for word in words if word != _READ], beside, known, read=True)
    if not words or (words[0] not in known and not words[0].startswith("-")):
        return _open(words, beside, known)
    try:
        options = front_door(*(name for name in known if name == words[0])).parse_args(words)
    except SystemExit as stop:
        return int(stop.code or 0)
    return guarded(options.run, options)


def front_door(*names: str) -> Parser:
    """Return the parser of the whole command line, or of the commands named: only their modules are imported."""
    parser = Parser("her2board", description=tr(_DESCRIPTION))
    parser.add_argument(
        "--version", action="version", version=f"her2board {builds.version()}, {builds.name()}. {builds.claim()}"
    )
    # These are read before the rest of the line; they are listed here for --help.
    parser.add_argument(_SELF_CHECK, action="store_true", help=tr("check the installation, and exit"))
    parser.add_argument(
        _PORTABLE, action="store_true", help=tr("keep settings beside the program (its portable form only)")
    )
    parser.add_argument(_READ, action="store_true", help=tr("open a case to read: its page without the form"))
    add_commands(parser.add_subparsers(dest="command", metavar="COMMAND", required=True), commands, *names)
    return parser


def _open(words: list[str], beside: Path | None, known: Sequence[str], *, read: bool = False) -> int:
    path = Path(words[0]) if words else None
    problem = ""
    if read and path is None:
        problem = tr("name the case file to read")
    elif len(words) > 1:
        problem = tr("name one case file, or a command: {names}").format(names=", ".join(known))
    elif path is not None and not path.exists():
        problem = tr("{path}: no such case file, and not a command ({names})").format(path=path, names=", ".join(known))
    if problem:
        hint = did_you_mean(words[0], known) if words else ""
        sys.stderr.write(f"her2board: {problem}{hint}\n")
        return 2
    from her2board.cli.program import open_program  # the commands do without Qt

    return open_program(path, beside, read=read)
