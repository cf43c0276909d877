"""Every name of python-docx and python-pptx that they do not offer to others: an exact version breaks here only."""

from typing import Any

_SCRIPTS = ("ascii", "hAnsi", "cs", "eastAsia")
_THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"


def name_table_style(frame: Any, style: str) -> None:
    """Give the table of a slide a style by its number; python-pptx cannot name one."""
    frame._element.graphic.graphicData.tbl.tblPr[0].text = style


def add_page_number(paragraph: Any) -> None:
    """Add a field that the editor fills with the number of the page; python-docx has no call for fields."""
    from docx.oxml import OxmlElement  # here and below: slides need no python-docx
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def set_font(style: Any, font: str) -> None:
    """Set the font of a style for every script: the template names fonts of its theme, which would win."""
    from docx.oxml.ns import qn

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in _SCRIPTS:
        fonts.set(qn(f"w:{script}"), font)


def blacken_border(style: Any) -> None:
    """Draw the line below a style in black instead of the colour of the template's theme."""
    from docx.oxml.ns import qn

    for border in style.element.iter(qn("w:bottom")):
        border.set(qn("w:color"), "000000")


def drop_thumbnail(document: Any) -> None:
    """Take the template's preview picture out of a document of either library."""
    package = document.part.package
    relations = getattr(package, "_rels", None)  # python-pptx shows its own under this name only
    relations = package.rels if relations is None else relations
    for name in [name for name, relation in relations.items() if relation.reltype == _THUMBNAIL]:
        relations.pop(name)
