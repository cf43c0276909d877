"""The reading view: the page without the form, and beside it the card of whatever word was asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from her2board.wording import tr

if TYPE_CHECKING:  # made when the view is first asked for
    from PySide6.QtWidgets import QWidget

    from her2board.briefing.cards.ways import Way
    from her2board.gui.evidence.card_view import CardView
    from her2board.gui.window.workbench import Workbench

_SHARES = (3, 2)
"""Widths of page and card."""


class Reading(QObject):
    """Turns the workbench to reading and back; what was hidden before stays hidden after."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._bench = bench
        self._hidden: list[QWidget] = []
        self.cards: CardView | None = None
        self.active = False
        bench.form_asked.connect(self.leave)
        bench.document.case_replaced.connect(self._forget)

    def toggle(self) -> None:
        """Begin to read, or go back to the form."""
        if self.active:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Show the page with the cards beside it."""
        bench = self._bench
        self.active = True
        self._hidden = [part for part in bench.beside_page() if part.isVisibleTo(bench)]
        for part in self._hidden:
            part.hide()
        bench.results.show()
        cards = self._made()
        cards.show()
        width = bench.width()
        bench.panes.setSizes([0, 0, width * _SHARES[0] // sum(_SHARES), width * _SHARES[1] // sum(_SHARES)])
        if cards.card is None:
            cards.clear(
                tr(
                    "Click a word of the page, or go to it with the arrow keys and press Return: what is recorded, or "
                    "where a figure or a statement was read, is shown here.\n\nF11 leads back to the form."
                )
            )
        bench.results.show_tab("page")

    def leave(self) -> None:
        """Show again what was hidden."""
        if not self.active:
            return
        self.active = False
        for part in self._hidden:
            part.show()
        if self.cards is not None:
            self.cards.hide()
        self._bench.show_widths()

    def _forget(self) -> None:
        """Show no card of a case that is no longer open."""
        if self.cards is not None and self.cards.card is not None:
            self.cards.clear("")

    def show(self, way: Way) -> None:
        """Show the card behind a word."""
        from her2board.gui.form.field_card import field_card

        cards, case = self._made(), self._bench.document.case
        if way.kind == "card":
            cards.show_address(way.place)
        elif case is not None and (card := field_card(case, way.place)) is not None:
            cards.show_card(card)

    def _made(self) -> CardView:
        if self.cards is None:
            from her2board.gui.base import theme
            from her2board.gui.evidence.card_view import CardView

            self.cards = CardView(self._bench)
            theme.shape(self.cards)
            self.cards.reported.connect(lambda words: self._bench.reported.emit(words, False))
            self._bench.panes.addWidget(self.cards)
        if (library := self._bench.live.release) is not None:
            self.cards.take_library(library)
        return self.cards
