"""The closed vocabularies of a case, and what is said about each of its fields."""

from enum import StrEnum
from typing import Any, Literal, Self, get_args

from msgspec import Struct
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from her2board.wording import Marked

Level = Literal["H", "S", "O"]
"""H: value or reason for absence before a case is ready; S: shown as a gap; O: optional."""


class Info(Struct, frozen=True):
    """What form, readiness check and page say about one field."""

    label: Marked
    """Says what the field is, also away from its place in the form."""
    level: Level = "O"
    row: int = 0
    """Row of the briefing's field list (1 to 38), 0 for further facts that decide options or cautions."""
    unit: Marked = ""
    why: Marked = ""
    """Why a board needs it, in one sentence."""
    asks: Marked = ""
    """Who usually knows: oncology, radiation oncology, radiology, pathology, neurosurgery, patient, coordinator."""
    dated_by: str = ""
    """Path of the date this value carries, for values that age."""
    past: bool = False
    """For dates: describes something done, so it cannot lie after the meeting."""
    identifying: bool = False
    heading: Marked = ""
    """For a column of a table: its heading, where that is shorter than the label."""
    aliases: str = ""
    """For a column: what copied tables call it, in plain lower case, separated by commas."""
    fact: str = ""
    """Name under which criteria may use the field as it is recorded."""
    long: bool = False
    """For texts: more than a line."""
    question: Marked = ""
    """What is asked where it is not recorded, in plain words; '{mri}' is the MRI that it is asked of."""


AbsenceReason = Literal["pending", "not_done", "not_available", "declined", "not_applicable"]
Completeness = Literal["complete", "partial", "not_asked"]
Menopause = Literal["premenopausal", "perimenopausal", "postmenopausal"]
Sex = Literal["female", "male"]
Trimester = Literal["first", "second", "third"]
Trend = Literal["improving", "stable", "worsening"]
DoseTrend = Literal["falling", "stable", "rising"]
Modality = Literal["MRI", "CT", "PET-CT", "PET-MRI"]
SHOWS_SMALL: tuple[Modality, ...] = ("MRI", "PET-MRI")
"""Imaging that shows small metastases."""
Cytology = Literal["positive", "negative", "equivocal"]
CnsClass = Literal["stable", "untreated", "progressing"]
Extracranial = Literal["absent", "controlled", "progressing", "untreated", "newly_found", "complete_remission"]
Origin = Literal["de_novo", "recurrent"]
ReceptorStatus = Literal["positive", "negative"]
Her2Status = Literal["positive", "low", "negative"]
Her2Stated = Literal["positive", "low", "ultralow", "negative"]
Ihc = Literal["0", "ultralow", "1+", "2+", "3+"]
IshResult = Literal["positive", "negative", "equivocal"]
Setting = Literal["neoadjuvant", "adjuvant", "metastatic", "maintenance"]
Response = Literal["complete", "partial", "stable", "progression", "not_evaluable"]
StopReason = Literal["progression", "toxicity", "completed", "planned_switch", "patient_choice", "other"]
ProgressionSite = Literal["brain", "body", "brain_and_body"]
Range = Literal["in_range", "out_of_range"]
ChildPugh = Literal["A", "B", "C"]
Dpyd = Literal["normal", "partial_deficiency", "complete_deficiency"]
Pik3ca = Literal["mutated", "wild_type"]
Availability = Literal["here", "by_referral", "not_available"]
LesionState = Literal["new", "untreated", "treated_stable", "treated_progressing", "resected"]
LesionHistology = Literal["necrosis", "tumour", "necrosis_and_tumour", "not_conclusive"]
Growth = Literal["new", "grown", "unchanged", "smaller"]
SteroidReason = Literal["spinal_cord", "other"]
CNS_CLASSES: tuple[CnsClass, ...] = get_args(CnsClass)
CLASS_OF_STATE: dict[LesionState, CnsClass] = {
    "new": "untreated",
    "untreated": "untreated",
    "treated_stable": "stable",
    "treated_progressing": "progressing",
    "resected": "stable",
}
"""What a lesion in each state adds to the status of CNS disease."""
Trust = Literal["stated", "needs_eye", "worked_out", "two_readings", "quoted"]
"""How sure it was, when a value was offered, that the words it was read from say it."""
TRUST_WORDS: dict[Trust, Marked] = {
    "stated": "stated",
    "needs_eye": "needs your eye",
    "worked_out": "worked out",
    "two_readings": "two readings",
    "quoted": "quoted from elsewhere",
}
InputStatus = Literal["heard", "pending", "unavailable", "not_needed"]
Status = Literal["draft", "final"]
URGENT_SIGNS = (
    "urgent",
    "mass_effect",
    "hydrocephalus",
    "raised_pressure",
    "haemorrhage_with_deficit",
    "fast_decline",
    "uncontrolled_seizures",
    "posterior_fossa_crowding",
    "cord_compression",
)
SIGNS_OF_THE_BRAIN = tuple(sign for sign in URGENT_SIGNS if sign not in ("urgent", "cord_compression"))
"""The signs that call for local therapy of the brain at once; 'urgent' alone does not say of what."""


def spoken(term: str) -> str:
    """Return a vocabulary term as words: 'whole_brain' is 'whole brain'."""
    return term.replace("_", " ")


class Term(StrEnum):
    """An entry of a closed list: the key that files hold, and the words it is shown with, once translated."""

    def __new__(cls, key: str, *_: object) -> Self:
        """Make the entry of its key; the other columns are read by ``__init__``."""
        entry = str.__new__(cls, key)
        entry._value_ = key
        return entry

    def __init__(self, key: str, label: str = "") -> None:
        self.label = label or spoken(key)

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        """Take the keys, also where a model is strict: files know no other form of an entry."""
        return core_schema.no_info_after_validator_function(
            cls, core_schema.literal_schema([entry.value for entry in cls])
        )


class OptionKind(Term):
    """What kind of thing the board could discuss: key, words, zone, whether it is context only in an urgent case."""

    RADIOSURGERY = "radiosurgery", "", "pause"
    SURGERY = "surgery", "", "pause"
    WBRT_HIPPOCAMPAL_MEMANTINE = "wbrt_hippocampal_memantine", "WBRT with hippocampal avoidance and memantine", "pause"
    WBRT_CONVENTIONAL = "wbrt_conventional", "WBRT, conventional", "pause"
    SURGERY_RADIOSURGERY = "surgery_radiosurgery", "surgery with radiosurgery of the cavity", "pause"
    DEFERRAL = "deferral", "local therapy deferred under systemic therapy", "pause", True
    CONTINUATION = "continuation", "local therapy, and the present systemic therapy goes on", "pause"
    NECROSIS_CARE = "necrosis_care", "care of radiation necrosis", "pause"
    LEPTOMENINGEAL_RADIOTHERAPY = "leptomeningeal_radiotherapy", "", "pause"
    CSF_DIVERSION = "csf_diversion", "CSF diversion", "pause"
    SPINAL = "spinal", "spinal cord pathway", "pause"
    SYSTEMIC = "systemic", "", "options", True
    INTRATHECAL = "intrathecal", "", "options", True
    COMBINATION = "combination", "", "options", True
    SUPPORTIVE = "supportive", "", "pause"
    TRIAL = "trial", "", "options", True

    def __init__(self, key: str, label: str, zone: Literal["pause", "options"], context: bool = False) -> None:
        super().__init__(key, label)
        self.zone = zone
        """Where its rows are: among the choices before whole-brain radiotherapy, or among the options."""
        self.context_when_urgent = context


class LocalKind(Term):
    """A local therapy: key, words, where, and what it was; of the brain unless said otherwise."""

    SURGERY = "surgery", "", "brain", "surgery"
    RADIOSURGERY = "radiosurgery", "", "brain", "radiotherapy"
    WHOLE_BRAIN = "whole_brain", "whole-brain radiotherapy", "brain", "radiotherapy"
    OTHER_BRAIN_RADIOTHERAPY = "other_brain_radiotherapy", "", "brain", "radiotherapy"
    KIND_NOT_KNOWN = "kind_not_known", "brain treatment, kind not known", "brain", "unknown"
    SPINAL_RADIOTHERAPY = "spinal_radiotherapy", "", "elsewhere", "radiotherapy"
    SPINAL_SURGERY = "spinal_surgery", "", "elsewhere", "surgery"
    EXTRACRANIAL_RADIOTHERAPY = "extracranial_radiotherapy", "", "elsewhere", "radiotherapy"
    EXTRACRANIAL_SURGERY = "extracranial_surgery", "", "elsewhere", "surgery"

    def __init__(
        self,
        key: str,
        label: str,
        where: Literal["brain", "elsewhere"],
        what: Literal["surgery", "radiotherapy", "unknown"],
    ) -> None:
        super().__init__(key, label)
        self.where = where
        """Treatment elsewhere is no brain treatment: it is shown, and counts only where any radiotherapy is meant."""
        self.what = what


class Leptomeninges(Term):
    """How sure leptomeningeal disease is."""

    NONE = "none"
    SUSPECTED = "suspected"
    PROBABLE = "probable"
    CONFIRMED = "confirmed"
    STATED = "stated", "stated, basis not recorded"


class CaseOrigin(Term):
    """Whether a case is real."""

    PATIENT = "patient", "a patient"
    PUBLISHED = "published"
    INVENTED = "invented"


class CarriedOut(Term):
    """Whether a decision was carried out."""

    YES = "yes", "carried out"
    IN_PART = "in_part", "carried out in part"
    NO = "no", "not carried out"


class Discipline(Term):
    """Who is heard at the board: key, words, whom a question goes to."""

    MEDICAL_ONCOLOGY = "medical_oncology", "", "oncology"
    RADIATION_ONCOLOGY = "radiation_oncology", "", "radiation oncology"
    NEUROSURGERY = "neurosurgery", "", "neurosurgery"
    NEURORADIOLOGY = "neuroradiology", "", "radiology"
    PATHOLOGY = "pathology", "", "pathology"
    PALLIATIVE_CARE = "palliative_care", "", "palliative care"
    NEURO_ONCOLOGY = "neuro_oncology", "neuro-oncology", "neuro-oncology"
    TRIALS_NURSE = "trials_nurse", "", "coordinator"
    OBSTETRICS = "obstetrics", "", "obstetrics"
    OTHER = "other", "another discipline", "coordinator"

    def __init__(self, key: str, label: str, department: str) -> None:
        super().__init__(key, label)
        self.department = department


class SourceKind(Term):
    """What a fact was read from: a report by its kind, a record of another program, or a table."""

    PATHOLOGY = "pathology", "pathology report"
    RADIOTHERAPY_SUMMARY = "radiotherapy_summary"
    ECHO = "echo", "echocardiography"
    BRAIN_MRI = "brain_mri", "MRI of the brain"
    SYSTEMIC_HISTORY = "systemic_history", "history of systemic treatment"
    CLINIC_LETTER = "clinic_letter", "letter of a clinic"
    DISCHARGE_SUMMARY = "discharge_summary"
    EMERGENCY_NOTE = "emergency_note"
    BOARD_NOTE = "board_note", "note of a board"
    STAGING_CT = "staging_ct", "CT or PET of the body"
    RECORD = "record", "record of another program"
    TABLE = "table"
