"""The action 'evidence figures': every value with its reference."""

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from her2board.briefing.formats import endpoint_name, number
from her2board.cli.arguments import Commands
from her2board.cli.cohorts import add_filters, chosen, library_of
from her2board.cli.output import say, say_json
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.records import Cohort, Trial
from her2board.evidence.references import Source
from her2board.evidence.terms import Unit
from her2board.evidence.values import Counts, Endpoint, Interval, Measured
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("figures", help=tr("list every value with its reference"))
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=tr("as JSON"))
    form.add_argument("--csv", action="store_true", help=tr("as CSV"))
    add_filters(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the values, one a line."""
    library = library_of(options)
    rows = list(figures(library, chosen(library, options)))
    if options.json:
        say_json(rows)
    elif options.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(rows[0] if rows else ())
        writer.writerows([_cell(value) for value in row.values()] for row in rows)
    else:
        say("\n".join(map(_in_words, rows)))
    return 0


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{key}={entry}" for key, entry in value.items() if entry is not None)
    return "" if value is None else str(value)


def figures(library: EvidenceLibrary, cohorts: Iterable[tuple[Trial, Cohort]]) -> Iterator[dict[str, Any]]:
    """Yield one row per value: trial, cohort, endpoint, population, n/N, value, interval, criteria, source."""
    for trial, cohort in cohorts:
        for endpoint in cohort.endpoints:
            yield from _rows(library, trial, cohort, endpoint)


def _rows(library: EvidenceLibrary, trial: Trial, cohort: Cohort, endpoint: Endpoint) -> Iterator[dict[str, Any]]:
    about = {
        "trial": trial.id,
        "cohort": f"{trial.id}/{cohort.id}",
        "population": endpoint.in_whom or cohort.label,
        "discrepancies": len(trial.discrepancies),
    }
    common = {"criteria": endpoint.criteria, "assessor": endpoint.assessor, "superseded": endpoint.superseded}
    name = endpoint_name(endpoint)
    yield {**about, "endpoint": name, "arm": endpoint.arm, "unit": endpoint.unit, **common, **_value(library, endpoint)}
    if endpoint.comparator is not None:
        comparator = {"endpoint": name, "arm": endpoint.comparator.arm, "unit": endpoint.unit}
        yield {**about, **comparator, **common, **_value(library, endpoint.comparator)}
    if endpoint.hazard_ratio is not None:
        ratio = {"endpoint": tr("{name}: hazard ratio").format(name=name), "arm": endpoint.arm, "unit": Unit.RATIO}
        yield {**about, **ratio, **common, **_value(library, endpoint.hazard_ratio)}


def _value(library: EvidenceLibrary, value: Measured) -> dict[str, Any]:
    return {
        "value": value.value,
        "not_reached": value.not_reached,
        "interval": _interval(value.interval),
        "counts": _counts(value.counts),
        **_source(library, value.source),
    }


def _interval(interval: Interval | None) -> dict[str, Any] | None:
    if interval is None:
        return None
    read_in = interval.source.read_in if interval.source else None
    return {"low": interval.low, "high": interval.high, "level": interval.level, "read_in": read_in}


def _counts(counts: Counts | None) -> dict[str, Any] | None:
    if counts is None:
        return None
    return {"n": counts.n, "of": counts.of, "read_in": counts.source.read_in if counts.source else None}


def _source(library: EvidenceLibrary, source: Source) -> dict[str, Any]:
    reference = library.references[source.ref]
    return {
        "reference": source.ref,
        "cited_as": reference.short,
        "doi": reference.doi,
        "locator": source.locator,
        "read_in": source.read_in,
    }


def _in_words(row: dict[str, Any]) -> str:
    value = tr("not reached") if row["value"] is None else number(row["value"])
    arm = f" ({row['arm']})" if row["arm"] else ""
    where = f"{row['cited_as']}, {row['locator']}, {row['read_in'].label}"
    return f"{row['cohort']}: {row['endpoint']}{arm} {value} {row['unit']} [{where}]"
