"""Values as words: endpoints, intervals, lists, and the mark for what is not recorded."""

from collections.abc import Callable, Iterable
from datetime import date

from her2board.assessment.model import Ask, CohortResult
from her2board.briefing.model import Run, Style, Words
from her2board.case.model import Case
from her2board.case.terms import spoken
from her2board.evidence.records import Cohort, Trial
from her2board.evidence.references import Source
from her2board.evidence.terms import EndpointKind, Unit, WhyNotStated
from her2board.evidence.values import Endpoint, Interval
from her2board.wording import Marked, day_words, filled, tr, trn

MIDDLE_DOT = " \N{MIDDLE DOT} "
"""Between parts of one line."""
CNS_RESPONSES = (
    EndpointKind.CNS_RESPONSE,
    EndpointKind.INTRACRANIAL_RESPONSE_RANO_BM,
    EndpointKind.VOLUMETRIC_CNS_RESPONSE,
    EndpointKind.LESION_SHRINKAGE,
)
PAGE_ENDPOINTS = (
    *CNS_RESPONSES,
    EndpointKind.CNS_PFS_MEDIAN,
    EndpointKind.CNS_PFS_RATE,
    EndpointKind.PFS_MEDIAN,
    EndpointKind.PFS_RATE,
    EndpointKind.OS_MEDIAN,
)
"""Endpoints the page shows, in this order of preference; the annex has them all."""


def number(value: float, unit: str = "") -> str:
    """Return a number as the source prints it: no more and no fewer digits."""
    return (getattr(value, "text", None) or f"{value:g}") + unit


def suffix(unit: Unit) -> str:
    """Return what follows a number of this unit: ' months', nothing for a ratio."""
    if unit is Unit.RATIO:
        return ""
    return ("\N{NO-BREAK SPACE}" if unit is Unit.PERCENT else " ") + tr(unit.label)


def interval_words(interval: Interval) -> str:
    """Return '95 % CI 32–66', with 'not reached' for an open end."""
    ends = [tr("not reached") if end is None else number(end) for end in (interval.low, interval.high)]
    return tr("{level}\N{NO-BREAK SPACE}%\N{NO-BREAK SPACE}CI {low}\N{EN DASH}{high}").format(
        level=interval.level, low=ends[0], high=ends[1]
    )


def endpoint_name(endpoint: Endpoint) -> str:
    """Return the endpoint with its time point: 'CNS-PFS at 12 months'."""
    name = tr(endpoint.kind.label)
    if endpoint.event:
        name = endpoint.event if endpoint.kind is EndpointKind.HARM else f"{name}, {endpoint.event}"
    if endpoint.at_months is not None:
        return name + tr(" at {months:g} months").format(months=endpoint.at_months)
    if endpoint.at_weeks is not None:
        return name + tr(" at {weeks:g} weeks").format(weeks=endpoint.at_weeks)
    return name


def endpoint_value(endpoint: Endpoint) -> str:
    """Return value, interval and n/N: '49 % (95 % CI 32–66)'."""
    value = tr("not reached") if endpoint.value is None else number(endpoint.value, suffix(endpoint.unit))
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
    """Return in how many patients: those counted, else those of the arm or of the cohort, said so."""
    if endpoint.counts is not None:
        return _sized(tr("n {n}").format(n=endpoint.counts.of), endpoint.counts.source or endpoint.source)
    for arm in cohort.arms:
        if arm.arm == endpoint.arm:
            return _sized(tr("arm n {n}").format(n=arm.n.value), arm.n.source)
    if cohort.n is not None and endpoint.comparator is not None:
        return _sized(tr("all arms n {n}").format(n=cohort.n.value), cohort.n.source)
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


def cited(text: str, *sources: Source | None, style: Style = "plain", of: str = "") -> Run:
    """Return words with the references they rest on; ``of``: the record they are of, 'statement:id'."""
    known = [source for source in sources if source is not None and source.read_in != "program"]
    refs = tuple(dict.fromkeys(source.ref for source in known))
    origin = tuple(f"evidence:{source.ref}, {source.locator}" for source in sources if source is not None)
    origin = (of, *origin) if of else origin
    return Run(text, style, refs, any(source.secondary for source in known), origin=origin)


def typed(path: str, text: str, style: Style = "plain") -> Words:
    """Return what a person typed into a field, as a run of its own."""
    return (Run(text, style, origin=(f"case:{path}",), free=True),)


def says(*paths: str) -> tuple[str, ...]:
    """Return the origin of words that say a value of the case in other words: 'no oedema', a drug by its short name."""
    return tuple(f"says:{path}" for path in paths)


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
        return (Run(tr("not recorded"), "italic", origin=(f"gap:{path}",), gap=True),)
    if absence.reason == "pending":
        owner = worded(tr(" of {owner}"), owner=typed(origin, absence.owner)) if absence.owner else ()
        due = tr(", due {due}").format(due=absence.due.shown()) if absence.due else ""
        asked = worded(tr(" \N{EN DASH} asked{owner}{due}"), origin=(f"case:{origin}",), owner=owner, due=due)
        return (Run(tr("not recorded"), "italic", origin=(f"case:{origin}",)), *asked)
    words = Run(
        tr("not recorded: {reason}").format(reason=spoken(absence.reason)), "italic", origin=(f"case:{origin}",)
    )
    if not absence.note:
        return (words,)
    return (words, Run(" (", "italic"), *typed(origin, absence.note, "italic"), Run(")", "italic"))


def what_it_decides(ask: Ask, *, in_full: bool = False) -> str:
    """Return what the answer to a question decides; ``in_full`` names all that waits for it."""
    most = len(ask.named) + len(ask.before) if in_full else _NAMED
    parts = [ask.consequence] if ask.consequence else []
    if ask.named and (in_full or not parts):
        parts.append(tr("whether {names} apply").format(names=listed(ask.named, most)))
    if ask.before and (in_full or not parts):
        parts.append(tr("what is known before WBRT: {names}").format(names=listed(map(lower, ask.before), most)))
    return tr("decides: {what}").format(what="; ".join(parts))


def question_words(ask: Ask) -> str:
    """Return what is asked for, with what is missing where something is recorded already."""
    return f"{ask.label}: {ask.detail}" if ask.detail else ask.label


def listed(parts: Iterable[str], most: int, counted: str = " +{n}") -> str:
    """Return up to ``most`` parts, counting the rest."""
    all_parts = list(dict.fromkeys(parts))
    more = len(all_parts) - most
    words = ", ".join(all_parts[:most])
    return words + (counted.format(n=more) if more > 0 else "")


def listed_runs(several: Iterable[Run], most: int, counted: str = " +{n}") -> Words:
    """Return up to ``most`` runs with commas between, each with its own origin, counting the rest."""
    different: dict[str, Run] = {}
    for run in several:
        different.setdefault(run.text, run)
    kept, more = [*different.values()][:most], len(different) - most
    words = [piece for run in kept for piece in (Run(", ", run.style), run)][1:]
    if more > 0:
        words.append(Run(counted.format(n=more), words[0].style if words else "plain", origin=("count:left out",)))
    return tuple(words)


def not_stated(facts: Iterable[tuple[str, WhyNotStated]], label: Callable[[str], str]) -> str:
    """Return facts without a stated limit by the reason why, each by its ``label``."""
    groups: dict[WhyNotStated, list[str]] = {}
    for name, why in facts:
        groups.setdefault(why, []).append(lower(label(name)))
    return "; ".join(f"{tr(why.label)}: {', '.join(names)}" for why, names in groups.items())


_NAMED = 2
"""Options named where a question is asked; the rest is counted."""


def criteria_read(trial: Trial) -> str:
    """Return which text of the criteria was read, and when."""
    return f"{tr(trial.criteria_read.label)}, {day_words(date.fromisoformat(trial.criteria_read_on))}"


def outcome_in_words(result: CohortResult) -> str:
    """Return the outcome of a comparison with the number of its remarks."""
    words = tr(_OUTCOMES[result.outcome])
    remarks = len(result.remarks)
    return words + (", " + trn("{n} remark", "{n} remarks", remarks).format(n=remarks) if remarks else "")


_OUTCOMES: dict[str, Marked] = {
    "all_met": "all stated criteria met",
    "differs": "differs",
    "cannot_tell": "cannot tell",
}


def changed_locally() -> str:
    """Return what precedes the evidence wherever it is named, where its files are not those that were reviewed."""
    return tr("Evidence changed locally: not the release that was reviewed.")


def not_reviewed() -> str:
    """Return what an export without names says where nobody looked at what was replaced and what looks like a name."""
    return tr("NOT REVIEWED FOR NAMES.")


_PEOPLE = ("Child-Pugh", "Karnofsky")
"""Names with which labels begin."""


def lower(label: str) -> str:
    """Return a label for use inside a sentence; abbreviations and names of people stay as they are."""
    if label.startswith(_PEOPLE):
        return label
    capital = label[1:2].islower() or label[1:2] == " "
    return label[:1].lower() + label[1:] if capital else label


def sentence(text: str) -> str:
    """Return ``text`` with a capital first letter, otherwise unchanged."""
    return text[:1].upper() + text[1:]
