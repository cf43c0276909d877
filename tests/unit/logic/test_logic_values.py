"""Facts of one case on one day: what was worked out on them is kept for as long as it holds."""

from datetime import date

import pytest

from her2board.logic.values import Among, Facts, Reading, Value, Waits

DAY = date(2026, 11, 20)


def facts(as_of: date = DAY, **values: Value) -> Facts:
    return Facts(as_of, {name: Reading(name, name, value, "") for name, value in values.items()})


YES, NO = Among.exactly(True), Among.exactly(False)


def reading(known: Facts, names: str, says: str) -> str:
    """Read the facts named, one letter each."""
    for name in names:
        known.read(name)
    return says


def test_what_has_one_key_is_worked_out_once() -> None:
    known = facts(x=YES)
    assert [known.once("key", reading, known, "x", says) for says in ("first", "second")] == ["first", "first"]
    assert known.once("other", reading, known, "x", "third") == "third"


def test_what_was_worked_out_from_unchanged_facts_is_taken_over_and_the_rest_worked_out_anew() -> None:
    earlier, now = facts(x=YES, y=YES), facts(x=YES, y=NO)
    for names in ("", "x", "y", "xy"):
        earlier.once(names, reading, earlier, names, "before")
    now.building_on(earlier)
    found = [now.once(names, reading, now, names, "anew") for names in ("", "x", "y", "xy")]
    assert found == ["before", "before", "anew", "anew"]


def test_what_is_worked_out_from_something_kept_depends_on_its_facts_too() -> None:
    earlier, now = facts(x=YES, y=YES), facts(x=NO, y=YES)

    def outer(known: Facts, says: str) -> str:
        return says + known.once("inner", reading, known, "x", says)

    earlier.once("inner", reading, earlier, "x", "before")  # known already when the outer one asks for it
    assert earlier.once("outer", outer, earlier, "before") == "beforebefore"
    assert now.building_on(earlier).once("outer", outer, now, "anew") == "anewanew"


def test_asking_whether_a_fact_is_recorded_reads_it() -> None:
    known = facts(x=YES, y=YES)
    assert known.noting(known.recorded, "x") == (True, frozenset("x"))


def test_facts_read_with_an_answer_tried_are_read() -> None:
    known = facts(x=YES, y=YES)
    tried = known.replacing("x", NO, "no")
    assert known.noting(reading, tried, "y", "said") == ("said", frozenset("y"))
    assert known.noting(tried.once, "key", reading, tried, "x", "said") == ("said", frozenset("x"))


def test_what_fails_leaves_nothing_behind() -> None:
    known = facts(x=YES, y=YES)

    def outer() -> None:
        with pytest.raises(KeyError):
            known.once("key", reading, known, "xz", "never")
        known.read("y")

    assert known.noting(outer) == (None, frozenset("y"))
    assert known.once("key", reading, known, "x", "said") == "said"


def test_nothing_is_taken_over_from_another_day() -> None:
    earlier, now = facts(x=YES), facts(date(2026, 11, 21), x=YES)
    earlier.once("key", reading, earlier, "x", "before")
    assert now.building_on(earlier).once("key", reading, now, "x", "anew") == "anew"


def test_what_was_worked_out_belongs_to_its_own_facts_and_is_no_part_of_them() -> None:
    known = facts(x=YES)
    known.once("key", reading, known, "x", "known")
    assert known == facts(x=YES)
    assert "known" not in repr(known)
    tried = known.replacing("x", NO, "no")
    assert tried.once("key", reading, tried, "x", "anew") == "anew"


def test_an_answer_settles_what_waited_for_it_and_nothing_that_is_contradicted() -> None:
    waits = Waits("x", ((NO, YES),))
    open_ = Reading("w", "W", Among(frozenset({True, False})), "open", "not asked", waits=waits)
    known = Facts(DAY, {"x": Reading("x", "X", None, ""), "w": open_, "c": open_.unsettled()}, ("w", "c"))
    answered = known.replacing("x", NO, "no")
    assert answered.read("w") == open_._replace(value=YES, why="", waits=None)
    assert answered.read("c") == open_.unsettled()
    assert known.replacing("x", YES, "yes").read("w") == open_
    assert known.replacing("w", NO, "no").replacing("x", NO, "no").read("w").value == NO
    assert known.replacing("c", NO, "no").read("w") == open_
