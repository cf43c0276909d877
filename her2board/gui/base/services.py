"""What the command line hands to the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

if TYPE_CHECKING:  # the window is painted before the case model is imported
    from her2board.assessment.model import Assessment
    from her2board.assessment.paper import Paper
    from her2board.briefing.annex_choice import AnnexChoice
    from her2board.briefing.meeting.counts import Counts
    from her2board.briefing.meeting.gathered import Gathered
    from her2board.briefing.meeting.papers import PaperMade, PaperWanted, ToReview
    from her2board.briefing.meeting.tables import DataTable
    from her2board.briefing.packet import PacketOptions
    from her2board.briefing.page_map import MappedPage
    from her2board.case.model import Case
    from her2board.case.storage import Stored
    from her2board.casebook.book import Casebook
    from her2board.casebook.model import CaseSummary, SignedOff
    from her2board.evidence.library import EvidenceLibrary
    from her2board.packs.difference import Reread
    from her2board.packs.follow_up import FollowUp
    from her2board.packs.offer import Offer
    from her2board.packs.root import RootFile
    from her2board.packs.root_in_use import RootInUse

    MakePaper = Callable[
        [Gathered, PaperWanted, EvidenceLibrary, date, Callable[[int, int], None]],
        PaperMade,
    ]
    Summarise = Callable[[Case], CaseSummary]
    Where = Path | str
    MakePage = Callable[[Case, EvidenceLibrary, date, Paper, Assessment | None], bytes]
    ExportPage = Callable[[Case, EvidenceLibrary, date, Paper, Assessment | None], tuple[bytes, str]]
    MakeMapped = Callable[
        [AnnexChoice, Case, EvidenceLibrary, date, Paper, Assessment | None, Callable[[], None]], MappedPage
    ]
    MakePacket = Callable[
        [Sequence[Path], Mapping[Path, Case], PacketOptions, EvidenceLibrary, Callable[[int, int], None]],
        tuple[bytes, Sequence[str]],
    ]


def _no_packet(*_: object) -> NoReturn:
    """Take the place of a packet maker where there is none."""
    raise NotImplementedError


class PageRefusedError(Exception):
    """No page can be made of a case as it is: why, in words, and the paths of the fields it is because of."""

    def __init__(self, why: str, paths: Sequence[str] = ()) -> None:
        super().__init__(why)
        self.paths = tuple(paths)


class CaseInPdf(NamedTuple):
    """A case that a PDF carries, and what to know before trusting it: empty when nothing."""

    stored: Stored
    warning: str


class BookServices(NamedTuple):
    """How casebooks are made and opened; each takes half a second and more, and raises CasebookError in words."""

    create: Callable[[Where, str, Summarise], Casebook]
    """At a new path or, by its name in the settings, on a server; with a passphrase, and what
    works out of a case what a list shows of it."""
    open: Callable[[Where, str, Summarise], Casebook]
    """A file, or by its name in the settings one on a server."""
    recover: Callable[[Where, str, str, Summarise], Casebook]
    """By the recovery key, with a new passphrase."""
    change_passphrase: Callable[[Where, str, str], None]
    """The passphrase before, and the new one."""
    servers: Callable[[], Sequence[str]]
    """Names of the casebooks on servers that the settings of the clinic list."""
    recovery_key: Callable[[Casebook], str]
    made_again: Callable[[Casebook, SignedOff], bytes]
    """The page of a signed-off briefing, byte for byte; raises an exception that says why it cannot."""
    sign_off: Callable[[Casebook, str, int, Paper], tuple[bytes, SignedOff]]
    """The page of a version of a case, without names, and its exact inputs to keep; raises as ``made_again`` does."""
    place: Callable[[Path], str]
    """What to know of the folder of a casebook, with a way out; empty where nothing."""


class PaperServices(NamedTuple):
    """How papers of a meeting of the casebook are made from what was gathered of it; for work in the background."""

    make: MakePaper
    """The files of a paper, what could not be printed, what else to know. Is given the meeting, what is asked for,
    evidence, today, and a callback as ``make_packet`` is."""
    to_review: Callable[[Gathered, EvidenceLibrary], Sequence[ToReview]]
    """What a person looks at before a paper leaves without names."""
    counts: Callable[[Casebook, int, date, EvidenceLibrary], Counts]
    """Counts of a year up to a day as they may leave; reads the casebook."""
    counts_file: Callable[[Counts, str, Paper], bytes]
    """The same as '.pdf', '.xlsx' or '.csv'."""
    table_file: Callable[[DataTable], bytes]
    """A table as comma-separated text."""


class EvidenceError(Exception):
    """A pack, or what was installed from one, cannot be used: why, and what to do, in words."""


class InUse(NamedTuple):
    """The evidence in use."""

    pack: int = 0
    """Number of the pack it came in; 0 for what the program came with."""
    valid_until: date | None = None
    signed_by: tuple[str, ...] = ()
    """Readers who signed the pack: 'clinical', 'technical'."""
    can_go_back: bool = False
    problem: str = ""
    """Why what was installed cannot be used; empty where it can."""


class EvidenceServices(NamedTuple):
    """How evidence packs are looked at and installed; what is refused is raised as EvidenceError."""

    in_use: Callable[[], InUse]
    look: Callable[[date], str]
    """Remembers day and evidence in use; returns what is wrong with the clock, empty where nothing is."""
    look_in: Callable[[Casebook, date], Sequence[str]]
    """The same inside a casebook, and whether it was used with newer evidence."""
    clock_is_right: Callable[[date, str, Casebook | None], None]
    """Takes the day for the newest from now on, for the reason given."""
    offer: Callable[[Path], Offer]
    """The pack in a file, or the one in a folder, checked; also one past its date."""
    cases_of: Callable[[Casebook | Sequence[Path]], Sequence[Callable[[], tuple[str, Case, date]]]]
    """What reads each case of a casebook, or each of some files: its name, and the day it is for. Raises CaseError."""
    read_again: Callable[[Iterable[tuple[str, Case, date]], Offer], Iterator[Reread]]
    signed_pages: Callable[[Casebook, Offer, Callable[[], bool]], Iterator[FollowUp]]
    """Figures on signed-off pages that are gone; the last says whether to stop."""
    install: Callable[[Offer, str, Casebook | None], None]
    """With the reason, for a pack past its date."""
    go_back: Callable[[str, Casebook | None], None]
    use_shipped: Callable[[str, Casebook | None], None]
    to_follow_up: Callable[[Casebook], Sequence[FollowUp]]
    followed_up: Callable[[Casebook, FollowUp, date, str], None]
    root: Callable[[], RootInUse]
    """Whose packs are genuine here."""
    read_root: Callable[[Path], RootFile]
    """The root in a file, or the newest in a folder."""
    trust_root: Callable[[RootFile, str, str, Casebook | None], None]
    """With the second half of its fingerprint as it was typed, and where that was read from."""
    forget_root: Callable[[str, Casebook | None], None]
    """With the reason; evidence that was installed with it goes out of use."""


class Services(NamedTuple):
    """The work done outside the screen: reading the evidence, making and reading pages, knowing the date."""

    load_library: Callable[[], EvidenceLibrary]
    make_page: MakePage
    """PDF bytes of the page on 'a4' or 'letter'; an earlier assessment with the same evidence saves work.

    Raises PageRefusedError for what a person can change in the case.
    """
    read_pdf: Callable[[Path], tuple[CaseInPdf, ...]]
    """The cases a PDF carries, at least one; raises CaseError when it carries none."""
    today: Callable[[], date]
    stop_reading: Callable[[], object] = tuple
    """Ends what reads a PDF, for the window closes."""
    clinic_file: Path | None = None
    """Where the clinic's settings are kept; without one they last as long as the window."""
    overlay_dir: Path | None = None
    """Where the clinic's local file is kept; without one there is none."""
    make_mapped: MakeMapped | None = None
    """The same with what is where on it, and with the annex asked for behind it; without one the screen shows the page
    alone, and no word of it leads anywhere. The last is called between the steps and stops the work by raising."""
    export_page: ExportPage | None = None
    """As ``make_page``, and in one line what of the case is not on the page; without one nothing is said of it."""
    state_dir: Path | None = None
    """Folder for work that is not saved yet; without one a crash takes it."""
    make_packet: MakePacket = _no_packet
    """Bytes, and a line on every case that could not be printed. Takes case files, those of them that are open and
    newer, options, evidence, and a callback for how many are done of how many, which stops the work by raising."""
    papers: PaperServices | None = None
    """How papers of meetings are made; without them the casebook has none."""
    self_check: Callable[[], tuple[tuple[str, str, str], ...]] = tuple
    """Subject, state and what was found, line by line; takes as long as making a page."""
    casebooks: BookServices | None = None
    """Without it the window knows no casebooks."""
    evidence: EvidenceServices | None = None
    """Without it the window installs no evidence."""
    settings_folder: Path | None = None
    """Where settings are kept; the user's own place when not named."""
