"""What is owed across the cases of the coming meetings, by who owes it: read, copied for a mail, or printed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from her2board import builds
from her2board.briefing.meeting.chase import Chased, Owing, chase
from her2board.casebook.model import BoardMeeting
from her2board.gui.base import theme
from her2board.gui.base.brief_button import BriefButton
from her2board.gui.base.labels import Label, plain_tip
from her2board.gui.base.roomy import space_lines
from her2board.gui.casebook.around import button
from her2board.gui.casebook.session import BookSession
from her2board.wording import Marked, day_words, tr, trn

_WHICH = "casebook/chase"
_CASE = Qt.ItemDataRole.UserRole
_WHO = 40
"""Letters of a name that the list shows: a longer one is whole on hover, and leaves room for what is owed."""
WHICH: dict[str, Marked] = {
    "coming": "Coming meetings",
    "meeting": "The meeting shown",
    "all": "Every meeting: decisions to follow up too",
}


class ChasePage(QWidget):
    """A group for each person or department, late ones first; a line leads to its case."""

    open_asked = Signal(str, str)
    """A case, and the address of the field that is owed; empty where it has none."""
    paper_asked = Signal(str)
    print_asked = Signal(str)
    reported = Signal(str, bool)

    def __init__(self, session: BookSession, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._owing: tuple[Owing, ...] = ()
        self.which = QComboBox(self)
        self.which.setAccessibleName(tr("Which meetings are chased for"))
        for name, words in WHICH.items():
            self.which.addItem(tr(words), name)
        self.which.setCurrentIndex(max(self.which.findData(str(settings.value(_WHICH, "coming"))), 0))
        self.which.currentIndexChanged.connect(lambda _: self._keep())
        self.count = Label(self)
        self.tree = QTreeWidget(self)
        space_lines(self.tree)
        self.tree.setHeaderLabels([tr("Owed by"), tr("What"), tr("Due"), tr("Meeting")])
        self.tree.setAccessibleName(tr("What is owed, by who owes it"))
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setUniformRowHeights(True)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.tree.itemActivated.connect(self._open)
        self.tree.currentItemChanged.connect(lambda *_: self._name_buttons())
        self.copy_button = BriefButton(self)
        self.copy_button.say(tr("Cop&y as text for a mail"), tr("Cop&y as text for a mail"))
        self.copy_button.setProperty("leading", True)
        self.copy_button.clicked.connect(lambda _: self.copy())
        self.sheets_button = button(tr("&Request sheets…"), lambda: self.paper_asked.emit("requests"), self)
        self.print_button = button(tr("Pr&int them…"), lambda: self.print_asked.emit("requests"), self)
        self.print_button.setToolTip(plain_tip(tr("The request sheets of the meeting shown, to a printer")))
        self.sheets_button.setToolTip(plain_tip(tr("A sheet for each department or person, for the meeting shown")))
        self._lay_out()
        session.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.which)
        top.addWidget(self.count, 1)
        bottom.addWidget(Label(tr("Return goes to the field in its case"), self), 1)
        for part in (self.sheets_button, self.print_button, self.copy_button):
            bottom.addWidget(part)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addWidget(self.tree, 1)
        column.addLayout(bottom)

    def enter(self) -> None:
        """Show what is owed now, and put the keyboard on it."""
        self.refresh()
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        self._settings.setValue(_WHICH, self.which.currentData())
        self.refresh()

    def _meetings(self) -> Iterable[BoardMeeting]:
        which, today = self.which.currentData(), self._session.today()
        for kept in self._session.meetings():
            if (
                which == "all"
                or (which == "coming" and kept.value.day >= today)
                or kept.key == self._session.meeting_id
            ):
                yield kept.value

    def refresh(self) -> None:
        """Show what is owed now; the group the keyboard is in stays current."""
        if not self.isVisible():
            return
        meetings = list(self._meetings())
        ids = [one.case_id for meeting in meetings for one in meeting.listings]
        summaries = {key: kept.value for key, kept in self._session.summaries(ids).items()}
        before, self._owing = self._current(), chase(summaries, meetings, self._session.today())
        self.tree.clear()
        for owing in self._owing:
            self._add(owing, before)
        if self.tree.currentItem() is None:
            self.tree.setCurrentIndex(self.tree.model().index(0, 0))
        owed, late = sum(len(one.owed) for one in self._owing), sum(one.late for one in self._owing)
        words = [trn("{n} item owed", "{n} items owed", owed).format(n=owed)]
        if late:
            words.append(trn("{n} item late", "{n} items late", late).format(n=late))
        self.count.setText(", ".join(words))
        self._name_buttons()

    def _add(self, owing: Owing, before: Owing | None) -> None:
        colours = theme.current()
        who = _who(owing)
        shown = who if len(who) <= _WHO else f"{who[:_WHO]}…"
        head = f"{shown} ({len(owing.owed)})"
        late = trn("{n} late", "{n} late", owing.late).format(n=owing.late) if owing.late else ""
        group = QTreeWidgetItem(self.tree, [head, late])
        font = QFont()
        font.setBold(True)
        group.setFont(0, font)
        group.setToolTip(0, plain_tip(who))
        if owing.late:
            group.setForeground(1, QColor(colours.problem))
        for one in owing.owed:
            item = QTreeWidgetItem(
                group, [one.code, one.what.replace("\n", " "), due_words(one), day_words(one.meeting_day)]
            )
            item.setToolTip(1, plain_tip(one.what))
            item.setData(0, _CASE, (one.case_id, one.field))
            if one.days_late:
                item.setForeground(2, QColor(colours.problem))
        group.setExpanded(True)
        if before is not None and before.by == owing.by:
            self.tree.setCurrentItem(group)

    def _current(self) -> Owing | None:
        item = self.tree.currentItem()
        if item is None:
            return None
        place = self.tree.indexOfTopLevelItem(item.parent() or item)
        return self._owing[place] if 0 <= place < len(self._owing) else None

    def _name_buttons(self) -> None:
        owing = self._current()
        self.copy_button.setEnabled(owing is not None)
        for part in (self.sheets_button, self.print_button):
            part.setEnabled(self._session.meeting is not None)
        if owing is not None:
            who = _who(owing).replace("&", "&&")
            self.copy_button.say(tr("Cop&y for a mail to {who}").format(who=who), tr("Cop&y as text for a mail"))

    def _open(self, item: QTreeWidgetItem) -> None:
        data = item.data(0, _CASE)
        if data:
            self.open_asked.emit(*data)

    def copy(self) -> None:
        """Put what the current person or department owes on the clipboard."""
        owing = self._current()
        if owing is None:
            return
        QApplication.clipboard().setText(mail_text(owing))
        words = tr("Copied for {who}; the clipboard is cleared when the casebook locks.")
        self.reported.emit(words.format(who=_who(owing)), False)


def _who(owing: Owing) -> str:
    return tr(owing.name) if owing.department else owing.name


def due_words(one: Chased) -> str:
    """Return when something is due, and by how many days it is late."""
    if one.due is None:
        return ""
    late = trn("{n} day late", "{n} days late", one.days_late).format(n=one.days_late) if one.days_late else ""
    return ", ".join(filter(None, (day_words(one.due), late)))


def mail_text(owing: Owing) -> str:
    """Return what one person or department owes as plain text: codes of cases, and no names."""
    lines = [tr("For the tumour board we still need:")]
    for code in dict.fromkeys(one.code for one in owing.owed):
        several = [one for one in owing.owed if one.code == code]
        day = day_words(several[0].meeting_day)
        lines += ["", tr("Case {code}, meeting of {day}").format(code=code, day=day)]
        for one in several:
            due = tr("due {day}").format(day=due_words(one)) if one.due else ""
            lines.append("- " + ", ".join(filter(None, (one.what, due))))
    return "\n".join((*lines, "", builds.intended_use())) + "\n"
