"""Fields of a meeting or its cases: the controls of the form, each stored as soon as it is left or chosen."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from her2board.capture.typed import Typed
from her2board.capture.typed_dates import read_date
from her2board.case.dates import PartialDate
from her2board.gui.base.labels import Label
from her2board.gui.form.controls import ChoiceControl, Control, FlagControl, LineControl, LongTextControl
from her2board.wording import day_words, tr

_SHORT = 300


def line(parent: QWidget) -> LineControl:
    """Return a line of text."""
    control = LineControl(_text, str, parent)
    control.setMaxLength(_SHORT)
    return control


def long_text(parent: QWidget, *, one_line: bool = False) -> LongTextControl:
    """Return text of several lines."""
    return LongTextControl(_text, str, parent, one_line=one_line)


def day_line(today: date, parent: QWidget) -> LineControl:
    """Return a line that is read as a calendar day; without a year it is the nearest one to today."""
    return LineControl(lambda text: read_day(text, today), day_words, parent)


def _text(text: str) -> Typed:
    return Typed(text.strip())


def read_day(text: str, today: date) -> Typed:
    """Read a calendar day; the value is a date."""
    read = read_date(text, meeting=today)
    if read.problem or read.candidates or read.value is None:
        return read if read.problem or read.value is None else Typed(problem=tr("which day is meant?"))
    day = PartialDate.parse(read.value).exact
    return Typed(day) if day else Typed(problem=tr("name the day, month and year"))


class Entries(QObject):
    """Controls by name; reports what was entered in one when it is left."""

    entered = Signal(str, object)
    refused = Signal(str, str)
    """Name of a field, and what is wrong with what was typed there."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.controls: dict[str, Control] = {}
        self._shown: dict[str, Any] = {}
        self._labels: list[Label] = []

    def add(self, name: str, label: str, control: Control, form: QFormLayout | None = None) -> Control:
        """Take a control, and put it with its label into a form."""
        self.controls[name] = control
        self._shown[name] = control.typed().value
        control.setAccessibleName(label)
        signal = control.edited if isinstance(control, ChoiceControl | FlagControl) else control.finished
        signal.connect(lambda *_, name=name: self._enter(name))
        if form is not None:
            words = Label(label, form.parentWidget())
            words.setBuddy(control)
            self._labels.append(words)
            form.addRow(words, control)
        return control

    def labels(self) -> list[Label]:
        """Return the labels of the controls that are in a form."""
        return list(self._labels)

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show what is stored; what is being typed stays."""
        for name, control in self.controls.items():
            value = values.get(name)
            typing = control.hasFocus() and control.typed().value != self._shown[name]
            if not typing:
                control.show_value(value)
                self._shown[name] = control.typed().value

    def show_anew(self, values: Mapping[str, Any]) -> None:
        """Show another thing's values: whatever was typed was stored before."""
        for name, control in self.controls.items():
            control.show_value(values.get(name))
            self._shown[name] = control.typed().value

    def typing(self) -> dict[str, Any]:
        """Return what is typed and not left yet, by name; what cannot be read is left out."""
        typed = {name: control.typed() for name, control in self.controls.items()}
        return {name: one.value for name, one in typed.items() if not one.problem and one.value != self._shown[name]}

    def commit(self) -> None:
        """Store what is typed and not left yet."""
        for name in self.controls:
            self._enter(name)

    def _enter(self, name: str) -> None:
        typed = self.controls[name].typed()
        if typed.problem:
            self.refused.emit(name, typed.problem)
        elif typed.value != self._shown[name]:
            self._shown[name] = typed.value
            self.entered.emit(name, typed.value)

    def enable(self, allowed: bool) -> None:
        """Let values be entered, or not."""
        for control in self.controls.values():
            control.setEnabled(allowed)


def line_up(labels: Sequence[QLabel]) -> None:
    """Let the controls of forms that are below each other begin at one edge."""
    widest = max(label.sizeHint().width() for label in labels)
    for label in labels:
        label.setMinimumWidth(widest)
