"""One line per case as the lists of the casebook show it: frozen values worked out from what is kept."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from her2board.briefing.meeting.comes_back import comes_back
from her2board.case import terms as t
from her2board.casebook.book import Kept
from her2board.casebook.model import BoardMeeting, CaseSummary, Listing, Owed, Status
from her2board.gui.base import shown
from her2board.wording import Marked, day_words, tr, trn

DISCIPLINES = (
    t.Discipline.MEDICAL_ONCOLOGY,
    t.Discipline.RADIATION_ONCOLOGY,
    t.Discipline.NEUROSURGERY,
    t.Discipline.NEURORADIOLOGY,
    t.Discipline.PATHOLOGY,
    t.Discipline.PALLIATIVE_CARE,
)
"""Those whose dots every line shows, in this order."""
STATES: dict[str, Marked] = {
    "heard": "heard",
    "pending": "asked, not heard yet",
    "unavailable": "not available",
    "not_needed": "not needed",
    "": "not recorded",
}
_OPEN = (Status.LISTED, Status.COLLECTING)
_OWED_SHOWN = 12


class Last(Struct, frozen=True):
    """What was decided about a case when it was discussed before."""

    day: date | None
    decision: str
    carried_out: t.CarriedOut | None
    meeting_id: str = ""
    """Empty where the case itself says so, and no meeting of the casebook."""
    note: str = ""


class Row(Struct, frozen=True):
    """A case of a meeting, or of the casebook where it has no listing."""

    case_id: str
    summary: CaseSummary
    number: int = 0
    """Place on the list, from 1."""
    listing: Listing | None = None
    last: Last | None = None
    late: int = 0
    """How many of what is owed are past their day."""
    meeting_day: date | None = None
    """Day of the latest meeting it is listed for; of the casebook's list only."""

    @property
    def status(self) -> Status | None:
        """How far the case is; None where it is on no list."""
        return self.listing.status if self.listing else None

    @property
    def decision(self) -> str:
        """What was decided at this meeting; empty where nothing is recorded."""
        return self.listing.outcome.decision if self.listing else ""


def meeting_rows(
    meeting: BoardMeeting,
    summaries: Mapping[str, Kept[CaseSummary]],
    meetings: Sequence[Kept[BoardMeeting]],
    today: date,
) -> tuple[Row, ...]:
    """Return the cases of a meeting in their order; a case that is not in the book any more is left out."""
    listed = [(number, one) for number, one in enumerate(meeting.listings, 1) if one.case_id in summaries]
    return tuple(
        Row(
            one.case_id,
            (summary := summaries[one.case_id].value),
            number,
            one,
            last_decision(one.case_id, summary, meeting.day, meetings),
            len(late(summary.owed, today)),
        )
        for number, one in listed
    )


def book_rows(
    ids: Iterable[str], summaries: Mapping[str, Kept[CaseSummary]], meetings: Sequence[Kept[BoardMeeting]], today: date
) -> tuple[Row, ...]:
    """Return cases of the book, each as its latest meeting has it."""
    return tuple(_book_row(key, summaries[key].value, meetings, today) for key in ids if key in summaries)


def _book_row(key: str, summary: CaseSummary, meetings: Sequence[Kept[BoardMeeting]], today: date) -> Row:
    for kept in meetings:
        if (one := kept.value.listing(key)) is not None:
            last = last_decision(key, summary, kept.value.day, meetings)
            return Row(key, summary, 0, one, last, len(late(summary.owed, today)), kept.value.day)
    return Row(key, summary, 0, None, _of_case(summary), len(late(summary.owed, today)))


def last_decision(
    case_id: str, summary: CaseSummary, before: date, meetings: Sequence[Kept[BoardMeeting]]
) -> Last | None:
    """Return the latest decision of a meeting before a day, else what the case itself records of one."""
    found = comes_back(case_id, (kept.value for kept in meetings), before)
    if found is None or not found.outcome.decision:
        return _of_case(summary)
    out = found.outcome
    return Last(found.day, out.decision, out.carried_out, found.meeting_id, out.carried_out_note)


def _of_case(summary: CaseSummary) -> Last | None:
    return Last(None, summary.last_decision, summary.last_carried_out) if summary.last_decision else None


def late(owed: Iterable[Owed], today: date) -> list[Owed]:
    """Return what is past its day."""
    return [one for one in owed if one.due is not None and one.due < today]


def owed_words(row: Row) -> str:
    """Return how much is owed, how much of it is late, and by whom most."""
    owed = row.summary.owed
    if not owed:
        return ""
    parts = [trn("{n} owed", "{n} owed", len(owed)).format(n=len(owed))]
    if row.late:
        parts.append(trn("{n} late", "{n} late", row.late).format(n=row.late))
    by = dict.fromkeys(one.by for one in owed if one.by)
    named = ", ".join(tr(name) for name in list(by)[:2]) + (", …" if len(by) > 2 else "")
    return ", ".join(parts) + (f": {named}" if named else "")


def owed_lines(row: Row, today: date) -> str:
    """Return everything that is owed, line by line."""
    lines = []
    for one in row.summary.owed[:_OWED_SHOWN]:
        by = tr(one.by) if one.by else tr("no one assigned")
        words = tr("{what}: {owner}").format(what=one.what, owner=by)
        if one.due:
            due = tr("due {day}").format(day=day_words(one.due))
            words += f", {due}" + (f" ({tr('late')})" if one.due < today else "")
        lines.append(words)
    if (more := len(row.summary.owed) - _OWED_SHOWN) > 0:
        lines.append(tr("and {n} more").format(n=more))
    return "\n".join(lines)


def dots(summary: CaseSummary) -> tuple[tuple[t.Discipline, str], ...]:
    """Return the state of each discipline shown on every line; empty where nothing is recorded of it."""
    states = dict(summary.disciplines)
    return tuple((one, states.get(one, "")) for one in DISCIPLINES)


def dots_words(summary: CaseSummary) -> str:
    """Return what the dots say, line by line."""
    return "\n".join(f"{tr(one.label)}: {tr(STATES.get(state, state))}" for one, state in dots(summary))


def urgency_words(summary: CaseSummary) -> str:
    """Return whether a person recorded urgency."""
    if summary.urgent is None:
        return tr(shown.NOT_RECORDED)
    return tr("urgent") if summary.urgent else tr("no")


def status_words(row: Row) -> str:
    """Return how far a case is, in words."""
    if row.listing is None:
        return tr("on no list")
    words = tr(row.listing.status.label)
    if row.listing.list_only:
        words = f"{words}, {tr('list only')}"
    if row.listing.not_ready_because and row.listing.status in _OPEN:
        words = tr("not ready: {why}").format(why=row.listing.not_ready_because)
    return tr("{day}: {status}").format(day=day_words(row.meeting_day), status=words) if row.meeting_day else words


def decision_words(row: Row) -> str:
    """Return the decision of this meeting, else the last one and whether it was carried out."""
    if row.decision:
        return row.decision
    if row.last is None:
        return ""
    done = tr(row.last.carried_out.label) if row.last.carried_out else tr("carried out or not: not recorded")
    return tr("last time: {decision} ({done})").format(decision=row.last.decision, done=done)
