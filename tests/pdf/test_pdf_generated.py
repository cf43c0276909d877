"""Generated cases, empty to overfull: one page each, nothing over anything else, nothing lost without being counted.

A few in every run; HER2BOARD_PAGES=10000 tries that many ('make soak').
"""

import os
import re
from collections.abc import Collection, Iterator
from itertools import pairwise

import pytest
from msgspec.structs import replace
from support.generated import AS_OF, mixture, overfull_case, sweep
from support.pages import PAPERS, Made, make, outside, overlapping
from support.zones import alert_words, labelled_rows, points_left_out, points_to_check

from her2board.assessment.paper import Paper
from her2board.briefing.fit import shortenings
from her2board.briefing.model import Briefing, Run, Words, runs
from her2board.briefing.zones.decision import DecisionZone
from her2board.briefing.zones.header import HeaderZone
from her2board.briefing.zones.missing import MissingZone
from her2board.briefing.zones.options import OptionZone
from her2board.briefing.zones.pause import PauseZone
from her2board.briefing.zones.question import QuestionZone
from her2board.briefing.zones.rows import Row
from her2board.briefing.zones.tumour import TumourZone
from her2board.pdf.page import PageTooFullError

_CASES = sweep(mixtures=int(os.environ.get("HER2BOARD_PAGES", "21")))
_SHARE = max(len(_CASES) // 100, 1)
"""Cases of one test, so that a long run can be divided between processes."""
_LEFT = re.compile(r" \(\+(\d+) characters\)")
_CUT = "\N{HORIZONTAL ELLIPSIS}"


_FURTHER, _LATE = ("further", "further_patient"), ("also_treated", "late_patient")
"""Notes that say of rows that they are in the annex."""


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
    if made.shown.get(OptionZone) != made.briefing.get(OptionZone) and not made.shown.shortened:
        yield "shortened, but not listed"


def lost(made: Made) -> Iterator[str]:
    """Yield required words that are not on the page, in any form."""
    before = made.briefing
    page_text = _plain("".join(run.text for _, _, words in made.sheet.written for run in words))
    pause = before.get(PauseZone)
    noted = {note.kind for note in made.shown.shortened}
    further, late = (not noted.isdisjoint(kinds) for kinds in (_FURTHER, _LATE))
    rows = [row for row in labelled_rows(before) if not (row.further and further) and not (row.late and late)]
    yield from (row.label for row in rows if row.label.casefold() not in page_text.casefold())
    yield from _lost_choices(made, page_text)
    yield from _lost_options(made, page_text)
    yield from (cell.name for cell in pause.disciplines if cell.heard and cell.name not in page_text)
    fixed = (before.get(QuestionZone).asked, pause.status, pause.context, *_required(made.shown))
    known = [run for words in (*fixed, *(_said(row, noted) for row in rows)) for run in words if not run.free]
    for run in (*known, *alert_words(before)):
        if not run.free and _plain(run.text) not in page_text and run.text != "not recorded":
            yield run.text


def _said(row: Row, noted: Collection[str]) -> Words:
    """Return what a row says, or its fewer words where the page notes that."""
    return row.brief if row.brief and "cytology" in noted else row.words


def _required(shown: Briefing) -> tuple[Words, ...]:
    """Return the line about required fields, which names as many as there is room for and counts the others."""
    zone = shown.get(MissingZone)
    named = min(len(zone.fields), zone.most_fields)
    counted = "".join(run.text for run in zone.required)
    assert not zone.fields or f"{len(zone.fields)} required field" in counted
    assert len(zone.fields) == named or f"+{len(set(zone.fields)) - named}" in counted
    return (zone.required,)


def _lost_choices(made: Made, page_text: str) -> Iterator[str]:
    """Yield what the page lost of choices: each has a row or a phrase, what sources say goes with a note only."""
    before, shown = made.briefing.get(PauseZone), made.shown.get(PauseZone)
    notes = {note.kind for note in made.shown.shortened}
    kept = {row.name: row for row in shown.rows}
    folded = {choice.name for choice in shown.named}
    for row in before.rows:
        if row.name not in kept and row.brief.name not in folded:
            yield row.name
        if row.name in kept and not kept[row.name].says and "choices" not in notes:
            yield f"what sources say of {row.name}, without a note"
        if row.name not in kept and "choices_named" not in notes:
            yield f"the row of {row.name}, without a note"
    for choice in (*before.named, *(row.brief for row in before.rows if row.name not in kept)):
        if _plain(choice.name).casefold() not in page_text.casefold():
            yield choice.name
        if choice in before.named and "choices_why" not in notes and choice.reason not in page_text:
            yield choice.reason


def _lost_options(made: Made, page_text: str) -> Iterator[str]:
    zone = made.briefing.get(OptionZone)
    kept = {row.name for row in made.shown.get(OptionZone).rows}
    for row in zone.rows:
        name = row.name if row.name in kept else row.brief.name
        if name not in page_text:
            yield name
    yield from (option.name for option in zone.aside if option.name not in page_text)


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
    points, shown_points = points_to_check(before), points_to_check(shown)
    for old, new in zip(points, shown_points, strict=False):
        text = "".join(run.text for run in new)
        counted = sum(int(n) for n in _LEFT.findall(text))
        if sum(len(run.text) for run in old) != len(_LEFT.sub("", text).rstrip(_CUT)) + counted:
            yield f"point to check: {text}"
    if len(points) != len(shown_points) + points_left_out(shown):
        yield "points to check"
    old_line, line = before.get(TumourZone).timeline, shown.get(TumourZone).timeline
    marks = sum(mark.treatment for mark in old_line.brain)
    kept = sum(mark.treatment for mark in line.brain) if line.drawn else min(marks, 2)
    if len(old_line.bars) + marks != len(line.bars) + kept + line.left_out:
        yield "earlier treatments"
    choices = shown.get(PauseZone)
    chosen = {choice.name for choice in (*(row.brief for row in choices.rows), *choices.named)}
    if not _options(shown) <= _options(before) <= _options(shown) | chosen:
        yield "options"
    asked, missing = before.get(MissingZone), shown.get(MissingZone)
    if sum(asked.asked) != sum(missing.asked[: missing.most_rows]) + missing.left_out:
        yield "things to ask"


def _options(briefing: Briefing) -> set[str]:
    zone = briefing.get(OptionZone)
    return {option.name for option in (*(row.brief for row in zone.rows), *zone.aside)}


def _kept(run: Run) -> int:
    return len(run.text) - len(_CUT) if run.left_out else len(run.text)


def _texts(before: Briefing, shown: Briefing) -> Iterator[tuple[str, Words, Words]]:
    yield "question", before.get(QuestionZone).asked, shown.get(QuestionZone).asked
    yield "new", before.get(QuestionZone).new, shown.get(QuestionZone).new
    notes = {note.kind for note in shown.shortened}
    decided = before.get(DecisionZone)
    yield "decision", decided.brief if "decision" in notes else decided.words, shown.get(DecisionZone).words
    in_annex = "history" in notes
    parts = [part for part in before.get(TumourZone).parts if not (part.further and in_annex)]
    now = shown.get(TumourZone).parts
    kept = tuple(
        run for part, one in zip(parts, now, strict=True) for run in (*part.words, *(part.why if one.why else ()))
    )
    yield "tumour", kept, shown.get(TumourZone).words
    yield "meeting", before.get(HeaderZone).meeting, shown.get(HeaderZone).meeting
    yield "prepared", before.get(HeaderZone).prepared, shown.get(HeaderZone).prepared
    rows = {row.label: row.words for row in labelled_rows(shown)}
    for row in labelled_rows(before):
        if row.label in rows:
            yield row.label, _said(row, {note.kind for note in shown.shortened}), rows[row.label]
    cells, pause = shown.get(PauseZone).disciplines, before.get(PauseZone).disciplines
    for old in pause[: len(pause) - shown.get(PauseZone).further]:
        said = [cell.words for cell in cells if f", {old.name}, " in f", {cell.name}, "]
        if said:
            yield old.name, old.words, said[0]
        else:
            assert not old.heard
    yield "urgency", alert_words(before), alert_words(shown)


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
    cut = next(run for run in runs(shown.get(QuestionZone).asked) if run.left_out)
    shorter = replace(cut, text=cut.text[:-5])
    question = shown.get(QuestionZone)
    asked = tuple(shorter if run is cut else run for run in question.asked)
    wrong = shown.replacing(replace(question, asked=asked))
    assert [*uncounted(made.briefing, wrong)]
    assert not [*uncounted(made.briefing, shown)]
    bare = replace(made, sheet=replace(made.sheet, written=made.sheet.written[: len(made.sheet.written) // 2]))
    assert [*lost(bare)]
    assert not [*lost(made)]


def test_the_forms_of_a_briefing_grow_ever_shorter() -> None:
    """The search for the first form that fits rests on it."""
    forms = [*shortenings(page("full", "letter").briefing)]
    sizes = [sum(len(run.text) for run in runs(form)) for form in forms]
    grown = [(old, new) for old, new in pairwise(sizes) if new > old + 120]
    assert len(forms) > 20
    assert not grown
