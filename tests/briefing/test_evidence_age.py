"""Evidence whose review is due says its age on every page; two missed reviews, and the cohorts say 'out of date'."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial

import docx
import pptx
import pytest
from msgspec.structs import replace
from support.generated import mixture, overfull_case
from support.packets import of_examples
from support.pages import AS_OF, FOLDER, make, pages_of, text_of
from support.releases import frozen, release

from her2board.assessment.export import to_json
from her2board.briefing.zones.header import HeaderZone
from her2board.briefing.zones.options import OptionZone
from her2board.case.storage import load
from her2board.cli.commands.assess import _in_words
from her2board.cli.pages import PageRequest, make_page
from her2board.evidence.library import EvidenceLibrary
from her2board.gui.evidence.release_words import release_line, release_words
from her2board.gui.results.cohort_nodes import cohort_nodes
from her2board.gui.results.option_nodes import option_nodes

STEM = "cr18-untreated-asymptomatic"
CASE = load(FOLDER / f"{STEM}.her2case")
HEADER = {
    0: "",
    90: "",
    91: "Evidence of 27 Aug 2026 is 91 days old; it was to be reviewed by 25 Nov 2026.",
    180: "Evidence of 30 May 2026 is 180 days old; it was to be reviewed by 28 Aug 2026.",
    181: "EVIDENCE OUT OF DATE: of 29 May 2026, 181 days old. What was published or approved since is missing.",
    365: "EVIDENCE OUT OF DATE: of 26 Nov 2025, 365 days old. What was published or approved since is missing.",
    366: "EVIDENCE OUT OF DATE: of 25 Nov 2025, more than a year old (366 days). What was published or approved since "
    "is missing.",
}
COHORTS = {
    181: "Evidence out of date: 181 days old",
    365: "Evidence out of date: 365 days old",
    366: "Evidence out of date: more than a year old (366 days)",
}


@cache
def aged(days: int) -> EvidenceLibrary:
    """Return the frozen release as if it had been made so many days before the discussion, its review due after 90."""
    made = AS_OF - timedelta(days=days)
    dates = {"as_of": made.isoformat(), "review_by": (made + timedelta(days=90)).isoformat()}
    return replace(frozen(), release=frozen().release.model_copy(update=dates))


def words(zone: OptionZone | HeaderZone, field: str) -> str:
    return "".join(run.text for run in getattr(zone, field))


@pytest.mark.parametrize("days", HEADER)
def test_header_and_cohort_zone_say_the_age_on_the_days_it_changes(days: int) -> None:
    page = make(CASE, as_of=AS_OF, read=partial(aged, days))
    assert words(page.briefing.get(HeaderZone), "evidence") == HEADER[days]
    printed = " ".join(text_of(page.data).split())
    assert HEADER[days] in printed
    assert ("OUT OF DATE" in printed) == (days > 180)
    note = words(page.briefing.get(OptionZone), "note")
    assert note.startswith(COHORTS[days]) if days in COHORTS else "out of date" not in note
    assert COHORTS.get(days, "") in printed
    screen = (cohort_nodes(page.assessment, page.library), option_nodes(page.assessment, page.library))
    said = [node.title for nodes in screen for node in nodes if node.key == "evidence/age"]
    assert said == ([COHORTS[days]] * 2 if days in COHORTS else [])
    printed = "\n".join(_in_words(page.assessment, page.library, dated=True))
    assert HEADER[days] in printed
    assert COHORTS.get(days, "") in printed
    said = to_json(page.assessment, page.library)["evidence_release"]
    state = "out_of_date" if days > 180 else "review_due" if days > 90 else None
    assert (said.get("state"), said.get("age_days")) == (state, days if state else None)
    line = release_line(page.library, AS_OF), release_words(page.library, AS_OF).casefold()
    assert ("review due" in line[0], "OUT OF DATE" in line[0]) == (state == "review_due", state == "out_of_date")
    assert ("review due" in line[1], "out of date" in line[1]) == (state == "review_due", state == "out_of_date")


def test_a_review_that_is_due_sooner_is_the_day_that_counts() -> None:
    dates = {"as_of": (AS_OF - timedelta(days=30)).isoformat(), "review_by": (AS_OF - timedelta(days=1)).isoformat()}
    library = replace(frozen(), release=frozen().release.model_copy(update=dates))
    assert library.release.age_state(AS_OF) == "review_due"
    assert library.release.age_state(AS_OF - timedelta(days=1)) == "current"


def test_the_fullest_page_says_the_age_too() -> None:
    for case in (overfull_case(), mixture(9)):
        library = replace(release(), release=aged(400).release)
        request = PageRequest(case=case, library=library, day=AS_OF, paper="letter", identified=True, unreviewed=True)
        printed = " ".join(text_of(make_page(request)).split())
        assert "EVIDENCE OUT OF DATE: " in printed
        assert "more than a year old (400 days)" in printed


def slides(data: bytes) -> list[str]:
    return [
        " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in pptx.Presentation(io.BytesIO(data)).slides
        if not any(shape.has_table for shape in slide.shapes)
    ]


def document(data: bytes) -> list[str]:
    made = docx.Document(io.BytesIO(data))
    return [" ".join(paragraph.text for paragraph in made.paragraphs)]


LAYOUTS: dict[str, Callable[[bytes], list[str]]] = {
    "pages": pages_of,
    "agenda": pages_of,
    "handout": pages_of,
    "requests": pages_of,
    "slips": pages_of,
    "slides": slides,
    "document": document,
    "requests-text": lambda data: [data.decode()],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_sheet_of_every_layout_says_the_age_once_the_review_is_due(layout: str) -> None:
    for days in (90, 91, 181):
        packet = of_examples((STEM,), read=partial(aged, days), layout=layout)
        sheets = [re.sub(r"\s+", " ", text) for text in LAYOUTS[layout](packet.data)]
        assert sheets
        said = [HEADER[days][:-1] in text for text in sheets] if days > 90 else ["days old" in text for text in sheets]
        assert all(said) if days > 90 else not any(said)
