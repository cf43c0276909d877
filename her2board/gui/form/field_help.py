"""Help below the form: why the current field matters, how it is entered, and which cohorts depend on it."""

from collections.abc import Sequence
from html import escape
from math import ceil

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from her2board.assessment.dependents import Dependents, dependents
from her2board.case.fields import CaseField
from her2board.case.kept import quoted
from her2board.case.model import KeptSentence
from her2board.evidence.library import EvidenceLibrary
from her2board.gui.base import shown, theme
from her2board.gui.form import help_words
from her2board.wording import tr, trn

_LINES = 5
_LINES_FULL = 14
_LINES_MORE = 3
_LEAST_LINES = 3
_SHARE, _SHARE_FULL = 0.2, 0.5
"""Parts of the height of the form that the help takes at most."""


class FieldHelp(QTextBrowser):
    """Explains one field; expands to the list of cohorts on request."""

    left = Signal()
    """The keyboard goes back to the field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library: EvidenceLibrary | None = None
        self._dependents: Dependents | None = None
        self._field: CaseField | None = None
        self._column: CaseField | None = None
        self._sentences: Sequence[KeptSentence] = ()
        self._whole = ""
        self._full = False
        self._fit_soon = QTimer(self)
        self._fit_soon.setSingleShot(True)
        self._fit_soon.setInterval(0)
        self._fit_soon.timeout.connect(self._fit)
        self.setAccessibleName(tr("Help on the field"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # reached by its keys; Tab stays among the fields
        self._show()

    def take_library(self, library: EvidenceLibrary) -> None:
        """Take the release, from which follows what depends on each field."""
        self._library, self._dependents = library, None
        self._show()

    def take_dependents(self, library: EvidenceLibrary, known: Dependents) -> None:
        """Take what was found meanwhile, which takes a tenth of a second, unless another release is shown by now."""
        if library is self._library:
            self._dependents = known

    def explain(
        self,
        field: CaseField,
        column: CaseField | None = None,
        sentences: Sequence[KeptSentence] = (),
        whole: str = "",
    ) -> None:
        """Explain the field the keyboard came to, in a list the column too, with what its value was read from.

        ``whole`` says how to see the whole text.
        """
        shown = (field, column, sentences, whole)
        if shown != (self._field, self._column, self._sentences, self._whole):
            self._field, self._column, self._sentences, self._whole = shown
            self._show()

    def forget(self) -> None:
        """Explain nothing until the keyboard comes to a field."""
        self._field, self._column, self._sentences, self._whole, self._full = None, None, (), "", False
        self._show()

    def open(self) -> None:
        """Show everything and take the keyboard."""
        self._grow(full=True)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _grow(self, *, full: bool) -> None:
        if full != self._full:
            self._full = full
            self._show()

    def _show(self) -> None:
        self.setHtml(_begin() if self._field is None else self._words(self._field))
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Follow a new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._field is None:
            self._show()

    def _words(self, field: CaseField) -> str:
        title = f"<b>{escape(tr(field.info.label))}.</b> {escape(help_words.why(field))}"
        parts = [title, escape(help_words.how(field))]
        if column := self._column:
            words = " ".join(filter(None, (tr(column.info.why), help_words.how_in_cell(column))))
            parts.insert(1, f"<b>{escape(shown.heading(column))}.</b> {escape(words)}" if words else "")
        parts.insert(1, self._read_from())
        if self._library is not None:
            self._dependents = self._dependents or dependents(self._library)
            cohorts, options = depending(field, self._library, self._dependents)
            parts.append(escape(_bearing(len(cohorts), len(options), len(self._dependents.cohorts))))
            if self._full and cohorts:
                parts.append("<br>".join(map(escape, cohorts)))
            elif cohorts:
                parts[-1] += " " + escape(tr("Shift+F1 lists them."))
        return "".join(f"<p style='margin:0 0 2px 0'>{part}</p>" for part in parts if part.strip())

    def _read_from(self) -> str:
        """Return what the value was read from, the latest first; all of it where the help is full."""
        if not self._sentences:
            return ""
        shown = self._sentences if self._full else self._sentences[:1]
        words = "<br>".join(escape(tr("Read from {words}").format(words=quoted(one))) for one in shown)
        more = len(self._sentences) - len(shown)
        further = tr("and {n} more (Shift+F1)").format(n=more) if more else ""
        return " ".join(filter(None, (words, escape(further), escape(self._whole))))

    def _fit(self) -> None:
        """Take the height of so many lines, and of a few more where the words need them."""
        line, edges = self.fontMetrics().lineSpacing(), 2 * self.frameWidth()
        height = (_LINES_FULL if self._full else _LINES) * line + 12
        if not self._full:
            height = min(max(height, ceil(self.document().size().height())), height + _LINES_MORE * line)
        self.setFixedHeight(min(height, max(self._most(), _LEAST_LINES * line)) + edges)

    def _most(self) -> int:
        """Return the height that leaves enough of the form in sight, at any size of text."""
        around = self.parentWidget()
        return round(around.height() * (_SHARE_FULL if self._full else _SHARE)) if around is not None else 0

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Break the words anew."""
        super().resizeEvent(event)
        if event.size() != event.oldSize():
            self._fit_soon.start()  # not at once: a layout that is under way would not see the new height

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Shrink again."""
        super().focusOutEvent(event)
        self._grow(full=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # reason: Qt's name
        """Go back on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _begin() -> str:
    """Return what to do while no field is explained; a placeholder would be cut at the end of its first line."""
    words = escape(tr("Go to a field: why it matters and what depends on it is shown here"))
    return f"<p style='margin:0; color:{theme.current().muted}'>{words}</p>"


def spoken_help(field: CaseField) -> str:
    """Return the help on a field as one text, for assistive technology."""
    return " ".join(part for part in (help_words.why(field), help_words.how(field)) if part)


def _bearing(cohorts: int, options: int, of: int) -> str:
    if not cohorts and not options:
        return tr("No cohort and no option depends on it.")
    first = trn("{n} of {of} cohorts depends on it", "{n} of {of} cohorts depend on it", cohorts).format(
        n=cohorts, of=of
    )
    return first + trn(", and {n} option.", ", and {n} options.", options).format(n=options)


def depending(field: CaseField, library: EvidenceLibrary, known: Dependents) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the cohorts and the options whose findings a field can change, by name."""
    facts = {name for name, spec in library.catalogue.items() if field.path in spec.fields}
    cohorts = (
        f"{trial.name}: {cohort.label}"
        for trial, cohort in library.cohorts()
        if facts & known.cohorts[f"{trial.id}/{cohort.id}"]
    )
    options = (option.name for option in library.options if facts & known.options[option.id])
    return tuple(cohorts), tuple(options)
