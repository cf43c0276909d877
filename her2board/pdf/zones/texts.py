"""Zones that are words only: the question, the points to check, and whatever has no drawing of its own."""

from typing import Any

from her2board.briefing.formats import joined
from her2board.briefing.model import Run
from her2board.briefing.outline import parts_of
from her2board.briefing.zones.checks import CheckZone
from her2board.briefing.zones.local import LocalZone
from her2board.briefing.zones.question import QuestionZone
from her2board.pdf.blocks import Heading
from her2board.pdf.styles import LEAD
from her2board.pdf.zones.place import HANG, Place
from her2board.wording import tr


def draw_question(place: Place, question: QuestionZone, y: float) -> float:
    """Write the question, what is new, and what was decided last and proposed now."""
    sheet, step = place.sheet, place.step
    words = (Run(tr("Question. "), "bold"), *question.asked)
    sheet.headings.append(Heading(y, question.title))
    y = sheet.words(place.x, y, words, place.width, LEAD, 5 * step)
    return sheet.words(place.x, y + step, question.new_and_before, place.width) + 2 * step


def draw_checks(place: Place, checks: CheckZone, y: float) -> float:
    """Write the points to check one after the other, with how many more there are."""
    words = (Run(f"{checks.title}. ", "bold"), *joined(checks.points, "; "), Run("."))
    if checks.left_out:
        more = tr(" +{n} more in the annex.").format(n=checks.left_out)
        words = (*words, Run(more, "italic", origin=("count:points to check left out",)))
    return place.sheet.words(place.x, y, words, place.width) + 2 * place.step


def draw_local(place: Place, local: LocalZone, y: float) -> float:
    """Write what the clinic says one after the other, after whose it is."""
    words = (Run(f"{local.title}. ", "bold"), *joined(local.lines, " "))
    return place.sheet.words(place.x, y, words, place.width) + 2 * place.step


def draw_parts(place: Place, zone: Any, y: float) -> float:
    """Write the outline of a zone: titles, and below them labelled lines."""
    for part in parts_of(zone):
        y = place.titled(y, part.title)
        for line in part.lines:
            label = (Run(f"{line.label}: ", "muted"),) if line.label else ()
            y = place.sheet.words(place.x, y, (*label, *line.words), place.width, hang=HANG)
        y += 2 * place.step
    return y
