"""The action 'evidence list': trials and their cohorts."""

import argparse
from collections.abc import Iterator
from itertools import groupby

from her2board.cli.arguments import Commands
from her2board.cli.cohorts import add_filters, chosen, library_of, size, withdrawn_lines
from her2board.cli.output import say
from her2board.evidence.records import Cohort, Trial
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("list", help=tr("list trials and cohorts"))
    add_filters(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print trials and cohorts, a line each, and what was withdrawn."""
    library = library_of(options)
    say("\n".join((*_listed(chosen(library, options)), *withdrawn_lines(library.withdrawn))))
    return 0


def _listed(cohorts: list[tuple[Trial, Cohort]]) -> Iterator[str]:
    for _, group in groupby(cohorts, key=lambda entry: entry[0].id):
        entries = list(group)
        trial = entries[0][0]
        yield f"{trial.id}: {trial.name}, {trial.regimen} ({trial.year}, {trial.design.label})"
        for _, cohort in entries:
            yield f"  {trial.id}/{cohort.id}: {cohort.label} ({size(cohort)}; {cohort.cns_class.label})"
