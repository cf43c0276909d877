"""What a meeting hands to the screen: chasing, suggested status, cases that come back, decisions moved into cases."""

from datetime import date

import pytest
from support.casebooks import MemoryBook
from support.meetings import BEFORE, DAY, DECIDED, listed, meeting, summary, with_section
from support.pages import URGENT, example

from her2board.briefing.meeting.chase import chase
from her2board.briefing.meeting.comes_back import (
    brought_again,
    comes_back,
    last_decision_words,
    still_of_before,
    with_carried_out,
)
from her2board.briefing.meeting.into_book import case_with_outcome, store_meeting
from her2board.briefing.meeting.into_case import with_outcome
from her2board.briefing.meeting.status import suggested
from her2board.case.dates import PartialDate
from her2board.case.model import Case
from her2board.case.terms import CarriedOut
from her2board.casebook.model import Outcome, Owed, Status

TODAY = date(2026, 11, 30)


@pytest.fixture
def case() -> Case:
    return with_section(example(URGENT).case, "board", decision=None, dissent=None, fallback=None, decision_owner=None)


def said(words: tuple[object, ...]) -> str:
    return "".join(run.text for run in words)  # type: ignore[attr-defined]  # reason: runs


# Chasing


def test_what_is_late_longest_is_chased_first_and_grouped_by_who_owes_it() -> None:
    mri = Owed(what="Date of the MRI", by="Dr Neri", due=date(2026, 11, 20), field="brain.imaging_date")
    lvef = Owed(what="LVEF", by="oncology", due=date(2026, 11, 28))
    ish = Owed(what="ISH", by=" dr  neri", due=date(2026, 12, 1))
    nobody = Owed(what="Goals", by="")
    books = {"a": summary("A", lvef, nobody), "b": summary("B", ish, mri, urgent=True)}
    groups = chase(books, [meeting(listed("a"), listed("b"))], TODAY)
    assert [(group.name, group.department, group.late) for group in groups] == [
        ("Dr Neri", False, 1),
        ("oncology", True, 1),
        ("no one assigned", False, 0),
    ]
    assert [(one.code, one.what, one.days_late) for one in groups[0].owed] == [
        ("B", "Date of the MRI", 10),
        ("B", "ISH", 0),
    ]
    assert [one.days_late for one in groups[1].owed] == [2]


def test_nothing_is_asked_for_a_case_that_is_only_named_or_was_discussed_and_once_for_one_on_two_lists() -> None:
    owed = Owed(what="LVEF", by="oncology")
    books = {key: summary(key.upper(), owed) for key in "abc"}
    first = meeting(listed("a", list_only=True), listed("b", status="discussed"), listed("c"))
    later = meeting(listed("c"), day=date(2026, 12, 10))
    (group,) = chase(books, [later, first], TODAY)
    assert [(one.code, one.meeting_day) for one in group.owed] == [("C", DAY)]
    assert chase({}, [first], TODAY) == ()


@pytest.mark.parametrize(
    ("due", "today", "late"),
    [
        (DAY, date(2026, 12, 2), None),
        (DAY, DAY, 0),
        (DAY, date(2026, 12, 5), 2),
        (None, date(2026, 12, 2), None),
        (None, date(2026, 12, 4), 0),
    ],
)
def test_a_decision_is_chased_from_its_day_on_until_somebody_says_what_became_of_it(due, today, late) -> None:
    held = meeting(listed("a", status="discussed", outcome=DECIDED.model_copy(update={"due": due})))
    groups = chase({"a": summary("A")}, [held], today)
    assert [(group.by, one.kind, one.days_late) for group in groups for one in group.owed] == (
        [] if late is None else [("Dr Rossi", "decision", late)]
    )
    for answer in CarriedOut:
        assert chase({"a": summary("A")}, [with_carried_out(held, "a", answer)], today) == ()


# Status


@pytest.mark.parametrize(
    ("book", "outcome", "status", "because"),
    [
        (summary("A", question=""), {}, "listed", "question for the board not recorded, no one asked yet"),
        (summary("A", Owed(what="x", by="")), {}, "listed", "1 item owed, no one asked yet"),
        (summary("A", Owed(what="x", by="", due=DAY)), {}, "collecting", "1 item owed"),
        (summary("A", Owed(what="x", by=""), disciplines=(("neurosurgery", "pending"),)), {}, "collecting", "1 item"),
        (summary("A"), {}, "ready", "question recorded, nothing owed"),
        (summary("A", question=""), {"decision": "SRS"}, "discussed", "decision recorded"),
        (summary("A"), {"deferred": True}, "discussed", "recorded as deferred"),
        (summary("A"), {"deferred": False}, "ready", "question recorded, nothing owed"),
        (summary("A"), {"decision": "SRS", "carried_out": "in_part"}, "discussed", "decision recorded"),
        (summary("A"), {"decision": "SRS", "carried_out": "yes"}, "carried_out", "decision recorded as carried out"),
    ],
)
def test_a_status_is_suggested_with_its_reason(book, outcome, status, because) -> None:
    found = suggested(book, listed("a", status="closed", outcome=outcome))
    assert found.status == status
    assert found.because.startswith(because)


# A case that comes back


def test_a_case_that_comes_back_shows_its_last_decision_and_asks_whether_it_was_carried_out() -> None:
    earlier = [
        meeting(listed("a", outcome=Outcome(decision="Wait.")), day=date(2026, 10, 1)),
        meeting(listed("a", outcome=DECIDED), day=BEFORE),
        meeting(listed("a", status="ready"), day=date(2026, 11, 19)),
        meeting(listed("a", list_only=True, status="discussed"), day=date(2026, 11, 26)),
    ]
    last = comes_back("a", earlier, DAY)
    assert last is not None
    assert (last.day, last.times, last.asks) == (BEFORE, 2, True)
    assert said(last_decision_words(last)) == (
        "Last decision, 12 Nov 2026. Radiosurgery of three metastases, systemic therapy goes on "
        "\N{EN DASH} carried out: not recorded"
    )
    assert comes_back("a", earlier, date(2026, 10, 1)) is None
    assert comes_back("b", earlier, DAY) is None
    answered = with_carried_out(earlier[1], "a", CarriedOut.IN_PART, date(2026, 11, 20), "two of three")
    last = comes_back("a", [answered], DAY)
    assert last is not None
    assert not last.asks
    assert said(last_decision_words(last)).endswith("carried out in part, 20 Nov 2026 (two of three)")
    deferred = meeting(listed("a", outcome=Outcome(deferred=True, deferral_reason="MRI missing")), day=BEFORE)
    last = comes_back("a", [deferred], DAY)
    assert last is not None
    assert not last.asks
    assert said(last_decision_words(last)) == "Last decision, 12 Nov 2026. deferred: MRI missing"


def test_a_case_brought_again_asks_anew_and_keeps_no_old_plan_as_todays(case: Case) -> None:
    held = meeting(listed("a", outcome=DECIDED), day=BEFORE)
    decided = with_outcome(with_section(case, "meeting", date=PartialDate.from_day(BEFORE)), DECIDED, BEFORE).case
    last = comes_back("a", [held], DAY)
    assert last is not None
    assert still_of_before(decided, last)
    again = brought_again(decided, last, DAY)
    assert again.meeting.last_decision == DECIDED.decision
    assert again.meeting.last_decision_carried_out is None
    assert str(again.meeting.last_discussed) == "2026-11-12"
    assert str(again.meeting.date) == "2026-12-03"
    assert again.meeting.question is None
    assert again.board.decision is None
    assert again.board.decision_date is None
    assert not still_of_before(again, last)
    assert Case.model_validate(again.model_dump(mode="json"), strict=False) == again


def test_carried_out_moves_the_status_and_taking_it_back_moves_it_back() -> None:
    held = meeting(listed("a", status="discussed", outcome=DECIDED), listed("b"))
    done = with_carried_out(held, "a", CarriedOut.YES, DAY)
    assert [one.status for one in done.listings] == [Status.CARRIED_OUT, Status.LISTED]
    assert with_carried_out(done, "a", None) == held
    with pytest.raises(KeyError):
        with_carried_out(held, "c", CarriedOut.YES)


# A decision moved into its case


def test_a_decision_is_written_into_its_case_and_leaves_it_when_it_is_taken_back(case: Case) -> None:
    moved = with_outcome(case, DECIDED, DAY)
    board = moved.case.board
    assert moved.replaced == ()
    assert (board.decision, board.dissent, board.fallback) == (DECIDED.decision, DECIDED.dissent, DECIDED.fallback)
    assert (board.decision_owner, board.tells_patient) == ("Dr Rossi", "Dr Bianchi")
    assert str(board.decision_date) == "2026-12-03"
    assert with_outcome(moved.case, DECIDED, DAY, DECIDED).case == moved.case
    assert with_outcome(moved.case, Outcome(), DAY, DECIDED).case.board.decision is None
    assert with_outcome(moved.case, Outcome(), DAY, DECIDED).case.board.decision_date is None
    assert with_outcome(moved.case, Outcome(), DAY).case == moved.case


def test_what_else_the_case_says_is_named_before_it_is_replaced(case: Case) -> None:
    typed = with_section(case, "board", decision="Another plan.", fallback="Theirs")
    moved = with_outcome(typed, Outcome(decision="SRS"), DAY)
    assert [(one.path, one.was, one.now) for one in moved.replaced] == [("board.decision", "Another plan.", "SRS")]
    assert moved.case.board.fallback == "Theirs"


def test_an_outcome_becomes_the_decision_of_its_case_or_the_last_one_of_a_case_prepared_for_later(case: Case) -> None:
    held = meeting(listed("a", outcome=DECIDED), day=BEFORE)
    coming = meeting(listed("a", outcome=Outcome(decision="SRS")), day=DAY)
    before = with_section(case, "meeting", date=PartialDate.from_day(BEFORE))

    decided = case_with_outcome(before, held, held.listings[0], Outcome(), [held]).case
    assert decided.board.decision == DECIDED.decision

    undated = case_with_outcome(
        with_section(case, "meeting", date=None), held, held.listings[0], Outcome(), [held]
    ).case
    assert str(undated.meeting.date) == "2026-11-12", "else it would read as a decision of the next meeting"

    stale = case_with_outcome(decided, coming, coming.listings[0], Outcome(), [held, coming])
    assert stale.replaced == (), "the decision before is not lost: it is the last one"
    assert (stale.case.board.decision, stale.case.board.dissent) == ("SRS", None), "no dissent of the meeting before"
    assert (stale.case.meeting.last_decision, str(stale.case.meeting.date)) == (DECIDED.decision, "2026-12-03")

    done = with_carried_out(held, "a", CarriedOut.IN_PART, None, "two of three")
    answered = case_with_outcome(stale.case, done, done.listings[0], DECIDED, [done, coming]).case.meeting
    assert (answered.last_decision_carried_out, answered.last_decision_note) == (CarriedOut.IN_PART, "two of three")

    empty = held.model_copy(update={"listings": (listed("a"),)})
    taken_back = case_with_outcome(stale.case, empty, empty.listings[0], DECIDED, [empty, coming]).case
    assert (taken_back.meeting.last_decision, taken_back.board.decision) == (None, "SRS")

    typed = with_section(stale.case, "meeting", last_decision="As I remember it")
    moved = case_with_outcome(typed, done, done.listings[0], DECIDED, [done, coming])
    assert [(one.path, one.was) for one in moved.replaced] == [("meeting.last_decision", "As I remember it")]


def test_a_case_that_somebody_saves_at_that_moment_keeps_both(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    book = MemoryBook()
    key = book.add(with_section(case, "board", decision="Another plan.")).key
    empty = book.add_meeting(DAY).value.model_copy(update={"listings": (listed(key),)})
    held = empty.model_copy(update={"listings": (listed(key, outcome=Outcome(decision="SRS")),)})
    read = book.case

    def read_and_lose(case_id: str) -> object:
        kept = read(case_id)
        monkeypatch.setattr(book, "case", read)
        book.save(key, with_section(kept.value, "meeting", question="Theirs?"), kept.version)
        return kept

    monkeypatch.setattr(book, "case", read_and_lose)
    (known,) = store_meeting(book, empty, held, 1).known
    assert (
        known.words() == f"{case.code}: replaced in the case: Decision. Before, and still in its history: Another plan."
    )
    stored = book.case(key).value
    assert (stored.board.decision, stored.meeting.question) == ("SRS", "Theirs?")
    assert book.versions(key)[0].changed.startswith("from the meeting of 3 Dec 2026\n")
    assert len(book.versions(key)) == 3
    assert store_meeting(book, held, held, 2).known == ()
