"""Makes the papers of a meeting of the casebook: for the command line and for the screen."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from her2board.briefing.meeting.gathered import Gathered, OnList, attended, for_its_meeting, leaving, listed
from her2board.briefing.packet import MeetingHead, PacketOptions
from her2board.casebook.model import BoardMeeting
from her2board.cli.packets import Held, Packet, Progress, Source, drawable_words, make_packet
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import tr


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
