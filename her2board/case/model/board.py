"""Who was heard, and what was considered and decided."""

from typing import Annotated

from her2board.case import terms as t
from her2board.case.dates import PartialDate
from her2board.case.model.base import DATE, Flag, Part, Short, Text
from her2board.case.terms import Info


class DisciplineInput(Part):
    """What one discipline said, or when it will."""

    discipline: Annotated[t.Discipline, Info("Discipline", aliases="specialty, department")]
    status: Annotated[t.InputStatus, Info("Status")]
    day: Annotated[PartialDate | None, Info("Heard on", heading="Date", past=True, aliases=DATE)] = None
    by: Annotated[Short | None, Info("By", aliases="who, name")] = None
    view: Annotated[Short | None, Info("View", aliases="opinion, comment")] = None
    due: Annotated[PartialDate | None, Info("Due", aliases="due date, by when")] = None
    discipline_name: Annotated[
        Short | None,
        Info("Name of another discipline", heading="Which", aliases="which, which discipline, other discipline"),
    ] = None

    @property
    def key(self) -> str:
        """Identify the discipline: by its entry in the list, or where it has none by its name."""
        return (
            f"{self.discipline}:{self.discipline_name}"
            if self.discipline == t.Discipline.OTHER
            else str(self.discipline)
        )

    @property
    def other_name(self) -> str:
        """Name of a discipline without an entry of its own, as typed; empty for those of the list."""
        return (self.discipline_name or "") if self.discipline == t.Discipline.OTHER else ""


class Considered(Part):
    """An alternative the team has already talked about."""

    option: Annotated[t.OptionKind, Info("Option", aliases="alternative")]
    view: Annotated[Short | None, Info("View", aliases="opinion, comment")] = None
    by: Annotated[Short | None, Info("By", aliases="who, name")] = None


class Outstanding(Part):
    """Something still to be brought, by whom and when."""

    what: Annotated[Short, Info("What", aliases="item, outstanding, to do")]
    owner: Annotated[Short | None, Info("Owner", aliases="responsible, who")] = None
    due: Annotated[PartialDate | None, Info("Due", aliases="due date, by when")] = None
    done: Annotated[Flag | None, Info("Done", aliases="completed")] = None


class Board(Part):
    """Who was heard, what was considered, what is outstanding, what was decided."""

    disciplines: Annotated[
        tuple[DisciplineInput, ...], Info("Disciplines heard", "H", 32, why="Joint planning is the standard")
    ] = ()
    considered: Annotated[tuple[Considered, ...], Info("Alternatives considered", "H", 33)] = ()
    outstanding: Annotated[tuple[Outstanding, ...], Info("Outstanding items", "H", 35)] = ()
    genetics_referral: Annotated[
        Flag | None, Info("Genetics", "S", 36, question="Was the patient referred to genetics?")
    ] = None
    supportive_care: Annotated[
        Flag | None, Info("Supportive care", "S", 36, question="Is supportive care involved?")
    ] = None
    palliative_care: Annotated[
        Flag | None, Info("Palliative care", "S", 36, question="Is palliative care involved?")
    ] = None
    rehabilitation: Annotated[Flag | None, Info("Rehabilitation", "S", 36, question="Is rehabilitation involved?")] = (
        None
    )
    decision: Annotated[Text | None, Info("Decision", "O", 37, long=True)] = None
    dissent: Annotated[Text | None, Info("Dissent", "O", 37, long=True)] = None
    fallback: Annotated[Text | None, Info("Fallback", "O", 37, long=True)] = None
    decision_owner: Annotated[Short | None, Info("Owner of the decision", "O", 37)] = None
    decision_date: Annotated[PartialDate | None, Info("Decided on", "O", 37, past=True)] = None
    tells_patient: Annotated[Short | None, Info("Who tells the patient", "O", 37)] = None
    next_mri_date: Annotated[PartialDate | None, Info("Next MRI, if radiation waits", "O", 37)] = None
    next_mri_owner: Annotated[Short | None, Info("Owner of that MRI", "O", 37)] = None
