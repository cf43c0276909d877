"""The truth tables of strong Kleene logic, as HL7 publishes them for CQL, in full.

Source of the tables: HL7, Clinical Quality Language specification, appendix B, logical operators; null is UNKNOWN here.
"""

import itertools

import pytest

from her2board.logic.truth import Truth, all_of, any_of, negate, over_all_points

T, F, U = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN
EVERY = (T, F, U)
AND = {(T, T): T, (T, F): F, (T, U): U, (F, T): F, (F, F): F, (F, U): F, (U, T): U, (U, F): F, (U, U): U}
OR = {(T, T): T, (T, F): T, (T, U): T, (F, T): T, (F, F): F, (F, U): U, (U, T): T, (U, F): U, (U, U): U}

XOR = {(T, T): F, (T, F): T, (T, U): U, (F, T): T, (F, F): F, (F, U): U, (U, T): U, (U, F): U, (U, U): U}
IMPLIES = {(T, T): T, (T, F): F, (T, U): U, (F, T): T, (F, F): T, (F, U): T, (U, T): T, (U, F): U, (U, U): U}


@pytest.mark.parametrize("pair", list(itertools.product(EVERY, EVERY)))
def test_and_follows_its_published_table(pair: tuple[Truth, Truth]) -> None:
    assert all_of(pair) is AND[pair]


@pytest.mark.parametrize("pair", list(itertools.product(EVERY, EVERY)))
def test_or_follows_its_published_table(pair: tuple[Truth, Truth]) -> None:
    assert any_of(pair) is OR[pair]


@pytest.mark.parametrize("pair", list(itertools.product(EVERY, EVERY)))
def test_exclusive_or_made_of_and_or_and_not_follows_its_published_table(pair: tuple[Truth, Truth]) -> None:
    one, two = pair
    assert any_of((all_of((one, negate(two))), all_of((negate(one), two)))) is XOR[pair]


@pytest.mark.parametrize("pair", list(itertools.product(EVERY, EVERY)))
def test_implication_made_of_or_and_not_follows_its_published_table(pair: tuple[Truth, Truth]) -> None:
    one, two = pair
    assert any_of((negate(one), two)) is IMPLIES[pair]


def test_not_swaps_met_and_not_met_and_leaves_unknown() -> None:
    assert [negate(truth) for truth in EVERY] == [F, T, U]


def test_and_of_nothing_is_met_and_or_of_nothing_is_not_met() -> None:
    assert all_of(()) is T
    assert any_of(()) is F


@pytest.mark.parametrize("triple", list(itertools.product(EVERY, repeat=3)))
def test_three_parts_read_as_two_and_one_in_any_order(triple: tuple[Truth, Truth, Truth]) -> None:
    one, two, three = triple
    assert all_of(triple) is all_of((one, all_of((two, three)))) is all_of((three, two, one))
    assert any_of(triple) is any_of((one, any_of((two, three)))) is any_of((three, two, one))


@pytest.mark.parametrize("pair", list(itertools.product(EVERY, EVERY)))
def test_not_and_is_or_of_nots(pair: tuple[Truth, Truth]) -> None:
    assert negate(all_of(pair)) is any_of([negate(truth) for truth in pair])


@pytest.mark.parametrize("pair", list(itertools.product(EVERY, EVERY)))
def test_not_or_is_and_of_nots(pair: tuple[Truth, Truth]) -> None:
    assert negate(any_of(pair)) is all_of([negate(truth) for truth in pair])


@pytest.mark.parametrize("truth", EVERY)
def test_a_part_said_twice_counts_once(truth: Truth) -> None:
    assert all_of((truth, truth)) is any_of((truth, truth)) is negate(negate(truth)) is truth


@pytest.mark.parametrize("parts", list(itertools.product(EVERY, repeat=4)))
def test_the_order_of_the_parts_never_matters(parts: tuple[Truth, ...]) -> None:
    orders = list(itertools.permutations(parts))
    assert len({all_of(order) for order in orders}) == 1
    assert len({any_of(order) for order in orders}) == 1


def test_a_comparison_over_all_points_is_unknown_unless_every_point_agrees() -> None:
    assert over_all_points([True, True]) is T
    assert over_all_points([False]) is F
    assert over_all_points([True, False]) is U
    assert over_all_points([]) is U


def test_truths_are_written_as_their_names() -> None:
    assert [f"{truth}" for truth in Truth] == ["MET", "NOT_MET", "UNKNOWN"]
