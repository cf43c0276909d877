"""Shows one source card: its words, links to copy or to open when a person asks, and the cards it leads to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape

from PySide6.QtCore import QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from her2board.briefing.cards.lookup import Cards
from her2board.briefing.cards.model import Link, SourceCard
from her2board.briefing.trial_card import Part
from her2board.evidence.library import EvidenceLibrary
from her2board.gui.base import theme
from her2board.gui.base.brief_button import BriefButton
from her2board.gui.base.context import pop_up
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.evidence.reader import card_html, make_reader
from her2board.wording import tr

_ADDRESS = Qt.ItemDataRole.UserRole
Deed = tuple[str, Callable[[], object]]
_SHARES = (620, 180)
"""Heights of the words and of what they lead to."""


class CardView(QWidget):
    """The card of one address; a step back leads to the card before."""

    shown = Signal(str)
    """The address of the card that is shown now."""
    reported = Signal(str)
    """What was done, in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library: EvidenceLibrary | None = None
        self._cards: Cards | None = None
        self._before: list[SourceCard] = []
        self.card: SourceCard | None = None
        self.text = make_reader(tr("Source card"), self)
        self.leads = QListWidget(self)
        self.leads.setAccessibleName(tr("Leads to"))
        self.leads.setSpacing(2)
        self.leads.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.leads.itemActivated.connect(self._follow)
        self.back = QPushButton(tr("&Back"), self)
        self.back.setToolTip(tr("To the card shown before"))
        self.back.clicked.connect(self.go_back)
        for part in (self.text, self.leads):
            part.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            part.customContextMenuRequested.connect(partial(self._offer, part))
        self._links = QHBoxLayout()
        self._buttons: list[QPushButton] = []
        self._lay_out()

    def _lay_out(self) -> None:
        below = QWidget(self)
        self._leads_pane = below
        inner = QVBoxLayout(below)
        inner.setContentsMargins(0, 0, 0, 0)
        label = Label(tr("&Leads to"), below)
        label.setBuddy(self.leads)
        inner.addWidget(label)
        inner.addWidget(self.leads)
        self.panes = parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.addWidget(self.text)
        parts.addWidget(below)
        parts.setSizes(list(_SHARES))
        parts.setChildrenCollapsible(False)
        self.back.setAutoDefault(False)
        self._links.addWidget(self.back)
        self._links.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(parts, 1)
        column.addLayout(self._links)
        self._enable()

    def take_library(self, library: EvidenceLibrary) -> None:
        """Show cards of this release from now on."""
        if library is not self._library:
            self._library, self._cards = library, Cards(library)
            self._before.clear()
            self.clear("")

    def show_address(self, address: str) -> bool:
        """Show the card of an address; return whether there is one."""
        card = self._cards.of(address) if self._cards else None
        if card is None:
            return False
        self.show_card(card)
        return True

    def show_card(self, card: SourceCard) -> None:
        """Show a card that need not be of the release, as that of a field of the case."""
        if self.card is not None and self.card.address != card.address:
            self._before.append(self.card)
        self._show(card)

    def clear(self, words: str) -> None:
        """Show no card but some words."""
        self.card = None
        self.text.setPlainText(words)
        self.leads.clear()
        self._show_links(())
        self._enable()

    def go_back(self) -> None:
        """Return to the card shown before."""
        if self._before:
            self._show(self._before.pop())

    def plain(self) -> str:
        """Return the chosen words, or the whole card, as text."""
        chosen = self.text.textCursor().selectedText().replace("\u2029", "\n")
        return chosen or (self.card.plain() if self.card else "")

    def take_theme(self) -> None:
        """Draw the card again in the colours of the theme."""
        if self.card is not None:
            self.text.setHtml(_html(self.card))

    def _show(self, card: SourceCard) -> None:
        self.card = card
        self.text.setHtml(_html(card))
        self.leads.clear()
        for lead in card.leads:
            item = QListWidgetItem(lead.label, self.leads)
            item.setData(_ADDRESS, lead.address)
            item.setToolTip(plain_tip(lead.label))
        self._show_links(card.links)
        self._enable()
        self.shown.emit(card.address)

    def _offer(self, part: QWidget, place: QPoint) -> None:
        """Show what can be done with the card, or with what it leads to, as a menu."""
        lead = self.leads.itemAt(place) if part is self.leads else None
        pop_up(self, part.mapToGlobal(place), own=self.deeds(lead))

    def deeds(self, lead: QListWidgetItem | None = None) -> tuple[Deed, ...]:
        """Return what can be done here: words, and what does it."""
        found: list[Deed] = []
        if lead is not None:
            words = tr("Show: {what}").format(what=lead.text())
            found.append((words, partial(self._follow, lead)))
        if self.card is not None:
            chosen = self.text.textCursor().hasSelection()
            found.append((tr("Copy the marked words") if chosen else tr("Copy the card"), self._copy_card))
            for link in self.card.links:
                number = f"{link.label} {link.text}"
                found.append((tr("Copy {number}").format(number=number), partial(self._copy, link.text)))
                found.append((tr("Copy the address of {number}").format(number=number), partial(self._copy, link.url)))
                words = tr("Open {number} in the browser").format(number=number)
                found.append((words, partial(self._open, link.url)))
        if self._before:
            found.append((tr("Back to {what}").format(what=self._before[-1].title), self.go_back))
        return tuple(found)

    def _copy_card(self) -> None:
        QGuiApplication.clipboard().setText(self.plain())
        self.reported.emit(tr("The words of the card are copied"))

    def _enable(self) -> None:
        self.back.setVisible(bool(self._before))
        self._leads_pane.setVisible(self.leads.count() > 0)

    def _show_links(self, links: tuple[Link, ...]) -> None:
        for button in self._buttons:
            self._links.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._link_button(link) for link in links]
        for button in self._buttons:
            self._links.addWidget(button)

    def _link_button(self, link: Link) -> QPushButton:
        button = BriefButton(self)
        menu = QMenu(button)
        menu.addAction(tr("&Copy {number}").format(number=link.text)).triggered.connect(partial(self._copy, link.text))
        menu.addAction(tr("Copy the &address")).triggered.connect(partial(self._copy, link.url))
        menu.addAction(tr("&Open in the browser")).triggered.connect(partial(self._open, link.url))
        button.setMenu(menu)
        button.say(f"{link.label} {link.text}".replace("&", "&&"), link.label.replace("&", "&&"))
        button.setToolTip(link.url)
        return button

    def _copy(self, words: str, *_: object) -> None:
        QGuiApplication.clipboard().setText(words)
        self.reported.emit(tr("Copied: {words}").format(words=words))

    def _open(self, url: str, *_: object) -> None:
        """Hand an address to the browser of this computer; the program itself reaches no network."""
        QDesktopServices.openUrl(QUrl(url))

    def _follow(self, item: QListWidgetItem) -> None:
        self.show_address(str(item.data(_ADDRESS)))


def _html(card: SourceCard) -> str:
    colours = theme.current()
    mark = ""
    if card.secondary:
        words = escape(tr("\N{DAGGER} second-hand, in part or all"))
        mark = f' &nbsp;<span style="color:{colours.cautions}">{words}</span>'
    head = f'<p style="margin:0"><span style="color:{colours.muted}">{escape(card.kind)}</span>{mark}</p>'
    title = f'<h2 style="margin-top:2px;margin-bottom:6px">{escape(card.title)}</h2>'
    parts = (Part("" if part.title == card.title else part.title, part.lines) for part in card.parts)
    return head + title + card_html(parts)
