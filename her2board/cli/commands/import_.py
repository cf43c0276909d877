"""The command 'import': proposals from records of other programs, and a case of what a person accepted."""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from her2board.cli.arguments import Commands
from her2board.cli.errors import CommandError
from her2board.wording import tr, trn

if TYPE_CHECKING:  # imported only when records are read
    from her2board.case.model import Case
    from her2board.exchange.model import Brought
    from her2board.exchange.review import Accepted, Numbered


def add_parser(commands: Commands) -> None:
    """Add the command."""
    words = tr("read records of other programs (FHIR, CSV, Excel, REDCap) as proposals")
    more = tr(
        "Prints what the files offer, what contradicts itself, and what was seen and is not offered. With --json this "
        "is a file for review: list the ids to accept under 'accepted' in it, then import that file with -o CASE."
    )
    parser = commands.add_parser("import", help=words, description=more)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=tr("the records, or a reviewed file"))
    parser.add_argument("--map", type=Path, metavar="MAP", help=tr("what the columns of this project's tables hold"))
    words = tr("write what the headings seem to hold as a map, for a person to correct; nothing else is done")
    parser.add_argument("--draft-map", type=Path, metavar="MAP", help=words)
    parser.add_argument("--accept-class", choices=("A",), help=tr("accept what is stated plainly and not contradicted"))
    parser.add_argument("--record", metavar="ID", help=tr("of several patients, this one"))
    parser.add_argument("--code", help=tr("code of the case that is written (default: the name of its file)"))
    parser.add_argument("--json", action="store_true", help=tr("as JSON on standard output, for review"))
    parser.add_argument(
        "-o", "--output", type=Path, metavar="OUT", help=tr("write the case, or without acceptance the proposals")
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print or write proposals, or write the case of those that were accepted."""
    from her2board.exchange.model import UnreadableError

    try:
        return _run(options)
    except UnreadableError as error:
        raise CommandError(str(error)) from error


def _run(options: argparse.Namespace) -> int:
    from her2board.exchange.review import direct, document

    if options.draft_map:
        return _draft_map(options)
    reviewed = _reviewed(options)
    if reviewed is not None:
        return _write_case(options, reviewed)
    records = _chosen(_records(options), options.record)
    if options.accept_class:
        if len(records) > 1:
            names = ", ".join(brought.record for brought in records)
            raise CommandError(tr("several patients ({names}): name one with --record").format(names=names))
        return _write_case(options, direct(records))
    made = document(records)
    if options.output:
        _write(options, options.output, json.dumps(made, ensure_ascii=False, indent=1) + "\n")
    elif options.json:
        from her2board.cli.output import say_json

        say_json(made)
    else:
        from her2board.cli.output import say

        say("\n".join(_in_words(records)))
    return 0


def _reviewed(options: argparse.Namespace) -> "tuple[Accepted, ...] | None":
    """Return what was accepted in the files of proposals; None where the files are records."""
    from her2board.exchange.json_text import text_of
    from her2board.exchange.review import accepted_in, is_review

    heads = [path for path in options.files if is_review(_bytes(path)[:400].decode("utf-8", "replace"))]
    if not heads:
        return None
    if len(options.files) > 1:
        raise CommandError(tr("{path}: import a reviewed file alone").format(path=heads[0]))
    return accepted_in(text_of(_bytes(heads[0]), str(heads[0])), str(heads[0]))


def _records(options: argparse.Namespace) -> "tuple[Brought, ...]":
    from her2board.cli.release import load_library
    from her2board.exchange.json_text import text_of
    from her2board.exchange.sources import NamedBytes, bring
    from her2board.exchange.tables.mapping import read_map

    columns = read_map(text_of(_bytes(options.map), str(options.map)), str(options.map)) if options.map else None
    files = [NamedBytes(path.name, _bytes(path)) for path in options.files]
    return bring(files, load_library().vocabulary, columns)


def _draft_map(options: argparse.Namespace) -> int:
    """Write the map that the headings propose."""
    from her2board.exchange.sources import NamedBytes, drafted
    from her2board.exchange.tables.mapping import write_map

    made = drafted([NamedBytes(path.name, _bytes(path)) for path in options.files])
    _write(options, options.draft_map, write_map(made))
    return 0


def _bytes(path: Path) -> bytes:
    from her2board.exchange.json_text import LARGEST_FILE

    try:
        if path.stat().st_size > LARGEST_FILE:
            words = tr("{path}: larger than {n} MB; export fewer records")
            raise CommandError(words.format(path=path, n=LARGEST_FILE // 1_000_000))
        return path.read_bytes()
    except OSError as error:
        raise CommandError(tr("{path}: cannot be read: {why}").format(path=path, why=error.strerror)) from error


def _chosen(records: "tuple[Brought, ...]", name: str | None) -> "tuple[Brought, ...]":
    if name is None:
        return records
    found = tuple(brought for brought in records if name in (brought.record, brought.record.rpartition("/")[2]))
    if not found:
        names = ", ".join(brought.record for brought in records)
        raise CommandError(tr("no record '{name}': the files hold {names}").format(name=name, names=names))
    return found


def _write_case(options: argparse.Namespace, accepted: "Sequence[Accepted]") -> int:
    """Write a new case of what was accepted."""
    from her2board.case.checks import CaseError
    from her2board.case.storage import dump
    from her2board.exchange.review import case_of

    if not accepted:
        raise CommandError(tr("nothing is accepted; list ids under 'accepted' in a file of proposals"))
    if options.output is None:
        raise CommandError(tr("name the case file to write with -o"))
    try:
        case: Case = case_of(options.code or options.output.stem, accepted)
    except CaseError as error:
        raise CommandError(
            tr("nothing was written:\n  {problems}").format(problems=str(error).replace("\n", "\n  "))
        ) from error
    _write(options, options.output, dump(case))
    from her2board.cli.output import warn

    words = trn("{n} value was taken over into {path}", "{n} values were taken over into {path}", len(accepted))
    warn(words.format(n=len(accepted), path=options.output))
    return 0


def _write(options: argparse.Namespace, path: Path, text: str) -> None:
    from her2board.case.storage import write_export
    from her2board.case.writing import reason

    try:
        write_export(path, text.encode("utf-8"), options.files)
    except OSError as error:
        raise CommandError(tr("{path}: {why}").format(path=path, why=reason(error, path))) from error


def _in_words(records: "Sequence[Brought]") -> Iterator[str]:
    from her2board.exchange.review import numbered

    listed = numbered(records)
    for brought in records:
        yield from _record_words(brought, [one for one in listed if one.brought is brought])


def _record_words(brought: "Brought", listed: "Sequence[Numbered]") -> Iterator[str]:
    from her2board.capture.proposal import REASON_WORDS
    from her2board.exchange.review import place

    head = tr("{record}: {n} proposals, {problems} problems, {seen} seen and not offered")
    yield head.format(
        record=brought.record or tr("no patient named"),
        n=len(listed),
        problems=len(brought.problems),
        seen=len(brought.offer.not_offered),
    )
    for problem in brought.problems:
        where = ", ".join(dict.fromkeys(place(source, brought) for source in problem.sources))
        yield "  ! " + (f"{where}: {problem.what}" if where else problem.what)
    for one in listed:
        yield from _proposal_words(one)
    if brought.offer.not_offered:
        yield "  " + tr("Seen, not offered")
    for seen in brought.offer.not_offered:
        value = "" if seen.value is None else f" {shown(seen.value)}"
        why = ": ".join(filter(None, (tr(REASON_WORDS[seen.because]), seen.note)))
        yield f"    {seen.field}{value} ({place(seen.source, brought)}): {why}"
    if brought.not_read:
        counted = ", ".join(f"{kind} {n}" for kind, n in sorted(brought.not_read.items()))
        yield "  " + tr("Nothing was read from: {what}").format(what=counted)


def _proposal_words(one: "Numbered") -> Iterator[str]:
    from her2board.capture.proposal import TRUST_WORDS
    from her2board.exchange.review import place

    proposal, brought = one.proposal, one.brought
    value = shown(proposal.value) if proposal.value is not None else tr("two readings")
    places = ", ".join(dict.fromkeys(place(source, brought) for source in proposal.sources))
    yield f"  {one.id}  {proposal.field} = {value}  [{tr(TRUST_WORDS[proposal.trust])}]  {places}"
    details = (proposal.derived, proposal.asks, *(reading.words for reading in proposal.readings))
    yield from (f"        {detail}" for detail in details if detail)
    for other in proposal.conflicts:
        words = tr("against {value}, {words} ({place})")
        yield "        " + words.format(value=shown(other.value), words=other.words, place=place(other.source, brought))


def shown(value: Any) -> str:
    """Return a value in one line: 'kind: surgery, day: 2023-08-11'."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {shown(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return " + ".join(map(shown, value))
    return tr("yes") if value is True else tr("no") if value is False else str(value)
