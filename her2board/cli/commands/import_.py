"""The command 'import': proposals from records of other programs, and a case of what a person accepted."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from her2board.cli.arguments import Commands
from her2board.cli.errors import CommandError
from her2board.wording import tr, trn

if TYPE_CHECKING:  # imported only when records are read
    from her2board.case.model import Case
    from her2board.exchange.into import Beside
    from her2board.exchange.model import Brought
    from her2board.exchange.review import Accepted


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
    parser.add_argument(
        "--accept-class",
        choices=("A",),
        help=tr("accept what is stated plainly and not contradicted; with --into, where nothing is recorded"),
    )
    words = tr("beside what this case records; what is accepted is written there, and the version before kept as .bak")
    parser.add_argument("--into", type=Path, metavar="CASE", help=words)
    words = tr("accept these proposals, also in place of what is recorded: p1,p4; the second reading of p7: p7=2")
    parser.add_argument("--accept", action="append", metavar="IDS", help=words)
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
    from her2board.exchange.review import direct, document, listed_in

    if options.draft_map:
        return _draft_map(options)
    case = _load(options.into) if options.into else None
    reviewed = _reviewed(options, case)
    if reviewed is not None:
        return _write_case(options, case, reviewed)
    records = _chosen(_records(options), options.record)
    found = _beside(case, records)
    if options.accept or options.accept_class:
        _one_patient(records)
        accepted = [] if not options.accept_class else list(direct(records))
        if case is not None:
            accepted = [one for one in accepted if found[one.id].state == "new"]
        ids = [id_ for part in options.accept or () for id_ in part.split(",") if id_]
        accepted += [one for one in listed_in(records, ids) if one.id not in {other.id for other in accepted}]
        return _write_case(options, case, accepted)
    recorded = {id_: one.recorded for id_, one in found.items()} if case is not None else None
    made = document(records, case.code if case is not None else "", recorded)
    if options.output:
        _write(options, options.output, json.dumps(made, ensure_ascii=False, indent=1) + "\n")
    elif options.json:
        from her2board.cli.output import say_json

        say_json(made)
    else:
        from her2board.cli.output import say
        from her2board.cli.proposals import in_words

        say("\n".join(in_words(records, found)))
    return 0


def _load(path: Path) -> "Case":
    from her2board.case.checks import CaseError
    from her2board.case.storage import load

    try:
        return load(path)
    except CaseError as error:
        raise CommandError(tr("{path}: {why}").format(path=path, why=error)) from error


def _beside(case: "Case | None", records: "Sequence[Brought]") -> "dict[str, Beside]":
    """Return what the case records beside each proposal; nothing without a case. Of several patients, one is named."""
    if case is None:
        return {}
    from her2board.exchange.into import beside
    from her2board.exchange.review import numbered

    _one_patient(records)
    return beside(case, numbered(records))


def _one_patient(records: "Sequence[Brought]") -> None:
    if len(records) > 1:
        names = ", ".join(brought.record for brought in records)
        raise CommandError(tr("several patients ({names}): name one with --record").format(names=names))


def _reviewed(options: argparse.Namespace, case: "Case | None") -> "tuple[Accepted, ...] | None":
    """Return what was accepted in the files of proposals; None where the files are records."""
    from her2board.exchange.into import unseen
    from her2board.exchange.json_text import text_of
    from her2board.exchange.review import accepted_in, is_review

    heads = [path for path in options.files if is_review(_bytes(path)[:400].decode("utf-8", "replace"))]
    if not heads:
        return None
    if len(options.files) > 1:
        raise CommandError(tr("{path}: import a reviewed file alone").format(path=heads[0]))
    accepted = accepted_in(text_of(_bytes(heads[0]), str(heads[0])), str(heads[0]), case.code if case else "")
    if case is not None and (problems := unseen(case, accepted)):
        head = tr("{path}: nothing was written; make the file of proposals again with --into, so that both are seen:")
        raise CommandError("\n  ".join((head.format(path=heads[0]), *problems)))
    return accepted


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


def _write_case(options: argparse.Namespace, case: "Case | None", accepted: "Sequence[Accepted]") -> int:
    """Write what was accepted: a new case, or the case it goes into."""
    from her2board.case.checks import CaseError
    from her2board.case.model import Case
    from her2board.case.storage import dump
    from her2board.cli.output import warn
    from her2board.exchange.into import taken_into

    if not accepted:
        raise CommandError(tr("nothing is accepted; list ids under 'accepted' in a file of proposals"))
    target = options.output or options.into
    if target is None:
        raise CommandError(tr("name the case file to write with -o"))
    try:
        after, changes = taken_into(case or Case(code=options.code or target.stem), accepted)
    except CaseError as error:
        raise CommandError(
            tr("nothing was written:\n  {problems}").format(problems=str(error).replace("\n", "\n  "))
        ) from error
    if target == options.into:
        _save(after, target)
    else:
        _write(options, target, dump(after))
    words = trn("{n} value was taken over into {path}", "{n} values were taken over into {path}", len(changes))
    warn("\n  ".join((words.format(n=len(changes), path=target), *(changes if case is not None else ()))))
    return 0


def _save(case: "Case", path: Path) -> None:
    """Write a case in place of its version before, which is kept beside it."""
    from her2board.case.storage import save
    from her2board.case.writing import reason

    try:
        save(case, path)
    except OSError as error:
        raise CommandError(tr("{path}: {why}").format(path=path, why=reason(error, path))) from error


def _write(options: argparse.Namespace, path: Path, text: str) -> None:
    from her2board.case.storage import write_export
    from her2board.case.writing import reason

    try:
        write_export(path, text.encode("utf-8"), options.files)
    except OSError as error:
        raise CommandError(tr("{path}: {why}").format(path=path, why=reason(error, path))) from error
