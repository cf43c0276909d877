"""The tags of a PDF read back from its bytes: the tree of elements, each with the text that is marked as its own."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pikepdf

_PAIR = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,})>")
_SHOWN = {"Tj", "TJ"}
_PAINTED = {"f", "f*", "S", "s", "B", "B*", "b"}


@dataclass
class Tag:
    """An element: its kind, text, alternative text, scope, and what it holds."""

    kind: str
    text: str = ""
    alternative: str = ""
    scope: str = ""
    target: str = ""
    """Where a link leads: a web address, or a page."""
    tags: list["Tag"] = field(default_factory=list)

    def within(self) -> Iterator["Tag"]:
        """Yield this element and all in it, in reading order."""
        yield self
        for tag in self.tags:
            yield from tag.within()

    def said(self) -> str:
        """Return all text in it."""
        return " ".join(" ".join(tag.text for tag in self.within()).split())

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Yield the tree as indented lines."""
        more = f" ({self.scope.lower()})" if self.scope else ""
        text = f": {self.text.strip()}" if self.text.strip() and not self.alternative else ""
        shown = f" = {self.alternative}" if self.alternative else ""
        yield f"{'  ' * depth}{self.kind}{more}{text}{shown}"
        for tag in self.tags:
            yield from tag.lines(depth + 1)


@dataclass
class Marked:
    """The marked content of one page: texts by number, what is painted, what is outside all marks."""

    texts: dict[int, str]
    painted: set[int]
    outside: list[str]
    artifacts: list[str]


def marked(page: pikepdf.Page) -> Marked:
    """Read the content of a page."""
    fonts = {name: _characters(font) for name, font in page.Resources.Font.items()}
    found = Marked({}, set(), [], [])
    within: list[int | str | None] = []
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            within.append(_opened(operands))
            if isinstance(within[-1], str):
                _say(found, within[:-1], within[-1])
        elif name == "EMC":
            within.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in _SHOWN and not any(isinstance(mark, str) for mark in within):
            _say(found, within, "".join(font[code] for code in bytes(operands[0])))
        elif name in _PAINTED:
            if not within:
                found.outside.append(name)
            elif isinstance(within[-1], int):
                found.painted.add(within[-1])
    assert not within
    return found


def _opened(operands: Any) -> int | str | None:
    """Return the number of a mark, the text of a span, or None for an artifact."""
    if len(operands) == 1:
        assert str(operands[0]) == "/Artifact"
        return None
    held = operands[1]
    return int(held.MCID) if "/MCID" in held else str(held.ActualText)


def _say(found: Marked, within: list[int | str | None], text: str) -> None:
    number = next((mark for mark in reversed(within) if not isinstance(mark, str)), "outside")
    if isinstance(number, int):
        found.texts[number] = found.texts.get(number, "") + text
    else:
        (found.artifacts if number is None else found.outside).append(text)


def _characters(font: Any) -> dict[int, str]:
    table = font.ToUnicode.read_bytes()
    return {int(code, 16): bytes.fromhex(to.decode()).decode("utf-16-be") for code, to in _PAIR.findall(table)}


@lru_cache(32)
def tags_of(data: bytes) -> Tag:
    """Return the document element of a PDF with everything in it; what several tests read is read once."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        contents = {page.obj.objgen: marked(page) for page in pdf.pages}
        (document,) = pdf.Root.StructTreeRoot.K
        return _tag(document, contents)


def _tag(element: Any, contents: dict[tuple[int, int], Marked]) -> Tag:
    tag = Tag(str(element.S).removeprefix("/"))
    if "/Alt" in element:
        tag.alternative = str(element.Alt)
    if "/A" in element and "/Scope" in element.A:
        tag.scope = str(element.A.Scope).removeprefix("/")
    for kid in element.K:
        if isinstance(kid, int):
            text = contents[element.Pg.objgen].texts.get(kid, "")
            if tag.tags:  # words behind a link stand in their place
                tag.tags.append(Tag("", text))
            else:
                tag.text += text
        elif "/Obj" in kid:
            tag.target = _target(kid.Obj)
        else:
            tag.tags.append(_tag(kid, contents))
    return tag


def _target(annotation: Any) -> str:
    """Return where what can be clicked leads."""
    assert annotation.Subtype == "/Link"
    return str(annotation.A.URI) if "/A" in annotation else f"object {annotation.Dest[0].objgen[0]}"
