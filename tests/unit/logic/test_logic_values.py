"""Facts of one case on one day: what was worked out on them is kept for as long as it holds."""

from datetime import date

from her2board.logic.values import Among, Facts, Reading, Value

DAY = date(2026, 11, 20)
X, Y = frozenset({"x"}), frozenset({"y"})


def facts(as_of: date = DAY, **values: Value) -> Facts:
    return Facts(as_of, {name: Reading(name, name, value, "") for name, value in values.items()})


YES, NO = Among.exactly(True), Among.exactly(False)


def test_what_hangs_on_the_same_facts_is_worked_out_once() -> None:
    known = facts(x=YES, y=YES)
    assert [known.once("key", X, lambda n=n: n) for n in (1, 2)] == [1, 1]
    assert known.once("other", X, lambda: 3) == 3
    assert known.once("key", Y, lambda: 4) == 4


def test_what_an_unchanged_fact_tells_is_taken_over_and_the_rest_worked_out_anew() -> None:
    earlier = facts(x=YES, y=YES)
    for names in (X, Y, X | Y):
        earlier.once("key", names, lambda: "before")
    built = facts(x=YES, y=NO).building_on(earlier)
    assert [built.once("key", names, lambda: "anew") for names in (X, Y, X | Y)] == ["before", "anew", "anew"]


def test_nothing_is_taken_over_from_another_day() -> None:
    earlier = facts(x=YES)
    earlier.once("key", X, lambda: "before")
    assert facts(date(2026, 11, 21), x=YES).building_on(earlier).once("key", X, lambda: "anew") == "anew"


def test_what_was_worked_out_belongs_to_its_own_facts_and_is_no_part_of_them() -> None:
    known = facts(x=YES)
    known.once("key", X, lambda: "known")
    assert known == facts(x=YES)
    assert "known" not in repr(known)
    assert known.replacing("x", NO, "no").once("key", X, lambda: "anew") == "anew"
