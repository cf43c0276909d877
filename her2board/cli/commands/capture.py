"""The command 'capture': what the text of a report offers for a case, each value with its words."""

import argparse
import sys
from itertools import groupby
from pathlib import Path
from typing import Any, get_args

from her2board.capture.proposal import (
    REASON_WORDS,
    TRUST_WORDS,
    UNREAD_WORDS,
    Offer,
    Proposal,
    SeenNotOffered,
    TextSpan,
    Unread,
)
from her2board.capture.report.kinds import suggest_kind
from her2board.capture.report.model import Kind
from her2board.capture.report.reading import read_report
from her2board.case.reading import SMALL_FILE, decoded, read_text
from her2board.cli import release
from her2board.cli.arguments import Commands
from her2board.cli.errors import CommandError
from her2board.cli.output import say, say_json, warn
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("capture", help=tr("list what the text of a report offers for a case"))
    parser.add_argument("text", metavar="TEXTFILE", help=tr("the text in UTF-8; '-' reads standard input"))
    words = tr("what the text is (default: what its words suggest)")
    parser.add_argument("--kind", choices=get_args(Kind), help=words)
    parser.add_argument("--json", action="store_true", help=tr("print JSON"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what a report offers; exit status 1 when it is not known what the text is."""
    text = _text(options.text)
    kind = options.kind or suggest_kind(text)
    offer = read_report(text, kind, release.load_library().vocabulary) if kind else Offer()
    if options.json:
        say_json(_document(offer))
    elif kind:
        for line in _lines(offer, kind):
            say(line)
    if kind is None:
        warn(tr("it is not clear what this text is, so nothing is offered; name it with --kind"))
        return 1
    return 0


def _text(name: str) -> str:
    """Return the text of a file or of standard input. Raises CommandError where it cannot be read."""
    try:
        if name == "-":
            return _from_input()
        return read_text(Path(name), SMALL_FILE)
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or tr("not a text file in UTF-8")
        raise CommandError(tr("{path}: cannot be read ({why})").format(path=name, why=why)) from error


def _from_input() -> str:
    """Return the text of standard input. Raises CommandError where it is longer than any report."""
    data = sys.stdin.buffer.read(SMALL_FILE + 1)
    if len(data) > SMALL_FILE:
        words = tr("more than {limit:,} bytes, and no more are read; is it the file you mean?").format(limit=SMALL_FILE)
        raise CommandError(f"-: {words}")
    return decoded(data)


def _document(offer: Offer) -> dict[str, Any]:
    return {
        "proposals": [row for proposal in offer.proposals for row in _rows(proposal)],
        "seen_not_offered": [_seen(one) for one in offer.not_offered],
        "read_first": [{"sign": one.sign, "quote": one.words} for one in offer.read_first],
        "not_read": [_unread(one) for one in offer.unread],
    }


def _rows(proposal: Proposal) -> list[dict[str, Any]]:
    """Return one row for a value, or one for each reading to choose from."""
    span = proposal.sources[0]
    assert isinstance(span, TextSpan)
    return [
        {
            "field": proposal.field,
            "value": value,
            "quote": proposal.words[0],
            "start": span.start,
            "end": span.end,
            "class": TRUST_WORDS[proposal.trust],
            "rule": proposal.rule,
        }
        for value in proposal.values
    ]


def _seen(one: SeenNotOffered) -> dict[str, Any]:
    return {"field": one.field, "value": one.value, "quote": one.words, "because": REASON_WORDS[one.because]}


def _unread(one: Unread) -> dict[str, Any]:
    why = UNREAD_WORDS[one.why].format(n=one.limit)
    return {"start": one.source.start, "end": one.source.end, "quote": one.words, "because": why}


def _lines(offer: Offer, kind: Kind) -> list[str]:
    """Return what is offered in words, the urgent sentences first."""
    lines = [tr("read as: {kind}").format(kind=kind.replace("_", " "))]
    for first in offer.read_first:
        lines.append(tr("read this first: {words}").format(words=_one_line(first.words)))
    for why, parts in groupby(offer.unread, key=lambda part: tr(UNREAD_WORDS[part.why]).format(n=part.limit)):
        lines += [f"! {why}", *(f"    {part.words}" for part in parts)]
    for proposal in offer.proposals:
        values = tr(" or ").join(map(_shown, proposal.values))
        trust = ", ".join(filter(None, (tr(TRUST_WORDS[proposal.trust]), proposal.derived, proposal.asks)))
        lines += [f"{proposal.field}: {values} ({trust})", f"    {_one_line(proposal.words[0])}"]
    if offer.not_offered:
        lines.append(tr("seen, not offered:"))
    for one in offer.not_offered:
        lines += [f"{one.field}: {_shown(one.value)} ({tr(REASON_WORDS[one.because])})", f"    {_one_line(one.words)}"]
    return lines


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return str(value) if not isinstance(value, bool) else tr("yes") if value else tr("no")
