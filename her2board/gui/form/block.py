"""What a row and a table of the form share: label, level, reason for absence, and the message about the field."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from her2board.assessment.gaps import noted_as_asked
from her2board.case.fields import CaseField
from her2board.case.model import Absence
from her2board.gui.base import theme
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.document.document import CaseDocument
from her2board.gui.document.unfinished import Unfinished
from her2board.gui.form import help_words
from her2board.gui.form.absence import AbsenceBar, AbsenceButton
from her2board.gui.form.question_bar import QuestionBar
from her2board.wording import tr


class NoteLabel(Label):
    """A message below a control, as high as its lines need: a page that scrolls does not ask its rows for that."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.hide()

    def say(self, words: str) -> None:
        """Show words, or hide."""
        self.setText(words)
        self._fit()
        self.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Count the lines anew at the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(0)  # else it could only grow
        self.setMinimumHeight(self.heightForWidth(self.width()) if self.text() else 0)


class FieldBlock(QObject):
    """Shows one field of the case and lets it be changed."""

    typed = Signal()
    """Somebody typed here, valid or not."""
    done = Signal()
    """All is entered here: the keyboard goes on to the next field."""
    question: QuestionBar
    """Meanings to choose from."""
    control: QWidget
    """What has the keyboard when the field is entered."""

    def __init__(self, document: CaseDocument, field: CaseField, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.path = field.path
        self._document = document
        self._remark = ""
        self._greyed = False
        self._bar: AbsenceBar | None = None
        self._bar_problem = ""
        self.label = self._named(tr(field.info.label), parent)
        self.label.setToolTip(plain_tip(help_words.why(field)))
        self.button = AbsenceButton(field.info.level, tr(field.info.label), parent)
        self.button.reason_chosen.connect(self._choose_reason)
        self.note = NoteLabel(parent)

    def _named(self, words: str, parent: QWidget) -> Label:
        """Return the label of the field."""
        return Label(words, parent)

    @property
    def pending(self) -> bool:
        """Return whether something is entered here that the case does not hold."""
        return bool(self._bar_problem)

    def unfinished(self) -> Sequence[Unfinished]:
        """Return what is entered here and the case does not hold, to be kept over a crash."""
        if self._bar is None or not self._bar_problem:
            return ()
        return [Unfinished(path=self.path, column=part, text=text) for part, text in self._bar.unusable().items()]

    def put_back(self, entry: Unfinished) -> bool:
        """Show again what was entered and is not in the case; return whether there is a place for it."""
        if not entry.of_reason or self._bar is None:
            return False
        self._bar.put_back(entry.column, entry.text)
        return True

    def revert(self) -> None:
        """Show what the case holds and discard invalid text."""
        self._bar_problem = ""

    def commit(self) -> None:
        """Take what is still being typed into the case."""

    def refresh(self) -> None:
        """Show what the case holds for this field."""
        raise NotImplementedError

    def focus(self) -> None:
        """Put the keyboard into the control."""
        self.control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_entry(self, number: int, column: str) -> None:
        """Choose an entry, by its number from 0; a field of its own has none."""

    def holds(self, widget: QObject | None) -> bool:
        """Return whether ``widget`` belongs to this field."""
        own = (self.control, self._bar)
        while widget is not None:
            if widget in own:
                return True
            widget = widget.parent()
        return False

    def shows(self, widget: QWidget | None) -> bool:
        """Return whether ``widget`` is a part of this field in sight, its label and level included."""
        return self.holds(widget) or (widget is not None and widget in (self.label, self.button, self.note))

    def answer(self, number: int) -> bool:
        """Choose one of the meanings on offer here, from 0; return whether there is such a one."""
        return self.question.choose(number)

    def record_none(self) -> bool:
        """Record that there is none of what is asked here; return whether that can be said here."""
        return False

    def remark(self, words: str) -> None:
        """Show what the assessment says about the recorded value; an empty text clears it."""
        if words != self._remark:
            self._remark = words
            self._show_message()

    @property
    def empty(self) -> bool:
        """Return whether nothing is recorded here, and nothing filled from a list."""
        return not self.button.isHidden()

    def ask(self) -> Absence | None:
        """Note the field as asked for, and return of whom and until when; None where something is recorded."""
        case = self._document.case
        if case is None or not self.button.isVisible():
            return None
        noted = noted_as_asked(tr(self.field.info.asks), self.path, case)
        self._document.set_absence(self.path, noted.model_dump(mode="json", exclude_none=True))
        if self._bar is not None and self.holds(QApplication.focusWidget()):
            self._bar.focus()
        return noted

    def choose_reason(self) -> None:
        """Offer the reasons for absence, where there is no value."""
        if self.button.isVisible():
            self.button.choose()

    def _choose_reason(self, reason: str | None) -> None:
        before = self._document.absence(self.path)
        details: dict[str, Any] = before.model_dump(mode="json", exclude_none=True) if before else {}
        self._document.set_absence(self.path, {**details, "reason": reason} if reason else None)
        if self._bar is not None and reason == "pending":
            self._bar.owner.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_absence(self, *, recorded: bool) -> None:
        """Show the reason for absence, with a line for its details once there is one."""
        absence = self._document.absence(self.path)
        needs = self._document.needs
        excluded = "" if recorded else needs.excluded.get(self.path, "")
        needed = self.path in needs.needed
        self.button.show_state(recorded=recorded, absence=absence, needed=needed, excluded=excluded)
        self._grey(bool(excluded))
        if absence is not None and self._bar is None:
            parent = self.label.parentWidget()
            assert parent is not None
            label, asks = tr(self.field.info.label), tr(self.field.info.asks)
            self._bar = AbsenceBar(self._document, self.path, label, asks, parent)
            self._bar.problem_changed.connect(self._take_bar_problem)
            self._place_bar(self._bar)
        if self._bar is not None:
            self._bar.show_absence(absence)
            if absence is None:
                self._bar_problem = ""

    def _grey(self, greyed: bool) -> None:
        """Show that a field cannot apply: muted and passed over by Tab; a click still lets it be recorded."""
        if not (greyed or self._greyed):
            return
        self._greyed = greyed
        role = QPalette.ColorRole
        self.label.setForegroundRole(role.PlaceholderText if greyed else role.WindowText)
        palette = QPalette()
        if greyed:
            muted = QColor(theme.current().muted)
            for ink in (role.Text, role.WindowText, role.ButtonText):
                palette.setColor(ink, muted)
            palette.setColor(role.Base, QColor(theme.current().window))
        policy = Qt.FocusPolicy.ClickFocus if greyed else Qt.FocusPolicy.StrongFocus
        self.button.setPalette(palette)
        for part in self._entered():
            part.setPalette(palette)
            unchosen = isinstance(part, QAbstractButton) and not part.isChecked()  # Tab goes to the chosen answer alone
            part.setFocusPolicy(Qt.FocusPolicy.ClickFocus if unchosen else policy)

    def _entered(self) -> Sequence[QWidget]:
        """Return the widgets that have the keyboard when the field is entered."""
        return (self.control,)

    def _place_bar(self, bar: AbsenceBar) -> None:
        raise NotImplementedError

    def _take_bar_problem(self, problem: str) -> None:
        self._bar_problem = problem
        self._show_message()
        self.typed.emit()

    def _show_message(self) -> None:
        """Show the most important message about the field."""
        raise NotImplementedError

    def _show_note(self, words: str) -> None:
        """Show a problem below the control, or none."""
        self.note.say(f"⚠ {words}" if words else "")
        palette = self.note.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.current().problem))
        self.note.setPalette(palette)
