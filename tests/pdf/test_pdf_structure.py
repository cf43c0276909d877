"""What a screen reader gets of the page: every word once, in its order, as what it is."""

import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
from support.annexes import STEM, pdf_with_annex, short_annex, tags_with_annex
from support.packets import of_examples
from support.pages import EXAMPLES, PAPERS, Made, example, golden
from support.tags import Tag, marked, tags_of

from her2board.assessment.paper import Paper
from her2board.pdf.blocks import Sheet, TextMark
from her2board.pdf.render import write_pdf
from her2board.pdf.styles import Geometry

every_page = pytest.mark.parametrize(("stem", "paper"), [(stem, paper) for stem in EXAMPLES for paper in PAPERS])
NEEDED = {name: shutil.which(name) for name in ("pdfinfo", "qpdf")}


@pytest.fixture
def page(stem: str, paper: Paper) -> Made:
    return example(stem, paper)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def flat(text: str) -> str:
    return " ".join(text.split())


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
    assert {title for title in outline if title not in said} <= {
        "Question for the board",
        "URGENT, as recorded",
        "Named first",
    }
    levels = [int(tag.kind[1]) for tag in headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_rows_of_the_case_are_read_with_their_label_as_heading() -> None:
    tags = tags_of(example("b07-invented-complete").data)
    row = one(tags, "TR", "CNS status")
    assert [(cell.kind, cell.scope, cell.said()) for cell in row.tags] == [
        ("TH", "Row", "CNS status"),
        ("TD", "", "untreated"),
    ]


def test_the_options_are_a_table_with_headings_over_the_columns_and_at_the_rows() -> None:
    tags = tags_of(example("b07-invented-complete").data)
    head = one(tags, "TR", "Option")
    assert [(cell.kind, cell.scope) for cell in head.tags] == [("TH", "Column")] * 4
    row = one(tags, "TR", "T-DXd")
    assert [(cell.kind, cell.scope) for cell in row.tags] == [("TH", "Row"), *[("TD", "")] * 3]


@every_page
def test_every_figure_says_in_words_what_it_shows(page: Made) -> None:
    figures = [tag for tag in tags_of(page.data).within() if tag.kind == "Figure"]
    assert all(len(tag.alternative) > 10 for tag in figures)


def test_the_timeline_is_read_with_treatments_events_and_meeting() -> None:
    figures = [tag.alternative for tag in tags_of(example("b07-invented-complete").data).within() if tag.alternative]
    (found,) = [words for words in figures if words.startswith("Timeline")]
    for words in ("docetaxel + trastuzumab + pertuzumab", "to Aug 2024", "17 Nov 2026", "26 Nov 2026"):
        assert words in found


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


def test_title_and_language_are_set_and_shown() -> None:
    page = example("b07-invented-complete")
    with pikepdf.open(io.BytesIO(page.data)) as pdf:
        assert str(pdf.docinfo.Title) == page.briefing.title
        assert str(pdf.Root.Lang) == page.briefing.language == "en"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_every_page_of_an_annex_is_tagged_too() -> None:
    sections = tags_with_annex().tags
    assert len(sections) == 1 + len(short_annex())
    for section, sheet in zip(sections[1:], short_annex(), strict=True):
        assert bare(section.said()) == bare("".join(mark.text for mark in sheet.texts))


@pytest.mark.parametrize("paper", PAPERS)
def test_rows_of_the_annex_are_tables_of_cells_read_one_after_the_other(paper: Paper) -> None:
    tables = [
        tag for section in tags_with_annex(paper=paper).tags[1:] for tag in section.within() if tag.kind == "Table"
    ]
    assert all(row.kind == "TR" for table in tables for row in table.tags)
    for row in (row for table in tables for row in table.tags):
        assert [(cell.kind, cell.scope) for cell in row.tags][:1] == [("TH", "Row")]
        assert {cell.kind for cell in row.tags[1:]} == {"TD"}
    made = golden(STEM, paper)
    rows = [[cell.said() for cell in row.tags] for table in tables for row in table.tags]
    read = {tuple(cells[1:3]) for cells in rows if len(cells) > 2}
    findings = [finding for result in made.assessment.cohorts[:20] for finding in result.findings]
    whole = [finding for finding in findings if (flat(finding.criterion), flat(finding.reason)) in read]
    assert len(whole) > 0.9 * len(findings), "all but the rows that go on overleaf"


def test_headings_of_the_annex_are_those_of_the_outline() -> None:
    levels = {0: "H1", 1: "H2", 2: "H3"}
    outline = [(levels[heading.level], flat(heading.title)) for sheet in short_annex() for heading in sheet.headings]
    headings = [tag for tag in tags_with_annex().within() if tag.kind.startswith("H")]
    found = [(tag.kind, tag.said()) for tag in headings][-len(outline) :]
    assert [kind for kind, _ in found] == [kind for kind, _ in outline]
    assert all(said.startswith(title) for (_, said), (_, title) in zip(found, outline, strict=True))


def test_every_link_is_tagged_with_its_words_and_leads_where_the_click_does() -> None:
    with pikepdf.open(io.BytesIO(pdf_with_annex())) as pdf:
        annotations = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        owners = dict(zip(map(int, list(numbers)[::2]), list(numbers)[1::2], strict=True))
        assert list(owners) == list(range(int(pdf.Root.StructTreeRoot.ParentTreeNextKey)))
        assert len(annotations) > 300
        for annotation in annotations:
            element = owners[int(annotation.StructParent)]
            assert element.S == "/Link"
            assert element.K[-1].Obj.objgen == annotation.objgen
    links = [tag for tag in tags_with_annex().within() if tag.kind == "Link"]
    assert len(links) == len(annotations)
    assert all(link.said() and link.target for link in links)
    assert any(link.target.startswith("https://") for link in links)


def test_a_link_is_inside_its_sentence() -> None:
    said = one(tags_with_annex().tags[1], "P", "In this annex:")
    assert said.tags[0].kind == "Link"
    with pikepdf.open(io.BytesIO(pdf_with_annex())) as pdf:
        section = pdf.Root.StructTreeRoot.K[0].K[1]
        kids = list(next(part for part in section.K if part.S == "/P").K)
    assert [isinstance(kid, int) for kid in kids[:4]] == [True, False, True, False], "words and links take turns"


@pytest.mark.parametrize(
    ("layout", "columns"),
    [
        ("handout", ["Patient", "History", "Treatment", "Imaging", "Discussion"]),
        ("requests", ["Case", "Question", "Asked of, due", "Answer, date, name"]),
        ("pages", ["Page", "Case", "Question for the board", "Presenter", "Before WBRT"]),
    ],
)
def test_sheets_of_a_packet_are_tables_with_headings_over_the_columns(layout: str, columns: list[str]) -> None:
    packet = of_examples(layout=layout)
    sections = tags_of(packet.data).tags[: None if layout != "pages" else 1]
    assert sections
    codes = set()
    for section in sections:
        assert section.tags[0].kind == "H1"
        (table,) = [tag for tag in section.tags if tag.kind == "Table"]
        head, *rows = table.tags
        assert [(cell.kind, cell.scope, cell.said()) for cell in head.tags] == [
            ("TH", "Column", name) for name in columns
        ]
        for row in rows:
            assert row.kind == "TR"
            assert len(row.tags) == len(columns) or row.said().endswith("continued")
            codes |= {cell.said() for cell in row.tags if cell.kind == "TH"}
    for stem in EXAMPLES:
        assert any(example(stem).case.code in said for said in codes)


@pytest.mark.skipif(NEEDED["pdfinfo"] is None, reason="poppler is not installed")
def test_poppler_reads_the_same_tags() -> None:
    page = example("b07-invented-complete")
    asked = ["pdfinfo", "-struct-text", "-"]
    found = subprocess.run(asked, input=page.data, capture_output=True, check=True, timeout=60)
    assert not found.stderr
    kinds = Counter(re.findall(r"^ *(H1|H2|H3|P|Table|TR|TH|TD|Figure)\b", found.stdout.decode(), re.MULTILINE))
    assert kinds == Counter(tag.kind for tag in tags_of(page.data).within() if tag.kind not in ("Document", "Sect"))


@pytest.mark.skipif(NEEDED["qpdf"] is None, reason="qpdf is not installed")
@pytest.mark.parametrize("data", [lambda: example(STEM).data, pdf_with_annex], ids=["page", "page and annex"])
def test_qpdf_finds_nothing_wrong_with_the_file(data: Callable[[], bytes], tmp_path: Path) -> None:
    out = tmp_path / "page.pdf"
    out.write_bytes(data())
    checked = subprocess.run(["qpdf", "--check", str(out)], capture_output=True, text=True, timeout=120)
    assert checked.returncode == 0, checked.stdout + checked.stderr
