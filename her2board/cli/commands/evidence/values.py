"""The action 'evidence values': the address of every value, and the release that brought it as it is."""

import argparse
from typing import Any

from her2board.cli.arguments import Commands, add_words
from her2board.cli.curation import curated
from her2board.cli.output import matching, say, say_json
from her2board.evidence.curation.units import Value, as_printed
from her2board.evidence.withdrawn import said
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    words = tr("list the address of every value, as 'change', 'withdraw' and 'read' take it")
    parser = commands.add_parser("values", help=words)
    add_words(parser, tr("only values with all these words in address or content"))
    parser.add_argument("--json", action="store_true", help=tr("as JSON"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the values. Raises CommandError."""
    release = curated(options)
    brought = {one.digest: one.version for one in release.last.values()}
    entries = [_entry(value, brought.get(value.digest)) for value in release.values.values()]
    if options.words:
        entries = matching(entries, options.words, release.values)
    if options.json:
        say_json(entries)
        return 0
    for entry in entries:
        since = entry["release"] or tr("not released")
        say(f"{entry['value']} ({since}): {entry['says']}")
    return 0


def _entry(value: Value, brought: str | None) -> dict[str, Any]:
    says = said(value.content) if isinstance(value.content, dict) else ""
    return {"value": value.address, "release": brought, "says": says, "content": as_printed(value.content)}
