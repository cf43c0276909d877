"""What a person recorded as urgent."""

from typing import Annotated

from her2board.case.dates import PartialDate
from her2board.case.model.base import Flag, Part, Short, Text
from her2board.case.terms import Info
from her2board.wording import Marked

_URGENT_WHY: Marked = "Symptomatic or pressing disease goes to local therapy first"


class Urgency(Part):
    """What a person recorded as urgent. Nothing here is computed."""

    urgent: Annotated[
        Flag | None, Info("Urgent", "H", 3, why=_URGENT_WHY, asks="oncology", question="Is the case urgent?")
    ] = None
    mass_effect: Annotated[
        Flag | None,
        Info(
            "Mass effect or herniation",
            "H",
            3,
            why=_URGENT_WHY,
            asks="radiology",
            fact="mass_effect",
            question="Is there mass effect or herniation on {mri}?",
        ),
    ] = None
    hydrocephalus: Annotated[
        Flag | None,
        Info(
            "Hydrocephalus",
            "H",
            3,
            why=_URGENT_WHY,
            asks="radiology",
            fact="hydrocephalus",
            question="Is there hydrocephalus on {mri}?",
        ),
    ] = None
    raised_pressure: Annotated[
        Flag | None,
        Info(
            "Signs of raised intracranial pressure",
            "S",
            3,
            why=_URGENT_WHY,
            asks="oncology",
            fact="raised_pressure",
            question="Are there signs of raised intracranial pressure?",
        ),
    ] = None
    haemorrhage_with_deficit: Annotated[
        Flag | None,
        Info(
            "Haemorrhage with deficit",
            "S",
            3,
            why=_URGENT_WHY,
            asks="radiology",
            question="Is there a haemorrhage with a neurological deficit?",
        ),
    ] = None
    fast_decline: Annotated[
        Flag | None,
        Info(
            "Fast neurological decline",
            "H",
            3,
            why=_URGENT_WHY,
            asks="oncology",
            question="Is the neurological state declining fast?",
        ),
    ] = None
    uncontrolled_seizures: Annotated[
        Flag | None,
        Info(
            "Uncontrolled seizures",
            "H",
            3,
            why=_URGENT_WHY,
            asks="oncology",
            fact="uncontrolled_seizures",
            question="Are there seizures that are not controlled?",
        ),
    ] = None
    posterior_fossa_crowding: Annotated[
        Flag | None,
        Info(
            "Crowded posterior fossa",
            "H",
            3,
            why=_URGENT_WHY,
            asks="radiology",
            fact="posterior_fossa_crowding",
            question="Is the posterior fossa crowded on {mri}?",
        ),
    ] = None
    cord_compression: Annotated[
        Flag | None,
        Info(
            "Spinal cord compression",
            "S",
            0,
            why=_URGENT_WHY,
            asks="radiology",
            fact="cord_compression",
            question="Is the spinal cord compressed?",
        ),
    ] = None
    immediate_local_therapy: Annotated[
        Flag | None,
        Info(
            "Immediate local therapy needed",
            "S",
            3,
            why="Most cohorts took only patients who did not need it",
            asks="radiation oncology",
            question="Is local therapy needed at once?",
        ),
    ] = None
    recorded_by: Annotated[Short | None, Info("Urgency recorded by")] = None
    recorded_on: Annotated[PartialDate | None, Info("Urgency recorded on", past=True)] = None
    note: Annotated[Text | None, Info("Urgency, in words", long=True)] = None
