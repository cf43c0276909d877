"""Counts of the page made again from the assessment."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from her2board.assessment.model import OptionResult
from her2board.briefing.formats import lower
from her2board.briefing.zones.missing import MissingZone
from her2board.briefing.zones.options import OptionZone
from her2board.briefing.zones.pause import PauseZone
from her2board.logic.truth import Truth
from her2board.logic.values import Facts
from support.pages import Made
from support.tracing.from_evidence import compared
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
    yield f"{heard}/{needed} disciplines heard {known}/{len(points)} points known"
    waiting = [item for item in pause.of("reasonable") if item.state == "cannot_tell"]
    yield f"+{len(waiting)} annex"
    open_points = len(points) - known
    yield f"and {open_points - 6} more in the annex"
    for item in pause.items:
        shown = [f"{facts.read(name).label}: {facts.read(name).shown}" for name in item.facts_used]
        yield from shown
        awaited = [_asked_first(facts, name) for name in item.facts_missing if name in facts.readings]
        yield from awaited
        yield from _more(awaited, (2,))
    labelled = {item.label: item for item in pause.of("alternative")}
    for row in made.shown.get(PauseZone).rows:
        left = len(labelled[row.name].cautions) - len(row.cautions)
        yield from (f"{lower(one.name)}: +{left}" for one in labelled[row.name].cautions[: len(row.cautions)] if left)


def of_option(made: Made, option: OptionResult) -> Iterator[str]:
    facts = made.assessment.facts
    missing = [_asked_first(facts, name) for finding in option.findings for name in finding.facts_missing]
    yield from missing
    yield from _more(missing, (1, 2) if option.kind.zone == "options" else (2,))
    yield from _more(option.because)
    needed = {name for finding in option.findings for name in finding.facts_missing}
    asked = [name for caution in option.to_ask for name in caution.facts_missing if name not in needed]
    yield from _more([facts.read(name).label for name in asked])
    zone = made.shown.get(OptionZone)
    parts = len(option.cautions) + bool(asked) - len(zone.shared)  # what all rows share is said above them
    kept = [row.facts for row in zone.rows if row.name == option.option.name]
    yield from (f"{said[-1].text}; +{parts - len(said)}" for said in kept if said and parts > len(said))
    if option.cohorts:
        yield from _nearest(made, option.cohorts[0])


def _nearest(made: Made, id_: str) -> Iterator[str]:
    """Yield the nearest cohort with its size and what is met, differs and is open, and every value measured in it."""
    found = made.assessment.cohort(id_)
    truths = Counter(finding.truth for finding in found.findings)
    met, differ, unknown = (truths[truth] for truth in (Truth.MET, Truth.NOT_MET, Truth.UNKNOWN))
    arms = " v ".join(str(arm.n.value) for arm in found.cohort.arms) if len(found.cohort.arms) > 1 else ""
    subgroup = ", subgroup" if found.cohort.subgroup else ""
    size = f"(n {arms or found.cohort.n.value}{subgroup})" if arms or found.cohort.n else f"(n not read{subgroup})"
    name = f"{found.trial.name}, {found.cohort.id.replace('-', ' ')} {size}:"
    yield f"{name} {met} met" if differ or unknown else f"{name} all {met} stated criteria met"
    yield f"differs: {_first_two(finding.criterion for finding in found.of(Truth.NOT_MET))}"
    everywhere = _open_in_all_rows(made)
    yield f"open in all rows: {_first_two(everywhere)}"
    yield f"open: {_first_two(name for name in _unknown_labels(made, id_) if name not in everywhere)}"
    remarks = [remark.shown for remark in found.remarks]
    yield from _more(remarks)
    yield from remarks
    yield f"not stated there: {_first_two(remarks)}"
    yield f"not stated in any: {_first_two(remarks)}"
    for endpoint in found.cohort.endpoints:
        if not endpoint.superseded:
            yield from compared(endpoint)
            yield endpoint.criteria


def _open_in_all_rows(made: Made) -> list[str]:
    """Return what is open in the nearest cohort of every row that the page has."""
    rows = {row.name for row in made.shown.get(OptionZone).rows}
    nearest = [option.cohorts[0] for option in made.assessment.options if option.option.name in rows and option.cohorts]
    found = [list(_unknown_labels(made, id_)) for id_ in nearest]
    return [label for label in dict.fromkeys(found[0]) if all(label in one for one in found)] if len(found) > 1 else []


def _first_two(labels: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(labels))
    return ", ".join(distinct[:2]) + (f" +{len(distinct) - 2}" if len(distinct) > 2 else "")


def _unknown_labels(made: Made, id_: str) -> Iterator[str]:
    facts = made.assessment.facts
    for finding in made.assessment.cohort(id_).of(Truth.UNKNOWN):
        silent = [name.removeprefix("source.") for name in finding.facts_missing if name.startswith("source.")]
        if finding.source and len(silent) == len(finding.facts_missing):
            yield f"{finding.criterion} (left open by the source)"
            continue
        for name in finding.facts_missing:
            fact = name.removeprefix("source.")
            yield f"{facts.read(fact).label} (not stated there)" if fact in silent else _awaited(facts, fact)


_BEFORE = {
    "ild_grade": "ild_history",
    "necrosis_in_question": "cns_class",
    "leptomeningeal_treated": "leptomeningeal_status",
}
"""What the release asks for before another question."""


def _asked_first(facts: Facts, name: str) -> str:
    """Return a fact that an option or a choice waits for: the one that is asked for first."""
    before = _BEFORE.get(name)
    return _awaited(facts, before if before and facts.read(before).value is None else name)


def _awaited(facts: Facts, name: str) -> str:
    """Return a fact that is waited for, with what the case says of it so far."""
    reading = facts.read(name)
    if reading.said is not None:
        return f"{reading.label} (contradictory)"
    said = reading.value is not None and reading.shown != "yes" and 0 < len(reading.shown) <= 30
    return f"{reading.label} so far {reading.shown}" if said else reading.label


def of_what_is_missing(made: Made) -> Iterator[str]:
    for ask in made.assessment.ask_next:
        who, when = ask.owner or ask.asks, f"due {ask.due}" if ask.due else "not asked"
        names = [name for name in dict.fromkeys((*ask.named, *ask.before)) if name.lower() != ask.label.lower()]
        what = ask.consequence or (f"{names[0]} and {len(names) - 1} more" if names else "")
        yield f"{ask.label}: {ask.detail}: {who}; decides {what}"
        yield f"{who}, {when}; decides {what}"
        yield f"{ask.label}: {ask.detail}: {who}, {when}"
        yield f"{ask.label}: {who}, {when}"
    missing = made.shown.get(MissingZone)
    shown = sum(missing.asked[: missing.most_rows])
    yield f"+{len(made.assessment.ask_next) - shown} in the annex"
    left = len(points_to_check(made.briefing)) - len(points_to_check(made.shown))
    yield f"+{left} more in the annex"
    gaps = made.assessment.readiness.outstanding
    yield f"{len(gaps)} required {plural(gaps, 'field')} open"
    named_above = [gap for gap in gaps if gap.path.startswith("meeting.")]
    yield from _more(
        (gap.label for gap in (*(gap for gap in gaps if gap not in named_above), *named_above)), (3, 6, 12)
    )
    yield f"required {plural(gaps, 'field')} open: +{len({gap.label for gap in gaps})}"
