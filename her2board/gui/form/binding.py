"""Binds one control to one field of the document, for as long as the control lives."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from her2board.capture.typed import Candidate, Typed
from her2board.case.fields import CaseField
from her2board.gui.document.document import CaseDocument
from her2board.gui.form.controls import Control, LineControl
from her2board.gui.form.dated_entry import DatedEntry, Day
from her2board.wording import tr


class FieldBinding(QObject):
    """Carries typed values to the document and recorded ones back; keeps invalid text visible."""

    message_changed = Signal()
    """``reading``, ``hint`` or ``problem`` changed."""

    def __init__(self, document: CaseDocument, field: CaseField, control: Control, day: Day) -> None:
        super().__init__(control)
        self._document = document
        self._field = field
        self._control = control
        self._dated = DatedEntry(document, field, day)
        self._value: Any = None
        self._before: Any = None
        """What the case held before somebody began to type here."""
        self._sending = False
        self.reading = ""
        self.hint = ""
        """What is invalid while the person is still typing."""
        self.problem = ""
        self.candidates: tuple[Candidate, ...] = ()
        """Meanings of the text to choose from."""
        self._said: tuple[str, str, str, tuple[Candidate, ...]] = ("", "", "", ())
        control.edited.connect(self._take)
        control.finished.connect(self._finish)

    @property
    def pending(self) -> bool:
        """Return whether the control holds something that the case does not."""
        return bool(self.hint or self.problem)

    def refresh(self) -> None:
        """Show the recorded value, unless it is just being typed here."""
        value = self._document.value(self._field.path)
        if self._sending or value == self._value:
            self._value = value
            return
        self.revert()

    def revert(self) -> None:
        """Show what the case holds and discard invalid text."""
        self._value = self._before = self._document.value(self._field.path)
        self._control.show_value(self._value)
        self.candidates = ()
        self._dated.forget()
        self._set_messages("", "", "")

    def _take(self, entry: Typed) -> None:
        also = ""
        if isinstance(self._control, LineControl):
            entry, also = self._dated.read(self._control.text(), entry, self._control.read)
        problem = entry.problem
        self.candidates = entry.candidates
        self._sending = True
        if not problem:
            problem = self._document.set_value(self._field.path, entry.value)
        if problem:  # the half of a text that can be read is not what was meant
            self._document.set_value(self._field.path, self._before)
        self._sending = False
        self._set_messages("" if problem else entry.reading, self._kept(problem) or also, "")

    def choose(self, candidate: Candidate) -> None:
        """Record one of the meanings that were offered."""
        problem = self._document.set_value(self._field.path, candidate.value)
        if problem:
            self.candidates = ()
            self._set_messages("", "", self._kept(problem))
        else:
            self.revert()

    def _kept(self, problem: str) -> str:
        """Add what the case holds meanwhile."""
        if problem and self._value is not None:
            return tr("{problem}. The case keeps the previous value").format(problem=problem)
        return problem

    def commit(self) -> bool:
        """Record the day that was written behind a value; return whether there was one."""
        if recorded := self._dated.record():
            self.revert()
        return recorded

    def _finish(self) -> None:
        if self.commit():
            return
        if self.pending:
            self._set_messages("", "", self.problem or self.hint)
        else:
            self.revert()

    def _set_messages(self, reading: str, hint: str, problem: str) -> None:
        said = (reading, hint, problem, self.candidates)
        if said != self._said:
            self.reading, self.hint, self.problem, _ = self._said = said
            self.message_changed.emit()
