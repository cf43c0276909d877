"""Keeps the assessment and the page in step with the case while it is edited."""

from collections.abc import Callable
from datetime import date
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal

from her2board.assessment.assess import assess
from her2board.assessment.clinic import Clinic, ClinicError, applied, read_clinic
from her2board.assessment.model import Assessment
from her2board.briefing.annex_choice import AnnexChoice
from her2board.briefing.page_map import MappedPage
from her2board.case.checks import future_dates
from her2board.case.fields import field_path
from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.problems import BrokenReleaseError
from her2board.gui.base import faults
from her2board.gui.base.local_file import beside_local
from her2board.gui.base.services import EvidenceError, PageRefusedError, Services
from her2board.gui.base.words import refusal_words
from her2board.gui.base.worker import Worker
from her2board.gui.document.document import CaseDocument
from her2board.packs.errors import PackError
from her2board.wording import tr

_PAGE_DELAY_MS = 80
"""A change after a pause has its page at once; those that follow within this time make one page, not one each."""
_ANNEX_DELAY_MS = 1000
"""The same with the annex behind the page, which takes far longer and slows the keyboard meanwhile."""

_REMARKS = 4
"""Remarks shown at a field: forty lesions may contradict one date, and the form would be out of sight."""


class AsOf(Struct, frozen=True):
    """The day an assessment holds for, and whether the meeting gave it."""

    day: date
    of_meeting: bool


def as_of(case: Case, today: date) -> AsOf:
    """Return the meeting date where it is exact, else today."""
    exact = case.meeting.date.exact if case.meeting.date else None
    return AsOf(exact or today, of_meeting=exact is not None)


class LiveResult(QObject):
    """Assesses after every change and has the page made by a worker; stale pages never arrive."""

    library_loaded = Signal()
    went_stale = Signal()
    """The case changed; what is shown no longer holds until the next answer."""
    assessed = Signal(object)
    page_made = Signal(object)
    """A ``MappedPage``."""
    page_failed = Signal(str)
    evidence_refused = Signal(str)
    clinic_refused = Signal(str)
    """The clinic's settings or its local file cannot be used; the release is read as shipped."""
    assessment_failed = Signal(str)

    def __init__(
        self, document: CaseDocument, services: Services, worker: Worker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._services = services
        self._worker = worker
        self.library: EvidenceLibrary | None = None
        self.assessment: Assessment | None = None
        self.clinic = Clinic()
        self.release: EvidenceLibrary | None = None
        """The release as shipped, beside the clinic's local file, for looking things up; ``library`` is how the clinic
        wants it read."""
        self._shipped: EvidenceLibrary | None = None
        self._annex: AnnexChoice = "none"
        self._page_in_sight = True
        self._page_due = False
        """A page is to be made once the findings are there and it is in sight."""
        self._findings_due = False
        self._assess_soon = self._timer(0, self._assess)
        self._page_soon = self._timer(_PAGE_DELAY_MS, self._ask_page)
        self._changing = QTimer(self, singleShot=True, interval=_PAGE_DELAY_MS)
        document.case_changed.connect(lambda _: self._follow_change())
        document.case_replaced.connect(self._start)

    def _timer(self, delay: int, act: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay)
        timer.timeout.connect(act)
        return timer

    def load(self) -> None:
        """Load the evidence on the worker."""
        self._worker.ask("evidence", self._services.load_library, self._take_library, self._refuse)

    def _take_library(self, library: EvidenceLibrary) -> None:
        self._shipped = library
        try:
            self.release = beside_local(library, self._services.overlay_dir)
        except (PackError, OSError) as error:
            self.release = library
            self.clinic_refused.emit(str(error))
        library = self.release
        path = self._services.clinic_file
        try:
            clinic = read_clinic(path) if path is not None and path.exists() else Clinic()
            self._read_as(clinic, library)
        except ClinicError as error:
            self._read_as(Clinic(), library)
            self.clinic_refused.emit(str(error))

    def _read_as(self, clinic: Clinic, release: EvidenceLibrary) -> None:
        self.library = applied(clinic, release, self._services.clinic_file or "")
        self.clinic = clinic
        self.assessment = None  # it belongs to the release as it was read before
        self.library_loaded.emit()
        self._start()

    def follow(self, clinic: Clinic) -> None:
        """Read the release as the clinic wants it from now on."""
        if self.release is None:
            self.clinic = clinic
        else:
            self._read_as(clinic, self.release)

    def follow_local(self) -> None:
        """Read the clinic's local file anew: another one is in use, or none."""
        if self._shipped is not None:
            self._take_library(self._shipped)

    def _refuse(self, error: Exception) -> None:
        words = str(error) if isinstance(error, BrokenReleaseError | EvidenceError | OSError) else faults.why(error)
        self.evidence_refused.emit(words)

    def _follow_change(self) -> None:
        self._start(_PAGE_DELAY_MS if self._changing.isActive() else 0)
        self._changing.start()

    def _start(self, delay: int = 0) -> None:
        self._worker.drop("findings")
        self._worker.drop("page")
        self._page_due = self._findings_due = False
        if self.library is not None and self._document.case is not None:
            self._findings_due = True
            self._assess_soon.start()
            self._page_soon.start(delay if self._annex == "none" else _ANNEX_DELAY_MS)
            self.went_stale.emit()

    @property
    def as_of(self) -> AsOf | None:
        """The day the results hold for; None without a case."""
        case = self._document.case
        return as_of(case, self._services.today()) if case else None

    def _assess(self) -> None:
        case, day = self._document.case, self.as_of
        if self.library is not None and case is not None and day is not None:
            work = partial(assess, case, self.library, day.day, self.assessment)
            self._worker.ask("findings", work, self._take_assessment, self._assessment_failed)

    def _take_assessment(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.assessed.emit(assessment)
        self._end_findings()

    def _assessment_failed(self, error: Exception) -> None:
        words = tr("This case could not be assessed: {why}. The case is not affected; the results are hidden.")
        self.assessment = None
        self.assessment_failed.emit(words.format(why=faults.why(error)))
        self._end_findings()

    def _end_findings(self) -> None:
        self._findings_due = False
        if self._page_due:
            self._page_soon.start(0)  # once the findings are painted: the page's thread would slow that

    def _ask_page(self) -> None:
        self._page_due = self._findings_due or not self._page_in_sight  # the page would have to assess once more
        if self._page_due:
            return
        case, library, day = self._document.case, self.library, self.as_of
        if case is not None and library is not None and day is not None:
            asked = case, library, day.day, self.clinic.paper, self.assessment
            make = self._services.make_mapped
            work = (
                partial(_unmapped, self._services.make_page, *asked)
                if make is None
                else partial(make, self._annex, *asked, self._worker.next_asked("page"))
            )
            self._worker.ask("page", work, self.page_made.emit, self._page_failed)

    def follow_sight(self, in_sight: bool) -> None:
        """Make pages while they are visible; one that was put off is made when it becomes visible."""
        self._page_in_sight = in_sight
        if in_sight and self._page_due:
            self._ask_page()

    def show_annex(self, choice: AnnexChoice) -> None:
        """Make the page with this annex behind it from now on."""
        self._annex = choice
        self._worker.drop("page")
        self._ask_page()

    def _page_failed(self, error: Exception) -> None:
        if isinstance(error, PageRefusedError):
            self.page_failed.emit(refusal_words(error))
            return
        words = tr("The page could not be made: {why}. The case is not affected.")
        self.page_failed.emit(words.format(why=faults.why(error)))

    def remarks(self) -> dict[str, str]:
        """Return by field what contradicts, is out of date, or lies after the meeting."""
        found: dict[str, list[str]] = {}
        case, day = self._document.case, self.as_of
        if self.assessment is None or case is None or day is None:
            return {}
        for problem in future_dates(case, day.day):
            found.setdefault(field_path(problem.path), []).append(problem.message)
        for contradiction in self.assessment.contradictions:
            for path in contradiction.fields:
                found.setdefault(field_path(path), []).append(contradiction.text)
        for gap in self.assessment.readiness.stale:
            found.setdefault(gap.path, []).append(gap.words)
        return {path: _in_brief([*dict.fromkeys(words)]) for path, words in found.items()}


def _in_brief(remarks: list[str]) -> str:
    """Return the first remarks about a field; the strip above the form lists all of them."""
    more = len(remarks) - _REMARKS
    words = "; ".join(remarks[:_REMARKS])
    return words + tr(" and {n} more").format(n=more) if more > 0 else words


def _unmapped(make: Callable[..., bytes], *asked: object) -> MappedPage:
    return MappedPage(make(*asked))
