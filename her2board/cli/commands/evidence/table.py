"""The action 'evidence table': cohorts compared, one endpoint at a time, nobody counted twice."""

import argparse
from collections.abc import Iterator

from her2board.briefing.formats import endpoint_basis, endpoint_name, endpoint_value
from her2board.cli.arguments import Commands
from her2board.cli.cohorts import add_filters, chosen, cite, library_of, size
from her2board.cli.output import say
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.overlap import counted_once
from her2board.evidence.records import Cohort, Trial
from her2board.evidence.terms import EndpointKind
from her2board.evidence.values import Endpoint, stand_together
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    words = tr("compare cohorts, one endpoint at a time, nobody counted twice")
    parser = commands.add_parser("table", help=words)
    add_filters(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the table."""
    library = library_of(options)
    say("\n".join(_table(library, chosen(library, options))))
    return 0


def _table(library: EvidenceLibrary, cohorts: list[tuple[Trial, Cohort]]) -> Iterator[str]:
    """Yield the comparison table: one block per endpoint that may share a column, shared patients named."""
    once = counted_once(library, (f"{trial.id}/{cohort.id}" for trial, cohort in cohorts))
    aside = dict(once.aside)
    blocks = stand_together(
        (endpoint, _table_row(library, trial, cohort, endpoint, aside))
        for trial, cohort in cohorts
        for endpoint in cohort.endpoints
        if not endpoint.superseded and endpoint.kind is not EndpointKind.HARM
    )
    order = list(EndpointKind)
    for block in sorted(blocks, key=lambda block: order.index(block[0][0].kind)):
        first = block[0][0]
        yield f"{endpoint_name(first)}; {endpoint_basis(first.model_copy(update={'in_whom': None}))}"
        yield from sorted(row for _, row in block)
        yield ""
    yield tr("Blocks stand apart where kind, time point, criteria or assessor differ or are not stated.")
    if aside:
        yield tr("= shares patients with the cohorts named; do not add the rows up.")


def _table_row(
    library: EvidenceLibrary, trial: Trial, cohort: Cohort, endpoint: Endpoint, aside: dict[str, tuple[str, ...]]
) -> str:
    id_ = f"{trial.id}/{cohort.id}"
    arm = f", {endpoint.arm}" if endpoint.arm else ""
    whom = f", {endpoint.in_whom}" if endpoint.in_whom else ""
    shared = f" = {', '.join(aside[id_])}" if id_ in aside else ""
    return f"  {id_} ({size(cohort)}{arm}{whom}): {endpoint_value(endpoint)} [{cite(library, endpoint.source)}]{shared}"
