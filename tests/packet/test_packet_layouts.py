"""Other layouts of the same briefings: handout, requests, slides, document."""

import io
import os
import re
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pptx
import pytest
from docx.shared import Pt
from reportlab.pdfbase.pdfmetrics import stringWidth
from support.generated import sweep
from support.packets import of_examples, of_files
from support.pages import (
    AS_OF,
    EXAMPLES,
    FOLDER,
    PAPERS,
    ROOT,
    URGENT,
    boxes_of,
    example,
    overlapping,
    pages_of,
    release,
)

from her2board.assessment.assess import assess
from her2board.assessment.paper import Paper
from her2board.briefing.compose import compose
from her2board.briefing.layouts import LAYOUTS
from her2board.briefing.packet import Agenda, PacketOptions, agenda, item, ordered
from her2board.briefing.request_sheets import MOST
from her2board.briefing.zones.options import OptionZone
from her2board.briefing.zones.pause import PauseZone
from her2board.pdf.blocks import Sheet
from her2board.pdf.cover import cover_sheets
from her2board.pdf.handout import handout_sheets
from her2board.pdf.requests import request_sheets
from her2board.pdf.styles import Geometry

OPTIONS = "Systemic options"
TABLES = ("handout", "requests")
_GENERATED = sweep(mixtures=3)
LONG = "A sentence that goes on for a while and says little. " * 70


def slides_of(data: bytes) -> list[tuple[str, str]]:
    """Return the text on each slide, and its notes."""
    found = []
    for slide in pptx.Presentation(io.BytesIO(data)).slides:
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        cells = [
            cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells
        ]
        notes = slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""
        found.append(("\n".join((*texts, *cells)), notes))
    return found


def document_of(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def text_in(data: bytes, layout: str) -> str:
    """Return what is on the pages of a layout, or on its slides without their notes."""
    match LAYOUTS[layout].suffix:
        case ".pptx":
            return "\n".join(text for text, _ in slides_of(data))
        case ".docx":
            return document_of(data)
        case ".txt":
            return data.decode()
        case _:
            return "\n".join(pages_of(data))


@pytest.fixture
def crowded(written) -> Path:
    lines = [
        {"drugs": [f"invented drug {n}", "capecitabine"], "setting": "metastatic", "start": f"{1990 + n // 2}"}
        for n in range(60)
    ]
    return written(
        "crowded",
        {
            "code": "CROWDED",
            "meeting.question": LONG,
            "patient.goals": LONG,
            "board.decision": LONG,
            "systemic.lines": {"completeness": "complete", "items": lines},
        },
    )


# Every layout


AGAIN = """
import sys, time
later = time.time() + 10**7
time.time = lambda: later
from her2board.cli import main
for line in sys.stdin.read().splitlines():
    if status := main(line.split("\\t")):
        sys.exit(status)
"""


def test_the_same_cases_give_the_same_bytes_in_another_process_on_another_day(tmp_path: Path) -> None:
    stems = (URGENT, EXAMPLES[0])
    paths = [str(FOLDER / f"{stem}.her2case") for stem in stems]
    outs = {layout: tmp_path / f"{layout}{entry.suffix}" for layout, entry in LAYOUTS.items()}
    commands = (
        ["packet", *paths, "-o", str(out), "--layout", layout, "--as-of", AS_OF.isoformat()]
        for layout, out in outs.items()
    )
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"}
    subprocess.run(
        [sys.executable, "-c", AGAIN],
        input="\n".join("\t".join(words) for words in commands),
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    same = {layout: out.read_bytes() == of_examples(stems, layout=layout).data for layout, out in outs.items()}
    assert same == dict.fromkeys(LAYOUTS, True)


@pytest.mark.parametrize("layout", ["slides", "document"])
def test_no_time_author_or_picture_of_the_template_is_left(layout: str) -> None:
    with zipfile.ZipFile(io.BytesIO(of_examples((URGENT,), layout=layout).data)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]
        core = archive.read("docProps/core.xml").decode()
    assert "<dc:creator>her2board</dc:creator>" in core
    assert "Canny" not in core


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if not layout.startswith("requests")])
def test_every_layout_of_cases_marks_one_that_cannot_be_printed(layout: str, written) -> None:
    """Requests list what is owed: nobody knows what a case that cannot be read still needs."""
    bad = written("bad", text='{"format":"her2board-case","schema_version":1,"case":{"code":"X","code2":1}}')
    data = of_files([bad, written("good")], layout=layout).data
    text = text_in(data, layout)
    marked = (
        "Could not be printed" if layout in ("agenda", "slips") else "NOT A BRIEFING: this case could not be printed"
    )
    assert marked in text
    assert "neither that the case is urgent nor that it is not" in text


@pytest.mark.parametrize("layout", ["pages", "handout", "slides", "document"])
def test_a_case_called_final_with_required_items_open_says_so_in_every_layout(layout: str, written) -> None:
    data = of_files([written("open", {"status": "final"})], layout=layout).data
    text = text_in(data, layout)
    assert "DRAFT, although called final" in text
    assert "3 required" in text


@pytest.mark.parametrize("layout", ["pages", "handout", "slides", "document"])
def test_an_invented_case_is_distinguished_from_a_patient_in_every_layout(layout: str, written) -> None:
    data = of_files([written("one")], layout=layout).data
    assert "invented case" in text_in(data, layout)


# Tables


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("layout", TABLES)
def test_nothing_of_a_table_lies_outside_the_margins(layout: str, paper: Paper, crowded: Path, written) -> None:
    made = of_files([written("one"), crowded, written("two", stem=URGENT)], layout=layout, paper=paper)
    geometry = Geometry(paper, turned=layout == "handout")
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        for page in pdf.pages:
            one = pikepdf.new()
            one.pages.append(page)
            stream = io.BytesIO()
            one.save(stream)
            for left, top, right, bottom in boxes_of(stream.getvalue()):
                assert left >= geometry.left - 0.5
                assert right <= geometry.right + 0.5
                assert top >= geometry.top - 2
                assert bottom <= geometry.height - 8


@cache
def generated_agenda(layout: str) -> Agenda:
    """Return the agenda of generated cases, the emptiest and the fullest among them."""
    options = PacketOptions(layout=layout)
    items = []
    for given, made in enumerate(_GENERATED.values(), 1):
        case = made()
        found = assess(case, release(), AS_OF)
        items.append(item(given, case, found, compose(case, found, release()), release()))
    return agenda(ordered(items, options.order), options, release())


def sheets_of(layout: str, paper: Paper) -> tuple[Geometry, list[Sheet]]:
    cover, geometry = generated_agenda(layout), Geometry(paper, turned=layout == "handout")
    if layout == "handout":
        return geometry, list(handout_sheets(cover, geometry, lambda: None))
    if layout == "requests":
        return geometry, list(request_sheets(cover, geometry, lambda: None))
    return geometry, cover_sheets(cover, geometry)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("layout", [*TABLES, "pages"])
def test_texts_of_generated_sheets_neither_overlap_nor_leave_the_margins(layout: str, paper: Paper) -> None:
    geometry, sheets = sheets_of(layout, paper)
    assert sum(len(sheet.texts) for sheet in sheets) > 50
    for sheet in sheets:
        assert overlapping(sheet.texts) == []
        for mark in sheet.texts:
            assert mark.x >= geometry.left - 0.01, mark
            assert mark.x + mark.width <= geometry.right + 0.01, mark
            assert mark.y - mark.size >= geometry.top - 2, mark
            assert mark.y <= geometry.floor + 0.01, mark


def test_the_handout_is_landscape_with_five_columns_and_a_row_per_case() -> None:
    data = of_examples(layout="handout").data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            assert page.MediaBox[2] > page.MediaBox[3]
    pages = pages_of(data)
    for page in pages:
        assert "Patient History Treatment Imaging Discussion" in page
    text = " ".join(pages)
    for stem in EXAMPLES:
        assert f". {example(stem).case.code} " in text
    assert "of metastatic therapy" in text


def test_a_row_of_the_handout_is_on_one_sheet_where_a_sheet_can_hold_it() -> None:
    assert "continued" not in " ".join(pages_of(of_examples(layout="handout").data))


def test_a_row_longer_than_a_sheet_goes_on_overleaf_and_loses_no_word(crowded: Path) -> None:
    text = " ".join(pages_of(of_files([crowded], layout="handout").data))
    assert "1. CROWDED, continued" in text
    for n in range(60):
        assert f"invented drug {n} " in text
    assert text.count("A sentence that goes on") > 2 * 70


def test_urgency_comes_first_in_the_discussion_of_the_handout() -> None:
    page = pages_of(of_examples((URGENT,), layout="handout").data)[0]
    assert page.index("URGENT, as recorded") < page.index("Question:")


def test_each_department_has_a_sheet_of_its_own_with_what_it_owes_for_which_case() -> None:
    pages = pages_of(of_examples(layout="requests").data)
    titles = [page.split(" Tumour-board packet")[0] for page in pages if "Tumour-board packet" in page]
    assert titles[:3] == ["Requests to: Radiology", "Requests to: Pathology", "Requests to: Oncology"]
    assert len(set(titles)) == len(titles)
    assert len(pages) == len(titles), "one page per department"
    radiology = pages[0]
    assert "Is there leptomeningeal disease on the last brain MRI?" in radiology
    assert "LVEF" not in radiology


def test_a_department_is_asked_five_questions_about_a_case_at_most_and_the_rest_is_counted(written) -> None:
    pages = pages_of(of_files([written("empty")], layout="requests").data)
    oncology = next(page for page in pages if page.startswith("Requests to: Oncology"))
    assert oncology.count("?") == MOST
    assert re.search(r"\+\d+ more in the annex", oncology)


def test_the_mail_to_a_department_asks_the_same_questions_under_a_subject_without_names(written) -> None:
    path = written("empty")
    sheet = pages_of(of_files([path], layout="requests").data)
    mails = of_files([path], layout="requests-text").data.decode().split("\n" + 72 * "-" + "\n\n")
    assert len(mails) == len(sheet)
    for page, mail in zip(sheet, mails, strict=True):
        assert mail.startswith("Subject: Tumour-board packet")
        questions = re.findall(r"^- (?:\[!\] )?(.*?\?)", mail, re.MULTILINE)
        assert 0 < len(questions) <= MOST
        assert not [words for words in questions if words not in page]
    assert "Without the recorded names" in mails[0]


# Slides


def test_two_slides_per_case_behind_cover_and_agenda_with_its_whole_page_in_the_notes() -> None:
    found = slides_of(of_examples(layout="slides").data)
    assert len(found) == 2 + 2 * len(EXAMPLES)
    assert "URGENT, as recorded" in found[2][0]
    assert "URGENT, as recorded" in found[3][0]
    for text, notes in found[2::2]:
        assert "Before whole-brain radiation" in text
        assert "REFERENCES" in notes
        assert OPTIONS.upper() in notes
    for text, _ in found[3::2]:
        assert "Choices" in text
        assert OPTIONS in text


def test_the_choices_with_what_this_case_says_are_on_a_slide_of_every_case_and_in_the_handout() -> None:
    slides = [text for text, _ in slides_of(of_examples(layout="slides").data)[3::2]]
    avoiding = ("WBRT, hippocampal avoidance", "Hippocampal-avoidance WBRT")
    for names in (
        ("Radiosurgery",),
        ("Surgery",),
        avoiding,
        ("WBRT, conventional", "Conventional WBRT"),
        ("Supportive care",),
    ):
        assert not [text for text in slides if not any(name in text for name in names)]
    handout = " ".join(pages_of(of_examples(layout="handout").data))
    for stem in EXAMPLES:
        rows = (*example(stem).briefing.get(PauseZone).rows, *example(stem).briefing.get(OptionZone).rows)
        assert len(rows) > 5
        assert not [row.name for row in rows if f"{row.name}: " not in handout]


def test_what_a_slide_leaves_out_is_counted_on_it_and_is_in_the_notes(crowded: Path) -> None:
    text, notes = slides_of(of_files([crowded], layout="slides").data)[2]
    assert "before these, in the notes" in text
    assert "invented drug 59" in text
    for n in range(60):
        assert f"invented drug {n} " in notes
    assert notes.count("A sentence that goes on") >= 3 * 70


def test_a_deck_of_many_cases_has_an_agenda_that_goes_on() -> None:
    stems = (*EXAMPLES, *EXAMPLES)[:11]
    found = slides_of(of_examples(stems, layout="slides").data)
    assert [text.startswith("Agenda") for text, _ in found[:4]] == [False, True, True, False]


# Document


def test_the_document_holds_every_zone_of_every_page_as_headings_and_text() -> None:
    made = docx.Document(io.BytesIO(of_examples(layout="document").data))
    headings = [part.text for part in made.paragraphs if part.style.name.startswith(("Heading 1", "Title"))]
    assert len(headings) == 1 + len(EXAMPLES)
    text = "\n".join(part.text for part in made.paragraphs)
    for zone in ("Question for the board", "Brain", "Before whole-brain radiation", "Still missing"):
        assert text.count(f"{zone}\n") >= len(EXAMPLES)


def points(paragraph: Any, width: float) -> float:
    """Return the height of a paragraph of a document, from the widths of the letters of its type."""
    style = paragraph.style
    size = next((run.font.size for run in paragraph.runs if run.font.size), style.font.size or Pt(9)).pt
    lines, at = 1, 0.0
    words = [
        (word, "Helvetica-Bold" if run.bold else "Helvetica") for run in paragraph.runs for word in run.text.split(" ")
    ]
    for word, font in words:
        wide = stringWidth(f"{word} ", font, size)
        lines, at = (lines + 1, wide) if at + wide > width and at else (lines, at + wide)
    apart = (style.paragraph_format.space_before, style.paragraph_format.space_after)
    return lines * size * 1.15 + sum(space.pt for space in apart if space is not None)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_case_has_two_pages_of_the_document_at_most_and_what_was_shortened_is_named(
    crowded: Path, paper: Paper
) -> None:
    paths = [crowded, *(FOLDER / f"{stem}.her2case" for stem in EXAMPLES)]
    made = docx.Document(io.BytesIO(of_files(paths, layout="document", paper=paper).data))
    section = made.sections[1]
    width = section.page_width.pt - section.left_margin.pt - section.right_margin.pt
    foot = sum(points(part, width) for part in made.sections[0].footer.paragraphs) + section.footer_distance.pt
    head = 2 * 10.5 + section.header_distance.pt
    room = section.page_height.pt - max(section.top_margin.pt, head) - max(section.bottom_margin.pt, foot)
    cases: list[list[Any]] = []
    for paragraph in made.paragraphs:
        if paragraph.style.name == "Heading 1":
            cases.append([])
        if cases:
            cases[-1].append(paragraph)
    assert len(cases) == len(paths)
    tall = [sum(points(part, width) for part in case) for case in cases]
    assert max(tall) <= 2 * room
    assert min(tall) > 0.7 * room
    crowd = next(case for case in cases if "CROWDED" in case[0].text)
    assert any(part.text.startswith("Shortened to fit: ") for part in crowd)


def test_each_case_in_the_document_is_headed_by_its_own_code_and_state_on_every_page() -> None:
    made = docx.Document(io.BytesIO(of_examples((URGENT, EXAMPLES[0]), layout="document").data))
    heads = [[part.text for part in section.header.paragraphs] for section in made.sections[1:]]
    assert [head[0] for head in heads] == ["1. CR31 · URGENT, as recorded", "2. B-07"]
    assert all("required items open · DRAFT" in head[1] for head in heads)


def test_a_character_that_xml_cannot_carry_is_named_and_not_dropped() -> None:
    from her2board.office.package import plain

    assert plain("a\x0bb\tc\nd") == "a[U+000B]b c d"
