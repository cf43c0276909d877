"""The page as it prints: drawn from the PDF itself on the worker, swapped in when it is whole."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from her2board.gui.worker import Worker
from her2board.wording import tr

_STEP = 1.2
_ZOOM = (0.5, 4.0)
_RESIZE_DELAY_MS = 120
_MARGIN = 10


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn page and the words on it."""

    image: QImage
    text: str


def draw(data: bytes, width: int) -> Picture:
    """Return the first page of a PDF, ``width`` device pixels wide; ValueError when it cannot be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    try:
        if document.status() != QPdfDocument.Status.Ready or document.pageCount() == 0:
            raise ValueError("not a readable PDF")
        points = document.pagePointSize(0)
        size = QSize(width, round(width * points.height() / points.width()))
        drawn = document.render(0, size)
        page = QImage(size, QImage.Format.Format_RGB32)
        page.fill(Qt.GlobalColor.white)
        _lay(page, drawn)
        return Picture(page, document.getAllText(0).text())
    finally:
        document.close()
        buffer.close()


def _lay(page: QImage, drawn: QImage) -> None:
    painter = QPainter(page)
    painter.drawImage(0, 0, drawn)
    painter.end()


class PageView(QScrollArea):
    """Shows the newest page; an older one stays in sight, marked, until then."""

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._data = b""
        self._zoom = 1.0
        self._shown_width = 0
        self._page = QLabel(tr("The page appears here"), self)
        self._page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._page.setMargin(_MARGIN)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWidget(self._page)
        self.setAccessibleName(tr("The page as it prints"))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_RESIZE_DELAY_MS)
        self._later.timeout.connect(self._draw)

    @property
    def has_page(self) -> bool:
        """Tell whether a page is in sight."""
        return not self._page.pixmap().isNull()

    def show_pdf(self, data: bytes) -> None:
        """Draw a new page and show it when it is whole."""
        self._data = data
        self._draw()

    def clear(self, words: str) -> None:
        """Show words in place of the page."""
        self._worker.drop("picture")
        self._data = b""
        self._page.setPixmap(QPixmap())
        self._page.setText(words)

    def _wanted_width(self) -> int:
        room = self.viewport().width() - 2 * _MARGIN
        return max(200, round(room * self._zoom * self.devicePixelRatioF()))

    def _draw(self) -> None:
        if self._data and self.isVisible():
            width = self._wanted_width()
            self._worker.ask("picture", partial(draw, self._data, width), self._take, self._fail)

    def _take(self, picture: Picture) -> None:
        pixmap = QPixmap.fromImage(picture.image)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self._shown_width = pixmap.width()
        self._page.setPixmap(pixmap)
        self._page.setAccessibleDescription(picture.text)
        self.setAccessibleDescription(picture.text)

    def _fail(self, _: Exception) -> None:
        self.clear(tr("The page cannot be shown here. Export it and open the file."))

    def zoom(self, step: int) -> None:
        """Show the page larger (1), smaller (-1) or as wide as its pane (0)."""
        wanted = 1.0 if step == 0 else self._zoom * (_STEP**step)
        self._zoom = min(max(wanted, _ZOOM[0]), _ZOOM[1])
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw anew once the width has settled."""
        super().resizeEvent(event)
        if self._data and self._wanted_width() != self._shown_width:
            self._later.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Draw what arrived while another tab was in sight."""
        super().showEvent(event)
        self._later.start()
