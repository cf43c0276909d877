"""The pages of the dialog of the clinic's local file: clinic, formulary, radiotherapy, trials, statements, limits."""

from __future__ import annotations

from typing import Any, get_args

from PySide6.QtWidgets import QComboBox, QFormLayout, QGroupBox, QLineEdit, QVBoxLayout, QWidget

from her2board.case.fields import field_by_path
from her2board.case.terms import Availability
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.overlay import LocalLimit, LocalRadiotherapy, LocalService, Overlay, OwnLimits
from her2board.evidence.terms import AccessStatus, LocalKind
from her2board.gui.base import shown
from her2board.gui.base.labels import Label
from her2board.gui.base.mnemonics import without_mnemonic
from her2board.gui.window.local_entries import (
    RowError,
    access_entry,
    access_row,
    entries,
    statement_entry,
    statement_row,
    trial_entry,
    trial_row,
    whole_days,
)
from her2board.gui.window.local_tables import Column, EntryTable
from her2board.wording import Marked, tr

_SERVICES: tuple[tuple[str, Marked], ...] = (
    ("radiosurgery", "Radiosurgery"),
    ("hippocampal_avoidance", "Hippocampal avoidance"),
)


class Pages:
    """Every page, and the local file they show or were typed into."""

    def __init__(self, library: EvidenceLibrary, parent: QWidget) -> None:
        self._library = library
        day = tr("Looked at on")
        statuses = tuple((str(status), tr(status.label)) for status in AccessStatus)
        self.formulary = EntryTable(
            tr("Formulary"),
            tr("One drug or regimen a row. What is not listed stays unknown: it is not shown as available."),
            (
                Column(tr("Drug or regimen"), 260),
                Column(tr("Access"), 200, statuses),
                Column(tr("Note"), 230),
                Column(day, 110),
            ),
            parent,
        )
        self.trials = EntryTable(
            tr("Trials"),
            tr("Trials this clinic takes part in, as it saw them on a day. Criteria are written in the file itself."),
            (
                Column(tr("Name"), 150),
                Column(tr("Registry number"), 130),
                Column(tr("Patients"), 230),
                Column(tr("Contact"), 160),
                Column(day, 100),
                Column(tr("Criteria"), 60, editable=False),
            ),
            parent,
        )
        self.statements = EntryTable(
            tr("Statements"),
            tr("Statements of this clinic itself, each with its author and the day it was made or confirmed."),
            (Column(tr("Statement"), 430), Column(tr("Author"), 250), Column(day, 110)),
            parent,
        )
        self.clinic = QLineEdit(parent)
        self.access: dict[str, tuple[QComboBox, QLineEdit, QLineEdit, QLineEdit]] = {}
        self.limits: dict[str, QLineEdit] = {}
        self.again: dict[str, QLineEdit] = {}
        self.titled = (
            (tr("C&linic and limits"), self._clinic_page(parent)),
            (tr("&Formulary"), self.formulary),
            (tr("Radiot&herapy"), self._radiotherapy_page(parent)),
            (tr("Tr&ials"), self.trials),
            (tr("&Statements"), self.statements),
        )

    def _clinic_page(self, parent: QWidget) -> QWidget:
        page = QWidget(parent)
        column = QVBoxLayout(page)
        rows = QFormLayout()
        _row(rows, tr("&Name of this clinic"), self.clinic, page)
        column.addLayout(rows)
        again, rows = _group(tr("Entries count as stale after so many days"), page)
        usual = {limit.kind: limit.days for limit in self._library.release.look_again}
        for kind in LocalKind:
            self.again[kind] = line = QLineEdit(again)
            line.setPlaceholderText(tr("{days}, where nothing is set").format(days=usual[kind]))
            _row(rows, tr(kind.label), line, again)
        column.addWidget(again)
        ages, rows = _group(tr("How old a fact may be at the meeting, in days"), page)
        for limit in self._library.release.freshness:
            self.limits[limit.field] = line = QLineEdit(ages)
            line.setPlaceholderText(tr("{days}, where nothing is set").format(days=limit.days))
            _row(rows, tr(field_by_path()[limit.field].info.label), line, ages)
        column.addWidget(ages)
        column.addStretch()
        return page

    def _radiotherapy_page(self, parent: QWidget) -> QWidget:
        page = QWidget(parent)
        column = QVBoxLayout(page)
        for field, title in _SERVICES:
            group, rows = _group(tr(title), page)
            box = QComboBox(group)
            box.addItem(tr("not set"), "")
            for term in get_args(Availability):
                box.addItem(shown.term(term), term)
            lines = (QLineEdit(group), QLineEdit(group), QLineEdit(group))
            self.access[field] = (box, *lines)
            labels = (tr("Access"), tr("Place of referral"), tr("Note"), tr("Looked at on"))
            for label, control in zip(labels, self.access[field], strict=True):
                _row(rows, label, control, group)
                control.setAccessibleName(f"{tr(title)}: {label}")
            column.addWidget(group)
        column.addStretch()
        return page

    def show_overlay(self, overlay: Overlay | None) -> None:
        """Show a local file; empty pages without one."""
        for table in (self.formulary, self.trials, self.statements):
            table.clear()
        self.clinic.setText(overlay.clinic if overlay else "")
        days, again = (overlay.days, overlay.look_again_after) if overlay else ({}, OwnLimits())
        for field, line in self.limits.items():
            line.setText(str(days.get(field, "")))
        for kind, line in self.again.items():
            own = getattr(again, kind)
            line.setText(str(own or ""))
        for field, (box, *lines) in self.access.items():
            service: LocalService | None = getattr(overlay.radiotherapy, field) if overlay else None
            box.setCurrentIndex(max(box.findData(service.access if service else ""), 0))
            texts = (service.where, service.note, service.looked_at) if service else (None, None, None)
            for line, text in zip(lines, texts, strict=True):
                line.setText(text or "")
        if overlay is None:
            return
        for entry in overlay.formulary:
            self.formulary.add_row(access_row(entry, self._library), entry)
        for trial in overlay.trials:
            self.trials.add_row(trial_row(trial), trial)
        for said in overlay.statements:
            self.statements.add_row(statement_row(said), said)

    def overlay(self, number: int, changed_on: str) -> Overlay:
        """Return what was typed. Raises RowError and ValidationError."""
        clinic = self.clinic.text().strip()
        if not clinic:
            raise RowError(tr("Name of this clinic: empty; it is shown beside everything local"))
        taken: set[str] = set()
        return Overlay(
            format="her2board-local-1",
            clinic=clinic,
            number=number,
            changed_on=changed_on,
            formulary=entries(tr("Formulary"), self.formulary.rows(), lambda row: access_entry(row, self._library)),
            radiotherapy=LocalRadiotherapy(**{field: self._service(field, tr(title)) for field, title in _SERVICES}),
            trials=entries(tr("Trials"), self.trials.rows(), lambda row: _taken(trial_entry(row, taken), taken)),
            statements=entries(
                tr("Statements"), self.statements.rows(), lambda row: _taken(statement_entry(row, taken), taken)
            ),
            limits=tuple(
                LocalLimit(field=field, days=whole_days(line.text().strip(), tr(field_by_path()[field].info.label)))
                for field, line in self.limits.items()
                if line.text().strip()
            ),
            look_again_after=OwnLimits(
                **{
                    str(kind): whole_days(line.text().strip(), tr(LocalKind(kind).label))
                    for kind, line in self.again.items()
                    if line.text().strip()
                }
            ),
        )

    def _service(self, field: str, title: str) -> LocalService | None:
        box, *lines = self.access[field]
        where, note, day = (line.text().strip() for line in lines)
        if not box.currentData():
            if where or note or day:
                raise RowError(tr("{label}: choose the access, or clear the other lines").format(label=title))
            return None
        made: dict[str, Any] = {"access": box.currentData(), "where": where or None, "note": note or None}
        (service,) = entries(title, [((), None)], lambda _: LocalService.model_validate({**made, "looked_at": day}))
        return service


def _taken(entry: Any, taken: set[str]) -> Any:
    """Note the id of an entry, so that the next new one gets another."""
    taken.add(entry.id)
    return entry


def _group(title: str, parent: QWidget) -> tuple[QGroupBox, QFormLayout]:
    group = QGroupBox(title, parent)
    rows = QFormLayout(group)
    rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return group, rows


def _row(rows: QFormLayout, words: str, control: QWidget, parent: QWidget) -> None:
    label = Label(words, parent)
    label.setBuddy(control)
    control.setAccessibleName(without_mnemonic(words))
    rows.addRow(label, control)
