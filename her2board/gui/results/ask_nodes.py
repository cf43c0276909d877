"""Turns what to ask next, and what was asked for, into lines. Pure functions; no text of its own beyond headings."""

from collections.abc import Iterable, Mapping, Sequence

from her2board.assessment.local_asks import LocalAsk
from her2board.assessment.model import Ask
from her2board.assessment.open_points import Waiting
from her2board.briefing.formats import sentence, what_it_decides
from her2board.evidence.local_mark import marked
from her2board.gui.results.signs import Mark
from her2board.gui.results.tree import Node
from her2board.wording import tr


def ask_nodes(asks: Iterable[Ask], asked_for: Sequence[Waiting], local: Sequence[LocalAsk] = ()) -> list[Node]:
    """Return what to ask next, that which settles most first, what only local trials ask, and what was asked for.

    What was asked for has the earliest due first.
    """
    listed = tuple(asks)
    alone = {ask.field: ask for ask in listed if not ask.also}
    waited = {entry.path for entry in asked_for}
    here = {one.ask.field: one for one in local}
    open_ = [_ask(ask, here) for ask in listed if not waited.issuperset(ask.fields)]
    own = [_local(one) for one in local if one.alone and one.ask.field not in waited]
    pending = [_waiting(entry, number, alone.get(entry.path), here) for number, entry in enumerate(asked_for)]
    groups = (
        ("open", tr("To ask"), open_),
        ("local", tr("To ask for local trials alone"), own),
        ("waiting", tr("Asked for"), pending),
    )
    return [
        Node(f"asks/{id_}", f"{title} ({len(nodes)})", "heading", children=nodes)
        for id_, title, nodes in groups
        if nodes
    ]


def _ask(ask: Ask, here: Mapping[str, LocalAsk]) -> Node:
    who = tr("ask {who}").format(who=ask.asks) if ask.asks else ""
    detail = sentence("; ".join(part for part in (what_it_decides(ask), who) if part))
    below = [*_all_of(ask), *_here(ask.fields, here)]
    return Node(ask_key(ask), ask.label, "open", "", detail, ask.field, children=below)


def _local(one: LocalAsk) -> Node:
    """Return a question that nothing of the evidence waits for."""
    ask = one.ask
    who = tr("ask {who}").format(who=ask.asks) if ask.asks else ""
    below = _here(ask.fields, {ask.field: one})
    return Node(ask_key(ask), ask.label, "open", "", sentence(who), ask.field, children=below)


def _here(fields: Sequence[str], here: Mapping[str, LocalAsk]) -> list[Node]:
    """Return which local trials wait for a field, a line each, marked as local."""
    names = dict.fromkeys(name for field in fields if field in here for name in here[field].trials)
    key = f"local/asks/{'/'.join(fields)}"
    said = (tr("trial {name} needs it").format(name=name) for name in names)
    return [Node(f"{key}/{place}", marked(words)) for place, words in enumerate(said)]


def _all_of(ask: Ask) -> list[Node]:
    """Return everything that waits for an answer, on a line below, where the line itself names some of it."""
    whole = what_it_decides(ask, in_full=True)
    return [] if whole == what_it_decides(ask) else [Node(f"{ask_key(ask)}/all", sentence(whole), jump=ask.field)]


def ask_key(ask: Ask) -> str:
    """Return the key of the line that shows an ask."""
    return "/".join(("ask", *ask.fields))


def _waiting(entry: Waiting, number: int, ask: Ask | None, here: Mapping[str, LocalAsk]) -> Node:
    """Return something asked for; late ones carry a sign of their own."""
    owner = tr("asked of {owner}").format(owner=entry.owner) if entry.owner else tr("no one assigned")
    due = tr("due {due}").format(due=entry.due) if entry.due else tr("no date set")
    detail = "; ".join(part for part in (owner, due, entry.note, what_it_decides(ask) if ask else "") if part)
    key = ask_key(ask) if ask else f"waiting/{entry.path}/{number}"
    word = tr("Late") if entry.late else tr("Waiting")
    below = [*(_all_of(ask) if ask else ()), *_here((entry.path,), here)]
    sign: Mark = "cautions" if entry.late else "open"
    return Node(key, tr(entry.label), sign, word, sentence(detail), entry.path, children=below)
