"""Reads copied texts by the steps that the window takes."""

from datetime import date
from typing import Any

from msgspec.structs import replace
from pydantic import BaseModel

from her2board.capture.tables.cells import cells_of
from her2board.capture.tables.columns import column_questions, has_headings, targets_of
from her2board.capture.tables.entries import PasteContext, PastedEntry, read_entries
from her2board.capture.tables.layout import laid_out
from her2board.case.fields import item_fields
from her2board.evidence.library import EvidenceLibrary

MEETING = date(2026, 11, 26)


class Reader:
    """Reads copied texts as the preview of the window does."""

    def __init__(self, library: EvidenceLibrary) -> None:
        self.context = PasteContext(library.vocabulary, MEETING)

    def entries(self, model: type[BaseModel], text: str) -> tuple[PastedEntry, ...]:
        """Return how each line is read."""
        return self.reading(self.context, model, text)

    def values(self, model: type[BaseModel], text: str) -> list[dict[str, Any]]:
        """Return the entries that would be added."""
        return [found.entry for found in self.entries(model, text)]

    def questions(self, model: type[BaseModel], text: str) -> list[str]:
        """Return what is asked of whole columns."""
        rows, columns = cells_of(text), item_fields(model)
        return [asked.text for asked in column_questions(rows[1:], targets_of(rows, columns, headed=True))]

    def offers(self, model: type[BaseModel], text: str) -> list[str]:
        """Return what the cells of the first entry offer to choose from, in words."""
        cells = self.entries(model, text)[0].cells
        return [one.words for cell in cells for one in cell.typed.candidates]

    def answered(self, model: type[BaseModel], text: str, column: int, offer: int = 0) -> dict[str, Any]:
        """Return the first entry once a person chose what its cell offers."""
        chosen = self.entries(model, text)[0].cells[column].typed.candidates[offer]
        context = replace(self.context, answers={(0, column): chosen})
        return Reader.reading(context, model, text)[0].entry

    @staticmethod
    def reading(context: PasteContext, model: type[BaseModel], text: str) -> tuple[PastedEntry, ...]:
        """Return how a text is read beside what is known and answered."""
        columns = item_fields(model)
        rows = laid_out(cells_of(text), columns, context.vocabulary).rows
        headed = has_headings(rows, columns)
        targets = targets_of(rows, columns, headed=headed)
        return read_entries(rows[headed:], targets, columns, rows[0] if headed else (), context)
