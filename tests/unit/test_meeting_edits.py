"""Changes of a meeting, and two people's changes of one meeting brought together."""

from datetime import date

import pytest
from pydantic import ValidationError

from her2board.case.terms import Discipline
from her2board.casebook import meeting_edits as edits
from her2board.casebook.model import BoardMeeting, Status

EMPTY = BoardMeeting(id="m", day=date(2026, 12, 3))
BASE = edits.with_cases(EMPTY, ("a", "b", "c"))


def order(meeting: BoardMeeting) -> str:
    return "".join(one.case_id for one in meeting.listings)


def test_cases_are_added_moved_and_taken_off() -> None:
    assert order(edits.with_cases(BASE, ("b", "d"))) == "abcd"
    assert [order(edits.moved(BASE, "b", place)) for place in (-1, 0, 1, 2, 9)] == ["bac", "bac", "abc", "acb", "acb"]
    assert order(edits.without_case(BASE, "b")) == "ac"


def test_what_a_listing_cannot_hold_is_refused() -> None:
    with pytest.raises(ValidationError):
        edits.with_listing(BASE, "a", reason="x" * 301)
    with pytest.raises(ValidationError):
        edits.with_outcome(BASE, "a", decision="x" * 4001)


def test_changes_of_two_people_to_different_things_are_all_kept() -> None:
    ours = edits.with_attendance(
        edits.moved(edits.with_outcome(BASE, "a", decision="SRS"), "c", 0), Discipline.PATHOLOGY, True
    )
    theirs = edits.with_cases(
        edits.with_listing(edits.with_outcome(BASE, "a", owner="Dr B"), "b", status=Status.READY), "d"
    )
    both, clashes = edits.merged(BASE, ours, edits.with_attendance(theirs, Discipline.NEUROSURGERY, False))
    assert not clashes
    assert order(both) == "cabd"
    assert (both.listings[1].outcome.decision, both.listings[1].outcome.owner) == ("SRS", "Dr B")
    assert both.listings[2].status is Status.READY
    assert {(one.discipline, one.present) for one in both.attendance} == {
        (Discipline.PATHOLOGY, True),
        (Discipline.NEUROSURGERY, False),
    }


def test_what_both_changed_stays_as_saved_and_is_named_until_somebody_chooses() -> None:
    ours = edits.moved(edits.with_outcome(BASE, "a", decision="SRS"), "c", 0)
    theirs = edits.moved(edits.with_outcome(BASE, "a", decision="WBRT"), "b", 0)
    both, clashes = edits.merged(BASE, ours, theirs)
    assert (order(both), both.listings[1].outcome.decision) == ("bac", "WBRT")
    assert [(clash.case_id, clash.field) for clash in clashes] == [("a", "outcome.decision"), ("", "order")]
    chosen = edits.settled(both, clashes)
    assert (order(chosen), chosen.listings[1].outcome.decision) == ("cab", "SRS")
    same, none = edits.merged(BASE, theirs, theirs)
    assert (same, none) == (theirs, ())


def test_a_case_taken_off_the_list_by_one_and_changed_by_the_other_is_named() -> None:
    off, changed = edits.without_case(BASE, "b"), edits.with_listing(BASE, "b", reason="new MRI")
    both, (clash,) = edits.merged(BASE, off, changed)
    assert (order(both), clash.ours) == ("abc", None)
    assert order(edits.settled(both, (clash,))) == "ac"
    both, (clash,) = edits.merged(BASE, changed, off)
    assert (order(both), clash.theirs) == ("ac", None)
    assert order(edits.settled(both, (clash,))) == "acb"
    assert edits.merged(BASE, off, BASE) == (off, ())
