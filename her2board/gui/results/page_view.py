"""The page as it prints: drawn from the PDF itself on the worker, swapped in when it is complete."""

from collections.abc import Callable
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QPainter, QPalette, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from her2board.briefing.annex_choice import AnnexChoice
from her2board.briefing.page_map import MappedPage, PageMap
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.base.worker import Worker
from her2board.gui.results.page_sheet import MARGIN, PageSheet
from her2board.wording import tr

_STEP = 1.2
_ZOOM = (0.5, 4.0)
_RESIZE_DELAY_MS = 120
_DIM_DELAY_MS = 150
"""A page that is replaced sooner is not dimmed meanwhile: every keystroke would make it flicker."""
_IN_SIGHT = 60
"""Pixels kept in sight around words the keyboard goes to."""


class Picture(Struct, frozen=True):
    """A drawn page."""

    image: QImage
    number: int
    pages: int
    points: QSizeF
    """Size of the page on paper."""


class Room(Struct, frozen=True):
    """Device pixels a page may take; without a height only its width is bound."""

    width: int
    height: int | None = None

    def size(self, points: QSizeF) -> QSize:
        """Return the largest size of a page that fits."""
        scale = self.width / points.width()
        if self.height is not None:
            scale = min(scale, self.height / points.height())
        return QSize(round(points.width() * scale), round(points.height() * scale))


def draw(data: bytes, room: Room, number: int = 0) -> Picture:
    """Return one page of a PDF, the last one where there are fewer; ValueError when it cannot be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    try:
        if document.status() != QPdfDocument.Status.Ready or document.pageCount() == 0:
            raise ValueError("not a readable PDF")
        number = min(number, document.pageCount() - 1)
        size = room.size(document.pagePointSize(number))
        drawn = document.render(number, size)
        page = QImage(size, QImage.Format.Format_RGB32)
        page.fill(Qt.GlobalColor.white)
        _lay(page, drawn)
        return Picture(page, number, document.pageCount(), document.pagePointSize(number))
    finally:
        document.close()
        buffer.close()


def _lay(page: QImage, drawn: QImage) -> None:
    painter = QPainter(page)
    painter.drawImage(0, 0, drawn)
    painter.end()


class PageView(QScrollArea):
    """Shows one page of the newest PDF."""

    shown = Signal(int, int)
    """Another page is shown: its number from 0, and how many there are."""
    seen = Signal(bool)
    """The view became visible, or was hidden."""

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._keeps_library = QPdfDocument(self)
        """Without a document the library that draws is set up anew for each page, and leaks each time."""
        self._data = b""
        self._drawn = b""
        self._asked = b"", Room(0)
        """The page last asked for, and for what room."""
        self._coming = PageMap()
        self._zoom = 1.0
        self._whole = False
        self._number = 0
        self._pages = 0
        self._shown_in = Room(0)
        self.sheet = PageSheet(self)
        self.sheet.turned.connect(self.go)
        self.sheet.reached.connect(self._bring_into_sight)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(tr("The page as it prints"))
        self.setWidget(self.sheet)
        self.setFocusProxy(self.sheet)  # the page itself has a role, the area around it has none
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_RESIZE_DELAY_MS)
        self._later.timeout.connect(self._draw_unless_shown)
        self._dim = QTimer(self)
        self._dim.setSingleShot(True)
        self._dim.setInterval(_DIM_DELAY_MS)
        self._dim.timeout.connect(lambda: self.sheet.mark_old(True))

    @property
    def has_page(self) -> bool:
        """Return whether a page is shown."""
        return self.sheet.has_page

    def show_pdf(self, made: MappedPage) -> None:
        """Draw a new page and show it when it is complete."""
        self._data, self._coming = made.data, made.map
        self._draw()

    def mark_old(self) -> None:
        """Dim the page unless the next one is there soon."""
        if self.has_page and not self._dim.isActive():
            self._dim.start()

    def go(self, number: int) -> None:
        """Show another page of the same PDF, from its top."""
        if number >= 0 and (number < self._pages or not self._pages):
            self._number = number
            self.verticalScrollBar().setValue(0)
            self._draw()

    def turn_to(self, number: int) -> None:
        """Show this page of the next PDF that arrives."""
        self._number = number

    def step(self, by: int) -> None:
        """Show the page after or before."""
        self.go(self._number + by)

    def clear(self, words: str) -> None:
        """Show words in place of the page."""
        self._worker.drop("picture")
        self._data, self._coming = b"", PageMap()
        self._asked = self._data, Room(0)
        self._pages = 0
        self._dim.stop()
        self.sheet.mark_old(False)
        self.sheet.clear_page(words)
        self.sheet.setAccessibleDescription(words)
        self.shown.emit(0, 0)

    def _room(self) -> Room:
        scale = self.devicePixelRatioF()
        width = max(200, round((self.viewport().width() - 2 * MARGIN) * self._zoom * scale))
        if not self._whole:
            return Room(width)
        return Room(width, max(200, round((self.viewport().height() - 2 * MARGIN) * scale)))

    def _draw(self) -> None:
        if self._data and self.isVisible():
            room = self._room()
            self._asked = self._data, room
            work = partial(draw, self._data, room, self._number)
            self._worker.ask("picture", work, partial(self._take, room, self._data, self._coming), self._fail)

    def _draw_unless_shown(self) -> None:
        """Draw what arrived while it was hidden, or for another size; a page that is there or on its way stays."""
        if self._asked != (self._data, self._room()):
            self._draw()

    def _take(self, room: Room, data: bytes, what: PageMap, picture: Picture) -> None:
        if data is not self._drawn:  # the same page at another size stays as old as it was
            self._drawn = data
            self._dim.stop()
            self.sheet.mark_old(False)
        pixmap = QPixmap.fromImage(picture.image)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self._shown_in = room
        self._number, self._pages = picture.number, picture.pages
        self.sheet.show_page(pixmap, picture.points, what, picture.number)
        self.sheet.setAccessibleDescription(what.words(picture.number))
        self.shown.emit(picture.number, picture.pages)

    def _bring_into_sight(self, box: QRectF) -> None:
        middle = box.center().toPoint()
        self.ensureVisible(middle.x(), middle.y(), _IN_SIGHT, _IN_SIGHT)

    def _fail(self, _: Exception) -> None:
        self.clear(tr("The page cannot be shown here. Export it and open the file."))

    def zoom(self, step: int) -> None:
        """Show the page larger (1), smaller (-1) or as wide as its pane (0)."""
        self._whole = False
        wanted = 1.0 if step == 0 else self._zoom * (_STEP**step)
        self._zoom = min(max(wanted, _ZOOM[0]), _ZOOM[1])
        self._draw()

    def fit_whole(self) -> None:
        """Show the whole page at once."""
        self._whole, self._zoom = True, 1.0
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Turn the page where there is nothing more to scroll."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_PageDown and bar.value() == bar.maximum():
            self.step(1)
        elif event.key() == Qt.Key.Key_PageUp and bar.value() == bar.minimum():
            self.step(-1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw anew once the width has settled."""
        super().resizeEvent(event)
        if self._data and self._room() != self._shown_in:
            self._later.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw what arrived while another tab was shown."""
        super().showEvent(event)
        self._later.start()
        self.seen.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Report that the page is hidden."""
        super().hideEvent(event)
        self.seen.emit(False)


_SIZED = ("width", "whole")
"""Those of the two sizes of the page."""


class PagePane(QWidget):
    """The page with what turns, enlarges and completes it."""

    annex_asked = Signal(str)
    """An annex was asked for, or the page alone: an ``AnnexChoice``."""

    def __init__(self, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._annex: AnnexChoice = "none"
        self._buttons: dict[str, QPushButton] = {}
        self.place = Label(self)
        self.state = Label(self)
        self.leads = Label(self)
        self._row = row = QHBoxLayout()
        row.setContentsMargins(6, 4, 6, 0)
        row.setSpacing(4)
        row.addWidget(
            self._button("annex", "", "", lambda: self.show_annex("short" if self._annex == "none" else "none"))
        )
        row.addWidget(
            self._button("full", "", "", lambda: self.show_annex("short" if self._annex == "full" else "full"))
        )
        self._name_annexes()
        row.addWidget(self._button("back", "◂", tr("Previous page"), partial(view.step, -1)))
        row.addWidget(self.place)
        row.addWidget(self._button("next", "▸", tr("Next page"), partial(view.step, 1)))
        for label in (self.state, self.leads):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.leads.setContentsMargins(MARGIN, 1, MARGIN, 2)
        self.leads.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row.addWidget(self.state, 1)
        row.addWidget(self._button("smaller", "\N{EN DASH}", tr("Smaller"), partial(view.zoom, -1)))
        row.addWidget(self._button("width", tr("Width"), tr("As wide as the pane"), partial(view.zoom, 0)))
        row.addWidget(self._button("whole", tr("Whole"), tr("The whole page"), view.fit_whole))
        row.addWidget(self._button("larger", "+", tr("Larger"), partial(view.zoom, 1)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(view, 1)
        column.addWidget(self.leads)
        view.shown.connect(self._show_place)
        view.sheet.pointed.connect(self._show_leads)
        self.setFocusProxy(view)
        self._show_place(0, 0)

    def _button(self, id_: str, words: str, name: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.setAccessibleName(name)
        button.setToolTip(plain_tip(name))
        if len(words) == 1:
            button.setFixedWidth(button.fontMetrics().height() + 12)
            button.setProperty("small", True)
        button.clicked.connect(lambda _: act())
        self._buttons[id_] = button
        return button

    def show_annex(self, choice: AnnexChoice) -> None:
        """Turn to an annex, or back to the page."""
        self._annex = choice
        self._name_annexes()
        self.say("" if choice == "none" else tr("the annex is being made …"))
        self._view.turn_to(0 if choice == "none" else 1)
        self.annex_asked.emit(choice)

    def _name_annexes(self) -> None:
        """Name on the two buttons what each leads to."""
        shorter = tr("Show the short annex behind the page: four pages at most")
        names = {
            "annex": (tr("Annex"), shorter) if self._annex == "none" else (tr("Page"), tr("Show the page alone")),
            "full": (tr("Short annex"), shorter)
            if self._annex == "full"
            else (tr("Full annex"), tr("Show the full annex: every cohort, option and reference")),
        }
        for id_, (words, name) in names.items():
            self._buttons[id_].setText(words)
            self._buttons[id_].setAccessibleName(name)
            self._buttons[id_].setToolTip(plain_tip(name))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Leave the two sizes to their keys where all buttons together have no room, as with large text."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        sized = [self._buttons[id_] for id_ in _SIZED]
        for button in sized:
            button.show()
        self._row.invalidate()
        fits = self._row.minimumSize().width() <= self.width()
        for button in sized:
            button.setVisible(fits)

    def say(self, words: str) -> None:
        """Show in what state the page is."""
        self.state.setText(words)

    def _show_leads(self, words: str) -> None:
        """Show where the words pointed at lead, else that words lead somewhere at all."""
        hint = tr("Click a word for its field or its source; arrow keys go from word to word")
        shown = words or (hint if self._view.has_page else "")
        room = self.width() - 2 * MARGIN
        self.leads.setText(self.leads.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, room))
        self.leads.setAccessibleDescription(shown)

    def _show_place(self, number: int, pages: int) -> None:
        self.place.setText(tr("{n} of {all}").format(n=number + 1, all=pages) if pages else "")
        self._show_leads("")
        self.place.setVisible(pages > 1)
        for id_, enabled in (("back", number > 0), ("next", number + 1 < pages)):
            self._buttons[id_].setEnabled(enabled)
            self._buttons[id_].setVisible(pages > 1)
        self._fit()
