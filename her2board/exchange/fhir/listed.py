"""Offers that a list was all there is, as this program's own files say it. A person says whether it still is."""

from typing import Any

from her2board.capture.proposal import Source
from her2board.exchange.fhir.found import Found, Said
from her2board.wording import tr, trn


def offer_listed(found: Found, path: str, value: Any, where: Source, words: str, held: int) -> None:
    """Offer what a list with ``held`` entries says of itself, once its entries are offered: 'complete', or a flag.

    Where not every entry is offered, that those are all would be wrong: it is seen and not offered.
    """
    listed = path.rpartition(".")[0]
    offered = sum(1 for one in found.proposals if one.field == f"{listed}[]")
    if value == "not_asked" or (value == "partial" and offered):
        return  # of a list with an entry, 'partial' follows
    if value in ("complete", True) and offered != held:
        note = tr("{n} entries are read of {held}").format(n=offered, held=held)
        found.skip(path, value, "open", where, words, note)
        return
    asks = _asks(offered) if value in ("complete", True) else ""
    found.offer(path, value, "list.complete", [Said(value, where, words, asks)])


def _asks(entries: int) -> str:
    """Return what a person settles: an entry that is refused, or one that came since, leaves the list open."""
    if not entries:
        return tr("there is none: is that so?")
    return trn("this entry and no other: is that so?", "these {n} entries and no other: is that so?", entries).format(
        n=entries
    )
