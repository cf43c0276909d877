"""Reads CSV and Excel files as sheets of text; formulas are not worked out."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain, islice
from typing import Any

from msgspec import Struct

from her2board.capture.clean_text import clean_line
from her2board.exchange.json_text import LARGEST_FILE, text_of
from her2board.exchange.model import UnreadableError
from her2board.wording import tr

_MOST_ROWS, _MOST_COLUMNS, _LONGEST_CELL = 200_000, 3000, 20_000
_LARGEST_UNPACKED = 400_000_000
"""Bytes of an Excel file once unpacked."""
_MOST_TITLES = 10
"""Rows above the headings of a table."""
_DELIMITERS = (",", ";", "\t", "|")
_QUOTES = "\u2018\u2019\u201a\u201c\u201d\u201e"
_SIGNS = f"€°µ±²³·«»©®…\N{EN DASH}\N{EM DASH}\N{NO-BREAK SPACE}{_QUOTES}"
_WESTERN = frozenset(f"äöüÄÖÜßéèêëÉÈÊàâáãåæÀÂÁÃÅÆçÇíìîïÍÌÎóòôõøœÓÒÔÕØŒúùûÚÙÛñÑ{_SIGNS}")
"""Letters and signs of Windows-1252 that tables of western Europe hold; of another code page these would be others."""
FORMULA = "\N{WHITE SQUARE}"
"""In place of a formula: a cell that nobody typed."""


class Sheet(Struct, frozen=True):
    """A table: its headings, and its rows with their numbers, counted from 1 below the headings."""

    file: str
    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def label(self) -> str:
        """Return file and sheet: 'cases.xlsx, Sheet1'."""
        return f"{self.file}, {self.name}" if self.name else self.file


def read_sheets(file: str, data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a CSV or Excel file that hold anything. Raises UnreadableError."""
    if data[:4] == b"PK\x03\x04":
        return tuple(sheet for sheet in _workbook(file, data) if sheet is not None)
    sheet = _sheet(file, "", _csv_rows(file, _text_of_table(data, file)))
    return () if sheet is None else (sheet,)


def _text_of_table(data: bytes, file: str) -> str:
    """Return the text of a table: of Excel in western Europe too, where every letter is one that is written there."""
    try:
        return text_of(data, file)
    except UnreadableError:
        text = data.decode("cp1252", errors="replace")
        if len(data) > LARGEST_FILE or any(not _is_usual(letter) for letter in text):
            raise
        return text


def _is_usual(letter: str) -> bool:
    return letter in "\t\r\n" or " " <= letter <= "~" or letter in _WESTERN


def _csv_rows(file: str, text: str) -> Iterator[list[str]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(10 * _LONGEST_CELL)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise UnreadableError(file, tr("not a table ({reason})").format(reason=error)) from error


def _workbook(file: str, data: bytes) -> Iterator[Sheet | None]:
    import openpyxl  # read only for Excel files

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _LARGEST_UNPACKED:
                raise UnreadableError(file, tr("too large once unpacked; export fewer records"))
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError, SyntaxError) as error:
        raise UnreadableError(file, tr("not an Excel file that can be read: save it as .xlsx or .csv")) from error
    try:
        for worksheet in book.worksheets:
            yield _sheet(file, str(worksheet.title), ([_shown(cell) for cell in row] for row in worksheet.iter_rows()))
    except (KeyError, ValueError, TypeError, SyntaxError, AttributeError) as error:
        raise UnreadableError(file, tr("not an Excel file that can be read: save it as .xlsx or .csv")) from error
    finally:
        book.close()


def _shown(cell: Any) -> str:
    """Return a cell as it is typed: days as ISO text, whole numbers without a point, formulas not at all."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f" or (isinstance(value, str) and value.startswith("=")):
        return FORMULA
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool) and str(cell.number_format).endswith("%"):
        return f"{value * 100:.10g}%"  # 0.95 that is shown, and was typed, as 95 %
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _sheet(file: str, name: str, rows: Iterator[list[str]] | Any) -> Sheet | None:
    """Return the sheet of some rows; None where there are no headings and a row below them."""
    headings: tuple[str, ...] = ()
    kept: list[tuple[int, tuple[str, ...]]] = []
    number = 0
    for cells in _from_headings(iter(rows)):
        texts = [clean_line(str(cell)[:_LONGEST_CELL]) for cell in cells[: _MOST_COLUMNS + 1]]
        if not any(texts):
            number += bool(headings)
            continue
        if not headings:
            if len(texts) > _MOST_COLUMNS:
                raise UnreadableError(file, tr("more than {n} columns").format(n=_MOST_COLUMNS), name)
            headings = tuple(texts)
            continue
        number += 1
        if number > _MOST_ROWS:
            raise UnreadableError(file, tr("more than {n:,} rows").format(n=_MOST_ROWS), name)
        filled = [*texts, *[""] * (len(headings) - len(texts))][: len(headings)]
        kept.append((number, tuple(_unescaped(text) for text in filled)))
    return Sheet(file, name, headings, tuple(kept)) if headings and kept else None


def _from_headings(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield the rows from the headings on: not a title above them, which is alone in its row."""
    first = list(islice(rows, _MOST_TITLES))
    filled = [sum(bool(str(cell).strip()) for cell in cells) for cells in first]
    start = next((number for number, n in enumerate(filled) if n > 1), 0)
    yield from chain(first[start:], rows)


def _unescaped(text: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from working out a text as a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text
