"""What is named above the question: recorded urgency, symptoms, and every value of this case that decides or warns."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from her2board.assessment.model import Assessment, CautionResult, OptionResult
from her2board.briefing.formats import cited, joined, listed, lower, says, typed, worded
from her2board.briefing.model import Line, Part, Run, Words
from her2board.briefing.zones.base import Sources, Zone
from her2board.briefing.zones.local_therapy import local_therapy_words
from her2board.briefing.zones.texts import FEWEST, clip, text_forms
from her2board.case.catalogue.tumour import her2_over_specimens
from her2board.case.fields import field_by_path
from her2board.case.model import Case
from her2board.case.terms import SHOWS_SMALL, URGENT_SIGNS, spoken
from her2board.case.treatment import LOCAL_KINDS
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.release_records import Alert
from her2board.evidence.terms import PauseGroup
from her2board.logic.evaluate import truth_of
from her2board.logic.truth import Truth
from her2board.logic.values import Among, Facts
from her2board.wording import tr

_OF_IMAGING = "brain.imaging_date"
_SHORT = 80
"""Characters of a value that is never cut; a longer one holds what somebody typed."""
_NAMED = 4
"""Fields that contradict each other, named before the rest is counted."""


class AlertZone(Struct, frozen=True):
    """What is urgent or comes first, and the values that decide or warn."""

    title: str
    first: Words
    """A recorded urgency, or that local therapy comes first; empty where neither is so."""
    values: Words
    urgent: bool
    """Whether a person recorded urgency."""

    @property
    def words(self) -> Words:
        """All of it in one paragraph."""
        return (*self.first, *((Run(" "),) if self.first and self.values else ()), *self.values)


def alerts(library: EvidenceLibrary, facts: Facts) -> tuple[Alert, ...]:
    """Return the recorded values that the release names at the top of the page, contradicted or not."""
    said = facts.as_said(name for alert in library.release.alerts for name in alert.when.names)
    return tuple(alert for alert in library.release.alerts if truth_of(alert.when, said) is Truth.MET)


def alarming(library: EvidenceLibrary, facts: Facts) -> frozenset[str]:
    """Return the facts that the top of the page names."""
    return frozenset(name for alert in alerts(library, facts) for name in alert.when.names)


def alarming_first(cautions: Iterable[CautionResult], option: str | None, sources: Sources) -> list[CautionResult]:
    """Return the cautions of an option, those first that are about what the top of the page names."""
    named = alarming(sources.library, sources.assessment.facts)
    known = sources.library.cautions_by_option.get(option or "", ())
    about = {caution.id: caution.when.names for caution in known}
    return sorted(cautions, key=lambda caution: named.isdisjoint(about[caution.id]))


def _compose(sources: Sources) -> AlertZone | None:
    """Return the band; nothing where nothing is urgent, decides or warns."""
    case, assessment = sources.case, sources.assessment
    urgent = assessment.pause.bypass.open
    first = _urgent(case, assessment) if urgent else _local_first(case, assessment)
    named = (_value(alert, case, assessment.facts) for alert in alerts(sources.library, assessment.facts))
    in_use = (_in_use(result, sources) for result in assessment.options if result.standing == "in_use")
    further = (
        _refusal(case),
        _discordant(case),
        () if urgent else _not_mri(case),  # beside urgency it would read as an examination to wait for
        _stale(assessment),
        _contradicted(assessment),
    )
    values = joined((*named, *in_use, *further))
    if not first and not values:
        return None
    title = tr("URGENT, as recorded") if urgent else tr("Named first")
    return AlertZone(title, first, (*values, Run(".")) if values else (), urgent)


def _urgent(case: Case, assessment: Assessment) -> Words:
    urgency, origin = case.urgency, ("case:urgency.recorded_by", "case:urgency.recorded_on")
    by = urgency.recorded_by
    recorded = (
        worded(tr("recorded by {name}"), origin=origin, name=typed("urgency.recorded_by", by))
        if by
        else (Run(tr("by whom not recorded"), "italic", origin=("gap:urgency.recorded_by",)),)
    )
    on = (Run(f" {urgency.recorded_on.shown()}", origin=origin),) if urgency.recorded_on else ()
    note = typed("urgency.note", urgency.note.rstrip(". ")) if urgency.note else ()
    present = [f"urgency.{sign}" for sign in URGENT_SIGNS if getattr(urgency, sign)] or ["urgency.note"]
    return (
        Run(assessment.pause.bypass.reasons[0], "bold", origin=says(*present)),
        Run(" \N{EN DASH} "),
        *recorded,
        *on,
        Run(". "),
        *((*note, Run(". ")) if note else ()),
        Run(tr("Follow the local urgent pathway; local therapy first. ")),
        Run(tr("Nothing on this page is a reason to wait; what is missing is completed afterwards.")),
    )


def _local_first(case: Case, assessment: Assessment) -> Words:
    """Return that local therapy comes first, for symptoms or a recorded need of it, in the words of the guideline."""
    item = next(item for item in assessment.pause.items if item.group is PauseGroup.LOCAL_FIRST)
    if item.state != "applies":
        return ()
    if assessment.facts.read("symptoms").value == Among.exactly(True):
        label, path = tr("Symptoms recorded: local therapy first"), "neurology.symptoms_present"
    else:
        label = tr("Immediate local therapy needed, as recorded: local therapy first")
        path = "urgency.immediate_local_therapy"
    symptoms = case.neurology.symptoms
    which = typed("neurology.symptoms", ", ".join(symptoms)) if symptoms else ()
    detail = joined((which, _getting_worse(case)), "; ")
    named = (Run(" ("), *detail, Run(")")) if detail else ()
    said = cited(label, item.source, style="bold", of=f"pause:{item.id}")
    return (replace(said, origin=(*said.origin, *says(path))), *named, Run("."))


def _getting_worse(case: Case) -> Words:
    """Return that symptoms are recorded as worsening, or the steroid as rising: that wait is the shortest."""
    neurology = case.neurology
    symptoms = (Run(spoken("worsening"), "bold", origin=("case:neurology.trend",)),)
    steroid = (Run(tr("steroid rising"), "bold", origin=("case:neurology.steroid_trend",)),)
    worse = neurology.trend == "worsening", neurology.steroid_trend == "rising"
    return joined((words for words, so in zip((symptoms, steroid), worse, strict=True) if so), ", ")


def _value(alert: Alert, case: Case, facts: Facts) -> Words:
    """Return the name of an alert with the value it is about; local therapies as the page names them elsewhere."""
    name = Run(alert.name, "bold", origin=tuple(f"fact:{fact}" for fact in sorted(alert.when.names)))
    if alert.fact is None:
        return (name,)
    kinds = LOCAL_KINDS.get(alert.fact.removeprefix("last_"), ())
    given = [local_therapy_words(one, "bold") for one in case.brain.local_therapies.items if one.kind in kinds]
    if given:
        return (name, Run(": ", "bold"), *joined(given, "; "))
    shown = facts.read(alert.fact).shown or tr("not recorded")
    long = len(shown) > _SHORT
    return (name, Run(": ", "bold"), Run(shown, "bold", origin=(f"fact:{alert.fact}",), free=long))


def _in_use(result: OptionResult, sources: Sources) -> Words:
    """Return a treatment that is given now with the first caution on it that is about a value named here."""
    named = alarming(sources.library, sources.assessment.facts)
    about = {caution.id: caution.when.names for caution in sources.library.cautions_by_option[result.id]}
    warned = next((one for one in result.cautions if not named.isdisjoint(about[one.id])), None)
    if warned is None:
        return ()
    name = result.option.brief or result.option.name
    words = tr("{option} in use now: {caution}").format(option=name, caution=lower(warned.name))
    said = cited(words, warned.source, style="bold", of=f"caution:{warned.id}")
    return (replace(said, origin=(*said.origin, f"option:{result.id}")),)


def _refusal(case: Case) -> Words:
    declined = case.patient.declines
    if not declined:
        return ()
    return worded(tr("Patient declines: {text}"), "bold", text=typed("patient.declines", ", ".join(declined), "bold"))


def _discordant(case: Case) -> Words:
    """Return that specimens with a result disagree on HER2; the row of the tumour says which."""
    if not her2_over_specimens(case).discordant:
        return ()
    return (Run(tr("HER2 discordant"), "bold", origin=("fact:her2_status", "case:tumour.specimens")),)


def _not_mri(case: Case) -> Words:
    """Return what the brain was imaged with, where small metastases may not show on it."""
    modality = case.brain.modality
    if modality is None or modality in SHOWS_SMALL:
        return ()
    words = tr("Brain imaged by {modality}, not MRI").format(modality=modality)
    return (Run(words, "bold", origin=("case:brain.modality",)),)


def _stale(assessment: Assessment) -> Words:
    for gap in assessment.readiness.stale:
        if gap.path == _OF_IMAGING:
            return (
                Run(
                    tr("Imaging {age}").format(age=gap.words),
                    "bold",
                    origin=(f"case:{gap.path}", "count:days since then"),
                ),
            )
    return ()


def _contradicted(assessment: Assessment) -> Words:
    """Return which fields contradict each other; what they say is among the points to check."""
    found = dict.fromkeys(field for one in assessment.contradictions for field in one.fields)
    known = field_by_path()
    paths = dict.fromkeys(field.partition("[")[0] for field in found)
    labels = listed((lower(tr(known[path].info.label)) for path in paths if path in known), _NAMED)
    if not labels:
        return ()
    words = tr("Contradictory: {fields}").format(fields=labels)
    return (Run(words, "bold", origin=(*(f"case:{path}" for path in paths), "count:further fields")),)


def _outline(zone: AlertZone) -> Iterator[Part]:
    yield Part(zone.title, tuple(Line("", words) for words in (zone.first, zone.values) if words))


def _clipped(zone: AlertZone, most: int) -> AlertZone:
    return replace(zone, first=clip(zone.first, most), values=clip(zone.values, most))


def _fewest(zone: AlertZone) -> AlertZone:
    return replace(zone, first=clip(zone.first, 2 * FEWEST, FEWEST), values=clip(zone.values, 2 * FEWEST, FEWEST))


ZONE = Zone(AlertZone, _compose, shorter=text_forms(_clipped, _fewest), outline=_outline)
