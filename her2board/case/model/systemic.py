"""Systemic treatment so far, and disease outside the brain."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from her2board.case import terms as t
from her2board.case.dates import PartialDate
from her2board.case.model.base import Flag, Listed, Part, Short, Texts
from her2board.case.terms import Info


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
    line: Annotated[int | None, Field(ge=1, le=30), Info("Line of metastatic therapy")] = None
    """Number as recorded; rows with one number are one line. Else dates, drugs and reasons decide."""
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


class Systemic(Part):
    """Systemic treatment so far and disease outside the brain."""

    lines: Annotated[
        SystemicLines,
        Info("Systemic treatment", "H", 20, why="Lines and reasons for stopping", asks="oncology"),
    ] = Field(default_factory=SystemicLines)
    exposure: Annotated[
        dict[Short, Exposure], Info("Given before", "H", 21, why="Cohorts exclude by drug", asks="oncology")
    ] = Field(default_factory=dict)
    extracranial: Annotated[
        t.Extracranial | None,
        Info(
            "Disease outside the brain",
            "H",
            22,
            why="Statements depend on it",
            asks="oncology",
            dated_by="systemic.staging_date",
            fact="extracranial",
        ),
    ] = None
    extracranial_sites: Annotated[Texts | None, Info("Sites outside the brain", "S", 22, asks="oncology")] = None
    staging_date: Annotated[PartialDate | None, Info("Staged on", "H", 22, asks="oncology", past=True)] = None
