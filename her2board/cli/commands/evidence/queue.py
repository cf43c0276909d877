"""The action 'evidence queue': values changed since the last release that wait for readers."""

import argparse
from collections.abc import Iterator
from typing import Any

from her2board.cli.arguments import Commands, add_words
from her2board.cli.curation import Curated, curated
from her2board.cli.output import matching, say, say_json
from her2board.evidence import yaml as strict_yaml
from her2board.evidence.curation.edit import written
from her2board.evidence.curation.log import Reading
from her2board.evidence.curation.readings import Waiting, same_person
from her2board.evidence.curation.units import as_printed, record_of
from her2board.wording import Marked, tr, trn

_KINDS: dict[str, Marked] = {"added": "added", "changed": "changed", "removed": "removed", "withdrawn": "withdrawn"}


def add_parser(commands: Commands) -> None:
    """Add the action."""
    words = tr("list values changed since the last release that two people have not read yet")
    parser = commands.add_parser("queue", help=words)
    add_words(parser, tr("only values with all these words in address or content"))
    parser.add_argument("--as", dest="by", metavar="NAME", help=tr("only what this person has not read"))
    parser.add_argument("--short", action="store_true", help=tr("addresses only, without what the values say"))
    parser.add_argument("--json", action="store_true", help=tr("as JSON"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the queue. Raises CommandError and BrokenReleaseError."""
    release = curated(options)
    waiting = [one for one in release.queue() if options.by is None or not read_by(one, options.by)]
    entries = [_entry(release, one) for one in waiting]
    if options.words:
        entries = matching(entries, options.words, (one.address for one in waiting))
    kept = {entry["value"] for entry in entries}
    if options.json:
        say_json(entries)
        return 0
    for one in waiting:
        if one.address in kept:
            say("\n".join(_lines(release, one, short=options.short)))
    records = len({record_of(address) for address in kept})
    words = trn("{n} value waits for readers, in {records}", "{n} values wait for readers, in {records}", len(kept))
    say(words.format(n=len(kept), records=trn("{n} record", "{n} records", records).format(n=records)))
    return 0


def read_by(entry: Waiting, name: str) -> bool:
    """Return whether somebody has read a value as it is now."""
    return any(same_person(reading.by, name) for reading in (*entry.agreed, *entry.disagreed))


def waits_for(entry: Waiting) -> str:
    """Return what a value lacks."""
    if entry.disagreed:
        names = ", ".join(reading.by for reading in entry.disagreed)
        return tr("waits for: a change, or a second look by {names}").format(names=names)
    if entry.only_writers:
        return tr("waits for: a reader who did not write it")
    if not entry.agreed:
        return tr("waits for: two readers")
    return tr("waits for: one more reader")


def content_lines(entry: Waiting) -> Iterator[str]:
    """Yield what a value says, a line for each field that is not empty."""
    content = entry.value.content if entry.value else {}
    fields = content.items() if isinstance(content, dict) else ()
    stated = ((key, inner) for key, inner in fields if inner not in (None, ()))
    yield from (f"{key}: {inner if isinstance(inner, str) else written(inner, 0)}" for key, inner in stated)


def _lines(release: Curated, entry: Waiting, *, short: bool) -> Iterator[str]:
    by = tr(" by {names}").format(names=", ".join(entry.writers)) if entry.writers else ""
    yield f"{entry.address}: {tr(_KINDS[entry.kind])}{by}; {waits_for(entry)}"
    if short:
        return
    if entry.value is not None:
        yield f"  {_where(release, entry)}"
    yield from (f"  {line}" for line in content_lines(entry))
    for change in release.changes:
        if change.value == entry.address and change.field:
            before = tr("not there") if change.before is None else change.before
            words = tr("  changed on {on}: {field}, before: {before}; because: {why}")
            yield words.format(on=change.on, field=change.field, before=before, why=change.because)
    yield from (f"  {_reading(reading)}" for reading in (*entry.agreed, *entry.disagreed))


def _reading(reading: Reading) -> str:
    words = tr("read on {on} by {by}: agrees") if reading.agrees else tr("read on {on} by {by}: disagrees: {why}")
    return words.format(on=reading.on, by=reading.by, why=reading.why)


def _where(release: Curated, entry: Waiting) -> str:
    """Return file and line of a value."""
    if entry.value is None:
        return ""
    line = strict_yaml.line_of(release.texts[entry.value.file], entry.value.place)
    return f"{entry.value.file}:{line}"


def _entry(release: Curated, entry: Waiting) -> dict[str, Any]:
    readings = (*entry.agreed, *entry.disagreed)
    return {
        "value": entry.address,
        "kind": entry.kind,
        "where": _where(release, entry),
        "writers": list(entry.writers),
        "waits_for": waits_for(entry),
        "readings": [reading.model_dump(mode="json") for reading in readings],
        "content": as_printed(entry.value.content) if entry.value else None,
        "digest": entry.digest,
    }
