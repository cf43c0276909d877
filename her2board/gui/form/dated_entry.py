"""A value written with its day, as in '61; Sep 2026': the day is recorded in the field that dates the value."""

from collections.abc import Callable
from datetime import date

from her2board.capture.date_readings import show_date
from her2board.capture.typed import Typed
from her2board.case.fields import CaseField, field_by_path
from her2board.gui.document.document import CaseDocument
from her2board.gui.form.help_words import dated_in_line
from her2board.gui.form.readers import read_date_of
from her2board.wording import tr

Day = Callable[[], date]


class DatedEntry:
    """Reads the day behind a value, and keeps it until the field is left: half a day is another day."""

    def __init__(self, document: CaseDocument, field: CaseField, day: Day) -> None:
        self._document, self._day = document, day
        self._field = field_by_path().get(field.info.dated_by) if dated_in_line(field) else None
        self._read: str | None = None

    def read(self, text: str, entry: Typed, read: Callable[[str], Typed]) -> tuple[Typed, str]:
        """Return the value of a text as it is entered, and what leaving the field also records."""
        self._read = None
        value, semicolon, rest = text.partition(";")
        if self._field is None or not semicolon:
            return entry, ""
        label = tr(self._field.info.label)
        found = read(value)
        if found.problem or found.value is None or not rest.strip():
            return found, ""
        day = read_date_of(self._field, self._day, rest.strip())
        if day.problem or day.value is None:
            return Typed(problem=tr("{column}: {problem}").format(column=label, problem=day.problem)), ""
        held = self._document.value(self._field.path)
        if held not in (None, day.value):
            words = tr("{label} is recorded as {day}: change it there")
            return Typed(problem=words.format(label=label, day=show_date(held))), ""
        self._read = day.value
        return found, tr("{label}: {day}, once this field is left").format(label=label, day=show_date(day.value))

    def record(self) -> bool:
        """Record the day that was read last; return whether there was one."""
        day, self._read = self._read, None
        if day is None or self._field is None:
            return False
        return not self._document.set_value(self._field.path, day, merges=False)

    def forget(self) -> None:
        """Forget the day that was read last."""
        self._read = None
