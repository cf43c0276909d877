"""Why a board needs a field, and how it is entered, shown beside each field."""

from her2board.case.fields import CaseField
from her2board.case.table_rows import Entries
from her2board.wording import Marked, tr

_WHY: dict[str, Marked] = {
    "code": "Identifies the patient on every page; name and record number are kept separately.",
    "status": "The page says DRAFT until the case is marked final and nothing required is open.",
    "meeting.date": "Every age of a finding and every wash-out is counted to this day.",
    "meeting.consultant": "The board needs one person who knows the patient and can be asked.",
    "meeting.call_back": "A question that comes up in the meeting can be settled while it runs.",
    "meeting.preparer": "Whoever finds a mistake on the page knows whom to contact.",
    "meeting.question": "A board answers what it is asked. Discussions with a written question were rated better.",
    "meeting.new_since": "Says what changed since the last discussion, so that the board does not start over.",
    "meeting.last_decision": "A case that comes back starts from it; presenting a case again fills it in.",
    "meeting.last_decision_carried_out": "A decision that was not carried out is often why a case returns.",
    "meeting.last_decision_note": "What was done of it, or why it was not: toxicity, the patient's wish, no place.",
    "meeting.wbrt_proposed_by": "A discipline or a person in words, such as 'radiation oncology, referring hospital'.",
    "meeting.wbrt_proposed": "The page then asks who was heard and what is known before whole-brain radiotherapy.",
    "brain.contrast": "Without contrast, small lesions and leptomeningeal spread can be missed.",
    "brain.imaging_date": "Number, size and class hold for this day; the page says when it is too long ago.",
    "brain.reported_by": "A report by a neuroradiologist and a first glance on the ward are not the same.",
    "brain.comparison_date": "'New' and 'growing' mean something only against an earlier image.",
    "brain.lesion_count": "Statements on radiosurgery change with the number; 'multiple' is better than a guess.",
    "brain.largest_mm": "Statements on radiosurgery and surgery carry size limits.",
    "brain.measurable": "Response in the brain was counted only in patients with measurable disease there.",
    "brain.sites": "Surgical access and the risk of radiation depend on where a lesion lies.",
    "brain.lesions": "One entry per lesion lets the program tell stable from progressing, lesion by lesion.",
    "brain.leptomeninges": "Leptomeningeal disease has cohorts and a pathway of its own; most trials excluded it.",
    "brain.leptomeninges_basis": "Cytology, imaging and signs do not weigh the same; record which were found.",
    "brain.cns_class": "Trials studied stable, untreated and progressing disease separately, each by its own terms.",
    "brain.local_therapies": "Wash-outs and re-irradiation depend on it. Treatment elsewhere goes here too.",
    "brain.necrosis_in_question": "While necrosis is possible, 'progressing' is not known and stays open.",
    "neurology.symptoms_present": "Guidelines put local therapy first in symptomatic disease.",
    "neurology.trend": "Worsening under observation is what decides whether something can wait.",
    "neurology.steroid_given": "Being well on a rising dose is not the same as being stable.",
    "neurology.dexamethasone_mg": "Trials limited the dose; another steroid is entered as its equivalent.",
    "neurology.steroid_trend": "Response criteria read imaging together with the steroid dose.",
    "neurology.antiseizure_drugs": "Some of them change the level of tyrosine kinase inhibitors.",
    "patient.ecog": "Most trials set a limit. Recorded as scored; it is never converted to Karnofsky or back.",
    "patient.kps": "Statements on radiosurgery and surgery use it. It is never converted to ECOG or back.",
    "patient.performance_date": "Performance can change within days; an old score is shown as old.",
    "patient.comorbidity": "The most frequent reason why a plan of the board was not carried out.",
    "patient.current_drugs": "Interactions and bleeding are easier seen before the meeting than after it.",
    "patient.goals": "What the patient wants, in the patient's words; the board decides about this life.",
    "patient.goals_asked_by": "Somebody asked; the page says who.",
    "patient.goals_asked_on": "Wishes change with the disease; the page says when they were asked for.",
    "patient.cognition": "A baseline is needed to weigh the cognitive cost of whole-brain radiotherapy.",
    "tumour.specimens": "HER2 decides every cohort. Receptors can change on the way to the brain: date and site count.",
    "tumour.histology": "Without histology a board often cannot discuss the case at all.",
    "tumour.histology_confirmed": "Referrals for radiosurgery ask whether a metastasis was proven.",
    "tumour.primary_date": "Sets the course of the disease; a year is enough when no more is known.",
    "tumour.metastatic_date": "Lines of metastatic therapy count from here.",
    "tumour.brain_date": "Says how long the brain has been involved.",
    "systemic.lines": "Cohorts limit the number of lines; why each was stopped matters as much as what was given.",
    "systemic.exposure": "Says yes or no for each drug when the lines are not fully known; empty is not 'never given'.",
    "systemic.extracranial": "Some guideline statements hold only while extracranial disease is controlled.",
    "systemic.staging_date": "Extracranial control holds for the day of staging only.",
    "organs.lvef_percent": "HER2 drugs are labelled with a cardiac warning, and trials asked for a minimum.",
    "organs.ild_history": "Trastuzumab deruxtecan carries a warning about lung disease; an earlier episode matters.",
    "organs.neuropathy_grade": "Residual toxicity narrows the choice of later lines.",
    "board.disciplines": "Guidelines ask for a joint plan. The page shows who was heard and who was not.",
    "board.considered": "Alternatives that were discussed are rarely written down; here they have a place.",
    "board.outstanding": "What is still to come needs a name and a day, or it does not come.",
    "board.decision": "What was decided, in the board's words; often missing from records.",
    "board.next_mri_date": "If radiotherapy is deferred, the next image must have a date and an owner.",
}
_IN_CELL: dict[str, Marked] = {
    "flag": "Its first letter chooses; Delete for not recorded.",
    "choice": "Its first letter chooses; Delete for not recorded.",
}
_HOW: dict[str, Marked] = {
    "flag": "Y for yes, N for no, with Shift on to the next field; Delete for not recorded.",
    "choice": "Its first letters choose, with Shift one letter and on to the next field; Delete for not recorded.",
    "choices": "One choice is one class or several together; Delete for not recorded.",
    "date": "12 Mar 2026, 12.03.26, 2026-03-12, 3/26, March 2026 or 2026; 'before' and 'after' go in front.",
    "size": "Millimetres, or centimetres with their unit: 16 or 1.6 cm; also 12-15, <10, up to 2 cm.",
    "sizes": "8 mm Oct 2025; 12 mm Jan 2026: size and day, separated by semicolons, in any order.",
    "count": "3, 2-4, 3+, more than 3, multiple, diffuse or none.",
    "texts": "Separate several with commas; 'none' says that there are none.",
    "table": "Ctrl+Return adds an entry, Return edits one, Alt+Up and Alt+Down move, Ctrl+V reads a copied table. "
    "In the line, 'complete' says that there is no other.",
    "mapping": "Return edits a cell, Y or N answers; Ctrl+Return adds another drug.",
}


def why(field: CaseField) -> str:
    """Return why a board needs the field, in a sentence; empty where its label says it."""
    words = _WHY.get(field.path) or field.info.why
    return tr(words) if words else ""


def how_to_begin(entries: Entries) -> str:
    """Return what to do in a list without an entry."""
    begin = tr("No entry. Type to begin one, or paste a copied table (Ctrl+V).")
    return f"{begin} {tr('If there is none: F5.')}" if entries.listed else begin


def how_in_cell(column: CaseField) -> str:
    """Return how a column of a list is entered; empty where that is obvious."""
    return tr(_IN_CELL[column.kind]) if column.kind in _IN_CELL else how(column)


def how(field: CaseField) -> str:
    """Return how the field is entered; empty where that is obvious."""
    words = tr(_HOW[field.kind]) if field.kind in _HOW else ""
    if not dated_in_line(field):
        return words
    return f"{words} {tr('Its day can follow, as in 61; Sep 2026.')}".strip()


def dated_in_line(field: CaseField) -> bool:
    """Return whether the day of a value can be written behind it: it has one, and no semicolon of its own."""
    return bool(field.info.dated_by) and field.kind in ("integer", "number", "size", "count")
