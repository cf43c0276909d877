"""Zones about the patient: header, question, brain, person, tumour and timeline."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from her2board.assessment.model import Assessment
from her2board.briefing.compose_lesions import lesion_picture
from her2board.briefing.formats import lower, not_recorded, sentence
from her2board.briefing.model import Band, Bar, Header, Mark, Row, Run, Style, Timeline, Words
from her2board.case.catalogue import fields_of
from her2board.case.dates import PartialDate
from her2board.case.fields import field_by_path, value_at
from her2board.case.model import Case, SystemicLine
from her2board.case.terms import spoken
from her2board.case.treatment import local_words
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import tr, trn


def header(case: Case, assessment: Assessment, dated: bool, identified: bool = False) -> Header:
    """Return the header; ``dated`` tells whether ``as_of`` is the meeting date or today's."""
    meeting = case.meeting
    missing = len(assessment.readiness.outstanding)
    open_items = trn("{n} required item open", "{n} required items open", missing).format(n=missing)
    as_of = tr("as of {date}").format(date=_day(assessment.as_of)) + ("" if dated else tr(" (today; no meeting date)"))
    state = (Run(open_items, origin=("count:required items open",)), Run(f" \N{MIDDLE DOT} {_role(case, missing)}"))
    kinds = {"published": tr("published case"), "invented": tr("invented case")}
    board = tr("Tumour board {date}").format(date=meeting.date.shown()) if meeting.date else ""
    call_back = _typed("meeting.call_back", f" ({meeting.call_back})") if meeting.call_back else ()
    return Header(
        code=tr("Case {code}").format(code=case.code),
        subject=tr("HER2-positive breast cancer, brain metastases"),
        meeting=(
            *(_typed("meeting.place", f"{meeting.place} \N{MIDDLE DOT} ") if meeting.place else ()),
            Run(board or tr("Meeting date not recorded"), origin=("case:meeting.date",)),
            Run(" \N{MIDDLE DOT} "),
            *_typed("meeting.consultant", meeting.consultant or tr("presenter not recorded")),
            *call_back,
        ),
        prepared=(
            Run(as_of, origin=("run:day of the discussion",)),
            Run(" \N{MIDDLE DOT} "),
            *state,
            Run(" \N{MIDDLE DOT} "),
            *_prepared_by(meeting.preparer),
        ),
        state=state,
        kind=kinds.get(case.origin, ""),
        identity=_identity(case) if identified else "",
    )


def _role(case: Case, missing: int) -> str:
    """Return what the page is: a draft as long as anything required is open, whatever somebody called the case."""
    if case.status == "draft":
        return tr("DRAFT")
    return tr("DRAFT, although called final") if missing else tr("final")


def _typed(path: str, text: str, style: Style = "plain") -> Words:
    """Return what a person typed into a field."""
    return (Run(text, style, origin=(f"case:{path}",), free=True),)


def _prepared_by(name: str | None) -> Words:
    words = tr("by {name}").format(name=name) if name else tr("preparer not recorded")
    return _typed("meeting.preparer", words)


def _identity(case: Case) -> str:
    name = case.identity.name or tr("name not recorded")
    number = case.identity.record_number
    record = tr("record number {number}").format(number=number) if number else tr("record number not recorded")
    return f"{name} \N{MIDDLE DOT} {record}"


def _day(day: date) -> str:
    return PartialDate.from_day(day).shown()


def urgency_band(case: Case, assessment: Assessment) -> Band | None:
    """Return the band of a recorded urgency, or nothing."""
    bypass = assessment.pause.bypass
    if not bypass.open:
        return None
    note = _typed("urgency.note", f"{case.urgency.note.rstrip('. ')}. ") if case.urgency.note else ()
    recorded = Run(bypass.recorded, origin=("case:urgency.recorded_by", "case:urgency.recorded_on"), free=True)
    words = (
        Run(bypass.reasons[0], "bold"),
        Run(" \N{EN DASH} "),
        recorded,
        Run(". "),
        *note,
        Run(tr("Follow the local urgent pathway; local therapy first. ")),
        Run(tr("Nothing on this page is a reason to wait; what is missing is completed afterwards.")),
    )
    return Band(tr("URGENT, as recorded"), words)


def question(case: Case) -> tuple[Words, Words]:
    """Return the question for the board and what is new."""
    asked = case.meeting.question
    words = _typed("meeting.question", asked) if asked else not_recorded(case, "meeting.question")
    since = case.meeting.last_discussed
    label = tr("New since {date}. ").format(date=since.shown()) if since else tr("New. ")
    new = case.meeting.new_since
    told = _typed("meeting.new_since", new) if new else not_recorded(case, "meeting.new_since")
    return words, (Run(label, "muted", origin=("case:meeting.last_discussed",)), *told)


_FEW_ASSAYS = 180
"""Characters of our own that a reason may have to stay on a full page: two or three specimens."""


class _Rows:
    """Builds rows: what is recorded, and 'not recorded' in its place where a required fact is not."""

    def __init__(self, case: Case, assessment: Assessment) -> None:
        self._case = case
        self._facts = assessment.facts

    def say(self, *parts: Words) -> Words:
        """Join parts with commas."""
        joined: list[Run] = []
        for part in parts:
            if part and joined:
                joined[-1] = replace(joined[-1], text=joined[-1].text.removesuffix("."))
                joined.append(Run(", "))
            joined += part
        return tuple(joined)

    def field(self, path: str, form: str = "{}", style: Style = "plain", required: bool = True) -> Words:
        """Return one field in words; a gap is named with its label."""
        value = value_at(self._case, path)
        if value is None:
            return self.gap(path) if required else ()
        free = field_by_path()[path].kind in ("text", "texts")
        return (Run(form.format(_words(value)), style, origin=(f"case:{path}",), free=free),)

    def first(self, path: str, style: Style = "plain") -> Words:
        """Return the field a row is named after; a gap needs no second name."""
        return self.field(path, style=style, required=False) or not_recorded(self._case, path)

    def gap(self, path: str) -> Words:
        """Return 'label not recorded' with reason, owner and date."""
        label = lower(field_by_path()[path].info.label)
        return (Run(f"{label} ", "italic"), *not_recorded(self._case, path))

    def flag(self, path: str, yes: str, no: str, required: bool = True) -> Words:
        """Return a yes/no field in words."""
        value = value_at(self._case, path)
        if value is None:
            return self.gap(path) if required else ()
        return (Run(yes if value else no),)

    def fact(self, name: str, style: Style = "plain") -> Words:
        """Return a derived fact in words, with why it is open; what is muted goes first where the page is full."""
        reading, origin = self._facts.read(name), (f"fact:{name}",)
        why = self._apart(Run(f" ({reading.why})", "muted", origin=origin)) if reading.why else ()
        if reading.value is None:
            gap = not_recorded(self._case, fields_of(name)[0])
            # an assay that decides nothing yet stands nowhere else on the page, so it stays where there are few
            if name == "her2_status" and sum(len(run.text) for run in why if not run.free) <= _FEW_ASSAYS:
                why = tuple(replace(run, style="plain") for run in why)
            return (*gap, *why)
        return (*self._apart(Run(reading.shown, style, origin=origin)), *why)

    def _apart(self, run: Run) -> Words:
        """Return our words and the sites of specimens between them, which are as long as somebody typed them."""
        sites = {specimen.site for specimen in self._case.tumour.specimens.items if specimen.site}
        if not sites:
            return (run,)
        longest_first = "|".join(map(re.escape, sorted(sites, key=lambda site: (-len(site), site))))
        parts = re.split(rf"(?<= \()({longest_first})(?=[,)])", run.text)
        typed = replace(run, origin=("case:tumour.specimens",), free=True)
        return tuple(replace(typed if place % 2 else run, text=part) for place, part in enumerate(parts) if part)


def _words(value: object) -> str:
    if isinstance(value, PartialDate):
        return value.shown()
    if isinstance(value, tuple):
        return ", ".join(spoken(str(entry)) for entry in value) or tr("none")
    if isinstance(value, float):
        return f"{value:g}"
    return spoken(str(value)) if isinstance(value, str) and value.islower() else str(value)


def brain_rows(case: Case, assessment: Assessment) -> tuple[Row, ...]:
    """Return the brain as the report describes it."""
    rows, brain = _Rows(case, assessment), case.brain
    lesions = rows.say(
        _count(case, rows, assessment),
        rows.field("brain.largest_mm", tr("largest {} mm"), "bold"),
        rows.flag("brain.measurable", tr("measurable"), tr("not measurable")),
        rows.field("brain.total_volume_ml", tr("{} mL in all"), required=False),
    )
    sites = rows.say(
        rows.first("brain.sites"),
        rows.flag("brain.brainstem", tr("brainstem"), tr("none in brainstem"), required=False),
        rows.flag("brain.posterior_fossa", tr("posterior fossa"), "", required=False) if brain.posterior_fossa else (),
        rows.flag("brain.eloquent", tr("eloquent cortex"), "", required=False) if brain.eloquent else (),
        rows.flag("brain.oedema", tr("oedema"), tr("no oedema"), required=False),
    )
    imaging = rows.say(
        rows.first("brain.modality"),
        rows.flag("brain.contrast", tr("with contrast"), tr("without contrast")) if brain.modality else (),
        rows.field("brain.imaging_date") if brain.modality else (),
        rows.field("brain.reported_by", tr("reported by {}"), required=False),
        rows.field("brain.comparison_date", tr("compared with {}"), required=False),
    )
    neurology = rows.say(
        _symptoms(case, rows),
        rows.field("neurology.trend", required=False),
        _steroid(case, rows),
        rows.field("neurology.antiseizure_drugs", tr("anti-seizure: {}"), required=False),
    )
    leptomeninges = rows.say(
        rows.first("brain.leptomeninges", "bold"),
        rows.field("brain.leptomeninges_basis", tr("basis: {}"), required=False),
    )
    return (
        Row(tr("Lesions"), lesions, lesion_picture(case)),
        Row(tr("Sites"), sites),
        Row(tr("Imaging"), imaging),
        Row(tr("Class"), rows.say(rows.fact("cns_class", "bold"), rows.field("brain.class_date", required=False))),
        Row(tr("Local therapy"), _last_local(case)),
        Row(tr("Symptoms"), neurology),
        Row(tr("Leptomeninges"), leptomeninges),
    )


def _count(case: Case, rows: _Rows, assessment: Assessment) -> Words:
    if case.brain.lesion_count is None and not assessment.facts.recorded("lesion_count"):
        return rows.gap("brain.lesion_count")
    return (Run(assessment.facts.read("lesion_count").shown, "bold", origin=("fact:lesion_count",)),)


def _last_local(case: Case) -> Words:
    """Return the last local brain therapy in full; the others are counted, and drawn on the time axis."""
    therapies = case.brain.local_therapies
    if not therapies.items:
        if therapies.completeness == "complete":
            return (Run(tr("none so far"), "bold"),)
        return not_recorded(case, "brain.local_therapies")
    dated = [(therapy.day, n) for n, therapy in enumerate(therapies.items) if therapy.day]
    last = therapies.items[max(dated)[1] if dated else -1]
    kind, _, rest = local_words(last.model_copy(update={"site": None})).partition(", ")
    words = [Run(kind, "bold")]
    if last.site:
        words += _typed("brain.local_therapies", f", {last.site}")
    words.append(Run(f", {rest}", origin=("case:brain.local_therapies",)))
    if dated and len(dated) < len(therapies.items):
        words.append(Run(tr(" (the last that is dated)"), "muted"))
    if others := len(therapies.items) - 1:
        words.append(Run(tr("; {n} more").format(n=others), origin=("count:local therapies",)))
    if therapies.completeness != "complete":
        words.append(Run(tr("; list not complete"), "italic"))
    return tuple(words)


def _symptoms(case: Case, rows: _Rows) -> Words:
    neurology = case.neurology
    if neurology.symptoms:
        return _typed("neurology.symptoms", ", ".join(neurology.symptoms), "bold")
    return rows.flag("neurology.symptoms_present", tr("present"), tr("none"))


def _steroid(case: Case, rows: _Rows) -> Words:
    neurology = case.neurology
    if neurology.dexamethasone_mg is None:
        return rows.flag("neurology.steroid_given", tr("steroid given, dose not recorded"), tr("no steroid"))
    trend = f" {neurology.steroid_trend}" if neurology.steroid_trend else ""
    dose = tr("dexamethasone {mg:g} mg a day{trend}").format(mg=neurology.dexamethasone_mg, trend=trend)
    return (Run(dose, origin=("case:neurology.dexamethasone_mg",)),)


def patient_rows(case: Case, assessment: Assessment) -> tuple[Row, ...]:
    """Return the person: age and state, disease outside the brain, organs, toxicity, view."""
    rows, patient = _Rows(case, assessment), case.patient
    ecog = rows.field("patient.ecog", "ECOG {}", "bold", required=patient.kps is None)
    kps = rows.field("patient.kps", tr("Karnofsky {}"), required=False)
    state = rows.say(
        rows.field("patient.age")
        if patient.age or not patient.age_note
        else _typed("patient.age_note", patient.age_note),
        rows.field("patient.menopause", required=False),
        ecog,
        kps,
        rows.field("patient.performance_date", required=False),
    )
    outside = rows.say(
        rows.first("systemic.extracranial", "bold"),
        rows.field("systemic.extracranial_sites", required=False),
        rows.field("systemic.staging_date", tr("staged {}"), required=False),
    )
    organs = rows.say(
        rows.field("organs.lvef_percent", "LVEF {} %"),
        rows.field("organs.lvef_date", required=False),
        _ild(case, rows),
        _laboratory(case),
    )
    view = rows.say(
        rows.first("patient.goals"),
        rows.field("patient.declines", tr("declines {}"), required=False),
        rows.field("patient.work_or_driving", required=False),
    )
    return (
        Row(tr("Age, state"), state),
        Row(tr("Outside CNS"), outside),
        Row(tr("Heart, lung"), organs),
        Row(tr("Comorbidity"), rows.say(_none_or(case, rows), _toxicity(case))),
        Row(tr("Patient's view"), view),
    )


def _laboratory(case: Case) -> Words:
    """Return liver, kidney and counts, those of one result together."""
    together: dict[str, list[str]] = {}
    for name, label in (("liver", tr("liver")), ("renal", tr("renal")), ("blood_counts", tr("counts"))):
        if result := getattr(case.organs, name):
            together.setdefault(spoken(result), []).append(label)
    words = "; ".join(f"{', '.join(labels)} {result}" for result, labels in together.items())
    return (Run(words),) if words else ()


def _none_or(case: Case, rows: _Rows) -> Words:
    if case.patient.comorbidity == ():
        return (Run(tr("none")),)
    return rows.first("patient.comorbidity")


def _toxicity(case: Case) -> Words:
    names = ("neuropathy", "diarrhoea", "hand_foot", "cytopenia")
    graded = [(name, getattr(case.organs, f"{name}_grade")) for name in names]
    words = [f"{spoken(name)} {tr('grade')} {grade}" for name, grade in graded if grade is not None]
    return (Run(", ".join(words), origin=tuple(f"case:organs.{name}_grade" for name, _ in graded)),) if words else ()


def _ild(case: Case, rows: _Rows) -> Words:
    organs = case.organs
    if organs.ild_history is None and organs.ild_grade is None:
        return rows.gap("organs.ild_history")
    grade = f" {tr('grade')} {organs.ild_grade}" if organs.ild_grade else ""
    present = organs.ild_history or bool(organs.ild_grade)
    if not present:
        return (Run(tr("no ILD before")),)
    return (Run(tr("ILD before{grade}").format(grade=grade), "bold", origin=("case:organs.ild_grade",)),)


def tumour_line(case: Case, assessment: Assessment) -> Words:
    """Return receptors, genetics, origin and lines in one paragraph."""
    rows, facts = _Rows(case, assessment), assessment.facts
    parts: list[Words] = [
        (Run("HER2 "), *(rows.fact("her2_status", "bold"))),
        (Run(tr("hormone receptors ")), *rows.fact("hr_status", "bold")),
        (Run("PIK3CA "), *(rows.fact("pik3ca"))),
    ]
    if case.tumour.pik3ca_variant:
        parts[-1] = (*parts[-1], *_typed("tumour.pik3ca_variant", f" {case.tumour.pik3ca_variant}"))
    if case.tumour.origin:
        parts.append((Run(spoken(case.tumour.origin)),))
    for path, form in (
        ("tumour.histology", "{}"),
        ("tumour.initial_stage", tr("stage at diagnosis {}")),
        ("tumour.primary_date", tr("primary {}")),
        ("tumour.metastatic_date", tr("metastatic {}")),
        ("tumour.brain_date", tr("brain {}")),
    ):
        parts.append(rows.field(path, form, required=False))
    lines = facts.read("metastatic_lines")
    count = lines.shown or tr("not recorded")
    words = tr("lines for metastatic disease: {n}").format(n=count)
    parts.append((Run(words, origin=("fact:metastatic_lines",)), *_completeness(case)))
    joined: list[Run] = []
    for part in parts:
        if part:
            joined += [Run(" \N{MIDDLE DOT} "), *part] if joined else part
    return tuple(joined)


def _completeness(case: Case) -> Words:
    """Say whether a gap between lines is a time without treatment, or only one of which nothing is recorded."""
    lines = case.systemic.lines
    if not lines.items:
        return ()
    if lines.completeness == "complete":
        return (Run(tr(" (list complete)"), "muted"),)
    if lines.metastatic_complete:
        return (Run(tr(" (metastatic list complete)"), "muted"),)
    return (Run(tr(" (list not complete)"), "muted"),)


def timeline(case: Case, assessment: Assessment, library: EvidenceLibrary) -> Timeline:
    """Return systemic lines, local therapies and events on one axis."""
    bars = tuple(_bar(number, line, library) for number, line in enumerate(case.systemic.lines.items, 1))
    therapies = case.brain.local_therapies
    local = [
        replace(mark, treatment=True, origin=("case:brain.local_therapies",))
        for therapy in therapies.items
        if therapy.day and (mark := _mark(spoken(therapy.kind), therapy.day, assessment.as_of)) is not None
    ]
    without = [local_words(t) for t in therapies.items if not t.day]
    words: Words = _typed("brain.local_therapies", "; ".join(without)) if without else ()
    return Timeline(
        bars=bars,
        brain=(*local, *_events(case, assessment.as_of)),
        board=assessment.as_of,
        local_words=words,
    )


def _bar(number: int, line: SystemicLine, library: EvidenceLibrary) -> Bar:
    start = line.start.span if line.start else None
    stop = line.stop.span if line.stop else None
    label = _line_words(line, library)
    return Bar(
        number=number,
        label=label,
        length=len(label),
        when=_when(line),
        start_low=start.low if start else None,
        start_high=start.high if start else None,
        stop_low=stop.low if stop else None,
        stop_high=stop.high if stop else None,
        ongoing=bool(line.ongoing),
    )


def _when(line: SystemicLine) -> str:
    if line.stop and not line.start:
        return tr("stopped {date}").format(date=line.stop.shown())
    return tr(" to ").join(day.shown() for day in (line.start, line.stop) if day)


def _line_words(line: SystemicLine, library: EvidenceLibrary) -> str:
    """Return one line in few words: drugs by short name, setting, response, why it stopped."""
    drugs = " + ".join(_drug_words(name, library) for name in line.drugs or ()) or tr("drugs not recorded")
    setting = spoken(line.setting) if line.setting else tr("setting not recorded")
    parts = [setting]
    if line.best_response:
        parts.append(tr("best response {response}").format(response=spoken(line.best_response)))
    if line.ongoing:
        parts.append(tr("ongoing"))
    elif line.reason_stopped:
        parts.append(tr("stopped: {reason}").format(reason=spoken(line.reason_stopped)))
    if line.start and not line.stop and not line.ongoing:
        parts.append(tr("stop date not recorded"))
    return f"{drugs} ({', '.join(parts)})"


def _drug_words(name: str, library: EvidenceLibrary) -> str:
    return library.vocabulary.shown(name)


def _mark(label: str, day: PartialDate, as_of: date) -> Mark | None:
    """Return an event with the days it may have been; nothing for what surely lies ahead."""
    low, high = day.span.low, day.span.high
    if low is not None and low > as_of:
        return None
    return Mark(label, day.shown(), low, min(high, as_of) if high else None)


def _events(case: Case, as_of: date) -> Iterable[Mark]:
    """Yield what happened to the disease and the brain; events of one day share a mark."""
    together: dict[PartialDate, list[str]] = {}
    progressions = [
        (tr("progression in the brain"), line.stop)
        for line in case.systemic.lines.items
        if line.progressed_in in ("brain", "brain_and_body")
    ]
    for label, day in (
        (tr("metastatic"), case.tumour.metastatic_date),
        (tr("brain metastases"), case.tumour.brain_date),
        *progressions,
        (case.brain.modality or tr("imaging"), case.brain.imaging_date),
    ):
        if day is not None:
            together.setdefault(day, []).append(label)
    origin = ("case:tumour.metastatic_date", "case:tumour.brain_date", "case:systemic.lines", "case:brain.imaging_date")
    for day, labels in together.items():
        if (mark := _mark(", ".join(dict.fromkeys(labels)), day, as_of)) is not None:
            yield replace(mark, origin=origin)


def contradiction_words(assessment: Assessment) -> Words:
    """Return what disagrees in the case, and what is out of date."""
    found = [(c.text, c.fields) for c in assessment.contradictions]
    found += [(f"{gap.label}: {gap.words}", (gap.path,)) for gap in assessment.readiness.stale]
    return tuple(
        Run(sentence(text), origin=tuple(f"case:{field.partition('[')[0]}" for field in fields), free=True)
        for text, fields in found
    )
