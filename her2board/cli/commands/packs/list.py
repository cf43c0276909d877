"""The action 'packs list': what was installed and taken back, and what is in use."""

import argparse

from her2board import paths
from her2board.cli.arguments import Commands
from her2board.cli.evidence_packs import plainly, warn_of_clock
from her2board.cli.output import aligned, say
from her2board.packs.installed import Installed, Step
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    commands.add_parser("list", help=tr("list what was installed, and what is in use")).set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the installations, the latest last. Raises CommandError."""
    del options
    from her2board.packs.installed import read_installed

    warn_of_clock()
    with plainly():
        installed = read_installed(paths.packs_dir())
    heads = (tr("When"), tr("What"), tr("Pack"), tr("Evidence"), tr("Valid until"), tr("In use"), tr("Reason"))
    rows = [_row(step, installed) for step in installed.steps]
    if rows:
        say(aligned(heads, rows))
    if not installed.folder:
        say(tr("in use: the evidence the program came with"))
    return 0


def _row(step: Step, installed: Installed) -> tuple[str, ...]:
    record = step.record or next(
        (one.record for one in installed.steps if one.folder == step.folder and one.record), None
    )
    words = {"installed": tr("installed"), "taken_back": tr("gone back to")}
    current = step.folder == installed.folder and step is installed.steps[-1]
    return (
        f"{step.at:%Y-%m-%d %H:%M}",
        words[step.action],
        str(record.number) if record else "",
        record.release if record else tr("as shipped"),
        str(record.valid_until) if record else "",
        tr("yes") if current else "",
        step.why,
    )
