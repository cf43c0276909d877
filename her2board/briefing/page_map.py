"""What is where on a page: each run of words with its addresses and its boxes, to be asked by a pointer or by keys."""

from collections.abc import Iterator
from functools import cached_property
from typing import Self

from msgspec import Struct

from her2board.briefing.addresses import Address

_NEAR = 2.0
"""Points beside a word that are still taken as on it."""
_TOUCHING = 0.5
"""Points between words that are one."""


class Box(Struct, frozen=True):
    """Where some words are: page from 0 on, then left, top, right and bottom in points from the top left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    def follows(self, other: Self) -> bool:
        """Return whether these words go on in the same line without a space."""
        return self.y0 < other.y1 and other.y0 < self.y1 and 0 <= self.x0 - other.x1 + _TOUCHING < 2 * _TOUCHING

    def distance(self, x: float, y: float) -> float:
        """Return how far a point lies outside; 0 where it is inside."""
        return max(self.x0 - x, x - self.x1, self.y0 - y, y - self.y1, 0.0)


class PlacedRun(Struct, frozen=True):
    """Some words as printed, with where they come from and where they are, a box for each line."""

    text: str
    addresses: tuple[Address, ...]
    """At least one."""
    boxes: tuple[Box, ...]
    """At least one, in reading order."""
    zone: str = ""
    """Title of the zone."""
    gap: bool = False
    """Whether it says that something is not recorded."""

    @property
    def leads(self) -> bool:
        """Return whether there is a field, a fact, a record or a reference to go to."""
        return any(address.leads for address in self.addresses)


class PageMap(Struct, frozen=True, dict=True):
    """All runs of a page, and of the annex behind it, in reading order."""

    runs: tuple[PlacedRun, ...] = ()

    @cached_property
    def _boxes(self) -> dict[int, list[tuple[Box, PlacedRun]]]:
        found: dict[int, list[tuple[Box, PlacedRun]]] = {}
        for run in self.runs:
            for box in run.boxes:
                found.setdefault(box.page, []).append((box, run))
        return found

    @cached_property
    def _places(self) -> dict[int, int]:
        return {id(run): place for place, run in enumerate(self.runs)}

    def words(self, page: int) -> str:
        """Return the words of a page in reading order, to be read aloud."""
        words, end = "", None
        for run in self.runs:
            if boxes := [box for box in run.boxes if box.page == page]:
                words += run.text if end is not None and boxes[0].follows(end) else f" {run.text}"
                end = boxes[-1]
        return " ".join(words.split())

    def at(self, page: int, x: float, y: float, near: float = _NEAR) -> PlacedRun | None:
        """Return the run at a point, or the nearest no farther than ``near`` points."""
        boxes = self._boxes.get(page, ())
        distance, _, run = min(
            ((box.distance(x, y), number, run) for number, (box, run) in enumerate(boxes)), default=(near + 1, 0, None)
        )
        return run if distance <= near else None

    def step(self, run: PlacedRun | None, by: int = 1) -> PlacedRun | None:
        """Return the next run that leads somewhere, or the one before for ``by`` -1; None beyond the last.

        Without a run: the first, or the last.
        """
        start = self._places[id(run)] if run is not None else (-1 if by > 0 else len(self.runs))
        return next((self.runs[n] for n in self._onwards(start, by) if self.runs[n].leads), None)

    def _onwards(self, start: int, by: int) -> Iterator[int]:
        return iter(range(start + 1, len(self.runs)) if by > 0 else range(start - 1, -1, -1))

    def beside(self, run: PlacedRun) -> PlacedRun | None:
        """Return what a run is about: itself where it leads somewhere; of fixed words, as a label, the run they head.

        None where nothing of the same zone leads anywhere.
        """
        if run.leads:
            return run
        around = (self.step(run, 1), self.step(run, -1))
        return next((other for other in around if other is not None and other.zone == run.zone), None)

    def to(self, address: Address) -> Iterator[PlacedRun]:
        """Yield the runs with an address: where the page says a field or a source."""
        return (run for run in self.runs if address in run.addresses)


class MappedPage(Struct, frozen=True):
    """A page as PDF, with what is where on it."""

    data: bytes
    map: PageMap = PageMap()
