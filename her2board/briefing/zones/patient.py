"""The person: age and performance, disease outside the brain, organs, toxicity, view."""

from collections.abc import Iterator

from her2board.briefing.formats import joined, says, typed
from her2board.briefing.model import Run, Words
from her2board.briefing.zones.base import Form, Note, Sources, Zone
from her2board.briefing.zones.rows import (
    Row,
    RowsZone,
    RowWriter,
    rows_forms,
    rows_outline,
    without_further,
    without_late,
)
from her2board.case.terms import spoken
from her2board.wording import tr

_TOXICITIES = ("neuropathy", "diarrhoea", "hand_foot", "cytopenia")


class PatientZone(RowsZone, frozen=True):
    """The person, row by row."""


def _compose(sources: Sources) -> PatientZone:
    rows = RowWriter(sources)
    own = (
        Row(tr("Age, performance"), _state(rows)),
        Row(tr("In words"), rows.field("patient.performance_words", required=False), further=True),
        Row(tr("Pregnancy"), _pregnancy(rows), late=True),
        Row(tr("Extracranial"), _outside(rows)),
        Row(tr("Organs"), _organs(rows)),
        Row(tr("Liver, kidney"), _measured(rows), late=True),
        Row(tr("Comorbidity"), rows.say(_comorbidity(rows), *_drugs(rows), _toxicity(rows))),
        Row(tr("Frailty, home"), _frailty(rows), late=True),
        Row(tr("Patient's view"), _view(rows)),
    )
    said = tuple(rows.checked(row) for row in own if row.words)
    return PatientZone(tr("Patient"), (*said, *rows.not_recorded()))


def _state(rows: RowWriter) -> Words:
    patient = rows.case.patient
    return rows.say(
        _age(rows),
        (Run(tr("male"), "bold", origin=says("patient.sex")),) if patient.sex == "male" else (),
        rows.field("patient.menopause", required=False),
        rows.field("patient.ecog", "ECOG {}", "bold", required=patient.kps is None),
        rows.field("patient.kps", tr("Karnofsky {}"), required=False),
        rows.field("patient.performance_date", required=False),
        _pregnant(rows),
        rows.field("patient.trimester", tr("{} trimester"), "bold", required=False),
    )


def _pregnancy(rows: RowWriter) -> Words:
    return rows.say(rows.field("patient.delivery_due", tr("delivery expected {}"), required=False))


def _age(rows: RowWriter) -> Words:
    patient = rows.case.patient
    if patient.birth_year is None:
        noted = typed("patient.age_note", patient.age_note) if patient.age_note and not patient.age else ()
        return noted or (*rows.field("patient.age"), *(rows.old("patient.age_on") if patient.age else ()))
    shown = rows.facts.read("age").shown
    return (Run(shown, origin=("case:patient.birth_year", "case:patient.age", "count:years since birth")),)


def _pregnant(rows: RowWriter) -> Words:
    patient = rows.case.patient
    if not (patient.pregnant or patient.trimester):
        return ()
    origin = says("patient.pregnant") if patient.pregnant else ("fact:pregnant",)
    return (Run(tr("pregnant"), "bold", origin=origin),)


def _frailty(rows: RowWriter) -> Words:
    """Return what weighs on a course of radiotherapy beside performance: frailty, home, language, travel."""
    return rows.say(
        rows.field("patient.frailty", required=False),
        rows.field("patient.cognition", tr("cognition: {}"), required=False),
        rows.field("patient.cognition_date", required=False),
        rows.field("patient.carer", tr("carer: {}"), required=False),
        rows.field("patient.language", tr("language: {}"), required=False),
        rows.field("patient.travel", tr("travel: {}"), required=False),
        rows.field("patient.psychosocial", required=False),
    )


def _outside(rows: RowWriter) -> Words:
    return rows.say(
        rows.first("systemic.extracranial", "bold" if rows.case.systemic.extracranial == "progressing" else "plain"),
        rows.field("systemic.extracranial_sites", required=False) if rows.case.systemic.extracranial_sites else (),
        rows.field("systemic.staging_date", tr("staged {}"), required=False),
    )


def _organs(rows: RowWriter) -> Words:
    return rows.say(
        rows.field("organs.lvef_percent", "LVEF {} %", rows.style("lvef_percent")),
        rows.field("organs.lvef_date", required=False),
        _ild(rows),
        _laboratory(rows),
    )


def _ild(rows: RowWriter) -> Words:
    organs = rows.case.organs
    if organs.ild_history is None and organs.ild_grade is None:
        return rows.gap("organs.ild_history")
    grade = f", {tr('grade')} {organs.ild_grade}" if organs.ild_grade else ""
    present = organs.ild_history or bool(organs.ild_grade)
    if not present:
        return (Run(tr("no earlier ILD"), origin=says("organs.ild_history")),)
    origin = ("case:organs.ild_grade", *says("organs.ild_history"))
    return (Run(tr("earlier ILD{grade}").format(grade=grade), "bold", origin=origin),)


def _laboratory(rows: RowWriter) -> Words:
    """Return liver, kidney and counts, those of one result together, what is out of range in bold."""
    together: dict[str, list[tuple[str, str]]] = {}
    for name, label in (("liver", tr("liver")), ("renal", tr("renal")), ("blood_counts", tr("counts"))):
        if result := getattr(rows.case.organs, name):
            together.setdefault(result, []).append((label, f"organs.{name}"))
    ranges = [
        (
            Run(
                f"{', '.join(label for label, _ in several)} {spoken(result)}",
                "bold" if result == "out_of_range" else "plain",
                origin=says(*(path for _, path in several)),
            ),
        )
        for result, several in together.items()
    ]
    return joined(ranges, "; ")


def _measured(rows: RowWriter) -> Words:
    return rows.say(
        rows.field("organs.child_pugh", "Child-Pugh {}", "bold", required=False),
        rows.field("organs.creatinine_clearance", tr("creatinine clearance {} mL/min"), "bold", required=False),
    )


def _comorbidity(rows: RowWriter) -> Words:
    if rows.case.patient.comorbidity == ():
        return (Run(tr("none"), origin=says("patient.comorbidity")),)
    return rows.first("patient.comorbidity")


def _drugs(rows: RowWriter) -> Iterator[Words]:
    """Yield an anticoagulant and allergies where there are any; 'no' and the other drugs are in the annex."""
    patient = rows.case.patient
    if patient.anticoagulated:
        yield (Run(tr("anticoagulated"), "bold", origin=says("patient.anticoagulated")),)
    if patient.allergies:
        yield rows.field("patient.allergies", tr("allergies: {}"))


def _toxicity(rows: RowWriter) -> Words:
    """Return the toxicities, those of one grade together, the highest first."""
    together: dict[int, list[str]] = {}
    for name in _TOXICITIES:
        if grade := getattr(rows.case.organs, f"{name}_grade"):  # what is recorded as grade 0 is in the annex
            together.setdefault(grade, []).append(spoken(name))
    words = "; ".join(f"{', '.join(together[grade])} {tr('grade')} {grade}" for grade in sorted(together, reverse=True))
    return (Run(words, origin=tuple(f"case:organs.{name}_grade" for name in _TOXICITIES)),) if words else ()


def _view(rows: RowWriter) -> Words:
    """Return what the patient wants; what is declined is named above the question."""
    return rows.say(
        rows.first("patient.goals"),
        () if rows.case.patient.declines else rows.field("patient.declines", tr("declines {}"), required=False),
        rows.field("patient.work_or_driving", required=False),
    )


_FURTHER: Note[PatientZone] = Note("further_patient", lambda _: tr("performance in words: in the annex"))
_LATE: Note[PatientZone] = Note(
    "late_patient", lambda _: tr("pregnancy, liver and kidney as measured, frailty, home: in the annex")
)
ZONE = Zone(
    PatientZone,
    _compose,
    shorter=(*rows_forms(), Form(240, without_further, _FURTHER), Form(325, without_late, _LATE)),
    outline=rows_outline,
)
