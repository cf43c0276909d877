"""Opens the review of a report beside the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from her2board.wording import tr

if TYPE_CHECKING:
    from her2board.gui.window.workbench import Workbench


def read_report(bench: Workbench) -> None:
    """Open an empty review; a copied text that is plainly a report is in it and read already."""
    library = bench.live.release
    if library is None:
        bench.reported.emit(tr("The evidence is still being read; try again in a moment"), False)
        return
    from her2board.capture.report.kinds import suggest_kind  # what reads reports is loaded when somebody has one
    from her2board.gui.review.report import ReportReview

    window = ReportReview(bench.document, library.vocabulary, bench)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.field_wanted.connect(bench.jump)
    copied = QGuiApplication.clipboard().text()
    if suggest_kind(copied):
        window.paste(copied)
    window.show()
