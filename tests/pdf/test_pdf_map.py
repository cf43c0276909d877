"""The map of a page: each run has an address and a place, and what is printed at the place is the run."""

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pypdfium2
import pytest
from support.generated import sweep
from support.pages import AS_OF, FOLDER, Made, example, make
from test_pdf_page import every_page

from her2board.assessment.paper import Paper
from her2board.briefing.addresses import KINDS, Address, address
from her2board.briefing.page_map import Box, PageMap, PlacedRun
from her2board.cli.main import main
from her2board.pdf.placing import page_map

_TOUCH = 0.05
"""Points by which neighbours may touch: widths are rounded."""
_GENERATED = sweep(mixtures=2)


def mapped(made: Made) -> PageMap:
    return page_map([made.sheet])


def bare(text: str) -> str:
    """Return a text without what a reader program may see otherwise: spaces, and hyphens at the end of a line."""
    return re.sub(r"[\s\ufffe-]+", "", text)


def across(one: Box, two: Box) -> bool:
    wide = min(one.x1, two.x1) - max(one.x0, two.x0)
    return wide > _TOUCH and min(one.y1, two.y1) - max(one.y0, two.y0) > _TOUCH


def misplaced(made: Made, found: PageMap) -> Iterator[str]:
    """Yield what lies outside the page or over another run."""
    boxes = [(box, run) for run in found.runs for box in run.boxes]
    for box, run in boxes:
        if not (0 <= box.x0 < box.x1 <= made.geometry.width and 0 <= box.y0 < box.y1 <= made.geometry.height):
            yield f"outside: {run.text}"
    for (one, first), (two, second) in combinations(boxes, 2):
        if across(one, two):
            yield f"'{first.text}' over '{second.text}'"


def otherwise(data: bytes, found: PageMap) -> list[str]:
    """Return the runs in whose boxes a reader program finds other letters."""
    letters = list(letters_by_height(data))
    lines = [(box, run) for run in found.runs for box in run.boxes]
    read: dict[int, str] = {}
    for box, run in lines:
        above, below = (bisect_left(letters[box.page], (y,)) for y in (box.y0, box.y1))
        near = sorted((place, x, letter) for _, place, x, letter in letters[box.page][above:below])
        inside = (letter for _, x, letter in near if box.x0 - 0.5 <= x <= box.x1 + 0.5)
        read[id(run)] = read.get(id(run), "") + "".join(inside)
    pairs = ((bare(run.text), read[id(run)]) for run in found.runs)
    return [f"{words!r} reads {seen!r}" for words, seen in pairs if words != seen]


def letters_by_height(data: bytes) -> Iterator[list[tuple[float, int, float, str]]]:
    """Yield the letters of each page as a reader program finds them: height, place in the text, from left, letter."""
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            tall, text, found = page.get_height(), page.get_textpage(), []
            for place, letter in enumerate(text.get_text_range()):
                if bare(letter):
                    left, bottom, right, top = text.get_charbox(place, loose=True)
                    found.append((tall - (bottom + top) / 2, place, (left + right) / 2, letter))
            yield sorted(found)
    finally:
        document.close()


@every_page
def test_all_that_is_printed_is_in_a_run_with_an_address(stem: str, paper: Paper) -> None:
    made = example(stem, paper)
    found = mapped(made)
    assert bare("".join(run.text for run in found.runs)) == bare("".join(mark.text for mark in made.sheet.texts))
    assert all(run.addresses and run.boxes and run.zone for run in found.runs)


@every_page
def test_runs_lie_on_the_page_and_none_over_another(stem: str, paper: Paper) -> None:
    made = example(stem, paper)
    assert list(misplaced(made, mapped(made))) == []


@every_page
def test_a_reader_program_finds_each_run_in_its_boxes(stem: str, paper: Paper) -> None:
    made = example(stem, paper)
    assert otherwise(made.data, mapped(made)) == []


@pytest.mark.parametrize("name", _GENERATED)
def test_the_map_of_a_generated_page_holds_all_its_words_apart(name: str) -> None:
    made = make(_GENERATED[name](), "letter", AS_OF)
    found = mapped(made)
    assert bare("".join(run.text for run in found.runs)) == bare("".join(mark.text for mark in made.sheet.texts))
    assert list(misplaced(made, found)) == []


def test_a_point_on_a_word_gives_its_run_and_a_point_in_the_margin_none() -> None:
    found = mapped(example("b07-invented-complete"))
    for run in found.runs:
        for box in run.boxes:
            assert found.at(0, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2) is run
    assert found.at(0, 3, 3) is None
    assert found.at(1, 100, 100) is None
    (age,) = found.to(Address("field", "patient.age"))
    assert found.at(0, age.boxes[0].x1 - 1, age.boxes[0].y0 - 0.5) is age


def test_keys_go_through_all_that_leads_somewhere_and_back() -> None:
    found = mapped(example("cr18-untreated-asymptomatic"))
    leading = [run for run in found.runs if run.leads]

    def visited(by: int) -> Iterator[PlacedRun]:
        run = found.step(None, by)
        while run is not None:
            yield run
            run = found.step(run, by)

    assert len(leading) > 50
    assert list(visited(1)) == leading
    assert list(visited(-1)) == leading[::-1]


def test_the_number_of_a_reference_leads_to_its_reference_and_the_words_before_it_do_not() -> None:
    found = mapped(example("b07-invented-complete"))
    numbers = [run for run in found.runs if [one.kind for one in run.addresses] == ["reference"]]
    cited = [run for run in numbers if run.text.startswith("[")]
    assert len(cited) >= 15
    assert all(str(run.addresses[0].number) in run.text for run in cited)
    listed = {run.addresses[0] for run in numbers if not run.text.startswith("[") and len(run.text) > 4}
    assert {run.addresses[0] for run in cited} <= listed


def test_brief_lists_the_runs_of_page_and_annex_with_address_and_boxes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "page.pdf"
    case = FOLDER / "cr18-untreated-asymptomatic.her2case"
    assert main(["brief", str(case), "-o", str(out), "--json", "--as-of", "2026-11-26", "--annex"]) == 0
    runs = json.loads(capsys.readouterr().out)["runs"]
    (largest,) = [run for run in runs if {"kind": "field", "place": "brain.largest_mm"} in run["addresses"]][:1]
    assert largest["text"] == "largest 16 mm"
    assert largest["zone"] == "Brain"
    ((page, x0, y0, x1, y1),) = largest["boxes"]
    assert page == 0
    assert x0 < x1
    assert y0 < y1
    assert max(box[0] for run in runs for box in run["boxes"]) == len(pypdfium2.PdfDocument(out)) - 1
    assert {one["kind"] for run in runs for one in run["addresses"]} <= set(KINDS)
    found = PageMap(tuple(PlacedRun(run["text"], (), tuple(Box(*box) for box in run["boxes"])) for run in runs))
    assert otherwise(out.read_bytes(), found) == []


def test_an_origin_of_no_known_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        address("nowhere:at all")
