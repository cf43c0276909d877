"""The person."""

from typing import Annotated

from pydantic import Field

from her2board.case import terms as t
from her2board.case.dates import PartialDate
from her2board.case.model.base import Flag, Part, Short, Text, Texts
from her2board.case.terms import Info


class Patient(Part):
    """The person: age, performance, comorbidity, view and circumstances."""

    age: Annotated[
        int | None,
        Field(ge=0, le=120),
        Info(
            "Age",
            "H",
            4,
            "years",
            "Prognostic variable",
            "coordinator",
            dated_by="patient.age_on",
            question="How old is the patient?",
        ),
    ] = None
    age_note: Annotated[Short | None, Info("Age, in words")] = None
    sex: Annotated[t.Sex | None, Info("Sex")] = None
    menopause: Annotated[t.Menopause | None, Info("Menopausal status", "O", 0, asks="oncology")] = None
    pregnant: Annotated[
        Flag | None,
        Info(
            "Pregnant",
            "S",
            0,
            why="Label caution of every HER2 drug",
            asks="oncology",
            question="Is the patient pregnant?",
        ),
    ] = None
    child_bearing: Annotated[
        Flag | None,
        Info("Child-bearing potential", "O", 0, asks="oncology", question="Can the patient become pregnant?"),
    ] = None
    ecog: Annotated[
        int | None,
        Field(ge=0, le=4),
        Info(
            "ECOG",
            "H",
            5,
            why="Entry limit of most trials",
            asks="oncology",
            dated_by="patient.performance_date",
            fact="ecog",
            aliases="ecog ps, ps ecog, ecog performance status, who performance status",
            question="What is the ECOG performance status?",
        ),
    ] = None
    kps: Annotated[
        int | None,
        Field(ge=0, le=100, multiple_of=10),
        Info(
            "Karnofsky",
            "S",
            5,
            why="Threshold of radiosurgery statements",
            asks="oncology",
            dated_by="patient.performance_date",
            fact="kps",
            aliases="kps, karnofsky index, karnofsky performance status",
            question="What is the Karnofsky score?",
        ),
    ] = None
    performance_date: Annotated[
        PartialDate | None,
        Info("Performance scored on", "H", 5, past=True, question="On which day was performance scored?"),
    ] = None
    performance_by: Annotated[
        Short | None, Info("Performance scored by", "S", 5, question="Who scored performance?")
    ] = None
    comorbidity: Annotated[
        Texts | None,
        Info(
            "Comorbidity",
            "H",
            27,
            why="Commonest cause of a plan that fails",
            asks="oncology",
            fact="comorbidity",
            question="Which other illnesses does the patient have?",
        ),
    ] = None
    frailty: Annotated[
        Short | None,
        Info("Frailty", "S", 27, asks="oncology", question="How frail is the patient, and by which scale?"),
    ] = None
    current_drugs: Annotated[
        Texts | None, Info("Current drugs", "S", 28, asks="oncology", question="Which drugs does the patient take now?")
    ] = None
    anticoagulated: Annotated[
        Flag | None,
        Info(
            "Anticoagulation",
            "S",
            28,
            asks="oncology",
            fact="anticoagulated",
            question="Is the patient anticoagulated?",
        ),
    ] = None
    qt_or_cyp_issue: Annotated[
        Short | None,
        Info("QT or CYP interaction", "S", 28, asks="oncology", question="Is there a QT problem or a CYP interaction?"),
    ] = None
    allergies: Annotated[
        Texts | None, Info("Allergies", "O", 28, asks="oncology", question="Which allergies does the patient have?")
    ] = None
    goals: Annotated[
        Text | None,
        Info(
            "Patient's view and goals",
            "H",
            29,
            why="The board decides about this life",
            asks="patient",
            long=True,
            fact="goals",
            question="What matters most to the patient, and what does the patient want?",
        ),
    ] = None
    goals_asked_by: Annotated[
        Short | None, Info("Asked by", "H", 29, asks="patient", question="Who asked the patient about goals?")
    ] = None
    goals_asked_on: Annotated[
        PartialDate | None,
        Info("Asked on", "H", 29, past=True, question="On which day was the patient asked about goals?"),
    ] = None
    declines: Annotated[
        Texts | None, Info("Declines", "S", 29, asks="patient", question="Which treatments does the patient decline?")
    ] = None
    trial_willing: Annotated[
        Flag | None,
        Info(
            "Willing to join a trial",
            "S",
            0,
            asks="patient",
            fact="trial_willing",
            question="Is the patient willing to join a trial?",
        ),
    ] = None
    psychosocial: Annotated[
        Text | None,
        Info(
            "Psychosocial",
            "S",
            30,
            asks="patient",
            long=True,
            question="Which parts of the patient’s personal and social situation matter for treatment?",
        ),
    ] = None
    carer: Annotated[
        Short | None, Info("Carer", "S", 30, asks="patient", question="Who cares for the patient at home?")
    ] = None
    language: Annotated[
        Short | None, Info("Language", "S", 30, asks="patient", question="Which language does the patient speak best?")
    ] = None
    travel: Annotated[
        Short | None,
        Info("Travel", "S", 30, asks="patient", question="How far, and how, does the patient travel to treatment?"),
    ] = None
    cognition: Annotated[
        Short | None,
        Info(
            "Baseline cognition (test, score)",
            "S",
            31,
            why="Weighs on WBRT",
            asks="oncology",
            question="What is the baseline cognition, by which test and score?",
        ),
    ] = None
    cognition_date: Annotated[
        PartialDate | None,
        Info("Cognition tested on", "S", 31, past=True, question="On which day was cognition tested?"),
    ] = None
    work_or_driving: Annotated[
        Short | None, Info("Work or driving needs", "S", 31, asks="patient", question="Does the patient work or drive?")
    ] = None
    birth_year: Annotated[
        int | None,
        Field(ge=1900, le=2200),
        Info("Year of birth", "O", 4, why="Gives the age at each discussion", asks="coordinator"),
    ] = None
    age_on: Annotated[PartialDate | None, Info("Age recorded on", "O", 4, asks="coordinator", past=True)] = None
    performance_words: Annotated[Short | None, Info("Performance, in words", "O", 5, asks="oncology")] = None
    """As somebody put it, 'fully active'; no score is read from it."""
    trimester: Annotated[
        t.Trimester | None,
        Info("Trimester of pregnancy", "O", 0, asks="oncology", question="In which trimester is the pregnancy?"),
    ] = None
    delivery_due: Annotated[PartialDate | None, Info("Expected date of delivery", "O", 0, asks="oncology")] = None
