"""The page as a printed sheet: one of it, everything on it, nothing over anything else."""

import io
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from support.pages import (
    AS_OF,
    EXAMPLES,
    FOLDER,
    PAPERS,
    ROOT,
    Made,
    black_bars,
    boxes_of,
    example,
    grey,
    outside,
    overlapping,
    text_of,
)

from her2board.assessment.paper import PAPERS as SIZES
from her2board.assessment.paper import Paper
from her2board.briefing.zones.alert import AlertZone
from her2board.pdf.blocks import TextMark

every_page = pytest.mark.parametrize(("stem", "paper"), [(stem, paper) for stem in EXAMPLES for paper in PAPERS])


@pytest.fixture
def page(stem: str, paper: Paper) -> Made:
    return example(stem, paper)


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def test_the_seven_published_cases_and_no_fewer_are_looked_at() -> None:
    assert len([stem for stem in EXAMPLES if stem.startswith("cr")]) == 7


@every_page
def test_a_case_gives_exactly_one_page_of_the_chosen_paper(page: Made, paper: Paper) -> None:
    with opened(page.data) as pdf:
        assert len(pdf.pages) == 1
        media = [float(edge) for edge in pdf.pages[0].MediaBox]
    assert media == pytest.approx([0, 0, *SIZES[paper].points], abs=0.01)


@every_page
def test_every_font_is_embedded_and_of_the_one_family(page: Made) -> None:
    with opened(page.data) as pdf:
        fonts = [entry for entry in pdf.objects if isinstance(entry, pikepdf.Dictionary) and entry.get("/BaseFont")]
        names = {str(font.BaseFont) for font in fonts}
        programs = [len(font.FontDescriptor.FontFile2.read_bytes()) for font in fonts]
    assert {re.sub(r"^/[A-Z]{6}\+", "", name) for name in names} == {
        "SourceSans3-Regular",
        "SourceSans3-Semibold",
        "SourceSans3-It",
    }
    assert min(programs) > 1000


@every_page
def test_no_text_is_set_below_eight_points(page: Made) -> None:
    small = [mark.text for mark in page.sheet.texts if mark.size < 8.0]
    assert not small


@every_page
def test_all_text_stays_inside_the_margins(page: Made) -> None:
    assert not outside(page)


@every_page
def test_all_text_of_the_file_lies_inside_the_margins_too(page: Made) -> None:
    room = page.geometry
    boxes = boxes_of(page.data)
    assert len(boxes) > 100
    assert min(left for left, _, _, _ in boxes) >= room.left - 1
    assert max(right for _, _, right, _ in boxes) <= room.right + 1
    assert min(top for _, top, _, _ in boxes) >= room.top - 3
    assert max(bottom for _, _, _, bottom in boxes) <= room.height - 12


@every_page
def test_no_text_lies_over_other_text(page: Made) -> None:
    assert not overlapping(page.sheet.texts)


def test_text_laid_over_other_text_would_be_noticed() -> None:
    mark = example("cr18-untreated-asymptomatic").sheet.texts[5]
    over = TextMark(mark.x + 2, mark.y + 2, "planted", "regular", 8.0, 0.0, 30.0)
    assert overlapping([mark, over])


@every_page
def test_the_file_carries_title_language_and_an_outline_in_the_order_of_the_page(page: Made) -> None:
    with opened(page.data) as pdf:
        assert str(pdf.docinfo["/Title"]) == f"Tumour-board briefing, Case {page.case.code}"
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_outline() as outline:
            titles = [entry.title for entry in outline.root]
    assert titles == [heading.title for heading in page.sheet.headings]
    assert "Before whole-brain radiation" in titles


@every_page
def test_the_zones_stand_in_their_order_from_top_to_bottom(page: Made) -> None:
    ys = {heading.title.partition(" \N{EN DASH} ")[0]: heading.y for heading in page.sheet.headings}
    order = [
        f"Case {page.case.code}",
        "Question for the board",
        "Brain",
        "Tumour and treatment",
        "Before whole-brain radiation",
        "Systemic options",
        "Still missing",
    ]
    assert [ys[title] for title in order] == sorted({ys[title] for title in order})
    assert ys["Patient"] == ys["Brain"]
    assert ys["Decision"] == ys["Still missing"]
    release = next(mark.y for mark in page.sheet.texts if "Evidence 20" in mark.text)
    above = [mark.y for mark in page.sheet.texts if "required field" in mark.text or mark.text == "Owner"]
    assert max(above) < release <= max(mark.y for mark in page.sheet.texts)


@pytest.mark.parametrize("stem", EXAMPLES)
@pytest.mark.parametrize("paper", ["a4"])
def test_the_zone_before_whole_brain_radiation_carries_the_black_bar(page: Made) -> None:
    bars = black_bars(grey(page.data))
    pause = next(h.y for h in page.sheet.headings if h.title == "Before whole-brain radiation")
    question = next(h.y for h in page.sheet.headings if h.title == "Question for the board")
    assert bars[-1][0] == pytest.approx(pause, abs=1.5)
    if page.briefing.find(AlertZone):
        assert len(bars) == 2
        assert bars[0][1] < question
    else:
        assert len(bars) == 1


@pytest.mark.parametrize("stem", EXAMPLES)
@pytest.mark.parametrize("paper", ["a4"])
def test_the_page_uses_greys_only_and_text_dark_enough_for_a_copier(page: Made) -> None:
    on_white = [mark for mark in page.sheet.texts if mark.grey < 1.0]
    assert max(mark.grey for mark in on_white) <= 0.35
    with opened(page.data) as pdf:
        operators = {str(op) for _, op in pikepdf.parse_content_stream(pdf.pages[0])}
    assert not operators & {"rg", "RG", "k", "K", "sc", "SC", "scn", "SCN", "Do", "BI"}


@every_page
def test_the_same_case_gives_the_same_bytes_again(page: Made, stem: str, paper: Paper) -> None:
    example.cache_clear()
    assert example(stem, paper).data == page.data


def test_processes_with_different_hash_seeds_and_zones_give_the_same_bytes(tmp_path: Path) -> None:
    case = FOLDER / "cr18-untreated-asymptomatic.her2case"
    pages = []
    for seed, zone, language in (("1", "UTC", "C.UTF-8"), ("2", "Asia/Tokyo", "de_DE.UTF-8")):
        out = tmp_path / f"{seed}.pdf"
        arguments = ["brief", str(case), "-o", str(out), "--as-of", AS_OF.isoformat()]
        around = {"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PATH": os.environ["PATH"]}
        around |= {"PYTHONHASHSEED": seed, "TZ": zone, "LANG": language}
        subprocess.run([sys.executable, "-m", "her2board", *arguments], env=around, check=True, timeout=120)
        pages.append(out.read_bytes())
    assert pages[0] == pages[1]


def test_the_file_holds_no_time_of_making_and_no_path() -> None:
    data = example("cr18-untreated-asymptomatic").data
    with opened(data) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20000101")
    assert str(ROOT).encode() not in data


@pytest.mark.parametrize("paper", PAPERS)
def test_what_the_layout_says_is_what_a_reader_finds_in_the_file(paper: Paper) -> None:
    page = example("b07-invented-complete", paper)
    read, laid = text_of(page.data), "".join(mark.text for mark in page.sheet.texts)
    assert Counter(re.sub(r"[\s-]", "", read)) == Counter(re.sub(r"[\s-]", "", laid))
