"""Offers drugs while they are typed: names, synonyms, brands and codes with their meaning, and regimens."""

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from her2board.case.drugs import Vocabulary
from her2board.evidence.library import EvidenceLibrary

Index = QModelIndex | QPersistentModelIndex
_MOST_SHOWN = 12


class DrugNames(QStringListModel):
    """Every text that may be typed for a drug or several; shown with the drugs it means."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._meaning: dict[str, str] = {}
        """By text; empty where it would only repeat the text."""
        self.vocabulary: Vocabulary | None = None

    def take_library(self, library: EvidenceLibrary) -> None:
        """Offer the names of a release, then the regimens its options name."""
        self.vocabulary = known = library.vocabulary
        meanings: dict[str, str] = {}
        meant = dict(known.entries.spelled())  # as listed: to have hundreds read as typed would delay the first page
        for name in sorted(known.names(), key=lambda name: len(meant[name]) < 2):  # regimens first: shorter
            labels = [known.label(id_) for id_ in meant[name]]
            meanings[name] = "" if _same(", ".join(labels), name) else " + ".join(labels)
        for option in library.options:
            if len(option.drugs) > 1 and all(id_ in known.drugs for id_ in option.drugs):
                labels = [known.label(id_) for id_ in option.drugs]
                meanings[", ".join(labels)] = "" if _same(" + ".join(labels), option.name) else option.name
        self._meaning = meanings
        self.setStringList(list(meanings))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text, with its meaning where it is shown and says more; on hover too, where it is cut off."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return super().data(index, role)
        text = super().data(index, Qt.ItemDataRole.EditRole)
        meaning = self._meaning.get(text, "")
        return f"{text}  =  {meaning}" if meaning else text


def _same(first: str, second: str) -> bool:
    return first.casefold() == second.casefold()


class DrugCompleter(QCompleter):
    """Completes the drug being typed, after the comma before it."""

    def __init__(self, names: DrugNames, parent: QObject) -> None:
        super().__init__(names, parent)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(_MOST_SHOWN)

    def splitPath(self, path: str) -> list[str]:  # noqa: N802  # reason: Qt's name
        """Return the part to complete."""
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: Index) -> str:  # noqa: N802  # reason: Qt's name
        """Return the line with the chosen name in it."""
        widget = self.widget()
        before = widget.text().rpartition(",")[0] if isinstance(widget, QLineEdit) else ""
        name = str(index.data(Qt.ItemDataRole.EditRole))
        return f"{before}, {name}" if before else name
