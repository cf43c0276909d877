"""The brain as the report describes it."""

from collections.abc import Sequence

from msgspec.structs import replace

from her2board.briefing.formats import joined, says, typed
from her2board.briefing.model import Run, Words
from her2board.briefing.zones.base import Form, Note, Sources, Zone
from her2board.briefing.zones.lesions import (
    change_words,
    growth_words,
    histology_words,
    lesion_picture,
    new_count,
    new_words,
)
from her2board.briefing.zones.local_therapy import local_therapy_words
from her2board.briefing.zones.rows import (
    Row,
    RowsZone,
    RowWriter,
    in_brief,
    rows_forms,
    rows_outline,
    without_further,
    without_late,
)
from her2board.case.lesions import none_left
from her2board.case.model import Case, LocalTherapy
from her2board.case.terms import SHOWS_SMALL
from her2board.case.treatment import brain_therapies
from her2board.wording import tr, trn

_FEW = 2
"""Metastases that 'diffuse' alone is recorded as at least."""
_LOCAL = "brain.local_therapies"
_HOW_COMPLETE = f"{_LOCAL}.completeness"


class BrainZone(RowsZone, frozen=True):
    """The brain, row by row."""


def _compose(sources: Sources) -> BrainZone:
    rows = RowWriter(sources)
    elsewhere = rows.say(
        rows.field("neurology.cord_symptoms", tr("of the spinal cord: {}"), required=False),
        rows.field("neurology.other_symptoms", tr("of another or unknown site: {}"), required=False),
        _other_steroid(rows),
        _treated_elsewhere(rows),
    )
    compared = rows.say(
        new_words(rows.case), growth_words(rows.case), change_words(rows.case), histology_words(rows.case)
    )
    further = (
        Row(tr("Also treated"), _also_treated(rows), late=True),
        Row(tr("Result"), _result(rows), late=True),
        Row(tr("Growth, histology"), compared, late=True),
        Row(tr("Elsewhere"), elsewhere, further=True),
    )
    own = (
        _lesion_row(rows),
        Row(tr("Sites"), _sites(rows)),
        Row(tr("Imaging"), _imaging(rows)),
        Row(tr("CNS status"), rows.say(_status(rows), new_count(rows.case))),
        Row(tr("Local therapy"), _last_local(rows)),
        Row(tr("Symptoms"), _neurology(rows)),
        _leptomeningeal_row(rows),
    )
    said = tuple(rows.checked(row) for row in (*own, *further) if row.words or row.picture)
    return BrainZone(tr("Brain"), (*said, *rows.not_recorded()))


def _lesion_row(rows: RowWriter) -> Row:
    """Return the lesions with their drawing; what the drawing says in words is the row where there is nothing else."""
    words, picture = _lesions(rows), lesion_picture(rows.case)
    if picture is not None and not words:
        words = joined(((picture.scale,) if picture.scale else (), picture.more), ", ")
        picture = replace(picture, scale=None, more=())
    return Row(tr("Lesions"), words, picture)


def _lesions(rows: RowWriter) -> Words:
    some = not none_left(rows.case)  # of lesions that are not there nothing is missing
    said = rows.say(
        _present(rows),
        _count(rows),
        rows.field("brain.largest_mm", tr("largest {}"), "bold", required=some),
        rows.flag("brain.measurable", tr("measurable"), tr("not measurable"), required=some),
        rows.field("brain.total_volume_ml", tr("{} mL in all"), required=False),
    )
    return rows.marked(said, "brain.lesion_count", "brain.largest_mm", "brain.measurable")


def _present(rows: RowWriter) -> Words:
    """Return that there are metastases, or none, where nobody counted them."""
    present = rows.case.brain.metastases_present
    if present is None or rows.case.brain.lesion_count is not None:
        return ()
    words = tr("metastases present") if present else tr("no metastases present")
    return (Run(words, "bold", origin=("case:brain.metastases_present", *says("brain.metastases_present"))),)


def _count(rows: RowWriter) -> Words:
    if rows.case.brain.lesion_count is None and not rows.facts.read("lesion_count").is_recorded:
        return rows.gap("brain.lesion_count")
    shown = Run(rows.facts.read("lesion_count").shown, "bold", origin=("fact:lesion_count",))
    count = rows.case.brain.lesion_count
    if count is None or not count.diffuse or count.high is not None or count.low <= _FEW:
        return (shown,)
    return (shown, Run(tr(", {low} or more").format(low=count.low), "bold", origin=("case:brain.lesion_count",)))


def _sites(rows: RowWriter) -> Words:
    brain = rows.case.brain
    return rows.say(
        rows.field("brain.sites", required=False)
        if none_left(rows.case)
        else rows.marked(rows.first("brain.sites"), "brain.sites"),
        (Run(tr("brainstem"), "bold", origin=says("brain.brainstem")),)
        if brain.brainstem
        else rows.flag("brain.brainstem", "", tr("none in brainstem"), required=False),
        rows.flag("brain.posterior_fossa", tr("posterior fossa"), "", required=False) if brain.posterior_fossa else (),
        rows.flag("brain.eloquent", tr("eloquent cortex"), "", required=False) if brain.eloquent else (),
        _oedema(rows),
    )


def _oedema(rows: RowWriter) -> Words:
    if rows.case.brain.oedema:
        return (Run(tr("oedema"), "bold", origin=says("brain.oedema")),)
    return rows.flag("brain.oedema", "", tr("no oedema"), required=False)


def _imaging(rows: RowWriter) -> Words:
    modality = rows.case.brain.modality
    return rows.say(
        rows.first("brain.modality", "plain" if modality in SHOWS_SMALL else "bold"),
        rows.flag("brain.contrast", tr("with contrast"), tr("without contrast")) if modality else (),
        rows.field("brain.imaging_date") if modality else (),
        rows.field("brain.reported_by", tr("reported by {}"), required=False),
        rows.field("brain.comparison_date", tr("compared with {}"), required=False),
    )


def _neurology(rows: RowWriter) -> Words:
    worse = rows.case.neurology.trend == "worsening"
    return rows.say(
        _symptoms(rows),
        rows.field("neurology.trend", style="bold" if worse else "plain", required=False),
        _steroid(rows),
        rows.field("neurology.antiseizure_drugs", tr("anti-seizure: {}"), required=False),
    )


def _symptoms(rows: RowWriter) -> Words:
    symptoms = rows.case.neurology.symptoms
    if symptoms:
        (words,) = typed("neurology.symptoms", ", ".join(symptoms), "bold")
        return (replace(words, origin=(*words.origin, *says("neurology.symptoms_present"))),)
    return rows.flag("neurology.symptoms_present", tr("present"), tr("none"))


def _steroid(rows: RowWriter) -> Words:
    neurology = rows.case.neurology
    if neurology.dexamethasone_mg is None:
        return rows.flag("neurology.steroid_given", tr("steroid given, dose not recorded"), tr("no steroid"))
    if neurology.dexamethasone_mg == 0:
        origin = says("neurology.dexamethasone_mg", "neurology.steroid_given", "neurology.steroid_trend")
        return (Run(tr("no dexamethasone"), origin=origin),)
    trend = f" {neurology.steroid_trend}" if neurology.steroid_trend else ""
    dose = tr("dexamethasone {mg:g} mg a day{trend}").format(mg=neurology.dexamethasone_mg, trend=trend)
    origin = ("case:neurology.dexamethasone_mg", "case:neurology.steroid_trend", *says("neurology.steroid_given"))
    return (Run(dose, "bold" if neurology.steroid_trend == "rising" else "plain", origin=origin),)


def _other_steroid(rows: RowWriter) -> Words:
    """Return a steroid that is not for the brain, with what it is for."""
    neurology = rows.case.neurology
    reason, dose = neurology.other_steroid_reason, neurology.other_steroid_mg
    if reason is None and dose is None:
        return ()
    origin = ("case:neurology.other_steroid_mg", *says("neurology.other_steroid_reason"))
    why = {"spinal_cord": tr("for the spinal cord"), "other": tr("for another reason"), None: tr("not for the brain")}
    if dose is None:
        return (Run(tr("steroid {why}, dose not recorded").format(why=why[reason]), origin=origin),)
    return (Run(tr("dexamethasone {mg:g} mg a day {why}").format(mg=dose, why=why[reason]), origin=origin),)


def _treated_elsewhere(rows: RowWriter) -> Words:
    """Return how many local therapies were not of the brain; they are on the time axis."""
    n = len(rows.case.brain.local_therapies.items) - len(brain_therapies(rows.case))
    words = trn("{n} local therapy", "{n} local therapies", n).format(n=n)
    return (Run(words, origin=("count:local therapies",)),) if n else ()


def _leptomeningeal_row(rows: RowWriter) -> Row:
    """Return how sure leptomeningeal disease is and why, with the cytology."""
    said, cytology = _leptomeninges(rows), _cytology(rows)
    return Row(tr("Leptomeninges"), rows.say(said, cytology), brief=said if said and cytology else ())


def _leptomeninges(rows: RowWriter) -> Words:
    stated = rows.case.brain.leptomeninges == "stated"
    return rows.say(
        (Run(tr("stated, basis not recorded"), "bold", origin=("case:brain.leptomeninges",)),)
        if stated
        else rows.first("brain.leptomeninges", "plain" if rows.case.brain.leptomeninges == "none" else "bold"),
        rows.field("brain.leptomeninges_basis", tr("basis: {}"), required=False),
    )


def _cytology(rows: RowWriter) -> Words:
    """Return the cytology of the cerebrospinal fluid with its day; who owes it, where somebody was asked."""
    path = "brain.csf_cytology"
    if rows.case.brain.csf_cytology is None:
        return rows.gap(path) if path in rows.case.absences else ()
    day = rows.field("brain.csf_date", " ({})", required=False)
    return (*rows.field(path, tr("cytology {}"), "bold"), *day)


def _status(rows: RowWriter) -> Words:
    """Return the status with its day, where that is not the day of the imaging above."""
    brain, status = rows.case.brain, rows.fact("cns_class", rows.style("necrosis_in_question"))
    if status and brain.class_date is not None and brain.modality and brain.class_date == brain.imaging_date:
        return (replace(status[0], origin=(*status[0].origin, *says("brain.class_date"))), *status[1:])
    return rows.say(status, rows.field("brain.class_date", required=False))


def _last_local(rows: RowWriter) -> Words:
    """Return the last local brain therapy in full; the others are counted, and drawn on the time axis."""
    listed, therapies = rows.case.brain.local_therapies, brain_therapies(rows.case)
    dated = [therapy for therapy in therapies if therapy.day]
    if therapies:
        last = _latest(therapies)
        words = [*local_therapy_words(last, rows.style("prior_wbrt")), *_before_imaging(last, rows.case)]
        if dated and len(dated) < len(therapies):
            words.append(Run(tr(" (the last that is dated)"), "muted"))
        if others := len(therapies) - 1:
            words.append(Run(tr("; {n} more").format(n=others), origin=("count:local therapies",)))
        if listed.completeness != "complete":
            words.append(Run(tr("; list not complete"), "italic", origin=says(_HOW_COMPLETE)))
    elif listed.completeness == "complete":
        words = [Run(tr("none so far"), origin=says(_HOW_COMPLETE))]
    else:
        words = [*rows.absent(_LOCAL)]
    return tuple(words)


def _before_imaging(therapy: LocalTherapy, case: Case) -> Words:
    """Return how many days lie between radiotherapy and imaging that shows progression, or necrosis in question."""
    brain = case.brain
    asked = brain.necrosis_in_question or "progressing" in (brain.cns_class or ())
    given, seen = therapy.day and therapy.day.exact, brain.imaging_date and brain.imaging_date.exact
    if not asked or therapy.kind.what != "radiotherapy" or not given or not seen or given >= seen:
        return ()
    words = tr(" ({n} days before the imaging)").format(n=(seen - given).days)
    return (Run(words, "bold", origin=(f"case:{_LOCAL}", "case:brain.imaging_date", "count:days between")),)


def _latest(therapies: Sequence[LocalTherapy]) -> LocalTherapy:
    """Return the last that is dated; where none is, the last in the list."""
    dated = [(therapy.day, n) for n, therapy in enumerate(therapies) if therapy.day]
    return therapies[max(dated)[1] if dated else -1]


def _result(rows: RowWriter) -> Words:
    """Return what the last local brain therapy achieved: a cavity is read with how much was resected."""
    therapies = brain_therapies(rows.case)
    result = _latest(therapies).result if therapies else None
    return typed(_LOCAL, result) if result else ()


def _also_treated(rows: RowWriter) -> Words:
    """Return one more local brain therapy in full: a second course at one site is read with the dose of the first."""
    therapies = brain_therapies(rows.case)
    if not therapies:
        return ()
    last = _latest(therapies)
    others = [therapy for therapy in therapies if therapy is not last]
    return local_therapy_words(_latest(others), rows.style("prior_wbrt")) if others else ()


def _without_drawing(zone: BrainZone) -> BrainZone:
    """Give up the drawing of the lesions; number, largest and sites are in words above it."""
    return replace(zone, rows=tuple(replace(row, picture=None) for row in zone.rows))


_FURTHER: Note[BrainZone] = Note("further", lambda _: tr("treatment and symptoms elsewhere: in the annex"))
_ALSO: Note[BrainZone] = Note("also_treated", lambda _: tr("another therapy, result, growth, histology: in the annex"))
_CYTOLOGY: Note[BrainZone] = Note("cytology", lambda _: tr("cytology: in the annex"))
_IN_WORDS: Note[BrainZone] = Note("lesions", lambda _: tr("lesions: in words only"))
ZONE = Zone(
    BrainZone,
    _compose,
    shorter=(
        *rows_forms(),
        Form(240, without_further, _FURTHER),
        Form(320, _without_drawing, _IN_WORDS),
        Form(325, without_late, _ALSO),
        Form(405, in_brief, _CYTOLOGY),
    ),
    outline=rows_outline,
)
