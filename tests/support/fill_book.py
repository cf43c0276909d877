"""A casebook with a year of meetings, twelve cases of which are listed for the next."""

from datetime import date

from her2board import paths
from her2board.case import storage
from her2board.case.dates import PartialDate
from her2board.case.model import Case, Outstanding
from her2board.case.model.board import DisciplineInput
from her2board.case.terms import Discipline
from her2board.casebook import meeting_edits as edits
from her2board.casebook.model import Status
from support.casebooks import MemoryBook, Shelf

NEXT = date(2026, 12, 3)
LAST = date(2026, 11, 19)


def cases(number: int = 12) -> list[Case]:
    """Return so many cases with codes of their own, made from the examples."""
    examples = [storage.load(path) for path in sorted(paths.examples_dir().glob("*.her2case"))]
    return [_case(examples[n % len(examples)], n) for n in range(number)]


def _case(case: Case, n: int) -> Case:
    code = case.code if n < 8 else f"{case.code}-{n}"
    board = case.board
    if n % 3 == 1:
        item = Outstanding(what="Brain MRI report of 21 Nov", owner="radiology", due=PartialDate(2026, 11, 27))
        heard = DisciplineInput(discipline=Discipline.NEUROSURGERY, status="heard")
        asked = DisciplineInput(discipline=Discipline.PATHOLOGY, status="pending")
        board = board.model_copy(update={"outstanding": (item,), "disciplines": (heard, asked)})
    return case.model_copy(update={"code": code, "board": board})


def filled() -> Shelf:
    """Return a shelf with cases, a past meeting with decisions and the next one."""
    shelf = Shelf()
    book = MemoryBook(shelf)
    ids = [book.add(case).key for case in cases()]
    past = book.add_meeting(LAST, "Neuro-oncology board", "Room 2").value
    past = edits.with_cases(past, ids[:3])
    past = edits.with_outcome(past, ids[1], decision="Radiosurgery to the two growing metastases", owner="Dr Weiss")
    past = edits.with_listing(past, ids[1], status=Status.DISCUSSED)
    book.save_meeting(past, 1)
    coming = book.add_meeting(NEXT, "Neuro-oncology board", "Room 2").value
    coming = edits.with_cases(coming, ids)
    coming = edits.with_listing(coming, ids[3], not_ready_because="MRI not reported")
    coming = edits.with_listing(coming, ids[4], status=Status.READY)
    coming = edits.with_listing(coming, ids[5], list_only=True)
    book.save_meeting(coming, 1)
    return shelf
