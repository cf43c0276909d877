"""A meeting as tables: every column named, every text whole, 'not recorded' where nobody has said."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec import Struct

from her2board.briefing.meeting.gathered import Gathered, OnList
from her2board.briefing.slips import sentence_of
from her2board.case.model import Case
from her2board.case.terms import Term, spoken
from her2board.casebook.model import Attendance, BoardMeeting, Outcome
from her2board.wording import Marked, tr

Cell = str | int | float | date


class DataTable(Struct, frozen=True):
    """Named columns and rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class _Row(Struct, frozen=True):
    """What a row of the cases is made from."""

    place: int
    one: OnList
    case: Case | None
    """As it leaves."""
    meeting: BoardMeeting

    @property
    def outcome(self) -> Outcome:
        return self.one.listing.outcome


_CASES: tuple[tuple[Marked, Callable[[_Row], Cell]], ...] = (
    ("Meeting", lambda row: row.meeting.day),
    ("Board", lambda row: said(row.meeting.board)),
    ("Place", lambda row: said(row.meeting.place)),
    ("Order", lambda row: row.place),
    ("Case", lambda row: row.one.code or tr("no longer in the casebook")),
    ("Discussed or named only", lambda row: tr("named only") if row.one.listing.list_only else tr("for discussion")),
    ("Status", lambda row: tr(row.one.listing.status.label)),
    ("Reason for listing", lambda row: said(row.one.listing.reason)),
    ("Why not ready", lambda row: row.one.listing.not_ready_because or tr("not marked as not ready")),
    ("Urgency recorded", lambda row: yes_no(row.one.urgent)),
    ("Question for the board", lambda row: said(row.case.meeting.question if row.case else "")),
    ("Presenter", lambda row: said(row.case.meeting.consultant if row.case else "")),
    ("Prepared by", lambda row: said(row.one.preparer)),
    ("CNS disease status", lambda row: _cns(row.case)),
    ("Before treatment", lambda row: yes_no(row.one.listing.prospective)),
    ("Minutes", lambda row: said(row.one.listing.minutes)),
    ("Seconds discussed", lambda row: row.one.listing.seconds if row.one.listing.seconds is not None else said("")),
    ("Last decision on", lambda row: row.one.last.day if row.one.last else tr("none in the casebook")),
    ("Last decision", lambda row: said(row.one.last.outcome.decision) if row.one.last else tr("none in the casebook")),
    (
        "Last decision carried out",
        lambda row: term(row.one.last.outcome.carried_out) if row.one.last else tr("none in the casebook"),
    ),
    ("Decision", lambda row: said(row.outcome.decision)),
    ("Dissent", lambda row: said(row.outcome.dissent)),
    ("Fallback", lambda row: said(row.outcome.fallback)),
    ("Owner of the decision", lambda row: said(row.outcome.owner)),
    ("Due", lambda row: row.outcome.due or said("")),
    ("Who tells the patient", lambda row: said(row.outcome.tells_patient)),
    ("Deferred", lambda row: yes_no(row.outcome.deferred)),
    ("Reason for deferral", lambda row: said(row.outcome.deferral_reason)),
    ("Trial mentioned", lambda row: yes_no(row.outcome.trial_mentioned)),
    ("Whole-brain radiotherapy proposed", lambda row: yes_no(row.outcome.wbrt_proposed)),
    ("What became of that proposal", lambda row: term(row.outcome.wbrt_outcome)),
    ("Decision carried out", lambda row: term(row.outcome.carried_out)),
    ("Carried out on", lambda row: row.outcome.carried_out_on or said("")),
    ("What of it was carried out, or why it was not", lambda row: said(row.outcome.carried_out_note)),
)


_IDENTITY: tuple[tuple[Marked, Callable[[_Row], Cell]], ...] = (
    ("Name", lambda row: said(row.case.identity.name if row.case else "")),
    ("Record number", lambda row: said(row.case.identity.record_number if row.case else "")),
)


def meeting_tables(
    found: Gathered, leaving: Callable[[Case], Case], names: str, *, identified: bool = False
) -> tuple[DataTable, ...]:
    """Return the cases, what is owed for them and who attended; ``leaving`` returns a case as it may leave.

    ``found`` is given with texts that may leave. ``names`` says in every row whether it has names.
    """
    columns = (*_CASES, *(_IDENTITY if identified else ()))
    rows = [
        _Row(place, one, leaving(one.case) if one.case else None, found.meeting)
        for place, one in enumerate(found.cases, 1)
    ]
    return (
        DataTable(
            tr("Cases"),
            (*(tr(label) for label, _ in columns), tr("Names and record numbers")),
            tuple((*(cell(row) for _, cell in columns), names) for row in rows),
        ),
        _owed(found.cases),
        _attendance(found.meeting.attendance),
    )


def _owed(cases: Iterable[OnList]) -> DataTable:
    def rows() -> Iterator[tuple[Cell, ...]]:
        for one in cases:
            for owed in one.owed:
                yield one.code, owed.what, owed.by or tr("no one assigned"), owed.due or said("")

    return DataTable(tr("Owed"), (tr("Case"), tr("What"), tr("Owed by"), tr("Due")), tuple(rows()))


def _attendance(several: Iterable[Attendance]) -> DataTable:
    rows = ((sentence_of(one.discipline, one.discipline_name), yes_no(one.present), said(one.names)) for one in several)
    return DataTable(tr("Attendance"), (tr("Discipline"), tr("Present"), tr("Names")), tuple(rows))


def _cns(case: Case | None) -> str:
    if case is None or case.brain.cns_class is None:
        return said("")
    return ", ".join(tr(spoken(one)) for one in case.brain.cns_class) or tr("no metastasis left")


def said(text: str | None) -> str:
    """Return a text, or that it is not recorded."""
    return text or tr("not recorded")


def yes_no(flag: bool | None) -> str:
    """Return yes, no or not recorded."""
    return said("") if flag is None else tr("yes") if flag else tr("no")


def term(entry: Term | None) -> str:
    """Return the words of an entry of a closed list, or that none is recorded."""
    return said("") if entry is None else tr(entry.label)
