"""What a person recorded as urgent."""

from typing import Annotated

from her2board.case.dates import PartialDate
from her2board.case.model.base import Flag, Part, Short, Text
from her2board.case.terms import Info
from her2board.wording import Marked

_URGENT_WHY: Marked = "Symptomatic or pressing disease goes to local therapy first"


class Urgency(Part):
    """What a person recorded as urgent. Nothing here is computed."""

    urgent: Annotated[Flag | None, Info("Urgent", "H", 3, why=_URGENT_WHY, asks="oncology")] = None
    mass_effect: Annotated[
        Flag | None,
        Info("Mass effect or herniation", "H", 3, why=_URGENT_WHY, asks="radiology", fact="mass_effect"),
    ] = None
    hydrocephalus: Annotated[
        Flag | None, Info("Hydrocephalus", "H", 3, why=_URGENT_WHY, asks="radiology", fact="hydrocephalus")
    ] = None
    raised_pressure: Annotated[
        Flag | None,
        Info("Signs of raised intracranial pressure", "S", 3, why=_URGENT_WHY, asks="oncology", fact="raised_pressure"),
    ] = None
    haemorrhage_with_deficit: Annotated[
        Flag | None, Info("Haemorrhage with deficit", "S", 3, why=_URGENT_WHY, asks="radiology")
    ] = None
    fast_decline: Annotated[
        Flag | None, Info("Fast neurological decline", "H", 3, why=_URGENT_WHY, asks="oncology")
    ] = None
    uncontrolled_seizures: Annotated[
        Flag | None,
        Info("Uncontrolled seizures", "H", 3, why=_URGENT_WHY, asks="oncology", fact="uncontrolled_seizures"),
    ] = None
    posterior_fossa_crowding: Annotated[
        Flag | None,
        Info("Crowded posterior fossa", "H", 3, why=_URGENT_WHY, asks="radiology", fact="posterior_fossa_crowding"),
    ] = None
    cord_compression: Annotated[
        Flag | None,
        Info("Spinal cord compression", "S", 0, why=_URGENT_WHY, asks="radiology", fact="cord_compression"),
    ] = None
    immediate_local_therapy: Annotated[
        Flag | None,
        Info(
            "Immediate local therapy needed",
            "S",
            3,
            why="Most cohorts took only patients who did not need it",
            asks="radiation oncology",
        ),
    ] = None
    recorded_by: Annotated[Short | None, Info("Urgency recorded by")] = None
    recorded_on: Annotated[PartialDate | None, Info("Urgency recorded on", past=True)] = None
    note: Annotated[Text | None, Info("Urgency, in words", long=True)] = None
