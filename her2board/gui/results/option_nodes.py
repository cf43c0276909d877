"""Turns contradictions and options into lines. Pure functions; no text of its own beyond headings."""

from collections.abc import Iterable

from her2board.assessment.model import (
    Assessment,
    CautionResult,
    CohortFinding,
    ConflictResult,
    OptionResult,
    StatementResult,
)
from her2board.assessment.options import asked_first, waited_for
from her2board.briefing.local_words import local_access
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.terms import Direction
from her2board.gui.results.local_nodes import access_node, local_nodes
from her2board.gui.results.node_parts import age_nodes, cited, field_of
from her2board.gui.results.signs import Mark
from her2board.gui.results.tree import Node
from her2board.logic.truth import Truth
from her2board.logic.values import Facts
from her2board.wording import Marked, tr

_STANDINGS: dict[str, Mark] = {
    "for_discussion": "none",
    "caution": "cautions",
    "cannot_tell": "open",
    "facts_against": "against",
    "in_use": "none",
    "already_used": "none",
}
_POINTS: dict[Direction, Mark] = {
    Direction.SUPPORTS: "supports",
    Direction.MAY_BE_CONSIDERED: "supports",
    Direction.INFORMS: "none",
    Direction.LIMITED_EVIDENCE: "none",
    Direction.CAUTION: "cautions",
    Direction.SPEAKS_AGAINST: "against",
}
"""Which way a statement that applies points."""
_NAMED = 3
"""Missing facts named in one line."""
_APPLIES: dict[Truth, Marked] = {
    Truth.MET: "Applies here",
    Truth.NOT_MET: "Does not apply here",
    Truth.UNKNOWN: "Cannot tell",
}


def option_nodes(assessment: Assessment, library: EvidenceLibrary) -> list[Node]:
    """Return what contradicts itself in the case, then the options in their fixed order with what applies to each."""
    found = [
        Node(f"contradiction/{n}", entry.text, "cautions", tr("Contradiction"), jump=entry.fields[0])
        for n, entry in enumerate(assessment.contradictions)
    ]
    options = (_option(result, library, assessment) for result in assessment.options)
    local = local_nodes(assessment.local, assessment.facts, library)
    return [*age_nodes(assessment, library), *found, *options, *local]


def _option(result: OptionResult, library: EvidenceLibrary, assessment: Assessment) -> Node:
    key, local, facts = f"option/{result.id}", assessment.local, assessment.facts
    open_findings = {waited_for(library, facts, f): f for f in result.findings}
    because = [
        Node(f"{key}/because/{n}", words, jump=_jump(library, facts, open_findings.get(words)))
        for n, words in enumerate(result.because)
    ]
    written = {caution.id for caution in library.cautions_by_option[result.id]}
    cautions = [_caution(key, caution, library, facts) for caution in (*result.cautions, *result.to_ask)]
    for node, caution in zip(cautions, (*result.cautions, *result.to_ask), strict=True):
        node.card = (
            f"caution:{caution.id}" if caution.id in written else ""
        )  # what an option itself asks is on its card
    statements = [
        _statement(key, statement, library)
        for truth in (Truth.MET, Truth.UNKNOWN, Truth.NOT_MET)
        for statement in result.statements
        if statement.applies is truth
    ]
    conflicts = [_conflict(key, conflict, library) for conflict in result.conflicts]
    nearest = [_nearest(key, id_, library) for id_ in result.cohorts]
    return Node(
        key,
        result.option.name,
        _STANDINGS[result.standing],
        "",
        "\n".join((_standing(result, library, facts), *(run.text for run in local_access(local, result.option)))),
        card=f"option:{result.id}",
        children=[*because, *access_node(local, key, result.id), *cautions, *statements, *conflicts, *nearest],
    )


def _nearest(owner: str, id_: str, library: EvidenceLibrary) -> Node:
    trial, cohort = library.cohorts_by_id[id_]
    title = tr("Cohort: {name}").format(name=f"{trial.name}: {cohort.label}")
    return Node(f"{owner}/cohort/{id_}", title, card=f"cohort:{id_}")


def _standing(result: OptionResult, library: EvidenceLibrary, facts: Facts) -> str:
    """Return the standing and, where it is unknown, what is missing."""
    missing = [name for one in result.findings for name in _asked(library, facts, one.facts_missing)]
    labels = list(dict.fromkeys(library.catalogue[name].label for name in missing if name in library.catalogue))
    if result.standing != "cannot_tell" or not labels:
        return result.standing_words
    more = tr(" and {n} more").format(n=len(labels) - _NAMED) if len(labels) > _NAMED else ""
    return f"{result.standing_words}: {', '.join(labels[:_NAMED])}{more}"


def _jump(library: EvidenceLibrary, facts: Facts, finding: CohortFinding | None) -> str:
    if finding is None:
        return ""
    return field_of(library, (*_asked(library, facts, finding.facts_missing), *finding.facts_used))


def _asked(library: EvidenceLibrary, facts: Facts, missing: Iterable[str]) -> list[str]:
    return [asked_first(library, facts, name) for name in missing]


def _caution(owner: str, caution: CautionResult, library: EvidenceLibrary, facts: Facts) -> Node:
    asked = caution.truth is Truth.UNKNOWN
    return Node(
        f"{owner}/caution/{caution.id}",
        caution.text,
        "open" if asked else "cautions",
        tr("To ask") if asked else tr("Caution"),
        "\n".join(part for part in (caution.because, cited(library, caution.source)) if part),
        field_of(library, _asked(library, facts, caution.facts_missing)),
    )


def _conflict(owner: str, conflict: ConflictResult, library: EvidenceLibrary) -> Node:
    """Return what disagrees, side by side with its dates."""
    key = f"{owner}/conflict/{conflict.id}"
    title = tr("Sources disagree: {topic}").format(topic=conflict.topic)
    sides = [_statement(key, side, library) for side in conflict.sides]
    return Node(key, title, detail=conflict.note, card=f"conflict:{conflict.id}", children=sides)


def _statement(owner: str, statement: StatementResult, library: EvidenceLibrary) -> Node:
    """Return a statement with the body's own strength, marked by the way it points where it applies."""
    body = " ".join(str(part) for part in (statement.body, statement.year) if part)
    direction = tr(statement.direction.label)
    strength = statement.strength or tr("strength not read")
    kind = tr("opinion, {strength}").format(strength=strength) if statement.opinion else strength
    detail = f"{body}: {direction} ({kind})\n{cited(library, statement.source)}".strip()
    marks: dict[Truth, Mark] = {Truth.MET: _POINTS[statement.direction], Truth.NOT_MET: "none", Truth.UNKNOWN: "open"}
    mark = marks[statement.applies]
    key, card = f"{owner}/statement/{statement.id}", f"statement:{statement.id}"
    return Node(key, statement.text, mark, _applies(statement.applies), detail, card=card)


def _applies(truth: Truth) -> str:
    return tr(_APPLIES[truth])
