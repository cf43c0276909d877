"""The action 'evidence due': which sources to look at again and which searches to repeat."""

import argparse
from datetime import date
from textwrap import indent, wrap
from typing import Any

from her2board.cli.arguments import Commands, day, today
from her2board.cli.curation import curated
from her2board.cli.output import aligned, say, say_json
from her2board.evidence.curation.watch import Due
from her2board.wording import Marked, tr, trn

_KINDS: dict[str, Marked] = {
    "search": "search",
    "site": "site",
    "registry": "registry",
    "label": "label",
    "guideline": "guideline",
    "abstract": "conference abstract",
}


def add_parser(commands: Commands) -> None:
    """Add the action."""
    words = tr("list the sources to look at again and the searches to repeat, the longest due first")
    parser = commands.add_parser("due", help=words)
    parser.add_argument("--by", type=day, metavar="DATE", help=tr("what is due by this day (default: today)"))
    parser.add_argument("--kind", choices=tuple(_KINDS), help=tr("only sources of this kind"))
    parser.add_argument("--json", action="store_true", help=tr("as JSON"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what is due. Raises CommandError and BrokenReleaseError."""
    by = options.by or today()
    listed = [one for one in curated(options).due() if options.kind in (None, one.kind)]
    found = [one for one in listed if one.due_on is None or one.due_on <= by]
    if options.json:
        say_json([_entry(one, by) for one in found])
        return 0
    if found:
        heads = (tr("what"), tr("kind"), tr("name"), tr("last looked at"), tr("due"))
        say(aligned(heads, (_row(one, by) for one in found)))
    for one in found:
        if one.query:
            say("\n" + one.what)
            say(indent("\n".join(wrap(one.query, 116, break_on_hyphens=False)), "  "))
    n, of = len(found), len(listed)
    say("\n" + trn("{n} of {of} is due by {day}", "{n} of {of} are due by {day}", n).format(n=n, of=of, day=by))
    return 0


def _row(one: Due, by: date) -> tuple[str, ...]:
    if one.looked_on is None or one.due_on is None:
        return one.what, tr(_KINDS[one.kind]), one.name, tr("not recorded"), tr("at once")
    days = (by - one.looked_on).days
    ago = trn("{day}, {n} day before, {how}", "{day}, {n} days before, {how}", days)
    looked = ago.format(day=one.looked_on, n=days, how=one.how)
    return one.what, tr(_KINDS[one.kind]), one.name, looked, str(one.due_on)


def _entry(one: Due, by: date) -> dict[str, Any]:
    return {
        "what": one.what,
        "kind": one.kind,
        "name": one.name,
        "looked_on": one.looked_on.isoformat() if one.looked_on else None,
        "how": one.how or None,
        "days": (by - one.looked_on).days if one.looked_on else None,
        "every_days": one.every_days,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "query": one.query or None,
    }
