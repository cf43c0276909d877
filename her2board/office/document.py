"""The page of every case as an editable document, two pages a case: headings and paragraphs that paste anywhere."""

from collections.abc import Callable, Iterator
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.shared import Mm, Pt

from her2board.assessment.paper import PAPERS, Paper
from her2board.briefing.fit import shortenings
from her2board.briefing.formats import MIDDLE_DOT, sentences
from her2board.briefing.layouts import Work
from her2board.briefing.model import Briefing, Run, Words
from her2board.briefing.outline import outline
from her2board.briefing.packet import Agenda, Item, PacketOptions, list_words, named_only, unprinted
from her2board.briefing.references import numbered
from her2board.briefing.zones.alert import AlertZone
from her2board.briefing.zones.footer import FooterZone
from her2board.briefing.zones.header import HeaderZone
from her2board.evidence.library import EvidenceLibrary
from her2board.office.backend import add_page_number
from her2board.office.package import packed, plain
from her2board.office.paragraphs import ABOVE, AFTER, BODY, HEADING, MARGIN_X, MARGIN_Y, SMALL, say, set_paper, set_type
from her2board.office.room import LEADING, length, line_count
from her2board.wording import tr

_PAGES = 2
_HEAD_AND_FOOT = 80.0
"""Points that header and footer take beyond the margins: two lines and five, names not reviewed."""
_SHORT = 60
"""Characters of a labelled line up to which the next one follows it in the same paragraph."""


def make(work: Work) -> bytes:
    """Return the document."""
    return document(work.agenda, work.library, work.options.paper, work.drawn)


def steps(_options: PacketOptions, cases: int) -> int:
    """Return one step for each case."""
    return cases


def document(agenda: Agenda, library: EvidenceLibrary, paper: Paper, drawn: Callable[[], None]) -> bytes:
    """Return the document: the agenda, then each case in a section with its own header."""
    made = docx.Document()
    set_type(made)
    set_paper(made.sections[0], paper)
    _head(made.sections[0], (Run(agenda.title, "bold"),))
    _foot(made.sections[0], agenda)
    _agenda(made, agenda)
    for number, item in enumerate(agenda.items, 1):
        section = made.add_section(WD_SECTION.NEW_PAGE)
        _head(section, *_heading(number, item))
        _case(made, number, item, library, paper)
        drawn()
    return packed(made, agenda.title, agenda.language)


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
        say(section.header.add_paragraph() if number else section.header.paragraphs[0], words)


def _foot(section: Any, agenda: Agenda) -> None:
    """Say on every page of the document what it is for; later sections take it over."""
    foot = section.footer.paragraphs[0]
    say(foot, (Run(f"{agenda.privacy} {agenda.foot} ", "muted"),))
    for run in foot.runs:
        run.font.size = Pt(SMALL)
    add_page_number(foot)


def _agenda(made: Any, agenda: Agenda) -> None:
    made.add_heading(plain(agenda.title), 0)
    for text in (agenda.evidence, agenda.lead, agenda.urgent, agenda.order, agenda.privacy):
        if text:
            say(made.add_paragraph(), (Run(text, "bold" if text in (agenda.evidence, agenda.urgent) else "plain"),))
    for number, item in enumerate(agenda.items, 1):
        _agenda_item(made, f"{number}. ", item)
    if agenda.named:
        made.add_heading(named_only(), 2)
    for item in agenda.named:
        _agenda_item(made, "", item)


def _agenda_item(made: Any, number: str, item: Item) -> None:
    urgent = tr(" URGENT, as recorded.") if item.urgent else ""
    asked = item.question if item.briefing else (Run(tr("could not be printed")),)
    because = f" {item.because}." if item.because and not item.urgent else ""
    before = item.listed.before if item.listed else ()
    words = (Run(f"{number}{item.code}.{urgent}{because} ", "bold"), *sentences(before, asked, *list_words(item)))
    say(made.add_paragraph(), words)


def _case(made: Any, number: int, item: Item, library: EvidenceLibrary, paper: Paper) -> None:
    made.add_heading(plain(f"{number}. {item.code}"), 1)
    if item.briefing is None:
        made.add_paragraph(tr("NOT A BRIEFING: this case could not be printed")).runs[0].bold = True
        for text in unprinted():
            made.add_paragraph(text)
        for problem in item.problems:
            made.add_paragraph(plain(problem), style="List Bullet")
        return
    briefing, size = _fitting(item.briefing, library, paper)
    head = briefing.get(HeaderZone)
    if head.identity:
        say(made.add_paragraph(), (Run(head.identity, "bold"),))
    for words in _about(head):
        say(made.add_paragraph(), words)
    for title, several in _parts(briefing):
        made.add_heading(plain(title), 2)
        for words in several:
            say(made.add_paragraph(), words, size)
    for words in _end(briefing):
        say(made.add_paragraph(), words, SMALL)


def _about(head: HeaderZone) -> tuple[Words, ...]:
    words = (head.about, head.state, head.meeting, head.prepared)
    return (head.evidence, *words) if head.evidence else words


def _parts(briefing: Briefing) -> Iterator[tuple[str, tuple[Words, ...]]]:
    """Yield title and paragraphs of every part: lines that are short and labelled follow one another."""
    for part in outline(briefing):
        paragraphs: list[Words] = []
        before = False
        for line in part.lines:
            words = (*((Run(f"{line.label}: ", "bold"),) if line.label else ()), *line.words)
            brief = bool(line.label) and length(words) <= _SHORT
            if brief and before:
                paragraphs[-1] = (*paragraphs[-1], Run(MIDDLE_DOT), *words)
            else:
                paragraphs.append(words)
            before = brief
        yield part.title, tuple(paragraphs)


def _end(briefing: Briefing) -> Iterator[Words]:
    """Yield what was shortened to fit, then release, program and what it is for."""
    if briefing.shortened:
        left = tr("Shortened to fit: {what}.").format(what="; ".join(entry.words for entry in briefing.shortened))
        yield (Run(left, "italic"),)
    foot = briefing.get(FooterZone)
    yield (Run(f"{foot.release}. {foot.program}. {foot.intended_use} {foot.secondary}", "muted"),)


def _fitting(briefing: Briefing, library: EvidenceLibrary, paper: Paper) -> tuple[Briefing, float]:
    """Return the first shorter form of a briefing that two pages hold, and the size of its type."""
    forms = list(shortenings(briefing))
    for size in (BODY, SMALL):
        low, high = 0, len(forms)
        while low < high:  # every form is shorter than the one before
            middle = (low + high) // 2
            if _tall(numbered(forms[middle], library), size, paper) <= _PAGES * _room(paper):
                high = middle
            else:
                low = middle + 1
        if low < len(forms):
            break
    return numbered(forms[min(low, len(forms) - 1)], library), size


def _room(paper: Paper) -> float:
    """Return the points of height of a page that are left for a case."""
    return float(Mm(PAPERS[paper].height - 2 * MARGIN_Y).pt) - _HEAD_AND_FOOT


def _tall(briefing: Briefing, size: float, paper: Paper) -> float:
    """Return how many points of height a case takes, on the safe side."""
    wide: float = Mm(PAPERS[paper].width - 2 * MARGIN_X).pt
    head = briefing.get(HeaderZone)
    about = sum(line_count(length(words), BODY, wide) for words in _about(head))
    tall = 15 * LEADING + about * BODY * LEADING + 6 * AFTER
    for _, several in _parts(briefing):
        tall += HEADING * LEADING + ABOVE + AFTER
        tall += sum(line_count(length(words), size, wide) * size * LEADING + AFTER for words in several)
    return tall + sum(line_count(length(words), SMALL, wide) * SMALL * LEADING + AFTER for words in _end(briefing))
