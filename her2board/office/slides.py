"""Slides to edit: the agenda, and two slides per case in real text, with everything of its page in the notes."""

from collections.abc import Callable, Sequence
from typing import Any

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from her2board.briefing.formats import MIDDLE_DOT, joined, sentences
from her2board.briefing.layouts import Work
from her2board.briefing.model import Briefing, Line, Run, Style, Words
from her2board.briefing.outline import outline
from her2board.briefing.packet import Agenda, Item, PacketOptions, list_words, short, unprinted
from her2board.briefing.references import numbered
from her2board.briefing.zones.alert import AlertZone
from her2board.briefing.zones.brain import BrainZone
from her2board.briefing.zones.brief_options import in_brief
from her2board.briefing.zones.checks import CheckZone
from her2board.briefing.zones.choices import named_words
from her2board.briefing.zones.decision import DecisionZone
from her2board.briefing.zones.footer import FooterZone
from her2board.briefing.zones.header import HeaderZone
from her2board.briefing.zones.options import OptionZone
from her2board.briefing.zones.patient import PatientZone
from her2board.briefing.zones.pause import PauseZone, disciplines
from her2board.briefing.zones.question import QuestionZone
from her2board.briefing.zones.rows import RowsZone
from her2board.briefing.zones.timeline import treatments
from her2board.briefing.zones.tumour import TumourZone
from her2board.evidence.library import EvidenceLibrary
from her2board.office.backend import name_table_style
from her2board.office.package import packed, plain
from her2board.office.room import LEADING, length, line_count
from her2board.wording import tr

_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_LEFT, _MEASURE = Inches(0.5), Inches(12.333)
_BLACK, _MUTED, _WHITE = RGBColor(0, 0, 0), RGBColor(0x54, 0x54, 0x54), RGBColor(255, 255, 255)
_BODY, _SMALL = 12, 9
_SIZES = (12, 11, 10.5)
"""Sizes of body text, in points: the largest at which a column holds everything."""
_FIRST = 2
"""Lines of a column that stay whatever is left out: what it is about, and the first of it."""
_INSET, _AFTER = 14.4, 2.0
"""Room at the sides of a column and after a paragraph, in points."""
_TITLE_ONLY = 5
"""Layout of the template."""
_AGENDA_ROWS = 10
_BETWEEN = Inches(0.25)
_FONT = "Arial"
"""Every machine has it, or one of the same widths."""
_PLAIN_GRID = "{5940675A-B579-460E-94D1-54222C63F5DA}"
"""The table style 'no style, table grid', known to every program by this number."""
_SHORTER = (400, 250, 160, 110, 80, 60, 45)
"""Characters a line keeps, step by step, until its column fits; the notes have all of it."""


def make(work: Work) -> bytes:
    """Return the deck."""
    return slides(work.agenda, work.library, work.drawn)


def steps(_options: PacketOptions, cases: int) -> int:
    """Return one step for each case."""
    return cases


def slides(agenda: Agenda, library: EvidenceLibrary, drawn: Callable[[], None]) -> bytes:
    """Return the deck."""
    deck = pptx.Presentation()
    _widen(deck)
    _cover(deck, agenda)
    for start in range(0, len(_entries(agenda)), _AGENDA_ROWS):
        _agenda(deck, agenda, start)
    for number, item in enumerate(agenda.items, 1):
        _case(deck, number, item, agenda, library)
        drawn()
    return packed(deck, agenda.title, agenda.language)


def _widen(deck: Any) -> None:
    """Make the template as wide as screens are, with all it brings."""
    factor = _WIDTH / deck.slide_width
    for holder in (deck.slide_master, *deck.slide_layouts):
        for shape in holder.shapes:
            if shape.left is not None:
                shape.left, shape.width = Emu(int(shape.left * factor)), Emu(int(shape.width * factor))
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT


def _cover(deck: Any, agenda: Agenda) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    _title(slide, agenda.title, 32)
    texts = (agenda.evidence, agenda.lead, agenda.urgent, agenda.order, agenda.privacy, agenda.foot)
    lines = [
        Line("", (Run(text, "bold" if text in (agenda.evidence, agenda.urgent) else "plain"),))
        for text in texts
        if text
    ]
    _write(slide, lines, _LEFT, Inches(1.5), _MEASURE, Inches(5), 16)


def _agenda(deck: Any, agenda: Agenda, start: int) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    _title(slide, tr("Agenda"))
    entries = _entries(agenda)[start : start + _AGENDA_ROWS]
    heads = (tr("Item"), tr("Case"), tr("Question for the board"), tr("Before WBRT"))
    rows = [heads, *(_agenda_row(number, item) for number, item in entries)]
    frame = slide.shapes.add_table(len(rows), len(heads), _LEFT, Inches(1.2), _MEASURE, Inches(0.4) * len(rows))
    table = frame.table
    name_table_style(frame, _PLAIN_GRID)
    for column, inches in enumerate((0.7, 2.4, 6.433, 2.8)):
        table.columns[column].width = Inches(inches)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            cell = table.cell(row, column)
            style: Style = "bold" if row == 0 else "plain"
            _say(cell.text_frame.paragraphs[0], (Run(text, style),), _BODY)


def _entries(agenda: Agenda) -> list[tuple[str, Item]]:
    """Return every case with its number; those only named to the board have none."""
    numbered_items = [(str(number), item) for number, item in enumerate(agenda.items, 1)]
    return [*numbered_items, *(("\N{EN DASH}", item) for item in agenda.named)]


def _agenda_row(number: str, item: Item) -> tuple[str, ...]:
    question = short(item.question, 110) if item.briefing else (Run(tr("could not be printed")),)
    question = joined((question, *list_words(item), (Run(tr("named only")),) if number == "\N{EN DASH}" else ()), "; ")
    urgent = tr("; URGENT, as recorded") if item.urgent else f"; {item.because}" if item.because else ""
    return (
        number,
        f"{item.code}{urgent}",
        "".join(run.text for run in question),
        item.counts.words if item.counts else "\N{EN DASH}",
    )


def _case(deck: Any, number: int, item: Item, agenda: Agenda, library: EvidenceLibrary) -> None:
    """Add the two slides of a case: the patient, then what may be chosen and the evidence on drugs."""
    name = MIDDLE_DOT.join(part for part in (f"{number}. {item.code}", item.identity) if part)
    if item.briefing is None:
        slide = _named(deck, name)
        _band(slide, (Run(tr("NOT A BRIEFING: this case could not be printed"), "bold"),), Inches(1.1))
        lines = [Line("", (Run(text),)) for text in (*unprinted(), *item.problems)]
        _write(slide, lines, _LEFT, Inches(1.9), _MEASURE, Inches(4.5), 16)
        return
    briefing = numbered(item.briefing, library)
    slide = _named(deck, name)
    top = _alert(slide, briefing)
    question = (Run(tr("Question. "), "bold"), *short(briefing.get(QuestionZone).asked, 260))
    _write(slide, [Line("", question)], _LEFT, top, _MEASURE, Inches(0.6), 16)
    columns = (_state(briefing), _history(briefing), _heard(briefing))
    _columns(slide, columns, top + Inches(0.75), agenda)
    slide.notes_slide.notes_text_frame.text = _notes(briefing)
    slide = _named(deck, MIDDLE_DOT.join((name, tr("choices and evidence"))))
    _columns(
        slide, (_choices(briefing.get(PauseZone)), _evidence(briefing.get(OptionZone))), _alert(slide, briefing), agenda
    )


def _named(deck: Any, name: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    _title(slide, name)
    return slide


def _alert(slide: Any, briefing: Briefing) -> Emu:
    """Write in what state the case is, and the alert band; return the top of what comes below."""
    head = briefing.get(HeaderZone)
    status = (Run(head.status, "muted"),) if head.status else ()
    _write(
        slide,
        [Line("", joined((head.evidence, status, head.state)))],
        _LEFT,
        Inches(0.78),
        _MEASURE,
        Inches(0.3),
        _SIZES[-1],
    )
    top = Inches(1.05)
    alert = briefing.find(AlertZone)
    if alert is None:
        return top
    title = (Run(f"{alert.title}: ", "bold"),) if alert.urgent else ()
    _band(slide, (*title, *short(alert.words, 330)), top)
    return Emu(top + Inches(0.75))


def _columns(slide: Any, columns: Sequence[list[Line]], top: Emu, agenda: Agenda) -> None:
    """Write columns side by side, and what the slide is for below them."""
    wide = (_MEASURE - (len(columns) - 1) * _BETWEEN) // len(columns)
    tall = Inches(6.85) - top
    for column, lines in enumerate(columns):
        left = _LEFT + column * (wide + _BETWEEN)
        fitted, size = _fitted(lines, Emu(wide).pt, Emu(tall).pt)
        _write(slide, fitted, left, top, wide, tall, size)
    foot = (Run(f"{agenda.privacy} {agenda.foot} ", "muted"), Run(tr("All of the page in the notes."), "muted"))
    _write(slide, [Line("", foot)], _LEFT, Inches(6.95), _MEASURE, Inches(0.4), _SMALL)


def _choices(zone: PauseZone) -> list[Line]:
    """Return the choices with what guidelines and this case say to each, then those that are only named."""
    rows = (Line(row.name, sentences(row.says, row.here, row.caution)) for row in zone.rows)
    return [_heading(tr("Choices")), *rows, *(Line("", words) for words in named_words(zone.named))]


def _evidence(zone: OptionZone) -> list[Line]:
    """Return the rows of the options of drugs, then the others in one paragraph."""
    rows = (
        Line(row.name, sentences(row.standing, (*row.cohort, *row.apart), row.outcome, row.here)) for row in zone.rows
    )
    others = [Line("", in_brief(zone.aside))] if zone.aside else []
    return [_heading(zone.title), Line("", zone.note_in_words), *rows, *others]


def _heading(title: str) -> Line:
    return Line("", (Run(title, "bold"),))


def _state(briefing: Briefing) -> list[Line]:
    """Return the left column: brain and patient, as the page has them."""
    return [*_rows(briefing.get(BrainZone)), *_rows(briefing.get(PatientZone))]


def _rows(zone: RowsZone) -> list[Line]:
    rows = (Line(row.label, row.words) for row in zone.rows if row.words)
    return [Line("", (Run(zone.title, "bold"),)), *rows]


def _history(briefing: Briefing) -> list[Line]:
    """Return the middle column: the tumour, and what was given."""
    tumour, checks = briefing.get(TumourZone), briefing.find(CheckZone)
    return [
        Line("", (Run(tumour.title, "bold"),)),
        Line("", tumour.words),
        *treatments(tumour.timeline),
        *([Line(tr("To check"), joined(checks.points, "; "))] if checks else []),
    ]


def _heard(briefing: Briefing) -> list[Line]:
    """Return the right column: who was heard, what is not known, what was decided."""
    zone, decision = briefing.get(PauseZone), briefing.get(DecisionZone)
    return [
        Line("", (Run(f"{zone.title}: ", "bold"), *zone.status)),
        *disciplines(zone),
        Line("", zone.must_know),
        *([Line("", decision.words)] if decision.words else []),
    ]


def _fitted(lines: Sequence[Line], wide: float, tall: float) -> tuple[list[Line], float]:
    """Return lines and the size they fit at: all of them smaller, then cut alike, going on in the notes."""
    for size in _SIZES:
        if _fits(lines, size, wide, tall):
            return list(lines), size
    fitted = list(lines)
    for most in _SHORTER:
        fitted = [Line(line.label, short(line.words, most)) for line in lines]
        if _fits(fitted, _SIZES[-1], wide, tall):
            return fitted, _SIZES[-1]
    left_out = 0
    while not _fits(fitted, _SIZES[-1], wide, tall) and len(fitted) > _FIRST + 1:
        left_out += 1
        more = tr("+{n} before these, in the notes").format(n=left_out)
        fitted[_FIRST : _FIRST + (1 if left_out == 1 else 2)] = [Line("", (Run(more, "italic"),))]
    return fitted, _SIZES[-1]


def _fits(lines: Sequence[Line], size: float, wide: float, tall: float) -> bool:
    across = wide - _INSET
    taken = (len(line.label) + 2 + length(line.words) for line in lines)
    return sum(line_count(characters, size, across) * size * LEADING + _AFTER for characters in taken) <= tall


def _notes(briefing: Briefing) -> str:
    head = briefing.get(HeaderZone)
    parts = ["".join(run.text for run in words) for words in (head.evidence, head.meeting, head.prepared) if words]
    for part in outline(briefing):
        parts.append("")
        parts.append(part.title.upper())
        for line in part.lines:
            label = f"{line.label}: " if line.label else ""
            parts.append(label + "".join(run.text for run in line.words))
    foot = briefing.get(FooterZone)
    rests_on = f"{foot.release}. {foot.program}. {foot.intended_use} {foot.secondary}"
    return "\n".join(plain(text) for text in (*parts, "", rests_on))


def _title(slide: Any, text: str, size: int = 24) -> None:
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = _LEFT, Inches(0.2), _MEASURE, Inches(0.65)
    paragraph = title.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    _say(paragraph, (Run(text, "bold"),), size)


def _band(slide: Any, words: Words, top: Emu) -> None:
    """Write words white on black over the whole width."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, _LEFT, top, _MEASURE, Inches(0.65))
    shape.fill.solid()
    shape.fill.fore_color.rgb = _BLACK
    shape.line.fill.background()
    shape.shadow.inherit = False
    shape.text_frame.word_wrap = True
    paragraph = shape.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    _say(paragraph, words, _SIZES[1], _WHITE)


def _write(slide: Any, lines: Sequence[Line], left: Any, top: Any, width: Any, height: Any, size: float) -> None:
    frame = slide.shapes.add_textbox(left, top, width, height).text_frame
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    for number, line in enumerate(lines):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        paragraph.space_after = Pt(_AFTER)
        label = (Run(f"{line.label}: ", "muted"),) if line.label else ()
        _say(paragraph, (*label, *line.words), size)


def _say(paragraph: Any, words: Words, size: float, colour: Any = None) -> None:
    for word in words:
        run = paragraph.add_run()
        run.text = plain(word.text)
        run.font.name, run.font.size = _FONT, Pt(size)
        run.font.bold = word.style == "bold" or None
        run.font.italic = word.style == "italic" or None
        run.font.color.rgb = colour if colour is not None else _MUTED if word.style == "muted" else _BLACK
