"""What can be done here."""

from typing import Annotated

from pydantic import Field

from her2board.case import terms as t
from her2board.case.model.base import Flag, Part, Short
from her2board.case.terms import Info


class Access(Part):
    """What can be done here."""

    radiosurgery: Annotated[
        t.Availability | None,
        Info(
            "Radiosurgery available",
            "S",
            0,
            why="Not here is not the same as not anywhere",
            asks="radiation oncology",
            fact="radiosurgery_access",
            question="Is radiosurgery available here, by referral or not at all?",
        ),
    ] = None
    radiosurgery_feasible: Annotated[
        Flag | None,
        Info(
            "Radiosurgery feasible",
            "S",
            33,
            asks="radiation oncology",
            fact="radiosurgery_feasible",
            question="Is radiosurgery feasible for these lesions?",
        ),
    ] = None
    hippocampal_avoidance: Annotated[
        t.Availability | None,
        Info(
            "Hippocampal avoidance available",
            "S",
            0,
            asks="radiation oncology",
            fact="hippocampal_avoidance_access",
            question="Is hippocampal avoidance available here, by referral or not at all?",
        ),
    ] = None
    surgery_feasible: Annotated[
        Flag | None,
        Info(
            "Resection feasible",
            "S",
            33,
            asks="neurosurgery",
            fact="surgery_feasible",
            question="Is resection feasible?",
        ),
    ] = None
    drugs: Annotated[
        dict[Short, bool],
        Info(
            "Drug access at this clinic",
            "S",
            0,
            asks="oncology",
            question="Which of the HER2 drugs can be had at this clinic?",
        ),
    ] = Field(default_factory=dict)
