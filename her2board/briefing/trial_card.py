"""The card of a trial: who was in it, what was measured, what is corrected, where it was read. Plain lines."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from her2board.briefing.annex import reference_details
from her2board.briefing.comparison import cite, measured
from her2board.briefing.formats import (
    criteria_read,
    endpoint_basis,
    endpoint_name,
    endpoint_value,
    not_stated,
    sentence,
)
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.overlap import overlaps
from her2board.evidence.records import Cohort, Condition, Conflict, Counted, Discrepancy, Trial
from her2board.evidence.references import Source
from her2board.evidence.values import Endpoint
from her2board.wording import tr


class Line(Struct, frozen=True):
    """One statement with where it was read."""

    label: str
    words: str
    source: str = ""

    def plain(self) -> str:
        """Return the line as text."""
        label = f"{self.label}: " if self.label else ""
        return label + self.words + (f" [{self.source}]" if self.source else "")


class Part(Struct, frozen=True):
    """Lines under a heading."""

    title: str
    lines: tuple[Line, ...]


def card(library: EvidenceLibrary, trial: Trial) -> tuple[Part, ...]:
    """Return the card from top to bottom; parts without a line are left out."""
    parts = [
        Part(trial.name, tuple(_about(library, trial))),
        Part(tr("Who could enter any cohort"), tuple(condition_lines(library, trial))),
        *(Part(_cohort_title(cohort), tuple(cohort_lines(library, trial, cohort))) for cohort in trial.cohorts),
        Part(tr("Corrections"), tuple(line for found in trial.discrepancies for line in corrected(library, found))),
        Part(tr("Shared patients"), tuple(_shared(library, trial))),
        Part(tr("References"), tuple(_references(library, trial))),
    ]
    return tuple(part for part in parts if part.lines)


def plain(parts: Iterable[Part]) -> str:
    """Return parts as text."""
    blocks = (("\n".join(filter(None, (part.title, *(f"  {line.plain()}" for line in part.lines))))) for part in parts)
    return "\n\n".join(blocks)


def corrected(library: EvidenceLibrary, found: Discrepancy) -> tuple[Line, ...]:
    """Return what a secondary source says and what the primary publication says."""
    return (
        Line(sentence(found.about), tr("two sources differ")),
        Line(tr("Secondary"), found.secondary_says, cite(library, found.secondary)),
        Line(tr("Primary"), found.primary_says, cite(library, found.primary)),
    )


def disagreement(library: EvidenceLibrary, conflict: Conflict) -> Part:
    """Return the statements that disagree, the older first, each with its body, year and strength."""
    sides = [library.statements[id_] for id_ in conflict.sides]
    sides.sort(key=lambda side: side[0].year or 0)
    lines = [Line("", conflict.note)]
    for group, statement in sides:
        body = " ".join(str(part) for part in (group.body, group.year) if part)
        strength = statement.strength or tr("strength not read")
        kind = tr("opinion, {strength}").format(strength=strength) if statement.opinion else strength
        lines.append(Line(f"{body} ({kind})", statement.text, cite(library, statement.source)))
    return Part(conflict.topic, tuple(lines))


def _about(library: EvidenceLibrary, trial: Trial) -> Iterator[Line]:
    way = tr("prospective") if trial.prospective else tr("not prospective")
    design = tr(trial.design.label)
    pairs = (
        (tr("Design"), ", ".join(part for part in (sentence(design), way, _phase(trial), str(trial.year)) if part)),
        (tr("Regimen"), trial.regimen),
        (tr("Compared with"), trial.comparator),
        (tr("Registry"), trial.registry or tr("no number read")),
        (tr("About the brain"), trial.cns_relevance),
        (tr("Note"), trial.note),
    )
    yield from (Line(label, words) for label, words in pairs if words)
    yield Line(tr("Read in"), cite(library, trial.source))
    yield Line(tr("Criteria read"), criteria_read(trial))


def _phase(trial: Trial) -> str:
    return tr("phase {phase}").format(phase=trial.phase) if trial.phase else ""


def condition_lines(library: EvidenceLibrary, owner: Trial | Cohort) -> Iterator[Line]:
    """Yield who could enter, what was allowed and what is not stated."""
    groups: tuple[tuple[str, tuple[Condition, ...]], ...] = (
        (tr("Population"), owner.population),
        (tr("Entry"), owner.entry),
    )
    for label, conditions in groups:
        yield from (Line(label, _asked(entry), _cited(library, entry.source)) for entry in conditions)
    yield from (Line(tr("Allowed"), entry.text, _cited(library, entry.source)) for entry in owner.allowed)
    if owner.not_stated:
        yield Line(tr("Not stated"), not_stated(owner.not_stated, lambda name: library.catalogue[name].label))


def _asked(condition: Condition) -> str:
    left_open = condition.left_open
    return f"{condition.text} ({left_open.why})" if left_open else condition.text


def _cited(library: EvidenceLibrary, source: Source) -> str:
    return "" if source.read_in == "program" else cite(library, source)


def _cohort_title(cohort: Cohort) -> str:
    return tr("Cohort: {label}").format(label=cohort.label)


def cohort_lines(library: EvidenceLibrary, trial: Trial, cohort: Cohort) -> Iterator[Line]:
    """Yield size, class, criteria and every outcome of a cohort."""
    yield _size(library, "n", cohort.n) if cohort.n else Line("n", tr("not read"))
    for arm in cohort.arms:
        yield _size(library, tr("n in {arm}").format(arm=arm.arm), arm.n)
    yield Line(tr("Class of brain metastases"), tr(cohort.cns_class.label))
    if cohort.regimen:
        yield Line(tr("Regimen"), cohort.regimen)
    yield from condition_lines(library, cohort)
    known = library.vocabulary.drugs
    drugs = [known[library.catalogue[leaf.fact].drug].short for leaf in library.implied[f"{trial.id}/{cohort.id}"]]
    if drugs:
        yield Line(tr("Read as not given before"), ", ".join(drugs))
    if cohort.follow_up:
        yield Line(tr("Follow-up"), cohort.follow_up.text, cite(library, cohort.follow_up.source))
    yield from (_endpoint(library, endpoint) for endpoint in cohort.endpoints)
    if cohort.note:
        yield Line(tr("Note"), cohort.note)


def _size(library: EvidenceLibrary, label: str, n: Counted) -> Line:
    reported = "; " + tr("as reported: {extract}").format(extract=n.extract) if n.extract else ""
    return Line(label, f"{n.value}{reported}", cite(library, n.source))


def _endpoint(library: EvidenceLibrary, endpoint: Endpoint) -> Line:
    words = [f"{endpoint_value(endpoint)}; {endpoint_basis(endpoint)}"]
    if endpoint.comparator is not None:
        words.append(f"{endpoint.comparator.arm}: {measured(endpoint.comparator)}")
    if endpoint.hazard_ratio is not None:
        words.append(tr("hazard ratio {value}").format(value=measured(endpoint.hazard_ratio)))
    if endpoint.superseded:
        words.append(tr("an earlier report, superseded"))
    if endpoint.note:
        words.append(endpoint.note)
    if endpoint.extract:
        words.append(tr("as reported: {extract}").format(extract=endpoint.extract))
    arm = f" ({endpoint.arm})" if endpoint.arm else ""
    return Line(endpoint_name(endpoint) + arm, "; ".join(words), cite(library, endpoint.source))


def _shared(library: EvidenceLibrary, trial: Trial) -> Iterator[Line]:
    names = library.trials_by_id
    if trial.contains:
        yield Line(tr("Pooled from"), ", ".join(names[id_].name for id_ in trial.contains))
    found = overlaps(library)
    for cohort in trial.cohorts:
        others = sorted(found[f"{trial.id}/{cohort.id}"])
        if others:
            overlapping = (library.cohorts_by_id[other] for other in others)
            yield Line(cohort.label, "; ".join(f"{owner.name}: {other.label}" for owner, other in overlapping))


def _references(library: EvidenceLibrary, trial: Trial) -> Iterator[Line]:
    owners: tuple[Trial | Cohort, ...] = (trial, *trial.cohorts)
    conditions = (entry for owner in owners for entry in (*owner.population, *owner.entry))
    sources = [
        trial.source,
        *(entry.source for entry in conditions),
        *(endpoint.source for cohort in trial.cohorts for endpoint in cohort.endpoints),
        *(source for found in trial.discrepancies for source in (found.secondary, found.primary)),
    ]
    refs = dict.fromkeys(source.ref for source in sources if source.read_in != "program")
    for reference in map(library.references.__getitem__, refs):
        yield Line(reference.short, "".join(run.text for run in reference_details(reference)))
