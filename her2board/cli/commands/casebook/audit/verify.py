"""The command 'casebook audit verify': was any entry of the audit removed or altered?"""

import argparse

from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, book_of
from her2board.cli.output import say
from her2board.wording import tr, trn


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("verify", help=tr("say whether any entry of the audit was removed or altered"))
    add_book(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Name every removed or altered entry; 1 where there is one."""
    with book_of(options) as book:
        problems = book.audit_problems()
        count = len(book.audit())
    for problem in problems:
        say(problem)
    if not problems:
        say(trn("{n} audit entry, as it was written", "{n} audit entries, as they were written", count).format(n=count))
    return 1 if problems else 0
