"""The alert: white on black over the whole width."""

from her2board.briefing.model import Run
from her2board.briefing.zones.alert import AlertZone
from her2board.pdf.blocks import Heading
from her2board.pdf.styles import BLACK
from her2board.pdf.zones.place import PAD, Place

_SIZE = 9


def draw_alert(place: Place, alert: AlertZone, y: float) -> float:
    """Write what is urgent or comes first, and below it the values that decide or warn."""
    sheet, step = place.sheet, place.step
    urgent = (Run(f"{alert.title}: ", "bold"), *alert.first) if alert.urgent else alert.first
    paragraphs = [words for words in (urgent, alert.values) if words]
    inner = place.width - 2 * PAD
    tall = sum(sheet.tall(words, inner, _SIZE, 5 * step) for words in paragraphs) + 2 * step
    sheet.headings.append(Heading(y, alert.title))
    sheet.box(place.x, y, place.width, tall, fill=BLACK)
    at = y + step
    for words in paragraphs:
        at = sheet.words(place.x + PAD, at, words, inner, _SIZE, 5 * step, grey=1.0)
    return y + tall + 2 * step
