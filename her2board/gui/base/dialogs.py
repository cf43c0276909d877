"""Every dialog of the program. Tests supply the answers instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QLabel,
    QMessageBox,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from her2board.assessment.paper import Paper
from her2board.gui.base import theme
from her2board.gui.base.icons import picture
from her2board.wording import Marked, tr, trn

if TYPE_CHECKING:  # printing is imported when somebody prints
    from PySide6.QtPrintSupport import QPrinter

Answer = Literal["save", "discard", "cancel"]
Held = Literal["copy", "take over", "cancel"]
Into = Literal["open", "new", "cancel"]
_INTO: tuple[Into, ...] = ("open", "new", "cancel")
Outside = Literal["write", "save as", "cancel"]
_OUTSIDE: tuple[Outside, ...] = ("write", "save as", "cancel")
_CASES: tuple[Marked, str] = ("her2board case", "*.her2case")
_OPENED: tuple[Marked, str] = ("her2board case, or a PDF that carries one", "*.her2case *.pdf")
_RECORDS: tuple[Marked, str] = (
    "FHIR, CSV, Excel, REDCap with its dictionary",
    "*.json *.ndjson *.csv *.tsv *.txt *.xlsx *.xlsm",
)
_LOCAL: tuple[Marked, str] = ("local file of a clinic", "*.her2local *.yaml")
_MAP: tuple[Marked, str] = ("map of columns", "*.yaml")
_PDF: tuple[Marked, str] = ("PDF", "*.pdf")


class Questions:
    """Asks for files, and before unsaved work is discarded."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def file_to_open(self, folder: Path) -> Path | None:
        """Ask which case to open."""
        name, _ = QFileDialog.getOpenFileName(self._parent, tr("Open a case"), str(folder), _filter(_OPENED))
        return Path(name) if name else None

    def records_to_read(self, folder: Path) -> tuple[Path, ...]:
        """Ask which records of other programs to read; several are read together."""
        names, _ = QFileDialog.getOpenFileNames(self._parent, tr("Read records"), str(folder), _filter(_RECORDS))
        return tuple(map(Path, names))

    def map_to_read(self, folder: Path) -> Path | None:
        """Ask which map of columns to use."""
        name, _ = QFileDialog.getOpenFileName(self._parent, tr("Use a map file"), str(folder), _filter(_MAP))
        return Path(name) if name else None

    def map_to_write(self, suggested: Path) -> Path | None:
        """Ask where to write a map of columns."""
        return self._save(tr("Save as a map file"), suggested, _MAP)

    def local_to_read(self, folder: Path) -> Path | None:
        """Ask which local file of a clinic to read."""
        name, _ = QFileDialog.getOpenFileName(self._parent, tr("Read a local file"), str(folder), _filter(_LOCAL))
        return Path(name) if name else None

    def local_to_write(self, suggested: Path) -> Path | None:
        """Ask where to write the local file for other clinics."""
        return self._save(tr("Write the local file"), suggested, (tr("Local file of a clinic"), "*.her2local"))

    def own_file(self, name: str) -> bool:
        """Ask whether a local file without a signature was made in this clinic."""
        words = tr("{name} is not signed. Was it made in this clinic?").format(name=name)
        further = tr("The file of another clinic is taken with its signature only.")
        return self._chosen(words, further, (tr("&Yes, in this clinic"),)) == 0

    def same_key(self, clinic: str, fingerprint: str) -> bool:
        """Ask whether the key of a clinic was compared with what the clinic itself says."""
        words = tr("{clinic} signed the file with the key {fingerprint}.").format(
            clinic=clinic, fingerprint=fingerprint
        )
        further = tr("Does the clinic confirm these digits, asked by another way than the file? It is asked once.")
        return self._chosen(words, further, (tr("&Yes, the digits are the same"),)) == 0

    def into_case(self, code: str) -> Into:
        """Ask whether records are of the patient whose case is open, or of another."""
        words = tr("Are these records of the patient of {code}?").format(code=code)
        further = tr("One case holds one patient. Nothing is taken over before you accept it.")
        return _INTO[self._chosen(words, further, (tr("&Yes, of {code}").format(code=code), tr("&Another patient")))]

    def next_patient(self, code: str, record: str) -> bool:
        """Ask whether to begin a case for the next patient of a file."""
        words = tr("Begin a new case for {record}?").format(record=record)
        further = tr("Values were taken over into {code}. One case holds one patient.").format(code=code)
        return self._chosen(words, further, (tr("&New case"),)) == 0

    def which_case(self, codes: Sequence[str]) -> int | None:
        """Ask which of several cases to open; return its place."""
        listed = [f"{number}  {code}" for number, code in enumerate(codes, 1)]
        dialog = QInputDialog(self._parent)
        theme.shape(dialog)
        dialog.setWindowTitle(tr("Open a case"))
        dialog.setLabelText(tr("This PDF carries several cases:"))
        dialog.setComboBoxItems(listed)
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        return listed.index(dialog.textValue()) if agreed else None

    def file_to_save(self, suggested: Path) -> Path | None:
        """Ask where to save the case."""
        return self._save(tr("Save the case"), suggested, _CASES)

    def file_to_export(self, suggested: Path) -> Path | None:
        """Ask where to write the page."""
        return self._save(tr("Export the page"), suggested, _PDF)

    def _save(self, title: str, suggested: Path, kind: tuple[str, str]) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(self._parent, title, str(suggested), _filter(kind))
        return self.with_suffix(Path(name), kind[1].removeprefix("*")) if name else None

    def with_suffix(self, chosen: Path, suffix: str) -> Path | None:
        """Return a chosen path with its extension; asks where a file is there that the choice did not name."""
        path = chosen if chosen.suffix.lower() == suffix else chosen.with_name(f"{chosen.name}{suffix}")
        return path if path == chosen or not path.exists() or self._replace(path.name) else None

    def _replace(self, name: str) -> bool:
        words = tr("{name} is there already. Replace it?").format(name=name)
        return self._chosen(words, "", (tr("&Replace it"),)) == 0

    def printer(self, paper: Paper) -> QPrinter | None:
        """Ask which printer to use."""
        from PySide6.QtPrintSupport import QPrintDialog

        from her2board.gui.base.printing import make_printer

        printer = make_printer(paper)
        dialog = QPrintDialog(printer, self._parent)
        dialog.setWindowTitle(tr("Print the page"))
        wanted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return printer if wanted else None

    def unsaved(self, code: str, unusable: Sequence[str], *, changed: bool) -> Answer:
        """Ask what to do with unsaved changes and invalid entries."""
        button = QMessageBox.StandardButton
        words = tr("Save the changes to {code}?") if changed else tr("Leave {code}?")
        invalid = tr("Entered but not saved (invalid): {fields}").format(fields=", ".join(unusable))
        box = self._box(words.format(code=code), invalid if unusable else "")
        box.setStandardButtons((button.Save if changed else button.NoButton) | button.Discard | button.Cancel)
        box.setDefaultButton(button.Save if changed else button.Cancel)
        chosen = box.exec()
        box.deleteLater()
        return "save" if chosen == button.Save else "discard" if chosen == button.Discard else "cancel"

    def held(self, name: str, holder: str) -> Held:
        """Ask what to do with a case file that another window has."""
        box = self._box(
            tr("{name} is open in {holder}.").format(name=name, holder=holder),
            tr(
                "A copy shows it as it was last saved. Taken over, it is edited here, "
                "and what is not saved in that window can only be saved under another name."
            ),
        )
        copy = box.addButton(tr("Open a &copy"), QMessageBox.ButtonRole.AcceptRole)
        take = box.addButton(tr("&Take over"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(copy)
        box.exec()
        chosen = box.clickedButton()
        box.deleteLater()
        return "copy" if chosen is copy else "take over" if chosen is take else "cancel"

    def outside(self, name: str, *, removed: bool) -> Outside:
        """Ask what to do with a case whose file was changed, removed or replaced outside this window."""
        words = tr("{name} was changed outside this window.")
        further = tr("Replaced, the file as it is now is kept as its backup (.bak), and this case takes its place.")
        write = tr("&Replace it")
        if removed:
            words = tr("{name} is not there any more.")
            further = tr("It was removed, renamed or moved outside this window. The case is complete here.")
            write = tr("&Write it again")
        return _OUTSIDE[self._chosen(words.format(name=name), further, (write, tr("Save &as…")))]

    def separate(self, name: str, others: int) -> bool:
        """Ask whether to save a file that has further names on the disk, which keep the version before."""
        words = trn(
            "{name} has {n} other name on this disk (a hard link).",
            "{name} has {n} other names on this disk (hard links).",
            others,
        )
        further = tr("After saving, only {name} holds the new version; under other names the earlier one stays.")
        return self._chosen(words.format(name=name, n=others), further.format(name=name), (tr("&Save"),)) == 0

    def plain_copy(self, code: str) -> bool:
        """Ask whether a case may leave the casebook as a plain file."""
        words = tr("Write {code} as a plain file?").format(code=code)
        further = tr("Whoever can read the file can read the case: it is not encrypted. The casebook keeps the case.")
        return self._chosen(words, further, (tr("&Write a plain file"),)) == 0

    def plain_copies(self, n: int) -> bool:
        """Ask whether so many cases may leave the casebook as plain files."""
        words = trn("Write {n} case as a plain file?", "Write {n} cases as plain files?", n).format(n=n)
        further = tr("Whoever can read the files can read the cases: they are not encrypted.")
        return self._chosen(words, further, (tr("&Write plain files"),)) == 0

    def names(self, rows: Sequence[tuple[str, str]]) -> bool:
        """Show what was replaced and what looks like a name; return whether it may leave like that."""
        from her2board.gui.base.names_review import NamesDialog

        dialog = NamesDialog(rows, self._parent)
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return agreed

    def _chosen(self, text: str, further: str, answers: Sequence[str]) -> int:
        """Return which of several answers was chosen; the number of answers where none was."""
        box = self._box(text, further)
        buttons = [box.addButton(words, QMessageBox.ButtonRole.AcceptRole) for words in answers]
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        pressed = box.clickedButton()
        box.deleteLater()
        return next((place for place, button in enumerate(buttons) if button is pressed), len(buttons))

    def _box(self, text: str, further: str) -> QMessageBox:
        box = QMessageBox(self._parent)
        theme.shape(box)
        box.setIconPixmap(picture("question", "accent"))
        box.setWindowTitle(tr("her2board"))
        box.setTextFormat(Qt.TextFormat.PlainText)  # names of files and people are not markup
        box.setText(text)
        box.setInformativeText(further)
        for label in box.findChildren(QLabel):  # the format of the box is that of its first text only
            label.setTextFormat(Qt.TextFormat.PlainText)
        return box

    def show_keys(self, keys: str) -> None:
        """Show every action with its keys; ``keys`` is HTML."""
        self._text(tr("Keys"), keys)

    def show_about(self, words: Sequence[str], notices: str) -> None:
        """Show version, intended use, and the licences of what is inside."""
        html = "".join(f"<p>{escape(line)}</p>" for line in words)
        if notices:
            html += f"<h3>{escape(tr('Third-party notices'))}</h3>"
            html += _laid_out(notices)
        self._text(tr("About her2board"), html)

    def show_self_check(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Show the lines of the self-check."""
        lines = (
            f"<tr><td>{escape(subject)}</td><td><b>{escape(state)}</b></td>"
            f"<td>{escape(found).replace(chr(10), '<br>')}</td></tr>"
            for subject, state, found in rows
        )
        self._text(tr("Self-check"), f"<table cellpadding='4'>{''.join(lines)}</table>")

    def _text(self, title: str, html: str) -> None:
        dialog = QDialog(self._parent)
        theme.shape(dialog)
        dialog.setWindowTitle(title)
        browser = QTextBrowser(dialog)
        browser.setAccessibleName(title)
        browser.setHtml(html)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
        buttons.rejected.connect(dialog.reject)
        layout = QVBoxLayout(dialog)
        layout.addWidget(browser)
        layout.addWidget(buttons)
        dialog.resize(640, 560)
        dialog.exec()
        dialog.deleteLater()


def _laid_out(notices: str) -> str:
    """Return the notices as HTML: those of a checkout are Markdown, those of a bundle plain text."""
    if not notices.startswith("#"):
        return f"<pre style='white-space: pre-wrap'>{escape(notices)}</pre>"
    document = QTextDocument()
    below = re.sub(r"^#", "###", notices, flags=re.MULTILINE)  # its headings are smaller than the one above them all
    document.setMarkdown(below, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    return document.toHtml()


def _filter(kind: tuple[str, str]) -> str:
    return f"{tr(kind[0])} ({kind[1]})"
