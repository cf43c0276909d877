"""What somebody typed is shown in rich text as it was typed, and the window's icon is the drawing."""

import json
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QAbstractTableModel, QModelIndex, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QTextDocument
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot
from support.opened import opened_files
from support.screen import Screen
from support.strategies import full_case

from her2board import paths
from her2board.case.model import Case
from her2board.case.sections import SECTIONS
from her2board.case.storage import Stored
from her2board.gui.base.dialogs import Questions

GUI = Path(__file__).parents[2] / "her2board" / "gui"
PICTURE = "<img src=file:p.png>"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="files that are opened are watched as Linux does it")


def planted(value: Any) -> Any:
    """Return what a case records with a picture named in every free text of it."""
    if isinstance(value, dict):
        return {name: planted(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [planted(entry) for entry in value]
    typed = isinstance(value, str) and ("«ö»" in value or value in ("one", "two"))
    return f"{PICTURE}{str(value)[:18]}" if typed else value


def tips(view: QAbstractItemView) -> list[str]:
    """Return the tool tips of the cells of a list or table."""
    model = view.model()
    return [] if model is None else tips_of(model, QModelIndex())


def tips_of(model: QAbstractItemModel, parent: QModelIndex) -> list[str]:
    deep = not isinstance(model, QAbstractListModel | QAbstractTableModel)
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    cells = [model.index(row, column, parent) for row in range(model.rowCount(parent)) for column in range(columns)]
    found = [str(cell.data(Qt.ItemDataRole.ToolTipRole) or "") for cell in cells]
    return found + [tip for cell in cells if deep and cell.column() == 0 for tip in tips_of(model, cell)]


def marked_up(root: QWidget) -> list[str]:
    """Return what a window shows as markup that somebody typed."""
    parts = [root, *root.findChildren(QWidget)]
    labels = [part for part in parts if isinstance(part, QLabel) and part.textFormat() != Qt.TextFormat.PlainText]
    found = [f"label: {label.text()}" for label in labels if "<" in label.text()]
    found += [f"tool tip: {part.toolTip()}" for part in parts if PICTURE in part.toolTip()]
    views = [part for part in parts if isinstance(part, QAbstractItemView)]
    found += [f"cell: {tip}" for view in views for tip in tips(view) if PICTURE in tip]
    pages = [part for part in parts if isinstance(part, QTextEdit)]
    return found + [f"text: {page.toHtml()}" for page in pages if "<img" in page.toHtml()]


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the picture that is named, which the program is in."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    QImage(4, 4, QImage.Format.Format_RGB32).save(str(folder / "p.png"))
    monkeypatch.chdir(folder)
    return folder


@LINUX
def test_markup_that_is_shown_as_such_would_open_the_picture(qtbot: QtBot, pictures: Path) -> None:
    """Otherwise the test below would see nothing."""
    with opened_files(pictures) as opened:
        label = QLabel(PICTURE)  # not of the kind that shows plain text
        qtbot.addWidget(label)
        label.show()
        label.grab()
    assert opened == ["p.png"]


@LINUX
def test_no_typed_text_is_shown_as_markup_and_no_file_named_in_it_is_opened(screen: Screen, pictures: Path) -> None:
    case = Case.model_validate_json(json.dumps(planted(full_case().model_dump(mode="json", exclude_none=True))))
    seen = 0
    with opened_files(pictures) as opened:
        screen.document.take(Stored(case, 2))
        screen.wait_for_assessment()
        for section in SECTIONS:
            page = screen.bench.form.show_section(section.id)
            for path in page.blocks:
                screen.bench.form.go_to(path)
                seen += 1
            screen.window.grab()
            assert marked_up(screen.window) == []
    assert seen > 100
    assert opened == []


def markup_of(ask: Callable[[Questions], object], window: QWidget) -> list[str]:
    """Return what a question shows as markup; it is closed again."""
    seen: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        box.grab()
        seen.extend(marked_up(box))
        box.close()

    QTimer.singleShot(0, look)
    ask(Questions(window))
    return seen


@LINUX
@pytest.mark.parametrize(
    "ask",
    [
        lambda questions: questions.unsaved(PICTURE, [PICTURE], changed=True),
        lambda questions: questions.held(PICTURE, PICTURE),
        lambda questions: questions.outside(PICTURE, removed=False),
        lambda questions: questions.separate(PICTURE, 2),
        lambda questions: questions.which_case([PICTURE, PICTURE]),
        lambda questions: questions.names([(PICTURE, PICTURE)]),
        lambda questions: questions.show_about([PICTURE], PICTURE),
        lambda questions: questions.show_self_check([(PICTURE, PICTURE, PICTURE)]),
    ],
    ids=["unsaved", "held", "outside", "separate", "which case", "names", "about", "self-check"],
)
def test_no_question_opens_a_file_that_is_named_in_its_words(window, pictures: Path, ask) -> None:
    with opened_files(pictures) as opened:
        assert markup_of(ask, window) == []
    assert opened == []


def test_every_label_of_the_window_is_of_the_kind_that_shows_plain_text() -> None:
    using = [path.name for path in GUI.rglob("*.py") if "(QLabel)" in path.read_text(encoding="utf-8")]
    making = [path.name for path in GUI.rglob("*.py") if "QLabel(" in path.read_text(encoding="utf-8")]
    assert sorted(using) == ["dialogs.py", "labels.py"]  # the first looks for those of a message box, and mends them
    assert making == []


def test_marks_of_rich_text_are_shown_as_typed(qtbot: QtBot) -> None:
    typed = 'a <b>bold</b> & "quoted" 5 < 6 &lt; \N{APOSTROPHE}s'
    document = QTextDocument()
    document.setHtml(f'<p title="{escape(typed)}">{escape(typed)}</p>')
    assert document.toPlainText() == typed


def test_the_icon_of_the_window_is_the_drawing(qtbot: QtBot) -> None:
    icons = paths.resources_dir() / "icons"
    shown = QImage(str(icons / "her2board.png")).convertToFormat(QImage.Format.Format_ARGB32)
    drawn = QImage(shown.size(), QImage.Format.Format_ARGB32)
    drawn.fill(0)
    painter = QPainter(drawn)
    QSvgRenderer(str(icons / "her2board.svg")).render(painter)
    painter.end()
    apart = [abs(one - other) for one, other in zip(bytes(shown.constBits()), bytes(drawn.constBits()), strict=True)]
    assert shown.width() == 128
    assert sum(apart) / len(apart) < 1  # another Qt may round an edge otherwise
