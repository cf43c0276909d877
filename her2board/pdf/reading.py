"""Reads back what a PDF of this program carries, and compares its pages with it. pypdf is imported only here."""

import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ValidationError

from her2board.case.checks import CaseError, CaseProblem
from her2board.case.model import Case
from her2board.case.storage import LARGEST_FILE, parse
from her2board.pdf.enclosure import INDEX, CarriedCase, Index, bare, content_hash, digest
from her2board.wording import tr

if TYPE_CHECKING:
    from pypdf import PageObject

_LARGEST_ATTACHMENT = 20 * LARGEST_FILE
"""Bytes. An assessment is a third of the largest case file; a list of a thousand cases a fifth."""
_TO_UNICODE = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]+)>")
Part = Literal["page", "attachments", "hash"]
PARTS: tuple[Part, ...] = ("page", "attachments", "hash")


class ForeignPdfError(Exception):
    """Not a PDF that carries a case of this program; the words say what it lacks."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Something in a PDF that is not as it was written."""

    part: Part
    words: str


@dataclass(frozen=True)
class CarriedPdf:
    """What a PDF carries, as read: attachments by name, the text and digest of each page, and its annotations."""

    index: Index
    files: dict[str, bytes]
    page_texts: tuple[str, ...]
    page_digests: tuple[str, ...]
    foreign_annotations: tuple[int, ...]
    """Pages (from 1) with an annotation other than a link: something laid over what was written."""

    def case(self, carried: CarriedCase) -> Case:
        """Return a carried case. Raises CaseError naming every problem."""
        return parse(self._text(carried))

    def _text(self, carried: CarriedCase) -> str:
        data = self.files.get(carried.case)
        if data is None or len(data) > LARGEST_FILE:
            raise _unusable(tr("{name} is not among the attachments").format(name=carried.case))
        try:
            return data.decode()
        except UnicodeDecodeError as error:
            raise _unusable(tr("{name} is not text").format(name=carried.case)) from error

    def disagreements(self) -> Iterator[Disagreement]:
        """Yield everything that is not as it was written, as far as the file itself shows."""
        yield from self._of_attachments()
        yield from self._of_pages()
        for carried in self.index.cases:
            yield from self._of_hash(carried)

    def _of_attachments(self) -> Iterator[Disagreement]:
        for name, expected in self.index.files.items():
            if name not in self.files:
                yield Disagreement("attachments", tr("{name} is missing").format(name=name))
            elif digest(self.files[name]) != expected:
                yield Disagreement("attachments", tr("{name} was changed").format(name=name))
        for name in sorted(self.files.keys() - self.index.files.keys() - {INDEX}):
            yield Disagreement("attachments", tr("{name} was added").format(name=name))
        for carried in self.index.cases:
            for name in (carried.case, carried.assessment):
                if name not in self.index.files:
                    yield Disagreement("attachments", tr("{name} is not listed").format(name=name))

    def _of_pages(self) -> Iterator[Disagreement]:
        written, found = len(self.index.pages), len(self.page_digests)
        if written != found:
            yield Disagreement("page", tr("{written} pages were written, {found} are here").format(**locals()))
        for number, (expected, here) in enumerate(zip(self.index.pages, self.page_digests, strict=False), 1):
            if expected != here:
                yield Disagreement("page", tr("page {n} was changed").format(n=number))
        for number in self.foreign_annotations:
            yield Disagreement("page", tr("page {n} has something laid over it").format(n=number))

    def _of_hash(self, carried: CarriedCase) -> Iterator[Disagreement]:
        text = self.text_of(carried)
        before, printed, after = text.rpartition(carried.content)
        if not printed:
            words = tr("page {n} does not print {hash}").format(n=carried.page, hash=carried.content)
            yield Disagreement("hash", words)
            return
        try:
            made = content_hash(self._text(carried), carried.basis, before + after)
        except CaseError as error:
            yield Disagreement("hash", str(error))
            return
        if made != carried.content:
            words = tr("page {n} prints {hash}; what is here gives {made}")
            yield Disagreement("hash", words.format(n=carried.page, hash=carried.content, made=made))

    def text_of(self, carried: CarriedCase) -> str:
        """Return the text of a case's page as the hash takes it; empty where there is no such page."""
        texts = self.page_texts
        return texts[carried.page - 1] if 0 < carried.page <= len(texts) else ""


def _unusable(words: str) -> CaseError:
    return CaseError((CaseProblem("", words),))


def read_pdf(data: bytes) -> CarriedPdf:
    """Return what a PDF carries. Raises ForeignPdfError when it is no PDF, or none that carries a case."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is reported in words of our own
    with _reported_as_foreign(tr("is not a PDF that can be read")):
        try:
            reader = PdfReader(BytesIO(data))
            locked = reader.is_encrypted
        except DependencyError:  # a cipher whose library is not installed
            locked = True
        if locked:
            raise ForeignPdfError(tr("is locked with a password; remove it and try again"))
        files = _attachments(reader.trailer["/Root"])
    if INDEX not in files:
        raise ForeignPdfError(tr("carries no case: no her2board wrote it, or its attachments were removed"))
    try:
        index = Index.model_validate_json(files[INDEX])
    except ValidationError as error:
        message = tr("carries a list of cases that cannot be used; a newer her2board may have written it")
        raise ForeignPdfError(message) from error
    with _reported_as_foreign(tr("has pages that cannot be read")):
        pages = list(reader.pages)
        return CarriedPdf(
            index=index,
            files=files,
            page_texts=tuple(bare(_text(page)) for page in pages),
            page_digests=tuple(digest(_content(page)) for page in pages),
            foreign_annotations=tuple(number for number, page in enumerate(pages, 1) if _laid_over(page)),
        )


@contextmanager
def _reported_as_foreign(words: str) -> Iterator[None]:
    try:
        yield
    except (ForeignPdfError, MemoryError):
        raise
    except Exception as error:  # reason: a broken file can fail anywhere in the reader, with anything
        raise ForeignPdfError(words) from error


def _attachments(root: Any) -> dict[str, bytes]:
    """Return the embedded files by name; unreadable ones as empty, so that they differ from what is listed."""
    return dict(_leaves(_within(_within(root, "/Names"), "/EmbeddedFiles")))


def _within(holder: Any, key: str) -> Any:
    """Return the dictionary at ``key``; an empty one where there is none."""
    held = holder.get(key)
    return {} if held is None else held.get_object()


def _leaves(node: Any) -> Iterator[tuple[str, bytes]]:
    entries = node.get("/Names", ())
    for name, reference in zip(entries[::2], entries[1::2], strict=True):
        yield str(name), _unpacked(reference.get_object()["/EF"]["/F"].get_object())
    for child in node.get("/Kids", ()):
        yield from _leaves(child.get_object())


def _unpacked(stream: Any) -> bytes:
    """Return the content of an attachment, no more of it than is reasonable."""
    from pypdf.generic import StreamObject

    if stream.get("/Filter") != "/FlateDecode":
        return bytes(stream.get_data())
    try:
        return zlib.decompressobj().decompress(StreamObject.get_data(stream), _LARGEST_ATTACHMENT)
    except zlib.error:
        return b""


def _content(page: "PageObject") -> bytes:
    contents = page.get("/Contents")
    if contents is None:
        return b""
    held = contents.get_object()
    streams = [part.get_object() for part in held] if isinstance(held, list) else [held]
    return b"\n".join(stream.get_data() for stream in streams)


def _laid_over(page: "PageObject") -> bool:
    annotations = page.get("/Annots")
    held = annotations.get_object() if annotations is not None else []
    return any(entry.get_object().get("/Subtype") != "/Link" for entry in held)


def _text(page: "PageObject") -> str:
    """Return every character drawn, in the order drawn; where a replacement text is given, that instead."""
    from pypdf.generic import ContentStream

    contents = page.get_contents()
    if contents is None:
        return ""
    held = _within(_within(page, "/Resources"), "/Font")
    fonts = {name: _characters(font.get_object()) for name, font in held.items()}
    font: dict[int, str] = {}
    written: list[str] = []
    replaced: list[bool] = []
    for operands, operator in ContentStream(contents, page.pdf).operations:
        if operator == b"BDC":
            actual = operands[1].get("/ActualText") if isinstance(operands[1], dict) else None
            if actual is not None and not any(replaced):
                written.append(str(actual))
            replaced.append(actual is not None)
        elif operator == b"BMC":
            replaced.append(False)
        elif operator == b"EMC":
            replaced.pop()
        elif operator == b"Tf":
            font = fonts.get(operands[0], {})
        elif operator in (b"Tj", b"TJ", b"'", b'"') and not any(replaced):
            written += _drawn(operands[-1], font)
    return "".join(written)


def _drawn(operand: Any, font: dict[int, str]) -> Iterator[str]:
    parts = operand if isinstance(operand, list) else [operand]
    for part in parts:
        raw = getattr(part, "original_bytes", None)
        if raw is not None:
            yield "".join(font.get(code, "\N{REPLACEMENT CHARACTER}") for code in raw)


def _characters(font: Any) -> dict[int, str]:
    """Return which character each code of a font draws, as its own table for reader programs says."""
    table = font.get("/ToUnicode")
    if table is None:
        return {}
    found = _TO_UNICODE.findall(table.get_object().get_data())
    return {int(code, 16): chr(int(character, 16)) for code, character in found}
