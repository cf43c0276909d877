"""The action 'packs exchange': one key for a new one, or the root for one with a later date."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from her2board import paths
from her2board.cli.arguments import Commands
from her2board.cli.errors import CommandError
from her2board.cli.evidence_packs import plainly
from her2board.cli.key_holders import add_passphrases, holders
from her2board.cli.output import say
from her2board.packs.fingerprint import fingerprint
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("exchange", help=tr("exchange a key that signs packs, or renew the root"))
    words = tr("the key to exchange: root-1, clinical, … (default: none, the root only gets a later date)")
    parser.add_argument("key", nargs="?", metavar="KEY", help=words)
    words = tr("places of two keys of the root, which sign the new one; further places get it too")
    parser.add_argument("--signers", type=Path, nargs="+", metavar="FOLDER", required=True, help=words)
    parser.add_argument("--to", type=Path, metavar="FOLDER", help=tr("where the new key goes"))
    add_passphrases(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the new key and the next root. Raises CommandError."""
    from her2board.packs import ceremony, keys

    if (options.key is None) != (options.to is None):
        raise CommandError(tr("name both the key and, with --to, where the new one goes; or neither"))
    now = datetime.now(UTC)
    with plainly():
        if options.key is None:
            held = holders(options, options.signers)
            root = ceremony.renew_root(held.values(), now)
        else:
            ceremony.refuse_places({options.key: options.to}, paths.program_dir())
            held = holders(options, options.signers)
            if options.to not in held:
                held |= holders(options, [options.to], new=not keys.held(options.to))
            signers = [held[folder] for folder in options.signers]
            root = ceremony.exchange_key(options.key, held[options.to], signers, now)
        newest = list(keys.roots(options.signers[0]))[-1]
    say(str(options.signers[0] / newest))
    words = tr("Fingerprint of this root: {fingerprint}. Packs carry it to those who trust the one before.")
    say(words.format(fingerprint=fingerprint(root)))
    return 0
