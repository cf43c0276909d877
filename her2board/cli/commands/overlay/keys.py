"""The action 'overlay keys': the clinic's own key, made once, and its fingerprint; the keys that are known here."""

import argparse

from her2board import paths
from her2board.cli.arguments import Commands
from her2board.cli.evidence_packs import add_passphrase, passphrase_of
from her2board.cli.local_files import add_keys, plainly
from her2board.cli.output import say
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("keys", help=tr("make the clinic's own key where there is none; list known keys"))
    add_keys(parser)
    add_passphrase(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the fingerprint of the clinic's own key, and those of other clinics. Raises CommandError."""
    from her2board.packs.local_file import fingerprint, make_key, public_key
    from her2board.packs.local_installed import read_state

    with plainly():
        key = make_key(options.keys, passphrase_of(options, None))
        known = read_state(paths.overlay_dir()).known
    say(tr("own key: {fingerprint}").format(fingerprint=fingerprint(public_key(key))))
    for fingerprint_, clinic in known.items():
        say(f"{clinic}: {fingerprint_}")
    return 0
