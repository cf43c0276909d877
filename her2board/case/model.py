"""Everything known about one patient for one discussion. None is 'not recorded', never 'no'."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from her2board.case import terms as t
from her2board.case.dates import PartialDate
from her2board.case.entries import (
    Absence,
    Considered,
    Count,
    DisciplineInput,
    Exposure,
    Flag,
    Grade,
    Lesion,
    Listed,
    LocalTherapy,
    Millimetres,
    Outstanding,
    Part,
    Percent,
    Short,
    Specimen,
    SystemicLine,
    SystemicLines,
    Text,
    Texts,
)
from her2board.case.terms import Info

__all__ = [
    "Absence",
    "Access",
    "Board",
    "Brain",
    "Case",
    "Considered",
    "Count",
    "DisciplineInput",
    "Exposure",
    "Identity",
    "Lesion",
    "Listed",
    "LocalTherapy",
    "Meeting",
    "Neurology",
    "Organs",
    "Outstanding",
    "Part",
    "Patient",
    "Specimen",
    "Systemic",
    "SystemicLine",
    "SystemicLines",
    "Tumour",
    "Urgency",
]


class Identity(Part):
    """Name and record number: optional, kept apart, printed only when asked for."""

    name: Annotated[Short | None, Info("Name", identifying=True)] = None
    record_number: Annotated[Short | None, Info("Record number", identifying=True)] = None


class Meeting(Part):
    """The discussion this case is prepared for."""

    date: Annotated[
        PartialDate | None,
        Info("Meeting date", "H", 1, why="Every date is judged against it", asks="coordinator"),
    ] = None
    consultant: Annotated[Short | None, Info("Named consultant", "H", 1, asks="coordinator")] = None
    call_back: Annotated[Short | None, Info("Call-back number or address", "H", 1, asks="coordinator")] = None
    preparer: Annotated[Short | None, Info("Prepared by", "H", 1, asks="coordinator")] = None
    place: Annotated[Short | None, Info("Institution")] = None
    last_discussed: Annotated[PartialDate | None, Info("Last discussed on", past=True)] = None
    question: Annotated[
        Text | None,
        Info("Question for the board", "H", 2, why="Discussions with a stated question score better", long=True),
    ] = None
    new_since: Annotated[Text | None, Info("What is new", "H", 2, long=True)] = None
    wbrt_proposed: Annotated[Flag | None, Info("Whole-brain radiotherapy is proposed")] = None


_URGENT_WHY = "Symptomatic or pressing disease goes to local therapy first"


class Urgency(Part):
    """What a person recorded as urgent. Nothing here is computed."""

    urgent: Annotated[Flag | None, Info("Urgent", "H", 3, why=_URGENT_WHY, asks="oncology")] = None
    mass_effect: Annotated[
        Flag | None, Info("Mass effect or herniation", "H", 3, why=_URGENT_WHY, asks="radiology")
    ] = None
    hydrocephalus: Annotated[Flag | None, Info("Hydrocephalus", "H", 3, why=_URGENT_WHY, asks="radiology")] = None
    raised_pressure: Annotated[
        Flag | None, Info("Signs of raised intracranial pressure", "S", 3, why=_URGENT_WHY, asks="oncology")
    ] = None
    haemorrhage_with_deficit: Annotated[
        Flag | None, Info("Haemorrhage with deficit", "S", 3, why=_URGENT_WHY, asks="radiology")
    ] = None
    fast_decline: Annotated[
        Flag | None, Info("Fast neurological decline", "H", 3, why=_URGENT_WHY, asks="oncology")
    ] = None
    uncontrolled_seizures: Annotated[
        Flag | None, Info("Uncontrolled seizures", "H", 3, why=_URGENT_WHY, asks="oncology")
    ] = None
    posterior_fossa_crowding: Annotated[
        Flag | None, Info("Crowded posterior fossa", "H", 3, why=_URGENT_WHY, asks="radiology")
    ] = None
    cord_compression: Annotated[
        Flag | None, Info("Spinal cord compression", "S", 0, why=_URGENT_WHY, asks="radiology")
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


class Brain(Part):
    """Brain imaging, lesions, leptomeninges, class and earlier local therapy."""

    modality: Annotated[
        t.Modality | None, Info("Imaging", "H", 8, why="Contrast MRI is the reference", asks="radiology")
    ] = None
    contrast: Annotated[Flag | None, Info("With contrast", "H", 8, asks="radiology")] = None
    imaging_date: Annotated[PartialDate | None, Info("Imaging date", "H", 8, asks="radiology", past=True)] = None
    reported_by: Annotated[Short | None, Info("Reported by", "H", 8, asks="radiology")] = None
    comparison_date: Annotated[
        PartialDate | None, Info("Compared with imaging of", "H", 8, asks="radiology", past=True)
    ] = None
    lesion_count: Annotated[
        Count | None,
        Info(
            "Number of metastases",
            "H",
            9,
            why="Radiosurgery statements change with it",
            asks="radiology",
            dated_by="brain.imaging_date",
        ),
    ] = None
    largest_mm: Annotated[
        Millimetres | None,
        Info(
            "Largest diameter",
            "H",
            10,
            "mm",
            "Cut-points for radiosurgery and surgery",
            "radiology",
            dated_by="brain.imaging_date",
        ),
    ] = None
    measurable: Annotated[
        Flag | None,
        Info(
            "Measurable CNS disease",
            "H",
            10,
            why="CNS response was counted in measurable disease only",
            asks="radiology",
            dated_by="brain.imaging_date",
        ),
    ] = None
    total_volume_ml: Annotated[
        float | None, Field(ge=0, le=2000), Info("Total volume", "O", 11, "mL", asks="radiology")
    ] = None
    sites: Annotated[Texts | None, Info("Sites", "S", 12, why="Decides access", asks="radiology")] = None
    brainstem: Annotated[Flag | None, Info("Lesion in the brainstem", "S", 12, asks="radiology")] = None
    posterior_fossa: Annotated[Flag | None, Info("Lesion in the posterior fossa", "S", 12, asks="radiology")] = None
    eloquent: Annotated[Flag | None, Info("Lesion in eloquent cortex", "S", 12, asks="radiology")] = None
    near_hippocampus: Annotated[
        Flag | None,
        Info("Lesion near a hippocampus", "S", 12, why="Decides hippocampal avoidance", asks="radiology"),
    ] = None
    spinal_cord: Annotated[Flag | None, Info("Lesion in the spinal cord", "O", 0, asks="radiology")] = None
    oedema: Annotated[Flag | None, Info("Oedema", "S", 12, asks="radiology")] = None
    lesions: Annotated[Listed[Lesion], Info("Lesions one by one", "O", 9, asks="radiology")] = Field(
        default_factory=Listed[Lesion]
    )
    leptomeninges: Annotated[
        t.Leptomeninges | None,
        Info("Leptomeningeal disease", "H", 13, why="A separate pathway and separate cohorts", asks="radiology"),
    ] = None
    leptomeninges_basis: Annotated[Short | None, Info("Basis (MRI, cytology, signs)", "H", 13, asks="radiology")] = None
    leptomeninges_treated: Annotated[
        Flag | None, Info("Leptomeningeal disease treated before", "O", 13, asks="oncology")
    ] = None
    cns_class: Annotated[
        tuple[t.CnsClass, ...] | None,
        Info("Class of the metastases", "H", 14, why="Cohorts were split by it", asks="radiology"),
    ] = None
    class_date: Annotated[PartialDate | None, Info("Class recorded on", "S", 14, past=True)] = None
    local_therapies: Annotated[
        Listed[LocalTherapy],
        Info("Earlier brain treatment", "H", 15, why="Wash-outs and re-irradiation", asks="radiation oncology"),
    ] = Field(default_factory=Listed[LocalTherapy])
    necrosis_in_question: Annotated[
        Flag | None,
        Info("Radiation necrosis in question", "S", 16, why="Then 'progressing' is not known", asks="radiology"),
    ] = None

    @model_validator(mode="after")
    def _class_is_a_set(self) -> Self:
        if self.cns_class is not None:
            if not self.cns_class:
                raise ValueError("cns_class names at least one class, or is left out when not recorded")
            if len(set(self.cns_class)) < len(self.cns_class):
                raise ValueError("cns_class names a class twice")
        return self


class Neurology(Part):
    """Symptoms and their treatment now."""

    symptoms_present: Annotated[
        Flag | None,
        Info("Neurological symptoms now", "H", 6, why="Symptomatic: local therapy first", asks="oncology"),
    ] = None
    symptoms: Annotated[Texts | None, Info("Which symptoms", "S", 6, asks="oncology")] = None
    trend: Annotated[t.Trend | None, Info("Trend of symptoms", "H", 6, asks="oncology")] = None
    assessed_on: Annotated[PartialDate | None, Info("Symptoms assessed on", "S", 6, past=True)] = None
    steroid_given: Annotated[
        Flag | None, Info("Steroid given", "H", 7, why="Part of stability and of response", asks="oncology")
    ] = None
    dexamethasone_mg: Annotated[
        float | None,
        Field(ge=0, le=200),
        Info("Dexamethasone equivalent per day", "H", 7, "mg", asks="oncology"),
    ] = None
    steroid_start: Annotated[PartialDate | None, Info("Steroid since", "S", 7, past=True)] = None
    steroid_trend: Annotated[t.DoseTrend | None, Info("Steroid dose trend", "H", 7, asks="oncology")] = None
    antiseizure_drugs: Annotated[Texts | None, Info("Anti-seizure drugs", "S", 7, asks="oncology")] = None


class Patient(Part):
    """The person: age, performance, comorbidity, view and circumstances."""

    age: Annotated[
        int | None, Field(ge=0, le=120), Info("Age", "H", 4, "years", "Prognostic variable", "coordinator")
    ] = None
    age_note: Annotated[Short | None, Info("Age, in words")] = None
    sex: Annotated[t.Sex | None, Info("Sex")] = None
    menopause: Annotated[t.Menopause | None, Info("Menopausal status", "O", 0, asks="oncology")] = None
    pregnant: Annotated[
        Flag | None, Info("Pregnant", "S", 0, why="Label caution of every HER2 drug", asks="oncology")
    ] = None
    child_bearing: Annotated[Flag | None, Info("Child-bearing potential", "O", 0, asks="oncology")] = None
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
        ),
    ] = None
    performance_date: Annotated[PartialDate | None, Info("Performance scored on", "H", 5, past=True)] = None
    performance_by: Annotated[Short | None, Info("Performance scored by", "S", 5)] = None
    comorbidity: Annotated[
        Texts | None,
        Info("Comorbidity", "H", 27, why="Commonest cause of a plan that fails", asks="oncology"),
    ] = None
    frailty: Annotated[Short | None, Info("Frailty", "S", 27, asks="oncology")] = None
    current_drugs: Annotated[Texts | None, Info("Current drugs", "S", 28, asks="oncology")] = None
    anticoagulated: Annotated[Flag | None, Info("Anticoagulation", "S", 28, asks="oncology")] = None
    qt_or_cyp_issue: Annotated[Short | None, Info("QT or CYP interaction", "S", 28, asks="oncology")] = None
    allergies: Annotated[Texts | None, Info("Allergies", "O", 28, asks="oncology")] = None
    goals: Annotated[
        Text | None,
        Info(
            "Patient's view and goals",
            "H",
            29,
            why="The board decides about this life",
            asks="patient",
            long=True,
        ),
    ] = None
    goals_asked_by: Annotated[Short | None, Info("Asked by", "H", 29, asks="patient")] = None
    goals_asked_on: Annotated[PartialDate | None, Info("Asked on", "H", 29, past=True)] = None
    declines: Annotated[Texts | None, Info("Declines", "S", 29, asks="patient")] = None
    trial_willing: Annotated[Flag | None, Info("Willing to join a trial", "S", 0, asks="patient")] = None
    psychosocial: Annotated[Text | None, Info("Psychosocial", "S", 30, asks="patient", long=True)] = None
    carer: Annotated[Short | None, Info("Carer", "S", 30, asks="patient")] = None
    language: Annotated[Short | None, Info("Language", "S", 30, asks="patient")] = None
    travel: Annotated[Short | None, Info("Travel", "S", 30, asks="patient")] = None
    cognition: Annotated[
        Short | None, Info("Baseline cognition (test, score)", "S", 31, why="Weighs on WBRT", asks="oncology")
    ] = None
    cognition_date: Annotated[PartialDate | None, Info("Cognition tested on", "S", 31, past=True)] = None
    work_or_driving: Annotated[Short | None, Info("Work or driving needs", "S", 31, asks="patient")] = None


class Tumour(Part):
    """Specimens, genetics and the dates of the disease."""

    specimens: Annotated[
        Listed[Specimen],
        Info(
            "Receptor results",
            "H",
            17,
            why="HER2 decides every cohort; 18: hormone receptors",
            asks="pathology",
        ),
    ] = Field(default_factory=Listed[Specimen])
    histology: Annotated[Short | None, Info("Histology", "H", 19, asks="pathology")] = None
    histology_confirmed: Annotated[
        Flag | None, Info("Histology confirmed", "H", 19, why="Radiosurgery needs it", asks="pathology")
    ] = None
    grade: Annotated[int | None, Field(ge=1, le=3), Info("Grade", "O", 19, asks="pathology")] = None
    initial_stage: Annotated[Short | None, Info("Stage at diagnosis", "O", 19, asks="oncology")] = None
    origin: Annotated[t.Origin | None, Info("De novo or recurrent", "S", 0, asks="oncology")] = None
    primary_date: Annotated[PartialDate | None, Info("Primary diagnosed", "H", 19, asks="oncology", past=True)] = None
    metastatic_date: Annotated[PartialDate | None, Info("Metastatic since", "H", 19, asks="oncology", past=True)] = None
    brain_date: Annotated[PartialDate | None, Info("Brain metastases since", "H", 19, asks="oncology", past=True)] = (
        None
    )
    months_since_adjuvant_her2: Annotated[
        float | None,
        Field(ge=0, le=600),
        Info("End of (neo)adjuvant anti-HER2 therapy to relapse", "S", 0, "months", asks="oncology"),
    ] = None
    pik3ca: Annotated[t.Pik3ca | None, Info("PIK3CA", "S", 0, asks="pathology")] = None
    pik3ca_variant: Annotated[Short | None, Info("PIK3CA variant", "O", 0, asks="pathology")] = None
    germline_brca: Annotated[Short | None, Info("Germline BRCA", "O", 0, asks="pathology")] = None
    dpyd: Annotated[t.Dpyd | None, Info("DPYD", "S", 0, why="Label warning of capecitabine", asks="pathology")] = None


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
        ),
    ] = None
    extracranial_sites: Annotated[Texts | None, Info("Sites outside the brain", "S", 22, asks="oncology")] = None
    staging_date: Annotated[PartialDate | None, Info("Staged on", "H", 22, asks="oncology", past=True)] = None


class Organs(Part):
    """Organ function and residual toxicity."""

    lvef_percent: Annotated[
        Percent | None,
        Info("LVEF", "S", 23, "%", "Entry limit and label caution", "oncology", dated_by="organs.lvef_date"),
    ] = None
    lvef_date: Annotated[PartialDate | None, Info("LVEF measured on", "S", 23, past=True)] = None
    ild_history: Annotated[
        Flag | None, Info("ILD or pneumonitis ever", "H", 24, why="Label caution of T-DXd", asks="oncology")
    ] = None
    ild_grade: Annotated[Grade | None, Info("Highest ILD grade", "S", 24, asks="oncology")] = None
    lung_comorbidity: Annotated[Short | None, Info("Lung comorbidity", "S", 24, asks="oncology")] = None
    neuropathy_grade: Annotated[
        Grade | None, Info("Neuropathy grade", "S", 25, asks="oncology", dated_by="organs.toxicity_date")
    ] = None
    diarrhoea_grade: Annotated[
        Grade | None, Info("Diarrhoea grade", "S", 25, asks="oncology", dated_by="organs.toxicity_date")
    ] = None
    hand_foot_grade: Annotated[
        Grade | None, Info("Hand-foot grade", "S", 25, asks="oncology", dated_by="organs.toxicity_date")
    ] = None
    cytopenia_grade: Annotated[
        Grade | None, Info("Cytopenia grade", "S", 25, asks="oncology", dated_by="organs.toxicity_date")
    ] = None
    toxicity_date: Annotated[PartialDate | None, Info("Toxicity graded on", "S", 25, past=True)] = None
    liver: Annotated[
        t.Range | None, Info("Liver tests", "S", 26, asks="oncology", dated_by="organs.laboratory_date")
    ] = None
    renal: Annotated[
        t.Range | None, Info("Renal function", "S", 26, asks="oncology", dated_by="organs.laboratory_date")
    ] = None
    blood_counts: Annotated[
        t.Range | None, Info("Blood counts", "S", 26, asks="oncology", dated_by="organs.laboratory_date")
    ] = None
    laboratory_date: Annotated[PartialDate | None, Info("Laboratory date", "S", 26, past=True)] = None
    child_pugh: Annotated[t.ChildPugh | None, Info("Child-Pugh", "O", 0, asks="oncology")] = None
    creatinine_clearance: Annotated[
        float | None, Field(ge=0, le=300), Info("Creatinine clearance", "O", 26, "mL/min", asks="oncology")
    ] = None


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
        ),
    ] = None
    radiosurgery_feasible: Annotated[Flag | None, Info("Radiosurgery feasible", "S", 33, asks="radiation oncology")] = (
        None
    )
    hippocampal_avoidance: Annotated[
        t.Availability | None, Info("Hippocampal avoidance available", "S", 0, asks="radiation oncology")
    ] = None
    surgery_feasible: Annotated[Flag | None, Info("Resection feasible", "S", 33, asks="neurosurgery")] = None
    drugs: Annotated[dict[Short, bool], Info("Drug access at this clinic", "S", 0, asks="oncology")] = Field(
        default_factory=dict
    )


class Board(Part):
    """Who was heard, what was considered, what is outstanding, what was decided."""

    disciplines: Annotated[
        tuple[DisciplineInput, ...], Info("Disciplines heard", "H", 32, why="Joint planning is the standard")
    ] = ()
    considered: Annotated[tuple[Considered, ...], Info("Alternatives considered", "H", 33)] = ()
    outstanding: Annotated[tuple[Outstanding, ...], Info("Outstanding items", "H", 35)] = ()
    genetics_referral: Annotated[Flag | None, Info("Genetics", "S", 36)] = None
    supportive_care: Annotated[Flag | None, Info("Supportive care", "S", 36)] = None
    palliative_care: Annotated[Flag | None, Info("Palliative care", "S", 36)] = None
    rehabilitation: Annotated[Flag | None, Info("Rehabilitation", "S", 36)] = None
    decision: Annotated[Text | None, Info("Decision", "O", 37, long=True)] = None
    dissent: Annotated[Text | None, Info("Dissent", "O", 37, long=True)] = None
    fallback: Annotated[Text | None, Info("Fallback", "O", 37, long=True)] = None
    decision_owner: Annotated[Short | None, Info("Owner of the decision", "O", 37)] = None
    decision_date: Annotated[PartialDate | None, Info("Decided on", "O", 37, past=True)] = None
    tells_patient: Annotated[Short | None, Info("Who tells the patient", "O", 37)] = None
    next_mri_date: Annotated[PartialDate | None, Info("Next MRI, if radiation waits", "O", 37)] = None
    next_mri_owner: Annotated[Short | None, Info("Owner of that MRI", "O", 37)] = None


class Case(Part):
    """Everything known about one patient for one discussion."""

    code: Annotated[str, Field(min_length=1, max_length=40), Info("Case code", "H", 1)]
    origin: Annotated[t.CaseOrigin, Info("Real, published or invented")] = "patient"
    source: Annotated[Text | None, Info("Source of a published or invented case", long=True)] = None
    status: Annotated[t.Status, Info("Status", "H", 38)] = "draft"
    identity: Identity = Field(default_factory=Identity)
    meeting: Meeting = Field(default_factory=Meeting)
    urgency: Urgency = Field(default_factory=Urgency)
    brain: Brain = Field(default_factory=Brain)
    neurology: Neurology = Field(default_factory=Neurology)
    patient: Patient = Field(default_factory=Patient)
    tumour: Tumour = Field(default_factory=Tumour)
    systemic: Systemic = Field(default_factory=Systemic)
    organs: Organs = Field(default_factory=Organs)
    access: Access = Field(default_factory=Access)
    board: Board = Field(default_factory=Board)
    absences: dict[str, Absence] = Field(default_factory=dict)
