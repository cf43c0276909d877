"""The command 'casebook backup': an encrypted copy, opened and compared before it counts."""

import argparse
from datetime import timedelta
from pathlib import Path

from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, book_of
from her2board.cli.errors import CommandError
from her2board.cli.output import say
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    words = tr("write an encrypted backup, open it and compare it with the casebook; old ones are taken away")
    parser = commands.add_parser("backup", help=words)
    add_book(parser)
    words = tr("folder of the backups (default: beside the casebook; better on another disk)")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help=words)
    words = tr("only where the newest backup is at least so many hours old")
    parser.add_argument("--if-older-than", type=float, metavar="HOURS", help=words)
    parser.add_argument("--keep-all", action="store_true", help=tr("take no old backup away"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write a backup, rehearse it and name it."""
    from her2board.casebook.backup_files import backup_folder  # brings the database with it
    from her2board.casebook.backups import back_up, is_due

    with book_of(options) as book:
        if options.to is None and not book.site.path.is_file():
            raise CommandError(tr("the casebook is on a server; name the folder of its backups with --to"))
        folder = options.to or backup_folder(book.site.path)
        hours = options.if_older_than
        if hours is not None and not is_due(folder, book.now(), timedelta(hours=hours)):
            say(tr("the newest backup is not that old; nothing was done"))
            return 0
        made = back_up(book, folder, rotate=not options.keep_all)
    say(tr("{path}: written, opened and compared").format(path=made))
    return 0
