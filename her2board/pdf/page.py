"""The one page: zones from top to bottom, shortened in the stated order until they fit.

Everything is on a grid of a quarter of the leading, so that the lines of neighbouring columns meet.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from her2board.briefing.fit import Fitted, fittings
from her2board.briefing.model import Briefing, runs
from her2board.briefing.references import Numbering
from her2board.briefing.zones.footer import FooterZone
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.blocks import Draft, Sheet
from her2board.pdf.styles import Geometry
from her2board.pdf.zones.drawings import AS_LINES, DRAWINGS, Drawing
from her2board.pdf.zones.foot import draw_footer, footer_words
from her2board.pdf.zones.place import ROUNDED, Place
from her2board.wording import tr

_COLUMN_GAP = 16.0
_READ_IN = 790
"""Words of a page, signs between them included: more are not read in a minute."""
_TO_BE_READ = 322
"""Place in the order of shortenings from which only room counts: what goes there is worth more than the minute."""
_TRIES = 4
"""Steps that are tried to be given back."""
_TO_WRITE = 7
"""Steps of the grid that stay with the decision, of what is spare: a line beyond the fewest that it needs."""
_Row = list[tuple[Any, Drawing]]
"""Zones that are drawn side by side."""


class PageTooFullError(Exception):
    """Even the shortest form does not fit; the case holds more required text than a page."""


def lay_out(briefing: Briefing, library: EvidenceLibrary, geometry: Geometry) -> tuple[Sheet, Briefing]:
    """Return the first layout that fits, refilled as far as shorter forms left room; and the briefing as shortened."""

    drafts = _Drafts(library, geometry)
    forms = list(fittings(briefing))
    low, high = 0, len(forms) - 1
    found: tuple[Fitted, _Page] | None = None
    while low <= high:  # every form is shorter than the one before
        middle = (low + high) // 2
        tried = drafts.page(forms[middle])
        if tried.fits and (tried.words <= _READ_IN or forms[middle].at >= _TO_BE_READ):
            found, high = (forms[middle], tried), middle - 1
        else:
            low = middle + 1
    if found is None:
        raise PageTooFullError(
            tr("the page cannot hold this case even when shortened; shorten its longest texts and try again")
        )
    form, page = _refilled(*found, drafts, forms)
    return drafts.drawn(form, page), form.briefing


def _refilled(found: Fitted, now: "_Page", drafts: "_Drafts", forms: Sequence[Fitted]) -> tuple[Fitted, "_Page"]:
    """Give back what was shortened last, step by step, while there is room for a line more."""
    tries, made_by = 0, {form.steps[-1]: place for place, form in enumerate(forms) if form.steps}
    for step in found.steps[-2::-1]:
        if now.spare < now.sheet.leading or now.words >= _READ_IN or tries == _TRIES:
            break
        place = made_by[step]
        if now.words + drafts.left_out(forms[place - 1], forms[place]) > _READ_IN:
            continue
        longer, tries = found.without(step), tries + 1
        tried = drafts.page(longer)
        if tried.fits and tried.words <= _READ_IN:
            found, now = longer, tried
    return found, now


class _Drafts:
    """Measures forms of one briefing, and draws one; a zone at the same place as before is not measured again."""

    def __init__(self, library: EvidenceLibrary, geometry: Geometry) -> None:
        self._numbering, self._geometry = Numbering(library), geometry
        self._known: dict[tuple[int, float, float, float], tuple[float, int]] = {}
        """By zone and place: the height below it, and its words. Neither depends on how low the footer is."""
        self._words: dict[int, int] = {}
        """By zone: how many words it has."""

    def page(self, form: Fitted) -> "_Page":
        """Return the page of a form as it would be."""
        return _Page(self._numbering.numbered(form.briefing), self._geometry, Draft(self._geometry.leading), self._end)

    def drawn(self, form: Fitted, measured: "_Page") -> Sheet:
        """Return the sheet of a form; where something is left out, what is spare is between the zones.

        The words, not the room, are then the limit: the box of the decision keeps a line to write on, and is not left
        tall and empty beside options that are folded.
        """
        sheet = Sheet(self._geometry.leading)
        spare = max(measured.spare - _TO_WRITE * sheet.step, 0.0) if form.briefing.shortened else 0.0
        return _Page(self._numbering.numbered(form.briefing), self._geometry, sheet, spare=spare).sheet

    def left_out(self, longer: Fitted, shorter: Fitted) -> int:
        """Return how many words the zones of a form have less than those of the one before; most are the very same."""
        pairs = zip(longer.briefing.zones, shorter.briefing.zones, strict=True)
        return sum([self._count(before) - self._count(after) for before, after in pairs if before is not after])

    def _count(self, zone: Any) -> int:
        """Return the words of a zone; the forms of this briefing hold it, so that no other can take its identity."""
        if id(zone) not in self._words:
            self._words[id(zone)] = sum([len(run.text.split()) for run in runs(zone)])
        return self._words[id(zone)]

    def _end(self, drawing: Drawing, place: Place, zone: Any, y: float) -> float:
        sheet = place.sheet
        assert isinstance(sheet, Draft)
        key = id(zone), place.x, place.width, y
        if key in self._known:
            end, words = self._known[key]
            sheet.pass_over(words)
            return end
        before = sheet.count
        end = drawing.draw(place, zone, y)
        self._known[key] = end, sheet.count - before
        return end


def _drawn(drawing: Drawing, place: Place, zone: Any, y: float) -> float:
    """Draw a zone; return the height below it."""
    return drawing.draw(place, zone, y)


class _Page:
    """Lays out one briefing; ``fits``: whether it stayed above the footer."""

    def __init__(
        self,
        briefing: Briefing,
        geometry: Geometry,
        sheet: Sheet,
        draw: Callable[[Drawing, Place, Any, float], float] = _drawn,
        spare: float = 0.0,
    ) -> None:
        self.sheet, self._draw_zone = sheet, draw
        foot = footer_words(briefing)
        floor = _floor(geometry, sheet.tall(foot, geometry.measure), sheet.step)
        self._place = Place(sheet, geometry, geometry.left, geometry.measure, floor)
        y, zones = geometry.top, list(_rows(briefing.zones))
        steps = int((spare + ROUNDED) / sheet.step)
        for number, row in enumerate(zones):
            more = steps * number // (len(zones) - 1) - steps * max(number - 1, 0) // (len(zones) - 1)
            y = self._draw(row, y + more * sheet.step)
        self.spare = floor - sheet.step - y
        """Room left above the footer."""
        self.fits = self.spare >= -ROUNDED
        draw_footer(self._place, foot, floor)
        self.words = sheet.count
        """How many words it reads in."""

    def _draw(self, row: _Row, y: float) -> float:
        """Draw zones side by side; return the height below the longest."""
        whole = self._place
        room, at = whole.width - _COLUMN_GAP * (len(row) - 1), whole.x
        ends = []
        for number, (zone, drawing) in enumerate(row, 1):
            width = _share(row, drawing) * room if number < len(row) else whole.right - at
            place = whole if len(row) == 1 else replace(whole, x=at, width=width)
            ends.append(self._draw_zone(drawing, place, zone, y))
            at += width + _COLUMN_GAP
        return max(ends)


def _share(row: _Row, drawing: Drawing) -> float:
    """Return the part of the width a zone takes; more beside one in which nothing is recorded."""
    zone, last = row[-1]
    return drawing.share if last.empty is None or zone.words else 1 - last.empty


def _rows(zones: Iterable[Any]) -> Iterator[_Row]:
    """Yield the zones of a page row by row; the footer has a place of its own."""
    row: _Row = []
    for zone in zones:
        if isinstance(zone, FooterZone):
            continue
        drawing = DRAWINGS.get(type(zone), AS_LINES)
        if row and sum(beside.share for _, beside in row) + drawing.share > 1 + ROUNDED:
            yield row
            row = []
        row.append((zone, drawing))
    yield row


def _floor(geometry: Geometry, tall: float, step: float) -> float:
    """Return where the footer starts: on the grid, and its last line at the floor or just above it."""
    room = geometry.floor - tall - step
    return geometry.top + (room - geometry.top) // step * step
