"""The tables of layouts and papers: every entry can be made, named and chosen."""

from typing import get_args

import pytest

from her2board.assessment.paper import PAPERS, Paper
from her2board.briefing.layouts import LAYOUTS, by_suffix, maker
from her2board.briefing.packet import PacketOptions
from her2board.pdf.styles import Geometry


def test_every_paper_of_the_table_can_be_named_in_settings() -> None:
    assert tuple(PAPERS) == get_args(Paper)


@pytest.mark.parametrize("paper", PAPERS)
def test_text_on_a_paper_keeps_clear_of_punched_holes(paper: Paper) -> None:
    geometry = Geometry(paper)
    assert geometry.left >= {"a4": 42.5, "letter": 49.6}[paper]
    assert geometry.measure > 500


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_is_drawn_by_a_module_that_knows_its_steps(name: str) -> None:
    layout = LAYOUTS[name]
    assert layout.label
    assert maker(layout).steps(PacketOptions(layout=name), 3) >= 3


def test_a_file_name_chooses_the_first_layout_written_so() -> None:
    assert [by_suffix(suffix).name for suffix in (".pdf", ".pptx", ".docx", ".txt", ".odt")] == [
        "pages",
        "slides",
        "document",
        "requests-text",
        "pages",
    ]


def test_a_packet_of_pages_reports_each_page_slip_and_annex_as_a_step() -> None:
    steps = maker(LAYOUTS["pages"]).steps
    assert steps(PacketOptions(slips=True, annex="full"), 4) == 12
    assert steps(PacketOptions(), 4) == 4
