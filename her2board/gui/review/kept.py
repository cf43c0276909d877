"""What the facts of a case were read from: the sentences, and the texts that a person had kept. Each can be removed."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from her2board.case.kept import place_of, quoted, text_words, without_sentence, without_text
from her2board.case.model import KeptSentence, KeptText
from her2board.gui.base import theme
from her2board.gui.base.labels import Label
from her2board.gui.document.document import CaseDocument
from her2board.wording import tr

_SIZE = QSize(860, 520)
_SHARES = (360, 500)


class KeptDialog(QDialog):
    """Texts first, then the sentences in the order of their acceptance; what is chosen is shown in full."""

    field_wanted = Signal(str)

    def __init__(self, document: CaseDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("What the case was read from"))
        self.resize(_SIZE)
        self._document = document
        self._kept: tuple[KeptText | KeptSentence, ...] = ()
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Texts and sentences kept with the case"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show)
        self.list.itemActivated.connect(lambda *_: self._lead())
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("What is kept"))
        self.note = Label(self)
        self.note.setWordWrap(True)
        self.to_field = self._button(tr("To the &field"), self._lead)
        self.remove = self._button(tr("&Remove it"), self._remove)
        self.remove_texts = self._button(tr("Remove all te&xts"), self._remove_texts)
        self._lay_out()
        document.case_changed.connect(self._refresh)
        document.case_replaced.connect(self.close)
        self._refresh()

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.list)
        split.addWidget(self.text)
        split.setSizes(_SHARES)
        split.setChildrenCollapsible(False)
        bottom = QHBoxLayout()
        for part in (self.to_field, self.remove, self.remove_texts):
            bottom.addWidget(part)
        bottom.addStretch(1)
        bottom.addWidget(self._button(tr("Clo&se"), self.close))
        column = QVBoxLayout(self)
        column.addWidget(split, 1)
        column.addWidget(self.note)
        column.addLayout(bottom)
        theme.shape(self)

    def _button(self, words: str, deed: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda *_: deed())
        return button

    def _refresh(self, *_: object) -> None:
        case = self._document.case
        kept: tuple[KeptText | KeptSentence, ...] = (*case.texts, *case.sentences) if case else ()
        if kept != self._kept or not kept:
            at = self.list.currentRow()
            self._kept = kept
            self.list.clear()
            self.list.addItems([_title(one) for one in kept])
            self.list.setCurrentRow(min(max(at, 0), len(kept) - 1))
        self.remove_texts.setEnabled(bool(case and case.texts))
        self.text.setPlaceholderText(
            "" if kept else tr("Nothing was read from a report or record, or what was read has been changed since.")
        )
        self.note.setText(
            tr("What is removed here can be undone. Versions in a casebook keep what they hold.") if kept else ""
        )
        self._show()

    def _chosen(self) -> KeptText | KeptSentence | None:
        at = self.list.currentRow()
        return self._kept[at] if 0 <= at < len(self._kept) else None

    def _show(self, *_: object) -> None:
        chosen = self._chosen()
        self.text.setPlainText(
            chosen.text if isinstance(chosen, KeptText) else quoted(chosen) if chosen is not None else ""
        )
        self.to_field.setEnabled(isinstance(chosen, KeptSentence))
        self.remove.setEnabled(chosen is not None)

    def _lead(self) -> None:
        chosen = self._chosen()
        place = place_of(chosen.field) if isinstance(chosen, KeptSentence) else None
        if place is not None:
            self.field_wanted.emit(place.home.path)

    def _remove(self) -> None:
        case, chosen = self._document.case, self._chosen()
        assert case is not None
        if isinstance(chosen, KeptText):
            self._document.change_to(without_text(case, chosen), tr("Remove the text of the report"))
        elif chosen is not None:
            self._document.change_to(without_sentence(case, chosen), tr("Remove a kept sentence"))

    def _remove_texts(self) -> None:
        case = self._document.case
        assert case is not None
        self._document.change_to(case.model_copy(update={"texts": ()}), tr("Remove all texts kept with the case"))


def _title(kept: KeptText | KeptSentence) -> str:
    if isinstance(kept, KeptText):
        return text_words(kept)
    place = place_of(kept.field)
    assert place is not None
    return f"{place.label}: {kept.sentence}"
