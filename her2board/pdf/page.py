"""The one page: zones from top to bottom, shortened in the stated order until they fit."""

from itertools import groupby

from her2board.briefing.fit import numbered, shortenings
from her2board.briefing.model import (
    Briefing,
    BriefOption,
    DisciplineRow,
    OptionRow,
    PauseRow,
    PauseZone,
    Plot,
    Row,
    Run,
    Words,
)
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.blocks import Heading, Sheet, height
from her2board.pdf.fonts import face
from her2board.pdf.styles import BLACK, BODY, GAP, HAIRLINE, LEAD, LEADING, LIGHT, MUTED, TITLE, ZONE, Geometry
from her2board.pdf.timeline import draw_timeline
from her2board.wording import tr

_LABEL = 62.0
_COLUMN_GAP = 16.0
_PAD = 7.0
"""Inside the box of the pause zone."""
_DECISION_LINE = 16.5
_FEWEST_LINES = 2


class PageTooFullError(Exception):
    """Even the shortest form does not fit; the case holds more required text than a page."""


def lay_out(briefing: Briefing, library: EvidenceLibrary, geometry: Geometry) -> tuple[Sheet, Briefing]:
    """Return the first layout that fits, and the briefing as shortened for it."""
    forms = list(shortenings(briefing))
    low, high = 0, len(forms) - 1
    found: tuple[Sheet, Briefing] | None = None
    while low <= high:  # every form is shorter than the one before
        middle = (low + high) // 2
        page = _Page(numbered(forms[middle], library), geometry)
        if page.fits:
            found, high = (page.sheet, forms[middle]), middle - 1
        else:
            low = middle + 1
    if found is not None:
        return found
    raise PageTooFullError(
        tr("the page cannot hold this case even when shortened; shorten its longest texts and try again")
    )


class _Page:
    """Lays out one briefing; ``fits`` tells whether it stayed above the footer."""

    def __init__(self, briefing: Briefing, geometry: Geometry) -> None:
        self.sheet = Sheet()
        self._briefing = briefing
        self._geometry = geometry
        self._x, self._width = geometry.left, geometry.measure
        self._footer_top = geometry.floor - self._footer_height()
        y = self._header(geometry.top)
        y = self._band(y)
        y = self._question(y)
        y = self._snapshots(y)
        y = self._tumour(y)
        y = self._contradictions(y)
        y = self._pause(y)
        y = self._options(y)
        self.fits = self._ask_and_decision(y)
        self._footer()

    def _header(self, y: float) -> float:
        head, sheet = self._briefing.header, self.sheet
        sheet.headings.append(Heading(y, head.code))
        measure = face("regular")
        code = face("semibold").width(head.code, TITLE)
        kind = f" \N{MIDDLE DOT} {head.kind}" if head.kind else ""
        rows = tuple("".join(run.text for run in words) for words in (head.meeting, head.prepared))
        subject = head.subject + kind
        rooms = (self._width - code - 16, self._width - measure.width(subject, BODY) - 16)
        beside = all(measure.width(row, BODY) <= room for row, room in zip(rows, rooms, strict=True))
        sheet.text(self._x, y + 13, head.code, "semibold", TITLE)
        if beside:
            for index, row in enumerate(rows):
                at = self._x + self._width - measure.width(row, BODY)
                sheet.text(at, y + 11 + index * 12, row, grey=MUTED if index else BLACK)
            sheet.text(self._x, y + 23, subject, grey=MUTED)
            y += 25
        else:
            y += 17
            y = sheet.words(self._x, y, (Run(subject, "muted"),), self._width)
            for row in rows:
                y = sheet.words(self._x, y, (Run(row, "muted"),), self._width)
        if head.identity:
            y = sheet.words(self._x, y + 1, (Run(head.identity, "bold"),), self._width, LEAD, 12.5)
        sheet.line(self._x, y + 1.5, self._x + self._width, y + 1.5, weight=1.2)
        return y + GAP

    def _band(self, y: float) -> float:
        band = self._briefing.band
        if band is None:
            return y
        title = (Run(f"{band.title}: ", "bold"),)
        inner = self._width - 2 * _PAD
        tall = height((*title, *band.words), inner, 9, 11) + 7
        self.sheet.headings.append(Heading(y, band.title))
        self.sheet.box(self._x, y, self._width, tall, fill=BLACK)
        self.sheet.words(self._x + _PAD, y + 3, (*title, *band.words), inner, 9, 11, grey=1.0)
        return y + tall + GAP - 1

    def _question(self, y: float) -> float:
        words = (Run(tr("Question. "), "bold"), *self._briefing.question)
        self.sheet.headings.append(Heading(y, tr("Question for the board")))
        y = self.sheet.words(self._x, y, words, self._width, LEAD, 13)
        return self.sheet.words(self._x, y + 1, self._briefing.new, self._width) + GAP - 2

    def _zone(self, x: float, y: float, title: str, width: float) -> float:
        self.sheet.headings.append(Heading(y, title))
        self.sheet.text(x, y + ZONE * 0.92, title, "semibold", ZONE)
        self.sheet.line(x, y + ZONE + 2.2, x + width, y + ZONE + 2.2, BLACK, 0.6)
        return y + ZONE + 4.6

    def _snapshots(self, y: float) -> float:
        left = (self._width - _COLUMN_GAP) * 0.53
        right = self._width - _COLUMN_GAP - left
        x = self._x + left + _COLUMN_GAP
        one = self._rows(self._x, self._zone(self._x, y, tr("Brain"), left), self._briefing.brain, left)
        two = self._rows(x, self._zone(x, y, tr("Patient"), right), self._briefing.patient, right)
        return max(one, two) + GAP - 2

    def _rows(self, x: float, y: float, rows: tuple[Row, ...], width: float) -> float:
        with self.sheet.part("Table"):
            for row in rows:
                if row.words:
                    y = self._row(x, y, row, width)
        return y

    def _row(self, x: float, y: float, row: Row, width: float) -> float:
        sheet = self.sheet
        with sheet.part("TR"):
            with sheet.part("TH", scope="Row"):
                sheet.text(x, y + BODY * 0.92, row.label, grey=MUTED)
            with sheet.part("TD"):
                return sheet.words(x + _LABEL, y, row.words, width - _LABEL)

    def _tumour(self, y: float) -> float:
        y = self._zone(self._x, y, tr("Tumour and treatment"), self._width)
        y = self.sheet.words(self._x, y, self._briefing.tumour, self._width) + 2
        return draw_timeline(self.sheet, self._briefing.timeline, self._x, y, self._width) + GAP - 3

    def _contradictions(self, y: float) -> float:
        if not self._briefing.contradictions:
            return y
        lead = Run(tr("To check in this case. "), "bold")
        text = Run("; ".join(self._briefing.contradictions) + ".")
        left = self._briefing.contradictions_left_out
        more = (Run(tr(" +{n} more in the annex.").format(n=left), "italic"),) if left else ()
        return self.sheet.words(self._x, y, (lead, text, *more), self._width) + GAP - 2

    def _pause(self, y: float) -> float:
        zone, sheet = self._briefing.pause, self.sheet
        top = y
        bar = 15.5
        sheet.headings.append(Heading(y, zone.title))
        sheet.box(self._x, y, self._width, bar, fill=BLACK)
        sheet.text(self._x + _PAD, y + 11.3, zone.title, "semibold", 10.8, 1.0)
        wide = face("regular").width(zone.status, BODY + 0.4)
        sheet.text(self._x + self._width - _PAD - wide, y + 11, zone.status, size=BODY + 0.4, grey=1.0)
        y += bar + 5
        inner = self._width - 2 * _PAD
        x1 = self._x + _PAD
        y = self._disciplines(x1, y, zone, inner)
        sheet.line(x1, y, x1 + inner, y, LIGHT)
        y += 3
        second = inner * 0.5
        third = inner - second - 14
        x3 = x1 + second + 14
        unsaid = tr(" \N{EN DASH} without a word on this case: cannot be told yet") if zone.terse else ""
        two = self._pause_rows(
            x1, self._head(x1, y, tr("Alternatives on the table"), unsaid), zone.alternatives, second
        )
        three = self._pause_rows(x3, self._head(x3, y, tr("When WBRT is reasonable")), zone.reasonable, third)
        for words in (zone.if_chosen, zone.if_waiting):
            if words and two < three:
                two = sheet.words(x1, two, words, second) + 1.4
            elif words:
                three = sheet.words(x3, three, words, third) + 1.4
        bottom = max(two, three) + 1
        sheet.line(x1, bottom, x1 + inner, bottom, LIGHT)
        bottom = sheet.words(x1, bottom + 2, zone.must_know, inner)
        bottom = sheet.words(x1, bottom + 1, zone.context, inner)
        bottom += 3
        sheet.box(self._x, top, self._width, bottom - top, stroke=BLACK, weight=1.3)
        return bottom + GAP

    def _head(self, x: float, y: float, title: str, note: str = "") -> float:
        with self.sheet.part("H3"):
            wide = self.sheet.text(x, y + BODY, title, "semibold", BODY + 0.3)
        if note:
            self.sheet.text(x + wide, y + BODY, note, grey=MUTED)
        return y + LEADING + 1.5

    def _disciplines(self, x: float, y: float, zone: PauseZone, width: float) -> float:
        """Write who has been heard in three columns, row by row."""
        column = (width - 2 * 12) / 3
        for start in range(0, len(zone.disciplines), 3):
            ends = []
            for index, row in enumerate(zone.disciplines[start : start + 3]):
                at = x + index * (column + 12)
                _sign(self.sheet, row, at, y + 1.0)
                words = (Run(row.name, "bold"), Run(" \N{EN DASH} "), *row.words)
                ends.append(self.sheet.words(at + 12, y, words, column - 12))
            y = max(ends) + 2
        return y + 0.5

    def _pause_rows(self, x: float, y: float, rows: tuple[PauseRow, ...], width: float) -> float:
        for row in rows:
            said = (Run(": "), *row.words) if row.words else ()
            here = (Run(". "), *row.here) if row.here else ()
            y = self.sheet.words(x, y, (Run(row.name, "bold"), *said, *here), width) + 1.1
        return y

    def _options(self, y: float) -> float:
        zone, sheet = self._briefing.options, self.sheet
        y = self._zone(self._x, y, zone.title, self._width)
        shares = (0.175, 0.325, 0.29, 0.21)
        gap = 10.0
        widths = [share * (self._width - 3 * gap) for share in shares]
        xs = [self._x + sum(widths[:n]) + n * gap for n in range(4)]
        with sheet.part("Table"):
            if zone.rows:
                y = self._option_heads(y, xs)
            for row in zone.rows:
                sheet.line(self._x, y, self._x + self._width, y, LIGHT)
                with sheet.part("TR"):
                    y = self._option(row, y + 1.8, xs, widths) + 1.2
        if zone.aside:
            sheet.line(self._x, y, self._x + self._width, y, LIGHT)
            y = sheet.words(self._x, y + 1.8, _in_brief(zone.aside), self._width)
        if zone.rows:
            y = sheet.words(self._x, y + 1, zone.note, self._width)
        return y + GAP - 2

    def _option_heads(self, y: float, xs: list[float]) -> float:
        titles = (tr("Option, standing"), tr("Nearest published cohort"), tr("Outcome there"), tr("From this case"))
        with self.sheet.part("TR"):
            for x, title in zip(xs, titles, strict=True):
                with self.sheet.part("TH", scope="Column"):
                    self.sheet.text(x, y + BODY * 0.92, title, grey=MUTED)
        return y + LEADING

    def _option(self, row: OptionRow, y: float, xs: list[float], widths: list[float]) -> float:
        sheet = self.sheet
        standing = (Run(row.standing, "muted"),)
        with sheet.part("TH", scope="Row"):
            below = sheet.words(xs[0], y, (Run(row.name, "bold"),), widths[0])
            ends = [sheet.words(xs[0], below, standing, widths[0])]
        with sheet.part("TD"):
            ends.append(sheet.words(xs[1], y, row.cohort, widths[1]))
        at = y
        with sheet.part("TD"):
            if row.plot is not None:
                with sheet.part("Figure", _plot_in_words(row.plot)):
                    _plot(sheet, row, xs[2], y + 1, widths[2])
                at += 9
            ends.append(sheet.words(xs[2], at, row.outcome, widths[2]))
        with sheet.part("TD"):
            ends.append(sheet.words(xs[3], y, row.here, widths[3]))
        return max(ends)

    def _ask_and_decision(self, y: float) -> bool:
        left = (self._width - _COLUMN_GAP) * 0.58
        right = self._width - _COLUMN_GAP - left
        x = self._x + left + _COLUMN_GAP
        one, asked = self._asks(y, left)
        two = self._zone(x, y, tr("Discussion and decision"), right)
        two = self.sheet.words(x, two, self._briefing.decision, right)
        room = self._footer_top - GAP - two
        rows = int(room // _DECISION_LINE)
        for _ in range(rows - 1):
            two += _DECISION_LINE
            self.sheet.line(x, two, x + right, two, HAIRLINE)
        self._signature(x, two + _DECISION_LINE, right)
        return asked and one <= self._footer_top - 3 and rows >= _FEWEST_LINES

    def _asks(self, y: float, width: float) -> tuple[float, bool]:
        """Write as many things to ask as there is room for; tell whether enough of them fit."""
        ask = self._briefing.ask
        y = self._zone(self._x, y, tr("Still missing: ask next"), width)
        room = self._footer_top - 3 - y - height(ask.required, width) - 1
        tall = [height(row, width) for row in ask.rows]
        shown = len(tall)
        while shown and sum(tall[:shown]) + (LEADING if shown < len(tall) else 0) > room:
            shown -= 1
        for row in ask.rows[:shown]:
            y = self.sheet.words(self._x, y, row, width)
        if shown < len(tall):
            more = Run(tr("+{n} more in the annex").format(n=len(tall) - shown), "italic")
            y = self.sheet.words(self._x, y, (more,), width)
        y = self.sheet.words(self._x, y + 1, ask.required, width)
        return y, shown >= min(ask.least, len(tall))

    def _signature(self, x: float, y: float, width: float) -> None:
        middle = x + width * 0.58
        for at, end, label in ((x, middle - 8, tr("Owner")), (middle, x + width, tr("By"))):
            wide = self.sheet.text(at, y - 2, label, grey=MUTED)
            self.sheet.line(at + wide + 4, y, end, y, HAIRLINE)

    def _footer_words(self) -> Words:
        foot = self._briefing.footer
        references = " \N{MIDDLE DOT} ".join(foot.references)
        left_out = ""
        if self._briefing.shortened:
            left_out = tr(" Shortened to fit: {what}.").format(what="; ".join(self._briefing.shortened))
        content = tr(" Content\N{NO-BREAK SPACE}{hash}").format(hash=foot.content) if foot.content else ""
        return (
            Run(f"{references}. "),
            Run(f"{foot.release}. {foot.program}. {foot.intended_use}{left_out}{content}", "muted"),
        )

    def _footer_height(self) -> float:
        return height(self._footer_words(), self._width, 8.0, 9.4) + 4

    def _footer(self) -> None:
        y = self._footer_top
        self.sheet.line(self._x, y, self._x + self._width, y, BLACK, 0.6)
        self.sheet.words(self._x, y + 2.5, self._footer_words(), self._width, 8.0, 9.4)


def _in_brief(options: tuple[BriefOption, ...]) -> Words:
    """Return options in one phrase each, those of one standing together."""
    words: list[Run] = []
    for standing, group in groupby(sorted(options, key=lambda option: option.standing), key=lambda o: o.standing):
        lead = ". " if words else ""
        words.append(Run(f"{lead}{standing[:1].upper()}{standing[1:]}: ", "muted"))
        for index, option in enumerate(group):
            words.append(Run(("; " if index else "") + option.name, "bold"))
            words.append(Run(f" ({option.reason})" if option.reason else ""))
    return (*words, Run("."))


def _sign(sheet: Sheet, row: DisciplineRow, x: float, y: float) -> None:
    """Draw the sign of a discipline: ticked, half (asked), bar (late), empty (never asked), dash (where needed)."""
    side = 7.2
    match row.sign:
        case "done":
            sheet.box(x, y, side, side, fill=BLACK)
            for one, two in (((1.5, 3.8), (3.0, 5.4)), ((3.0, 5.4), (5.8, 1.9))):
                sheet.line(x + one[0], y + one[1], x + two[0], y + two[1], 1.0, 1.1)
        case "open":
            sheet.box(x, y, side, side, stroke=BLACK, weight=0.8)
            sheet.polygon(((x, y + side), (x + side, y + side), (x + side, y)), BLACK)
        case "late":
            sheet.box(x, y, side, side, stroke=BLACK, weight=0.8)
            sheet.line(x + side / 2, y + 1.3, x + side / 2, y + 4.4, BLACK, 1.2)
            sheet.line(x + side / 2, y + 5.3, x + side / 2, y + 6.3, BLACK, 1.2)
        case "optional":
            sheet.box(x, y, side, side, stroke=HAIRLINE, weight=0.8)
            sheet.line(x + 1.8, y + side / 2, x + side - 1.8, y + side / 2, MUTED, 0.8)
        case _:
            sheet.box(x, y, side, side, stroke=BLACK, weight=0.8)


def _plot_in_words(plot: Plot) -> str:
    value = tr("Drawn on an axis from 0 to 100 %: {value:g}").format(value=plot.value)
    if plot.low is None or plot.high is None:
        return value + tr(", interval not stated")
    return value + tr(", interval {low:g} to {high:g}").format(low=plot.low, high=plot.high)


def _plot(sheet: Sheet, row: OptionRow, x: float, y: float, width: float) -> None:
    """Draw a response rate with its interval on an axis of its own, 0 to 100 %."""
    plot = row.plot
    assert plot is not None
    middle = y + 3.4

    def at(value: float) -> float:
        return x + width * value / 100

    sheet.line(x, middle, x + width, middle, LIGHT, 0.5)
    for edge in (0, 50, 100):
        sheet.line(at(edge), y, at(edge), y + 6.8, LIGHT, 0.5)
    if plot.low is not None and plot.high is not None:
        sheet.line(at(plot.low), middle, at(plot.high), middle, BLACK, 1.1)
        for edge_value in (plot.low, plot.high):
            sheet.line(at(edge_value), middle - 2.2, at(edge_value), middle + 2.2, BLACK, 1.1)
        sheet.box(at(plot.value) - 2.1, middle - 2.1, 4.2, 4.2, fill=BLACK)
    else:
        sheet.box(at(plot.value) - 2.1, middle - 2.1, 4.2, 4.2, fill=1.0, stroke=BLACK, weight=0.9)
