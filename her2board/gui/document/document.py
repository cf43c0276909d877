"""The only mutable state: the open case, its file and its undo stack."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from her2board.case import storage
from her2board.case.accepting import with_accepted
from her2board.case.by_section import BySection
from her2board.case.checks import CaseError, problems_from
from her2board.case.edit import with_absence, with_value
from her2board.case.fields import field_by_path
from her2board.case.kept import Row, place_of, sentences_at, sentences_of_row
from her2board.case.migrations import CURRENT
from her2board.case.model import Absence, Case, KeptSentence
from her2board.case.needed import Needs, filled_from_lists, needs
from her2board.case.plain import plain_at
from her2board.case.writing import reason
from her2board.gui.base.words import problem_words
from her2board.gui.document.commands import ChangeCase
from her2board.gui.document.unsaved import digest_of
from her2board.wording import tr

OutsideChange = Literal["", "changed", "removed"]
_UNDO_STEPS = 1000
_PROBLEMS_LISTED = 6


def empty_case() -> Case:
    """Return a case in which nothing is recorded."""
    return Case(code=tr("new case"))


class CaseDocument(QObject):
    """Holds the frozen case; checks every change before it becomes an undoable step."""

    case_changed = Signal(str)
    """A field changed: its path; several of a section: 'urgency.'; the case as a whole: ''."""
    case_replaced = Signal()
    """Another case is open."""
    path_changed = Signal()
    problem_found = Signal(str)
    saved = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.case: Case | None = None
        self._known: BySection | None = None
        """What was worked out from the open case, or from the one before an edit."""
        self._needs: tuple[Case | None, Needs] = (None, Needs((), {}))
        self.path: Path | None = None
        self.fill: Callable[[Case], Case] = lambda case: case
        """Writes into a new case what the clinic set for all of them."""
        self.version = CURRENT
        """Version of the file that the open case was read from."""
        self.kept: Path | None = None
        """Where the last save kept a file of an earlier version as it was."""
        self.digest = ""
        """Digest of the file as it was last read or written; empty without one."""
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(_UNDO_STEPS)

    @property
    def changed(self) -> bool:
        """Return whether there is something to save."""
        return self.case is not None and not self.stack.isClean()

    @property
    def title(self) -> str:
        """Case code of the open case; empty when none is open."""
        return self.case.code if self.case else ""

    def value(self, path: str) -> Any:
        """Return the recorded value at ``path`` as plain JSON; None when not recorded."""
        return plain_at(self.case, path) if self.case else None

    def read_from(self, path: str, row: Row | None = None, column: str = "") -> tuple[KeptSentence, ...]:
        """Return the sentences a value was read from, the latest first; of an entry of a list, those of a column."""
        if self.case is None or not self.case.sentences:
            return ()
        return sentences_at(self.case, path) if row is None else sentences_of_row(self.case, path, row, column)

    def from_list(self, path: str) -> str:
        """Return in words what a list says in place of a field that nobody recorded; empty where it does not say."""
        if self.case is None:
            return ""
        filled = filled_from_lists(self.case, self._known_of(self.case)).get(path)
        return filled.words if filled else ""

    def _known_of(self, case: Case) -> BySection:
        if self._known is None or self._known.case is not case:
            self._known = BySection(case, self._known)
        return self._known

    @property
    def needs(self) -> Needs:
        """What the open case still needs, and what cannot apply in it."""
        if self.case is not None and self._needs[0] is not self.case:
            self._needs = self.case, needs(self.case, self._known_of(self.case))
        return self._needs[1]

    def absence(self, path: str) -> Absence | None:
        """Return why ``path`` is not recorded, when a reason was given."""
        return self.case.absences.get(path) if self.case else None

    def set_value(self, path: str, value: Any, text: str = "", *, merges: bool = True) -> str:
        """Record ``value`` at ``path`` (None: not recorded); return what is wrong, or nothing."""
        assert self.case is not None
        try:
            after = with_value(self.case, path, value)
        except CaseError as error:
            return _refused(error)
        self._push(after, path, text or _change_text(path), merges=merges)
        return ""

    def set_values(self, values: Mapping[str, Any], text: str) -> None:
        """Record several values of one section as one step; the case can hold each of them."""
        assert self.case is not None
        after = self.case
        for path, value in values.items():
            after = with_value(after, path, value)
        for section in {f"{path.partition('.')[0]}." for path in values}:
            self._push(after, section, text, merges=False)

    def record(self, values: Mapping[str, Any], text: str) -> str:
        """Record values of any sections as one step; return what is wrong with one of them, or nothing."""
        assert self.case is not None
        after = self.case
        try:
            for path, value in values.items():
                after = with_value(after, path, value)
        except CaseError as error:
            return _refused(error)
        self._push(after, "", text, merges=False)
        return ""

    def accept(self, path: str, value: Any, said: KeptSentence | None, text: str) -> str:
        """Record what a person accepted and the sentence it is from, as one step; return what is wrong, or nothing.

        A path that ends in '[]' adds an entry.
        """
        assert self.case is not None
        try:
            after = with_accepted(self.case, path, value, said)
        except CaseError as error:
            return _refused(error)
        place = place_of(path)
        self._push(after, place.home.path if place else "", text, merges=False)
        return ""

    def refusal(self, path: str, value: Any) -> str:
        """Return what would be wrong with ``value`` at ``path``, or nothing; changes nothing."""
        assert self.case is not None
        try:
            with_value(self.case, path, value)
        except CaseError as error:
            return _refused(error)
        return ""

    def set_absence(self, path: str, absence: dict[str, Any] | None) -> str:
        """Record why ``path`` is not recorded, or clear the reason; return what is wrong, or nothing."""
        assert self.case is not None
        try:
            reason = None if absence is None else Absence.model_validate(absence)
        except ValidationError as error:
            return "; ".join(problem.message for problem in problems_from(error))
        text = tr("Reason for absence: {label}").format(label=_label(path))
        self._push(with_absence(self.case, path, reason), path, text, merges=True)
        return ""

    def _push(self, after: Case, path: str, text: str, *, merges: bool) -> None:
        assert self.case is not None
        if after == self.case:
            return
        last = self._last_step()
        if merges and last is not None and last.takes(path):
            last.extend(after)
            if last.isObsolete():
                self.stack.undo()  # takes it off
        else:
            self.stack.push(ChangeCase(self._put, self.case, after, path, text, merges=merges))

    def _last_step(self) -> ChangeCase | None:
        """Return the step that a further edit may belong to: the last, if the case was not saved or undone since.

        Qt would merge by itself, but PySide never frees a command that was merged, nor the cases in it.
        """
        place = self.stack.index()
        if place in (0, self.stack.cleanIndex()) or place < self.stack.count():
            return None
        step = self.stack.command(place - 1)
        assert isinstance(step, ChangeCase)
        return step

    def _put(self, case: Case, path: str) -> None:
        self.case = case
        self.case_changed.emit(path)

    def start_new(self) -> None:
        """Open an empty case."""
        self._replace(storage.Stored(self.fill(empty_case())), None)

    def start_from(self, case: Case) -> None:
        """Open ``case`` as a new one that was never saved."""
        self._replace(storage.Stored(empty_case()), None)
        self._push(case, "", tr("Present again"), merges=False)

    def open(self, path: Path) -> bool:
        """Open the case file at ``path``; a problem leaves the open case as it is."""
        return self._open(path, keep_path=True)

    def open_copy(self, path: Path) -> bool:
        """Open the case at ``path`` as a new, unsaved one."""
        return self._open(path, keep_path=False)

    def take(self, stored: storage.Stored) -> None:
        """Open a case that was read from elsewhere as a new, unsaved one."""
        self._replace(stored, None)

    def _open(self, path: Path, *, keep_path: bool) -> bool:
        try:
            stored = storage.load_stored(path)
        except CaseError as error:
            self.refuse(path, error)
            return False
        self._replace(stored, path if keep_path else None)
        return True

    def restore(self, stored: storage.Stored, path: Path | None) -> None:
        """Open a case as an unsaved change of the file at ``path``; undo leads back to what the file holds."""
        try:
            before = storage.load(path) if path else None
        except CaseError:
            before, path = None, None
        self._replace(storage.Stored(before or empty_case(), stored.version), path)
        self._push(stored.case, "", tr("Restore unsaved work"), merges=False)

    def change_to(self, case: Case, text: str) -> None:
        """Make the open case another version of itself, as one step."""
        self._push(case, "", text, merges=False)

    def refuse(self, path: Path, error: CaseError) -> None:
        """Report why ``path`` was not opened."""
        self.problem_found.emit(_problem_words(path, error))

    def _replace(self, stored: storage.Stored, path: Path | None) -> None:
        self.case = stored.case
        self.version = stored.version
        self.path = path
        self.digest = digest_of(path) if path else ""
        self.stack.clear()
        self.case_replaced.emit()
        self.path_changed.emit()

    def save(self, path: Path | None = None, *, separate: bool = False) -> bool:
        """Write the case to its file, or to ``path`` and stay there; a problem loses nothing.

        ``separate``: further names of the file (hard links) keep the version before. What happened to the file
        meanwhile was asked about: see ``outside_change``.
        """
        target = path or self.path
        assert self.case is not None
        assert target is not None
        try:
            self.kept = storage.save(self.case, target, separate=separate)
        except OSError as error:
            message = tr("{name} could not be saved: {why}. The case is still open here; try Save as.")
            self.problem_found.emit(message.format(name=target.name, why=reason(error, target)))
            return False
        self.path = target
        self.digest = digest_of(target)
        self.stack.setClean()
        self.path_changed.emit()
        self.saved.emit(str(target))
        return True

    def outside_change(self) -> OutsideChange:
        """Return what happened to the file of the case since it was read or written here."""
        assert self.path is not None
        if not os.path.lexists(self.path):
            return "removed"
        return "" if digest_of(self.path) == self.digest else "changed"


def _refused(error: CaseError) -> str:
    return "; ".join(problem.message for problem in error.problems)


def _label(path: str) -> str:
    field = field_by_path().get(path)
    return tr(field.info.label) if field else path.rpartition(".")[2].replace("_", " ")


def _change_text(path: str) -> str:
    return tr("Change {label}").format(label=_label(path))


def _problem_words(path: Path, error: CaseError) -> str:
    lines = [problem_words(problem) for problem in error.problems[:_PROBLEMS_LISTED]]
    more = len(error.problems) - len(lines)
    if more:
        lines.append(tr("and {n} more").format(n=more))
    return "\n".join((tr("{name} was not opened:").format(name=path.name), *lines))
