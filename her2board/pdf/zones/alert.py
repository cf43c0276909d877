"""The alert: white on black over the whole width."""

from her2board.briefing.model import Run
from her2board.briefing.zones.alert import AlertZone
from her2board.pdf.blocks import Heading
from her2board.pdf.styles import BLACK
from her2board.pdf.zones.place import PAD, Place

_SIZE = 9


def draw_alert(place: Place, alert: AlertZone, y: float) -> float:
    """Write what is urgent."""
    sheet, step = place.sheet, place.step
    words = (Run(f"{alert.title}: ", "bold"), *alert.words)
    inner = place.width - 2 * PAD
    tall = sheet.tall(words, inner, _SIZE, 5 * step) + 2 * step
    sheet.headings.append(Heading(y, alert.title))
    sheet.box(place.x, y, place.width, tall, fill=BLACK)
    sheet.words(place.x + PAD, y + step, words, inner, _SIZE, 5 * step, grey=1.0)
    return y + tall + 2 * step
