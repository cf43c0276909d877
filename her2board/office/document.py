"""The page of every case as an editable document, nothing shortened: headings and paragraphs that paste anywhere."""

from collections.abc import Callable, Iterator
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.shared import Mm, Pt, RGBColor

from her2board.assessment.paper import PAPERS, Paper
from her2board.briefing.formats import MIDDLE_DOT
from her2board.briefing.layouts import Work
from her2board.briefing.model import Run, Words
from her2board.briefing.outline import outline
from her2board.briefing.packet import Agenda, Item, PacketOptions, unprinted
from her2board.briefing.references import numbered
from her2board.briefing.zones.alert import AlertZone
from her2board.briefing.zones.footer import FooterZone
from her2board.briefing.zones.header import HeaderZone
from her2board.evidence.library import EvidenceLibrary
from her2board.office.backend import add_page_number, blacken_border, set_font
from her2board.office.package import packed, plain
from her2board.wording import tr

_BLACK, _MUTED = RGBColor(0, 0, 0), RGBColor(0x54, 0x54, 0x54)
_BODY, _SMALL = 9.5, 8
_FONT = "Arial"
"""Every machine has it, or one of the same widths."""


def make(work: Work) -> bytes:
    """Return the document."""
    return document(work.agenda, work.library, work.options.paper, work.drawn)


def steps(_options: PacketOptions, cases: int) -> int:
    """Return one step for each case."""
    return cases


def document(agenda: Agenda, library: EvidenceLibrary, paper: Paper, drawn: Callable[[], None]) -> bytes:
    """Return the document: the agenda, then each case in a section with its own header."""
    made = docx.Document()
    _style(made)
    _page(made.sections[0], paper)
    _head(made.sections[0], (Run(agenda.title, "bold"),))
    _foot(made.sections[0], agenda)
    _agenda(made, agenda)
    for number, item in enumerate(agenda.items, 1):
        section = made.add_section(WD_SECTION.NEW_PAGE)
        _head(section, *_heading(number, item))
        _case(made, number, item, library)
        drawn()
    return packed(made, agenda.title, agenda.language)


def _style(made: Any) -> None:
    """Set one black type family in place of the template's."""
    for name, size, before in (("Normal", _BODY, 0), ("Title", 18, 0), ("Heading 1", 15, 0), ("Heading 2", 10.5, 7)):
        style = made.styles[name]
        style.font.size = Pt(size)
        style.font.color.rgb = _BLACK
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(2)
        set_font(style, _FONT)
    blacken_border(made.styles["Title"])


def _page(section: Any, paper: Paper) -> None:
    section.page_width, section.page_height = Mm(PAPERS[paper].width), Mm(PAPERS[paper].height)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(18)


def _heading(number: int, item: Item) -> Iterator[Words]:
    """Yield what every page of a case says, as pages are pasted one by one: whose it is, urgent, draft or final."""
    alert = item.briefing.find(AlertZone) if item.briefing else None
    parts = (f"{number}. {item.code}", item.identity, alert.title if alert and alert.urgent else "")
    yield (Run(MIDDLE_DOT.join(part for part in parts if part), "bold"),)
    if item.briefing:
        yield item.briefing.get(HeaderZone).state


def _head(section: Any, *several: Words) -> None:
    """Say on every page of a section whose it is."""
    section.header.is_linked_to_previous = False
    for number, words in enumerate(several):
        _say(section.header.add_paragraph() if number else section.header.paragraphs[0], words)


def _foot(section: Any, agenda: Agenda) -> None:
    """Say on every page of the document what it is for; later sections take it over."""
    foot = section.footer.paragraphs[0]
    _say(foot, (Run(f"{agenda.privacy} {agenda.foot} ", "muted"),))
    for run in foot.runs:
        run.font.size = Pt(_SMALL)
    add_page_number(foot)


def _agenda(made: Any, agenda: Agenda) -> None:
    made.add_heading(plain(agenda.title), 0)
    for text in (agenda.lead, agenda.urgent, agenda.order, agenda.privacy):
        if text:
            _say(made.add_paragraph(), (Run(text, "bold" if text == agenda.urgent else "plain"),))
    for number, item in enumerate(agenda.items, 1):
        urgent = tr(" URGENT, as recorded.") if item.urgent else ""
        asked = item.question if item.briefing else (Run(tr("could not be printed")),)
        because = f" {item.because}." if item.because and not item.urgent else ""
        words = (Run(f"{number}. {item.code}.{urgent}{because} ", "bold"), *asked)
        _say(made.add_paragraph(), words)


def _case(made: Any, number: int, item: Item, library: EvidenceLibrary) -> None:
    made.add_heading(plain(f"{number}. {item.code}"), 1)
    if item.briefing is None:
        made.add_paragraph(tr("NOT A BRIEFING: this case could not be printed")).runs[0].bold = True
        for text in unprinted():
            made.add_paragraph(text)
        for problem in item.problems:
            made.add_paragraph(plain(problem), style="List Bullet")
        return
    briefing = numbered(item.briefing, library)
    head = briefing.get(HeaderZone)
    if head.identity:
        _say(made.add_paragraph(), (Run(head.identity, "bold"),))
    for words in (head.about, head.meeting, head.prepared):
        _say(made.add_paragraph(), words)
    for part in outline(briefing):
        made.add_heading(plain(part.title), 2)
        for line in part.lines:
            label = (Run(f"{line.label}: ", "bold"),) if line.label else ()
            _say(made.add_paragraph(), (*label, *line.words))
    foot = briefing.get(FooterZone)
    _say(made.add_paragraph(), (Run(f"{foot.release}. {foot.program}. {foot.intended_use}", "muted"),))


def _say(paragraph: Any, words: Words) -> None:
    for word in words:
        run = paragraph.add_run(plain(word.text))
        run.bold = word.style == "bold" or None
        run.italic = word.style == "italic" or None
        if word.style == "muted":
            run.font.color.rgb = _MUTED
