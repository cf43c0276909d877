"""The box before whole-brain radiation: disciplines in three columns, choices and situations in two."""

from dataclasses import replace

from her2board.briefing.model import Run, Words
from her2board.briefing.zones.pause import PauseZone
from her2board.briefing.zones.pause_rows import PauseRow
from her2board.pdf.blocks import Heading
from her2board.pdf.pictures import draw_sign
from her2board.pdf.styles import BLACK, BODY, LIGHT
from her2board.pdf.text import face
from her2board.pdf.zones.place import HANG, PAD, Place
from her2board.wording import tr

_STATUS = BODY + 0.4
_TITLE = 10.8
_GAP = 12
"""Between columns."""


def draw_pause(place: Place, zone: PauseZone, y: float) -> float:
    """Draw the whole box."""
    sheet, step, top = place.sheet, place.step, y
    y = _bar(place, zone, y) + 2 * step
    inner = replace(place, x=place.x + PAD, width=place.width - 2 * PAD)
    y = _disciplines(inner, zone, y)
    sheet.line(inner.x, y, inner.right, y, LIGHT)
    bottom = _ways(inner, zone, y + step)
    sheet.line(inner.x, bottom + step, inner.right, bottom + step, LIGHT)
    bottom = sheet.words(inner.x, bottom + 2 * step, zone.must_know, inner.width)
    bottom = sheet.words(inner.x, bottom, zone.context, inner.width) + 2 * step
    sheet.box(place.x, top, place.width, bottom - top, stroke=BLACK, weight=1.3)
    return bottom + 2 * step


def _bar(place: Place, zone: PauseZone, y: float) -> float:
    """Write title and status white on black, below each other where they do not fit on one line."""
    sheet, line = place.sheet, 7 * place.step
    wide = sum(face("regular").width(run.text, _STATUS) for run in zone.status)
    taken = face("semibold").width(zone.title, _TITLE)
    beside = taken + _GAP + wide <= place.width - 2 * PAD
    below = 0.0 if beside else sheet.tall(zone.status, place.width - 2 * PAD, _STATUS) + place.step
    sheet.headings.append(Heading(y, zone.title))
    sheet.box(place.x, y, place.width, line + below, fill=BLACK)
    sheet.text(place.x + PAD, y + 11.7, zone.title, "semibold", _TITLE, 1.0)
    if beside:
        sheet.words(place.right - PAD - wide, y + 3.7, zone.status, wide + 1, _STATUS, grey=1.0)
    else:
        sheet.words(place.x + PAD, y + line, zone.status, place.width - 2 * PAD, _STATUS, grey=1.0)
    return y + line + below


def _disciplines(place: Place, zone: PauseZone, y: float) -> float:
    """Write who has been heard in three columns, row by row."""
    column = (place.width - 2 * _GAP) / 3
    for start in range(0, len(zone.disciplines), 3):
        ends = []
        for index, row in enumerate(zone.disciplines[start : start + 3]):
            at = place.x + index * (column + _GAP)
            draw_sign(place.sheet, row.sign, at, y + 1.0)
            words = (
                Run(row.name, "bold", origin=row.origin),
                *((Run(" \N{EN DASH} "), *row.words) if row.words else ()),
            )
            ends.append(place.sheet.words(at + 12, y, words, column - 12))
        y = max(ends) + place.step
    return y


def _ways(place: Place, zone: PauseZone, y: float) -> float:
    """Write choices and situations in two equal columns; what comes with either goes below the shorter."""
    width = (place.width - _GAP) / 2
    left, right = replace(place, width=width), replace(place, x=place.x + width + _GAP, width=width)
    one = _rows(left, zone.alternatives, _head(left, y, tr("Choices")))
    two = _rows(right, zone.reasonable, _head(right, y, tr("When WBRT is reasonable")))
    for words in (*map(_words, zone.aside), zone.if_chosen, zone.if_waiting):
        if words and one < two:
            one = place.sheet.words(left.x, one, words, width, hang=HANG)
        elif words:
            two = place.sheet.words(right.x, two, words, width, hang=HANG)
    return max(one, two)


def _head(place: Place, y: float, title: str) -> float:
    with place.sheet.part("H3"):
        place.sheet.text(place.x, y + BODY * 0.92, title, "semibold", BODY + 0.3)
    return y + 5 * place.step


def _rows(place: Place, rows: tuple[PauseRow, ...], y: float) -> float:
    for row in rows:
        y = place.sheet.words(place.x, y, _words(row), place.width, hang=HANG)
    return y


def _words(row: PauseRow) -> Words:
    said = (Run(": "), *row.words) if row.words else ()
    here = (Run(". "), *row.here) if row.here else ()
    return (Run(row.name, "bold", origin=row.words[0].origin if row.words else ()), *said, *here)
