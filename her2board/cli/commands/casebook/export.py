"""The command 'casebook export': cases and meetings in one encrypted file, or, where somebody confirms it, in plain."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from her2board.case.file_names import suggested_name
from her2board.case.storage import SUFFIX, dump
from her2board.cli.arguments import Commands, add_identified
from her2board.cli.books import add_book, book_of, case_id, meeting_of
from her2board.cli.errors import CommandError
from her2board.cli.output import say, write
from her2board.cli.passphrases import add_passphrase, passphrase
from her2board.wording import tr, trn

if TYPE_CHECKING:
    from her2board.casebook.stored import StoredCasebook  # brings the key functions with it


def add_parser(commands: Commands) -> None:
    """Add the command."""
    words = tr("write cases, a meeting or everything into one file with a passphrase of its own")
    parser = commands.add_parser("export", help=words)
    add_book(parser)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=tr("code or id of a case (default: everything)"))
    words = tr("a meeting with its cases, by its day or id")
    parser.add_argument("--meeting", action="append", default=[], metavar="MEETING", help=words)
    words = tr("the file to write, or the folder of files")
    parser.add_argument("-o", "--output", type=Path, required=True, help=words)
    words = tr("write loose case files, which anybody can read, into a folder; asks first")
    parser.add_argument("--unencrypted", action="store_true", help=words)
    words = tr("as one table of a registry (.csv) and its dictionary, without names, for anybody to read; asks first")
    parser.add_argument("--as", dest="form", choices=("registry",), help=words)
    parser.add_argument("--sure", action="store_true", help=tr("answer that question with yes"))
    add_identified(parser)
    add_passphrase(parser, name="export-passphrase", of="the export's")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the export."""
    from her2board.casebook.opening import STATED, refuse_empty  # brings the database with it
    from her2board.casebook.transfer import export_to

    with book_of(options) as book:
        meetings = [meeting_of(book, name) for name in options.meeting]
        chosen = [case_id(book, name) for name in options.cases]
        everything = not meetings and not chosen
        if options.unencrypted or options.form:
            listed = [one.case_id for kept in meetings for one in kept.value.listings]
            keys = list(book.summaries()) if everything else list(dict.fromkeys((*chosen, *listed)))
            _ask(options, len(keys))
            return _as_registry(book, keys, options) if options.form else _in_plain(book, keys, options)
        word = passphrase(options, "Passphrase of the export: ", name="export-passphrase", new=True)
        refuse_empty(word)
        wanted = None if everything else chosen
        count = export_to(book, options.output, word, STATED, cases=wanted, meetings=[one.key for one in meetings])
    words = trn("{path}: {n} case, encrypted", "{path}: {n} cases, encrypted", count)
    say(words.format(path=options.output, n=count))
    return 0


def _ask(options: argparse.Namespace, n: int) -> None:
    """Ask whether cases may be written for anybody to read. Raises CommandError where nobody says yes."""
    question = trn(
        "Write {n} case into {path} for anybody to read? Type yes: ",
        "Write {n} cases into {path} for anybody to read? Type yes: ",
        n,
    )
    if not options.sure:
        if not sys.stdin or not sys.stdin.isatty():
            raise CommandError(tr("there is nobody to ask whether cases may be written in plain; nothing was written"))
        if input(question.format(n=n, path=options.output)).strip().casefold() not in ("yes", tr("yes")):
            raise CommandError(tr("nothing was written"))


def _as_registry(book: "StoredCasebook", keys: list[str], options: argparse.Namespace) -> int:
    """Write the latest version of each case as a row and its entries as further rows."""
    from her2board.cli.outgoing import outgoing, say_found
    from her2board.cli.registry_tables import ids, write_registry
    from her2board.cli.release import load_library

    library = load_library()
    leaving = []
    for key in keys:
        left = outgoing(book.case(key).value, library, options.identified)
        say_found(left.case.code, left.found, options.reviewed)
        leaving.append(left.case)
    named = ids([(case.code, key) for case, key in zip(leaving, keys, strict=True)])
    beside = write_registry(options.output, zip(named, leaving, strict=True))
    book.record(
        "exported_in_plain",
        "",
        trn("{path}: {n} case", "{path}: {n} cases", len(keys)).format(path=options.output.name, n=len(keys)),
    )
    say(str(options.output))
    say(str(beside))
    return 0


def _in_plain(book: "StoredCasebook", keys: list[str], options: argparse.Namespace) -> int:
    options.output.mkdir(parents=True, exist_ok=True)
    for key in keys:
        kept = book.case(key)
        path = suggested_name(kept.value.code, key, SUFFIX, options.output)
        if path.exists():
            path = suggested_name(f"{kept.value.code} {key}", key, SUFFIX, options.output)
        write(path, dump(kept.value).encode())
        book.record("exported_in_plain", key, path.name)
        say(str(path))
    return 0
