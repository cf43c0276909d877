"""The command 'casebook meeting letter': the letter of each decision, one document per case."""

import argparse
from pathlib import Path

from her2board.cli.arguments import Commands
from her2board.cli.errors import CommandError
from her2board.cli.meeting_commands import add_cases, add_meeting_paper, meeting_named, refuse_suffix
from her2board.cli.meeting_papers import meeting_letters
from her2board.cli.output import say, warn, write
from her2board.cli.papers import file_name
from her2board.cli.release import chosen_library, chosen_paper
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("letter", help=tr("write the letter of each decision, to edit"))
    add_meeting_paper(parser, tr("the .docx to write, or a folder for one document per case"))
    add_cases(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write them; exit status 1 where nothing was decided about a case that is named."""
    folder = options.output.is_dir()
    if not folder:
        refuse_suffix(options.output, (".docx",))
    found = meeting_named(options, "letter")
    made = meeting_letters(
        found,
        chosen_library(options),
        chosen_paper(options),
        identified=options.identified,
        reviewed=options.reviewed,
    )
    if not made.letters:
        raise CommandError(tr("neither a decision nor a deferral is recorded; there is no letter to write"))
    if len(made.letters) > 1 and not folder:
        words = tr("{n} letters: name a folder that exists, or one case with --case")
        raise CommandError(words.format(n=len(made.letters)))
    for code, data in made.letters:
        path = options.output / f"{file_name(code)}.docx" if folder else options.output
        write(path, data, Path(options.book), options.settings)
        say(str(path))
    for words in made.unreviewed:
        warn(words)
    if made.undecided:
        warn(tr("no decision recorded, no letter: {codes}").format(codes=", ".join(made.undecided)))
    return 1 if made.undecided and options.case else 0
