"""The brain as the report describes it."""

from dataclasses import dataclass, replace

from her2board.briefing.formats import not_recorded, typed
from her2board.briefing.model import Run, Words
from her2board.briefing.zones.base import Form, Note, Sources, Zone
from her2board.briefing.zones.lesions import lesion_picture
from her2board.briefing.zones.local_therapy import local_therapy_words
from her2board.briefing.zones.rows import Row, RowsZone, RowWriter, rows_forms, rows_outline
from her2board.wording import tr


@dataclass(frozen=True, slots=True)
class BrainZone(RowsZone):
    """The brain, row by row."""


def _compose(sources: Sources) -> BrainZone:
    rows = RowWriter(sources)
    return BrainZone(
        tr("Brain"),
        (
            Row(tr("Lesions"), _lesions(rows), lesion_picture(sources.case)),
            Row(tr("Sites"), _sites(rows)),
            Row(tr("Imaging"), _imaging(rows)),
            Row(tr("CNS disease status"), _status(rows)),
            Row(tr("Local therapy"), _last_local(rows)),
            Row(tr("Symptoms"), _neurology(rows)),
            Row(tr("Leptomeninges"), _leptomeninges(rows)),
        ),
    )


def _lesions(rows: RowWriter) -> Words:
    return rows.say(
        _count(rows),
        rows.field("brain.largest_mm", tr("largest {}"), "bold"),
        rows.flag("brain.measurable", tr("measurable"), tr("not measurable")),
        rows.field("brain.total_volume_ml", tr("{} mL in all"), required=False),
    )


def _count(rows: RowWriter) -> Words:
    if rows.case.brain.lesion_count is None and not rows.facts.recorded("lesion_count"):
        return rows.gap("brain.lesion_count")
    return (Run(rows.facts.read("lesion_count").shown, "bold", origin=("fact:lesion_count",)),)


def _sites(rows: RowWriter) -> Words:
    brain = rows.case.brain
    return rows.say(
        rows.first("brain.sites"),
        rows.flag("brain.brainstem", tr("brainstem"), tr("none in brainstem"), required=False),
        rows.flag("brain.posterior_fossa", tr("posterior fossa"), "", required=False) if brain.posterior_fossa else (),
        rows.flag("brain.eloquent", tr("eloquent cortex"), "", required=False) if brain.eloquent else (),
        rows.flag("brain.oedema", tr("oedema"), tr("no oedema"), required=False),
    )


def _imaging(rows: RowWriter) -> Words:
    modality = rows.case.brain.modality
    return rows.say(
        rows.first("brain.modality"),
        rows.flag("brain.contrast", tr("with contrast"), tr("without contrast")) if modality else (),
        rows.field("brain.imaging_date") if modality else (),
        rows.field("brain.reported_by", tr("reported by {}"), required=False),
        rows.field("brain.comparison_date", tr("compared with {}"), required=False),
    )


def _neurology(rows: RowWriter) -> Words:
    return rows.say(
        _symptoms(rows),
        rows.field("neurology.trend", required=False),
        _steroid(rows),
        rows.field("neurology.antiseizure_drugs", tr("anti-seizure: {}"), required=False),
    )


def _symptoms(rows: RowWriter) -> Words:
    symptoms = rows.case.neurology.symptoms
    if symptoms:
        return typed("neurology.symptoms", ", ".join(symptoms), "bold")
    return rows.flag("neurology.symptoms_present", tr("present"), tr("none"))


def _steroid(rows: RowWriter) -> Words:
    neurology = rows.case.neurology
    if neurology.dexamethasone_mg is None:
        return rows.flag("neurology.steroid_given", tr("steroid given, dose not recorded"), tr("no steroid"))
    trend = f" {neurology.steroid_trend}" if neurology.steroid_trend else ""
    dose = tr("dexamethasone {mg:g} mg a day{trend}").format(mg=neurology.dexamethasone_mg, trend=trend)
    return (Run(dose, origin=("case:neurology.dexamethasone_mg",)),)


def _leptomeninges(rows: RowWriter) -> Words:
    return rows.say(
        rows.first("brain.leptomeninges", "bold"),
        rows.field("brain.leptomeninges_basis", tr("basis: {}"), required=False),
    )


def _status(rows: RowWriter) -> Words:
    return rows.say(rows.fact("cns_class", "bold"), rows.field("brain.class_date", required=False))


def _last_local(rows: RowWriter) -> Words:
    """Return the last local brain therapy in full; the others are counted, and drawn on the time axis."""
    therapies = rows.case.brain.local_therapies
    if not therapies.items:
        if therapies.completeness == "complete":
            return (Run(tr("none so far"), "bold"),)
        return not_recorded(rows.case, "brain.local_therapies")
    dated = [(therapy.day, n) for n, therapy in enumerate(therapies.items) if therapy.day]
    last = therapies.items[max(dated)[1] if dated else -1]
    words = [*local_therapy_words(last, "bold")]
    if dated and len(dated) < len(therapies.items):
        words.append(Run(tr(" (the last that is dated)"), "muted"))
    if others := len(therapies.items) - 1:
        words.append(Run(tr("; {n} more").format(n=others), origin=("count:local therapies",)))
    if therapies.completeness != "complete":
        words.append(Run(tr("; list not complete"), "italic"))
    return tuple(words)


def _without_drawing(zone: BrainZone) -> BrainZone:
    """Give up the drawing of the lesions; number, largest and sites are in words above it."""
    return replace(zone, rows=tuple(replace(row, picture=None) for row in zone.rows))


_IN_WORDS: Note[BrainZone] = Note("lesions", lambda _: tr("lesions: in words only"))
ZONE = Zone(BrainZone, _compose, shorter=(*rows_forms(), Form(320, _without_drawing, _IN_WORDS)), outline=rows_outline)
