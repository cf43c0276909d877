"""A derived fact in words: what the case says, and why it is open or what it rests on."""

from collections.abc import Callable
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from her2board.briefing.formats import not_recorded
from her2board.briefing.model import Run, Style, Words
from her2board.case.catalogue import fields_of
from her2board.case.catalogue.tumour import her2_over_specimens, hormones_over_specimens
from her2board.case.model import Case
from her2board.case.receptors import OverSpecimens
from her2board.logic.values import Facts
from her2board.wording import Piece, Pieces, joined_text, tr

_FEW_ASSAYS = 3
"""Specimens whose results stay on a full page as the reason why a status is open."""


class FactWords(Struct, frozen=True):
    """A fact in words, and what a full page leaves to the annex."""

    words: Words
    why: Words
    discordant: bool = False
    """Whether specimens disagree, or one has no result, which stays on the page."""


def fact_words(case: Case, facts: Facts, name: str, style: Style = "plain", after: str = "") -> FactWords:
    """Return a derived fact in words; ``after``: the fact just before it, whose specimen needs no second name."""
    reading, origin = facts.read(name), (f"fact:{name}",)
    shown: Pieces = (Piece(reading.shown),)
    why: Pieces = (Piece(reading.why),) if reading.why else ()
    discordant = open_ = False
    beside: Pieces = ()
    if name in _OVER_SPECIMENS:
        found = _OVER_SPECIMENS[name](case)
        named = after in _OVER_SPECIMENS and facts.recorded(after) and _OVER_SPECIMENS[after](case).of is found.of
        shown, why = found.beside if named and found.beside else found.shown, found.why
        discordant, open_ = found.discordant, found.open
        if found.untested:
            beside = (Piece(tr("; not tested: ")), *found.untested)
    reason = _runs((Piece(" ("), *why, Piece(")")), "muted", origin) if why else ()
    reason = (*reason, *_runs(beside, "bold", origin))
    stays = discordant or bool(beside)
    if reading.is_recorded:
        return FactWords(_runs(shown, style, origin), reason, stays)
    gap = not_recorded(case, fields_of(name)[0])
    if open_ and fields_of(name)[0] not in case.absences:
        gap = (Run(tr("open"), "bold", origin=origin),)
    # an assay that decides nothing yet is nowhere else on the page, so it stays where there are few
    few = len(case.tumour.specimens.items) <= _FEW_ASSAYS
    if name == "her2_status" and few:
        return FactWords((*gap, *(replace(run, style="plain") for run in reason)), ())
    only_here = open_ and few and facts.recorded("her2_status")  # else the line of HER2 names the specimens
    return FactWords(gap, reason, stays or only_here)


_OVER_SPECIMENS: dict[str, Callable[[Case], OverSpecimens]] = {
    "her2_status": her2_over_specimens,
    "hr_status": hormones_over_specimens,
}
"""Facts in whose words sites stay as long as somebody typed them."""


def _runs(pieces: Pieces, style: Style, origin: tuple[str, ...]) -> Words:
    """Return pieces as runs, those of our own words together."""
    runs: list[Run] = []
    for typed, several in groupby(pieces, key=lambda piece: piece.typed):
        places = ("case:tumour.specimens",) if typed else origin
        runs.append(Run(joined_text(several), style, origin=places, free=typed))
    return tuple(runs)
