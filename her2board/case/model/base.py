"""What every section of a case shares. None is 'not recorded'."""

from typing import Annotated, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from her2board.case import terms as t
from her2board.case.dates import PartialDate

Text = Annotated[str, Field(max_length=4000)]
Short = Annotated[str, Field(max_length=300)]
Texts = tuple[Short, ...]
Flag = bool
HIGHEST_GRADE = 5
"""Of adverse events, by CTCAE."""
Grade = Annotated[int, Field(ge=0, le=HIGHEST_GRADE)]
Percent = Annotated[float, Field(ge=0, le=100)]
SITE = "lokalisation, localisation, sede, localizacion, localizacao, sitio"
DATE = "date, datum, fecha, data"
NOTE = "notes, comment, comments, remark, remarks, bemerkung, remarque, observaciones"
"""What copied tables call columns that several lists have."""
ItemT = TypeVar("ItemT", bound=BaseModel)


class OfProgram:
    """Marks a text that the program writes itself, such as the path of a field: nobody's name is looked for in it."""


class Part(BaseModel):
    """A frozen part of a case; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class Listed(Part, Generic[ItemT]):
    """A list that keeps 'none' (complete and empty) apart from 'not asked'."""

    completeness: t.Completeness = "not_asked"
    items: tuple[ItemT, ...] = ()

    @model_validator(mode="after")
    def _asked_when_filled(self) -> Self:
        if self.items and self.completeness == "not_asked":
            raise ValueError("a list with entries is 'complete' or 'partial', not 'not_asked'")
        return self


class Absence(Part):
    """Why a field is not recorded, and who will bring it."""

    reason: t.AbsenceReason
    owner: Short | None = None
    due: PartialDate | None = None
    note: Short | None = None


class Count(Part):
    """A number of lesions: exact, a range, at least, or diffuse."""

    low: Annotated[int, Field(ge=0, le=999)]
    high: Annotated[int | None, Field(ge=0, le=999)] = None
    diffuse: bool = False

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.high is not None and self.high < self.low:
            raise ValueError(f"the upper number {self.high} is below the lower number {self.low}")
        return self
