"""Turns what the clinic's local file says into lines, each marked as local. Pure functions."""

from her2board.assessment.local_model import LocalResult, LocalStatementResult, LocalTrialResult
from her2board.briefing.local_words import access_with_note, criteria_words, whose
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.local_mark import marked
from her2board.gui.results.node_parts import TRUTH_WORDS, field_of
from her2board.gui.results.signs import Mark
from her2board.gui.results.tree import Node
from her2board.logic.truth import Truth
from her2board.logic.values import Facts
from her2board.wording import tr

_MARKS: dict[Truth, Mark] = {Truth.MET: "none", Truth.NOT_MET: "against", Truth.UNKNOWN: "open"}
"""What the clinic's own criteria say supports nothing: no tick where they are met."""


def access_node(local: LocalResult | None, owner: str, option: str) -> list[Node]:
    """Return the lines on access to an option, and the clinic's statements about it; none where it says nothing."""
    if local is None:
        return []
    about = [said for said in local.statements if option in said.statement.options]
    statements = [_statement(said, f"{owner}/local/{said.statement.id}") for said in about]
    if option not in local.access:
        return statements
    detail = "\n".join(access_with_note(local, option))
    title = marked(local.access[option].short)
    access = Node(f"{owner}/local", title, detail=detail, card=f"clinic:option/{option}")
    return [access, *statements]


def local_nodes(local: LocalResult | None, facts: Facts, library: EvidenceLibrary) -> list[Node]:
    """Return the open trials and the statements of the clinic below whose they are."""
    if local is None or not (local.trials or local.statements):
        return []
    trials = [_trial(result, facts, library) for result in local.trials]
    statements = [_statement(said, f"local/statement/{said.statement.id}") for said in local.statements]
    title = tr("Local: {clinic}").format(clinic=local.clinic)
    return [Node("local", title, "heading", detail=whose(local), card="clinic:file", children=[*trials, *statements])]


def _statement(said: LocalStatementResult, key: str) -> Node:
    card = f"clinic:statement/{said.statement.id}"
    return Node(key, marked(said.statement.text), detail=said.seen, card=card)


def _trial(result: LocalTrialResult, facts: Facts, library: EvidenceLibrary) -> Node:
    trial = result.trial
    key = f"local/trial/{trial.id}"
    findings = [
        Node(
            f"{key}/{number}",
            marked(finding.criterion),
            _MARKS[finding.truth],
            tr(TRUTH_WORDS[finding.truth]).capitalize(),
            finding.reason,
            field_of(library, (*finding.facts_missing, *finding.facts_used)),
        )
        for number, finding in enumerate(result.findings)
    ]
    mark: Mark = "none" if result.truth is None else _MARKS[result.truth]
    read = "" if result.truth is None else tr(TRUTH_WORDS[result.truth]).capitalize()
    name = f"{trial.name} ({trial.registry})" if trial.registry else trial.name
    lines = (result.seen, criteria_words(result, facts), trial.patients, trial.contact)
    words = tr("trial {words}").format(words=name)
    return Node(
        key,
        marked(words),
        mark,
        read,
        "\n".join(filter(None, lines)),
        card=f"clinic:trial/{trial.id}",
        children=findings,
    )
