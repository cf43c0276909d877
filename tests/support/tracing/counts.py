"""Counts of the page made again from the assessment."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from her2board.assessment.model import OptionResult
from her2board.briefing.zones.options import OptionZone
from her2board.evidence.records import Cohort
from her2board.evidence.values import Endpoint
from her2board.logic.truth import Truth
from support.pages import Made, text_of
from support.tracing.from_evidence import measured
from support.tracing.page import words_of
from support.zones import points_to_check


def plural(things: Any, word: str) -> str:
    return word if len(things) == 1 else f"{word}s"


def _more(labels: Iterable[str], named: Iterable[int] = (1, 2)) -> Iterator[str]:
    """Yield 'last label +n' for lists that name one or two and count the rest."""
    distinct = list(dict.fromkeys(labels))
    for most in named:
        if len(distinct) > most:
            yield f"{', '.join(distinct[:most])} +{len(distinct) - most}"


def of_pause(made: Made) -> Iterator[str]:
    pause, facts = made.assessment.pause, made.assessment.facts
    roles, points = pause.of("discipline"), pause.of("must_know")
    heard = sum(said.status == "heard" for said in made.case.board.disciplines)
    needed = sum(item.state not in ("not_needed", "cannot_tell") for item in roles)
    known = sum(not item.facts_missing for item in points)
    yield f"{heard} of {needed} disciplines heard {known} of {len(points)} points known"
    waiting = [item.label for item in pause.of("reasonable") if item.state == "cannot_tell"]
    yield "; ".join(waiting)  # named in one row
    for item in pause.items:
        shown = [f"{facts.read(name).label}: {facts.read(name).shown}" for name in item.facts_used]
        yield from _more(shown, (1,))
        yield from _more((facts.read(name).label for name in item.facts_missing if name in facts.readings), (1,))


def of_option(made: Made, option: OptionResult) -> Iterator[str]:
    facts = made.assessment.facts
    missing = [facts.read(name).label for finding in option.findings for name in finding.facts_missing]
    yield from _more(missing)
    yield from _more(option.because)
    yield from _more([facts.read(name).label for caution in option.to_ask for name in caution.facts_missing])
    parts = (option.standing == "cannot_tell") + len(option.cautions)
    parts += bool(option.to_ask) and option.standing != "cannot_tell"
    yield from (f"+{parts - most} in the annex" for most in (1, 2, 3) if parts > most)
    if option.cohorts:
        yield from _nearest(made, option.cohorts[0])


def _nearest(made: Made, id_: str) -> Iterator[str]:
    """Yield the nearest cohort with its size and its counts, and every value measured in it."""
    found = made.assessment.cohort(id_)
    truths = Counter(finding.truth for finding in found.findings)
    met, differ, unknown = (truths[truth] for truth in (Truth.MET, Truth.NOT_MET, Truth.UNKNOWN))
    size = f"(n {found.cohort.n.value})" if found.cohort.n else "(n not read)"
    listed = _first_two(finding.criterion for finding in found.of(Truth.NOT_MET))
    open_ = _first_two(_unknown_labels(made, id_))
    counted = (
        f"{found.trial.name}, {found.cohort.id.replace('-', ' ')} {size}: {met} met, "
        f"{differ} differ{'s' if differ == 1 else ''} ({listed}), {unknown} cannot tell"
    )
    if found.outcome == "all_met":
        counted = f"{found.trial.name}, {found.cohort.id.replace('-', ' ')} {size}: all stated criteria met"
    if found.remarks:
        counted += f", {len(found.remarks)} remark{'s' if len(found.remarks) > 1 else ''}"
    rows = made.shown.get(OptionZone).rows
    full = made.briefing.get(OptionZone).rows[: len(rows)]
    named = rows and [row.cohort_open for row in rows] == [row.cohort_open for row in full]
    yield f"{counted} ({open_})" if named else counted
    for endpoint in found.cohort.endpoints:
        if not endpoint.superseded:
            yield measured(endpoint)
            yield endpoint.criteria
            yield from _scales(endpoint, found.cohort)


def _scales(endpoint: Endpoint, cohort: Cohort) -> Iterator[str]:
    """Yield what a drawing of the outcome is labelled with: a scale of all patients, or to a round number of months."""
    whole = f"cohort n {cohort.n.value}" if cohort.n else "n not read"
    size = f"n {endpoint.counts.of}" if endpoint.counts else whole
    most = max([endpoint.value or 0, (endpoint.interval.high if endpoint.interval else 0) or 0])
    ends = ["100 %"] if endpoint.unit == "percent" else [f"{n} {endpoint.unit}" for n in range(6, 121, 6) if n > most]
    yield from (f"0 {end} {size}" for end in ends)


def _first_two(labels: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(labels))
    return ", ".join(distinct[:2]) + (f" +{len(distinct) - 2}" if len(distinct) > 2 else "")


def _unknown_labels(made: Made, id_: str) -> Iterator[str]:
    facts = made.assessment.facts
    for finding in made.assessment.cohort(id_).of(Truth.UNKNOWN):
        for name in finding.facts_missing:
            silent = name.startswith("source.")
            yield facts.read(name.removeprefix("source.")).label + (": source silent" if silent else "")


def of_what_is_missing(made: Made) -> Iterator[str]:
    for ask in made.assessment.ask_next:
        when = f"due {ask.due}" if ask.due else "not asked"
        what = ask.consequence or f"whether {_first_two(ask.named)} apply"
        points = f"what is known before WBRT: {_first_two(label.lower() for label in ask.before)}"
        label = f"{ask.label}: {made.assessment.facts.read(ask.facts[0]).why}"
        yield f"{label} ({ask.owner or ask.asks}, {when}): decides: {what}"
        yield f"{ask.label} ({ask.owner or ask.asks}, {when}): decides: {what}; {points}"
        yield f"decides: {points}"
    text = " ".join(words_of(text_of(made.data)))
    asked = text[text.index("still missing ask next") :].count("decides")
    yield f"+{len(made.assessment.ask_next) - asked} more in the annex"
    left = len(points_to_check(made.briefing)) - len(points_to_check(made.shown))
    yield f"+{left} more in the annex"
    yield f"points to check: +{left}"
    gaps = made.assessment.readiness.outstanding
    sections = Counter(gap.path.partition(".")[0] for gap in gaps)
    listed = ", ".join(f"{section} {count}" for section, count in sections.items())
    yield f"{len(gaps)} required {plural(gaps, 'field')} open: {listed}"
