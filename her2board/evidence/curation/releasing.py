"""What a release needs, and what it writes: its own record, the lists beside it, a section of the changelog."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from textwrap import fill

from msgspec import Struct

from her2board.evidence import files
from her2board.evidence.curation.edit import edited
from her2board.evidence.curation.log import Change, Reading
from her2board.evidence.curation.readings import Kind, Released, Waiting, concerns, differing
from her2board.evidence.curation.units import Value, record_of
from her2board.evidence.curation.watch import ReleaseMade
from her2board.wording import tr

_VERSION = re.compile(r"\d{4}\.\d{2}(\.\d+)?")
_WIDTH = 118
_KINDS: tuple[Kind, ...] = ("added", "changed", "removed", "withdrawn")


class Difference(Struct, frozen=True):
    """A value that is not as it was in the last release."""

    address: str
    kind: Kind
    digest: str


def differences(values: Mapping[str, Value], last: Mapping[str, Released]) -> tuple[Difference, ...]:
    """Return every value that is not as it was in the last release, by address."""
    return tuple(Difference(*one) for one in differing(values, last))


def lacking(
    made: ReleaseMade,
    before: Sequence[ReleaseMade],
    queue: Iterable[Waiting],
    found: Iterable[Difference],
    changes: Iterable[Change],
) -> Iterator[str]:
    """Yield what keeps a release from being made, each with the remedy where it is not plain."""
    if not _VERSION.fullmatch(made.version):
        yield tr("the number '{number}' is not one of a release; write it as 2027.01").format(number=made.version)
    if before:
        last = before[-1]
        if _order(made.version) <= _order(last.version):
            words = tr("the number {number} is not after that of the last release, {last}")
            yield words.format(number=made.version, last=last.version)
        if made.number <= last.number:
            words = tr("the pack number {number} is not after the last one, {last}")
            yield words.format(number=made.number, last=last.number)
        if made.as_of < last.as_of:
            yield tr("its day {day} is before that of the last release, {last}").format(day=made.as_of, last=last.as_of)
    if made.valid_until <= made.as_of:
        words = tr("it would be valid until {until}, which is not after its day {day}")
        yield words.format(until=made.valid_until, day=made.as_of)
    changes = tuple(changes)
    for record in dict.fromkeys(record_of(one.address) for one in found if not _reasoned(one, changes)):
        words = tr("{record}: no reason is recorded; 'her2board evidence change {record} --because WHY --as NAME'")
        yield words.format(record=record)
    for entry in queue:
        names = ", ".join(reading.by for reading in (*entry.agreed, *entry.disagreed)) or tr("nobody")
        yield tr("{value}: waits for readers; read so far by {names}").format(value=entry.address, names=names)


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _reasoned(one: Difference, changes: Iterable[Change]) -> bool:
    """Return whether a reason was recorded for a value, or for its record as a whole."""
    return any(concerns(change, one.address) for change in changes)


def reasons(version: str, releases: Sequence[ReleaseMade], changes: Iterable[Change]) -> dict[str, str]:
    """Return for each file that a release changed why, in the words of those who changed it."""
    versions = [made.version for made in releases]
    before = versions[versions.index(version) - 1] if version in versions[1:] else None
    why: dict[str, list[str]] = {}
    for change in changes:
        if change.release == before:
            why.setdefault(f"{record_of(change.value)}.yaml", []).append(change.because)
    return {file: "; ".join(dict.fromkeys(words)) for file, words in sorted(why.items())}


def head(text: str, made: ReleaseMade) -> str:
    """Return release.yaml with number, day and end of validity. Raises EditError."""
    for field, value in (("version", made.version), ("as_of", made.as_of), ("review_by", made.valid_until)):
        text = edited(text, (field,), value, files.RELEASE)
    return text


def notes(
    made: ReleaseMade,
    found: Sequence[Difference],
    changes: Sequence[Change],
    readings: Iterable[Reading],
    lines: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Return the section of the changelog: each record with reasons, who read it, and what differs.

    ``lines`` are the differences of each file with both values, where the last release is there to compare with.
    """
    readers: dict[str, dict[str, None]] = {}
    digests = {one.digest for one in found}
    for reading in readings:
        if reading.agrees and reading.digest in digests:
            readers.setdefault(record_of(reading.value), {})[reading.by] = None
    listed = [f"## {made.version} ({made.as_of})", "", _counts(found)]
    by_record: dict[str, list[Difference]] = {}
    for one in found:
        by_record.setdefault(record_of(one.address), []).append(one)
    for record, ones in by_record.items():
        because = "; ".join(dict.fromkeys(c.because for one in ones for c in changes if concerns(c, one.address)))
        who = ", ".join(dict.fromkeys(c.by for one in ones for c in changes if concerns(c, one.address)))
        read = ", ".join(readers.get(record, ()))
        words = f"- `{record}`: {because} (by {who}; read by {read or 'nobody'})"
        listed += ["", fill(words, _WIDTH, subsequent_indent="  ", break_on_hyphens=False)]
        inside = (lines or {}).get(f"{record}.yaml") or [*_inside(record, ones, changes)]
        listed += [fill(f"  - {line}", _WIDTH, subsequent_indent="    ", break_on_hyphens=False) for line in inside]
    return "\n".join(listed) + "\n"


def _counts(found: Sequence[Difference]) -> str:
    if not found:
        return "No value changed; every source was looked at again."
    counts = {kind: sum(one.kind == kind for one in found) for kind in _KINDS}
    return "Values: " + ", ".join(f"{n} {kind}" for kind, n in counts.items() if n) + "."


def _inside(record: str, ones: Sequence[Difference], changes: Sequence[Change]) -> Iterator[str]:
    if all(one.kind == "added" for one in ones) and ones[0].address == record:
        yield f"new, with {len(ones)} values" if len(ones) > 1 else "new"
        return
    for one in ones:
        name = one.address.removeprefix(f"{record}/")
        fields = [c for c in changes if c.value == one.address and c.field not in (None, "withdrawn")]
        said = [f"{c.field} {'(none)' if c.before is None else c.before} -> {c.after}" for c in fields]
        yield f"`{name}`: " + ("; ".join(said) if said and one.kind == "changed" else one.kind)


def with_notes(changelog: str, section: str) -> str:
    """Return the changelog with a section above those of the releases before."""
    above, mark, below = changelog.partition("\n## ")
    return f"{above.rstrip()}\n\n{section}{mark}{below}" if mark else f"{changelog.rstrip()}\n\n{section}".lstrip()


def made_release(version: str, number: int, on: date, until: date) -> ReleaseMade:
    """Return the record of a release."""
    return ReleaseMade(version=version, number=number, as_of=on.isoformat(), valid_until=until.isoformat())
