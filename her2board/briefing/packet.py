"""What a meeting is handed: the agenda in its order, and what replaces a case that cannot be printed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from her2board import builds
from her2board.assessment.model import Assessment
from her2board.assessment.paper import Paper
from her2board.briefing.annex_choice import AnnexChoice
from her2board.briefing.evidence_age import age_notice
from her2board.briefing.formats import changed_locally, not_recorded, not_reviewed
from her2board.briefing.model import Briefing, Run, Words
from her2board.briefing.requests import Request, requests
from her2board.briefing.zones.alert import alerts
from her2board.briefing.zones.header import HeaderZone
from her2board.briefing.zones.pause_counts import PauseCounts, pause_counts
from her2board.briefing.zones.question import QuestionZone
from her2board.case.model import Case
from her2board.casebook.model import Attendance, Outcome
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Among
from her2board.wording import Marked, spoken_language, tr, trn

_SIZE = "largest_lesion_mm"
Order = Literal["urgent-first", "as-given"]
Grouping = Literal["department", "owner"]
"""Whom a request goes to: the department that knows, or the person it was asked of where one is recorded."""


class PacketOptions(Struct, frozen=True):
    """What somebody chose for one packet."""

    layout: str = "pages"
    """Name of one of the layouts."""
    paper: Paper = "a4"
    order: Order = "urgent-first"
    annex: AnnexChoice = "none"
    slips: bool = False
    identified: bool = False
    """With name and record number; never without being asked for this very packet."""
    reviewed: bool = False
    """A person looked at what was replaced and what looks like a name."""
    grouped: Grouping = "department"
    """How requests are put together."""


class Listed(Struct, frozen=True):
    """What the list of a meeting says of a case, beside the case itself."""

    status: str
    """In words."""
    reason: str = ""
    preparer: str = ""
    named_only: bool = False
    """Named to the board, not discussed: it has no page."""
    not_ready: bool = False
    not_ready_because: str = ""
    before: Words = ()
    """What was decided last, and whether it was carried out."""
    still_of: str = ""
    """Day of an earlier discussion where the case is still as it was for that one."""
    minutes: str = ""
    outcome: Outcome | None = None
    """What this meeting decided; None where it has not yet."""


class MeetingHead(Struct, frozen=True):
    """A meeting of the casebook, as its papers name it."""

    day: str
    board: str
    place: str
    attendance: tuple[Attendance, ...] = ()


class Item(Struct, frozen=True):
    """One case of the meeting, as the agenda and every layout need it."""

    given: int
    """Its place in the list as named, from 1."""
    code: str
    briefing: Briefing | None
    """None where the case cannot be printed."""
    meeting: str = ""
    place: str = ""
    presenter: str = ""
    question: Words = ()
    counts: PauseCounts | None = None
    """Disciplines heard and points known before whole-brain radiation."""
    urgent: bool = False
    place_in_order: int = 0
    """By what comes first: urgency recorded, immediate local therapy, symptoms, size, radiation proposed, the rest."""
    because: str = ""
    """Why it has that place, in words; empty for the rest."""
    as_of: date | None = None
    """Day for which it was assessed."""
    requests: tuple[Request, ...] = ()
    problems: tuple[str, ...] = ()
    """Why it cannot be printed, in words that name fields and never their contents."""
    listed: Listed | None = None
    """What the list of the meeting says of it, where there is one."""

    @property
    def identity(self) -> str:
        """Name and record number, where they were switched on."""
        return self.briefing.get(HeaderZone).identity if self.briefing else ""


class Agenda(Struct, frozen=True):
    """The cover of a packet."""

    title: str
    language: str
    items: tuple[Item, ...]
    lead: str
    """Place, number of cases, how many are urgent or cannot be printed."""
    order: str
    """The rule behind the order, in words."""
    urgent: str
    """Which items are urgent; empty where none is."""
    privacy: str
    foot: str
    named: tuple[Item, ...] = ()
    """Cases named to the board and not discussed; they have no page."""
    attendance: tuple[Attendance, ...] = ()
    """Who attended, as far as the meeting recorded it."""
    evidence: str = ""
    """How old the evidence is on the latest day of a case, once its review is due."""

    def when(self, entry: Item) -> str:
        """Return the meeting of an item where it is not that of the packet; empty where it is."""
        if entry.briefing is None or tr("Tumour-board packet, {day}").format(day=entry.meeting) == self.title:
            return ""
        return entry.meeting or tr("no meeting date")


def item(
    given: int,
    case: Case,
    assessment: Assessment,
    briefing: Briefing,
    library: EvidenceLibrary,
    today: date | None = None,
) -> Item:
    """Return a case as an item of the agenda; what is owed is late by ``today``, else by the day of the meeting."""
    meeting = case.meeting
    first, because = _comes_first(case, assessment, library)
    return Item(
        given=given,
        code=case.code,
        briefing=briefing,
        meeting=meeting.date.shown() if meeting.date else "",
        place=meeting.place or "",
        presenter=meeting.consultant or "",
        question=briefing.get(QuestionZone).asked if meeting.question else not_recorded(case, "meeting.question"),
        counts=pause_counts(assessment.pause),
        urgent=assessment.pause.bypass.open,
        place_in_order=first,
        because=because,
        as_of=assessment.as_of,
        requests=requests(case, assessment, today),
    )


def _comes_first(case: Case, assessment: Assessment, library: EvidenceLibrary) -> tuple[int, str]:
    """Return the class of a case in the order of discussion, 0 first, and the reason in words."""
    facts = assessment.facts
    large = [alert for alert in alerts(library, facts) if _SIZE in alert.when.names]
    classes = (
        (assessment.pause.bypass.open, tr("urgency recorded")),
        (facts.read("immediate_local_therapy").value == Among.exactly(True), tr("immediate local therapy needed")),
        (facts.read("symptoms").value == Among.exactly(True), tr("symptoms recorded")),
        (bool(large), tr("largest lesion {size}").format(size=facts.read(_SIZE).shown)),
        (case.meeting.wbrt_proposed is True, tr("WBRT proposed")),
    )
    return next(((n, words) for n, (holds, words) in enumerate(classes) if holds), (len(classes), ""))


def broken(given: int, code: str, problems: Iterable[str]) -> Item:
    """Return what replaces a case that cannot be printed; ``code`` is empty where it could not be read."""
    return Item(given, code or tr("Case {n} of the list").format(n=given), None, problems=tuple(problems))


def ordered(items: Iterable[Item], order: Order) -> tuple[Item, ...]:
    """Return the items in the order of the agenda; those alike stay as they were named."""
    named = sorted(items, key=lambda entry: entry.given)
    if order == "as-given":
        return tuple(named)
    return tuple(sorted(named, key=_urgent_first))


def _urgent_first(entry: Item) -> tuple[int, bool, int]:
    if entry.briefing is None:  # it may be urgent: nobody knows
        return 0, True, 0
    return entry.place_in_order, False, -(entry.counts.open if entry.counts else 0)


def short(words: Words, most: int) -> Words:
    """Return words cut after about ``most`` characters, for where the page of the case has all of them."""
    text = "".join(run.text for run in words)
    if len(text) <= most:
        return words
    room = len(text[:most].rsplit(" ", 1)[0])
    kept: list[Run] = []
    for run in words:
        kept.append(replace(run, text=run.text[:room]))
        room -= len(run.text)
        if room <= 0:
            break
    return (*kept, Run(" \N{HORIZONTAL ELLIPSIS}"))


def agenda(
    entries: Sequence[Item],
    options: PacketOptions,
    library: EvidenceLibrary,
    unreviewed: bool = False,
    meeting: MeetingHead | None = None,
) -> Agenda:
    """Return the cover for ``entries``, which are in their order already; those only named to the board apart.

    ``unreviewed`` says that nobody looked for names in their texts.
    """
    items = [entry for entry in entries if not (entry.listed and entry.listed.named_only)]
    only_named = tuple(entry for entry in entries if entry.listed and entry.listed.named_only)
    urgent = [str(n) for n, entry in enumerate(items, 1) if entry.urgent]
    urgent += [entry.code for entry in only_named if entry.urgent]
    day, places = (meeting.day, (meeting.board, meeting.place)) if meeting else _day_and_place(items)
    lead = (*places, *_counts(items, only_named, len(urgent)))
    days = [entry.as_of for entry in entries if entry.as_of]
    old = age_notice(library, max(days)) if days else ""
    return Agenda(
        title=tr("Tumour-board packet, {day}").format(day=day),
        language=spoken_language(),
        items=tuple(items),
        lead=" \N{MIDDLE DOT} ".join(part for part in lead if part),
        order=tr(_ORDERS[options.order]),
        urgent=tr("Recorded as urgent, the local urgent pathway comes first: item {items}").format(
            items=", ".join(urgent)
        )
        if urgent
        else "",
        privacy=privacy_words(options.identified, unreviewed),
        foot=f"{old} {foot(library)}".lstrip(),
        named=only_named,
        attendance=meeting.attendance if meeting else (),
        evidence=old,
    )


def _day_and_place(items: Sequence[Item]) -> tuple[str, tuple[str, ...]]:
    """Return the day of a packet, and where the meeting is if all cases say the same."""
    days = {entry.meeting for entry in items if entry.meeting}
    places = {entry.place for entry in items if entry.briefing}
    day = tr("several dates") if len(days) > 1 else days.pop() if days else tr("date not recorded")
    return day, (*places,) if len(places) == 1 else ()


def _counts(items: Sequence[Item], only_named: Sequence[Item], urgent: int) -> Iterator[str]:
    """Yield how many cases there are, and how many of a kind that has to be known."""
    count, unprinted = len(items), sum(entry.briefing is None for entry in items)
    not_ready = sum(bool(entry.listed and entry.listed.not_ready) for entry in items)
    yield trn("{n} case", "{n} cases", count).format(n=count)
    yield trn("{n} recorded as urgent", "{n} recorded as urgent", urgent).format(n=urgent)
    if not_ready:
        yield trn("{n} not ready", "{n} not ready", not_ready).format(n=not_ready)
    if only_named:
        yield trn("{n} named only", "{n} named only", len(only_named)).format(n=len(only_named))
    if unprinted:
        yield trn("{n} that could not be printed", "{n} that could not be printed", unprinted).format(n=unprinted)


def foot(library: EvidenceLibrary) -> str:
    """Return the line every sheet of a packet ends with."""
    release = library.release
    before = "" if library.as_reviewed else f"{changed_locally()} "
    words = tr("Evidence {version} of {as_of}, review by {review_by}. her2board {program}, {build}. {use}").format(
        version=release.version,
        as_of=release.as_of,
        review_by=release.review_by,
        program=builds.version(),
        build=builds.name(),
        use=builds.intended_use(),
    )
    return before + words


_UNPRINTED: tuple[Marked, ...] = (
    "Nothing is known here of this patient: neither that the case is urgent nor that it is not.",
    "Why it could not be printed; the program’s message names the file and its contents:",
)
_ORDERS: dict[Order, Marked] = {
    "urgent-first": (
        "Order of discussion: cases in which a person recorded urgency; any that could not be printed, as nobody can "
        "tell whether they are urgent; immediate local therapy needed; symptoms; a large lesion; whole-brain radiation "
        "proposed; the others. Of one kind those with most still open first. The coordinator can set another."
    ),
    "as-given": "Order of discussion: as the coordinator named the cases.",
}
_PRIVACY: dict[bool, Marked] = {
    False: "Without the recorded names and record numbers, in texts as far as they were recognised.",
    True: "WITH NAMES AND RECORD NUMBERS, switched on for this copy: to be kept as a patient record.",
}


def list_words(entry: Item) -> tuple[Words, ...]:
    """Return what the list of a meeting says of a case, a line each: not ready, reason, not yet presented again."""
    listed = entry.listed
    if listed is None:
        return ()
    found: list[Words] = []
    if listed.not_ready:
        why = (Run(listed.not_ready_because),) if listed.not_ready_because else (Run(tr("not recorded"), "italic"),)
        found.append((Run(tr("Not ready because: "), "bold"), *why))
    if listed.reason:
        found.append((Run(tr("Listed because: "), "muted"), Run(listed.reason)))
    if listed.still_of:
        found.append((Run(tr("Not yet presented again: as of {day}").format(day=listed.still_of), "bold"),))
    return tuple(found)


def named_only() -> str:
    """Return the heading of cases that are named to the board and not discussed."""
    return tr("Named to the board, not discussed; no page")


def privacy_words(identified: bool, unreviewed: bool) -> str:
    """Return whether names are on a paper, and whether nobody looked for them in its texts."""
    words = tr(_PRIVACY[identified])
    return f"{not_reviewed()} {words}" if unreviewed else words


def unprinted() -> tuple[str, ...]:
    """Return what is above the reasons on the marked page of a case."""
    return tuple(map(tr, _UNPRINTED))
