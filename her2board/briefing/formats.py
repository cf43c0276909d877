"""Values as words: endpoints, intervals, lists, and the mark for what is not recorded."""

from collections.abc import Iterable

from her2board.assessment.model import Ask
from her2board.briefing.model import Run, Style, Words
from her2board.case.model import Case
from her2board.case.terms import spoken
from her2board.evidence.records import Cohort
from her2board.evidence.references import Source
from her2board.evidence.values import Endpoint, Interval
from her2board.wording import filled, tr, trn

ENDPOINT_NAMES = {
    "cns_response": tr("CNS response"),
    "intracranial_response_rano_bm": tr("Intracranial response (RANO-BM)"),
    "volumetric_cns_response": tr("Volumetric CNS response"),
    "lesion_shrinkage": tr("Lesion shrinkage"),
    "overall_response": tr("Overall response"),
    "cns_complete_response": tr("Complete CNS response"),
    "cns_stable_disease": tr("Stable CNS disease"),
    "cns_progressive_disease": tr("Progressive CNS disease"),
    "cns_clinical_benefit": tr("CNS clinical benefit"),
    "cns_disease_control": tr("CNS disease control"),
    "clinical_benefit": tr("Clinical benefit"),
    "disease_control": tr("Disease control"),
    "pfs_median": tr("Median PFS"),
    "pfs_rate": tr("PFS"),
    "cns_pfs_median": tr("Median CNS-PFS"),
    "cns_pfs_rate": tr("CNS-PFS"),
    "time_to_progression_median": tr("Median time to progression"),
    "time_to_treatment_failure_median": tr("Median time to treatment failure"),
    "time_to_brain_radiotherapy_median": tr("Median time to brain radiotherapy"),
    "time_to_cns_response_median": tr("Median time to CNS response"),
    "cns_response_duration_median": tr("Median duration of CNS response"),
    "response_duration_median": tr("Median duration of response"),
    "treatment_duration_median": tr("Median treatment duration"),
    "os_median": tr("Median survival"),
    "os_rate": tr("Survival"),
    "cns_progression": tr("CNS progression"),
    "progression": tr("Progression"),
    "cognitive_decline": tr("Cognitive decline"),
    "intracranial_control": tr("Intracranial control"),
    "pfs_hazard_ratio": tr("PFS hazard ratio"),
    "cns_pfs_hazard_ratio": tr("CNS-PFS hazard ratio"),
    "os_hazard_ratio": tr("Survival hazard ratio"),
    "complete_response": tr("Complete response"),
    "partial_response": tr("Partial response"),
    "stable_disease": tr("Stable disease"),
    "progressive_disease": tr("Progressive disease"),
    "cns_partial_response": tr("Partial CNS response"),
    "time_to_progression_hazard_ratio": tr("Time-to-progression hazard ratio"),
    "leptomeningeal_response": tr("Leptomeningeal response"),
    "neurological_benefit": tr("Neurological benefit"),
    "patient_benefit_rate": tr("Patient benefit"),
    "cns_recurrence": tr("CNS recurrence"),
    "cns_intervention": tr("Intervention for CNS disease"),
    "time_to_cns_metastases_median": tr("Median time to CNS metastases"),
    "pfs_after_isolated_brain_progression_median": tr("Median time from isolated brain progression to the next"),
    "restricted_mean_pfs": tr("Restricted mean PFS"),
    "restricted_mean_os": tr("Restricted mean survival"),
    "local_control_rate": tr("Local control"),
    "distant_intracranial_control_rate": tr("Distant intracranial control"),
    "distant_intracranial_control_hazard_ratio": tr("Distant intracranial control hazard ratio"),
    "radionecrosis": tr("Radionecrosis"),
    "radionecrosis_hazard_ratio": tr("Radionecrosis hazard ratio"),
    "invasive_disease_free_rate": tr("Invasive disease-free survival"),
    "invasive_disease_free_hazard_ratio": tr("Invasive disease-free hazard ratio"),
    "brain_metastasis_free_hazard_ratio": tr("Brain-metastasis-free hazard ratio"),
    "new_brain_lesion_hazard_ratio": tr("New brain lesion or death, hazard ratio"),
    "cognitive_decline_hazard_ratio": tr("Cognitive decline hazard ratio"),
    "intracranial_failure_hazard_ratio": tr("Intracranial failure hazard ratio"),
    "time_to_performance_decline_median": tr("Median time to decline of performance status"),
    "quality_of_life_change": tr("Change in quality of life"),
    "cognition_change": tr("Change in cognition"),
    "harm": tr("Harm"),
}
_UNITS = {
    "percent": "\N{NO-BREAK SPACE}%",
    "months": tr(" months"),
    "weeks": tr(" weeks"),
    "days": tr(" days"),
    "ratio": "",
    "points": tr(" points"),
    "standard deviations": tr(" SD"),
    "patients": tr(" patients"),
}
CNS_RESPONSES = ("cns_response", "intracranial_response_rano_bm", "volumetric_cns_response", "lesion_shrinkage")
MIDDLE_DOT = " \N{MIDDLE DOT} "
"""Between parts of one line."""
PAGE_ENDPOINTS = (*CNS_RESPONSES, "cns_pfs_median", "cns_pfs_rate", "pfs_median", "pfs_rate", "os_median")
"""Endpoints the page shows, in this order of preference; the annex has them all."""


def number(value: float, unit: str = "") -> str:
    """Return a number as the source prints it: no more and no fewer digits."""
    return (getattr(value, "text", None) or f"{value:g}") + unit


def interval_words(interval: Interval) -> str:
    """Return '95 % CI 32–66', with 'not reached' for an open end."""
    ends = [tr("not reached") if end is None else number(end) for end in (interval.low, interval.high)]
    return tr("{level}\N{NO-BREAK SPACE}%\N{NO-BREAK SPACE}CI {low}\N{EN DASH}{high}").format(
        level=interval.level, low=ends[0], high=ends[1]
    )


def endpoint_name(endpoint: Endpoint) -> str:
    """Return the endpoint with its time point: 'CNS-PFS at 12 months'."""
    name = ENDPOINT_NAMES[endpoint.kind]
    if endpoint.event:
        name = endpoint.event if endpoint.kind == "harm" else f"{name}, {endpoint.event}"
    if endpoint.at_months is not None:
        return name + tr(" at {months:g} months").format(months=endpoint.at_months)
    if endpoint.at_weeks is not None:
        return name + tr(" at {weeks:g} weeks").format(weeks=endpoint.at_weeks)
    return name


def endpoint_value(endpoint: Endpoint) -> str:
    """Return value, interval and n/N: '49 % (95 % CI 32–66)'."""
    unit = _UNITS[endpoint.unit]
    value = tr("not reached") if endpoint.value is None else number(endpoint.value, unit)
    parts = [value]
    if endpoint.interval is not None:
        parts.append(f"({interval_words(endpoint.interval)})")
    if endpoint.counts is not None:
        n, of = endpoint.counts.n, endpoint.counts.of
        parts.append(f"{n}/{of}" if n is not None else tr("of {of}").format(of=of))
    return " ".join(parts)


def endpoint_basis(endpoint: Endpoint) -> str:
    """Return criteria, assessor and population: 'RECIST 1.1, central; measurable CNS disease'."""
    criteria = tr("criteria not stated") if endpoint.criteria == "not stated" else endpoint.criteria
    assessor = tr("assessor not stated") if endpoint.assessor == "not stated" else endpoint.assessor
    if endpoint.kind not in CNS_RESPONSES:
        parts = [assessor]
    elif endpoint.criteria == endpoint.assessor == "not stated":
        parts = [tr("criteria and assessor not stated")]
    else:
        parts = [criteria, assessor]
    if endpoint.post_hoc:
        parts.append(tr("post hoc"))
    return ", ".join(parts) + (f"; {endpoint.in_whom}" if endpoint.in_whom else "")


def endpoint_sources(endpoint: Endpoint) -> tuple[Source, ...]:
    """Return every source the shown value, interval and counts rest on."""
    inner = (part.source for part in (endpoint.interval, endpoint.counts) if part and part.source)
    return (endpoint.source, *inner)


def patients(endpoint: Endpoint, cohort: Cohort) -> Run:
    """Return in how many patients: those counted, else those of the cohort, said so."""
    if endpoint.counts is not None:
        return _sized(tr("n {n}").format(n=endpoint.counts.of), endpoint.counts.source or endpoint.source)
    if cohort.n is not None:
        return _sized(tr("cohort n {n}").format(n=cohort.n.value), cohort.n.source)
    return Run(tr("n not read"), "muted")


def _sized(words: str, source: Source) -> Run:
    return Run(words, "muted", origin=(f"evidence:{source.ref}, {source.locator}",))


def page_endpoint(endpoints: Iterable[Endpoint]) -> Endpoint | None:
    """Return the one endpoint the page shows of a cohort."""
    current = [e for e in endpoints if not e.superseded and e.value is not None]
    for kind in PAGE_ENDPOINTS:
        for endpoint in current:
            if endpoint.kind == kind:
                return endpoint
    return None


def cited(text: str, *sources: Source | None, style: Style = "plain") -> Run:
    """Return words with the references they rest on."""
    known = [source for source in sources if source is not None and source.read_in != "program"]
    refs = tuple(dict.fromkeys(source.ref for source in known))
    origin = tuple(f"evidence:{source.ref}, {source.locator}" for source in sources if source is not None)
    return Run(text, style, refs, any(source.secondary for source in known), origin=origin)


def typed(path: str, text: str, style: Style = "plain") -> Words:
    """Return what a person typed into a field, as a run of its own."""
    return (Run(text, style, origin=(f"case:{path}",), free=True),)


def worded(template: str, style: Style = "plain", origin: tuple[str, ...] = (), **parts: str | Words) -> Words:
    """Return a translated template filled in; what is given as words keeps its runs, so typed text stays apart."""
    runs: list[Run] = []
    text = ""
    for piece in filled(template, **parts):
        if isinstance(piece, tuple):
            runs += [Run(text, style, origin=origin), *piece] if text else piece
            text = ""
        else:
            text += piece
    return (*runs, Run(text, style, origin=origin)) if text else tuple(runs)


def joined(several: Iterable[Words], between: str = MIDDLE_DOT) -> Words:
    """Return words one after the other, those left out that are empty."""
    found: list[Run] = []
    for words in several:
        if words:
            found += [Run(between), *words] if found else words
    return tuple(found)


def sentences(*several: Words) -> Words:
    """Return words one after the other, each ending in a full stop."""
    found: list[Run] = []
    for words in several:
        if words and found:
            found.append(Run(" " if found[-1].text.rstrip().endswith(".") else ". "))
        found += words
    return tuple(found)


def not_recorded(case: Case, path: str) -> Words:
    """Return 'not recorded', with the reason, owner and date where one was given."""
    absence, origin = case.absences.get(path), f"absences.{path}"
    if absence is None:
        return (Run(tr("not recorded"), "italic", gap=True),)
    if absence.reason == "pending":
        owner = worded(tr(" of {owner}"), owner=typed(origin, absence.owner)) if absence.owner else ()
        due = tr(", due {due}").format(due=absence.due.shown()) if absence.due else ""
        asked = worded(tr(" \N{EN DASH} asked{owner}{due}"), origin=(f"case:{origin}",), owner=owner, due=due)
        return (Run(tr("not recorded"), "italic"), *asked)
    words = Run(tr("not recorded: {reason}").format(reason=spoken(absence.reason)), "italic")
    if not absence.note:
        return (words,)
    return (words, Run(" (", "italic"), *typed(origin, absence.note, "italic"), Run(")", "italic"))


def bears_on(ask: Ask, *, in_full: bool = False) -> str:
    """Return what the answer to a question bears on: 'bears on 3 cohorts, 1 option'; in full, what points are meant."""
    points = trn("{n} point", "{n} points", ask.points)
    if in_full:
        points = trn("{n} point before WBRT", "{n} points before WBRT", ask.points)
    parts = (
        trn("{n} cohort", "{n} cohorts", ask.cohorts).format(n=ask.cohorts) if ask.cohorts else "",
        trn("{n} option", "{n} options", ask.options).format(n=ask.options) if ask.options else "",
        points.format(n=ask.points) if ask.points else "",
    )
    return tr("bears on {what}").format(what=", ".join(part for part in parts if part))


def listed(parts: Iterable[str], most: int, counted: str = " +{n}") -> str:
    """Return up to ``most`` parts, counting the rest."""
    all_parts = list(dict.fromkeys(parts))
    more = len(all_parts) - most
    words = ", ".join(all_parts[:most])
    return words + (counted.format(n=more) if more > 0 else "")


def lower(label: str) -> str:
    """Return a label for use inside a sentence; abbreviations stay as they are."""
    capital = label[1:2].islower() or label[1:2] == " "
    return label[:1].lower() + label[1:] if capital else label


def sentence(text: str) -> str:
    """Return ``text`` with a capital first letter, as it stands otherwise."""
    return text[:1].upper() + text[1:]
