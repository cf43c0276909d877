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
            question="What is the LVEF, and on which day was it measured?",
        ),
    ] = None
    lvef_date: Annotated[
        PartialDate | None, Info("LVEF measured on", "S", 23, past=True, question="On which day was the LVEF measured?")
    ] = None
    ild_history: Annotated[
        Flag | None,
        Info(
            "ILD or pneumonitis ever",
            "H",
            24,
            why="Label caution of T-DXd",
            asks="oncology",
            question="Did the patient ever have ILD or pneumonitis?",
        ),
    ] = None
    ild_grade: Annotated[
        Grade | None, Info("Highest ILD grade", "S", 24, asks="oncology", question="What was the highest grade of ILD?")
    ] = None
    lung_comorbidity: Annotated[
        Short | None,
        Info("Lung comorbidity", "S", 24, asks="oncology", question="Does the patient have a lung disease?"),
    ] = None
    neuropathy_grade: Annotated[
        Grade | None,
        Info(
            "Neuropathy grade",
            "S",
            25,
            asks="oncology",
            dated_by="organs.toxicity_date",
            fact="neuropathy_grade",
            question="What is the grade of neuropathy now?",
        ),
    ] = None
    diarrhoea_grade: Annotated[
        Grade | None,
        Info(
            "Diarrhoea grade",
            "S",
            25,
            asks="oncology",
            dated_by="organs.toxicity_date",
            fact="diarrhoea_grade",
            question="What is the grade of diarrhoea now?",
        ),
    ] = None
    hand_foot_grade: Annotated[
        Grade | None,
        Info(
            "Hand-foot grade",
            "S",
            25,
            asks="oncology",
            dated_by="organs.toxicity_date",
            fact="hand_foot_grade",
            question="What is the grade of hand-foot syndrome now?",
        ),
    ] = None
    cytopenia_grade: Annotated[
        Grade | None,
        Info(
            "Cytopenia grade",
            "S",
            25,
            asks="oncology",
            dated_by="organs.toxicity_date",
            fact="cytopenia_grade",
            question="What is the grade of cytopenia now?",
        ),
    ] = None
    toxicity_date: Annotated[
        PartialDate | None, Info("Toxicity graded on", "S", 25, past=True, question="On which day was toxicity graded?")
    ] = None
    liver: Annotated[
        t.Range | None,
        Info(
            "Liver tests",
            "S",
            26,
            asks="oncology",
            dated_by="organs.laboratory_date",
            fact="liver",
            question="Are the liver tests normal?",
        ),
    ] = None
    renal: Annotated[
        t.Range | None,
        Info(
            "Renal function",
            "S",
            26,
            asks="oncology",
            dated_by="organs.laboratory_date",
            fact="renal",
            question="Is renal function normal?",
        ),
    ] = None
    blood_counts: Annotated[
        t.Range | None,
        Info(
            "Blood counts",
            "S",
            26,
            asks="oncology",
            dated_by="organs.laboratory_date",
            fact="blood_counts",
            question="Are the blood counts normal?",
        ),
    ] = None
    laboratory_date: Annotated[
        PartialDate | None,
        Info("Laboratory date", "S", 26, past=True, question="Of which day are the laboratory values?"),
    ] = None
    child_pugh: Annotated[
        t.ChildPugh | None,
        Info("Child-Pugh", "O", 0, asks="oncology", fact="child_pugh", question="What is the Child-Pugh class?"),
    ] = None
    creatinine_clearance: Annotated[
        float | None,
        Field(ge=0, le=300),
        Info(
            "Creatinine clearance",
            "O",
            26,
            "mL/min",
            asks="oncology",
            fact="creatinine_clearance",
            question="What is the creatinine clearance, in mL/min?",
        ),
    ] = None
