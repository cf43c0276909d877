"""A sheet as a list of marks, and worded runs broken into lines. Distances are points from the top left."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from math import cos, pi, sin
from typing import Concatenate, Literal, ParamSpec, TypeVar

from her2board.briefing.model import Run, Words
from her2board.pdf.enclosure import Enclosure
from her2board.pdf.fonts import FontName, face
from her2board.pdf.styles import BLACK, BODY, LEADING, MUTED

_FONTS: dict[str, FontName] = {"plain": "regular", "bold": "semibold", "muted": "regular", "italic": "italic"}
_CIRCLE = tuple((cos(pi * n / 8), sin(pi * n / 8)) for n in range(17))
_SPACES = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\n": " ", "\t": " ", "\r": " "})
_LEAVES = ("H1", "H2", "H3", "P", "Figure", "Artifact")
_TITLE_FROM = 12.0
"""Size from which a heading is that of the whole sheet."""
Kind = Literal["H1", "H2", "H3", "P", "Table", "TR", "TH", "TD", "Figure", "Artifact"]
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TextMark:
    """Some text on a baseline."""

    x: float
    y: float
    text: str
    font: FontName
    size: float
    grey: float
    width: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A line, rectangle or polygon, stroked or filled in a grey."""

    points: tuple[tuple[float, float], ...]
    stroke: float | None = None
    fill: float | None = None
    weight: float = 0.5
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A place the outline leads to."""

    y: float
    title: str
    level: int = 0
    closed: bool = False
    """Headings below it are folded away until asked for."""
    x: float = 0.0
    """Left edge of what it heads, where zones stand side by side."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where some words lead: a web address, or '#' and a place."""

    x: float
    y: float
    width: float
    height: float
    target: str


@dataclass(slots=True)
class Part:
    """What some marks of a sheet are to a reader program: a heading, a paragraph, a cell, a figure, an artifact."""

    kind: Kind
    first_text: int
    first_shape: int
    alternative: str = ""
    """What a figure shows, in words."""
    scope: Literal["", "Row", "Column"] = ""
    """What a cell is the heading of."""
    after_text: int = 0
    after_shape: int = 0
    parts: list["Part"] = field(default_factory=list)

    @property
    def leaf(self) -> bool:
        """Has marks of its own instead of parts."""
        return self.kind in _LEAVES


def _tagged(write: Callable[Concatenate["Sheet", P], T]) -> Callable[Concatenate["Sheet", P], T]:
    """Make what is written a paragraph of its own, unless it is within one or a figure; or the heading just noted."""

    @wraps(write)
    def written(self: "Sheet", /, *args: P.args, **kwargs: P.kwargs) -> T:
        if self._within and self._within[-1].leaf:
            return write(self, *args, **kwargs)
        with self.part("P") as part:
            result = write(self, *args, **kwargs)
        marks = self.texts[part.first_text :]
        if marks and self.headings and "".join(mark.text for mark in marks) == self.headings[-1].title:
            part.kind = "H1" if marks[0].size > _TITLE_FROM else "H2"
        return result

    return written


@dataclass
class Sheet:
    """Everything on one page, on a grid of a quarter of ``leading``."""

    leading: float = LEADING
    texts: list[TextMark] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    places: dict[str, float] = field(default_factory=dict)
    """Names that links lead to, with their height on the page."""
    told: list[tuple[float, float, Words]] = field(default_factory=list)
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

    @contextmanager
    def part(self, kind: Kind, alternative: str = "", scope: Literal["", "Row", "Column"] = "") -> Iterator[Part]:
        """Make everything that is drawn inside a part of this kind."""
        part = Part(kind, len(self.texts), len(self.shapes), alternative, scope)
        (self._within[-1].parts if self._within else self.parts).append(part)
        self._within.append(part)
        yield part
        self._within.pop()
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
        self.told.append((x, y, (Run(text, origin=origin),)))
        return self._put(x, y, text, font, size, grey)

    def _put(self, x: float, y: float, text: str, font: FontName, size: float, grey: float) -> float:
        text = text.translate(_SPACES)
        width = face(font).width(text, size)
        self.texts.append(TextMark(x, y, text, font, size, grey, width))
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
        self.told.append((x, y, words))
        down = leading or self.leading
        for index, row in enumerate(lines(words, width, size, hang)):
            self.links += self.pieces(x + hang if index else x, y, row, size, down, grey)
            y += down
        return y

    def pieces(
        self, x: float, y: float, row: "list[Piece]", size: float, leading: float, grey: float | None = None
    ) -> "list[Link]":
        """Write one line of broken words from the top at ``y``; return the links over it."""
        links = []
        for piece in row:
            shade = grey if grey is not None else MUTED if piece.muted else BLACK
            wide = self._put(x + piece.x, y + size * 0.92, piece.text, piece.font, size, shade)
            if piece.link:
                links.append(Link(x + piece.x, y, wide, leading, piece.link))
        return links

    def tall(self, words: Words, width: float, size: float = BODY, leading: float | None = None) -> float:
        """Return the height of runs broken at ``width``."""
        return len(lines(words, width, size)) * (leading or self.leading)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one style on one line."""

    x: float
    text: str
    font: FontName
    muted: bool
    link: str = ""


_Style = tuple[FontName, bool, str]


def height(words: Words, width: float, size: float = BODY, leading: float = LEADING) -> float:
    """Return the height of runs broken at ``width``."""
    return len(lines(words, width, size)) * leading


@lru_cache(maxsize=2000)
def lines(words: Words, width: float, size: float = BODY, hang: float = 0.0) -> list[list[Piece]]:
    """Return runs broken into lines no wider than ``width``; remembered, as fitting asks again and again.

    Lines after the first are narrower by ``hang``.
    """
    result: list[list[Piece]] = []
    row: list[Piece] = []
    at = 0.0
    for chunk in _chunks(words, size, width - hang):
        wide = sum(face(font).width(text, size) for text, (font, _, _) in chunk)
        space = chunk[0][0] == " "
        if (space and not row) or (space and at + wide > width):
            continue
        if at + wide > width and row:
            result.append(_tidy(row))
            row, at = [], 0.0
            width -= hang
            hang = 0.0
        for text, style in chunk:
            row.append(Piece(at, text, *style))
            at += face(style[0]).width(text, size)
    if row:
        result.append(_tidy(row))
    return result


def _chunks(words: Words, size: float, width: float) -> Iterator[list[tuple[str, _Style]]]:
    """Yield what may not be broken: neighbouring texts without a space between, and single spaces."""
    chunk: list[tuple[str, _Style]] = []
    for token, run in _tokens(words):
        style = _FONTS[run.style], run.style == "muted", run.link
        if token == " ":
            if chunk:
                yield chunk
            yield [(" ", style)]
            chunk = []
            continue
        parts = list(_narrow(token, style[0], size, width))
        for part in parts[:-1]:
            yield [*chunk, (part, style)]
            chunk = []
        if chunk and sum(face(font).width(text, size) for text, (font, _, _) in (*chunk, (parts[-1], style))) > width:
            yield chunk
            chunk = []
        chunk.append((parts[-1], style))
    if chunk:
        yield chunk


def _tokens(words: Words) -> Iterator[tuple[str, Run]]:
    """Split runs into words and single spaces."""
    for run in words:
        text = run.text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
        word = ""
        for character in text:
            if character == " ":
                if word:
                    yield word, run
                yield " ", run
                word = ""
            else:
                word += character
        if word:
            yield word, run


def _narrow(token: str, font: FontName, size: float, width: float) -> Iterable[str]:
    """Break a word that is wider than the column."""
    measure = face(font)
    if measure.width(token, size) <= width:
        return (token,)
    parts, part = [], ""
    for character in token:
        if part and measure.width(part + character, size) > width:
            parts.append(part)
            part = ""
        part += character
    return (*parts, part)


def _tidy(row: list[Piece]) -> list[Piece]:
    """Join neighbours of one style; drop spaces at the end."""
    while row and row[-1].text == " ":
        row.pop()
    joined: list[Piece] = []
    for piece in row:
        last = joined[-1] if joined else None
        if last is not None and (last.font, last.muted, last.link) == (piece.font, piece.muted, piece.link):
            joined[-1] = Piece(last.x, last.text + piece.text, last.font, last.muted, last.link)
        else:
            joined.append(piece)
    return joined
