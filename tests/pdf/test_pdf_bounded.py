"""A small PDF that would unpack to gigabytes, or be gone through for hours, is refused before it does."""

import io
import tracemalloc
import zlib
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from support.pages import Made, example

from her2board.pdf.reading import ForeignPdfError, read_pdf

STEM = "cr18-untreated-asymptomatic"
MEGABYTE = 1_000_000
MOST = 400 * MEGABYTE
Change = Callable[[pikepdf.Pdf], None]


@pytest.fixture
def page() -> Made:
    return example(STEM)


def saved(data: bytes, change: Change) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(target, compress_streams=False)
    return target.getvalue()


def bomb(pdf: pikepdf.Pdf, megabytes: int, of: bytes = b" ") -> pikepdf.Object:
    return pdf.make_indirect(pikepdf.Stream(pdf, packed(megabytes, of), Filter=Name.FlateDecode))


@cache
def packed(megabytes: int, of: bytes) -> bytes:
    return zlib.compress(of * (megabytes * MEGABYTE // len(of)))


def attached(pdf: pikepdf.Pdf) -> None:
    """Attach thirty files of thirty megabytes."""
    names = pdf.Root.Names.EmbeddedFiles.Names
    for number in range(30):
        names.append(pikepdf.String(f"x{number}"))
        names.append(pdf.make_indirect(Dictionary(Type=Name.Filespec, EF=Dictionary(F=bomb(pdf, 30)))))


def one_again_and_again(pdf: pikepdf.Pdf) -> None:
    """Attach one file of thirty megabytes under a thousand names."""
    names, file = pdf.Root.Names.EmbeddedFiles.Names, bomb(pdf, 30)
    for number in range(1000):
        names.append(pikepdf.String(f"x{number}"))
        names.append(pdf.make_indirect(Dictionary(Type=Name.Filespec, EF=Dictionary(F=file))))


def tree_of_names(pdf: pikepdf.Pdf) -> None:
    """Let each of forty branches hold the next one twice: a million millions of leaves."""
    node = pdf.make_indirect(Dictionary(Names=Array()))
    for _ in range(40):
        node = pdf.make_indirect(Dictionary(Kids=Array([node, node])))
    pdf.Root.Names.EmbeddedFiles.Kids = Array([node])


def drawings_in_drawings(pdf: pikepdf.Pdf) -> None:
    """Draw a drawing that draws another ten times, six times over."""
    first = pdf.pages[0]
    inner = pdf.make_stream(b"BT (x) Tj ET " * 100)
    inner.Type, inner.Subtype = Name.XObject, Name.Form
    for _ in range(6):
        outer = pdf.make_stream(b"/Fm Do " * 10)
        outer.Type, outer.Subtype, outer.Resources = Name.XObject, Name.Form, Dictionary(XObject=Dictionary(Fm=inner))
        inner = outer
    first.Resources.XObject = Dictionary(Fm=inner)
    first.Contents = pdf.make_stream(first.Contents.read_bytes() + b"\n/Fm Do")


def contents(pdf: pikepdf.Pdf) -> None:
    """Draw a page by thirty streams of thirty megabytes."""
    pdf.pages[0].Contents = Array([bomb(pdf, 30) for _ in range(30)])


def operators(pdf: pikepdf.Pdf) -> None:
    """Draw ten million times nothing."""
    pdf.pages[0].Contents = bomb(pdf, 30, b"q Q ")


def long_characters(pdf: pikepdf.Pdf) -> None:
    """Let each character of a font draw a long text."""
    for font in pdf.pages[0].Resources.Font.values():
        lines = "".join(f"<{code:02X}> <{'0041' * 60}>\n" for code in range(256))
        font.ToUnicode = pdf.make_stream(f"256 beginbfchar\n{lines}endbfchar".encode())
    pdf.pages[0].Contents = bomb(pdf, 3, b"BT /F1+0 8 Tf (" + b"A" * 1000 + b") Tj ET ")
    pdf.pages[0].Resources.Font["/F1+0"] = next(iter(pdf.pages[0].Resources.Font.values()))


HOSTILE = (
    attached,
    one_again_and_again,
    tree_of_names,
    drawings_in_drawings,
    contents,
    operators,
    long_characters,
)


@pytest.mark.parametrize("change", HOSTILE, ids=lambda change: change.__name__)
def test_a_small_file_that_unpacks_to_much_is_refused_within_bounds(change: Change, page: Made) -> None:
    data = saved(page.data, change)
    assert len(data) < 2 * MEGABYTE
    tracemalloc.start()
    try:
        with pytest.raises(ForeignPdfError, match=r"unpacks to far more|cannot be read"):
            read_pdf(data)
        assert tracemalloc.get_traced_memory()[1] < MOST
    finally:
        tracemalloc.stop()


def test_two_cases_in_one_file_are_refused(page: Made) -> None:
    def doubled(pdf: pikepdf.Pdf) -> None:
        names = pdf.Root.Names.EmbeddedFiles.Names
        held = next(names[n + 1].EF.F for n in range(0, len(names), 2) if str(names[n]) == "her2board.json")
        listed = held.read_bytes().decode()
        start, end = listed.index('"cases":[') + len('"cases":['), listed.index("],", listed.index('"cases":['))
        held.write((listed[:end] + "," + listed[start:end] + listed[end:]).encode())

    with pytest.raises(ForeignPdfError, match="list of cases that cannot be used"):
        read_pdf(saved(page.data, doubled))
