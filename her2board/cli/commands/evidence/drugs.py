"""The action 'evidence drugs': every drug and class, with its spellings."""

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from her2board.case.drugs import Vocabulary
from her2board.cli.arguments import Commands, add_words
from her2board.cli.cohorts import library_of
from her2board.cli.output import aligned, matching, say, say_json
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    words = tr("list every drug, class and product with its spellings")
    parser = commands.add_parser("drugs", help=words)
    add_words(parser, tr("only entries with all these words in id, names, classes or drugs"))
    parser.add_argument("--json", action="store_true", help=tr("as JSON"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the vocabulary of drugs."""
    vocabulary = library_of(options).vocabulary
    entries = matching(list(_entries(vocabulary)), options.words, (*vocabulary.ids, *vocabulary.names()))
    if options.json:
        say_json(entries)
    else:
        headings = (tr("id"), tr("kind"), tr("name"), tr("classes or drugs"), tr("also written"))
        say(aligned(headings, map(_row, entries)))
    return 0


def _entries(vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    listed = vocabulary.entries
    spelled: dict[tuple[str, ...], list[str]] = {}
    for name, ids in listed.spelled():
        spelled.setdefault(ids, []).append(name)
    for drug in listed.drugs:
        yield _entry("drug", drug.id, drug.name, classes=drug.classes, also=spelled[drug.id,])
    for group in listed.classes:
        also = (group.name, *group.synonyms)
        yield _entry("class", group.id, group.name, drugs=sorted(vocabulary.members(group.id)), also=also)
    for choice in listed.choices:
        yield _entry("choice", choice.id, choice.name, drugs=choice.drugs, also=(choice.name, *choice.synonyms))
    for product in listed.products:
        drugs = (*product.drugs, *product.open)
        yield _entry("product", "", product.name, drugs=drugs, also=(product.name, *product.synonyms))


def _entry(kind: str, id_: str, name: str, *, drugs: Any = (), classes: Any = (), also: Any = ()) -> dict[str, Any]:
    spellings = [spelling for spelling in dict.fromkeys(also) if spelling not in (id_, name)]
    return {
        "id": id_,
        "kind": kind,
        "name": name,
        "classes": list(classes),
        "drugs": list(drugs),
        "spellings": spellings,
    }


def _row(entry: Mapping[str, Any]) -> tuple[str, ...]:
    inside = ", ".join((*entry["classes"], *entry["drugs"]))
    return entry["id"] or "-", entry["kind"], entry["name"], inside, ", ".join(entry["spellings"])
