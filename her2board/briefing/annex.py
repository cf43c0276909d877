"""The annex in words: options, cohorts, what to ask, references. Nothing is left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from her2board.assessment.model import Assessment, CohortResult, OptionResult
from her2board.briefing.formats import endpoint_basis, endpoint_name, endpoint_value, lower
from her2board.briefing.model import Run, Words
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.references import Reference, Source
from her2board.logic.truth import Truth
from her2board.wording import tr

_TRUTHS = {Truth.MET: tr("MET"), Truth.NOT_MET: tr("NOT MET"), Truth.UNKNOWN: tr("CANNOT TELL")}
_OUTCOMES = {"all_met": tr("all met"), "differs": tr("differs"), "cannot_tell": tr("cannot tell")}


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, indented by ``depth``; a title makes it a heading of the outline."""

    words: Words
    depth: int = 0
    title: str = ""


def _head(text: str) -> Block:
    return Block((Run(text, "bold"),), 0, text)


def annex_blocks(assessment: Assessment, library: EvidenceLibrary) -> Iterator[Block]:
    """Yield the annex from top to bottom."""
    yield _head(tr("Annex to case {code}").format(code=assessment.case_code))
    if assessment.contradictions:
        yield _head(tr("To check in this case"))
        for found in assessment.contradictions:
            yield Block((Run(found.text),), 1)
    yield _head(tr("Options"))
    for option in assessment.options:
        yield from _option(option, library)
    yield from _conflicts(library)
    yield _head(tr("Before whole-brain radiation: what is said, and where"))
    for item in assessment.pause.items:
        here = f" \N{EN DASH} {item.here}" if item.here and item.group != "discipline" else ""
        yield Block((Run(f"{item.label}: ", "bold"), Run(item.words + here), _source(item.source, library)), 1)
    yield _head(tr("Cohorts, criterion by criterion"))
    for result in assessment.cohorts:
        yield from _cohort(result, library, assessment)
    yield _head(tr("What to ask"))
    for ask in assessment.ask_next:
        words = tr("bears on {c} cohorts, {o} options, {p} points").format(c=ask.cohorts, o=ask.options, p=ask.points)
        yield Block((Run(f"{ask.label} ", "bold"), Run(f"({ask.asks}): {words}")), 1)
    for gap in assessment.readiness.outstanding:
        yield Block((Run(tr("required, not recorded: {label}").format(label=lower(gap.label))),), 1)
    yield _head(tr("Facts"))
    for reading in assessment.facts.readings.values():
        if reading.value is not None and ("." not in reading.name or reading.name.startswith("given.")):
            marks = "".join(f"; {mark}" for mark in reading.marks)
            yield Block((Run(f"{reading.label}: ", "muted"), Run(reading.shown + marks)), 1)
    yield _head(tr("References"))
    for reference in library.references.values():
        yield Block((Run(reference_words(reference)),), 1)


def _conflicts(library: EvidenceLibrary) -> Iterator[Block]:
    yield _head(tr("Where sources disagree"))
    for conflict in library.conflicts:
        yield Block((Run(f"{conflict.topic}: ", "bold"), Run(conflict.note)), 1)
        for id_ in conflict.sides:
            group, statement = library.statements[id_]
            year = f" {group.year}" if group.year else ""
            words = f"{group.body}{year} ({statement.strength or tr('grade not read')}): {statement.text}"
            yield Block((Run(words), _source(statement.source, library)), 2)


def _option(result: OptionResult, library: EvidenceLibrary) -> Iterator[Block]:
    reasons = "; ".join(result.because)
    tail = f" \N{EN DASH} {reasons}" if reasons else ""
    yield Block((Run(result.option.name, "bold"), Run(f": {result.standing_words}{tail}")), 1)
    for caution in (*result.cautions, *result.to_ask):
        state = tr("caution") if caution.truth is Truth.MET else tr("to ask")
        words = f"{state}: {caution.name}: {caution.text} ({caution.because})"
        yield Block((Run(words), _source(caution.source, library)), 2)
    for statement in result.statements:
        opinion = tr(", opinion") if statement.opinion else ""
        strength = statement.strength or tr("grade not read")
        applies = {Truth.MET: "", Truth.NOT_MET: tr("does not speak of this case; ")}.get(
            statement.applies, tr("cannot tell whether it speaks of this case; ")
        )
        year = f" {statement.year}" if statement.year else ""
        words = f"{statement.body}{year}{opinion} ({strength}): {applies}{statement.text}"
        yield Block((Run(words), _source(statement.source, library)), 2)


def _cohort(result: CohortResult, library: EvidenceLibrary, assessment: Assessment) -> Iterator[Block]:
    cohort = result.cohort
    size = f"n {cohort.n.value}" if cohort.n else tr("n not read")
    outcome = _OUTCOMES[result.outcome]
    counts = tr("{met} met, {differ} differ, {unknown} cannot tell").format(
        met=result.population.met + result.entry.met,
        differ=result.population.not_met + result.entry.not_met,
        unknown=result.population.unknown + result.entry.unknown,
    )
    head = f"{result.trial.name}: {cohort.label} ({size})"
    yield Block((Run(head, "bold"), Run(f" \N{EN DASH} {outcome}; {counts}")), 1, head)
    for finding in result.findings:
        words = f" {finding.criterion} \N{EN DASH} {finding.reason}"
        yield Block((Run(_TRUTHS[finding.truth], "bold"), Run(words), _source(finding.source, library)), 2)
    if result.not_stated:
        labels = ", ".join(lower(assessment.facts.read(name).label) for name in result.not_stated)
        yield Block((Run(tr("Not stated in the source read: {labels}").format(labels=labels), "muted"),), 2)
    for endpoint in cohort.endpoints:
        arm = f" ({endpoint.arm})" if endpoint.arm else ""
        old = tr("; superseded") if endpoint.superseded else ""
        words = f"{endpoint_name(endpoint)}{arm}: {endpoint_value(endpoint)}; {endpoint_basis(endpoint)}{old}"
        yield Block((Run(words), _source(endpoint.source, library)), 2)
    if cohort.same_patients_as:
        yield Block((Run(tr("Same patients as {ids}").format(ids=", ".join(cohort.same_patients_as))),), 2)


def _source(source: Source | None, library: EvidenceLibrary) -> Run:
    if source is None or source.read_in == "program":
        return Run(tr(" [program]") if source else "", "muted")
    mark = "\N{DAGGER}" if source.secondary else ""
    return Run(f" [{library.references[source.ref].short}{mark}, {source.locator}]", "muted")


def reference_words(reference: Reference) -> str:
    """Return a reference in full, as far as it was read."""
    parts = (
        reference.authors,
        reference.title,
        reference.journal,
        str(reference.year) if reference.year else None,
        reference.volume_pages,
        f"doi {reference.doi}" if reference.doi else None,
        f"PMID {reference.pmid}" if reference.pmid else None,
        reference.registry,
    )
    return f"{reference.short}: " + ". ".join(part for part in parts if part)
