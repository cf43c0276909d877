"""The command 'casebook sign-off': the page of a case, kept so that it can be made again byte for byte."""

import argparse
from pathlib import Path

from her2board.cli.arguments import Commands, add_annex, add_identified, add_paper, add_settings_and_day
from her2board.cli.books import add_book, add_case, book_of, case_id
from her2board.cli.output import say, write
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    words = tr("write the page of a case and keep its exact inputs, so that it can be made again byte for byte")
    parser = commands.add_parser("sign-off", help=words)
    add_book(parser)
    add_case(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, help=tr("the PDF to write"))
    add_paper(parser)
    add_annex(parser, tr("add a short annex of four pages at most, or the full one with every cohort and reference"))
    add_identified(parser)
    add_settings_and_day(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the page and keep what it was made of."""
    from her2board.cli.signing import signed_page  # draws pages

    with book_of(options) as book:
        data, signed = signed_page(book, case_id(book, options.case), options)
        write(options.output, data, options.settings)
        book.sign_off(signed)
        say(tr("{path}: signed off, PDF {sha256}").format(path=options.output, sha256=signed.sha256))
    return 0
