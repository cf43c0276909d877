"""The command 'packet': every case of a meeting in one file."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from her2board.briefing.layouts import LAYOUTS, by_suffix
from her2board.briefing.packet import PacketOptions
from her2board.case.reading import SMALL_FILE, read_text
from her2board.cli.arguments import Commands, add_annex, add_identified, add_paper, add_settings_and_day
from her2board.cli.console import STOPPED
from her2board.cli.errors import CommandError
from her2board.cli.output import warn, write
from her2board.cli.packets import Source, make_packet
from her2board.cli.release import chosen_library, chosen_paper
from her2board.wording import did_you_mean, tr, trn


def add_parser(commands: Commands) -> None:
    """Add the command."""
    words = tr("write the agenda and a page per case, or another layout of them")
    parser = commands.add_parser("packet", help=words)
    parser.add_argument("cases", type=Path, nargs="+", metavar="CASE", help=tr("the case files"))
    parser.add_argument("-o", "--output", type=Path, required=True, help=tr("the PDF, .pptx or .docx to write"))
    kinds = "; ".join(f"{layout.name}: {tr(layout.label)}" for layout in LAYOUTS.values())
    words = tr("{kinds}. Default: by the file extension, else pages").format(kinds=kinds)
    parser.add_argument("--layout", choices=tuple(LAYOUTS), help=words)
    add_paper(parser)
    order = parser.add_mutually_exclusive_group()
    words = tr("recorded as urgent first, then most still open (default), or as named here")
    order.add_argument("--order", choices=("urgent-first", "as-given"), default="urgent-first", help=words)
    order.add_argument("--order-file", type=Path, metavar="FILE", help=tr("order: case files by name, one a line"))
    add_annex(parser, tr("pages: add the annex of every case, short (four pages at most) or full"))
    parser.add_argument("--slips", action="store_true", help=tr("pages: add a blank decision slip per case"))
    add_identified(parser)
    add_settings_and_day(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the packet; exit status 1 when a case in it could not be printed, 130 when it was stopped."""
    wanted = _wanted(options)
    paths = list(options.cases)
    if twice := [path for number, path in enumerate(paths) if path in paths[:number]]:
        raise CommandError(tr("{path}: named twice; a packet holds each case once").format(path=twice[0]))
    if options.order_file is not None:
        paths = in_order(paths, options.order_file)
        wanted = replace(wanted, order="as-given")
    progress = ProgressLine()
    try:
        sources = [Source(path) for path in paths]
        made = make_packet(sources, wanted, chosen_library(options), options.as_of, progress)
        progress.close()
        write(options.output, made.data, *paths, options.order_file, options.settings)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        warn(tr("stopped; nothing was written"))
        return STOPPED
    for words in (*made.remarks, *made.unreviewed, *made.accounts):
        warn(words)
    if not made.problems:
        return 0
    n = len(made.problems)
    head = trn("{n} case could not be printed", "{n} cases could not be printed", n).format(n=n)
    warn("\n".join((head, *made.problems)))
    return 1


def _wanted(options: argparse.Namespace) -> PacketOptions:
    """Return what was chosen; CommandError where layout, file name and additions do not go together."""
    suffix = options.output.suffix.lower()
    layout = LAYOUTS[options.layout] if options.layout else by_suffix(suffix)
    if suffix != layout.suffix:
        words = tr("{path}: the layout '{layout}' is written as {suffix}; use that file extension")
        raise CommandError(words.format(path=options.output, layout=layout.name, suffix=layout.suffix))
    if not layout.has_pages and (options.annex != "none" or options.slips):
        raise CommandError(tr("--annex and --slips belong to the layout 'pages'"))
    return PacketOptions(
        layout.name,
        chosen_paper(options),
        options.order,
        options.annex,
        options.slips,
        options.identified,
        options.reviewed,
    )


def in_order(paths: Sequence[Path], order_file: Path) -> list[Path]:
    """Return ``paths`` in the order in which ``order_file`` names files or stems, one a line; the others after them.

    Raises CommandError for a line that names none of them, or two lines that name the same.
    """
    try:
        lines = read_text(order_file, SMALL_FILE).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or tr("not a text file in UTF-8")
        raise CommandError(tr("{path}: cannot be read ({why})").format(path=order_file, why=why)) from error
    found: list[Path] = []
    for number, line in enumerate(lines, 1):
        name = line.partition("#")[0].strip()
        if not name:
            continue
        path = next((path for path in paths if name in (str(path), path.name, path.stem)), None)
        if path is None or path in found:
            words = tr("'{name}': duplicate") if path else tr("'{name}' names no case of this packet")
            hint = "" if path else did_you_mean(name, (part for known in paths for part in (known.name, known.stem)))
            where = f"{order_file}: " + tr("line {n}: ").format(n=number)
            raise CommandError(where + words.format(name=name) + hint)
        found.append(path)
    return [*found, *(path for path in paths if path not in found)]


class ProgressLine:
    """The progress on standard error: a line that is written over on a terminal, a line a tenth elsewhere."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._tenth = -1

    def __call__(self, done: int, of: int) -> None:
        """Show how much is done, of how much."""
        words = tr("her2board: {done} of {all} steps").format(done=done, all=of)
        if self._terminal:
            sys.stderr.write(f"\r{words}")
        elif done * 10 // of > self._tenth:
            self._tenth = done * 10 // of
            sys.stderr.write(words + "\n")
        sys.stderr.flush()

    def close(self) -> None:
        """Leave the line."""
        if self._terminal:
            sys.stderr.write("\n")
