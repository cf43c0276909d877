"""The action 'packs verify': whether a pack is genuine, newer and whole; nothing is changed."""

import argparse

from her2board.cli.arguments import Commands
from her2board.cli.evidence_packs import add_pack, add_root, checked, plainly, warn_of_clock
from her2board.cli.output import say
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("verify", help=tr("check a pack without installing it"))
    add_pack(parser)
    add_root(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what the pack says of itself. Raises CommandError with the reason it is refused for."""
    from her2board.cli.installed_evidence import refuse_older
    from her2board.cli.offers import offered
    from her2board.packs.installed import refuse_misfit

    warn_of_clock()
    pack = checked(options)
    record = pack.record
    with plainly():
        refuse_misfit(record)
    refuse_older(record)
    offered(pack)
    words = tr("genuine: pack {number}, evidence {release} of {released}, valid until {until}, {count} files")
    say(
        words.format(
            number=record.number,
            release=record.release,
            released=record.released,
            until=record.valid_until,
            count=len(pack.texts),
        )
    )
    for change in record.changes:
        say(f"  {change.record}: {change.why}")
    return 0
