"""Turns an assessment into the lines of the result trees. Pure functions; no text of its own beyond headings."""

from collections.abc import Iterable, Sequence

from her2board.assessment.model import (
    Ask,
    Assessment,
    CautionResult,
    CohortFinding,
    CohortResult,
    ConflictResult,
    OptionResult,
    PauseItem,
    PauseResult,
    StatementResult,
    Tally,
)
from her2board.assessment.open_points import Waiting
from her2board.briefing.formats import bears_on, endpoint_basis, endpoint_name, endpoint_value, sentence
from her2board.briefing.plots import beside
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.references import Source
from her2board.gui.results.tree import Mark, Node
from her2board.logic.evaluate import Finding
from her2board.logic.truth import Truth
from her2board.wording import tr

_MARKS: dict[Truth, Mark] = {Truth.MET: "met", Truth.NOT_MET: "not_met", Truth.UNKNOWN: "unknown"}
_TRUTH_WORDS = {Truth.MET: "met", Truth.NOT_MET: "not met", Truth.UNKNOWN: "unknown"}
_OUTCOMES: tuple[tuple[str, str, Mark], ...] = (
    ("all_met", "All stated criteria met", "met"),
    ("cannot_tell", "Cannot tell", "unknown"),
    ("differs", "Differs", "not_met"),
)
_STANDINGS: dict[str, Mark] = {
    "for_discussion": "met",
    "caution": "caution",
    "cannot_tell": "unknown",
    "facts_against": "not_met",
    "already_used": "none",
}
_NAMED = 3
"""Missing facts named in one line."""
_PAUSE_GROUPS = (
    ("local_first", "First"),
    ("discipline", "Disciplines"),
    ("must_know", "What must be known"),
    ("alternative", "Choices"),
    ("reasonable", "When whole-brain radiotherapy is reasonable"),
    ("context", "What the trials say"),
    ("if_chosen", "If it is chosen"),
    ("deferral", "If radiotherapy is deferred"),
)
_STATES: dict[str, tuple[Mark, str]] = {
    "heard": ("met", "heard"),
    "known": ("met", "known"),
    "applies": ("met", "applies"),
    "pending": ("unknown", "pending"),
    "not_asked": ("unknown", "not asked"),
    "open": ("unknown", "open"),
    "cannot_tell": ("unknown", "cannot tell"),
    "late": ("caution", "late"),
    "unavailable": ("not_met", "unavailable"),
    "does_not_apply": ("none", "does not apply"),
    "not_needed": ("none", "not needed"),
    "stated": ("none", ""),
}


def cited(library: EvidenceLibrary, source: Source | None) -> str:
    """Return reference and place, with the mark of a secondary report."""
    if source is None or source.read_in == "program":
        return ""
    reference = library.references.get(source.ref)
    words = f"{reference.short if reference else source.ref}, {source.locator}"
    return tr("{words} (secondary report)").format(words=words) if source.secondary else words


def field_of(library: EvidenceLibrary, facts: Iterable[str]) -> str:
    """Return the field where the first of these facts is recorded; empty when none is in the case."""
    specs = (library.catalogue.get(name) for name in facts)
    return next((spec.fields[0] for spec in specs if spec is not None), "")


def cohort_nodes(assessment: Assessment, library: EvidenceLibrary) -> list[Node]:
    """Return the cohorts grouped by outcome, each open to its criteria."""
    roots = []
    for outcome, title, _ in _OUTCOMES:
        found = [result for result in assessment.cohorts if result.outcome == outcome]
        children = [_cohort(result, library) for result in found]
        roots.append(Node(f"outcome/{outcome}", f"{tr(title)} ({len(found)})", "heading", children=children))
    return roots


def _cohort(result: CohortResult, library: EvidenceLibrary) -> Node:
    mark = next(mark for outcome, _, mark in _OUTCOMES if outcome == result.outcome)
    n = tr(", n = {n}").format(n=result.cohort.n.value) if result.cohort.n else ""
    detail = tr("{design}{n}. Population: {population}. Entry: {entry}").format(
        design=tr(result.trial.design.replace("_", "-")).capitalize(),
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
    children += _silent(result, library) + _endpoints(result, library) + _corrections(result, library)
    title = f"{result.trial.name}: {result.cohort.label}"
    return Node(f"cohort/{result.id}", title, mark, "", detail, children=children)


def _counts(tally: Tally) -> str:
    if not tally.total:
        return tr("nothing stated")
    counts = ((tally.met, tr("met")), (tally.not_met, tr("not met")), (tally.unknown, tr("unknown")))
    return ", ".join(f"{n} {words}" for n, words in counts if n)


def _finding(owner: str, number: int, finding: CohortFinding, library: EvidenceLibrary) -> Node:
    source = cited(library, finding.source)
    detail = "\n".join(part for part in (finding.reason, source) if part)
    jump = field_of(library, (*finding.facts_missing, *finding.facts_used))
    word = tr(_TRUTH_WORDS[finding.truth]).capitalize()
    key = f"finding/{owner}/{number}"
    children = _parts(key, finding.finding, library)
    return Node(key, finding.criterion, _MARKS[finding.truth], word, detail, jump, children)


def _parts(owner: str, finding: Finding, library: EvidenceLibrary) -> list[Node]:
    """Return what a criterion of several parts is made of, each part with its own truth."""
    if len(finding.children) == 1:
        return _parts(owner, finding.children[0], library)
    return [
        Node(
            f"{owner}/{number}",
            part.criterion,
            _MARKS[part.truth],
            tr(_TRUTH_WORDS[part.truth]).capitalize(),
            part.reason,
            field_of(library, (*part.facts_missing, *part.facts_used)),
            _parts(f"{owner}/{number}", part, library),
        )
        for number, part in enumerate(finding.children)
    ]


def _corrections(result: CohortResult, library: EvidenceLibrary) -> list[Node]:
    """Return where a secondary source says something else than the publication, both in words."""
    return [
        Node(
            f"correction/{result.id}/{number}",
            tr("Corrected: {about}").format(about=found.about),
            "caution",
            detail="\n".join(
                tr("{source} says: {words}").format(source=cited(library, source), words=words)
                for source, words in ((found.secondary, found.secondary_says), (found.primary, found.primary_says))
            ),
        )
        for number, found in enumerate(result.trial.discrepancies)
    ]


def _silent(result: CohortResult, library: EvidenceLibrary) -> list[Node]:
    labels = [library.catalogue[name].label for name in result.not_stated if name in library.catalogue]
    if not labels:
        return []
    return [Node(f"silent/{result.id}", tr("Not stated in the source read: {list}").format(list=", ".join(labels)))]


def _endpoints(result: CohortResult, library: EvidenceLibrary) -> list[Node]:
    return [
        Node(
            f"endpoint/{result.id}/{number}",
            tr("Reported: {name} {value}").format(name=endpoint_name(endpoint), value=endpoint_value(endpoint)),
            detail="\n".join(part for part in _measured(result, number, library) if part),
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


def option_nodes(assessment: Assessment, library: EvidenceLibrary) -> list[Node]:
    """Return what contradicts itself in the case, then the options in their fixed order with what applies to each."""
    found = [
        Node(f"contradiction/{n}", entry.text, "caution", tr("Contradiction"), jump=entry.fields[0])
        for n, entry in enumerate(assessment.contradictions)
    ]
    return [*found, *(_option(result, library) for result in assessment.options)]


def _option(result: OptionResult, library: EvidenceLibrary) -> Node:
    key = f"option/{result.id}"
    open_findings = {f.finding.reason: f for f in result.findings}
    because = [
        Node(f"{key}/because/{n}", words, jump=_jump(library, open_findings.get(words)))
        for n, words in enumerate(result.because)
    ]
    cautions = [_caution(key, caution, library) for caution in (*result.cautions, *result.to_ask)]
    statements = [
        _statement(key, statement, library)
        for truth in (Truth.MET, Truth.UNKNOWN, Truth.NOT_MET)
        for statement in result.statements
        if statement.applies is truth
    ]
    conflicts = [_conflict(key, conflict, library) for conflict in result.conflicts]
    nearest = [Node(f"{key}/cohort/{id_}", tr("Cohort: {name}").format(name=id_)) for id_ in result.cohorts]
    return Node(
        key,
        result.option.name,
        _STANDINGS[result.standing],
        "",
        _standing(result, library),
        children=[*because, *cautions, *statements, *conflicts, *nearest],
    )


def _standing(result: OptionResult, library: EvidenceLibrary) -> str:
    """Return the standing and, where it is unknown, what is missing."""
    missing = [name for finding in result.findings for name in finding.facts_missing]
    labels = list(dict.fromkeys(library.catalogue[name].label for name in missing if name in library.catalogue))
    if result.standing != "cannot_tell" or not labels:
        return result.standing_words
    more = tr(" and {n} more").format(n=len(labels) - _NAMED) if len(labels) > _NAMED else ""
    return f"{result.standing_words}: {', '.join(labels[:_NAMED])}{more}"


def _jump(library: EvidenceLibrary, finding: CohortFinding | None) -> str:
    return field_of(library, (*finding.facts_missing, *finding.facts_used)) if finding else ""


def _caution(owner: str, caution: CautionResult, library: EvidenceLibrary) -> Node:
    asked = caution.truth is Truth.UNKNOWN
    return Node(
        f"{owner}/caution/{caution.id}",
        caution.text,
        "unknown" if asked else "caution",
        tr("To ask") if asked else tr("Caution"),
        "\n".join(part for part in (caution.because, cited(library, caution.source)) if part),
        field_of(library, caution.facts_missing),
    )


def _conflict(owner: str, conflict: ConflictResult, library: EvidenceLibrary) -> Node:
    """Return what disagrees, side by side with its dates."""
    key = f"{owner}/conflict/{conflict.id}"
    title = tr("Sources disagree: {topic}").format(topic=conflict.topic)
    return Node(key, title, detail=conflict.note, children=[_statement(key, side, library) for side in conflict.sides])


def _statement(owner: str, statement: StatementResult, library: EvidenceLibrary) -> Node:
    """Return a statement with the body's own strength; one that does not apply carries no sign against anything."""
    body = " ".join(str(part) for part in (statement.body, statement.year) if part)
    direction = tr(statement.direction.replace("_", " "))
    strength = statement.strength or tr("strength not read")
    kind = tr("opinion, {strength}").format(strength=strength) if statement.opinion else strength
    detail = f"{body}: {direction} ({kind})\n{cited(library, statement.source)}".strip()
    mark: Mark = "none" if statement.applies is Truth.NOT_MET else _MARKS[statement.applies]
    return Node(f"{owner}/statement/{statement.id}", statement.text, mark, _applies(statement.applies), detail)


def _applies(truth: Truth) -> str:
    words = {Truth.MET: "Applies here", Truth.NOT_MET: "Does not apply here", Truth.UNKNOWN: "Cannot tell"}
    return tr(words[truth])


def pause_nodes(pause: PauseResult, library: EvidenceLibrary) -> list[Node]:
    """Return the pause before whole-brain radiotherapy, in the order of the page."""
    roots = []
    for group, title in _PAUSE_GROUPS:
        items = [item for item in pause.items if item.group == group]
        if items:
            roots.append(
                Node(f"pause/{group}", tr(title), "heading", children=[_pause_item(i, library) for i in items])
            )
    return roots


def _pause_item(item: PauseItem, library: EvidenceLibrary) -> Node:
    mark, word = _STATES[item.state]
    lines: Sequence[str] = (item.words, item.here, cited(library, item.source))
    jump = "board.disciplines" if item.group == "discipline" else field_of(library, item.facts_missing)
    detail = "\n".join(line for line in lines if line)
    return Node(f"pause/{item.group}/{item.id}", item.label, mark, tr(word).capitalize(), detail, jump)


def ask_nodes(asks: Iterable[Ask], asked_for: Sequence[Waiting]) -> list[Node]:
    """Return what to ask next, that which settles most first, and what was asked for, the earliest due first."""
    listed = tuple(asks)
    alone = {ask.field: ask for ask in listed if not ask.also}
    waited = {entry.path for entry in asked_for}
    open_ = [_ask(ask) for ask in listed if not waited.issuperset(ask.fields)]
    pending = [_waiting(entry, number, alone.get(entry.path)) for number, entry in enumerate(asked_for)]
    groups = (("open", tr("To ask"), open_), ("waiting", tr("Asked for"), pending))
    return [
        Node(f"asks/{id_}", f"{title} ({len(nodes)})", "heading", children=nodes)
        for id_, title, nodes in groups
        if nodes
    ]


def _ask(ask: Ask) -> Node:
    who = tr("ask {who}").format(who=ask.asks) if ask.asks else ""
    detail = sentence("; ".join(part for part in (bears_on(ask, in_full=True), who) if part))
    return Node(ask_key(ask), ask.label, "unknown", "", detail, ask.field)


def ask_key(ask: Ask) -> str:
    """Return the key of the line that shows an ask."""
    return "/".join(("ask", *ask.fields))


def _waiting(entry: Waiting, number: int, ask: Ask | None) -> Node:
    """Return something asked for; late ones carry a sign of their own."""
    owner = tr("asked of {owner}").format(owner=entry.owner) if entry.owner else tr("no one assigned")
    form = tr("was due {due}") if entry.late else tr("due {due}")
    due = form.format(due=entry.due) if entry.due else tr("no date set")
    detail = "; ".join(part for part in (owner, due, entry.note, bears_on(ask, in_full=True) if ask else "") if part)
    key = ask_key(ask) if ask else f"waiting/{entry.path}/{number}"
    word = tr("Late") if entry.late else tr("Waiting")
    return Node(key, tr(entry.label), "caution" if entry.late else "unknown", word, sentence(detail), entry.path)
