"""A sheet as a list of marks. Distances are points from the top left."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache, wraps
from math import cos, pi, sin
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar

from msgspec import Struct, field

from her2board.briefing.model import Run, Words
from her2board.pdf.enclosure import Enclosure
from her2board.pdf.fonts import FontName
from her2board.pdf.lines import Cut, Piece, lines
from her2board.pdf.styles import BLACK, BODY, LEADING, MUTED
from her2board.pdf.text import face

_CIRCLE = tuple((cos(pi * n / 8), sin(pi * n / 8)) for n in range(17))
_SPACES = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\n": " ", "\t": " ", "\r": " "})
_LEAVES = ("H1", "H2", "H3", "P", "Link", "Figure", "Artifact")
_TITLE_FROM = 12.0
"""Size from which a heading is that of the whole sheet."""
Kind = Literal["H1", "H2", "H3", "P", "Link", "Table", "TR", "TH", "TD", "Figure", "Artifact"]
P = ParamSpec("P")
T = TypeVar("T")


class TextMark(Struct, frozen=True):
    """Some text on a baseline."""

    x: float
    y: float
    text: str
    font: FontName
    size: float
    grey: float
    width: float
    cuts: tuple[Cut, ...] = ()
    """Which run of the page each part of it is of."""


class Shape(Struct, frozen=True):
    """A line, rectangle or polygon, stroked or filled in a grey."""

    points: tuple[tuple[float, float], ...]
    stroke: float | None = None
    fill: float | None = None
    weight: float = 0.5
    dash: tuple[float, ...] = ()


class Heading(Struct, frozen=True):
    """A place the outline leads to."""

    y: float
    title: str
    level: int = 0
    closed: bool = False
    """Headings below it are folded away until asked for."""
    x: float = 0.0
    """Left edge of what it heads, where zones are side by side."""


class Link(Struct, frozen=True):
    """Where some words lead: a web address, or '#' and a place."""

    x: float
    y: float
    width: float
    height: float
    target: str


class Part(Struct):
    """What some marks of a sheet are to a reader program: a heading, a paragraph, a cell, a figure, an artifact."""

    kind: Kind
    first_text: int = 0
    first_shape: int = 0
    alternative: str = ""
    """What a figure shows, in words."""
    scope: Literal["", "Row", "Column"] = ""
    """What a cell is the heading of."""
    after_text: int = 0
    after_shape: int = 0
    parts: list["Part"] = field(default_factory=list)
    link: Link | None = None
    """Where a link leads."""

    @property
    def leaf(self) -> bool:
        """Has marks of its own; no parts but links."""
        return self.kind in _LEAVES


def _tagged(write: Callable[Concatenate["Sheet", P], T]) -> Callable[Concatenate["Sheet", P], T]:
    """Make what is written a paragraph of its own, unless it is within one or a figure; or the heading just noted."""

    @wraps(write)
    def written(self: "Sheet", /, *args: P.args, **kwargs: P.kwargs) -> T:
        if self._within and self._within[-1].leaf:
            return write(self, *args, **kwargs)
        part = Part("P")
        self._open(part)
        result = write(self, *args, **kwargs)
        self._close()
        marks = self.texts[part.first_text :]
        if marks and self.headings and "".join(mark.text for mark in marks) == self.headings[-1].title:
            part.kind = "H1" if marks[0].size > _TITLE_FROM else "H2"
        return result

    return written


class Sheet(Struct):
    """Everything on one page, on a grid of a quarter of ``leading``."""

    leading: float = LEADING
    texts: list[TextMark] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    places: dict[str, float] = field(default_factory=dict)
    """Names that links lead to, with their height on the page."""
    written: list[tuple[float, float, Words]] = field(default_factory=list)
    """Every worded run that was written, with its place from the left and the top: where each numeral comes from."""
    place: str = ""
    """The words by which a packet numbers the page."""
    enclosure: Enclosure | None = None
    """The case that travels with this page, and the hash printed here."""
    content: str = ""
    label: str = ""
    """What a reader program calls this page; its number where empty."""
    parts: list[Part] = field(default_factory=list)
    """All texts, and the shapes of figures, in the order they are to be read. Other shapes are artifacts."""
    _within: list[Part] = field(default_factory=list)

    @property
    def step(self) -> float:
        """The step of the grid."""
        return self.leading / 4

    @property
    def count(self) -> int:
        """Number of words and signs written."""
        return sum(len("".join(run.text for run in words).split()) for _, _, words in self.written)

    def part(
        self, kind: Kind, alternative: str = "", scope: Literal["", "Row", "Column"] = ""
    ) -> AbstractContextManager[Part]:
        """Make everything that is drawn inside a part of this kind."""
        return self._within_part(Part(kind, alternative=alternative, scope=scope))

    @contextmanager
    def _within_part(self, part: Part) -> Iterator[Part]:
        self._open(part)
        yield part
        self._close()

    def _open(self, part: Part) -> None:
        part.first_text, part.first_shape = len(self.texts), len(self.shapes)
        (self._within[-1].parts if self._within else self.parts).append(part)
        self._within.append(part)

    def _close(self) -> None:
        part = self._within.pop()
        part.after_text, part.after_shape = len(self.texts), len(self.shapes)

    def line(self, x1: float, y1: float, x2: float, y2: float, grey: float = BLACK, weight: float = 0.5) -> None:
        """Draw a line."""
        self.shapes.append(Shape(((x1, y1), (x2, y2)), stroke=grey, weight=weight))

    def dashed(self, x1: float, y1: float, x2: float, y2: float, grey: float = BLACK, weight: float = 0.7) -> None:
        """Draw a dashed line."""
        self.shapes.append(Shape(((x1, y1), (x2, y2)), stroke=grey, weight=weight, dash=(2, 2)))

    def dotted(self, x1: float, y1: float, x2: float, y2: float, grey: float = BLACK) -> None:
        """Draw a dotted line."""
        self.shapes.append(Shape(((x1, y1), (x2, y2)), stroke=grey, weight=0.9, dash=(0.9, 2.4)))

    def disc(
        self, x: float, y: float, diameter: float, fill: float | None = BLACK, stroke: float | None = None
    ) -> None:
        """Draw a round dot around a centre."""
        rim = tuple((x + diameter / 2 * cosine, y + diameter / 2 * sine) for cosine, sine in _CIRCLE)
        self.shapes.append(Shape(rim, stroke=stroke, fill=fill, weight=0.7))

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: float | None = None,
        stroke: float | None = None,
        weight: float = 0.5,
    ) -> None:
        """Draw a rectangle."""
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
        self.shapes.append(Shape(corners, stroke=stroke, fill=fill, weight=weight))

    def polygon(self, points: tuple[tuple[float, float], ...], fill: float = BLACK) -> None:
        """Draw a filled polygon."""
        self.shapes.append(Shape((*points, points[0]), fill=fill))

    @_tagged
    def text(
        self,
        x: float,
        y: float,
        text: str,
        font: FontName = "regular",
        size: float = BODY,
        grey: float = BLACK,
        origin: tuple[str, ...] = (),
    ) -> float:
        """Write ``text`` with its baseline at ``y``; return its width. ``origin``: where its numbers come from."""
        run = Run(text, origin=origin)
        self.written.append((x, y, (run,)))
        text = text.translate(_SPACES)
        width = face(font).width(text, size)
        self.texts.append(TextMark(x, y, text, font, size, grey, width, (Cut(0, run, 0),)))
        return width

    @_tagged
    def words(
        self,
        x: float,
        y: float,
        words: Words,
        width: float,
        size: float = BODY,
        leading: float | None = None,
        grey: float | None = None,
        hang: float = 0.0,
    ) -> float:
        """Write runs from the top at ``y``, broken at ``width``; return the y below the last line.

        Lines after the first are set in by ``hang``.
        """
        self.written.append((x, y, words))
        down = leading or self.leading
        for index, row in enumerate(lines(words, width, size, hang)):
            self.pieces(x + hang if index else x, y, row, size, down, grey)
            y += down
        return y

    def pieces(
        self,
        x: float,
        y: float,
        row: list[Piece],
        size: float,
        leading: float,
        grey: float | None = None,
        place: Callable[[str], str] = str,
    ) -> None:
        """Write one line of broken words from the top at ``y``, with its links; ``place`` names where they lead."""
        for piece in row:
            at = x + piece.x
            if piece.link:
                link = Link(at, y, piece.width, leading, place(piece.link))
                self.links.append(link)
                self._open(Part("Link", link=link))
            shade = grey if grey is not None else MUTED if piece.muted else BLACK
            baseline = y + size * 0.92
            self.texts.append(TextMark(at, baseline, piece.text, piece.font, size, shade, piece.width, piece.cuts))
            if piece.link:
                self._close()

    def tall(self, words: Words, width: float, size: float = BODY, leading: float | None = None) -> float:
        """Return the height of runs broken at ``width``."""
        return len(lines(words, width, size)) * (leading or self.leading)


@lru_cache(maxsize=2000)
def _measured(words: Words, width: float, size: float, hang: float) -> tuple[int, int]:
    """Return the number of lines and of words; remembered, as fitting asks again and again."""
    return len(lines(words, width, size, hang)), len("".join([run.text for run in words]).split())


_NO_PART = nullcontext(Part("Artifact"))


class Draft(Sheet):
    """A sheet to measure on: everything takes its room, nothing is drawn. Fitting a page tries many forms."""

    _counted: int = 0

    @property
    def count(self) -> int:
        """Number of words and signs that would be written."""
        return self._counted

    def pass_over(self, words: int) -> None:
        """Count words that were measured before."""
        self._counted += words

    def part(self, *_: Any, **__: Any) -> AbstractContextManager[Part]:
        """Leave a part out."""
        return _NO_PART

    def text(
        self,
        x: float,  # noqa: ARG002  # reason: given as to a sheet
        y: float,  # noqa: ARG002  # reason: as above
        text: str,
        font: FontName = "regular",
        size: float = BODY,
        grey: float = BLACK,  # noqa: ARG002  # reason: as above
        origin: tuple[str, ...] = (),  # noqa: ARG002  # reason: as above
    ) -> float:
        """Return the width of ``text``."""
        self._counted += len(text.split())
        return face(font).width(text.translate(_SPACES), size)

    def words(
        self,
        x: float,  # noqa: ARG002  # reason: as above
        y: float,
        words: Words,
        width: float,
        size: float = BODY,
        leading: float | None = None,
        grey: float | None = None,  # noqa: ARG002  # reason: as above
        hang: float = 0.0,
    ) -> float:
        """Return the y below the last line."""
        rows, count = _measured(words, width, size, hang)
        self._counted += count
        for _ in range(rows):  # added up as on a sheet, to the last digit
            y += leading or self.leading
        return y

    def line(self, *_: Any, **__: Any) -> None:
        """Leave a line out."""

    def box(self, *_: Any, **__: Any) -> None:
        """Leave a rectangle out."""

    def disc(self, *_: Any, **__: Any) -> None:
        """Leave a dot out."""
