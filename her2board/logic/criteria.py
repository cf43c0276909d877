"""Conditions as data: leaf comparisons on one fact, and all / any / not of others."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal, Self, cast

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

Operator = Literal[
    "is",
    "any_of",
    "none_of",
    "at_least",
    "at_most",
    "above",
    "below",
    "between",
    "includes",
    "excludes",
    "stratum",
    "recorded",
    "within_days_before",
    "at_least_days_before",
]
OPERATORS: tuple[str, ...] = Operator.__args__  # type: ignore[attr-defined]  # reason: typing hides it


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    @cached_property
    def names(self) -> frozenset[str]:
        """The facts compared inside."""
        return frozenset(leaf.fact for leaf in leaves(cast(Criterion, self)))

    @property
    def parts(self) -> tuple["Criterion", ...]:
        """The direct parts; none for a comparison."""
        return ()


class Leaf(_Node):
    """One comparison: ``{fact: ecog, at_most: 1}``."""

    fact: str
    operator: Operator
    operand: bool | int | float | str | tuple[str | int | float, ...]

    @cached_property
    def key(self) -> str:
        """The same for the same comparison in any criterion; looked up hundreds of times at a keystroke."""
        return f"{self.fact} {self.operator} {self.operand!r}"

    @model_validator(mode="before")
    @classmethod
    def _from_yaml(cls, data: Any) -> Any:
        if not isinstance(data, dict) or "operator" in data:
            return data
        operators = [key for key in data if key in OPERATORS]
        unknown = [key for key in data if key not in OPERATORS and key != "fact"]
        if unknown or len(operators) != 1:
            found = ", ".join(map(str, data))
            raise ValueError(f"a comparison has 'fact' and one of {', '.join(OPERATORS)}; found: {found}")
        operand = data[operators[0]]
        operand = tuple(operand) if isinstance(operand, list) else operand
        return {"fact": data.get("fact"), "operator": operators[0], "operand": operand}

    @model_validator(mode="after")
    def _operand_fits(self) -> Self:
        number = _is_number(self.operand)
        days = number and isinstance(self.operand, int)
        ends = self.operand if isinstance(self.operand, tuple) else ()
        needs = {
            "at_least": number,
            "at_most": number,
            "above": number,
            "below": number,
            "within_days_before": days,
            "at_least_days_before": days,
            "between": len(ends) == 2 and all(map(_is_number, ends)) and float(ends[0]) <= float(ends[1]),
            "any_of": isinstance(self.operand, tuple) and bool(self.operand),
            "none_of": isinstance(self.operand, tuple) and bool(self.operand),
            "includes": isinstance(self.operand, str),
            "excludes": isinstance(self.operand, str),
            "stratum": isinstance(self.operand, str),
            "recorded": self.operand is True,
            "is": isinstance(self.operand, bool | str),
        }
        if not needs[self.operator]:
            raise ValueError(f"'{self.operator}' cannot take {self.operand!r}")
        return self


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


class AllOf(_Node):
    """Every part must hold."""

    all: tuple["Criterion", ...] = Field(min_length=1)

    @property
    def parts(self) -> tuple["Criterion", ...]:
        """What must hold, each of it."""
        return self.all


class AnyOf(_Node):
    """At least one part must hold."""

    any: tuple["Criterion", ...] = Field(min_length=1)

    @property
    def parts(self) -> tuple["Criterion", ...]:
        """What is enough, each of it."""
        return self.any


class Negation(_Node):
    """The part must not hold."""

    not_: "Criterion" = Field(alias="not")

    @property
    def parts(self) -> tuple["Criterion", ...]:
        """What must not hold."""
        return (self.not_,)


def _kind(data: Any) -> str:
    if isinstance(data, _Node):
        return type(data).__name__
    keys = set(data) if isinstance(data, dict) else set()
    return next((tag for key, tag in (("all", "AllOf"), ("any", "AnyOf"), ("not", "Negation")) if key in keys), "Leaf")


Criterion = Annotated[
    Annotated[AllOf, Tag("AllOf")]
    | Annotated[AnyOf, Tag("AnyOf")]
    | Annotated[Negation, Tag("Negation")]
    | Annotated[Leaf, Tag("Leaf")],
    Discriminator(_kind),
]


def leaves(criterion: Criterion) -> Iterator[Leaf]:
    """Yield every comparison inside, in order."""
    if type(criterion) is Leaf:  # pydantic makes isinstance slow
        yield criterion
    for part in criterion.parts:
        yield from leaves(part)
