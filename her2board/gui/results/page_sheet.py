"""The page as drawn: words under the pointer or the keyboard are marked; a click or Return leads to their source."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QToolTip, QWidget

from her2board.briefing.page_map import PageMap, PlacedRun
from her2board.gui.base import theme
from her2board.gui.base.labels import Label, plain_tip
from her2board.wording import tr

MARGIN = 10
"""Pixels around the page."""
_AROUND = 2.0
"""Pixels by which a mark is larger than its words."""
_HOVER, _VEIL = 48, 150
"""How opaque the mark under the pointer is, and what dims a page out of date; of 255."""


class PageSheet(Label):
    """One page with what is where on it. ``describe`` says in words where a run leads; empty where nowhere."""

    chosen = Signal(object)
    """A ``PlacedRun`` was clicked, or Return was pressed on it."""
    menu_asked = Signal(object, QPoint)
    """Everything a ``PlacedRun`` leads to was asked for, at a point of the screen."""
    pointed = Signal(str)
    """Where the words under the pointer, or those the keyboard is on, lead; empty when there are none."""
    turned = Signal(int)
    """The keyboard went to words on another page, by its number from 0."""
    reached = Signal(QRectF)
    """The keyboard went to words here: a rectangle of the widget to bring into sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("The page appears here"), parent)
        self.map = PageMap()
        self.has_page = False
        """Whether a page is shown; Qt would draw the picture anew to answer."""
        self.number = 0
        self.describe: Callable[[PlacedRun], str] = _nowhere
        self._points = QSizeF()
        self._over: PlacedRun | None = None
        """Under the pointer, whether it leads anywhere or not."""
        self._under: PlacedRun | None = None
        self._current: PlacedRun | None = None
        self._pressed: PlacedRun | None = None
        self._old = False
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setMargin(MARGIN)
        self.setWordWrap(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name()

    def show_page(self, pixmap: QPixmap, points: QSizeF, page: PageMap, number: int) -> None:
        """Show another drawing of a page of ``points`` size; the words the keyboard was on are found again."""
        if page is not self.map:
            self.map, self._current = page, _same(self._current, page)
        self.number, self._points = number, points
        self._over = self._under = self._pressed = None
        self.setPixmap(pixmap)
        self.has_page = not pixmap.isNull()
        self._name()

    def clear_page(self, words: str) -> None:
        """Show words in place of a page."""
        self.map = PageMap()
        self._over = self._under = self._current = self._pressed = None
        self.setPixmap(QPixmap())
        self.has_page = False
        self.setText(words)
        self._name()
        self.unsetCursor()

    def mark_old(self, old: bool) -> None:
        """Dim a page that no longer says what the case says."""
        if old != self._old:
            self._old = old
            self.update()

    def run_at(self, place: QPointF) -> PlacedRun | None:
        """Return the words under a point of the widget; None where there are none."""
        if not self.has_page:
            return None
        drawn = self._drawn()
        if not drawn.contains(place):
            return None
        point = (place - drawn.topLeft()) / self._scale()
        return self.map.at(self.number, point.x(), point.y())

    def boxes_of(self, run: PlacedRun) -> tuple[QRectF, ...]:
        """Return where words are on the widget, a box for each line; none for those of another page."""
        corner, scale = self._drawn().topLeft(), self._scale()
        return tuple(
            QRectF(corner + QPointF(box.x0, box.y0) * scale, corner + QPointF(box.x1, box.y1) * scale)
            for box in run.boxes
            if box.page == self.number
        )

    def _drawn(self) -> QRectF:
        """Return where the page is drawn: in the middle, from the top."""
        size = self.pixmap().deviceIndependentSize()
        room = self.contentsRect()
        return QRectF(QPointF(room.x() + (room.width() - size.width()) / 2, room.y() + MARGIN), size)

    def _scale(self) -> float:
        """Return how many pixels of the widget a point on paper takes."""
        return self.pixmap().deviceIndependentSize().width() / self._points.width()

    def step(self, by: int) -> None:
        """Go with the keyboard to the next words that lead somewhere (1), or to those before (-1)."""
        found = self.map.step(self._current, by)
        if found is None:
            return
        self._current = found
        self._name()
        self.pointed.emit(self.describe(found))
        if found.boxes[0].page != self.number:
            self.turned.emit(found.boxes[0].page)
        elif boxes := self.boxes_of(found):
            self.reached.emit(boxes[0])
        self.update()

    def _name(self) -> None:
        """Say to assistive technology which words the keyboard is on and where they lead."""
        words = [tr("The page as it prints")]
        if self._current is not None:
            words = [self._current.text.strip(), self.describe(self._current), *words]
        self.setAccessibleName(". ".join(word for word in words if word))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw the page, then what marks its words."""
        super().paintEvent(event)
        if not self.has_page:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.LIGHT  # the paper is white in every palette
        if self._under is not None:
            fill = QColor(colours.accent)
            fill.setAlpha(_HOVER)
            for box in self.boxes_of(self._under):
                painter.fillRect(box.adjusted(-_AROUND, -_AROUND / 2, _AROUND, _AROUND / 2), fill)
                painter.setPen(QPen(QColor(colours.accent), 1))
                painter.drawLine(box.bottomLeft(), box.bottomRight())
        if self._current is not None and self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            for box in self.boxes_of(self._current):
                painter.drawRoundedRect(box.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND), 2, 2)
        if self._old:
            veil = QColor(colours.base)
            veil.setAlpha(_VEIL)
            painter.fillRect(self._drawn(), veil)
        painter.end()

    def _point(self, run: PlacedRun | None) -> None:
        """Mark the words under the pointer, where they lead somewhere."""
        if run is self._over:  # the pointer moves many times over one word
            return
        self._over = run
        words = self.describe(run) if run is not None else ""
        run = run if words else None
        self._under = run
        if run is None:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.pointed.emit(words)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Show as tool tip where the words under the pointer lead."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            run = self.run_at(QPointF(event.pos()))
            words = self.describe(run) if run is not None else ""
            if words:
                QToolTip.showText(event.globalPos(), plain_tip(words), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Mark what is under the pointer."""
        self._point(self.run_at(event.position()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Mark nothing any more."""
        self._point(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Take note of what is pressed; it counts where it is released too."""
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self.run_at(event.position()) if left else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Lead to where the words come from."""
        pressed, self._pressed = self._pressed, None
        if pressed is not None and self.run_at(event.position()) is pressed and self.describe(pressed):
            self._current = pressed
            self._name()
            self.update()
            self.chosen.emit(pressed)
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Offer everything the words lead to."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        run = self._current if by_key else self.run_at(QPointF(event.pos()))
        if run is not None and self.describe(run):
            boxes = self.boxes_of(run)
            place = boxes[0].bottomLeft().toPoint() if by_key and boxes else event.pos()
            self.menu_asked.emit(run, self.mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Go from word to word, and to where one leads."""
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.step(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self.chosen.emit(self._current)
        else:
            super().keyPressEvent(event)


def _same(run: PlacedRun | None, page: PageMap) -> PlacedRun | None:
    """Return the words of another page that come from where ``run`` came from."""
    if run is None:
        return None
    return next((other for other in page.runs if other.addresses == run.addresses), None)


def _nowhere(_: PlacedRun) -> str:
    return ""
