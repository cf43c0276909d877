"""Labelled rows, with the lesions as dots."""

from her2board.briefing.zones.rows import LesionPicture, Row, RowsZone
from her2board.pdf.lines import lines
from her2board.pdf.pictures import draw_lesions, lesions_in_words, lesions_width
from her2board.pdf.styles import BODY, LABEL, MUTED
from her2board.pdf.text import face
from her2board.pdf.zones.place import Place

_SPACE = 4.0
"""Points between a label and its words."""


def draw_rows(place: Place, zone: RowsZone, y: float) -> float:
    """Write rows below a title."""
    y = place.titled(y, zone.title)
    with place.sheet.part("Table"):
        for row in zone.rows:
            if row.words:
                y = _row(place, row, y)
    return y + 2 * place.step


def _row(place: Place, row: Row, y: float) -> float:
    sheet, x, width = place.sheet, place.x + LABEL, place.width - LABEL
    over = max(face("regular").width(row.label, BODY) + _SPACE - LABEL, 0.0)
    """What a long label takes of the first line."""
    with sheet.part("TR"):
        with sheet.part("TH", scope="Row"):
            sheet.text(place.x, y + BODY * 0.92, row.label, grey=MUTED)
        with sheet.part("TD"):
            y = sheet.words(x + over, y, row.words, width - over, hang=-over)
            if row.picture is not None:
                with sheet.part("Figure", lesions_in_words(row.picture)):
                    y = _picture(place, row, row.picture, x, y, width)
    return y


def _picture(place: Place, row: Row, picture: LesionPicture, x: float, y: float, width: float) -> float:
    """Draw the lesions beside the last line of their words, or on a line of their own."""
    sheet = place.sheet
    last = lines(row.words, width)[-1][-1] if row.words else None
    taken = last.x + face(last.font).width(last.text, BODY) + 8 if last else 0.0
    if taken + lesions_width(sheet, picture) <= width:
        draw_lesions(sheet, picture, x + taken, y - sheet.leading, width - taken)
        return y
    return draw_lesions(sheet, picture, x, y, width)
