"""What the dialog on the evidence says: what is in use, what became of checking a pack, what reading cases gave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from her2board.gui.base.services import InUse
from her2board.gui.evidence.release_words import release_words
from her2board.wording import Marked, day_words, tr, trn

if TYPE_CHECKING:
    from her2board.evidence.library import EvidenceLibrary
    from her2board.gui.evidence.reading_again import Found
    from her2board.packs.offer import Offer

_READERS: dict[str, Marked] = {"clinical": "the clinical reader", "technical": "the technical reader"}


def in_use_words(found: InUse, library: EvidenceLibrary | None, today: date, notes: Sequence[str]) -> str:
    """Return number, date, age and signers of the evidence in use, a line each, then what is wrong."""
    lines = [f"{release_words(library, today)}."] if library is not None else []
    if found.problem:
        lines = [f"⚠ {tr('No evidence can be used: {why}').format(why=found.problem)}"]
    elif found.pack:
        words = tr("Installed from pack {n}, valid until {until}, signed by {who}.")
        until = day_words(found.valid_until) if found.valid_until else tr("not recorded")
        lines.append(words.format(n=found.pack, until=until, who=_signers(found.signed_by)))
    else:
        lines.append(tr("It came with the program; no pack is in use."))
    if library is not None:
        lines.append(tr("Fingerprint of its content: {hash}").format(hash=_in_groups(library.content_hash)))
    return "\n".join((*lines, *(f"⚠ {note}" for note in notes)))


def verdict_words(offer: Offer) -> str:
    """Return what checking a pack found, in words."""
    pack, record = offer.pack, offer.pack.record
    words = tr(
        "The pack is genuine and whole, and not older than what was installed before: pack {n}, evidence {release} of "
        "{day}, valid until {until}, signed by {who}; fingerprint {hash}."
    )
    said = words.format(
        n=record.number,
        release=record.release,
        day=day_words(record.released),
        until=day_words(record.valid_until),
        who=_signers(pack.signed_by),
        hash=_in_groups(record.content_hash),
    )
    records = len({row.record for row in offer.rows})
    said += " " + trn("It changes {n} record.", "It changes {n} records.", records).format(n=records)
    if pack.expired:
        said = f"⚠ {said} {tr('It is past its date: it is installed only with a reason, typed below and kept.')}"
    return said


def read_words(found: Found) -> str:
    """Return how many cases were read again, and what came of it."""
    words = tr("{n} of {read} cases read otherwise; {untouched} are touched by no changed record.")
    said = [words.format(n=len(found.differing), read=found.read, untouched=found.untouched)]
    if found.pages:
        words = trn(
            "{n} figure on signed-off pages is gone.", "{n} figures on signed-off pages are gone.", len(found.pages)
        )
        said.append(words.format(n=len(found.pages)))
    if found.stopped:
        said.append(tr("Stopped: {n} cases were not read.").format(n=found.of - found.read - len(found.unread)))
    if found.unread:
        said.append(tr("Could not be read: {why}").format(why="; ".join(found.unread[:3])))
    return " ".join(said)


def _signers(names: Sequence[str]) -> str:
    return tr(" and ").join(tr(_READERS[name]) for name in names if name in _READERS) or tr("not recorded")


def _in_groups(hash_: str) -> str:
    """Return the beginning of a hash as people read it out: four groups of four."""
    return " ".join(hash_[start : start + 4] for start in range(0, 16, 4))
