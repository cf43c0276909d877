"""Opens the review of a report, and what the case was read from, beside the form."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from her2board.gui.base import faults, shown
from her2board.gui.window.report_ready import get_ready
from her2board.wording import tr

if TYPE_CHECKING:
    from her2board.case.drugs import Vocabulary
    from her2board.gui.window.workbench import Workbench

_KIND = "reports"


def read_report(bench: Workbench) -> None:
    """Open an empty review; a copied text that is plainly a report is in it and read already."""
    library = bench.live.release
    if library is None:
        bench.reported.emit(tr(shown.NO_EVIDENCE), False)
        return
    copied = QGuiApplication.clipboard().text()
    show = partial(_show, bench, library.vocabulary, copied)
    bench.worker.ask(_KIND, partial(get_ready, library.vocabulary), show, partial(_fail, bench))


def _show(bench: Workbench, vocabulary: Vocabulary, copied: str, _: object) -> None:
    from her2board.capture.report.kinds import suggest_kind
    from her2board.gui.review.report import ReportReview

    if bench.document.case is None:
        return
    window = ReportReview(bench.document, vocabulary, bench)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.field_wanted.connect(bench.jump)
    if suggest_kind(copied):
        window.paste(copied)
    window.show()


def _fail(bench: Workbench, error: Exception) -> None:
    bench.reported.emit(faults.why(error), True)


def show_read_from(bench: Workbench) -> None:
    """Show the sentences and texts that are kept with the case."""
    from her2board.gui.review.kept import KeptDialog

    dialog = KeptDialog(bench.document, bench)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.field_wanted.connect(bench.jump)
    dialog.show()
