"""Makes any paper of a meeting that the screen asks for."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from msgspec.structs import replace

from her2board.assessment.paper import Paper
from her2board.briefing.meeting.calendar import calendar
from her2board.briefing.meeting.counts import Counts, counts_table
from her2board.briefing.meeting.gathered import Gathered, leaving
from her2board.briefing.meeting.papers import PAPERS, PaperFile, PaperMade, PaperWanted, ToReview
from her2board.briefing.packet import PacketOptions
from her2board.case.file_names import no_device
from her2board.cli.meeting_papers import due_days, meeting_export, meeting_letters, meeting_packet
from her2board.cli.outgoing import outgoing
from her2board.cli.packets import Progress
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import tr

_UNUSABLE = '\\/:*?"<>|'
"""Characters that some system does not take in the name of a file."""
_LAYOUTS = {"agenda": "agenda", "packet": "pages", "requests": "requests", "requests-text": "requests-text"}
_LAYOUTS |= {"slips": "slips"}
"""Papers that are a layout of the packet."""


def make_meeting_paper(
    found: Gathered, wanted: PaperWanted, library: EvidenceLibrary, today: date, progress: Progress
) -> PaperMade:
    """Return the files of a paper of a meeting, and what to say of them; ``progress`` stops the work by raising."""
    if wanted.case_ids:
        cases = tuple(one for one in found.cases if one.listing.case_id in wanted.case_ids)
        found = replace(found, cases=cases)
    if wanted.kind in _LAYOUTS:
        return _layout(found, wanted, library, today, progress)
    progress(0, 1)
    made = _OTHERS[wanted.kind](found, wanted, library)
    progress(1, 1)
    return made


def _layout(
    found: Gathered, wanted: PaperWanted, library: EvidenceLibrary, today: date, progress: Progress
) -> PaperMade:
    packet = wanted.kind == "packet"
    options = PacketOptions(
        layout=_LAYOUTS[wanted.kind],
        paper=wanted.paper,
        annex=wanted.annex if packet else "none",
        slips=wanted.slips and packet,
        identified=wanted.identified,
        reviewed=wanted.reviewed,
    )
    made = meeting_packet(found, options, library, today, progress)
    return PaperMade((PaperFile(_name(found, wanted), made.data),), made.problems, (*made.unreviewed, *made.accounts))


def _letters(found: Gathered, wanted: PaperWanted, library: EvidenceLibrary) -> PaperMade:
    made = meeting_letters(found, library, wanted.paper, identified=wanted.identified, reviewed=wanted.reviewed)
    files = tuple(PaperFile(f"{file_name(code)}.docx", data) for code, data in made.letters)
    undecided = tr("no decision recorded, no letter: {codes}").format(codes=", ".join(made.undecided))
    return PaperMade(files, notes=(*made.unreviewed, *((undecided,) if made.undecided else ())))


def _calendar(found: Gathered, wanted: PaperWanted, library: EvidenceLibrary) -> PaperMade:
    due = due_days(found, library)
    if not due:
        return PaperMade(
            (), notes=(tr("no decision that waits to be carried out has a day; there is no entry to write"),)
        )
    return PaperMade((PaperFile(_name(found, wanted), calendar(due, datetime.now(UTC))),))


def _table(found: Gathered, wanted: PaperWanted, library: EvidenceLibrary) -> PaperMade:
    suffix = PAPERS[wanted.kind].suffix
    data, notes = meeting_export(found, library, suffix, identified=wanted.identified, reviewed=wanted.reviewed)
    return PaperMade((PaperFile(_name(found, wanted), data),), notes=notes)


_OTHERS: dict[str, Callable[[Gathered, PaperWanted, EvidenceLibrary], PaperMade]] = {
    "letters": _letters,
    "calendar": _calendar,
    "workbook": _table,
    "table": _table,
}


def to_review(found: Gathered, library: EvidenceLibrary) -> tuple[ToReview, ...]:
    """Return what a person looks at, case by case, before a paper leaves without names; cases without any left out."""
    several = (
        ToReview(one.code, one.case, (*outgoing(one.case, library).found, *one.found))
        for one in leaving(found, library.vocabulary.words, identified=False).cases
        if one.case is not None
    )
    return tuple(one for one in several if one.found)


def counts_file(found: Counts, suffix: str, paper: Paper) -> bytes:
    """Return the counts of a year as '.pdf' with a plot, '.xlsx' or '.csv'."""
    if suffix == ".pdf":
        from her2board.pdf.counts import counts_pdf  # here and below: each file's own libraries

        return counts_pdf(found, paper)
    from her2board.office.spreadsheet import comma_separated, workbook

    table = counts_table(found)
    return comma_separated(table) if suffix == ".csv" else workbook((table,), table.name)


def _name(found: Gathered, wanted: PaperWanted) -> str:
    return f"{found.meeting.day.isoformat()}-{wanted.kind}{PAPERS[wanted.kind].suffix}"


def file_name(code: str) -> str:
    """Return a code as the name of a file on any system."""
    usable = "".join("-" if sign in _UNUSABLE or not sign.isprintable() else sign for sign in code)
    return no_device(usable.strip(". ")[:80].rstrip(". ") or "-")
