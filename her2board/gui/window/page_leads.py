"""Leads from a word of the page to its field, to asking for it, or to its source card."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from her2board.gui.window.reading import Reading
from her2board.wording import tr

if TYPE_CHECKING:  # the cards are imported once there is a page with words to lead from
    from her2board.briefing.cards.ways import Way, Ways
    from her2board.briefing.page_map import PlacedRun
    from her2board.evidence.library import EvidenceLibrary
    from her2board.gui.window.workbench import Workbench

_MOST = 12
"""Places a menu offers for some words; a fact worked out from many fields has more."""


class PageLeads(QObject):
    """Follows the words of the page that were clicked or chosen by keyboard."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._bench = bench
        self._ways: Ways | None = None
        self._library: EvidenceLibrary | None = None
        self.reading = Reading(bench)
        sheet = bench.results.page.sheet
        sheet.describe = self.describe
        sheet.chosen.connect(self.follow)
        sheet.menu_asked.connect(self.offer)

    def ways_of(self, run: PlacedRun) -> tuple[Way, ...]:
        """Return where some words lead, the nearest first; empty before the evidence is loaded."""
        library = self._bench.live.release
        if library is None:
            return ()
        if self._ways is None or library is not self._library:
            from her2board.briefing.cards.ways import Ways

            self._library, self._ways = library, Ways(library)
        return self._ways.of(run, self._bench.results.page.sheet.map)

    def describe(self, run: PlacedRun) -> str:
        """Return in words where some words lead, and how many places there are besides; empty where nowhere."""
        ways = self.ways_of(run)
        if not ways:
            return ""
        words = _named(ways[0])
        return tr("{place} (and {n} more: right click)").format(place=words, n=len(ways) - 1) if ways[1:] else words

    def follow(self, run: PlacedRun) -> None:
        """Go where some words lead first."""
        if ways := self.ways_of(run):
            self.go(ways[0])

    def offer(self, run: PlacedRun, place: QPoint) -> None:
        """Offer every place that some words lead to."""
        menu = self.menu_of(run)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def menu_of(self, run: PlacedRun) -> QMenu:
        """Return a menu of the places that some words lead to."""
        menu = QMenu(self._bench)
        for way in self.ways_of(run)[:_MOST]:
            menu.addAction(_named(way).replace("&", "&&")).triggered.connect(partial(self._go, way))
        return menu

    def _go(self, way: Way, *_: object) -> None:
        self.go(way)

    def go(self, way: Way) -> None:
        """Go to a field, to asking for it, or to a source card; in the reading view, show its card beside the page."""
        if self.reading.active:
            self.reading.show(way)
        elif way.kind == "card":
            self._bench.show_evidence(way.place)
        elif way.kind == "field" or not self._bench.results.choose_ask(way.place):
            self._bench.jump(way.place)


def _named(way: Way) -> str:
    match way.kind:
        case "card":
            return tr("Source card \N{EN DASH} {what}").format(what=way.words)
        case "field":
            return tr("Field \N{EN DASH} {what}").format(what=way.words)
        case _:
            return way.words
