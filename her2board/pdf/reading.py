"""Reads back what a PDF of this program carries, whoever has saved it since. pypdf is imported only here."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from her2board import workarounds
from her2board.case.checks import CaseError, CaseProblem
from her2board.case.model import Case
from her2board.case.reading import CASE_FILE
from her2board.case.storage import Stored, parse_stored
from her2board.pdf.comparing import Compared, Finding, PageFound, compared_files, compared_pages, printable
from her2board.pdf.enclosure import INDEX, CarriedCase, Index, bare, content_hash, digest
from her2board.pdf.page_text import Take, page_text
from her2board.wording import tr, trn

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

LARGEST_PDF = 1_000_000_000
"""Bytes; a packet of two hundred cases with their annexes is smaller."""
_LARGEST_ATTACHMENT = 20 * CASE_FILE
"""Bytes. An assessment is a third of the largest case file; a list of a thousand cases a fifth."""
_MOST_OPERANDS = 500_000
"""Of what draws one page; a full page has a tenth of it."""
_UNPACKED, _PER_BYTE = 40_000_000, 40
"""Bytes that a file may unpack to: some, and more for each of its own. A packet of many cases takes 13 for each, and
twice as many where it was signed later."""
_OF_A_NODE = 1000
"""Bytes that one entry of a tree counts as."""
_END = b"%%EOF"
_ENDS_TRIED = 3
"""Ends of a file before its last that may be the end of what was written."""
_DEEPEST_FIELD = 5


class ForeignPdfError(Exception):
    """Not a PDF that carries a case of this program; the words say what it lacks."""


class TooMuchError(ForeignPdfError):
    """Would take more memory or time than any file of this program."""


@dataclass
class _Allowance:
    """Bytes that may still be unpacked or gone through."""

    left: int

    def take(self, count: int) -> None:
        """Count; raises TooMuchError when nothing is left."""
        self.left -= count
        if self.left < 0:
            raise TooMuchError(tr("unpacks to far more than a file of her2board: not read"))


@dataclass(frozen=True)
class CarriedPdf:
    """What a PDF carries, as read: attachments by name, its pages, and what was done to the file as a whole."""

    index: Index
    files: dict[str, bytes]
    pages: tuple[PageFound, ...]
    of_file: tuple[Finding, ...] = ()

    def case(self, carried: CarriedCase) -> Case:
        """Return a carried case. Raises CaseError naming every problem."""
        return self.stored(carried).case

    def stored(self, carried: CarriedCase) -> Stored:
        """Return a carried case with the version it was written in. Raises CaseError naming every problem."""
        return parse_stored(self._text(carried))

    def _text(self, carried: CarriedCase) -> str:
        data = self.files.get(carried.case)
        if data is None or len(data) > CASE_FILE:
            raise _unusable(tr("{name} is not among the attachments").format(name=printable(carried.case)))
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            raise _unusable(tr("{name} is not text").format(name=printable(carried.case))) from error

    @cached_property
    def _compared(self) -> tuple[tuple[Compared, ...], tuple[Finding, ...]]:
        return compared_pages(self.index, self.pages)

    def findings(self) -> Iterator[Finding]:
        """Yield everything to be said about the file beside that it agrees, as far as the file itself shows."""
        written, further = self._compared
        yield from self.of_file
        yield from (finding for page in written for finding in page.findings)
        yield from further
        yield from compared_files(self.index, self.files)
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
        if not carried.content:
            yield Finding("hash", tr("page {n}: no hash is given for it: not checked").format(n=carried.page))
            return
        before, printed, after = self.text_of(carried).rpartition(carried.content)
        if not printed:
            words = tr("page {n} does not print {hash}").format(n=carried.page, hash=printable(carried.content))
            yield Finding("hash", words)
            return
        try:
            made = content_hash(self._text(carried), carried.basis, before + after)
        except CaseError as error:
            yield Finding("hash", str(error))
            return
        if made != carried.content:
            words = tr("page {n} prints {hash}; what is here gives {made}")
            yield Finding("hash", words.format(n=carried.page, hash=printable(carried.content), made=made))

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


def read_pdf(data: bytes) -> CarriedPdf:
    """Return what a PDF carries. Raises ForeignPdfError when it is no PDF, or none that carries a case."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is reported in words of our own
    allowance = _Allowance(_UNPACKED + _PER_BYTE * len(data))
    bounded = pypdf.apply_configuration(
        zlib_maximum_output_length=_LARGEST_ATTACHMENT,
        array_based_stream_maximum_output_length=_LARGEST_ATTACHMENT,
        stream_parsing_work_maximum_count=_MOST_OPERANDS,
    )
    with bounded, workarounds.counted_streams(allowance.take):
        return _read(data, allowance.take)


def _read(data: bytes, take: Take) -> CarriedPdf:
    with _reported_as_foreign(tr("is not a PDF that can be read")):
        reader = _opened(data)
        files = _attachments(reader.trailer["/Root"], take)
    if INDEX not in files:
        raise ForeignPdfError(_without_case(reader))
    try:
        index = Index.model_validate_json(files[INDEX])
    except ValidationError as error:
        message = tr("carries a list of cases that cannot be used; a newer her2board may have written it")
        raise ForeignPdfError(message) from error
    with _reported_as_foreign(tr("has pages that cannot be read")):
        pages = tuple(_page_found(page, take) for page in reader.pages)
        return CarriedPdf(index, files, pages, tuple(_of_file(reader, data, index, take)))


def _opened(data: bytes) -> "PdfReader":
    """Open a PDF, also one that is locked against changes but opens without a password."""
    import pypdf
    from pypdf.errors import DependencyError, FileNotDecryptedError

    if b"/Encrypt" in data:
        from her2board.pdf import aes

        workarounds.read_locked_pdfs(version("pypdf"), aes)
    try:
        reader = pypdf.PdfReader(BytesIO(data))  # it tries the empty password
        reader.trailer["/Root"].get_object()
    except FileNotDecryptedError as error:
        words = tr("asks for a password; open it with the password elsewhere, save it without, and try again")
        raise ForeignPdfError(words) from error
    except DependencyError as error:
        raise ForeignPdfError(tr("is locked in a way that cannot be read; save it without the lock")) from error
    return reader


def _producer(reader: "PdfReader") -> str:
    """Return the name of the program that wrote the file, as it says itself; empty where it says none or ours."""
    try:
        noted = reader.metadata
        producer = str((noted and noted.producer) or "")
    except Exception:  # noqa: BLE001  # reason: of no weight, and a broken file can fail anywhere in the reader
        return ""
    return "" if producer.startswith("ReportLab") else printable(producer)


def _without_case(reader: "PdfReader") -> str:
    lost = tr("carries no case: it is no file of her2board, or its attachments were removed")
    if producer := _producer(reader):
        lost += " " + tr("(last written by {program})").format(program=producer)
    return lost + tr("; open the file as it was written")


def _of_file(reader: "PdfReader", data: bytes, index: Index, take: Take) -> Iterator[Finding]:
    """Yield what was done to the file as a whole since it was written."""
    if reader.is_encrypted:
        yield _note(tr("locked against changes; it opens without a password"))
    signed = _is_signed(reader.trailer["/Root"], take)
    if added := _added(data, index, take):
        words = trn("{n:,} byte was added after it was written", "{n:,} bytes were added after it was written", added)
        words = words.format(n=added)
        signature = tr("signed later; {added}; the signature itself is not checked").format(added=words)
        yield _note(signature if signed else words)
        return
    if signed:
        yield _note(tr("signed later; the signature itself is not checked"))
    if b"ReportLab" not in data[:200]:  # in the first lines of what this program writes
        producer = _producer(reader)
        by = tr("saved anew by another program ({program})").format(program=producer)
        yield _note(by if producer else tr("saved anew by another program"))


def _note(words: str) -> Finding:
    return Finding("file", words, problem=False)


def _added(data: bytes, index: Index, take: Take) -> int:
    """Return how many bytes follow the file as it was written; 0 where it is not the start of this one."""
    at, tried = data.find(_END), 0
    while at >= 0 and tried < _ENDS_TRIED:
        end = at + len(_END)
        rest = data[end:].lstrip(b"\r\n ")
        if rest and _is_as_written(data[:end] + b"\n", index, take):
            return len(rest)
        at, tried = data.find(_END, end), tried + 1
    return 0


def _is_as_written(start: bytes, index: Index, take: Take) -> bool:
    from pypdf import PdfReader

    try:
        reader = PdfReader(BytesIO(start))
        if reader.is_encrypted:
            return False
        files = _attachments(reader.trailer["/Root"], take)
        pages = tuple(digest(_content(page, take)) for page in reader.pages)
    except TooMuchError:
        raise
    except Exception:  # noqa: BLE001  # reason: half a file can fail anywhere in the reader, with anything
        return False
    return pages == index.pages and {name: digest(files.get(name, b"")) for name in index.files} == index.files


def _is_signed(root: Any, take: Take) -> bool:
    fields = _within(root, "/AcroForm").get("/Fields")
    return fields is not None and any(_holds_signature(entry, 0, take) for entry in fields.get_object())


def _holds_signature(reference: Any, depth: int, take: Take) -> bool:
    take(_OF_A_NODE)
    entry = reference.get_object()
    if entry.get("/FT") == "/Sig":
        return entry.get("/V") is not None
    kids = entry.get("/Kids")
    if kids is None or depth == _DEEPEST_FIELD:
        return False
    return any(_holds_signature(kid, depth + 1, take) for kid in kids.get_object())


@contextmanager
def _reported_as_foreign(words: str) -> Iterator[None]:
    try:
        yield
    except (ForeignPdfError, MemoryError):
        raise
    except Exception as error:  # reason: a broken file can fail anywhere in the reader, with anything
        raise ForeignPdfError(words) from error


def _attachments(root: Any, take: Take) -> dict[str, bytes]:
    """Return the embedded files by name; unreadable ones as empty, so that they differ from what is listed."""
    return dict(_leaves(_within(_within(root, "/Names"), "/EmbeddedFiles"), take))


def _within(holder: Any, key: str) -> Any:
    """Return the dictionary at ``key``; an empty one where there is none."""
    held = holder.get(key)
    return {} if held is None else held.get_object()


def _leaves(node: Any, take: Take) -> Iterator[tuple[str, bytes]]:
    take(_OF_A_NODE)
    entries = node.get("/Names", ())
    for name, reference in zip(entries[::2], entries[1::2], strict=True):
        yield str(name), _unpacked(reference.get_object()["/EF"]["/F"].get_object(), take)
    for child in node.get("/Kids", ()):
        yield from _leaves(child.get_object(), take)


def _unpacked(stream: Any, take: Take) -> bytes:
    """Return the content of an attachment; one that many names share counts each time."""
    data = bytes(stream.get_data())
    take(len(data))
    return data


def _page_found(page: "PageObject", take: Take) -> PageFound:
    take(_OF_A_NODE)
    said = page_text(page, take)
    media, crop = page.mediabox, page.cropbox
    shown = float(crop.width), float(crop.height)
    return PageFound(
        digest=digest(_content(page, take)),
        text=said.text,
        pictures=said.pictures,
        laid_over=_laid_over(page, take),
        turned=page.rotation % 360,
        size=shown,
        cropped=shown[0] < float(media.width) - 1 or shown[1] < float(media.height) - 1,
    )


def _content(page: "PageObject", take: Take) -> bytes:
    contents = page.get("/Contents")
    if contents is None:
        return b""
    held = contents.get_object()
    streams = [part.get_object() for part in held] if isinstance(held, list) else [held]
    parts = []
    for stream in streams:
        parts.append(stream.get_data())
        take(len(parts[-1]))
    return b"\n".join(parts)


def _laid_over(page: "PageObject", take: Take) -> bool:
    annotations = page.get("/Annots")
    held = annotations.get_object() if annotations is not None else []
    take(len(held))
    return any(not _belongs(entry.get_object()) for entry in held)


def _belongs(annotation: Any) -> bool:
    """Return whether an annotation is a link, or the place of a signature."""
    kind = annotation.get("/Subtype")
    if kind == "/Widget":
        owner = annotation.get("/Parent")
        return "/Sig" in (annotation.get("/FT"), owner.get_object().get("/FT") if owner is not None else None)
    return bool(kind == "/Link")
