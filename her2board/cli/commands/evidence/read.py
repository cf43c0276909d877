"""The action 'evidence read': that somebody compared a value with its source."""

import argparse

from her2board.cli.arguments import Commands, today
from her2board.cli.commands.evidence.queue import content_lines, read_by, waits_for
from her2board.cli.curation import Curated, add_who, curated, write_all
from her2board.cli.errors import CommandError
from her2board.cli.output import say
from her2board.evidence.curation.log import READINGS, Reading
from her2board.evidence.curation.readings import Waiting
from her2board.wording import did_you_mean, tr, trn


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("read", help=tr("record that you compared values with their source"))
    words = tr("address of a value in the queue; of a cohort, trial or record for all in it")
    parser.add_argument("values", nargs="+", metavar="VALUE", help=words)
    says = parser.add_mutually_exclusive_group(required=True)
    says.add_argument("--agrees", action="store_true", help=tr("the value says what the source says"))
    says.add_argument("--disagrees", metavar="WHY", help=tr("it does not, and why"))
    add_who(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Record the readings, each with what was read. Raises CommandError and BrokenReleaseError."""
    release = curated(options)
    if options.disagrees is not None and not options.disagrees.strip():
        raise CommandError(tr("--disagrees: empty; say what differs from the source"))
    queue = release.queue()
    found = {one.address: one for name in options.values for one in _named(release, queue, name, options)}
    readings = tuple(
        Reading(
            value=one.address,
            digest=one.digest,
            by=options.by,
            on=(options.on or today()).isoformat(),
            agrees=options.agrees,
            why=options.disagrees.strip() if options.disagrees else None,
        )
        for one in found.values()
    )
    write_all(release.add(READINGS, readings))
    left = {one.address: one for one in curated(options).queue()}
    for address, one in found.items():
        say(f"{address}: {waits_for(left[address]) if address in left else tr('read')}")
        for line in content_lines(one):
            say(f"  {line}")
    n = len(left)
    say(trn("{n} value still waits for readers", "{n} values still wait for readers", n).format(n=n))
    return 0


def _named(release: Curated, queue: tuple[Waiting, ...], name: str, options: argparse.Namespace) -> list[Waiting]:
    """Return the waiting values of an address, or in the record it names. Raises CommandError."""
    wanted = name.strip().strip("/")
    found = [one for one in queue if _is_in(one.address, wanted)]
    if not found:
        value = release.named(name)
        words = tr("{value}: does not wait for readers: it is as in release {version}, or two people have read it")
        raise CommandError(words.format(value=value.address, version=release.version))
    left = found if options.disagrees else [one for one in found if not _agreed(one, options.by)]
    if not left:
        words = tr("{value}: {name} has read it as it is now; it waits for somebody else")
        hint = did_you_mean(wanted, (one.address for one in queue if not read_by(one, options.by)))
        raise CommandError(words.format(value=found[0].address, name=options.by) + hint)
    return left


def _is_in(address: str, wanted: str) -> bool:
    short = address.partition("/")[2]
    return any(f"{name}/".startswith(f"{wanted}/") for name in (address, short))


def _agreed(entry: Waiting, name: str) -> bool:
    return read_by(entry, name) and not any(r.by.casefold() == name.casefold() for r in entry.disagreed)
