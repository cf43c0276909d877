"""What a meeting records of one case: decision, dissent, fallback, owner, day, trial, whole-brain radiotherapy."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from her2board.casebook.model import Listing, RadiationOutcome
from her2board.gui.casebook import entries as made
from her2board.gui.casebook.clashes import FIELDS
from her2board.gui.casebook.detail import LastDecision
from her2board.gui.casebook.entries import Entries
from her2board.gui.form.controls import ChoiceControl, Control
from her2board.wording import tr


def yes_no(parent: QWidget) -> ChoiceControl:
    """Return a choice of yes, no and not recorded."""
    return ChoiceControl([(tr("yes"), True), (tr("no"), False)], parent)


class OutcomeForm(QScrollArea):
    """The fields below each other, in the order in which a board speaks."""

    entered = Signal(str, object)
    """Name in the listing, or 'outcome.' and a name in its outcome; and the value."""
    refused = Signal(str)

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        body = QWidget(self)
        self.last = LastDecision(body)
        self.entries = Entries(self)
        self.entries.entered.connect(self.entered)
        self.entries.refused.connect(lambda name, why: self.refused.emit(f"{tr(FIELDS[name])}: {why}"))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        controls: dict[str, Control] = {
            "outcome.decision": made.long_text(body),
            "outcome.dissent": made.long_text(body, one_line=True),
            "outcome.fallback": made.long_text(body, one_line=True),
            "outcome.owner": made.line(body),
            "outcome.due": made.day_line(today, body),
            "outcome.tells_patient": made.line(body),
            "outcome.trial_mentioned": yes_no(body),
            "outcome.wbrt_proposed": yes_no(body),
            "outcome.wbrt_outcome": ChoiceControl([(tr(one.label), one) for one in RadiationOutcome], body),
            "outcome.deferred": yes_no(body),
            "outcome.deferral_reason": made.line(body),
            "minutes": made.long_text(body, one_line=True),
        }
        for name, control in controls.items():
            self.entries.add(name, tr(FIELDS[name]), control, form)
        made.line_up([*self.last.entries.labels(), *self.entries.labels()])
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 8, 8, 0)
        column.addWidget(self.last)
        column.addLayout(form)
        column.addStretch(1)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_listing(self, listing: Listing, *, anew: bool) -> None:
        """Show what is recorded; ``anew`` where it is of another case than before."""
        values: Mapping[str, Any] = {
            "minutes": listing.minutes,
            **{f"outcome.{name}": value for name, value in dict(listing.outcome).items()},
        }
        (self.entries.show_anew if anew else self.entries.show_values)(values)

    def to_decision(self) -> None:
        """Put the keyboard into the decision."""
        self.entries.controls["outcome.decision"].setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Store what is typed and not left yet."""
        self.entries.commit()
        self.last.entries.commit()
