"""Puts cases and assessments into a PDF as attachments, and their hash on the page."""

from msgspec import Struct, field
from msgspec.structs import replace

from her2board.briefing.model import Briefing
from her2board.briefing.zones.footer import FooterZone
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.attached import INDEX, digest
from her2board.pdf.backend import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObjectReference,
    PDFStream,
    PDFString,
    content_of,
    last_page,
    set_entries,
)
from her2board.pdf.blocks import Sheet
from her2board.pdf.enclosure import (
    PLACEHOLDER,
    CarriedCase,
    Enclosure,
    Index,
    Packed,
    content_hash,
    file_names,
    packed,
)
from her2board.pdf.page import lay_out
from her2board.pdf.styles import Geometry
from her2board.pdf.text import face
from her2board.wording import tr

_JSON = "/application#2Fjson"
"""The media type as a PDF name; reportlab leaves its slash as it is, which would end the name."""


def sealed_page(
    briefing: Briefing, library: EvidenceLibrary, geometry: Geometry, enclosure: Enclosure
) -> tuple[Sheet, Briefing]:
    """Return the page as ``lay_out`` does, with the content hash in its footer and the case to travel with it."""
    sheet, shown = lay_out(with_room(briefing), library, geometry)
    seal(sheet, enclosure)
    return sheet, shown


def with_room(briefing: Briefing) -> Briefing:
    """Return a briefing whose footer keeps room for the content hash."""
    return briefing.replacing(replace(briefing.get(FooterZone), content=PLACEHOLDER))


def seal(sheet: Sheet, enclosure: Enclosure) -> None:
    """Print the content hash where the layout kept room for it; nothing may be drawn on the page afterwards."""
    text = "".join(mark.text for mark in sheet.texts)
    before, _, after = text.rpartition(PLACEHOLDER)
    sheet.content = content_hash(enclosure.case_text, enclosure.basis, before + after)
    sheet.enclosure = enclosure
    place = max(index for index, mark in enumerate(sheet.texts) if PLACEHOLDER in mark.text)
    mark = sheet.texts[place]
    text = mark.text.replace(PLACEHOLDER, sheet.content)
    sheet.texts[place] = replace(mark, text=text, width=face(mark.font).width(text, mark.size))


class Attachments(Struct):
    """Gathers what the sheets of one PDF carry; ``add`` after each page, ``finish`` before the file is written."""

    document: PDFDocument
    _pages: list[str] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _cases: list[CarriedCase] = field(default_factory=list)
    _files: dict[str, str] = field(default_factory=dict)
    _held: dict[str, PDFObjectReference] = field(default_factory=dict)
    _stems: set[str] = field(default_factory=set)

    def add(self, sheet: Sheet) -> None:
        """Attach what the page just drawn from ``sheet`` carries."""
        self._pages.append(digest(content_of(last_page(self.document))))
        self._texts.append("\n".join(mark.text for mark in sheet.texts))
        enclosure = sheet.enclosure
        if enclosure is None or enclosure.assessment is None:
            return
        case, assessment = file_names(enclosure.code, self._stems)
        self._attach(case, packed(enclosure.case_text.encode()), "Source", tr("The case as a file"))
        self._attach(assessment, enclosure.assessment, "Data", tr("The assessment as JSON"))
        self._cases.append(
            CarriedCase(
                code=enclosure.code,
                case=case,
                assessment=assessment,
                page=len(self._pages),
                content=sheet.content,
                basis=enclosure.basis,
                place=sheet.place,
            )
        )

    def finish(self) -> None:
        """Attach the list of what is carried and enter all of it in the catalogue; nothing without a case."""
        if not self._cases:
            return
        index = Index(files=self._files, pages=tuple(self._pages), cases=tuple(self._cases), texts=tuple(self._texts))
        self._attach(INDEX, packed(index.model_dump_json().encode()), "Supplement", tr("What this file carries"))
        listed = [part for name in sorted(self._held) for part in (PDFString(name), self._held[name])]
        names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray(listed)})})
        set_entries(self.document.Catalog, Names=names, AF=PDFArray(self._held.values()))

    def _attach(self, name: str, text: Packed, relationship: str, description: str) -> None:
        self._files[name] = text.digest
        stream = PDFStream(
            PDFDictionary(
                {
                    "Type": PDFName("EmbeddedFile"),
                    "Subtype": _JSON,
                    "Params": PDFDictionary({"Size": text.size}),
                    "Filter": PDFName("FlateDecode"),
                }
            ),
            text.data,
        )
        held = self.document.Reference(stream)
        specification = PDFDictionary(
            {
                "Type": PDFName("Filespec"),
                "F": PDFString(name),
                "UF": PDFString(name),
                "Desc": PDFString(description),
                "AFRelationship": PDFName(relationship),
                "EF": PDFDictionary({"F": held, "UF": held}),
            }
        )
        self._held[name] = self.document.Reference(specification)
