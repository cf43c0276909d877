"""Generated cases, empty to overfull: one page each, nothing over anything else, nothing lost without being counted.

A few in every run; HER2BOARD_PAGES=10000 tries that many ('make soak').
"""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from support.generated import AS_OF, mixture, overfull_case, sweep
from support.pages import PAPERS, Made, make, outside, overlapping

from her2board.briefing.fit import shortenings
from her2board.briefing.model import Briefing, Row, Run, Words, runs
from her2board.pdf.page import PageTooFullError
from her2board.pdf.styles import Paper

_CASES = sweep(mixtures=int(os.environ.get("HER2BOARD_PAGES", "21")))
_SHARE = max(len(_CASES) // 100, 1)
"""Cases of one test, so that a long run can be divided between processes."""
_LEFT = re.compile(r" \(\+(\d+) characters\)")
_CUT = "\N{HORIZONTAL ELLIPSIS}"


def page(name: str, paper: Paper) -> Made:
    try:
        return make(_CASES[name](), paper, AS_OF)
    except PageTooFullError:
        pytest.fail(f"{name} does not fit on {paper}")


@pytest.mark.parametrize("start", range(0, len(_CASES), _SHARE), ids=list(_CASES)[::_SHARE])
def test_generated_cases_give_one_page_that_loses_nothing_silently(start: int) -> None:
    wrong = {}
    for number, name in enumerate(list(_CASES)[start : start + _SHARE], start):
        found = [*faults(page(name, PAPERS[number % 2]))]
        if found:
            wrong[name] = found[:5]
    assert not wrong


def faults(made: Made) -> Iterator[str]:
    """Yield everything wrong with a page."""
    if made.data.count(b"/Type /Page\n") + made.data.count(b"/Type /Page ") != 1:
        yield "not one page"
    yield from overlapping(made.sheet.texts)
    yield from (f"outside: {text}" for text in outside(made))
    yield from (f"below 8 pt: {mark.text}" for mark in made.sheet.texts if mark.size < 8)
    yield from (f"lost: {words}" for words in lost(made))
    yield from (f"not counted: {words}" for words in uncounted(made.briefing, made.shown))
    if made.shown.options != made.briefing.options and not made.shown.shortened:
        yield "shortened, but not listed"


def lost(made: Made) -> Iterator[str]:
    """Yield required words that are not on the page, in any form."""
    before = made.briefing
    page_text = _plain("".join(run.text for _, _, words in made.sheet.told for run in words))
    rows: tuple[Row, ...] = (*before.brain, *before.patient)
    yield from (row.label for row in rows if row.label.casefold() not in page_text.casefold())
    for row in (*before.pause.alternatives, *before.pause.reasonable):
        said = "".join(run.text for run in row.words)
        yield from (part for part in (row.name, said.rstrip(".")) if _plain(part) not in page_text)
    yield from (row.name for row in before.pause.disciplines if row.name not in page_text)
    yield from (row.name for row in before.options.rows if row.name not in page_text)
    yield from (option.name for option in before.options.aside if option.name not in page_text)
    fixed = (before.question, before.pause.status, before.pause.must_know, before.pause.context, before.ask.required)
    known = [run for words in (*fixed, *(row.words for row in rows)) for run in words if not run.free]
    for run in (*known, *(before.band.words if before.band else ())):
        if not run.free and _plain(run.text) not in page_text and run.text != "not recorded":
            yield run.text


def _plain(text: str) -> str:
    """Return a text without reference numbers, marks and kinds of space."""
    return re.sub(r"\s+", " ", re.sub(r"\N{DAGGER}?\s*\[[\d,\s]+\]|\N{DAGGER}", "", text)).strip()


def uncounted(before: Briefing, shown: Briefing) -> Iterator[str]:
    """Yield what is shorter than before, without or with a wrong number beside it."""
    for name, old, new in _texts(before, shown):
        missing = sum(len(run.text) for run in old if run.free) - sum(_kept(run) for run in new if run.free)
        counted = sum(int(n) for run in new if not run.free for n in _LEFT.findall(run.text))
        if missing != counted:
            yield f"{name}: {missing} characters are missing, {counted} are counted"
    for old, new in zip(before.contradictions, shown.contradictions, strict=False):
        counted = sum(int(n) for n in _LEFT.findall(new.text))
        if len(old.text) != len(_LEFT.sub("", new.text).rstrip(_CUT)) + counted:
            yield f"point to check: {new.text}"
    if len(before.contradictions) != len(shown.contradictions) + shown.contradictions_left_out:
        yield "points to check"
    old_line, line = before.timeline, shown.timeline
    marks = sum(mark.treatment for mark in old_line.brain)
    kept = sum(mark.treatment for mark in line.brain) if line.drawn else min(marks, 2)
    if len(old_line.bars) + marks != len(line.bars) + kept + line.left_out:
        yield "earlier treatments"
    options = {row.name for row in (*before.options.rows, *before.options.aside)}
    if {row.name for row in (*shown.options.rows, *shown.options.aside)} != options:
        yield "options"


def _kept(run: Run) -> int:
    return len(run.text) - len(_CUT) if run.left_out else len(run.text)


def _texts(before: Briefing, shown: Briefing) -> Iterator[tuple[str, Words, Words]]:
    for name in ("question", "new", "decision", "tumour"):
        old, new = getattr(before, name), getattr(shown, name)
        yield name, tuple(run for run in old if name != "tumour" or run.style != "muted"), new
    yield "meeting", before.header.meeting, shown.header.meeting
    yield "prepared", before.header.prepared, shown.header.prepared
    rows = {row.label: row.words for row in (*shown.brain, *shown.patient)}
    for row in (*before.brain, *before.patient):
        if row.label in rows:
            yield row.label, row.words, rows[row.label]
    for old, new in zip(before.pause.disciplines, shown.pause.disciplines, strict=True):
        yield old.name, old.words, new.words
    if before.band and shown.band:
        yield "urgency", before.band.words, shown.band.words


def test_the_generated_cases_hold_empty_full_and_overfull_ones() -> None:
    empty, full, overfull = (page(name, "a4") for name in ("empty", "full", "overfull"))
    assert empty.case.brain.lesion_count is None
    assert len(empty.assessment.readiness.outstanding) > 30
    assert len(full.case.systemic.lines.items) == 14
    assert len(full.case.brain.lesions.items) == 40
    assert max(len(run.text) for run in runs(overfull.briefing)) > 3000
    assert len(empty.shown.shortened) < len(overfull.shown.shortened)


def test_the_same_number_gives_the_same_case() -> None:
    assert mixture(7) == mixture(7) != mixture(8)
    assert overfull_case() == overfull_case()


def test_a_lost_word_and_a_wrong_count_would_be_noticed() -> None:
    made = page("overfull", "a4")
    shown = made.shown
    cut = next(run for run in runs(shown.question) if run.left_out)
    shorter = replace(cut, text=cut.text[:-5])
    wrong = replace(shown, question=tuple(shorter if run is cut else run for run in shown.question))
    assert [*uncounted(made.briefing, wrong)]
    assert not [*uncounted(made.briefing, shown)]
    bare = replace(made, sheet=replace(made.sheet, told=made.sheet.told[: len(made.sheet.told) // 2]))
    assert [*lost(bare)]
    assert not [*lost(made)]


def test_the_forms_of_a_briefing_grow_ever_shorter() -> None:
    """The search for the first form that fits rests on it."""
    forms = [*shortenings(page("full", "letter").briefing)]
    sizes = [sum(len(run.text) for run in runs(form)) for form in forms]
    grown = [(old, new) for old, new in pairwise(sizes) if new > old + 120]
    assert len(forms) > 20
    assert not grown
