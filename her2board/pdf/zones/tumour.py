"""The tumour in one paragraph, and what was given on a time axis."""

from her2board.briefing.zones.tumour import TumourZone
from her2board.pdf.timeline import draw_timeline
from her2board.pdf.zones.place import Place


def draw_tumour(place: Place, zone: TumourZone, y: float) -> float:
    """Write the tumour and draw the treatments."""
    y = place.titled(y, zone.title)
    y = place.sheet.words(place.x, y, zone.words, place.width) + place.step
    return draw_timeline(place.sheet, zone.timeline, place.x, y, place.width) + place.step
