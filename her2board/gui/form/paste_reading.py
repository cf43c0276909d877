"""One copied table as a person goes through it: what its columns are, what was answered, mended and joined."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.date_order import DateOrder
from her2board.capture.tables.cells import Cells
from her2board.capture.tables.columns import ColumnQuestion, Target, column_questions, has_headings, targets_of
from her2board.capture.tables.entries import PasteContext, PastedEntry, read_entries
from her2board.capture.tables.layout import laid_out
from her2board.capture.tables.lines import LineProposal, propose_lines
from her2board.capture.typed import Candidate
from her2board.case.fields import CaseField
from her2board.gui.base import shown
from her2board.wording import tr


class PastedLine(Struct, frozen=True):
    """An entry as it would be added, and the numbers of the copied lines it comes from."""

    entry: PastedEntry
    rows: tuple[int, ...]


class PasteQuestion(Struct, frozen=True):
    """What is asked, and the answers; the value of each is what to do."""

    text: str
    candidates: tuple[Candidate, ...]


class PasteReading:
    """Reads the table again after each answer; asks one thing at a time."""

    def __init__(self, columns: Sequence[CaseField], rows: Sequence[Cells], context: PasteContext) -> None:
        self.columns = columns
        layout = laid_out(rows, columns, context.vocabulary)
        self.rows = list(layout.rows)
        self._beside = (*layout.titles, *layout.beside)
        self.headed = has_headings(self.rows, columns)
        self.targets: list[Target | None] = []
        self.lines: tuple[PastedLine, ...] = ()
        self._context = context
        self._order: DateOrder | None = None
        self._answers: dict[tuple[int, int], Candidate] = {}
        self._left_open: set[tuple[int, int]] = set()
        self._joined: dict[tuple[int, ...], bool] = {}
        self.start(headed=self.headed)

    def start(self, *, headed: bool) -> None:
        """Find out what each column is."""
        self.headed = headed
        self.targets = list(targets_of(self.rows, self.columns, headed=headed))
        self._answers.clear()
        self._joined.clear()
        self.read()

    def choose_target(self, number: int, target: Target | None) -> None:
        """Read a copied column as another one, or not at all."""
        self.targets[number] = target
        self._answers = {cell: chosen for cell, chosen in self._answers.items() if cell[1] != number}
        self.read()

    def keep(self, rows: Sequence[int]) -> None:
        """Keep only these lines of the table."""
        self.rows = [*self.rows[: self.headed], *(self.body[row] for row in rows)]
        self._answers.clear()
        self._joined.clear()
        self.read()

    @property
    def body(self) -> list[Cells]:
        """The copied lines without headings."""
        return self.rows[self.headed :]

    @property
    def headings(self) -> Cells:
        """The first line, where it is one of headings."""
        return self.rows[0] if self.headed else ()

    def read(self) -> None:
        """Read every line with what was said so far."""
        context = replace(self._context, order=self._order, answers=self._answers)
        entries = read_entries(self.body, self.targets, self.columns, self.headings, context)
        if entries and self._beside:
            entries = (replace(entries[0], left_over=(*self._beside, *entries[0].left_over)), *entries[1:])
        self.lines = tuple(self._regimens([PastedLine(entry, (n,)) for n, entry in enumerate(entries)]))

    def mend(self, row: int, column: int, text: str) -> None:
        """Read a cell as if ``text`` had been copied."""
        cells = list(self.body[row])
        cells[column] = text
        self.rows[row + self.headed] = tuple(cells)
        self._answers.pop((row, column), None)
        self._left_open.discard((row, column))
        self.read()

    def source(self, column: CaseField) -> int | None:
        """Return the number of the copied column that is read as a column of the list."""
        numbers = (n for n, target in enumerate(self.targets) if target and target.column == column)
        return next(numbers, None)

    def question(self) -> PasteQuestion | None:
        """Return what is asked next: of a column, of a cell, of the lines of one regimen."""
        return next(chain(self._of_columns(), self._of_cells(), self._of_lines()), None)

    def _of_columns(self) -> Iterator[PasteQuestion]:
        for asked in column_questions(self.body, self.targets, self._order):
            name = self.headings[asked.number] if self.headed else tr("column {n}").format(n=asked.number + 1)
            offered = (Candidate(partial(self._answer_column, asked, c), c.words) for c in asked.candidates)
            yield PasteQuestion(f"{name}: {asked.text}", tuple(offered))

    def _answer_column(self, asked: ColumnQuestion, chosen: Candidate) -> None:
        if asked.kind == "unit":
            self.targets[asked.number] = chosen.value
        else:
            before, answer = self._order or DateOrder(None), chosen.value
            self._order = replace(before, order=answer.order or before.order, short=answer.short or before.short)
        self.read()

    def _of_cells(self) -> Iterator[PasteQuestion]:
        for line in self.lines:
            for number, (cell, target) in enumerate(zip(line.entry.cells, self.targets, strict=True)):
                place = (line.rows[0], number)
                if target is None or not cell.typed.candidates or place in self._left_open or len(line.rows) > 1:
                    continue
                offered = [Candidate(partial(self._answer_cell, place, c), c.words) for c in cell.typed.candidates]
                leave = Candidate(partial(self._leave_open, place), tr("leave it open"))
                text = cell.typed.problem or cell.typed.reading
                words = tr("Line {n}, {heading}: {text}").format(
                    n=place[0] + 1, heading=shown.heading(target.column), text=text
                )
                yield PasteQuestion(words, (*offered, leave))

    def _answer_cell(self, place: tuple[int, int], chosen: Candidate) -> None:
        self._answers[place] = chosen
        self.read()

    def _leave_open(self, place: tuple[int, int]) -> None:
        self._left_open.add(place)

    def _proposals(self, lines: Sequence[PastedLine]) -> tuple[LineProposal, ...]:
        if self._context.vocabulary is None or "drugs" not in [column.path for column in self.columns]:
            return ()
        return propose_lines([line.entry.entry for line in lines], self._context.vocabulary)

    def _of_lines(self) -> Iterator[PasteQuestion]:
        for proposal in self._proposals(self.lines):
            rows = tuple(self.lines[n].rows[0] for n in proposal.rows)
            if rows not in self._joined:
                offered = (
                    Candidate(partial(self._join, rows, True), tr("one entry")),
                    Candidate(partial(self._join, rows, False), tr("keep them apart")),
                )
                yield PasteQuestion(tr("One regimen? {reason}").format(reason=proposal.reason), offered)

    def _join(self, rows: tuple[int, ...], together: bool) -> None:
        self._joined[rows] = together
        self.read()

    def _regimens(self, lines: list[PastedLine]) -> Iterator[PastedLine]:
        """Yield the lines, with those of one regimen as one entry where a person said so."""
        together = {p.rows: p for p in self._proposals(lines) if self._joined.get(p.rows)}
        firsts = {rows[0]: proposal for rows, proposal in together.items()}
        inside = {row for rows in together for row in rows}
        for number, line in enumerate(lines):
            if number in firsts:
                yield _joined([lines[row] for row in firsts[number].rows], firsts[number])
            elif number not in inside:
                yield line


def _joined(lines: Sequence[PastedLine], proposal: LineProposal) -> PastedLine:
    entries = [line.entry for line in lines]
    left = tuple(text for entry in entries for text in entry.left_over)
    marks = tuple(dict.fromkeys(mark for entry in entries for mark in entry.marks))
    entry = PastedEntry(dict(proposal.entry), entries[0].cells, left, (*marks, proposal.reason))
    return PastedLine(entry, tuple(row for line in lines for row in line.rows))
