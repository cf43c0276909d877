"""The head of the page: whose case, when, by whom."""

from collections.abc import Callable

from her2board.briefing.model import Run, Words
from her2board.briefing.zones.header import HeaderZone
from her2board.pdf.blocks import Heading
from her2board.pdf.styles import BLACK, BODY, LEAD, MUTED, TITLE
from her2board.pdf.text import face
from her2board.pdf.zones.place import Place

_APART = 16
"""Points between the code and what is beside it."""
_BETWEEN = 12
"""Points between meeting and people on one line."""


def draw_header(place: Place, head: HeaderZone, y: float) -> float:
    """Write code, subject, meeting and people, beside each other where there is room."""
    sheet, step = place.sheet, place.step
    sheet.headings.append(Heading(y, head.code))
    subject = head.about
    sheet.text(place.x, y + 13, head.code, "semibold", TITLE, origin=("case:code",))
    y = _arranged(place, head, subject)(place, head, subject, y)
    if head.identity:
        identity = (Run(head.identity, "bold", origin=("case:identity",)),)
        y = sheet.words(place.x, y + step, identity, place.width, LEAD, 5 * step)
    if head.evidence:
        y = sheet.words(place.x, y, head.evidence, place.width) + step
    sheet.line(place.x, y, place.right, y, weight=1.2)
    return y + 2 * step


def _wide(words: Words) -> float:
    return sum(face("semibold" if run.style == "bold" else "regular").width(run.text, BODY) for run in words)


def _code_width(head: HeaderZone) -> float:
    return face("semibold").width(head.code, TITLE)


def _arranged(place: Place, head: HeaderZone, subject: Words) -> Callable[[Place, HeaderZone, Words, float], float]:
    """Return how meeting and people are written: beside code and subject, both beside the code, or below."""
    if _fits(place, head, subject):
        return _beside
    room = place.width - _code_width(head) - _APART
    together = _wide(head.meeting) + _wide(head.prepared) + _BETWEEN
    return _in_one_line if together <= room and _wide(subject) <= place.width else _below


def _fits(place: Place, head: HeaderZone, subject: Words) -> bool:
    """Return whether meeting and people have room beside code and subject."""
    widths = (place.width - _code_width(head) - _APART, place.width - _wide(subject) - _APART)
    return all(_wide(row) <= width for row, width in zip((head.meeting, head.prepared), widths, strict=True))


def _beside(place: Place, head: HeaderZone, subject: Words, y: float) -> float:
    sheet, step = place.sheet, place.step
    for index, row in enumerate((head.meeting, head.prepared)):
        wide = _wide(row)
        at = place.right - wide
        sheet.words(at, y + 5 * step * index + 3.6, row, wide + 1, grey=MUTED if index else BLACK)
    sheet.words(place.x, y + 10 * step - 0.5 - BODY * 0.92, subject, _wide(subject) + 1)
    return y + 11 * step


def _in_one_line(place: Place, head: HeaderZone, subject: Words, y: float) -> float:
    sheet, step = place.sheet, place.step
    at = place.right
    for row, grey in ((head.prepared, MUTED), (head.meeting, BLACK)):
        wide = _wide(row)
        at -= wide
        sheet.words(at, y + 3.6, row, wide + 1, grey=grey)
        at -= _BETWEEN
    sheet.words(place.x, y + 10 * step - 0.5 - BODY * 0.92, subject, place.width)
    return y + 11 * step


def _below(place: Place, head: HeaderZone, subject: Words, y: float) -> float:
    sheet, step = place.sheet, place.step
    y = sheet.words(place.x, y + 7 * step, subject, place.width)
    for row in (head.meeting, head.prepared):
        y = sheet.words(place.x, y, row, place.width, grey=MUTED)
    return y
