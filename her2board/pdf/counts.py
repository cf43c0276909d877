"""The counts of a year on paper: a bar for each measure, with its numbers in words."""

from collections.abc import Iterator

from her2board import builds
from her2board.assessment.paper import Paper
from her2board.briefing.meeting.counts import Counts, Measure, Part, Segment, Tone
from her2board.briefing.model import Run
from her2board.pdf.blocks import Heading, Sheet
from her2board.pdf.frame import floor_above, footed, titled
from her2board.pdf.render import write_pdf
from her2board.pdf.styles import BLACK, BODY, GAP, Geometry
from her2board.pdf.text import face
from her2board.wording import Marked, spoken_language, tr

_TALL = 13.0
"""Height of a bar."""
_SIZE = 9.2
_NAME = 0.34
"""Share of the width for the names of kinds, left of their bars."""
_FILLS: dict[Tone, float] = {"yes": 0.0, "part": 0.45, "no": 1.0, "later": 0.82, "unknown": 1.0, "kind": 0.0}
_WHITE_ON = 0.5
"""Fill below which words on it are white."""
_KEY: tuple[tuple[Tone, Marked], ...] = (
    ("yes", "yes, present"),
    ("part", "in part"),
    ("no", "no, absent"),
    ("later", "not yet due"),
    ("unknown", "not recorded"),
)


class _Titled:
    """What the file calls itself."""

    def __init__(self, title: str) -> None:
        self.title, self.language = title, spoken_language()


def counts_pdf(found: Counts, paper: Paper) -> bytes:
    """Return the counts of a year as PDF."""
    geometry = Geometry(paper)
    title = tr("Tumour-board meetings of {year}").format(year=found.year)
    return write_pdf(_Drawing(found, title, geometry).sheets(), _Titled(title), geometry)


class _Drawing:
    """The sheets of the counts, one being filled."""

    def __init__(self, found: Counts, title: str, geometry: Geometry) -> None:
        self._found, self._title, self._geometry = found, title, geometry
        self._foot = tr(
            "Counted from what the meetings of the casebook recorded. What is not recorded is counted apart, never as "
            "no; shares are of those recorded. {use}"
        ).format(use=builds.intended_use())
        self._floor = floor_above(geometry, self._foot) - 4
        self._page, self._y = 0, 0.0

    def sheets(self) -> Iterator[Sheet]:
        """Yield the sheets."""
        self._start()
        for measure in self._found.measures:
            if self._y + self._room(measure) > self._floor:
                yield self._done()
                self._start()
            self._sheet.headings.append(Heading(self._y, measure.label, 1))
            self._y = self._sheet.words(
                self._left, self._y, (Run(measure.label, "bold"),), self._measure, _SIZE, _SIZE + 2
            )
            if measure.stacked:
                self._stack(measure)
            else:
                yield from self._kinds(measure)
            self._y += GAP + 3
        yield self._done()

    @property
    def _left(self) -> float:
        return self._geometry.left

    @property
    def _measure(self) -> float:
        return self._geometry.measure

    def _start(self) -> None:
        self._sheet = Sheet()
        self._page += 1
        again = self._title if self._page == 1 else tr("{title}, page {n}").format(title=self._title, n=self._page)
        lead = self._found.lead if self._page == 1 else ""
        self._y = titled(self._sheet, self._geometry, again, lead, self._title if self._page == 1 else "")
        if self._page == 1:
            self._key()

    def _done(self) -> Sheet:
        footed(self._sheet, self._geometry, self._foot, tr("page {n}").format(n=self._page))
        return self._sheet

    def _room(self, measure: Measure) -> float:
        """Return the height of a measure drawn as one bar, or of the first kinds of another."""
        words = self._sheet.tall((Run(measure.words),), self._measure)
        return _SIZE + 2 + (_TALL + words if measure.stacked else 3 * (_TALL + 2)) + GAP

    def _key(self) -> None:
        x = self._left
        for tone, words in _KEY:
            with self._sheet.part("Artifact"):
                _bar(self._sheet, x, self._y, 18, tone)
            wide = self._sheet.text(x + 22, self._y + _TALL - 4, tr(words))
            x += 22 + wide + 16
        self._y += _TALL + 2 * GAP

    def _stack(self, measure: Measure) -> None:
        """Draw one bar, its parts one behind the other, and the numbers below it."""
        y = self._y + 1
        with self._sheet.part("Figure", alternative=f"{measure.label}: {measure.words}"):
            for segment in measure.segments():
                if segment.part.n:
                    self._segment(segment, y)
            if not measure.of:
                self._sheet.box(self._left, y, self._measure, _TALL, stroke=BLACK, weight=0.5)
        self._y = self._sheet.words(self._left, y + _TALL + 2, (Run(measure.words),), self._measure)

    def _segment(self, segment: Segment, y: float) -> None:
        x, width = self._left + segment.start * self._measure, segment.share * self._measure
        _bar(self._sheet, x, y, width, segment.part.tone)
        number = str(segment.part.n)
        wide = face("semibold").width(number, BODY)
        if wide + 4 < width:
            white = _FILLS[segment.part.tone] < _WHITE_ON
            if segment.part.tone == "unknown":
                self._sheet.box(x + (width - wide) / 2 - 2, y + 1.5, wide + 4, _TALL - 3, fill=1.0)
            self._sheet.text(x + (width - wide) / 2, y + 9.4, number, "semibold", grey=1.0 if white else BLACK)

    def _kinds(self, measure: Measure) -> Iterator[Sheet]:
        """Draw a bar for each answer behind its name; yield the sheets that are filled."""
        name = self._measure * _NAME
        x, width = self._left + name + 6, self._measure - name - 6 - 90
        for segment in measure.segments():
            words = (Run(segment.part.label),)
            tall = max(self._sheet.tall(words, name), _TALL)
            if self._y + tall + 2 > self._floor:
                yield self._done()
                self._start()
            below = self._sheet.words(self._left, self._y + 2, words, name)
            with self._sheet.part("Figure", alternative=f"{segment.part.label}: {_of(measure, segment.part)}"):
                _bar(self._sheet, x, self._y, max(segment.share * width, 0.6), segment.part.tone)
            self._sheet.text(x + segment.share * width + 5, self._y + 9.4, _of(measure, segment.part))
            self._y = max(below, self._y + _TALL) + 2
        self._y = self._sheet.words(
            self._left, self._y, (Run(tr("{among}: {n}").format(n=measure.of, among=measure.among)),), self._measure
        )


def _of(measure: Measure, part: Part) -> str:
    share = measure.share(part)
    if share is None:
        return str(part.n)
    return tr("{n} ({share:.0f}\N{NO-BREAK SPACE}%)").format(n=part.n, share=share)


def _bar(sheet: Sheet, x: float, y: float, width: float, tone: Tone) -> None:
    """Draw a part of a bar: what is not recorded is crossed by thin lines, which no answer is."""
    sheet.box(x, y, width, _TALL, fill=_FILLS[tone], stroke=BLACK, weight=0.6)
    if tone == "unknown":
        at = x + 4
        while at < x + width:
            sheet.line(at, y, max(at - _TALL / 2, x), min(y + _TALL, y + 2 * (at - x)), 0.55, 0.5)
            at += 4
