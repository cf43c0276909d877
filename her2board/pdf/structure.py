"""The structure of the sheets as tags: what a reader program reads aloud, in which order, as what.

Written beside reportlab, which has no tags: marked content on the pages, and the tree of elements that it belongs to.
"""

import codecs
from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from her2board.pdf.backend import LateObject, PDFDictionary, PDFDocument, PDFName, last_page, page_number, set_entries
from her2board.pdf.blocks import Link, Part, Shape, Sheet, TextMark
from her2board.pdf.styles import Geometry


class Leaf(Struct):
    """A part with marks of its own, and the object number of its element; None for an artifact."""

    part: Part
    element: LateObject | None


def utf16(text: str) -> str:
    """Return a text as PDF writes it in any script: hexadecimal digits."""
    return f"<{(codecs.BOM_UTF16_BE + text.encode('utf-16-be')).hex().upper()}>"


def shape_runs(sheet: Sheet, leaves: Sequence[Leaf]) -> Iterator[tuple[Leaf | None, Sequence[Shape]]]:
    """Yield the shapes in the order they are drawn, those of one figure together; None: artifacts."""
    at = 0
    for leaf in leaves:
        first, after = leaf.part.first_shape, leaf.part.after_shape
        if leaf.part.kind != "Figure" or first == after:
            continue
        if at < first:
            yield None, sheet.shapes[at:first]
        yield leaf, sheet.shapes[first:after]
        at = after
    if at < len(sheet.shapes):
        yield None, sheet.shapes[at:]


def text_runs(sheet: Sheet, leaves: Sequence[Leaf]) -> Iterator[tuple[Leaf, Sequence[TextMark]]]:
    """Yield the texts of each leaf, in the order they are to be read."""
    for leaf in leaves:
        if marks := sheet.texts[leaf.part.first_text : leaf.part.after_text]:
            yield leaf, marks


class _Page(Struct):
    """The elements of one page, by the number of their marked content."""

    section: LateObject
    owners: list[LateObject] = field(default_factory=list)
    contents: dict[int, list[int]] = field(default_factory=dict)
    """Numbers of marked content by the object number of their element."""
    elements: list[tuple[LateObject, Part, LateObject, list[LateObject]]] = field(default_factory=list)
    """Element, its part, its parent and its children."""
    top: list[LateObject] = field(default_factory=list)
    links: dict[int, LateObject] = field(default_factory=dict)
    """Elements of links, by the identity of the link."""
    annotations: dict[int, int] = field(default_factory=dict)
    """Object numbers of what can be clicked, by the object number of its element."""


class Structure:
    """Gathers the tags of one PDF: for each page open, begin each run of marks, close; then finish."""

    def __init__(self, document: PDFDocument) -> None:
        self._document = document
        self._root, self._tree = LateObject(document), LateObject(document)
        self._sections: list[LateObject] = []
        self._owners: list[str] = []
        """What each number of the parent tree leads to: the elements of a page, or of what can be clicked."""
        self._page = _Page(self._root)
        self._height = 0.0
        self._texts: list[TextMark] = []
        self._boxes: dict[int, tuple[float, float, float, float]] = {}

    def open_page(self, sheet: Sheet, geometry: Geometry) -> list[Leaf]:
        """Take in the parts of a sheet; return its leaves in reading order."""
        self._page = _Page(LateObject(self._document))
        self._height, self._texts = geometry.height, sheet.texts
        leaves: list[Leaf] = []
        for part in _whole(sheet):
            self._take(part, self._page.section, self._page.top, leaves)
        self._boxes = {id(leaf.part): _box(sheet, leaf.part) for leaf in leaves if leaf.part.kind == "Figure"}
        return leaves

    def _take(self, part: Part, parent: LateObject, siblings: list[LateObject], leaves: list[Leaf]) -> None:
        shapes = part.after_shape > part.first_shape
        texts = self._texts[part.first_text : part.after_text]
        if not shapes and part.kind not in ("TH", "TD") and not any(mark.text.strip() for mark in texts):
            return
        if part.kind == "Artifact":
            leaves.append(Leaf(part, None))
            return
        element = LateObject(self._document)
        children: list[LateObject] = []
        siblings.append(element)
        self._page.elements.append((element, part, parent, children))
        if part.link is not None:
            self._page.links[id(part.link)] = element
        for child in _between(part) if part.leaf else part.parts:
            if child.kind == part.kind:
                leaves.append(Leaf(child, element))
            else:
                self._take(child, element, children, leaves)

    def begin(self, leaf: Leaf | None) -> str:
        """Return what opens the next run of marks; it is closed with EMC."""
        if leaf is None or leaf.element is None:
            return "/Artifact BMC"
        page = self._page
        number = len(page.owners)
        page.owners.append(leaf.element)
        page.contents.setdefault(leaf.element.number, []).append(number)
        return f"/{leaf.part.kind} <</MCID {number}>> BDC"

    def close_page(self) -> None:
        """Tie the page just shown to its elements."""
        document, page = self._document, self._page
        shown = last_page(document)
        set_entries(shown, StructParents=len(self._owners), Tabs=PDFName("S"))
        place = page_number(document, shown)
        for element, part, parent, children in page.elements:
            kids = " ".join(self._kids(element, children))
            element.content = (
                f"<</Type/StructElem/S/{part.kind}/P {parent.number} 0 R/Pg {place} 0 R/K[{kids}]{self._more(part)}>>"
            )
        kids = " ".join(_references(page.top))
        page.section.content = f"<</Type/StructElem/S/Sect/P {self._tree.number} 0 R/K[{kids}]>>"
        self._sections.append(page.section)
        self._owners.append(f"[{' '.join(_references(page.owners))}]")

    def _kids(self, element: LateObject, children: list[LateObject]) -> Iterator[str]:
        """Yield what an element holds, in reading order: marked content, elements, what can be clicked."""
        contents = self._page.contents
        kids = [(number, str(number)) for number in contents.get(element.number, ())]
        if kids:  # links are between its own contents; an element without any keeps the order of its parts
            kids += [(contents[child.number][0], f"{child.number} 0 R") for child in children]
            yield from (kid for _, kid in sorted(kids))
        else:
            yield from _references(children)
        if annotation := self._page.annotations.get(element.number):
            yield f"<</Type/OBJR/Obj {annotation} 0 R>>"

    @property
    def next_owner(self) -> int:
        """The number of the parent tree for what is tied next."""
        return len(self._owners)

    def tie(self, link: Link, annotation: int) -> None:
        """Tie what can be clicked, by its object number, to the element of its words."""
        element = self._page.links[id(link)]
        self._page.annotations[element.number] = annotation
        self._owners.append(f" {element.number} 0 R")

    def _more(self, part: Part) -> str:
        """Return alternative text and attributes."""
        if part.kind == "Figure":
            left, top, right, bottom = self._boxes[id(part)]
            box = f"{left:.1f} {self._height - bottom:.1f} {right:.1f} {self._height - top:.1f}"
            return f"/Alt {utf16(part.alternative)}/A<</O/Layout/Placement/Block/BBox[{box}]>>"
        return f"/A<</O/Table/Scope/{part.scope}>>" if part.scope else ""

    def finish(self) -> None:
        """Enter the tree in the catalogue."""
        sections = " ".join(_references(self._sections))
        self._tree.content = f"<</Type/StructElem/S/Document/P {self._root.number} 0 R/K[{sections}]>>"
        owners = " ".join(f"{number}{owner}" for number, owner in enumerate(self._owners))
        self._root.content = (
            f"<</Type/StructTreeRoot/K[{self._tree.number} 0 R]"
            f"/ParentTree<</Nums[{owners}]>>/ParentTreeNextKey {len(self._owners)}>>"
        )
        set_entries(self._document.Catalog, StructTreeRoot=self._root, MarkInfo=PDFDictionary({"Marked": "true"}))


def _between(part: Part) -> Iterator[Part]:
    """Yield the links of a part, and as parts of its kind the marks before, between and after them."""
    text, shape = part.first_text, part.first_shape
    for link in part.parts:
        if text < link.first_text:
            yield replace(part, first_text=text, after_text=link.first_text, first_shape=shape, after_shape=shape)
        yield link
        text = link.after_text
    if text < part.after_text or not part.parts:
        yield replace(part, first_text=text) if part.parts else part


def _whole(sheet: Sheet) -> Iterator[Part]:
    """Yield the parts of a sheet, and as paragraphs the texts between them: no text is left out."""
    at = 0
    for part in sheet.parts:
        if at < part.first_text:
            yield Part("P", at, part.first_shape, after_text=part.first_text, after_shape=part.first_shape)
        yield part
        at = part.after_text
    if at < len(sheet.texts):
        last = len(sheet.shapes)
        yield Part("P", at, last, after_text=len(sheet.texts), after_shape=last)


def _references(elements: Sequence[LateObject]) -> list[str]:
    return [f"{element.number} 0 R" for element in elements]


def _box(sheet: Sheet, part: Part) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a figure, from the top of the sheet."""
    points = [point for shape in sheet.shapes[part.first_shape : part.after_shape] for point in shape.points]
    for mark in sheet.texts[part.first_text : part.after_text]:
        points += [(mark.x, mark.y - mark.size), (mark.x + mark.width, mark.y)]
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)
