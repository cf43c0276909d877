"""The action 'evidence reviewed': records the files of a release as they are now.

It is the hash over the files and nothing else: any other file is reported as changed locally. Who read which value is
in the readings alone; a release and a pack are made only once nothing waits for readers.
"""

import argparse
import re
from collections.abc import Mapping

from her2board import paths
from her2board.cli.arguments import Commands
from her2board.cli.cohorts import folder_of
from her2board.cli.curation import waiting_words
from her2board.cli.output import say, write
from her2board.evidence import files
from her2board.evidence.loader import load_release
from her2board.wording import tr

_HASH = re.compile(r"^content_hash:.*$", re.MULTILINE)


def add_parser(commands: Commands) -> None:
    """Add the action."""
    words = tr("record the hash of every file as it is now; any other is reported as changed locally")
    commands.add_parser("reviewed", help=words).set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the hashes of the files, and their hash into release.yaml. Raises BrokenReleaseError."""
    folder = folder_of(options) or paths.evidence_dir()
    load_release(folder)  # what does not fit together is not recorded
    for name, text in sealed(files.texts(folder)).items():
        write(folder / name, text.encode())
        (folder / name).chmod(0o644)  # files of a release are for everyone who uses the program
        say(str(folder / name))
    if waiting := waiting_words(folder):
        say(waiting)
    return 0


def sealed(texts: Mapping[str, str]) -> dict[str, str]:
    """Return release.yaml with the hash of all files, and the list of their hashes."""
    line = f"content_hash: {files.content_hash(texts)}"
    head = texts[files.RELEASE]
    head = _HASH.sub(line, head, count=1) if _HASH.search(head) else f"{head.rstrip()}\n{line}\n"
    return {files.RELEASE: head, files.REVIEWED: files.listing(texts)}
