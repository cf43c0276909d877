"""Organ function and residual toxicity."""

from typing import Annotated

from pydantic import Field

from her2board.case import terms as t
from her2board.case.dates import PartialDate
from her2board.case.model.base import Flag, Grade, Part, Percent, Short
from her2board.case.terms import Info


class Organs(Part):
    """Organ function and residual toxicity."""

    lvef_percent: Annotated[
        Percent | None,
        Info(
            "LVEF",
            "S",
            23,
            "%",
            "Entry limit and label caution",
            "oncology",
            dated_by="organs.lvef_date",
            fact="lvef_percent",
        ),
    ] = None
    lvef_date: Annotated[PartialDate | None, Info("LVEF measured on", "S", 23, past=True)] = None
    ild_history: Annotated[
        Flag | None, Info("ILD or pneumonitis ever", "H", 24, why="Label caution of T-DXd", asks="oncology")
    ] = None
    ild_grade: Annotated[Grade | None, Info("Highest ILD grade", "S", 24, asks="oncology")] = None
    lung_comorbidity: Annotated[Short | None, Info("Lung comorbidity", "S", 24, asks="oncology")] = None
    neuropathy_grade: Annotated[
        Grade | None,
        Info("Neuropathy grade", "S", 25, asks="oncology", dated_by="organs.toxicity_date", fact="neuropathy_grade"),
    ] = None
    diarrhoea_grade: Annotated[
        Grade | None,
        Info("Diarrhoea grade", "S", 25, asks="oncology", dated_by="organs.toxicity_date", fact="diarrhoea_grade"),
    ] = None
    hand_foot_grade: Annotated[
        Grade | None,
        Info("Hand-foot grade", "S", 25, asks="oncology", dated_by="organs.toxicity_date", fact="hand_foot_grade"),
    ] = None
    cytopenia_grade: Annotated[
        Grade | None,
        Info("Cytopenia grade", "S", 25, asks="oncology", dated_by="organs.toxicity_date", fact="cytopenia_grade"),
    ] = None
    toxicity_date: Annotated[PartialDate | None, Info("Toxicity graded on", "S", 25, past=True)] = None
    liver: Annotated[
        t.Range | None, Info("Liver tests", "S", 26, asks="oncology", dated_by="organs.laboratory_date", fact="liver")
    ] = None
    renal: Annotated[
        t.Range | None,
        Info("Renal function", "S", 26, asks="oncology", dated_by="organs.laboratory_date", fact="renal"),
    ] = None
    blood_counts: Annotated[
        t.Range | None,
        Info("Blood counts", "S", 26, asks="oncology", dated_by="organs.laboratory_date", fact="blood_counts"),
    ] = None
    laboratory_date: Annotated[PartialDate | None, Info("Laboratory date", "S", 26, past=True)] = None
    child_pugh: Annotated[t.ChildPugh | None, Info("Child-Pugh", "O", 0, asks="oncology", fact="child_pugh")] = None
    creatinine_clearance: Annotated[
        float | None,
        Field(ge=0, le=300),
        Info("Creatinine clearance", "O", 26, "mL/min", asks="oncology", fact="creatinine_clearance"),
    ] = None
