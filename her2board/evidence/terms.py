"""The closed lists of the evidence: each entry once, with its key in the files and the words it is shown with."""

from her2board.case.terms import Term


class CohortClass(Term):
    """Which brain metastases the patients of a cohort had: key, words, breadth."""

    STABLE = "stable"
    UNTREATED = "untreated"
    PROGRESSING = "progressing"
    ACTIVE = "active", "active", 1
    MIXED = "mixed", "mixed", 2
    LEPTOMENINGEAL = "leptomeningeal"
    NONE = "none"

    def __init__(self, key: str, label: str = "", breadth: int = 0) -> None:
        super().__init__(key, label)
        self.breadth = breadth
        """How much the class leaves open; of cohorts that fit alike the narrower comes first."""


class Design(Term):
    """How a study was made."""

    RANDOMISED = "randomised"
    SINGLE_ARM = "single_arm", "single-arm"
    POOLED = "pooled"
    RETROSPECTIVE = "retrospective"


class WhyNotStated(Term):
    """Why a source states no limit for a fact: key, words."""

    SILENT = "silent", "the criteria read set no limit"
    NOT_READ = "not_read", "that part of the criteria was not read"
    NO_LIMIT = "no_limit", "a series without limits of entry"


class CriteriaRead(Term):
    """Which text of the criteria of a study was read: key, words."""

    PROTOCOL = "protocol"
    REGISTRY = "registry"
    ABSTRACT = "abstract"
    SECONDARY = "secondary", "secondary report"


class EndpointKind(Term):
    """What was measured: key, words, whether it is a rate at a time point; in the order tables show them.

    CNS response (RECIST), intracranial response (RANO-BM), volumetric response, overall response and lesion shrinkage
    are different things; so are PFS, CNS-PFS and time to progression.
    """

    CNS_RESPONSE = "cns_response", "CNS response"
    INTRACRANIAL_RESPONSE_RANO_BM = "intracranial_response_rano_bm", "Intracranial response (RANO-BM)"
    VOLUMETRIC_CNS_RESPONSE = "volumetric_cns_response", "Volumetric CNS response"
    LESION_SHRINKAGE = "lesion_shrinkage", "Lesion shrinkage"
    OVERALL_RESPONSE = "overall_response", "Overall response"
    CNS_COMPLETE_RESPONSE = "cns_complete_response", "Complete CNS response"
    CNS_STABLE_DISEASE = "cns_stable_disease", "Stable CNS disease"
    CNS_PROGRESSIVE_DISEASE = "cns_progressive_disease", "Progressive CNS disease"
    CNS_CLINICAL_BENEFIT = "cns_clinical_benefit", "CNS clinical benefit"
    CNS_DISEASE_CONTROL = "cns_disease_control", "CNS disease control"
    CLINICAL_BENEFIT = "clinical_benefit", "Clinical benefit"
    DISEASE_CONTROL = "disease_control", "Disease control"
    PFS_MEDIAN = "pfs_median", "Median PFS"
    PFS_RATE = "pfs_rate", "PFS", True
    CNS_PFS_MEDIAN = "cns_pfs_median", "Median CNS-PFS"
    CNS_PFS_RATE = "cns_pfs_rate", "CNS-PFS", True
    TIME_TO_PROGRESSION_MEDIAN = "time_to_progression_median", "Median time to progression"
    TIME_TO_TREATMENT_FAILURE_MEDIAN = "time_to_treatment_failure_median", "Median time to treatment failure"
    TIME_TO_BRAIN_RADIOTHERAPY_MEDIAN = "time_to_brain_radiotherapy_median", "Median time to brain radiotherapy"
    TIME_TO_CNS_RESPONSE_MEDIAN = "time_to_cns_response_median", "Median time to CNS response"
    CNS_RESPONSE_DURATION_MEDIAN = "cns_response_duration_median", "Median duration of CNS response"
    RESPONSE_DURATION_MEDIAN = "response_duration_median", "Median duration of response"
    TREATMENT_DURATION_MEDIAN = "treatment_duration_median", "Median treatment duration"
    OS_MEDIAN = "os_median", "Median survival"
    OS_RATE = "os_rate", "Survival", True
    CNS_PROGRESSION = "cns_progression", "CNS progression"
    PROGRESSION = "progression", "Progression"
    COGNITIVE_DECLINE = "cognitive_decline", "Cognitive decline"
    INTRACRANIAL_CONTROL = "intracranial_control", "Intracranial control"
    PFS_HAZARD_RATIO = "pfs_hazard_ratio", "PFS hazard ratio"
    CNS_PFS_HAZARD_RATIO = "cns_pfs_hazard_ratio", "CNS-PFS hazard ratio"
    OS_HAZARD_RATIO = "os_hazard_ratio", "Survival hazard ratio"
    COMPLETE_RESPONSE = "complete_response", "Complete response"
    PARTIAL_RESPONSE = "partial_response", "Partial response"
    STABLE_DISEASE = "stable_disease", "Stable disease"
    PROGRESSIVE_DISEASE = "progressive_disease", "Progressive disease"
    CNS_PARTIAL_RESPONSE = "cns_partial_response", "Partial CNS response"
    TIME_TO_PROGRESSION_HAZARD_RATIO = "time_to_progression_hazard_ratio", "Time-to-progression hazard ratio"
    LEPTOMENINGEAL_RESPONSE = "leptomeningeal_response", "Leptomeningeal response"
    NEUROLOGICAL_BENEFIT = "neurological_benefit", "Neurological benefit"
    PATIENT_BENEFIT_RATE = "patient_benefit_rate", "Patient benefit", True
    CNS_RECURRENCE = "cns_recurrence", "CNS recurrence"
    CNS_INTERVENTION = "cns_intervention", "Intervention for CNS disease"
    TIME_TO_CNS_METASTASES_MEDIAN = "time_to_cns_metastases_median", "Median time to CNS metastases"
    PFS_AFTER_ISOLATED_BRAIN_PROGRESSION_MEDIAN = (
        "pfs_after_isolated_brain_progression_median",
        "Median time from isolated brain progression to the next",
    )
    RESTRICTED_MEAN_PFS = "restricted_mean_pfs", "Restricted mean PFS"
    RESTRICTED_MEAN_OS = "restricted_mean_os", "Restricted mean survival"
    LOCAL_CONTROL_RATE = "local_control_rate", "Local control", True
    DISTANT_INTRACRANIAL_CONTROL_RATE = "distant_intracranial_control_rate", "Distant intracranial control", True
    DISTANT_INTRACRANIAL_CONTROL_HAZARD_RATIO = (
        "distant_intracranial_control_hazard_ratio",
        "Distant intracranial control hazard ratio",
    )
    RADIONECROSIS = "radionecrosis", "Radionecrosis"
    RADIONECROSIS_HAZARD_RATIO = "radionecrosis_hazard_ratio", "Radionecrosis hazard ratio"
    INVASIVE_DISEASE_FREE_RATE = "invasive_disease_free_rate", "Invasive disease-free survival", True
    INVASIVE_DISEASE_FREE_HAZARD_RATIO = "invasive_disease_free_hazard_ratio", "Invasive disease-free hazard ratio"
    BRAIN_METASTASIS_FREE_HAZARD_RATIO = "brain_metastasis_free_hazard_ratio", "Brain-metastasis-free hazard ratio"
    NEW_BRAIN_LESION_HAZARD_RATIO = "new_brain_lesion_hazard_ratio", "New brain lesion or death, hazard ratio"
    COGNITIVE_DECLINE_HAZARD_RATIO = "cognitive_decline_hazard_ratio", "Cognitive decline hazard ratio"
    INTRACRANIAL_FAILURE_HAZARD_RATIO = "intracranial_failure_hazard_ratio", "Intracranial failure hazard ratio"
    TIME_TO_PERFORMANCE_DECLINE_MEDIAN = (
        "time_to_performance_decline_median",
        "Median time to decline of performance status",
    )
    QUALITY_OF_LIFE_CHANGE = "quality_of_life_change", "Change in quality of life"
    COGNITION_CHANGE = "cognition_change", "Change in cognition"
    HARM = "harm", "Harm"

    def __init__(self, key: str, label: str, timed: bool = False) -> None:
        super().__init__(key, label)
        self.timed = timed

    @property
    def of_cns(self) -> bool:
        """Whether it is an outcome in the brain or the meninges."""
        return self in _OF_CNS


_OF_CNS = frozenset(
    {
        EndpointKind.CNS_RESPONSE,
        EndpointKind.INTRACRANIAL_RESPONSE_RANO_BM,
        EndpointKind.VOLUMETRIC_CNS_RESPONSE,
        EndpointKind.LESION_SHRINKAGE,
        EndpointKind.CNS_COMPLETE_RESPONSE,
        EndpointKind.CNS_STABLE_DISEASE,
        EndpointKind.CNS_PROGRESSIVE_DISEASE,
        EndpointKind.CNS_CLINICAL_BENEFIT,
        EndpointKind.CNS_DISEASE_CONTROL,
        EndpointKind.CNS_PFS_MEDIAN,
        EndpointKind.CNS_PFS_RATE,
        EndpointKind.TIME_TO_BRAIN_RADIOTHERAPY_MEDIAN,
        EndpointKind.TIME_TO_CNS_RESPONSE_MEDIAN,
        EndpointKind.CNS_RESPONSE_DURATION_MEDIAN,
        EndpointKind.CNS_PROGRESSION,
        EndpointKind.INTRACRANIAL_CONTROL,
        EndpointKind.CNS_PFS_HAZARD_RATIO,
        EndpointKind.CNS_PARTIAL_RESPONSE,
        EndpointKind.LEPTOMENINGEAL_RESPONSE,
        EndpointKind.NEUROLOGICAL_BENEFIT,
        EndpointKind.CNS_RECURRENCE,
        EndpointKind.CNS_INTERVENTION,
        EndpointKind.PFS_AFTER_ISOLATED_BRAIN_PROGRESSION_MEDIAN,
        EndpointKind.LOCAL_CONTROL_RATE,
        EndpointKind.DISTANT_INTRACRANIAL_CONTROL_RATE,
        EndpointKind.DISTANT_INTRACRANIAL_CONTROL_HAZARD_RATIO,
        EndpointKind.NEW_BRAIN_LESION_HAZARD_RATIO,
        EndpointKind.INTRACRANIAL_FAILURE_HAZARD_RATIO,
    }
)


class Unit(Term):
    """What a value is measured in."""

    PERCENT = "percent", "%"
    MONTHS = "months"
    WEEKS = "weeks"
    DAYS = "days"
    RATIO = "ratio"
    POINTS = "points"
    STANDARD_DEVIATIONS = "standard deviations", "SD"
    PATIENTS = "patients"


class Direction(Term):
    """Which way a statement points."""

    SUPPORTS = "supports"
    MAY_BE_CONSIDERED = "may_be_considered"
    INFORMS = "informs"
    LIMITED_EVIDENCE = "limited_evidence"
    CAUTION = "caution"
    SPEAKS_AGAINST = "speaks_against"


class SaidBy(Term):
    """Who makes a statement."""

    GUIDELINE = "guideline"
    LABEL = "label"
    APPROVAL = "approval"
    PANEL = "panel", "expert panel"
    STUDY = "study", "published study"


class PauseGroup(Term):
    """The parts of what is shown before whole-brain radiotherapy, in the order of the page."""

    LOCAL_FIRST = "local_first", "First"
    DISCIPLINE = "discipline", "Disciplines"
    MUST_KNOW = "must_know", "What must be known"
    ALTERNATIVE = "alternative", "Choices"
    REASONABLE = "reasonable", "When whole-brain radiotherapy is reasonable"
    CONTEXT = "context", "What the trials say"
    IF_CHOSEN = "if_chosen", "If it is chosen"
    DEFERRAL = "deferral", "If radiotherapy is deferred"


class ReadIn(Term):
    """Where a value was read. 'program' marks a convention of this program, never a finding."""

    PRIMARY_ABSTRACT = "primary_abstract"
    FULL_TEXT = "full_text"
    REGISTRY = "registry"
    LABEL = "label"
    GUIDELINE = "guideline"
    SECONDARY_REPORT = "secondary_report"
    PROGRAM = "program"


class AccessStatus(Term):
    """Whether a drug or regimen can be given here: key, words."""

    ON_FORMULARY = "on_formulary", "on the formulary here"
    NEEDS_APPROVAL = "needs_approval", "needs approval here"
    NOT_AVAILABLE = "not_available", "not available here"


class LocalKind(Term):
    """The parts of a local file, each with its own limit of age: key, words."""

    FORMULARY = "formulary", "Formulary"
    RADIOTHERAPY = "radiotherapy", "Radiotherapy"
    TRIALS = "trials", "Local trials"
    STATEMENTS = "statements", "Statements"
