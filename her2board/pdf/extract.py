"""Takes out of a PDF what this program put into it and what its pages draw, as plain data. pypdf is imported only here.

A foreign file may be made to break what reads it: all of it runs in a process of its own, which imports little.
"""

import json
import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from her2board import workarounds
from her2board.pdf.attached import INDEX, MOST_CASES, MOST_PAGES, digest
from her2board.pdf.page_text import Take, page_text

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_CASE_SUFFIX = ".her2case"
LARGEST_PDF = 60_000_000
"""Bytes; a packet of two hundred cases with their annexes is a third of it."""
LARGEST_INDEX = 10_000_000
"""Bytes; a case takes 8,000 of it."""
LARGEST_CASE = 2_000_000
"""Bytes, as of a case file that is opened."""
_LARGEST_ATTACHMENT, _ALL_ATTACHMENTS, _ALL_CASES = LARGEST_INDEX, 200_000_000, 20_000_000
"""Bytes of one, of all together, and of all case files. A case brings 200,000, nearly all of them its assessment."""
_MOST_NODES, _MOST_TEXT = 5_000, 200_000
"""Entries and branches of the tree of attachments; characters of one page, which has 7,000."""
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
_LONGEST_NAME = 200
"""Characters kept of the name that a program gives itself."""

Why = Literal["foreign", "password", "lock", "lacks", "pages", "too-much", "too-long", "ended"]
"""Why nothing was taken out of a file; the last two where the process that tried did not come to an end of its own."""


class NothingTakenError(Exception):
    """Nothing was taken out of a file; ``producer`` names the program that wrote it, as that says itself."""

    def __init__(self, why: Why, producer: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.producer = producer


@dataclass(frozen=True, slots=True)
class PageFound:
    """A page as it is in the file."""

    digest: str
    """SHA-256 of the operators that draw it."""
    text: str
    pictures: int
    laid_over: bool
    """Has an annotation that is neither link nor signature: something laid over what was written."""
    turned: int
    """Degrees."""
    size: tuple[float, float]
    """Width and height of what is shown, in points."""
    cropped: bool


@dataclass(frozen=True, slots=True)
class Extract:
    """What was taken out of a PDF."""

    index: str
    """The list of cases, as it is in the file."""
    files: dict[str, str]
    """SHA-256 of each attachment by name; nothing where two have one name."""
    cases: dict[str, str | None]
    """The text of each attachment that the list names as a case file, by name; None where it is no text."""
    pages: tuple[PageFound, ...]
    locked: bool
    """Locked against changes; it opens without a password."""
    signed: bool
    added: int
    """Bytes added after the file was written; 0 too where its beginning is not the file that was written."""
    producer: str
    """The program that saved the file anew, as that says itself; empty where it says none or ours."""
    as_we_write: bool
    """The file begins as this program begins one."""


@dataclass
class _Allowance:
    """Bytes that may still be unpacked or gone through."""

    left: int

    def take(self, count: int) -> None:
        """Count; raises NothingTakenError when nothing is left."""
        self.left -= count
        if self.left < 0:
            raise NothingTakenError("too-much")


def extract(data: bytes) -> Extract:
    """Return what a PDF carries and draws. Raises NothingTakenError."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is reported in words of our own
    allowance = _Allowance(_UNPACKED + _PER_BYTE * len(data))
    bounded = pypdf.apply_configuration(
        zlib_maximum_output_length=_LARGEST_ATTACHMENT,
        array_based_stream_maximum_output_length=_LARGEST_ATTACHMENT,
        stream_parsing_work_maximum_count=_MOST_OPERANDS,
    )
    with bounded, workarounds.counted_streams(allowance.take):
        return _extract(data, allowance.take)


def _extract(data: bytes, take: Take) -> Extract:
    with _failing_as("foreign"):
        reader = _opened(data)
        files = _attachments(reader.trailer["/Root"], take)
    index = files.kept.get(INDEX)
    if index is None:
        raise NothingTakenError("too-much" if INDEX in files.digests else "lacks", _producer(reader))
    named = _named_in(index)
    with _failing_as("pages"):
        _count_pages(reader)
        return Extract(
            index=plain(index.decode("utf-8", "replace")),
            files={plain(name): found for name, found in files.digests.items()},
            cases=dict(_case_texts(files.kept, named.cases)),
            pages=tuple(_page_found(page, take) for page in reader.pages),
            locked=reader.is_encrypted,
            signed=_is_signed(reader.trailer["/Root"], take),
            added=_added(data, named, take),
            producer=_producer(reader),
            as_we_write=b"ReportLab" in data[:200],  # in the first lines of what this program writes
        )


def plain(text: str) -> str:
    """Return a text with a sign in place of invalid Unicode, which no file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _opened(data: bytes) -> "PdfReader":
    """Open a PDF, also one that is locked against changes but opens without a password."""
    import pypdf
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        reader = pypdf.PdfReader(BytesIO(data))  # it tries the empty password
        reader.trailer["/Root"].get_object()
    except FileNotDecryptedError as error:
        raise NothingTakenError("password") from error
    except DependencyError as error:
        raise NothingTakenError("lock") from error
    return reader


def _producer(reader: "PdfReader") -> str:
    try:
        noted = reader.metadata
        producer = str((noted and noted.producer) or "")
    except Exception:  # noqa: BLE001  # reason: of no weight, and a broken file can fail anywhere in the reader
        return ""
    return "" if producer.startswith("ReportLab") else plain(producer[:_LONGEST_NAME])


@contextmanager
def _failing_as(why: Why) -> Iterator[None]:
    from pypdf.errors import LimitReachedError

    try:
        yield
    except (NothingTakenError, MemoryError):
        raise
    except LimitReachedError as error:
        raise NothingTakenError("too-much") from error
    except Exception as error:  # reason: a broken file can fail anywhere in the reader, with anything
        raise NothingTakenError(why) from error


@dataclass
class _Attached:
    """Attachments: SHA-256 of each by name, and the content of those that may be a list or a case."""

    digests: dict[str, str] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)
    size: int = 0

    def add(self, name: str, content: bytes) -> None:
        """Note one; of two with one name neither is taken for what was written."""
        self.size += len(content)
        if self.size > _ALL_ATTACHMENTS:
            raise NothingTakenError("too-much")
        twice = name in self.digests
        self.digests[name] = "" if twice else digest(content)
        if not twice and len(content) <= _largest_kept(name):
            self.kept[name] = content


def _largest_kept(name: str) -> int:
    return LARGEST_INDEX if name == INDEX else LARGEST_CASE if name.endswith(_CASE_SUFFIX) else -1


@dataclass(frozen=True)
class _Named:
    """What a list of cases says, as far as it is one: whether it can be used is judged elsewhere."""

    cases: tuple[str, ...] = ()
    pages: tuple[Any, ...] = ()
    files: Any = None


def _named_in(index: bytes) -> _Named:
    try:
        listed = json.loads(index)
        cases = tuple(dict.fromkeys(str(carried["case"]) for carried in listed["cases"]))
        return _Named(cases[:MOST_CASES], tuple(listed["pages"]), listed["files"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return _Named()


def _case_texts(kept: dict[str, bytes], names: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
    total = 0
    for name in names:
        if name not in kept:
            continue
        total += len(kept[name])
        if total > _ALL_CASES:
            raise NothingTakenError("too-much")
        try:
            yield plain(name), kept[name].decode()
        except UnicodeDecodeError:
            yield plain(name), None


def _added(data: bytes, named: _Named, take: Take) -> int:
    at, tried = data.find(_END), 0
    while at >= 0 and tried < _ENDS_TRIED:
        end = at + len(_END)
        rest = data[end:].lstrip(b"\r\n ")
        if rest and _is_as_written(data[:end] + b"\n", named, take):
            return len(rest)
        at, tried = data.find(_END, end), tried + 1
    return 0


def _is_as_written(start: bytes, named: _Named, take: Take) -> bool:
    from pypdf import PdfReader

    try:
        reader = PdfReader(BytesIO(start))
        if reader.is_encrypted:
            return False
        found = _attachments(reader.trailer["/Root"], take).digests
        pages = tuple(digest(_content(page, take)) for page in reader.pages)
        return pages == named.pages and {name: found.get(name) for name in named.files} == named.files
    except NothingTakenError:
        raise
    except Exception:  # noqa: BLE001  # reason: half a file can fail anywhere in the reader, with anything
        return False


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


def _attachments(root: Any, take: Take) -> _Attached:
    """Return the embedded files, of a tree whose branches may lead back to where they began."""
    found, nodes = _Attached(), 0
    waiting = [_within(_within(root, "/Names"), "/EmbeddedFiles")]
    while waiting:
        node = waiting.pop()
        entries = node.get("/Names", ())
        waiting += [child.get_object() for child in reversed(node.get("/Kids", ()))]
        nodes += 1 + len(entries) // 2
        if nodes + len(waiting) > _MOST_NODES:
            raise NothingTakenError("too-much")
        for name, reference in zip(entries[::2], entries[1::2], strict=True):
            found.add(str(name), _unpacked(reference.get_object()["/EF"]["/F"].get_object(), take))
    return found


def _within(holder: Any, key: str) -> Any:
    """Return the dictionary at ``key``; an empty one where there is none."""
    held = holder.get(key)
    return {} if held is None else held.get_object()


def _unpacked(stream: Any, take: Take) -> bytes:
    """Return the content of an attachment; one that many names share counts each time."""
    data = bytes(stream.get_data())
    take(len(data))
    return data


def _count_pages(reader: "PdfReader") -> None:
    """Go through no more branches of the tree of pages than a file of ours has pages."""
    waiting, count = [_within(reader.trailer["/Root"], "/Pages")], 0
    while waiting:
        kids = waiting.pop().get("/Kids", ())
        count += len(kids)
        if count > MOST_PAGES:
            raise NothingTakenError("too-much")
        waiting += [kid.get_object() for kid in kids]
    if len(reader.pages) > MOST_PAGES:
        raise NothingTakenError("too-much")


def _page_found(page: "PageObject", take: Take) -> PageFound:
    take(_OF_A_NODE)
    said = page_text(page, take)
    if len(said.text) > _MOST_TEXT:
        raise NothingTakenError("too-much")
    media, crop = page.mediabox, page.cropbox
    shown = float(crop.width), float(crop.height)
    if not all(map(math.isfinite, shown)):
        raise ValueError("a page without a size")
    return PageFound(
        digest=digest(_content(page, take)),
        text=plain(said.text),
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
