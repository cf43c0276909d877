"""Reads back what a PDF of this program carries, whoever has saved it since."""

from collections.abc import Callable, Iterator
from functools import cached_property

from msgspec import Struct
from pydantic import ValidationError

from her2board.case.checks import CaseError, CaseProblem
from her2board.case.model import Case
from her2board.case.storage import Stored, parse_stored
from her2board.pdf.comparing import Compared, Finding, compared_files, compared_pages
from her2board.pdf.enclosure import CarriedCase, Index, bare, content_hash
from her2board.pdf.extract import Extract, NothingTakenError, Why, extract
from her2board.pdf.quoting import one_line, quoted
from her2board.wording import Marked, tr, trn

_WHY: dict[Why, Marked] = {
    "foreign": "is not a PDF that can be read",
    "password": "asks for a password; open it with the password elsewhere, save it without, and try again",
    "lock": "is locked in a way that cannot be read; save it without the lock",
    "pages": "has pages that cannot be read",
    "too-much": "holds or unpacks to far more than a file of her2board: not read",
    "too-long": "takes far longer to read than a file of her2board: not read",
    "ended": "cannot be read: the process that read it ended early",
}


class ForeignPdfError(Exception):
    """Not a PDF that carries a case of this program; the words say what it lacks."""


class CarriedPdf(Struct, frozen=True, dict=True):
    """What a PDF carries: its list of cases, their files, and what was found on its pages."""

    index: Index
    found: Extract

    def case(self, carried: CarriedCase) -> Case:
        """Return a carried case. Raises CaseError naming every problem."""
        return self.stored(carried).case

    def stored(self, carried: CarriedCase) -> Stored:
        """Return a carried case with the version it was written in. Raises CaseError naming every problem."""
        return parse_stored(self.case_text(carried))

    def case_text(self, carried: CarriedCase) -> str:
        """Return the text of a case file. Raises CaseError where there is none."""
        if carried.case not in self.found.cases:
            raise _unusable(tr("{name} is not among the attachments").format(name=quoted(carried.case)))
        text = self.found.cases[carried.case]
        if text is None:
            raise _unusable(tr("{name} is not text").format(name=quoted(carried.case)))
        return text

    @cached_property
    def _compared(self) -> tuple[tuple[Compared, ...], tuple[Finding, ...]]:
        return compared_pages(self.index, self.found.pages)

    def findings(self) -> Iterator[Finding]:
        """Yield everything to be said about the file beside that it agrees, as far as the file itself shows."""
        written, further = self._compared
        yield from _of_file(self.found)
        yield from (finding for page in written for finding in page.findings)
        yield from further
        yield from compared_files(self.index, self.found.files)
        for carried in self.index.cases:
            yield from self._of_hash(carried)

    def problems(self) -> Iterator[Finding]:
        """Yield what was changed since it was written, or cannot be checked any more."""
        yield from (finding for finding in self.findings() if finding.problem)

    def _page(self, carried: CarriedCase) -> Compared | None:
        pages, _ = self._compared
        return pages[carried.page - 1] if 0 < carried.page <= len(pages) else None

    def _of_hash(self, carried: CarriedCase) -> Iterator[Finding]:
        page = self._page(carried)
        if page is not None and not page.readable:
            yield Finding("hash", tr("page {n} cannot be read: not checked").format(n=carried.page))
            return
        before, printed, after = self.text_of(carried).rpartition(carried.content)
        if not printed:
            words = tr("page {n} does not print {hash}").format(n=carried.page, hash=carried.content)
            yield Finding("hash", words)
            return
        try:
            made = content_hash(self.case_text(carried), carried.basis, before + after)
        except CaseError as error:
            yield Finding("hash", one_line(str(error)))
            return
        if made != carried.content:
            words = tr("page {n} prints {hash}; what is here gives {made}")
            yield Finding("hash", words.format(n=carried.page, hash=carried.content, made=made))

    def is_readable(self, carried: CarriedCase) -> bool:
        """Return whether the text of a case's page can be read back."""
        page = self._page(carried)
        return page is not None and page.readable

    def text_of(self, carried: CarriedCase) -> str:
        """Return the text of a case's page as the hash takes it; empty where there is no such page."""
        page = self._page(carried)
        return bare(page.text) if page else ""


def _unusable(words: str) -> CaseError:
    return CaseError((CaseProblem("", words),))


def read_pdf(data: bytes, extracted: Callable[[bytes], Extract] = extract) -> CarriedPdf:
    """Return what a PDF carries. Raises ForeignPdfError when it is no PDF, or none that carries a case.

    ``extracted`` takes out of it what is in it: of a foreign file in a process of its own.
    """
    try:
        found = extracted(data)
    except NothingTakenError as error:
        words = tr(_WHY[error.why]) if error.why in _WHY else _without_case(error.producer)
        raise ForeignPdfError(words) from error
    try:
        return CarriedPdf(Index.model_validate_json(found.index), found)
    except ValidationError as error:
        message = tr("carries a list of cases that cannot be used; a newer her2board may have written it")
        raise ForeignPdfError(message) from error


def _without_case(producer: str) -> str:
    lost = tr("carries no case: it is no file of her2board, or its attachments were removed")
    if producer:
        lost += " " + tr("(last written by {program})").format(program=quoted(producer))
    return lost + tr("; open the file as it was written")


def _of_file(found: Extract) -> Iterator[Finding]:
    """Yield what was done to the file as a whole since it was written."""
    if found.locked:
        yield _note(tr("locked against changes; it opens without a password"))
    if found.added:
        added = trn(
            "{n:,} byte was added after it was written", "{n:,} bytes were added after it was written", found.added
        )
        added = added.format(n=found.added)
        signature = tr("signed later; {added}; the signature itself is not checked").format(added=added)
        yield _note(signature if found.signed else added)
        return
    if found.signed:
        yield _note(tr("signed later; the signature itself is not checked"))
    if not found.as_we_write:
        by = tr("saved anew by another program ({program})").format(program=quoted(found.producer))
        yield _note(by if found.producer else tr("saved anew by another program"))


def _note(words: str) -> Finding:
    return Finding("file", words, problem=False)
