"""Turns what to ask next, and what was asked for, into lines. Pure functions; no text of its own beyond headings."""

from collections.abc import Iterable, Sequence

from her2board.assessment.model import Ask
from her2board.assessment.open_points import Waiting
from her2board.briefing.formats import sentence, what_it_decides
from her2board.gui.results.signs import Mark
from her2board.gui.results.tree import Node
from her2board.wording import tr


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
    detail = sentence("; ".join(part for part in (what_it_decides(ask), who) if part))
    return Node(ask_key(ask), ask.label, "open", "", detail, ask.field, children=_all_of(ask))


def _all_of(ask: Ask) -> list[Node]:
    """Return everything that waits for an answer, on a line below, where the line itself names some of it."""
    whole = what_it_decides(ask, in_full=True)
    return [] if whole == what_it_decides(ask) else [Node(f"{ask_key(ask)}/all", sentence(whole), jump=ask.field)]


def ask_key(ask: Ask) -> str:
    """Return the key of the line that shows an ask."""
    return "/".join(("ask", *ask.fields))


def _waiting(entry: Waiting, number: int, ask: Ask | None) -> Node:
    """Return something asked for; late ones carry a sign of their own."""
    owner = tr("asked of {owner}").format(owner=entry.owner) if entry.owner else tr("no one assigned")
    due = tr("due {due}").format(due=entry.due) if entry.due else tr("no date set")
    detail = "; ".join(part for part in (owner, due, entry.note, what_it_decides(ask) if ask else "") if part)
    key = ask_key(ask) if ask else f"waiting/{entry.path}/{number}"
    word = tr("Late") if entry.late else tr("Waiting")
    below = _all_of(ask) if ask else []
    sign: Mark = "cautions" if entry.late else "open"
    return Node(key, tr(entry.label), sign, word, sentence(detail), entry.path, children=below)
