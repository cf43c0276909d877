"""Puts cases and assessments into a PDF as attachments, and their hash on the page."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFStream,
    PDFStreamFilterZCompress,
    PDFString,
)

from her2board.briefing.model import Briefing
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.blocks import Sheet
from her2board.pdf.enclosure import (
    INDEX,
    PLACEHOLDER,
    CarriedCase,
    Enclosure,
    Index,
    content_hash,
    digest,
    file_names,
)
from her2board.pdf.fonts import face
from her2board.pdf.page import lay_out
from her2board.pdf.styles import Geometry
from her2board.wording import tr

_JSON = "application#2Fjson"
"""The media type as a PDF name."""


def sealed_page(
    briefing: Briefing, library: EvidenceLibrary, geometry: Geometry, enclosure: Enclosure
) -> tuple[Sheet, Briefing]:
    """Return the page as ``lay_out`` does, with the content hash in its footer and the case to travel with it."""
    kept = replace(briefing, footer=replace(briefing.footer, content=PLACEHOLDER))
    sheet, shown = lay_out(kept, library, geometry)
    _seal(sheet, enclosure)
    return sheet, shown


def _seal(sheet: Sheet, enclosure: Enclosure) -> None:
    """Print the content hash where the layout kept room for it."""
    text = "".join(mark.text for mark in sheet.texts)
    before, _, after = text.rpartition(PLACEHOLDER)
    sheet.content = content_hash(enclosure.case_text, enclosure.basis, before + after)
    sheet.enclosure = enclosure
    place = max(index for index, mark in enumerate(sheet.texts) if PLACEHOLDER in mark.text)
    mark = sheet.texts[place]
    text = mark.text.replace(PLACEHOLDER, sheet.content)
    sheet.texts[place] = replace(mark, text=text, width=face(mark.font).width(text, mark.size))


@dataclass
class Attachments:
    """Gathers what the sheets of one PDF carry; ``add`` after each page, ``finish`` before the file is written."""

    document: PDFDocument
    _pages: list[str] = field(default_factory=list)
    _cases: list[tuple[int, str, Enclosure]] = field(default_factory=list)

    def add(self, sheet: Sheet) -> None:
        """Note the page just drawn from ``sheet``."""
        self._pages.append(digest(self.document.Pages.pages[-1].stream.encode()))
        if sheet.enclosure is not None:
            self._cases.append((len(self._pages), sheet.content, sheet.enclosure))

    def finish(self) -> None:
        """Attach every case, its assessment and the list of them; nothing where no sheet carries a case."""
        if not self._cases:
            return
        files: list[tuple[str, str, bytes, str]] = []
        carried = []
        names = file_names(enclosure.code for _, _, enclosure in self._cases)
        for (page, content, enclosure), (case, assessment) in zip(self._cases, names, strict=True):
            files.append((case, "Source", enclosure.case_text.encode(), tr("The case as a file")))
            files.append((assessment, "Data", enclosure.assessment_text.encode(), tr("The assessment as JSON")))
            carried.append(
                CarriedCase(
                    code=enclosure.code,
                    case=case,
                    assessment=assessment,
                    page=page,
                    content=content,
                    basis=enclosure.basis,
                )
            )
        index = Index(
            files={name: digest(data) for name, _, data, _ in files}, pages=tuple(self._pages), cases=tuple(carried)
        )
        files.append((INDEX, "Supplement", index.model_dump_json().encode(), tr("What this file carries")))
        self._embed(files)

    def _embed(self, files: Sequence[tuple[str, str, bytes, str]]) -> None:
        document, catalog = self.document, self.document.Catalog
        specs = {name: document.Reference(_specification(document, *rest, name=name)) for name, *rest in files}
        listed = [part for name in sorted(specs) for part in (PDFString(name), specs[name])]
        tree = PDFDictionary({"Names": PDFArray(listed)})
        catalog.Names = PDFDictionary({"EmbeddedFiles": tree})
        catalog.AF = PDFArray(specs.values())
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]


def _specification(
    document: PDFDocument, relationship: str, data: bytes, description: str, name: str
) -> PDFDictionary:
    stream = PDFStream(
        PDFDictionary(
            {
                "Type": PDFName("EmbeddedFile"),
                "Subtype": PDFName(_JSON),
                "Params": PDFDictionary({"Size": len(data)}),
            }
        ),
        data,
        filters=[PDFStreamFilterZCompress()],
    )
    held = document.Reference(stream)
    return PDFDictionary(
        {
            "Type": PDFName("Filespec"),
            "F": PDFString(name),
            "UF": PDFString(name),
            "Desc": PDFString(description),
            "AFRelationship": PDFName(relationship),
            "EF": PDFDictionary({"F": held, "UF": held}),
        }
    )
