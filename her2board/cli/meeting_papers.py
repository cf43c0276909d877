"""Makes the papers of a meeting of the casebook: for the command line and for the screen."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from her2board.assessment.paper import Paper
from her2board.briefing.meeting.calendar import DueDay
from her2board.briefing.meeting.counts import Counts, cleaned, counts
from her2board.briefing.meeting.gathered import (
    Gathered,
    OnList,
    attended,
    for_its_meeting,
    leaving,
    listed,
    with_texts,
)
from her2board.briefing.meeting.letter import letter
from her2board.briefing.meeting.tables import meeting_tables
from her2board.briefing.packet import MeetingHead, PacketOptions, privacy_words
from her2board.case.identity import cleaner_of
from her2board.casebook.book import Casebook
from her2board.casebook.model import BoardMeeting, Listing
from her2board.cli.outgoing import found_words, outgoing
from her2board.cli.packets import Held, Packet, Progress, Source, make_packet
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.text import drawable_words
from her2board.wording import day_words, tr


def meeting_packet(
    found: Gathered,
    options: PacketOptions,
    library: EvidenceLibrary,
    today: date,
    progress: Progress = lambda _done, _of: None,
) -> Packet:
    """Return a layout of a packet for a meeting: its cases in its order, each judged for its day.

    Requests go to the person asked, where one is recorded; they are late by ``today``.
    """
    out = leaving(found, library.vocabulary.words, options.identified)
    sources = [_source(one, found.meeting) for one in out.cases]
    chosen = replace(options, order="as-given", grouped="owner")
    return make_packet(sources, chosen, library, found.meeting.day, progress, Held(_drawable_head(found), today))


class Letters(Struct, frozen=True):
    """The letters of a meeting, each with the code of its case, and what to say of the others."""

    letters: tuple[tuple[str, bytes], ...]
    undecided: tuple[str, ...]
    """Codes of cases of which neither a decision nor a deferral is recorded."""
    unreviewed: tuple[str, ...]
    """A message on each case whose texts nobody looked through for names."""


def meeting_letters(
    found: Gathered, library: EvidenceLibrary, paper: Paper, *, identified: bool = False, reviewed: bool = False
) -> Letters:
    """Return the letter of each decision that is recorded, in the order of the meeting."""
    from her2board.office.letter import letter_document  # the other papers go without

    made, undecided, messages = [], [], []
    for one in leaving(found, library.vocabulary.words, identified).cases:
        if one.case is None:
            continue
        out = outgoing(one.case, library, identified)
        looked_at = (*out.found, *one.found)
        unreviewed = bool(looked_at) and not reviewed
        said = letter(one, out.case, found.meeting, identified, unreviewed)
        if said is None:
            undecided.append(one.code)
            continue
        made.append((one.code, letter_document(said, paper)))
        if unreviewed:
            messages.append(found_words(one.code, looked_at))
    return Letters(tuple(made), tuple(undecided), tuple(messages))


def meeting_export(
    found: Gathered, library: EvidenceLibrary, suffix: str, *, identified: bool = False, reviewed: bool = False
) -> tuple[bytes, tuple[str, ...]]:
    """Return the meeting as '.xlsx', or its cases as '.csv', and a message on each case nobody looked through."""
    from her2board.office.spreadsheet import comma_separated, workbook  # as above

    out = leaving(found, library.vocabulary.words, identified)
    looked = [(one.code, (*outgoing(one.case, library, identified).found, *one.found)) for one in out.cases if one.case]
    messages = [] if reviewed else [found_words(code, several) for code, several in looked if several]
    names = privacy_words(identified, bool(messages))
    tables = meeting_tables(out, lambda case: outgoing(case, library, identified).case, names, identified=identified)
    if suffix == ".csv":
        return comma_separated(tables[0]), tuple(messages)
    title = tr("Tumour board {date}").format(date=day_words(found.meeting.day))
    return workbook(tables, title), tuple(messages)


def due_days(found: Gathered, library: EvidenceLibrary) -> tuple[DueDay, ...]:
    """Return the days by which decisions of a meeting are to be carried out, those answered left out."""
    cases = leaving(found, library.vocabulary.words, identified=False).cases
    return tuple(
        DueDay(found.meeting.id, one.listing.case_id, one.code, outcome.due, found.version)
        for one in cases
        if (outcome := one.listing.outcome).due is not None and outcome.carried_out is None
    )


def year_counts(book: Casebook, year: int, until: date, library: EvidenceLibrary) -> Counts:
    """Return the counts of a year's meetings held until a day, without patients' names in what was typed."""
    held = [kept.value for kept in book.meetings() if kept.value.day.year == year]
    cleaners: dict[str, Callable[[str], str]] = {}

    def clean(listing: Listing) -> Listing:
        if listing.outcome.deferral_reason and listing.case_id not in cleaners:
            try:
                case = book.case(listing.case_id).value
                cleaners[listing.case_id] = cleaner_of(case, library.vocabulary.words)
            except KeyError:  # nobody knows any more whose name to look for
                cleaners[listing.case_id] = lambda _: tr("case no longer in the casebook")
        cleaner = cleaners.get(listing.case_id)
        return with_texts(listing, lambda text: drawable_words(cleaner(text))) if cleaner else listing

    named = [one.model_copy(update={"attendance": attended(one.attendance, drawable_words)}) for one in held]
    return counts(cleaned(named, clean), year, until)


def _source(one: OnList, meeting: BoardMeeting) -> Source:
    return Source(
        path=Path(one.code or one.listing.case_id),
        case=for_its_meeting(one, meeting),
        listed=listed(one, drawable_words),
        found=one.found,
        why_not="" if one.case else tr("the case is no longer in the casebook"),
    )


def _drawable_head(found: Gathered) -> MeetingHead:
    head = found.head
    return MeetingHead(
        head.day, drawable_words(head.board), drawable_words(head.place), attended(head.attendance, drawable_words)
    )
