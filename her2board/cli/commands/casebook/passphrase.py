"""The command 'casebook passphrase': another passphrase, also by the recovery key."""

import argparse

from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, book_at, in_one_line
from her2board.cli.output import say
from her2board.cli.passphrases import add_passphrase, passphrase
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("passphrase", help=tr("give the casebook another passphrase"))
    add_book(parser)
    add_passphrase(parser, name="new-passphrase", of="the new")
    words = tr("the passphrase is forgotten or the key file lost: what is asked for first is the recovery key")
    parser.add_argument("--recover", action="store_true", help=words)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Wrap the key of the casebook under another passphrase."""
    from her2board.casebook.opening import change_passphrase, open_with_recovery_key  # brings the database with it

    place = book_at(options)
    prompt = "Recovery key: " if options.recover else "Passphrase of the casebook: "
    before = passphrase(options, prompt)
    after = passphrase(options, "New passphrase of the casebook: ", name="new-passphrase", new=True)
    with in_one_line():
        if options.recover:
            open_with_recovery_key(place, before, after).lock()
        else:
            change_passphrase(place, before, after)
    say(tr("{book}: the passphrase was changed").format(book=options.book))
    return 0
