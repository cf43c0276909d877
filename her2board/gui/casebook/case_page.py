"""The page of a case of the casebook, made by the worker."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from her2board.briefing.page_map import MappedPage, PageMap
from her2board.case.model import Case
from her2board.gui.base import shown
from her2board.gui.base.services import PageRefusedError
from her2board.gui.base.words import refusal_words
from her2board.gui.casebook.around import Around
from her2board.gui.results.page_view import PageView
from her2board.wording import tr

_KIND = "page of the casebook"


class CasePage(PageView):
    """Shows the newest page asked for, or why there is none."""

    def __init__(self, around: Around, parent: QWidget) -> None:
        super().__init__(around.worker, parent)
        self._around = around

    def show_case(self, case: Case, day: date) -> None:
        """Make and show the page of a case as of a day."""
        library = self._around.library()
        if library is None:
            self.clear(tr(shown.NO_EVIDENCE))
            return
        self.mark_old()
        work = partial(self._around.services.make_page, case, library, day, self._around.paper(), None)
        self._around.worker.ask(_KIND, work, self._take_page, self._no_page)

    def _take_page(self, data: bytes) -> None:
        self.show_pdf(MappedPage(data, PageMap()))

    def _no_page(self, error: Exception) -> None:
        self.clear(refusal_words(error) if isinstance(error, PageRefusedError) else type(error).__name__)
