"""A diameter as people report it: exact, between two sizes, or only below or above one."""

from typing import Any, Self

from msgspec import Struct
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from her2board.logic.values import Span
from her2board.wording import tr

MOST_MM = 200
"""Of a diameter in the brain."""


class Millimetres(Struct, frozen=True):
    """A diameter in mm as a range. An end that is None is open; one that is not included is not reached.

    A file holds an exact one as a plain number.
    """

    low: float | None
    high: float | None
    low_included: bool = True
    high_included: bool = True

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("a size has a number: write 12, 12-15 or <10")
        if self.low is None or self.high is None:
            return
        if self.high < self.low:
            raise ValueError(f"the upper size {self.high:g} is below the lower size {self.low:g}")
        if self.low == self.high and not (self.low_included and self.high_included):
            raise ValueError(f"no size is both above and below {self.low:g}")

    @classmethod
    def exactly(cls, mm: float) -> Self:
        """Return the size that is known."""
        return cls(mm, mm)

    @classmethod
    def of_span(cls, span: Span) -> Self:
        """Return the size that a range of numbers is; at least one of its ends is known."""
        return cls(span.low, span.high, not span.low_open, not span.high_open)

    @property
    def span(self) -> Span:
        """The sizes it may be, for comparing."""
        return Span(self.low, self.high, not self.low_included, not self.high_included)

    @property
    def exact(self) -> float | None:
        """The size, when it is known."""
        return self.low if self.low == self.high else None

    def at_least(self, mm: float) -> bool | None:
        """Return whether it measures ``mm`` or more; None where the range lies on both sides."""
        if self.low is not None and self.low >= mm:
            return True
        below = self.high is not None and (self.high < mm or (self.high == mm and not self.high_included))
        return False if below else None

    def surely_above(self, other: "Millimetres") -> bool:
        """Return whether every size it may be is larger than every size ``other`` may be."""
        if self.low is None or other.high is None:
            return False
        touching = self.low == other.high and not (self.low_included and other.high_included)
        return self.low > other.high or touching

    def shown(self) -> str:
        """Words for screen and page: '12 mm', '12 to 15 mm', 'less than 10 mm', '30 mm or more'."""
        if self.low is None or self.high is None:
            return self._bound()
        if self.low == self.high:
            return tr("{mm:g} mm").format(mm=self.low)
        if self.low_included and self.high_included:
            return tr("{low:g} to {high:g} mm").format(low=self.low, high=self.high)
        signs = "" if self.low_included else ">", "" if self.high_included else "<"
        return tr("{low} to {high} mm").format(low=f"{signs[0]}{self.low:g}", high=f"{signs[1]}{self.high:g}")

    def _bound(self) -> str:
        if self.high is not None:
            form = tr("up to {mm:g} mm") if self.high_included else tr("less than {mm:g} mm")
            return form.format(mm=self.high)
        form = tr("{mm:g} mm or more") if self.low_included else tr("more than {mm:g} mm")
        return form.format(mm=self.low)

    def recorded(self) -> float | dict[str, Any]:
        """Return what a file holds: a number, or the ends that are known."""
        if self.exact is not None:
            return self.exact
        body: dict[str, Any] = {name: end for name in ("low", "high") if (end := getattr(self, name)) is not None}
        return body | {name: False for name in ("low_included", "high_included") if not getattr(self, name)}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        number = core_schema.float_schema(ge=0, le=MOST_MM, strict=True)
        included = core_schema.typed_dict_field(core_schema.bool_schema(strict=True), required=False)
        end = core_schema.typed_dict_field(number, required=False)
        ends = core_schema.typed_dict_schema(
            {"low": end, "high": end, "low_included": included, "high_included": included}, extra_behavior="forbid"
        )
        forms: dict[Any, CoreSchema] = {
            "[number]": core_schema.no_info_after_validator_function(cls.exactly, number),
            "[range]": core_schema.no_info_after_validator_function(cls._of_ends, ends),
            "[size]": core_schema.is_instance_schema(cls),
        }
        written = core_schema.plain_serializer_function_ser_schema(cls.recorded)
        return core_schema.tagged_union_schema(forms, cls._form, serialization=written)

    @classmethod
    def _form(cls, value: Any) -> str:
        return "[size]" if isinstance(value, cls) else "[range]" if isinstance(value, dict) else "[number]"

    @classmethod
    def _of_ends(cls, ends: dict[str, Any]) -> Self:
        return cls(**{"low": None, "high": None, **ends})

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        number = {"type": "number", "minimum": 0, "maximum": MOST_MM}
        ends = {name: {"type": "boolean", "default": True} for name in ("low_included", "high_included")}
        as_range = {
            "type": "object",
            "properties": {"low": number, "high": number, **ends},
            "additionalProperties": False,
            "minProperties": 1,
        }
        return {"anyOf": [number, as_range]}
