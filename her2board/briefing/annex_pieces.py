"""What a short annex is built of: paragraphs of pieces, each of which says when it is left out for room."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from functools import cached_property

from msgspec import Struct

from her2board.briefing.annex_blocks import Block
from her2board.briefing.model import Run, Words, runs
from her2board.wording import Marked, tr


class Step(IntEnum):
    """What is left out until the short annex fits, step after step, the last of each first; what was recorded stays."""

    STATEMENTS_OF_OTHER_CHOICES = 1
    """Of choices and options that do not apply, were used before, or that recorded facts speak against."""
    STATEMENTS_NOT_HERE = 2
    TO_ASK = 3
    """Cautions whose fact is not recorded."""
    REFERENCES_IN_FULL = 4
    """Authors and titles; name and DOI stay."""
    FIGURES_BEYOND_4 = 5
    STATEMENTS_BEYOND_8 = 6
    STATEMENTS_BEYOND_5 = 7
    FIGURES_BEYOND_2 = 8
    STATEMENTS_BEYOND_3 = 9
    STATEMENTS_OPEN = 10
    """Of which nobody knows whether they apply."""
    MET = 11
    """Criteria that are met, by name; their number stays."""
    STATEMENTS_BEYOND_1 = 12
    COHORTS_OF_OTHER_OPTIONS = 13
    FIGURES_BEYOND_1 = 14
    STATEMENTS = 15
    FIGURES = 16
    FACTS = 17
    """As derived, with their freshness: what they rest on is on the page or here as it was recorded."""
    COHORTS = 18
    CAUTIONS = 19
    OPTIONS = 20
    CHOICES = 21
    DECIDES = 22
    """What an answer to something outstanding decides."""
    STAYS = 23


class Piece(Struct, frozen=True):
    """Some words within a paragraph."""

    words: Words
    goes: Step = Step.STAYS
    """The step from which it is left out."""
    kind: Marked = ""
    """What it is counted as then."""
    after: str = ""
    """What is between it and the piece before; that of the paragraph where empty."""


class Paragraph(Struct, frozen=True):
    """Pieces run in after some first words; a title makes it a heading."""

    lead: Words
    pieces: tuple[Piece, ...] = ()
    title: str = ""
    goes: Step = Step.STAYS
    """The step from which all of it is left out."""
    kind: Marked = ""
    alone: bool = False
    """Its first words say something without any piece."""
    between: str = "; "


def heading(title: str) -> Paragraph:
    """Return the heading of a section."""
    return Paragraph((Run(title, "bold"),), title=title)


_Gone = frozenset[tuple[int, int]]
"""What is left out: number of the paragraph and of the piece in it, -1 for all of it."""
_WHOLE, _FULL_REFERENCES = -1, (-1, -1)


class ShortAnnex(Struct, frozen=True, dict=True):
    """Everything a short annex may say, from which is taken, in the order of the steps, what does not fit."""

    title: str
    lead: Words
    """What is below the title: what is urgent, and the day it holds for."""
    paragraphs: tuple[Paragraph, ...]
    reference: Callable[[str, bool], Words]
    """Returns a reference by its id, in full or by name and DOI."""

    @cached_property
    def order(self) -> tuple[tuple[int, int], ...]:
        """What can be left out, the first to go first."""
        found = [(Step.REFERENCES_IN_FULL, 0, _FULL_REFERENCES)]
        for number, part in enumerate(self.paragraphs):
            found.append((part.goes, -number, (number, _WHOLE)))
            found += [(piece.goes, -number, (number, place)) for place, piece in enumerate(part.pieces)]
        ordered = sorted(found, key=lambda entry: (entry[0], entry[1], -entry[2][1]))
        return tuple(place for step, _, place in ordered if step is not Step.STAYS)

    def without(self, first: int) -> tuple[Block, ...]:
        """Return the blocks without so many of what can be left out, ending in references and what was left out."""
        gone = frozenset(self.order[:first])
        blocks = tuple(_with_something_below(self._blocks(gone)))
        cited = self._references(blocks, in_full=_FULL_REFERENCES not in gone)
        return (*blocks, *cited, Block(_left_words(self._left_out(gone))))

    def _blocks(self, gone: _Gone) -> Iterator[Block]:
        for number, part in enumerate(self.paragraphs):
            kept = [piece for place, piece in enumerate(part.pieces) if (number, place) not in gone]
            if part.title:
                yield Block(part.lead, part.title, 1)
            elif (number, _WHOLE) not in gone and (kept or part.alone):
                yield Block(tuple(_run_in(part, kept)), hang=True)

    def _left_out(self, gone: _Gone) -> Counter[str]:
        """Count what is left out by what it is; the pieces of a paragraph that is left out with it."""
        found: Counter[str] = Counter()
        for number, part in enumerate(self.paragraphs):
            whole = (number, _WHOLE) in gone
            found[part.kind] += whole
            found.update(piece.kind for place, piece in enumerate(part.pieces) if whole or (number, place) in gone)
        del found[""]
        return +found

    def _references(self, blocks: Iterable[Block], *, in_full: bool) -> Iterator[Block]:
        links = (run.link for run in runs(tuple(block.words for block in blocks)))
        cited = sorted({link.removeprefix(_REFERENCE) for link in links if link.startswith(_REFERENCE)})
        if cited:
            yield Block((Run(tr("References cited here"), "bold"),), tr("References cited here"), 1)
        for id_ in cited:
            yield Block(self.reference(id_, in_full), key=f"reference/{id_}", hang=True)


_REFERENCE = "#reference/"


def _run_in(part: Paragraph, kept: Iterable[Piece]) -> Iterator[Run]:
    """Yield the first words of a paragraph and its pieces, with what is between them."""
    yield from part.lead
    for place, piece in enumerate(kept):
        if place or part.lead:
            yield Run((piece.after or part.between) if place else " ")
        yield from piece.words


def _with_something_below(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks without the headings that nothing follows."""
    waiting: Block | None = None
    for block in blocks:
        if block.title:
            waiting = block
            continue
        if waiting:
            yield waiting
            waiting = None
        yield block


def _left_words(left: Counter[str]) -> Words:
    if not left:
        words = tr("Nothing was left out here for room. Every cohort and option is in the full annex.")
        return (Run(words, "italic"),)
    counted = ", ".join(f"{tr(kind)} ({n})" for kind, n in left.items())
    words = tr("Left out here for room, and in the full annex: {counted}.").format(counted=counted)
    return (Run(words, "bold", origin=("count:left out of the short annex",)),)
