"""The command 'evidence': check, list, show, figures, table and diff."""

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from her2board import paths
from her2board.briefing.formats import ENDPOINT_NAMES, endpoint_basis, endpoint_name, endpoint_value, number
from her2board.cli.commands import CommandError, told, write
from her2board.evidence.changes import changes
from her2board.evidence.compiled import NAME, compiled
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.loader import load_release
from her2board.evidence.overlap import counted_once, overlaps
from her2board.evidence.records import Cohort, Condition, Trial
from her2board.evidence.references import Reference, Source
from her2board.evidence.values import Counts, Endpoint, Interval, Measured, stand_together
from her2board.wording import tr


@told
def run(options: argparse.Namespace) -> int:
    """Carry out one action on a release."""
    if options.action == "diff":
        for folder in (options.old, options.new):
            _require_folder(folder)
        _say("\n".join(changes(options.old, options.new)) or tr("no difference"))
        return 0
    if options.release is not None:
        _require_folder(options.release)
    if options.action == "compile":
        target = _folder(options) / NAME
        write(target, compiled(_folder(options)))
        target.chmod(0o644)  # a case file is its owner's alone; this is for everyone who uses the program
        return 0
    library = load_release(options.release)
    match options.action:
        case "check":
            _say(_checked(library))
            if not library.as_reviewed:
                raise CommandError(
                    tr(
                        "release.yaml: the files have changed since the review; after reviewing them write {hash}"
                    ).format(hash=library.content_hash)
                )
        case "list":
            _say("\n".join(_listed(chosen(library, options))))
        case "show":
            _say("\n".join(_shown(library, options.id)))
        case "table":
            _say("\n".join(table(library, chosen(library, options))))
        case _:
            _print_figures(list(figures(library, chosen(library, options))), options)
    return 0


def _folder(options: argparse.Namespace) -> Path:
    return options.release or paths.evidence_dir()


def _require_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise CommandError(tr("{path}: no such folder").format(path=folder))


def chosen(library: EvidenceLibrary, options: argparse.Namespace) -> list[tuple[Trial, Cohort]]:
    """Return the cohorts that the filters keep. Raises CommandError for a drug name that is not known."""
    wanted: frozenset[str] | None = None
    if options.drug is not None:
        ids = library.vocabulary.resolve(options.drug)
        if not ids:
            raise CommandError(tr("'{name}' is not a known drug or class name").format(name=options.drug))
        wanted = frozenset(member for id_ in ids for member in library.vocabulary.members(id_))
    return [
        (trial, cohort)
        for trial, cohort in library.cohorts()
        if (wanted is None or wanted & set(cohort.study_drugs or trial.study_drugs))
        and (options.bm_class is None or cohort.cns_class == options.bm_class)
        and (options.since is None or trial.year >= options.since)
    ]


def _print_figures(rows: list[dict[str, Any]], options: argparse.Namespace) -> None:
    if options.json:
        _say(json.dumps(rows, ensure_ascii=False, indent=1))
    elif options.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(rows[0] if rows else ())
        writer.writerows([_cell(value) for value in row.values()] for row in rows)
    else:
        _say("\n".join(map(_figure_words, rows)))


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{key}={entry}" for key, entry in value.items() if entry is not None)
    return "" if value is None else str(value)


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
        values=sum(1 for _ in figures(library, library.cohorts())),
        statements=len(library.statements),
        references=len(library.references),
        hash=library.content_hash[:16],
    )


def _listed(cohorts: list[tuple[Trial, Cohort]]) -> Iterator[str]:
    for _, group in groupby(cohorts, key=lambda entry: entry[0].id):
        entries = list(group)
        trial = entries[0][0]
        yield f"{trial.id}: {trial.name}, {trial.regimen} ({trial.year}, {trial.design.replace('_', ' ')})"
        for _, cohort in entries:
            size = f"n {cohort.n.value}" if cohort.n else tr("n not read")
            yield f"  {trial.id}/{cohort.id}: {cohort.label} ({size}; {cohort.cns_class})"


def table(library: EvidenceLibrary, cohorts: list[tuple[Trial, Cohort]]) -> Iterator[str]:
    """Yield the comparison table: one block per endpoint that may share a column, shared patients named."""
    once = counted_once(library, (f"{trial.id}/{cohort.id}" for trial, cohort in cohorts))
    aside = dict(once.aside)
    blocks = stand_together(
        (endpoint, _table_row(library, trial, cohort, endpoint, aside))
        for trial, cohort in cohorts
        for endpoint in cohort.endpoints
        if not endpoint.superseded and endpoint.kind != "harm"
    )
    order = list(ENDPOINT_NAMES)
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
    size = f"n {cohort.n.value}" if cohort.n else tr("n not read")
    arm = f", {endpoint.arm}" if endpoint.arm else ""
    whom = f", {endpoint.in_whom}" if endpoint.in_whom else ""
    shared = f" = {', '.join(aside[id_])}" if id_ in aside else ""
    return f"  {id_} ({size}{arm}{whom}): {endpoint_value(endpoint)} [{_cite(library, endpoint.source)}]{shared}"


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
    yield from _shared(library, trial)
    for discrepancy in trial.discrepancies:
        yield ""
        yield tr("Correction: {about}").format(about=discrepancy.about)
        yield f"  {_cite(library, discrepancy.secondary)}: {discrepancy.secondary_says}"
        yield f"  {_cite(library, discrepancy.primary)}: {discrepancy.primary_says}"


def _shared(library: EvidenceLibrary, trial: Trial) -> Iterator[str]:
    """Say which other records hold the same patients."""
    if trial.contains:
        yield ""
        yield tr("Pooled from: {names}").format(names=", ".join(trial.contains))
    found = overlaps(library)
    others = {other for cohort in trial.cohorts for other in found[f"{trial.id}/{cohort.id}"]}
    elsewhere = sorted(other for other in others if not other.startswith(f"{trial.id}/"))
    if elsewhere:
        yield tr("Shares patients with: {names}").format(names=", ".join(elsewhere))


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
