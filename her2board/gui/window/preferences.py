"""What the clinic and the person at this computer set: one page, nothing of it in the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from pydantic import ValidationError
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QGroupBox,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from her2board import builds
from her2board.assessment.clinic import Clinic
from her2board.assessment.paper import PAPERS
from her2board.case.checks import problems_from
from her2board.case.fields import field_by_path
from her2board.case.terms import Availability
from her2board.evidence.library import EvidenceLibrary
from her2board.gui.base import shown, theme
from her2board.gui.base.labels import Label
from her2board.gui.base.languages import LANGUAGES
from her2board.gui.base.mnemonics import without_mnemonic
from her2board.gui.window.appearance import Personal
from her2board.wording import Marked, tr

_SIZE = QSize(640, 720)
_AROUND = 80
"""Pixels for the buttons below, and for the edges of the screen."""
_THEMES: tuple[tuple[str, Marked], ...] = (
    ("", "As the system"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("contrast", "High contrast"),
)

_FEWEST_LETTERS = 16
"""Letters that a choice shows in any width."""


class Preferences(QDialog):
    """Asks for all of it at once; says what cannot be used and stays open until it can."""

    chosen = Signal(object, object)
    """The clinic's settings and those of this computer."""

    def __init__(self, clinic: Clinic, personal: Personal, library: EvidenceLibrary | None, parent: QWidget) -> None:
        super().__init__(parent)
        theme.shape(self)
        self.setWindowTitle(tr("Preferences"))
        self._library = library
        self._servers = clinic.servers  # set in the file; kept as they are
        self._limits: dict[str, QLineEdit] = {}
        self.problem = Label(self)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.addWidget(self._clinic_group(clinic, body))
        column.addWidget(self._limit_group(clinic, body))
        column.addWidget(self._personal_group(personal, body))
        column.addStretch()
        _align(body)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out(scroll)
        height = max(_SIZE.height(), body.sizeHint().height() + _AROUND)
        screen = self.screen().availableGeometry().height()
        self.resize(max(_SIZE.width(), self.sizeHint().width()), min(height, screen - _AROUND))

    def _lay_out(self, scroll: QScrollArea) -> None:
        self.problem.setWordWrap(True)
        self.problem.hide()
        palette = self.problem.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.current().problem))
        self.problem.setPalette(palette)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(scroll, 1)
        column.addWidget(self.problem)
        column.addWidget(buttons)

    def _clinic_group(self, clinic: Clinic, parent: QWidget) -> QGroupBox:
        group, rows = _group(tr("This clinic"), parent)
        self.institution = self._line(rows, tr("&Institution"), clinic.institution or "", tr("not set"))
        self.preparer = self._line(rows, tr("Usually prepared &by"), clinic.preparer or "", tr("not set"))
        self.presenter = self._line(rows, tr("Usuall&y presented by"), clinic.presenter or "", tr("not set"))
        self.paper = _choice(
            rows, tr("&Paper"), [(name, tr(paper.label)) for name, paper in PAPERS.items()], clinic.paper
        )
        availability = [("", tr("not set")), *((term, shown.term(term)) for term in get_args(Availability))]
        self.radiosurgery = _choice(rows, tr("&Radiosurgery"), availability, clinic.radiosurgery or "")
        words = tr("&Hippocampal avoidance")
        self.hippocampal = _choice(rows, words, availability, clinic.hippocampal_avoidance or "")
        have = ", ".join(name for name, here in clinic.drugs.items() if here)
        lack = ", ".join(name for name, here in clinic.drugs.items() if not here)
        self.drugs_here = self._line(rows, tr("&Drugs available"), have, tr("names, separated by commas"))
        self.drugs_not = self._line(rows, tr("Drugs &not available"), lack, tr("names, separated by commas"))
        note = tr("Written into new cases, where it can be changed. The evidence is not touched by it.")
        rows.addRow(_quiet(note, group))
        matching = (
            ("on", tr("with published cohorts")),
            ("off", tr("none: packet mode")),
        )
        kept = "on" if clinic.matching else "off"
        fixed = ((kept, tr("none: packet build")),)
        self.matching = _choice(rows, tr("Co&mparison"), matching if builds.compares() else fixed, kept)
        return group

    def _limit_group(self, clinic: Clinic, parent: QWidget) -> QGroupBox:
        group, rows = _group(tr("How old a fact may be at the meeting, in days"), parent)
        for limit in self._library.release.freshness if self._library else ():
            own = clinic.freshness.get(limit.field)
            label = tr(field_by_path()[limit.field].info.label)
            hint = tr("{days}, where nothing is set").format(days=limit.days)
            self._limits[limit.field] = self._line(rows, label, str(own or ""), hint)
        return group

    def _personal_group(self, personal: Personal, parent: QWidget) -> QGroupBox:
        group, rows = _group(tr("At this computer"), parent)
        themes = [(name, tr(words)) for name, words in _THEMES]
        self.theme = _choice(rows, tr("Palett&e"), themes, personal.theme)
        sizes = [(str(size), f"{size} %") for size in theme.SIZES]
        self.text_size = _choice(rows, tr("&Text size"), sizes, str(personal.text_size))
        self.language = _choice(rows, tr("Lan&guage"), LANGUAGES, personal.language)
        rows.addRow(_quiet(tr("Another language is spoken from the next start."), group))
        return group

    def _line(self, rows: QFormLayout, words: str, text: str, hint: str) -> QLineEdit:
        line = QLineEdit(text, rows.parentWidget())
        line.setPlaceholderText(hint)
        _row(rows, words, line)
        return line

    def _clinic(self) -> Clinic | str:
        """Return the clinic's settings, or what cannot be used."""
        drugs: dict[str, bool] = {}
        for line, here in ((self.drugs_here, True), (self.drugs_not, False)):
            for name in filter(None, (part.strip() for part in line.text().split(","))):
                if self._library is not None and not self._library.vocabulary.resolve(name):
                    return tr("'{name}' is not a known drug name").format(name=name)
                if drugs.get(name, here) is not here:
                    return tr("'{name}' is under both").format(name=name)
                drugs[name] = here
        freshness: dict[str, Any] = {}
        for field, line in self._limits.items():
            if text := line.text().strip():
                if not text.isdecimal() or int(text) < 1:
                    label = tr(field_by_path()[field].info.label)
                    return tr("{label}: write a whole number of days, 1 or more").format(label=label)
                freshness[field] = int(text)
        try:
            return Clinic(
                institution=self.institution.text().strip() or None,
                preparer=self.preparer.text().strip() or None,
                presenter=self.presenter.text().strip() or None,
                paper=self.paper.currentData(),
                matching=self.matching.currentData() == "on",
                freshness=freshness,
                radiosurgery=self.radiosurgery.currentData() or None,
                hippocampal_avoidance=self.hippocampal.currentData() or None,
                drugs=drugs,
                servers=self._servers,
            )
        except ValidationError as error:
            return "; ".join(str(problem) for problem in problems_from(error))

    def _take(self) -> None:
        clinic = self._clinic()
        if isinstance(clinic, str):
            self.problem.setText(f"⚠ {clinic}")
            self.problem.show()
            return
        language = str(self.language.currentData())
        self.chosen.emit(clinic, Personal(str(self.theme.currentData()), int(self.text_size.currentData()), language))
        self.accept()


def _group(title: str, parent: QWidget) -> tuple[QGroupBox, QFormLayout]:
    group = QGroupBox(title, parent)
    rows = QFormLayout(group)
    rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    return group, rows


def _align(body: QWidget) -> None:
    """Align the controls of all groups."""
    labels = [label for label in body.findChildren(Label) if label.buddy() is not None]
    widest = max(label.sizeHint().width() for label in labels)
    for label in labels:
        label.setMinimumWidth(widest)


def _row(rows: QFormLayout, words: str, control: QWidget) -> None:
    label = Label(words, rows.parentWidget())
    label.setBuddy(control)
    control.setAccessibleName(without_mnemonic(words))
    rows.addRow(label, control)


def _choice(rows: QFormLayout, words: str, choices: Sequence[tuple[str, str]], current: str) -> QComboBox:
    box = QComboBox(rows.parentWidget())
    for value, said in choices:
        box.addItem(said, value)
    box.setCurrentIndex(max(box.findData(current), 0))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_FEWEST_LETTERS)  # wider where there is room; larger text moves no label above its box
    _row(rows, words, box)
    return box


def _quiet(words: str, parent: QWidget) -> Label:
    label = Label(words, parent)
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
