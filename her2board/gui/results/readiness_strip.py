"""What is open, in one line above the case; each part leads to the fields it counts. It refuses nothing."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from her2board.assessment.model import Gap
from her2board.assessment.open_points import OpenPoints
from her2board.gui.base import theme
from her2board.gui.base.labels import Label
from her2board.gui.results.open_words import gap_words
from her2board.wording import tr, trn

_MOST = 80
"""Lines of a menu; the form shows the rest."""


class ReadinessStrip(QWidget):
    """Four counts with words; a press lists what is counted, a choice leads there."""

    jump_asked = Signal(str)
    export_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verdict = Label(self)
        self._counts = {id_: _Count(self) for id_ in ("needed", "stale", "contradicted", "unheard")}
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 0)
        row.setSpacing(6)
        row.addWidget(self.verdict)
        for count in self._counts.values():
            count.jump_asked.connect(self.jump_asked)
            row.addWidget(count)
        row.addStretch()
        self.export = QPushButton(tr("Export page as PDF…"), self)
        self.export.setAutoDefault(False)
        self.export.clicked.connect(self.export_asked)
        row.addWidget(self.export)
        self.hide()

    def button(self, id_: str) -> QPushButton:
        """Return the button of one count: needed, stale, contradicted or unheard."""
        return self._counts[id_]

    def show_points(self, points: OpenPoints, *, draft: bool) -> None:
        """Show what is open; ``draft`` is the status of the case."""
        counted = (
            ("needed", points.needed, trn("{n} needed", "{n} needed", len(points.needed))),
            ("stale", points.stale, trn("{n} out of date", "{n} out of date", len(points.stale))),
            (
                "contradicted",
                points.contradicted,
                trn("{n} contradiction", "{n} contradictions", len(points.contradicted)),
            ),
            ("unheard", points.unheard, trn("{n} not heard", "{n} not heard", len(points.unheard))),
        )
        for id_, gaps, words in counted:
            self._counts[id_].show_gaps(gaps, words.format(n=len(gaps)))
        state = tr("Draft") if draft else tr("Final")
        words = tr("{state}, nothing open") if points.none else tr("{state}, open:")
        self.verdict.setText(words.format(state=state))
        self.show()


class _Count(QPushButton):
    """One count; hidden at nothing."""

    jump_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setFlat(True)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self._gaps: Sequence[Gap] = ()
        self.setMenu(self._menu)
        self._apply_theme()

    def show_gaps(self, gaps: Sequence[Gap], words: str) -> None:
        """Show how many there are."""
        self._gaps = gaps
        self.setVisible(bool(gaps))
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription("; ".join(gap_words(gap) for gap in gaps[:_MOST]))

    def _fill(self) -> None:
        self._menu.clear()
        for gap in self._gaps[:_MOST]:
            action = self._menu.addAction(gap_words(gap).replace("&", "&&"))
            action.triggered.connect(partial(self.jump_asked.emit, gap.path))
        if (more := len(self._gaps) - _MOST) > 0:
            self._menu.addAction(tr("and {n} more").format(n=more)).setEnabled(False)

    def _apply_theme(self) -> None:
        palette = self.palette()
        wanted = QColor(theme.current().problem)
        if palette.color(QPalette.ColorRole.ButtonText) != wanted:
            palette.setColor(QPalette.ColorRole.ButtonText, wanted)
            self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Follow a new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_menu"):
            self._apply_theme()
