"""What a PDF carries of its cases, and the hash its pages print; how a PDF is written or read is elsewhere."""

import hashlib
import json
import unicodedata
import zlib
from datetime import date
from typing import Annotated, Any, Literal, Self

from msgspec import Struct
from msgspec.json import encode as to_bytes
from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from her2board import builds
from her2board.assessment.export import to_json
from her2board.assessment.model import Assessment
from her2board.case.model import Case
from her2board.case.storage import SUFFIX, dump
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.attached import MOST_CASES, MOST_PAGES, digest

PLACEHOLDER = "b" * 12
"""Takes the place of the content hash while a page is laid out: no twelve hexadecimal digits are wider."""


_MOST_DAYS = 100 * 366
_Version = Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z.+-]{0,39}$")]
_Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_FieldPath = Annotated[str, Field(pattern=r"^[a-z0-9_.]{1,80}$")]
_Line = Annotated[str, Field(max_length=400)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Basis(_Frozen):
    """Program, evidence and day of a page; ``limits``: the clinic's own limits of age, in days by field.

    ``local``: SHA-256 of the clinic's local file that was beside the evidence; empty, and not written, without one.
    """

    program: _Version
    evidence_release: _Version
    evidence_hash: _Sha256
    limits: Annotated[dict[_FieldPath, Annotated[int, Field(ge=0, le=_MOST_DAYS)]], Field(max_length=200)]
    as_of: Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]
    dated: bool
    local: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""

    @model_serializer(mode="wrap")
    def _without_nothing(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave out what most pages have not: theirs is as it was before there were local files."""
        said: dict[str, Any] = handler(self)
        return said if said.get("local") else {name: value for name, value in said.items() if name != "local"}


class CarriedCase(_Frozen):
    """One case of a PDF: the attachments that hold it, its page (from 1), and the hash printed there."""

    code: _Line
    case: _Line
    assessment: _Line
    page: Annotated[int, Field(ge=1)]
    content: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
    basis: Basis
    place: _Line = ""
    """The words by which a packet numbers the page; they are last on it."""


class Index(_Frozen):
    """What a PDF carries: SHA-256 of each attachment by name and of the content of each page, and its cases.

    Version 2 has the text of each page too, a line per text drawn: other programs draw the page anew, and it is what
    their page is compared with.
    """

    format: Literal["her2board-pdf"] = "her2board-pdf"
    version: Literal[1, 2] = 2
    files: Annotated[dict[_Line, _Sha256], Field(max_length=3 * MOST_CASES)]
    pages: Annotated[tuple[_Sha256, ...], Field(max_length=MOST_PAGES)]
    cases: Annotated[tuple[CarriedCase, ...], Field(min_length=1, max_length=MOST_CASES)]
    texts: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _each_its_own(self) -> Self:
        if len({carried.case for carried in self.cases}) < len(self.cases):
            raise ValueError("two cases have one file")
        if any(carried.page > len(self.pages) for carried in self.cases):
            raise ValueError("a case has no page")
        if len(self.texts) not in (0, len(self.pages)):
            raise ValueError("texts of other pages")
        return self


class Packed(Struct, frozen=True):
    """A file as it is attached: packed at once, for a packet holds hundreds."""

    size: int
    """Bytes before they were packed."""
    digest: str
    data: bytes


class Enclosure(Struct, frozen=True):
    """A case as it travels in the PDF of its page, with what the page was made from."""

    code: str
    case_text: str
    """Text of the case file."""
    assessment: Packed | None
    """None for a page that is only looked at: it shows the hash and carries nothing."""
    basis: Basis
    """What the page holds for."""


def enclose(
    case: Case, assessment: Assessment, library: EvidenceLibrary, dated: bool = True, *, carried: bool = True
) -> Enclosure:
    """Return what the page of ``case`` carries. Who gives a case with name and record number has them carried.

    ``dated``: the day of the assessment is a meeting date, not the day of printing. Without ``carried`` the page shows
    the same hash but is only looked at.
    """
    basis = Basis(
        program=builds.version(),
        evidence_release=assessment.release,
        evidence_hash=library.content_hash,
        limits=dict(sorted(library.limits.items())),
        as_of=assessment.as_of,
        dated=dated,
        local=library.overlay.digest if library.overlay else "",
    )
    attached = packed(assessment_json(assessment, library)) if carried else None
    return Enclosure(case.code, dump(case), attached, basis)


def assessment_json(assessment: Assessment, library: EvidenceLibrary) -> bytes:
    """Return an assessment as JSON in UTF-8, as 'assess --json' writes it but without spaces."""
    return to_bytes(to_json(assessment, library))  # near a megabyte: the standard library takes ten times as long


def packed(data: bytes) -> Packed:
    """Return what is attached, packed."""
    return Packed(len(data), digest(data), zlib.compress(data))


def content_hash(case_text: str, basis: Basis, page_text: str) -> str:
    """Return the first 12 hexadecimal digits of SHA-256 over case file, basis and text of the page.

    The text of the page is every character drawn on it, in the order drawn, without white space and without these
    digits. The hash finds a change; it proves nothing about who made it.
    """
    parts = (case_text, json.dumps(basis.model_dump(mode="json"), sort_keys=True), bare(page_text))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def bare(text: str) -> str:
    """Return a text as the hash takes it: composed characters, no white space."""
    return "".join(unicodedata.normalize("NFC", text).split())


def file_names(code: str, taken: set[str]) -> tuple[str, str]:
    """Return the names of case file and assessment: safe in every file system, unlike those ``taken``; notes them."""
    plain = "".join(c if c.isalnum() or c in "-_" else "-" for c in code).strip("-") or "case"
    stem, count = plain, 1
    while stem.casefold() in taken:
        count += 1
        stem = f"{plain}-{count}"
    taken.add(stem.casefold())
    return f"{stem}{SUFFIX}", f"{stem}.assessment.json"
