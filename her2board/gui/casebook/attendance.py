"""Who attends a meeting, discipline by discipline."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QWidget

from her2board.case.terms import Discipline
from her2board.casebook.model import BoardMeeting
from her2board.gui.casebook.entries import Entries
from her2board.gui.casebook.outcome_form import yes_no
from her2board.wording import tr


class AttendanceForm(QWidget):
    """Yes, no or not recorded for each discipline."""

    entered = Signal(object, object)
    """A discipline, and whether it was there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries = Entries(self)
        self.entries.entered.connect(lambda name, value: self.entered.emit(Discipline(name), value))  # type: ignore[call-arg]  # reason: mypy reads the columns of a term as arguments of its call
        form = QFormLayout(self)
        for one in Discipline:
            self.entries.add(str(one), tr(one.label), yes_no(self), form)

    def show_meeting(self, meeting: BoardMeeting) -> None:
        """Show who was there."""
        self.entries.show_values({str(one.discipline): one.present for one in meeting.attendance})
