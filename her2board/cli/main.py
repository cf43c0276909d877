"""Reads the command line and hands each command to its function.

Exit status: 0 fine, 1 problems found, 2 wrong use. Problems go to standard error; nothing is half-written.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from her2board import __version__, paths, workarounds
from her2board.assessment.paper import PAPERS
from her2board.briefing.layouts import LAYOUTS
from her2board.wording import tr

_DESCRIPTION = tr(
    "Prepares the tumour-board discussion of one patient with HER2-positive breast cancer and brain metastases. "
    "Lists and explains; does not decide. Without a command it opens the program."
)
_PORTABLE = "--portable"
_SELF_CHECK = "--self-check"
_COMMANDS = ("brief", "packet", "assess", "open", "verify", "demo", "schema", "evidence")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    _give_streams()
    workarounds.ignore_build_date()
    words = list(sys.argv[1:] if arguments is None else arguments)
    beside = paths.portable_settings(_PORTABLE in words)
    words = [word for word in words if word != _PORTABLE]
    if _SELF_CHECK in words:
        from her2board.cli import selfcheck

        return selfcheck.run(beside)
    if not words or (words[0] not in _COMMANDS and not words[0].startswith("-")):
        return _open(words, beside)
    if words[0].startswith("-") and words[0] not in ("-h", "--help", "--version"):
        _say(tr("her2board: {word} is no option here; see her2board --help").format(word=words[0]))
        return 2
    try:
        options = _parser().parse_args(words)
    except SystemExit as stop:
        return int(stop.code or 0)
    return _run(options)


def _run(options: argparse.Namespace) -> int:
    if options.command == "evidence":  # the YAML reader is for this command alone
        from her2board.cli import evidence

        return evidence.run(options)
    if options.command in ("open", "verify"):
        from her2board.cli import carried

        return carried.open_pdf(options) if options.command == "open" else carried.verify(options)
    if options.command == "packet":
        from her2board.cli import packet

        return packet.packet(options)
    from her2board.cli import commands

    table = {
        "brief": commands.brief,
        "assess": commands.assess_case,
        "demo": commands.demo,
        "schema": commands.schema,
    }
    return table[options.command](options)


def _give_streams() -> None:
    """Give a Windows program that was started without a console something to write to."""
    if sys.stdout is None or sys.stderr is None:
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # reason: for the whole run


def _open(words: list[str], beside: Path | None) -> int:
    if len(words) > 1:
        _say(tr("her2board: name one case file, or a command: {names}").format(names=", ".join(_COMMANDS)))
        return 2
    path = Path(words[0]) if words else None
    if path is not None and not path.exists():
        _say(
            tr("her2board: {path}: no such case file, and not a command ({names})").format(
                path=path, names=", ".join(_COMMANDS)
            )
        )
        return 2
    from her2board.cli.program import open_program

    return open_program(path, beside)


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("her2board", description=_DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"her2board {__version__}")
    # Both are read before the rest of the line; they stand here to be told by --help.
    parser.add_argument(_SELF_CHECK, action="store_true", help=tr("tell whether the program is whole, and exit"))
    parser.add_argument(
        _PORTABLE, action="store_true", help=tr("keep settings beside the program (its portable form only)")
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    brief = commands.add_parser("brief", help=tr("write the one page of a case"))
    brief.add_argument("case", type=Path, help=tr("the case file"))
    brief.add_argument("-o", "--output", type=Path, required=True, help=tr("the PDF to write"))
    brief.add_argument("--paper", choices=tuple(PAPERS), help=tr("paper (default: the clinic's, else a4)"))
    brief.add_argument("--annex", action="store_true", help=tr("add pages with every cohort, option and reference"))
    words = tr("print what was shortened, and where each number comes from, as JSON")
    brief.add_argument("--json", action="store_true", help=words)
    _identified(brief)
    _dated(brief)
    _packet(commands.add_parser("packet", help=tr("write the agenda and a page per case, or another layout of them")))
    assess = commands.add_parser("assess", help=tr("say what a case resembles, and what to ask next"))
    assess.add_argument("case", type=Path, help=tr("the case file"))
    assess.add_argument("--json", action="store_true", help=tr("as JSON on standard output"))
    _dated(assess)
    _carried(commands)
    demo = commands.add_parser("demo", help=tr("write the briefing of a published case, and open the program on it"))
    demo.add_argument("-o", "--output", type=Path, default=Path("build/demo/briefing.pdf"), help=tr("the PDF to write"))
    schema = commands.add_parser("schema", help=tr("print the JSON Schema of cases, of assessments or of the evidence"))
    schema.add_argument("what", choices=("case", "evidence", "assessment"))
    _evidence(commands.add_parser("evidence", help=tr("check, list and show the evidence")))
    return parser


def _carried(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    open_ = commands.add_parser("open", help=tr("bring back the case that a PDF of this program carries"))
    open_.add_argument("pdf", type=Path, help=tr("the PDF"))
    open_.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="CASE",
        help=tr("the case file to write (default: open the program)"),
    )
    open_.add_argument("--case", metavar="CODE", help=tr("which case, where the PDF carries several"))
    verify = commands.add_parser("verify", help=tr("say whether page, attachments and hash of a PDF agree"))
    verify.add_argument("pdf", type=Path, help=tr("the PDF"))


def _packet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("cases", type=Path, nargs="+", metavar="CASE", help=tr("the case files"))
    parser.add_argument("-o", "--output", type=Path, required=True, help=tr("the PDF, .pptx or .docx to write"))
    parser.add_argument(
        "--layout",
        choices=tuple(LAYOUTS),
        help=tr(
            "pages: agenda and a page per case; handout: a table, one row per case; requests: what each department "
            "still owes; slides (.pptx); document (.docx). Default: by the name of the file, else pages"
        ),
    )
    parser.add_argument("--paper", choices=tuple(PAPERS), help=tr("paper (default: the clinic's, else a4)"))
    order = parser.add_mutually_exclusive_group()
    order.add_argument(
        "--order",
        choices=("urgent-first", "as-given"),
        default="urgent-first",
        help=tr("recorded as urgent first, then most still open (default), or as named here"),
    )
    order.add_argument("--order-file", type=Path, metavar="FILE", help=tr("order: case files by name, one a line"))
    parser.add_argument("--annex", action="store_true", help=tr("pages: add the annex of every case"))
    parser.add_argument("--slips", action="store_true", help=tr("pages: add a blank decision slip per case"))
    _identified(parser)
    _dated(parser)


def _identified(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--identified", action="store_true", help=tr("print name and record number, for this export only")
    )


def _dated(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--settings",
        type=Path,
        metavar="FILE",
        help=tr("the clinic's own settings (default: those made in the program, in {path})").format(
            path=paths.clinic_file()
        ),
    )
    parser.add_argument(
        "--as-of",
        type=_day,
        metavar="DATE",
        help=tr("day of the discussion (default: the meeting date of the case, else today)"),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = tr("'{text}' is not a day; write it as 2026-11-26").format(text=text)
        raise argparse.ArgumentTypeError(message) from error


def _evidence(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--release", type=Path, metavar="FOLDER", help=tr("another release (default: the shipped one)"))
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("check", help=tr("tell every problem of the release"))
    actions.add_parser("compile", help=tr("write the form of the release that opens at once beside its files"))
    listing = actions.add_parser("list", help=tr("list trials and cohorts"))
    _filters(listing)
    show = actions.add_parser("show", help=tr("show one trial"))
    show.add_argument("id", help=tr("id of a trial, as listed"))
    figures = actions.add_parser("figures", help=tr("list every value with its reference"))
    form = figures.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=tr("as JSON"))
    form.add_argument("--csv", action="store_true", help=tr("as CSV"))
    _filters(figures)
    table = actions.add_parser("table", help=tr("compare cohorts, one endpoint at a time, nobody counted twice"))
    _filters(table)
    diff = actions.add_parser("diff", help=tr("tell what changed between two releases"))
    diff.add_argument("old", type=Path, help=tr("folder of the older release"))
    diff.add_argument("new", type=Path, help=tr("folder of the newer release"))


def _filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--drug", metavar="NAME", help=tr("only trials of this drug or class, by any of its names"))
    parser.add_argument(
        "--bm-class",
        choices=("stable", "untreated", "progressing", "active", "mixed", "leptomeningeal", "none"),
        help=tr("only cohorts of this class of brain metastases"),
    )
    parser.add_argument("--since", type=int, metavar="YEAR", help=tr("only trials published in or after this year"))
