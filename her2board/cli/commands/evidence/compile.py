"""The action 'evidence compile': the form of a release that opens at once."""

import argparse

from her2board import paths
from her2board.cli.arguments import Commands
from her2board.cli.cohorts import folder_of
from her2board.cli.output import write
from her2board.evidence.compiled import NAME, compiled
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    words = tr("write the form of the release that opens at once beside its files")
    commands.add_parser("compile", help=words).set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the compiled release into its folder."""
    folder = folder_of(options) or paths.evidence_dir()
    target = folder / NAME
    write(target, compiled(folder))
    target.chmod(0o644)  # a case file is its owner's alone; this is for everyone who uses the program
    return 0
