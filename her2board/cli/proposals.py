"""What records offer, in lines for a person at the terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from her2board.capture.proposal import REASON_WORDS, TRUST_WORDS
from her2board.exchange.into import Beside
from her2board.exchange.model import Brought
from her2board.exchange.review import Numbered, numbered, place
from her2board.wording import tr


def in_words(records: Sequence[Brought], beside: Mapping[str, Beside]) -> Iterator[str]:
    """Yield what each record offers, what contradicts itself and what is not offered.

    ``beside`` is what an open case records, by the number of the proposal; empty without a case.
    """
    listed = numbered(records)
    for brought in records:
        yield from _record_words(brought, [one for one in listed if one.brought is brought], beside)


def _record_words(brought: Brought, listed: Sequence[Numbered], beside: Mapping[str, Beside]) -> Iterator[str]:
    head = tr("{record}: {n} proposals, {problems} problems, {seen} seen and not offered")
    yield head.format(
        record=brought.record or tr("no patient named"),
        n=len(listed),
        problems=len(brought.problems),
        seen=len(brought.offer.not_offered),
    )
    for problem in brought.problems:
        where = ", ".join(dict.fromkeys(place(source, brought) for source in problem.sources))
        yield "  ! " + (f"{where}: {problem.what}" if where else problem.what)
    for one in listed:
        yield from _proposal_words(one, beside.get(one.id))
    if brought.offer.not_offered:
        yield "  " + tr("Seen, not offered")
    for seen in brought.offer.not_offered:
        value = "" if seen.value is None else f" {shown(seen.value)}"
        why = ": ".join(filter(None, (tr(REASON_WORDS[seen.because]), seen.note)))
        yield f"    {seen.field}{value} ({place(seen.source, brought)}): {why}"
    if brought.not_read:
        counted = ", ".join(f"{kind} {n}" for kind, n in sorted(brought.not_read.items()))
        yield "  " + tr("Nothing was read from: {what}").format(what=counted)


def _proposal_words(one: Numbered, beside: Beside | None) -> Iterator[str]:
    proposal, brought = one.proposal, one.brought
    value = shown(proposal.value) if proposal.value is not None else tr("two readings")
    places = ", ".join(dict.fromkeys(place(source, brought) for source in proposal.sources))
    yield f"  {one.id}  {proposal.field} = {value}  [{tr(TRUST_WORDS[proposal.trust])}]  {places}"
    details = (proposal.derived, proposal.asks, *(reading.words for reading in proposal.readings))
    yield from (f"        {detail}" for detail in details if detail)
    if beside is not None and beside.state != "new":
        words = tr("recorded already: {value}") if beside.state == "same" else tr("recorded now: {value}")
        yield "        " + words.format(value=shown(beside.recorded))
    for other in proposal.conflicts:
        words = tr("against {value}, {words} ({place})")
        yield "        " + words.format(value=shown(other.value), words=other.words, place=place(other.source, brought))


def shown(value: Any) -> str:
    """Return a value in one line: 'kind: surgery, day: 2023-08-11'."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {shown(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return " + ".join(map(shown, value))
    if isinstance(value, float):
        return f"{value:g}"
    return tr("yes") if value is True else tr("no") if value is False else str(value)
