"""Names and texts in any script: drawn whole, joined and in their order, or reported as what cannot be drawn."""

import io
from types import SimpleNamespace

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from support.pages import EXAMPLES, FOLDER, example, make
from support.tags import tags_of

from her2board.case.storage import load
from her2board.pdf.blocks import Sheet
from her2board.pdf.fonts import GlyphError, Glyphs
from her2board.pdf.reading import read_pdf
from her2board.pdf.render import write_pdf
from her2board.pdf.styles import Geometry
from her2board.pdf.text import check_glyphs, face

NAMES = {
    "Latin": "Łukasz Żółć, Nguyễn Thị Hằng, Þórður Ævarsson, Šarūnė Žąsytė, Ɓaɗi",
    "Latin, marks apart": "Ọláyẹmí Ọ́dúnsì, M̄arie",
    "Greek": "Ελευθέριος Παπαδόπουλος, Ἀχιλλεύς",
    "Cyrillic": "Юлия Щербакова, Їжакевич, Ғалымжан, Ұлпан",
    "Chinese": "王小明, 欧阳修, 陳大文",
    "Japanese": "山田 花子, やまだ はなこ, ヤマダ ハナコ, 髙橋",
    "Korean": "김민지, 이순신",
    "Arabic": "محمد الأحمد",
    "Arabic with vowels": "مُحَمَّد",
    "Persian": "علی\u200cرضا پژوهش",  # noqa: RUF001  # reason: an alef is an alef
    "Kurdish": "ڕێبوار ئاڵان",
    "Hebrew": "שרה כהן",
    "Hebrew with points": "שָׁלוֹם",
    "both ways": "Name محمد الأحمد (שרה), born 1970",
}
every_name = pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)


def printed(name: str) -> bytes:
    sheet = Sheet()
    sheet.text(60, 60, name)
    sheet.text(60, 80, name, "semibold")
    sheet.text(60, 100, name, "italic")
    return write_pdf([sheet], SimpleNamespace(title="Names", language="en"), Geometry("a4"))


def picture(text: str, size: float = 24) -> Image.Image:
    """Return a line of text as a picture, two pixels to the point."""
    sheet = Sheet()
    sheet.text(60, 60, text, size=size)
    data = write_pdf([sheet], SimpleNamespace(title="Names", language="en"), Geometry("a4"))
    document = pypdfium2.PdfDocument(data)
    try:
        drawn = document[0].render(scale=2, grayscale=True).to_pil().copy()
    finally:
        document.close()
    box = ImageChops.invert(drawn).getbbox()
    assert box is not None
    return drawn.crop(box)


def glyphs(text: str) -> list[Glyphs]:
    """Return the glyphs of a text from left to right."""
    stretches = face("regular").set(text).stretches
    return sorted([glyph for stretch in stretches for glyph in stretch.glyphs], key=lambda glyph: glyph.x)


@every_name
def test_a_name_is_drawn_in_every_style_and_read_back_as_it_was_written(name: str) -> None:
    check_glyphs([name])
    read = [tag.said() for tag in tags_of(printed(name)).within() if tag.kind == "P"]
    assert read == [name] * 3


@every_name
def test_every_font_of_a_name_is_embedded(name: str) -> None:
    with pikepdf.open(io.BytesIO(printed(name))) as pdf:
        fonts = [entry for entry in pdf.objects if isinstance(entry, pikepdf.Dictionary) and entry.get("/BaseFont")]
        assert all(len(font.FontDescriptor.FontFile2.read_bytes()) > 500 for font in fonts)


@every_name
def test_the_width_a_name_is_laid_out_with_is_the_width_it_is_drawn_with(name: str) -> None:
    drawn = picture(name, 12).width / 2
    assert face("regular").width(name, 12) == pytest.approx(drawn, abs=3.5)


def test_letters_of_one_arabic_word_are_joined() -> None:
    alone = {glyph.text for letter in "محمد" for glyph in glyphs(letter)}
    together = {glyph.text for glyph in glyphs("محمد")}
    assert together.isdisjoint(alone)


def test_an_arabic_and_a_hebrew_name_start_on_the_right() -> None:
    for name, first in (("محمد", "م"), ("שרה", "ש")):
        whole, start = picture(name), picture(first)
        right = whole.crop((whole.width - start.width // 2, 0, whole.width, whole.height))
        assert ImageChops.invert(right).getbbox() is not None
    hebrew = [glyph.text for glyph in glyphs("שרה")]
    assert hebrew == ["ה", "ר", "ש"]


def test_a_name_inside_a_line_turns_round_without_its_surroundings() -> None:
    for written, seen in (
        ("Dr שרה (רחל) 12 of 15", "Dr 12 (לחר) הרש of 15"),
        ("Dr שרה (רחל), born", "Dr (לחר) הרש, born"),
        ("Dr Cohen (שרה) of 15", "Dr Cohen (הרש) of 15"),
        ("שרה (Sarah) כהן", "הרש (Sarah) ןהכ"),
    ):
        assert "".join(glyph.text for glyph in glyphs(written)) == seen


def test_a_vowel_is_drawn_over_its_letter_and_takes_no_room() -> None:
    assert face("regular").width("مُ", 24) == pytest.approx(face("regular").width("م", 24))
    assert face("regular").width("M̄", 24) == pytest.approx(face("regular").width("M", 24))
    assert picture("M̄").height > picture("M").height


def test_a_letter_and_its_accent_written_apart_are_drawn_as_one() -> None:
    assert glyphs("e\u0301") == glyphs("é")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("नमस्ते", "'न' (U+0928)"),
        ("ไทย", "'ไ' (U+0E44)"),
        ("well \N{GRINNING FACE}", "(U+1F600)"),
        ("private \ue000", "(U+E000)"),
    ],
)
def test_what_no_font_can_draw_is_named_and_nothing_is_drawn(text: str, named: str) -> None:
    with pytest.raises(GlyphError) as error:
        check_glyphs(["fine", text])
    assert named in str(error.value)
    with pytest.raises(GlyphError):
        face("regular").width(text, 8)


@pytest.mark.parametrize("text", ["a\x07b", "a\u202eb", "a\xadb", "a\u200bb", "a\u2060b", "a\ufeffb", "a\u200eb"])
def test_what_prints_as_nothing_is_left_out(text: str) -> None:
    check_glyphs([text])
    assert glyphs(text) == glyphs("ab")


def test_a_page_with_all_of_them_is_one_page_and_verifies() -> None:
    case = load(FOLDER / "cr18-untreated-asymptomatic.her2case")
    words = ", ".join(name for script, name in NAMES.items() if "Latin" not in script)
    meeting = case.meeting.model_copy(update={"question": words, "presenter": NAMES["Arabic"]})
    made = make(case.model_copy(update={"meeting": meeting}))
    found = read_pdf(made.data)
    assert not list(found.problems())
    (carried,) = found.index.cases
    assert found.case(carried).meeting.question == words
    assert words in tags_of(made.data).said()
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize("stem", EXAMPLES)
def test_a_page_in_latin_letters_carries_no_other_font(stem: str) -> None:
    with pikepdf.open(io.BytesIO(example(stem).data)) as pdf:
        names = {str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()}
    assert all("SourceSans3" in name for name in names)
