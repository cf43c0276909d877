"""The open case: meeting and sections at the left, the form in the middle, the live result at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from her2board import builds
from her2board.assessment.clinic import filled_in
from her2board.assessment.dependents import dependents
from her2board.assessment.model import Assessment
from her2board.assessment.open_points import open_points, waiting
from her2board.assessment.paper import Paper
from her2board.assessment.readiness import knows_patient
from her2board.briefing.formats import sentence
from her2board.case.file_names import suggested_name
from her2board.case.migrations import CURRENT
from her2board.case.read_anew import read_anew
from her2board.case.sections import SECTIONS, section_of
from her2board.case.storage import Stored
from her2board.gui.base import shown, theme
from her2board.gui.base.bars import UrgencyBand
from her2board.gui.base.names_review import NamesReview, looked_through
from her2board.gui.base.remembered import Remembered
from her2board.gui.base.services import Services
from her2board.gui.base.worker import Worker
from her2board.gui.document.document import CaseDocument
from her2board.gui.evidence.release_words import release_line
from her2board.gui.form.form import CaseForm
from her2board.gui.form.sections import SectionList
from her2board.gui.meeting.meeting_pane import MeetingPane, survey
from her2board.gui.results.live import LiveResult
from her2board.gui.results.open_words import missing_words
from her2board.gui.results.readiness_strip import ReadinessStrip
from her2board.gui.results.results import ResultPane, Shown
from her2board.wording import tr

if TYPE_CHECKING:  # made when it is first asked for
    from her2board.evidence.library import EvidenceLibrary
    from her2board.gui.evidence.evidence_window import EvidenceWindow
    from her2board.gui.window.finder import Findable

_WIDTHS = (216, 552, 512)
"""Left, form and result at 1280 pixels."""
_LEFT_EDGE = 8


class Workbench(QWidget):
    """Puts the parts of the screen together and leads from one to another."""

    reported = Signal(str, bool)
    """A message for the window, and whether it is a problem."""
    noted = Signal(str)
    """Something to know about the open case that is no problem; it stays until it is closed."""
    written = Signal(str, object)
    """A packet was written: what to say of it, and its path."""
    evidence_described = Signal(str)
    open_asked = Signal(str)
    form_asked = Signal()
    """The keyboard is about to go into the form, so it must be in sight."""

    def __init__(self, services: Services, worker: Worker, names: NamesReview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._names = names
        self.worker = worker
        self._came_from: QWidget | None = None
        self._last_path = ""
        self._read_anew_due = False
        self.evidence: EvidenceWindow | None = None
        self._remembered: Remembered | None = None
        self.document = CaseDocument(self)
        self.live = LiveResult(self.document, services, worker, self)
        self.document.fill = lambda case: filled_in(self.live.clinic, case)
        self.band = UrgencyBand(self)
        self.strip = ReadinessStrip(self)
        self.meeting = MeetingPane(self)
        self.sections = SectionList(self)
        self.form = CaseForm(self.document, services.today, self)
        self.results = ResultPane(worker, self)
        self._lay_out()
        for part in (self.strip, self.meeting, self.sections, self.results, self.form.help):
            theme.shape(part)
        self._connect()

    def _lay_out(self) -> None:
        self._left = QSplitter(Qt.Orientation.Vertical, self)
        self._left.setContentsMargins(_LEFT_EDGE, _LEFT_EDGE, 0, 0)
        self._left.addWidget(self.sections)
        self._left.addWidget(self.meeting)
        self._left.setStretchFactor(1, 1)  # the sections have the height they need, the cases the rest
        self.panes = QSplitter(Qt.Orientation.Horizontal, self)
        for number, pane in enumerate((self._left, self.form, self.results)):
            self.panes.addWidget(pane)
            self.panes.setStretchFactor(number, number)
            self.panes.setCollapsible(number, False)
        self.show_widths()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        self._above = QWidget(self)  # hides the strip where a case is only read, whatever is counted meanwhile
        around = QVBoxLayout(self._above)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.strip)
        column.addWidget(self._above)
        column.addWidget(self.panes, 1)

    def show_widths(self) -> None:
        """Give left side, form and result the widths they begin with."""
        left, *others = _WIDTHS
        self.panes.setSizes([max(left, self.sections.sizeHint().width() + _LEFT_EDGE), *others])

    def beside_page(self) -> tuple[QWidget, ...]:
        """Return what is hidden where a case is only read."""
        return (self._left, self.form, self._above)

    def _connect(self) -> None:
        self.sections.section_chosen.connect(self.form.show_section)
        self.sections.section_entered.connect(self.form.enter)
        self.form.section_shown.connect(self.sections.choose)
        self.form.section_shown.connect(lambda _: self._order_tabs())
        self.strip.jump_asked.connect(self.jump)
        self.results.jump_asked.connect(self.jump)
        self.meeting.open_asked.connect(self.open_asked)
        self.document.case_replaced.connect(self._take_case)
        self.document.case_changed.connect(self._note_path)
        self.document.path_changed.connect(self.survey)
        self.document.problem_found.connect(lambda words: self.reported.emit(words, True))
        self.live.library_loaded.connect(self._take_library)
        self.live.assessed.connect(self._take_assessment)
        self.live.page_made.connect(self.results.show_page)
        self.live.went_stale.connect(self.results.mark_stale)
        self.results.page.seen.connect(self.live.follow_sight)
        self.results.page.shown.connect(self._get_ready, Qt.ConnectionType.SingleShotConnection)
        self.results.page_pane.annex_asked.connect(self.live.show_annex)
        self.live.page_failed.connect(self.results.page.clear)
        self.live.clinic_refused.connect(lambda words: self.reported.emit(words, True))
        self.live.evidence_refused.connect(self._refuse_evidence)
        self.live.assessment_failed.connect(self._hide_results)

    def _order_tabs(self) -> None:
        """Let Tab go from the form to the result: pages of the form that are made later would come last otherwise.

        What is made last is last; Qt is not asked for the order, as PySide would tie each widget to the one before it
        and keep all of them after their page is gone.
        """
        last = mark = QWidget(self.form, focusPolicy=Qt.FocusPolicy.TabFocus)
        for widget in self.results.tab_stops():
            QWidget.setTabOrder(last, widget)
            last = widget
        mark.setParent(None)  # gone with this name, at once: nothing without a name is left for a screen reader

    def _get_ready(self) -> None:
        """Do while nobody waits what the first list and the first field explained would wait for."""
        self.worker.ask("lists", partial(import_module, "her2board.gui.form.table_block"), _ignore, _ignore)
        if (library := self.live.library) is not None:
            take = partial(self.form.help.take_dependents, library)
            self.worker.ask("dependents", partial(dependents, library), take, _ignore)

    def _note_path(self, path: str) -> None:
        self._last_path = path

    def _take_case(self) -> None:
        self._read_anew_due = self.document.version < CURRENT
        self.form.forget_place()
        self.form.show_section(SECTIONS[0].id)
        self.sections.choose(SECTIONS[0].id)
        case = self.document.case
        if case is not None and (self.document.path is not None or knows_patient(case)):
            self.sections.setFocus()  # a key pressed too soon changes nothing of a case that was opened
        else:
            self.form.go_to("code")

    def _take_library(self) -> None:
        library = self.live.library
        assert library is not None
        self.form.take_library(library)
        self.evidence_described.emit(f"{release_line(library, self._services.today())} \N{MIDDLE DOT} {builds.name()}")
        self.results.show_matching(self.live.clinic.matching and builds.compares())
        self.survey()

    def _refuse_evidence(self, words: str) -> None:
        self.evidence_described.emit(tr("⚠ No evidence: nothing is assessed"))
        self._hide_results(tr("The evidence cannot be used, so nothing is assessed. The case can be edited and saved."))
        self.reported.emit(words, True)

    def _hide_results(self, words: str) -> None:
        self.band.show_urgency((), "")
        self.form.show_remarks({})
        self.strip.hide()
        self.results.hide_results(words)

    def _take_assessment(self, assessment: Assessment) -> None:
        library, day = self.live.library, self.live.as_of
        assert library is not None
        assert day is not None
        bypass = assessment.pause.bypass
        self.band.show_urgency(bypass.reasons if bypass.open else (), bypass.recorded)
        outstanding = [gap.path for gap in assessment.readiness.outstanding]
        missing: dict[str, list[str]] = {}
        for gap in assessment.readiness.outstanding:
            missing.setdefault(section_of(gap.path), []).append(tr(gap.label))
        self.sections.show_needed(missing)
        self.form.show_remarks(self.live.remarks())
        case = self.document.case
        assert case is not None
        self._say_read_anew(Stored(case, self.document.version), library)
        self.results.show_assessment(Shown(assessment, library, waiting(case, day.day), knows_patient(case)), day)
        self.strip.show_points(open_points(assessment), draft=case.status == "draft")
        self.meeting.show_needed(self.document.path, assessment.case_code, len(outstanding))

    def _say_read_anew(self, stored: Stored, library: EvidenceLibrary) -> None:
        """Say once what of a file of an earlier version is read otherwise now."""
        if not self._read_anew_due:
            return
        self._read_anew_due = False
        if remarks := read_anew(stored, library.vocabulary):
            head = tr("{code} was written by an earlier version of this program. Read otherwise now:")
            self.noted.emit("\n• ".join((head.format(code=stored.case.code), *remarks)))

    def survey(self) -> None:
        """List the cases beside the open one."""
        library, path = self.live.library, self.document.path
        if library is None or path is None:
            self.meeting.show_cases((), None)
            return
        work = partial(survey, path.parent, library, self._services.today())
        show = partial(self.meeting.show_cases, current=path)
        self.worker.ask("survey", work, show, lambda _: show(()))

    def jump(self, path: str) -> None:
        """Go to a field, remembering where from."""
        self.form_asked.emit()
        self._came_from = QApplication.focusWidget()
        self.form.go_to(path)

    def to_form(self) -> None:
        """Put the keyboard into the field it was in last, else into the first of the section."""
        self.form.resume()

    def to_cases(self) -> None:
        """Show the list of cases and put the keyboard into its search."""
        self._left.show()
        self.meeting.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.meeting.search.selectAll()

    def go_back(self) -> None:
        """Return to the result that led to the current field."""
        target = self._came_from or self.results.tabs.currentWidget()
        if target is not None:
            target.setFocus()

    def show_evidence(self, address: str = "") -> None:
        """Open the evidence, on the card of an address, or on that of the line chosen in the result."""
        library = self.live.release
        if library is None:
            self.reported.emit(tr(shown.NO_EVIDENCE), False)
            return
        if self.evidence is None:
            from her2board.gui.evidence.evidence_window import EvidenceWindow

            self.evidence = EvidenceWindow(self)
            if self._remembered is not None:
                self._remembered.bring_back(self.evidence.parts())
        self.evidence.show_library(library, self._services.today())
        if address := address or self.results.chosen_card():
            self.evidence.show_card(address)
        self.evidence.show()
        self.evidence.activateWindow()

    def findable(self) -> Iterator[Findable]:
        """Yield what can be gone to by name: every field of an open case, every entry of the evidence."""
        from her2board.evidence.entries import Entries
        from her2board.evidence.search import Wanted
        from her2board.gui.window.finder import Findable

        if self.document.case is not None:
            for section in SECTIONS:
                for field in section.fields:
                    go = partial(self.jump, field.path)
                    yield Findable(tr(field.info.label), tr(section.title), "", tr(field.info.why), go)
        if self.live.release is not None:
            for trial in self.live.release.trials:
                go = partial(self.show_evidence, f"trial:{trial.id}")
                yield Findable(trial.name, tr("Trial"), "", trial.regimen, go)
            for entry in Entries(self.live.release).find(Wanted("")):
                kind = sentence(tr(entry.group.label))
                yield Findable(entry.name, kind, "", entry.words, partial(self.show_evidence, entry.address))

    def undo(self) -> None:
        """Discard invalid text in the current field, else undo the last change, and show where it was."""
        if self.form.revert_focus() or self.form.bring_back():
            return
        if self.document.stack.canUndo():
            self.document.stack.undo()
            self.form.show_section(section_of(self._last_path))
        else:
            self.reported.emit(tr("Nothing to undo"), False)

    def redo(self) -> None:
        """Redo the change, and show where it was."""
        if self.document.stack.canRedo():
            self.document.stack.redo()
            self.form.show_section(section_of(self._last_path))
        else:
            self.reported.emit(tr("Nothing to redo"), False)

    def missing_words(self) -> str:
        """Return what is open in the case; empty when it is ready or not assessed."""
        return missing_words(open_points(self.live.assessment)) if self.live.assessment else ""

    def remember(self, remembered: Remembered) -> None:
        """Put the panes where they were when the window closed last."""
        self._remembered = remembered
        remembered.bring_back({"left": self._left, "panes": self.panes})

    def keep_layout(self) -> None:
        """Keep where the panes are, and those of the evidence."""
        if self._remembered is not None:
            if not self.form.isHidden():  # while the page is only read, the widths are those of reading
                self._remembered.keep({"left": self._left, "panes": self.panes})
            if self.evidence is not None:
                self._remembered.keep(self.evidence.parts())

    def toggle_meeting(self) -> None:
        """Show or hide the left side."""
        self._left.setVisible(not self._left.isVisible())

    def toggle_result(self) -> None:
        """Show or hide the right side."""
        self.results.setVisible(not self.results.isVisible())

    def open_packet(self) -> None:
        """Ask for the cases of a packet, those beside the open one to begin with, and make it."""
        from her2board.gui.meeting.packet_dialog import (
            OpenCase,
            PacketDialog,
        )  # composing a briefing is not needed at the start

        def opened() -> OpenCase | None:
            path, case = self.document.path, self.document.case
            return OpenCase(path, case) if path and case else None

        self.form.commit()
        make = self._services.make_packet
        dialog = PacketDialog(make, self.worker, lambda: self.live.library, opened, self._names, self)
        dialog.reported.connect(self.reported)
        dialog.written.connect(self.written)
        dialog.show()

    def may_leave_without_names(self) -> bool:
        """Ask about the names in the open case, once per text; return whether a copy without names may leave."""
        case, library = self.document.case, self.live.library
        if case is None or library is None:
            return True
        agreed = self._names.agreed([("", looked_through(case, library.vocabulary.words))])
        if not agreed:
            self.reported.emit(tr("Nothing was exported"), False)
        return agreed

    def page_bytes_work(self, paper: Paper) -> partial[bytes] | None:
        """Return the work that makes the page of the case as it is now; None without case or evidence."""
        case, library, day = self.document.case, self.live.library, self.live.as_of
        if case is None or library is None or day is None:
            return None
        return partial(self._services.make_page, case, library, day.day, paper, self.live.assessment)

    def export_work(self, paper: Paper) -> Callable[[], tuple[bytes, str]] | None:
        """Return the work that makes the page to export, and says what of the case is not on it."""
        case, library, day = self.document.case, self.live.library, self.live.as_of
        if case is None or library is None or day is None:
            return None
        if self._services.export_page is not None:
            return partial(self._services.export_page, case, library, day.day, paper, self.live.assessment)
        make = self.page_bytes_work(paper)
        return None if make is None else lambda: (make(), "")

    def suggested_name(self, suffix: str) -> Path:
        """Return a file name for the case beside its file, or in the home folder."""
        folder = self.document.path.parent if self.document.path else Path.home()
        return suggested_name(self.document.title, "case", suffix, folder)


def _ignore(_: object) -> None:
    """Take an answer that nobody waits for."""
