"""Every operator on exact, straddling, open and missing values, and what the finding says."""

from datetime import date, timedelta

import pytest

from her2board.logic.criteria import AllOf, AnyOf, Criterion, Leaf, Negation
from her2board.logic.evaluate import evaluate, truth_of
from her2board.logic.truth import Truth
from her2board.logic.values import Among, Day, Facts, Never, Nothing, Reading, Span, Subset, Value, Waits

AS_OF = date(2026, 11, 20)
T, F, U = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN


def facts(**values: Value | None) -> Facts:
    return Facts(
        AS_OF,
        {
            name: Reading(name, name.capitalize(), value, "" if value is None else "shown")
            for name, value in values.items()
        },
    )


def leaf(operator: str, operand: object, fact: str = "x") -> Leaf:
    return Leaf.model_validate({"fact": fact, operator: operand})


def both(criterion: Criterion, known: Facts) -> Truth:
    """The short and the explained evaluation must agree."""
    finding = evaluate(criterion, known)
    assert finding.truth is truth_of(criterion, known)
    return finding.truth


def days_ago(days: int) -> date:
    return AS_OF - timedelta(days=days)


SPAN_TABLE = [
    ("at_least", 5, {(5, 9): T, (1, 4): F, (4, 5): U, (5, None): T, (None, 4): F, (None, None): U, (1, None): U}),
    ("at_most", 5, {(1, 5): T, (6, 9): F, (5, 6): U, (None, 5): T, (6, None): F, (None, None): U, (1, None): U}),
    ("above", 5, {(6, 9): T, (1, 5): F, (5, 6): U, (6, None): T, (5, None): U, (None, 5): F, (5, 5): F}),
    ("below", 5, {(1, 4): T, (5, 9): F, (4, 5): U, (None, 4): T, (5, None): F, (None, 5): U, (5, 5): F}),
    ("between", (2, 5), {(2, 5): T, (3, 3): T, (6, 9): F, (0, 1): F, (1, 2): U, (5, 6): U, (0, None): U, (None, 1): F}),
]


@pytest.mark.parametrize(
    ("operator", "operand", "ends", "expected"),
    [(op, operand, ends, truth) for op, operand, table in SPAN_TABLE for ends, truth in table.items()],
)
def test_a_number_is_compared_over_everything_it_may_be(
    operator: str, operand: object, ends: tuple[float | None, float | None], expected: Truth
) -> None:
    assert both(leaf(operator, operand), facts(x=Span(*ends))) is expected


POSITIVE, NEGATIVE = Among.exactly("positive"), Among.exactly("negative")
OPEN = Among(frozenset({"positive", "low"}))


@pytest.mark.parametrize(
    ("operator", "operand", "value", "expected"),
    [
        ("is", "positive", POSITIVE, T),
        ("is", "positive", NEGATIVE, F),
        ("is", "positive", OPEN, U),
        ("is", "negative", OPEN, F),
        ("any_of", ("positive", "low"), OPEN, T),
        ("any_of", ("positive", "negative"), OPEN, U),
        ("any_of", ("positive",), NEGATIVE, F),
        ("none_of", ("positive", "low"), OPEN, F),
        ("none_of", ("negative",), OPEN, T),
        ("none_of", ("low",), OPEN, U),
        ("excludes", "positive", OPEN, U),
        ("excludes", "positive", POSITIVE, F),
        ("excludes", "positive", NEGATIVE, T),
        ("is", True, Among(frozenset({True, False})), U),
        ("is", True, Among.exactly(True), T),
        ("is", False, Among.exactly(True), F),
    ],
)
def test_a_category_is_compared_over_everything_it_may_be(
    operator: str, operand: object, value: Among, expected: Truth
) -> None:
    assert both(leaf(operator, operand), facts(x=value)) is expected


def subset(has: str, maybe: str = "") -> Subset:
    return Subset(frozenset(has.split()), frozenset(maybe.split()))


@pytest.mark.parametrize(
    ("operator", "operand", "value", "expected"),
    [
        ("includes", "u", subset("u s"), T),
        ("includes", "u", subset("s"), F),
        ("includes", "u", subset("s", "u"), U),
        ("excludes", "u", subset("u"), F),
        ("excludes", "u", subset("s"), T),
        ("excludes", "u", subset("s", "u"), U),
        ("any_of", ("u", "p"), subset("p s"), T),
        ("any_of", ("u", "p"), subset("s"), F),
        ("any_of", ("u", "p"), subset("s", "p"), U),
        ("none_of", ("u", "p"), subset("s"), T),
        ("none_of", ("u", "p"), subset("p"), F),
        ("none_of", ("u", "p"), subset("s", "u"), U),
        ("is", "s", subset("s"), T),
        ("is", "s", subset("s u"), F),
        ("is", "s", subset("u", "s"), F),
        ("is", "s", subset("s", "u"), U),
        ("is", "s", subset("", "s u"), U),
        ("is", "s", subset("", "u p"), F),
        ("stratum", "u", subset("u"), T),
        ("stratum", "u", subset("u s"), U),
        ("stratum", "u", subset("s"), F),
        ("stratum", "u", subset("s", "u"), U),
        ("stratum", "u", subset("u", "p"), U),
    ],
)
def test_a_set_is_compared_with_what_it_holds_and_may_hold(
    operator: str, operand: object, value: Subset, expected: Truth
) -> None:
    assert both(leaf(operator, operand), facts(x=value)) is expected


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("at_least_days_before", Day(days_ago(7), days_ago(7)), T),
        ("at_least_days_before", Day(days_ago(6), days_ago(6)), F),
        ("at_least_days_before", Day(days_ago(30), days_ago(6)), U),
        ("at_least_days_before", Day(days_ago(7), days_ago(6)), U),
        ("at_least_days_before", Day(None, days_ago(8)), T),
        ("at_least_days_before", Day(None, None), U),
        ("at_least_days_before", Day(days_ago(3), None), F),
        ("at_least_days_before", Day(days_ago(30), date(2027, 1, 1)), U),
        ("at_least_days_before", Never(), T),
        ("within_days_before", Day(days_ago(7), days_ago(7)), T),
        ("within_days_before", Day(days_ago(8), days_ago(8)), F),
        ("within_days_before", Day(days_ago(8), days_ago(6)), U),
        ("within_days_before", Day(days_ago(8), days_ago(7)), U),
        ("within_days_before", Day(None, days_ago(8)), F),
        ("within_days_before", Day(None, None), U),
        ("within_days_before", Day(days_ago(3), None), T),
        ("within_days_before", Never(), F),
    ],
)
def test_a_day_is_compared_over_every_day_it_may_be_and_reaches_at_most_to_the_meeting(
    operator: str, value: Value, expected: Truth
) -> None:
    assert both(leaf(operator, 7), facts(x=value)) is expected


@pytest.mark.parametrize(
    "criterion", [leaf("is", True), leaf("at_least", 1), leaf("stratum", "u"), leaf("recorded", True)]
)
def test_a_missing_value_is_unknown_and_named(criterion: Leaf) -> None:
    finding = evaluate(criterion, facts(x=None))
    assert finding.truth is truth_of(criterion, facts(x=None)) is U
    assert finding.facts_missing == ("x",)
    assert finding.facts_used == ()
    assert finding.reason == "X: not recorded"


@pytest.mark.parametrize("value", [POSITIVE, OPEN, Span(None, None), subset("", "u"), Day(None, None), Never()])
def test_recorded_is_met_by_any_value(value: Value) -> None:
    assert both(leaf("recorded", True), facts(x=value)) is T


@pytest.mark.parametrize(
    ("operator", "operand", "value"),
    [
        ("is", True, Span(1, 1)),
        ("at_least", 1, subset("u")),
        ("is", "positive", Day(AS_OF, AS_OF)),
    ],
)
def test_an_operator_that_does_not_compare_the_kind_is_an_error_that_names_the_fact(
    operator: str, operand: object, value: Value
) -> None:
    with pytest.raises(TypeError, match=r"\(x\)"):
        truth_of(leaf(operator, operand), facts(x=value))


@pytest.mark.parametrize(
    ("operator", "operand", "expected"),
    [("at_most", 6, F), ("below", 6, F), ("between", (0, 6), F), ("at_least", 6, T), ("above", 6, T)],
)
def test_months_since_what_never_happened_are_more_than_any_limit(
    operator: str, operand: object, expected: Truth
) -> None:
    assert both(leaf(operator, operand), facts(x=Never())) is expected


@pytest.mark.parametrize("operator", ["at_least", "at_most", "above", "below"])
def test_nothing_is_neither_large_nor_small(operator: str) -> None:
    assert both(leaf(operator, 20), facts(x=Nothing())) is F


ANSWER_NO = Among.exactly(False)


@pytest.mark.parametrize(
    ("has", "maybe", "settled", "operator", "operand", "missing"),
    [
        ("", "p s", "p", "includes", "p", "y"),
        ("", "p s", "p", "is", "s", "y"),
        ("", "p s u", "p u", "includes", "p", "y"),
        ("s", "p", "s p", "stratum", "p", "source.x"),
    ],
)
def test_what_another_fact_leaves_open_names_that_fact_unless_only_the_source_could_tell(
    has: str, maybe: str, settled: str, operator: str, operand: str, missing: str
) -> None:
    reading = Reading("x", "X", subset(has, maybe), "open", waits=Waits("y", ((ANSWER_NO, subset(settled)),)))
    finding = evaluate(leaf(operator, operand), Facts(AS_OF, {"x": reading}, ("x",)))
    assert (finding.truth, finding.facts_missing) == (U, (missing,))


def test_what_another_fact_leaves_open_beside_something_else_names_itself() -> None:
    waits = Waits("y", ((ANSWER_NO, subset("p", "u")),))
    reading = Reading("x", "X", subset("", "p s u"), "open", waits=waits)
    finding = evaluate(leaf("includes", "u"), Facts(AS_OF, {"x": reading}, ("x",)))
    assert (finding.truth, finding.facts_missing) == (U, ("x",))


def test_the_reason_of_an_undecided_wash_out_names_the_day_on_which_it_flips() -> None:
    month = Day(date(2026, 11, 1), AS_OF)
    finding = evaluate(leaf("at_least_days_before", 7), facts(x=month))
    assert finding.reason == "X: shown; met if on or before 13 Nov 2026"
    finding = evaluate(leaf("within_days_before", 7), facts(x=month))
    assert finding.reason == "X: shown; met if on or after 13 Nov 2026"


def test_the_day_named_in_the_reason_is_the_last_one_that_meets_the_wash_out() -> None:
    criterion = leaf("at_least_days_before", 7)
    on_it = date.fromisoformat("2026-11-13")
    assert truth_of(criterion, facts(x=Day(on_it, on_it))) is T
    after = on_it + timedelta(days=1)
    assert truth_of(criterion, facts(x=Day(after, after))) is F


def test_the_reason_says_why_a_value_is_open() -> None:
    open_value = Facts(AS_OF, {"x": Reading("x", "X", Span(2, None), "2 or more", "list not complete")})
    assert evaluate(leaf("at_most", 3), open_value).reason == "X: 2 or more; list not complete; met if 3 or less"
    assert evaluate(leaf("at_most", 3), facts(x=Span(2, None))).reason == "X: shown; met if 3 or less"
    assert evaluate(leaf("is", "positive"), facts(x=Among(frozenset({"positive", "negative"})))).reason == (
        "X: shown; not exact enough to decide"
    )
    assert "does not say how mixed disease was counted" in evaluate(leaf("stratum", "u"), facts(x=subset("u s"))).reason


def test_an_undecided_stratum_waits_for_the_source_only_where_the_case_says_all_it_can() -> None:
    assert evaluate(leaf("stratum", "u"), facts(x=subset("u s"))).facts_missing == ("source.x",)
    assert evaluate(leaf("stratum", "u"), facts(x=subset("u", "s"))).facts_missing == ("x",)


def test_the_reason_says_why_a_value_is_missing() -> None:
    missing = Facts(AS_OF, {"x": Reading("x", "X", None, "", "not asked")})
    assert evaluate(leaf("is", True), missing).reason == "X: not recorded (not asked)"


def test_a_contradicted_or_stale_fact_carries_its_mark_into_the_reason() -> None:
    marked = Facts(AS_OF, {"x": Reading("x", "X", Span(1, 1), "1", marks=("out of date: 40 days old",))})
    assert evaluate(leaf("at_most", 1), marked).reason == "X: 1; out of date: 40 days old"


KNOWN = facts(yes=Among.exactly(True), no=Among.exactly(False), gap=None, hole=None)
YES, NO, GAP, HOLE = (leaf("is", True, name) for name in ("yes", "no", "gap", "hole"))


def test_all_that_fails_rests_on_the_part_that_fails() -> None:
    finding = evaluate(AllOf(all=(YES, NO, GAP)), KNOWN)
    assert (finding.truth, finding.facts_used, finding.facts_missing) == (F, ("no",), ())


def test_any_that_holds_rests_on_the_part_that_holds() -> None:
    finding = evaluate(AnyOf(any=(GAP, YES, NO)), KNOWN)
    assert (finding.truth, finding.facts_used, finding.facts_missing) == (T, ("yes",), ())


def test_an_unknown_whole_names_every_missing_part_once() -> None:
    finding = evaluate(AllOf(all=(YES, GAP, HOLE, GAP)), KNOWN)
    assert (finding.truth, finding.facts_missing) == (U, ("gap", "hole"))
    assert finding.reason == "Gap: not recorded; Hole: not recorded"


def test_all_that_holds_rests_on_every_part() -> None:
    assert evaluate(AllOf(all=(YES, Negation.model_validate({"not": NO}))), KNOWN).facts_used == ("yes", "no")


def test_a_negation_turns_the_truth_and_keeps_the_reason() -> None:
    negation = Negation.model_validate({"not": GAP})
    assert evaluate(negation, KNOWN).truth is truth_of(negation, KNOWN) is U
    assert evaluate(negation, KNOWN).facts_missing == ("gap",)
    assert both(Negation.model_validate({"not": NO}), KNOWN) is T


def test_children_stand_below_a_finding_in_the_order_written() -> None:
    finding = evaluate(AnyOf(any=(NO, AllOf(all=(YES, GAP)))), KNOWN)
    assert [child.truth for child in finding.children] == [F, U]
    assert [child.truth for child in finding.children[1].children] == [T, U]


def test_a_criterion_without_wording_is_put_into_words() -> None:
    criterion = AllOf(all=(YES, AnyOf(any=(leaf("at_most", 3, "no"), Negation.model_validate({"not": GAP})))))
    words = evaluate(criterion, facts(yes=None, no=None, gap=None)).criterion
    assert words == "Yes: yes and No: at most 3 or not: Gap: yes"
    assert evaluate(leaf("any_of", ("a", "b"), "gap"), KNOWN).criterion == "Gap: any of a, b"
    assert evaluate(leaf("is", False, "gap"), KNOWN).criterion == "Gap: no"


def test_a_fact_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        evaluate(leaf("is", True, "nobody"), KNOWN)


def test_recorded_distinguishes_values_from_gaps_and_replacing_fills_one() -> None:
    assert KNOWN.recorded("yes")
    assert not KNOWN.recorded("gap")
    filled = KNOWN.replacing("gap", Among.exactly(True), "yes")
    assert truth_of(GAP, filled) is T
    assert truth_of(GAP, KNOWN) is U


@pytest.mark.parametrize(
    ("operator", "operand", "words"),
    [
        ("at_least", 5, "met if 5 or more"),
        ("at_most", 5, "met if 5 or less"),
        ("above", 2.5, "met if more than 2.5"),
        ("below", 5, "met if less than 5"),
        ("between", (4, 6), "met if 4 to 6"),
    ],
)
def test_the_reason_of_an_open_number_says_which_numbers_would_meet_it(
    operator: str, operand: object, words: str
) -> None:
    finding = evaluate(leaf(operator, operand), facts(x=Span(1, 9)))
    assert finding.truth is U
    assert finding.reason == f"X: shown; {words}"


def test_an_open_category_says_why_it_is_open() -> None:
    mixed = Reading("x", "X", Among(frozenset({"positive", "negative"})), "shown", "specimens disagree")
    finding = evaluate(leaf("is", "positive"), Facts(AS_OF, {"x": mixed}))
    assert (finding.truth, finding.reason) == (U, "X: shown; specimens disagree")
