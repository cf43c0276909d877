"""The packet command: every case of a meeting in one file. A case that cannot be printed does not stop the others."""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from her2board.assessment.assess import assess
from her2board.assessment.model import Assessment
from her2board.briefing.annex import annex_blocks
from her2board.briefing.compose import compose
from her2board.briefing.layouts import LAYOUTS, Work, by_suffix, maker
from her2board.briefing.model import all_text
from her2board.briefing.packet import Agenda, Item, PacketOptions, agenda, broken, item, ordered
from her2board.case.checks import CaseError
from her2board.case.fields import field_by_path
from her2board.case.identity import without_identity
from her2board.case.model import Case
from her2board.case.storage import load
from her2board.cli.commands import CommandError, chosen_library, chosen_paper, day_of, fields_with, told, write
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.enclosure import Enclosure, enclose
from her2board.wording import tr, trn

STOPPED = 130
"""Exit status of a command that somebody stopped, as shells know it."""
Progress = Callable[[int, int], None]
"""Told how much is done, of how much; stops the work by raising."""


@dataclass(frozen=True, slots=True)
class Source:
    """A case of the meeting: its file, and the case itself where it is open and newer than the file."""

    path: Path
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class Packet:
    """The bytes of a packet, and a line on every case that stands in it as a marked page only."""

    data: bytes
    problems: tuple[str, ...]


class _UnprintableError(Exception):
    """One case cannot be printed: words for its page, which name no content, and for the person at the program."""

    def __init__(self, code: str, printed: Iterable[str], told: Iterable[str]) -> None:
        self.code = code
        self.printed = tuple(printed)
        self.told = tuple(told)
        super().__init__("; ".join(self.told))


class _Maker:
    """Makes one packet; keeps what the layouts need of each case, and assesses again where an annex asks."""

    def __init__(
        self, options: PacketOptions, library: EvidenceLibrary, as_of: date | None, progress: Progress
    ) -> None:
        self._options = options
        self._layout = maker(LAYOUTS[options.layout])
        self._library = library
        self._as_of = as_of
        self._progress = progress
        self._done = 0
        self._all = 0
        self._cases: dict[int, tuple[Case, date]] = {}
        self._carried: dict[int, Enclosure] = {}
        self.problems: list[str] = []

    def make(self, sources: Sequence[Source]) -> bytes:
        """Return the packet of ``sources``."""
        self._all = self._steps(len(sources))
        items = [self._item(given, source) for given, source in enumerate(sources, 1)]
        return self._drawn(items, sources)

    def _steps(self, cases: int) -> int:
        return cases + self._layout.steps(self._options, cases)

    def _step(self) -> None:
        self._done += 1
        self._progress(min(self._done, self._all), self._all)

    def _item(self, given: int, source: Source) -> Item:
        self._step()
        try:
            return self._read(given, source)
        except _UnprintableError as why:
            return self._broken(given, source, why)

    def _broken(self, given: int, source: Source, why: _UnprintableError) -> Item:
        head = tr("{path}: cannot be printed; a marked page stands in its place")
        self.problems.append("\n  ".join((head.format(path=source.path), *why.told)))
        file = (tr("file: {name}").format(name=source.path.name),) if self._options.identified else ()
        return broken(given, why.code, map(_drawable, (*file, *why.printed)))

    def _read(self, given: int, source: Source) -> Item:
        from her2board.pdf.fonts import GlyphError
        from her2board.pdf.text import check_glyphs

        code = ""
        try:
            case = source.case or load(source.path)
            case = case if self._options.identified else without_identity(case)
            code = _drawable(case.code)
            day, dated = day_of(case, self._as_of)
            assessment = assess(case, self._library, day)
            briefing = compose(case, assessment, self._library, dated, self._options.identified)
            found = item(given, case, assessment, briefing)
            annexed = tuple(annex_blocks(assessment, self._library, case)) if self._options.annex else ()
            check_glyphs(all_text((found, annexed)))
            if LAYOUTS[self._options.layout].has_pages:
                self._cases[given] = case, day
                self._carried[given] = enclose(case, assessment, self._library, dated)
        except CaseError as error:
            places = dict.fromkeys(_place(problem.path) for problem in error.problems)
            raise _UnprintableError(code, places, map(str, error.problems)) from error
        except GlyphError as error:
            named = ", ".join(f"U+{ord(character):04X}" for character in error.characters)
            printed = (*fields_with(case, error.characters), tr("characters without a glyph: {n}").format(n=named))
            fields = ", ".join(fields_with(case, error.characters))
            raise _UnprintableError(code, printed, (f"{fields}: {error}",)) from error
        except Exception as error:  # reason: tomorrow's meeting gets the other cases whatever one does to the program
            words = tr("the program failed on this case ({kind})").format(kind=type(error).__name__)
            raise _UnprintableError(code, (words,), (words,)) from error
        return found

    def _drawn(self, items: list[Item], sources: Sequence[Source]) -> bytes:
        from her2board.pdf.packet import ItemTooFullError

        done = self._done
        while True:
            cover = agenda(ordered(items, self._options.order), self._options, self._library)
            try:
                return self._bytes(cover)
            except ItemTooFullError as error:  # the cover says so too: the packet is drawn again
                given = error.item.given
                why = _UnprintableError(error.item.code, (str(error),), (str(error),))
                items[given - 1] = self._broken(given, sources[given - 1], why)
                self._done = done

    def _bytes(self, cover: Agenda) -> bytes:
        return self._layout.make(
            Work(
                agenda=cover,
                options=self._options,
                library=self._library,
                drawn=self._step,
                carried=lambda found: self._carried[found.given],
                assessed=self._assessed,
            )
        )

    def _assessed(self, found: Item) -> tuple[Case, Assessment]:
        """Assess a case again: two hundred assessments kept until their annex is drawn would fill the memory."""
        case, day = self._cases[found.given]
        return case, assess(case, self._library, day)


def _place(path: str) -> str:
    """Return a field by its label and path, for a page that must not say what stands in it."""
    listed, _, entry = path.partition("[")
    field = field_by_path().get(listed.removesuffix(".items"))
    if not field:
        return path or tr("the file itself")
    number = entry.partition("]")[0]
    label = (
        tr("{label}, entry {n}").format(label=field.info.label, n=int(number) + 1)
        if number.isdigit()
        else field.info.label
    )
    return f"{label} ({path})"


def _drawable(words: str) -> str:
    """Return words with what the font cannot draw as U+XXXX: a marked page is printed whatever stands in a file."""
    from her2board.pdf.fonts import GlyphError
    from her2board.pdf.text import check_glyphs

    try:
        check_glyphs([words])
    except GlyphError as error:
        for character in error.characters:
            words = words.replace(character, f"U+{ord(character):04X} ")
    return words


def make_packet(
    sources: Sequence[Source],
    options: PacketOptions,
    library: EvidenceLibrary,
    as_of: date | None,
    progress: Progress,
) -> Packet:
    """Return the packet of ``sources``; each case is judged for ``as_of``, its own meeting date, or today."""
    maker = _Maker(options, library, as_of, progress)
    return Packet(maker.make(sources), tuple(maker.problems))


def in_order(paths: Sequence[Path], order_file: Path) -> list[Path]:
    """Return ``paths`` in the order in which ``order_file`` names files or stems, one a line; the others after them.

    Raises CommandError for a line that names none of them, or two lines that name the same.
    """
    try:
        lines = order_file.read_text(encoding="utf-8-sig").splitlines()
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
            words = tr("no case of this packet is called '{name}'") if path is None else tr("'{name}' stands twice")
            where = f"{order_file}: " + tr("line {n}: ").format(n=number)
            raise CommandError(where + words.format(name=name))
        found.append(path)
    return [*found, *(path for path in paths if path not in found)]


class _Line:
    """The progress on standard error: a line that is written over on a terminal, a line a tenth elsewhere."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._tenth = -1

    def __call__(self, done: int, of: int) -> None:
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


@told
def packet(options: argparse.Namespace) -> int:
    """Write the packet; exit status 1 when a case in it could not be printed, 130 when it was stopped."""
    wanted = _wanted(options)
    paths = list(options.cases)
    if twice := [path for number, path in enumerate(paths) if path in paths[:number]]:
        raise CommandError(tr("{path}: named twice; a packet holds each case once").format(path=twice[0]))
    if options.order_file is not None:
        paths = in_order(paths, options.order_file)
        wanted = replace(wanted, order="as-given")
    line = _Line()
    try:
        made = make_packet([Source(path) for path in paths], wanted, chosen_library(options), options.as_of, line)
        line.close()
        further = (path for path in (options.order_file, options.settings) if path is not None)
        write(options.output, made.data, *paths, *further)
    except KeyboardInterrupt:
        sys.stderr.write("\n" + tr("her2board: stopped; nothing was written") + "\n")
        return STOPPED
    if not made.problems:
        return 0
    n = len(made.problems)
    head = trn("{n} case could not be printed", "{n} cases could not be printed", n).format(n=n)
    sys.stderr.write(f"her2board: {head}\n" + "\n".join(made.problems) + "\n")
    return 1


def _wanted(options: argparse.Namespace) -> PacketOptions:
    """Return what was chosen; CommandError where layout, file name and additions do not go together."""
    suffix = options.output.suffix.lower()
    layout = LAYOUTS[options.layout] if options.layout else by_suffix(suffix)
    if suffix != layout.suffix:
        words = tr("{path}: the layout '{layout}' is written as {suffix}; name the file so")
        raise CommandError(words.format(path=options.output, layout=layout.name, suffix=layout.suffix))
    if not layout.has_pages and (options.annex or options.slips):
        raise CommandError(tr("--annex and --slips belong to the layout 'pages'"))
    return PacketOptions(
        layout.name, chosen_paper(options), options.order, options.annex, options.slips, options.identified
    )
