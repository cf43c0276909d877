"""Makes a packet: every case of a meeting in one file. A case that cannot be printed does not stop the others."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from her2board.assessment.assess import assess
from her2board.assessment.model import Assessment
from her2board.briefing.account import account, not_shown, placed
from her2board.briefing.annex import annex_blocks
from her2board.briefing.annex_short import short_annex
from her2board.briefing.layouts import LAYOUTS, Work, maker
from her2board.briefing.model import Briefing, Run, Shortening, all_text
from her2board.briefing.packet import Agenda, Item, Listed, MeetingHead, PacketOptions, agenda, broken, item, ordered
from her2board.case.checks import CaseError
from her2board.case.fields import field_by_path, named_path
from her2board.case.identity_review import Found
from her2board.case.model import Case
from her2board.case.recorded import Recorded, recorded
from her2board.case.storage import load_stored
from her2board.cli.cases import day_of, read_anew_words
from her2board.cli.errors import CommandError
from her2board.cli.outgoing import found_words, outgoing
from her2board.cli.pages import Composed, PageRequest, composed, fields_with
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.enclosure import Enclosure, enclose
from her2board.pdf.fonts import GlyphError
from her2board.pdf.packet import ItemTooFullError
from her2board.pdf.text import check_glyphs, drawable_words
from her2board.wording import tr

Progress = Callable[[int, int], None]
"""Is given how much is done, of how much; stops the work by raising."""


class Source(Struct, frozen=True):
    """A case of the meeting: its file, and the case itself where it is open and newer than the file."""

    path: Path
    case: Case | None = None
    listed: Listed | None = None
    """What the list of a meeting says of the case, as it leaves."""
    found: tuple[Found, ...] = ()
    """What a person looks at in the texts of that list before it leaves."""
    why_not: str = ""
    """Why there is no case to print."""


class Packet(Struct, frozen=True):
    """The bytes of a packet, and a message on every case that could not be printed and has a marked page."""

    data: bytes
    problems: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    """What of files of an earlier version is read otherwise now, a message per file."""
    accounts: tuple[str, ...] = ()
    """A line on each case of which something is not on its page or was shortened."""
    unreviewed: tuple[str, ...] = ()
    """A message on each case in which something was replaced or looks like a name, and that nobody reviewed."""


class Held(Struct, frozen=True):
    """The meeting of the casebook that a packet is for, and the day it is made on."""

    head: MeetingHead
    today: date


class _Unprintable(Struct, frozen=True):
    """Why a case cannot be printed: words for its page, which name no content, and for the message."""

    code: str
    printed: tuple[str, ...]
    messages: tuple[str, ...]


class _Maker:
    """Makes one packet; keeps what the layouts need of each case, and assesses again where an annex asks."""

    def __init__(
        self,
        options: PacketOptions,
        library: EvidenceLibrary,
        as_of: date | None,
        progress: Progress,
        held: Held | None,
    ) -> None:
        self._options = options
        self._head = held.head if held else None
        self._today = held.today if held else None
        self._layout = maker(LAYOUTS[options.layout])
        self._library = library
        self._as_of = as_of
        self._progress = progress
        self._done = 0
        self._all = 0
        self._cases: dict[int, tuple[Case, date]] = {}
        self._carried: dict[int, Enclosure] = {}
        self.problems: list[str] = []
        self.remarks: list[str] = []
        self.unreviewed: list[str] = []
        self._left: dict[int, tuple[Recorded, ...]] = {}
        self._shortened: dict[int, tuple[Shortening, ...]] = {}
        self._accounts: dict[int, str] = {}

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
        code, case = "", None
        try:
            if source.why_not:
                raise CommandError(source.why_not)
            case = source.case or self._loaded(source.path)
            leaving = outgoing(case, self._library, self._options.identified)
            case, code = leaving.case, drawable_words(leaving.case.code)
            found = (*leaving.found, *source.found)
            if unreviewed := bool(found) and not self._options.reviewed:
                self.unreviewed.append(found_words(str(source.path), found))
            return replace(self._found(given, case, unreviewed), listed=source.listed)
        except Exception as error:  # noqa: BLE001  # reason: one case must not cost tomorrow's meeting the others
            return self._broken(given, source, _unprintable(code, case, error))

    def _loaded(self, path: Path) -> Case:
        stored = load_stored(path)
        if words := read_anew_words(path, stored, self._library):
            self.remarks.append(words)
        return stored.case

    def _broken(self, given: int, source: Source, why: _Unprintable) -> Item:
        head = tr("{path}: cannot be printed; a marked page takes its place")
        self.problems.append("\n  ".join((head.format(path=source.path), *why.messages)))
        file = (tr("file: {name}").format(name=source.path.name),) if self._options.identified else ()
        marked = broken(given, why.code, map(drawable_words, (*file, *why.printed)))
        return replace(marked, listed=source.listed)

    def _found(self, given: int, case: Case, unreviewed: bool) -> Item:
        day, dated = day_of(case, self._as_of)
        identified = self._options.identified
        request = PageRequest(
            case=case, library=self._library, day=day, dated=dated, identified=identified, unreviewed=unreviewed
        )
        said = composed(request)
        found = item(given, said.case, said.assessment, said.briefing, self._library, self._today)
        check_glyphs(all_text((found, self._annex_words(said))))
        if LAYOUTS[self._options.layout].has_pages:
            self._cases[given] = said.case, day
            self._carried[given] = enclose(said.case, said.assessment, self._library, dated)
        return found

    def _annex_words(self, said: Composed) -> tuple[Any, ...]:
        """Return whatever the annex of a case may say: a character that no font has is of this case alone."""
        case, assessment = said.case, said.assessment
        if self._options.annex == "full":
            from her2board.pdf.annex import with_drawable_sentences  # most packets are made without an annex

            return tuple(annex_blocks(assessment, self._library, with_drawable_sentences(case)))
        whole = tuple(recorded(case)) if self._options.annex == "short" else ()
        return short_annex(case, assessment, self._library, whole).paragraphs if whole else ()

    def _drawn(self, items: list[Item], sources: Sequence[Source]) -> bytes:
        done = self._done
        while True:
            entries = ordered(items, self._options.order)
            cover = agenda(entries, self._options, self._library, bool(self.unreviewed), self._head)
            try:
                return self._bytes(cover)
            except ItemTooFullError as error:  # the cover says so too: the packet is drawn again
                given = error.item.given
                why = _Unprintable(error.item.code, (str(error),), (str(error),))
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
                annexed=self._annexed,
                laid_out=self._laid_out,
            )
        )

    def _laid_out(self, found: Item, written: Iterable[Run], shown: Briefing) -> None:
        case, _ = self._cases[found.given]
        self._left[found.given] = not_shown(case, written, self._library)
        self._shortened[found.given] = shown.shortened
        if self._options.annex == "none":
            self._annexed(found, ())

    def _annexed(self, found: Item, written: Iterable[Run]) -> None:
        case, _ = self._cases[found.given]
        annex = self._options.annex
        where = placed(case, self._left[found.given], written, annex, self._library)
        self._accounts[found.given] = account(where, self._shortened[found.given], annex)

    def accounts(self, sources: Sequence[Source]) -> Iterator[str]:
        """Yield a line on each case of which something is not on its page, in the order given."""
        for given, words in sorted(self._accounts.items()):
            if words:
                yield f"{sources[given - 1].path}: {words}"

    def _assessed(self, found: Item) -> tuple[Case, Assessment, Sequence[Recorded]]:
        """Assess a case again: two hundred assessments kept until their annex is drawn would fill the memory."""
        case, day = self._cases[found.given]
        return case, assess(case, self._library, day), self._left[found.given]


def _unprintable(code: str, case: Case | None, error: Exception) -> _Unprintable:
    """Return why a case cannot be printed: an error of the case, of its characters, or of the program."""
    if isinstance(error, CaseError):
        places = dict.fromkeys(_place(named_path(problem.path)) for problem in error.problems)
        return _Unprintable(code, tuple(places), tuple(map(str, error.problems)))
    if isinstance(error, CommandError):
        return _Unprintable(code, (str(error),), (str(error),))
    if isinstance(error, GlyphError) and case is not None:
        fields = fields_with(case, error.characters)
        named = ", ".join(f"U+{ord(character):04X}" for character in error.characters)
        printed = (*fields, tr("characters without a glyph: {n}").format(n=named))
        return _Unprintable(code, printed, (f"{', '.join(fields)}: {error}",))
    words = tr("internal error on this case ({kind})").format(kind=type(error).__name__)
    return _Unprintable(code, (words,), (words,))


def _place(path: str) -> str:
    """Return a field by its label and path, for a page that must not show its value."""
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


def make_packet(
    sources: Sequence[Source],
    options: PacketOptions,
    library: EvidenceLibrary,
    as_of: date | None,
    progress: Progress,
    held: Held | None = None,
) -> Packet:
    """Return the packet of ``sources``; each case is judged for ``as_of``, its own meeting date, or today."""
    work = _Maker(options, library, as_of, progress, held)
    made = work.make(sources)
    return Packet(
        made, tuple(work.problems), tuple(work.remarks), tuple(work.accounts(sources)), tuple(work.unreviewed)
    )
