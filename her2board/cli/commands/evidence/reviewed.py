"""The action 'evidence reviewed': records that the files of a release were reviewed as they are now."""

import argparse
import re

from her2board import paths
from her2board.cli.arguments import Commands
from her2board.cli.cohorts import folder_of
from her2board.cli.output import say, write
from her2board.evidence import files
from her2board.evidence.loader import load_release
from her2board.wording import tr

_HASH = re.compile(r"^content_hash:.*$", re.MULTILINE)


def add_parser(commands: Commands) -> None:
    """Add the action."""
    words = tr("after two people have reviewed the release: record the hash of every file as it is now")
    commands.add_parser("reviewed", help=words).set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the hashes of the files, and their hash into release.yaml. Raises BrokenReleaseError."""
    folder = folder_of(options) or paths.evidence_dir()
    load_release(folder)  # what does not hold together is not recorded as reviewed
    texts = files.texts(folder)
    line = f"content_hash: {files.content_hash(texts)}"
    head = texts[files.RELEASE]
    head = _HASH.sub(line, head, count=1) if _HASH.search(head) else f"{head.rstrip()}\n{line}\n"
    for name, text in ((files.RELEASE, head), (files.REVIEWED, files.listing(texts))):
        write(folder / name, text.encode())
        (folder / name).chmod(0o644)  # files of a release are for everyone who uses the program
        say(str(folder / name))
    return 0
