"""Turns the pause before whole-brain radiotherapy into lines. Pure functions; no text of its own beyond headings."""

from collections.abc import Sequence

from her2board.assessment.local_model import LocalResult
from her2board.assessment.model import PauseItem, PauseResult
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.terms import PauseGroup
from her2board.gui.results.local_nodes import access_node
from her2board.gui.results.node_parts import cited, field_of
from her2board.gui.results.signs import Mark
from her2board.gui.results.tree import Node
from her2board.wording import Marked, tr

_STATES: dict[str, tuple[Mark, Marked]] = {
    "heard": ("none", "heard"),
    "known": ("none", "known"),
    "applies": ("none", "applies"),
    "pending": ("open", "pending"),
    "not_asked": ("open", "not asked"),
    "open": ("open", "open"),
    "cannot_tell": ("open", "cannot tell"),
    "late": ("cautions", "late"),
    "unavailable": ("open", "unavailable"),
    "does_not_apply": ("none", "does not apply"),
    "not_needed": ("none", "not needed"),
    "stated": ("none", ""),
}
_APPLIES: dict[PauseGroup, Mark] = {PauseGroup.LOCAL_FIRST: "cautions", PauseGroup.REASONABLE: "supports"}
"""The sign of what applies; a choice that applies is for discussion and has none."""


def pause_nodes(pause: PauseResult, library: EvidenceLibrary, local: LocalResult | None = None) -> list[Node]:
    """Return the pause before whole-brain radiotherapy, in the order of the page."""
    roots = []
    for group in PauseGroup:
        items = [item for item in pause.items if item.group == group]
        if items:
            roots.append(
                Node(
                    f"pause/{group}",
                    tr(group.label),
                    "heading",
                    children=[_pause_item(i, library, local) for i in items],
                )
            )
    return roots


def _pause_item(item: PauseItem, library: EvidenceLibrary, local: LocalResult | None) -> Node:
    mark, word = _STATES[item.state]
    if item.state == "applies":
        mark = _APPLIES.get(item.group, mark)
    lines: Sequence[str] = (item.words, item.here, cited(library, item.source))
    jump = "board.disciplines" if item.group is PauseGroup.DISCIPLINE else field_of(library, item.facts_missing)
    detail = "\n".join(line for line in lines if line)
    card = f"pause:{item.id}" if item.source else ""
    key = f"pause/{item.group}/{item.id}"
    access = access_node(local, key, item.option or "") if item.group is PauseGroup.ALTERNATIVE else []
    return Node(key, item.label, mark, tr(word).capitalize(), detail, jump, card, children=access)
