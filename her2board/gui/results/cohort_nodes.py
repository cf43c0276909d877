"""Turns the comparison with published cohorts into lines. Pure functions; no text of its own beyond headings."""

from her2board.assessment.model import Assessment, CohortFinding, CohortResult, Tally
from her2board.briefing.formats import endpoint_basis, endpoint_name, endpoint_value, not_stated
from her2board.briefing.plots import beside
from her2board.evidence.library import EvidenceLibrary
from her2board.gui.results.node_parts import MARKS, TRUTH_WORDS, age_nodes, cited, field_of
from her2board.gui.results.signs import Mark
from her2board.gui.results.tree import Node
from her2board.logic.evaluate import Finding
from her2board.logic.truth import Truth
from her2board.wording import Marked, tr

_OUTCOMES: tuple[tuple[str, Marked, Mark], ...] = (
    ("all_met", "All stated criteria met", "supports"),
    ("cannot_tell", "Cannot tell", "open"),
    ("differs", "Differs", "against"),
)


def cohort_nodes(assessment: Assessment, library: EvidenceLibrary) -> list[Node]:
    """Return the cohorts grouped by outcome, each open to its criteria."""
    roots = age_nodes(assessment, library)
    for outcome, title, _ in _OUTCOMES:
        found = [result for result in assessment.cohorts if result.outcome == outcome]
        children = [_cohort(result, library) for result in found]
        roots.append(Node(f"outcome/{outcome}", f"{tr(title)} ({len(found)})", "heading", children=children))
    return roots


def _cohort(result: CohortResult, library: EvidenceLibrary) -> Node:
    mark = next(mark for outcome, _, mark in _OUTCOMES if outcome == result.outcome)
    n = tr(", n = {n}").format(n=result.cohort.n.value) if result.cohort.n else ""
    detail = tr("{design}{n}. Population: {population}. Entry: {entry}").format(
        design=tr(result.trial.design.label).capitalize(),
        n=n,
        population=_counts(result.population),
        entry=_counts(result.entry),
    )
    children = [
        _finding(result.id, number, finding, library)
        for truth in (Truth.NOT_MET, Truth.UNKNOWN, Truth.MET)
        for number, finding in enumerate(result.findings)
        if finding.truth is truth
    ]
    children += (
        _remarks(result, library)
        + _silent(result, library)
        + _endpoints(result, library)
        + _corrections(result, library)
    )
    title = f"{result.trial.name}: {result.cohort.label}"
    return Node(f"cohort/{result.id}", title, mark, "", detail, card=f"cohort:{result.id}", children=children)


def _counts(tally: Tally) -> str:
    if not tally.total:
        return tr("nothing stated")
    counts = ((tally.met, tr("met")), (tally.not_met, tr("not met")), (tally.unknown, tr("unknown")))
    return ", ".join(f"{n} {words}" for n, words in counts if n)


def _finding(owner: str, number: int, finding: CohortFinding, library: EvidenceLibrary) -> Node:
    source = cited(library, finding.source)
    detail = "\n".join(part for part in (finding.reason, source) if part)
    jump = field_of(library, (*finding.facts_missing, *finding.facts_used))
    word = tr(TRUTH_WORDS[finding.truth]).capitalize()
    key = f"finding/{owner}/{number}"
    children = _parts(key, finding.finding, library)
    return Node(key, finding.criterion, MARKS[finding.truth], word, detail, jump, children=children)


def _parts(owner: str, finding: Finding, library: EvidenceLibrary) -> list[Node]:
    """Return what a criterion of several parts is made of, each part with its own truth."""
    if len(finding.children) == 1:
        return _parts(owner, finding.children[0], library)
    return [
        Node(
            f"{owner}/{number}",
            part.criterion,
            MARKS[part.truth],
            tr(TRUTH_WORDS[part.truth]).capitalize(),
            part.reason,
            field_of(library, (*part.facts_missing, *part.facts_used)),
            children=_parts(f"{owner}/{number}", part, library),
        )
        for number, part in enumerate(finding.children)
    ]


def _corrections(result: CohortResult, library: EvidenceLibrary) -> list[Node]:
    """Return where a secondary source says something else than the publication, both in words."""
    return [
        Node(
            f"correction/{result.id}/{number}",
            tr("Corrected: {about}").format(about=found.about),
            "cautions",
            detail="\n".join(
                tr("{source} says: {words}").format(source=cited(library, source), words=words)
                for source, words in ((found.secondary, found.secondary_says), (found.primary, found.primary_says))
            ),
        )
        for number, found in enumerate(result.trial.discrepancies)
    ]


def _silent(result: CohortResult, library: EvidenceLibrary) -> list[Node]:
    if not result.not_stated:
        return []
    labels = not_stated(result.not_stated, lambda name: library.catalogue[name].label)
    return [Node(f"silent/{result.id}", tr("Not stated: {labels}").format(labels=labels))]


def _remarks(result: CohortResult, library: EvidenceLibrary) -> list[Node]:
    return [
        Node(
            f"remark/{result.id}/{one.fact}",
            one.shown,
            "cautions",
            tr("Remark"),
            one.words,
            field_of(library, (one.fact,)),
        )
        for one in result.remarks
    ]


def _endpoints(result: CohortResult, library: EvidenceLibrary) -> list[Node]:
    return [
        Node(
            f"endpoint/{result.id}/{number}",
            tr("Reported: {name} {value}").format(name=endpoint_name(endpoint), value=endpoint_value(endpoint)),
            detail="\n".join(part for part in _measured(result, number, library) if part),
            card=f"value:{result.id}#{number}",
        )
        for number, endpoint in enumerate(result.cohort.endpoints)
        if not endpoint.superseded
    ]


def _measured(result: CohortResult, number: int, library: EvidenceLibrary) -> tuple[str, ...]:
    """Return how an outcome was measured, its place in the source, and which other figures it may be compared with."""
    endpoint = result.cohort.endpoints[number]
    others = beside(library).get(f"{result.id}/{number}", ())
    words = tr("Measured alike in: {names}").format(names="; ".join(others)) if others else tr("Not to be compared")
    return endpoint_basis(endpoint), cited(library, endpoint.source), words
