"""The action 'overlay show': the local file in use, as it can be edited and installed again."""

import argparse

from her2board import paths
from her2board.cli.arguments import Commands
from her2board.cli.local_files import plainly
from her2board.cli.output import say, warn
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    commands.add_parser("show", help=tr("print the local file in use")).set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the text of the file; how it came is on standard error. Raises CommandError."""
    del options
    from her2board.packs.local_installed import text_in_use

    with plainly():
        found = text_in_use(paths.overlay_dir())
    if found is None:
        say(tr("no local file is in use"))
        return 0
    text, in_use = found
    how = {"edited_here": tr("edited in this clinic, not signed"), "signed": tr("signed")}[in_use.origin]
    warn(f"{in_use.clinic}, {tr('number {n}').format(n=in_use.number)}: {how}")
    say(text.rstrip("\n"))
    return 0
