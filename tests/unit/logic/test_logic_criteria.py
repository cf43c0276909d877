"""Conditions as data: what can be written, and what is refused."""

import pytest
from pydantic import TypeAdapter, ValidationError

from her2board.logic.criteria import OPERATORS, AllOf, AnyOf, Criterion, Leaf, Negation, leaves

_ADAPTER: TypeAdapter[Criterion] = TypeAdapter(Criterion)


def test_a_comparison_is_written_as_fact_and_operator() -> None:
    leaf = _ADAPTER.validate_python({"fact": "ecog", "at_most": 1})
    assert leaf == Leaf(fact="ecog", operator="at_most", operand=1)


def test_all_any_and_not_nest() -> None:
    criterion = _ADAPTER.validate_python(
        {"all": ({"fact": "a", "is": True}, {"any": ({"not": {"fact": "b", "is": False}}, {"fact": "c", "above": 2})})}
    )
    assert isinstance(criterion, AllOf)
    inner = criterion.all[1]
    assert isinstance(inner, AnyOf)
    assert isinstance(inner.any[0], Negation)
    assert [leaf.fact for leaf in leaves(criterion)] == ["a", "b", "c"]
    assert Leaf(fact="a", operator="is", operand=True).parts == ()


@pytest.mark.parametrize(
    "written",
    [
        {"fact": "ecog"},
        {"fact": "ecog", "at_most": 1, "at_least": 0},
        {"fact": "ecog", "atmost": 1},
        {"fact": "ecog", "at_most": 1, "unit": "points"},
        {"at_most": 1},
        {"all": ()},
        {"any": ()},
        {"all": ({"fact": "a", "is": True},), "any": ({"fact": "a", "is": True},)},
        {"not": None},
        "ecog at most 1",
    ],
)
def test_a_malformed_condition_is_refused(written: object) -> None:
    with pytest.raises(ValidationError):
        _ADAPTER.validate_python(written)


def test_a_refused_comparison_names_the_operators_that_exist() -> None:
    with pytest.raises(ValidationError, match=r"one of is, any_of, none_of.*found: fact, atmost"):
        _ADAPTER.validate_python({"fact": "ecog", "atmost": 1})


_WRONG = {
    "is": 3,
    "any_of": "positive",
    "none_of": (),
    "at_least": "1",
    "at_most": True,
    "above": (1,),
    "below": "x",
    "between": (1, 2, 3),
    "includes": 2,
    "excludes": True,
    "stratum": ("untreated",),
    "recorded": False,
    "within_days_before": "7",
    "at_least_days_before": True,
}


def test_every_operator_refuses_an_operand_that_does_not_fit() -> None:
    assert set(_WRONG) == set(OPERATORS)
    for operator, operand in _WRONG.items():
        with pytest.raises(ValidationError, match=f"'{operator}' cannot take"):
            _ADAPTER.validate_python({"fact": "a", operator: operand})


@pytest.mark.parametrize(
    ("operator", "operand"),
    [
        ("between", ("a", "b")),
        ("between", ("a", 2)),
        ("between", (9, 1)),
        ("within_days_before", 7.5),
        ("any_of", ()),
        ("none_of", "x"),
    ],
)
def test_a_range_is_two_ordered_numbers_days_are_whole_and_a_choice_is_a_list(operator: str, operand: object) -> None:
    with pytest.raises(ValidationError, match=f"'{operator}' cannot take"):
        _ADAPTER.validate_python({"fact": "a", operator: operand})


def test_a_range_may_be_a_single_number() -> None:
    assert Leaf.model_validate({"fact": "a", "between": (2, 2)}).operand == (2, 2)


def test_a_list_read_from_json_becomes_the_operand() -> None:
    leaf = _ADAPTER.validate_python({"fact": "a", "any_of": ["x", "y"]})
    assert isinstance(leaf, Leaf)
    assert leaf.operand == ("x", "y")


def test_a_condition_has_one_part_or_more_and_never_changes() -> None:
    leaf = Leaf.model_validate({"fact": "ecog", "at_most": 1})
    for kind, name in ((AllOf, "all"), (AnyOf, "any")):
        assert kind.model_validate({name: (leaf,)})
        with pytest.raises(ValidationError, match="at least 1 item"):
            kind.model_validate({name: ()})
    with pytest.raises(ValidationError, match="frozen"):
        leaf.fact = "kps"  # type: ignore[misc]  # reason: it must not work
