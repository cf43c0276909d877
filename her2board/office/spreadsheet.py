"""Tables as an Excel workbook, and one as comma-separated text: no cell is ever a formula, no text is cut."""

import csv
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO

import xlsxwriter

from her2board import builds
from her2board.briefing.meeting.tables import Cell, DataTable
from her2board.office.package import DAY_ZERO

_FORMULA = tuple(
    "=+-@\t\r\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)
"""Beginnings of a cell that a spreadsheet program reads as a formula."""
_NARROWEST, _WIDEST = 10, 48
"""Characters of a column."""
_LONGEST = 32_767
"""Characters that a cell of a workbook holds."""
_MOST_OF_NAME = 31


def workbook(tables: Sequence[DataTable], title: str) -> bytes:
    """Return a workbook with a sheet for each table: head frozen, filters, days as days, texts as texts."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})  # nothing of it in a temporary folder
    book.set_properties(
        {
            "title": title,
            "author": "her2board",
            "created": DAY_ZERO.replace(tzinfo=None),
            "subject": builds.intended_use(),
        }
    )
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    for table in tables:
        sheet = book.add_worksheet(table.name[:_MOST_OF_NAME])
        for column, name in enumerate(table.columns):
            sheet.write_string(0, column, name, head)
            sheet.set_column(column, column, _width(table, column))
        for row, cells in enumerate(table.rows, 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    assert len(cell) <= _LONGEST
                    sheet.write_string(row, column, cell, text)
                elif isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                else:
                    sheet.write_number(row, column, cell, text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        sheet.set_footer(f"&L{builds.intended_use()}&R&P / &N")
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    book.close()
    return target.getvalue()


def _width(table: DataTable, column: int) -> int:
    longest = max((len(str(row[column])) for row in table.rows), default=0)
    return min(max(longest, len(table.columns[column]) // 2, _NARROWEST), _WIDEST)


def comma_separated(table: DataTable) -> bytes:
    """Return a table as CSV in UTF-8 with the mark by which Excel knows it; a text is never read as a formula."""
    target = StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_safe(cell) for cell in row] for row in table.rows)
    return target.getvalue().encode("utf-8-sig")


def _safe(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"'{cell}" if cell.lstrip(" \N{NO-BREAK SPACE}\n").startswith(_FORMULA) else cell
    return cell.isoformat() if isinstance(cell, date) else str(cell)
