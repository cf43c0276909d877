"""The action 'packs sign': the signature of a second reader."""

import argparse
from pathlib import Path

from her2board.cli.arguments import Commands
from her2board.cli.evidence_packs import add_keys, add_pack, passphrase_of, plainly, read_file
from her2board.cli.output import say, write
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("sign", help=tr("sign a pack as its second reader"))
    add_pack(parser)
    add_keys(parser)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PACK")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the signed pack, with a new detached signature where its key is there. Raises CommandError."""
    from her2board.packs import keys
    from her2board.packs.make import add_signature, signed_by

    passphrase = passphrase_of(options, options.keys)
    with plainly():
        pack = add_signature(read_file(options.pack), options.keys, passphrase)
        write(options.output, pack, options.pack)
        if keys.held(options.keys, (keys.DETACHED,)):
            signature = options.output.with_name(options.output.name + ".sig")
            write(signature, keys.detached_signature(options.keys, pack, passphrase))
            public = options.output.with_name("her2board-packs.pem")
            write(public, keys.detached_public(options.keys, passphrase))
        signed = [name for name, there in signed_by(pack).items() if there]
    say(tr("{path}: signed by {names}").format(path=options.output, names=", ".join(signed)))
    return 0
