"""The foot of the page: what is missing, the decision to write, and the footer. They share the room that is left."""

from math import inf

from her2board.briefing.formats import MIDDLE_DOT, joined
from her2board.briefing.model import Briefing, Run, Words
from her2board.briefing.zones.decision import DecisionZone
from her2board.briefing.zones.footer import FooterZone
from her2board.briefing.zones.missing import MissingZone, asks_left_out
from her2board.pdf.styles import BLACK, HAIRLINE, MUTED
from her2board.pdf.zones.place import ROUNDED, Place
from her2board.wording import tr

_FEWEST_LINES = 2
"""To write a decision on; one is enough where a decision is recorded."""


def draw_missing(place: Place, zone: MissingZone, y: float) -> float:
    """Write as many things to ask as there is room for; infinite where not enough of them fit."""
    sheet = place.sheet
    y = place.titled(y, zone.title)
    room = place.floor - 2 * place.step - y - sheet.tall(zone.required, place.width)
    tall = [sheet.tall(row, place.width) for row in zone.rows]
    shown = len(tall)
    while shown and sum(tall[:shown]) + (sheet.leading if shown < len(tall) else 0) > room + ROUNDED:
        shown -= 1
    for row in zone.rows[:shown]:
        y = sheet.words(place.x, y, row, place.width)
    if left := len(tall) - shown:
        place.left_out.append(asks_left_out(left))
        more = Run(tr("+{n} more in the annex").format(n=left), "italic", origin=("count:things to ask left out",))
        y = sheet.words(place.x, y, (more,), place.width)
    y = sheet.words(place.x, y + place.step, zone.required, place.width)
    return y if shown >= min(zone.least, len(tall)) else inf


def draw_decision(place: Place, zone: DecisionZone, y: float) -> float:
    """Write the decision with lines to write on; infinite where too few of them fit."""
    sheet, line = place.sheet, 7 * place.step
    y = place.titled(y, zone.title)
    y = sheet.words(place.x, y, zone.words, place.width)
    rows = int((place.floor - 2 * place.step - y) // line)
    for _ in range(rows - 1):
        y += line
        sheet.line(place.x, y, place.right, y, HAIRLINE)
    _signature(place, y + line)
    return y + line if rows >= (1 if zone.words else _FEWEST_LINES) else inf


def _signature(place: Place, y: float) -> None:
    middle = place.x + place.width * 0.58
    for at, end, label in ((place.x, middle - 8, tr("Owner")), (middle, place.right, tr("By"))):
        wide = place.sheet.text(at, y - 2, label, grey=MUTED)
        place.sheet.line(at + wide + 4, y, end, y, HAIRLINE)


def footer_words(briefing: Briefing) -> Words:
    """Return references, release, program, use, and what was left out to fit."""
    foot = briefing.get(FooterZone)
    words: list[Run] = [
        *joined(foot.references, MIDDLE_DOT),
        Run(". "),
        Run(f"{foot.release}. ", "muted", origin=("release:version and dates",)),
        Run(f"{foot.program}. ", "muted", origin=("program:version and content hash",)),
        Run(foot.intended_use, "muted"),
    ]
    if briefing.shortened:
        listed = "; ".join(entry.words for entry in briefing.shortened)
        what = listed if foot.lists_shortened else tr("counted in place")
        left_out = tr(" Shortened to fit: {what}.").format(what=what)
        words.append(Run(left_out, "muted", origin=("count:left out to fit",)))
    if foot.content:
        content = tr(" Content\N{NO-BREAK SPACE}{hash}").format(hash=foot.content)
        words.append(Run(content, "muted", origin=("program:hash of case and page",)))
    return tuple(words)


def draw_footer(place: Place, words: Words, y: float) -> None:
    """Write the footer below its rule."""
    place.sheet.line(place.x, y, place.right, y, BLACK, 0.6)
    place.sheet.words(place.x, y + place.step, words, place.width)
