"""The one page: zones from top to bottom, shortened in the stated order until they fit.

Everything stands on a grid of a quarter of the leading, so that the lines of neighbouring columns meet.
"""

from dataclasses import replace
from itertools import groupby

from her2board.briefing.fit import numbered, shortenings
from her2board.briefing.model import (
    Briefing,
    BriefOption,
    LesionPicture,
    OptionRow,
    PauseRow,
    PauseZone,
    Row,
    Run,
    Words,
)
from her2board.briefing.plots import Plot, plots
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.blocks import Draft, Heading, Sheet
from her2board.pdf.lines import lines
from her2board.pdf.pictures import (
    draw_lesions,
    draw_plot,
    draw_sign,
    lesions_in_words,
    lesions_width,
    plot_in_words,
)
from her2board.pdf.styles import BLACK, BODY, HAIRLINE, LABEL, LEAD, LIGHT, MUTED, TITLE, ZONE, Geometry
from her2board.pdf.text import face
from her2board.pdf.timeline import draw_timeline
from her2board.wording import tr

_COLUMN_GAP = 16.0
_PAD = 7.0
"""Inside the box of the pause zone."""
_HANG = 6.0
"""By how much the further lines of an entry are set in."""
_ROUNDED = 0.01
"""Points that adding up many heights may be off."""
_FEWEST_LINES = 2
"""To write a decision on; one is enough where a decision is recorded."""


class PageTooFullError(Exception):
    """Even the shortest form does not fit; the case holds more required text than a page."""


def lay_out(briefing: Briefing, library: EvidenceLibrary, geometry: Geometry) -> tuple[Sheet, Briefing]:
    """Return the first layout that fits, and the briefing as shortened for it."""
    forms = list(shortenings(briefing))
    low, high = 0, len(forms) - 1
    found: tuple[Briefing, Briefing] | None = None
    while low <= high:  # every form is shorter than the one before
        middle = (low + high) // 2
        tried = numbered(forms[middle], library)
        if _Page(tried, geometry, Draft(geometry.leading)).fits:
            found, high = (forms[middle], tried), middle - 1
        else:
            low = middle + 1
    if found is None:
        raise PageTooFullError(
            tr("the page cannot hold this case even when shortened; shorten its longest texts and try again")
        )
    form, fitting = found
    page = _Page(fitting, geometry, Sheet(geometry.leading))
    return page.sheet, _with_asks(form, page.asks_left)


def _with_asks(form: Briefing, left: int) -> Briefing:
    """Note the things to ask that the page had no room for; it counts them where they would stand."""
    if not left:
        return form
    return replace(form, shortened=(*form.shortened, tr("things to ask: +{n}").format(n=left)))


class _Page:
    """Lays out one briefing; ``fits`` tells whether it stayed above the footer."""

    def __init__(self, briefing: Briefing, geometry: Geometry, sheet: Sheet) -> None:
        self.sheet = sheet
        self._briefing = briefing
        self._geometry = geometry
        self._step = self.sheet.step
        self._x, self._width = geometry.left, geometry.measure
        self._foot = self._footer_words()
        self._footer_top = self._footer_place()
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
        head, sheet, step = self._briefing.header, self.sheet, self._step
        sheet.headings.append(Heading(y, head.code))
        measure = face("regular")
        code = face("semibold").width(head.code, TITLE)
        kind = f" \N{MIDDLE DOT} {head.kind}" if head.kind else ""
        rows = (head.meeting, head.prepared)
        wide = [sum(measure.width(run.text, BODY) for run in row) for row in rows]
        subject = head.subject + kind
        rooms = (self._width - code - 16, self._width - measure.width(subject, BODY) - 16)
        beside = all(row <= room for row, room in zip(wide, rooms, strict=True))
        sheet.text(self._x, y + 13, head.code, "semibold", TITLE, origin=("case:code",))
        if beside:
            for index, row in enumerate(rows):
                at = self._x + self._width - wide[index]
                sheet.words(at, y + 5 * step * index + 3.6, row, wide[index] + 1, grey=MUTED if index else BLACK)
            sheet.text(self._x, y + 10 * step - 0.5, subject, grey=MUTED)
            y += 11 * step
        else:
            across = measure.width(subject, BODY)
            y += 7 * step
            if across <= rooms[0]:
                sheet.text(self._x + self._width - across, y - 7 * step + 13, subject, grey=MUTED)
            else:
                y = sheet.words(self._x, y, (Run(subject, "muted"),), self._width)
            for row in rows:
                y = sheet.words(self._x, y, row, self._width, grey=MUTED)
        if head.identity:
            identity = (Run(head.identity, "bold", origin=("case:identity",)),)
            y = sheet.words(self._x, y + step, identity, self._width, LEAD, 5 * step)
        sheet.line(self._x, y, self._x + self._width, y, weight=1.2)
        return y + 2 * step

    def _band(self, y: float) -> float:
        band = self._briefing.band
        if band is None:
            return y
        words = (Run(f"{band.title}: ", "bold"), *band.words)
        inner = self._width - 2 * _PAD
        tall = self.sheet.tall(words, inner, 9, 5 * self._step) + 2 * self._step
        self.sheet.headings.append(Heading(y, band.title))
        self.sheet.box(self._x, y, self._width, tall, fill=BLACK)
        self.sheet.words(self._x + _PAD, y + self._step, words, inner, 9, 5 * self._step, grey=1.0)
        return y + tall + 2 * self._step

    def _question(self, y: float) -> float:
        words = (Run(tr("Question. "), "bold"), *self._briefing.question)
        self.sheet.headings.append(Heading(y, tr("Question for the board")))
        y = self.sheet.words(self._x, y, words, self._width, LEAD, 5 * self._step)
        return self.sheet.words(self._x, y + self._step, self._briefing.new, self._width) + 2 * self._step

    def _zone(self, x: float, y: float, title: str, width: float) -> float:
        rule = y + 5 * self._step - 0.4
        self.sheet.headings.append(Heading(y, title, x=x))
        self.sheet.text(x, y + ZONE * 0.92, title, "semibold", ZONE)
        self.sheet.line(x, rule, x + width, rule, BLACK, 0.6)
        return y + 6 * self._step

    def _snapshots(self, y: float) -> float:
        left = (self._width - _COLUMN_GAP) * 0.555
        right = self._width - _COLUMN_GAP - left
        x = self._x + left + _COLUMN_GAP
        one = self._rows(self._x, self._zone(self._x, y, tr("Brain"), left), self._briefing.brain, left)
        two = self._rows(x, self._zone(x, y, tr("Patient"), right), self._briefing.patient, right)
        return max(one, two) + 2 * self._step

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
                y = sheet.words(x + LABEL, y, row.words, width - LABEL)
                if row.picture is not None:
                    with sheet.part("Figure", lesions_in_words(row.picture)):
                        y = self._picture(x + LABEL, y, row, row.picture, width - LABEL)
        return y

    def _picture(self, x: float, y: float, row: Row, picture: LesionPicture, width: float) -> float:
        """Draw the lesions beside the last line of their words, or on a line of their own."""
        last = lines(row.words, width)[-1][-1] if row.words else None
        taken = last.x + face(last.font).width(last.text, BODY) + 8 if last else 0.0
        if taken + lesions_width(self.sheet, picture) <= width:
            draw_lesions(self.sheet, picture, x + taken, y - self.sheet.leading, width - taken)
            return y
        draw_lesions(self.sheet, picture, x, y, width)
        return y + self.sheet.leading

    def _tumour(self, y: float) -> float:
        y = self._zone(self._x, y, tr("Tumour and treatment"), self._width)
        y = self.sheet.words(self._x, y, self._briefing.tumour, self._width) + self._step
        return draw_timeline(self.sheet, self._briefing.timeline, self._x, y, self._width) + self._step

    def _contradictions(self, y: float) -> float:
        found = self._briefing.contradictions
        if not found:
            return y
        words = [Run(tr("To check in this case. "), "bold")]
        for index, run in enumerate(found):
            words += [Run("; "), run] if index else [run]
        words.append(Run("."))
        if left := self._briefing.contradictions_left_out:
            more = tr(" +{n} more in the annex.").format(n=left)
            words.append(Run(more, "italic", origin=("count:points to check left out",)))
        return self.sheet.words(self._x, y, tuple(words), self._width) + 2 * self._step

    def _pause(self, y: float) -> float:
        zone, sheet, step = self._briefing.pause, self.sheet, self._step
        top = y
        bar = 7 * step
        sheet.headings.append(Heading(y, zone.title))
        sheet.box(self._x, y, self._width, bar, fill=BLACK)
        sheet.text(self._x + _PAD, y + 11.7, zone.title, "semibold", 10.8, 1.0)
        wide = sum(face("regular").width(run.text, BODY + 0.4) for run in zone.status)
        sheet.words(self._x + self._width - _PAD - wide, y + 3.7, zone.status, wide + 1, BODY + 0.4, grey=1.0)
        y += bar + 2 * step
        inner = self._width - 2 * _PAD
        x1 = self._x + _PAD
        y = self._disciplines(x1, y, zone, inner)
        sheet.line(x1, y, x1 + inner, y, LIGHT)
        bottom = self._ways(x1, y + step, zone, inner)
        sheet.line(x1, bottom + step, x1 + inner, bottom + step, LIGHT)
        bottom = sheet.words(x1, bottom + 2 * step, zone.must_know, inner)
        bottom = sheet.words(x1, bottom, zone.context, inner) + 2 * step
        sheet.box(self._x, top, self._width, bottom - top, stroke=BLACK, weight=1.3)
        return bottom + 2 * step

    def _ways(self, x: float, y: float, zone: PauseZone, inner: float) -> float:
        """Write alternatives and situations in two equal columns; what comes with either goes below the shorter."""
        width = (inner - 12) / 2
        x2 = x + width + 12
        unsaid = tr(" \N{EN DASH} without a word on this case: cannot be told yet") if zone.terse else ""
        one = self._pause_rows(x, self._head(x, y, tr("Alternatives on the table"), unsaid), zone.alternatives, width)
        two = self._pause_rows(x2, self._head(x2, y, tr("When WBRT is reasonable")), zone.reasonable, width)
        for words in (zone.if_chosen, zone.if_waiting):
            if words and one < two:
                one = self.sheet.words(x, one, words, width, hang=_HANG)
            elif words:
                two = self.sheet.words(x2, two, words, width, hang=_HANG)
        return max(one, two)

    def _head(self, x: float, y: float, title: str, note: str = "") -> float:
        with self.sheet.part("H3"):
            wide = self.sheet.text(x, y + BODY * 0.92, title, "semibold", BODY + 0.3)
        if note:
            self.sheet.text(x + wide, y + BODY * 0.92, note, grey=MUTED)
        return y + 5 * self._step

    def _disciplines(self, x: float, y: float, zone: PauseZone, width: float) -> float:
        """Write who has been heard in three columns, row by row."""
        column = (width - 2 * 12) / 3
        for start in range(0, len(zone.disciplines), 3):
            ends = []
            for index, row in enumerate(zone.disciplines[start : start + 3]):
                at = x + index * (column + 12)
                draw_sign(self.sheet, row.sign, at, y + 1.0)
                words = (Run(row.name, "bold"), Run(" \N{EN DASH} "), *row.words)
                ends.append(self.sheet.words(at + 12, y, words, column - 12))
            y = max(ends) + self._step
        return y

    def _pause_rows(self, x: float, y: float, rows: tuple[PauseRow, ...], width: float) -> float:
        for row in rows:
            said = (Run(": "), *row.words) if row.words else ()
            here = (Run(". "), *row.here) if row.here else ()
            name = Run(row.name, "bold", origin=row.words[0].origin if row.words else ())
            y = self.sheet.words(x, y, (name, *said, *here), width, hang=_HANG)
        return y

    def _options(self, y: float) -> float:
        zone, sheet, step = self._briefing.options, self.sheet, self._step
        room = self._width - face("semibold").width(zone.title, ZONE) - 12
        beside = min(face("regular").width("".join(run.text for run in zone.note), BODY), room)
        sheet.words(self._x + self._width - beside, y + 1, zone.note, beside + 1)
        y = self._zone(self._x, y, zone.title, self._width)
        gap = 10.0
        widths = [share * (self._width - 3 * gap) for share in self._geometry.option_columns]
        xs = [self._x + sum(widths[:n]) + n * gap for n in range(4)]
        drawn, axes = plots([row.figure for row in zone.rows])
        with sheet.part("Table"):
            if zone.rows:
                y = self._option_heads(y, xs)
            for row, plot in zip(zone.rows, drawn, strict=True):
                sheet.line(self._x, y, self._x + self._width, y, LIGHT)
                with sheet.part("TR"):
                    y = self._option(row, plot, y + step, xs, widths) + step
        if zone.rows and (zone.aside or axes):
            sheet.line(self._x, y, self._x + self._width, y, LIGHT)
            y += step
        if zone.aside:
            y = sheet.words(self._x, y, _in_brief(zone.aside), self._width, hang=_HANG)
        if axes:
            y = sheet.words(self._x, y, (Run(axes, "muted"),), self._width)
        return y + 2 * step

    def _option_heads(self, y: float, xs: list[float]) -> float:
        titles = (tr("Option, standing"), tr("Nearest published cohort"), tr("Outcome there"), tr("From this case"))
        with self.sheet.part("TR"):
            for x, title in zip(xs, titles, strict=True):
                with self.sheet.part("TH", scope="Column"):
                    self.sheet.text(x, y + BODY * 0.92, title, grey=MUTED)
        return y + self._geometry.leading + self._step

    def _option(self, row: OptionRow, plot: Plot | None, y: float, xs: list[float], widths: list[float]) -> float:
        sheet = self.sheet
        standing = (Run(row.standing, "muted"),)
        with sheet.part("TH", scope="Row"):
            below = sheet.words(xs[0], y, (Run(row.name, "bold"),), widths[0])
            ends = [sheet.words(xs[0], below, standing, widths[0])]
        with sheet.part("TD"):
            ends.append(sheet.words(xs[1], y, row.cohort, widths[1]))
        at = y
        with sheet.part("TD"):
            if plot is not None:
                with sheet.part("Figure", plot_in_words(plot)):
                    draw_plot(sheet, plot, xs[2], y, widths[2])
                at += self._geometry.leading
            ends.append(sheet.words(xs[2], at, row.outcome, widths[2]))
        with sheet.part("TD"):
            ends.append(sheet.words(xs[3], y, row.here, widths[3]))
        return max(ends)

    def _ask_and_decision(self, y: float) -> bool:
        left = (self._width - _COLUMN_GAP) * 0.58
        right = self._width - _COLUMN_GAP - left
        x = self._x + left + _COLUMN_GAP
        line = 7 * self._step
        one, asked = self._asks(y, left)
        two = self._zone(x, y, tr("Discussion and decision"), right)
        two = self.sheet.words(x, two, self._briefing.decision, right)
        rows = int((self._footer_top - 2 * self._step - two) // line)
        for _ in range(rows - 1):
            two += line
            self.sheet.line(x, two, x + right, two, HAIRLINE)
        self._signature(x, two + line, right)
        return (
            asked
            and one <= self._footer_top - self._step + _ROUNDED
            and rows >= (_FEWEST_LINES if not self._briefing.decision else 1)
        )

    def _asks(self, y: float, width: float) -> tuple[float, bool]:
        """Write as many things to ask as there is room for; tell whether enough of them fit."""
        ask, sheet = self._briefing.ask, self.sheet
        y = self._zone(self._x, y, tr("Still missing: ask next"), width)
        room = self._footer_top - 2 * self._step - y - sheet.tall(ask.required, width)
        tall = [sheet.tall(row, width) for row in ask.rows]
        shown = len(tall)
        while shown and sum(tall[:shown]) + (sheet.leading if shown < len(tall) else 0) > room + _ROUNDED:
            shown -= 1
        for row in ask.rows[:shown]:
            y = sheet.words(self._x, y, row, width)
        self.asks_left = len(tall) - shown
        if left := self.asks_left:
            more = tr("+{n} more in the annex").format(n=left)
            y = sheet.words(self._x, y, (Run(more, "italic", origin=("count:things to ask left out",)),), width)
        y = sheet.words(self._x, y + self._step, ask.required, width)
        return y, shown >= min(ask.least, len(tall))

    def _signature(self, x: float, y: float, width: float) -> None:
        middle = x + width * 0.58
        for at, end, label in ((x, middle - 8, tr("Owner")), (middle, x + width, tr("By"))):
            wide = self.sheet.text(at, y - 2, label, grey=MUTED)
            self.sheet.line(at + wide + 4, y, end, y, HAIRLINE)

    def _footer_words(self) -> Words:
        foot = self._briefing.footer
        words: list[Run] = []
        for reference in foot.references:
            words += [Run(" \N{MIDDLE DOT} "), reference] if words else [reference]
        words += [
            Run(". "),
            Run(f"{foot.release}. ", "muted", origin=("release:version and dates",)),
            Run(f"{foot.program}. ", "muted", origin=("program:version and content hash",)),
            Run(foot.intended_use, "muted"),
        ]
        if self._briefing.shortened:
            told = self._briefing.shortened_told
            what = "; ".join(self._briefing.shortened) if told else tr("counted where it stands")
            left_out = tr(" Shortened to fit: {what}.").format(what=what)
            words.append(Run(left_out, "muted", origin=("count:left out to fit",)))
        if foot.content:
            content = tr(" Content\N{NO-BREAK SPACE}{hash}").format(hash=foot.content)
            words.append(Run(content, "muted", origin=("program:hash of case and page",)))
        return tuple(words)

    def _footer_place(self) -> float:
        """Return where the footer starts: on the grid, and its last line at the floor or just above it."""
        room = self._geometry.floor - self.sheet.tall(self._foot, self._width) - self._step
        return self._geometry.top + (room - self._geometry.top) // self._step * self._step

    def _footer(self) -> None:
        y = self._footer_top
        self.sheet.line(self._x, y, self._x + self._width, y, BLACK, 0.6)
        self.sheet.words(self._x, y + self._step, self._foot, self._width)


def _in_brief(options: tuple[BriefOption, ...]) -> Words:
    """Return options in one phrase each, those of one standing together; what all standings begin with is said once."""
    before = {option.standing.partition("; ")[0] for option in options}
    common = before.pop() if len(before) == 1 and all("; " in option.standing for option in options) else ""
    words: list[Run] = []
    if common:
        words.append(Run(f"{common[:1].upper()}{common[1:]}. ", "bold"))
        options = tuple(replace(option, standing=option.standing.removeprefix(f"{common}; ")) for option in options)
    for standing, group in groupby(sorted(options, key=lambda option: option.standing), key=lambda o: o.standing):
        lead = ". " if len(words) > bool(common) else ""
        words.append(Run(f"{lead}{standing[:1].upper()}{standing[1:]}: ", "bold"))
        for index, option in enumerate(group):
            reason = f" ({option.reason})" if option.reason else ""
            words.append(Run(("; " if index else "") + option.name + reason, origin=option.origin))
    return (*words, Run("."))
