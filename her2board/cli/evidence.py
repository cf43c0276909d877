"""The command 'evidence': check, list, show and figures."""

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from her2board.briefing.formats import endpoint_basis, endpoint_name, endpoint_value, number
from her2board.cli.commands import CommandError, told
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.loader import load_release
from her2board.evidence.records import Cohort, Condition, Trial
from her2board.evidence.references import Reference, Source
from her2board.evidence.values import Counts, Endpoint, Interval, Measured
from her2board.wording import tr


@told
def run(options: argparse.Namespace) -> int:
    """Carry out one action on a release."""
    if options.release is not None and not options.release.is_dir():
        raise CommandError(tr("{path}: no such folder").format(path=options.release))
    library = load_release(options.release)
    match options.action:
        case "check":
            _say(_checked(library))
        case "list":
            _say("\n".join(_listed(library)))
        case "show":
            _say("\n".join(_shown(library, options.id)))
        case _:
            rows = list(figures(library))
            _say(
                json.dumps(rows, ensure_ascii=False, indent=1) if options.json else "\n".join(map(_figure_words, rows))
            )
    return 0


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")


def _checked(library: EvidenceLibrary) -> str:
    cohorts = sum(1 for _ in library.cohorts())
    return tr(
        "Release {version} of {as_of}, review by {review_by}: no problems. {trials} trials, {cohorts} cohorts, "
        "{values} values, {statements} statements, {references} references. Hash {hash}."
    ).format(
        version=library.release.version,
        as_of=library.release.as_of,
        review_by=library.release.review_by,
        trials=len(library.trials),
        cohorts=cohorts,
        values=sum(1 for _ in figures(library)),
        statements=len(library.statements),
        references=len(library.references),
        hash=library.content_hash[:16],
    )


def _listed(library: EvidenceLibrary) -> Iterator[str]:
    for trial in library.trials:
        yield f"{trial.id}: {trial.name}, {trial.regimen} ({trial.year}, {trial.design.replace('_', ' ')})"
        for cohort in trial.cohorts:
            size = f"n {cohort.n.value}" if cohort.n else tr("n not read")
            yield f"  {trial.id}/{cohort.id}: {cohort.label} ({size})"


def _shown(library: EvidenceLibrary, id_: str) -> Iterator[str]:
    trial = library.trials_by_id.get(id_)
    if trial is None:
        known = ", ".join(library.trials_by_id)
        raise CommandError(tr("no trial is called '{id}'; known: {known}").format(id=id_, known=known))
    yield f"{trial.name} ({trial.registry or tr('no registry number read')})"
    yield f"  {trial.regimen}; {trial.design.replace('_', ' ')}, {trial.year}; {_cite(library, trial.source)}"
    if trial.note:
        yield f"  {trial.note}"
    yield from _conditions(library, trial.population, trial.entry, trial.not_stated, "  ")
    for cohort in trial.cohorts:
        yield ""
        yield from _cohort(library, cohort)
    for discrepancy in trial.discrepancies:
        yield ""
        yield tr("Correction: {about}").format(about=discrepancy.about)
        yield f"  {_cite(library, discrepancy.secondary)}: {discrepancy.secondary_says}"
        yield f"  {_cite(library, discrepancy.primary)}: {discrepancy.primary_says}"


def _cohort(library: EvidenceLibrary, cohort: Cohort) -> Iterator[str]:
    size = f"n {cohort.n.value}, {_cite(library, cohort.n.source)}" if cohort.n else tr("n not read")
    yield f"{cohort.id}: {cohort.label} ({size})"
    yield from _conditions(library, cohort.population, cohort.entry, cohort.not_stated, "  ")
    for endpoint in cohort.endpoints:
        yield f"  {_endpoint(library, endpoint)}"
    if cohort.note:
        yield f"  {cohort.note}"


def _conditions(
    library: EvidenceLibrary,
    population: tuple[Condition, ...],
    entry: tuple[Condition, ...],
    silent: tuple[str, ...],
    indent: str,
) -> Iterator[str]:
    for name, conditions in ((tr("population"), population), (tr("entry"), entry)):
        for condition in conditions:
            yield f"{indent}{name}: {condition.text} [{_cite(library, condition.source)}]"
    if silent:
        labels = ", ".join(library.catalogue[name].label for name in silent)
        yield tr("{indent}not stated: {labels}").format(indent=indent, labels=labels)


def _endpoint(library: EvidenceLibrary, endpoint: Endpoint) -> str:
    arm = f" ({endpoint.arm})" if endpoint.arm else ""
    words = f"{endpoint_name(endpoint)}{arm}: {endpoint_value(endpoint)}; {endpoint_basis(endpoint)}"
    if endpoint.comparator is not None:
        words += tr("; {arm}: {value}").format(arm=endpoint.comparator.arm, value=_measured(endpoint.comparator))
    if endpoint.hazard_ratio is not None:
        words += tr("; hazard ratio {value}").format(value=_measured(endpoint.hazard_ratio))
    if endpoint.superseded:
        words += tr("; superseded")
    return f"{words} [{_cite(library, endpoint.source)}]"


def _measured(value: Measured) -> str:
    words = tr("not reached") if value.value is None else number(value.value)
    if value.interval is not None:
        ends = [tr("not reached") if end is None else number(end) for end in (value.interval.low, value.interval.high)]
        words += f" ({ends[0]}\N{EN DASH}{ends[1]})"
    return words


def _cite(library: EvidenceLibrary, source: Source) -> str:
    mark = "\N{DAGGER}" if source.secondary else ""
    return f"{library.references[source.ref].short}{mark}, {source.locator}"


def figures(library: EvidenceLibrary) -> Iterator[dict[str, Any]]:
    """Yield one row per value: trial, cohort, endpoint, population, n/N, value, interval, criteria, source."""
    for trial, cohort in library.cohorts():
        for endpoint in cohort.endpoints:
            yield from _rows(library, trial, cohort, endpoint)


def _rows(library: EvidenceLibrary, trial: Trial, cohort: Cohort, endpoint: Endpoint) -> Iterator[dict[str, Any]]:
    about = {"trial": trial.id, "cohort": f"{trial.id}/{cohort.id}", "population": endpoint.in_whom or cohort.label}
    common = {"criteria": endpoint.criteria, "assessor": endpoint.assessor, "superseded": endpoint.superseded}
    name = endpoint_name(endpoint)
    yield {**about, "endpoint": name, "arm": endpoint.arm, "unit": endpoint.unit, **common, **_value(library, endpoint)}
    if endpoint.comparator is not None:
        comparator = {"endpoint": name, "arm": endpoint.comparator.arm, "unit": endpoint.unit}
        yield {**about, **comparator, **common, **_value(library, endpoint.comparator)}
    if endpoint.hazard_ratio is not None:
        ratio = {"endpoint": tr("{name}: hazard ratio").format(name=name), "arm": endpoint.arm, "unit": "ratio"}
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
    reference: Reference = library.references[source.ref]
    return {
        "reference": source.ref,
        "cited_as": reference.short,
        "doi": reference.doi,
        "locator": source.locator,
        "read_in": source.read_in,
    }


def _figure_words(row: dict[str, Any]) -> str:
    value = tr("not reached") if row["value"] is None else number(row["value"])
    arm = f" ({row['arm']})" if row["arm"] else ""
    where = f"{row['cited_as']}, {row['locator']}, {row['read_in'].replace('_', ' ')}"
    return f"{row['cohort']}: {row['endpoint']}{arm} {value} {row['unit']} [{where}]"
