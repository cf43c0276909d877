"""The action 'packs keys': the keys that sign packs, made once and exchanged one by one."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from her2board.cli.arguments import Commands
from her2board.cli.evidence_packs import add_passphrase, passphrase_of, plainly
from her2board.cli.output import say
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("keys", help=tr("make the keys that sign packs, or exchange one of them"))
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help=tr("new folder for the keys, or the one they are in")
    )
    words = tr("exchange this key for a new one: root-1, root-2, root-3, clinical, technical, snapshot, timestamp")
    parser.add_argument("--exchange", metavar="KEY", help=words)
    add_passphrase(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the keys. Raises CommandError."""
    from her2board.packs import keys

    passphrase, now = passphrase_of(options), datetime.now(UTC)
    with plainly():
        if options.exchange:
            keys.replace_key(options.folder, options.exchange, now, passphrase)
        else:
            keys.make_keys(options.folder, now, passphrase)
        newest = list(keys.roots(options.folder))[-1]
    say(str(options.folder / newest))
    say(tr("Keep the keys of the root apart from each other, and none of them on a machine with a network."))
    return 0
