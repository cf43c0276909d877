"""The foot of the page: what is missing, the decision to write, and the footer. They share the room that is left."""

from her2board.briefing.formats import joined
from her2board.briefing.model import Briefing, Run, Words
from her2board.briefing.zones.decision import DecisionZone
from her2board.briefing.zones.footer import FooterZone
from her2board.briefing.zones.missing import MissingZone
from her2board.pdf.styles import BLACK, HAIRLINE, MUTED
from her2board.pdf.zones.place import HANG, ROUNDED, Place
from her2board.wording import tr

_FEWEST_LINES = 2
"""To write a decision on; one is enough where a decision is recorded."""


def draw_missing(place: Place, zone: MissingZone, y: float) -> float:
    """Write the things to ask, and which required fields are open."""
    sheet = place.sheet
    y = place.titled(y, zone.title)
    for words in (*zone.shown, zone.required):
        if words:
            y = sheet.words(place.x, y, words, place.width, hang=HANG)
    return y


def draw_decision(place: Place, zone: DecisionZone, y: float) -> float:
    """Write the decision, with lines to write on down to the footer; return the height that the fewest lines need."""
    sheet, line = place.sheet, 7 * place.step
    y = place.titled(y, zone.title)
    y = sheet.words(place.x, y, zone.words, place.width) if zone.words else y
    fewest = 1 if zone.words else _FEWEST_LINES
    rows = max(int((place.floor - 2 * place.step - y + ROUNDED) // line), fewest)
    for row in range(1, rows):
        sheet.line(place.x, y + row * line, place.right, y + row * line, HAIRLINE)
    if not zone.signed:
        _signature(place, y + rows * line)
    return y + fewest * line + place.step


def _signature(place: Place, y: float) -> None:
    middle = place.x + place.width * 0.58
    for at, end, label in ((place.x, middle - 8, tr("Owner")), (middle, place.right, tr("By"))):
        wide = place.sheet.text(at, y - 2, label, grey=MUTED)
        place.sheet.line(at + wide + 4, y, end, y, HAIRLINE)


def footer_words(briefing: Briefing) -> Words:
    """Return references, release, program, use, and what was left out to fit."""
    foot = briefing.get(FooterZone)
    words: list[Run] = [
        *joined(foot.references, "; "),
        Run(". "),
        Run(f"{foot.release}. ", "muted", origin=("release:version, hash and dates",)),
        Run(f"{foot.program}. ", "muted", origin=("program:version",)),
        Run(foot.intended_use, "muted"),
        Run(f" {foot.secondary}", "muted"),
    ]
    if foot.local:
        words.append(Run(f" {foot.local}.", origin=("clinic:file",)))
    if briefing.shortened:
        left_out = tr(" Shortened: {n} (annex).").format(n=len(briefing.shortened))
        words.append(Run(left_out, "muted", origin=("count:left out to fit",)))
    if foot.content:
        content = tr(" Content\N{NO-BREAK SPACE}{hash}").format(hash=foot.content)
        words.append(Run(content, "muted", origin=("program:hash of case and page",)))
    return tuple(words)


def draw_footer(place: Place, words: Words, y: float) -> None:
    """Write the footer below its rule."""
    place.sheet.line(place.x, y, place.right, y, BLACK, 0.6)
    place.sheet.words(place.x, y + place.step, words, place.width)
