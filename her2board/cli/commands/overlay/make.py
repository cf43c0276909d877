"""The action 'overlay make': a local file, checked and signed, as it is carried to other clinics."""

import argparse
from pathlib import Path

from her2board.cli import release
from her2board.cli.arguments import Commands
from her2board.cli.evidence_packs import add_passphrase, passphrase_of
from her2board.cli.local_files import add_file, add_keys, plainly, read_bytes
from her2board.cli.output import say, write
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("make", help=tr("check a local file and sign it with the clinic's own key"))
    add_file(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    add_keys(parser)
    add_passphrase(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the signed file. Raises CommandError."""
    from her2board.evidence.overlay_file import parse_overlay
    from her2board.packs.local_file import fingerprint, opened, public_key, read_key, signed

    with plainly(options.file):
        text = opened(read_bytes(options)).text
        parse_overlay(text, options.file.name, release.load_library())
    with plainly():
        key = read_key(options.keys, passphrase_of(options, None))
    write(options.output, signed(text, key), options.file)
    say(str(options.output))
    words = tr("Signed with {fingerprint}; the other clinic compares this with what it hears from this one.")
    say(words.format(fingerprint=fingerprint(public_key(key))))
    return 0
