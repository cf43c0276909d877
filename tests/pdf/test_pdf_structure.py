"""What a reader program is told of the page: every word once, in the order it stands, as what it is."""

import io
import re
import shutil
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
from pages import AS_OF, EXAMPLES, FOLDER, PAPERS, Made, example, release
from tags import Tag, marked, tags_of

from her2board.cli import main
from her2board.pdf.annex import annex_sheets
from her2board.pdf.blocks import Sheet, TextMark
from her2board.pdf.render import render_page, write_pdf
from her2board.pdf.styles import Geometry, Paper

every_page = pytest.mark.parametrize(("stem", "paper"), [(stem, paper) for stem in EXAMPLES for paper in PAPERS])
NEEDED = {name: shutil.which(name) for name in ("pdfinfo", "qpdf")}


@pytest.fixture
def page(stem: str, paper: Paper) -> Made:
    return example(stem, paper)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def one(tags: Tag, kind: str, starts: str) -> Tag:
    (found,) = [tag for tag in tags.within() if tag.kind == kind and tag.said().startswith(starts)]
    return found


@every_page
def test_all_that_is_drawn_is_tagged_or_an_artifact(page: Made) -> None:
    with pikepdf.open(io.BytesIO(page.data)) as pdf:
        found = marked(pdf.pages[0])
    assert not found.outside
    assert not found.artifacts, "no text is hidden from a reader program"


@every_page
def test_the_tags_say_every_text_of_the_page_once_and_in_its_order(page: Made) -> None:
    drawn = bare("".join(mark.text for mark in page.sheet.texts))
    assert bare(tags_of(page.data).said()) == drawn


@every_page
def test_tree_and_page_agree_on_which_mark_is_whose(page: Made) -> None:
    with pikepdf.open(io.BytesIO(page.data)) as pdf:
        shown = pdf.pages[0]
        content = marked(shown)
        owners = pdf.Root.StructTreeRoot.ParentTree.Nums[2 * int(shown.StructParents) + 1]
        assert set(content.texts) | content.painted == set(range(len(owners)))
        for number, owner in enumerate(owners):
            assert number in list(owner.K)
            assert owner.Pg.objgen == shown.obj.objgen
        assert bool(pdf.Root.MarkInfo.Marked)
        assert shown.Tabs == "/S"


@every_page
def test_the_headings_are_those_of_the_outline_and_no_level_is_skipped(page: Made) -> None:
    headings = [tag for tag in tags_of(page.data).within() if tag.kind.startswith("H")]
    assert headings[0].kind == "H1"
    assert sum(tag.kind == "H1" for tag in headings) == 1
    said = {tag.said() for tag in headings}
    outline = {heading.title for heading in page.sheet.headings}
    assert {title for title in outline if title not in said} <= {"Question for the board", "URGENT, as recorded"}
    levels = [int(tag.kind[1]) for tag in headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_rows_of_the_case_are_read_with_their_label_as_heading() -> None:
    tags = tags_of(example("b07-invented-complete").data)
    row = one(tags, "TR", "Class")
    assert [(cell.kind, cell.scope, cell.said()) for cell in row.tags] == [
        ("TH", "Row", "Class"),
        ("TD", "", "untreated, 17 Nov 2026"),
    ]


def test_the_options_are_a_table_with_headings_over_the_columns_and_at_the_rows() -> None:
    tags = tags_of(example("b07-invented-complete").data)
    head = one(tags, "TR", "Option, standing")
    assert [(cell.kind, cell.scope) for cell in head.tags] == [("TH", "Column")] * 4
    row = one(tags, "TR", "T-DXd")
    assert [(cell.kind, cell.scope) for cell in row.tags] == [("TH", "Row"), *[("TD", "")] * 3]


@every_page
def test_every_figure_says_in_words_what_it_shows(page: Made) -> None:
    figures = [tag for tag in tags_of(page.data).within() if tag.kind == "Figure"]
    assert all(len(tag.alternative) > 10 for tag in figures)


def test_the_timeline_is_told_with_treatments_events_and_meeting() -> None:
    figures = [tag.alternative for tag in tags_of(example("b07-invented-complete").data).within() if tag.alternative]
    (told,) = [words for words in figures if words.startswith("Timeline")]
    for words in ("docetaxel + trastuzumab + pertuzumab", "to Aug 2024", "17 Nov 2026", "26 Nov 2026"):
        assert words in told


def test_a_text_put_on_a_sheet_by_hand_is_drawn_and_tagged_in_its_place() -> None:
    sheet = Sheet()
    sheet.text(60, 60, "first")
    sheet.texts.append(TextMark(60, 80, "by hand", "regular", 8.0, 0.0, 30.0))
    sheet.text(60, 100, "last")
    data = write_pdf([sheet], SimpleNamespace(title="Sheet", language="en"), Geometry("a4"))
    assert [tag.text for tag in tags_of(data).within() if tag.text] == ["first", "by hand", "last"]


def test_words_of_one_paragraph_are_read_with_a_space_where_a_line_ends() -> None:
    page = example("cr18-untreated-asymptomatic")
    question = one(tags_of(page.data), "P", "Question.").said()
    assert question == "Question. " + page.case.meeting.question


def test_title_and_language_are_told_and_shown() -> None:
    page = example("b07-invented-complete")
    with pikepdf.open(io.BytesIO(page.data)) as pdf:
        assert str(pdf.docinfo.Title) == page.briefing.title
        assert str(pdf.Root.Lang) == page.briefing.language == "en"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_every_page_of_an_annex_is_tagged_too() -> None:
    made = example("cr03-almost-empty")
    annex = annex_sheets(made.assessment, release(), "a4")
    data = render_page(made.briefing, release(), further=annex)
    sections = tags_of(data).tags
    assert len(sections) == 1 + len(annex)
    for section, sheet in zip(sections[1:], annex, strict=True):
        assert bare(section.said()) == bare("".join(mark.text for mark in sheet.texts))


@pytest.mark.skipif(NEEDED["pdfinfo"] is None, reason="poppler is not installed")
def test_poppler_reads_the_same_tags() -> None:
    page = example("b07-invented-complete")
    asked = ["pdfinfo", "-struct-text", "-"]
    told = subprocess.run(asked, input=page.data, capture_output=True, check=True, timeout=60)
    assert not told.stderr
    kinds = Counter(re.findall(r"^ *(H1|H2|H3|P|Table|TR|TH|TD|Figure)\b", told.stdout.decode(), re.MULTILINE))
    assert kinds == Counter(tag.kind for tag in tags_of(page.data).within() if tag.kind not in ("Document", "Sect"))


@pytest.mark.skipif(NEEDED["qpdf"] is None, reason="qpdf is not installed")
@pytest.mark.parametrize("further", [(), ("--annex",)])
def test_qpdf_finds_nothing_wrong_with_the_file(further: tuple[str, ...], tmp_path: Path) -> None:
    out = tmp_path / "page.pdf"
    case = FOLDER / "cr18-untreated-asymptomatic.her2case"
    assert main(["brief", str(case), "-o", str(out), "--as-of", AS_OF.isoformat(), *further]) == 0
    checked = subprocess.run(["qpdf", "--check", str(out)], capture_output=True, text=True, timeout=120)
    assert checked.returncode == 0, checked.stdout + checked.stderr
