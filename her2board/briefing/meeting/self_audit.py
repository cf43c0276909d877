"""Whether preparing with the program helps: what a casebook's own versions and meetings show, in figures alone.

Prospective: only meetings from the day on which somebody switched it on. No figure names or describes a patient. What
cannot be computed is counted apart, with the reason; it is never a no and never a zero.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from statistics import median, quantiles

from msgspec import Struct

from her2board import builds
from her2board.briefing.meeting.comes_back import discussed
from her2board.briefing.meeting.self_audit_memory import Discussion, Known, Memory
from her2board.briefing.meeting.tables import Cell, DataTable
from her2board.case.fields import field_by_path
from her2board.case.model import Case
from her2board.case.needed import needs
from her2board.case.terms import CarriedOut, Discipline
from her2board.casebook.book import Casebook, Kept
from her2board.casebook.model import BoardMeeting, CaseVersion, Listing, Status
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import Marked, day_words, tr, trn

NAME = "self-audit since"
"""Under which a casebook remembers the day on which it was switched on."""
_STILL_OWED = ("pending", "not_done", "not_available")
"""Reasons of an absence with which the item is not there."""
_FEWEST = 4
"""Values from which on quartiles are given."""
_BEFORE_READY = (Status.LISTED, Status.COLLECTING)
_DAY = 86_400
_WHY: dict[str, Marked] = {
    "ready": "already ready when it was listed",
    "never_ready": "never marked as ready",
    "clock": "the clock was set back",
    "late": "listed after it was discussed",
    "no_version": "no version of the case from before it was discussed",
    "disciplines": "not recorded of every discipline whether it was heard",
    "not_due": "not yet due",
    "carried_out": "not recorded whether it was carried out",
    "deferred": "not recorded whether it was deferred",
    "proposed": "not recorded whether it was proposed",
}
"""Why something cannot be computed, by the word that is kept."""
DayOf = Callable[[datetime], date]
"""The clinic's calendar day of a moment."""


class Figure(Struct, frozen=True):
    """One figure of a period."""

    label: str
    among: str
    """What is counted."""
    unit: str
    """'days', 'items' or '%'."""
    n: int
    """Of how many it is computed."""
    value: float | None
    """Median, or percentage; None where nothing can be computed."""
    quartiles: tuple[float, float] | None
    without: tuple[tuple[str, int], ...]
    """Why it cannot be computed of the others, and of how many each."""

    @property
    def of(self) -> int:
        """How many there are in all."""
        return self.n + sum(count for _, count in self.without)

    @property
    def words(self) -> str:
        """The value in words, with n."""
        if self.value is None:
            return tr("not computable (n 0 of {of})").format(of=self.of)
        shown = f"{self.value:.0f} %" if self.unit == "%" else f"{self.value:g} {self.unit}"
        if self.quartiles is not None:
            shown += tr(" (quartiles {low:g} to {high:g})").format(low=self.quartiles[0], high=self.quartiles[1])
        return tr("{value}, n {n} of {of}").format(value=shown, n=self.n, of=self.of)

    @property
    def without_words(self) -> str:
        """Why it cannot be computed of some; empty where it is of all."""
        return "; ".join(f"{why} ({count})" for why, count in self.without)


class SelfAudit(Struct, frozen=True):
    """The figures of one period."""

    since: date
    until: date
    meetings: int
    discussions: int
    figures: tuple[Figure, ...]

    @property
    def lead(self) -> str:
        """Period, meetings and discussions."""
        meetings = trn("{n} meeting", "{n} meetings", self.meetings).format(n=self.meetings)
        talks = trn("{n} case discussed", "{n} cases discussed", self.discussions).format(n=self.discussions)
        period = tr("{since} to {until}").format(since=day_words(self.since), until=day_words(self.until))
        return f"{period}: {meetings}, {talks}"


def switched_on(book: Casebook) -> date | None:
    """Return the day since which a casebook counts; None where it is off."""
    said = book.remembered(NAME)
    return date.fromisoformat(said) if said else None


def switch(book: Casebook, since: date | None) -> None:
    """Switch it on from a day on, or off; the casebook's audit says so."""
    said = since.isoformat() if since else ""
    book.remember(NAME, said, "self_audit", said or "off")


def self_audit(
    book: Casebook,
    library: EvidenceLibrary,
    since: date,
    until: date,
    day_of: DayOf,
    step: Callable[[int, int], bool] = lambda *_: True,
) -> SelfAudit | None:
    """Return the figures of the meetings from ``since`` to ``until``, read from the versions a casebook keeps.

    What a meeting of an earlier day contributes is read once and remembered in the casebook, until the meeting is saved
    again or a case of it removed. ``step`` hears how many meetings are done of how many, and whether to go on: None
    where it says no.
    """
    held = [kept for kept in book.meetings() if since <= kept.value.day <= until]
    needed = to_be_heard(library)
    memory = Memory(book, f"{builds.version()} {' '.join(needed)}")
    found: list[Discussion] = []
    for place, kept in enumerate(held):
        if not step(place, len(held)):
            memory.keep()
            return None
        rows = memory.recall(kept)
        if rows is None:
            rows = tuple(_discussions(book, kept, day_of, needed))
            if kept.value.day < until:
                memory.add(kept, rows)
        found += (_with_outcome(row, kept.value, until) for row in rows)
    memory.keep()
    return figures(found, since, until, len(held))


def to_be_heard(library: EvidenceLibrary) -> tuple[Discipline, ...]:
    """Return the disciplines that the evidence names for every case before whole-brain radiotherapy."""
    return tuple(role.discipline for role in library.pause.disciplines if role.required_when is None)


def _with_outcome(row: Discussion, meeting: BoardMeeting, until: date) -> Discussion:
    """Return a discussion with what became of its decision by ``until``."""
    listing = meeting.listing(row.case_id)
    if listing is None or not listing.outcome.decision:
        return row
    return row.model_copy(update={"carried_out": _carried_out(listing, until)})


def _discussions(
    book: Casebook, kept: Kept[BoardMeeting], day_of: DayOf, needed: Sequence[Discipline]
) -> Iterator[Discussion]:
    meeting = kept.value
    talked = [one for one in meeting.listings if discussed(one)]
    history = (*(book.meeting_at(kept.key, number) for number in range(1, kept.version)), kept) if talked else ()
    for listing in talked:
        on_list = [(past.at, one) for past in history if (one := past.value.listing(listing.case_id)) is not None]
        moment = next(at for at, one in on_list if discussed(one))
        versions = [one for one in _versions(book, listing.case_id) if day_of(one.at) <= meeting.day]
        earlier = [one for one in versions if one.at < moment]
        after = _latest(book, versions)
        before = after if earlier == versions else _latest(book, earlier)
        yield discussion(meeting, listing, on_list, before, after, day_of, needed)


def _versions(book: Casebook, case_id: str) -> Sequence[CaseVersion]:
    """Return the versions of a case; none where it is no longer in the casebook."""
    try:
        return book.versions(case_id)
    except KeyError:
        return ()


def _latest(book: Casebook, versions: Sequence[CaseVersion]) -> Case | None:
    if not versions:
        return None
    last = max(versions, key=lambda one: one.number)
    return book.case_at(last.case_id, last.number).value


def discussion(
    meeting: BoardMeeting,
    listing: Listing,
    on_list: Sequence[tuple[datetime, Listing]],
    before: Case | None,
    after: Case | None,
    day_of: DayOf,
    needed: Sequence[Discipline],
) -> Discussion:
    """Return what one discussion contributes.

    ``on_list``: the case on the list in every version of the meeting, with when that was saved. ``before`` and
    ``after``: the case as it was when it was discussed, and at the end of that day.
    """
    outcome = listing.outcome
    proposed = outcome.wbrt_proposed
    if proposed is None and after is not None:
        proposed = after.meeting.wbrt_proposed
    return Discussion(
        case_id=listing.case_id,
        to_ready=_to_ready(on_list),
        to_meeting=_to_meeting(on_list, meeting.day, day_of),
        missing=_missing(before),
        deferred=outcome.deferred,
        heard=_heard(meeting, after, needed) if proposed else None,
        proposed=proposed,
        carried_out=None,
    )


def _to_ready(on_list: Sequence[tuple[datetime, Listing]]) -> Known:
    """Return the days from listing to ready; of a case that was ready when it was first stored nobody can tell."""
    if not on_list or on_list[0][1].status not in _BEFORE_READY:
        return Known(why="ready")
    start = on_list[0][0]
    ready = next((at for at, one in on_list if one.status is Status.READY), None)
    if ready is None:
        return Known(why="never_ready")
    if ready < start:
        return Known(why="clock")
    return Known(round((ready - start).total_seconds() / _DAY, 1))


def _to_meeting(on_list: Sequence[tuple[datetime, Listing]], day: date, day_of: DayOf) -> Known:
    if not on_list or discussed(on_list[0][1]) or day_of(on_list[0][0]) > day:
        return Known(why="late")
    return Known((day - day_of(on_list[0][0])).days)


def _missing(case: Case | None) -> Known:
    if case is None:
        return Known(why="no_version")
    known = field_by_path()
    owed = [
        path
        for path, absence in case.absences.items()
        if absence.reason in _STILL_OWED and path in known and known[path].info.level == "H"
    ]
    return Known(len({*needs(case).needed, *owed}))


def _heard(meeting: BoardMeeting, case: Case | None, needed: Sequence[Discipline]) -> Known:
    """Return whether all were heard: in the case by the end of that day, or present at the meeting."""
    said = [_one_heard(meeting, case, one) for one in needed]
    if all(said):
        return Known(1)
    if False in said:
        return Known(0)
    return Known(why="disciplines")


def _one_heard(meeting: BoardMeeting, case: Case | None, discipline: Discipline) -> bool | None:
    entries = [one for one in case.board.disciplines if one.discipline is discipline] if case else []
    there = [one.present for one in meeting.attendance if one.discipline is discipline]
    if any(entry.status == "heard" for entry in entries) or True in there:
        return True
    return False if entries or False in there else None


def _carried_out(listing: Listing, until: date) -> Known:
    outcome = listing.outcome
    if outcome.carried_out is not None:
        return Known(1 if outcome.carried_out is CarriedOut.YES else 0)
    later = outcome.due is not None and outcome.due > until
    return Known(why="not_due" if later else "carried_out")


def figures(found: Sequence[Discussion], since: date, until: date, meetings: int) -> SelfAudit:
    """Return the figures of discussions: medians with quartiles, percentages, each with its n."""
    cases, items = tr("cases discussed"), [one.missing for one in found]
    none = [Known(None if one.value is None else float(not one.value), one.why) for one in items]
    deferred = [Known(why="deferred") if one.deferred is None else Known(float(one.deferred)) for one in found]
    unsaid = sum(one.proposed is None for one in found)
    unknown = [Known(why="proposed")] * unsaid
    heard = [one.heard for one in found if one.heard is not None]
    decisions = [one.carried_out for one in found if one.carried_out is not None]
    made = (
        _middle(tr("From listing to ready"), cases, tr("days"), [one.to_ready for one in found]),
        _middle(tr("From listing to the meeting"), cases, tr("days"), [one.to_meeting for one in found]),
        _middle(tr("Required items missing at the meeting"), cases, tr("items"), items),
        _share(tr("No required item missing at the meeting"), cases, none),
        _share(tr("Deferred"), cases, deferred),
        _share(
            tr("All disciplines heard before whole-brain radiotherapy"),
            tr("proposals of whole-brain radiotherapy"),
            [*heard, *unknown],
        ),
        _share(tr("Decision carried out as decided"), tr("decisions"), decisions),
    )
    return SelfAudit(since, until, meetings, len(found), made)


def _middle(label: str, among: str, unit: str, values: Iterable[Known]) -> Figure:
    known, without = _apart(values)
    low_high = None
    if len(known) >= _FEWEST:
        low, _, high = quantiles(known, n=4, method="inclusive")
        low_high = (round(low, 1), round(high, 1))
    return Figure(label, among, unit, len(known), round(median(known), 1) if known else None, low_high, without)


def _share(label: str, among: str, values: Iterable[Known]) -> Figure:
    known, without = _apart(values)
    share = round(100 * sum(known) / len(known), 1) if known else None
    return Figure(label, among, "%", len(known), share, None, without)


def _apart(values: Iterable[Known]) -> tuple[list[float], tuple[tuple[str, int], ...]]:
    """Return the values there are, and why there is none of the others, the most frequent reason first."""
    known: list[float] = []
    reasons: Counter[str] = Counter()
    for one in values:
        if one.value is None:
            reasons[tr(_WHY[one.why])] += 1
        else:
            known.append(one.value)
    return known, tuple(reasons.most_common())


def audit_table(found: SelfAudit) -> DataTable:
    """Return a row for each figure, with period, n, and why it cannot be computed of the others."""
    heads = (
        tr("From"),
        tr("To"),
        tr("Measure"),
        tr("Counted"),
        tr("n"),
        tr("Of all"),
        tr("Median or %"),
        tr("Unit"),
        tr("Lower quartile"),
        tr("Upper quartile"),
        tr("Not computable, and why"),
    )

    def rows() -> Iterator[tuple[Cell, ...]]:
        nothing = tr("not computable")
        few = tr("fewer than {n} values").format(n=_FEWEST)
        for one in found.figures:
            low, high = one.quartiles or ((few, few) if one.unit != "%" else (tr("a percentage"),) * 2)
            value: Cell = nothing if one.value is None else one.value
            yield (
                found.since, found.until, one.label, one.among, one.n, one.of,
                value, one.unit, low, high, one.without_words or tr("none"),
            )  # fmt: skip

    return DataTable(tr("Self-audit"), heads, tuple(rows()))
