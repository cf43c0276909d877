"""The command 'export': cases as FHIR, as tables of a registry, or as the program's own JSON."""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from her2board import builds
from her2board.cli.arguments import Commands, add_identified
from her2board.cli.errors import CommandError
from her2board.wording import tr

if TYPE_CHECKING:  # imported only when a case is written
    from her2board.case.model import Case
    from her2board.evidence.library import EvidenceLibrary


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("export", help=tr("write cases as FHIR (mCODE), as a registry's CSV or as JSON"))
    parser.add_argument("cases", nargs="+", type=Path, metavar="CASE", help=tr("the case file; for CSV, several"))
    words = tr("a bundle by the mCODE profiles; a flat table with its dictionary beside it; the case as it is stored")
    parser.add_argument("--as", dest="form", choices=("fhir", "csv", "json"), required=True, help=words)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help=tr("the file to write"))
    add_identified(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the cases without names, unless these are asked for."""
    from her2board.cli.release import load_library

    library = load_library()
    if options.form != "csv" and len(options.cases) > 1:
        raise CommandError(tr("only CSV holds several cases; export one at a time"))
    cases = [_leaving(path, library, options) for path in options.cases]
    if options.form == "csv":
        _write_tables(options, [case for case, _ in cases])
        return 0
    case, unreviewed = cases[0]
    text = _fhir(options, case, library, unreviewed) if options.form == "fhir" else _json(case)
    _write(options, options.output, text)
    return 0


def _leaving(path: Path, library: "EvidenceLibrary", options: argparse.Namespace) -> "tuple[Case, bool]":
    """Return a case as it leaves, and whether nobody has looked at what may be a name."""
    from her2board.case.checks import CaseError
    from her2board.case.storage import load
    from her2board.cli.outgoing import outgoing, say_found

    try:
        case = load(path)
    except CaseError as error:
        raise CommandError(tr("{path}: {why}").format(path=path, why=error)) from error
    leaving = outgoing(case, library, options.identified)
    return leaving.case, say_found(str(path), leaving.found, options.reviewed)


def _fhir(options: argparse.Namespace, case: "Case", library: "EvidenceLibrary", unreviewed: bool) -> str:
    """Return the bundle, and say on standard error what of the case is not in it."""
    from her2board.cli.output import warn
    from her2board.exchange.mcode.bundle import to_bundle

    written = to_bundle(case, library.vocabulary)
    use = {"system": "urn:her2board:intended-use", "code": "clinicians", "display": builds.intended_use()}
    names = [{"system": "urn:her2board:names", "code": "not_reviewed"}] if unreviewed else []
    written.bundle["meta"]["tag"] = [use, *names]
    if written.left_out:
        counted = Counter(map(_called, written.left_out))
        named = ", ".join(f"{label} ({n})" if n > 1 else label for label, n in counted.items())
        words = tr("{path}: recorded values that mCODE cannot say, {n} in all, are not in it: {what}")
        warn(words.format(path=options.output, n=len(written.left_out), what=named))
    return json.dumps(written.bundle, ensure_ascii=False, indent=1) + "\n"


def _called(path: str) -> str:
    """Return what a recorded value, or a reason why there is none, is called."""
    from her2board.case.fields import field_path
    from her2board.case.kept import place_of

    place = place_of(field_path(path.removeprefix("absences.")))
    label = place.label if place is not None else path
    return tr("{label}: reason for absence").format(label=label) if path.startswith("absences.") else label


def _json(case: "Case") -> str:
    from her2board.case.storage import dump

    return dump(case)


def _write_tables(options: argparse.Namespace, cases: "list[Case]") -> None:
    """Write the table of all cases, and its dictionary beside it."""
    from her2board.cli.registry_tables import write_registry

    twice = [code for code, n in Counter(case.code for case in cases).items() if n > 1]
    if twice:
        raise CommandError(tr("two cases have the code '{code}'; change one of them").format(code=twice[0]))
    write_registry(options.output, ((case.code, case) for case in cases), options.cases)


def _write(options: argparse.Namespace, path: Path, text: str) -> None:
    from her2board.case.storage import write_export
    from her2board.case.writing import reason

    try:
        write_export(path, text.encode("utf-8"), options.cases)
    except OSError as error:
        raise CommandError(tr("{path}: {why}").format(path=path, why=reason(error, path))) from error
