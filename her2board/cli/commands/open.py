"""The command 'open': brings back the case that a PDF carries."""

import argparse
from pathlib import Path

from her2board.case.storage import save_bytes
from her2board.case.writing import refuse_unwritable
from her2board.cli import release
from her2board.cli.arguments import Commands
from her2board.cli.carried import read, stored_of, written_elsewhere
from her2board.cli.errors import CommandError
from her2board.cli.output import unwritable, warn
from her2board.cli.program import open_program
from her2board.pdf.comparing import listed
from her2board.pdf.enclosure import CarriedCase
from her2board.pdf.quoting import quoted
from her2board.pdf.reading import CarriedPdf
from her2board.wording import did_you_mean, tr

_MOST_NAMED = 40
"""Cases of a packet that are named in a message."""


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("open", help=tr("bring back the case that a PDF of this program carries"))
    parser.add_argument("pdf", type=Path, help=tr("the PDF"))
    words = tr("the case file to write (default: open the program)")
    parser.add_argument("-o", "--output", type=Path, metavar="CASE", help=words)
    words = tr("replace the case file that is there already; it is kept as .bak")
    parser.add_argument("--force", action="store_true", help=words)
    parser.add_argument("--case", metavar="CODE", help=tr("which case, where the PDF carries several"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the case to a file, or open the program on it."""
    found = read(options.pdf)
    if options.output is None:
        return open_program(options.pdf)
    carried = _chosen(found, options.case, options.pdf)
    stored_of(found, carried, options.pdf)
    if problems := listed(found.problems()):
        warn(f"{options.pdf}: {problems}")
    if differs := written_elsewhere(carried.basis, release.local_library()):
        warn(f"{options.pdf}: {differs}")
    _save(found.case_text(carried).encode(), options)
    return 0


def _save(data: bytes, options: argparse.Namespace) -> None:
    """Write the case as a window would: held by its lock, and over what is there only where that is asked for."""
    from her2board.gui.document.case_lock import CaseLock  # Qt, which the other commands do without

    path: Path = options.output
    lock = CaseLock()
    try:
        refuse_unwritable(path, inputs=[options.pdf])
        if path.exists() and not options.force:
            words = tr("{path}: there is a file of that name; --force replaces it and keeps it as .bak")
            raise CommandError(words.format(path=path))
        if holder := lock.take(path):
            words = tr("{path} is open in {holder}; nothing was written")
            raise CommandError(words.format(path=path, holder=holder))
        save_bytes(data, path, inputs=[options.pdf])
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        lock.release()


def _chosen(found: CarriedPdf, code: str | None, path: Path) -> CarriedCase:
    codes = [carried.code for carried in found.index.cases]
    named = [carried for carried in found.index.cases if code in (None, carried.code)]
    if len(named) == 1:
        return named[0]
    hint = did_you_mean(code, [known for known in codes if quoted(known) == f"'{known}'"]) if code and not named else ""
    shown = [quoted(code) for code in codes[:_MOST_NAMED]]
    if len(codes) > _MOST_NAMED:
        shown.append(tr("and {n:,} more").format(n=len(codes) - _MOST_NAMED))
    words = tr("{path}: name one case with --case: {codes}").format(path=path, codes=", ".join(shown))
    raise CommandError(words + hint)
