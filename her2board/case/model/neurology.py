"""Neurological symptoms and the steroid."""

from typing import Annotated

from pydantic import Field

from her2board.case import terms as t
from her2board.case.dates import PartialDate
from her2board.case.model.base import Flag, Part, Texts
from her2board.case.terms import Info


class Neurology(Part):
    """Symptoms and their treatment now."""

    symptoms_present: Annotated[
        Flag | None,
        Info(
            "Neurological symptoms now",
            "H",
            6,
            why="Symptomatic: local therapy first",
            asks="oncology",
            fact="symptoms",
            question="Does the patient have neurological symptoms now?",
        ),
    ] = None
    symptoms: Annotated[
        Texts | None,
        Info("Which symptoms", "S", 6, asks="oncology", question="Which neurological symptoms does the patient have?"),
    ] = None
    trend: Annotated[
        t.Trend | None,
        Info("Trend of symptoms", "H", 6, asks="oncology", question="Are the symptoms improving, stable or worsening?"),
    ] = None
    assessed_on: Annotated[
        PartialDate | None,
        Info("Symptoms assessed on", "S", 6, past=True, question="On which day were the symptoms assessed?"),
    ] = None
    steroid_given: Annotated[
        Flag | None,
        Info(
            "Steroid given",
            "H",
            7,
            why="Part of stability and of response",
            asks="oncology",
            question="Is a steroid given?",
        ),
    ] = None
    dexamethasone_mg: Annotated[
        float | None,
        Field(ge=0, le=200),
        Info(
            "Dexamethasone equivalent per day",
            "H",
            7,
            "mg",
            asks="oncology",
            question="How much dexamethasone, or its equivalent, is given per day?",
        ),
    ] = None
    steroid_start: Annotated[
        PartialDate | None, Info("Steroid since", "S", 7, past=True, question="Since when is the steroid given?")
    ] = None
    steroid_trend: Annotated[
        t.DoseTrend | None,
        Info(
            "Steroid dose trend",
            "H",
            7,
            asks="oncology",
            fact="steroid_trend",
            question="Is the steroid dose falling, stable or rising?",
        ),
    ] = None
    antiseizure_drugs: Annotated[
        Texts | None,
        Info("Anti-seizure drugs", "S", 7, asks="oncology", question="Which anti-seizure drugs does the patient take?"),
    ] = None
    cord_symptoms: Annotated[Texts | None, Info("Symptoms of the spinal cord", "O", 6, asks="oncology")] = None
    other_symptoms: Annotated[
        Texts | None, Info("Neurological symptoms of another or unknown site", "O", 6, asks="oncology")
    ] = None
    other_steroid_mg: Annotated[
        float | None,
        Field(ge=0, le=200),
        Info("Steroid for another reason, dexamethasone equivalent per day", "O", 7, "mg", asks="oncology"),
    ] = None
    other_steroid_reason: Annotated[
        t.SteroidReason | None, Info("Reason for that steroid", "O", 7, asks="oncology")
    ] = None
