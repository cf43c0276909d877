"""A PDF that other programs have saved: it opens where any viewer opens it, and 'verify' says what is true of it."""

import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Encryption, Name, ObjectStreamMode
from support.pages import Made, example, make
from support.releases import release

from her2board.cli import main
from her2board.cli import release as cli_release
from her2board.pdf.comparing import lost_characters
from her2board.pdf.page_text import UNREADABLE
from her2board.pdf.reading import ForeignPdfError, read_pdf
from her2board.pdf.render import write_pdf

STEM = "cr18-untreated-asymptomatic"
SAME_TEXT = "page: page 1 says the same, drawn anew by another program; position, colour and cover not checked\n"
ANEW = "file: saved anew by another program\n"
AGREE = "attachments: agrees\nhash: agrees\n"
Change = Callable[[pikepdf.Pdf], None]


@pytest.fixture
def page() -> Made:
    return example(STEM)


def saved(data: bytes, change: Change = lambda pdf: None, **how: object) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(target, **how)
    return target.getvalue()


@pytest.fixture
def verified(tmp_path: Path, capsys, monkeypatch) -> Callable[[bytes], tuple[int, str]]:
    monkeypatch.setattr(cli_release, "load_library", release)

    def verify(data: bytes) -> tuple[int, str]:
        path = tmp_path / "page.pdf"
        path.write_bytes(data)
        status = main(["verify", str(path)])
        out, err = capsys.readouterr()
        return status, out + err

    return verify


def drawn_anew(pdf: pikepdf.Pdf) -> None:
    """Write every operation of the first page again, as programs do that take a page apart."""
    pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(pikepdf.parse_content_stream(pdf.pages[0])))


def replaced(old: bytes, new: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        held = pdf.pages[0].Contents
        before = held.read_bytes()
        assert old in before
        held.write(before.replace(old, new, 1))

    return change


def into_drawing(pdf: pikepdf.Pdf) -> None:
    """Move all that a page draws into a form XObject, as programs do that put pages on others."""
    first = pdf.pages[0]
    form = pdf.make_stream(first.Contents.read_bytes())
    form.Type, form.Subtype, form.BBox, form.Resources = Name.XObject, Name.Form, first.MediaBox, first.Resources
    first.Resources = Dictionary(XObject=Dictionary(Fm0=form))
    first.Contents = pdf.make_stream(b"q /Fm0 Do Q")


def wide_codes(pdf: pikepdf.Pdf) -> None:
    """Let every font have codes of two bytes and ranges in its table, as programs make them that merge fonts."""
    first = pdf.pages[0]
    for font in first.Resources.Font.values():
        pairs = dict(re.findall(r"<(..)> <(.{4})>", font.ToUnicode.read_bytes().decode()))
        lines = "".join(f"<00{code}> <00{code}> <{text}>\n" for code, text in pairs.items())
        table = f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{len(pairs)} beginbfrange\n{lines}"
        font.ToUnicode.write(f"{table}endbfrange\n".encode())
        font.Subtype, font.Encoding = Name.Type0, Name("/Identity-H")
    operations = []
    for operands, operator in pikepdf.parse_content_stream(first):
        if str(operator) == "Tj":
            operands = [pikepdf.String(b"".join(b"\0" + bytes([code]) for code in bytes(operands[0])))]
        operations.append((operands, operator))
    first.Contents = pdf.make_stream(pikepdf.unparse_content_stream(operations))


def without_tables(pdf: pikepdf.Pdf) -> None:
    """Take out what says which character a code is; letters that have their own code can still be read."""
    drawn_anew(pdf)
    for font in pdf.pages[0].Resources.Font.values():
        del font["/ToUnicode"]


def with_note(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"BT /F 9 Tf 50 50 Td (WBRT agreed) Tj ET")
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, [0, 0, 600, 800]
    form.Resources = Dictionary(Font=Dictionary(F=font))
    first = pdf.pages[0]
    first.Resources.XObject = Dictionary(Stamp=form)
    first.Contents = pdf.make_stream(first.Contents.read_bytes() + b"\nq /Stamp Do Q")


def with_picture(pdf: pikepdf.Pdf) -> None:
    image = pdf.make_stream(b"\xff")
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 1, 1
    image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
    first = pdf.pages[0]
    first.Resources.XObject = Dictionary(Im=image)
    first.Contents = pdf.make_stream(first.Contents.read_bytes() + b"\nq 99 0 0 99 50 50 cm /Im Do Q")


SAVED_ANEW = {
    "saved again": {},
    "linearised": {"linearize": True},
    "object streams": {"object_stream_mode": ObjectStreamMode.generate, "recompress_flate": True},
    "no object streams": {"object_stream_mode": ObjectStreamMode.disable, "compress_streams": False},
}


@pytest.mark.parametrize("how", SAVED_ANEW.values(), ids=SAVED_ANEW)
def test_a_file_saved_anew_agrees_and_says_so(how: dict[str, object], page: Made, verified) -> None:
    status, words = verified(saved(page.data, **how))
    assert status == 0
    assert words.startswith(ANEW + "page: agrees\n" + AGREE)
    assert "page and assessment say the same" in words


DRAWN_ANEW = {
    "operations again": drawn_anew,
    "in a drawing of its own": into_drawing,
    "codes of two bytes": wide_codes,
    "numbers rounded": lambda pdf: (drawn_anew(pdf), replaced(b"565.28", b"565.3")(pdf)),
}


@pytest.mark.parametrize("change", DRAWN_ANEW.values(), ids=DRAWN_ANEW)
def test_a_page_drawn_anew_says_the_same_and_what_is_not_checked(change: Change, page: Made, verified) -> None:
    status, words = verified(saved(page.data, change))
    assert status == 0
    assert words.startswith(ANEW + SAME_TEXT + AGREE)
    assert "page and assessment say the same" in words


@pytest.mark.parametrize("change", [drawn_anew, into_drawing, wide_codes], ids=["again", "drawing", "two bytes"])
def test_a_changed_number_is_found_on_a_page_drawn_anew_and_said(change: Change, page: Made, verified) -> None:
    def both(pdf: pikepdf.Pdf) -> None:
        replaced(b"largest 16 mm", b"largest 61 mm")(pdf)
        change(pdf)

    status, words = verified(saved(page.data, both))
    assert status == 1
    assert re.search(r"page 1 was changed: it says '[^']*largest 61 mm[^']*' where '[^']*largest 16 mm[^']*'", words)
    assert "hash: page 1 prints" in words
    assert "the page says something else" in words


def test_text_put_over_a_page_inside_a_drawing_is_found(page: Made, verified) -> None:
    status, words = verified(saved(page.data, with_note))
    assert status == 1
    assert re.search(r"page 1 was changed: it says '[^']*WBRT agreed' where", words)


def test_a_picture_on_a_page_is_found(page: Made, verified) -> None:
    status, words = verified(saved(page.data, with_picture))
    assert status == 1
    assert "page 1 has a picture that was not written" in words


def test_characters_that_can_no_longer_be_read_are_named_and_not_called_checked(page: Made, verified) -> None:
    status, words = verified(saved(page.data, without_tables))
    assert status == 1
    assert re.search(r"\d+ characters of page 1 can no longer be read: not checked \([^a-zA-Z0-9]+\)", words)
    assert "does not print" not in words
    assert "hash: agrees" in words


def test_a_page_turned_into_a_picture_is_not_checked(page: Made, verified) -> None:
    def scan(pdf: pikepdf.Pdf) -> None:
        with_picture(pdf)
        pdf.pages[0].Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im Do Q")

    status, words = verified(saved(page.data, scan))
    assert status == 1
    assert "page 1 has no text that can be read: not checked" in words
    assert "hash: page 1 cannot be read: not checked" in words
    assert "the assessment says the same; the page is not checked" in words


def test_a_page_cut_off_is_found_and_a_turned_one_is_said_to_be(page: Made, verified) -> None:
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].CropBox = [0, 200, 595, 842]

    def shrink(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].MediaBox = [0, 200, 595, 842]

    for change in (crop, shrink):
        status, words = verified(saved(page.data, change))
        assert status == 1
        assert "page 1 is cut or of another size: part of it may not show" in words
    status, words = verified(saved(page.data, lambda pdf: pdf.pages[0].rotate(90, relative=False)))
    assert status == 0
    assert "page: page 1 is turned by 90 degrees\n" in words


def test_pages_put_before_and_behind_are_said_and_the_page_itself_agrees(page: Made, verified) -> None:
    def bind(pdf: pikepdf.Pdf) -> None:
        pdf.add_blank_page()
        pdf.pages.insert(0, pdf.pages[-1])

    status, words = verified(saved(page.data, bind))
    assert status == 1
    assert "page: page 1 was added; page 3 was added\n" in words
    assert AGREE in words


def test_a_packet_in_another_order_is_followed_and_a_missing_page_is_named(verified) -> None:
    one, two = example(STEM), example("cr31-herniation")
    data = write_pdf(iter([one.sheet, two.sheet]), one.shown, one.geometry)
    status, words = verified(saved(data, lambda pdf: pdf.pages.__delitem__(0)))
    assert status == 1
    assert "page: page 1 is missing\n" in words
    assert "hash: page 1 cannot be read: not checked\n" in words


LOCKS = {
    "RC4": Encryption(owner="owner", user="", R=3, aes=False, metadata=False),
    "AES of 128 bits": Encryption(owner="owner", user="", R=4),
    "AES of 256 bits": Encryption(owner="owner", user="", R=6),
}


@pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS)
def test_a_file_locked_against_changes_opens_and_says_so(lock: Encryption, page: Made, verified) -> None:
    data = saved(page.data, encryption=lock)
    found = read_pdf(data)
    assert found.case(found.index.cases[0]) == page.case
    status, words = verified(data)
    assert status == 0
    assert "file: locked against changes; it opens without a password; saved anew by another program\n" in words
    assert "page: agrees\n" + AGREE in words


def test_a_file_that_asks_for_a_password_says_what_to_do(page: Made) -> None:
    data = saved(page.data, encryption=Encryption(owner="owner", user="user", R=6))
    with pytest.raises(ForeignPdfError, match="asks for a password; open it with the password elsewhere, save it"):
        read_pdf(data)


def appended(data: bytes, objects: dict[int, str], root: str) -> bytes:
    """Add objects behind a file as signing programs do, so that what was there stays byte for byte."""
    trailer = data.rpartition(b"trailer")[2]
    previous = int(re.search(rb"startxref\s+(\d+)", data)[1])
    catalog = int(re.search(rb"/Root (\d+)", trailer)[1])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        body = pdf.Root.unparse(resolved=True).decode("latin-1")
    objects = {**objects, catalog: body[: body.rindex(">>")] + root + " >>"}
    out, places = bytearray(data), {}
    for number, text in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    start = len(out)
    out += b"xref\n" + b"".join(f"{number} 1\n{place:010d} 00000 n \n".encode() for number, place in places.items())
    size = max(objects) + 1
    out += f"trailer\n<< /Size {size} /Root {catalog} 0 R /Prev {previous} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def signed(data: bytes) -> bytes:
    """Add a signature field with a value; the value is no real signature, and none is checked."""
    first = 90_000
    value = "<< /Type /Sig /Filter /Adobe.PPKLite /Contents <00> /ByteRange [0 0 0 0] >>"
    field = f"<< /FT /Sig /T (Signature1) /V {first} 0 R /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /F 132 >>"
    return appended(data, {first: value, first + 1: field}, f" /AcroForm << /Fields [{first + 1} 0 R] /SigFlags 3 >>")


def test_a_file_signed_later_agrees_and_says_how_much_was_added(page: Made, verified) -> None:
    data = signed(page.data)
    added = len(data) - len(page.data)
    status, words = verified(data)
    assert status == 0
    assert words.startswith(
        f"file: signed later; {added:,} bytes were added after it was written; the signature itself is not checked\n"
        "page: agrees\n" + AGREE
    )


def test_a_signature_on_the_page_is_not_called_something_laid_over_it(page: Made, verified) -> None:
    def sign(pdf: pikepdf.Pdf) -> None:
        field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, Rect=[50, 50, 200, 80])
        field.T, field.V = pikepdf.String("Signature1"), Dictionary(Type=Name.Sig)
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(field)]))
        pdf.Root.AcroForm = Dictionary(Fields=pikepdf.Array([pdf.pages[0].Annots[0]]))

    status, words = verified(saved(page.data, sign))
    assert status == 0
    assert "file: signed later; the signature itself is not checked; saved anew by another program\n" in words
    assert "laid over" not in words


def test_what_was_changed_behind_a_file_is_found_and_how_much_is_said(page: Made, verified) -> None:
    first = 90_000
    with pikepdf.open(io.BytesIO(page.data)) as pdf:
        number, held = pdf.pages[0].objgen[0], pdf.pages[0].obj.unparse(resolved=True).decode("latin-1")
        content = pdf.pages[0].Contents.read_bytes().replace(b"largest 16 mm", b"largest 61 mm", 1).decode("latin-1")
    stream = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    changed = re.sub(r"/Contents \d+ 0 R", f"/Contents {first} 0 R", held)
    status, words = verified(appended(page.data, {number: changed, first: stream}, ""))
    assert status == 1
    assert re.search(r"file: [\d,]+ bytes were added after it was written\n", words)
    assert "largest 61 mm" in words


def test_a_file_whose_attachments_were_dropped_names_the_program_that_did(page: Made) -> None:
    def dropped(pdf: pikepdf.Pdf) -> None:
        del pdf.Root["/Names"]
        pdf.docinfo["/Producer"] = "Some Printer 3\x1b[2J"

    with pytest.raises(ForeignPdfError) as error:
        read_pdf(saved(page.data, dropped))
    assert "its attachments were removed (last written by 'Some Printer 3" in str(error.value)
    assert str(error.value).isprintable()


def test_text_from_right_to_left_agrees_where_its_replacement_text_was_dropped(verified) -> None:
    case = example("cr03-almost-empty").case
    made = make(case.model_copy(update={"meeting": case.meeting.model_copy(update={"presenter": "فاطمة الزهراء"})}))

    def plain(pdf: pikepdf.Pdf) -> None:
        kept = [
            (operands, operator)
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) not in ("BDC", "BMC", "EMC")
        ]
        pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))

    status, words = verified(saved(made.data, plain))
    assert "page: page 1 says the same" in words
    assert status == 0


@pytest.mark.parametrize(
    ("written", "here", "lost"),
    [
        ("LVEF ≥ 50 %", "LVEF≥50%", ""),
        ("LVEF ≥ 50 %", f"LVEF {UNREADABLE} 50 %", "≥"),
        ("LVEF ≥ 50 %", "LVEF ≤ 50 %", None),
        ("16 mm", "61 mm", None),
        ("16 mm", "16 mm 16 mm", None),
        ("ﬁne", "fine", ""),
        ("שלום a", "םולש a", ""),
        ("שלום a", "םול a", None),
    ],
)
def test_spaces_forms_of_letters_and_the_order_of_drawing_change_no_text(
    written: str, here: str, lost: str | None
) -> None:
    assert lost_characters(written, here) == lost


def test_the_index_of_an_earlier_version_without_texts_is_read(page: Made, verified) -> None:
    def earlier(pdf: pikepdf.Pdf) -> None:
        names = pdf.Root.Names.EmbeddedFiles.Names
        held = next(names[n + 1].EF.F for n in range(0, len(names), 2) if str(names[n]) == "her2board.json")
        index = json.loads(held.read_bytes())
        del index["texts"]
        held.write(json.dumps(index | {"version": 1}).encode())

    assert verified(saved(page.data, earlier))[0] == 0
    status, words = verified(saved(page.data, lambda pdf: (earlier(pdf), drawn_anew(pdf))))
    assert status == 1
    assert "page 1 was changed or drawn anew, and its text was not noted when it was written" in words
    assert "hash: agrees" in words


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed here; the others need no program")
@pytest.mark.parametrize("kind", [(), ("-dPDFA=2", "-sColorConversionStrategy=RGB")], ids=["pdfwrite", "PDF/A"])
def test_a_file_that_ghostscript_wrote_agrees(kind: tuple[str, ...], page: Made, tmp_path: Path, verified) -> None:
    source, target = tmp_path / "source.pdf", tmp_path / "target.pdf"
    source.write_bytes(page.data)
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", *kind, "-sDEVICE=pdfwrite", f"-sOutputFile={target}", str(source)]
    subprocess.run(command, check=True, capture_output=True)
    status, words = verified(target.read_bytes())
    assert status == 0
    assert re.match(r"file: saved anew by another program \('GPL Ghostscript [\d.]+'\)\n", words)
    assert SAME_TEXT + AGREE in words
