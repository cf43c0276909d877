"""The action 'evidence facts': every name a criterion may use."""

import argparse
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from her2board.case.catalogue import FactSpec
from her2board.case.fields import field_by_path
from her2board.cli.arguments import Commands, add_words
from her2board.cli.cohorts import library_of
from her2board.cli.output import aligned, matching, say, say_json
from her2board.evidence.checks import OPERATORS
from her2board.wording import Marked, tr, trn

_ANY_DRUG = "DRUG"


def add_parser(commands: Commands) -> None:
    """Add the action."""
    words = tr("list every name a criterion may use, with type, choices, unit, where it is recorded and its rule")
    parser = commands.add_parser("facts", help=words)
    add_words(parser, tr("only facts with all these words in name, label, choices or place; names of drugs too"))
    parser.add_argument("--json", action="store_true", help=tr("as JSON, the facts of every drug one by one"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the facts; those of drugs once for all drugs, unless words ask for them."""
    facts = library_of(options).catalogue
    entries = [_entry(spec) for spec in facts.values()]
    if options.json:
        say_json(matching(entries, options.words, facts))
        return 0
    if not options.words:
        entries = list(_once_for_all_drugs(entries))
    say(aligned(tuple(map(tr, _HEADINGS)), map(_row, matching(entries, options.words, facts))))
    say("\n" + tr("Comparisons by type:"))
    say("\n".join(f"  {kind}: {', '.join(operators)}" for kind, operators in OPERATORS.items()))
    return 0


def _entry(spec: FactSpec) -> dict[str, Any]:
    fields = field_by_path()
    return {
        "name": spec.name,
        "label": spec.label,
        "type": spec.kind,
        "comparisons": list(OPERATORS[spec.kind]),
        "choices": list(map(str, spec.options)),
        "unit": spec.unit,
        "recorded_in": [{"path": path, "label": tr(fields[path].info.label)} for path in spec.fields],
        "asks": spec.asks,
        "rule": spec.rule,
        "family": spec.family,
    }


def _once_for_all_drugs(entries: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    families: set[str] = set()
    for entry in entries:
        family = entry["family"]
        if family in families:
            continue
        if family:
            families.add(family)
            rule = tr("{rule} (for every drug and class of 'evidence drugs')").format(rule=entry["rule"])
            entry = {**entry, "name": f"{family}.{_ANY_DRUG}", "rule": rule}
        yield entry


_HEADINGS: tuple[Marked, ...] = ("name", "type", "recorded in", "rule")


def _row(entry: Mapping[str, Any]) -> tuple[str, ...]:
    kind = entry["type"] + (f", {entry['unit']}" if entry["unit"] else "")
    choices = f": {' | '.join(entry['choices'])}" if entry["choices"] else ""
    first, *others = entry["recorded_in"]
    place = f"{first['path']} ({first['label']})"
    if others:
        place += trn("; {n} field more", "; {n} fields more", len(others)).format(n=len(others))
    return entry["name"], kind + choices, place, entry["rule"] or tr("as recorded")
