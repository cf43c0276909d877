"""The entries of a case's tables, and what every part of a case shares. None is 'not recorded'."""

from typing import Annotated, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from her2board.case import terms as t
from her2board.case.dates import PartialDate
from her2board.case.terms import Info

Text = Annotated[str, Field(max_length=4000)]
Short = Annotated[str, Field(max_length=300)]
Texts = tuple[Short, ...]
Flag = bool
Millimetres = Annotated[float, Field(ge=0, le=200)]
HIGHEST_GRADE = 5
"""Of adverse events, by CTCAE."""
Grade = Annotated[int, Field(ge=0, le=HIGHEST_GRADE)]
Percent = Annotated[float, Field(ge=0, le=100)]
ItemT = TypeVar("ItemT", bound=BaseModel)


class Part(BaseModel):
    """A frozen part of a case; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class Listed(Part, Generic[ItemT]):
    """A list that tells 'none' (complete and empty) from 'not asked'."""

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


class Lesion(Part):
    """One brain lesion as the report describes it."""

    site: Short | None = None
    diameter_mm: Millimetres | None = None
    perpendicular_mm: Millimetres | None = None
    state: t.LesionState | None = None
    treated_on: Annotated[PartialDate | None, Info("Treated on", past=True)] = None
    note: Short | None = None


class LocalTherapy(Part):
    """One CNS-directed local therapy; ``day`` is the operation or the last fraction."""

    kind: t.LocalKind
    day: Annotated[PartialDate | None, Info("Day of surgery or last fraction", past=True)] = None
    site: Short | None = None
    dose_gy: Annotated[float | None, Field(gt=0, le=100)] = None
    fractions: Annotated[int | None, Field(ge=1, le=60)] = None
    volume_ml: Annotated[float | None, Field(gt=0, le=2000)] = None
    hippocampal_avoidance: Flag | None = None
    memantine: Flag | None = None
    result: Short | None = None


class Specimen(Part):
    """Receptors of one specimen, as tested or as stated."""

    site: Short | None = None
    day: Annotated[PartialDate | None, Info("Specimen date", past=True)] = None
    her2_tested: Flag | None = None
    ihc: t.Ihc | None = None
    ish: t.IshResult | None = None
    ish_ratio: Annotated[float | None, Field(ge=0, le=50)] = None
    her2_copies: Annotated[float | None, Field(ge=0, le=100)] = None
    her2_stated: t.Her2Stated | None = None
    er: t.ReceptorStatus | None = None
    er_percent: Percent | None = None
    pr: t.ReceptorStatus | None = None
    pr_percent: Percent | None = None
    ki67_percent: Percent | None = None
    note: Short | None = None


class SystemicLine(Part):
    """One systemic treatment as given; drugs as people write them."""

    drugs: tuple[Short, ...] | None = None
    setting: t.Setting | None = None
    start: Annotated[PartialDate | None, Info("Start", past=True)] = None
    stop: Annotated[PartialDate | None, Info("Stop", past=True)] = None
    ongoing: Flag | None = None
    best_response: t.Response | None = None
    reason_stopped: t.StopReason | None = None
    progressed_in: t.ProgressionSite | None = None
    continues_line: bool = False
    """Continues the line before: a biosimilar or subcutaneous switch, an endocrine drug added."""
    note: Short | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start and self.stop and self.start.surely_after(self.stop):
            raise ValueError(f"stop {self.stop} lies before start {self.start}: correct one of the two dates")
        if self.ongoing and self.stop:
            raise ValueError(f"ongoing, but stopped {self.stop}: clear one of the two")
        return self


class SystemicLines(Listed[SystemicLine]):
    """The lines in order; a list can be complete for metastatic disease alone."""

    metastatic_complete: Annotated[Flag | None, Info("Metastatic lines are complete")] = None


class Exposure(Part):
    """Whether a drug was given, for when the lines themselves are not known."""

    ever: Flag | None = None
    metastatic: Flag | None = None


class DisciplineInput(Part):
    """What one discipline said, or when it will."""

    discipline: t.Discipline
    status: t.InputStatus
    day: Annotated[PartialDate | None, Info("Heard on", past=True)] = None
    by: Short | None = None
    view: Short | None = None
    due: PartialDate | None = None


class Considered(Part):
    """An alternative the team has already talked about."""

    option: t.OptionKind
    view: Short | None = None
    by: Short | None = None


class Outstanding(Part):
    """Something still to be brought, by whom and when."""

    what: Short
    owner: Short | None = None
    due: PartialDate | None = None
    done: Flag | None = None
