"""The case of a casebook in the editor: opened from it, saved into it as the next version, never as a plain file."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal

from her2board.case.checks import CaseError
from her2board.case.model import Case
from her2board.case.storage import SUFFIX, Stored
from her2board.case.storage import save as write_case
from her2board.case.writing import reason
from her2board.casebook.book import ConflictError, Kept
from her2board.casebook.drafts import Draft, Drafts
from her2board.gui.base.dialogs import Questions
from her2board.gui.casebook.clashes import CaseClash
from her2board.gui.casebook.session import BookSession
from her2board.gui.document.document import empty_case
from her2board.gui.document.unfinished import Unfinished
from her2board.gui.window.workbench import Workbench
from her2board.wording import tr

_DRAFT_MS = 1_000


class Left(Struct, frozen=True):
    """A case that was open when its casebook locked."""

    kept: Kept[Case]
    unsaved: Case | None
    """As it was changed, where that could not be stored."""
    typed: tuple[Unfinished, ...]
    """What was typed and is not in the case."""


class BookCase(QObject):
    """Knows which version of which case the document holds; nothing where it holds another case."""

    clashed = Signal(object)
    """Somebody else saved first: a CaseClash."""
    saved = Signal()

    def __init__(self, session: BookSession, bench: Workbench, parent: QObject, drafts: Drafts | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._bench = bench
        self._document = bench.document
        self._coming: Kept[Case] | None = None
        self.kept: Kept[Case] | None = None
        self._drafts = drafts
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_DRAFT_MS)
        self._soon.timeout.connect(self.keep_draft)
        self._document.case_replaced.connect(self._note)
        self._document.case_changed.connect(self._draft_soon)
        session.changed.connect(self._take_newer)

    def _note(self) -> None:
        """Note which case the document holds now; what was unsaved of the one before was saved or discarded."""
        if self._drafts is not None and self.kept is not None:
            self._drafts.clear(self.kept.key)
        self.kept, self._coming = self._coming, None

    def _draft_soon(self, _: str) -> None:
        self._soon.start()

    def keep_draft(self) -> None:
        """Keep what is unsaved, encrypted, so that a crash takes nothing; or nothing where all is saved."""
        self._soon.stop()
        kept, case = self.kept, self._document.case
        if self._drafts is None or kept is None or case is None:
            return
        if not self._document.changed:
            self._drafts.clear(kept.key)
            return
        try:
            self._drafts.keep(Draft(kept.key, kept.version, case))
        except OSError as error:
            why = error.strerror or type(error).__name__
            words = tr("Unsaved work cannot be protected against a crash or power cut ({why}); save often.")
            self._bench.reported.emit(words.format(why=why), True)

    def left_behind(self) -> tuple[str, ...]:
        """Return the codes of cases with unsaved work that a crash left behind."""
        return tuple(draft.case.code for draft in self._drafts.found()) if self._drafts is not None else ()

    def open(self, case_id: str) -> None:
        """Open the latest version of a case."""
        kept = self._session.attempt(lambda: self._session.book.case(case_id))
        if kept is None:
            return
        found = self._drafts.found() if self._drafts is not None else ()
        draft = next((one for one in found if one.case_id == case_id), None)
        if draft is None or draft.case == kept.value:
            self.take(kept)
            return
        self.take(self._session.book.case_at(case_id, draft.version))
        self._document.change_to(draft.case, tr("Restore unsaved work"))
        self._bench.noted.emit(tr("Unsaved work was brought back; undo leads to what is stored."))

    def take(self, kept: Kept[Case]) -> None:
        """Show a version that was read or written."""
        self._coming = kept
        self._document.take(Stored(kept.value))

    @property
    def holds(self) -> bool:
        """Whether the document holds a case of the casebook."""
        return self.kept is not None

    def save(self) -> bool:
        """Store the next version; return whether it was stored."""
        kept, case = self.kept, self._document.case
        assert kept is not None
        assert case is not None
        try:
            stored = self._session.attempt(lambda: self._session.book.save(kept.key, case, kept.version))
        except ConflictError as error:
            self._show_clash(error, kept, case)
            return False
        if stored is None:
            return False
        self.kept = stored
        self._document.stack.setClean()
        self.keep_draft()
        words = tr("Saved {code} in the casebook, version {n}.").format(code=case.code, n=stored.version)
        if unusable := self._bench.form.pending():
            words += " " + tr("Not saved (invalid): {fields}").format(fields=", ".join(unusable))
        self._bench.reported.emit(words, bool(unusable))
        self.saved.emit()
        return True

    def _show_clash(self, error: ConflictError, kept: Kept[Case], case: Case) -> None:
        theirs = error.theirs
        if theirs is None or not isinstance(theirs.value, Case):
            words = tr("{code} was removed from the casebook by somebody else; save it as a file to keep it.")
            self._bench.reported.emit(words.format(code=case.code), True)
            return
        self.clashed.emit(CaseClash(kept.value, case, theirs.value, theirs.version, theirs.by, theirs.at))

    def settle(self, clash: CaseClash, sides: Mapping[str, str]) -> bool:
        """Store what was chosen of both sides; return whether it is stored and shown."""
        kept = self.kept
        assert kept is not None
        try:
            case = clash.settled(sides)
        except CaseError as error:
            self._bench.reported.emit("; ".join(problem.message for problem in error.problems), True)
            return False
        try:
            stored = self._session.attempt(lambda: self._session.book.save(kept.key, case, clash.version))
        except ConflictError as error:
            self._show_clash(error, Kept(kept.key, clash.version, clash.theirs, clash.at, clash.by), case)
            return False
        if stored is not None:
            self.take(stored)
        return stored is not None

    def take_restored(self, case_id: str) -> None:
        """Show the latest version of the open case where an earlier one was restored and nothing is unsaved."""
        if self.kept is not None and self.kept.key == case_id and not self._document.changed:
            self.open(case_id)

    def _take_newer(self) -> None:
        """Show the latest version of the open case where a meeting wrote into it while the editor was out of sight."""
        kept, bench = self.kept, self._bench
        if kept is None or bench.isVisible() or self._document.changed or bench.form.unfinished():
            return
        latest = self._session.summaries([kept.key]).get(kept.key)
        if latest is not None and latest.version > kept.version:
            self.open(kept.key)

    def copy_to_file(self, questions: Questions) -> bool:
        """Write a plain copy where somebody asks for one and agrees; the case stays in the casebook."""
        kept, case = self.kept, self._document.case
        assert kept is not None
        assert case is not None
        if not questions.plain_copy(case.code):
            return False
        path = questions.file_to_save(self._bench.suggested_name(SUFFIX))
        if path is None:
            return False
        try:
            write_case(case, path)
        except OSError as error:
            words = tr("{name} was not written: {why}. Nothing was changed.")
            self._bench.reported.emit(words.format(name=path.name, why=reason(error, path)), True)
            return False
        self._session.book.record("exported", kept.key, path.name)
        self._bench.reported.emit(tr("Wrote {path}.").format(path=path), False)
        return True

    def note_export(self, _: str) -> None:
        """Note in the audit that the page of the open case was exported."""
        if self.kept is not None:
            self._session.book.record("exported", self.kept.key)

    def note_print(self) -> None:
        """Note in the audit that the page of the open case was printed."""
        if self.kept is not None:
            self._session.book.record("printed", self.kept.key)

    def add(self) -> bool:
        """Store the open case as a new one of the casebook; return whether it was stored."""
        case = self._document.case
        assert case is not None
        kept = self._session.attempt(lambda: self._session.book.add(case))
        if kept is not None:
            self.take(kept)
        return kept is not None

    def leave(self) -> Left | None:
        """Store what is unsaved, show an empty case instead, and return what was open: the casebook is about to lock.

        What cannot be stored, because somebody else saved first or a value is invalid, is kept in memory.
        """
        if self.kept is None:
            return None
        self._bench.form.commit()
        typed = self._bench.form.unfinished()
        stored = not self._document.changed or self.save()
        left = Left(self.kept, None if stored else self._document.case, typed)
        self.keep_draft()
        self.kept = self._coming = None  # the draft of what could not be stored stays
        self._document.take(Stored(empty_case()))
        return left

    def bring_back(self, left: Left) -> None:
        """Go on with what was open when the casebook locked."""
        if left.unsaved is None:
            self.open(left.kept.key)
        else:
            self.take(left.kept)
            self._document.change_to(left.unsaved, tr("Restore unsaved work"))
        self._bench.form.put_back(left.typed)
