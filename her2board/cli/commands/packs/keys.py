"""The action 'packs keys': the keys that sign packs are made, each on the stick of whoever holds it."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from her2board import paths
from her2board.cli.arguments import Commands
from her2board.cli.evidence_packs import plainly
from her2board.cli.key_holders import add_passphrases, holders
from her2board.cli.output import say, warn
from her2board.packs.fingerprint import fingerprint
from her2board.wording import Marked, tr

_PLACES: tuple[tuple[str, Marked], ...] = (
    ("root-1", "stick of the first holder of the root"),
    ("root-2", "stick of the second holder of the root"),
    ("root-3", "stick of the third holder of the root"),
    ("clinical", "stick of the clinical reader"),
    ("technical", "stick of the technical reader"),
    ("release", "stick of whoever puts packs together"),
)


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("keys", help=tr("make the keys that sign packs, each at the place of its holder"))
    for name, words in _PLACES:
        parser.add_argument(f"--{name}", type=Path, metavar="FOLDER", required=True, help=tr(words))
    add_passphrases(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the keys and the first root. Raises CommandError."""
    from her2board.packs import ceremony, keys

    at = {name: getattr(options, name.replace("-", "_")) for name, _ in _PLACES}
    places = {name: at["release" if name in keys.RELEASING else name] for name in keys.NAMES}
    with plainly():
        ceremony.refuse_places(places, paths.program_dir())
        held = holders(options, list(dict.fromkeys(places.values())), new=True)
        root = ceremony.make_keys({name: held[folder] for name, folder in places.items()}, datetime.now(UTC))
    if len({folder.stat().st_dev for folder in at.values()}) < len(set(at.values())):
        warn(tr("some of these folders are on the same disk: carry each to a stick of its own, and remove it here"))
    say(str(at["release"] / "1.root.json"))
    words = tr(
        "Fingerprint of the root, for letters and calls: {fingerprint}\n"
        "The file 1.root.json is no secret: it goes into the program, or to clinics beside the first pack. Keep the "
        "sticks apart, none of them in a machine with a network."
    )
    say(words.format(fingerprint=fingerprint(root)))
    return 0
