"""Whom the case is about, and the discussion it is prepared for."""

from typing import Annotated

from her2board.case import terms as t
from her2board.case.dates import PartialDate
from her2board.case.model.base import Flag, Part, Short, Text
from her2board.case.terms import Info


class Identity(Part):
    """Name and record number: optional, kept apart, printed only when asked for."""

    name: Annotated[Short | None, Info("Name", identifying=True)] = None
    record_number: Annotated[Short | None, Info("Record number", identifying=True)] = None


class Meeting(Part):
    """The discussion this case is prepared for."""

    date: Annotated[
        PartialDate | None,
        Info(
            "Meeting date",
            "H",
            1,
            why="Every date is judged against it",
            asks="coordinator",
            question="On which day is the case discussed?",
        ),
    ] = None
    consultant: Annotated[
        Short | None,
        Info(
            "Named consultant", "H", 1, asks="coordinator", question="Which consultant is responsible for the patient?"
        ),
    ] = None
    call_back: Annotated[
        Short | None,
        Info(
            "Call-back number or address",
            "H",
            1,
            asks="coordinator",
            question="At which number or address can the consultant be reached?",
        ),
    ] = None
    preparer: Annotated[
        Short | None, Info("Prepared by", "H", 1, asks="coordinator", question="Who prepared the case?")
    ] = None
    place: Annotated[Short | None, Info("Institution")] = None
    last_discussed: Annotated[PartialDate | None, Info("Last discussed on", past=True)] = None
    question: Annotated[
        Text | None,
        Info(
            "Question for the board",
            "H",
            2,
            why="Discussions with a stated question score better",
            long=True,
            question="Which question should the board answer?",
        ),
    ] = None
    new_since: Annotated[
        Text | None, Info("What is new", "H", 2, long=True, question="What is new since the last discussion?")
    ] = None
    last_decision: Annotated[
        Text | None,
        Info("Last decision", long=True, asks="coordinator", question="What was decided at the last discussion?"),
    ] = None
    last_decision_carried_out: Annotated[
        t.CarriedOut | None,
        Info("Last decision carried out", asks="coordinator", question="Was the last decision carried out?"),
    ] = None
    last_decision_note: Annotated[
        Short | None, Info("What of it was carried out, or why it was not", asks="coordinator")
    ] = None
    wbrt_proposed: Annotated[Flag | None, Info("Whole-brain radiotherapy is proposed", fact="wbrt_proposed")] = None
    wbrt_proposed_by: Annotated[
        Short | None,
        Info(
            "Whole-brain radiotherapy proposed by",
            asks="coordinator",
            question="Which discipline or person proposes whole-brain radiotherapy?",
        ),
    ] = None
