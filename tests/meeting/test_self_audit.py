"""The self-audit: figures from a casebook's own versions, each with its n, and why the others cannot be computed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from support.casebooks import MemoryBook
from support.held import PLAIN, bare
from support.meetings import DAY, listed, with_section
from support.releases import release

from her2board.briefing.meeting.self_audit import (
    Figure,
    SelfAudit,
    audit_table,
    self_audit,
    switch,
    switched_on,
)
from her2board.case.model import Case
from her2board.case.model.base import Absence
from her2board.case.model.board import DisciplineInput
from her2board.case.needed import needs
from her2board.case.terms import Discipline
from her2board.casebook.model import Attendance, Listing, Outcome
from her2board.office.spreadsheet import comma_separated

UNTIL = date(2026, 12, 31)
FOUR = ("medical_oncology", "radiation_oncology", "neurosurgery", "neuroradiology")


@dataclass
class Work:
    """A casebook whose clock a test sets, and one meeting."""

    book: MemoryBook = field(default_factory=MemoryBook)
    at: datetime = datetime(2026, 11, 20, 9, tzinfo=UTC)

    def __post_init__(self) -> None:
        self.book.shelf.now = lambda: self.at  # type: ignore[method-assign]  # reason: the clock of the test
        self.meeting = self.book.add_meeting(DAY, "Neuro-oncology board")

    def later(self, **time: float) -> None:
        self.at += timedelta(**time)

    def store(self, *listings: Listing, attendance: tuple[Attendance, ...] = ()) -> None:
        changes = {"listings": listings, "attendance": attendance or self.meeting.value.attendance}
        value = self.meeting.value.model_copy(update=changes)
        self.meeting = self.book.save_meeting(value, self.meeting.version)

    def audit(self, until: date = UNTIL) -> SelfAudit:
        found = self_audit(self.book, release(), date(2026, 11, 1), until, lambda at: at.date())
        assert found is not None
        return found


def figure(found: SelfAudit, label: str) -> Figure:
    (one,) = [one for one in found.figures if one.label.startswith(label)]
    return one


def case(code: str, **board: object) -> Case:
    return with_section(bare(PLAIN, code), "board", **board)


def heard(*names: str, status: str = "heard") -> tuple[DisciplineInput, ...]:
    return tuple(DisciplineInput(discipline=Discipline(name), status=status) for name in names)


def test_times_items_disciplines_and_decisions_are_read_from_the_versions() -> None:
    work = Work()
    first, second = work.book.add(case("A")).key, work.book.add(case("B")).key
    work.store(listed(first), listed(second))
    work.later(days=3, hours=12)
    work.store(listed(first, status="ready"), listed(second, status="collecting"))
    before = len(needs(work.book.case(first).value).needed)
    work.at = datetime(2026, 12, 3, 15, tzinfo=UTC)
    work.book.save(first, case("A", disciplines=heard(*FOUR)), 1)
    work.store(
        listed(first, status="discussed", outcome=Outcome(decision="x", wbrt_proposed=True, carried_out="yes")),
        listed(second, status="discussed", outcome=Outcome(decision="y", wbrt_proposed=False, due=date(2027, 2, 1))),
    )
    found = work.audit()
    assert (found.meetings, found.discussions) == (1, 2)
    assert found.lead == "1 Nov 2026 to 31 Dec 2026: 1 meeting, 2 cases discussed"
    ready = figure(found, "From listing to ready")
    assert (ready.value, ready.n, ready.without) == (3.5, 1, (("never marked as ready", 1),))
    assert figure(found, "From listing to the meeting").words == "13 days, n 2 of 2"
    missing = figure(found, "Required items missing")
    assert (missing.n, missing.of) == (2, 2)
    assert before > 0
    assert missing.value == before
    asked = figure(found, "All disciplines")
    assert (asked.value, asked.n, asked.of) == (100, 1, 1)
    done = figure(found, "Decision carried out")
    assert (done.value, done.n, done.without) == (100, 1, (("not yet due", 1),))


def test_what_was_saved_when_it_was_discussed_counts_as_missing_before() -> None:
    work = Work()
    key = work.book.add(case("A")).key
    work.store(listed(key))
    work.at = datetime(2026, 12, 3, 15, tzinfo=UTC)
    work.store(listed(key, status="discussed"))
    work.later(minutes=5)
    work.book.save(key, Case(code="A"), 1)  # empty: everything is missing now, and was not when it was discussed
    assert figure(work.audit(), "Required items missing").value == len(needs(case("A")).needed)


def test_an_item_that_is_only_asked_for_is_missing_and_one_that_does_not_apply_is_not() -> None:
    plain = case("A")
    path = needs(plain).needed[0]

    def missing(reason: str) -> float | None:
        work = Work()
        absent = plain.model_copy(update={"absences": {path: Absence(reason=reason)}})
        key = work.book.add(absent).key
        work.later(hours=1)
        work.store(listed(key))
        work.later(hours=1)
        work.store(listed(key, status="discussed"))
        return figure(work.audit(), "Required items missing").value

    everything = len(needs(plain).needed)
    assert missing("pending") == everything
    assert missing("not_applicable") == everything - 1


def test_a_discipline_that_was_there_was_heard_and_one_nobody_mentions_leaves_it_open() -> None:
    def audited(board: tuple[DisciplineInput, ...], there: dict[str, bool | None]) -> Figure:
        work = Work()
        key = work.book.add(case("A", disciplines=board)).key
        work.store(listed(key))
        attendance = tuple(Attendance(discipline=Discipline(name), present=said) for name, said in there.items())
        outcome = Outcome(wbrt_proposed=True)
        work.store(listed(key, status="discussed", outcome=outcome), attendance=attendance)
        return figure(work.audit(), "All disciplines")

    assert audited(heard(*FOUR[:3]), {"neuroradiology": True}).value == 100
    assert audited(heard(*FOUR[:3]), {"neuroradiology": False}).value == 0
    assert audited((*heard(*FOUR[:3]), *heard(FOUR[3], status="pending")), {}).value == 0
    for there in ({}, {"neuroradiology": None}):
        open_ = audited(heard(*FOUR[:3]), there)
        assert (open_.value, open_.n, open_.of) == (None, 0, 1)
        assert open_.words == "not computable (n 0 of 1)"
        assert "not recorded of every discipline" in open_.without_words


def test_what_nobody_recorded_is_counted_apart_and_is_no_zero() -> None:
    work = Work()
    key = work.book.add(with_section(case("A"), "meeting", wbrt_proposed=None)).key
    work.store(listed(key, status="discussed"))
    work.book.remove(key, 1)
    found = work.audit()
    assert [(one.value, one.n) for one in found.figures] == [(None, 0)] * len(found.figures)
    assert figure(found, "From listing to ready").without_words == "already ready when it was listed (1)"
    assert figure(found, "From listing to the meeting").without_words == "listed after it was discussed (1)"
    assert figure(found, "Deferred").without_words == "not recorded whether it was deferred (1)"
    assert figure(found, "All disciplines").without_words == "not recorded whether it was proposed (1)"


def test_quartiles_are_given_from_four_values_on_and_only_meetings_of_the_period_count() -> None:
    work = Work()
    keys = [work.book.add(case(f"C{n}")).key for n in range(4)]
    work.store(*map(listed, keys))
    for n in range(4):
        work.later(days=1)
        work.store(*(listed(key, status="ready" if place <= n else "listed") for place, key in enumerate(keys)))
    work.store(*(listed(key, status="discussed") for key in keys))
    assert figure(work.audit(), "From listing to ready").words == "2.5 days (quartiles 1.8 to 3.2), n 4 of 4"
    assert work.audit(until=date(2026, 12, 2)).discussions == 0
    later = self_audit(work.book, release(), date(2026, 12, 4), UNTIL, lambda at: at.date())
    assert later is not None
    assert later.meetings == 0


def test_it_is_off_until_somebody_switches_it_on_and_the_audit_says_so() -> None:
    book = MemoryBook()
    assert switched_on(book) is None
    switch(book, DAY)
    assert switched_on(book) == DAY
    switch(book, None)
    assert switched_on(book) is None
    assert [(entry.action, entry.detail) for entry in book.audit()] == [
        ("self_audit", "2026-12-03"),
        ("self_audit", "off"),
    ]


@pytest.mark.parametrize("form", [lambda found: comma_separated(audit_table(found)).decode(), repr])
def test_no_figure_names_or_describes_a_patient(form: Callable[[SelfAudit], str]) -> None:
    work = Work()
    named = with_section(case("MRN-4711"), "identity", name="Ottilie Querfurth")
    key = work.book.add(with_section(named, "meeting", question="For Ottilie?")).key
    typed = {"decision": "Ottilie gets x", "deferral_reason": "Ottilie is ill", "wbrt_proposed": True}
    work.store(listed(key, reason="Querfurth"))
    work.store(listed(key, reason="Querfurth", status="discussed", outcome=Outcome(**typed)))
    text = form(work.audit())
    assert "not computable" in text or "Known" in text or "Figure" in text
    assert not [word for word in ("Ottilie", "Querfurth", "4711", key) if word in text]


def test_what_a_meeting_gave_is_read_once_until_it_is_saved_again_or_a_case_is_removed() -> None:
    work = Work()
    key, other = work.book.add(case("A")).key, work.book.add(case("B")).key
    work.store(listed(key), listed(other))
    work.at = datetime(2026, 12, 3, 15, tzinfo=UTC)
    talked = tuple(listed(one, status="discussed", outcome=Outcome(decision="x")) for one in (key, other))
    work.store(*talked)
    read: list[str] = []
    work.book.versions = lambda id_: read.append(id_) or type(work.book).versions(work.book, id_)  # type: ignore[method-assign, func-returns-value, assignment]  # reason: counts what is read
    first = work.audit()
    assert set(read) == {key, other}
    read.clear()
    assert work.audit() == first
    assert work.audit(until=date(2027, 3, 1)).figures == first.figures
    assert read == []
    work.store(listed(key, status="discussed", outcome=Outcome(decision="x", carried_out="yes")), talked[1])
    done = figure(work.audit(), "Decision carried out")
    assert (done.value, done.n, done.of) == (100, 1, 2)
    assert set(read) == {key, other}
    read.clear()
    work.book.remove(other, 1)
    assert figure(work.audit(), "Required items missing").without_words.startswith("no version of the case")
    assert set(read) == {key, other}
    work.book.remember("self-audit read", "{ damaged")
    assert work.audit().discussions == 2


def test_a_meeting_of_today_is_read_each_time_and_reading_can_be_stopped() -> None:
    work = Work()
    key = work.book.add(case("A")).key
    work.store(listed(key, status="discussed"))
    assert work.audit(until=DAY).discussions == 1
    assert work.book.remembered("self-audit read") == ""
    assert (
        self_audit(work.book, release(), DAY, UNTIL, lambda at: at.date(), lambda done, of: (done, of) != (0, 1))
        is None
    )
