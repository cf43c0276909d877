"""Measured values: each holds its unit, interval, denominator and source."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from her2board.evidence.references import Record, Source, Withdrawable, Words
from her2board.evidence.terms import EndpointKind, Unit

EntryT = TypeVar("EntryT")
Criteria = Literal["RECIST 1.1", "RANO-BM", "volumetric", "not stated"]
Assessor = Literal["central", "investigator", "not stated"]
_ROUNDING = 1.0
"""Percentage points a printed percentage may lie from its fraction: sources print whole numbers."""


class Printed(float):
    """A decimal number that remembers how it was printed: 15.0 stays 15.0."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> "Printed":
        """Read the number and keep its text."""
        number = super().__new__(cls, text)
        number.text = text
        return number


def _number(value: object) -> float:
    """Accept a number as it is, with the digits it was printed with."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("this is a number")
    return value


Figure = Annotated[float, PlainValidator(_number), WithJsonSchema({"type": "number"})]
"""A number that keeps the digits its source prints."""


class Interval(Record):
    """A confidence interval; None is 'not reached'. Its own source where it differs from the value's."""

    low: Figure | None
    high: Figure | None
    level: Literal[90, 95] = 95
    source: Source | None = None


class Counts(Record):
    """A fraction ``n`` of ``of``. Its own source where it differs from the value's."""

    n: Annotated[int, Field(ge=0)] | None = None
    of: Annotated[int, Field(ge=1)]
    source: Source | None = None

    @model_validator(mode="after")
    def _part_of_whole(self) -> Self:
        if self.n is not None and self.n > self.of:
            raise ValueError(f"n {self.n} is larger than N {self.of}")
        return self


class Measured(Record):
    """A value with interval and counts; ``value`` None with ``not_reached`` true for a median not reached."""

    value: Figure | None = None
    not_reached: bool = False
    interval: Interval | None = None
    p: Annotated[str, Field(pattern=r"^[<>=]? ?0?\.\d+$")] | None = None
    """P value as printed, quoted: '<0.001', '0.03'."""
    counts: Counts | None = None
    source: Source

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if found := list(self._contradictions()):
            raise ValueError("; ".join(found))
        return self

    def _contradictions(self) -> Iterator[str]:
        if (self.value is None) != self.not_reached:
            yield "a value is either given or 'not_reached: true'"
        if self.value is None or self.interval is None:
            return
        low, high = self.interval.low, self.interval.high
        if (low is not None and self.value < low) or (high is not None and self.value > high):
            yield f"the interval {low} to {high} does not contain the value {self.value}"


class Comparator(Measured):
    """The same endpoint in the comparison arm."""

    arm: Words


class Endpoint(Measured, Withdrawable):
    """A measured outcome: what, in whom, by whom, value, interval, n/N."""

    kind: EndpointKind
    unit: Unit
    arm: Words | None = None
    """Name of the study arm, when the trial has several."""
    at_months: float | None = None
    """Time point of a rate, in months, or in weeks where the source counts weeks."""
    at_weeks: float | None = None
    event: Words | None = None
    """For harms: which. Elsewhere: what exactly was counted, where the kind does not say it."""
    in_whom: Words | None = None
    """Population of the value where it is not the whole cohort."""
    criteria: Criteria = "not stated"
    assessor: Assessor = "not stated"
    follow_up: Words | None = None
    comparator: Comparator | None = None
    hazard_ratio: Measured | None = None
    post_hoc: bool = False
    superseded: bool = False
    """An earlier report of the same measurement; shown in the annex only."""
    note: Words | None = None
    extract: Words | None = None
    """What a secondary report says of it, in own words with its figures: the report may be gone later."""

    def _contradictions(self) -> Iterator[str]:
        yield from super()._contradictions()
        if self.kind.timed and (self.at_months is None) == (self.at_weeks is None):
            yield f"'{self.kind}' needs 'at_months' or 'at_weeks'"
        if self.kind is EndpointKind.HARM and self.event is None:
            yield "'harm' needs 'event'"
        if self.unit is Unit.PERCENT and self.value is not None:
            yield from _percent_problems(self.value, self.counts)


def _percent_problems(value: float, counts: Counts | None) -> Iterator[str]:
    if not 0 <= value <= 100:
        yield f"{value} percent is outside 0 to 100"
    elif counts and counts.n is not None:
        fraction = 100 * counts.n / counts.of
        if abs(fraction - value) > _ROUNDING:
            yield f"{counts.n}/{counts.of} is {fraction:.1f} %, not {value} %"


Difference = Literal["kind", "unit", "at_months", "at_weeks", "criteria", "assessor", "in_whom"]
"""What keeps two endpoints off one axis."""
_MEASURED_ALIKE: tuple[Difference, ...] = ("kind", "unit", "at_months", "at_weeks", "criteria", "assessor")


def difference(one: Endpoint, other: Endpoint) -> Difference | None:
    """Return what keeps two endpoints off one axis: it differs, or is not stated; None when they may share it."""
    for name in _MEASURED_ALIKE:
        value = getattr(one, name)
        if value != getattr(other, name) or value == "not stated":
            return name
    return "in_whom" if one.in_whom != other.in_whom else None


def comparable(one: Endpoint, other: Endpoint) -> str:
    """Return why two endpoints may not stand on one axis; empty when they may."""
    name = difference(one, other)
    if name is None:
        return ""
    left, right = getattr(one, name), getattr(other, name)
    if name == "in_whom":
        return f"counted in different patients: {left or 'all'} and {right or 'all'}"
    words = name.replace("_", " ")
    return f"{words} differs: {left} and {right}" if left != right else f"{words} not stated"


def stand_together(entries: Iterable[tuple[Endpoint, EntryT]]) -> list[list[tuple[Endpoint, EntryT]]]:
    """Return entries in groups that may share an axis or a column; each first member opens its group."""
    groups: list[list[tuple[Endpoint, EntryT]]] = []
    for endpoint, entry in entries:
        group = next((found for found in groups if difference(found[0][0], endpoint) is None), None)
        if group is None:
            groups.append([(endpoint, entry)])
        else:
            group.append((endpoint, entry))
    return groups
