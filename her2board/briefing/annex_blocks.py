"""What an annex is built of: headings, paragraphs and rows of columns, with the places links lead to."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from her2board.briefing.model import Run, Words
from her2board.briefing.plots import Plot
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.references import Source
from her2board.wording import tr


class Block(Struct, frozen=True):
    """A paragraph, or a row whose further columns are in ``cells``; a title makes it a heading of the outline."""

    words: Words
    title: str = ""
    level: int = 0
    """Depth of the heading in the outline."""
    key: str = ""
    """Name of the place, for links inside the annex: 'cohort/…', 'reference/…'."""
    shares: tuple[float, ...] = ()
    """Width of each column as a share of the whole; none for a paragraph."""
    cells: tuple[Words, ...] = ()
    plot: Plot | None = None
    """Drawn in the column after the words."""
    hang: bool = False
    """Lines after the first are set in."""


def section(title: str, level: int = 1) -> Block:
    """Return the heading of a section."""
    return Block((Run(title, "bold"),), title, level)


def placed(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return blocks with a place for each section, which links lead to."""
    return tuple(
        replace(block, key=f"section/{number}") if block.title and block.level == 1 else block
        for number, block in enumerate(blocks)
    )


def subsection(name: str, more: str, key: str) -> Block:
    """Return the heading of an option or a cohort, with what is said of it."""
    return Block((Run(name, "bold"), Run(more)), name, 2, key)


def row(shares: tuple[float, ...], first: Words, *further: Words) -> Block:
    """Return a row of columns."""
    return Block(first, shares=shares, cells=further)


def contents(blocks: Iterable[Block]) -> Block:
    """Return the sections in one paragraph, each a link to its place."""
    words: list[Run] = [Run(tr("In this annex: "), "muted")]
    for block in blocks:
        if block.level == 1 and block.title:
            words += [Run(" \N{MIDDLE DOT} ")] if len(words) > 1 else []
            words.append(Run(block.title, link=f"#{block.key}"))
    return Block(tuple(words))


def source_words(source: Source | None, library: EvidenceLibrary) -> Words:
    """Return reference and place, a link to the full reference; the mark of a secondary report with them."""
    if source is None or source.read_in == "program":
        return (Run(tr("program"), "muted"),) if source else ()
    mark = "\N{DAGGER}" if source.secondary else ""
    words = f"{library.references[source.ref].short}{mark}, {source.locator}"
    return (Run(words, "muted", link=f"#reference/{source.ref}"),)
